// Buffers of models while a program is built.
#ifndef PLX_SEMA_BUFFERS_H
#define PLX_SEMA_BUFFERS_H

#include "sema/sema.h"

typedef struct {
    Value *leaf;  // of the model, as it came in
    Value *now;
} Move;

// New values of buffers; `regions`: where they may be made.
typedef struct Moved {
    Move *at;
    int   n, cap;
    int   regions;
} Moved;

// A buffer of the body being evaluated.
typedef struct {
    Value  *leaf;   // of a record, with fields
    Entry  *e;
    Value  *first;
    bool    lifted;
    AxisSet hidden;
} Held;

typedef VEC_NAMED(HeldList, Held) HeldList;

// What a buffer holds at this place.
Value *buffer_now(Sema *s, Value *leaf);
// From here on it holds v.
void   buffer_move(Sema *s, Value *leaf, const Value *v);
// The body declares a buffer: `leaf` of its model, NULL while it is only checked.
void   buffer_declared(Sema *s, Value *leaf, Entry *e);
// Does the body being evaluated declare e as a buffer?
bool   buffer_of_body(const Sema *s, const Entry *e);
// The body ends: what it assigned moves. False: it may not (reported).
bool   buffers_done(Sema *s, const HeldList *l);
// The model with its buffers moved; `replaces`: it takes the old one's place, and may take over its storage.
Value *model_after(Sema *s, Value *m, bool replaces);

#endif
