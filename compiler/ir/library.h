// Operations of class LIBRARY: a routine of the runtime on whole matrices, for each position of the other axes.
#ifndef PLX_IR_LIBRARY_H
#define PLX_IR_LIBRARY_H

#include "ir/ir.h"

enum { LIBRARY_ARRAYS = 4, LIBRARY_AXES = 8 };

// An operand or a result: numbers of its letters, in the order in which they lie; -1: the starred axes.
typedef struct {
    int  n, axis[LIBRARY_AXES];
    bool starred;
} LibraryArray;

typedef struct {
    const char  *text;  // the signature
    int          nin, nout, letters;
    bool         parts;  // the last letter is `z`
    LibraryArray in[LIBRARY_ARRAYS], out[LIBRARY_ARRAYS];
} LibraryShape;

// Of an operation of class LIBRARY.
LibraryShape library_shape(Op op);
bool         library_has(const LibraryArray *a, int letter);
// The axes that pass by, and those that the starred operand alone has: by id. `letters`: attr.ax.
void library_axes(Arena *a, const LibraryShape *s, Node *const *in, AxisSet letters, AxisSet *lifted, AxisSet *starred);
// Result i of the call that n is a result of.
Node *library_result(Builder *b, const Node *n, int i);
// A call's result 0, of letters ax.
Node *ir_library(Builder *b, Op op, Node *const *in, int nin, Axis *const *ax, int nax);

#endif
