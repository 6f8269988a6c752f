// From sizes and facts to rows. A quotient d = r div c brings c*d <= r <= c*d + c - 1 and the whole numbers between
// which r puts it; a minimum or maximum is at most, or at least, both its sides; where products occur, the facts are
// multiplied by what is known not to be negative. Leaving a row out, for want of room, only makes fewer questions
// provable.
#include "type/facts.h"

#include <string.h>

#include "type/known.h"

enum {
    MOST_PRODUCTS = 96,  // rows from multiplying
    MOST_MULTIPLIERS = 24
};

// ---- rows ----

// Assumes p >= 0; writes into p's terms, and keeps them.
static void assume(Known *k, Poly p)
{
    SimplexTerm term[MOST_TERMS];
    poly_tighten(&p);
    if (p.lost)
        return;
    int      n = poly_simplex_terms(k, &p, term);
    bool     single = n == 1 && (term[0].coef == 1 || term[0].coef == -1);
    int      var = single ? term[0].var : simplex_row(k->simplex, term, n);
    Rational least = rational_neg(rational_of(p.constant));
    if (var < 0)
        return;
    if (single && term[0].coef < 0)
        simplex_at_most(k->simplex, var, rational_of(p.constant));
    else
        simplex_at_least(k->simplex, var, least);
    vec_push(k->arena, &k->facts, p);
}

bool facts_least(Known *k, const Poly *p, Rational *least, SimplexAnswer *answer)
{
    SimplexTerm term[MOST_TERMS];
    *answer = SIMPLEX_GAVE_UP;
    if (p->lost)
        return false;
    *answer = simplex_minimise(k->simplex, term, poly_simplex_terms(k, p, term), least);
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
    r.has_least = facts_least(k, p, &x, &answer);
    if (r.has_least)
        r.least = rational_ceil(x);
    r.has_most = facts_least(k, &negative, &x, &answer);
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
    new->mono = mono_of(k, &n, 1);
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
    return mono_of(k, atom, n);
}

Poly poly_of_size(Known *k, const Size *s)
{
    Poly    p = poly_const(0);
    int64_t c;
    if (size_terms(s) == 0 && !size_is_const(s, &c))
        return (Poly){.lost = true};
    for (int i = 0; i < size_terms(s) && !p.lost; i++) {
        if (size_factors(s, i) == 0)
            p.constant = size_coef(s, i);
        else
            poly_add_term(k, &p, term_monomial(k, s, i), size_coef(s, i));
    }
    return p;
}

// c*d <= r <= c*d + c - 1, once c is known to be at least 1; and d between the quotients of r's bounds.
static void learn_quotient(Known *k, Atom *a, const Poly *r, const Poly *c)
{
    Range divisor = range_of(k, c);
    if (!divisor.has_least || divisor.least < 1)
        return;
    Poly cd = poly_times_mono(k, c, a->mono), rest = poly_minus(k, r, &cd), top = poly_minus(k, c, &rest);
    poly_add(k, &top, &(Poly){.constant = -1}, 1);
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
    poly_add(k, &top, &(Poly){.constant = -1}, 1);
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
        int var = simplex_row(k->simplex, term, poly_simplex_terms(k, &over, term));
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
        Poly p = poly_times_mono(k, &f, a->mono);
        if (by->n == 1)
            poly_add(k, &p, &f, -a->range.least);
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
        poly_add_term(k, &p, k->atom[m->atom[0]].mono, sign);
        assume(k, p);
    }
}

static void multiply_facts(Known *k)
{
    int monos = k->monos, facts = k->facts.n;
    for (int i = 0; i < monos; i++) {
        mono_bound(k, &k->mono[i]);
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
