// Random well-typed programs in the language itself. What the choices are decides the program: see choices.h.
//
// A program has axes with relations among them (twins, sums, products, windows), helper functions and blocks with
// axes of their own, a block `Main` that uses them, and an experiment that loads data, calls it, and takes derivatives.
// Values stay moderate, so that rounding errors do: what could grow is squashed, logarithms and roots are of what is
// well above zero, and comparisons are of what is hardly ever equal.
#ifndef PLX_TESTS_RANDOM_SOURCE_H
#define PLX_TESTS_RANDOM_SOURCE_H

#include "base/arena.h"
#include "base/buf.h"
#include "support/choices.h"

// The text of a program. `large`: some axis has enough positions that threads share kernels.
const char *random_source(Arena *a, Choices *c, bool large);

// What a program's `load("NAME.npy")` finds. The path says the range of positions (`below5`) and the sizes that only
// the data tells (`open3`); values depend on the path and the place alone.
double  random_data_real(const char *path, int64_t i);    // between -2 and 2
int64_t random_data_whole(const char *path, int64_t i);   // below what the path says, else below 5
int64_t random_data_size(const char *path, const char *axis);

#endif
