// Arena: memory by compilation. Owns every byte it hands out until arena_free.
#ifndef PLX_BASE_ARENA_H
#define PLX_BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>

typedef struct Arena Arena;

// Called when memory runs out; must not return (longjmp, or exit in a program's main).
typedef void OutOfMemory(void *user);

// A new arena. `handler` may be NULL: then running out of memory aborts.
// Returns NULL when not even the first block can be had.
Arena *arena_new(OutOfMemory *handler, void *user);
void   arena_free(Arena *a);
// Another, with the same handler; running out of memory at once is left to it.
Arena *arena_beside(Arena *a);
// Everything is given back, and the arena goes on.
void   arena_reset(Arena *a);
// Is p in memory that a handed out?
bool   arena_holds(const Arena *a, const void *p);
// `from` ends; what it handed out lives as long as `a`.
void   arena_join(Arena *a, Arena *from);

// `size` bytes, zeroed, aligned to 16. Never NULL.
void *arena_alloc(Arena *a, size_t size);
// A copy of `n` bytes of `s`, with a NUL behind it.
char *arena_strndup(Arena *a, const char *s, size_t n);
// A formatted string (printf).
char *arena_printf(Arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#define ARENA_NEW(a, T)      ((T *)arena_alloc((a), sizeof(T)))
#define ARENA_ARRAY(a, T, n) ((T *)arena_alloc((a), sizeof(T) * (size_t)(n)))

#endif
