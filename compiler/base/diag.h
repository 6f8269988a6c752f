// Diagnostics: what is wrong, where (both places), why, what to do. Values, never printed here.
#ifndef PLX_BASE_DIAG_H
#define PLX_BASE_DIAG_H

#include <stdbool.h>

#include "buf.h"
#include "source.h"

// One row a diagnostic, in diag.def: DIAG(E0307, ERROR, "title")
typedef enum {
#define DIAG(code, severity, title) DIAG_##code,
#include "diag.def"
#undef DIAG
    DIAG_COUNT
} DiagCode;

typedef enum { SEVERITY_ERROR, SEVERITY_WARNING } Severity;

typedef struct Diag Diag;
typedef struct Diags Diags;

Diags *diags_new(Arena *a);
// Reports; `fmt` is the message's one line. The result takes labels, notes and a help.
Diag  *diag_report(Diags *d, DiagCode code, Span where, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
// A text under a place of the source (the first label may be at the diagnostic's own place).
void   diag_label(Diag *d, Span where, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
// "= note: …: file:line:col" (SPAN_NONE: no place).
void   diag_note(Diag *d, Span where, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
// The same note for each from number `from` on.
void   diags_note_since(Diags *d, int from, Span where, const char *fmt, ...) __attribute__((format(printf, 4, 5)));
// "= help: …": what to do.
void   diag_help(Diag *d, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

int         diags_count(const Diags *d);
Diag       *diags_last(const Diags *d);           // the newest, or NULL
int         diags_errors(const Diags *d);
const char *diag_code_text(DiagCode c);   // "E0307"
const char *diag_code_title(DiagCode c);
// From text, in any case; false when there is no such code.
bool        diag_code_parse(const char *text, DiagCode *out);

// All diagnostics in order of place, as text for people, each as language.md section 11 shows; the same
// message at the same place is shown once. `color`: ANSI colours.
void diags_render(const Diags *d, const Sources *s, bool color, Buf *out);
// One JSON object a line: code, severity, message, file, line, column, end_line, end_column, labels, notes, help.
void diags_render_json(const Diags *d, const Sources *s, Buf *out);
// Takes diagnostics from number `from` on away again (an attempt that was given up).
void diags_truncate(Diags *d, int from);

#endif
