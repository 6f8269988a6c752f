// The walk of an experiment through its statements, so that a run which was stopped can be resumed to the same bits.
//
// A walk is decided by the source, the settings, the seed, the data that it reads, and by the few numbers of computed
// tensors that it looks at (a condition, a size). So a run keeps the number of statements and turns that it has begun,
// those numbers, and its live tensors. To resume, the experiment is walked from its beginning; nothing is computed,
// shown or saved, tensors are hollow, and decisions are those of before. Where the kept number is reached, the same
// tensors are alive again, in the order of their birth, and are filled from what was kept.
#ifndef PLX_SEMA_WALK_H
#define PLX_SEMA_WALK_H

#include "sema/host.h"

// Is what was done before being gone over?
bool walk_hollow(const Sema *s);
// Has the run ended early?
bool walk_stopped(const Sema *s);
void walk_stop(Sema *s);
// At the beginning of a run. False: reported.
bool walk_begin(Sema *s, Walk *w);
// Before each statement and each turn: the run may end (reported), be kept, or come to where it was kept before. False:
// it ends.
bool walk_on(Sema *s, Span where);
// A number that the walk depends on: x, or while it is gone over what it was before.
double walk_decision(Sema *s, double x);
// The number in a scalar that the walk depends on; false when it is none. (host_number looks at it otherwise, and finds
// none in a hollow one.)
bool walk_number(Sema *s, const Value *v, double *out);
// After the run: false when it did not come to where it was kept (reported).
bool walk_end(Sema *s, Span where);

#endif
