// What an experiment does to the world, one function each; acts.c has the table. They stand in experiments alone, with
// arguments that are computed.
#ifndef PLX_SEMA_ACTS_H
#define PLX_SEMA_ACTS_H

#include "sema/experiment.h"

BuiltinFn act_load, act_save;                          // load.c
BuiltinFn act_split, act_batches;                      // data.c
BuiltinFn act_plot;                                   // plot.c
BuiltinFn act_print, act_log, act_text, act_now;       // show.c

// What a call's head is, when it is something that acts: a host's function, an experiment, an optimizer. Else NULL.
Func  *acting_head(Sema *s, Syn *n);

// ---- hoist.c ----
// Does a call of f act on the world and give a value?
bool   gives_by_acting(const Func *f);
// A step for an expression n, or for a statement that holds it; what acts in n is done before.
Value *step_around_acts(Sema *s, Syn *n, const Syn *key, StepFn *build, void *user);
// What the call gave when it was done before the step that is being built; NULL: it was not.
Value *acted_before(Sema *s, const Func *f, const Syn *call);

// The argument of that name, or NULL.
Value *act_named(Sema *s, Value **args, Name *names, int n, const char *name);
// A number that stands without data, as a tensor of the host.
Value *act_number(Sema *s, Value *v, double x);
// Positions behind axis number `at`: what one step along it passes over.
int64_t host_inner(const HostTensor *t, int at);

#endif
