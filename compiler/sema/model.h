// Models in the making.
#ifndef PLX_SEMA_MODEL_H
#define PLX_SEMA_MODEL_H

#include "sema/sema.h"

typedef struct {
    Field field;
    Span  where;
} GrowingField;

// An instance whose body is evaluated, in a program of its own, to find its parameters. `init` makes their first
// values in the program of whoever makes the instance.
typedef struct Growing {
    VEC(GrowingField) fields;
    Builder        *init;
    struct Imports *imports;  // the host's tensors which that program takes in
} Growing;

// The name of an instance: what it is called where it stands, else after its block.
Name   instance_name(Sema *s, const Func *f, Name hint);
// Adds an instance to the model being made. False: there are two of that name (reported).
bool   growing_instance(Sema *s, Name name, Value *m, Span where);
// What was given in the bracket and is a part of the model is there as the model has it now.
void   given_parts(const Value *self, const Binding *b);
Value *no_owner(Sema *s, Func *f, Span where);
Name path_join(Sema *s, Name path, Name name);

#endif
