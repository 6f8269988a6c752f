// Refutation: sizes are tried, smallest sums first, from the least that the facts allow; then some far ones.
#include "type/question.h"

// Sizes for what only large ones break: with many divisors, and those beside them.
static const int64_t far_sizes[] = {12, 13, 24, 60, 61, 120, 359, 840, 2520, 27720};
enum { NEAR = 3, FAR = sizeof far_sizes / sizeof *far_sizes, MOST_FAR_VARS = 3 };

// How far above the least sizes the sum may go, by the number of variables: some 3000 trials at most.
static const int furthest[MOST_VARS + 1] = {0, 64, 40, 22, 15, 11, 9, 8, 7};

typedef struct {
    const Question *q;
    Range           range[MOST_VARS];
    int64_t         value[MOST_VARS];
    bool            facts_only;  // looks for sizes that satisfy the facts, no more
    int64_t         left, right;
} Search;

static bool lookup(const SizeVar *v, void *user, int64_t *out)
{
    const Search *s = user;
    for (int i = 0; i < s->q->vars; i++)
        if (s->q->var[i] == v) {
            *out = s->value[i];
            return true;
        }
    return false;
}

static bool facts_hold(Search *s)
{
    for (int i = 0; s->q->facts && i < s->q->facts->n; i++) {
        int64_t v;
        if (s->q->about[i] && (!size_eval(s->q->facts->nonneg[i], lookup, s, &v) || v < 0))
            return false;
    }
    return true;
}

static bool found(Search *s)
{
    const Question *q = s->q;
    s->left = s->right = 0;
    if (s->facts_only)
        return facts_hold(s);
    return size_eval(q->a, lookup, s, &s->left) && (!q->b || size_eval(q->b, lookup, s, &s->right)) &&
           q->breaks(s->left, s->right) && facts_hold(s);
}

static bool within(const Range *r, int64_t v)
{
    return (!r->has_least || v >= r->least) && (!r->has_most || v <= r->most);
}

// The i-th value to try, small ones first: upwards from the least, downwards from the most, else 0, 1, -1, 2, -2, …
static bool trial(Range r, int i, int64_t *out)
{
    bool up = r.has_least && r.least >= 0, down = r.has_most && r.most < 0;
    if (up ? __builtin_add_overflow(r.least, i, out) : down && __builtin_sub_overflow(r.most, i, out))
        return false;
    if (!up && !down)
        *out = i % 2 ? i / 2 + 1 : -(i / 2);
    return within(&r, *out);
}

// All sizes whose distances from the first ones to try have this sum.
static bool search(Search *s, int at, int sum)
{
    bool last = at == s->q->vars - 1;
    if (at == s->q->vars)
        return sum == 0 && found(s);
    for (int i = last ? sum : 0; i <= sum; i++)
        if (trial(s->range[at], i, &s->value[at]) && search(s, at + 1, sum - i))
            return true;
    return false;
}

// A few small sizes and the far ones, in every combination.
static bool search_far(Search *s, int at)
{
    if (at == s->q->vars)
        return found(s);
    const Range *r = &s->range[at];
    int64_t     *v = &s->value[at];
    for (int i = 0; i < NEAR + 2 * FAR; i++) {
        bool there = i >= NEAR || trial(*r, i, v);
        if (i >= NEAR)
            *v = i < NEAR + FAR ? far_sizes[i - NEAR] : -far_sizes[i - NEAR - FAR];
        if (there && within(r, *v) && search_far(s, at + 1))
            return true;
    }
    return false;
}

// Makes one size after the other as small as it can be alone: by halves of the way, and then by ones.
static void shrink(Search *s)
{
    for (int i = 0; i < s->q->vars; i++)
        for (int64_t step = s->value[i] / 2; step != 0; step /= 2) {
            s->value[i] -= step;
            if (!within(&s->range[i], s->value[i]) || !found(s))
                s->value[i] += step;
        }
    found(s);
}

static bool search_all(Search *s)
{
    for (int sum = 0; sum <= furthest[s->q->vars]; sum++)
        if (search(s, 0, sum))
            return true;
    if (s->q->vars > MOST_FAR_VARS || !search_far(s, 0))
        return false;
    shrink(s);
    return true;
}

// Between what the variables lie: their own least value also where nothing could be found out.
static void begin(Search *s, const Known *known)
{
    for (int i = 0; i < s->q->vars; i++) {
        const SizeVar *v = s->q->var[i];
        s->range[i] = known_range(known, v);
        if (v->least > INT64_MIN && (!s->range[i].has_least || s->range[i].least < v->least)) {
            s->range[i].has_least = true;
            s->range[i].least = v->least;
        }
    }
}

// The facts that the question does not depend on must be possible too: else nothing is refuted.
static bool rest_possible(Arena *a, const Question *q, long *work)
{
    int   n = q->facts ? q->facts->n : 0;
    bool *done = ARENA_ARRAY(a, bool, n + 1);
    for (int i = 0; i < n; i++)
        done[i] = q->about[i];
    for (int i = 0; i < n; i++) {
        SizeVar *var[MOST_VARS];
        bool    *about = ARENA_ARRAY(a, bool, n + 1);
        if (done[i])
            continue;
        const Size *fact = q->facts->nonneg[i];
        Question    rest = {.a = fact, .facts = q->facts, .about = about, .var = var};
        Search      s = {.q = &rest, .facts_only = true};
        rest.vars = facts_about(a, fact, NULL, q->facts, about, var, MOST_VARS);
        if (rest.vars > MOST_VARS)
            return false;
        Facts those = facts_marked(a, q->facts, about);
        begin(&s, known_new(a, fact, &those, work));
        if (!search_all(&s))
            return false;
        for (int j = 0; j < n; j++)
            done[j] = done[j] || about[j];
    }
    return true;
}

bool size_refute(Arena *a, const Question *q, const Known *known, long *work, SizeWitness *w)
{
    Search s = {.q = q};
    if (q->vars > MOST_VARS)
        return false;
    begin(&s, known);
    if (!search_all(&s) || !rest_possible(a, q, work))
        return false;
    *w = (SizeWitness){.n = q->vars, .left = s.left, .right = s.right};
    for (int i = 0; i < q->vars; i++) {
        w->var[i] = q->var[i];
        w->value[i] = s.value[i];
    }
    return true;
}
