// Exact fractions of 64-bit whole numbers. What does not fit is `lost`, and so is all that is computed from it:
// who computes looks once, at the end of a step, and gives up.
#ifndef PLX_TYPE_RATIONAL_H
#define PLX_TYPE_RATIONAL_H

#include <stdbool.h>
#include <stdint.h>

// In lowest terms, den > 0; den = 0 is a lost number.
typedef struct {
    int64_t num, den;
} Rational;

Rational rational_of(int64_t whole);
Rational rational_make(int64_t num, int64_t den);  // lost for den = 0
Rational rational_neg(Rational a);
Rational rational_add(Rational a, Rational b);
Rational rational_sub(Rational a, Rational b);
Rational rational_mul(Rational a, Rational b);
Rational rational_div(Rational a, Rational b);  // lost for b = 0

static inline bool rational_lost(Rational a) { return a.den == 0; }
static inline bool rational_whole(Rational a) { return a.den == 1; }
static inline int  rational_sign(Rational a) { return (a.num > 0) - (a.num < 0); }

// Of numbers that are not lost.
int     rational_compare(Rational a, Rational b);
int64_t rational_floor(Rational a);
int64_t rational_ceil(Rational a);

// The greatest common divisor of |a| and |b|; neither may be INT64_MIN.
int64_t greatest_divisor(int64_t a, int64_t b);

#endif
