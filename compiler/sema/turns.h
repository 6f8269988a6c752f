// Memory of the turns of an experiment's loops.
#ifndef PLX_SEMA_TURNS_H
#define PLX_SEMA_TURNS_H

#include "sema/sema.h"

typedef struct {
    Arena *outer, *space[2];
    int    now;
} Turns;

// A loop begins, a turn of it is done (its scope is left), the loop is done.
bool turns_begin(Sema *s, Turns *t);
void turn_done(Sema *s, Turns *t);
void turns_end(Sema *s, Turns *t);
// Are all functions that it holds older than the turn?
bool   value_lasts(Sema *s, const Value *v);
// A copy that outlives all turns.
Value *value_kept(Sema *s, const Value *v);

#endif
