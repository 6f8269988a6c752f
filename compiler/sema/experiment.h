// Experiments: checked once through, or run statement by statement with compiled steps.
#ifndef PLX_SEMA_EXPERIMENT_H
#define PLX_SEMA_EXPERIMENT_H

#include "sema/call.h"
#include "sema/host.h"
#include "sema/imports.h"
#include "sema/sema.h"

// The seed, in the program being built.
Node *seed_node(Sema *s);
// The input of a program that is the seed; NULL: nothing is drawn there.
Node *seed_input(const Program *p);
// Runs or (without a host) checks one statement of an experiment.
Value *experiment_statement(Sema *s, Syn *n);
// Builds a program by `build`, compiles and runs it (or takes the one compiled before for `key`, while all that it
// takes in has the same types): the value with its tensors in the host's hands. Without a host: builds only.
typedef Value *StepFn(Sema *s, void *user);
Value *step(Sema *s, const Syn *key, StepFn *build, void *user);
// A value of an expression of an experiment.
Value *experiment_value(Sema *s, Syn *n, Name hint);
// The same of a parameter's default: a constant fills its type.
Value *experiment_default(Sema *s, Syn *n, Name hint, const TypeSpec *t, const Call *c);
// The number in a host's scalar; false when it is none.
bool   host_number(const Value *v, double *out);

#endif
