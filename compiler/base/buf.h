// Buf: text that grows, on the heap; buf_free gives it back. Zeroed is empty.
#ifndef PLX_BASE_BUF_H
#define PLX_BASE_BUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct {
    char  *at;  // NUL-terminated once something was put in; NULL before
    size_t n, cap;
    bool   failed;  // memory ran out; what was put in since is missing
} Buf;

void buf_put(Buf *b, const char *s, size_t n);
void buf_puts(Buf *b, const char *s);
void buf_printf(Buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void buf_vprintf(Buf *b, const char *fmt, va_list ap);
void buf_free(Buf *b);

#endif
