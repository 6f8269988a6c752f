// Losses taken one line too early: early.c.
#ifndef PLX_SEMA_EARLY_H
#define PLX_SEMA_EARLY_H

#include "sema/minimize.h"

// The result of a call whose body is not shown reads these beside its operands.
void early_reads(Sema *s, const Value *result, const Value *self, Value *const *arg, int n);
// What a variable holds, told apart from all that equals it (while checking). A model in a variable of its own (a target
// network, an average of weights) does not come from the one that it was made of.
Value *early_variable(Sema *s, Value *v);
// The same of what a step has trained: it comes from no other part by way of the loss.
Value *early_trained(Sema *s, Value *v);
// Does the loss take in what was computed from a part before? Then it is reported, and false.
bool early_loss(Sema *s, const Minimize *m, const Value *loss);

#endif
