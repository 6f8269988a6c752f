// Statements of random programs.
#include <stdarg.h>

#include "support/source_gen.h"

void line(Gen *g, const char *fmt, ...)
{
    char    text[1 << 15];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    buf_printf(&g->text, "%*s%s\n", 2 * g->indent, "", text);
}

const char *fresh(Gen *g, const char *stem) { return TEXT("%s%d", stem, g->names++); }

void local_add(Gen *g, const char *name, GenType t, double most)
{
    if (g->nlocals < MOST_LOCALS)
        g->local[g->nlocals++] = (Local){.name = name, .type = t, .most = most};
}

Set some_axes(Gen *g, int most)
{
    Set s = 0;
    for (int i = choose(g->c, most + 1); i > 0; i--) {
        int k = pick_axis(g, g->visible & ~s);
        if (k >= 0 && fits(g, s | BIT(k)))
            s |= BIT(k);
    }
    return s;
}

int an_axis(Gen *g)
{
    return pick_axis(g, g->visible & ~open_axes(g, g->visible));
}

// In the width that its variable keeps.
const char *kept(Gen *g, Ex x) { return g->real == OWN ? x.text : TEXT("%s(%s)", g->real == WIDE ? "f64" : "f32", x.text); }

GenType kept_type(Gen *g, Set axes) { return (GenType){FLOAT, g->real, axes, 0}; }

// ---- values ----

static bool st_let(Gen *g)
{
    Kind    kind = (Kind)choose_weighted(g->c, (int[]){8, 1, 1, 1}, 4);
    GenType t = {kind, WEAK, some_axes(g, 3), kind == POS ? an_axis(g) : 0};
    Ex      x = gen(g, t, 4);
    const char *name = fresh(g, "v");
    line(g, "let %s = %s", name, x.text);
    local_add(g, name, x.type, x.most);
    g->local[g->nlocals - 1].traced = !g->inside && !g->lambda;
    return true;
}

static bool st_record(Gen *g)
{
    Ex x = gen_float(g, some_axes(g, 2), 3), y = gen_float(g, some_axes(g, 2), 3);
    const char *name = fresh(g, "r"), *other = fresh(g, "r");
    if (choose(g->c, 2)) {
        line(g, "let (%s, %s) = (%s, %s)", name, other, x.text, y.text);
        local_add(g, name, x.type, x.most);
        local_add(g, other, y.type, y.most);
        return true;
    }
    line(g, "let %s = (h: %s, c: %s)", name, x.text, y.text);
    line(g, "let %s = 0.7 * %s + 0.2 * %s", other, name, name);
    local_add(g, TEXT("%s.h", name), x.type, x.most);
    local_add(g, TEXT("%s.c", other), y.type, y.most);
    return true;
}

static bool st_axis(Gen *g)
{
    int a = an_axis(g);
    const char *name = fresh(g, "s");
    if (a < 0 || g->inside)
        return false;
    line(g, "axis %s = #%s", name, g->axis[a].name);
    return axis_add(g, (GenAxis){.name = name, .size = g->axis[a].size, .known = g->axis[a].known, .relation = REL_TWIN, .a = a}) >= 0;
}

static bool st_draw(Gen *g)
{
    Set         s = some_axes(g, 2);
    const char *name = fresh(g, "n"), *axes = axis_list(g, s, "");
    int         how = choose(g->c, 6), k = an_axis(g);
    if (!g->draws || g->lambda || g->inside)
        return false;
    const char *bracket = *axes ? TEXT("[%s]", axes) : "";
    GenType     t = {FLOAT, WEAK, s, 0};
    if (how == 0) {
        line(g, "let %s = normal%s", name, bracket);
    } else if (how == 1) {
        line(g, "let %s = uniform%s", name, bracket);
    } else if (how == 2 && k >= 0) {
        line(g, "let %s = permutation[%s]", name, g->axis[k].name);
        t = (GenType){POS, 0, BIT(k), k};
    } else if (how == 3) {
        line(g, "let %s = bernoulli(sigmoid(%s))", name, gen_float(g, s, 2).text);
        t.kind = BOOL;
    } else if (how == 5 && k >= 0 && fits(g, s | BIT(k))) {
        s |= BIT(k);
        line(g, "let %s = same[%s](normal[%s])", name, g->axis[k].name, axis_list(g, s, ""));
        t.axes = s;
    } else if (k >= 0 && !(s & BIT(k)) && fits(g, s | BIT(k))) {
        line(g, "let %s = categorical[%s](%s)", name, g->axis[k].name, gen_float(g, s | BIT(k), 2).text);
        t = (GenType){POS, 0, s, k};
    } else {
        return false;
    }
    local_add(g, name, t, 7);
    return true;
}

static bool st_instance(Gen *g)
{
    Set can = 0;
    for (int i = 0; i < g->nfn; i++)
        if (g->fn[i].block && !g->fn[i].instance)
            can |= BIT(i);
    if (!g->draws || !can || g->inside || g->nfn >= MOST_FNS)
        return false;
    int n = choose(g->c, set_size(can)), i = 0;
    for (; n || !(can & BIT(i)); i++)
        n -= (can & BIT(i)) != 0;
    Fn  f = g->fn[i];
    Set to[MOST_HEADER] = {0};
    if (!bind_axes(g, &f, 0, true, to) || !bound_fn(g, &f, to))
        return false;
    const char *bracket = bracket_text(g, &g->fn[i], to, 0, 2), *name = fresh(g, "net");
    line(g, "let %s = %s%s", name, f.name, *bracket ? bracket : "[]");
    f.name = name;
    f.instance = true;
    f.nheader = 0;
    f.takes = TAKES_NONE;
    g->fn[g->nfn++] = f;
    return true;
}

// A layer of the library, an instance of its own, with parameters of its own or supplied.
static bool st_layer(Gen *g)
{
    int a = an_axis(g), b = an_axis(g), how = choose(g->c, 5);
    if (!g->draws || g->inside || g->lambda || a == b || g->axis[a].size > 40 || g->axis[b].size > 40)
        return false;
    Set rest = some_axes(g, 1) & ~BIT(a) & ~BIT(b);
    const char *y = fresh(g, "y"), *name = fresh(g, "l"), *i = g->axis[a].name, *o = g->axis[b].name;
    Ex x = gen_within(g, rest | BIT(a), 3, 3);
    GenType t = kept_type(g, rest | (how < 3 ? BIT(b) : BIT(a)));
    if (!fits(g, t.axes | BIT(a)))
        return false;
    if (how == 0)
        line(g, "let %s = %s |> Linear[%s -> %s] as %s |> tanh", y, kept(g, x), i, o, name);
    else if (how == 1)
        line(g, "let %s = tanh(%s |> Linear[%s -> %s] with (w: %s[%s -> ins, %s -> outs], b: 0) as %s)", y, kept(g, x), i, o,
             kept(g, gen_within(g, BIT(a) | BIT(b), 2, 2)), i, o, name);
    else if (how == 2)
        line(g, "let %s = %s |> Linear[%s -> %s] as %s |> tanh |> Linear[%s -> %s] as %sb", y, kept(g, x), i, i, name, i, o, name);
    else if (how == 3)
        line(g, "let %s = %s |> LayerNorm[%s] as %s", y, kept(g, x), i, name);
    else
        line(g, "let %s = %s |> Residual[(v) => 0.5 * tanh(v)] as %s", y, kept(g, x), name);
    local_add(g, y, t, how < 3 ? 5 : 10);
    return true;
}

static bool st_repeat(Gen *g)
{
    int a = an_axis(g), d = an_axis(g);
    if (!g->draws || g->inside || g->lambda || g->axis[a].size > 9 || g->axis[d].size > 4 || a == d)
        return false;
    const char *h = fresh(g, "h"), *l = fresh(g, "l"), *i = fresh(g, "i"), *n = g->axis[a].name;
    line(g, "var %s = %s", h, kept(g, gen_within(g, BIT(a), 2, 2)));
    local_add(g, h, kept_type(g, BIT(a)), 2);
    line(g, "repeat %s in %s {", i, g->axis[d].name);
    line(g, "  %s = %s", h, g->real == OWN ? TEXT("%s |> Linear[%s -> %s] as %s |> tanh", h, n, n, l)
                                            : TEXT("%s(%s |> Linear[%s -> %s] as %s |> tanh)", g->real == WIDE ? "f64" : "f32", h, n, n, l));
    line(g, "}");
    return true;
}

// ---- loops ----

const char *begin_variable(Gen *g, Set axes, int depth)
{
    Ex          x = gen_within(g, axes, depth, 2);
    const char *name = fresh(g, "s");
    line(g, "var %s = %s", name, kept(g, x));
    local_add(g, name, kept_type(g, axes), 2);
    return name;
}

static void assign(Gen *g, const char *name, Set axes, int depth)
{
    line(g, "%s = %s", name, kept(g, gen_within(g, axes, depth, 2)));
}

static void maybe_break(Gen *g)
{
    if (choose_chance(g->c, 15))
        line(g, "if %s { break }", gen_bool(g, 0, 2).text);
}

void inner_statements(Gen *g)
{
    if (g->inside < 2)
        gen_statements(g, 0, 2);
}

Mark loop_begin(Gen *g)
{
    Mark m = {g->nlocals, g->nfn, g->visible};
    g->inside++;
    g->indent++;
    return m;
}

void loop_end(Gen *g, Mark m)
{
    g->nlocals = m.locals;
    g->nfn = m.fns;
    g->visible = m.visible;
    g->inside--;
    g->indent--;
    line(g, "}");
}

static bool st_for(Gen *g)
{
    Set         s = some_axes(g, 2);
    const char *v = begin_variable(g, s, 2), *i = fresh(g, "i");
    int         k = choose(g->c, 2) ? an_axis(g) : -1;
    if (k >= 0 && g->axis[k].size > 40)
        k = -1;
    if (k >= 0)
        line(g, "for %s in %s {", i, g->axis[k].name);
    else
        line(g, "for %s in 0..%d {", i, choose(g->c, 5));
    Mark m = loop_begin(g);
    local_add(g, i, k >= 0 ? (GenType){POS, 0, 0, k} : (GenType){INT, 0, 0, 0}, 40);
    inner_statements(g);
    assign(g, v, s, 3);
    maybe_break(g);
    loop_end(g, m);
    return true;
}

static bool st_yield(Gen *g)
{
    int k = an_axis(g);
    Set s = some_axes(g, 2);
    if (k < 0 || s & BIT(k) || g->axis[k].size > 40 || !fits(g, s | BIT(k)))
        return false;
    const char *v = choose(g->c, 2) ? begin_variable(g, s, 2) : NULL, *y = fresh(g, "y"), *i = fresh(g, "i");
    line(g, "let %s = for %s in %s {", y, i, g->axis[k].name);
    Mark m = loop_begin(g);
    local_add(g, i, (GenType){POS, 0, 0, k}, 40);
    inner_statements(g);
    if (v)
        assign(g, v, s, 3);
    line(g, "yield %s", kept(g, gen_within(g, s, 3, 10)));
    loop_end(g, m);
    local_add(g, y, kept_type(g, s | BIT(k)), 10);
    return true;
}

static bool st_while(Gen *g)
{
    Set         s = choose(g->c, 2) ? some_axes(g, 2) : 0;
    const char *v = begin_variable(g, s, 2), *n = fresh(g, "n");
    line(g, "var %s = 0", n);
    local_add(g, n, (GenType){INT, 0, 0, 0}, 6);
    line(g, "while %s < %d and %s {", n, 1 + choose(g->c, 5), s ? gen_bool(g, 0, 2).text : TEXT("%s < 0.8537", v));
    Mark m = loop_begin(g);
    inner_statements(g);
    assign(g, v, s, 3);
    line(g, "%s = %s + 1", n, n);
    maybe_break(g);
    loop_end(g, m);
    return true;
}

static bool st_update(Gen *g)
{
    int k = an_axis(g);
    Set s = some_axes(g, 1);
    if (k < 0 || s & BIT(k) || g->axis[k].size > 40 || !fits(g, s | BIT(k)))
        return false;
    const char *v = begin_variable(g, s | BIT(k), 2), *n = g->axis[k].name, *op = choose(g->c, 2) ? "+=" : "=";
    if (choose(g->c, 2)) {
        line(g, "%s[%s: %s] %s %s", v, n, gen_pos(g, k, 0, 2).text, op, kept(g, gen_within(g, s, 3, 1)));
        return true;
    }
    const char *i = fresh(g, "i");
    line(g, "for %s in %s {", i, n);
    Mark m = loop_begin(g);
    local_add(g, i, (GenType){POS, 0, 0, k}, 40);
    inner_statements(g);
    const char *at = choose(g->c, 2) ? i : gen_pos(g, k, 0, 2).text;
    line(g, "%s[%s: %s] %s %s", v, n, at, op, kept(g, gen_within(g, s, 3, 1)));
    maybe_break(g);
    loop_end(g, m);
    return true;
}

static bool st_if(Gen *g)
{
    Set         s = some_axes(g, 2);
    const char *v = begin_variable(g, s, 2);
    line(g, "if %s {", gen_bool(g, 0, 3).text);
    Mark m = loop_begin(g);
    inner_statements(g);
    assign(g, v, s, 3);
    loop_end(g, m);
    if (choose(g->c, 2))
        return true;
    g->text.n--;  // the newline: `else` stands behind the brace
    line(g, " else {");
    m = loop_begin(g);
    assign(g, v, s, 3);
    loop_end(g, m);
    return true;
}

// ---- derivatives ----

static bool st_jvp(Gen *g)
{
    Set p = some_axes(g, 2), r = some_axes(g, 2);
    if (g->lambda > 1)
        return false;
    Ex  body, x = gen_within(g, p, 2, 3), d = gen_within(g, p, 2, 3);
    const char *y = fresh(g, "y"), *t = fresh(g, "t"), *u = fresh(g, "u");
    const char *f = lambda_text(g, p, r, 4, &body, g->real);
    Width       w = wider(g->real, body.type.width);
    int         how = choose(g->c, 3);
    if (how == 0) {
        line(g, "let (%s, %s) = jvp(%s, %s, %s)", y, t, f, kept(g, x), kept(g, d));
    } else if (how == 1) {
        line(g, "let (%s, %s) = linearize(%s, %s)", y, t, f, kept(g, x));
        line(g, "let %s = %s(%s)", u, t, kept(g, d));
        t = u;
    } else {
        Ex c = gen_within(g, r, 2, 3);
        line(g, "let (%s, %s) = vjp(%s, %s)", y, t, f, kept(g, x));
        line(g, "let %s = %s(%s)", u, t, kept(g, c));
        local_add(g, u, (GenType){FLOAT, w, p, 0}, 20);
    }
    local_add(g, y, (GenType){FLOAT, w, r, 0}, body.most);
    if (how != 2)
        local_add(g, t, (GenType){FLOAT, w, r, 0}, 20);
    return true;
}

static bool st_value_and_grad(Gen *g)
{
    Set p = some_axes(g, 2);
    if (g->lambda > 1)
        return false;
    Ex  body, x = gen_within(g, p, 2, 3);
    const char *y = fresh(g, "y"), *t = fresh(g, "g"), *f = lambda_text(g, p, 0, 4, &body, g->real);
    line(g, "let (%s, %s) = value_and_grad(%s)(%s)", y, t, f, kept(g, x));
    local_add(g, y, kept_type(g, 0), body.most);
    local_add(g, t, kept_type(g, p), 20);
    return true;
}

static bool st_matrix(Gen *g)
{
    int n = an_axis(g), d = n < 0 ? -1 : twin_of(g, n);
    if (d < 0 || g->axis[n].size > 9 || g->lambda || !fits(g, BIT(n) | BIT(d)))
        return false;
    Ex  body, x = gen_within(g, BIT(n), 2, 3);
    bool twice = choose(g->c, 2);
    const char *h = fresh(g, "h"), *f = lambda_text(g, BIT(n), 0, 3, &body, g->real);
    line(g, "let %s = %s[%s -> %s](%s)(%s)", h, twice ? "hessian" : "jacobian", g->axis[n].name, g->axis[d].name, f, kept(g, x));
    local_add(g, h, kept_type(g, twice ? BIT(n) | BIT(d) : BIT(d)), 20);
    return true;
}

// ---- the choice ----

static const struct {
    Statement *make;
    int        weight;
    bool       loop;
} statements[] = {
    {st_let, 20, false}, {st_record, 3, false}, {st_axis, 1, false}, {st_draw, 3, false}, {st_instance, 4, false}, {st_layer, 3, false}, {st_repeat, 1, false},
    {st_for, 4, true}, {st_yield, 4, true}, {st_while, 3, true}, {st_update, 4, true}, {st_if, 3, true},
    {st_jvp, 3, false}, {st_value_and_grad, 2, false}, {st_matrix, 1, false}, {st_nested, 3, false}, {st_filter, 3, false}, {st_local_function, 2, false},
    {st_record_loop, 3, true}, {st_update_two, 2, true},
};
enum { STATEMENTS = sizeof statements / sizeof *statements };

void gen_statements(Gen *g, int least, int most)
{
    int weight[STATEMENTS + 1] = {8};
    for (int i = 0; i < STATEMENTS; i++)
        weight[i + 1] = statements[i].weight;
    for (int i = 0; i < most; i++) {
        int span = choice_begin(g->c, SPAN_STATEMENT), k = choose_weighted(g->c, weight, STATEMENTS + 1);
        if (k && g->budget > 0)
            statements[k - 1].make(g);
        else if (i < least && g->budget > 0)
            st_let(g);
        choice_end(g->c, span);
    }
}
