// What `minimize` is at work on: minimize.c has its parts and its loss, update.c its optimizers.
#ifndef PLX_SEMA_MINIMIZE_H
#define PLX_SEMA_MINIMIZE_H

#include "sema/buffers.h"

enum { MOST_PARTS = 16, MOST_LEAVES = 1024 };

typedef struct {
    Syn   *at;
    Syn   *target;            // NAME, or FIELDs of one
    Entry *root;              // the variable that holds it
    Value *value;             // before
    int    first, n;          // its trained leaves
} Part;

// An optimizer and what it is for.
typedef struct {
    Syn   *at;
    Syn   *target;            // NULL: all that no other has
    Entry *entry;             // the variable that holds it; one that no name finds when it is made on the spot
} Using;

typedef struct {
    Syn   *n;
    Part   part[MOST_PARTS];
    int    nparts;
    Syn   *except[MOST_PARTS];
    int    nexcept;
    Value *frozen[MOST_LEAVES];  // left out by `except`
    int    nfrozen;
    Value *leaf[MOST_LEAVES];    // copies with identities of their own
    Value *before[MOST_LEAVES];  // what they are copies of
    Name   path[MOST_LEAVES];
    int    nleaf;
    bool   listing;              // no copies are made
    bool   by_hand;              // `opt(net, g)`: the gradient is given, and what is trained need not be a variable
    Moved  moved;                // buffers
    Using  using[MOST_PARTS];
    int    nusing;
} Minimize;

// The optimizers behind `using`. False: reported.
bool find_optimizers(Sema *s, Minimize *m);
// Has each parameter its state already?
bool states_exist(Sema *s, const Minimize *m);
// First values of all states: a record of optimizers by the names of their variables.
Value *first_states(Sema *s, Minimize *m);
// The new values of the leaves, and the optimizers after. False: reported.
bool update_leaves(Sema *s, Minimize *m, Node **grad, Value **new, Value **optimizer);

#endif
