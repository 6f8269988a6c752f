// Where buffers lie: first fit by decreasing size, among those placed before that live at the same
// time.
#include "internal.h"

#include <inttypes.h>
#include <stdlib.h>

typedef struct {
    PlxBuffer buffer;
    int       index; // place in the input
    int64_t   offset;
} Placed;

static int by_size(const void *pa, const void *pb)
{
    const Placed *a = pa, *b = pb;
    if (a->buffer.bytes != b->buffer.bytes)
        return a->buffer.bytes < b->buffer.bytes ? 1 : -1;
    return a->index < b->index ? -1 : 1;
}

static bool meet(const PlxBuffer *a, const PlxBuffer *b)
{
    return a->first <= b->last && b->first <= a->last;
}

// `placed` holds n buffers by ascending offset; the lowest gap that takes `p`.
static int64_t first_fit(const Placed *placed, int n, const Placed *p)
{
    int64_t at = 0;
    for (int i = 0; i < n; i++) {
        if (!meet(&placed[i].buffer, &p->buffer))
            continue;
        if (placed[i].offset - at >= p->buffer.bytes)
            return at;
        int64_t end = placed[i].offset + placed[i].buffer.bytes;
        if (end > at)
            at = end;
    }
    return at;
}

static void insert(Placed *placed, int n, const Placed *p)
{
    int i = n;
    for (; i > 0 && placed[i - 1].offset > p->offset; i--)
        placed[i] = placed[i - 1];
    placed[i] = *p;
}

// The buffers with their sizes rounded up; the sum of all bounds every offset.
static bool round_sizes(const PlxBuffer *buffer, int n, Placed *out, PlxError *err)
{
    int64_t sum = 0;
    for (int i = 0; i < n; i++) {
        out[i] = (Placed){.buffer = buffer[i], .index = i};
        int64_t *bytes = &out[i].buffer.bytes;
        if (*bytes < 0 || !plx_add(*bytes, PLX_ALIGNMENT - 1, bytes))
            return plx_error(err, PLX_ERR_SIZE, "buffer %d has %" PRId64 " bytes", i,
                             buffer[i].bytes);
        *bytes = *bytes / PLX_ALIGNMENT * PLX_ALIGNMENT;
        if (!plx_add(sum, *bytes, &sum))
            return plx_error(err, PLX_ERR_SIZE, "%d buffers are together too large to count", n);
    }
    return true;
}

bool plx_plan(const PlxBuffer *buffer, int n, int64_t *offset, int64_t *total, PlxError *err)
{
    *total = 0;
    Placed *todo = malloc(sizeof *todo * 2 * ((size_t)n + 1));
    if (!todo)
        return plx_error(err, PLX_ERR_MEMORY, "out of memory for a plan of %d buffers", n);
    bool ok = round_sizes(buffer, n, todo, err);
    if (ok)
        qsort(todo, (size_t)n, sizeof *todo, by_size);
    Placed *placed = todo + n;
    for (int i = 0; ok && i < n; i++) {
        Placed *p = &todo[i];
        p->offset = first_fit(placed, i, p);
        insert(placed, i, p);
        offset[p->index] = p->offset;
        if (p->offset + p->buffer.bytes > *total)
            *total = p->offset + p->buffer.bytes;
    }
    free(todo);
    return ok;
}

bool plx_arena_reserve(PlxArena *arena, int64_t bytes, PlxError *err)
{
    if (bytes <= arena->bytes)
        return true;
    plx_arena_free(arena);
    arena->base = plx_block(bytes, err);
    if (!arena->base)
        return false;
    arena->bytes = bytes;
    return true;
}

void plx_arena_free(PlxArena *arena)
{
    free(arena->base);
    *arena = (PlxArena){0};
}
