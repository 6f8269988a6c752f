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

// A tensor of the state.
typedef struct {
    Node  *first;            // in the program of first values
    Value *now;              // as the step has it
    Node  *input, *guard;    // the step's input, and that of its guard, or NULL
    Name   path;
    bool   variable;         // the step may change it
} StateLeaf;

// While a step is built. The first values of optimizers' states are noted where they are made.
typedef struct Stage {
    Builder *run;            // the step's program
    Built   *out;
    VEC(FirstState) first;
    VEC(StateLeaf) leaves;
    bool     functions;      // what functions hold becomes state
} Stage;

// `optimizer` is about to be used by a step: what it holds now is the first value where none is noted yet.
void stage_states(Sema *s, const Entry *optimizer);
// All that the scope names, as it was before the step (`before`), becomes state. False: reported.
bool take_state(Sema *s, Scope *sc, Value **before, int n);
// Builds f, its bracket bound, as a step. False: reported.
bool stage_build(Sema *s, Func *f, const Setting *set, int nset, Built *out);

#endif
