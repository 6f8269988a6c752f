// Mathematics in lanes: straight-line code for scalars and vectors alike, the same bits in every lane at every width.
//
// f32: exp, expm1, log, log1p, tanh, erf, and what is built of them (sigmoid, softplus). f64: exp, expm1, log, log1p,
// tanh. sin and cos of both are a function of the module, for their arguments need not be small. All err by less than 2
// ulp of f32 and 2.5 of f64 (tests/unit/test_vmath.c), give what the C library gives at zeros, infinities and NaN, and keep the sign of
// zero where the function is odd. What is not here (pow, tan, the inverses, erfc, erf of f64) calls that library.
#ifndef PLX_EMIT_VMATH_H
#define PLX_EMIT_VMATH_H

#include "emit/code.h"

// Emits op (EXP, EXPM1, LOG, LOG1P, TANH, ERF, SIN or COS) of x; NULL: there is no code for that op and type.
LLVMValueRef vmath_emit(Fn *f, Op op, LLVMValueRef x);

#endif
