// Neural circuit diagrams (V. Abbott, TMLR 2024) of checked programs, as SVG.
#ifndef PLX_DRAW_DRAW_H
#define PLX_DRAW_DRAW_H

#include "sema/sema.h"

// Draws a block as the checker leaves it: calls are boxes by name, with that of the instance below. Every axis of a tensor is a wire with
// its name; tensors side by side are separated by dashed lines; an operation is a box over the wires that it touches,
// the others pass by; a sum over products is a dot where wires meet; what holds parameters has a bold frame; a bracket
// stands around the turns of a `repeat`.
// False: memory ran out.
bool draw_svg(const Contract *c, Name title, Buf *out);

#endif
