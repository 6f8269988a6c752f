#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_BLOCK = 1 << 16, ALIGN = 16 };

typedef struct Block {
    struct Block *next;
    size_t        size, used;
} Block;

struct Arena {
    Block       *blocks;
    OutOfMemory *handler;
    void        *user;
};

static size_t header(void) { return (sizeof(Block) + ALIGN - 1) / ALIGN * ALIGN; }

static Block *block_new(size_t size)
{
    if (size > SIZE_MAX - header())
        return NULL;
    Block *b = malloc(header() + size);
    if (b)
        *b = (Block){NULL, size, 0};
    return b;
}

Arena *arena_new(OutOfMemory *handler, void *user)
{
    Arena *a = malloc(sizeof *a);
    Block *b = block_new(FIRST_BLOCK);
    if (!a || !b) {
        free(a);
        free(b);
        return NULL;
    }
    *a = (Arena){b, handler, user};
    return a;
}

void arena_free(Arena *a)
{
    if (!a)
        return;
    for (Block *b = a->blocks, *next; b; b = next) {
        next = b->next;
        free(b);
    }
    free(a);
}

static void out_of_memory(Arena *a)
{
    if (a->handler)
        a->handler(a->user);
    abort();
}

Arena *arena_beside(Arena *a)
{
    Arena *b = arena_new(a->handler, a->user);
    if (!b)
        out_of_memory(a);
    return b;
}

void arena_reset(Arena *a)
{
    for (Block *b = a->blocks->next, *next; b; b = next) {
        next = b->next;
        free(b);
    }
    a->blocks->next = NULL;
#ifdef __SANITIZE_ADDRESS__
    memset((char *)a->blocks + header(), 0xDB, a->blocks->used);  // who reads on meets nonsense
#endif
    a->blocks->used = 0;
}

bool arena_holds(const Arena *a, const void *p)
{
    for (const Block *b = a->blocks; p && b; b = b->next) {
        const char *begin = (const char *)b + header();
        if ((const char *)p >= begin && (const char *)p < begin + b->used)
            return true;
    }
    return false;
}

void arena_join(Arena *a, Arena *from)
{
    Block *last = from->blocks;
    while (last->next)
        last = last->next;
    last->next = a->blocks->next;
    a->blocks->next = from->blocks;
    free(from);
}

// A block for `size` bytes; large ones stand alone behind the current block.
static Block *room(Arena *a, size_t size)
{
    size_t want = a->blocks->size * 2 < ((size_t)1 << 24) ? a->blocks->size * 2 : (size_t)1 << 24;
    Block *b = block_new(size > want / 4 ? size : want);
    if (!b)
        out_of_memory(a);
    if (size > want / 4) {
        b->next = a->blocks->next;
        a->blocks->next = b;
    } else {
        b->next = a->blocks;
        a->blocks = b;
    }
    return b;
}

void *arena_alloc(Arena *a, size_t size)
{
    if (size > SIZE_MAX - ALIGN)
        out_of_memory(a);
    size = (size + ALIGN - 1) / ALIGN * ALIGN;
    Block *b = a->blocks;
    if (size > b->size - b->used)
        b = room(a, size);
    char *p = (char *)b + header() + b->used;
    b->used += size;
    return memset(p, 0, size);
}

char *arena_strndup(Arena *a, const char *s, size_t n)
{
    char *p = arena_alloc(a, n + 1);
    if (n)
        memcpy(p, s, n);
    return p;
}

char *arena_printf(Arena *a, const char *fmt, ...)
{
    va_list ap, again;
    va_start(ap, fmt);
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    char *p = arena_alloc(a, (size_t)(n < 0 ? 0 : n) + 1);
    vsnprintf(p, (size_t)(n < 0 ? 0 : n) + 1, fmt, again);
    va_end(again);
    return p;
}
