// An experiment as a step that a C program calls: what makes its state, and what one call does.
#ifndef PLX_SEMA_STAGE_H
#define PLX_SEMA_STAGE_H

#include "sema/elaborate.h"
#include "sema/sema.h"

typedef struct {
    const Entry *entry;   // the variable that holds the optimizer
    Name         path;    // of the parameter
    Value       *state;
} FirstState;

// While a step is built. The first values of optimizers' states are noted where they are made.
typedef struct Stage {
    VEC(FirstState) first;
} Stage;

// `optimizer` is about to be used by a step: what it holds now is the first value where none is noted yet.
void stage_states(Sema *s, const Entry *optimizer);
// Builds f, its bracket bound, as a step. False: reported.
bool stage_build(Sema *s, Func *f, const Setting *set, int nset, Built *out);

#endif
