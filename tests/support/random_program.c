#include "support/random_program.h"

#include <stdlib.h>
#include <string.h>

#include "base/mix.h"

enum { AXES = 4, MOST_POOL = 512, MOST_COUNT = 256 };

typedef struct {
    Builder              b;
    const RandomOptions *o;
    uint64_t             seed;
    Axis                *ax[AXES];          // their twins are used too
    Axis                *product, *sum;     // of sizes ax[0] * ax[1], ax[0] + ax[1]
    InterpSize           size[AXES];
    int                  nsize;
    Node                *pool[MOST_POOL];   // floats to draw from
    int                  n;
} Gen;

// ---- numbers ----

uint64_t random_bits(uint64_t *seed) { return mix64(0x706c65787573u, (*seed)++); }
int      random_below(uint64_t *seed, int n) { return (int)(random_bits(seed) % (uint64_t)n); }
double   random_between(uint64_t *seed, double lo, double hi)
{
    return lo + (hi - lo) * ((double)(random_bits(seed) >> 11) * 0x1p-53);
}

static bool lookup(const SizeVar *v, void *user, int64_t *out)
{
    const InterpSize *s = user;
    for (; s->var; s++)
        if (s->var == v) {
            *out = s->value;
            return true;
        }
    return false;
}

static int64_t extent(const Axis *a, const InterpSize *size, int n)
{
    InterpSize *all = calloc((size_t)n + 1, sizeof *all);
    int64_t     v = 0;
    if (n)
        memcpy(all, size, (size_t)n * sizeof *all);
    size_eval(a->size, lookup, all, &v);
    free(all);
    return v;
}

InterpTensor *random_tensor(Arena *a, uint64_t *seed, const Node *input, const InterpSize *size,
                            int nsize)
{
    AxisSet  s = input->type.axes;
    int64_t *dim = ARENA_ARRAY(a, int64_t, s.n + 1);
    for (int i = 0; i < s.n; i++)
        dim[i] = extent(s.at[i], size, nsize);
    InterpTensor *t = interp_tensor(a, input->type.elem, s.at, dim, s.n);
    for (int64_t i = 0; t && i < t->count; i++) {
        double v = random_between(seed, -2, 2);
        if (t->r)
            t->r[i] = t->elem == ELEM_F32 ? (double)(float)v : v;
        else
            t->i[i] = random_below(seed, t->elem == ELEM_BOOL ? 2 : 5);
    }
    return t;
}

// ---- drawing ----

static int   below(Gen *g, int n) { return random_below(&g->seed, n); }
static Node *number(Gen *g, double v) { return ir_const(&g->b, g->o->elem, v); }
static Node *pick(Gen *g) { return g->pool[below(g, g->n)]; }
static Node *binary(Gen *g, Op op, Node *x, Node *y) { return ir_binary(&g->b, op, x, y); }

// How many elements a tensor over these axes has, up to a bound.
static int64_t places(const Gen *g, AxisSet s)
{
    int64_t n = 1;
    for (int i = 0; i < s.n && n <= MOST_COUNT; i++)
        n *= extent(s.at[i], g->size, g->nsize);
    return n;
}

static bool fits(const Gen *g, const Node *x, const Node *y)
{
    return places(g, axes_union(g->b.program->arena, x->type.axes, y->type.axes)) <= MOST_COUNT;
}

static Axis *some_axis(Gen *g)
{
    Axis *a = g->ax[below(g, AXES)];
    return below(g, 4) ? a : axis_twin(g->b.program->axes, a);
}

static Axis *axis_of(Gen *g, const Node *x)
{
    return x->type.axes.n ? x->type.axes.at[below(g, x->type.axes.n)] : NULL;
}

// x brought between lo and hi.
static Node *within_domain(Gen *g, Node *x, double lo, double hi)
{
    return binary(g, OP_ADD, binary(g, OP_MUL, ir_unary(&g->b, OP_SIGMOID, x), number(g, hi - lo)),
                  number(g, lo));
}

// A bool that no float decides.
static Node *plain_truth(Gen *g)
{
    Node *x = ir_iota(&g->b, some_axis(g));
    Node *y = below(g, 2) ? ir_int(&g->b, below(g, 3)) : ir_iota(&g->b, some_axis(g));
    Node *c = binary(g, below(g, 2) ? OP_LT : OP_LE, x, y);
    return below(g, 3) ? c : ir_unary(&g->b, OP_NOT, c);
}

static Node *truth(Gen *g)
{
    if (g->o->differentiable || below(g, 2))
        return plain_truth(g);
    Node *x = pick(g), *y = pick(g);
    return ir_fill(&g->b, binary(g, OP_LT, x, fits(g, x, y) ? y : number(g, 0)));
}

// Positions from -1 to beyond the end, over some axis.
static Node *loose_position(Gen *g)
{
    Node *i = ir_iota(&g->b, some_axis(g));
    if (below(g, 2))
        i = binary(g, OP_MUL, i, ir_int(&g->b, 1 + below(g, 3)));
    return binary(g, OP_ADD, i, ir_int(&g->b, below(g, 4) - 1));
}

// Positions that are in range wherever the axis has any.
static Node *exact_position(Gen *g, const Axis *a)
{
    return binary(g, OP_IMOD, loose_position(g), ir_size(&g->b, a->size));
}

// ---- forms: each makes a float from what is there, or NULL ----

static const Op smooth_unary[] = {OP_NEG,   OP_EXP,  OP_EXPM1,   OP_LOG,      OP_LOG1P, OP_SQRT,
                                  OP_RSQRT, OP_SIN,  OP_COS,     OP_TAN,      OP_ASIN,  OP_ACOS,
                                  OP_ATAN,  OP_SINH, OP_COSH,    OP_TANH,     OP_ERF,   OP_ERFC,
                                  OP_COPY,  OP_FILL, OP_SIGMOID, OP_SOFTPLUS, OP_NEG,   OP_TANH};
static const Op rough_unary[] = {OP_ABS, OP_SIGN, OP_FLOOR, OP_CEIL, OP_ROUND, OP_STOP};
static const Op smooth_binary[] = {OP_ADD, OP_SUB,   OP_MUL, OP_DIV,
                                   OP_POW, OP_ATAN2, OP_ADD, OP_MUL};
static const Op rough_binary[] = {OP_MIN2, OP_MAX2};

#define COUNT(list) ((int)(sizeof(list) / sizeof *(list)))

static Node *form_unary(Gen *g)
{
    bool rough = !g->o->differentiable && !below(g, 4);
    Op   op = rough ? rough_unary[below(g, COUNT(rough_unary))]
                    : smooth_unary[below(g, COUNT(smooth_unary))];
    return ir_unary(&g->b, op, within_domain(g, pick(g), op_info(op)->lo, op_info(op)->hi));
}

static Node *form_binary(Gen *g)
{
    bool  rough = !g->o->differentiable && !below(g, 4);
    Op    op = rough ? rough_binary[below(g, COUNT(rough_binary))]
                     : smooth_binary[below(g, COUNT(smooth_binary))];
    Node *x = pick(g), *y = pick(g);
    if (!fits(g, x, y))
        return NULL;
    if (op != OP_ADD && op != OP_SUB) {
        x = within_domain(g, x, op_info(op)->lo, op_info(op)->hi);
        y = within_domain(g, y, op_info(op)->lo, op_info(op)->hi);
    }
    return binary(g, op, x, y);
}

static Node *form_reduce(Gen *g)
{
    static const Op ops[] = {OP_SUM, OP_SUM, OP_PROD, OP_MAX, OP_MIN};
    Node *x = pick(g);
    Axis *a = axis_of(g, x);
    Op    op = ops[below(g, g->o->differentiable ? 3 : COUNT(ops))];
    if (!a)
        return NULL;
    x = ir_reduce(&g->b, op, within_domain(g, x, op_info(op)->lo, op_info(op)->hi), &a, 1);
    return op == OP_MAX || op == OP_MIN ? ir_unary(&g->b, OP_TANH, x) : x;  // of nothing: infinite
}

static Node *form_cumsum(Gen *g)
{
    Node *x = pick(g);
    Axis *a = axis_of(g, x);
    Attr  attr = {.ax = &a, .nax = 1, .i = below(g, 2)};
    return a ? ir_make(&g->b, OP_CUMSUM, &x, 1, &attr) : NULL;
}

static Node *form_contract(Gen *g)
{
    Node   *x = pick(g), *y = pick(g);
    AxisSet both = axes_intersect(g->b.program->arena, x->type.axes, y->type.axes);
    if (!both.n || !fits(g, x, y))
        return NULL;
    return ir_contract(&g->b, ir_unary(&g->b, OP_TANH, x), y, both.at, 1 + below(g, both.n));
}

static Node *form_expand(Gen *g)
{
    Node *x = pick(g);
    Axis *a = some_axis(g);
    Node *y = ir_expand(&g->b, x, axes_of(g->b.program->arena, &a, 1));
    return fits(g, y, y) ? y : NULL;
}

static Node *form_rename(Gen *g)
{
    Node *x = pick(g);
    Axis *a = axis_of(g, x);
    Axis *to = a ? (a->twin_of ? a->twin_of : axis_twin(g->b.program->axes, a)) : NULL;
    return a && !axes_has(x->type.axes, to) ? ir_rename(&g->b, x, &a, &to, 1) : NULL;
}

static Node *form_merge(Gen *g)
{
    Node *x = pick(g);
    int   first = below(g, 2);
    Axis *parts[2] = {g->ax[first], g->ax[1 - first]};
    if (axes_has(x->type.axes, g->product))
        return axes_has(x->type.axes, parts[0]) || axes_has(x->type.axes, parts[1])
                   ? NULL
                   : ir_split(&g->b, x, g->product, parts, 2);
    x = ir_expand(&g->b, x, axes_of(g->b.program->arena, parts, 2));
    return fits(g, x, x) ? ir_merge(&g->b, x, parts, 2, g->product) : NULL;
}

static Node *form_concat(Gen *g)
{
    Node *first = pick(g), *second = pick(g), *in[2] = {first, second};
    if (!axes_has(in[0]->type.axes, g->ax[0]) || !axes_has(in[1]->type.axes, g->ax[1]) ||
        !fits(g, in[0], in[1]))
        return NULL;
    for (int i = 0; i < 2; i++)
        if (axes_has(in[i]->type.axes, g->sum))
            return NULL;
    Node *y = ir_concat(&g->b, in, g->ax, 2, g->sum);
    return fits(g, y, y) ? y : NULL;
}

static Node *form_index(Gen *g)
{
    Node *x = pick(g), *other = below(g, 2) ? number(g, -1) : pick(g);
    Axis *a = axis_of(g, x);
    if (!a)
        return NULL;
    bool  exact = below(g, 2) && extent(a, g->size, g->nsize) > 0;
    Node *pos = exact ? exact_position(g, a) : loose_position(g);
    Node *y = ir_index(&g->b, x, &a, &pos, 1, exact ? NULL : other);
    return fits(g, y, y) ? y : NULL;
}

static Node *form_scatter(Gen *g)
{
    static const Op ops[] = {OP_SCATTER_ADD, OP_SCATTER_ADD, OP_SCATTER_MAX, OP_SCATTER_MIN,
                             OP_SCATTER_PROD};
    Op    op = ops[below(g, g->o->differentiable ? 2 : COUNT(ops))];
    Node *x = pick(g), *pos = loose_position(g);
    Axis *from = pos->type.axes.at[0], *to = g->ax[below(g, AXES)];
    if (to == from || axes_has(x->type.axes, to) || !fits(g, x, pos))
        return NULL;
    if (op != OP_SCATTER_ADD)
        x = within_domain(g, x, 0.5, 1.5);
    Node *y = ir_scatter(&g->b, op, x, &from, 1, &to, &pos, 1);
    if (!fits(g, y, y))
        return NULL;
    return op == OP_SCATTER_MAX || op == OP_SCATTER_MIN ? ir_unary(&g->b, OP_TANH, y) : y;
}

// Positions and value over what the operand has beside the axis.
static Node *form_update(Gen *g)
{
    Node *x = pick(g), *pos = loose_position(g), *v = pick(g);
    Axis *a = axis_of(g, x);
    if (!a || axes_has(pos->type.axes, a))
        return NULL;
    if (axes_has(v->type.axes, a))
        v = ir_reduce(&g->b, OP_SUM, v, &a, 1);
    AxisSet more = axes_union(g->b.program->arena, pos->type.axes, v->type.axes);
    Node   *y = ir_update(&g->b, ir_expand(&g->b, x, more), &a, &pos, 1, ir_convert(&g->b, v, x->type.elem));
    return fits(g, y, y) ? y : NULL;
}

static Node *form_select(Gen *g)
{
    Node *c = truth(g), *x = pick(g), *y = pick(g);
    if (!fits(g, x, y) || !fits(g, c, binary(g, OP_ADD, x, y)))
        return NULL;
    if (below(g, 3) == 0) {  // sides that are guarded by the condition
        x = ir_guard(&g->b, x, c);
        y = ir_guard(&g->b, y, ir_unary(&g->b, OP_NOT, c));
    }
    return ir_select(&g->b, c, x, y);
}

static Node *form_guard(Gen *g)
{
    Node *x = pick(g), *c = plain_truth(g);
    return fits(g, x, c) ? ir_guard(&g->b, x, c) : NULL;
}

// The elements along an axis in the order of others, or the largest.
static Node *form_order(Gen *g)
{
    Node *x = pick(g), *key = pick(g);
    Axis *a = axis_of(g, x);
    if (g->o->differentiable || !a || !axes_has(key->type.axes, a) || !fits(g, x, key) ||
        extent(a, g->size, g->nsize) == 0)
        return NULL;
    Attr  attr = {.ax = &a, .nax = 1};
    Op    op = below(g, 2) ? OP_ARGSORT : below(g, 2) ? OP_ARGMAX : OP_ARGMIN;
    Node *pos = ir_make(&g->b, op, &key, 1, &attr);
    return ir_index(&g->b, x, &a, &pos, 1, NULL);
}

static Node *form_convert(Gen *g)
{
    Elem other = g->o->elem == ELEM_F64 ? ELEM_F32 : ELEM_F64;
    if (below(g, 2) || g->o->differentiable)
        return ir_convert(&g->b, ir_iota(&g->b, some_axis(g)), g->o->elem);
    return ir_convert(&g->b, ir_convert(&g->b, pick(g), other), g->o->elem);
}

// Bits drawn by mixing positions.
static Node *form_mix(Gen *g)
{
    Node *bits = binary(g, OP_MIX, ir_int(&g->b, 7), ir_iota(&g->b, some_axis(g)));
    Node *low =
        binary(g, OP_BITAND, binary(g, OP_SHR, bits, ir_int(&g->b, 20)), ir_int(&g->b, 1023));
    return binary(g, OP_MUL, ir_convert(&g->b, low, g->o->elem), number(g, 1.0 / 1024));
}

// ---- regions ----

// A turn: the carry moves on by what stands outside and by the turn; `at` is NULL or x at this
// turn.
static Node *moved_on(Gen *g, Node *carry, Node *turn, Node *at, Node *outside)
{
    Node *half = binary(g, OP_MUL, carry, number(g, 0.5));
    Node *sum =
        binary(g, OP_ADD, half, binary(g, OP_MUL, outside, ir_convert(&g->b, turn, g->o->elem)));
    return ir_unary(&g->b, OP_SIN, at ? binary(g, OP_ADD, sum, at) : sum);
}

static Node *form_loop(Gen *g)
{
    Node *x = pick(g), *s = pick(g);
    Axis *a = g->ax[below(g, AXES)];
    if (!g->o->loops || axes_has(s->type.axes, a) || !fits(g, s, ir_iota(&g->b, a)))
        return NULL;
    AxisSet rest =
        axes_minus(g->b.program->arena, x->type.axes, axes_of(g->b.program->arena, &a, 1));
    bool    read = axes_has(x->type.axes, a) && axes_contains(s->type.axes, rest);
    Region *r = region_begin(&g->b);
    Node   *turn = region_param(&g->b, ELEM_I64, (AxisSet){0}),
         *c = region_param(&g->b, g->o->elem, s->type.axes);
    Node   *at = read ? ir_index(&g->b, x, &a, &turn, 1, NULL) : NULL;
    Node   *next =
        moved_on(g, c, turn, at, axes_contains(s->type.axes, x->type.axes) ? x : number(g, 0.25));
    region_result(&g->b, ir_expand(&g->b, next, s->type.axes));
    region_result(&g->b, binary(g, OP_MUL, next, c));
    region_end(&g->b);
    return ir_out(&g->b, ir_loop(&g->b, a, &s, 1, r), below(g, 2));
}

// ---- arrays that loops change in part ----

typedef struct {
    Gen  *g;
    Axis *along;
    Node *turn;
} Changing;

static Node *some_place(Changing *c)
{
    Gen  *g = c->g;
    Node *i = below(g, 2) ? c->turn : ir_int(&g->b, below(g, 3));
    return binary(g, OP_SUB, binary(g, OP_MUL, i, ir_int(&g->b, 1 + below(g, 2))), ir_int(&g->b, below(g, 2)));
}

static Node *read_place(Changing *c, Node *x)
{
    Node *at = some_place(c);
    return ir_index(&c->g->b, x, &c->along, &at, 1, number(c->g, 0.5));
}

static Node *write_place(Changing *c, Node *x, Node *v)
{
    Node *at = some_place(c), *y = ir_update(&c->g->b, x, &c->along, &at, 1, v);
    return y;
}

// x after some changes; values read before one may be written after it.
static Node *changed(Changing *c, Node *x, int depth)
{
    Gen  *g = c->g;
    Node *old = read_place(c, x), *first = x, *v = old;
    for (int n = 1 + below(g, 3); n > 0; n--) {
        Node *here = read_place(c, below(g, 4) ? x : first);
        v = ir_unary(&g->b, OP_SIN, binary(g, OP_ADD, binary(g, OP_MUL, v, number(g, 0.5)), here));
        int kind = below(g, 5);
        if (kind == 0 || depth == 0) {
            x = write_place(c, x, v);
        } else if (kind == 1) {  // a choice, its sides guarded or not
            Node *cond = ir_reduce(&g->b, OP_ANY, ir_binary(&g->b, OP_LT, here, old), here->type.axes.at, here->type.axes.n);
            Node *no = ir_unary(&g->b, OP_NOT, cond);
            bool  bare = below(g, 4) == 0;
            Node *a = write_place(c, bare ? x : ir_guard(&g->b, x, cond), v);
            Node *b = below(g, 2) ? x : write_place(c, bare ? x : ir_guard(&g->b, x, no), old);
            x = ir_select(&g->b, cond, a, b);
        } else if (kind == 2) {  // a loop inside
            Axis     *a = g->ax[below(g, AXES)];
            Region   *r = region_begin(&g->b);
            Changing  in = {g, c->along, region_param(&g->b, ELEM_I64, (AxisSet){0})};
            Node     *p = region_param(&g->b, x->type.elem, x->type.axes);
            region_result(&g->b, changed(&in, p, depth - 1));
            region_end(&g->b);
            Node *loop = ir_loop(&g->b, a, &x, 1, r);
            x = ir_out(&g->b, loop, 0);
        } else if (kind == 3) {
            Node   *cond = ir_reduce(&g->b, OP_ANY, ir_binary(&g->b, OP_LT, here, old), here->type.axes.at, here->type.axes.n);
            Region *yes = region_begin(&g->b);
            region_result(&g->b, write_place(c, x, v));
            region_end(&g->b);
            Region *no = region_begin(&g->b);
            region_result(&g->b, below(g, 2) ? x : write_place(c, x, here));
            region_end(&g->b);
            x = ir_out(&g->b, ir_branch(&g->b, cond, yes, no), 0);
        } else {  // the whole of it
            x = binary(g, OP_MUL, x, number(g, 0.75));
        }
    }
    return below(g, 3) ? write_place(c, x, old) : x;
}

static Node *form_update_loop(Gen *g)
{
    Node *s = pick(g);
    Axis *a = g->ax[below(g, AXES)], *along = axis_of(g, s);
    if (!g->o->loops || !along || !fits(g, s, ir_iota(&g->b, a)))
        return NULL;
    Region  *r = region_begin(&g->b);
    Changing c = {g, along, region_param(&g->b, ELEM_I64, (AxisSet){0})};
    Node    *p = region_param(&g->b, s->type.elem, s->type.axes);
    region_result(&g->b, changed(&c, p, 2));
    region_end(&g->b);
    return ir_out(&g->b, ir_loop(&g->b, a, &s, 1, r), 0);
}

static Node *form_while(Gen *g)
{
    Node *s = pick(g), *carry[2] = {ir_int(&g->b, 0), s};
    if (!g->o->loops)
        return NULL;
    Region *goes = region_begin(&g->b);
    Node   *turn = region_param(&g->b, ELEM_I64, (AxisSet){0});
    Node   *count = region_param(&g->b, ELEM_I64, (AxisSet){0});
    region_param(&g->b, g->o->elem, s->type.axes);
    region_result(&g->b, binary(g, OP_LT, count, ir_int(&g->b, 6)));
    region_end(&g->b);
    Region *body = region_begin(&g->b);
    turn = region_param(&g->b, ELEM_I64, (AxisSet){0});
    count = region_param(&g->b, ELEM_I64, (AxisSet){0});
    Node *c = region_param(&g->b, g->o->elem, s->type.axes);
    region_result(&g->b, binary(g, OP_ADD, count, ir_int(&g->b, 2)));
    region_result(&g->b, ir_expand(&g->b, moved_on(g, c, turn, s, number(g, 0.25)), s->type.axes));
    region_end(&g->b);
    return ir_out(&g->b, ir_while(&g->b, carry, 2, goes, body), 1);
}

static Node *form_branch(Gen *g)
{
    Node *x = pick(g), *y = pick(g), *c = truth(g);
    if (!g->o->loops || !fits(g, x, y))
        return NULL;
    AxisSet axes = axes_union(g->b.program->arena, x->type.axes, y->type.axes);
    c = ir_reduce(&g->b, OP_ANY, c, c->type.axes.at, c->type.axes.n);
    Region *yes = region_begin(&g->b);
    region_result(&g->b, ir_expand(&g->b, x, axes));
    region_end(&g->b);
    Region *no = region_begin(&g->b);
    region_result(&g->b, ir_expand(&g->b, binary(g, OP_MUL, x, y), axes));
    region_end(&g->b);
    return ir_out(&g->b, ir_branch(&g->b, c, yes, no), 0);
}

// ---- programs ----

typedef Node *Form(Gen *g);
static Form *const forms[] = {
    form_unary,  form_unary,  form_binary,  form_binary, form_reduce, form_cumsum,  form_contract,
    form_expand, form_rename, form_merge,   form_concat, form_index,  form_scatter, form_select, form_update,
    form_guard,  form_order,  form_convert, form_mix,    form_loop,   form_update_loop, form_update_loop, form_while,   form_branch};

static const Size *axis_size(Gen *g, int i)
{
    Sizes  *t = g->b.program->sizes;
    int64_t v = g->o->sizes[i % 3];
    if (!g->o->symbolic)
        return size_const(t, v);
    SizeVar *var = size_var_new(t, name_format(g->b.program->names, "n%d", i), 0);
    g->size[g->nsize++] = (InterpSize){var, v};
    return size_of_var(t, var);
}

static void make_axes(Gen *g)
{
    Program *p = g->b.program;
    for (int i = 0; i < AXES; i++)
        g->ax[i] =
            axis_new(p->axes, name_format(p->names, "%c", 'a' + i), axis_size(g, i), SPAN_NONE);
    g->product = axis_new(p->axes, name_of(p->names, "ab"),
                          size_mul(p->sizes, g->ax[0]->size, g->ax[1]->size), SPAN_NONE);
    g->sum = axis_new(p->axes, name_of(p->names, "a+b"),
                      size_add(p->sizes, g->ax[0]->size, g->ax[1]->size), SPAN_NONE);
}

static void make_inputs(Gen *g)
{
    Arena  *a = g->b.program->arena;
    Axis   *pair[2] = {g->ax[0], g->ax[2]};
    AxisSet sets[] = {axes_of(a, g->ax, 2), axes_of(a, pair, 2), axes_of(a, g->ax + 1, 1), {0}};
    for (int i = 0; i < COUNT(sets); i++)
        g->pool[g->n++] = ir_input(&g->b, name_format(g->b.program->names, "x%d", i), INPUT_DATA,
                                   g->o->elem, sets[i], NULL);
}

static Program *empty_program(Arena *a)
{
    Names *names = names_new(a);
    Sizes *sizes = sizes_new(a, names);
    Axes  *axes = ARENA_NEW(a, Axes);
    *axes = (Axes){.arena = a, .names = names, .sizes = sizes};
    return program_new(a, names, sizes, axes, name_of(names, "random"));
}

RandomProgram random_program(Arena *a, const RandomOptions *o)
{
    Gen g = {.b = builder_new(empty_program(a)), .o = o, .seed = mix64(o->seed, 1)};
    make_axes(&g);
    make_inputs(&g);
    int inputs = g.n;
    for (int made = 0, tries = 0; made < o->steps && g.n < MOST_POOL && tries < 50 * o->steps;
         tries++) {
        Node *n = forms[below(&g, COUNT(forms))](&g);
        if (!n || places(&g, n->type.axes) > MOST_COUNT)
            continue;
        g.pool[g.n++] = n;
        made++;
    }
    for (int i = g.n - 1, k = 0; i >= inputs && k < 3; i -= 2, k++)
        program_output(g.b.program, name_format(g.b.program->names, "y%d", k), g.pool[i], -1, NULL);
    RandomProgram r = {.program = g.b.program, .nsize = g.nsize};
    r.size = ARENA_ARRAY(a, InterpSize, g.nsize + 1);
    memcpy(r.size, g.size, sizeof *r.size * (size_t)g.nsize);
    r.in = ARENA_ARRAY(a, InterpTensor *, inputs + 1);
    for (int i = 0; i < inputs; i++)
        r.in[i] = random_tensor(a, &g.seed, g.pool[i], r.size, r.nsize);
    return r;
}
