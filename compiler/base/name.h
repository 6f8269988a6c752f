// Names: interned strings; two names are equal when their pointers are.
#ifndef PLX_BASE_NAME_H
#define PLX_BASE_NAME_H

#include "arena.h"

typedef const char *Name;
typedef struct Names Names;

Names *names_new(Arena *a);
Name   name_intern(Names *t, const char *s, size_t n);
Name   name_of(Names *t, const char *s);
// printf into a name.
Name   name_format(Names *t, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
// The edit distance of two strings, at most `limit` + 1: for did-you-mean.
int    name_distance(const char *a, const char *b, int limit);
// The nearest of the words that differs from `word` by a slip, or NULL. Those that are NULL are passed over.
const char *name_nearest(const char *word, const char *const *list, int n);

#endif
