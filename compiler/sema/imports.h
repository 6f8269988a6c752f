// Imports: the host's tensors that a program under construction takes in, in order of its inputs.
#ifndef PLX_SEMA_IMPORTS_H
#define PLX_SEMA_IMPORTS_H

#include "sema/sema.h"

typedef struct Imports {
    Builder *top;                  // makes inputs in the program's main region
    VEC(const Value *) values;     // one an input
    VEC(Node *) nodes;             // the inputs
} Imports;

// A host tensor in the program at hand: its input, the same at every use, under its guard.
Node *imports_node(Sema *s, const Value *v);

#endif
