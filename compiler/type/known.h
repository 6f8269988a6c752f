// How what is known is kept, between the files that gather it and those that prove from it.
#ifndef PLX_TYPE_KNOWN_H
#define PLX_TYPE_KNOWN_H

#include "base/vec.h"
#include "type/facts.h"

enum { MOST_ATOMS = 48, MOST_MONOMIALS = SIMPLEX_MOST_UNKNOWNS, MOST_DEGREE = 4, MOST_TERMS = 64 };

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

typedef struct {
    const SizeAtom *atom;
    int             mono;
    int             side[2];    // min, max: the variables of the rows |a - m| and |b - m|; -1: not there
    Rational        equal[2];   // and what these are when a = m and b = m
    Range           range;
} Atom;

typedef struct {
    int atom[MOST_DEGREE];
    int n;
    int var;
} Monomial;

struct Known {
    Arena   *arena;
    Simplex *simplex;
    Atom     atom[MOST_ATOMS];
    Monomial mono[MOST_MONOMIALS];
    int      atoms, monos;
    VEC(Poly) facts;
    int      cases;  // how many were tried for the present question
};

// The monomial of these atoms (numbers, ascending); -1 when there is no room.
int  mono_of(Known *k, const int *atom, int n);
// A product of atoms, each at least something that is not negative, is at least the product of these.
void mono_bound(Known *k, const Monomial *m);

Poly poly_const(int64_t c);
Poly poly_of_mono(Known *k, int mono);
// Adds what is not known yet to k's atoms and monomials.
Poly poly_of_size(Known *k, const Size *s);
void poly_add_term(Known *k, Poly *p, int mono, int64_t coef);
// to += times * p
void poly_add(Known *k, Poly *to, const Poly *p, int64_t times);
Poly poly_minus(Known *k, const Poly *a, const Poly *b);
Poly poly_times_mono(Known *k, const Poly *p, int mono);
// All are whole numbers: g*q + c >= 0 says as much as q + floor(c / g) >= 0. Writes into p's terms.
void poly_tighten(Poly *p);
// The sum without its constant, for the simplex; `out` has room for MOST_TERMS.
int  poly_simplex_terms(const Known *k, const Poly *p, SimplexTerm *out);

// The least value of a sum over the rationals: false when it has none, or none was found.
bool facts_least(Known *k, const Poly *p, Rational *least, SimplexAnswer *answer);

#endif
