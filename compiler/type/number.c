// Elements as numbers: rounding to an element type, and its form in memory.
#include <math.h>

#include "type/elem.h"

// IEEE 754 binary16, and the upper half of binary32: bits of the fraction, the least normal exponent.
typedef struct {
    int fraction, least;
} Narrow;

static Narrow narrow_of(Elem e) { return e == ELEM_F16 ? (Narrow){10, -14} : (Narrow){7, -126}; }

// The magnitude's bits: the fraction in units of the exponent's last place, whose leading one adds to the exponent.
uint16_t elem_narrow_bits(Elem e, double v)
{
    Narrow   n = narrow_of(e);
    uint16_t sign = signbit(v) ? 0x8000 : 0;
    int      infinite = 0x7fff >> n.fraction << n.fraction;
    if (isnan(v))
        return (uint16_t)(sign | infinite | 1 << (n.fraction - 1));
    int exponent = v == 0 ? n.least : isinf(v) ? 2 - n.least : ilogb(v);
    if (exponent < n.least)
        exponent = n.least;
    if (exponent > 1 - n.least)
        return (uint16_t)(sign | infinite);
    int units = (int)nearbyint(ldexp(fabs(v), n.fraction - exponent));
    int bits = ((exponent - n.least) << n.fraction) + units;
    return (uint16_t)(sign | (bits < infinite ? bits : infinite));
}

static double narrow_value(Elem e, uint16_t bits)
{
    Narrow n = narrow_of(e);
    int    field = (bits & 0x7fff) >> n.fraction, rest = bits & ((1 << n.fraction) - 1), most = 0x7fff >> n.fraction;
    double size = field == most ? (rest ? (double)NAN : (double)INFINITY)
                  : field == 0  ? ldexp(rest, n.least - n.fraction)
                                : ldexp(rest + (1 << n.fraction), field - 1 + n.least - n.fraction);
    return bits >> 15 ? -size : size;
}

double elem_round(Elem e, double v)
{
    return elem_is_narrow(e) ? narrow_value(e, elem_narrow_bits(e, v)) : e == ELEM_F32 ? (double)(float)v : v;
}

double elem_real(Elem e, const void *data, int64_t i)
{
    if (elem_part(e) != e)
        return elem_real(elem_part(e), data, 2 * i);
    if (elem_is_narrow(e))
        return narrow_value(e, ((const uint16_t *)data)[i]);
    return e == ELEM_F32 ? (double)((const float *)data)[i] : ((const double *)data)[i];
}

int64_t elem_whole(Elem e, const void *data, int64_t i)
{
    switch ((int)e) {
    case ELEM_I64: return ((const int64_t *)data)[i];
    case ELEM_I32: return ((const int32_t *)data)[i];
    case ELEM_I8: return ((const int8_t *)data)[i];
    default: return ((const uint8_t *)data)[i];
    }
}

void elem_put(Elem e, void *data, int64_t i, double real, int64_t whole)
{
    switch (e) {
    case ELEM_F64: ((double *)data)[i] = real; break;
    case ELEM_F32: ((float *)data)[i] = (float)real; break;
    case ELEM_F16:
    case ELEM_BF16: ((uint16_t *)data)[i] = elem_narrow_bits(e, real); break;
    case ELEM_I64: ((int64_t *)data)[i] = whole; break;
    case ELEM_I32: ((int32_t *)data)[i] = (int32_t)whole; break;
    case ELEM_I8: ((int8_t *)data)[i] = (int8_t)whole; break;
    case ELEM_U8:
    case ELEM_BOOL: ((uint8_t *)data)[i] = (uint8_t)whole; break;
    case ELEM_C64:
    case ELEM_C128:
        elem_put(elem_part(e), data, 2 * i, real, 0);
        elem_put(elem_part(e), data, 2 * i + 1, 0, 0);
        break;
    case ELEM_COUNT: break;
    }
}
