// Positions in ascending order: a stable merge sort over runs that insertion makes.
#include "plexus_rt.h"

#include <string.h>

#include "half.h"

#define RUN 16

// `before(a, b)`: a sorts strictly before b. NaN comes last, so that the order is total.
#define INT_BEFORE(a, b)  ((a) < (b))
#define REAL_BEFORE(a, b) ((a) < (b) || ((b) != (b) && (a) == (a)))

#define HALF_BEFORE(a, b) REAL_BEFORE(half_value(a), half_value(b))
#define BRAIN_BEFORE(a, b) REAL_BEFORE(brain_value(a), brain_value(b))

#define SORT(name, T, before)                                                                      \
    static void name##_run(const T *x, int64_t stride, int64_t begin, int64_t end, int64_t *order) \
    {                                                                                              \
        for (int64_t i = begin; i < end; i++) {                                                    \
            T       key = x[i * stride];                                                           \
            int64_t at = i;                                                                        \
            for (; at > begin && before(key, x[order[at - 1] * stride]); at--)                     \
                order[at] = order[at - 1];                                                         \
            order[at] = i;                                                                         \
        }                                                                                          \
    }                                                                                              \
    static void name##_merge(const T *x, int64_t stride, const int64_t *from, int64_t begin,       \
                             int64_t middle, int64_t end, int64_t *to)                             \
    {                                                                                              \
        int64_t i = begin, j = middle;                                                             \
        for (int64_t k = begin; k < end; k++) {                                                    \
            bool right =                                                                           \
                i == middle || (j < end && before(x[from[j] * stride], x[from[i] * stride]));      \
            to[k] = right ? from[j++] : from[i++];                                                 \
        }                                                                                          \
    }                                                                                              \
    static void name(const void *data, int64_t stride, int64_t n, int64_t *order,                  \
                     int64_t *scratch)                                                             \
    {                                                                                              \
        const T *x = data;                                                                         \
        int64_t *from = order, *to = scratch;                                                      \
        for (int64_t i = 0; i < n; i += RUN)                                                       \
            name##_run(x, stride, i, i + RUN < n ? i + RUN : n, order);                            \
        for (int64_t run = RUN; run < n; run *= 2) {                                               \
            for (int64_t i = 0; i < n; i += 2 * run)                                               \
                name##_merge(x, stride, from, i, i + run < n ? i + run : n,                        \
                             i + 2 * run < n ? i + 2 * run : n, to);                               \
            int64_t *other = from;                                                                 \
            from = to;                                                                             \
            to = other;                                                                            \
        }                                                                                          \
        if (from != order && n > 0)                                                                \
            memcpy(order, from, (size_t)n * sizeof *order);                                        \
    }

SORT(sort_f64, double, REAL_BEFORE)
SORT(sort_f32, float, REAL_BEFORE)
SORT(sort_f16, uint16_t, HALF_BEFORE)
SORT(sort_bf16, uint16_t, BRAIN_BEFORE)
SORT(sort_i64, int64_t, INT_BEFORE)
SORT(sort_i32, int32_t, INT_BEFORE)
SORT(sort_i8, int8_t, INT_BEFORE)
SORT(sort_u8, uint8_t, INT_BEFORE)

static void (*const sorts[PLX_ELEM_COUNT])(const void *, int64_t, int64_t, int64_t *, int64_t *) = {
    [PLX_F64] = sort_f64, [PLX_F32] = sort_f32, [PLX_F16] = sort_f16, [PLX_BF16] = sort_bf16,
    [PLX_I64] = sort_i64, [PLX_I32] = sort_i32,
    [PLX_I8] = sort_i8,   [PLX_U8] = sort_u8,   [PLX_BOOL] = sort_u8,
};

void plx_argsort(int32_t elem, const void *x, int64_t stride, int64_t n, int64_t *order,
                 int64_t *scratch)
{
    sorts[elem](x, stride, n, order, scratch);
}
