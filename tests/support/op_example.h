// One use of each operation, for tests that walk the table.
#ifndef PLX_TESTS_OP_EXAMPLE_H
#define PLX_TESTS_OP_EXAMPLE_H

#include "ir/ir.h"

// A node of that operation over inputs of its own (named x0, x1, …; floats are of `elem`, drawn
// from the domain that ops.def says). `ax`: four axes, of which the last is as large as the first
// two together, and a fifth as large as their product. NULL for INPUT, PARAM and CALL, which have
// no value of their own. Region operations give their OUT.
Node *op_example(Builder *b, Op op, Elem elem, Axis *const ax[5]);

// A program with such a node as its output, and axes of these sizes.
Program *op_program(Arena *a, Op op, Elem elem, int64_t first, int64_t second, int64_t third);

#endif
