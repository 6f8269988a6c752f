// What is known when a question about sizes is asked, as a linear program: every product of atoms that occurs
// (a monomial) is an unknown, every fact a row that is at least 0.
#ifndef PLX_TYPE_FACTS_H
#define PLX_TYPE_FACTS_H

#include "type/simplex.h"
#include "type/size.h"

typedef struct Known Known;

// What `a` (and `b`, when not NULL) can depend on: marks in `about` the facts that share a variable with them,
// directly or over other facts, and those without a variable; puts all their variables into `var`, up to `cap`.
// Returns how many variables there are.
int facts_about(Arena *a, const Size *x, const Size *b, const Facts *f, bool *about, SizeVar **var, int cap);
Facts facts_marked(Arena *a, const Facts *f, const bool *about);

// All that follows from the facts and from what the size x is made of. `work` bounds what may be spent on it now and
// later (products of fractions); it is counted down.
Known *known_new(Arena *a, const Size *x, const Facts *f, long *work);
// Is p >= 0 (and, when `equal` is asked, p = 0) for all whole numbers that satisfy what is known? True is a proof;
// false is not its opposite. Nothing is known of a p that known_new was not given.
bool   known_holds(Known *k, const Size *p, bool equal);

// Whole numbers between which a variable lies.
typedef struct {
    bool    has_least, has_most;
    int64_t least, most;
} Range;
Range known_range(const Known *k, const SizeVar *v);

#endif
