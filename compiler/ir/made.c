// Sizes that loops make: what is over such an axis needs the loop, even where it takes no value from it.
#include "ir/region.h"

void region_note_maker(Arena *a, Region *r, Node *n)
{
    if (region_made(n))
        vec_push(a, &r->makers, n);
}

static bool size_mentions(const Size *s, const SizeVar *v)
{
    SizeVar *var[16];
    int      n = s ? size_vars(s, var, 16) : 0;
    for (int i = 0; i < n && i < 16; i++)
        if (var[i] == v)
            return true;
    return false;
}

static bool axes_mention(Axis *const *ax, int n, const SizeVar *v)
{
    for (int i = 0; i < n; i++)
        if (size_mentions(ax[i]->size, v))
            return true;
    return false;
}

static bool mentions(const Node *n, const SizeVar *v)
{
    if (axes_mention(n->type.axes.at, n->type.axes.n, v) || size_mentions(n->attr.size, v) ||
        axes_mention(n->attr.bx, n->attr.nbx, v) || (region_made(n) != v && axes_mention(n->attr.ax, n->attr.nax, v)))
        return true;
    for (int k = 0; k < 2; k++)
        for (int i = 0; n->body[k] && i < n->body[k]->nodes.n; i++)
            if (mentions(n->body[k]->nodes.at[i], v))
                return true;
    return false;
}

int region_makers(const Node *n, Node **out, int most)
{
    const Region *r = n->home;
    int           found = 0;
    for (int i = 0; r && i < r->makers.n && found < most; i++)
        if (r->makers.at[i]->id < n->id && mentions(n, region_made(r->makers.at[i])))
            out[found++] = r->makers.at[i];
    return found;
}
