// Files written as a whole or not at all, and text that grows.
#ifndef PLX_RUNTIME_OUTPUT_H
#define PLX_RUNTIME_OUTPUT_H

#include "internal.h"

#include <stdio.h>

// A file that takes the place of `path` when it is complete. Writes may fail silently: commit says
// so.
typedef struct {
    FILE       *file;
    const char *path;      // borrowed
    char       *temporary; // beside it
    int64_t     written;
    int         error; // the first failing write's errno
} Output;

bool output_open(Output *o, const char *path, PlxError *err);
void output_put(Output *o, const void *data, int64_t n);
void output_puts(Output *o, const char *text);
// Syncs and renames if `ok`, else, or when that fails, removes the temporary file. Returns ok, and
// what came of it. Call it once after each output_open that returned true.
bool output_close(Output *o, bool ok, PlxError *err);

// Text on the heap. Zeroed is empty.
typedef struct {
    char  *at; // NUL-terminated once something was put in
    size_t n, room;
    bool   failed; // memory ran out
} Text;

void text_put(Text *t, const char *s, size_t n);
void text_printf(Text *t, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void text_free(Text *t);

// A CSV cell, quoted where it must be.
void text_cell(Text *t, const char *s);

// True when the names are all different; else *twice is one that is not. False with NULL: out of
// memory.
bool names_differ(const char *const *name, int n, const char **twice);
bool utf8_valid(const char *s, size_t n);

#endif
