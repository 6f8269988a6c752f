#include "support/op_example.h"

#include "ir/complex.h"
#include "ir/library.h"
#include "ir/rule.h"

typedef struct {
    Builder     *b;
    Op           op;
    Elem         elem;
    Axis *const *ax;
    int          inputs;
} Example;

static AxisSet over(Example *x, Axis *p, Axis *q)
{
    Axis *list[2] = {p, q};
    return axes_of(x->b->program->arena, list, q ? 2 : 1);
}

static Node *input(Example *x, Elem e, AxisSet axes)
{
    return ir_input(x->b, name_format(x->b->program->names, "x%d", x->inputs++), INPUT_DATA, e,
                    axes, NULL);
}

static Node *matrix(Example *x) { return input(x, x->elem, over(x, x->ax[0], x->ax[1])); }
static Node *late(Example *x, Axis *a)
{
    return ir_binary(x->b, OP_LT, ir_iota(x->b, a), ir_int(x->b, 2));
}

// Is the operation one of operands of that element type? Asked of its type rule.
static bool takes(Example *x, Elem first, Elem other)
{
    Node n[3] = {{.type = {.elem = first}}, {.type = {.elem = other}}, {.type = {.elem = other}}};
    Node       *in[3] = {&n[0], &n[1], &n[2]};
    Attr        attr = {.elem = x->elem};
    Type        t;
    const char *why;
    return rule_type(x->b->program->arena, x->op, in, op_info(x->op)->arity, &attr, &t, &why);
}

static Node *map_example(Example *x)
{
    const Elem first[] = {x->elem, ELEM_I64, ELEM_BOOL, ELEM_BOOL, x->elem};
    const Elem other[] = {x->elem, ELEM_I64, ELEM_BOOL, x->elem, ELEM_BOOL};
    Axis *const *ax = x->ax;
    Node *in[3];
    Attr  attr = {.elem = x->elem == ELEM_F64 ? ELEM_F32 : ELEM_F64};
    int   k = 0, arity = op_info(x->op)->arity;
    while (k < 5 && !takes(x, first[k], other[k]))
        k++;
    if (k == 5)
        return NULL;
    in[0] = input(x, first[k], over(x, ax[0], ax[1]));
    if (arity > 1)
        in[1] = input(x, other[k], over(x, ax[1], x->op == OP_GUARD ? NULL : ax[2]));
    if (arity > 2)
        in[2] = input(x, other[k], over(x, ax[0], NULL));
    if (x->op == OP_FILL)
        in[0] = ir_guard(x->b, in[0], late(x, ax[1]));
    return ir_make(x->b, x->op, in, arity, x->op == OP_CONVERT ? &attr : NULL);
}

static Node *leaf_example(Example *x)
{
    const double two[] = {0.5, -1};
    Axes        *t = x->b->program->axes;
    Axis        *pair = axis_new(t, name_of(t->names, "two"), size_const(t->sizes, 2), SPAN_NONE);
    if (x->op == OP_CONST)
        return ir_const(x->b, x->elem, 1.5);
    if (x->op == OP_TABLE)
        return ir_table(x->b, x->elem, &pair, 1, two, 2);
    if (x->op == OP_IOTA)
        return ir_iota(x->b, x->ax[0]);
    return x->op == OP_SIZE ? ir_size(x->b, x->ax[0]->size) : NULL;
}

static Node *shape_example(Example *x)
{
    Axis *const *ax = x->ax;
    Node        *m = matrix(x);
    if (x->op == OP_EXPAND)
        return ir_expand(x->b, m, over(x, ax[2], NULL));
    if (x->op == OP_RENAME)
        return ir_rename(x->b, m, ax, (Axis *[]){axis_twin(x->b->program->axes, ax[0])}, 1);
    if (x->op == OP_SPLIT)
        return ir_split(x->b, input(x, x->elem, over(x, ax[2], ax[4])), ax[4], ax, 2);
    if (x->op == OP_MERGE)
        return ir_merge(x->b, m, ax, 2, ax[4]);
    Node *in[2] = {input(x, x->elem, over(x, ax[0], ax[2])),
                   input(x, x->elem, over(x, ax[1], NULL))};
    return ir_concat(x->b, in, ax, 2, ax[3]);
}

static Node *reduce_example(Example *x)
{
    Axis *const *ax = x->ax;
    if (x->op == OP_CONTRACT)
        return ir_contract(x->b, matrix(x), input(x, x->elem, over(x, ax[1], ax[2])), ax + 1, 1);
    Elem  e = x->op == OP_ANY || x->op == OP_ALL ? ELEM_BOOL : x->elem;
    Node *m = input(x, e, over(x, ax[0], ax[1]));
    return ir_reduce(x->b, x->op, m, ax + 1, 1);
}

// Positions 2*i - 1 along the first axis: some are out of range.
static Node *index_example(Example *x)
{
    Axis *const *ax = x->ax;
    Node        *i = ir_iota(x->b, ax[2]);
    Node        *pos = ir_binary(x->b, OP_SUB, ir_binary(x->b, OP_ADD, i, i), ir_int(x->b, 1));
    if (x->op == OP_INDEX)
        return ir_index(x->b, matrix(x), ax, &pos, 1, ir_const(x->b, x->elem, -1));
    if (x->op == OP_UPDATE) {
        Node *at = ir_binary(x->b, OP_SUB, ir_iota(x->b, ax[1]), ir_int(x->b, 1));
        return ir_update(x->b, matrix(x), ax, &at, 1, input(x, x->elem, over(x, ax[1], NULL)));
    }
    if (x->op == OP_CHECK) {
        Node *in[3] = {i, ir_const(x->b, ELEM_BOOL, 0), ir_int(x->b, 0)};
        Attr  attr = {.size = ax[2]->size, .text = name_of(x->b->program->names, "here")};
        return ir_make(x->b, OP_CHECK, in, 3, &attr);
    }
    if (x->op == OP_TALLY) {
        Node *in[3] = {ir_binary(x->b, OP_LT, i, ir_int(x->b, 1)), ir_int(x->b, 1), ir_size(x->b, ax[2]->size)};
        Attr  attr = {.text = name_of(x->b->program->names, "here: far")};
        return ir_make(x->b, OP_TALLY, in, 3, &attr);
    }
    if (x->op == OP_ARGSORT)
        return ir_reduce(x->b, OP_ARGSORT, matrix(x), ax, 1);
    return ir_scatter(x->b, x->op, input(x, x->elem, over(x, ax[1], ax[2])), ax + 2, 1, ax, &pos,
                      1);
}

// A matrix over ax[0] and its twin: its square is symmetric, and far from singular.
static Node *square_matrix(Example *x, Axis **twin)
{
    Axis *i = x->ax[0], *j = *twin = axis_twin(x->b->program->axes, i);
    Axis *k = axis_new(x->b->program->axes, i->name, i->size, SPAN_NONE);
    Node *a = input(x, x->elem, over(x, i, j)), *b = ir_rename(x->b, a, (Axis *[]){i, j}, (Axis *[]){j, k}, 2);
    Node *s = ir_contract(x->b, ir_rename(x->b, a, &j, &k, 1), b, &k, 1);
    Node *same = ir_convert(x->b, ir_binary(x->b, OP_EQ, ir_iota(x->b, i), ir_iota(x->b, j)), x->elem);
    Node *at = ir_convert(x->b, ir_iota(x->b, i), x->elem);
    return ir_binary(x->b, OP_ADD, s, ir_binary(x->b, OP_MUL, same, ir_binary(x->b, OP_ADD, at, ir_const(x->b, x->elem, 1))));
}

static Node *transform_example(Example *x)
{
    Axes *axes = x->b->program->axes;
    Axis *ax[3] = {x->ax[0], axis_part(axes), axis_new(axes, x->ax[0]->name, x->ax[0]->size, SPAN_NONE)};
    Node *re = input(x, x->elem, over(x, x->ax[0], x->ax[1])), *im = input(x, x->elem, over(x, x->ax[0], x->ax[1]));
    Node *in = complex_of(x->b, re, im);
    return ir_library(x->b, x->op, &in, 1, ax, 3);
}

// For each position of ax[1], all results.
static Node *library_example(Example *x)
{
    if (x->op == OP_FFT || x->op == OP_FFT_BACK)
        return transform_example(x);
    Axis *j, *k = axis_new(x->b->program->axes, x->ax[0]->name, x->ax[0]->size, SPAN_NONE);
    Node *a = square_matrix(x, &j), *sum = NULL;
    Node *scale = ir_binary(x->b, OP_ADD, input(x, x->elem, over(x, x->ax[1], NULL)), ir_const(x->b, x->elem, 3));
    Axis *ax[4] = {x->ax[0], j, k};
    a = ir_binary(x->b, OP_MUL, a, scale);
    LibraryShape shape = library_shape(x->op);
    if (shape.parts)
        ax[shape.letters - 1] = axis_part(x->b->program->axes);
    Node        *in[2] = {a, shape.nin > 1 ? input(x, x->elem, over(x, x->ax[0], x->ax[2])) : NULL};
    Node        *call = ir_library(x->b, x->op, in, shape.nin, ax, shape.letters);
    for (int i = 0; i < shape.nout; i++) {
        Node *result = library_result(x->b, call, i);
        sum = sum ? ir_binary(x->b, OP_ADD, sum, result) : result;
    }
    return sum;
}

static Node *stepped(Example *x, Node *carry, Node *outside)
{
    return ir_binary(x->b, OP_ADD, ir_binary(x->b, OP_MUL, carry, outside),
                     ir_const(x->b, x->elem, 0.5));
}

static Node *loop_example(Example *x, Node *s, Node *v)
{
    Region *body = region_begin(x->b);
    Node   *turn = region_param(x->b, ELEM_I64, (AxisSet){0}),
         *c = region_param(x->b, x->elem, s->type.axes);
    Node   *next = stepped(x, c, ir_index(x->b, v, x->ax + 1, &turn, 1, NULL));
    region_result(x->b, next);
    region_result(x->b, ir_binary(x->b, OP_MUL, next, c));
    region_end(x->b);
    Node *loop = ir_loop(x->b, x->ax[1], &s, 1, body);
    Node *all = ir_reduce(x->b, OP_SUM, ir_out(x->b, loop, 1), x->ax + 1, 1);
    return ir_binary(x->b, OP_ADD, ir_out(x->b, loop, 0), all);
}

// s <- s * s0 + 0.5 for three turns, which the loop does not know before.
static Node *while_example(Example *x, Node *s)
{
    Node   *carry[1] = {s};
    Region *goes = region_begin(x->b);
    Node   *turn = region_param(x->b, ELEM_I64, (AxisSet){0});
    region_param(x->b, x->elem, s->type.axes);
    region_result(x->b, ir_binary(x->b, OP_LT, turn, ir_int(x->b, 3)));
    region_end(x->b);
    Region *body = region_begin(x->b);
    region_param(x->b, ELEM_I64, (AxisSet){0});
    Node *c = region_param(x->b, x->elem, s->type.axes);
    region_result(x->b, stepped(x, c, s));
    region_end(x->b);
    return ir_out(x->b, ir_while(x->b, carry, 1, goes, body), 0);
}

static Node *run_example(Example *x, Node *s)
{
    Region *body = region_begin(x->b);
    Node   *c = region_param(x->b, x->elem, s->type.axes);
    region_result(x->b, while_example(x, c));
    region_end(x->b);
    return ir_out(x->b, ir_run(x->b, &s, 1, body, NULL), 0);
}

// z = tanh(z s / 4) + s, each position by itself.
static Node *fix_example(Example *x, Node *s)
{
    Node   *start = ir_zeros_like(x->b, s);
    Region *body = region_begin(x->b);
    Node   *z = region_param(x->b, x->elem, s->type.axes);
    Node   *bent = ir_binary(x->b, OP_MUL, ir_binary(x->b, OP_MUL, z, s), ir_const(x->b, x->elem, 0.25));
    region_result(x->b, ir_binary(x->b, OP_ADD, ir_unary(x->b, OP_TANH, bent), s));
    region_end(x->b);
    Node *tolerance = ir_const(x->b, ELEM_F64, x->elem == ELEM_F64 ? 1e-13 : 1e-6);
    FixRule rule = {.tolerance = tolerance, .most = ir_int(x->b, 500), .place = name_of(x->b->program->names, "here: far")};
    return ir_out(x->b, ir_fix(x->b, &rule, &start, 1, body), 0);
}

static Node *branch_example(Example *x, Node *s)
{
    Node   *c = input(x, ELEM_BOOL, (AxisSet){0});
    Region *yes = region_begin(x->b);
    region_result(x->b, stepped(x, s, s));
    region_end(x->b);
    Region *no = region_begin(x->b);
    region_result(x->b, ir_unary(x->b, OP_NEG, s));
    region_end(x->b);
    return ir_out(x->b, ir_branch(x->b, c, yes, no), 0);
}

static Node *region_example(Example *x)
{
    Node *s = input(x, x->elem, over(x, x->ax[0], NULL));
    if (x->op == OP_RUN)
        return run_example(x, s);
    if (x->op == OP_FIX)
        return fix_example(x, s);
    if (x->op == OP_BRANCH)
        return branch_example(x, s);
    Node *counted = loop_example(x, s, input(x, x->elem, over(x, x->ax[1], NULL)));
    return ir_binary(x->b, OP_ADD, counted, while_example(x, s));
}

Node *op_example(Builder *b, Op op, Elem elem, Axis *const ax[5])
{
    static Node *(*const table[])(Example *) = {
        [OPC_LEAF] = leaf_example,     [OPC_MAP] = map_example,     [OPC_SHAPE] = shape_example,
        [OPC_REDUCE] = reduce_example, [OPC_INDEX] = index_example, [OPC_REGION] = region_example,
        [OPC_LIBRARY] = library_example,
    };
    Example x = {b, op, elem, ax, 0};
    return table[op_info(op)->class](&x);
}

Program *op_program(Arena *a, Op op, Elem elem, int64_t first, int64_t second, int64_t third)
{
    const int64_t size[5] = {first, second, third, first + second, first * second};
    Names        *names = names_new(a);
    Axes         *axes = ARENA_NEW(a, Axes);
    Axis         *ax[5];
    *axes = (Axes){.arena = a, .names = names, .sizes = sizes_new(a, names)};
    Program *p = program_new(a, names, axes->sizes, axes, name_of(names, op_info(op)->text));
    for (int i = 0; i < 5; i++)
        ax[i] = axis_new(axes, name_format(names, "%c", 'p' + i), size_const(axes->sizes, size[i]),
                         SPAN_NONE);
    Builder b = builder_new(p);
    Node   *n = op_example(&b, op, elem, ax);
    if (n)
        program_output(p, name_of(names, "y"), n, -1, NULL);
    return n ? p : NULL;
}
