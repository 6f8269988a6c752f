// Sums of monomials. What does not fit makes them lost: too many terms, too large a number, no room for a monomial.
#include "type/known.h"

#include <string.h>

void mono_bound(Known *k, const Monomial *m)
{
    int64_t least = 1;
    for (int i = 0; i < m->n; i++) {
        const Range *r = &k->atom[m->atom[i]].range;
        if (!r->has_least || (r->least < 0 && m->n > 1) || __builtin_mul_overflow(least, r->least, &least))
            return;
    }
    simplex_at_least(k->simplex, m->var, rational_of(least));
}

int mono_of(Known *k, const int *atom, int n)
{
    for (int i = 0; i < k->monos; i++)
        if (k->mono[i].n == n && !memcmp(k->mono[i].atom, atom, sizeof *atom * (size_t)n))
            return i;
    if (k->monos == MOST_MONOMIALS || n > MOST_DEGREE)
        return -1;
    Monomial *m = &k->mono[k->monos];
    *m = (Monomial){.n = n, .var = simplex_unknown(k->simplex)};
    memcpy(m->atom, atom, sizeof *atom * (size_t)n);
    mono_bound(k, m);
    return k->monos++;
}

void poly_add_term(Known *k, Poly *p, int mono, int64_t coef)
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

void poly_add(Known *k, Poly *to, const Poly *p, int64_t times)
{
    int64_t c;
    to->lost = to->lost || p->lost || __builtin_mul_overflow(p->constant, times, &c) ||
               __builtin_add_overflow(to->constant, c, &to->constant);
    for (int i = 0; i < p->n && !to->lost; i++) {
        to->lost = __builtin_mul_overflow(p->term[i].coef, times, &c);
        poly_add_term(k, to, p->term[i].mono, c);
    }
}

Poly poly_const(int64_t c) { return (Poly){.constant = c}; }

Poly poly_of_mono(Known *k, int mono)
{
    Poly p = poly_const(0);
    poly_add_term(k, &p, mono, 1);
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
    return mono_of(k, atom, n);
}

Poly poly_times_mono(Known *k, const Poly *p, int mono)
{
    Poly out = poly_const(0);
    out.lost = p->lost;
    poly_add_term(k, &out, mono, p->constant);
    for (int i = 0; i < p->n; i++)
        poly_add_term(k, &out, mono_product(k, p->term[i].mono, mono), p->term[i].coef);
    return out;
}

Poly poly_minus(Known *k, const Poly *a, const Poly *b)
{
    Poly out = poly_const(0);
    poly_add(k, &out, a, 1);
    poly_add(k, &out, b, -1);
    return out;
}

void poly_tighten(Poly *p)
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

int poly_simplex_terms(const Known *k, const Poly *p, SimplexTerm *out)
{
    for (int i = 0; i < p->n; i++)
        out[i] = (SimplexTerm){k->mono[p->term[i].mono].var, p->term[i].coef};
    return p->n;
}
