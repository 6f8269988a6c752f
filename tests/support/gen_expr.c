// Expressions of random programs: each form makes one with exactly the axes that are wanted, or says that it cannot.
#include "support/source_gen.h"

typedef bool Form(Gen *g, Set axes, int depth, Ex *out);

Width wider(Width a, Width b) { return a > b ? a : b; }

static GenType type_of(Kind k, Set axes) { return (GenType){.kind = k, .axes = axes}; }

static bool found(Ex *out, const char *text, Kind kind, Width w, Set axes, double most)
{
    *out = (Ex){text, {kind, w, axes, 0}, most};
    return true;
}

// ---- leaves ----

const char *real_text(Gen *g) { return TEXT("%d.%d37", choose(g->c, 2), choose(g->c, 9)); }

Ex spread(Gen *g, Ex x, Set axes)
{
    Set more = axes & ~x.type.axes;
    if (!more)
        return x;
    x.text = TEXT("%s[%s]", x.text, axis_list(g, more, "+"));
    x.type.axes = axes;
    return x;
}

// Whole numbers of the positions along these axes: between 0 and less than 8 for each.
static const char *positions_text(Gen *g, Set axes)
{
    const char *text = TEXT("%d", choose(g->c, 3));
    for (int i = 0; i < g->naxes; i++)
        if (axes & BIT(i))
            text = TEXT("%s + %d * %s", text, 1 + choose(g->c, 3), g->axis[i].name);
    return text;
}

static bool usable(const Gen *g, const Local *l, GenType want)
{
    return l->type.kind == want.kind && (want.kind != POS || l->type.along == want.along) && !(l->type.axes & ~g->visible);
}

static int pick_local(Gen *g, GenType want, bool larger)
{
    int fit[MOST_LOCALS], n = 0;
    for (int i = g->nlocals - 1; i >= 0; i--) {
        const Local *l = &g->local[i];
        bool         good = larger ? (l->type.axes & ~want.axes) && !(want.axes & ~l->type.axes) : !(l->type.axes & ~want.axes);
        if (usable(g, l, want) && good && (!larger || !open_axes(g, l->type.axes & ~want.axes)))
            fit[n++] = i;
    }
    return n ? fit[choose(g->c, n)] : -1;
}

static Ex local_text(Gen *g, int i) { return (Ex){TEXT("%s", g->local[i].name), g->local[i].type, g->local[i].most}; }

static bool form_leaf(Gen *g, Set axes, int depth, Ex *out)
{
    (void)depth;
    int i = pick_local(g, type_of(FLOAT, axes), false);
    if (i >= 0 && (!axes || choose(g->c, 4)))
        return *out = spread(g, local_text(g, i), axes), true;
    if (!axes)
        return found(out, real_text(g), FLOAT, WEAK, 0, 1.9);
    if (choose(g->c, 2))
        return found(out, TEXT("(%s * ones[%s])", real_text(g), axis_list(g, axes, "")), FLOAT, WEAK, axes, 1.9);
    return found(out, TEXT("sin(real(%s))", positions_text(g, axes)), FLOAT, WEAK, axes, 1);
}

// Something larger, at one position or summed.
static bool form_less(Gen *g, Set axes, int depth, Ex *out)
{
    (void)depth;
    int i = pick_local(g, type_of(FLOAT, axes), true);
    if (i < 0)
        return false;
    Ex  x = local_text(g, i);
    Set more = x.type.axes & ~axes;
    if (choose(g->c, 2)) {
        x.text = TEXT("mean[%s](%s)", axis_list(g, more, ""), x.text);
    } else {
        const char *at = "";
        for (int k = 0; k < g->naxes; k++)
            if (more & BIT(k))
                at = TEXT("%s%s%s: %d", at, *at ? ", " : "", g->axis[k].name,
                          g->axis[k].known ? choose(g->c, (int)g->axis[k].size) : 0);
        x.text = TEXT("%s[%s]", x.text, at);
    }
    x.type.axes = axes;
    *out = x;
    return true;
}

// ---- element by element ----

Ex squashed(Gen *g, Ex x, double most)
{
    if (x.most <= most)
        return x;
    x.text = most >= 1 ? TEXT("tanh(%s)", x.text) : TEXT("(%g * tanh(%s))", most, x.text);
    x.most = most >= 1 ? 1 : most;
    return x;
}

Ex gen_within(Gen *g, Set axes, int depth, double most) { return squashed(g, gen_float(g, axes, depth), most); }

// The pattern around an operand that is squashed to at most `within`; then no larger than `most` (0: as the operand).
typedef struct {
    const char *before, *after;
    double      within, most;
    bool        rough;
} Around;

static const Around arounds[] = {
    {"tanh(", ")", 1e9, 1, false},
    {"(-", ")", 1e9, 0, false},
    {"sin(", ")", 1e9, 1, false},
    {"cos(", ")", 1e9, 1, false},
    {"exp(", ")", 2, 7.5, false},
    {"log(1.3 + ", "^2)", 100, 10, false},
    {"sqrt(0.4 + ", "^2)", 1e3, 1001, false},
    {"(", ")^2", 10, 100, false},
    {"(", ")^3", 4, 64, false},
    {"((1.2 + ", "^2)^0.7)", 10, 26, false},
    {"((1.3 + ", "^2)^(-1.5))", 10, 1, false},
    {"sigmoid(", ")", 1e9, 1, false},
    {"softplus(", ")", 30, 31, false},
    {"relu(0.137 + ", ")", 1e9, 0, false},
    {"abs(0.0713 + ", ")", 1e9, 0, false},
    {"expm1(", ")", 2, 7, false},
    {"log1p(", "^2)", 100, 10, false},
    {"rsqrt(0.6 + ", "^2)", 1e3, 1.3, false},
    {"atan(", ")", 1e9, 1.6, false},
    {"asin(0.8 * tanh(", "))", 1e9, 1, false},
    {"acos(0.7 * sin(", "))", 1e9, 3.2, false},
    {"tan(", ")", 1, 1.6, false},
    {"sinh(", ")", 2, 4, false},
    {"cosh(", ")", 2, 4, false},
    {"erf(", ")", 1e9, 1, false},
    {"erfc(", ")", 3, 2, false},
    {"clamp(", ", -0.713, 0.877)", 1e9, 1, false},
    {"stop(", ")", 1e9, 0, false},
    {"gelu(", ")", 1e9, 0, false},
    {"floor(0.0137 + 3.1 * ", ")", 100, 311, true},
    {"round(0.0137 + 3.1 * ", ")", 100, 311, true},
    {"sign(0.0137 + ", ")", 1e9, 1, true},
};

static bool form_map(Gen *g, Set axes, int depth, Ex *out)
{
    const Around *m = &arounds[choose(g->c, (int)(sizeof arounds / sizeof *arounds))];
    if (m->rough && g->smooth)
        return false;
    Ex x = gen_within(g, axes, depth - 1, m->within);
    g->stops = g->stops || !strcmp(m->before, "stop(");
    *out = x;
    out->text = TEXT("%s%s%s", m->before, x.text, m->after);
    if (*m->before == '(' && m->before[1] == 0)
        out->text = TEXT("(%s)", out->text);
    out->most = m->most > 0 ? m->most : x.most + 0.2;
    return true;
}

static Set smaller(Gen *g, Set axes) { return choose(g->c, 3) ? axes : pick_subset(g, axes); }

static bool form_binary(Gen *g, Set axes, int depth, Ex *out)
{
    static const char *const op[] = {"+", "-", "*", "/", "max", "min", "atan2"};
    int  k = choose_weighted(g->c, (int[]){4, 4, 5, 2, 1, 1, 1}, 7);
    bool turned = choose(g->c, 2);
    Ex   x = gen_float(g, axes, depth - 1), y = gen_float(g, smaller(g, axes), depth - 1);
    if (k == 3 || k == 6)
        y = (Ex){TEXT("(1.1 + %s^2)", y.text), y.type, y.most * y.most + 1.1};
    if (turned && k != 3 && k != 6) {
        Ex t = x;
        x = y;
        y = t;
    }
    Width       w = wider(x.type.width, y.type.width);
    const char *shift = k == 4 || k == 5 ? "0.0171 + " : "";
    const char *text = k < 4 ? TEXT("(%s %s %s)", x.text, op[k], y.text) : TEXT("%s(%s%s, %s)", op[k], shift, x.text, y.text);
    double      most = k == 2 ? x.most * y.most : k == 3 ? x.most : k == 6 ? 4 : x.most + y.most + 0.1;
    return found(out, text, FLOAT, w, axes, most);
}

static bool form_if(Gen *g, Set axes, int depth, Ex *out)
{
    Ex c = gen_bool(g, smaller(g, axes), depth - 1), x = gen_float(g, axes, depth - 1), y = gen_float(g, smaller(g, axes), depth - 1);
    y = spread(g, y, axes);  // a condition that is known when compiled picks a side, and its axes
    if (choose_chance(g->c, 25))  // only defined on its side
        return x = squashed(g, x, 100),
               found(out, TEXT("(if %s > 0.0193 then sqrt(%s) else %s)", x.text, x.text, y.text), FLOAT,
                     wider(x.type.width, y.type.width), axes, fmax(10, y.most));
    return found(out, TEXT("(if %s then %s else %s)", c.text, x.text, y.text), FLOAT, wider(x.type.width, y.type.width), axes,
                 fmax(x.most, y.most));
}

static bool form_from_int(Gen *g, Set axes, int depth, Ex *out)
{
    Ex x = gen_int(g, axes, depth - 1);
    return found(out, TEXT("real(%s)", x.text), FLOAT, WEAK, axes, x.most);
}

// ---- reductions and contractions ----

static int new_axis(Gen *g, Set axes)
{
    Set can = 0;
    for (int i = 0; i < g->naxes; i++)
        if (g->visible & BIT(i) && !(axes & BIT(i)) && fits(g, axes | BIT(i)))
            can |= BIT(i);
    return pick_axis(g, can);
}

static bool form_reduce(Gen *g, Set axes, int depth, Ex *out)
{
    static const char *const op[] = {"sum", "mean", "max", "min", "prod", "var", "logsumexp", "norm", "std"};
    int k = new_axis(g, axes), r = choose_weighted(g->c, (int[]){6, 4, 2, 2, 1, 1, 1, 1, 1}, 9);
    if (k < 0)
        return false;
    Ex          x = gen_within(g, axes | BIT(k), depth - 1, r == 4 ? 0.4 : 30);
    const char *name = g->axis[k].name, *guard = "", *instead = "";
    bool        open = g->axis[k].open, guarded = r < 5 && (open || choose_chance(g->c, 25));
    if (open && r >= 5)
        return false;
    if (guarded) {
        guard = TEXT(" where %s", gen_bool(g, smaller(g, axes | BIT(k)), depth - 2).text);
        instead = r == 1 || r == 2 || r == 3 ? TEXT(" else %s", real_text(g)) : "";
    }
    const char *inner = r == 4 ? TEXT("1.1 + %s", x.text) : r == 2 || r == 3 ? TEXT("%s + 0.0113 * real(%s)", x.text, name)
                        : r >= 7 ? TEXT("%s + 0.717 + real(%s)", x.text, name) : x.text;
    double      size = (double)g->axis[k].size;
    const char *text = TEXT("%s[%s%s%s](%s)", op[r], name, guard, instead, inner);
    if (r == 8)  // of one value it is 0, where the root has no derivative
        text = TEXT("sqrt(0.2 + var[%s](%s))", name, inner);
    double most = r == 0 ? x.most * size : r == 4 ? pow(1.5, size) : r == 5 || r >= 7 ? (x.most + size) * size * 4 : x.most + 0.02 * size + log(size + 1);
    *out = (Ex){text, {FLOAT, x.type.width, axes, 0}, r == 5 ? x.most * x.most * 4 : most};
    if (out->most > 30 && r == 0)
        *out = (Ex){TEXT("(%s / #%s)", text, name), {FLOAT, x.type.width, axes, 0}, x.most};
    return !open || r == 0 || guarded;
}

static bool form_contract(Gen *g, Set axes, int depth, Ex *out)
{
    int k = new_axis(g, axes);
    if (k < 0)
        return false;
    Set left = pick_subset(g, axes), right = (axes & ~left) | pick_subset(g, left & axes);
    Ex  x = gen_within(g, left | BIT(k), depth - 1, 10), y = gen_within(g, right | BIT(k), depth - 1, 10);
    const char *name = g->axis[k].name;
    double      most = x.most * y.most * (double)g->axis[k].size;
    const char *text = TEXT("(%s @[%s] %s)", x.text, name, y.text);
    if (most > 30 && !g->axis[k].open) {
        text = TEXT("(%s / #%s)", text, name);
        most /= (double)g->axis[k].size;
    }
    return found(out, text, FLOAT, wider(x.type.width, y.type.width), axes, most);
}

static bool form_softmax(Gen *g, Set axes, int depth, Ex *out)
{
    int k = pick_axis(g, axes);
    if (k < 0 || g->axis[k].open)
        return false;
    Ex x = gen_within(g, axes, depth - 1, 10);
    const char *name = g->axis[k].name;
    if (choose(g->c, 2))
        return found(out, TEXT("softmax[%s](%s)", name, x.text), FLOAT, x.type.width, axes, 1);
    // under a guard: it is read through a sum, a product, or filled by an addition
    Ex c = gen_bool(g, smaller(g, axes), depth - 2), y = gen_float(g, axes, depth - 1);
    return found(out, TEXT("(%s + softmax[%s where %s](%s))", y.text, name, c.text, x.text), FLOAT,
                 wider(x.type.width, y.type.width), axes, y.most + 1);
}

// ---- positions ----

static bool form_gather(Gen *g, Set axes, int depth, Ex *out)
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
static bool form_along(Gen *g, Set axes, int depth, Ex *out)
{
    int k = pick_axis(g, axes), how = choose(g->c, 9);
    if (k < 0 || (g->axis[k].open && how != 5))
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

static bool form_diagonal(Gen *g, Set axes, int depth, Ex *out)
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
static bool form_padded(Gen *g, Set axes, int depth, Ex *out)
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
static bool form_related(Gen *g, Set axes, int depth, Ex *out)
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
static bool form_part(Gen *g, Set axes, int depth, Ex *out)
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

static bool form_segments(Gen *g, Set axes, int depth, Ex *out)
{
    int n = pick_axis(g, axes), e = n < 0 ? -1 : new_axis(g, axes);
    if (e < 0 || g->axis[n].open)
        return false;
    int op = g->smooth ? 0 : choose_weighted(g->c, (int[]){5, 1, 1, 1}, 4);
    static const char *const name[] = {"sum", "max", "min", "prod"};
    Ex  m = gen_within(g, (axes & ~BIT(n)) | BIT(e), depth - 1, op == 3 ? 0.4 : 5), dst = gen_pos(g, n, BIT(e), depth - 1);
    const char *a = g->axis[e].name, *b = g->axis[n].name;
    const char *instead = op == 1 || op == 2 ? TEXT(" else %s", real_text(g)) : "";
    const char *text = TEXT("%s[%s -> %s: %s%s](%s%s)", name[op], a, b, dst.text, instead, op == 3 ? "1.1 + " : "", m.text);
    double      size = (double)g->axis[e].size;
    return found(out, text, FLOAT, m.type.width, axes, op == 0 ? m.most * size : op == 3 ? pow(1.5, size) : fmax(m.most, 2));
}

// Functions of the library that say where things stand.
static bool form_library(Gen *g, Set axes, int depth, Ex *out)
{
    int k = new_axis(g, axes), how = choose(g->c, 6);
    if (k < 0 || g->axis[k].open)
        return false;
    Ex          x = gen_within(g, axes | BIT(k), depth - 1, 10);
    const char *n = g->axis[k].name, *apart = TEXT("%s + 0.0113 * real(%s)", x.text, n), *text;
    double      most = x.most + 0.02 * (double)g->axis[k].size;
    g->stops = g->stops || how > 3;
    switch (how) {
    case 0: text = TEXT("median[%s](%s)", n, apart); break;
    case 1: text = TEXT("quantile[%s](%s, 0.37)", n, apart); break;
    case 2: text = TEXT("(%s)[%s: argmax[%s](%s)]", x.text, n, n, apart); break;
    case 3: text = TEXT("mean[%s](log_softmax[%s](%s))", n, n, x.text); most = 2 * x.most + 4; break;
    case 4: text = TEXT("straight_through(floor(0.0137 + mean[%s](%s)), mean[%s](%s))", n, x.text, n, x.text); most += 1; break;
    default:
        text = TEXT("custom_grad((q: [%s]) => 0.3 * sum[%s](q), (q: [%s], c: []) => c * (0.1 + 0 * q))(%s)", n, n, n, kept(g, squashed(g, x, 1)));
        most = (double)g->axis[k].size;
    }
    return found(out, text, FLOAT, how == 5 ? g->real : x.type.width, axes, most);
}

// A function as an argument, in a bracket or in parentheses, that uses what is around it.
static bool form_function(Gen *g, Set axes, int depth, Ex *out)
{
    int locals = g->nlocals;
    if (g->lambda > 1)
        return false;
    Ex          x = gen_within(g, axes, depth - 1, 2);
    const char *v = fresh(g, "v");
    local_add(g, v, (GenType){FLOAT, g->real, 0, 0}, 2);
    g->lambda++;
    Ex y = gen_within(g, 0, depth - 1, 2);
    g->lambda--;
    g->nlocals = locals;
    return found(out, TEXT("%s((%s: []) => %s, %s)", choose(g->c, 2) ? "twice" : "stepped", v, y.text, kept(g, x)), FLOAT, g->real, axes, 20);
}

static bool form_one_hot(Gen *g, Set axes, int depth, Ex *out)
{
    int k = pick_axis(g, axes);
    if (k < 0)
        return false;
    Ex p = gen_pos(g, k, axes & ~BIT(k), depth - 1);
    return g->axis[k].open ? false : found(out, TEXT("one_hot[%s](%s)", g->axis[k].name, p.text), FLOAT, OWN, axes, 1);
}

static bool form_checkpoint(Gen *g, Set axes, int depth, Ex *out)
{
    int    locals = g->nlocals;
    Ex     x = gen_float(g, some_axes(g, 2), depth - 1);
    const char *name = fresh(g, "u");
    local_add(g, name, x.type, x.most);
    Ex     y = gen_float(g, axes, depth - 1);
    g->nlocals = locals;
    return found(out, TEXT("(checkpoint { let %s = %s; %s })", name, x.text, y.text), FLOAT, y.type.width, axes, y.most);
}

static bool form_fix(Gen *g, Set axes, int depth, Ex *out)
{
    if (g->real == NARROW)
        return false;
    Ex x = gen_within(g, axes, depth - 1, 10), y = gen_within(g, smaller(g, axes), depth - 1, 1);
    const char *z = fresh(g, "z");
    const char *from = kept(g, x);
    return found(out, TEXT("(fix %s = 0.4 * tanh(%s + %s) + %s from %s within 1e-13 at most 200)", z, z, kept(g, y), from, from),
                 FLOAT, g->real, axes, x.most + 1);
}

// ---- the choice ----

static const struct {
    Form *make;
    int   weight;
} forms[] = {
    {form_leaf, 12}, {form_map, 16}, {form_binary, 20}, {form_reduce, 9}, {form_contract, 9}, {form_gather, 5}, {form_along, 6},
    {form_if, 5}, {form_less, 5}, {form_softmax, 3}, {form_from_int, 2}, {form_diagonal, 4}, {form_padded, 4}, {form_related, 8},
    {form_part, 6}, {form_segments, 4}, {form_one_hot, 1}, {form_library, 3}, {form_function, 3}, {form_checkpoint, 2}, {form_fix, 1}, {form_call, 8}, {form_grad, 5},
};
enum { FORMS = sizeof forms / sizeof *forms };

Ex gen_float(Gen *g, Set axes, int depth)
{
    Ex  x;
    int weight[FORMS], span = choice_begin(g->c, SPAN_EXPR + (axes ? 1 : 0));
    for (int i = 0; i < FORMS; i++)
        weight[i] = forms[i].weight;
    bool made = false;
    if (depth > 0 && g->budget-- > 0)
        for (int tries = 0; tries < 3 && !made; tries++)
            made = forms[choose_weighted(g->c, weight, FORMS)].make(g, axes, depth, &x);
    if (!made)
        form_leaf(g, axes, 0, &x);
    choice_end(g->c, span);
    return x.most > 50 ? squashed(g, x, 1) : x;
}

// ---- whole numbers, truths, positions ----

Ex gen_int(Gen *g, Set axes, int depth)
{
    static const char *const op[] = {"+", "-", "*", "div", "mod"};
    Ex  x = {0};
    int span = choice_begin(g->c, SPAN_EXPR + 2), how = depth > 0 ? choose(g->c, 7) : choose(g->c, 2), i = pick_local(g, type_of(INT, axes), false), k;
    if (how == 1 && i >= 0) {
        x = spread(g, local_text(g, i), axes);
    } else if (how == 2) {
        Ex a = gen_int(g, axes, depth - 1), b = gen_int(g, smaller(g, axes), depth - 1);
        k = choose(g->c, 5);
        found(&x, k > 2 ? TEXT("(%s %s (2 + (%s)^2))", a.text, op[k], b.text) : TEXT("(%s %s %s)", a.text, op[k], b.text), INT, 0, axes,
              k == 2 ? a.most * b.most : k == 4 ? b.most * b.most + 2 : a.most + b.most);
        if (k > 2)
            x.text = TEXT("(%s %s (2 + %s mod 5))", a.text, op[k], b.text), x.most = k == 4 ? 7 : a.most + 1;
        if (x.most > 1e4)
            x.text = TEXT("(%s mod 101)", x.text), x.most = 101;
    } else if (how == 3) {
        found(&x, TEXT("int(%s)", gen_bool(g, axes, depth - 1).text), INT, 0, axes, 1);
    } else if (how == 4 && (k = new_axis(g, axes)) >= 0 && !g->axis[k].open) {
        found(&x, TEXT("int(%s)", gen_pos(g, k, axes, depth - 1).text), INT, 0, axes, (double)g->axis[k].size);
    } else if (how == 5 && (k = new_axis(g, axes)) >= 0) {
        Ex a = gen_int(g, axes | BIT(k), depth - 1);
        found(&x, TEXT("sum[%s](%s)", g->axis[k].name, a.text), INT, 0, axes, a.most * (double)g->axis[k].size);
    } else if (how == 6 && (k = new_axis(g, axes)) >= 0) {
        found(&x, TEXT("count_true[%s](%s)", g->axis[k].name, gen_bool(g, axes | BIT(k), depth - 1).text), INT, 0, axes, (double)g->axis[k].size);
    } else {
        double most = 3;
        for (int n = 0; n < g->naxes; n++)
            most += axes & BIT(n) ? 3 * (double)g->axis[n].size : 0;
        found(&x, TEXT("(%s)", positions_text(g, axes)), INT, 0, axes, most);
    }
    choice_end(g->c, span);
    return x;
}

Ex gen_bool(Gen *g, Set axes, int depth)
{
    Ex  x = {0};
    int span = choice_begin(g->c, SPAN_EXPR + 3), how = depth > 0 ? choose(g->c, 6) : choose(g->c, 2), i = pick_local(g, type_of(BOOL, axes), false), k;
    const char *text;
    if (how == 1 && i >= 0)
        text = spread(g, local_text(g, i), axes).text;
    else if (how == 2)
        text = TEXT("(%s %s %s)", gen_float(g, axes, depth - 1).text, choose(g->c, 2) ? "<" : ">=", real_text(g));
    else if (how == 3)
        text = TEXT("(%s %s %s)", gen_bool(g, axes, depth - 1).text, choose(g->c, 2) ? "and" : "or", gen_bool(g, smaller(g, axes), depth - 1).text);
    else if (how == 4)
        text = TEXT("(not %s)", gen_bool(g, axes, depth - 1).text);
    else if (how == 5 && (k = new_axis(g, axes)) >= 0)
        text = TEXT("%s[%s](%s)", choose(g->c, 2) ? "any" : "all", g->axis[k].name, gen_bool(g, axes | BIT(k), depth - 1).text);
    else
        text = TEXT("((%s) mod %d < %d)", positions_text(g, axes), 2 + choose(g->c, 2), 1 + choose(g->c, 2));
    found(&x, text, BOOL, 0, axes, 1);
    choice_end(g->c, span);
    return x;
}

Ex gen_pos(Gen *g, int along, Set axes, int depth)
{
    Ex          x = {0};
    GenType     t = {POS, 0, axes, along};
    const char *n = g->axis[along].name, *text = NULL;
    int span = choice_begin(g->c, SPAN_EXPR + 4), how = depth > 0 ? choose(g->c, 5) : choose(g->c, 2), i = pick_local(g, t, false);
    if (how == 1 && i >= 0)
        text = spread(g, local_text(g, i), axes).text;
    else if (how == 2 && !(axes & BIT(along)) && fits(g, axes | BIT(along)))
        text = TEXT("%s[%s](%s + 0.0113 * real(%s))", choose(g->c, 2) ? "argmax" : "argmin", n, gen_float(g, axes | BIT(along), depth - 1).text, n);
    else if (how == 3 && axes & BIT(along))
        text = TEXT("argsort[%s](%s + 0.0113 * real(%s))", n, gen_float(g, axes, depth - 1).text, n);
    else if (how == 4)
        text = TEXT("%s(%s mod #%s)", n, gen_int(g, axes, depth - 1).text, n);
    else
        text = TEXT("%s((%s) mod #%s)", n, positions_text(g, axes), n);
    x = (Ex){text, t, 0};
    choice_end(g->c, span);
    return x;
}

Ex gen(Gen *g, GenType want, int depth)
{
    switch (want.kind) {
    case FLOAT: return gen_float(g, want.axes, depth);
    case INT: return gen_int(g, want.axes, depth);
    case BOOL: return gen_bool(g, want.axes, depth);
    case POS: return gen_pos(g, want.along, want.axes, depth);
    }
    return gen_float(g, want.axes, depth);
}
