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
// Those from number `from` on were brought about by a use there, which the text tells: messages of two uses are two. What
// stands in another file than the use, or asks something of its callers, moves to the use.
void   diags_use_since(Diags *d, int from, Span where, const char *fmt, ...) __attribute__((format(printf, 4, 5)));
// Says that it asks something of who uses what it stands in.
void   diag_asks(Diag *d);
// "= help: …": what to do.
void   diag_help(Diag *d, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

// A change of the source that mends it, which tools offer under this title. Its edits follow.
void   diag_fix(Diag *d, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
// Of the newest fix: the bytes of `where` become the text. The edits of a fix do not overlap.
void   diag_edit(Diag *d, Span where, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

DiagCode diag_code(const Diag *d);
Span     diag_where(const Diag *d);
bool     diag_is_error(const Diag *d);
bool     diag_has_help(const Diag *d);
// The places of its labels and notes, `cap` at most; how many there are.
int      diag_places(const Diag *d, Span *out, int cap);

int         diags_count(const Diags *d);
bool        diags_has(const Diags *d, const Diag *g);  // not taken away again
Diag       *diags_last(const Diags *d);           // the newest, or NULL
int         diags_errors(const Diags *d);
bool        diags_have(const Diags *d, DiagCode code);
const char *diag_code_text(DiagCode c);   // "E0307"
const char *diag_code_title(DiagCode c);
// From text, in any case; false when there is no such code.
bool        diag_code_parse(const char *text, DiagCode *out);

// Into `out`, with room for diags_count: in order of place, the same message at the same place once. How many.
int  diags_in_order(const Diags *d, Diag **out);
// All diagnostics in that order, as text for people, each as language.md section 11 shows.
// `color`: ANSI colours.
void diags_render(const Diags *d, const Sources *s, bool color, Buf *out);
// One JSON object a line, as docs/json.md says.
void diags_render_json(const Diags *d, const Sources *s, Buf *out);
// The text of source number `file` with a fix of each diagnostic applied, as far as they do not overlap (arena): the one
// numbered `choice`, or, if that is negative, the only one of those that have one; several are a choice that is not a
// tool's to make. NULL: there is none for that file. `n`: how many were applied.
char *diags_fixed(const Diags *d, const Sources *s, int file, int choice, int *n);
// Takes diagnostics from number `from` on away again (an attempt that was given up).
void diags_truncate(Diags *d, int from);

#endif
