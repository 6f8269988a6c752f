// Deciding sizes: proved by non-negative combinations of facts, refuted by the smallest sizes that break it, or open.
//
// A proof that a >= 0: a minus a non-negative combination of facts has, once every atom is replaced by its least
// value plus a non-negative rest, no negative coefficient. Facts are those given, and for each quotient d = r div c:
// r - c*d >= 0 and c*d + c - 1 - r >= 0. The combination is searched, so an answer may stay open; it is never wrong.
#include <string.h>

#include "base/vec.h"
#include "type/size.h"

enum { MOST_FACTS = 64, MOST_VARS = 8, DEEPEST_PROOF = 5, MOST_STEPS = 4000 };

typedef struct {
    Sizes      *t;
    const Size *fact[MOST_FACTS];
    int         n, steps;
} Proof;

// ---- least values ----

static bool atom_least(Sizes *t, const SizeAtom *a, int64_t *least);

// The least that coefficients alone tell: false when a term may fall without bound.
static bool plain_least(Sizes *t, const Size *s, int64_t *least)
{
    int64_t sum = 0;
    for (int i = 0; i < size_terms(s); i++) {
        int64_t x = size_coef(s, i), v;
        if (size_factors(s, i) && x < 0)
            return false;
        for (int k = 0; k < size_factors(s, i); k++)
            if (!atom_least(t, size_factor(s, i, k), &v) || v < 0 || __builtin_mul_overflow(x, v, &x))
                return false;
        if (__builtin_add_overflow(sum, x, &sum))
            return false;
    }
    *least = sum;
    return true;
}

static bool atom_least(Sizes *t, const SizeAtom *a, int64_t *least)
{
    int64_t x, y;
    switch (a->kind) {
    case SIZE_ATOM_VAR: *least = a->var->least; return a->var->least != INT64_MIN;
    case SIZE_ATOM_MOD: *least = 0; return plain_least(t, a->b, &y) && y > 0;
    case SIZE_ATOM_DIV:
        if (!size_is_const(a->b, &y) || y <= 0 || !plain_least(t, a->a, &x))
            return false;
        *least = x >= 0 ? x / y : -((-x + y - 1) / y);
        return true;
    case SIZE_ATOM_MIN:
    case SIZE_ATOM_MAX: {
        bool left = plain_least(t, a->a, &x), right = plain_least(t, a->b, &y);
        if (a->kind == SIZE_ATOM_MIN ? !(left && right) : !(left || right))
            return false;
        *least = !left ? y : !right ? x : a->kind == SIZE_ATOM_MIN ? (x < y ? x : y) : (x > y ? x : y);
        return true;
    }
    }
    return false;
}

// Every variable with a least value as that value plus a non-negative one.
typedef struct {
    Sizes   *t;
    SizeVar *old[MOST_VARS * 4], *new[MOST_VARS * 4];
    int      n;
} Shift;

static const Size *shifted(const SizeVar *v, void *user)
{
    Shift *s = user;
    if (v->least == INT64_MIN || v->least == 0)
        return NULL;
    for (int i = 0; i < s->n; i++)
        if (s->old[i] == v)
            return size_add(s->t, size_of_var(s->t, s->new[i]), size_const(s->t, v->least));
    return NULL;
}

// ---- facts ----

static void add_fact(Proof *p, const Size *f)
{
    for (int i = 0; i < p->n; i++)
        if (p->fact[i] == f)
            return;
    if (p->n < MOST_FACTS)
        p->fact[p->n++] = f;
}

static void quotient_facts(Proof *p, const Size *s)
{
    for (int i = 0; i < size_terms(s); i++)
        for (int k = 0; k < size_factors(s, i); k++) {
            const SizeAtom *a = size_factor(s, i, k);
            int64_t         c, least;
            if (a->kind == SIZE_ATOM_VAR)
                continue;
            const Size *whole = size_const(p->t, 0);
            if (a->kind == SIZE_ATOM_DIV)
                whole = size_div(p->t, a->a, a->b);
            if (a->kind == SIZE_ATOM_DIV && plain_least(p->t, a->b, &c) && c >= 0) {
                const Size *cd = size_mul(p->t, whole, a->b), *top = size_sub(p->t, a->b, size_const(p->t, 1));
                add_fact(p, size_sub(p->t, a->a, cd));
                add_fact(p, size_sub(p->t, size_add(p->t, cd, top), a->a));
                if (plain_least(p->t, a->a, &least) && least >= 0)
                    add_fact(p, whole);
            } else if (a->kind == SIZE_ATOM_MIN) {
                add_fact(p, size_sub(p->t, a->a, size_min(p->t, a->a, a->b)));
                add_fact(p, size_sub(p->t, a->b, size_min(p->t, a->a, a->b)));
            } else if (a->kind == SIZE_ATOM_MAX) {
                add_fact(p, size_sub(p->t, size_max(p->t, a->a, a->b), a->a));
                add_fact(p, size_sub(p->t, size_max(p->t, a->a, a->b), a->b));
            } else if (a->kind == SIZE_ATOM_MOD) {
                const Size *m = size_mod(p->t, a->a, a->b);
                add_fact(p, m);
                add_fact(p, size_sub(p->t, size_sub(p->t, a->b, m), size_const(p->t, 1)));
            }
            quotient_facts(p, a->a);
            quotient_facts(p, a->b);
        }
}

// Facts of degree one times each variable: for products that occur.
static bool has_product(const Size *s)
{
    for (int i = 0; i < size_terms(s); i++)
        if (size_factors(s, i) > 1)
            return true;
    return false;
}

static void product_facts(Proof *p, const Size *goal)
{
    SizeVar *var[MOST_VARS];
    int      nvar = size_vars(goal, var, MOST_VARS), n = p->n;
    if (!has_product(goal))
        return;
    for (int i = 0; i < n; i++)
        for (int k = 0; k < nvar && k < MOST_VARS && !has_product(p->fact[i]); k++) {
            if (var[k]->least < 0)
                continue;
            const Size *v = size_of_var(p->t, var[k]);
            add_fact(p, size_mul(p->t, p->fact[i], v));
            if (var[k]->least >= 1)
                add_fact(p, size_mul(p->t, p->fact[i], size_sub(p->t, v, size_const(p->t, 1))));
        }
}

// ---- proof ----

static bool evident(Sizes *t, const Size *s)
{
    int64_t least;
    return plain_least(t, s, &least) && least >= 0;
}

// The first term that may fall: the one that a fact must make up for.
static int falling_term(const Size *s)
{
    for (int i = 0; i < size_terms(s); i++)
        if (size_factors(s, i) && size_coef(s, i) < 0)
            return i;
    for (int i = 0; i < size_terms(s); i++)
        for (int k = 0; k < size_factors(s, i); k++) {
            const SizeAtom *a = size_factor(s, i, k);
            if (a->kind != SIZE_ATOM_VAR || a->var->least == INT64_MIN)
                return i;
        }
    return -1;
}

static bool same_product(const Size *a, int i, const Size *b, int k)
{
    if (size_factors(a, i) != size_factors(b, k))
        return false;
    for (int j = 0; j < size_factors(a, i); j++)
        if (size_factor(a, i, j) != size_factor(b, k, j))
            return false;
    return true;
}

// m * goal >= 0 is proved when m * goal - k * fact is, for positive m, k that cancel the falling term.
static bool prove(Proof *p, const Size *goal, int depth)
{
    if (evident(p->t, goal))
        return true;
    int at = falling_term(goal);
    for (int i = 0; i < p->n && at < 0; i++)  // only its constant is too small: a fact may raise it
        if (evident(p->t, size_sub(p->t, goal, p->fact[i])))
            return true;
    if (at < 0 || depth == 0 || ++p->steps > MOST_STEPS)
        return false;
    for (int i = 0; i < p->n; i++)
        for (int k = 0; k < size_terms(p->fact[i]); k++) {
            int64_t c = size_coef(p->fact[i], k), g = size_coef(goal, at);
            if (!same_product(goal, at, p->fact[i], k) || (c < 0) != (g < 0) || c == INT64_MIN || g == INT64_MIN)
                continue;
            const Size *rest = size_sub(p->t, size_mul(p->t, goal, size_const(p->t, c < 0 ? -c : c)),
                                        size_mul(p->t, p->fact[i], size_const(p->t, g < 0 ? -g : g)));
            if (prove(p, rest, depth - 1))
                return true;
        }
    return false;
}

static bool proved(Sizes *t, const Size *a, const Facts *f)
{
    Proof    p = {.t = t};
    Shift    shift = {.t = t};
    SizeVar *var[MOST_VARS * 4];
    if (evident(t, a))
        return true;
    quotient_facts(&p, a);
    for (int i = 0; f && i < f->n; i++) {
        add_fact(&p, f->nonneg[i]);
        quotient_facts(&p, f->nonneg[i]);
    }
    product_facts(&p, a);
    int n = size_vars(a, var, MOST_VARS * 4);
    for (int i = 0; i < p.n; i++) {
        SizeVar *more[MOST_VARS * 4];
        int      m = size_vars(p.fact[i], more, MOST_VARS * 4);
        for (int k = 0; k < m && k < MOST_VARS * 4; k++) {
            bool have = false;
            for (int j = 0; j < n && j < MOST_VARS * 4; j++)
                have = have || var[j] == more[k];
            if (!have && n < MOST_VARS * 4)
                var[n++] = more[k];
        }
    }
    for (int i = 0; i < n && i < MOST_VARS * 4; i++)
        if (var[i]->least != INT64_MIN && var[i]->least != 0) {
            shift.old[shift.n] = var[i];
            shift.new[shift.n++] = size_var_new(t, var[i]->name, 0);
        }
    for (int i = 0; i < p.n; i++)
        p.fact[i] = size_subst(t, p.fact[i], shifted, &shift);
    const Size *goal = size_subst(t, a, shifted, &shift);
    int64_t     v;
    if (size_is_const(goal, &v))
        return v >= 0;
    // Whole numbers: a > -1 is enough, so a + (k-1)/k never matters here; quotients carry their own slack.
    return prove(&p, goal, DEEPEST_PROOF);
}

// ---- refutation ----

typedef struct {
    SizeVar *var[MOST_VARS];
    int64_t  value[MOST_VARS];
    int      n;
} Assignment;

static bool lookup(const SizeVar *v, void *user, int64_t *out)
{
    Assignment *a = user;
    for (int i = 0; i < a->n; i++)
        if (a->var[i] == v) {
            *out = a->value[i];
            return true;
        }
    return false;
}

typedef struct {
    const Size  *a, *b;     // a against b
    const Facts *f;
    bool       (*breaks)(int64_t a, int64_t b);
    SizeWitness *w;
} Question;

static bool facts_hold(const Facts *f, Assignment *a)
{
    for (int i = 0; f && i < f->n; i++) {
        int64_t v;
        if (!size_eval(f->nonneg[i], lookup, a, &v) || v < 0)
            return false;
    }
    return true;
}

static bool broken_at(Question *q, Assignment *a)
{
    int64_t x, y = 0;
    if (!facts_hold(q->f, a) || !size_eval(q->a, lookup, a, &x) || (q->b && !size_eval(q->b, lookup, a, &y)) ||
        !q->breaks(x, y))
        return false;
    q->w->n = 0;
    for (int i = 0; i < a->n && q->w->n < 8; i++) {
        q->w->var[q->w->n] = a->var[i];
        q->w->value[q->w->n++] = a->value[i];
    }
    q->w->left = x;
    q->w->right = y;
    return true;
}

// All assignments whose rests above the least values sum to `sum`: the smallest sizes come first.
static bool search(Question *q, Assignment *a, int at, int sum)
{
    int64_t least = at < a->n ? (a->var[at]->least == INT64_MIN ? 0 : a->var[at]->least) : 0;
    if (at == a->n)
        return sum == 0 && broken_at(q, a);
    for (int i = 0; i <= sum; i++) {
        a->value[at] = least + i;
        if (search(q, a, at + 1, sum - i))
            return true;
    }
    return false;
}

static bool refuted(Question *q)
{
    static const int reach[] = {0, 64, 30, 20, 14, 10, 8, 7, 6};
    Assignment a = {.n = 0};
    SizeVar   *var[64];
    int        n = size_vars(q->a, var, 64), total = n;
    if (q->b) {
        SizeVar *more[64];
        int      m = size_vars(q->b, more, 64);
        for (int i = 0; i < m && i < 64; i++) {
            bool have = false;
            for (int k = 0; k < total; k++)
                have = have || var[k] == more[i];
            if (!have && total < 64)
                var[total++] = more[i];
        }
    }
    for (int i = 0; q->f && i < q->f->n; i++) {
        SizeVar *more[64];
        int      m = size_vars(q->f->nonneg[i], more, 64);
        for (int j = 0; j < m && j < 64; j++) {
            bool have = false;
            for (int k = 0; k < total; k++)
                have = have || var[k] == more[j];
            if (!have && total < 64)
                var[total++] = more[j];
        }
    }
    if (total > MOST_VARS)
        return false;
    for (int i = 0; i < total; i++)
        a.var[a.n++] = var[i];
    for (int sum = 0; sum <= reach[total]; sum++)
        if (search(q, &a, 0, sum))
            return true;
    return false;
}

// ---- questions ----

static bool differ(int64_t a, int64_t b) { return a != b; }
static bool negative(int64_t a, int64_t b) { return a < b; }
static bool leaves(int64_t a, int64_t c) { return c == 0 || a % c != 0; }

SizeAnswer size_nonneg(Sizes *t, const Size *a, const Facts *f, SizeWitness *w)
{
    Question q = {a, NULL, f, negative, w};
    memset(w, 0, sizeof *w);
    if (proved(t, a, f))
        return SIZE_ALWAYS;
    return refuted(&q) ? SIZE_NEVER : SIZE_OPEN;
}

SizeAnswer size_equal(Sizes *t, const Size *a, const Size *b, const Facts *f, SizeWitness *w)
{
    Question    q = {a, b, f, differ, w};
    const Size *d = size_sub(t, a, b);
    int64_t     v;
    memset(w, 0, sizeof *w);
    if (a == b || (size_is_const(d, &v) && v == 0))
        return SIZE_ALWAYS;
    if (refuted(&q))
        return SIZE_NEVER;
    return proved(t, d, f) && proved(t, size_sub(t, b, a), f) ? SIZE_ALWAYS : SIZE_OPEN;
}

SizeAnswer size_divides(Sizes *t, const Size *a, const Size *c, const Facts *f, SizeWitness *w)
{
    Question    q = {a, c, f, leaves, w};
    const Size *r = size_mod(t, a, c);
    int64_t     v;
    memset(w, 0, sizeof *w);
    if (size_is_const(r, &v) && v == 0)
        return SIZE_ALWAYS;
    if (refuted(&q))
        return SIZE_NEVER;
    return proved(t, size_sub(t, size_const(t, 0), r), f) ? SIZE_ALWAYS : SIZE_OPEN;
}
