// One node at a time. Private to interp/.
#ifndef PLX_INTERP_EVAL_H
#define PLX_INTERP_EVAL_H

#include "interp/interp.h"
#include "interp/scalar.h"

typedef struct {
    Arena            *arena;   // of the values of this region
    Arena            *keep;    // of results and errors
    const InterpSize *size;
    int               nsize;
    Map *made;   // sizes that loops made: SizeVar -> int64_t
    Map *value;  // Node -> InterpTensor; region operations: their results (InterpTensor *[])
    const char       *error;
    PlxCtx           *counts;  // of fixed points; NULL: no one asks
} Interp;

// The first thing that goes wrong; evaluation stops there.
void          interp_fail(Interp *in, const Node *n, const char *what);
int64_t       interp_size(Interp *in, const Node *n, const Size *s);
InterpTensor *interp_value(Interp *in, const Node *n);
// A tensor of that type at the sizes of this run; on failure one element.
InterpTensor *interp_tensor_of(Interp *in, const Node *n, Type t);

Scalar tensor_get(const InterpTensor *t, int64_t at);
void   tensor_put(InterpTensor *t, int64_t at, Scalar x);

// Fills `out` with the value of a node that is no region operation.
void interp_eval(Interp *in, const Node *n, InterpTensor *out);

#endif
