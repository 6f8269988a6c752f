// Vectors in an arena: VEC(T) is a struct { T *at; int n, cap; }; zeroed is empty.
#ifndef PLX_BASE_VEC_H
#define PLX_BASE_VEC_H

#include "arena.h"

#define VEC(T)                                                                                     \
    struct {                                                                                       \
        T  *at;                                                                                    \
        int n, cap;                                                                                \
    }

// Makes room for one more element of `size` bytes; the old block stays in the arena.
void vec_grow(Arena *a, void **at, int n, int *cap, size_t size);

#define vec_push(a, v, x)                                                                          \
    (vec_grow((a), (void **)&(v)->at, (v)->n, &(v)->cap, sizeof *(v)->at), (v)->at[(v)->n++] = (x))

#endif
