// Axes with a bound (`axis kept <= #node`): storage for the bound; how many there are is a value.
#ifndef PLX_SEMA_BOUNDED_H
#define PLX_SEMA_BOUNDED_H

#include "sema/sema.h"

typedef struct {
    Value         *count;  // NULL: nothing has said yet
    Node          *checked;  // the same, for which a requirement has been looked at, in its region; NULL: none
    Scope         *scope;  // of its declaration
    const Program *home;
    int            regions, depth;
    bool           in_step;
    Axis         **parts;  // what `concat` put side by side along it; NULL: something else has said the count
    int            nparts;
} Bounded;
// NULL: it has no bound.
Bounded *bounded_of(const Axis *a);
// May the count of `to` be said here, by `what` of at most `room` positions (text of a size)? False: reported.
bool     bounded_may_bind(Sema *s, Axis *to, const char *what, const char *room, Span where);
// The count along `to`, of which there are at most `most`, after a look at whether there is room.
Node    *bounded_room(Sema *s, Axis *to, Node *count, const Size *most, Syn *bracket);
void     bounded_set(Sema *s, const Axis *a, Value *count);

// Declares `name <= most` in the current scope.
void   declare_bounded(Sema *s, Syn *item);
// An axis of as many positions as a whole number that only the data tells, of known range, says. NULL: it is no such.
Axis  *axis_of_count(Sema *s, Name name, Syn *size, Span where);
bool   axis_is_bounded(const Axis *a);
// Does the entry declare the axis, or is it a header's?
bool   axis_declared_by(const Axis *a, const Entry *e);
// How many positions there are, as a value; NULL: as many as the axis has. In a callee: at least 1.
Value *axis_count(Sema *s, const Axis *a, bool in_callee);
// True at the positions that there are; NULL: at all. An axis that has met no data yet is an error (reported).
Value *bounded_guard(Sema *s, const Axis *a);
// Of an experiment that runs: the count, as a number.
bool   axis_count_now(const Axis *a, int64_t *out);
// t without the positions that are not there; t itself where all are.
const HostTensor *tensor_counted(Sema *s, const HostTensor *t);
// Data with `size` positions along it was read: the axis has that size from here on. False: more than its bound (reported).
bool   bounded_exact(Sema *s, Axis *a, int64_t size, Span where, const char *source);
// Of an experiment that runs: from here on there are `count` of them, at most the bound. False: out of memory (reported).
bool   bounded_count(Sema *s, Axis *a, int64_t count, Span where);
// While checking: something has met data.
void   bounded_met(Sema *s, const Axis *a, Span where);
BuiltinFn call_filter, call_unique;
// `concat` of parts of which only the data tells how many positions they have: one behind the other along `to`, an axis with
// a bound, whose count that says. NULL: reported.
Node  *concat_counted(Sema *s, Node *const *in, Axis *const *ax, int n, Axis *to, Syn *bracket, Span where);
// The same for the line of an experiment that is about to compute it. False: reported.
bool   parts_meet(Sema *s, Axis *const *ax, int n, Axis *to, Span where);
// A condition on counts that only the data tells, checked when it runs; false: this is none.
bool   require_counted(Sema *s, Syn *n, const char *message, Span where);

// filter[node -> kept](mask), and what binds an axis as it does (unique.c).
typedef struct {
    Axis *from, *to;
    Syn  *bracket;
    const char *what;  // binds it: "filter"
} Filter;
// The axes of its bracket. False: reported.
bool   filter_read(Sema *s, const Func *f, Filter *out, Span where);
// What binds an axis to as many as the data has: whether the argument fits (reported), and its value in a body, from data of
// an experiment, and while an experiment is checked.
typedef struct {
    bool   (*fits)(Sema *s, const Filter *k, Value *x);
    Value *(*node)(Sema *s, const Filter *k, Value *x, Span where);
    Value *(*host)(Sema *s, const Filter *k, Value *x, Span where);
    Value *(*abstract)(Sema *s, const Filter *k, Value *x, Span where);
} Binder;
Value *bind_by_data(Sema *s, const Func *f, const Binder *b, Value *x, Span where);
// The positions where the mask holds, along the axis, whose count that says.
Value *filter_node(Sema *s, const Filter *k, Value *mask, Span where);
// Of an experiment that runs: the axis has that many positions. False: reported.
bool   filter_count(Sema *s, const Filter *k, int64_t count, Span where);

#endif
