// Compiled programs against interpreted ones, by hand, operation by operation; sizes 0, 1 and odd.
#include "test_emit.h"

#include "ir/complex.h"

// ---- maps ----

static void maps_of(World *w, int64_t n, int64_t m)
{
    Axis *i = axis(w, "i", n), *j = axis(w, "j", m);
    Node *x = IN(F32, i, j), *y = IN(F32, j), *z = IN(F32, i);
    output(w, BIN(ADD, BIN(MUL, x, y), z));
    output(w, UN(TANH, BIN(SUB, UN(EXP, x), y)));
    output(w, ir_select(&w->b, BIN(LT, x, y), UN(SQRT, UN(ABS, x)), z));
    output(w, BIN(LT, y, z));
}

static void maps_are_right_at_every_size(void)
{
    static const int64_t sizes[][2] = {{0, 3},  {3, 0},  {1, 1},    {1, 17},
                                       {5, 16}, {7, 33}, {300, 131}};
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        World *w = world_new();
        maps_of(w, sizes[k][0], sizes[k][1]);
        check(w, 1e-5);
    }
}

static void open_sizes_are_right_at_every_size(void)
{
    World *w = world_new();
    Axis  *i = open_axis(w, "i"), *j = open_axis(w, "j");
    Node  *x = IN(F32, i, j), *y = IN(F64, j);
    output(w, BIN(ADD, ir_convert(&w->b, x, ELEM_F64), y));
    output(w, RED(SUM, x, i));
    output(w, RED(MAX, x, j));
    output(w, DOT(x, ir_rename(&w->b, x, &j, (Axis *[]){axis_twin(w->program->axes, j)}, 1), i));
    static const int64_t sizes[][2] = {{0, 3},  {3, 0},  {1, 1},   {1, 17},
                                       {5, 16}, {7, 33}, {65, 131}};
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        w->value[0] = sizes[k][0];
        w->value[1] = sizes[k][1];
        check_again(w, 1e-4);
    }
    world_free(w);
}

static void every_map_operation(void)
{
    static const Elem elems[] = {ELEM_F32, ELEM_F64, ELEM_F16, ELEM_BF16, ELEM_I64, ELEM_I32, ELEM_I8, ELEM_U8};
    for (int op = 0; op < OP_COUNT; op++) {
        const OpInfo *info = op_info((Op)op);
        if (info->class != OPC_MAP || op == OP_CONVERT || op == OP_SELECT || op == OP_GUARD ||
            op == OP_FILL)
            continue;
        for (size_t e = 0; e < sizeof elems / sizeof *elems; e++) {
            World *w = world_new();
            Axis  *i = axis(w, "i", 37);
            Elem   elem = elems[e];
            bool   real = elem_class(elem) == ELEM_CLASS_FLOAT,
                 logic = op == OP_NOT || op == OP_AND || op == OP_OR;
            bool any = op == OP_NEG || op == OP_ABS || op == OP_SIGN || op == OP_STOP ||
                       op == OP_COPY || op == OP_ADD || op == OP_SUB || op == OP_MUL ||
                       op == OP_MIN2 || op == OP_MAX2 || (op >= OP_EQ && op <= OP_LE);
            bool whole = (op >= OP_IDIV && op <= OP_SHR) || op == OP_MIX;
            if (logic   ? e > 0
                : whole ? real || (op == OP_MIX && elem != ELEM_I64)
                        : !any && !real) {
                world_free(w);
                continue;
            }
            w->low = info->lo;
            w->high = info->hi;
            Node *x[3];
            for (int k = 0; k < info->arity; k++) {
                x[k] = input(w, logic ? ELEM_BOOL : elem, AXES(i));
            }
            Attr none = {0};
            output(w, ir_make(&w->b, (Op)op, x, info->arity, &none));
            int failed = failures;
            // what differs in f32's last places may be rounded apart: by one place of the narrow one
            check(w, elem == ELEM_F64 ? 1e-12 : elem == ELEM_F16 ? 0x1p-10 : elem == ELEM_BF16 ? 0x1p-7 : 4e-6);
            if (failures > failed)
                printf("  %s of %s\n", info->text, elem_text(elem));
        }
    }
}

static void conversions_between_all_types(void)
{
    for (int from = 0; from < ELEM_COUNT; from++)
        for (int to = 0; to < ELEM_COUNT; to++) {
            if (to == ELEM_BOOL)
                continue;
            World *w = world_new();
            Axis  *i = axis(w, "i", 37);
            w->low = elem_class((Elem)from) == ELEM_CLASS_FLOAT ? -300 : -100;
            w->high = 300;
            output(w, ir_convert(&w->b, input(w, (Elem)from, AXES(i)), (Elem)to));
            check(w, 1e-6);
        }
}

// All numbers of f16 that lie on a grid, and between each two the quarters and the half: from the subnormal ones to
// what is infinite; for bf16 the same at the ends of f32's exponents.
static void narrow_floats_are_rounded_to_the_nearest(void)
{
    static const double grid[] = {0x1p-26, 0x1p-20, 0x1p-8, 0x1p-2, 0x1p-135, 0x1p-128, 0x1p110, -0x1p-26, -0x1p-2};
    for (size_t k = 0; k < sizeof grid / sizeof *grid; k++) {
        World *w = world_new();
        Axis  *i = axis(w, "i", 270000);
        Node  *x = BIN(MUL, ir_convert(&w->b, ir_iota(&w->b, i), ELEM_F64), NUM(F64, grid[k]));
        Node  *narrow = ir_convert(&w->b, x, ELEM_F32);
        output(w, ir_convert(&w->b, x, ELEM_F16));
        output(w, ir_convert(&w->b, x, ELEM_BF16));
        output(w, ir_convert(&w->b, narrow, ELEM_F16));
        output(w, ir_convert(&w->b, narrow, ELEM_BF16));
        output(w, ir_convert(&w->b, ir_convert(&w->b, x, ELEM_F16), ELEM_F32));
        check(w, 0);
    }
}

// + - * / and roots in f32 and then in the narrow width are what one rounding gives: no tolerance.
static void narrow_arithmetic_is_exact(void)
{
    static const Elem elems[] = {ELEM_F16, ELEM_BF16};
    for (int k = 0; k < 2; k++) {
        World *w = world_new();
        Axis  *i = axis(w, "i", 300), *j = axis(w, "j", 301);
        Node  *x = input(w, elems[k], AXES(i)), *y = input(w, elems[k], AXES(j));
        Node  *xx = ir_expand(&w->b, x, AXES(j));
        output(w, BIN(ADD, xx, y));
        output(w, BIN(SUB, xx, y));
        output(w, BIN(MUL, xx, y));
        output(w, BIN(DIV, xx, y));
        output(w, UN(SQRT, UN(ABS, x)));
        output(w, BIN(MUL, BIN(ADD, xx, y), BIN(SUB, xx, y)));
        output(w, RED(MAX, BIN(MUL, xx, y), j));
        check(w, 0);
    }
}

// 4096 ones and one: a sum kept in f16 stops at 2048, in bf16 at 256.
static void sums_of_narrow_floats_are_kept_wide(void)
{
    static const Elem elems[] = {ELEM_F16, ELEM_BF16};
    for (int k = 0; k < 2; k++) {
        World *w = world_new();
        Axis  *i = axis(w, "i", 4096), *j = axis(w, "j", 3), *l = axis(w, "l", 2);
        Node  *x = input(w, elems[k], AXES(i, j)), *one = ir_expand(&w->b, ir_const(&w->b, elems[k], 1), AXES(i, j));
        Node  *to = BIN(IMOD, ir_iota(&w->b, i), ir_int(&w->b, 2));
        output(w, RED(SUM, one, i));
        output(w, RED(SUM, x, i));
        output(w, DOT(x, one, i));
        output(w, DOT(x, x, i, j));
        output(w, ir_scatter(&w->b, OP_SCATTER_ADD, one, &i, 1, &l, &to, 1));
        output(w, ir_reduce(&w->b, OP_SUM, ir_guard(&w->b, x, BIN(LT, ir_iota(&w->b, i), ir_int(&w->b, 99))), &i, 1));
        Attr up = {.ax = &i, .nax = 1};
        output(w, ir_make(&w->b, OP_CUMSUM, &one, 1, &up));
        check(w, k ? 0x1p-7 : 0x1p-10);
    }
}

static void complex_numbers_are_right_at_every_size(void)
{
    static const int64_t sizes[][2] = {{0, 3}, {3, 0}, {1, 1}, {5, 17}, {31, 64}, {300, 7}};
    static const Op unary[] = {OP_EXP, OP_LOG, OP_SQRT, OP_SIN, OP_COS, OP_SINH, OP_COSH, OP_ABS, OP_NEG, OP_ISFINITE};
    static const Op binary[] = {OP_ADD, OP_SUB, OP_MUL, OP_DIV, OP_POW, OP_EQ, OP_NE};
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        World *w = world_new();
        Axis  *i = axis(w, "i", sizes[k][0]), *j = axis(w, "j", sizes[k][1]);
        Node  *x = IN(C128, i, j), *y = IN(C128, j), *r = IN(F64, i);
        for (size_t u = 0; u < sizeof unary / sizeof *unary; u++)
            output(w, complex_unary(&w->b, unary[u], x));
        for (size_t u = 0; u < sizeof binary / sizeof *binary; u++)
            output(w, complex_binary(&w->b, binary[u], x, y));
        output(w, complex_binary(&w->b, OP_MUL, x, r));
        output(w, complex_contract(&w->b, x, y, &j, 1));
        output(w, complex_contract(&w->b, x, r, &i, 1));
        output(w, RED(SUM, complex_binary(&w->b, OP_MUL, x, y), j));
        CU_ASSERT_PTR_NULL(complex_unary(&w->b, OP_TAN, x));
        CU_ASSERT_PTR_NULL(complex_binary(&w->b, OP_LT, x, y));
        check(w, 1e-11);
    }
}

// ---- reductions ----

static void reductions_along_any_axis(void)
{
    static const int64_t sizes[][3] = {{4, 5, 6}, {1, 40, 3}, {3, 1, 70}, {2, 0, 3}, {33, 17, 129}};
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        World *w = world_new();
        Axis  *i = axis(w, "i", sizes[k][0]), *j = axis(w, "j", sizes[k][1]),
             *l = axis(w, "l", sizes[k][2]);
        Node *x = IN(F32, i, j, l), *y = IN(F64, i, j, l), *z = IN(I32, i, j, l);
        output(w, RED(SUM, x, i));
        output(w, RED(SUM, x, j));
        output(w, RED(SUM, UN(EXP, x), l));
        output(w, RED(SUM, y, i, l));
        output(w, RED(MAX, x, i, j, l));
        output(w, RED(MIN, y, j));
        output(w, RED(SUM, z, j, l));
        output(w, RED(MAX, z, i));
        output(w, RED(PROD, x, l));
        output(w, RED(ANY, BIN(LT, x, NUM(F32, -1.9)), j));
        output(w, RED(ALL, BIN(LT, x, NUM(F32, 1.9)), i));
        output(w, RED(ARGMAX, x, j));
        output(w, RED(ARGMIN, x, l));
        output(w, RED(ARGMAX, z, i));
        check(w, 2e-4);
    }
}

static void running_sums_both_ways(void)
{
    for (int back = 0; back < 2; back++) {
        World *w = world_new();
        Axis  *i = axis(w, "i", 7), *j = axis(w, "j", 21);
        Node  *x = IN(F32, i, j);
        Attr   a = {.ax = &i, .nax = 1, .i = back}, b = {.ax = &j, .nax = 1, .i = back};
        output(w, ir_make(&w->b, OP_CUMSUM, &x, 1, &a));
        output(w, ir_make(&w->b, OP_CUMSUM, &x, 1, &b));
        check(w, 1e-4);
    }
}

static void softmax_and_layer_norm_are_one_kernel_each(void)
{
    World *w = world_new();
    Axis  *i = axis(w, "i", 67), *j = axis(w, "j", 45);
    Node  *x = IN(F32, i, j);
    output(w, softmax(w, x, j));
    output(w, softmax(w, x, i));
    Node *mean = BIN(MUL, RED(SUM, x, j), NUM(F32, 1.0 / 45));
    Node *d = BIN(SUB, x, mean);
    Node *var = BIN(MUL, RED(SUM, BIN(MUL, d, d), j), NUM(F32, 1.0 / 45));
    output(w, BIN(MUL, d, UN(RSQRT, BIN(ADD, var, NUM(F32, 1e-5)))));
    check(w, 1e-4);
}

// ---- products ----

static void products_in_all_layouts(void)
{
    for (int turn = 0; turn < 4; turn++) {
        World *w = world_new();
        Axis  *m = axis(w, "m", 13), *n = axis(w, "n", 21), *k = axis(w, "k", 34),
             *b = axis(w, "b", 3);
        Axis *k2 = axis(w, "k2", 5);
        Node *x = IN(F32, m, k), *y = IN(F32, k, n), *xb = IN(F32, b, m, k), *yb = IN(F32, n, b, k);
        Node *v = IN(F32, k), *x2 = IN(F32, m, k, k2), *y2 = IN(F32, k2, n, k), *p = IN(F64, k, m),
             *q = IN(F64, k, n);
        Node *xi = IN(I32, m, k), *yi = IN(I32, k, n);
        w->reverse = turn;
        output(w, DOT(x, y, k));
        output(w, DOT(UN(TANH, x), UN(NEG, y), k));
        output(w, DOT(xb, yb, k));
        output(w, DOT(xb, y, k));
        output(w, DOT(x, v, k));
        output(w, DOT(v, v, k));
        output(w, DOT(x2, y2, k, k2));
        output(w, DOT(p, q, k));
        output(w, DOT(xi, yi, k));
        output(w, BIN(ADD, DOT(xb, yb, k), IN(F32, n)));
        output(w, DOT(DOT(x, y, k),
                      ir_rename(&w->b, y, &k, (Axis *[]){axis_twin(w->program->axes, k)}, 1), n));
        check(w, 2e-4);
    }
}

static void products_of_nothing(void)
{
    static const int64_t sizes[][3] = {{0, 3, 4}, {3, 0, 4}, {3, 4, 0}, {1, 1, 1}};
    for (size_t t = 0; t < sizeof sizes / sizeof *sizes; t++) {
        World *w = world_new();
        Axis  *m = axis(w, "m", sizes[t][0]), *n = axis(w, "n", sizes[t][1]),
             *k = axis(w, "k", sizes[t][2]);
        output(w, DOT(IN(F32, m, k), IN(F32, k, n), k));
        check(w, 1e-5);
    }
}

static void attention_with_heads(void)
{
    World *w = world_new();
    Axis  *b = axis(w, "b", 2), *q = axis(w, "q", 9), *s = axis(w, "s", 11), *h = axis(w, "h", 3),
         *d = axis(w, "d", 8);
    Axis *c = axis(w, "c", 24), *o = axis(w, "o", 24);
    Node *x = IN(F32, b, q, c), *y = IN(F32, b, s, c);
    Node *wq = IN(F32, c, h, d), *wk = IN(F32, c, h, d), *wv = IN(F32, c, h, d),
         *wo = IN(F32, h, d, o);
    Node *p = softmax(w, DOT(DOT(x, wq, c), DOT(y, wk, c), d), s);
    output(w, DOT(DOT(p, DOT(y, wv, c), s), wo, h, d));
    check(w, 1e-3);
}

// Windows of an image, as a convolution and its derivative by the weights read them: large enough
// for tiles.
static void convolutions_in_tiles(void)
{
    for (int open = 0; open < 2; open++) {
        World  *w = world_new();
        int64_t batch = 70;
        Axis   *b = open ? open_axis(w, "b") : axis(w, "b", batch), *h = axis(w, "h", 30),
             *v = axis(w, "v", 29), *c = axis(w, "c", 3);
        Axis *oh = axis(w, "oh", 28), *ov = axis(w, "ov", 27), *kh = axis(w, "kh", 3),
             *kv = axis(w, "kv", 3), *o = axis(w, "o", 5);
        w->value[0] = batch;
        Node *x = IN(F32, b, h, v, c), *weight = IN(F32, kh, kv, c, o), *g = IN(F32, b, oh, ov, o);
        Node *rows = BIN(ADD, ir_iota(&w->b, oh), ir_iota(&w->b, kh)),
             *columns = BIN(ADD, ir_iota(&w->b, ov), ir_iota(&w->b, kv));
        Node *patch = ir_index(&w->b, x, (Axis *[]){h, v}, (Node *[]){rows, columns}, 2, NULL);
        output(w, DOT(patch, weight, kh, kv, c));
        output(w, DOT(patch, g, b, oh, ov));
        output(w, DOT(g, ir_rename(&w->b, patch, &c, (Axis *[]){axis_twin(w->program->axes, c)}, 1),
                      b, oh, ov));
        int   tiles = 0;
        Plan *plan = sched_plan(w->program, false);
        for (int i = 0; i < plan->tasks.n; i++)
            tiles += plan->tasks.at[i]->gemm && plan->tasks.at[i]->gemm->pack;
        CU_ASSERT_EQUAL(tiles, 3);
        check_again(w, 1e-3);
        for (int k = 0; open && k < 2; k++) {
            w->value[0] = k;
            check_again(w, 1e-3);
        }
        world_free(w);
    }
}

// ---- guards ----

static void guarded_positions_are_never_read(void)
{
    World *w = world_new();
    Axis  *b = axis(w, "b", 5), *s = axis(w, "s", 19), *d = axis(w, "d", 6), *q = axis(w, "q", 19);
    Node  *x = IN(F32, b, s), *v = IN(F32, b, s, d), *len = IN(I64, b);
    w->high = 19;
    w->low = 0;
    Node *g = BIN(LT, ir_iota(&w->b, s), len);
    Node *gx = ir_guard(&w->b, UN(LOG, x), g);
    Node *p = softmax(w, gx, s);
    output(w, DOT(p, v, s));
    output(w, RED(SUM, gx, s));
    output(w, RED(MAX, gx, s));
    output(w, RED(ARGMAX, gx, s));
    output(w, ir_fill(&w->b, p));
    Node *causal = BIN(LE, ir_iota(&w->b, s), ir_iota(&w->b, q));
    Node *scores = ir_guard(&w->b, ir_expand(&w->b, x, AXES(q)), causal);
    output(w, DOT(softmax(w, scores, s), v, s));
    check(w, 1e-4);
}

// ---- positions ----

static void windows_and_gathers(void)
{
    World *w = world_new();
    Axis  *n = axis(w, "n", 41), *o = axis(w, "o", 18), *k = axis(w, "k", 5), *t = axis(w, "t", 23),
         *m = axis(w, "m", 20);
    Node *x = IN(F32, n), *table = IN(F32, n, m), *at = IN(I64, t);
    w->low = -3;
    w->high = 45;
    Node *window = BIN(ADD, BIN(MUL, ir_iota(&w->b, o), ir_int(&w->b, 2)), ir_iota(&w->b, k));
    Node *back = BIN(SUB, ir_int(&w->b, 40), ir_iota(&w->b, n));
    Node *outside = BIN(SUB, window, ir_int(&w->b, 2));
    Node *clamped = BIN(MAX2, BIN(MIN2, at, ir_int(&w->b, 40)), ir_int(&w->b, 0));
    output(w, RED(SUM, ir_index(&w->b, x, &n, &window, 1, NULL), k));
    output(w, ir_index(&w->b, UN(TANH, x), &n, &outside, 1, NUM(F32, 7)));
    output(w, ir_index(&w->b, x, &n, &back, 1, NULL));
    output(w, ir_index(&w->b, table, &n, &clamped, 1, NULL));
    output(w, ir_index(&w->b, table, &n, &at, 1, NUM(F32, -1)));
    output(w, ir_index(&w->b, table, (Axis *[]){n, m},
                       (Node *[]){clamped, BIN(IMOD, at, ir_int(&w->b, 20))}, 2, NULL));
    Node *there = BIN(AND, BIN(LE, ir_int(&w->b, 0), at), BIN(LT, at, ir_int(&w->b, 41)));
    Node *some = ir_index(&w->b, table, &n, (Node *[]){ir_guard(&w->b, at, there)}, 1, NULL);
    (void)some;
    check(w, 1e-4);
}

static void scatters_add_duplicates_in_order(void)
{
    World *w = world_new();
    Axis  *e = axis(w, "e", 57), *n = axis(w, "n", 9), *m = axis(w, "m", 21), *b = axis(w, "b", 3);
    Node  *x = IN(F32, e), *y = IN(F32, e, m), *to = IN(I64, e), *tob = IN(I64, b, e);
    w->low = -2;
    w->high = 11;
    static const Op ops[] = {OP_SCATTER_ADD, OP_SCATTER_MAX, OP_SCATTER_MIN, OP_SCATTER_PROD};
    for (int k = 0; k < 4; k++) {
        output(w, ir_scatter(&w->b, ops[k], x, &e, 1, &n, &to, 1));
        output(w, ir_scatter(&w->b, ops[k], y, &e, 1, &n, &to, 1));
        output(w, ir_scatter(&w->b, ops[k], x, &e, 1, &n, &tob, 1));
        output(w, ir_scatter(&w->b, ops[k], x, NULL, 0, &n, &to, 1));
    }
    check(w, 1e-3);
}

static void sorting_and_views(void)
{
    World *w = world_new();
    Axis  *i = axis(w, "i", 6), *j = axis(w, "j", 14), *a = axis(w, "a", 2), *c = axis(w, "c", 7),
         *ij = axis(w, "ij", 84);
    Axis *k = axis(w, "k", 5), *jk = axis(w, "jk", 19);
    Node *x = IN(F32, i, j), *y = IN(F32, k);
    Attr  s = {.ax = &j, .nax = 1}, r = {.ax = &i, .nax = 1};
    output(w, ir_make(&w->b, OP_ARGSORT, &x, 1, &s));
    output(w, ir_make(&w->b, OP_ARGSORT, &x, 1, &r));
    output(w, ir_split(&w->b, x, j, (Axis *[]){a, c}, 2));
    output(w, ir_split(&w->b, UN(NEG, x), j, (Axis *[]){c, a}, 2));
    output(w, ir_merge(&w->b, x, (Axis *[]){i, j}, 2, ij));
    output(w, RED(SUM, ir_merge(&w->b, x, (Axis *[]){j, i}, 2, ij), ij));
    output(w, ir_merge(&w->b, x, (Axis *[]){j, i}, 2, ij));
    output(w, ir_concat(&w->b, (Node *[]){x, UN(EXP, y)}, (Axis *[]){j, k}, 2, jk));
    output(w, RED(SUM, ir_concat(&w->b, (Node *[]){x, y}, (Axis *[]){j, k}, 2, jk), i));
    double data[] = {3, 1, 4, 1, 5};
    output(w, BIN(ADD, ir_table(&w->b, ELEM_F32, &k, 1, data, 5), y));
    check(w, 1e-4);
}

// ---- control ----

static void loops_carry_and_yield(void)
{
    World *w = world_new();
    Axis *t = axis(w, "t", 7), *h = axis(w, "h", 10), *h2 = axis(w, "h2", 10), *b = axis(w, "b", 3);
    Node *x = IN(F32, b, t, h), *u = IN(F32, h2, h), *s0 = IN(F32, b, h);
    Region *body = region_begin(&w->b);
    Node   *turn = region_param(&w->b, ELEM_I64, (AxisSet){0});
    Node   *s = region_param(&w->b, ELEM_F32, AXES(b, h)),
         *other = region_param(&w->b, ELEM_F32, AXES(b, h));
    Node *xt = ir_index(&w->b, x, &t, &turn, 1, NULL);
    Node *next = UN(TANH, BIN(ADD, DOT(ir_rename(&w->b, s, &h, &h2, 1), u, h2), xt));
    region_result(&w->b, next);
    region_result(&w->b, s);
    region_result(&w->b, BIN(MUL, next, xt));
    region_result(&w->b, s);
    region_result(&w->b, other);
    region_end(&w->b);
    Node *l = ir_loop(&w->b, t, (Node *[]){s0, UN(NEG, s0)}, 2, body);
    for (int i = 0; i < l->nouts; i++)
        output(w, ir_out(&w->b, l, i));
    output(w, RED(SUM, ir_out(&w->b, l, 2), t));
    check(w, 1e-4);
}

static void loops_of_no_turns_and_loops_in_loops(void)
{
    for (int64_t turns = 0; turns < 3; turns++) {
        World  *w = world_new();
        Axis   *t = axis(w, "t", turns), *r = axis(w, "r", 3), *i = axis(w, "i", 5);
        Node   *x = IN(F32, i);
        Region *outer = region_begin(&w->b);
        region_param(&w->b, ELEM_I64, (AxisSet){0});
        Node   *s = region_param(&w->b, ELEM_F32, AXES(i));
        Region *inner = region_begin(&w->b);
        Node   *turn = region_param(&w->b, ELEM_I64, (AxisSet){0}),
             *z = region_param(&w->b, ELEM_F32, AXES(i));
        region_result(&w->b, BIN(ADD, BIN(MUL, z, x), ir_convert(&w->b, turn, ELEM_F32)));
        region_end(&w->b);
        Node *l = ir_loop(&w->b, r, &s, 1, inner);
        region_result(&w->b, BIN(ADD, ir_out(&w->b, l, 0), s));
        region_result(&w->b, RED(SUM, s, i));
        region_end(&w->b);
        Node *o = ir_loop(&w->b, t, &x, 1, outer);
        output(w, ir_out(&w->b, o, 0));
        output(w, ir_out(&w->b, o, 1));
        check(w, 1e-4);
    }
}

static void layers_of_stacked_weights_are_not_copied(void)
{
    World *w = world_new();
    Axis  *l = axis(w, "l", 3), *h = axis(w, "h", 10), *h2 = axis(w, "h2", 10),
         *b = axis(w, "b", 40);
    Node   *u = IN(F32, l, h2, h), *s0 = IN(F32, b, h);
    Region *body = region_begin(&w->b);
    Node   *turn = region_param(&w->b, ELEM_I64, (AxisSet){0}),
         *s = region_param(&w->b, ELEM_F32, AXES(b, h));
    Node *layer = ir_index(&w->b, u, &l, &turn, 1, NULL);
    region_result(&w->b, UN(TANH, DOT(ir_rename(&w->b, s, &h, &h2, 1), layer, h2)));
    region_end(&w->b);
    output(w, ir_out(&w->b, ir_loop(&w->b, l, &s0, 1, body), 0));
    Node *two = ir_int(&w->b, 2), *x = ir_rename(&w->b, s0, &h, &h2, 1);
    output(w, DOT(x, UN(COPY, ir_index(&w->b, u, &l, &two, 1, NULL)), h2));
    check(w, 1e-4);
}

static void while_and_branch(void)
{
    for (int k = 0; k < 2; k++) {
        World  *w = world_new();
        Axis   *i = axis(w, "i", 20);
        Node   *x = IN(F64, i), *c = BIN(LT, RED(SUM, x, i), NUM(F64, k ? 1000 : -1000));
        Region *cond = region_begin(&w->b);
        region_param(&w->b, ELEM_I64, (AxisSet){0});
        Node *n = region_param(&w->b, ELEM_I64, (AxisSet){0}),
             *z = region_param(&w->b, ELEM_F64, AXES(i));
        region_result(&w->b, BIN(LT, n, ir_int(&w->b, 13)));
        region_end(&w->b);
        (void)z;
        Region *body = region_begin(&w->b);
        region_param(&w->b, ELEM_I64, (AxisSet){0});
        n = region_param(&w->b, ELEM_I64, (AxisSet){0});
        z = region_param(&w->b, ELEM_F64, AXES(i));
        region_result(&w->b, BIN(ADD, n, ir_int(&w->b, 1)));
        region_result(&w->b, BIN(MUL, BIN(ADD, z, BIN(DIV, x, z)), NUM(F64, 0.5)));
        region_end(&w->b);
        Node   *l = ir_while(&w->b, (Node *[]){ir_int(&w->b, 0), UN(ABS, x)}, 2, cond, body);
        Node   *root = ir_out(&w->b, l, 1);
        Region *yes = region_begin(&w->b);
        region_result(&w->b, UN(EXP, x));
        region_result(&w->b, x);
        region_end(&w->b);
        Region *no = region_begin(&w->b);
        region_result(&w->b, root);
        region_result(&w->b, UN(NEG, x));
        region_end(&w->b);
        Node *br = ir_branch(&w->b, c, yes, no);
        output(w, ir_out(&w->b, br, 0));
        output(w, BIN(ADD, ir_out(&w->b, br, 1), x));
        output(w, ir_out(&w->b, l, 0));
        output(w, ir_out(&w->b, l, 1));
        check(w, 1e-9);
    }
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        TEST(maps_are_right_at_every_size),
        TEST(open_sizes_are_right_at_every_size),
        TEST(every_map_operation),
        TEST(conversions_between_all_types),
        TEST(narrow_floats_are_rounded_to_the_nearest),
        TEST(narrow_arithmetic_is_exact),
        TEST(sums_of_narrow_floats_are_kept_wide),
        TEST(complex_numbers_are_right_at_every_size),
        TEST(reductions_along_any_axis),
        TEST(running_sums_both_ways),
        TEST(softmax_and_layer_norm_are_one_kernel_each),
        TEST(products_in_all_layouts),
        TEST(products_of_nothing),
        TEST(attention_with_heads),
        TEST(convolutions_in_tiles),
        TEST(guarded_positions_are_never_read),
        TEST(windows_and_gathers),
        TEST(scatters_add_duplicates_in_order),
        TEST(sorting_and_views),
        TEST(loops_carry_and_yield),
        TEST(loops_of_no_turns_and_loops_in_loops),
        TEST(layers_of_stacked_weights_are_not_copied),
        TEST(while_and_branch),
        CU_TEST_INFO_NULL,
    };
    return run_tests("emit", tests);
}
