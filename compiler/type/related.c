// Which facts a question can depend on: the others would only make the linear program larger, and put variables
// into a refutation that have nothing to do with it.
#include "base/vec.h"
#include "type/facts.h"

typedef struct {
    VEC(SizeVar *) at;
} VarSet;

static bool has_var(const VarSet *s, const SizeVar *v)
{
    for (int i = 0; i < s->at.n; i++)
        if (s->at.at[i] == v)
            return true;
    return false;
}

static VarSet vars_of(Arena *a, const Size *x)
{
    VarSet    s = {{0}};
    int       most = size_vars(x, NULL, 0);
    SizeVar **var = ARENA_ARRAY(a, SizeVar *, most + 1);
    int       n = size_vars(x, var, most);
    for (int i = 0; i < n; i++)
        vec_push(a, &s.at, var[i]);
    return s;
}

static void join(Arena *a, VarSet *s, const VarSet *more)
{
    for (int i = 0; i < more->at.n; i++)
        if (!has_var(s, more->at.at[i]))
            vec_push(a, &s->at, more->at.at[i]);
}

static bool meet(const VarSet *a, const VarSet *b)
{
    for (int i = 0; i < a->at.n; i++)
        if (has_var(b, a->at.at[i]))
            return true;
    return false;
}

int facts_about(Arena *a, const Size *x, const Size *b, const Facts *f, bool *about, SizeVar **var, int cap)
{
    int     n = f ? f->n : 0;
    VarSet  all = vars_of(a, x), more = b ? vars_of(a, b) : (VarSet){{0}};
    VarSet *of = ARENA_ARRAY(a, VarSet, n + 1);
    bool    grown = true;
    join(a, &all, &more);
    for (int i = 0; i < n; i++)
        of[i] = vars_of(a, f->nonneg[i]);
    while (grown) {
        grown = false;
        for (int i = 0; i < n; i++)
            if (!about[i] && (of[i].at.n == 0 || meet(&all, &of[i]))) {
                about[i] = grown = true;
                join(a, &all, &of[i]);
            }
    }
    for (int i = 0; i < all.at.n && i < cap; i++)
        var[i] = all.at.at[i];
    return all.at.n;
}

Facts facts_marked(Arena *a, const Facts *f, const bool *about)
{
    int   n = f ? f->n : 0;
    Facts out = {ARENA_ARRAY(a, const Size *, n + 1), 0};
    for (int i = 0; i < n; i++)
        if (about[i])
            out.nonneg[out.n++] = f->nonneg[i];
    return out;
}

