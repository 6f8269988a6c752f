// Region operations, for those that copy and rebuild them.
#ifndef PLX_IR_REGION_H
#define PLX_IR_REGION_H

#include "ir/ir.h"

// Sets the result types of a region operation from its body's results and, for a loop, its number
// of carries.
void region_types(Builder *b, Node *n);
// A branch whose operands after the condition stand for explicit parameters of both sides; captures
// follow.
Node *region_branch(Builder *b, Node *const *in, int nin, Region *yes, Region *no);

#endif
