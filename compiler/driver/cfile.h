// The C side of what is built: a header for people, and the source that describes it to the runtime.
#ifndef PLX_DRIVER_CFILE_H
#define PLX_DRIVER_CFILE_H

#include "driver/interface.h"

// ---- cnames.c ----
// A C name: letters, digits, underscores, and no word of C.
const char *c_name(Arena *a, const char *text);
// Names of the arguments and results in C, no two the same: before any of the following.
void cfile_names(Session *s, Interface *f);

// ---- cfile.c ----
// What the functions begin with.
const char *cfile_name(Session *s, const Interface *f);
void cfile_header(Session *s, const Interface *f, Buf *b);
// `program`: with a main of its own.
void cfile_source(Session *s, const Interface *f, bool program, Buf *b);

#endif
