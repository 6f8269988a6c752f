// What is known when a question about sizes is asked, as a linear program: every product of atoms that occurs
// (a monomial) is an unknown, every fact a row that is at least 0.
#ifndef PLX_TYPE_FACTS_H
#define PLX_TYPE_FACTS_H

#include "type/simplex.h"
#include "type/size.h"

typedef struct Known Known;

typedef struct {
    int     mono;
    int64_t coef;
} PolyTerm;

// constant + sum of coef * monomial; `lost` when it does not fit, and then nothing may be concluded from it.
typedef struct {
    PolyTerm *term;
    int       n;
    int64_t   constant;
    bool      lost;
} Poly;

// What `a` (and `b`, when not NULL) can depend on: marks in `about` the facts that share a variable with them,
// directly or over other facts, and those without a variable; puts all their variables into `var`, up to `cap`.
// Returns how many variables there are.
int facts_about(Arena *a, const Size *x, const Size *b, const Facts *f, bool *about, SizeVar **var, int cap);

// All that follows from the marked facts and from what the sizes x and b are made of.
Known *known_new(Arena *a, const Size *x, const Size *b, const Facts *f, const bool *about);
// A size as a sum of monomials; one that known_new was not given may come out lost.
Poly   known_poly(Known *k, const Size *s);
Poly   known_minus(Known *k, const Poly *a, const Poly *b);
// Is p >= 0 for all whole numbers that satisfy what is known? True is a proof; false is not its opposite.
bool   known_nonneg(Known *k, const Poly *p);

// Whole numbers between which a variable lies.
typedef struct {
    bool    has_least, has_most;
    int64_t least, most;
} Range;
Range known_range(const Known *k, const SizeVar *v);

#endif
