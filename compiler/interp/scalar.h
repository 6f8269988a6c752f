// Element-wise operations on single numbers: one function an operation of class MAP.
#ifndef PLX_INTERP_SCALAR_H
#define PLX_INTERP_SCALAR_H

#include <stdint.h>

#include "ir/ir.h"

// Operands and result: r for floats, i for ints and bools.
typedef struct {
    double  r;
    int64_t i;
} Scalar;

typedef Scalar ScalarFn(const Scalar *x, Elem elem);  // elem: of the first operand

ScalarFn *scalar_of(Op op);   // NULL for operations that are not of class MAP
// x rounded to what the element can hold.
Scalar    scalar_round(Scalar x, Elem elem);

#endif
