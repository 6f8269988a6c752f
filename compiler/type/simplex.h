// Linear programs in exact fractions: unknowns, rows (sums of unknowns), bounds on both, the least value of a sum.
// Bounds can be taken back without solving anew, which is what a proof by cases needs.
// (B. Dutertre, L. de Moura: A fast linear-arithmetic solver for DPLL(T), 2006; Bland's rule, so that it ends.)
// A number that is lost, or more work than allowed, makes SIMPLEX_GAVE_UP, then and ever after.
#ifndef PLX_TYPE_SIMPLEX_H
#define PLX_TYPE_SIMPLEX_H

#include "base/arena.h"
#include "type/rational.h"

enum { SIMPLEX_MOST_UNKNOWNS = 96, SIMPLEX_MOST_ROWS = 160 };

typedef struct Simplex Simplex;
typedef enum { SIMPLEX_LEAST, SIMPLEX_UNBOUNDED, SIMPLEX_EMPTY, SIMPLEX_GAVE_UP } SimplexAnswer;

typedef struct {
    int     var;
    int64_t coef;
} SimplexTerm;

// `work`: how many products of fractions it may form; counted down.
Simplex *simplex_new(Arena *a, long *work);
// A new unknown, without bounds; -1 when there are too many.
int simplex_unknown(Simplex *s);
// A new variable that is the sum of coef * var, without bounds; -1 when there are too many.
int simplex_row(Simplex *s, const SimplexTerm *term, int n);
// Bounds that are weaker than those a variable has change nothing.
void simplex_at_least(Simplex *s, int var, Rational least);
void simplex_at_most(Simplex *s, int var, Rational most);
// The bounds as they are now, to go back to.
int  simplex_mark(const Simplex *s);
void simplex_back(Simplex *s, int mark);

// The least value of a sum within all bounds: LEAST, with the value; UNBOUNDED below; EMPTY: no values keep the
// bounds.
SimplexAnswer simplex_minimise(Simplex *s, const SimplexTerm *term, int n, Rational *least);
// The value of a variable where the last minimum was found.
Rational simplex_value(const Simplex *s, int var);
// Is the variable bounded to one value?
bool simplex_fixed(const Simplex *s, int var);

#endif
