// Expressions of random programs: each form makes one with exactly the axes that are wanted, or says that it cannot.
#include "support/source_gen.h"

Width wider(Width a, Width b) { return a > b ? a : b; }

static GenType type_of(Kind k, Set axes) { return (GenType){.kind = k, .axes = axes}; }

bool found(Ex *out, const char *text, Kind kind, Width w, Set axes, double most)
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

static Set packs(const Gen *g, Set s)
{
    Set out = 0;
    for (int i = 0; i < g->naxes; i++)
        out |= g->axis[i].pack ? s & BIT(i) : 0;
    return out;
}

// Whole numbers of the positions along these axes: between 0 and less than 8 for each.
const char *positions_text(Gen *g, Set axes)
{
    const char *text = TEXT("%d", choose(g->c, 3));
    for (int i = 0; i < g->naxes; i++)
        if (axes & BIT(i) && !g->axis[i].pack)
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
    found(out, TEXT("sin(real(%s))", positions_text(g, axes)), FLOAT, WEAK, axes & ~packs(g, axes), 1);
    return *out = spread(g, *out, axes), true;
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

Set smaller(Gen *g, Set axes) { return choose(g->c, 3) ? axes : pick_subset(g, axes); }

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

int new_axis(Gen *g, Set axes)
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
    bool        pack = g->axis[k].pack, open = g->axis[k].open && !pack, guarded = r < 5 && !pack && (open || choose_chance(g->c, 25));
    if ((open && r >= 5) || (pack && r > 1))
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
    if (out->most > 30 && r == 0 && !pack)
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

// ---- the choice ----

static const struct {
    Form *make;
    int   weight;
} forms[] = {
    {form_leaf, 12}, {form_map, 16}, {form_binary, 20}, {form_reduce, 9}, {form_contract, 9}, {form_gather, 5}, {form_gather_two, 3}, {form_complex, 3}, {form_half, 2}, {form_matrix, 1}, {form_along, 6},
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
        found(&x, TEXT("(%s)", positions_text(g, axes)), INT, 0, axes & ~packs(g, axes), most);
        x = spread(g, x, axes);
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
        text = spread(g, (Ex){TEXT("((%s) mod %d < %d)", positions_text(g, axes), 2 + choose(g->c, 2), 1 + choose(g->c, 2)), {BOOL, 0, axes & ~packs(g, axes), 0}, 1}, axes).text;
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
        text = spread(g, (Ex){TEXT("%s((%s) mod #%s)", n, positions_text(g, axes), n), {POS, 0, axes & ~packs(g, axes), along}, 0}, axes).text;
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
