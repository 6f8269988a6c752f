// Fixed points as loops, for the copies of copy.c.
#ifndef PLX_IR_LOWER_H
#define PLX_IR_LOWER_H

#include "ir/ir.h"

// What stands for the results of a FIX whose operands are `in`.
Node **lower_fix(Builder *b, const Node *n, Node *const *in);
// Is there a loop, or a fixed point, whose number of turns is not known before?
bool   program_has_open_loop(const Program *p);

#endif
