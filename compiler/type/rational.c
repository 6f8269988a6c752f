// Fractions: common factors leave before a product is formed, so that only results that are too large are lost.
#include "type/rational.h"

__extension__ typedef __int128 Wide;

static const Rational lost = {0, 0};

int64_t greatest_divisor(int64_t a, int64_t b)
{
    while (b) {
        int64_t r = a % b;
        a = b;
        b = r;
    }
    return a < 0 ? -a : a;
}

// INT64_MIN has no opposite: it counts as too large.
static Rational checked(int64_t num, int64_t den) { return num == INT64_MIN ? lost : (Rational){num, den}; }

Rational rational_of(int64_t whole) { return checked(whole, 1); }

Rational rational_make(int64_t num, int64_t den)
{
    if (num == INT64_MIN || den == INT64_MIN || den == 0)
        return lost;
    int64_t g = greatest_divisor(num, den);
    return den < 0 ? (Rational){-num / g, -den / g} : (Rational){num / g, den / g};
}

Rational rational_neg(Rational a) { return (Rational){-a.num, a.den}; }

// n1/d1 + n2/d2 over the least common denominator.
Rational rational_add(Rational a, Rational b)
{
    int64_t x, y, sum, den;
    if (!a.den || !b.den)
        return lost;
    if (a.den == 1 && b.den == 1)
        return __builtin_add_overflow(a.num, b.num, &sum) ? lost : checked(sum, 1);
    int64_t g = greatest_divisor(a.den, b.den);
    if (__builtin_mul_overflow(a.num, b.den / g, &x) || __builtin_mul_overflow(b.num, a.den / g, &y) ||
        __builtin_add_overflow(x, y, &sum) || sum == INT64_MIN)
        return lost;
    int64_t left = greatest_divisor(sum, g);
    return __builtin_mul_overflow(a.den / g, b.den / left, &den) ? lost : (Rational){sum / left, den};
}

Rational rational_sub(Rational a, Rational b) { return rational_add(a, rational_neg(b)); }

Rational rational_mul(Rational a, Rational b)
{
    int64_t num, den;
    if (!a.den || !b.den)
        return lost;
    int64_t g = greatest_divisor(a.num, b.den), h = greatest_divisor(b.num, a.den);
    if (__builtin_mul_overflow(a.num / g, b.num / h, &num) || __builtin_mul_overflow(a.den / h, b.den / g, &den))
        return lost;
    return checked(num, den);
}

Rational rational_div(Rational a, Rational b)
{
    if (!b.num || !b.den)
        return lost;
    return rational_mul(a, b.num < 0 ? (Rational){-b.den, -b.num} : (Rational){b.den, b.num});
}

int rational_compare(Rational a, Rational b)
{
    Wide x = (Wide)a.num * b.den, y = (Wide)b.num * a.den;
    return (x > y) - (x < y);
}

int64_t rational_floor(Rational a) { return a.num / a.den - (a.num % a.den < 0); }
int64_t rational_ceil(Rational a) { return a.num / a.den + (a.num % a.den > 0); }
