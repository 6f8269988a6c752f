// Floats of two bytes as numbers.
#include "half.h"

#include <math.h>

// `fraction` bits of the fraction; `least`: the exponent of the least normal number.
static double value(uint16_t bits, int fraction, int least)
{
    int    field = (bits & 0x7fff) >> fraction, rest = bits & ((1 << fraction) - 1);
    double size = field == 0x7fff >> fraction ? (rest ? (double)NAN : (double)INFINITY)
                  : field == 0                ? ldexp(rest, least - fraction)
                                              : ldexp(rest + (1 << fraction), field - 1 + least - fraction);
    return bits >> 15 ? -size : size;
}

static uint16_t nearest(double v, int fraction, int least)
{
    int sign = signbit(v) ? 0x8000 : 0, infinite = 0x7fff >> fraction << fraction;
    if (isnan(v))
        return (uint16_t)(sign | infinite | 1 << (fraction - 1));
    int exponent = v == 0 ? least : isinf(v) ? 2 - least : ilogb(v);
    if (exponent < least)
        exponent = least;
    if (exponent > 1 - least)
        return (uint16_t)(sign | infinite);
    // In units of the last place; the leading one, if there, adds to the exponent.
    int bits = ((exponent - least) << fraction) + (int)nearbyint(ldexp(fabs(v), fraction - exponent));
    return (uint16_t)(sign | (bits < infinite ? bits : infinite));
}

double   half_value(uint16_t bits) { return value(bits, 10, -14); }
double   brain_value(uint16_t bits) { return value(bits, 7, -126); }
uint16_t half_of(double v) { return nearest(v, 10, -14); }
uint16_t brain_of(double v) { return nearest(v, 7, -126); }
