// Complex tensors: to the program, pairs of real ones along an axis of their own, which all complex tensors share. What
// an element type of class COMPLEX means is settled here, as the nodes are made: every other part of the compiler sees
// real tensors with one axis more, so that indices, loops, guards, derivatives and their transposes are what they are.
#ifndef PLX_IR_COMPLEX_H
#define PLX_IR_COMPLEX_H

#include "ir/ir.h"

bool complex_is(const Node *x);
// The type as the language has it: a pair is one element of a complex type.
Elem complex_elem(const Type *t);
// The real element type and the axes that a tensor of `elem` has in a program; of a real one: itself.
Type complex_pairs(Builder *b, Elem elem, AxisSet axes);
// Axes in a written order, the pair's last: as files have it. NULL for NULL; n of them.
Axis **complex_order(Builder *b, AxisSet axes, Axis **order);

// re + i im, of one element type; part 0 (real) or 1 of x, which may be real.
Node *complex_of(Builder *b, Node *re, Node *im);
Node *complex_part(Builder *b, Node *x, int part);
// Of operands of one width, one of them complex at least. NULL: there is no such operation.
Node *complex_unary(Builder *b, Op op, Node *x);
Node *complex_binary(Builder *b, Op op, Node *x, Node *y);
// The product along axes, one after the other; what a guard leaves out counts as 1.
Node *complex_prod(Builder *b, Node *x, Axis *const *ax, int nax);
Node *complex_contract(Builder *b, Node *x, Node *y, Axis *const *ax, int nax);

#endif
