// Sources: the files of a compilation, and places in them.
#ifndef PLX_BASE_SOURCE_H
#define PLX_BASE_SOURCE_H

#include <stdbool.h>
#include <stdint.h>

#include "arena.h"

// Bytes [begin, end) of file number `file`; file < 0: no place.
typedef struct {
    int32_t file, begin, end;
} Span;

#define SPAN_NONE ((Span){-1, 0, 0})

typedef struct {
    const char *path;  // as the user wrote it
    const char *text;  // NUL-terminated
    int32_t     size;
} Source;

typedef struct Sources Sources;

Sources      *sources_new(Arena *a);
int           sources_add(Sources *s, const char *path, const char *text, size_t size);
const Source *sources_get(const Sources *s, int file);
int           sources_count(const Sources *s);
// Line and column (both from 1, columns in bytes) of an offset.
void          source_position(const Source *s, int offset, int *line, int *column);
// The line `line` (from 1), without its newline.
const char   *source_line(const Source *s, int line, int *length);
// The span from the beginning of `a` to the end of `b`.
Span          span_join(Span a, Span b);
// < 0, 0, > 0 by file and beginning.
int           span_compare(Span a, Span b);

#endif
