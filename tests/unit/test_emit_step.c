// Compiled steps against interpreted ones: storage taken over, object files, a loop that is cancelled, random programs; 1 and 2 threads.
#include "test_emit.h"

#include <dlfcn.h>
#include <unistd.h>

// ---- training ----

static void outputs_in_place_of_inputs(void)
{
    World *w = world_new();
    Axis  *i = axis(w, "i", 33), *j = axis(w, "j", 17);
    Node  *p = IN(F32, i, j), *m = IN(F32, i, j), *x = IN(F32, i), *q = IN(F32, j);
    Node  *y = DOT(x, p, i), *g = BIN(MUL, x, y);
    Node  *m2 = BIN(ADD, BIN(MUL, m, NUM(F32, 0.9)), g);
    output_alias(w, BIN(SUB, p, BIN(MUL, m2, NUM(F32, 0.1))), 0);
    output_alias(w, m2, 1);
    output_alias(w, y, 3); // q is read below, after y is there
    output(w, BIN(ADD, q, RED(SUM, p, i)));
    check(w, 1e-4);
    w = world_new();
    Axis *k = axis(w, "k", 40);
    Node *a = IN(F32, k), *b = IN(F32, k), *back = BIN(SUB, ir_int(&w->b, 39), ir_iota(&w->b, k));
    output_alias(w, b, 0); // two states change places
    output_alias(w, ir_index(&w->b, a, &k, &back, 1, NULL), 1);
    check(w, 1e-6);
}

// A multilayer perceptron's training step with AdamW, written out.
static void perceptron(World *w, int layers, int64_t batch, int64_t width)
{
    Axis *b = axis(w, "batch", batch), *axes[32];
    Node *weight[32], *bias[32], *h[32], *z[32], *state[4][32];
    int   first[32];
    for (int l = 0; l <= layers; l++)
        axes[l] = axis(w, "width", l == layers ? 10 : width + 16 * l);
    h[0] = IN(F32, b, axes[0]);
    Node *target = IN(F32, b, axes[layers]), *t = input(w, ELEM_F32, (AxisSet){0});
    for (int l = 0; l < layers; l++) {
        first[l] = w->program->inputs.n;
        weight[l] = IN(F32, axes[l], axes[l + 1]);
        bias[l] = IN(F32, axes[l + 1]);
        for (int k = 0; k < 2; k++) {
            state[k][l] = IN(F32, axes[l], axes[l + 1]);
            state[2 + k][l] = IN(F32, axes[l + 1]);
        }
        z[l] = BIN(ADD,
                   DOT(BIN(MUL, h[l], NUM(F32, 1)), BIN(MUL, weight[l], NUM(F32, 0.05)), axes[l]),
                   bias[l]);
        h[l + 1] = BIN(MUL, z[l], UN(SIGMOID, z[l]));
    }
    Node *d = BIN(SUB, softmax(w, z[layers - 1], axes[layers]), target);
    output(w, RED(SUM, BIN(MUL, d, d), b, axes[layers]));
    Node *c1 = BIN(SUB, NUM(F32, 1), BIN(POW, NUM(F32, 0.9), t)),
         *c2 = BIN(SUB, NUM(F32, 1), BIN(POW, NUM(F32, 0.999), t));
    for (int l = layers - 1; l >= 0; l--) {
        Node *g[2] = {DOT(h[l], d, b), RED(SUM, d, b)}, *p[2] = {weight[l], bias[l]};
        if (l > 0) {
            Node *s = UN(SIGMOID, z[l - 1]);
            Node *slope = BIN(ADD, s, BIN(MUL, h[l], BIN(SUB, NUM(F32, 1), s)));
            d = BIN(MUL, DOT(d, BIN(MUL, weight[l], NUM(F32, 0.05)), axes[l + 1]), slope);
        }
        for (int k = 0; k < 2; k++) {
            int   at = first[l];
            Node *m =
                BIN(ADD, BIN(MUL, state[2 * k][l], NUM(F32, 0.9)), BIN(MUL, g[k], NUM(F32, 0.1)));
            Node *v = BIN(ADD, BIN(MUL, UN(ABS, state[2 * k + 1][l]), NUM(F32, 0.999)),
                          BIN(MUL, BIN(MUL, g[k], g[k]), NUM(F32, 0.001)));
            Node *step =
                BIN(DIV, BIN(DIV, m, c1), BIN(ADD, UN(SQRT, BIN(DIV, v, c2)), NUM(F32, 1e-8)));
            Node *next =
                BIN(SUB, p[k],
                    BIN(MUL, NUM(F32, 1e-3), BIN(ADD, step, BIN(MUL, p[k], NUM(F32, 0.01)))));
            output_alias(w, next, at + k);
            output_alias(w, m, at + 2 + 2 * k - k);
            output_alias(w, v, -1);
        }
    }
}

static void a_training_step_is_right(void)
{
    World *w = world_new();
    w->low = 0.1;
    w->high = 0.9;
    perceptron(w, 3, 9, 12);
    check(w, 1e-3);
}

static void a_training_step_says_how_long_it_took_to_compile(void)
{
    World *w = world_new();
    double begin = seconds();
    Jit   *jit = jit_new();
    double made = seconds();
    perceptron(w, 8, 64, 128);
    double start = seconds();
    Step  *s = step_compile(jit, w->program, NULL, w->diags);
    double all = seconds() - start;
    CU_ASSERT_PTR_NOT_NULL_FATAL(s);
    StepTimes t = step_times(s);
    CU_ASSERT(t.kernels > 0);
    printf("\n  jit %.0f ms; %d kernels: schedule %.0f, build %.0f, optimize %.0f, generate %.0f, "
           "load %.0f, in all %.0f ms\n",
           1e3 * (made - begin), t.kernels, 1e3 * t.schedule, 1e3 * t.build, 1e3 * t.optimize,
           1e3 * t.generate, 1e3 * t.load, 1e3 * all);
    show_plan(w);
    step_free(s);
    jit_free(jit);
    world_free(w);
}

// ---- object files ----

static void object_files_give_the_same_bits(void)
{
    World *w = world_new();
    Axis  *i = open_axis(w, "i"), *j = open_axis(w, "j");
    Node  *x = IN(F32, i, j), *y = IN(F32, j);
    output(w, softmax(w, BIN(ADD, x, y), j));
    output(w, DOT(x, UN(EXP, y), j));
    output(w, RED(SUM, UN(TANH, x), i, j));
    w->value[0] = 37;
    w->value[1] = 61;
    char dir[] = "/tmp/plexus-emit-XXXXXX", command[256], path[64];
    Buf  object = {0};
    bool ok = mkdtemp(dir) && emit_object(w->program, "my_step", NULL, w->diags, &object);
    CU_ASSERT_FATAL(ok);
    snprintf(path, sizeof path, "%s/a.o", dir);
    FILE *f = fopen(path, "wb");
    CU_ASSERT_PTR_NOT_NULL_FATAL(f);
    fwrite(object.at, 1, object.n, f);
    fclose(f);
    buf_free(&object);
    snprintf(command, sizeof command, "cc -shared -o %s/a.so %s/a.o -lm", dir, dir);
    CU_ASSERT_EQUAL(system(command), 0);
    snprintf(path, sizeof path, "%s/a.so", dir);
    void *lib = dlopen(path, RTLD_NOW);
    if (!lib)
        printf("  %s\n", dlerror());
    CU_ASSERT_PTR_NOT_NULL(lib);
    compare_with(w, lib ? dlsym(lib, "my_step") : NULL);
    snprintf(command, sizeof command, "rm -r %s", dir);
    CU_ASSERT_EQUAL(system(command), 0);
    if (lib)
        dlclose(lib);
    world_free(w);
}

static void a_cancelled_loop_ends(void)
{
    World  *w = world_new();
    Axis   *i = axis(w, "i", 4);
    Node   *x = IN(F32, i);
    Region *cond = region_begin(&w->b);
    region_param(&w->b, ELEM_I64, (AxisSet){0});
    region_param(&w->b, ELEM_F32, AXES(i));
    region_result(&w->b, ir_const(&w->b, ELEM_BOOL, 1));
    region_end(&w->b);
    Region *body = region_begin(&w->b);
    region_param(&w->b, ELEM_I64, (AxisSet){0});
    region_result(&w->b, UN(NEG, region_param(&w->b, ELEM_F32, AXES(i))));
    region_end(&w->b);
    output(w, ir_out(&w->b, ir_while(&w->b, &x, 1, cond, body), 0));
    Jit   *jit = jit_new();
    Step  *s = step_compile(jit, w->program, NULL, w->diags);
    float  in[4] = {0}, out[4];
    PlxCtx ctx;
    plx_ctx_init(&ctx, NULL, NULL);
    ctx.cancelled = 1;
    CU_ASSERT_PTR_NOT_NULL_FATAL(s);
    CU_ASSERT_EQUAL(step_run(s, &ctx, NULL, (void *[]){in}, (void *[]){out}), PLX_ERR_CANCELLED);
    plx_ctx_free(&ctx);
    step_free(s);
    jit_free(jit);
    world_free(w);
}

// ---- random programs ----

typedef struct {
    World *w;
    Axis  *axis[6];
    Node  *node[80];
    int    n;
} Random;

static unsigned pick(Random *r, unsigned n)
{
    World *w = r->w;
    w->seed = w->seed * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(w->seed >> 33) % n;
}

static Node *any_node(Random *r) { return r->node[pick(r, (unsigned)r->n)]; }

static Axis *axis_of_node(Random *r, const Node *n)
{
    return n->type.axes.n ? n->type.axes.at[pick(r, (unsigned)n->type.axes.n)] : NULL;
}

static Axis *axis_not_in(Random *r, const Node *n)
{
    for (int k = 0; k < 12; k++) {
        Axis *a = r->axis[pick(r, 6)];
        if (!axes_has(n->type.axes, a))
            return a;
    }
    return NULL;
}

static Node *random_binary(Random *r)
{
    static const Op ops[] = {OP_ADD, OP_SUB, OP_MUL, OP_MIN2, OP_MAX2};
    return ir_binary(&r->w->b, ops[pick(r, 5)], any_node(r), any_node(r));
}

static Node *random_unary(Random *r)
{
    static const Op ops[] = {OP_NEG, OP_ABS, OP_TANH, OP_SIN, OP_SIGMOID, OP_COPY, OP_ERF, OP_EXP};
    return ir_unary(&r->w->b, ops[pick(r, 8)], any_node(r));
}

static Node *random_reduction(Random *r)
{
    static const Op ops[] = {OP_SUM, OP_MAX, OP_MIN, OP_SUM};
    Node           *x = any_node(r);
    Axis           *a = axis_of_node(r, x);
    return a ? ir_reduce(&r->w->b, ops[pick(r, 4)], x, &a, 1) : NULL;
}

static Node *random_softmax(Random *r)
{
    Node *x = any_node(r);
    Axis *a = axis_of_node(r, x);
    return a ? softmax(r->w, x, a) : NULL;
}

static Node *random_product(Random *r)
{
    Node *x = any_node(r), *y = any_node(r);
    Axis *a = axis_of_node(r, x);
    return a && axes_has(y->type.axes, a) ? ir_contract(&r->w->b, x, y, &a, 1) : NULL;
}

// Shifted, reversed or windowed, with zeros outside.
static Node *random_index(Random *r)
{
    Node    *x = any_node(r), *at;
    Axis    *from = axis_of_node(r, x), *to = from ? axis_not_in(r, x) : NULL;
    Builder *b = &r->w->b;
    if (!to)
        return NULL;
    at = ir_iota(b, to);
    at = pick(r, 2) ? ir_binary(b, OP_ADD, at, ir_int(b, (int64_t)pick(r, 5) - 2))
                    : ir_binary(b, OP_SUB, ir_int(b, 4), at);
    if (pick(r, 2))
        at = ir_binary(b, OP_ADD, at, ir_binary(b, OP_MUL, ir_iota(b, r->axis[5]), ir_int(b, 2)));
    return ir_index(b, x, &from, &at, 1, ir_const(b, x->type.elem, 0.5));
}

static Node *random_scatter(Random *r)
{
    Node *x = any_node(r), *at;
    Axis *from = axis_of_node(r, x), *to = from ? axis_not_in(r, x) : NULL;
    if (!to)
        return NULL;
    at = ir_binary(&r->w->b, OP_IDIV, ir_iota(&r->w->b, from), ir_int(&r->w->b, 2));
    return ir_scatter(&r->w->b, OP_SCATTER_ADD, x, &from, 1, &to, &at, 1);
}

static Node *random_guard(Random *r)
{
    Node *x = any_node(r);
    Axis *a = axis_of_node(r, x);
    if (!a)
        return NULL;
    Node *g =
        ir_binary(&r->w->b, OP_LT, ir_iota(&r->w->b, a), ir_int(&r->w->b, (int64_t)pick(r, 9)));
    return pick(r, 2) ? ir_guard(&r->w->b, x, g) : ir_select(&r->w->b, g, x, any_node(r));
}

static Node *random_view(Random *r)
{
    Node *x = any_node(r);
    Axis *from = axis_of_node(r, x), *to = axis_not_in(r, x);
    Attr  scan = {.ax = &from, .nax = 1, .i = pick(r, 2)};
    if (!from || !to)
        return NULL;
    if (from->size == to->size)
        return ir_rename(&r->w->b, x, &from, &to, 1);
    return pick(r, 2) ? ir_make(&r->w->b, OP_CUMSUM, &x, 1, &scan)
                      : ir_expand(&r->w->b, x, axes_of(r->w->arena, &to, 1));
}

static Node *random_loop(Random *r)
{
    World *w = r->w;
    Node  *x = any_node(r), *y = any_node(r);
    Axis  *t = axis_not_in(r, x);
    if (!t || !axes_contains(x->type.axes, y->type.axes) || axes_has(y->type.axes, t))
        return NULL;
    x = ir_fill(&w->b, x);
    y = ir_fill(&w->b, y);
    Region *body = region_begin(&w->b);
    region_param(&w->b, ELEM_I64, (AxisSet){0});
    Node *s = region_param(&w->b, ELEM_F32, x->type.axes);
    Node *next = ir_unary(&w->b, OP_TANH, ir_binary(&w->b, OP_ADD, s, ir_fill(&w->b, y)));
    region_result(&w->b, next);
    region_result(&w->b, ir_binary(&w->b, OP_MUL, next, s));
    region_end(&w->b);
    Node *l = ir_loop(&w->b, t, &x, 1, body);
    return ir_out(&w->b, l, (int)pick(r, 2));
}

static void random_programs_of(uint64_t seed)
{
    typedef Node        *Maker(Random *);
    static Maker *const  makers[] = {random_binary,  random_binary,  random_unary, random_reduction,
                                     random_product, random_index,   random_guard, random_view,
                                     random_softmax, random_scatter, random_loop};
    static const int64_t sizes[] = {1, 3, 5, 8, 16, 17, 20, 33};
    World               *w = world_new();
    Random               r = {.w = w};
    w->seed = seed * 0x9E3779B97F4A7C15u + 77;
    for (int i = 0; i < 6; i++) {
        char name[] = {(char)('a' + i), 0};
        r.axis[i] = i == 1 ? axis(w, name, pick(&r, 20) ? sizes[pick(&r, 8)] : 0)
                           : axis(w, name, sizes[pick(&r, i == 5 ? 3 : 8)]);
        if (i == 3) {
            w->value[w->nvar] = sizes[pick(&r, 8)];
            r.axis[i] = open_axis(w, name);
        }
    }
    for (int i = 0; i < 4; i++) {
        Axis *some[3] = {r.axis[pick(&r, 6)], r.axis[pick(&r, 6)], r.axis[pick(&r, 6)]};
        r.node[r.n++] = input(w, ELEM_F32, axes_of(w->arena, some, (int)pick(&r, 3) + 1));
    }
    while (r.n < 28) {
        Node  *n = makers[pick(&r, 11)](&r);
        double count = 1;
        for (int i = 0; n && i < n->type.axes.n; i++)
            count *= (double)size_at(w, n->type.axes.at[i]->size);
        if (n && count < 3e4)
            r.node[r.n++] = pick(&r, 3) ? n : ir_unary(&w->b, OP_TANH, n);
    }
    for (int i = r.n - 1; i > 3; i -= 1 + (int)pick(&r, 3))
        output(w, r.node[i]);
    w->reverse = (int)pick(&r, 4);
    int before = failures;
    check(w, 1e-3);
    if (failures > before)
        printf("  seed %llu\n", (unsigned long long)seed);
}

static void random_programs(void)
{
    const char *first = getenv("SEED"), *count = getenv("COUNT");
    uint64_t    seed = first ? strtoull(first, NULL, 10) : 1;
    for (int i = 0; i < (count ? atoi(count) : 30); i++)
        random_programs_of(seed + (uint64_t)i);
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        TEST(outputs_in_place_of_inputs),
        TEST(a_training_step_is_right),
        TEST(a_training_step_says_how_long_it_took_to_compile),
        TEST(object_files_give_the_same_bits),
        TEST(a_cancelled_loop_ends),
        TEST(random_programs),
        CU_TEST_INFO_NULL,
    };
    return run_tests("emit_step", tests);
}
