// Tensor programs: what the builder folds, merges, captures and guards; the verifier; text and
// back.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/op_example.h"
#include "support/random_program.h"
#include "support/run_tests.h"

typedef struct {
    Arena   *arena;
    Names   *names;
    Axes     axes;
    Builder  b;
    Axis    *i, *j, *k;   // of sizes 3, n, 3
    Node    *x, *y, *v;   // f64[i, j], f64[i, j], f64[i]
    Node    *c;           // bool[i]
} World;

static Axis *axis(World *w, const char *name, const Size *s)
{
    return axis_new(&w->axes, name_of(w->names, name), s, SPAN_NONE);
}

static Node *float_input(World *w, const char *name, Axis *const *ax, int n)
{
    return ir_input(&w->b, name_of(w->names, name), INPUT_DATA, ELEM_F64, axes_of(w->arena, ax, n),
                    NULL);
}

static World *world(void)
{
    Arena *a = arena_new(NULL, NULL);
    World *w = ARENA_NEW(a, World);
    w->arena = a;
    w->names = names_new(a);
    w->axes = (Axes){.arena = a, .names = w->names, .sizes = sizes_new(a, w->names)};
    w->b = builder_new(program_new(a, w->names, w->axes.sizes, &w->axes, name_of(w->names, "t")));
    w->i = axis(w, "i", size_const(w->axes.sizes, 3));
    w->j = axis(w, "j",
                size_of_var(w->axes.sizes, size_var_new(w->axes.sizes, name_of(w->names, "n"), 1)));
    w->k = axis(w, "k", w->i->size);
    Axis *ij[2] = {w->i, w->j};
    w->x = float_input(w, "x", ij, 2);
    w->y = float_input(w, "y", ij, 2);
    w->v = float_input(w, "v", ij, 1);
    w->c = ir_binary(&w->b, OP_LT, ir_iota(&w->b, w->i), ir_int(&w->b, 2));
    return w;
}

static void done(World *w) { arena_free(w->arena); }
static Node *number(World *w, double v) { return ir_const(&w->b, ELEM_F64, v); }
static Node *two(World *w, Op op, Node *x, Node *y) { return ir_binary(&w->b, op, x, y); }
static Node *one(World *w, Op op, Node *x) { return ir_unary(&w->b, op, x); }

static bool is_number(const Node *n, double v)
{
    return n->op == OP_CONST &&
           (elem_class(n->type.elem) == ELEM_CLASS_FLOAT ? n->attr.r : (double)n->attr.i) == v;
}

// ---- folding ----

static void neutral_elements_stay(void)
{
    World *w = world();
    Node  *x = w->x, *zeros = ir_expand(&w->b, number(w, 0), x->type.axes);
    CU_ASSERT_PTR_EQUAL(two(w, OP_ADD, x, number(w, 0)), x);
    CU_ASSERT_PTR_EQUAL(two(w, OP_ADD, zeros, x), x);
    CU_ASSERT_PTR_EQUAL(two(w, OP_SUB, x, zeros), x);
    CU_ASSERT_PTR_EQUAL(two(w, OP_MUL, number(w, 1), x), x);
    CU_ASSERT_PTR_EQUAL(two(w, OP_DIV, x, number(w, 1)), x);
    CU_ASSERT_PTR_EQUAL(two(w, OP_POW, x, number(w, 1)), x);
    CU_ASSERT_PTR_EQUAL(one(w, OP_NEG, one(w, OP_NEG, x)), x);
    CU_ASSERT_PTR_EQUAL(one(w, OP_NOT, one(w, OP_NOT, w->c)), w->c);
    CU_ASSERT_PTR_EQUAL(ir_convert(&w->b, x, ELEM_F64), x);
    CU_ASSERT_PTR_EQUAL(ir_convert(&w->b, ir_convert(&w->b, w->c, ELEM_I64), ELEM_BOOL), w->c);
    CU_ASSERT_PTR_EQUAL(ir_fill(&w->b, x), x);
    CU_ASSERT_PTR_EQUAL(ir_reduce(&w->b, OP_SUM, x, NULL, 0), x);
    CU_ASSERT_PTR_EQUAL(ir_expand(&w->b, x, x->type.axes), x);
    CU_ASSERT_PTR_EQUAL(ir_rename(&w->b, ir_rename(&w->b, x, &w->i, &w->k, 1), &w->k, &w->i, 1), x);
    Node *iota = ir_iota(&w->b, w->i);
    CU_ASSERT_PTR_EQUAL(ir_index(&w->b, x, &w->i, &iota, 1, NULL), x);
    CU_ASSERT_PTR_EQUAL(ir_select(&w->b, ir_const(&w->b, ELEM_BOOL, 1), x, w->y), x);
    CU_ASSERT_PTR_EQUAL(two(w, OP_AND, w->c, ir_const(&w->b, ELEM_BOOL, 1)), w->c);
    CU_ASSERT_PTR_EQUAL(two(w, OP_AND, w->c, w->c), w->c);
    Node *wide = two(w, OP_ADD, w->v, ir_expand(&w->b, number(w, 0), x->type.axes));
    CU_ASSERT_TRUE(wide->op == OP_EXPAND && axes_equal(wide->type.axes, x->type.axes));
    done(w);
}

static void folding_loses_nan_and_infinity(void)
{
    World *w = world();
    CU_ASSERT_EQUAL(two(w, OP_MUL, w->x, number(w, 0))->op, OP_MUL);
    CU_ASSERT_EQUAL(two(w, OP_SUB, w->x, w->x)->op, OP_SUB);
    CU_ASSERT_EQUAL(two(w, OP_DIV, w->x, w->x)->op, OP_DIV);
    CU_ASSERT_EQUAL(two(w, OP_EQ, w->x, w->x)->op, OP_EQ);
    CU_ASSERT_EQUAL(ir_convert(&w->b, ir_convert(&w->b, w->x, ELEM_F32), ELEM_F64)->op, OP_CONVERT);
    Node *m = two(w, OP_MUL, ir_iota(&w->b, w->i), ir_int(&w->b, 0));
    CU_ASSERT_TRUE(m->op == OP_EXPAND && is_number(m->in[0], 0));
    done(w);
}

static void constants_compute_wrongly(void)
{
    World *w = world();
    Node  *least = ir_int(&w->b, INT64_MIN), *big = ir_int(&w->b, INT64_MAX);
    CU_ASSERT_TRUE(is_number(two(w, OP_ADD, number(w, 2), number(w, 3)), 5));
    CU_ASSERT_TRUE(is_number(two(w, OP_IDIV, ir_int(&w->b, -7), ir_int(&w->b, 2)), -4));
    CU_ASSERT_TRUE(is_number(two(w, OP_IMOD, ir_int(&w->b, -7), ir_int(&w->b, 2)), 1));
    CU_ASSERT_TRUE(is_number(two(w, OP_IDIV, ir_int(&w->b, 5), ir_int(&w->b, 0)), 0));
    CU_ASSERT_PTR_EQUAL(two(w, OP_IDIV, least, ir_int(&w->b, -1)), least);
    CU_ASSERT_PTR_EQUAL(two(w, OP_ADD, big, ir_int(&w->b, 1)), least);
    CU_ASSERT_PTR_EQUAL(one(w, OP_NEG, least), least);
    CU_ASSERT_TRUE(is_number(two(w, OP_LT, ir_int(&w->b, INT64_MAX - 1), big), 1));
    CU_ASSERT_TRUE(is_number(two(w, OP_EQ, ir_int(&w->b, INT64_MAX - 1), big), 0));
    CU_ASSERT_TRUE(is_number(ir_convert(&w->b, number(w, -2.7), ELEM_I64), -2));
    CU_ASSERT_TRUE(is_number(ir_const(&w->b, ELEM_F32, 0.1), (double)0.1f));
    CU_ASSERT_TRUE(is_number(ir_const(&w->b, ELEM_I8, 300), 44));
    done(w);
}

static void sum_of_repetitions_is_no_product(void)
{
    World *w = world();
    AxisSet k = axes_of(w->arena, &w->k, 1), j = axes_of(w->arena, &w->j, 1);
    Node   *s = ir_reduce(&w->b, OP_SUM, ir_expand(&w->b, w->x, k), &w->k, 1);
    CU_ASSERT_TRUE(s->op == OP_MUL && (is_number(s->in[0], 3) || is_number(s->in[1], 3)));
    s = ir_reduce(&w->b, OP_SUM, ir_expand(&w->b, number(w, 2), j), &w->j, 1);
    CU_ASSERT_TRUE(s->op == OP_MUL && !s->type.axes.n);  // the size is open
    s = ir_reduce(&w->b, OP_SUM, ir_expand(&w->b, number(w, 2), k), &w->k, 1);
    CU_ASSERT_TRUE(is_number(s, 6));
    done(w);
}

// ---- merging ----

static void equal_nodes_are_made_twice(void)
{
    World *w = world();
    CU_ASSERT_PTR_EQUAL(two(w, OP_MUL, w->x, w->y), two(w, OP_MUL, w->y, w->x));
    CU_ASSERT_PTR_NOT_EQUAL(two(w, OP_SUB, w->x, w->y), two(w, OP_SUB, w->y, w->x));
    CU_ASSERT_PTR_EQUAL(one(w, OP_EXP, w->x), one(w, OP_EXP, w->x));
    CU_ASSERT_PTR_NOT_EQUAL(one(w, OP_COPY, w->x), one(w, OP_COPY, w->x));
    CU_ASSERT_PTR_NOT_EQUAL(float_input(w, "a", NULL, 0), float_input(w, "a", NULL, 0));
    CU_ASSERT_PTR_NOT_EQUAL(ir_reduce(&w->b, OP_SUM, w->x, &w->i, 1),
                            ir_reduce(&w->b, OP_SUM, w->x, &w->j, 1));
    CU_ASSERT_PTR_NOT_EQUAL(number(w, 0.0), number(w, -0.0));
    done(w);
}

// ---- regions ----

static void captures_miss_a_level(void)
{
    World  *w = world();
    Node   *g = ir_guard(&w->b, w->v, w->c), *zero = number(w, 0), *outer = w->v;
    Region *r = region_begin(&w->b);
    region_param(&w->b, ELEM_I64, (AxisSet){0});
    Node   *c = region_param(&w->b, ELEM_F64, (AxisSet){0});
    Region *s = region_begin(&w->b);
    region_param(&w->b, ELEM_I64, (AxisSet){0});
    Node *d = region_param(&w->b, ELEM_F64, (AxisSet){0});
    Node *in = two(w, OP_MUL, outer, g);
    CU_ASSERT_TRUE(in->in[0]->op == OP_PARAM && in->in[1]->op == OP_PARAM && !in->type.guard);
    region_result(&w->b,
                  two(w, OP_ADD, d, two(w, OP_MUL, c, ir_reduce(&w->b, OP_SUM, in, &w->i, 1))));
    region_end(&w->b);
    region_result(&w->b, ir_out(&w->b, ir_loop(&w->b, w->k, &c, 1, s), 0));
    region_end(&w->b);
    Node *loop = ir_loop(&w->b, w->j, &zero, 1, r);
    CU_ASSERT_EQUAL(s->captured.n, 3);
    CU_ASSERT_EQUAL(r->captured.n, 2);
    CU_ASSERT_EQUAL(loop->nin, 3);
    program_output(w->b.program, name_of(w->names, "y"), ir_out(&w->b, loop, 0), -1, NULL);
    CU_ASSERT_PTR_NULL(program_verify(w->b.program));
    done(w);
}

static void two_bodies_have_other_captures(void)
{
    World  *w = world();
    Node   *c = ir_reduce(&w->b, OP_ANY, w->c, &w->i, 1);
    Region *yes = region_begin(&w->b);
    region_result(&w->b, two(w, OP_MUL, w->x, w->y));
    region_end(&w->b);
    Region *no = region_begin(&w->b);
    region_result(&w->b, two(w, OP_ADD, w->v, w->y));
    region_end(&w->b);
    Node *n = ir_branch(&w->b, c, yes, no);
    CU_ASSERT_EQUAL(n->nin, 4);
    CU_ASSERT_EQUAL(yes->params.n, 3);
    CU_ASSERT_EQUAL(no->params.n, 3);
    program_output(w->b.program, name_of(w->names, "y"), ir_out(&w->b, n, 0), -1, NULL);
    CU_ASSERT_PTR_NULL(program_verify(w->b.program));
    done(w);
}

static void constants_are_carried_into_regions(void)
{
    World  *w = world();
    Node   *k = ir_expand(&w->b, number(w, 7), w->v->type.axes), *s = w->v;
    Region *r = region_begin(&w->b);
    region_param(&w->b, ELEM_I64, (AxisSet){0});
    Node *c = region_param(&w->b, ELEM_F64, w->v->type.axes);
    region_result(&w->b,
                  two(w, OP_MUL, c,
                      two(w, OP_ADD, k, ir_convert(&w->b, ir_size(&w->b, w->j->size), ELEM_F64))));
    region_end(&w->b);
    CU_ASSERT_EQUAL(ir_loop(&w->b, w->j, &s, 1, r)->nin, 1);
    done(w);
}

// ---- guards ----

static void guards_pass_wrongly(void)
{
    World *w = world();
    Node  *g = ir_guard(&w->b, w->x, w->c), *e = w->c;
    Node  *d = two(w, OP_LE, ir_iota(&w->b, w->j), ir_int(&w->b, 1)), *h = ir_guard(&w->b, w->y, d);
    CU_ASSERT_PTR_EQUAL(g->type.guard, e);
    CU_ASSERT_PTR_EQUAL(one(w, OP_EXP, g)->type.guard, e);
    CU_ASSERT_PTR_EQUAL(two(w, OP_MUL, g, w->y)->type.guard, e);
    CU_ASSERT_PTR_EQUAL(two(w, OP_MUL, g, h)->type.guard, two(w, OP_AND, e, d));
    CU_ASSERT_PTR_NULL(two(w, OP_ADD, g, w->y)->type.guard);
    CU_ASSERT_PTR_EQUAL(two(w, OP_SUB, g, ir_reduce(&w->b, OP_MAX, g, &w->i, 1))->type.guard, e);
    CU_ASSERT_PTR_EQUAL(two(w, OP_ADD, g, g)->type.guard, e);
    CU_ASSERT_PTR_EQUAL(ir_guard(&w->b, g, e), g);
    CU_ASSERT_PTR_NULL(ir_reduce(&w->b, OP_SUM, g, &w->i, 1)->type.guard);
    CU_ASSERT_PTR_EQUAL(ir_reduce(&w->b, OP_SUM, g, &w->j, 1)->type.guard, e);
    CU_ASSERT_PTR_NULL(ir_contract(&w->b, g, h, &w->i, 1)->type.guard);
    CU_ASSERT_PTR_EQUAL(ir_rename(&w->b, g, &w->i, &w->k, 1)->type.guard,
                        ir_rename(&w->b, e, &w->i, &w->k, 1));
    CU_ASSERT_PTR_NULL(
        ir_select(&w->b, e, g, ir_guard(&w->b, w->y, one(w, OP_NOT, e)))->type.guard);
    CU_ASSERT_PTR_EQUAL(ir_select(&w->b, e, two(w, OP_MUL, g, h), w->y)->type.guard, d);
    CU_ASSERT_PTR_NULL(ir_fill(&w->b, g)->type.guard);
    Node *pos = ir_iota(&w->b, w->k), *at = two(w, OP_IDIV, pos, ir_int(&w->b, 2));
    CU_ASSERT_PTR_EQUAL(ir_index(&w->b, g, &w->i, &at, 1, NULL)->type.guard,
                        ir_index(&w->b, e, &w->i, &at, 1, NULL));
    program_output(w->b.program, name_of(w->names, "y"), g, -1, NULL);
    CU_ASSERT_PTR_NULL(w->b.program->outputs.at[0].node->type.guard);
    CU_ASSERT_PTR_NULL(program_verify(w->b.program));
    done(w);
}

// ---- verifier ----

typedef void Breakage(World *w, Node *n, Node *loop);
static void break_elem(World *w, Node *n, Node *l) { (void)w, (void)l, n->type.elem = ELEM_F32; }
static void break_axes(World *w, Node *n, Node *l) { (void)w, (void)l, n->type.axes.n = 1; }
static void break_axis_order(World *w, Node *n, Node *l)
{
    (void)l;
    Axis *swapped[2] = {w->j, w->i};
    n->type.axes = (AxisSet){ARENA_ARRAY(w->arena, Axis *, 2), 2};
    memcpy(n->type.axes.at, swapped, sizeof swapped);
}
static void break_order(World *w, Node *n, Node *l) { (void)w, n->in[0] = l; }
static void break_home(World *w, Node *n, Node *l) { (void)w, n->home = l->body[0]; }
static void break_operand(World *w, Node *n, Node *l)
{
    (void)w, n->in[1] = l->body[0]->params.at[1];
}
static void break_guard(World *w, Node *n, Node *l) { (void)l, n->type.guard = w->x; }
static void break_count(World *w, Node *n, Node *l) { (void)w, (void)l, n->nin = 1; }
static void break_id(World *w, Node *n, Node *l) { (void)w, (void)l, n->id = 1 << 20; }
static void break_twice(World *w, Node *n, Node *l)
{
    (void)l, vec_push(w->arena, &n->home->nodes, n);
}
static void break_carry(World *w, Node *n, Node *l) { (void)w, l->in[0] = n; }
static void break_params(World *w, Node *n, Node *l) { (void)w, (void)n, l->body[0]->params.n--; }
static void break_turn(World *w, Node *n, Node *l)
{
    (void)w, (void)n, l->body[0]->params.at[0]->type.elem = ELEM_I32;
}
static void break_result(World *w, Node *n, Node *l) { (void)w, l->body[0]->results.at[0] = n; }
static void break_results(World *w, Node *n, Node *l)
{
    (void)w, (void)n, l->body[0]->results.n = 0;
}
static void break_body(World *w, Node *n, Node *l) { (void)w, (void)n, l->body[0] = NULL; }
static void break_out(World *w, Node *n, Node *l)
{
    (void)n, (void)l, w->b.program->outputs.at[0].node->attr.i = 5;
}
static void break_alias(World *w, Node *n, Node *l)
{
    (void)n, (void)l, w->b.program->outputs.at[0].alias = 0;
}
static void break_input(World *w, Node *n, Node *l)
{
    (void)l, w->b.program->inputs.at[0].node = n;
}

static void broken_programs_pass(void)
{
    static Breakage *const table[] = {break_elem, break_axes,    break_axis_order, break_order,
                                      break_home, break_operand, break_guard,      break_count,
                                      break_id,   break_twice,   break_carry,      break_params,
                                      break_turn, break_result,  break_results,    break_body,
                                      break_out,  break_alias,   break_input};
    for (size_t t = 0; t <= sizeof table / sizeof *table; t++) {
        World  *w = world();
        Node   *n = two(w, OP_MUL, w->x, w->v), *s = ir_reduce(&w->b, OP_SUM, n, &w->j, 1);
        Region *r = region_begin(&w->b);
        region_param(&w->b, ELEM_I64, (AxisSet){0});
        Node *c = region_param(&w->b, ELEM_F64, s->type.axes);
        region_result(&w->b, two(w, OP_ADD, c, w->v));
        region_end(&w->b);
        Node *loop = ir_loop(&w->b, w->k, &s, 1, r);
        program_output(w->b.program, name_of(w->names, "y"), ir_out(&w->b, loop, 0), -1, NULL);
        if (t == sizeof table / sizeof *table) {
            CU_ASSERT_PTR_NULL(program_verify(w->b.program));
        } else {
            table[t](w, n, loop);
            const char *wrong = program_verify(w->b.program);
            if (!wrong)
                printf("\n  breakage %zu passes\n", t);
            CU_ASSERT_PTR_NOT_NULL(wrong);
        }
        done(w);
    }
}

// ---- text ----

static char *text_of(Arena *a, const Program *p)
{
    Buf b = {0};
    program_print(p, &b);
    char *s = arena_strndup(a, b.at, b.n);
    buf_free(&b);
    return s;
}

static Program *read_text(Arena *a, const char *text, Diags *d)
{
    Names *names = names_new(a);
    Axes  *axes = ARENA_NEW(a, Axes);
    *axes = (Axes){.arena = a, .names = names, .sizes = sizes_new(a, names)};
    axis_new(axes, name_of(names, "other"), size_const(axes->sizes, 1),
             SPAN_NONE);  // numbers differ there
    return program_read(a, names, axes->sizes, axes, text, d, 0);
}

static bool round_trip(Arena *a, const Program *p)
{
    const char *wrong = program_verify(p);
    char       *text = text_of(a, p);
    Diags      *d = diags_new(a);
    Program    *q = wrong ? NULL : read_text(a, text, d);
    if (q && !strcmp(text, text_of(a, q)) && !program_verify(q))
        return true;
    Sources *s = sources_new(a);
    Buf      b = {0};
    sources_add(s, "program", text, strlen(text));
    diags_render(d, s, false, &b);
    printf("\n%s%s\n%s%s", text, wrong ? wrong : "", b.at ? b.at : "", q ? text_of(a, q) : "");
    buf_free(&b);
    return false;
}

static RandomOptions options(uint64_t seed)
{
    return (RandomOptions){.seed = seed,
                           .elem = seed % 2 ? ELEM_F64 : ELEM_F32,
                           .steps = 25,
                           .sizes = {3, 2, 1},
                           .symbolic = seed % 3 == 0,
                           .differentiable = seed % 5 == 0,
                           .loops = seed % 4 != 0};
}

static void random_programs_do_not_read_back(void)
{
    for (uint64_t seed = 0; seed < 200; seed++) {
        Arena        *a = arena_new(NULL, NULL);
        RandomOptions o = options(seed);
        bool          ok = round_trip(a, random_program(a, &o).program);
        if (!ok)
            printf("  seed %llu\n", (unsigned long long)seed);
        CU_ASSERT_TRUE(ok);
        arena_free(a);
        if (!ok)
            return;
    }
}

static void operations_do_not_read_back(void)
{
    for (int op = 0; op < OP_COUNT; op++) {
        Arena   *a = arena_new(NULL, NULL);
        Program *p = op_program(a, (Op)op, ELEM_F32, 3, 2, 1);
        Op       parsed;
        CU_ASSERT_TRUE(op_parse(op_info((Op)op)->text, &parsed) && (int)parsed == op);
        CU_ASSERT_TRUE(p ? round_trip(a, p) : op == OP_INPUT || op == OP_PARAM || op == OP_CALL);
        arena_free(a);
    }
}

static void odd_names_do_not_read_back(void)
{
    World      *w = world();
    Sizes      *t = w->axes.sizes;
    const Size *n = w->j->size,
               *m = size_of_var(t, size_var_new(t, name_of(w->names, "n"), INT64_MIN));
    const Size *s =
        size_add(t, size_mul(t, n, size_div(t, m, size_const(t, 3))), size_const(t, -5));
    s = size_max(t, size_mod(t, s, n), size_min(t, m, size_mul(t, size_const(t, 2), n)));
    Axis       *odd[3] = {axis(w, "a \"b\"\n", s), axis(w, "i", m), axis(w, "h'", n)};
    Axis      **order = ARENA_ARRAY(w->arena, Axis *, 3);
    order[0] = odd[2], order[1] = odd[0], order[2] = odd[1];
    Node *x = ir_input(&w->b, name_of(w->names, "x y"), INPUT_STATE, ELEM_I8,
                       axes_of(w->arena, odd, 3), order);
    w->b.path = name_of(w->names, "net.\"a\\b");
    Type  t2 = {ELEM_F32, w->x->type.axes, w->c};
    Node *call = ir_call(&w->b, name_of(w->names, "f"), &w->x, 1, t2);
    program_output(w->b.program, name_of(w->names, ""), x, 3, order);
    program_output(w->b.program, name_of(w->names, "c"), call, -1, NULL);
    program_output(w->b.program, name_of(w->names, "k"), number(w, -1.0 / 3), -1, NULL);
    CU_ASSERT_TRUE(round_trip(w->arena, w->b.program));
    done(w);
}

static void wrong_texts_pass(void)
{
    static const char *const table[] = {
        "",
        "program",
        "program \"t\" extra\n",
        "program \"t\"\n%0: f32 = const 1\n",
        "program \"t\"\n%0: f33[] = const 1\n",
        "program \"t\"\n%0: f32[] = konst 1\n",
        "program \"t\"\n%0: f32[] = const x\n",
        "program \"t\"\n%0: f32[a] = const 1\n",
        "program \"t\"\n%0: f32[] = const 1\n%0: f32[] = const 2\n",
        "program \"t\"\n%0: f32[] = exp %0\n",
        "program \"t\"\n%0: f32[] = const 1\n%1: f64[] = exp %0\n",
        "program \"t\"\n%0: f32[] = add\n",
        "program \"t\"\n%0: f32[] = param\n",
        "program \"t\"\n%0: f32[] = index\n",
        "program \"t\"\n%0: f32[] = out\n",
        "program \"t\"\n%0: f32[] = input \"x\" nothing\n",
        "program \"t\"\noutput \"y\" %0\n",
        "program \"t\"\naxis a = n\n",
        "program \"t\"\naxis a = 1\naxis a = 2\n",
        "program \"t\"\naxis a = ?\n",
        "program \"t\"\naxis a = (1\n",
        "program \"t\"\n%99999999999: f32[] = const 1\n",
        "program \"t\"\n%0: results = loop #1\n",
        "program \"t\"\naxis a = 2\n%0: results = loop over [a]\n  region {\n give\n",
        "program \"t\"\naxis a = 2\n%0: f32[a] = table over [a] values 1\n",
        "program \"t\"\naxis a = 2\n%0: f32[a, a] = input \"x\" data\n",
        "program \"t\"\n%0: f32[] = const 1\n%1: bool[] = const 1\n%2: results = branch %1 %0\n  "
        "region %3: f32[] {\n give %0\n }\n"
        "  region %4: f32[] {\n give %4\n }\n",
    };
    for (size_t t = 0; t < sizeof table / sizeof *table; t++) {
        Arena *a = arena_new(NULL, NULL);
        Diags *d = diags_new(a);
        bool   read = read_text(a, table[t], d) != NULL;
        if (read)
            printf("\n  passes: %s\n", table[t]);
        CU_ASSERT_FALSE(read);
        CU_ASSERT_EQUAL(diags_errors(d), 1);
        arena_free(a);
    }
}

static void mutate(char *text, uint64_t *seed)
{
    size_t n = strlen(text);
    for (int k = 1 + random_below(seed, 3); k > 0; k--) {
        size_t at = (size_t)random_below(seed, (int)n), from = (size_t)random_below(seed, (int)n);
        int    how = random_below(seed, 3);
        if (how == 0)
            text[at] = text[from];
        else if (how == 1)
            text[at] = "%[]{}()0123456789 \n#-,"[random_below(seed, 21)];
        else
            memmove(text + at, text + at + 1, n - at);
        n = strlen(text);
    }
}

static void mutated_texts_crash_or_pass_unverified(void)
{
    uint64_t seed = 1;
    for (uint64_t program = 0; program < 20; program++) {
        Arena        *a = arena_new(NULL, NULL);
        RandomOptions o = options(program);
        char         *text = text_of(a, random_program(a, &o).program);
        for (int k = 0; k < 60; k++) {
            Arena   *b = arena_new(NULL, NULL);
            char    *copy = arena_strndup(b, text, strlen(text));
            Diags   *d = diags_new(b);
            mutate(copy, &seed);
            Program *p = read_text(b, copy, d);
            CU_ASSERT_TRUE(p ? !program_verify(p) && text_of(b, p) != NULL : diags_errors(d) == 1);
            arena_free(b);
        }
        arena_free(a);
    }
}

// ---- copies ----

static void live_programs_keep_dead_nodes(void)
{
    World *w = world();
    Node  *y = one(w, OP_EXP, w->x);
    one(w, OP_SIN, w->y);
    program_output(w->b.program, name_of(w->names, "y"), y, -1, NULL);
    const Program *q = program_live(w->b.program);
    CU_ASSERT_PTR_NULL(program_verify(q));
    CU_ASSERT_EQUAL(q->main->nodes.n, 4);  // three inputs and exp
    CU_ASSERT_EQUAL(q->inputs.n, 3);
    done(w);
}

static void deep_programs_overflow_the_stack(void)
{
    World *w = world();
    Node  *n = w->v;
    for (int i = 0; i < 200000; i++)
        n = one(w, OP_SIN, n);
    program_output(w->b.program, name_of(w->names, "y"), n, -1, NULL);
    CU_ASSERT_EQUAL(program_live(w->b.program)->main->nodes.n, 200003);
    done(w);
}

static const CU_TestInfo tests[] = {
    {"neutral elements stay", neutral_elements_stay},
    {"folding loses NaN and infinity", folding_loses_nan_and_infinity},
    {"constants compute wrongly", constants_compute_wrongly},
    {"a sum of repetitions is no product", sum_of_repetitions_is_no_product},
    {"equal nodes are made twice, or different ones merged", equal_nodes_are_made_twice},
    {"captures miss a level", captures_miss_a_level},
    {"two bodies have other captures", two_bodies_have_other_captures},
    {"constants are carried into regions", constants_are_carried_into_regions},
    {"guards pass wrongly", guards_pass_wrongly},
    {"broken programs pass", broken_programs_pass},
    {"operations do not read back", operations_do_not_read_back},
    {"random programs do not read back", random_programs_do_not_read_back},
    {"odd names do not read back", odd_names_do_not_read_back},
    {"wrong texts pass", wrong_texts_pass},
    {"mutated texts crash, or pass unverified", mutated_texts_crash_or_pass_unverified},
    {"live programs keep dead nodes", live_programs_keep_dead_nodes},
    {"deep programs overflow the stack", deep_programs_overflow_the_stack},
    CU_TEST_INFO_NULL,
};

int main(void) { return run_tests("tensor programs", tests); }
