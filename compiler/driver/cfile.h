// The C side of what is built: a header for people, and the source that describes it to the runtime.
#ifndef PLX_DRIVER_CFILE_H
#define PLX_DRIVER_CFILE_H

#include "driver/interface.h"

// What the functions begin with.
const char *cfile_name(Session *s, const Interface *f);
void cfile_header(Session *s, const Interface *f, Buf *b);
// `program`: with a main of its own.
void cfile_source(Session *s, const Interface *f, bool program, Buf *b);

#endif
