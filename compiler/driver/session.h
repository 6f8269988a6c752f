// A compilation: the tables that all stages share, from the options to the diagnostics printed at the end.
#ifndef PLX_DRIVER_SESSION_H
#define PLX_DRIVER_SESSION_H

#include "driver/options.h"

typedef struct {
    Arena   *arena;
    Names   *names;
    Sources *sources;
    Diags   *diags;
    Sema    *sema;
    Types    types;
    bool     json, failed;   // failed: a file or a resource
    bool     apart;          // fuse nothing
} Session;

// An arena of whose failure the user is told.
Arena  *session_arena(void);
// The folder of the standard library.
const char *session_stdlib(Arena *a, const Options *o);
// Begins; the standard library is read. `o` is borrowed.
void    session_begin(Session *s, const Options *o);
// Loads and checks a file. NULL: it could not be read, or holds errors.
Module *session_load(Session *s, const char *path);
// Prints what there is to say on stderr and gives everything back: the exit status.
int     session_end(Session *s);
// Gives everything back and prints nothing, unless a file or a resource failed.
void    session_drop(Session *s);
// The function or block of that name, or NULL, reported.
Func   *session_find(Session *s, Module *m, const char *name);

#endif
