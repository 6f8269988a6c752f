#include "support/choices.h"

#include <stdlib.h>
#include <string.h>

#include "base/mix.h"

void choices_draw(Choices *c, uint64_t seed)
{
    c->seed = seed;
    c->replay = false;
    c->n = c->nspan = c->given = 0;
}

void choices_replay(Choices *c, const uint32_t *value, int n)
{
    if (n)
        memmove(c->value, value, sizeof *value * (size_t)n);
    c->replay = true;
    c->given = n;
    c->n = c->nspan = 0;
}

static uint32_t next(Choices *c)
{
    if (c->n >= MOST_CHOICES)
        return 0;
    if (!c->replay)
        c->value[c->n] = (uint32_t)mix64(c->seed, (uint64_t)c->n);
    else if (c->n >= c->given)
        c->value[c->n] = 0;
    return c->value[c->n];
}

static int keep(Choices *c, int chosen)
{
    if (c->n < MOST_CHOICES)
        c->value[c->n++] = (uint32_t)chosen;
    return chosen;
}

int choose(Choices *c, int n)
{
    uint32_t v = next(c);
    return keep(c, c->replay ? (v < (uint32_t)n ? (int)v : 0) : (int)(v % (uint32_t)n));
}

int choose_weighted(Choices *c, const int *weight, int n)
{
    uint32_t v = next(c);
    int      all = 0, i = 0;
    if (c->replay)
        return keep(c, v < (uint32_t)n && weight[v] > 0 ? (int)v : 0);
    for (int k = 0; k < n; k++)
        all += weight[k];
    int at = (int)(v % (uint32_t)all);
    while (at >= weight[i])
        at -= weight[i++];
    return keep(c, i);
}

bool choose_chance(Choices *c, int percent) { return choose_weighted(c, (int[]){100 - percent, percent}, 2) == 1; }

int choice_begin(Choices *c, int kind)
{
    if (c->nspan >= MOST_SPANS)
        return -1;
    c->span[c->nspan] = (ChoiceSpan){kind, c->n, c->n};
    return c->nspan++;
}

void choice_end(Choices *c, int span)
{
    if (span >= 0)
        c->span[span].end = c->n;
}

// ---- reduction ----

typedef struct {
    Choices *c;
    void   (*make)(void *user, Choices *c);
    FailsFn *fails;
    void    *user;
    int      tries;
    uint32_t try[MOST_CHOICES];
} Reducer;

static bool is_simpler(const uint32_t *a, int na, const uint32_t *b, int nb)
{
    while (na && !a[na - 1])  // zeros at the end come by themselves
        na--;
    while (nb && !b[nb - 1])
        nb--;
    if (na != nb)
        return na < nb;
    for (int i = 0; i < na; i++)
        if (a[i] != b[i])
            return a[i] < b[i];
    return false;
}

// Takes the first n numbers of `try` if they still fail and are simpler.
static bool take(Reducer *r, int n)
{
    if (r->tries <= 0 || !is_simpler(r->try, n, r->c->value, r->c->n))
        return false;
    r->tries--;
    if (!r->fails(r->user, r->try, n))
        return false;
    choices_replay(r->c, r->try, n);
    r->make(r->user, r->c);
    return true;
}

// The choices with [begin, end) replaced by `count` numbers.
static int replaced(Reducer *r, int begin, int end, const uint32_t *by, int count)
{
    const Choices *c = r->c;
    if (begin)
        memcpy(r->try, c->value, sizeof *by * (size_t)begin);
    for (int i = 0; i < count; i++)
        r->try[begin + i] = by ? by[i] : 0;
    if (c->n > end)
        memcpy(r->try + begin + count, c->value + end, sizeof *by * (size_t)(c->n - end));
    return begin + count + c->n - end;
}

static bool reduce_span(Reducer *r, int i)
{
    ChoiceSpan s = r->c->span[i];
    if (s.end <= s.begin)
        return false;
    if (take(r, replaced(r, s.begin, s.end, NULL, 0)) || take(r, replaced(r, s.begin, s.end, NULL, 1)) ||
        take(r, replaced(r, s.begin, s.end, NULL, s.end - s.begin)))
        return true;
    for (int k = i + 1; k < r->c->nspan && r->c->span[k].begin < s.end; k++) {
        ChoiceSpan inner = r->c->span[k];
        if (inner.kind == s.kind && inner.end - inner.begin < s.end - s.begin &&
            take(r, replaced(r, s.begin, s.end, r->c->value + inner.begin, inner.end - inner.begin)))
            return true;
    }
    return false;
}

static bool reduce_number(Reducer *r, int i)
{
    uint32_t v = r->c->value[i], less[] = {0, v / 2, v - 1};
    for (int k = 0; v && k < 3; k++)
        if (take(r, replaced(r, i, i + 1, &less[k], 1)))
            return true;
    return v && take(r, replaced(r, i, i + 1, NULL, 0));
}

void choices_reduce(Choices *c, void (*make)(void *user, Choices *c), FailsFn *fails, void *user, int tries)
{
    Reducer *r = malloc(sizeof *r);
    bool     any = r != NULL;
    if (!r)
        return;
    *r = (Reducer){.c = c, .make = make, .fails = fails, .user = user, .tries = tries};
    while (any && r->tries > 0) {
        any = false;
        for (int i = 0; i < c->nspan; i++)
            while (i < c->nspan && reduce_span(r, i))
                any = true;
        for (int i = 0; i < c->n; i++)
            any = reduce_number(r, i) || any;
    }
    free(r);
}
