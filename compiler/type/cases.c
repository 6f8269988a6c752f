// The least value over the rationals may be too small where that over the whole numbers is not. Then two bounds are
// tried, one after the other, that together cover all whole numbers.
#include <string.h>

#include "type/known.h"

enum { DEEPEST_CASES = 6, MOST_CASES = 48 };

static bool nonneg_in_cases(Known *k, const Poly *p, int depth);

// Both of two bounds on variables cover all whole numbers: p >= 0 under each is p >= 0.
typedef struct {
    int      var;
    bool     at_least;
    Rational bound;
} Case;

static bool nonneg_in_case(Known *k, const Poly *p, Case c, int depth)
{
    int  mark = simplex_mark(k->simplex);
    bool proved = false;
    if (c.at_least)
        simplex_at_least(k->simplex, c.var, c.bound);
    else
        simplex_at_most(k->simplex, c.var, c.bound);
    proved = nonneg_in_cases(k, p, depth - 1);
    simplex_back(k->simplex, mark);
    return proved;
}

// A minimum or maximum is one side or the other: the first that is neither here, or, where the sum has no least value
// and what is here says nothing, the first for which that is not settled.
static bool open_side(const Known *k, bool unbounded, Case out[2])
{
    for (int i = 0; i < k->atoms; i++) {
        const Atom *a = &k->atom[i];
        bool        open = a->side[0] >= 0 && a->side[1] >= 0;
        for (int j = 0; j < 2 && open; j++) {
            open = unbounded ? !simplex_fixed(k->simplex, a->side[j])
                             : rational_compare(simplex_value(k->simplex, a->side[j]), a->equal[j]) != 0;
            out[j] = (Case){a->side[j], false, a->equal[j]};
        }
        if (open)
            return true;
    }
    return false;
}

// A monomial whose value is no whole number lies at or below, or at or above it.
static bool broken_whole(const Known *k, Case out[2])
{
    for (int i = 0; i < k->monos; i++) {
        Rational v = simplex_value(k->simplex, k->mono[i].var);
        if (rational_whole(v))
            continue;
        out[0] = (Case){k->mono[i].var, false, rational_of(rational_floor(v))};
        out[1] = (Case){k->mono[i].var, true, rational_of(rational_ceil(v))};
        return true;
    }
    return false;
}

static bool nonneg_in_cases(Known *k, const Poly *p, int depth)
{
    Rational      least;
    SimplexAnswer answer;
    Case          c[2];
    if (facts_least(k, p, &least, &answer) && rational_compare(least, rational_of(-1)) > 0)
        return true;
    if (answer == SIMPLEX_EMPTY)
        return true;
    if (answer == SIMPLEX_GAVE_UP || depth == 0 || ++k->cases > MOST_CASES)
        return false;
    bool unbounded = answer == SIMPLEX_UNBOUNDED;
    if (!open_side(k, unbounded, c) && (unbounded || !broken_whole(k, c)))
        return false;
    return nonneg_in_case(k, p, c[0], depth) && nonneg_in_case(k, p, c[1], depth);
}

// A copy of p is tightened: facts may share its terms.
static bool nonneg(Known *k, const Poly *p)
{
    Poly q = *p;
    if (!p->lost && p->n) {
        q.term = ARENA_ARRAY(k->arena, PolyTerm, MOST_TERMS);
        memcpy(q.term, p->term, sizeof *p->term * (size_t)p->n);
    }
    poly_tighten(&q);
    k->cases = 0;
    return nonneg_in_cases(k, &q, DEEPEST_CASES);
}

bool known_holds(Known *k, const Size *s, bool equal)
{
    Poly p = poly_of_size(k, s), zero = poly_const(0), less = poly_minus(k, &zero, &p);
    return nonneg(k, &p) && (!equal || nonneg(k, &less));
}
