// Arena: memory by compilation. Owns every byte it hands out until arena_free.
#ifndef PLX_BASE_ARENA_H
#define PLX_BASE_ARENA_H

#include <stddef.h>

typedef struct Arena Arena;

// Called when memory runs out; must not return (longjmp, or exit in a program's main).
typedef void OutOfMemory(void *user);

// A new arena. `handler` may be NULL: then running out of memory aborts.
// Returns NULL when not even the first block can be had.
Arena *arena_new(OutOfMemory *handler, void *user);
void   arena_free(Arena *a);

// `size` bytes, zeroed, aligned to 16. Never NULL.
void *arena_alloc(Arena *a, size_t size);
// A copy of `n` bytes of `s`, with a NUL behind it.
char *arena_strndup(Arena *a, const char *s, size_t n);
// A formatted string (printf).
char *arena_printf(Arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#define ARENA_NEW(a, T)      ((T *)arena_alloc((a), sizeof(T)))
#define ARENA_ARRAY(a, T, n) ((T *)arena_alloc((a), sizeof(T) * (size_t)(n)))

#endif
