// Headers: the bracket of a declaration as a list of items.
#ifndef PLX_SEMA_HEADER_H
#define PLX_SEMA_HEADER_H

#include "sema/sema.h"

enum { HEADER_MOST = 64 };  // items in one bracket

typedef enum { HEADER_AXIS, HEADER_PACK, HEADER_VALUE, HEADER_NUMBERS } HeaderKind;

typedef struct {
    HeaderKind kind;
    Name       name;
    Span       at, where;
    Syn       *fallback;  // its default, or NULL
    Syn       *type;      // of a VALUE
    bool       out;       // behind the arrow
} HeaderItem;

typedef struct {
    HeaderItem item[HEADER_MOST];
    int        n;
    int        arrow;  // items from here on stand behind `->`; -1: no arrow
} Header;

void header_read(Sema *s, const Func *f, Header *h);
Syn *header_bracket(const Func *f);
bool header_takes_many(const HeaderItem *h);
// An item that has no default is not given: says so, and gives false.
// `args`: those of the call that has no bracket.
bool header_missing(Sema *s, const Func *f, const HeaderItem *h, Value *const *args, int n, Span where);

// ---- give.c ----
// Binds item h in sc to what is given, evaluated where s->scope is. False: reported.
bool header_give(Sema *s, Func *f, Scope *sc, const HeaderItem *h, Syn **item, int n);
// The same by `..`: to the caller's axis of that name.
bool header_give_rest(Sema *s, Func *f, Scope *caller, Scope *sc, const HeaderItem *h, Syn *rest);
// class(i): a number as a position, proved or checked when it runs (range.c).
Value   *checked_position(Sema *s, Axis *a, Syn *n);
// x, whose numbers must be positions along a; else the run ends with the place of n.
Node    *check_node(Sema *s, Node *x, const Axis *a, Syn *n);
// Is f a reduction of the language over one pack of axes?
bool     reduces_all(const Sema *s, const Func *f);
// For such a reduction called without a bracket: all that this scope sees of x. NULL for anything else.
Binding *bind_all_axes(Sema *s, Func *f, const Value *x);

// The axis that stands inside for the caller's: itself, unless another item is bound to it already or the declaration
// itself names it, as one from around it. `name`: the header's.
Axis    *header_inside(Sema *s, Func *f, const Scope *sc, Name name, Axis *outside);
// The binding of f with other axes for some that it has: `net[time: half]`, by the axis that it was given or the header's
// name; of the instance m (or NULL), whose parameters must not have what is replaced. NULL: reported.
// A scope of header entries, and one of its axes (the k-th of a pack; k < 0: the entry's own) bound to another; NULL: to none.
Scope   *scope_copy(Sema *s, const Scope *sc);
void     axis_rebound(Sema *s, Func *f, Scope *sc, Entry *e, int k, Axis *to);
// Has the instance again, made at other axes, parameters of the sizes of m's? False: reported.
bool     same_parameters(Sema *s, const Value *m, const Value *again, Syn *bracket);
Binding *bind_again(Sema *s, Func *f, const Value *m, Syn *bracket);

#endif
