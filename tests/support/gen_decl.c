// Declarations of random programs: functions and blocks with axes, packs, numbers and functions in their brackets, with
// records as parameters and results, that call themselves, or give functions.
#include "support/source_gen.h"

Outer declaration(Gen *g, bool smooth, bool block)
{
    Outer o = {g->nlocals, g->names, g->visible};
    g->smooth = smooth;
    g->draws = block;
    g->indent = 1;
    g->inside = g->lambda = 0;
    return o;
}

void declaration_end(Gen *g, Outer o)
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

// ---- headers ----

// An axis whose size those before it tell, by what is required.
static GenAxis related_axis(Gen *g, const Fn *f)
{
    int     a = f->header[0], b = f->header[f->nheader - 1];
    GenAxis ax = {.name = fresh(g, "k"), .a = a, .b = b, .relation = REL_TWIN, .size = g->axis[a].size};
    if (a != b && choose(g->c, 2)) {
        ax.relation = choose(g->c, 2) ? REL_SUM : REL_PRODUCT;
        int64_t m = g->axis[a].size, n = g->axis[b].size;
        ax.size = ax.relation == REL_SUM ? m + n : m * n;
    }
    return ax;
}

static void add_header(Gen *g, Fn *f)
{
    Set  known = g->visible;
    bool pack = choose_chance(g->c, 15);
    for (int n = choose(g->c, MOST_HEADER + 1); f->nheader < n; f->nheader++) {
        int k = pick_axis(g, known);
        if (g->axis[k].size > 40)
            return;
        GenAxis ax = {.name = fresh(g, "k"), .size = g->axis[k].size};
        if (f->nheader && choose_chance(g->c, 15))
            ax = related_axis(g, f);
        if (ax.size > 40)
            return;
        if (pack && f->nheader == n - 1)
            ax = (GenAxis){.name = TEXT("%s...", fresh(g, "p")), .size = ax.size, .pack = true, .open = true};
        f->bound[f->nheader] = k;
        f->header[f->nheader] = axis_add(g, ax);
    }
}

static GenParam some_param(Gen *g, Kind kind)
{
    GenParam p = {.h = {kind, OWN, some_axes(g, 2), 0}};
    if (kind == POS)
        p.h.along = pick_axis(g, g->visible & ~open_axes(g, g->visible));
    p.pair = kind == FLOAT && choose_chance(g->c, 15);
    if (p.pair)
        p.c = (GenType){FLOAT, OWN, some_axes(g, 2), 0};
    return p;
}

void add_params(Gen *g, Fn *f, int least)
{
    int n = least + choose(g->c, MOST_PARAMS + 1 - least);
    for (; f->nparam < n; f->nparam++)
        f->param[f->nparam] = some_param(g, f->nparam == 0 ? FLOAT : (Kind)choose_weighted(g->c, (int[]){6, 1, 1, 2}, 4));
}

void put_params(Gen *g, const Fn *f, const char *stem)
{
    buf_puts(&g->text, "(");
    for (int i = 0; i < f->nparam; i++) {
        const char     *name = fresh(g, stem);
        const GenParam *p = &f->param[i];
        buf_printf(&g->text, "%s%s: %s", i ? ", " : "", name, param_text(g, p));
        local_add(g, p->pair ? TEXT("%s.h", name) : name, p->h, 3);
        if (p->pair)
            local_add(g, TEXT("%s.c", name), p->c, 3);
    }
    const char *k = f->nheader ? g->axis[f->header[0]].name : "";
    buf_printf(&g->text, "%s)", f->takes == TAKES_ARGUMENT ? TEXT(", f: block([%s]) -> [%s]", k, k) : "");
}

static void put_header(Gen *g, const Fn *f)
{
    const char *text = "";
    for (int i = 0; i < f->nheader; i++) {
        if (g->axis[f->header[i]].pack)
            break;
        text = TEXT("%s%s%s", text, *text ? ", " : "", g->axis[f->header[i]].name);
    }
    if (f->number)
        text = TEXT("%s%sn: int%s", text, *text ? ", " : "", f->number == NUMBER ? " = 1" : "...");
    const char *k = f->nheader ? g->axis[f->header[0]].name : "";
    if (f->takes == TAKES_BLOCK || f->takes == TAKES_INTERFACE)
        text = TEXT("%s, f: %s", text, f->takes == TAKES_BLOCK ? "block" : TEXT("(block([%s]) -> [%s])", k, k));
    if (f->nheader && g->axis[f->header[f->nheader - 1]].pack)
        text = TEXT("%s%s%s", text, *text ? ", " : "", g->axis[f->header[f->nheader - 1]].name);
    buf_printf(&g->text, "%s %s%s", f->block ? "block" : "fn", f->name, *text ? TEXT("[%s]", text) : "");
}

static void put_requires(Gen *g, const Fn *f)
{
    for (int i = 0; i < f->nheader; i++) {
        const GenAxis *x = &g->axis[f->header[i]];
        if (x->relation == REL_TWIN)
            line(g, "require #%s == #%s", x->name, g->axis[x->a].name);
        else if (x->relation != REL_NONE)
            line(g, "require #%s == #%s %s #%s", x->name, g->axis[x->a].name, x->relation == REL_SUM ? "+" : "*", g->axis[x->b].name);
    }
}

int put_parameters(Gen *g)
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

// ---- bodies ----

static const char *results_text(Gen *g, const GenParam *p, Ex h)
{
    return p->pair ? TEXT("(h: %s, c: %s)", h.text, gen_within(g, p->c.axes, 3, 3).text) : h.text;
}

// The function called by itself, with one number less.
static const char *itself(Gen *g, const Fn *f)
{
    Set         to[MOST_HEADER];
    const char *args = "";
    for (int i = 0; i < f->nheader; i++)
        to[i] = BIT(f->header[i]);
    for (int i = 0; i < f->nparam; i++) {
        const GenParam *p = &f->param[i];
        const char     *h = p->h.kind == FLOAT ? gen_within(g, p->h.axes, 2, 3).text : gen(g, p->h, 2).text;
        args = TEXT("%s%s%s", args, i ? ", " : "", p->pair ? TEXT("(h: %s, c: %s)", h, gen_within(g, p->c.axes, 2, 3).text) : h);
    }
    if (f->takes == TAKES_ARGUMENT)
        args = TEXT("%s, f", args);
    return TEXT("%s%s(%s)%s", f->name, bracket_text(g, f, to, 0, -1), args, f->result.pair ? ".h" : "");
}

static Ex body_result(Gen *g, const Fn *f, int locals)
{
    Ex x = gen_float(g, f->result.h.axes, 4);
    if (x.type.width == WEAK && !x.type.axes) {  // the result's own width is that of a parameter
        const char *first = g->local[locals].name;
        x.text = TEXT("0 * %s + %s", g->local[locals].type.axes ? TEXT("sum(%s)", first) : first, x.text);
    }
    if (f->number) {
        const char *more = f->number == NUMBER ? "n > 0" : "#n > 0", *by = f->number == NUMBER ? "0.4" : "0.1 * n.first";
        const char *again = f->block ? TEXT("(%s as again)", itself(g, f)) : itself(g, f);
        x.text = TEXT("if %s then %s + %s * tanh(%s) else %s", more, x.text, by, again, x.text);
        x.most += 4;
    }
    return x;
}

// What a function is like beside its axes: the rows of a table of weights.
static void add_traits(Gen *g, Fn *f)
{
    enum { PLAIN, COUNTS, COUNTS_MANY, TAKES, GIVES, ENDO };
    int first_is_axis = f->nheader && !g->axis[f->header[0]].pack;
    switch (choose_weighted(g->c, (int[]){10, 2, 1, 2, 1, 3}, 6)) {
    case COUNTS: f->number = f->block ? NO_NUMBER : NUMBER; break;
    case COUNTS_MANY: f->number = f->block ? NO_NUMBER : NUMBERS; break;
    case TAKES:
        if (first_is_axis)
            f->takes = f->block ? (Takes)(1 + choose(g->c, 2)) : TAKES_ARGUMENT;
        break;
    case GIVES: f->closure = !f->block && f->nheader == 1 && first_is_axis; break;
    case ENDO:
        if (f->nheader == 1 && first_is_axis) {
            f->nparam = 1;
            f->param[0] = (GenParam){.h = {FLOAT, OWN, BIT(f->header[0]), 0}};
            f->result = f->param[0];
        }
        break;
    default: break;
    }
}

// `f`, which the body may call.
static void know_taken(Gen *g, const Fn *f)
{
    GenParam p = {.h = {FLOAT, OWN, BIT(f->header[0]), 0}};
    g->fn[g->nfn++] = (Fn){.name = "f", .param = {p}, .nparam = 1, .result = p, .most = 3, .smooth = true, .instance = true};
}

// `fn c[k](a) { (v: [k]) => … }`: a is a scalar.
static void add_closure(Gen *g, Fn *f, Outer o)
{
    Ex          body;
    int         k = f->header[0];
    const char *a = fresh(g, "x");
    f->param[0] = f->result = (GenParam){.h = {FLOAT, OWN, BIT(k), 0}};
    f->nparam = 1;
    local_add(g, a, (GenType){FLOAT, OWN, 0, 0}, 3);
    buf_printf(&g->text, "fn %s[%s](%s) {\n", f->name, g->axis[k].name, a);
    const char *text = lambda_text(g, BIT(k), BIT(k), 4, &body, OWN);
    line(g, "%s", text);
    f->smooth = true;
    f->most = body.most > 0 ? body.most : 1;
    declaration_end(g, o);
}

void add_function(Gen *g, bool block)
{
    Fn     f = {.block = block, .smooth = !choose_chance(g->c, 20)};
    Outer  o = declaration(g, f.smooth, block);
    double count = g->count;
    Width  real = g->real;
    g->count = count < 400 ? count : 400;
    g->stops = false;
    g->real = OWN;
    f.name = fresh(g, block ? "B" : "fun");
    add_header(g, &f);
    add_params(g, &f, 1);
    f.result = (GenParam){.h = {FLOAT, OWN, some_axes(g, 2), 0}, .pair = choose_chance(g->c, 10)};
    f.result.c = (GenType){FLOAT, OWN, f.result.pair ? some_axes(g, 1) : 0, 0};
    add_traits(g, &f);
    if (f.closure) {
        add_closure(g, &f, o);
    } else {
        put_header(g, &f);
        put_params(g, &f, "x");
        buf_printf(&g->text, " -> %s {\n", param_text(g, &f.result));
        put_requires(g, &f);
        if (f.takes)
            know_taken(g, &f);
        if (f.number == NUMBER)
            local_add(g, "n", (GenType){INT, 0, 0, 0}, 3);
        if (block)
            put_parameters(g);
        gen_statements(g, 0, 3);
        Ex x = body_result(g, &f, o.locals);
        f.most = x.most > 0 ? x.most : 1;
        line(g, "%s", results_text(g, &f.result, x));
        declaration_end(g, o);
    }
    f.stops = g->stops;
    g->real = real;
    g->count = count;
    g->fn[g->nfn++] = f;
}
