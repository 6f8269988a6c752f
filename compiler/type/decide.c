// Deciding sizes: proved by linear programming over the facts, refuted by the smallest sizes that break it, or open.
//
// A sum p of monomials is at least 0 for all whole numbers when its least value over the rationals that satisfy the
// facts is above -1. Fractions are exact, work is bounded, and what is not found out stays open: no answer is wrong.
#include <setjmp.h>
#include <string.h>

#include "type/question.h"

enum { MOST_WORK = 100000 };  // products of fractions; some 5 ms

static bool differ(int64_t a, int64_t b) { return a != b; }
static bool negative(int64_t a, int64_t b) { return a < b; }
static bool leaves(int64_t a, int64_t c) { return c == 0 || (c != -1 && a % c != 0); }

// What is to be proved: a - b >= 0, or a = b.
typedef struct {
    const Size *a, *b;  // b may be NULL: then 0 stands for it
    bool        equal;
} Claim;

// The cheap proof, then sizes that break it, then the proof by cases.
static SizeAnswer decide(Arena *a, Sizes *t, Question *q, const Claim *c, SizeWitness *w)
{
    SizeVar    *var[MOST_VARS];
    long        work = MOST_WORK;
    bool       *about = ARENA_ARRAY(a, bool, (q->facts ? q->facts->n : 0) + 1);
    const Size *p = c->b ? size_sub(t, c->a, c->b) : c->a;
    q->vars = facts_about(a, q->a, q->b, q->facts, about, var, MOST_VARS);
    q->about = about;
    q->var = var;
    Facts  f = facts_marked(a, q->facts, about);
    Known *k = known_new(a, p, &f, &work);
    if (known_holds(k, p, c->equal))
        return SIZE_ALWAYS;
    if (size_refute(a, q, k, &work, w))
        return SIZE_NEVER;
    bool proved = size_proved(a, t, p, c->equal, &f, &work);
    if (!proved && q->facts && f.n < q->facts->n)  // other facts may be impossible, and then all holds
        proved = size_proved(a, t, p, c->equal, q->facts, &work);
    return proved ? SIZE_ALWAYS : SIZE_OPEN;
}

static void no_memory(void *user) { longjmp(*(jmp_buf *)user, 1); }

// Scratch memory goes back after the question; when there is none, that is told as for any other memory.
static SizeAnswer ask(Sizes *t, Question *q, const Claim *c, SizeWitness *w)
{
    jmp_buf      full;
    Arena       *a = arena_new(no_memory, &full), *of = sizes_arena(t);
    Sizes *const before = a ? sizes_enter(t, a) : NULL;
    if (!a || setjmp(full)) {
        if (a)
            sizes_leave(t, before);
        arena_free(a);
        arena_alloc(of, SIZE_MAX);
    }
    SizeAnswer answer = decide(a, t, q, c, w);
    sizes_leave(t, before);
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
