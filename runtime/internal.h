// What the runtime's own files share.
#ifndef PLX_RUNTIME_INTERNAL_H
#define PLX_RUNTIME_INTERNAL_H

#include <stdarg.h>

#include "plexus_rt.h"

// Fills `*err` (NULL: no one asks) and returns false, so that a check reads `return plx_error(err,
// …)`.
bool plx_error(PlxError *err, PlxCode code, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
bool plx_verror(PlxError *err, PlxCode code, const char *fmt, va_list ap);

// `bytes` aligned to PLX_ALIGNMENT, not cleared, given back by free(). NULL with an error when
// there is no memory; NULL without one when bytes is 0.
void *plx_block(int64_t bytes, PlxError *err);

// a * b and a + b of what is not negative; false when the result passes 2^62.
bool plx_mul(int64_t a, int64_t b, int64_t *out);
bool plx_add(int64_t a, int64_t b, int64_t *out);

// Memory of the pool for one call at a time, PLX_SCRATCH bytes: NULL while another call has it.
#define PLX_SCRATCH (2 << 20)
void *plx_pool_take_scratch(PlxPool *pool);
void  plx_pool_give_scratch(PlxPool *pool);

// Brings OpenBLAS to one thread and, once in a process, to the widest kernels that the processor can run (unless
// OPENBLAS_CORETYPE names others). False with *err when it will not keep to one thread.
bool plx_blas_begin(PlxError *err);

#endif
