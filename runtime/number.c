// Numbers as text.
#include "number.h"

#include "half.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

bool locale_enter(Locale *l, PlxError *err)
{
    l->ours = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    if (!l->ours)
        return plx_error(err, PLX_ERR_MEMORY, "out of memory for the C locale");
    l->before = uselocale(l->ours);
    return true;
}

void locale_leave(Locale *l)
{
    uselocale(l->before);
    freelocale(l->ours);
}

// strtod takes more than the decimal numbers, infinities and NaNs that a file may have.
static bool looks_real(const char *s)
{
    static const char *const words[] = {"nan", "inf", "infinity"};
    s += *s == '-' || *s == '+';
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcasecmp(s, words[i]) == 0)
            return true;
    return *s && s[strspn(s, "0123456789.eE+-")] == 0;
}

static bool parse_real(const char *text, double *v, bool narrow)
{
    char *end;
    if (!looks_real(text))
        return false;
    errno = 0;
    *v = narrow ? (double)strtof(text, &end) : strtod(text, &end);
    bool overflow = errno == ERANGE && isinf(*v); // a denormal result is ERANGE too, and fine
    return end != text && *end == 0 && !overflow;
}

static bool parse_f64(const char *text, void *data, int64_t i)
{
    return parse_real(text, (double *)data + i, false);
}

static bool parse_f32(const char *text, void *data, int64_t i)
{
    double v;
    if (!parse_real(text, &v, true))
        return false;
    ((float *)data)[i] = (float)v;
    return true;
}

// Rounded once: what two roundings give may differ where the first falls halfway.
static bool parse_short(const char *text, uint16_t (*of)(double), double (*value)(uint16_t), void *data, int64_t i)
{
    double v;
    if (!parse_real(text, &v, false))
        return false;
    ((uint16_t *)data)[i] = of(v);
    return isinf(v) || !isinf(value(of(v)));
}

static bool parse_f16(const char *text, void *data, int64_t i) { return parse_short(text, half_of, half_value, data, i); }
static bool parse_bf16(const char *text, void *data, int64_t i)
{
    return parse_short(text, brain_of, brain_value, data, i);
}

static bool parse_whole(const char *text, int64_t low, int64_t high, int64_t *v)
{
    const char *digits = text + (*text == '-' || *text == '+');
    if (!*digits || digits[strspn(digits, "0123456789")])
        return false;
    errno = 0;
    *v = strtoll(text, NULL, 10);
    return errno == 0 && *v >= low && *v <= high;
}

#define PARSE_WHOLE(name, T, low, high)                                                            \
    static bool name(const char *text, void *data, int64_t i)                                      \
    {                                                                                              \
        int64_t v;                                                                                 \
        if (!parse_whole(text, low, high, &v))                                                     \
            return false;                                                                          \
        ((T *)data)[i] = (T)v;                                                                     \
        return true;                                                                               \
    }
PARSE_WHOLE(parse_i64, int64_t, INT64_MIN, INT64_MAX)
PARSE_WHOLE(parse_i32, int32_t, INT32_MIN, INT32_MAX)
PARSE_WHOLE(parse_i8, int8_t, INT8_MIN, INT8_MAX)
PARSE_WHOLE(parse_u8, uint8_t, 0, UINT8_MAX)
PARSE_WHOLE(parse_bit, uint8_t, 0, 1)

static bool parse_bool(const char *text, void *data, int64_t i)
{
    bool yes = strcasecmp(text, "true") == 0;
    if (!yes && strcasecmp(text, "false") != 0)
        return parse_bit(text, data, i);
    ((uint8_t *)data)[i] = yes;
    return true;
}

static void print_f64(const void *data, int64_t i, char *text, size_t size)
{
    double v = ((const double *)data)[i];
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, size, "%.*g", digits, isnan(v) ? fabs(v) : v);  // no sign
        if (isnan(v) || strtod(text, NULL) == v)
            return;
    }
}

static void print_f32(const void *data, int64_t i, char *text, size_t size)
{
    float v = ((const float *)data)[i];
    for (int digits = 6; digits <= 9; digits++) {
        snprintf(text, size, "%.*g", digits, isnan(v) ? fabs((double)v) : (double)v);
        if (isnan(v) || strtof(text, NULL) == v)
            return;
    }
}

static void print_short(double v, uint16_t (*of)(double), double (*value)(uint16_t), char *text, size_t size)
{
    for (int digits = 3; digits <= 6; digits++) {
        snprintf(text, size, "%.*g", digits, v);
        if (isnan(v) || value(of(strtod(text, NULL))) == v)
            return;
    }
}

static void print_f16(const void *data, int64_t i, char *text, size_t size)
{
    print_short(half_value(((const uint16_t *)data)[i]), half_of, half_value, text, size);
}

static void print_bf16(const void *data, int64_t i, char *text, size_t size)
{
    print_short(brain_value(((const uint16_t *)data)[i]), brain_of, brain_value, text, size);
}

#define PRINT_WHOLE(name, T)                                                                       \
    static void name(const void *data, int64_t i, char *text, size_t size)                         \
    {                                                                                              \
        snprintf(text, size, "%" PRId64, (int64_t)((const T *)data)[i]);                           \
    }
PRINT_WHOLE(print_i64, int64_t)
PRINT_WHOLE(print_i32, int32_t)
PRINT_WHOLE(print_i8, int8_t)
PRINT_WHOLE(print_u8, uint8_t)

static const struct {
    bool (*parse)(const char *text, void *data, int64_t i);
    void (*print)(const void *data, int64_t i, char *text, size_t size);
} formats[PLX_ELEM_COUNT] = {
    [PLX_F64] = {parse_f64, print_f64},  [PLX_F32] = {parse_f32, print_f32},
    [PLX_F16] = {parse_f16, print_f16},  [PLX_BF16] = {parse_bf16, print_bf16},
    [PLX_I64] = {parse_i64, print_i64},  [PLX_I32] = {parse_i32, print_i32},
    [PLX_I8] = {parse_i8, print_i8},     [PLX_U8] = {parse_u8, print_u8},
    [PLX_BOOL] = {parse_bool, print_u8},
};

bool number_parse(const char *text, PlxElem elem, void *data, int64_t i)
{
    return formats[elem].parse(text, data, i);
}

void number_print(PlxElem elem, const void *data, int64_t i, char *text, size_t size)
{
    formats[elem].print(data, i, text, size);
}
