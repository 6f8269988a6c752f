// What an experiment does to the world, one function each; acts.c has the table. They stand in experiments alone, with
// arguments that are computed.
#ifndef PLX_SEMA_ACTS_H
#define PLX_SEMA_ACTS_H

#include "sema/experiment.h"

typedef Value *ActFn(Sema *s, const Func *f, Value **args, Name *names, int n, Span where);
ActFn act_load, act_save;                          // load.c
ActFn act_split, act_batches;                      // data.c
ActFn act_plot;                                   // plot.c
ActFn act_print, act_log, act_text, act_now;       // show.c

// The argument of that name, or NULL.
Value *act_named(Sema *s, Value **args, Name *names, int n, const char *name);
// A number that stands without data, as a tensor of the host.
Value *act_number(Sema *s, Value *v, double x);
// Positions behind axis number `at`: what one step along it passes over.
int64_t host_inner(const HostTensor *t, int at);

#endif
