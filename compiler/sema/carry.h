// What a loop carries: the variables declared outside of it and assigned inside. Their types stay; a weak one takes the
// width that it meets, and one that lacks a lifted axis gets it: then the body is evaluated again with the wider type.
#ifndef PLX_SEMA_CARRY_H
#define PLX_SEMA_CARRY_H

#include "sema/sema.h"

enum { MOST_CARRIED = 64, MOST_LEAVES = 1024, MOST_TRIES = 6 };

typedef struct {
    Entry *entry[MOST_CARRIED];
    Value *first[MOST_CARRIED];  // before the loop
    int    n;
    Value *leaf[MOST_LEAVES];    // tensors of the first values, at the types that are carried
    int    nleaf;
    Node  *guard[MOST_LEAVES];   // of each, as it comes in, while all turns keep it; else NULL
    Node  *inside[MOST_LEAVES];  // the same in the region at hand
    Node  *there;                // at which lifted positions the first values are there; NULL: at all
} Carried;

Carried *carry_new(Sema *s);
void carry_entry(Carried *c, Entry *e);
// The variables in scope that `n` assigns.
void carry_assigned(Sema *s, Carried *c, const Syn *n);
// The tensors of what is carried, as they come in.
void carry_begin(Sema *s, Carried *c);
// Parameters of the region at hand stand for what is carried.
void carry_params(Sema *s, Carried *c);
// What is carried after a turn; false: a mistake was reported.
bool carry_after(Sema *s, Carried *c, Value **after);
// Its first values, for the loop's operands.
Node *const *carry_nodes(Sema *s, const Carried *c);
// Results of the region at hand.
void carry_results(Sema *s, Carried *c, Value **after);
// False: a type must be widened first, and then it was.
bool carry_settled(Sema *s, Carried *c, Value **after);
// The entries hold what they held before.
void carry_restore(Carried *c);
// At which lifted positions the loop takes place: where what it begins with and what its regions take in is there. NULL: at all.
Node *carry_wanted(Sema *s, const Carried *c, Region *const *regions, int n);
// What a guard in the region r, which has ended, says in the words of what is outside; NULL: nothing.
Node *carry_outside(Sema *s, const Region *r, Node *g);
// v where the loop takes place (NULL: everywhere).
Value *carry_guarded(Sema *s, Value *v, Node *wanted);
// The entries hold the loop's results.
void carry_take(Sema *s, Carried *c, Node *loop, Node *wanted);

#endif
