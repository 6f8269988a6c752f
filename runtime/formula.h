// Sizes of compiled models: formulas over open sizes, and what must hold of them.
#ifndef PLX_RUNTIME_FORMULA_H
#define PLX_RUNTIME_FORMULA_H

#include "plexus_rt.h"

// The value of a formula over `open`; false where there is none: a division by zero, or past 2^62.
bool plx_formula(const int64_t *size, const int64_t *open, int64_t *out);
// Finds open sizes by `solve`, in order. False: one has no value.
bool plx_sizes_solve(const PlxModelInfo *info, const PlxSolve *solve, int n, int64_t *open, PlxError *err);
// Are all open sizes (of the state, or the others) as large as they must be, and not too large?
bool plx_sizes_range(const PlxModelInfo *info, bool state, const int64_t *open, PlxError *err);
// Do the needs hold that speak of sizes of the state alone, or the others?
bool plx_sizes_meet(const PlxModelInfo *info, bool state, const int64_t *open, PlxError *err);
// Has the port these sizes? `solve`: how open sizes were found, for the message.
bool plx_port_fits(const PlxPort *p, const int64_t *given, const PlxSolve *solve, int n,
                   const int64_t *open, PlxError *err);
// Its sizes, and the product. False: too large to count.
bool plx_port_sizes(const PlxPort *p, const int64_t *open, int64_t *dim, int64_t *count, PlxError *err);
// Are all elements what the port's type says: positions in range, bools 0 or 1?
bool plx_port_holds(const PlxPort *p, const int64_t *open, const void *data, int64_t count, PlxError *err);
// "`x`: f32[batch: 3, pixel: 64]"
void plx_port_text(const PlxPort *p, const int64_t *dim, char *text, size_t size);

#endif
