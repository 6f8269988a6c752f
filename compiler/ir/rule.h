// Type rules, shared by the builder and the verifier: one function a rule named in ops.def.
#ifndef PLX_IR_RULE_H
#define PLX_IR_RULE_H

#include "ir/ir.h"

// The type of `op` over operands of types in, or why it has none (*wrong, arena text). Guards are
// the builder's affair: rules give elements and axes.
bool rule_type(Arena *a, Op op, Node *const *in, int nin, const Attr *attr, Type *out,
               const char **wrong);

#endif
