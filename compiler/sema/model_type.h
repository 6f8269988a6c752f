// Blocks as types: model_type.c.
#ifndef PLX_SEMA_MODEL_TYPE_H
#define PLX_SEMA_MODEL_TYPE_H

#include "sema/call.h"

// What a block's name, or the name with its bracket, stands for as a type: an instance, or the block itself where
// axes are missing.
Value *type_instance(Sema *s, Value *f, Syn *bracketed);
// May v be given for a parameter of this type? False: reported.
bool   model_fits(Sema *s, const Call *c, const TypeSpec *t, Value *v, Name name);
// v under the axes that its type names.
Value *model_inside(Sema *s, const TypeSpec *t, Value *v);

#endif
