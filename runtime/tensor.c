// Tensors: sizes are checked before anything is allocated.
#include "internal.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define LARGEST   (INT64_C(1) << 62)
#define ADDRESSES (INT64_C(1) << 47) // bytes that a process can address
#define HUGE_PAGE (INT64_C(2) << 20)

static const struct {
    const char *name;
    int64_t     size;
} elems[PLX_ELEM_COUNT] = {
    [PLX_F64] = {"f64", 8},   [PLX_F32] = {"f32", 4}, [PLX_F16] = {"f16", 2}, [PLX_BF16] = {"bf16", 2},
    [PLX_I64] = {"i64", 8},
    [PLX_I32] = {"i32", 4},   [PLX_I8] = {"i8", 1},   [PLX_U8] = {"u8", 1},
    [PLX_BOOL] = {"bool", 1}, [PLX_C64] = {"c64", 8}, [PLX_C128] = {"c128", 16},
};

int64_t plx_elem_size(PlxElem e)
{
    return elems[e].size;
}

const char *plx_elem_name(PlxElem e)
{
    return elems[e].name;
}

bool plx_mul(int64_t a, int64_t b, int64_t *out)
{
    return !__builtin_mul_overflow(a, b, out) && *out <= LARGEST;
}

bool plx_add(int64_t a, int64_t b, int64_t *out)
{
    return !__builtin_add_overflow(a, b, out) && *out <= LARGEST;
}

void *plx_block(int64_t bytes, PlxError *err)
{
    if (bytes == 0)
        return NULL;
    // Large blocks lie on huge pages: fewer misses in the address caches.
    int64_t align = bytes >= 2 * HUGE_PAGE ? HUGE_PAGE : PLX_ALIGNMENT;
    int64_t rounded;
    void   *p = NULL;
    if (bytes > 0 && bytes < ADDRESSES && plx_add(bytes, align - 1, &rounded))
        p = aligned_alloc((size_t)align, (size_t)(rounded / align * align));
    if (!p)
        plx_error(err, PLX_ERR_MEMORY, "out of memory: %" PRId64 " bytes", bytes);
    else if (align == HUGE_PAGE)
        madvise(p, (size_t)bytes, MADV_HUGEPAGE); // a hint: it may fail
    return p;
}

bool plx_count(PlxElem e, int rank, const int64_t *dim, int64_t *count, PlxError *err)
{
    if (rank < 0 || rank > PLX_MAX_RANK)
        return plx_error(err, PLX_ERR_SIZE, "rank %d is not in 0..%d", rank, PLX_MAX_RANK);
    // A size of 0 must not hide that the others can't be counted: strides are products of them.
    int64_t n = plx_elem_size(e), zero = 0;
    for (int i = 0; i < rank; i++) {
        if (dim[i] < 0)
            return plx_error(err, PLX_ERR_SIZE, "size %" PRId64 " of axis %d is negative", dim[i],
                             i);
        zero |= dim[i] == 0;
        if (!plx_mul(n, dim[i] ? dim[i] : 1, &n))
            return plx_error(err, PLX_ERR_SIZE,
                             "%d axes up to size %" PRId64 " are too many elements to count", rank,
                             dim[i]);
    }
    *count = zero ? 0 : n / plx_elem_size(e);
    return true;
}

bool plx_tensor_new(PlxTensor *t, PlxElem e, int rank, const int64_t *dim, PlxError *err)
{
    *t = (PlxTensor){.elem = e};
    int64_t count;
    if (!plx_count(e, rank, dim, &count, err))
        return false;
    int64_t bytes = count * plx_elem_size(e);
    void   *data = plx_block(bytes, err);
    if (bytes && !data)
        return false;
    if (data)
        memset(data, 0, (size_t)bytes);
    t->data = data;
    t->rank = rank;
    for (int i = 0; i < rank; i++)
        t->dim[i] = dim[i];
    return true;
}

void plx_tensor_free(PlxTensor *t)
{
    free(t->data);
    *t = (PlxTensor){0};
}

int64_t plx_tensor_count(const PlxTensor *t)
{
    int64_t n = 1;
    for (int i = 0; i < t->rank; i++)
        n *= t->dim[i];
    return n;
}

int64_t plx_tensor_bytes(const PlxTensor *t)
{
    return plx_tensor_count(t) * plx_elem_size(t->elem);
}
