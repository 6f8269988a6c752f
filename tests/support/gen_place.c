// Expressions of random programs that move values from place to place: indices, windows, shifts, cuts, segments.
#include "support/source_gen.h"

bool form_gather(Gen *g, Set axes, int depth, Ex *out)
{
    int k = new_axis(g, 0);
    if (k < 0 || g->axis[k].open)
        return false;
    Set own = pick_subset(g, axes & ~BIT(k)), at = axes & ~own;
    Set both = choose(g->c, 3) ? 0 : pick_subset(g, own);  // axes that meet
    if (!fits(g, own | BIT(k)) || at & BIT(k))
        return false;
    Ex x = gen_float(g, own | BIT(k), depth - 1);
    const char *name = g->axis[k].name;
    if (choose_chance(g->c, 30)) {
            Ex i = gen_int(g, at | both, depth - 1);
        int r = choose(g->c, 3);
        const char *pos = r == 2 ? TEXT("%s else %s", i.text, real_text(g)) : r ? TEXT("clamp(%s)", i.text) : TEXT("wrap(%s)", i.text);
        return found(out, TEXT("%s[%s: %s]", x.text, name, pos), FLOAT, x.type.width, axes, fmax(x.most, 2));
    }
    Ex p = gen_pos(g, k, at | both, depth - 1);
    return found(out, TEXT("%s[%s: %s]", x.text, name, p.text), FLOAT, x.type.width, axes, x.most);
}

// The same axis at other places: shifted, turned round, sorted, summed so far.
bool form_along(Gen *g, Set axes, int depth, Ex *out)
{
    int k = pick_axis(g, axes), how = choose(g->c, 9);
    if (k < 0 || (g->axis[k].open && (how != 5 || g->axis[k].pack)))
        return false;
    const char *n = g->axis[k].name, *text;
    Ex   x = gen_within(g, axes, depth - 1, 10);
    double most = x.most, size = (double)g->axis[k].size;
    int  by = 1 + choose(g->c, 3);
    switch (how) {
    case 0: text = TEXT("%s[%s: wrap(%s - %d)]", x.text, n, n, by); break;
    case 1: text = TEXT("%s[%s: clamp(%s + %d)]", x.text, n, n, by); break;
    case 2: text = TEXT("%s[%s: %s - %d else %s]", x.text, n, n, by, real_text(g)); most = fmax(most, 2); break;
    case 3: text = TEXT("reverse[%s](%s)", n, x.text); break;
    case 4: text = TEXT("%s[%s: #%s - 1 - %s]", x.text, n, n, n); break;
    case 5: text = TEXT("cumsum[%s](%s)", n, x.text); most *= size; break;
    case 6: text = TEXT("sort[%s](%s + 0.0113 * real(%s))", n, x.text, n); most += 0.02 * size; break;
    case 7: text = TEXT("cumprod[%s](1.1 + 0.2 * tanh(%s))", n, x.text); most = pow(1.3, size); break;
    default: text = TEXT("cummax[%s](%s + 0.0113 * real(%s))", n, x.text, n); most += 0.02 * size; break;
    }
    return found(out, text, FLOAT, x.type.width, axes, most);
}

bool form_diagonal(Gen *g, Set axes, int depth, Ex *out)
{
    int i = pick_axis(g, axes), j = i < 0 ? -1 : twin_of(g, i);
    if (j < 0 || axes & BIT(j) || g->axis[i].open || !fits(g, axes | BIT(j)))
        return false;
    if (choose(g->c, 2)) {  // a rename
        Ex x = gen_float(g, (axes & ~BIT(i)) | BIT(j), depth - 1);
        return found(out, TEXT("%s[%s -> %s]", x.text, g->axis[j].name, g->axis[i].name), FLOAT, x.type.width, axes, x.most);
    }
    Ex x = gen_float(g, axes | BIT(j), depth - 1);
    return found(out, TEXT("%s[%s: int(%s)]", x.text, g->axis[j].name, g->axis[i].name), FLOAT, x.type.width, axes, x.most);
}

// A window with padding: the offset is another axis of the result.
bool form_padded(Gen *g, Set axes, int depth, Ex *out)
{
    int h = pick_axis(g, axes), k = h < 0 ? -1 : pick_axis(g, axes & ~BIT(h));
    if (h < 0 || k < 0 || g->axis[h].open || g->axis[k].open)
        return false;
    Ex x = gen_float(g, axes & ~BIT(k), depth - 1);
    const char *m = g->axis[h].name, *n = g->axis[k].name;
    const char *at = TEXT("%s + %d * %s - #%s div 2", m, 1 + choose(g->c, 2), n, n);
    int how = choose(g->c, 3);
    const char *pos = how == 0 ? TEXT("%s else %s", at, choose(g->c, 2) ? real_text(g) : "0") : how == 1 ? TEXT("wrap(%s)", at) : TEXT("clamp(%s)", at);
    return found(out, TEXT("%s[%s: %s]", x.text, m, pos), FLOAT, x.type.width, axes, fmax(x.most, 2));
}

// Forms that need a related axis.
bool form_related(Gen *g, Set axes, int depth, Ex *out)
{
    Set can = 0;
    for (int i = 0; i < g->naxes; i++)
        if (axes & BIT(i) && g->axis[i].relation > REL_TWIN && g->visible & BIT(g->axis[i].a) && g->visible & BIT(g->axis[i].b) &&
            !(axes & (BIT(g->axis[i].a) | BIT(g->axis[i].b))))
            can |= BIT(i);
    int i = pick_axis(g, can);
    if (i < 0)
        return false;
    const GenAxis *r = &g->axis[i];
    const char    *n = r->name, *a = g->axis[r->a].name, *b = g->axis[r->b].name;
    Set            rest = axes & ~BIT(i);
    if (r->relation == REL_SUM) {
        Ex x = gen_float(g, rest | BIT(r->a), depth - 1), y = gen_float(g, smaller(g, rest) | BIT(r->b), depth - 1);
        return found(out, TEXT("concat[%s, %s -> %s](%s, %s)", a, b, n, x.text, y.text), FLOAT, wider(x.type.width, y.type.width), axes, fmax(x.most, y.most));
    }
    if (!fits(g, rest | BIT(r->a) | BIT(r->b)))
        return false;
    if (r->relation == REL_PRODUCT) {
        Ex x = gen_float(g, rest | BIT(r->a) | BIT(r->b), depth - 1);
        bool turned = choose(g->c, 2);
        return found(out, TEXT("%s[(%s, %s) -> %s]", x.text, turned ? b : a, turned ? a : b, n), FLOAT, x.type.width, axes, x.most);
    }
    Ex x = gen_float(g, rest | BIT(r->a), depth - 1), w = gen_within(g, pick_subset(g, rest) | BIT(r->b), depth - 1, 3);
    const char *patch = TEXT("%s[%s: %d * %s + %d * %s]", x.text, a, r->step, n, r->gap, b);
    if (r->gap == 1 && choose_chance(g->c, 30))
        return found(out, TEXT("%s_pool[%s, %s, k: %s, step: %d](%s)", choose(g->c, 2) ? "max" : "mean", a, n, b, r->step,
                               kept(g, x)), FLOAT, g->real, axes, x.most);
    if (choose(g->c, 2))
        return found(out, TEXT("mean[%s](%s)", b, patch), FLOAT, x.type.width, axes, x.most);
    return found(out, TEXT("(%s @[%s] %s / #%s)", patch, b, w.text, b), FLOAT, wider(x.type.width, w.type.width), axes, x.most * w.most);
}

// Its parts: what is merged is split, what is concatenated cut.
bool form_part(Gen *g, Set axes, int depth, Ex *out)
{
    Set can = 0;
    for (int i = 0; i < g->naxes; i++) {
        const GenAxis *r = &g->axis[i];
        Set            ab = BIT(r->a) | BIT(r->b);
        if (!(g->visible & BIT(i)) || axes & BIT(i))
            continue;
        if ((r->relation == REL_PRODUCT && !(ab & ~axes)) || (r->relation == REL_SUM && (ab & axes) == BIT(r->a)))
            can |= BIT(i);
    }
    int i = pick_axis(g, can);
    if (i < 0)
        return false;
    const GenAxis *r = &g->axis[i];
    Set            rest = axes & ~BIT(r->a);
    if (r->relation == REL_SUM) {
        if (!fits(g, rest | BIT(i)))
            return false;
        Ex x = gen_float(g, rest | BIT(i), depth - 1);
        return found(out, TEXT("%s[%s: int(%s)]", x.text, r->name, g->axis[r->a].name), FLOAT, x.type.width, axes, x.most);
    }
    Ex   x = gen_float(g, (rest & ~BIT(r->b)) | BIT(i), depth - 1);
    bool turned = choose(g->c, 2);
    return found(out, TEXT("%s[%s -> (%s, %s)]", x.text, r->name, g->axis[turned ? r->b : r->a].name, g->axis[turned ? r->a : r->b].name),
                 FLOAT, x.type.width, axes, x.most);
}

// What segments are reduced by; `before` and `after` keep what is reduced apart from ties, or from nothing.
static const struct {
    const char *name, *before;
    double      within;
    bool        smooth, instead, apart;
} segment_kinds[] = {
    {"sum", "", 5, true, false, false},      {"max", "", 5, true, true, true},   {"min", "", 5, true, true, true},
    {"prod", "1.1 + ", 0.4, true, false, false}, {"mean", "", 5, true, true, false}, {"norm", "1.7 + ", 1, true, true, false},
    {"logsumexp", "", 5, true, true, false}, {"var", "", 5, true, true, false},
};

bool form_segments(Gen *g, Set axes, int depth, Ex *out)
{
    int n = pick_axis(g, axes), e = n < 0 ? -1 : new_axis(g, axes);
    int op = choose_weighted(g->c, (int[]){5, 1, 1, 1, 2, 1, 1, 1}, 8);
    if (e < 0 || g->axis[n].open || (g->axis[e].open && op))
        return false;
    Ex  m = gen_within(g, (axes & ~BIT(n)) | BIT(e), depth - 1, segment_kinds[op].within), dst = gen_pos(g, n, BIT(e), depth - 1);
    const char *a = g->axis[e].name, *b = g->axis[n].name;
    const char *instead = segment_kinds[op].instead ? TEXT(" else %s", real_text(g)) : "";
    const char *apart = segment_kinds[op].apart ? TEXT(" + 0.0113 * real(%s)", a) : "";
    const char *text = TEXT("%s[%s -> %s: %s%s](%s%s%s)", segment_kinds[op].name, a, b, dst.text, instead, segment_kinds[op].before, m.text, apart);
    double      size = (double)g->axis[e].size;
    return found(out, text, FLOAT, m.type.width, axes, op == 0 ? m.most * size : op == 3 ? pow(1.5, size) : op == 5 ? 3 * size : op == 7 ? 25 : m.most + 2 + size);
}

// ---- several positions at once ----

// `axis: position`, of some rule; `instead`: what an `else` gives.
static const char *position_item(Gen *g, int along, Set axes, int depth, const char *instead)
{
    const char *n = g->axis[along].name;
    switch (choose_weighted(g->c, (int[]){4, 1, 1, 2}, 4)) {
    case 0: return TEXT("%s: %s", n, gen_pos(g, along, axes, depth).text);
    case 1: return TEXT("%s: wrap(%s)", n, gen_int(g, axes, depth).text);
    case 2: return TEXT("%s: clamp(%s)", n, gen_int(g, axes, depth).text);
    default: return TEXT("%s: %s else %s", n, gen_int(g, axes, depth).text, instead);
    }
}

bool form_gather_two(Gen *g, Set axes, int depth, Ex *out)
{
    int i = new_axis(g, 0), j = i < 0 ? -1 : new_axis(g, BIT(i));
    if (j < 0 || g->axis[i].open || g->axis[j].open)
        return false;
    Set own = pick_subset(g, axes & ~BIT(i) & ~BIT(j)), at = axes & ~own, first = pick_subset(g, at);
    Set meets = choose(g->c, 3) ? 0 : pick_subset(g, own);
    if (!fits(g, own | BIT(i) | BIT(j)))
        return false;
    Ex          x = gen_float(g, own | BIT(i) | BIT(j), depth - 1);
    const char *instead = choose(g->c, 2) ? "0" : real_text(g);
    const char *p = position_item(g, i, first | meets, depth - 1, instead);
    const char *q = position_item(g, j, (at & ~first) | pick_subset(g, at | meets), depth - 1, instead);
    return found(out, TEXT("%s[%s, %s]", x.text, p, q), FLOAT, x.type.width, axes, fmax(x.most, 2));
}
