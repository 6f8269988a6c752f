// A diagram before it is drawn: columns of operations over a stack of live tensors.
#ifndef PLX_DRAW_DIAGRAM_H
#define PLX_DRAW_DIAGRAM_H

#include "ir/ir.h"

typedef enum { MARK_BOX, MARK_DOT, MARK_END, MARK_NONE } Mark;

// A tensor on its way from the operation that makes it to the last that reads it.
typedef struct Bundle {
    const Node *node;
    Axis      **axis;    // a wire each, top to bottom
    int         n;
    int         uses;    // readers still to come
} Bundle;

// A column: what one operation does to the stack.
typedef struct {
    const Node *node;
    Mark        mark;
    bool        learned;      // holds parameters
    const char *text;
    Bundle    **before, **after;
    int         nbefore, nafter;
    Bundle    **in;           // operands among `before`
    int         nin;
    Bundle     *out;          // among `after`; NULL: none
    AxisSet     touched;      // wires that end or begin at the mark, or go through it
} Column;

typedef struct {
    Column *column;
    int     n;
    Bundle **last;            // the stack at the right end
    int      nlast;
} Diagram;

Diagram diagram_of(const Program *p);

#endif
