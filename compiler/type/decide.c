// Deciding sizes: proved by linear programming over the facts, refuted by the smallest sizes that break it, or open.
//
// A sum p of monomials is at least 0 for all whole numbers when its least value over the rationals that satisfy the
// facts is above -1. Fractions are exact, work is bounded, and what is not found out stays open: no answer is wrong.
#include <setjmp.h>
#include <string.h>

#include "type/question.h"

enum { MOST_VARS = 8 };

static bool differ(int64_t a, int64_t b) { return a != b; }
static bool negative(int64_t a, int64_t b) { return a < b; }
static bool leaves(int64_t a, int64_t c) { return c == 0 || (c != -1 && a % c != 0); }

// What is to be proved: low >= 0 and, when both ways are asked, -low >= 0.
typedef struct {
    const Size *low, *minus;  // low - minus; minus may be NULL
    bool        both;
} Claim;

static bool proved(Known *k, const Claim *c)
{
    Poly p = known_poly(k, c->low), m = c->minus ? known_poly(k, c->minus) : (Poly){0}, zero = {0};
    Poly low = known_minus(k, &p, &m), high = known_minus(k, &zero, &low);
    return known_nonneg(k, &low) && (!c->both || known_nonneg(k, &high));
}

static SizeAnswer decide(Arena *a, Question *q, const Claim *c, SizeWitness *w)
{
    SizeVar *var[MOST_VARS];
    bool    *about = ARENA_ARRAY(a, bool, (q->facts ? q->facts->n : 0) + 1);
    q->vars = facts_about(a, q->a, q->b, q->facts, about, var, MOST_VARS);
    q->about = about;
    q->var = var;
    Known *k = known_new(a, c->low, c->minus, q->facts, about);
    if (proved(k, c))
        return SIZE_ALWAYS;
    return size_refute(a, q, k, w) ? SIZE_NEVER : SIZE_OPEN;
}

static void no_memory(void *user) { longjmp(*(jmp_buf *)user, 1); }

// Scratch memory goes back after the question; when there is none, that is told as for any other memory.
static SizeAnswer ask(Sizes *t, Question *q, const Claim *c, SizeWitness *w)
{
    jmp_buf full;
    Arena  *a = arena_new(no_memory, &full);
    if (!a || setjmp(full)) {
        arena_free(a);
        arena_alloc(sizes_arena(t), SIZE_MAX);
    }
    SizeAnswer answer = decide(a, q, c, w);
    arena_free(a);
    return answer;
}

SizeAnswer size_nonneg(Sizes *t, const Size *a, const Facts *f, SizeWitness *w)
{
    Question q = {.a = a, .facts = f, .breaks = negative};
    int64_t  v;
    memset(w, 0, sizeof *w);
    if (size_is_const(a, &v) && v >= 0)
        return SIZE_ALWAYS;
    return ask(t, &q, &(Claim){a, NULL, false}, w);
}

SizeAnswer size_equal(Sizes *t, const Size *a, const Size *b, const Facts *f, SizeWitness *w)
{
    Question q = {.a = a, .b = b, .facts = f, .breaks = differ};
    memset(w, 0, sizeof *w);
    if (a == b)
        return SIZE_ALWAYS;
    return ask(t, &q, &(Claim){a, b, true}, w);
}

SizeAnswer size_divides(Sizes *t, const Size *a, const Size *c, const Facts *f, SizeWitness *w)
{
    Question    q = {.a = a, .b = c, .facts = f, .breaks = leaves};
    const Size *r = size_mod(t, a, c);
    int64_t     v, by;
    bool        exact = size_is_const(r, &v) && v == 0;
    memset(w, 0, sizeof *w);
    if (exact && size_is_const(c, &by))
        return SIZE_ALWAYS;
    if (exact)  // nothing remains unless c is 0
        return ask(t, &q, &(Claim){c, size_const(t, 1), false}, w);
    return ask(t, &q, &(Claim){r, NULL, true}, w);
}
