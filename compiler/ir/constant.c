// Constants: numbers and bools, rounded to their element type.
#include <math.h>

#include "ir/fold.h"

static int64_t wrapped(Elem e, int64_t v)
{
    switch (e) {
    case ELEM_I32: return (int32_t)v;
    case ELEM_I8: return (int8_t)v;
    case ELEM_U8: return (uint8_t)v;
    case ELEM_BOOL: return v != 0;
    case ELEM_F64:
    case ELEM_F32:
    case ELEM_F16:
    case ELEM_BF16:
    case ELEM_I64:
    case ELEM_C64:
    case ELEM_C128:
    case ELEM_COUNT: break;
    }
    return v;
}

// Towards zero, NaN to 0, what is too large to the nearest there is: as CONVERT does.
static int64_t truncated(double v)
{
    if (!(v == v))
        return 0;
    return v >= 0x1p63 ? INT64_MAX : v < -0x1p63 ? INT64_MIN : (int64_t)v;
}

Node *const_real(Builder *b, Elem elem, double v)
{
    Attr attr = {.elem = elem};
    if (elem_class(elem) == ELEM_CLASS_FLOAT)
        attr.r = elem_round(elem, v);
    else
        attr.i = elem == ELEM_BOOL ? v != 0 : wrapped(elem, truncated(v));
    return const_node(b, &attr);
}

Node *const_whole(Builder *b, Elem elem, int64_t v)
{
    Attr attr = {.elem = elem};
    if (elem_class(elem) == ELEM_CLASS_FLOAT)
        attr.r = elem_round(elem, (double)v);
    else
        attr.i = wrapped(elem, v);
    return const_node(b, &attr);
}

Node *ir_const(Builder *b, Elem elem, double v)
{
    Node *real = const_real(b, elem_part(elem), v);
    return elem_class(elem) == ELEM_CLASS_COMPLEX ? ir_convert(b, real, elem) : real;
}
Node *ir_int(Builder *b, int64_t v) { return const_whole(b, ELEM_I64, v); }
