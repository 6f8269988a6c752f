// Optimizers in use.
#ifndef PLX_SEMA_OPTIMIZER_H
#define PLX_SEMA_OPTIMIZER_H

#include "sema/call.h"

enum { FRAME_STATES = 32 };

// The body of an optimizer over one parameter: `have` are its states, NULL the first time.
typedef struct Frame {
    Value *have;
    Value *given;   // what was computed over all parameters
    Elem   own;
    Pairs  axes;    // the parameter's that the body names beside it: to those inside
    Entry *state[FRAME_STATES];
    const TypeSpec *type[FRAME_STATES];
    int    n;
} Frame;

Value *make_optimizer(Sema *s, Func *f, Value **args, Name *names, int n, Span where);
// An optimizer that is made where it is used.
Value *optimizer_on_the_spot(Sema *s, Syn *call);
// The values of its `given`s, by name: p and g are records of all its parameters and their gradients.
Value *optimizer_given(Sema *s, const Value *opt, Value *p, Value *g);
// only_state: only the states' first values.
Value *optimizer_update(Sema *s, const Value *opt, Value *p, Value *g, Value *have, Value *given, Value **state,
                        bool only_state);

#endif
