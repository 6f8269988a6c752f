// The interpreter: what each operation gives, on random axes and by hand; guards, loops, errors;
// and what must not change a program's results: folding, text and back, leaving dead nodes out.
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/mix.h"
#include "interp/scalar.h"
#include "random.h"
#include "support/op_example.h"
#include "support/random_program.h"
#include "support/run_tests.h"

typedef struct {
    Arena  *arena;
    Axes    axes;
    Builder b;
    Axis   *i, *j, *k;   // of sizes 3, 2, 4
} World;

static World world(void)
{
    Arena *a = arena_new(NULL, NULL);
    Names *names = names_new(a);
    World  w = {.arena = a, .axes = {a, names, sizes_new(a, names), 0}};
    return w;
}

static void begin(World *w)
{
    Sizes *s = w->axes.sizes;
    w->b =
        builder_new(program_new(w->arena, w->axes.names, s, &w->axes, name_of(w->axes.names, "t")));
    w->i = axis_new(&w->axes, name_of(w->axes.names, "i"), size_const(s, 3), SPAN_NONE);
    w->j = axis_new(&w->axes, name_of(w->axes.names, "j"), size_const(s, 2), SPAN_NONE);
    w->k = axis_new(&w->axes, name_of(w->axes.names, "k"), size_const(s, 4), SPAN_NONE);
}

static Node *table(World *w, Elem e, Axis *a, const double *v, int n)
{
    return ir_table(&w->b, e, &a, 1, v, n);
}
static Node *number(World *w, double v) { return ir_const(&w->b, ELEM_F64, v); }

// 10 i + j, over both.
static Node *grid(World *w)
{
    Node *i = ir_binary(&w->b, OP_MUL, ir_iota(&w->b, w->i), ir_int(&w->b, 10));
    return ir_convert(&w->b, ir_binary(&w->b, OP_ADD, i, ir_iota(&w->b, w->j)), ELEM_F64);
}

static const InterpTensor *run(World *w, Node *n)
{
    InterpTensor *out[1] = {NULL};
    w->b.program->outputs.n = 0;
    program_output(w->b.program, name_of(w->axes.names, "y"), n, -1, NULL);
    const char *wrong = program_verify(w->b.program);
    if (!wrong)
        wrong = interp_run(w->b.program, w->arena, NULL, 0, NULL, out);
    if (wrong)
        printf("\n  %s\n", wrong);
    return wrong ? NULL : out[0];
}

static bool gives(World *w, Node *n, const double *want, int count)
{
    const InterpTensor *t = run(w, n);
    bool                same = t && t->count == count;
    for (int i = 0; i < count && same; i++) {
        double v = t->r ? t->r[i] : (double)t->i[i];
        same = v == want[i] || (isnan(v) && isnan(want[i]));
    }
    for (int64_t i = 0; t && i < t->count && !same; i++)
        printf("%s%g", i ? ", " : "\n  got ", t->r ? t->r[i] : (double)t->i[i]);
    return same;
}

#define GIVES(w, n, ...)                                                                           \
    do {                                                                                           \
        const double want_[] = {__VA_ARGS__};                                                      \
        CU_ASSERT_TRUE(gives(w, n, want_, (int)(sizeof want_ / sizeof *want_)));                   \
    } while (0)

// ---- by hand ----

static void views_move_elements_wrongly(void)
{
    World w = world();
    begin(&w);
    Sizes *s = w.axes.sizes;
    Node  *g = grid(&w);
    Axis  *ij[2] = {w.i, w.j}, *ji[2] = {w.j, w.i}, *twin = axis_twin(&w.axes, w.j);
    Axis  *six = axis_new(&w.axes, name_of(w.axes.names, "six"), size_const(s, 6), SPAN_NONE);
    Axis  *five = axis_new(&w.axes, name_of(w.axes.names, "five"), size_const(s, 5), SPAN_NONE);
    GIVES(&w, g, 0, 1, 10, 11, 20, 21);
    GIVES(&w, ir_merge(&w.b, g, ij, 2, six), 0, 1, 10, 11, 20, 21);
    GIVES(&w, ir_merge(&w.b, g, ji, 2, six), 0, 10, 20, 1, 11, 21);
    GIVES(&w, ir_split(&w.b, ir_merge(&w.b, g, ji, 2, six), six, ij, 2), 0, 10, 20, 1, 11, 21);
    GIVES(&w, ir_rename(&w.b, g, &w.j, &twin, 1), 0, 1, 10, 11, 20, 21);
    GIVES(&w, ir_expand(&w.b, ir_iota(&w.b, w.j), axes_of(w.arena, &w.i, 1)), 0, 1, 0, 1, 0, 1);
    Node *parts[2] = {ir_convert(&w.b, ir_iota(&w.b, w.i), ELEM_F64), number(&w, 7)};
    parts[1] = ir_expand(&w.b, parts[1], axes_of(w.arena, &w.j, 1));
    GIVES(&w, ir_concat(&w.b, parts, ij, 2, five), 0, 1, 2, 7, 7);
    parts[1] = g;  // i passes by, and is another axis than the one that is joined
    Axis *j_i[2] = {w.j, w.i};
    Node *swapped[2] = {g, parts[0]};
    GIVES(&w, ir_concat(&w.b, swapped, j_i, 2, five), 0, 1, 0, 1, 2, 10, 11, 0, 1, 2, 20, 21, 0, 1,
          2);
    arena_free(w.arena);
}

static void reductions_are_wrong(void)
{
    World w = world();
    begin(&w);
    Node        *g = grid(&w);
    const double v[] = {2, NAN, 1}, u[] = {3, 1, 3}, p[] = {2, 3};
    Node        *nan = table(&w, ELEM_F64, w.i, v, 3), *ties = table(&w, ELEM_F64, w.i, u, 3);
    GIVES(&w, ir_reduce(&w.b, OP_SUM, g, &w.i, 1), 30, 33);
    GIVES(&w, ir_reduce(&w.b, OP_PROD, g, &w.j, 1), 0, 110, 420);
    GIVES(&w, ir_reduce(&w.b, OP_MAX, g, &w.i, 1), 20, 21);
    GIVES(&w, ir_reduce(&w.b, OP_MIN, g, &w.j, 1), 0, 10, 20);
    GIVES(&w, ir_reduce(&w.b, OP_MAX, nan, &w.i, 1), NAN);
    GIVES(&w, ir_reduce(&w.b, OP_ARGMAX, nan, &w.i, 1), 1);
    GIVES(&w, ir_reduce(&w.b, OP_ARGMAX, ties, &w.i, 1), 0);
    GIVES(&w, ir_reduce(&w.b, OP_ARGMIN, ties, &w.i, 1), 1);
    GIVES(&w, ir_reduce(&w.b, OP_ARGSORT, ties, &w.i, 1), 1, 0, 2);
    GIVES(&w, ir_reduce(&w.b, OP_ARGSORT, nan, &w.i, 1), 2, 0, 1);
    GIVES(&w, ir_reduce(&w.b, OP_CUMSUM, g, &w.i, 1), 0, 1, 10, 12, 30, 33);
    Attr back = {.ax = &w.i, .nax = 1, .i = 1};
    GIVES(&w, ir_make(&w.b, OP_CUMSUM, &ties, 1, &back), 7, 4, 3);
    GIVES(&w, ir_contract(&w.b, g, table(&w, ELEM_F64, w.j, p, 2), &w.j, 1), 3, 53, 103);
    Node *few = ir_binary(&w.b, OP_LT, ir_iota(&w.b, w.i), ir_int(&w.b, 1));
    GIVES(&w, ir_reduce(&w.b, OP_ANY, few, &w.i, 1), 1);
    GIVES(&w, ir_reduce(&w.b, OP_ALL, few, &w.i, 1), 0);
    arena_free(w.arena);
}

static void reductions_of_nothing_are_wrong(void)
{
    World w = world();
    begin(&w);
    Axis *none =
        axis_new(&w.axes, name_of(w.axes.names, "none"), size_const(w.axes.sizes, 0), SPAN_NONE);
    Node *i = ir_iota(&w.b, none), *x = ir_convert(&w.b, i, ELEM_F64),
         *c = ir_binary(&w.b, OP_LT, i, ir_int(&w.b, 1));
    Node  *small = ir_convert(&w.b, i, ELEM_I32);
    GIVES(&w, ir_reduce(&w.b, OP_SUM, x, &none, 1), 0);
    GIVES(&w, ir_reduce(&w.b, OP_PROD, x, &none, 1), 1);
    GIVES(&w, ir_reduce(&w.b, OP_MAX, x, &none, 1), -INFINITY);
    GIVES(&w, ir_reduce(&w.b, OP_MIN, x, &none, 1), INFINITY);
    GIVES(&w, ir_reduce(&w.b, OP_MAX, i, &none, 1), (double)INT64_MIN);
    GIVES(&w, ir_reduce(&w.b, OP_MIN, small, &none, 1), INT32_MAX);
    GIVES(&w, ir_reduce(&w.b, OP_ARGMAX, x, &none, 1), 0);
    GIVES(&w, ir_reduce(&w.b, OP_ANY, c, &none, 1), 0);
    GIVES(&w, ir_reduce(&w.b, OP_ALL, c, &none, 1), 1);
    arena_free(w.arena);
}

static void positions_lead_astray(void)
{
    World w = world();
    begin(&w);
    Node        *g = grid(&w);
    const double at[] = {2, 0, 2, 5}, m[] = {1, 2, 4, 8};
    Node        *pos = table(&w, ELEM_I64, w.k, at, 4), *i = ir_iota(&w.b, w.i),
         *x = table(&w, ELEM_F64, w.k, m, 4);
    Node *row = ir_reduce(&w.b, OP_SUM, g, &w.j, 1),
         *next = ir_binary(&w.b, OP_ADD, i, ir_int(&w.b, 1));
    GIVES(&w, ir_index(&w.b, row, &w.i, &pos, 1, number(&w, -1)), 41, 1, 41, -1);
    GIVES(&w, ir_index(&w.b, row, &w.i, &next, 1, number(&w, -1)), 21, 41, -1);
    Node *diagonal = ir_binary(&w.b, OP_MIN2, i, ir_int(&w.b, 1));
    GIVES(&w, ir_index(&w.b, g, &w.j, &diagonal, 1, NULL), 0, 11, 21);
    GIVES(&w, ir_scatter(&w.b, OP_SCATTER_ADD, x, &w.k, 1, &w.i, &pos, 1), 2, 0, 5);
    GIVES(&w, ir_scatter(&w.b, OP_SCATTER_MAX, x, &w.k, 1, &w.i, &pos, 1), 2, -INFINITY, 4);
    GIVES(&w, ir_scatter(&w.b, OP_SCATTER_MIN, x, &w.k, 1, &w.i, &pos, 1), 2, INFINITY, 1);
    GIVES(&w, ir_scatter(&w.b, OP_SCATTER_PROD, x, &w.k, 1, &w.i, &pos, 1), 2, 1, 4);
    GIVES(&w, ir_scatter(&w.b, OP_SCATTER_ADD, row, &w.i, 1, &w.i, &next, 1), 0, 1, 21);
    Node *wide = ir_scatter(&w.b, OP_SCATTER_ADD, number(&w, 1), &w.k, 1, &w.i, &pos, 1);
    GIVES(&w, wide, 1, 0, 2);
    arena_free(w.arena);
}

static void integers_round_wrongly(void)
{
    static const struct {
        Op      op;
        int64_t a, b, want;
    } row[] = {
        {OP_IDIV, -7, 2, -4},
        {OP_IDIV, 7, -2, -4},
        {OP_IDIV, 7, 0, 0},
        {OP_IDIV, INT64_MIN, -1, INT64_MIN},
        {OP_IMOD, -7, 2, 1},
        {OP_IMOD, 7, -2, -1},
        {OP_IMOD, 7, 0, 0},
        {OP_IMOD, INT64_MIN, -1, 0},
        {OP_SHL, 1, 64, 0},
        {OP_SHL, 1, -1, 0},
        {OP_SHL, 3, 2, 12},
        {OP_SHR, -1, 63, 1},
        {OP_SHR, -1, 64, 0},
        {OP_ADD, INT64_MAX, 1, INT64_MIN},
        {OP_BITXOR, 6, 3, 5},
        {OP_BITAND, 6, 3, 2},
        {OP_MUL, INT64_MIN, -1, INT64_MIN},
    };
    for (size_t t = 0; t < sizeof row / sizeof *row; t++) {
        Scalar x[2] = {{.i = row[t].a}, {.i = row[t].b}};
        CU_ASSERT_EQUAL(scalar_of(row[t].op)(x, ELEM_I64).i, row[t].want);
    }
}

// ---- guards ----

static void guards_are_not_obeyed(void)
{
    World w = world();
    begin(&w);
    Node *g = grid(&w), *i = ir_iota(&w.b, w.i), *few = ir_binary(&w.b, OP_LT, i, ir_int(&w.b, 2));
    Node *x = ir_guard(&w.b, g, few),
         *none = ir_guard(&w.b, g, ir_binary(&w.b, OP_LT, i, ir_int(&w.b, 0)));
    GIVES(&w, x, 0, 1, 10, 11, 0, 0);
    GIVES(&w, ir_reduce(&w.b, OP_SUM, x, &w.i, 1), 10, 12);
    GIVES(&w, ir_reduce(&w.b, OP_MAX, x, &w.i, 1), 10, 11);
    GIVES(&w, ir_reduce(&w.b, OP_MAX, none, &w.i, 1), -INFINITY, -INFINITY);
    GIVES(&w, ir_reduce(&w.b, OP_ARGMAX, x, &w.i, 1), 1, 1);
    GIVES(&w, ir_contract(&w.b, x, g, &w.i, 1), 100, 122);
    GIVES(&w, ir_binary(&w.b, OP_ADD, x, number(&w, 1)), 1, 2, 11, 12, 0,
          0);  // a number is nowhere by itself
    GIVES(&w, ir_binary(&w.b, OP_ADD, x, ir_expand(&w.b, number(&w, 1), g->type.axes)), 1, 2, 11,
          12, 1, 1);
    GIVES(&w, ir_reduce(&w.b, OP_CUMSUM, x, &w.i, 1), 0, 1, 10, 12, 10, 12);
    GIVES(&w, ir_select(&w.b, few, x, number(&w, 5)), 0, 1, 10, 11, 5, 5);
    Node *shifted = ir_binary(&w.b, OP_ADD, i, ir_int(&w.b, 1));
    GIVES(&w, ir_fill(&w.b, ir_index(&w.b, x, &w.i, &shifted, 1, number(&w, 9))), 10, 11, 0, 0, 9,
          9);
    Node *pos = ir_guard(&w.b, shifted, few);
    GIVES(&w, ir_scatter(&w.b, OP_SCATTER_ADD, g, &w.i, 1, &w.k, &pos, 1), 0, 0, 10, 0, 0, 1, 11,
          0);
    GIVES(&w, ir_reduce(&w.b, OP_SUM, ir_index(&w.b, g, &w.i, &pos, 1, NULL), &w.i, 1), 30, 32);
    arena_free(w.arena);
}

// ---- regions ----

static void loops_turn_wrongly(void)
{
    World w = world();
    begin(&w);
    Node   *s = number(&w, 1), *g = grid(&w);
    Region *r = region_begin(&w.b);
    Node   *turn = region_param(&w.b, ELEM_I64, (AxisSet){0}),
         *c = region_param(&w.b, ELEM_F64, (AxisSet){0});
    Node   *row = ir_reduce(&w.b, OP_SUM, ir_index(&w.b, g, &w.i, &turn, 1, NULL), &w.j, 1);
    region_result(&w.b, ir_binary(&w.b, OP_ADD, ir_binary(&w.b, OP_MUL, c, number(&w, 2)), row));
    region_result(&w.b, c);
    region_end(&w.b);
    Node *loop = ir_loop(&w.b, w.i, &s, 1, r);
    GIVES(&w, ir_out(&w.b, loop, 0), 2 * (2 * (2 + 1) + 21) + 41);
    GIVES(&w, ir_out(&w.b, loop, 1), 1, 3, 27);
    arena_free(w.arena);
}

static void while_goes_on_wrongly(void)
{
    World w = world();
    begin(&w);
    Node   *carry[2] = {number(&w, 1), number(&w, 1)};  // Fibonacci below 50
    Region *goes = region_begin(&w.b);
    region_param(&w.b, ELEM_I64, (AxisSet){0});
    region_param(&w.b, ELEM_F64, (AxisSet){0});
    Node *next = region_param(&w.b, ELEM_F64, (AxisSet){0});
    region_result(&w.b, ir_binary(&w.b, OP_LT, next, number(&w, 50)));
    region_end(&w.b);
    Region *body = region_begin(&w.b);
    region_param(&w.b, ELEM_I64, (AxisSet){0});
    Node *a = region_param(&w.b, ELEM_F64, (AxisSet){0}),
         *b = region_param(&w.b, ELEM_F64, (AxisSet){0});
    region_result(&w.b, b);
    region_result(&w.b, ir_binary(&w.b, OP_ADD, a, b));
    region_end(&w.b);
    GIVES(&w, ir_out(&w.b, ir_while(&w.b, carry, 2, goes, body), 0), 34);
    arena_free(w.arena);
}

// ---- all operations ----

static bool all_finite(const InterpTensor *t)
{
    for (int64_t i = 0; t->r && i < t->count; i++)
        if (!isfinite(t->r[i]))
            return false;
    return true;
}

static bool infinite_of_none(Op op)
{
    return op == OP_MAX || op == OP_MIN || op == OP_SCATTER_MAX || op == OP_SCATTER_MIN;
}

// Draws the inputs from the operation's domain.
static InterpTensor **inputs_for(Arena *a, const Program *p, Op op, uint64_t *seed)
{
    InterpTensor **in = ARENA_ARRAY(a, InterpTensor *, p->inputs.n + 1);
    for (int i = 0; i < p->inputs.n; i++) {
        in[i] = random_tensor(a, seed, p->inputs.at[i].node, NULL, 0);
        for (int64_t k = 0; in[i]->r && op_info(op)->hi > op_info(op)->lo && k < in[i]->count; k++)
            in[i]->r[k] =
                scalar_round((Scalar){.r = random_between(seed, op_info(op)->lo, op_info(op)->hi)},
                             in[i]->elem)
                    .r;
    }
    return in;
}

static void operations_fail_on_some_sizes(void)
{
    static const int64_t sizes[] = {0, 1, 3};
    uint64_t             seed = 5;
    for (int t = 0; t < OP_COUNT * 27 * 2; t++) {
        Op            op = (Op)(t / 54);
        Arena        *a = arena_new(NULL, NULL);
        Program      *p = op_program(a, op, t % 2 ? ELEM_F32 : ELEM_F64, sizes[t / 2 % 3],
                                     sizes[t / 6 % 3], sizes[t / 18 % 3]);
        InterpTensor *out[1];
        const char *wrong = p ? interp_run(p, a, NULL, 0, inputs_for(a, p, op, &seed), out) : NULL;
        bool          ok = !wrong && (!p || infinite_of_none(op) || all_finite(out[0]));
        if (!ok)
            printf("\n  %s, case %d: %s\n", op_info(op)->text, t, wrong ? wrong : "not finite");
        CU_ASSERT_TRUE(ok);
        arena_free(a);
    }
}

static void element_types_round_wrongly(void)
{
    World  w = world();
    begin(&w);
    const double v[] = {0.1, 1e-300, 16777217};
    Node        *x = ir_convert(&w.b, table(&w, ELEM_F64, w.i, v, 3), ELEM_F32);
    GIVES(&w, x, (double)0.1f, 0, 16777216);
    GIVES(&w, ir_binary(&w.b, OP_MUL, x, x), (double)(0.1f * 0.1f), 0,
          (double)(16777216.f * 16777216.f));
    const double big[] = {300, -129, 3e9};
    GIVES(&w,
          ir_convert(&w.b, ir_convert(&w.b, table(&w, ELEM_F64, w.i, big, 3), ELEM_I64), ELEM_I8),
          44, 127, 0);
    GIVES(&w, ir_convert(&w.b, table(&w, ELEM_F64, w.i, big, 3), ELEM_I32), 300, -129, -1294967296);
    arena_free(w.arena);
}

// ---- what must not change results ----

// A constant operand folds; the same number as an input does not.
static bool folds_truly(Op op, Elem e, double a, double b)
{
    World         w = world();
    const double  v[2] = {a, b};
    Node         *in[2], *constant[2];
    InterpTensor *given[2], *out[2];
    begin(&w);
    for (int k = 0; k < 2; k++) {
        in[k] = ir_input(&w.b, name_of(w.axes.names, "x"), INPUT_DATA, e, (AxisSet){0}, NULL);
        constant[k] = ir_const(&w.b, e, v[k]);
        given[k] = interp_tensor(w.arena, e, NULL, NULL, 0);
        if (given[k]->r)
            given[k]->r[0] = constant[k]->attr.r;
        else
            given[k]->i[0] = constant[k]->attr.i;
    }
    bool same = true;
    for (int which = 0; which < 3 && same; which++) {  // both constant, the second, the first
        Node *x = which == 1 ? in[0] : constant[0], *y = which == 2 ? in[1] : constant[1];
        int   arity = op_info(op)->arity;
        Node *mixed[2] = {x, y};
        w.b.program->outputs.n = 0;
        program_output(w.b.program, NULL, ir_make(&w.b, op, mixed, arity, NULL), -1, NULL);
        program_output(w.b.program, NULL, ir_make(&w.b, op, in, arity, NULL), -1, NULL);
        same = !interp_run(w.b.program, w.arena, NULL, 0, given, out);
        if (same && out[0]->r)
            same = out[0]->r[0] == out[1]->r[0] || (isnan(out[0]->r[0]) && isnan(out[1]->r[0]));
        else if (same)
            same = out[0]->i[0] == out[1]->i[0];
    }
    arena_free(w.arena);
    return same;
}

static void folding_changes_values(void)
{
    static const double real[] = {0, 1, -1, 2, 2.5, -3, 1e300, INFINITY, -INFINITY, NAN};
    static const double whole[] = {0, 1, -1, 2, 7, -7, 0x1p62, -0x1p63};
    static const Op     reals[] = {OP_ADD,  OP_SUB, OP_MUL, OP_DIV, OP_POW, OP_MIN2,
                                   OP_MAX2, OP_EQ,  OP_NE,  OP_LT,  OP_LE,  OP_NEG};
    static const Op ints[] = {OP_ADD, OP_SUB, OP_MUL, OP_IDIV, OP_IMOD,   OP_MIN2, OP_MAX2, OP_EQ,
                              OP_NE,  OP_LT,  OP_LE,  OP_NEG,  OP_BITAND, OP_SHL,  OP_MIX};
    static const Elem   int_elems[] = {ELEM_I64, ELEM_I32, ELEM_U8};
    for (size_t o = 0; o < sizeof reals / sizeof *reals; o++)
        for (int t = 0; t < 200; t++) {
            bool ok =
                folds_truly(reals[o], t % 2 ? ELEM_F64 : ELEM_F32, real[t / 2 % 10], real[t / 20]);
            if (!ok)
                printf("\n  %s of %g and %g\n", op_info(reals[o])->text, real[t / 2 % 10],
                       real[t / 20]);
            CU_ASSERT_TRUE(ok);
        }
    for (size_t o = 0; o < sizeof ints / sizeof *ints; o++)
        for (int t = 0; t < 192; t++) {
            bool ok = folds_truly(ints[o], int_elems[t % 3], whole[t / 3 % 8], whole[t / 24]);
            if (!ok)
                printf("\n  %s of %g and %g\n", op_info(ints[o])->text, whole[t / 3 % 8],
                       whole[t / 24]);
            CU_ASSERT_TRUE(ok);
        }
}

static bool same_tensor(const InterpTensor *x, const InterpTensor *y)
{
    if (x->count != y->count || x->elem != y->elem)
        return false;
    return x->r ? !memcmp(x->r, y->r, (size_t)x->count * sizeof *x->r)
                : !memcmp(x->i, y->i, (size_t)x->count * sizeof *x->i);
}

static void axis_size_of(const RandomProgram *r, const Axis *axis, InterpSize *s)
{
    SizeVar *v;
    for (int m = 0; m < r->nsize && size_is_var(axis->size, &v); m++)
        if (!strcmp(v->name, r->size[m].var->name))
            s[m] = (InterpSize){v, r->size[m].value};
}

static void region_sizes_of(const RandomProgram *r, const Region *region, InterpSize *s)
{
    for (int i = 0; i < region->nodes.n; i++) {
        const Node *n = region->nodes.at[i];
        for (int k = 0; k < n->type.axes.n; k++)
            axis_size_of(r, n->type.axes.at[k], s);
        for (int k = 0; k < n->attr.nax; k++)
            axis_size_of(r, n->attr.ax[k], s);
        for (int k = 0; k < 2; k++)
            if (n->body[k])
                region_sizes_of(r, n->body[k], s);
    }
}

// Sizes go by the names of their variables.
static InterpSize *sizes_of(Arena *a, const RandomProgram *r, const Program *p)
{
    InterpSize *s = ARENA_ARRAY(a, InterpSize, r->nsize + 1);
    region_sizes_of(r, p->main, s);
    return s;
}

// Inputs over the axes of another reading of the program.
static InterpTensor **inputs_again(Arena *a, const RandomProgram *r, const Program *p)
{
    InterpTensor **in = ARENA_ARRAY(a, InterpTensor *, p->inputs.n + 1);
    for (int i = 0; i < p->inputs.n; i++) {
        in[i] = ARENA_NEW(a, InterpTensor);
        *in[i] = *r->in[i];
        in[i]->ax = p->inputs.at[i].node->type.axes.at;
    }
    return in;
}

static const char *random_differs(Arena *a, const RandomProgram *r)
{
    Buf           text = {0};
    InterpTensor *out[3], *again[3];
    const char   *wrong = program_verify(r->program);
    if (!wrong)
        wrong = interp_run(r->program, a, r->size, r->nsize, r->in, out);
    for (int i = 0; i < r->program->outputs.n && !wrong; i++)
        wrong = all_finite(out[i])
                    ? NULL
                    : "a result that is not finite: something read what is guarded out";
    if (wrong)
        return wrong;
    program_print(r->program, &text);
    Axes    axes = {.arena = a, .names = r->program->names, .sizes = sizes_new(a, r->program->names)};
    Program *q = program_read(a, axes.names, axes.sizes, &axes, text.at, diags_new(a), 0);
    buf_free(&text);
    wrong = q ? interp_run(q, a, sizes_of(a, r, q), r->nsize, inputs_again(a, r, q), again)
              : "it does not read back";
    for (int i = 0; i < r->program->outputs.n && !wrong; i++)
        wrong = same_tensor(out[i], again[i]) ? NULL : "read back, it gives something else";
    q = program_live(r->program);
    if (!wrong && !(wrong = program_verify(q)))
        wrong = interp_run(q, a, r->size, r->nsize, r->in, again);
    for (int i = 0; i < r->program->outputs.n && !wrong; i++)
        wrong = same_tensor(out[i], again[i]) ? NULL
                                              : "without its dead nodes, it gives something else";
    return wrong;
}

static void random_programs_change_their_results(void)
{
    static const int64_t sizes[][3] = {{3, 1, 2}, {0, 3, 1}, {1, 0, 3}, {3, 3, 3}, {2, 1, 0}};
    for (uint64_t seed = 0; seed < 400; seed++) {
        Arena        *a = arena_new(NULL, NULL);
        const int64_t *s = sizes[seed % 5];
        RandomOptions  o = {.seed = seed,
                            .elem = seed % 2 ? ELEM_F64 : ELEM_F32,
                            .steps = 5 + (int)(seed % 30),
                            .sizes = {s[0], s[1], s[2]},
                            .symbolic = seed % 3 == 0,
                            .differentiable = seed % 7 == 0,
                            .loops = seed % 4 != 0};
        RandomProgram r = random_program(a, &o);
        const char   *wrong = random_differs(a, &r);
        if (wrong) {
            Buf text = {0};
            program_print(r.program, &text);
            printf("\n%s  seed %llu: %s\n", text.at, (unsigned long long)seed, wrong);
            buf_free(&text);
        }
        CU_ASSERT_PTR_NULL(wrong);
        arena_free(a);
        if (wrong)
            return;
    }
}

// ---- errors ----

static const char *error_of(World *w, Node *n, const InterpSize *size, int nsize,
                            InterpTensor *const *in)
{
    InterpTensor *out[1];
    w->b.program->outputs.n = 0;
    program_output(w->b.program, name_of(w->axes.names, "y"), n, -1, NULL);
    const char *wrong = interp_run(w->b.program, w->arena, size, nsize, in, out);
    return wrong ? wrong : "";
}

static void wrong_runs_pass(void)
{
    World w = world();
    begin(&w);
    Sizes   *t = w.axes.sizes;
    SizeVar *n = size_var_new(t, name_of(w.axes.names, "n"), 0);
    Axis    *open = axis_new(&w.axes, name_of(w.axes.names, "open"), size_of_var(t, n), SPAN_NONE);
    Node    *i = ir_iota(&w.b, open), *pos = ir_int(&w.b, 3);
    CU_ASSERT_PTR_NOT_NULL(strstr(error_of(&w, i, NULL, 0, NULL), "not given"));
    CU_ASSERT_PTR_NOT_NULL(
        strstr(error_of(&w, i, &(InterpSize){n, (int64_t)1 << 40}, 1, NULL), "too many"));
    CU_ASSERT_PTR_NOT_NULL(strstr(error_of(&w, i, &(InterpSize){n, -1}, 1, NULL), "below 0"));
    InterpSize three = {n, 3};
    CU_ASSERT_STRING_EQUAL(error_of(&w, i, &three, 1, NULL), "");
    CU_ASSERT_PTR_NOT_NULL(strstr(
        error_of(&w, ir_index(&w.b, i, &open, &pos, 1, NULL), &three, 1, NULL), "out of range"));
    w.b.program->main->nodes.n = 0;
    Axis *pair[2] = {w.i, w.j};
    Node *bad = ir_merge(&w.b, grid(&w), pair, 2, w.k);
    CU_ASSERT_PTR_NOT_NULL(strstr(error_of(&w, bad, &three, 1, NULL), "product"));
    Node         *x = ir_input(&w.b, name_of(w.axes.names, "x"), INPUT_DATA, ELEM_F32,
                               axes_of(w.arena, &open, 1), NULL);
    int64_t       four = 4;
    InterpTensor *in = interp_tensor(w.arena, ELEM_F32, &open, &four, 1);
    CU_ASSERT_PTR_NOT_NULL(strstr(error_of(&w, x, &three, 1, &in), "another type"));
    arena_free(w.arena);
}

static void mixing_differs_from_the_runtime(void)
{
    uint64_t seed = 3;
    for (int t = 0; t < 1000; t++) {
        uint64_t h = random_bits(&seed), word = t % 2 ? random_bits(&seed) : (uint64_t)t;
        Scalar   x[2] = {{.i = (int64_t)h}, {.i = (int64_t)word}};
        CU_ASSERT_EQUAL(mix64(h, word), plx_mix(h, word));
        CU_ASSERT_EQUAL((uint64_t)scalar_of(OP_MIX)(x, ELEM_I64).i, plx_mix(h, word));
    }
}

static const CU_TestInfo tests[] = {
    {"views move elements wrongly", views_move_elements_wrongly},
    {"reductions are wrong", reductions_are_wrong},
    {"reductions of nothing are wrong", reductions_of_nothing_are_wrong},
    {"positions lead astray", positions_lead_astray},
    {"integers round wrongly", integers_round_wrongly},
    {"element types round wrongly", element_types_round_wrongly},
    {"guards are not obeyed", guards_are_not_obeyed},
    {"loops turn wrongly", loops_turn_wrongly},
    {"a while goes on wrongly", while_goes_on_wrongly},
    {"operations fail on some sizes", operations_fail_on_some_sizes},
    {"folding changes values", folding_changes_values},
    {"random programs change their results", random_programs_change_their_results},
    {"wrong runs pass", wrong_runs_pass},
    {"mixing differs from the runtime", mixing_differs_from_the_runtime},
    CU_TEST_INFO_NULL,
};

int main(void) { return run_tests("interpreter", tests); }
