// A program in the language, run in all ways that must agree: by the interpreter, by compiled code fused and not, with
// one thread and two, in memory and from a shared library. They are compared step by step on the same inputs.
#ifndef PLX_TESTS_AGREE_H
#define PLX_TESTS_AGREE_H

#include <stdint.h>

#include "base/arena.h"

typedef struct Agree Agree;

typedef struct {
    int64_t steps, apart_bits, rough;   // run; where fusion changed bits; too sensitive to rounding to be compared
    int64_t ahead;                      // called from shared libraries
    double  interpret, compile, link;   // seconds
} AgreeCounts;

// `folder`: where files may be written. `level`: of LLVM's code generator. NULL: no code can be made for this machine.
Agree *agree_new(const char *stdlib, const char *folder, int level);
void   agree_free(Agree *g);
// Checks and runs a program. NULL: all agree. Else what is wrong (in the arena): a word and a code that say the kind,
// a colon, and more.
const char *agree_run(Agree *g, Arena *a, const char *source, bool wide);
// Links what has been compiled since the last call into one shared library, and calls all of it again. Likewise; *which
// is the number of the program, as agree_run was called.
const char *agree_ahead(Agree *g, Arena *a, int64_t *which);
AgreeCounts agree_counts(const Agree *g);

#endif
