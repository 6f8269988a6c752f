// Blocks alone as programs, and what is built for C.
#ifndef PLX_SEMA_ELABORATE_H
#define PLX_SEMA_ELABORATE_H

#include "sema/sema.h"

// The program of a block or fn, written as in the source (`MLP[pixel -> class]`; with a bare name its header stays
// symbolic): its parameters by path, then its arguments, are the inputs. NULL: reported.
Program *elaborate(Sema *s, Module *m, const char *text);

// A block, a fn or an experiment as a C program calls it. A block's parameters are its state; of an experiment, what it
// makes before it first needs an argument or a size of one.
typedef struct {
    Func    *func;
    Program *first;   // the state's first values, by path, from the seed (its one input, `#seed`, where it draws)
    Program *run;     // inputs: the state, the arguments, then `#turn` and `#seed` where it draws; outputs: the results,
                      // then the new values of the state, each with its input as alias
    int      nstate, nargs, nresults;
    Axis   **pos;     // by input of `run`: it holds positions along this axis; or NULL
    Map     *positions;  // the same by the inputs' nodes
    const Contract *contract;  // what must hold of the sizes
} Built;

// `set`: defaults of an experiment's parameters given anew. False: reported.
bool elaborate_built(Sema *s, Module *m, const char *text, const Setting *set, int nset, Built *out);

// ---- shared with stage.c ----
// An argument of a type, as inputs of the program being built, over `lifted` too (NULL: nothing).
Value *built_argument(Sema *s, Map *positions, const TypeSpec *t, Name name, Axis *lifted, Span where);
// A value as outputs by name; `lifted` as above.
void   built_outputs(Sema *s, Value *v, Name name, Axis *lifted);
// What leaves a program is a value of its own: no constant, and no input.
Node  *built_own(Sema *s, Node *n);
// The turn for draws, an input of the program being built.
Value *built_turn(Sema *s, Span where);
// Inputs that are not needed and no argument nor state are none of the program's; counts what is left, finds positions.
void   built_finish(Sema *s, Built *out);

#endif
