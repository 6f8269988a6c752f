// Neural circuit diagrams (V. Abbott, TMLR 2024) of checked programs, as SVG.
#ifndef PLX_DRAW_DRAW_H
#define PLX_DRAW_DRAW_H

#include "ir/ir.h"

// Draws the program of a block as the checker leaves it: calls are boxes by name. Every axis of a tensor is a wire with
// its name; tensors side by side are separated by dashed lines; an operation is a box over the wires that it touches,
// the others pass by; a sum over products is a dot where wires meet; what holds parameters has a bold frame.
// False: memory ran out.
bool draw_svg(const Program *p, Name title, Buf *out);

#endif
