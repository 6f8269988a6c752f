// Whole random programs: functions, blocks, and `Main`; the experiment that runs it is gen_run.c's.
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

// ---- Main ----


static GenParam main_result(Gen *g, bool first)
{
    GenParam p = {.h = {first ? FLOAT : (Kind)choose_weighted(g->c, (int[]){5, 1, 1, 1}, 4), g->real, some_axes(g, 3), 0}};
    if (p.h.kind == POS)
        p.h.along = pick_axis(g, g->visible);
    return p;
}

// State that is not trained: NULL, or its name.
static const char *put_buffer(Gen *g, Whole *w)
{
    if (!choose_chance(g->c, 20))
        return NULL;
    w->buffer = (GenType){FLOAT, g->real, some_axes(g, 2), 0};
    const char *name = fresh(g, "b");
    line(g, "buffer %s: [%s] = %s", name, axis_list(g, w->buffer.axes, ""), w->buffer.axes ? "ones" : "0.3");
    local_add(g, name, w->buffer, 3);
    return name;
}

static void move_buffer(Gen *g, Whole *w, const char *name)
{
    const char *next = TEXT("0.7 * %s + 0.3 * %s", name, kept(g, gen_within(g, w->buffer.axes, 3, 1)));
    w->moves = true;
    line(g, choose(g->c, 2) ? "if training { %s = %s }" : "%s = %s", name, next);
}

static void add_main(Gen *g, Whole *w)
{
    w->f = (Fn){.name = "Main", .block = true, .smooth = choose_chance(g->c, 60)};
    Outer o = declaration(g, w->f.smooth, true);
    add_params(g, &w->f, 1);
    for (int i = 0; i < w->f.nparam; i++)
        if (w->f.param[i].h.kind == FLOAT)
            w->f.param[i].h.width = w->f.param[i].c.width = g->real == WIDE && choose_chance(g->c, 15) ? NARROW : g->real;
    w->nresult = 1 + choose(g->c, 3);
    buf_puts(&g->text, "block Main");
    put_params(g, &w->f, "x");
    buf_puts(&g->text, " -> (");
    for (int i = 0; i < w->nresult; i++) {
        w->result[i] = main_result(g, i == 0);
        buf_printf(&g->text, "%sr%d: %s", i ? ", " : "", i, param_text(g, &w->result[i]));
    }
    buf_puts(&g->text, ") {\n");
    w->nparameters = put_parameters(g);
    for (int i = 0; i < w->nparameters; i++)
        w->parameter[i] = g->local[g->nlocals - w->nparameters + i].name;
    const char *buffer = put_buffer(g, w);
    gen_statements(g, 1, 5);
    if (buffer)
        move_buffer(g, w, buffer);
    const char *text = "";
    for (int i = 0; i < w->nresult; i++) {
        Ex x = gen(g, w->result[i].h, 4);
        bool convert = x.type.kind == FLOAT;
        text = TEXT("%s%sr%d: %s", text, i ? ", " : "", i, convert ? TEXT("%s(%s)", g->real == WIDE ? "f64" : "f32", x.text) : x.text);
    }
    line(g, "(%s)", text);
    for (int i = o.locals; i < g->nlocals; i++)
        if (g->local[i].traced && w->ninner < MOST_INNER)
            w->inner[w->ninner++] = g->local[i];
    declaration_end(g, o);
}

const char *random_source(Arena *a, Choices *c, bool large)
{
    Gen   g_ = {.a = a, .c = c, .budget = 60, .count = large ? 50000 : 3000}, *g = &g_;
    Whole w = {0};
    g->real = choose_chance(c, 25) ? NARROW : WIDE;
    buf_puts(&g->text, g->real == WIDE ? "// --precision f64\nuse nn\nuse optim\n" : "// --precision f32\nuse nn\nuse optim\n");
    buf_puts(&g->text, "fn twice(f, x) { 0.5 * f(f(x)) }\nfn stepped(f, x) { x + grad(f)(x) }\n");
    gen_axes(g, large);
    for (int i = 0; i < 3; i++) {
        int span = choice_begin(c, SPAN_FN), what = choose(c, 3);
        g->budget = 6;
        if (what)
            add_function(g, what == 2);
        choice_end(c, span);
    }
    g->budget = 10;
    add_main(g, &w);
    put_experiment(g, &w);
    const char *text = arena_strndup(a, g->text.at, g->text.n);
    buf_free(&g->text);
    return text;
}
