// Region operations, for those that copy and rebuild them.
#ifndef PLX_IR_REGION_H
#define PLX_IR_REGION_H

#include "ir/ir.h"

// Sets the result types of a region operation from its body's results and, for a loop, its number
// of carries.
void region_types(Builder *b, Node *n);
// A node's region parameters begin behind this many operands; and behind the turn, if it has one.
int region_skip(Op op);
int region_turn(Op op);
// The size variable that a loop makes, or NULL.
SizeVar *region_made(const Node *n);
// made.c: the loops of n's region, made before it, that make a size of n or of what its regions hold: it needs them,
// though no operand may say so. At most `most` of them.
int region_makers(const Node *n, Node **out, int most);
// implies.c: holds c (or does not) wherever the guard does? NULL, no guard, implies nothing.
bool node_implies(const Node *guard, const Node *c);
bool node_implies_not(const Node *guard, const Node *c);
// Does a loop make its turns only where c holds (`yes`), or only where it does not? Lifted, each position its own.
bool loop_turns_only_if(const Node *loop, const Node *c, bool yes);
// Notes n, just put into its region, if it makes a size.
void region_note_maker(Arena *a, Region *r, Node *n);
// order.c: puts what is over an axis that a loop makes behind that loop.
void program_order(Program *p);
// A loop that makes this axis; all parameters of the two regions may be explicit.
Node *region_while(Builder *b, Axis *axis, Node *const *carry, int ncarry, Region *condition, Region *body);
// A branch whose operands after the condition stand for explicit parameters of both sides; captures
// follow.
Node *region_branch(Builder *b, Node *const *in, int nin, Region *yes, Region *no);

#endif
