// Proofs that the linear program alone does not find: variables that an equation gives are replaced by what they are,
// and where it matters what remains when a variable is divided, each remainder is looked at on its own. Normal forms
// then lose the quotients that stood in the way.
#include "type/question.h"

enum { MOST_EQUATIONS = 8, MOST_PERIOD = 24, MOST_SPLIT = 2 };

typedef struct {
    Arena      *arena;
    Sizes      *t;
    const Size *p;      // to be shown to be at least 0,
    bool        equal;  // or 0
    Facts       facts;
    long       *work;
} Proof;

// ---- replacing ----

typedef struct {
    const SizeVar *var;
    const Size    *by;
} Replace;

static const Size *replaced(const SizeVar *v, void *user)
{
    const Replace *r = user;
    return r->var == v ? r->by : NULL;
}

// The proof with a variable replaced, its least value kept as a fact.
static Proof replace(const Proof *p, SizeVar *v, const Size *by)
{
    Replace r = {v, by};
    Proof   out = *p;
    out.facts = (Facts){ARENA_ARRAY(p->arena, const Size *, p->facts.n + 1), 0};
    out.p = size_subst(p->t, p->p, replaced, &r);
    for (int i = 0; i < p->facts.n; i++)
        out.facts.nonneg[out.facts.n++] = size_subst(p->t, p->facts.nonneg[i], replaced, &r);
    if (v->least > INT64_MIN)
        out.facts.nonneg[out.facts.n++] = size_sub(p->t, by, size_const(p->t, v->least));
    return out;
}

static bool occurs(const Proof *p, const SizeVar *v, const Size *in)
{
    int       n = size_vars(in, NULL, 0);
    SizeVar **var = ARENA_ARRAY(p->arena, SizeVar *, n + 1);
    n = size_vars(in, var, n);
    for (int i = 0; i < n; i++)
        if (var[i] == v)
            return true;
    return false;
}

// ---- equations ----

static const Size *times(const Proof *p, const Size *s, int64_t by)
{
    return size_mul(p->t, s, size_const(p->t, by));
}

static const Size *fresh(const Proof *p, const SizeVar *like)
{
    return size_of_var(p->t, size_var_new(p->t, like->name, INT64_MIN));
}

// z = 0 with v or -v as a term, and v nowhere else: v is the rest.
static bool solve_variable(const Proof *p, const Size *z, SizeVar **v, const Size **by)
{
    for (int i = 0; i < size_terms(z); i++) {
        int64_t c = size_coef(z, i);
        if ((c != 1 && c != -1) || size_factors(z, i) != 1 || size_factor(z, i, 0)->kind != SIZE_ATOM_VAR)
            continue;
        *v = size_factor(z, i, 0)->var;
        const Size *self = size_of_var(p->t, *v);
        *by = times(p, size_sub(p->t, z, times(p, self, c)), -c);
        if (!occurs(p, *v, *by))
            return true;
    }
    return false;
}

// z = s*(r - c*(r div c)) + k = 0, which says what remains of r = v + j: v is c*q - k/s - j for some q.
static bool solve_remainder(const Proof *p, const Size *z, SizeVar **v, const Size **by)
{
    int64_t c, j, k;
    for (int i = 0; i < size_terms(z); i++) {
        const SizeAtom *d = size_factors(z, i) == 1 ? size_factor(z, i, 0) : NULL;
        if (!d || d->kind != SIZE_ATOM_DIV || !size_is_const(d->b, &c) || c < 2 || size_coef(z, i) % c)
            continue;
        int64_t     s = -(size_coef(z, i) / c);
        const Size *left = size_sub(p->t, z, times(p, size_mod(p->t, d->a, d->b), s));
        if (!size_is_const(left, &k) || k % s || size_factors(d->a, 0) != 1 ||
            size_factor(d->a, 0, 0)->kind != SIZE_ATOM_VAR)
            continue;
        *v = size_factor(d->a, 0, 0)->var;
        if (!size_is_const(size_sub(p->t, d->a, size_of_var(p->t, *v)), &j))
            continue;
        *by = size_sub(p->t, times(p, fresh(p, *v), c), size_const(p->t, k / s + j));
        return true;
    }
    return false;
}

// What divides all terms leaves the equation z = 0, if it divides the constant too.
static const Size *without_factor(const Proof *p, const Size *z)
{
    int64_t g = 0;
    for (int i = 0; i < size_terms(z); i++) {
        if (size_coef(z, i) == INT64_MIN)
            return z;
        g = greatest_divisor(g, size_coef(z, i));
    }
    return g > 1 ? size_div(p->t, z, size_const(p->t, g)) : z;
}

// Uses the first equation (two facts that say opposite things) that gives a variable; false when there is none.
static bool use_equation(Proof *p)
{
    for (int i = 0; i < p->facts.n; i++) {
        const Size *z = p->facts.nonneg[i], *opposite = times(p, z, -1), *by;
        SizeVar    *v;
        bool        both = false;
        for (int j = 0; j < i && !both; j++)
            both = p->facts.nonneg[j] == opposite;
        if (!both || size_terms(z) == 0)
            continue;
        z = without_factor(p, z);
        if (solve_variable(p, z, &v, &by) || solve_remainder(p, z, &v, &by)) {
            *p = replace(p, v, by);
            return true;
        }
    }
    return false;
}

// ---- remainders ----

// The least common multiple of the products of nested divisors over `v`; 0 when it is too large.
static int64_t period(const Proof *p, const Size *s, const SizeVar *v)
{
    int64_t all = 1, c;
    for (int i = 0; i < size_terms(s) && all; i++)
        for (int j = 0; j < size_factors(s, i) && all; j++) {
            const SizeAtom *a = size_factor(s, i, j);
            if (a->kind == SIZE_ATOM_VAR || !(occurs(p, v, a->a) || occurs(p, v, a->b)))
                continue;
            int64_t x = period(p, a->a, v), y = period(p, a->b, v), one = 1;
            if (a->kind == SIZE_ATOM_DIV && size_is_const(a->b, &c))
                one = c;
            if (!x || !y || one > MOST_PERIOD || x * one > MOST_PERIOD)
                return 0;
            x *= one;
            x = x / greatest_divisor(x, y) * y;
            all = x > MOST_PERIOD ? 0 : all / greatest_divisor(all, x) * x;
        }
    return all > MOST_PERIOD ? 0 : all;
}

// The variable of the question with the smallest period above 1.
static SizeVar *periodic(const Proof *p, int64_t *of)
{
    int       n = size_vars(p->p, NULL, 0);
    SizeVar **var = ARENA_ARRAY(p->arena, SizeVar *, n + 1), *best = NULL;
    n = size_vars(p->p, var, n);
    for (int i = 0; i < n; i++) {
        int64_t one = period(p, p->p, var[i]);
        if (one > 1 && (!best || one < *of)) {
            best = var[i];
            *of = one;
        }
    }
    return best;
}

static bool proved(Proof p, int splits);

static bool proved_by_remainders(const Proof *p, int splits)
{
    int64_t  c = 0;
    SizeVar *v = splits ? periodic(p, &c) : NULL;
    if (!v)
        return false;
    const Size *cq = times(p, fresh(p, v), c);
    for (int64_t r = 0; r < c; r++)
        if (!proved(replace(p, v, size_add(p->t, cq, size_const(p->t, r))), splits - 1))
            return false;
    return true;
}

static bool proved(Proof p, int splits)
{
    if (*p.work <= 0)
        return false;
    for (int i = 0; i < MOST_EQUATIONS && use_equation(&p); i++)
        ;
    Known *k = known_new(p.arena, p.p, &p.facts, p.work);
    return known_holds(k, p.p, p.equal) || proved_by_remainders(&p, splits);
}

bool size_proved(Arena *a, Sizes *t, const Size *p, bool equal, const Facts *f, long *work)
{
    return proved((Proof){a, t, p, equal, *f, work}, MOST_SPLIT);
}
