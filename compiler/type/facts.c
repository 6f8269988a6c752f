// From sizes and facts to rows. A quotient d = r div c brings c*d <= r <= c*d + c - 1 and the whole numbers between
// which r puts it; a minimum or maximum the side that it is on; where products occur, the facts are multiplied by
// what is known not to be negative. Leaving a row out, for want of room, only makes fewer questions provable.
#include "type/facts.h"

#include <string.h>

#include "base/vec.h"

enum {
    MOST_ATOMS = 48,
    MOST_MONOMIALS = SIMPLEX_MOST_UNKNOWNS,
    MOST_DEGREE = 4,
    MOST_TERMS = 64,
    MOST_PRODUCTS = 96,  // rows from multiplying
    MOST_MULTIPLIERS = 24,
    DEEPEST_CASES = 6,
    MOST_CASES = 48
};

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
    int      cases;
};

// ---- what a question can depend on ----

typedef struct {
    VEC(SizeVar *) at;
} VarSet;

static bool has_var(const VarSet *s, const SizeVar *v)
{
    for (int i = 0; i < s->at.n; i++)
        if (s->at.at[i] == v)
            return true;
    return false;
}

static VarSet vars_of(Arena *a, const Size *x)
{
    VarSet    s = {{0}};
    int       most = size_vars(x, NULL, 0);
    SizeVar **var = ARENA_ARRAY(a, SizeVar *, most + 1);
    int       n = size_vars(x, var, most);
    for (int i = 0; i < n; i++)
        vec_push(a, &s.at, var[i]);
    return s;
}

static void join(Arena *a, VarSet *s, const VarSet *more)
{
    for (int i = 0; i < more->at.n; i++)
        if (!has_var(s, more->at.at[i]))
            vec_push(a, &s->at, more->at.at[i]);
}

static bool meet(const VarSet *a, const VarSet *b)
{
    for (int i = 0; i < a->at.n; i++)
        if (has_var(b, a->at.at[i]))
            return true;
    return false;
}

int facts_about(Arena *a, const Size *x, const Size *b, const Facts *f, bool *about, SizeVar **var, int cap)
{
    int     n = f ? f->n : 0;
    VarSet  all = vars_of(a, x), more = b ? vars_of(a, b) : (VarSet){{0}};
    VarSet *of = ARENA_ARRAY(a, VarSet, n + 1);
    bool    grown = true;
    join(a, &all, &more);
    for (int i = 0; i < n; i++)
        of[i] = vars_of(a, f->nonneg[i]);
    while (grown) {
        grown = false;
        for (int i = 0; i < n; i++)
            if (!about[i] && (of[i].at.n == 0 || meet(&all, &of[i]))) {
                about[i] = grown = true;
                join(a, &all, &of[i]);
            }
    }
    for (int i = 0; i < all.at.n && i < cap; i++)
        var[i] = all.at.at[i];
    return all.at.n;
}

Facts facts_marked(Arena *a, const Facts *f, const bool *about)
{
    int   n = f ? f->n : 0;
    Facts out = {ARENA_ARRAY(a, const Size *, n + 1), 0};
    for (int i = 0; i < n; i++)
        if (about[i])
            out.nonneg[out.n++] = f->nonneg[i];
    return out;
}

// ---- sums of monomials ----

static const Poly lost_poly = {NULL, 0, 0, true};

// A product of variables, each at least something that is not negative, is at least the product of these.
static void bound_monomial(Known *k, const Monomial *m)
{
    int64_t least = 1;
    for (int i = 0; i < m->n; i++) {
        const Atom *a = &k->atom[m->atom[i]];
        if (!a->range.has_least || (a->range.least < 0 && m->n > 1) || __builtin_mul_overflow(least, a->range.least, &least))
            return;
    }
    simplex_at_least(k->simplex, m->var, rational_of(least));
}

// The monomial of these atoms (numbers, ascending); -1 when there is no room.
static int monomial(Known *k, const int *atom, int n)
{
    for (int i = 0; i < k->monos; i++)
        if (k->mono[i].n == n && !memcmp(k->mono[i].atom, atom, sizeof *atom * (size_t)n))
            return i;
    if (k->monos == MOST_MONOMIALS || n > MOST_DEGREE)
        return -1;
    Monomial *m = &k->mono[k->monos];
    *m = (Monomial){.n = n, .var = simplex_unknown(k->simplex)};
    memcpy(m->atom, atom, sizeof *atom * (size_t)n);
    bound_monomial(k, m);
    return k->monos++;
}

static void add_term(Known *k, Poly *p, int mono, int64_t coef)
{
    if (p->lost || !coef)
        return;
    for (int i = 0; i < p->n; i++)
        if (p->term[i].mono == mono) {
            p->lost = __builtin_add_overflow(p->term[i].coef, coef, &p->term[i].coef);
            if (!p->term[i].coef)
                p->term[i] = p->term[--p->n];
            return;
        }
    p->lost = mono < 0 || p->n == MOST_TERMS;
    if (p->lost)
        return;
    if (!p->term)
        p->term = ARENA_ARRAY(k->arena, PolyTerm, MOST_TERMS);
    p->term[p->n++] = (PolyTerm){mono, coef};
}

// to += times * p
static void add_poly(Known *k, Poly *to, const Poly *p, int64_t times)
{
    int64_t c;
    to->lost = to->lost || p->lost || __builtin_mul_overflow(p->constant, times, &c) ||
               __builtin_add_overflow(to->constant, c, &to->constant);
    for (int i = 0; i < p->n && !to->lost; i++) {
        to->lost = __builtin_mul_overflow(p->term[i].coef, times, &c);
        add_term(k, to, p->term[i].mono, c);
    }
}

static Poly poly_const(int64_t c) { return (Poly){.constant = c}; }

static Poly poly_of_mono(Known *k, int mono)
{
    Poly p = poly_const(0);
    add_term(k, &p, mono, 1);
    return p;
}

// The monomial that is the product of two; -1 when there is no room.
static int mono_product(Known *k, int x, int y)
{
    const Monomial *a = &k->mono[x], *b = &k->mono[y];
    int             atom[MOST_DEGREE], n = 0, i = 0, j = 0;
    if (a->n + b->n > MOST_DEGREE)
        return -1;
    while (i < a->n || j < b->n)
        atom[n++] = j == b->n || (i < a->n && a->atom[i] <= b->atom[j]) ? a->atom[i++] : b->atom[j++];
    return monomial(k, atom, n);
}

// p * (monomial)
static Poly times_mono(Known *k, const Poly *p, int mono)
{
    Poly out = poly_const(0);
    out.lost = p->lost;
    add_term(k, &out, mono, p->constant);
    for (int i = 0; i < p->n; i++)
        add_term(k, &out, mono_product(k, p->term[i].mono, mono), p->term[i].coef);
    return out;
}

static Poly poly_minus(Known *k, const Poly *a, const Poly *b)
{
    Poly out = poly_const(0);
    add_poly(k, &out, a, 1);
    add_poly(k, &out, b, -1);
    return out;
}

// All are whole numbers: g*q + c >= 0 says as much as q + floor(c / g) >= 0.
static void tighten(Poly *p)
{
    int64_t g = 0;
    for (int i = 0; i < p->n && !p->lost; i++) {
        p->lost = p->term[i].coef == INT64_MIN;
        g = p->lost ? 1 : greatest_divisor(g, p->term[i].coef);
    }
    if (p->lost || g < 2)
        return;
    for (int i = 0; i < p->n; i++)
        p->term[i].coef /= g;
    p->constant = p->constant / g - (p->constant % g < 0);
}

// The sum without its constant, for the simplex.
static int simplex_terms(const Known *k, const Poly *p, SimplexTerm *out)
{
    for (int i = 0; i < p->n; i++)
        out[i] = (SimplexTerm){k->mono[p->term[i].mono].var, p->term[i].coef};
    return p->n;
}

// ---- rows ----

// Assumes p >= 0; the variable that is p without its constant, -1 when it was left out.
static int assume(Known *k, Poly p)
{
    SimplexTerm term[MOST_TERMS];
    tighten(&p);
    if (p.lost)
        return -1;
    int      n = simplex_terms(k, &p, term);
    bool     single = n == 1 && (term[0].coef == 1 || term[0].coef == -1);
    int      var = single ? term[0].var : simplex_row(k->simplex, term, n);
    Rational least = rational_neg(rational_of(p.constant));
    if (var < 0)
        return -1;
    if (single && term[0].coef < 0)
        simplex_at_most(k->simplex, var, rational_of(p.constant));
    else
        simplex_at_least(k->simplex, var, least);
    vec_push(k->arena, &k->facts, p);
    return var;
}

// The least value of a sum: false when it has none, or none was found.
static bool least_of(Known *k, const Poly *p, Rational *least, SimplexAnswer *answer)
{
    SimplexTerm term[MOST_TERMS];
    *answer = SIMPLEX_GAVE_UP;
    if (p->lost)
        return false;
    *answer = simplex_minimise(k->simplex, term, simplex_terms(k, p, term), least);
    if (*answer == SIMPLEX_LEAST)
        *least = rational_add(*least, rational_of(p->constant));
    return *answer == SIMPLEX_LEAST && !rational_lost(*least);
}

// The whole numbers between which the sum is; of a contradiction, nothing.
static Range range_of(Known *k, const Poly *p)
{
    Range         r = {0};
    Rational      x;
    SimplexAnswer answer;
    Poly          zero = poly_const(0), negative = poly_minus(k, &zero, p);
    r.has_least = least_of(k, p, &x, &answer);
    if (r.has_least)
        r.least = rational_ceil(x);
    r.has_most = least_of(k, &negative, &x, &answer);
    if (r.has_most)
        r.most = -rational_ceil(x);
    return r;
}

// ---- atoms ----

static void found_least(Known *k, Atom *a, int64_t least)
{
    if (a->range.has_least && a->range.least >= least)
        return;
    a->range.has_least = true;
    a->range.least = least;
    assume(k, (Poly){.term = poly_of_mono(k, a->mono).term, .n = 1, .constant = least == INT64_MIN ? 0 : -least,
                     .lost = least == INT64_MIN});
}

static Poly poly_of_size(Known *k, const Size *s);

static int atom_number(Known *k, const SizeAtom *a)
{
    for (int i = 0; i < k->atoms; i++)
        if (k->atom[i].atom == a)
            return i;
    if (a->kind != SIZE_ATOM_VAR) {  // what it is made of comes before it
        poly_of_size(k, a->a);
        poly_of_size(k, a->b);
    }
    if (k->atoms == MOST_ATOMS || k->monos == MOST_MONOMIALS)
        return -1;
    int   n = k->atoms++;
    Atom *new = &k->atom[n];
    *new = (Atom){.atom = a, .side = {-1, -1}};
    new->mono = monomial(k, &n, 1);
    if (a->kind == SIZE_ATOM_VAR && a->var->least > INT64_MIN)
        found_least(k, new, a->var->least);
    return n;
}

static int term_monomial(Known *k, const Size *s, int i)
{
    int atom[MOST_DEGREE], n = size_factors(s, i);
    if (n > MOST_DEGREE)
        return -1;
    for (int j = 0; j < n; j++) {
        int x = atom_number(k, size_factor(s, i, j)), at = j;
        if (x < 0)
            return -1;
        for (; at > 0 && atom[at - 1] > x; at--)
            atom[at] = atom[at - 1];
        atom[at] = x;
    }
    return monomial(k, atom, n);
}

static Poly poly_of_size(Known *k, const Size *s)
{
    Poly    p = poly_const(0);
    int64_t c;
    if (size_terms(s) == 0 && !size_is_const(s, &c))
        return lost_poly;
    for (int i = 0; i < size_terms(s) && !p.lost; i++) {
        if (size_factors(s, i) == 0)
            p.constant = size_coef(s, i);
        else
            add_term(k, &p, term_monomial(k, s, i), size_coef(s, i));
    }
    return p;
}

// c*d <= r <= c*d + c - 1, once c is known to be at least 1; and d between the quotients of r's bounds.
static void learn_quotient(Known *k, Atom *a, const Poly *r, const Poly *c)
{
    Range divisor = range_of(k, c);
    if (!divisor.has_least || divisor.least < 1)
        return;
    Poly cd = times_mono(k, c, a->mono), rest = poly_minus(k, r, &cd), top = poly_minus(k, c, &rest);
    add_poly(k, &top, &(Poly){.constant = -1}, 1);
    assume(k, rest);
    assume(k, top);
    Range of = range_of(k, r);
    if (of.has_least && (c->n == 0 || of.least >= 0))
        found_least(k, a, c->n ? 0 : of.least / c->constant - (of.least % c->constant < 0));
    if (of.has_most && c->n == 0) {
        Poly d = poly_of_mono(k, a->mono), most = poly_const(of.most / c->constant - (of.most % c->constant < 0));
        assume(k, poly_minus(k, &most, &d));
    }
    if (of.has_least && of.least >= 0 && c->n) {  // r div c <= r
        Poly d = poly_of_mono(k, a->mono);
        assume(k, poly_minus(k, r, &d));
    }
}

// 0 <= m <= c - 1, once c is known to be at least 1.
static void learn_remainder(Known *k, Atom *a, const Poly *r, const Poly *c)
{
    Range divisor = range_of(k, c), of = range_of(k, r);
    if (!divisor.has_least || divisor.least < 1)
        return;
    Poly m = poly_of_mono(k, a->mono), top = poly_minus(k, c, &m);
    add_poly(k, &top, &(Poly){.constant = -1}, 1);
    found_least(k, a, 0);
    assume(k, top);
    if (of.has_least && of.least >= 0)
        assume(k, poly_minus(k, r, &m));
}

// m is at most (at least) both sides; that it is one of them is left to the cases.
static void learn_sides(Known *k, Atom *a, const Poly *x, const Poly *y)
{
    Poly        m = poly_of_mono(k, a->mono);
    const Poly *of[] = {x, y};
    for (int i = 0; i < 2; i++) {
        SimplexTerm term[MOST_TERMS];
        Poly over = a->atom->kind == SIZE_ATOM_MIN ? poly_minus(k, of[i], &m) : poly_minus(k, &m, of[i]);
        if (over.lost)
            continue;
        int var = simplex_row(k->simplex, term, simplex_terms(k, &over, term));
        if (var < 0)
            continue;
        a->side[i] = var;
        a->equal[i] = rational_neg(rational_of(over.constant));
        simplex_at_least(k->simplex, var, a->equal[i]);
        vec_push(k->arena, &k->facts, over);
    }
}

static void learn_extremum(Known *k, Atom *a, const Poly *x, const Poly *y)
{
    learn_sides(k, a, x, y);
    Range rx = range_of(k, x), ry = range_of(k, y);
    if (a->atom->kind == SIZE_ATOM_MIN && rx.has_least && ry.has_least)
        found_least(k, a, rx.least < ry.least ? rx.least : ry.least);
    if (a->atom->kind == SIZE_ATOM_MAX && (rx.has_least || ry.has_least))
        found_least(k, a, !ry.has_least || (rx.has_least && rx.least > ry.least) ? rx.least : ry.least);
}

static void learn_atom(Known *k, Atom *a)
{
    if (a->atom->kind == SIZE_ATOM_VAR) {
        Poly  v = poly_of_mono(k, a->mono);
        Range r = range_of(k, &v);
        if (r.has_least)
            found_least(k, a, r.least);
        a->range.has_most = r.has_most;
        a->range.most = r.most;
        return;
    }
    Poly x = poly_of_size(k, a->atom->a), y = poly_of_size(k, a->atom->b);
    if (a->atom->kind == SIZE_ATOM_DIV)
        learn_quotient(k, a, &x, &y);
    else if (a->atom->kind == SIZE_ATOM_MOD)
        learn_remainder(k, a, &x, &y);
    else
        learn_extremum(k, a, &x, &y);
}

Range known_range(const Known *k, const SizeVar *v)
{
    for (int i = 0; i < k->atoms; i++)
        if (k->atom[i].atom->kind == SIZE_ATOM_VAR && k->atom[i].atom->var == v)
            return k->atom[i].range;
    return (Range){0};
}

// ---- products ----

// The product of atoms that makes t (or a constant) into m; false when t does not divide m.
static bool cofactor(const Monomial *m, const Monomial *t, Monomial *out)
{
    int j = 0;
    *out = (Monomial){.n = 0};
    for (int i = 0; i < m->n; i++)
        if (j < t->n && m->atom[i] == t->atom[j])
            j++;
        else
            out->atom[out->n++] = m->atom[i];
    return j == t->n && out->n > 0;
}

// f >= 0 and v >= least make f * (v - least) >= 0; of several factors, all at least 0, the plain product is enough.
static void multiply_fact(Known *k, Poly f, const Monomial *by)
{
    for (int i = 0; i < by->n; i++) {
        const Atom *a = &k->atom[by->atom[i]];
        if (!a->range.has_least || a->range.least < (by->n > 1 ? 0 : -INT64_MAX))
            return;
        Poly p = times_mono(k, &f, a->mono);
        if (by->n == 1)
            add_poly(k, &p, &f, -a->range.least);
        f = p;
    }
    assume(k, f);
}

// The products of a fact in which one of the first `monos` monomials occurs: others could hardly help.
static void multiply_for(Known *k, int fact, int monos)
{
    Poly     f = k->facts.at[fact];
    Monomial done[MOST_MULTIPLIERS];
    int      n = 0;
    for (int i = 0; i < monos; i++)
        for (int j = 0; j < f.n && k->mono[i].n > 1; j++) {
            bool again = !cofactor(&k->mono[i], &k->mono[f.term[j].mono], &done[n]);
            for (int x = 0; x < n && !again; x++)
                again = done[x].n == done[n].n && !memcmp(done[x].atom, done[n].atom, sizeof done[n].atom);
            if (again || n == MOST_MULTIPLIERS - 1)
                continue;
            multiply_fact(k, f, &done[n++]);
        }
}

// Of whole numbers: a*a - a >= 0 and a*a + a >= 0, also where a may be negative.
static void assume_square(Known *k, int square)
{
    const Monomial *m = &k->mono[square];
    for (int sign = -1; sign <= 1 && m->n == 2 && m->atom[0] == m->atom[1]; sign += 2) {
        Poly p = poly_of_mono(k, square);
        add_term(k, &p, k->atom[m->atom[0]].mono, sign);
        assume(k, p);
    }
}

static void multiply_facts(Known *k)
{
    int monos = k->monos, facts = k->facts.n;
    for (int i = 0; i < monos; i++) {
        bound_monomial(k, &k->mono[i]);
        assume_square(k, i);
    }
    for (int i = 0; i < facts && k->facts.n < facts + MOST_PRODUCTS; i++)
        multiply_for(k, i, monos);
}

Known *known_new(Arena *a, const Size *x, const Facts *f, long *work)
{
    Known *k = ARENA_NEW(a, Known);
    k->arena = a;
    k->simplex = simplex_new(a, work);
    poly_of_size(k, x);
    for (int i = 0; f && i < f->n; i++)
        assume(k, poly_of_size(k, f->nonneg[i]));
    for (int i = 0; i < k->atoms; i++)
        learn_atom(k, &k->atom[i]);
    multiply_facts(k);
    return k;
}

// ---- proofs ----

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
    if (least_of(k, p, &least, &answer) && rational_compare(least, rational_of(-1)) > 0)
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
    tighten(&q);
    k->cases = 0;
    return nonneg_in_cases(k, &q, DEEPEST_CASES);
}

bool known_holds(Known *k, const Size *s, bool equal)
{
    Poly p = poly_of_size(k, s), zero = poly_const(0), less = poly_minus(k, &zero, &p);
    return nonneg(k, &p) && (!equal || nonneg(k, &less));
}
