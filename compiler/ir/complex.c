#include "ir/complex.h"

// ---- pairs ----

static Axis *part_axis(AxisSet s)
{
    for (int i = 0; i < s.n; i++)
        if (s.at[i]->part)
            return s.at[i];
    return NULL;
}

bool complex_is(const Node *x) { return part_axis(x->type.axes) != NULL; }
Elem complex_elem(const Type *t) { return part_axis(t->axes) ? elem_complex(t->elem) : t->elem; }

static AxisSet pair(Builder *b)
{
    Axis *a = axis_part(b->program->axes);
    return axes_of(b->program->arena, &a, 1);
}

Type complex_pairs(Builder *b, Elem elem, AxisSet axes)
{
    if (elem_class(elem) != ELEM_CLASS_COMPLEX)
        return (Type){elem, axes, NULL};
    return (Type){elem_part(elem), axes_union(b->program->arena, axes, pair(b)), NULL};
}

Axis **complex_order(Builder *b, AxisSet axes, Axis **order)
{
    Axis  *part = part_axis(axes);
    Axis **out = ARENA_ARRAY(b->program->arena, Axis *, axes.n + 2);
    int    n = 0;
    if (!order || !part)
        return order;
    for (int i = 0; i < axes.n && n < axes.n - 1; i++)
        if (order[i] != part)
            out[n++] = order[i];
    out[n] = part;
    return out;
}

static Node *is_first(Builder *b) { return ir_binary(b, OP_EQ, ir_iota(b, axis_part(b->program->axes)), ir_int(b, 0)); }

Node *complex_of(Builder *b, Node *re, Node *im)
{
    Arena  *a = b->program->arena;
    AxisSet all = axes_union(a, re->type.axes, im->type.axes);
    Node   *x = ir_select(b, is_first(b), ir_expand(b, re, all), ir_expand(b, im, all));
    return ir_expand(b, x, pair(b));  // equal parts are one node
}

// Is x a choice made by complex_of? Then its parts are there.
static bool is_choice(const Node *x)
{
    if (x->op != OP_SELECT || x->in[0]->op != OP_EQ)
        return false;
    const Node *const *in = (const Node *const *)x->in[0]->in;
    for (int k = 0; k < 2; k++)
        if (in[k]->op == OP_IOTA && in[k]->attr.ax[0]->part && in[!k]->op == OP_CONST && in[!k]->attr.i == 0)
            return !complex_is(x->in[1]) && !complex_is(x->in[2]);
    return false;
}

Node *complex_part(Builder *b, Node *x, int part)
{
    if (!complex_is(x))
        return part ? ir_zeros_like(b, x) : x;
    if (is_choice(x))
        return x->in[1 + part];
    Axis *a = axis_part(b->program->axes);
    Node *at = ir_int(b, part);
    return ir_index(b, x, &a, &at, 1, NULL);
}

// ---- formulas on parts ----

typedef struct {
    Node *re, *im;
} Parts;

static Parts parts_of(Builder *b, Node *x) { return (Parts){complex_part(b, x, 0), complex_part(b, x, 1)}; }
static Node *joined(Builder *b, Parts p) { return complex_of(b, p.re, p.im); }
static Node *num(Builder *b, const Node *like, double v) { return ir_const(b, like->type.elem, v); }
static Node *add(Builder *b, Node *x, Node *y) { return ir_binary(b, OP_ADD, x, y); }
static Node *sub(Builder *b, Node *x, Node *y) { return ir_binary(b, OP_SUB, x, y); }
static Node *mul(Builder *b, Node *x, Node *y) { return ir_binary(b, OP_MUL, x, y); }
static Node *quot(Builder *b, Node *x, Node *y) { return ir_binary(b, OP_DIV, x, y); }
static Node *un(Builder *b, Op op, Node *x) { return ir_unary(b, op, x); }

// The larger of the sizes of the two parts, a constant: what is divided by it neither overflows nor underflows.
static Node *scale_of(Builder *b, Parts p)
{
    return un(b, OP_STOP, ir_binary(b, OP_MAX2, un(b, OP_ABS, p.re), un(b, OP_ABS, p.im)));
}

static Node *is_ordinary(Builder *b, Node *scale)
{
    return ir_binary(b, OP_AND, ir_binary(b, OP_LT, num(b, scale, 0), scale), un(b, OP_ISFINITE, scale));
}

// Where the scale is zero the derivative is zero; where it is not finite, it is the result.
static Node *size_of(Builder *b, Parts p)
{
    Node *scale = scale_of(b, p), *ok = is_ordinary(b, scale), *one = num(b, scale, 1);
    Node *safe = ir_select(b, ok, scale, one);
    Node *x = quot(b, p.re, safe), *y = quot(b, p.im, safe);
    Node *square = ir_select(b, ok, add(b, mul(b, x, x), mul(b, y, y)), one);
    return ir_select(b, ok, mul(b, safe, un(b, OP_SQRT, square)), scale);
}

static Parts times(Builder *b, Parts x, Parts y)
{
    return (Parts){sub(b, mul(b, x.re, y.re), mul(b, x.im, y.im)), add(b, mul(b, x.re, y.im), mul(b, x.im, y.re))};
}

static Parts over(Builder *b, Parts x, Parts y)
{
    Node *scale = scale_of(b, y), *ok = is_ordinary(b, scale), *safe = ir_select(b, ok, scale, num(b, scale, 1));
    Node *c = quot(b, y.re, safe), *d = quot(b, y.im, safe);
    Node *below = add(b, mul(b, c, y.re), mul(b, d, y.im));
    Parts above = times(b, x, (Parts){c, un(b, OP_NEG, d)});
    return (Parts){quot(b, above.re, below), quot(b, above.im, below)};
}

static Parts exp_of(Builder *b, Parts p)
{
    Node *r = un(b, OP_EXP, p.re);
    return (Parts){mul(b, r, un(b, OP_COS, p.im)), mul(b, r, un(b, OP_SIN, p.im))};
}

static Parts log_of(Builder *b, Parts p)
{
    return (Parts){un(b, OP_LOG, size_of(b, p)), ir_binary(b, OP_ATAN2, p.im, p.re)};
}

// The root whose real part is not negative: t = sqrt((|z| + |re z|) / 2) is one part of it, im z / 2t the other.
static Parts sqrt_of(Builder *b, Parts p)
{
    Node *zero = num(b, p.re, 0), *half = num(b, p.re, 0.5), *one = num(b, p.re, 1);
    Node *high = mul(b, half, add(b, size_of(b, p), un(b, OP_ABS, p.re))), *none = ir_binary(b, OP_EQ, high, zero);
    Node *t = un(b, OP_SQRT, ir_select(b, none, one, high)), *other = quot(b, mul(b, half, p.im), t);
    Node *right = ir_binary(b, OP_LE, zero, p.re), *below = ir_binary(b, OP_LT, p.im, zero);
    Node *back = ir_select(b, below, un(b, OP_NEG, t), t);
    Node *re = ir_select(b, right, t, un(b, OP_ABS, other)), *im = ir_select(b, right, other, back);
    return (Parts){ir_select(b, none, zero, re), ir_select(b, none, zero, im)};
}

// f(re) g(im) and f'(re) g'(im), as sin, cos, sinh and cosh of a sum are.
static Parts crossed(Builder *b, Parts p, const Op op[4])
{
    return (Parts){mul(b, un(b, op[0], p.re), un(b, op[1], p.im)), mul(b, un(b, op[2], p.re), un(b, op[3], p.im))};
}

static Parts sin_of(Builder *b, Parts p) { return crossed(b, p, (const Op[]){OP_SIN, OP_COSH, OP_COS, OP_SINH}); }
static Parts sinh_of(Builder *b, Parts p) { return crossed(b, p, (const Op[]){OP_SINH, OP_COS, OP_COSH, OP_SIN}); }
static Parts cosh_of(Builder *b, Parts p) { return crossed(b, p, (const Op[]){OP_COSH, OP_COS, OP_SINH, OP_SIN}); }
static Parts cos_of(Builder *b, Parts p)
{
    Parts q = crossed(b, p, (const Op[]){OP_COS, OP_COSH, OP_SIN, OP_SINH});
    return (Parts){q.re, un(b, OP_NEG, q.im)};
}

static Parts power(Builder *b, Parts x, Parts y) { return exp_of(b, times(b, y, log_of(b, x))); }

// ---- the tables ----

Node *complex_unary(Builder *b, Op op, Node *x)
{
    static const struct {
        Op    op;
        Parts (*of)(Builder *b, Parts p);
    } table[] = {{OP_EXP, exp_of}, {OP_LOG, log_of},   {OP_SQRT, sqrt_of}, {OP_SIN, sin_of},
                 {OP_COS, cos_of}, {OP_SINH, sinh_of}, {OP_COSH, cosh_of}};
    Axis *part = axis_part(b->program->axes);
    if (op == OP_NEG || op == OP_STOP || op == OP_COPY)
        return ir_unary(b, op, x);
    if (op == OP_ISNAN || op == OP_ISFINITE)
        return ir_reduce(b, op == OP_ISNAN ? OP_ANY : OP_ALL, ir_unary(b, op, x), &part, 1);
    if (op == OP_ABS)
        return size_of(b, parts_of(b, x));
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (table[i].op == op)
            return joined(b, table[i].of(b, parts_of(b, x)));
    return NULL;
}

// A real factor or divisor is one of both parts.
static bool scales(Op op, const Node *x, const Node *y)
{
    return (op == OP_MUL && complex_is(x) != complex_is(y)) || (op == OP_DIV && !complex_is(y));
}

Node *complex_binary(Builder *b, Op op, Node *x, Node *y)
{
    if (scales(op, x, y))
        return ir_binary(b, op, x, y);
    Parts p = parts_of(b, x), q = parts_of(b, y);
    switch ((int)op) {
    case OP_ADD:
    case OP_SUB: return joined(b, (Parts){ir_binary(b, op, p.re, q.re), ir_binary(b, op, p.im, q.im)});
    case OP_MUL: return joined(b, times(b, p, q));
    case OP_DIV: return joined(b, over(b, p, q));
    case OP_POW: return joined(b, power(b, p, q));
    case OP_EQ:
    case OP_NE:
        return ir_binary(b, op == OP_EQ ? OP_AND : OP_OR, ir_binary(b, op, p.re, q.re), ir_binary(b, op, p.im, q.im));
    default: return NULL;
    }
}

Node *complex_contract(Builder *b, Node *x, Node *y, Axis *const *ax, int nax)
{
    if (!complex_is(x) || !complex_is(y))
        return ir_contract(b, x, y, ax, nax);
    Parts p = parts_of(b, x), q = parts_of(b, y);
    Node *rr = ir_contract(b, p.re, q.re, ax, nax), *ii = ir_contract(b, p.im, q.im, ax, nax);
    Node *ri = ir_contract(b, p.re, q.im, ax, nax), *ir = ir_contract(b, p.im, q.re, ax, nax);
    return complex_of(b, sub(b, rr, ii), add(b, ri, ir));
}

static Node *prod_along(Builder *b, Node *x, Node *one, Axis *axis)
{
    Arena  *a = b->program->arena;
    Node   *first = ir_expand(b, one, axes_minus(a, x->type.axes, axes_of(a, &axis, 1)));
    Region *turns = region_begin(b);
    Node   *turn = region_param(b, ELEM_I64, (AxisSet){0}), *so_far = region_param(b, first->type.elem, first->type.axes);
    region_result(b, complex_binary(b, OP_MUL, so_far, ir_index(b, x, &axis, &turn, 1, NULL)));
    region_end(b);
    return ir_out(b, ir_loop(b, axis, &first, 1, turns), 0);
}

Node *complex_prod(Builder *b, Node *x, Axis *const *ax, int nax)
{
    Elem  elem = x->type.elem;
    Node *one = complex_of(b, ir_const(b, elem, 1), ir_const(b, elem, 0)), *guard = x->type.guard;
    bool  ends = false;
    for (int i = 0; i < nax && guard; i++)
        ends = ends || axes_has(guard->type.axes, ax[i]);
    x = ends ? ir_select(b, guard, ir_fill(b, x), one) : ir_fill(b, x);
    for (int i = 0; i < nax; i++)
        x = prod_along(b, x, one, ax[i]);
    return guard && !ends ? ir_guard(b, x, guard) : x;
}
