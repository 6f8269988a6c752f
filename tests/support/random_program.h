// Random tensor programs with inputs to run them on, for properties that must hold of every
// program. One seed makes one program, on every machine.
#ifndef PLX_TESTS_RANDOM_PROGRAM_H
#define PLX_TESTS_RANDOM_PROGRAM_H

#include "interp/interp.h"

// Random bits and numbers: a seed moves on by itself.
uint64_t random_bits(uint64_t *seed);
int      random_below(uint64_t *seed, int n);                   // 0 … n - 1
double   random_between(uint64_t *seed, double lo, double hi);

typedef struct {
    uint64_t seed;
    Elem     elem;             // F64 or F32: of all floats
    int      steps;            // how many operations are drawn (each may make some helpers)
    int64_t  sizes[3];         // of the axes; 0 is allowed
    bool     symbolic;         // sizes are variables, which the run binds
    bool     differentiable;   // only what has derivatives in both modes, and no kinks
    bool     loops;            // LOOP, with a condition too, and BRANCH
} RandomOptions;

typedef struct {
    Program       *program;
    InterpSize    *size;       // of the variables
    int            nsize;
    InterpTensor **in;         // one an input, floats between -2 and 2
} RandomProgram;

// All of it lives in the arena.
RandomProgram random_program(Arena *a, const RandomOptions *o);
// Values for an input: floats between -2 and 2, ints from 0 to 4, bools.
InterpTensor *random_tensor(Arena *a, uint64_t *seed, const Node *input, const InterpSize *size,
                            int nsize);

#endif
