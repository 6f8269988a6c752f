#include "base/vec.h"

#include <string.h>

void vec_grow(Arena *a, void **at, int n, int *cap, size_t size)
{
    if (n < *cap)
        return;
    int   more = *cap ? *cap * 2 : 8;
    void *new = arena_alloc(a, size * (size_t)more);
    if (n)
        memcpy(new, *at, size * (size_t)n);
    *at = new;
    *cap = more;
}
