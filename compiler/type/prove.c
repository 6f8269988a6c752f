// Proofs that the linear program alone does not find: variables that an equation gives are replaced by what they are,
// and where it matters what remains when a variable is divided, each remainder is looked at on its own. Normal forms
// then lose the quotients that stood in the way.
#include "type/question.h"

enum { MOST_EQUATIONS = 8, MOST_MODULUS = 4096, MOST_PERIOD = 24, MOST_SPLIT = 2 };

// What building one linear program costs, in products of fractions.
enum { WORK_OF_PROOF = 1500 };

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

// The only term of z that c does not divide, besides the constant, when it is b*v with one variable; else -1.
static int odd_term(const Size *z, int64_t c)
{
    int odd = -1;
    for (int i = 0; i < size_terms(z); i++) {
        if (size_factors(z, i) == 0 || size_coef(z, i) % c == 0)
            continue;
        if (odd >= 0 || size_factors(z, i) != 1 || size_factor(z, i, 0)->kind != SIZE_ATOM_VAR)
            return -1;
        odd = i;
    }
    return odd;
}

static int64_t constant_of(const Size *z)
{
    int last = size_terms(z) - 1;
    return last >= 0 && size_factors(z, last) == 0 ? size_coef(z, last) : 0;
}

// z = 0 is c*(…) + b*v + k = 0: then v is c*q + x for some q, with b*x + k = 0 modulo c. So `n mod 4 == 0`, which is
// n - 4*(n div 4) = 0, gives n = 4*q.
static bool solve_modulo(const Proof *p, const Size *z, SizeVar **v, const Size **by)
{
    for (int i = 0; i < size_terms(z); i++) {
        int64_t c = size_coef(z, i) < 0 ? -size_coef(z, i) : size_coef(z, i);
        int     odd = size_factors(z, i) && c > 1 && c <= MOST_MODULUS ? odd_term(z, c) : -1;
        if (odd < 0 || greatest_divisor(size_coef(z, odd) % c, c) != 1)
            continue;
        int64_t b = size_coef(z, odd) % c, k = constant_of(z) % c, x = 0;
        while ((b * x + k) % c)
            x++;
        *v = size_factor(z, odd, 0)->var;
        *by = size_add(p->t, times(p, fresh(p, *v), c), size_const(p->t, x));
        return true;
    }
    return false;
}

// The equation z = 0 without what divides all its terms; NULL when it is too large for what is done with it.
static const Size *without_factor(const Proof *p, const Size *z)
{
    int64_t g = 0;
    for (int i = 0; i < size_terms(z); i++) {
        if (size_coef(z, i) == INT64_MIN)
            return NULL;
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
        if (!z)
            continue;
        if (solve_variable(p, z, &v, &by) || solve_modulo(p, z, &v, &by)) {
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
    bool        all = true;
    for (int64_t r = 0; r < c && all; r++) {  // each forgets its sizes: looking sizes up would get slower and slower
        Sizes *before = sizes_enter(p->t, p->arena);
        all = proved(replace(p, v, size_add(p->t, cq, size_const(p->t, r))), splits - 1);
        sizes_leave(p->t, before);
    }
    return all;
}

static bool proved(Proof p, int splits)
{
    *p.work -= WORK_OF_PROOF;
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
