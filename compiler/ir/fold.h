// What the builder simplifies, and how guards pass through operations. Private to ir/.
#ifndef PLX_IR_FOLD_H
#define PLX_IR_FOLD_H

#include "ir/ir.h"

// A simpler value of the same meaning, or NULL.
Node *fold(Builder *b, Op op, Node **in, int nin, const Attr *attr);
// Operands of commutative operations in one order, so that equal nodes merge.
void  fold_order(Op op, Node **in);

// Brings operands into the form in which the guard of the result is simple: what may not be guarded
// is filled.
void  guard_operands(Builder *b, Op op, Node **in, int nin, const Attr *attr);
// The guard of a result, or NULL.
Node *guard_of(Builder *b, Op op, Node **in, int nin, const Attr *attr);
// Is g a conjunction with c among its parts?
bool  guard_implies(const Node *g, const Node *c);

// Constants, made or found in the current region; the attr says element and value.
Node *const_node(Builder *b, const Attr *attr);
Node *const_real(Builder *b, Elem elem, double v);
Node *const_whole(Builder *b, Elem elem, int64_t v);

// n as the current region has it: captured if it stands outside.
Node *node_here(Builder *b, Node *n);
Node *node_new(Builder *b, Op op, Node *const *in, int nin, const Attr *attr, Type type);

#endif
