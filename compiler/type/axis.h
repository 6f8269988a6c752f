// Axes: an axis is its declaration, not its spelling. Equal axes are one pointer.
#ifndef PLX_TYPE_AXIS_H
#define PLX_TYPE_AXIS_H

#include "base/source.h"
#include "base/vec.h"
#include "size.h"

typedef struct Axis Axis;

struct Axis {
    int         id;     // order of making: the canonical order of a type's axes
    Name        name;   // as in the source
    const Size *size;
    Span        where;  // its declaration
    bool        part;   // real and imaginary part: ir/complex.h
    bool        pack;   // stands for several axes; its size is their product
    Name       *positions;  // names of its positions, or NULL
    int         npositions;
    Axis       *twin;     // the axis that x' means, once asked for
    Axis       *twin_of;  // for a twin: of which
    void       *user;     // for whoever made it
};

typedef struct {
    Arena *arena;
    Names *names;
    Sizes *sizes;
    int    count;
    Axis  *part;
} Axes;

Axis *axis_new(Axes *t, Name name, const Size *size, Span where);
// Another axis of the same name, size and positions.
Axis *axis_copy(Axes *t, const Axis *a);
// The axis along which complex numbers have their two parts.
Axis *axis_part(Axes *t);
// The twin x' of an axis: another axis of its size, the same one at every call.
Axis *axis_twin(Axes *t, Axis *a);

// Sets of axes: sorted by id, without repetition; arena-owned and immutable.
typedef struct {
    Axis **at;
    int    n;
} AxisSet;

bool    axes_has(AxisSet s, const Axis *a);
bool    axes_contains(AxisSet big, AxisSet small);
bool    axes_equal(AxisSet a, AxisSet b);
AxisSet axes_union(Arena *ar, AxisSet a, AxisSet b);
AxisSet axes_minus(Arena *ar, AxisSet a, AxisSet b);
AxisSet axes_intersect(Arena *ar, AxisSet a, AxisSet b);
AxisSet axes_of(Arena *ar, Axis *const *at, int n);  // sorts, drops repetitions
// `[a, b, c]`
void    axes_print(AxisSet s, Buf *out);

#endif
