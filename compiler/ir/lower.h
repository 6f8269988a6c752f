// Fixed points as loops, for the copies of copy.c.
#ifndef PLX_IR_LOWER_H
#define PLX_IR_LOWER_H

#include "ir/ir.h"

// What stands for the results of a FIX whose operands are `in`.
Node **lower_fix(Builder *b, const Node *n, Node *const *in);
// What stands for the results of a RUN.
Node **lower_run(Builder *b, const Node *n, Node *const *in);
// A contraction that reads nothing from outside of its operands' guards.
Node  *lower_contract(Builder *b, const Node *n, Node *const *in);
// Does it sum, multiply up or scatter floats of two bytes? Such are kept in f32 and rounded once.
bool   lower_is_narrow(const Node *n);
Node  *lower_narrow(Builder *b, const Node *n, Node *const *in);
// Is there nothing to do: no FIX, no RUN, no loop that makes its axis, no contraction under a guard, no sum of narrow
// floats?
bool   program_is_low(const Program *p);

#endif
