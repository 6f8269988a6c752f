// Batches, and values as text.
#ifndef PLX_SEMA_DATA_H
#define PLX_SEMA_DATA_H

#include "sema/experiment.h"

// A batch while checking: a record whose leading axis is the batch's.
Value  *batch_abstract(Sema *s, const Value *batches);
int64_t batches_count(const Value *batches);
Value  *batch_take(Sema *s, const Value *batches, int64_t turn, Span where);
// Takes a size for an open axis, or compares it. False: reported.
bool    bind_axis(Sema *s, Axis *a, int64_t size, Span where, const char *source);
// False: the axis is bound already (reported).
bool    bound_once(Sema *s, Axis *a, Span where);
// A value as text: numbers, nested lists, records.
void    print_value(Sema *s, const Value *v, Buf *out);

#endif
