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

Name path_join(Sema *s, Name path, Name name);

#endif
