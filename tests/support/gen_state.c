// Statements of random programs with a state of several parts, with axes that data binds, with functions of their own, and
// derivatives of derivatives.
#include "support/source_gen.h"

// Keeps the positions where something holds, and reduces what stands there.
bool st_filter(Gen *g)
{
    int n = an_axis(g);
    if (n < 0 || g->inside || g->lambda || g->axis[n].size > 40)
        return false;
    Set         rest = some_axes(g, 1) & ~BIT(n), visible = g->visible;
    const char *kept = fresh(g, "kept"), *at = fresh(g, "i"), *y = fresh(g, "v"), *from = g->axis[n].name;
    line(g, "axis %s <= #%s", kept, from);
    line(g, "let %s = filter[%s -> %s](%s)", at, from, kept, gen_bool(g, BIT(n), 3).text);
    int k = axis_add(g, (GenAxis){.name = kept, .size = g->axis[n].size, .open = true});
    if (k < 0)
        return true;
    local_add(g, at, (GenType){POS, 0, BIT(k), n}, 0);
    Ex x = gen_float(g, rest | BIT(n), 2);
    line(g, "let %s = %s[%s: %s]", y, x.text, from, at);
    local_add(g, y, (GenType){FLOAT, x.type.width, rest | BIT(k), 0}, x.most);
    Ex          all = gen_within(g, rest | BIT(k), 3, 10);
    const char *v = fresh(g, "v");
    bool        mean = choose(g->c, 2);
    if (mean)
        line(g, "let %s = mean[%s where %s else %s](%s)", v, kept, gen_bool(g, BIT(k), 1).text, real_text(g), all.text);
    else
        line(g, "let %s = sum[%s](%s)", v, kept, all.text);
    g->visible = visible;
    local_add(g, v, (GenType){FLOAT, all.type.width, rest, 0}, all.most * (mean ? 1 : (double)g->axis[n].size) + 2);
    return true;
}

bool st_record_loop(Gen *g)
{
    Set         h = some_axes(g, 2), c = some_axes(g, 1);
    const char *s = fresh(g, "s"), *i = fresh(g, "i");
    line(g, "var %s = (h: %s, c: %s)", s, kept(g, gen_within(g, h, 2, 2)), kept(g, gen_within(g, c, 2, 2)));
    local_add(g, TEXT("%s.h", s), kept_type(g, h), 2);
    local_add(g, TEXT("%s.c", s), kept_type(g, c), 2);
    if (choose(g->c, 2))
        line(g, "for %s in 0..%d {", i, choose(g->c, 5));
    else
        line(g, "for %s in 0..#%s {", i, g->axis[an_axis(g)].name);
    Mark m = loop_begin(g);
    local_add(g, i, (GenType){INT, 0, 0, 0}, 40);
    inner_statements(g);
    if (choose(g->c, 2))
        line(g, "%s.h = %s", s, kept(g, gen_within(g, h, 3, 2)));
    else
        line(g, "%s = (h: %s, c: %s)", s, kept(g, gen_within(g, h, 2, 2)), kept(g, gen_within(g, c, 2, 2)));
    loop_end(g, m);
    return true;
}

// A place of two axes is set or added to.
bool st_update_two(Gen *g)
{
    int i = an_axis(g), j = an_axis(g);
    if (i < 0 || i == j || !fits(g, BIT(i) | BIT(j)))
        return false;
    Set         s = some_axes(g, 1) & ~BIT(i) & ~BIT(j);
    const char *op = choose(g->c, 2) ? "+=" : "=";
    if (!fits(g, s | BIT(i) | BIT(j)))
        return false;
    const char *v = begin_variable(g, s | BIT(i) | BIT(j), 2);
    line(g, "%s[%s: %s, %s: %s] %s %s", v, g->axis[i].name, gen_pos(g, i, 0, 2).text, g->axis[j].name, gen_pos(g, j, 0, 2).text, op,
         kept(g, gen_within(g, s, 2, 2)));
    return true;
}

bool st_local_function(Gen *g)
{
    Set p = some_axes(g, 2), r = some_axes(g, 2);
    if (g->inside || g->lambda || g->nfn >= MOST_FNS)
        return false;
    const char *f = fresh(g, "fun"), *x = fresh(g, "x");
    int         locals = g->nlocals;
    bool        draws = g->draws, smooth = g->smooth;
    local_add(g, x, (GenType){FLOAT, OWN, p, 0}, 3);
    Width real = g->real;
    g->real = OWN;
    g->draws = false;
    g->smooth = true;
    Ex y = gen_within(g, r, 3, 10);
    g->smooth = smooth;
    g->draws = draws;
    g->real = real;
    g->nlocals = locals;
    const char *own = TEXT("(0 * %s)", p ? TEXT("sum(%s)", x) : x);  // of the argument's width
    own = r ? TEXT("%s[%s]", own, axis_list(g, r, "+")) : own;
    line(g, "fn %s(%s: [%s]) -> [%s] { %s%s }", f, x, axis_list(g, p, ""), axis_list(g, r, ""), y.text,
         y.type.width == WEAK ? TEXT(" + %s", own) : "");
    g->fn[g->nfn++] = (Fn){.name = f, .param = {{.h = {FLOAT, OWN, p, 0}}}, .nparam = 1, .result = {.h = {FLOAT, OWN, r, 0}},
                           .most = y.most + 1, .smooth = true, .instance = true};
    return true;
}

// Derivatives of derivatives.
bool st_nested(Gen *g)
{
    Set p = some_axes(g, 2);
    if (g->lambda > 1)
        return false;
    Ex          body, x = gen_within(g, p, 2, 3), d = gen_within(g, p, 2, 3);
    const char *y = fresh(g, "y"), *t = fresh(g, "t"), *u = fresh(g, "u"), *v = fresh(g, "v"), *axes = axis_list(g, p, "");
    const char *f = lambda_text(g, p, 0, 4, &body, g->real), *at = kept(g, x), *along = kept(g, d);
    GenType     type = kept_type(g, p);
    switch (choose(g->c, 7)) {
    case 0: line(g, "let %s = hvp(%s, %s, %s)", t, f, at, along); break;
    case 1: line(g, "let (%s, %s) = jvp(grad(%s), %s, %s)", y, t, f, at, along); break;
    case 2: line(g, "let (%s, %s) = vjp(grad(%s), %s)", y, u, f, at), line(g, "let %s = %s(%s)", t, u, along); break;
    case 3: line(g, "let (%s, %s) = linearize(grad(%s), %s)", y, u, f, at), line(g, "let %s = %s(%s)", t, u, along); break;
    case 4: line(g, "let %s = grad((%s: [%s]) => { let (a, b) = jvp(%s, %s, tanh(%s)); b * a })(%s)", t, v, axes, f, v, v, at); break;
    case 5: line(g, "let %s = grad((%s: [%s]) => { let (a, b) = vjp(%s, %s); sum(sin(b(a))) })(%s)", t, v, axes, f, v, at); break;
    default: line(g, "let %s = grad((%s: [%s]) => sum(sin(hvp(%s, %s, %s))))(%s)", t, v, axes, f, v, v, at);
    }
    local_add(g, t, type, 20);
    return true;
}
