// Declarations with axes of their own, compiled once for all sizes.
#ifndef PLX_TESTS_AGREE_SIZES_H
#define PLX_TESTS_AGREE_SIZES_H

#include "emit/emit.h"
#include "sema/sema.h"

// Compiles each fn and block of the module that has a header and no preconditions, runs it at several sizes and compares
// with the interpreter. NULL: all agree.
const char *agree_sizes(Arena *a, Sema *s, Module *m, Jit *jit, PlxCtx *ctx, Diags *d);

#endif
