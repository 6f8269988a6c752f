// Blocks alone as programs.
#ifndef PLX_SEMA_ELABORATE_H
#define PLX_SEMA_ELABORATE_H

#include "sema/sema.h"

// The program of a block or fn, written as in the source (`MLP[pixel -> class]`; with a bare name its header stays
// symbolic): its parameters by path, then its arguments, are the inputs; `lifted`: over an open axis `batch`, first
// in every argument and result. NULL: reported.
Program *elaborate(Sema *s, Module *m, const char *text, bool lifted);

#endif
