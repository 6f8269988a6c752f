// What the builder simplifies, and how guards pass through operations.
#ifndef PLX_IR_FOLD_H
#define PLX_IR_FOLD_H

#include "ir/ir.h"

// A simpler value of the same meaning, or NULL.
Node *fold(Builder *b, Op op, Node **in, int nin, const Attr *attr);
// Fills the guarded operand of an addition whose other operand is unguarded.
void  guard_operands(Builder *b, Op op, Node **in);
// The guard of a result, or NULL.
Node *guard_of(Builder *b, Op op, Node **in, int nin, const Attr *attr, AxisSet axes);
Node *const_node(Builder *b, const Attr *attr);

#endif
