// From a file's elements to a tensor's: what is not the same type goes through double or int64, and
// each value is checked to come out as it went in.
#include "array.h"
#include "half.h"

#include <inttypes.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "tensors are little-endian in memory");

#define CHUNK 8192 // elements converted at a time

// ---- decoding: each returns how many of n elements it could read ----

typedef int64_t Decode(const char *from, int64_t n, void *to);

#define DECODE(name, T, W, good)                                                                   \
    static int64_t name(const char *from, int64_t n, void *to)                                     \
    {                                                                                              \
        W *out = to;                                                                               \
        for (int64_t i = 0; i < n; i++) {                                                          \
            T v;                                                                                   \
            memcpy(&v, from + i * (int64_t)sizeof v, sizeof v);                                    \
            if (!(good))                                                                           \
                return i;                                                                          \
            out[i] = (W)v;                                                                         \
        }                                                                                          \
        return n;                                                                                  \
    }
DECODE(decode_f8, double, double, true)
DECODE(decode_f4, float, double, true)
DECODE(decode_i8, int64_t, int64_t, true)
DECODE(decode_i4, int32_t, int64_t, true)
DECODE(decode_i2, int16_t, int64_t, true)
DECODE(decode_i1, int8_t, int64_t, true)
DECODE(decode_u8, uint64_t, int64_t, v <= INT64_MAX)
DECODE(decode_u4, uint32_t, int64_t, true)
DECODE(decode_u2, uint16_t, int64_t, true)
DECODE(decode_u1, uint8_t, int64_t, true)
DECODE(decode_b1, uint8_t, int64_t, v <= 1)

#define DECODE_SHORT(name, value)                                                                  \
    static int64_t name(const char *from, int64_t n, void *to)                                     \
    {                                                                                              \
        for (int64_t i = 0; i < n; i++) {                                                          \
            uint16_t h;                                                                            \
            memcpy(&h, from + 2 * i, 2);                                                           \
            ((double *)to)[i] = value(h);                                                          \
        }                                                                                          \
        return n;                                                                                  \
    }
DECODE_SHORT(decode_f2, half_value)
DECODE_SHORT(decode_bf16, brain_value)

static const struct {
    const char *name;
    int         size;
    bool        real;    // decoded to double, else to int64
    PlxElem     natural; // the least element type that holds it
    bool        same;    // its bytes are those of `natural`, whatever they are
    Decode     *decode;
} types[FILE_TYPE_COUNT] = {
    [FILE_F8] = {"f64", 8, true, PLX_F64, true, decode_f8},
    [FILE_F4] = {"f32", 4, true, PLX_F32, true, decode_f4},
    [FILE_F2] = {"f16", 2, true, PLX_F16, true, decode_f2},
    [FILE_BF16] = {"bf16", 2, true, PLX_BF16, true, decode_bf16},
    [FILE_I8] = {"i64", 8, false, PLX_I64, true, decode_i8},
    [FILE_I4] = {"i32", 4, false, PLX_I32, true, decode_i4},
    [FILE_I2] = {"i16", 2, false, PLX_I32, false, decode_i2},
    [FILE_I1] = {"i8", 1, false, PLX_I8, true, decode_i1},
    [FILE_U8] = {"u64", 8, false, PLX_I64, false, decode_u8},
    [FILE_U4] = {"u32", 4, false, PLX_I64, false, decode_u4},
    [FILE_U2] = {"u16", 2, false, PLX_I32, false, decode_u2},
    [FILE_U1] = {"u8", 1, false, PLX_U8, true, decode_u1},
    [FILE_B1] = {"bool", 1, false, PLX_BOOL, false, decode_b1},
    [FILE_C8] = {"c64", 8, true, PLX_C64, true, decode_f4},
    [FILE_C16] = {"c128", 16, true, PLX_C128, true, decode_f8},
};

// ---- encoding: each returns how many of n values the element type holds ----

typedef int64_t Encode(const void *from, int64_t n, void *to, int64_t first);

#define ENCODE(name, W, T, good)                                                                   \
    static int64_t name(const void *from, int64_t n, void *to, int64_t first)                      \
    {                                                                                              \
        T *out = (T *)to + first;                                                                  \
        for (int64_t i = 0; i < n; i++) {                                                          \
            W v = ((const W *)from)[i];                                                            \
            if (!(good))                                                                           \
                return i;                                                                          \
            out[i] = (T)v;                                                                         \
        }                                                                                          \
        return n;                                                                                  \
    }
#define ENCODE_SHORT(name, W, of, value)                                                           \
    static int64_t name(const void *from, int64_t n, void *to, int64_t first)                      \
    {                                                                                              \
        uint16_t *out = (uint16_t *)to + first;                                                    \
        for (int64_t i = 0; i < n; i++) {                                                          \
            W v = ((const W *)from)[i];                                                            \
            out[i] = of((double)v);                                                                \
            if (value(out[i]) != (double)v && v == v)                                              \
                return i;                                                                          \
        }                                                                                          \
        return n;                                                                                  \
    }
ENCODE_SHORT(real_f16, double, half_of, half_value)
ENCODE_SHORT(real_bf16, double, brain_of, brain_value)
ENCODE_SHORT(int_f16, int64_t, half_of, half_value)
ENCODE_SHORT(int_bf16, int64_t, brain_of, brain_value)
#define WHOLE(low, high) (v >= (low) && v <= (high) && v == trunc(v))
ENCODE(real_f64, double, double, true)
ENCODE(real_f32, double, float, isnan(v) || (double)(float)v == v)
ENCODE(real_i64, double, int64_t, v >= -0x1p63 && v < 0x1p63 && v == trunc(v))
ENCODE(real_i32, double, int32_t, WHOLE(INT32_MIN, INT32_MAX))
ENCODE(real_i8, double, int8_t, WHOLE(INT8_MIN, INT8_MAX))
ENCODE(real_u8, double, uint8_t, WHOLE(0, UINT8_MAX))
ENCODE(real_bool, double, uint8_t, WHOLE(0, 1))
ENCODE(int_f64, int64_t, double, (double)v < 0x1p63 && (int64_t)(double)v == v)
ENCODE(int_f32, int64_t, float, (float)v < 0x1p63f && (int64_t)(float)v == v)
ENCODE(int_i64, int64_t, int64_t, true)
ENCODE(int_i32, int64_t, int32_t, v >= INT32_MIN && v <= INT32_MAX)
ENCODE(int_i8, int64_t, int8_t, v >= INT8_MIN && v <= INT8_MAX)
ENCODE(int_u8, int64_t, uint8_t, v >= 0 && v <= UINT8_MAX)
ENCODE(int_bool, int64_t, uint8_t, v >= 0 && v <= 1)

static Encode *const encoders[PLX_ELEM_COUNT][2] = {
    // from int64, from double
    [PLX_F64] = {int_f64, real_f64},    [PLX_F32] = {int_f32, real_f32},
    [PLX_F16] = {int_f16, real_f16},    [PLX_BF16] = {int_bf16, real_bf16},
    [PLX_I64] = {int_i64, real_i64},    [PLX_I32] = {int_i32, real_i32},
    [PLX_I8] = {int_i8, real_i8},       [PLX_U8] = {int_u8, real_u8},
    [PLX_BOOL] = {int_bool, real_bool}, [PLX_C64] = {int_f32, real_f32},   // part by part
    [PLX_C128] = {int_f64, real_f64},
};

// Numbers in an element: what is complex is read and stored part by part.
static int parts_of(PlxElem e) { return e == PLX_C64 || e == PLX_C128 ? 2 : 1; }

// ---- checks ----

// "[3, 7]": the place of element i.
static void place(const PlxTensor *t, int64_t i, char *text, size_t size)
{
    int64_t at[PLX_MAX_RANK];
    for (int d = t->rank - 1; d >= 0; d--) {
        int64_t n = t->dim[d] > 0 ? t->dim[d] : 1;
        at[d] = i % n;
        i /= n;
    }
    size_t used = (size_t)snprintf(text, size, "[");
    for (int d = 0; d < t->rank && used < size; d++)
        used += (size_t)snprintf(text + used, size - used, "%s%" PRId64, d ? ", " : "", at[d]);
    if (used < size)
        snprintf(text + used, size - used, "]");
}

static void number_text(bool real, const void *from, int64_t i, char *text, size_t size)
{
    if (real)
        snprintf(text, size, "%.17g", ((const double *)from)[i]);
    else
        snprintf(text, size, "%" PRId64, ((const int64_t *)from)[i]);
}

// The first of n values that is no position below `below`; n: all are.
static int64_t first_outside(bool real, const void *from, int64_t n, int64_t below)
{
    for (int64_t i = 0; i < n; i++) {
        if (real) {
            double v = ((const double *)from)[i];
            if (!(v >= 0 && v < (double)below))
                return i;
        } else {
            int64_t v = ((const int64_t *)from)[i];
            if (v < 0 || v >= below)
                return i;
        }
    }
    return n;
}

bool array_store(const char *label, const PlxWant *want, bool real, const void *from, int64_t n,
                 PlxTensor *t, int64_t first, PlxError *err)
{
    char    where[128], value[40];
    int64_t good = want->below > 0 ? first_outside(real, from, n, want->below) : n;
    if (good < n) {
        place(t, first + good, where, sizeof where);
        number_text(real, from, good, value, sizeof value);
        return plx_error(err, PLX_ERR_VALUE,
                         "%s: element %s is %s; a position in 0..%" PRId64 " was expected", label,
                         where, value, want->below - 1);
    }
    good = encoders[t->elem][real](from, n, t->data, first);
    if (good == n)
        return true;
    place(t, (first + good) / parts_of(t->elem), where, sizeof where);
    number_text(real, from, good, value, sizeof value);
    return plx_error(err, PLX_ERR_TYPE, "%s: element %s is %s, which %s can't hold exactly", label,
                     where, value, plx_elem_name(t->elem));
}

bool array_check(const char *label, const PlxWant *want, int rank, const int64_t *dim,
                 PlxError *err)
{
    if (want->rank >= 0 && want->rank != rank)
        return plx_error(err, PLX_ERR_SHAPE, "%s: has %d axes; %d were expected", label, rank,
                         want->rank);
    for (int i = 0; i < want->rank; i++) {
        if (want->dim[i] < 0 || want->dim[i] == dim[i])
            continue;
        char axis[80];
        snprintf(axis, sizeof axis, want->axis[i] ? "axis %d (`%.60s`)" : "axis %d", i,
                 want->axis[i]);
        return plx_error(err, PLX_ERR_SHAPE,
                         "%s: %s has size %" PRId64 "; %" PRId64 " was expected", label, axis,
                         dim[i], want->dim[i]);
    }
    return true;
}

// ---- reading ----

static void swap_bytes(char *p, int64_t n, int size)
{
    for (int64_t i = 0; i < n; i++, p += size)
        for (int b = 0; b < size / 2; b++) {
            char c = p[b];
            p[b] = p[size - 1 - b];
            p[size - 1 - b] = c;
        }
}

static bool read_chunk(Stream *s, const Array *a, const PlxWant *want, char *raw, void *wide,
                       PlxTensor *t, int64_t first, int64_t n, PlxError *err)
{
    int size = types[a->type].size, parts = parts_of(types[a->type].natural);
    if (!stream_need(s, raw, n * size, "the elements", err))
        return false;
    if (a->swapped)
        swap_bytes(raw, n * parts, size / parts);
    int64_t good = types[a->type].decode(raw, n * parts, wide);
    if (good == n * parts)
        return array_store(stream_label(s), want, types[a->type].real, wide, n * parts, t, first * parts, err);
    char where[128];
    place(t, first + good / parts, where, sizeof where);
    return plx_error(err, PLX_ERR_TYPE, "%s: element %s is no %s that can be loaded",
                     stream_label(s), where, types[a->type].name);
}

static bool read_converted(Stream *s, const Array *a, const PlxWant *want, PlxTensor *t,
                           PlxError *err)
{
    char   *raw = malloc(CHUNK * 16 * 2);
    bool    ok = raw || plx_error(err, PLX_ERR_MEMORY, "%s: out of memory", stream_label(s));
    int64_t n = plx_tensor_count(t);
    for (int64_t i = 0; ok && i < n; i += CHUNK)
        ok = read_chunk(s, a, want, raw, raw + CHUNK * 16, t, i, n - i < CHUNK ? n - i : CHUNK, err);
    free(raw);
    return ok;
}

static bool read_elements(Stream *s, const Array *a, const PlxWant *want, PlxTensor *t,
                          PlxError *err)
{
    bool same = types[a->type].same && types[a->type].natural == t->elem && !a->swapped;
    if (same && want->below <= 0)
        return stream_need(s, t->data, plx_tensor_bytes(t), "the elements", err);
    return read_converted(s, a, want, t, err);
}

// `from` has the axes of `to` in reverse.
static void transpose(const PlxTensor *from, PlxTensor *to)
{
    int64_t size = plx_elem_size(to->elem), n = plx_tensor_count(to);
    for (int64_t i = 0; i < n; i++) {
        int64_t rest = i, at = 0, step = n;
        for (int d = to->rank - 1; d >= 0; d--) {
            step /= to->dim[d];
            at += rest % to->dim[d] * step;
            rest /= to->dim[d];
        }
        memcpy((char *)to->data + i * size, (const char *)from->data + at * size, (size_t)size);
    }
}

static bool read_by_column(Stream *s, const Array *a, const PlxWant *want, PlxTensor *out,
                           PlxError *err)
{
    PlxTensor t;
    int64_t   dim[PLX_MAX_RANK];
    for (int i = 0; i < a->rank; i++)
        dim[i] = a->dim[a->rank - 1 - i];
    if (!plx_tensor_new(&t, out->elem, a->rank, dim, err))
        return false;
    bool ok = read_elements(s, a, want, &t, err);
    if (ok)
        transpose(&t, out);
    plx_tensor_free(&t);
    return ok;
}

// The file must be able to hold what its header declares.
static bool check_bytes(Stream *s, const Array *a, PlxError *err)
{
    int64_t n = types[a->type].size;
    bool    zero = false, ok = true;
    for (int i = 0; ok && i < a->rank; i++) {
        zero |= a->dim[i] == 0;
        ok = a->dim[i] >= 0 && plx_mul(n, a->dim[i] ? a->dim[i] : 1, &n);
    }
    if (!ok)
        return plx_error(err, PLX_ERR_FORMAT, "%s: its sizes can't be counted", stream_label(s));
    if (!zero && n > PLX_LOAD_LIMIT)
        return plx_error(err, PLX_ERR_LIMIT,
                         "%s: has %" PRId64 " bytes; at most %" PRId64 " are loaded",
                         stream_label(s), n, PLX_LOAD_LIMIT);
    if (!zero && n > stream_bound(s))
        return plx_error(err, PLX_ERR_FORMAT,
                         "%s: ends within the elements: %" PRId64
                         " bytes expected, at most %" PRId64 " found",
                         stream_label(s), n, stream_bound(s));
    return true;
}

bool array_read(Stream *s, const Array *a, const PlxWant *want, PlxTensor *out, PlxError *err)
{
    *out = (PlxTensor){0};
    if (!array_check(stream_label(s), want, a->rank, a->dim, err) || !check_bytes(s, a, err))
        return false;
    PlxElem elem = want->elem < PLX_ELEM_COUNT ? want->elem : types[a->type].natural;
    if (parts_of(elem) != parts_of(types[a->type].natural))
        return plx_error(err, PLX_ERR_TYPE, "%s: holds %s, and %s was expected", stream_label(s), types[a->type].name,
                         plx_elem_name(elem));
    if (!plx_tensor_new(out, elem, a->rank, a->dim, err))
        return false;
    bool turned = a->by_column && a->rank > 1;
    if ((turned ? read_by_column : read_elements)(s, a, want, out, err))
        return true;
    plx_tensor_free(out);
    return false;
}
