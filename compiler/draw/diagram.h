// A diagram before it is drawn: the steps of a program, the bundles of wires between them, and where each of them goes.
#ifndef PLX_DRAW_DIAGRAM_H
#define PLX_DRAW_DIAGRAM_H

#include "sema/sema.h"

enum { LANE = 24, GAP = 22 };   // between the wires of a bundle; more between bundles

typedef enum {
    MARK_BOX,      // over the wires that it touches
    MARK_SYMBOL,   // element by element: it touches no wire
    MARK_DOT,      // a sum of products: wires meet in it
    MARK_END,      // wires end in it
    MARK_NONE      // wires are seen another way: renamed, split, merged, begun
} Mark;

// A tensor: a wire for each axis, from the column that makes it to the last that reads it.
typedef struct {
    const Node *node;
    Axis      **axis;        // top to bottom
    int         n;
    int         made, last;  // columns; the inputs are made by column 0, results reach beyond the last
    int        *y;           // the height of its first wire at the right end of each column from `made` to `last`
} Bundle;

typedef struct {
    const Node *node;
    Mark        mark;
    bool        learned;     // holds parameters
    const char *text, *name; // `name`: of the instance, or NULL
    Bundle    **in, **out;
    int         nin, nout;
    AxisSet     touched;     // wires that end or begin at the mark, or go through it
    int         column;
    int       **lane;        // the height at which each wire of each operand comes to it
    int         top, high;   // the band that it fills
} Step;

// Steps of the turns of a `repeat`: a bracket stands around them.
typedef struct {
    const char *text;
    int         from, to;    // columns
    int         low, high;
} Bracket;

typedef struct {
    Arena   *arena;
    Step    *step;           // in order of the program
    int      n;
    Bundle **bundle;
    int      nbundle;
    Bracket *bracket;
    int      nbracket;
    int      columns;        // the last one
    int      height;
} Diagram;

// Which nodes are shown, and what each touches. Columns and places are still to be chosen.
Diagram diagram_of(const Contract *c);
// Chooses a column for each step, and heights: as few bends as a walk from left to right finds.
void diagram_lay_out(Diagram *d, const Contract *c);

int  bundle_find(const Bundle *b, const Axis *a);   // which wire; -1: none
int  bundle_height(const Bundle *b);

#endif
