// A program in the making with its inputs, run compiled and interpreted.
#ifndef TEST_EMIT_H
#define TEST_EMIT_H

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "emit/emit.h"
#include "interp/interp.h"
#include "sched/sched.h"
#include "support/run_tests.h"

#define TEST(f) {#f, f}
#define MOST 128

typedef struct {
    Arena   *arena;
    Program *program;
    Builder  b;
    Diags   *diags;
    int      nvar;
    SizeVar *var[MOST];
    int64_t  value[MOST];
    double   low, high; // of the inputs' elements
    int reverse; // which inputs and outputs have their axes the other way round: a bit each kind
    uint64_t      seed;
    int           nin, nout;
    void         *in[MOST], *out[MOST];
    InterpTensor *given[MOST], *want[MOST];
    Jit          *jit;
} World;

static int failures;

static inline void fail(const char *what, int at, double got, double want)
{
    failures++;
    if (failures < 40)
        printf("  output %d: %s: %.17g for %.17g\n", at, what, got, want);
    CU_FAIL("compiled is not interpreted");
}

static inline World *world_new(void)
{
    World *w = calloc(1, sizeof *w);
    w->arena = arena_new(NULL, NULL);
    Names *names = names_new(w->arena);
    Sizes *sizes = sizes_new(w->arena, names);
    Axes  *axes = ARENA_NEW(w->arena, Axes);
    *axes = (Axes){.arena = w->arena, .names = names, .sizes = sizes};
    w->program = program_new(w->arena, names, sizes, axes, name_of(names, "test"));
    w->b = builder_new(w->program);
    w->diags = diags_new(w->arena);
    w->low = -2;
    w->high = 2;
    w->seed = 12345;
    return w;
}

static inline void world_free(World *w)
{
    jit_free(w->jit);
    arena_free(w->arena);
    free(w);
}

static inline Axis *axis(World *w, const char *name, int64_t size)
{
    return axis_new(w->program->axes, name_of(w->program->names, name),
                    size_const(w->program->sizes, size), SPAN_NONE);
}

static inline Axis *open_axis(World *w, const char *name)
{
    SizeVar *v = size_var_new(w->program->sizes, name_of(w->program->names, name), 0);
    w->var[w->nvar++] = v;
    return axis_new(w->program->axes, name_of(w->program->names, name),
                    size_of_var(w->program->sizes, v), SPAN_NONE);
}

static inline Node *input(World *w, Elem e, AxisSet axes)
{
    return ir_input(&w->b, name_format(w->program->names, "x%d", w->program->inputs.n), INPUT_DATA,
                    e, axes, NULL);
}

static inline void output_alias(World *w, Node *n, int alias)
{
    program_output(w->program, name_format(w->program->names, "y%d", w->program->outputs.n),
                   ir_fill(&w->b, n), alias, NULL);
}

static inline void output(World *w, Node *n) { output_alias(w, n, -1); }

static inline bool var_value(const SizeVar *v, void *user, int64_t *out)
{
    World *w = user;
    for (int i = 0; i < w->nvar; i++)
        if (w->var[i] == v) {
            *out = w->value[i];
            return true;
        }
    return false;
}

static inline int64_t size_at(World *w, const Size *s)
{
    int64_t n = 0;
    size_eval(s, var_value, w, &n);
    return n;
}

static inline double draw(World *w)
{
    w->seed = w->seed * 6364136223846793005u + 1442695040888963407u;
    return w->low + (w->high - w->low) * (double)(w->seed >> 11) / 9007199254740992.0;
}

static inline Axis **turned(World *w, AxisSet axes)
{
    Axis **o = ARENA_ARRAY(w->arena, Axis *, axes.n + 1);
    for (int i = 0; i < axes.n; i++)
        o[i] = axes.at[axes.n - 1 - i];
    return o;
}

static inline double get_element(Elem e, const void *p, int64_t i)
{
    return elem_class(e) == ELEM_CLASS_FLOAT ? elem_real(e, p, i) : (double)elem_whole(e, p, i);
}

static inline int64_t count_of(World *w, AxisSet axes)
{
    int64_t n = 1;
    for (int i = 0; i < axes.n; i++)
        n *= size_at(w, axes.at[i]->size);
    return n;
}

static inline void make_input(World *w, int i)
{
    Input  *in = &w->program->inputs.at[i];
    AxisSet axes = in->node->type.axes;
    int64_t dim[MOST];
    Elem    e = in->node->type.elem;
    Axis  **order = in->order ? in->order : axes.at;
    for (int k = 0; k < axes.n; k++)
        dim[k] = size_at(w, order[k]->size);
    w->given[i] = interp_tensor(w->arena, e, order, dim, axes.n);
    InterpTensor *t = w->given[i];
    w->in[i] = calloc((size_t)t->count + 1, (size_t)elem_bytes(e));
    for (int64_t k = 0; k < t->count; k++) {
        double x = draw(w);
        if (t->r)
            t->r[k] = elem_round(e, x);
        else
            t->i[k] = e == ELEM_BOOL ? (int64_t)floor(x) & 1
                      : e == ELEM_U8 ? (uint8_t)(int64_t)floor(x)
                      : e == ELEM_I8 ? (int8_t)(int64_t)floor(x)
                                     : (int64_t)floor(x);
        elem_put(e, w->in[i], k, t->r ? t->r[k] : 0, t->r ? 0 : t->i[k]);
    }
}

// Where the element of place `at` in the written order lies in the order `to`.
static inline int64_t reordered(World *w, AxisSet axes, Axis *const *order, Axis *const *to,
                                int64_t at)
{
    int64_t pos[MOST], out = 0;
    for (int k = axes.n - 1; k >= 0; k--) {
        int64_t d = size_at(w, order[k]->size);
        pos[k] = at % d;
        at /= d;
    }
    for (int i = 0; i < axes.n; i++)
        for (int k = 0; k < axes.n; k++)
            if (order[k] == to[i])
                out = out * size_at(w, to[i]->size) + pos[k];
    return out;
}

static inline bool near(double got, double want, double tolerance)
{
    if (isnan(got) || isnan(want))
        return isnan(got) && isnan(want);
    if (got == want)
        return true;
    return fabs(got - want) <= tolerance * (1 + fabs(want));
}

static inline void compare(World *w, int o, double tolerance)
{
    Output       *out = &w->program->outputs.at[o];
    AxisSet       axes = out->node->type.axes;
    InterpTensor *want = w->want[o];
    for (int64_t k = 0; k < want->count; k++) {
        int64_t at = reordered(w, axes, out->order ? out->order : axes.at, want->ax, k);
        double  x = want->r ? want->r[at] : (double)want->i[at],
               y = get_element(want->elem, w->out[o], k);
        if (!near(y, x, tolerance)) {
            fail("wrong", o, y, x);
            return;
        }
    }
}

typedef int Runner(void *user, PlxCtx *ctx, const int64_t *sizes, void *const *in,
                   void *const *out);

static inline int run_step(void *user, PlxCtx *ctx, const int64_t *sizes, void *const *in,
                           void *const *out)
{
    return step_run(user, ctx, sizes, in, out);
}

// Runs with a number of threads, once into memory of its own and once in place of the inputs that
// allow it.
static inline void run_once(World *w, Runner *run, void *user, int threads, bool in_place,
                            const int64_t *sizes)
{
    PlxError err;
    PlxCtx   ctx;
    void    *in[MOST];
    PlxPool *pool = threads > 1 ? plx_pool_new(threads, &err) : NULL;
    plx_ctx_init(&ctx, pool, NULL);
    for (int i = 0; i < w->nin; i++) {
        size_t bytes = (size_t)w->given[i]->count * (size_t)elem_bytes(w->given[i]->elem);
        in[i] = malloc(bytes + 1);
        memcpy(in[i], w->in[i], bytes);
    }
    for (int o = 0; o < w->nout; o++) {
        const Output *out = &w->program->outputs.at[o];
        size_t        bytes = (size_t)count_of(w, out->node->type.axes) *
                       (size_t)elem_bytes(out->node->type.elem);
        w->out[o] = in_place && out->alias >= 0 ? in[out->alias]
                                                : memset(malloc(bytes + 1), 0x55, bytes + 1);
    }
    int code = run(user, &ctx, sizes, in, w->out);
    if (code)
        printf("  failed: %s\n", ctx.error.text);
    CU_ASSERT_EQUAL(code, 0);
    for (int i = 0; i < w->nin; i++) {
        bool taken = false;
        for (int o = 0; o < w->nout; o++)
            taken = taken || w->out[o] == in[i];
        if (!taken)
            free(in[i]);
    }
    plx_ctx_free(&ctx);
    plx_pool_free(pool);
}

static inline void drop_outputs(World *w)
{
    for (int o = 0; o < w->nout; o++)
        free(w->out[o]);
}

static inline void set_orders(World *w)
{
    for (int i = 0; i < w->nin && w->reverse & 1; i++)
        w->program->inputs.at[i].order = turned(w, w->program->inputs.at[i].node->type.axes);
    for (int o = 0; o < w->nout && w->reverse & 2; o++)
        w->program->outputs.at[o].order = turned(w, w->program->outputs.at[o].node->type.axes);
}

static inline bool interpret(World *w)
{
    InterpSize sizes[MOST];
    for (int i = 0; i < w->nvar; i++)
        sizes[i] = (InterpSize){w->var[i], w->value[i]};
    const char *wrong = interp_run(w->program, w->arena, sizes, w->nvar, w->given, w->want);
    if (wrong)
        printf("  interpreter: %s\n", wrong);
    CU_ASSERT_PTR_NULL(wrong);
    return !wrong;
}

static inline void show_plan(World *w)
{
    Buf text = {0};
    if (!getenv("SHOW_PLAN"))
        return;
    program_print(w->program, &text);
    sched_dump(sched_plan(w->program, false), &text);
    printf("%s\n", text.at);
    buf_free(&text);
}

// Compiled against interpreted, at the sizes that stand in `value`.
static inline void check_again(World *w, double tolerance)
{
    int64_t sizes[MOST];
    int     before = failures;
    w->nin = w->program->inputs.n;
    w->nout = w->program->outputs.n;
    set_orders(w);
    for (int i = 0; i < w->nin; i++)
        make_input(w, i);
    show_plan(w);
    if (!w->jit)
        w->jit = jit_new();
    StepOptions o = {.verify = true};
    Step       *s = step_compile(w->jit, w->program, &o, w->diags);
    CU_ASSERT_PTR_NOT_NULL(s);
    if (s && interpret(w)) {
        for (int i = 0; i < step_size_count(s); i++)
            var_value(step_sizes(s)[i], w, &sizes[i]);
        void *first[MOST];
        for (int turn = 0; turn < 4; turn++) {
            run_once(w, run_step, s, 1 + turn % 2, turn / 2, sizes);
            for (int i = 0; i < w->nout; i++) {
                size_t bytes = (size_t)w->want[i]->count * (size_t)elem_bytes(w->want[i]->elem);
                compare(w, i, tolerance);
                if (turn > 0 && memcmp(first[i], w->out[i], bytes))
                    fail("other bits with more threads or in place", i, 0, 0);
            }
            if (turn > 0)
                drop_outputs(w);
            else
                memcpy(first, w->out, sizeof first);
        }
        memcpy(w->out, first, sizeof first);
        drop_outputs(w);
    } else {
        Buf text = {0};
        diags_render(w->diags, sources_new(w->arena), false, &text);
        printf("%s\n", text.at ? text.at : "");
        buf_free(&text);
        failures++;
    }
    step_free(s);
    for (int i = 0; i < w->nin; i++)
        free(w->in[i]);
    if (failures > before && getenv("SHOW_FAILED")) {
        setenv("SHOW_PLAN", "1", 1);
        show_plan(w);
        unsetenv("SHOW_PLAN");
    }
}

static inline double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static inline int run_function(void *user, PlxCtx *ctx, const int64_t *sizes, void *const *in,
                               void *const *out)
{
    int (*f)(PlxCtx *, const int64_t *, void *const *, void *const *);
    memcpy(&f, user, sizeof f);
    return f(ctx, sizes, in, out);
}

// The step's bits against those of a function.
static inline void compare_with(World *w, void *function)
{
    void *first[MOST];
    w->nin = w->program->inputs.n;
    w->nout = w->program->outputs.n;
    w->jit = jit_new();
    for (int i = 0; i < w->nin; i++)
        make_input(w, i);
    Step *s = step_compile(w->jit, w->program, NULL, w->diags);
    CU_ASSERT_FATAL(s && function);
    run_once(w, run_step, s, 1, false, w->value);
    memcpy(first, w->out, sizeof first);
    for (int threads = 1; threads <= 2; threads++) {
        run_once(w, run_function, &function, threads, false, w->value);
        for (int o = 0; o < w->nout; o++) {
            const Node *n = w->program->outputs.at[o].node;
            size_t bytes = (size_t)count_of(w, n->type.axes) * (size_t)elem_bytes(n->type.elem);
            CU_ASSERT(!memcmp(first[o], w->out[o], bytes));
        }
        drop_outputs(w);
    }
    memcpy(w->out, first, sizeof first);
    drop_outputs(w);
    step_free(s);
    for (int i = 0; i < w->nin; i++)
        free(w->in[i]);
}

static inline void check(World *w, double tolerance)
{
    check_again(w, tolerance);
    world_free(w);
}

// ---- programs in short ----

#define AXES(...)                              \
    axes_of(w->arena, (Axis *[]){__VA_ARGS__}, \
            (int)(sizeof((Axis *[]){__VA_ARGS__}) / sizeof(Axis *)))
#define IN(elem, ...) input(w, ELEM_##elem, AXES(__VA_ARGS__))
#define UN(op, x)     ir_unary(&w->b, OP_##op, x)
#define BIN(op, x, y) ir_binary(&w->b, OP_##op, x, y)
#define RED(op, x, ...)                                   \
    ir_reduce(&w->b, OP_##op, x, (Axis *[]){__VA_ARGS__}, \
              (int)(sizeof((Axis *[]){__VA_ARGS__}) / sizeof(Axis *)))
#define DOT(x, y, ...)                                \
    ir_contract(&w->b, x, y, (Axis *[]){__VA_ARGS__}, \
                (int)(sizeof((Axis *[]){__VA_ARGS__}) / sizeof(Axis *)))
#define NUM(elem, v) ir_const(&w->b, ELEM_##elem, v)

static inline Node *softmax(World *w, Node *x, Axis *a)
{
    Node *e = UN(EXP, BIN(SUB, x, RED(MAX, x, a)));
    return BIN(DIV, e, RED(SUM, e, a));
}

#endif
