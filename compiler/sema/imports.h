// Imports: the host's tensors that a program under construction takes in, in order of its inputs.
#ifndef PLX_SEMA_IMPORTS_H
#define PLX_SEMA_IMPORTS_H

#include "sema/sema.h"

typedef struct Imports {
    Builder *top;                  // makes inputs in the program's main region
    VEC(const Value *) values;     // one an input
    VEC(Node *) nodes;
} Imports;

// The input node for a host tensor, the same at every use.
Node *imports_node(Sema *s, const Value *v);

#endif
