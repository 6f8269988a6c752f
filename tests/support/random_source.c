// Whole random programs: functions, blocks, `Main`, and the experiment that runs it.
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mix.h"
#include "support/source_gen.h"

// ---- data ----

static uint64_t mixed(const char *path, int64_t i)
{
    uint64_t h = 1;
    for (; *path; path++)
        h = mix64(h, (uint64_t)*path);
    return mix64(h, (uint64_t)i);
}

static int64_t number_behind(const char *path, const char *word, int64_t otherwise)
{
    const char *at = strstr(path, word);
    return at && isdigit((unsigned char)at[strlen(word)]) ? atoll(at + strlen(word)) : otherwise;
}

double  random_data_real(const char *path, int64_t i) { return (double)(mixed(path, i) >> 40) * 0x1p-22 - 2; }
int64_t random_data_whole(const char *path, int64_t i) { return (int64_t)(mixed(path, i) % (uint64_t)number_behind(path, "_below", 5)); }
int64_t random_data_size(const char *path, const char *axis)
{
    char word[64];
    snprintf(word, sizeof word, "_%s_", axis);
    return number_behind(path, word, 3);
}

// ---- declarations ----

typedef struct {
    int locals, names;
    Set visible;
} Outer;

static Outer declaration(Gen *g, bool smooth, bool block)
{
    Outer o = {g->nlocals, g->names, g->visible};
    g->smooth = smooth;
    g->draws = block;
    g->indent = 1;
    g->inside = g->lambda = 0;
    return o;
}

static void end(Gen *g, Outer o)
{
    int n = 0;
    for (int i = 0; i < g->nfn; i++)  // instances are of the body
        if (!g->fn[i].instance)
            g->fn[n++] = g->fn[i];
    g->nfn = n;
    g->nlocals = o.locals;
    g->visible = o.visible;
    buf_puts(&g->text, "}\n");
}

static void add_header(Gen *g, Fn *f)
{
    Set known = g->visible;
    for (int n = choose(g->c, MOST_HEADER + 1); f->nheader < n; f->nheader++) {
        int k = pick_axis(g, known);
        if (g->axis[k].size > 40)
            return;
        f->bound[f->nheader] = k;
        f->header[f->nheader] = axis_add(g, (GenAxis){.name = fresh(g, "k"), .size = g->axis[k].size});
    }
}

static void add_params(Gen *g, Fn *f, int least)
{
    int n = least + choose(g->c, MOST_PARAMS + 1 - least);
    for (; f->nparam < n; f->nparam++) {
        Kind    kind = f->nparam == 0 ? FLOAT : (Kind)choose_weighted(g->c, (int[]){6, 1, 1, 2}, 4);
        GenType t = {kind, OWN, some_axes(g, 2), 0};
        if (kind == POS)
            t.along = pick_axis(g, g->visible);
        f->param[f->nparam] = t;
    }
}

static void put_params(Gen *g, const Fn *f, const char *stem)
{
    buf_puts(&g->text, "(");
    for (int i = 0; i < f->nparam; i++) {
        const char *name = fresh(g, stem);
        buf_printf(&g->text, "%s%s: %s", i ? ", " : "", name, type_text(g, f->param[i]));
        local_add(g, name, f->param[i], 3);
    }
    buf_puts(&g->text, ")");
}

static void put_header(Gen *g, const Fn *f)
{
    buf_printf(&g->text, "%s %s", f->block ? "block" : "fn", f->name);
    for (int i = 0; i < f->nheader; i++)
        buf_printf(&g->text, "%s%s", i ? ", " : "[", g->axis[f->header[i]].name);
    buf_puts(&g->text, f->nheader ? "]" : "");
}

static int put_parameters(Gen *g)
{
    int made = 0;
    for (int n = choose(g->c, 3); n > 0; n--) {
        Set         s = some_axes(g, 2);
        const char *name = fresh(g, "w"), *axes = axis_list(g, s, "");
        int         k = choose(g->c, 4);
        const char *value = k == 0 ? TEXT("normal[%s]", axes) : k == 1 ? TEXT("uniform[%s]", axes) : k == 2 ? TEXT("0.3 * normal[%s]", axes) : TEXT("ones[%s]", axes);
        line(g, "param %s: [%s] = %s", name, axes, s ? value : "0.7");
        local_add(g, name, (GenType){FLOAT, g->real, s, 0}, 3);
        made++;
    }
    return made;
}

static void add_function(Gen *g, bool block)
{
    Fn    f = {.block = block, .smooth = !choose_chance(g->c, 20)};
    Outer o = declaration(g, f.smooth, block);
    double count = g->count;
    g->count = count < 400 ? count : 400;
    g->stops = false;
    f.name = fresh(g, block ? "B" : "f");
    add_header(g, &f);
    add_params(g, &f, 1);
    f.result = (GenType){FLOAT, OWN, some_axes(g, 2), 0};
    put_header(g, &f);
    put_params(g, &f, "x");
    buf_printf(&g->text, " -> %s {\n", type_text(g, f.result));
    Width real = g->real;
    g->real = OWN;
    if (block)
        put_parameters(g);
    gen_statements(g, 0, 3);
    Ex x = gen_float(g, f.result.axes, 4);
    line(g, "%s", x.type.width == WEAK && !x.type.axes ? TEXT("0 * %s + %s", g->local[o.locals].type.axes ? TEXT("sum(%s)", g->local[o.locals].name) : g->local[o.locals].name, x.text) : x.text);
    f.stops = g->stops;
    f.most = x.most > 0 ? x.most : 1;
    end(g, o);
    g->real = real;
    g->count = count;
    g->fn[g->nfn++] = f;
}

// ---- Main ----

typedef struct {
    Fn      f;
    GenType result[3];
    int     nresult, nparameters;
} Whole;

static void add_main(Gen *g, Whole *w)
{
    w->f = (Fn){.name = "Main", .block = true, .smooth = choose_chance(g->c, 60)};
    Outer o = declaration(g, w->f.smooth, true);
    add_params(g, &w->f, 1);
    for (int i = 0; i < w->f.nparam; i++)
        if (w->f.param[i].kind == FLOAT)
            w->f.param[i].width = g->real == WIDE && choose_chance(g->c, 15) ? NARROW : g->real;
    w->nresult = 1 + choose(g->c, 3);
    put_header(g, &w->f);
    put_params(g, &w->f, "x");
    buf_puts(&g->text, " -> (");
    for (int i = 0; i < w->nresult; i++) {
        w->result[i] = (GenType){i ? (Kind)choose_weighted(g->c, (int[]){5, 1, 1, 1}, 4) : FLOAT, g->real, some_axes(g, 3), 0};
        if (w->result[i].kind == POS)
            w->result[i].along = pick_axis(g, g->visible);
        buf_printf(&g->text, "%sr%d: %s", i ? ", " : "", i, type_text(g, w->result[i]));
    }
    buf_puts(&g->text, ") {\n");
    w->nparameters = put_parameters(g);
    gen_statements(g, 1, 5);
    const char *text = "";
    for (int i = 0; i < w->nresult; i++) {
        Ex x = gen(g, w->result[i], 4);
        bool convert = x.type.kind == FLOAT;
        text = TEXT("%s%sr%d: %s", text, i ? ", " : "", i, convert ? TEXT("%s(%s)", g->real == WIDE ? "f64" : "f32", x.text) : x.text);
    }
    line(g, "(%s)", text);
    end(g, o);
}

// ---- slopes: of a function along a direction, forward, in reverse, and by differences ----

static Set bound_set(const Gen *g, const Fn *f, Set s)
{
    Set out = 0;
    for (int i = 0; i < g->naxes; i++) {
        int to = i;
        for (int k = 0; k < f->nheader; k++)
            to = f->header[k] == i ? f->bound[k] : to;
        out |= s & BIT(i) ? BIT(to) : 0;
    }
    return out;
}

// The function with its axes bound to those that it was made for; false: two would coincide.
static bool bind_types(const Gen *g, Fn *f)
{
    bool ok = !f->block && f->smooth && !f->stops && g->real == WIDE;
    for (int i = 0; i <= f->nparam; i++) {
        GenType *t = i < f->nparam ? &f->param[i] : &f->result;
        Set      to = bound_set(g, f, t->axes);
        ok = ok && set_size(to) == set_size(t->axes);
        t->axes = to;
        t->width = WIDE;
        for (int k = 0; k < f->nheader && t->kind == POS; k++)
            if (f->header[k] == t->along) {
                t->along = f->bound[k];
                break;
            }
    }
    return ok;
}

static void put_slopes(Gen *g, const Fn *given)
{
    Fn          f = *given;
    const char *bracket = "", *rest = "", *args = "";
    if (!bind_types(g, &f))
        return;
    for (int i = 0; i < f.nheader; i++)
        bracket = TEXT("%s%s%s", bracket, i ? ", " : "[", g->axis[f.bound[i]].name);
    bracket = f.nheader ? TEXT("%s]", bracket) : "";
    for (int i = 1; i < f.nparam; i++) {
        rest = TEXT("%s, p%d: %s", rest, i, type_text(g, f.param[i]));
        args = TEXT("%s, p%d", args, i);
    }
    const char *t = type_text(g, f.param[0]);
    buf_printf(&g->text, "fn slopes_%s(x: %s, v: %s%s) -> (forward: f64[], back: f64[], wide: f64[], narrow: f64[]) {\n", f.name, t, t, rest);
    buf_printf(&g->text, "  let loss = (u: %s) => mean(tanh(%s%s(u%s)))\n", t, f.name, bracket, args);
    buf_puts(&g->text, "  let (y, forward) = jvp(loss, x, v)\n  let slope = grad(loss)(x)\n"
                       "  (forward: forward, back: sum(slope * v), wide: (loss(x + 2e-5 * v) - loss(x - 2e-5 * v)) / 4e-5,\n"
                       "   narrow: (loss(x + 1e-5 * v) - loss(x - 1e-5 * v)) / 2e-5)\n}\n");
}

// ---- the experiment ----

static const char *load_text(Gen *g, const char *name, GenType t)
{
    const char *path = name;
    if (t.kind == POS)
        path = TEXT("%s_below%d", name, (int)g->axis[t.along].size);
    return TEXT("let %s: %s = load(\"%s.npy\")", name, type_text(g, t), path);
}

static const char *load_all(Gen *g, const Fn *f, const char *stem)
{
    const char *args = "";
    for (int i = 0; i < f->nparam; i++) {
        const char *name = TEXT("%s%d", stem, i);
        GenType     t = f->param[i];
        if (t.kind == FLOAT && t.width == OWN)
            t.width = g->real;
        line(g, "%s", load_text(g, name, t));
        args = TEXT("%s%s%s", args, i ? ", " : "", name);
    }
    return args;
}

static void use_slopes(Gen *g, const Fn *given, int number)
{
    Fn f = *given;
    if (!bind_types(g, &f))
        return;
    const char *stem = TEXT("q%d_", number), *args = load_all(g, &f, stem);
    line(g, "let %sv: %s = load(\"%sv.npy\")", stem, type_text(g, f.param[0]), stem);
    line(g, "let %st = slopes_%s(%s0, %sv%s)", stem, f.name, stem, stem, args + strlen(stem) + 1);
    line(g, "log(forward: %st.forward, back: %st.back, wide: %st.wide, narrow: %st.narrow)", stem, stem, stem, stem);
}

// Main for each position of an axis whose size only the data tells.
static void put_lifted(Gen *g, const Whole *w, const char *args)
{
    static const int sizes[] = {3, 1, 0, 2, 5};
    GenType          t = w->f.param[0];
    if (!choose_chance(g->c, 30))
        return;
    line(g, "axis open");
    const char *list = axis_list(g, t.axes, "");
    line(g, "let lifted: %s[open%s%s] = load(\"lifted_open_%d.npy\")", t.width == WIDE ? "f64" : "f32", *list ? ", " : "", list, sizes[choose(g->c, 5)]);
    line(g, "print(net(lifted%s))", args + 2);
    if (w->f.smooth)
        line(g, "print(grad((v: %s) => mean(tanh(net(v%s).r0)))(lifted))", type_text(g, t), args + 2);
}

static void put_experiment(Gen *g, const Whole *w)
{
    for (int i = 0; i < g->nfn && i < 2; i++)
        put_slopes(g, &g->fn[i]);
    buf_puts(&g->text, "experiment e() {\n");
    g->indent = 1;
    const char *args = load_all(g, &w->f, "d");
    line(g, "let net = Main[]");
    line(g, "print(net(%s))", args);
    if (w->f.smooth && w->nparameters) {
        line(g, "let slope = grad((m) => mean(tanh(m(%s).r0)))(net)", args);
        line(g, "print(norm(slope))");
    }
    if (w->f.smooth) {
        line(g, "print(grad((v: %s) => mean(tanh(net(v%s).r0)))(d0))", type_text(g, w->f.param[0]), args + 2);
    }
    put_lifted(g, w, args);
    for (int i = 0; i < g->nfn && i < 2; i++)
        use_slopes(g, &g->fn[i], i);
    buf_puts(&g->text, "}\n");
}

const char *random_source(Arena *a, Choices *c, bool large)
{
    Gen   g_ = {.a = a, .c = c, .budget = 60, .count = large ? 50000 : 3000}, *g = &g_;
    Whole w = {0};
    g->real = choose_chance(c, 25) ? NARROW : WIDE;
    buf_puts(&g->text, g->real == WIDE ? "// --precision f64\nuse nn\n" : "// --precision f32\nuse nn\n");
    buf_puts(&g->text, "fn twice(f, x) { 0.5 * f(f(x)) }\nfn stepped(f, x) { x + grad(f)(x) }\n");
    gen_axes(g, large);
    for (int i = 0; i < 3; i++) {
        int span = choice_begin(c, SPAN_FN), what = choose(c, 3);
        g->budget = 8;
        if (what)
            add_function(g, what == 2);
        choice_end(c, span);
    }
    g->budget = 16;
    add_main(g, &w);
    put_experiment(g, &w);
    const char *text = arena_strndup(a, g->text.at, g->text.n);
    buf_free(&g->text);
    return text;
}
