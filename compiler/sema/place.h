// A part of a model in the place of another.
#ifndef PLX_SEMA_PLACE_H
#define PLX_SEMA_PLACE_H

#include "sema/sema.h"

// v, an instance, as what takes the place of the part behind `path` of the model m: it must have that one's interface, the
// same axes in and out, and one set of parameters for each turn where that has. Else an error (reported).
Value *part_in_place(Sema *s, const Value *m, Name const *path, int n, Value *v, Span where);
// The axes of such a part m where the body that holds it makes f.
Binding *binding_in_place(Sema *s, const Value *m, const Func *f);

#endif
