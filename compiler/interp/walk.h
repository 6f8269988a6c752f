// A walk over the places of some axes, with the offset of each place in several tensors at once.
#ifndef PLX_INTERP_WALK_H
#define PLX_INTERP_WALK_H

#include <stdbool.h>

#include "interp/interp.h"

enum { WALK_AXES = 64, WALK_SLOTS = 16 };

typedef struct {
    int     n;
    Axis   *ax[WALK_AXES];   // an axis may occur twice: then each slot says which of them moves it
    int64_t dim[WALK_AXES], at[WALK_AXES];
    int     slots;
    int64_t step[WALK_SLOTS][WALK_AXES];
    int64_t off[WALK_SLOTS];
} Walk;

// Axes come before slots; false: there is no room.
bool walk_axis(Walk *w, Axis *a, int64_t dim);
// A tensor that moves with the axes it has: the number of its slot.
int  walk_slot(Walk *w, const InterpTensor *t);
// A tensor that does not move until it is told to.
int  walk_slot_still(Walk *w);
// Is there a place at all?
bool walk_any(const Walk *w);
// On to the next place; false behind the last, where the walk stands at the first again.
bool walk_next(Walk *w);

// What one step along `a` moves in t: 0 for an axis that t has not.
int64_t tensor_step(const InterpTensor *t, const Axis *a);
int64_t tensor_dim(const InterpTensor *t, const Axis *a);

#endif
