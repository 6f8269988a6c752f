// Sizes in normal form: sums of terms, a term a coefficient times a sorted product of atoms.
#include "type/size.h"

#include <string.h>

#include "base/vec.h"
#include "type/rational.h"

typedef struct {
    int64_t          coef;
    const SizeAtom **atom;  // sorted by number
    int              n;
} Term;

typedef struct AtomEntry {
    SizeAtom atom;
    int      id;
} AtomEntry;

struct Size {
    Term *term;   // sorted, no zero coefficient
    int   n;
    bool  opaque;
};

struct Sizes {
    Arena *arena;
    Names *names;
    VEC(AtomEntry *) atoms;
    VEC(const Size *) all;   // interned: equal normal forms are one pointer
    int    vars;
};

Sizes *sizes_new(Arena *a, Names *names)
{
    Sizes *t = ARENA_NEW(a, Sizes);
    t->arena = a;
    t->names = names;
    return t;
}

Arena *sizes_arena(const Sizes *t) { return t->arena; }

// Vectors that grow in between leave their old blocks as they are.
Sizes *sizes_enter(Sizes *t, Arena *a)
{
    Sizes *before = ARENA_NEW(a, Sizes);
    *before = *t;
    t->arena = a;
    return before;
}

void sizes_leave(Sizes *t, const Sizes *before) { *t = *before; }

SizeVar *size_var_new(Sizes *t, Name name, int64_t least)
{
    SizeVar *v = ARENA_NEW(t->arena, SizeVar);
    *v = (SizeVar){name, least, t->vars++, NULL};
    return v;
}

// ---- atoms ----

static int atom_id(const SizeAtom *a) { return ((const AtomEntry *)(const void *)a)->id; }

static const SizeAtom *atom_get(Sizes *t, SizeAtomKind kind, SizeVar *var, const Size *a, const Size *b)
{
    for (int i = 0; i < t->atoms.n; i++) {
        const SizeAtom *x = &t->atoms.at[i]->atom;
        if (x->kind == kind && x->var == var && x->a == a && x->b == b)
            return x;
        bool turns = kind == SIZE_ATOM_MIN || kind == SIZE_ATOM_MAX;
        if (turns && x->kind == kind && x->a == b && x->b == a)
            return x;
    }
    AtomEntry *e = ARENA_NEW(t->arena, AtomEntry);
    *e = (AtomEntry){{kind, var, a, b}, t->atoms.n};
    vec_push(t->arena, &t->atoms, e);
    return &e->atom;
}

// ---- normal forms ----

static int compare_terms(const Term *a, const Term *b)
{
    if (a->n != b->n)
        return b->n - a->n;
    for (int i = 0; i < a->n; i++)
        if (a->atom[i] != b->atom[i])
            return atom_id(a->atom[i]) - atom_id(b->atom[i]);
    return 0;
}

static bool same_size(const Size *a, const Size *b)
{
    if (a->n != b->n || a->opaque || b->opaque)
        return false;
    for (int i = 0; i < a->n; i++)
        if (a->term[i].coef != b->term[i].coef || compare_terms(&a->term[i], &b->term[i]))
            return false;
    return true;
}

static const Size *opaque(Sizes *t)
{
    Size *s = ARENA_NEW(t->arena, Size);
    s->opaque = true;
    return s;
}

const Size *size_error(Sizes *t) { return opaque(t); }

// Sorts, gathers equal products, drops zeros; takes over `term`.
static const Size *normal(Sizes *t, Term *term, int n)
{
    int m = 0;
    for (int i = 1; i < n; i++)
        for (int k = i; k > 0 && compare_terms(&term[k - 1], &term[k]) > 0; k--) {
            Term x = term[k];
            term[k] = term[k - 1];
            term[k - 1] = x;
        }
    for (int i = 0; i < n; i++) {
        if (m && !compare_terms(&term[m - 1], &term[i])) {
            if (__builtin_add_overflow(term[m - 1].coef, term[i].coef, &term[m - 1].coef))
                return opaque(t);
        } else {
            if (m && !term[m - 1].coef)
                m--;
            term[m++] = term[i];
        }
    }
    if (m && !term[m - 1].coef)
        m--;
    Size s = {term, m, false};
    for (int i = t->all.n - 1; i >= 0; i--)
        if (same_size(t->all.at[i], &s))
            return t->all.at[i];
    Size *new = ARENA_NEW(t->arena, Size);
    *new = s;
    vec_push(t->arena, &t->all, (const Size *)new);
    return new;
}

static const Size *one_term(Sizes *t, int64_t coef, const SizeAtom *a)
{
    Term *term = ARENA_NEW(t->arena, Term);
    term->coef = coef;
    if (a) {
        term->atom = ARENA_ARRAY(t->arena, const SizeAtom *, 1);
        term->atom[0] = a;
        term->n = 1;
    }
    return normal(t, term, coef != 0);
}

const Size *size_const(Sizes *t, int64_t v) { return one_term(t, v, NULL); }
const Size *size_of_var(Sizes *t, SizeVar *v) { return one_term(t, 1, atom_get(t, SIZE_ATOM_VAR, v, NULL, NULL)); }

const Size *size_add(Sizes *t, const Size *a, const Size *b)
{
    if (a->opaque || b->opaque)
        return opaque(t);
    Term *term = ARENA_ARRAY(t->arena, Term, a->n + b->n + 1);
    if (a->n)
        memcpy(term, a->term, sizeof *term * (size_t)a->n);
    if (b->n)
        memcpy(term + a->n, b->term, sizeof *term * (size_t)b->n);
    return normal(t, term, a->n + b->n);
}

static bool product(Sizes *t, const Term *x, const Term *y, Term *out)
{
    int i = 0, k = 0;
    *out = (Term){0, ARENA_ARRAY(t->arena, const SizeAtom *, x->n + y->n + 1), 0};
    while (i < x->n || k < y->n) {
        bool left = k == y->n || (i < x->n && atom_id(x->atom[i]) <= atom_id(y->atom[k]));
        out->atom[out->n++] = left ? x->atom[i++] : y->atom[k++];
    }
    return !__builtin_mul_overflow(x->coef, y->coef, &out->coef);
}

const Size *size_mul(Sizes *t, const Size *a, const Size *b)
{
    if (a->opaque || b->opaque || (a->n && b->n > 4096 / a->n))
        return opaque(t);
    Term *term = ARENA_ARRAY(t->arena, Term, a->n * b->n + 1);
    int   n = 0;
    for (int i = 0; i < a->n; i++)
        for (int k = 0; k < b->n; k++)
            if (!product(t, &a->term[i], &b->term[k], &term[n++]))
                return opaque(t);
    return normal(t, term, n);
}

const Size *size_sub(Sizes *t, const Size *a, const Size *b) { return size_add(t, a, size_mul(t, b, size_const(t, -1))); }

bool size_is_const(const Size *s, int64_t *v)
{
    if (s->opaque || s->n > 1 || (s->n == 1 && s->term[0].n))
        return false;
    *v = s->n ? s->term[0].coef : 0;
    return true;
}

bool size_is_var(const Size *s, SizeVar **v)
{
    if (s->opaque || s->n != 1 || s->term[0].coef != 1 || s->term[0].n != 1 || s->term[0].atom[0]->kind != SIZE_ATOM_VAR)
        return false;
    *v = s->term[0].atom[0]->var;
    return true;
}

static int64_t floor_div(int64_t a, int64_t c) { return a / c - (a % c != 0 && (a < 0) != (c < 0)); }
static int64_t floor_mod(int64_t a, int64_t c) { return a % c + (a % c != 0 && (a % c < 0) != (c < 0) ? c : 0); }

static const Size *div_by(Sizes *t, const Size *e, int64_t c);

// Splits e = c*whole + rest: the terms that c divides leave, and of the constant all but its remainder.
static void split(Sizes *t, const Size *e, int64_t c, const Size **whole, const Size **rest)
{
    Term *w = ARENA_ARRAY(t->arena, Term, e->n + 1), *r = ARENA_ARRAY(t->arena, Term, e->n + 1);
    int   nw = 0, nr = 0;
    for (int i = 0; i < e->n; i++) {
        Term x = e->term[i], q = x;
        bool leaves = x.coef % c == 0 || !x.n;
        q.coef = floor_div(x.coef, c);
        x.coef = leaves ? floor_mod(x.coef, c) : x.coef;
        if (leaves && q.coef)
            w[nw++] = q;
        if (x.coef)
            r[nr++] = x;
    }
    *whole = normal(t, w, nw);
    *rest = normal(t, r, nr);
}

// What divides c and every coefficient but the constant's; e has no INT64_MIN among them unless the answer is 1.
static int64_t common_divisor(const Size *e, int64_t c)
{
    for (int i = 0; i < e->n; i++)
        if (e->term[i].coef == INT64_MIN)
            return 1;
        else if (e->term[i].n)
            c = greatest_divisor(c, e->term[i].coef);
    return c;
}

// r = (s div a) + k with constants a and k: then r div c is (s + k*a) div (a*c).
static const Size *div_of_div(Sizes *t, const Size *r, int64_t c)
{
    int64_t a, k = r->n == 2 ? r->term[1].coef : 0, ac, ka;
    bool    fits = (r->n == 1 || (r->n == 2 && !r->term[1].n)) && r->term[0].coef == 1 && r->term[0].n == 1;
    if (!fits || r->term[0].atom[0]->kind != SIZE_ATOM_DIV || !size_is_const(r->term[0].atom[0]->b, &a) ||
        __builtin_mul_overflow(a, c, &ac) || __builtin_mul_overflow(k, a, &ka))
        return NULL;
    return div_by(t, size_add(t, r->term[0].atom[0]->a, size_const(t, ka)), ac);
}

// e div c for a constant c > 0: what c divides leaves, common factors leave, nested divisions join.
static const Size *div_by(Sizes *t, const Size *e, int64_t c)
{
    const Size *whole, *rest, *joined;
    int64_t     v;
    if (e->opaque || c == 1)
        return e;
    split(t, e, c, &whole, &rest);
    if (size_is_const(rest, &v))
        return size_add(t, whole, size_const(t, floor_div(v, c)));
    int64_t g = common_divisor(rest, c);
    if (g > 1) {  // (g*s + k) div (g*c) is (s + k div g) div c
        const Size *s, *left;
        split(t, rest, g, &s, &left);
        return size_add(t, whole, div_by(t, s, c / g));
    }
    joined = div_of_div(t, rest, c);
    if (!joined)
        joined = one_term(t, 1, atom_get(t, SIZE_ATOM_DIV, NULL, rest, size_const(t, c)));
    return size_add(t, whole, joined);
}

// x = y * out, as products: false when y does not divide x.
static bool quotient(Sizes *t, const Term *x, const Term *y, Term *out)
{
    int k = 0;
    if (y->coef == -1 || x->coef % y->coef)
        return false;
    *out = (Term){x->coef / y->coef, ARENA_ARRAY(t->arena, const SizeAtom *, x->n + 1), 0};
    for (int i = 0; i < x->n; i++)
        if (k < y->n && x->atom[i] == y->atom[k])
            k++;
        else
            out->atom[out->n++] = x->atom[i];
    return k == y->n;
}

// a / b when b is a product that divides every term of a; else NULL. What b = 0 would mean is not asked here.
static const Size *exact(Sizes *t, const Size *a, const Size *b)
{
    Term *term = ARENA_ARRAY(t->arena, Term, a->n + 1);
    if (a == b)
        return size_const(t, 1);
    if (b->n != 1 && a->n)
        return NULL;
    for (int i = 0; i < a->n; i++)
        if (!quotient(t, &a->term[i], &b->term[0], &term[i]))
            return NULL;
    return normal(t, term, a->n);
}

const Size *size_div(Sizes *t, const Size *a, const Size *b)
{
    int64_t c;
    if (a->opaque || b->opaque || (size_is_const(b, &c) && c == 0))
        return opaque(t);
    if (size_is_const(b, &c) && c > 0)
        return div_by(t, a, c);
    if (size_is_const(b, &c) && c > INT64_MIN)  // floor(a / -c) = floor(-a / c)
        return div_by(t, size_mul(t, a, size_const(t, -1)), -c);
    const Size *q = exact(t, a, b);
    return q ? q : one_term(t, 1, atom_get(t, SIZE_ATOM_DIV, NULL, a, b));
}

const Size *size_mod(Sizes *t, const Size *a, const Size *b)
{
    int64_t c;
    if (size_is_const(b, &c) && c != 0 && c > INT64_MIN)
        return size_sub(t, a, size_mul(t, b, size_div(t, a, b)));
    if (a->opaque || b->opaque || (size_is_const(b, &c) && c == 0))
        return opaque(t);
    return exact(t, a, b) ? size_const(t, 0) : one_term(t, 1, atom_get(t, SIZE_ATOM_MOD, NULL, a, b));
}

static const Size *extremum(Sizes *t, SizeAtomKind kind, const Size *a, const Size *b)
{
    int64_t x, y;
    if (a == b)
        return a;
    if (size_is_const(size_sub(t, a, b), &x)) {
        y = kind == SIZE_ATOM_MIN ? -1 : 1;
        return x * y >= 0 ? a : b;
    }
    if (a->opaque || b->opaque)
        return opaque(t);
    return one_term(t, 1, atom_get(t, kind, NULL, a, b));
}

const Size *size_min(Sizes *t, const Size *a, const Size *b) { return extremum(t, SIZE_ATOM_MIN, a, b); }
const Size *size_max(Sizes *t, const Size *a, const Size *b) { return extremum(t, SIZE_ATOM_MAX, a, b); }

// ---- walking ----

static void add_var(SizeVar *v, SizeVar **out, int cap, int *n)
{
    for (int i = 0; i < *n && i < cap; i++)
        if (out[i] == v)
            return;
    if (*n < cap)
        out[*n] = v;
    ++*n;
}

static void find_vars(const Size *s, SizeVar **out, int cap, int *n)
{
    for (int i = 0; i < s->n; i++)
        for (int k = 0; k < s->term[i].n; k++) {
            const SizeAtom *a = s->term[i].atom[k];
            if (a->kind == SIZE_ATOM_VAR) {
                add_var(a->var, out, cap, n);
            } else {
                find_vars(a->a, out, cap, n);
                find_vars(a->b, out, cap, n);
            }
        }
}

int size_vars(const Size *s, SizeVar **out, int cap)
{
    int n = 0;
    find_vars(s, out, cap, &n);
    return n;
}

typedef const Size *Combine(Sizes *t, const Size *a, const Size *b);
static Combine *const combine[] = {[SIZE_ATOM_DIV] = size_div, [SIZE_ATOM_MOD] = size_mod, [SIZE_ATOM_MIN] = size_min,
                                   [SIZE_ATOM_MAX] = size_max};

const Size *size_subst(Sizes *t, const Size *s, const Size *(*of)(const SizeVar *, void *), void *user)
{
    const Size *sum = size_const(t, 0);
    if (s->opaque)
        return s;
    for (int i = 0; i < s->n; i++) {
        const Size *x = size_const(t, s->term[i].coef);
        for (int k = 0; k < s->term[i].n; k++) {
            const SizeAtom *a = s->term[i].atom[k];
            const Size     *v;
            if (a->kind == SIZE_ATOM_VAR) {
                v = of(a->var, user);
                v = v ? v : size_of_var(t, a->var);
            } else {
                v = combine[a->kind](t, size_subst(t, a->a, of, user), size_subst(t, a->b, of, user));
            }
            x = size_mul(t, x, v);
        }
        sum = size_add(t, sum, x);
    }
    return sum;
}

static bool eval_atom(const SizeAtom *a, bool (*of)(const SizeVar *, void *, int64_t *), void *user, int64_t *out)
{
    int64_t x, y;
    if (a->kind == SIZE_ATOM_VAR)
        return of(a->var, user, out);
    if (!size_eval(a->a, of, user, &x) || !size_eval(a->b, of, user, &y))
        return false;
    if ((a->kind == SIZE_ATOM_DIV || a->kind == SIZE_ATOM_MOD) && (y == 0 || (y == -1 && x == INT64_MIN)))
        return false;
    *out = a->kind == SIZE_ATOM_DIV   ? floor_div(x, y)
           : a->kind == SIZE_ATOM_MOD ? floor_mod(x, y)
           : a->kind == SIZE_ATOM_MIN ? (x < y ? x : y)
                                      : (x > y ? x : y);
    return true;
}

bool size_eval(const Size *s, bool (*of)(const SizeVar *, void *, int64_t *), void *user, int64_t *out)
{
    int64_t sum = 0;
    if (s->opaque)
        return false;
    for (int i = 0; i < s->n; i++) {
        int64_t x = s->term[i].coef, v;
        for (int k = 0; k < s->term[i].n; k++)
            if (!eval_atom(s->term[i].atom[k], of, user, &v) || __builtin_mul_overflow(x, v, &x))
                return false;
        if (__builtin_add_overflow(sum, x, &sum))
            return false;
    }
    *out = sum;
    return true;
}

int             size_terms(const Size *s) { return s->n; }
int64_t         size_coef(const Size *s, int term) { return s->term[term].coef; }
int             size_factors(const Size *s, int term) { return s->term[term].n; }
const SizeAtom *size_factor(const Size *s, int term, int k) { return s->term[term].atom[k]; }

static void print_operand(const Size *s, Buf *out)
{
    bool simple = s->n == 0 || (s->n == 1 && s->term[0].n + (s->term[0].coef != 1) <= 1);
    buf_puts(out, simple ? "" : "(");
    size_print(s, out);
    buf_puts(out, simple ? "" : ")");
}

static void print_atom(const SizeAtom *a, bool alone, Buf *out)
{
    if (a->kind == SIZE_ATOM_VAR) {
        buf_puts(out, a->var->name);
        return;
    }
    if (a->kind == SIZE_ATOM_MIN || a->kind == SIZE_ATOM_MAX) {
        buf_puts(out, a->kind == SIZE_ATOM_MIN ? "min(" : "max(");
        size_print(a->a, out);
        buf_puts(out, ", ");
        size_print(a->b, out);
        buf_puts(out, ")");
        return;
    }
    buf_puts(out, alone ? "" : "(");
    print_operand(a->a, out);
    buf_puts(out, a->kind == SIZE_ATOM_DIV ? " div " : " mod ");
    print_operand(a->b, out);
    buf_puts(out, alone ? "" : ")");
}

// The normal form of `p mod c` is p - c * (p div c): where in s its division stands, or -1.
static int find_mod(const Size *s)
{
    for (int i = 0; i < s->n; i++) {
        const Term *x = &s->term[i];
        int64_t     c;
        if (x->n != 1 || x->atom[0]->kind != SIZE_ATOM_DIV || !size_is_const(x->atom[0]->b, &c) || x->coef != -c)
            continue;
        const Size *p = x->atom[0]->a;
        int         found = 0;
        for (int k = 0; k < p->n; k++)
            for (int m = 0; m < s->n; m++)
                found += p->term[k].coef == s->term[m].coef && !compare_terms(&p->term[k], &s->term[m]);
        if (found == p->n)
            return i;
    }
    return -1;
}

static bool has_term(const Size *s, const Term *x)
{
    for (int i = 0; i < s->n; i++)
        if (!compare_terms(&s->term[i], x))
            return true;
    return false;
}

bool size_is_mod(const Size *s, const Size **p, const Size **c)
{
    int i = s->opaque ? -1 : find_mod(s);
    if (i < 0 || s->n != s->term[i].atom[0]->a->n + 1)
        return false;
    *p = s->term[i].atom[0]->a;
    *c = s->term[i].atom[0]->b;
    return true;
}

void size_parts(Sizes *t, const Size *s, const Size **more, const Size **less)
{
    Term *term = ARENA_ARRAY(t->arena, Term, s->n + 1);
    int   n = 0;
    for (int i = 0; i < s->n; i++)
        if (s->term[i].coef > 0)
            term[n++] = s->term[i];
    *more = normal(t, term, n);
    *less = size_sub(t, *more, s);
}

static void print_term(const Term *x, bool first, bool alone, Buf *out)
{
    int64_t c = x->coef;
    if (!first)
        buf_puts(out, c < 0 ? " - " : " + ");
    else if (c < 0)
        buf_puts(out, "-");
    uint64_t size = c < 0 ? -(uint64_t)c : (uint64_t)c;
    if (size != 1 || !x->n)
        buf_printf(out, "%llu%s", (unsigned long long)size, x->n ? "*" : "");
    for (int k = 0; k < x->n; k++) {
        buf_puts(out, k ? "*" : "");
        print_atom(x->atom[k], alone && x->n == 1 && size == 1 && c > 0, out);
    }
}

void size_print(const Size *s, Buf *out)
{
    if (s->opaque) {
        buf_puts(out, "?");
        return;
    }
    if (!s->n)
        buf_puts(out, "0");
    int  mod = find_mod(s);
    bool first = true;
    if (mod >= 0) {
        const SizeAtom *d = s->term[mod].atom[0];
        print_atom(&(SizeAtom){SIZE_ATOM_MOD, NULL, d->a, d->b}, s->n == d->a->n + 1, out);
        first = false;
    }
    for (int i = 0; i < s->n; i++) {
        if (mod >= 0 && (i == mod || has_term(s->term[mod].atom[0]->a, &s->term[i])))
            continue;
        print_term(&s->term[i], first, s->n == 1, out);
        first = false;
    }
}
