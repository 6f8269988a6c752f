// A call on its way: arguments met with parameters (arguments.c), axes lifted over (lift.c), a signature trusted
// (trust.c) or a body entered (call.c).
#ifndef PLX_SEMA_CALL_H
#define PLX_SEMA_CALL_H

#include "sema/header.h"

enum { MOST_ARGS = 32, MOST_AXES = 64, MOST_EXTRAS = 256 };

typedef struct {
    Axis *from[MOST_AXES], *to[MOST_AXES];
    int   n;
} Pairs;

typedef struct {
    Func     *f;
    Binding  *bind;
    Value    *self;            // the instance, or NULL
    Value    *arg[MOST_ARGS];  // by parameter
    TypeSpec *type[MOST_ARGS];
    Name      name[MOST_ARGS];
    Syn      *param[MOST_ARGS];
    int       n;
    AxisSet   lifted;          // as the caller names them
    Pairs     apart;           // lifted axes renamed apart: from the caller's to ours
    Pairs     header;          // header axes: from the caller's to those inside, where they differ
    Elem      own;             // the call's own float type
    bool      weak;            // none of its arguments has one: the result takes the width that it meets
    Span      where;
} Call;

typedef struct {
    Value *v;       // an argument's tensor
    AxisSet extra;  // its axes beyond its parameter's, as the caller names them
} Extra;

typedef struct {
    Extra at[MOST_EXTRAS];
    int   n;
} Extras;

typedef struct {
    Call   *c;
    AxisSet lifted;  // inside
    bool    failed;
} Outward;

const char *function_name(const Func *f);

// ---- arguments.c ----
// Does each named argument name a parameter? Reported, if not.
bool   argument_names_known(Sema *s, Func *f, Value **args, Name *names, int n);
// Arguments in order, by name and by default, with the types of their parameters, and how these name their axes
// (`c->header`). False: reported.
bool   match_arguments(Sema *s, Call *c, Value **args, Name *names, int n);
// Does v fit its parameter? Its further axes go to x. False: reported.
bool   collect(Sema *s, Call *c, Value *v, const TypeSpec *t, Name name, Extras *x);
// Parameters of the instance that are supplied with further axes are lifted over as arguments are.
void   collect_given(Sema *s, const Value *self, Extras *x);
Value *at_type(Sema *s, const Call *c, Value *v, const TypeSpec *t);
// The argument as the body sees it.
Value *inside(Sema *s, const Call *c, Value *v, const TypeSpec *t);
Elem   own_float(Sema *s, Call *c);

// ---- lift.c ----
void    header_pairs(Sema *s, Call *c);
Pairs   pairs_of_scope(Sema *s, const Scope *sc);
Axis   *renamed_axis(const Pairs *p, Axis *a, bool back);
Value  *rename_leaf(Sema *s, Value *v, const Pairs *p, bool back);
Pairs   pairs_of_type(const Call *c, const TypeSpec *t);
// Axes of one tensor as the caller names them; of two that would be one there, each keeps its name.
void    axes_outside(const Call *c, Axis **ax, int n);
AxisSet outside_axes(Sema *s, const Call *c, AxisSet inside);
// A constant stands for all entries of the type that is written for it: `param b: [out] = zeros`, `let h: [hidden] = zeros`,
// `fn f(w: [n] = ones)`. Of a parameter of `c` if that is not NULL.
Value  *fill_type(Sema *s, Value *v, const TypeSpec *t, const Call *c);
bool    lifts_fit(Sema *s, Call *c, const Extras *x);
void    lift_guards(Sema *s, Call *c);
void    guards_inside(Sema *s, Call *c);
Value  *under_guards(Sema *s, const Call *c, Value *v);
void    lift_apart(Sema *s, Call *c);
// The caller's axes as the body has them: as its header's, as axes lifted over, or both.
AxisSet axes_inside(Sema *s, const Call *c, AxisSet outside);
// Would the header's axis `name`, were it a, be one that the scope holds, or have one as a twin that is named?
bool    header_meets(const Func *f, const Scope *sc, Name name, const Axis *a);
// Is it, or a twin, an axis from around the declaration, which this names?
bool    declaration_names(Sema *s, Func *f, const Axis *a);
AxisSet lifted_inside(Sema *s, const Call *c);
// A result's tensor on its way out: over all lifted positions, header axes and lifted ones named as the caller does.
Value  *outward(Sema *s, Value *v, Value *none, void *user);

// ---- taken.c ----
// What takes place around the call, under the names of its body. Before its lifted axes are hidden.
void   taken_inside(Sema *s, const Call *c);

// ---- inner.c ----
// An instance that is called or given as an argument: what `with` put into it was written outside of this call.
Value *patches_crossed(Sema *s, Value *v, const Call *c);
// v as the caller names its axes.
Value *value_outside_call(Sema *s, Value *v, const Call *c);

// ---- trace.c ----
// What `trace` saw since there were `from`: as the caller names it.
void   trace_crossed(Sema *s, int from, const Call *c);

// ---- trust.c ----
// The result by the signature alone, with what the contract asks of its callers.
Value *trust(Sema *s, Call *c, Contract *k, const TypeSpec *t, const Value *const *in, AxisSet lifted);

// ---- call.c ----
// The value of the body, with the arguments as it sees them.
// Is it inside of a call that was given the same? That is reported.
bool   call_goes_round(Sema *s, const Call *c);
Value *enter(Sema *s, Call *c, const Value *const *in, AxisSet lifted);

// ---- through.c ----
// A function, or what a record holds of such, on its way in (`out`: out) of a body whose header's axes are renamed so.
Value *seen_through(Sema *s, Value *v, const Pairs *p, bool out);
// Likewise on its way in, as what that signature, of this scope, says: it tells the axes of arguments and result apart.
Value *seen_as(Sema *s, Value *v, const Pairs *p, Syn *signature, Scope *scope);
Value *call_through(Sema *s, Value *f, Value **args, Name *names, int n, Span where, Name hint);
bool   call_lifted_through(Sema *s, Value *f, Value **args, Name *names, int n, AxisSet *out);

#endif
