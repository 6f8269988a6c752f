// Compiled steps and the tensors that live between them.
#ifndef PLX_SEMA_STEP_H
#define PLX_SEMA_STEP_H

#include "sema/experiment.h"

// Tensors made so far: a point in time for tensors_sweep.
int64_t     tensors_now(const Sema *s);
// Counts by how many values each is held.
void        tensors_mark(Sema *s);
// Gives back the tensors made since then that nothing in scope holds (nor `keep`, or NULL).
void        tensors_sweep(Sema *s, int64_t since, const Value *keep);
// Zeros; hollow while a run is gone over.
HostTensor *tensor_make(Sema *s, Elem elem, Axis *const *ax, int n, Span where);
// Zeros for data that the walk itself makes, and makes again when it is gone over.
HostTensor *tensor_known(Sema *s, Elem elem, Axis *const *ax, int n, Span where);
Value      *tensor_value(Sema *s, HostTensor *t, Span where);
double      tensor_number(const HostTensor *t, int64_t i);
// The data that batches are taken from.
const Value *batches_data(const Value *v);
// The guard under which n is kept: counts of axes with a bound are guards that such an axis has everywhere. NULL: none.
Node       *guard_kept(Sema *s, const Node *n);
// The order in which an output's axes are stored.
Axis      **output_order(Sema *s, const Value *v);

#endif
