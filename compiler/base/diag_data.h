// What a diagnostic holds: for the files that make and show them, diag*.c.
#ifndef PLX_BASE_DIAG_DATA_H
#define PLX_BASE_DIAG_DATA_H

#include "base/diag.h"
#include "base/vec.h"

typedef struct {
    Span        where;
    const char *text;
} Remark;

// The bytes of `where` become `text`.
typedef struct {
    Span        where;
    const char *text;
} Edit;

typedef struct {
    const char *title;
    VEC(Edit) edits;
} Fix;

struct Diag {
    Diags      *owner;
    DiagCode    code;
    Span        where;
    Span        use;      // that brought it about, or SPAN_NONE
    bool        asks;     // something of who uses what it stands in
    const char *message;
    VEC(Remark) labels;
    VEC(Remark) notes;
    VEC(const char *) helps;
    VEC(Fix) fixes;
};

struct Diags {
    Arena *arena;
    VEC(Diag *) list;
};

#endif
