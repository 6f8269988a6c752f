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

// What is being made, or called, one inside the other. Recursion ends, or an error says which declaration is inside itself
// at this depth.
enum { DEEPEST_CALL = 200 };
typedef struct Making {
    const Func          *f;
    const struct Making *outer;
    const Binding       *bind;
    const Value         *self;   // of a call: the instance
    Value *const        *arg;
    int                  narg;
    bool                 training;
    Span                 where;
} Making;
bool is_inside(const Making *m, const Syn *decl);
// "`f` calls itself with the same …"
void never_ends(Sema *s, const Func *f, Span where);
// Is it inside of one that was given the same? That is reported.
bool goes_round(Sema *s, const Making *m, Span where);

// The name of an instance: what it is called where it stands, else after its block.
Name   instance_name(Sema *s, const Func *f, Name hint);
// Adds an instance or a parameter to the model being made. False: there are two of that name (reported).
bool   growing_add(Sema *s, Name name, Value *v, Span where);
// What was given in the bracket and is a part of the model is there as the model has it now.
void   given_parts(const Value *self, const Binding *b);
Value *no_owner(Sema *s, Func *f, Span where);
Name   path_join(Sema *s, Name path, Name name);
// The path of a record's field; a tuple's go by their number.
Name   path_field(Sema *s, Name path, Name field, int number);

// ---- param.c ----
// The first value of what `n` declares (a parameter, a buffer, a state) to be of type t: its tensors are of t's elements,
// `own` where t names none. NULL: reported.
Value *first_value(Sema *s, Syn *n, const TypeSpec *t, Elem own);
// The written type of what `n` declares: a tensor's, or a record of such. NULL: it is none (reported).
TypeSpec *tensors_type(Sema *s, Syn *n);

#endif
