// A slow, obvious evaluator: the oracle of the tests. Every node becomes a dense tensor; numbers
// are doubles, rounded to f32 after each operation of that width, whole numbers int64.
#ifndef PLX_INTERP_INTERP_H
#define PLX_INTERP_INTERP_H

#include "ir/ir.h"
#include "plexus_rt.h"

// Data in the order of `ax`; floats in r, ints and bools in i.
typedef struct {
    Elem     elem;
    Axis   **ax;
    int64_t *dim;
    int      n;
    int64_t  count;
    double  *r;
    int64_t *i;
} InterpTensor;

typedef struct {
    const SizeVar *var;
    int64_t        value;
} InterpSize;

// An empty tensor of zeros, in the arena. NULL: more than 2^28 elements.
InterpTensor *interp_tensor(Arena *a, Elem elem, Axis *const *ax, const int64_t *dim, int n);

// Runs a program. `in` holds one tensor an input, over its axes in any order; `out` receives one an
// output, over its axes by id. Returns NULL, or what went wrong (arena text): sizes that are not
// given, too many elements, a position out of range where none may be.
const char *interp_run(const Program *p, Arena *a, const InterpSize *size, int nsize,
                       InterpTensor *const *in, InterpTensor **out);
// The same; fixed points are counted in counts->unsettled, as compiled code does.
const char *interp_run_counting(const Program *p, Arena *a, const InterpSize *size, int nsize, InterpTensor *const *in,
                                InterpTensor **out, PlxCtx *counts);

#endif
