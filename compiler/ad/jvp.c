// Forward mode: one rule an operation, by the column `jvp` of ops.def.
#include "ad/rules.h"

// ---- small words ----

static Node *tangent_of(const Jvp *j, const Node *n) { return map_get(j->tangent, n); }
static Node *number(Jvp *j, const Node *like, double v) { return ir_const(j->b, like->type.elem, v); }
static Node *add(Jvp *j, Node *x, Node *y) { return !x ? y : !y ? x : ir_binary(j->b, OP_ADD, x, y); }
static Node *mul(Jvp *j, Node *x, Node *y) { return ir_binary(j->b, OP_MUL, x, y); }
static Node *sub(Jvp *j, Node *x, Node *y) { return ir_binary(j->b, OP_SUB, x, y); }
static Node *divide(Jvp *j, Node *x, Node *y) { return ir_binary(j->b, OP_DIV, x, y); }
static Node *neg(Jvp *j, Node *x) { return ir_unary(j->b, OP_NEG, x); }
static Node *square(Jvp *j, Node *x) { return mul(j, x, x); }
static Node *one_minus(Jvp *j, Node *x) { return sub(j, number(j, x, 1), x); }
static Node *one_plus(Jvp *j, Node *x) { return ir_binary(j->b, OP_ADD, number(j, x, 1), x); }
static Node *inverse(Jvp *j, Node *x) { return divide(j, number(j, x, 1), x); }

// A zero for a side that does not move.
static Node *or_zero(Jvp *j, Node *t, const Node *of)
{
    return t ? t : ir_expand(j->b, number(j, of, 0), of->type.axes);
}

// ---- functions of one operand: the derivative from operand x and result y ----

typedef Node *Slope(Jvp *j, Node *x, Node *y);

static Node *through(Jvp *j, Node *n, Slope *slope)
{
    Node *t = tangent_of(j, n->in[0]);
    return mul(j, t, slope(j, n->in[0], n));
}

#define SLOPE(name, expression)                                                                                        \
    static Node *slope_##name(Jvp *j, Node *x, Node *y)                                                                \
    {                                                                                                                  \
        (void)j, (void)x, (void)y;                                                                                     \
        return expression;                                                                                             \
    }                                                                                                                  \
    static Node *jvp_##name(Jvp *j, Node *n) { return through(j, n, slope_##name); }

SLOPE(exp, y)
SLOPE(expm1, one_plus(j, y))
SLOPE(log, inverse(j, x))
SLOPE(log1p, inverse(j, one_plus(j, x)))
SLOPE(sqrt, divide(j, number(j, x, 0.5), y))
SLOPE(rsqrt, mul(j, number(j, x, -0.5), divide(j, y, x)))
SLOPE(sin, ir_unary(j->b, OP_COS, x))
SLOPE(cos, neg(j, ir_unary(j->b, OP_SIN, x)))
SLOPE(tan, one_plus(j, square(j, y)))
SLOPE(asin, ir_unary(j->b, OP_RSQRT, one_minus(j, square(j, x))))
SLOPE(acos, neg(j, ir_unary(j->b, OP_RSQRT, one_minus(j, square(j, x)))))
SLOPE(atan, inverse(j, one_plus(j, square(j, x))))
SLOPE(sinh, ir_unary(j->b, OP_COSH, x))
SLOPE(cosh, ir_unary(j->b, OP_SINH, x))
SLOPE(tanh, one_minus(j, square(j, y)))
SLOPE(erf, mul(j, number(j, x, 1.1283791670955126), ir_unary(j->b, OP_EXP, neg(j, square(j, x)))))
SLOPE(erfc, mul(j, number(j, x, -1.1283791670955126), ir_unary(j->b, OP_EXP, neg(j, square(j, x)))))
SLOPE(erfcinv, mul(j, number(j, x, -0.886226925452758), ir_unary(j->b, OP_EXP, square(j, y))))
SLOPE(sigmoid, mul(j, y, one_minus(j, y)))
SLOPE(softplus, ir_unary(j->b, OP_SIGMOID, x))
SLOPE(abs, ir_unary(j->b, OP_STOP, ir_unary(j->b, OP_SIGN, x)))

// ---- the others ----

static Node *jvp_none(Jvp *j, Node *n)
{
    (void)j;
    (void)n;
    return NULL;
}

static Node *jvp_error(Jvp *j, Node *n)
{
    if (is_float(n)) {
        no_rule(j->diags, n, "");
        j->failed = true;
    }
    return NULL;
}

// Operations that are linear in all float operands: the same on tangents.
static Node *jvp_linear(Jvp *j, Node *n)
{
    Node *in[64];
    if (n->op == OP_ADD || n->op == OP_SUB) {
        Node *x = tangent_of(j, n->in[0]), *y = tangent_of(j, n->in[1]);
        return !y ? x : n->op == OP_ADD ? add(j, x, y) : !x ? neg(j, y) : sub(j, x, y);
    }
    if (n->op == OP_COPY)
        return tangent_of(j, n->in[0]);
    for (int i = 0; i < n->nin && i < 64; i++)
        in[i] = or_zero(j, tangent_of(j, n->in[i]), n->in[i]);
    return ir_make(j->b, n->op, in, n->nin, &n->attr);
}

static Node *jvp_convert(Jvp *j, Node *n)
{
    return is_float(n) ? ir_convert(j->b, tangent_of(j, n->in[0]), n->type.elem) : NULL;
}

static Node *product(Jvp *j, const Node *n, Node *x, Node *y)
{
    Node *in[2] = {x, y};
    return ir_make(j->b, n->op, in, 2, &n->attr);
}

// Products: MUL and CONTRACT.
static Node *jvp_mul(Jvp *j, Node *n)
{
    Node *x = tangent_of(j, n->in[0]), *y = tangent_of(j, n->in[1]);
    if (x)
        x = at_type_of(j->b, product(j, n, x, n->in[1]), n);
    if (y)
        y = at_type_of(j->b, product(j, n, n->in[0], y), n);
    return add(j, x, y);
}

static Node *jvp_div(Jvp *j, Node *n)
{
    Node *x = tangent_of(j, n->in[0]), *y = tangent_of(j, n->in[1]);
    if (!y)
        return divide(j, x, n->in[1]);
    Node *dy = mul(j, divide(j, n, n->in[1]), neg(j, y));
    return x ? add(j, at_type_of(j->b, divide(j, x, n->in[1]), n), at_type_of(j->b, dy, n)) : dy;
}

// x^y: y x^(y-1) dx, which is 0 where y is 0; x^y ln x dy, where x is positive.
static Node *jvp_pow(Jvp *j, Node *n)
{
    Node *x = n->in[0], *y = n->in[1], *dx = tangent_of(j, x), *dy = tangent_of(j, y), *zero = number(j, x, 0);
    if (dx) {
        Node *slope = mul(j, y, ir_binary(j->b, OP_POW, x, sub(j, y, number(j, y, 1))));
        dx = at_type_of(j->b, mul(j, dx, ir_select(j->b, ir_binary(j->b, OP_EQ, y, zero), zero, slope)), n);
    }
    if (dy) {
        Node *positive = ir_binary(j->b, OP_LT, zero, x);
        Node *safe = ir_select(j->b, positive, x, number(j, x, 1));
        dy = at_type_of(j->b, mul(j, dy, mul(j, n, ir_unary(j->b, OP_LOG, safe))), n);
    }
    return add(j, dx, dy);
}

static Node *jvp_atan2(Jvp *j, Node *n)
{
    Node *y = n->in[0], *x = n->in[1], *dy = tangent_of(j, y), *dx = tangent_of(j, x);
    Node *r = add(j, square(j, x), square(j, y));
    if (dy)
        dy = at_type_of(j->b, mul(j, dy, divide(j, x, r)), n);
    if (dx)
        dx = at_type_of(j->b, neg(j, mul(j, dx, divide(j, y, r))), n);
    return add(j, dy, dx);
}

// At a tie the second operand is followed, so that max(x, 0) has slope 0 at 0.
static Node *pick_side(Jvp *j, Node *n, Node *first)
{
    Node *x = or_zero(j, tangent_of(j, n->in[0]), n->in[0]), *y = or_zero(j, tangent_of(j, n->in[1]), n->in[1]);
    return ir_select(j->b, first, x, y);
}
static Node *jvp_max2(Jvp *j, Node *n) { return pick_side(j, n, ir_binary(j->b, OP_LT, n->in[1], n->in[0])); }
static Node *jvp_min2(Jvp *j, Node *n) { return pick_side(j, n, ir_binary(j->b, OP_LT, n->in[0], n->in[1])); }

static Node *jvp_select(Jvp *j, Node *n)
{
    Node *x = or_zero(j, tangent_of(j, n->in[1]), n->in[1]), *y = or_zero(j, tangent_of(j, n->in[2]), n->in[2]);
    return ir_select(j->b, n->in[0], x, y);
}

static Node *jvp_guard(Jvp *j, Node *n) { return ir_guard(j->b, tangent_of(j, n->in[0]), n->in[1]); }

// Positions do not move; the operand (and the else value) does.
static Node *jvp_index(Jvp *j, Node *n)
{
    Node *in[64];
    for (int i = 0; i < n->nin && i < 64; i++)
        in[i] = n->in[i];
    in[0] = or_zero(j, tangent_of(j, n->in[0]), n->in[0]);
    if (n->op == OP_INDEX && n->attr.i)
        in[n->nin - 1] = or_zero(j, tangent_of(j, n->in[n->nin - 1]), n->in[n->nin - 1]);
    return ir_make(j->b, n->op, in, n->nin, &n->attr);
}

static Node *jvp_update(Jvp *j, Node *n)
{
    Node *x = n->in[0], *v = n->in[n->nin - 1];
    return ir_update(j->b, or_zero(j, tangent_of(j, x), x), n->attr.ax, n->in + 1, n->attr.nax,
                     or_zero(j, tangent_of(j, v), v));
}

// Axis by axis: the tangent at the first extremal position.
static Node *jvp_extremum(Jvp *j, Node *n)
{
    Node *x = n->in[0], *t = tangent_of(j, x);
    for (int i = 0; i < n->attr.nax; i++) {
        Axis *k = n->attr.ax[i];
        Node *at = ir_reduce(j->b, n->op == OP_MAX ? OP_ARGMAX : OP_ARGMIN, x, &k, 1);
        t = ir_index(j->b, t, &k, &at, 1, NULL);
        x = ir_reduce(j->b, n->op, x, &k, 1);
    }
    return t;
}

// Axis by axis: the sum of each tangent times the product of the others, formed along a second axis of that size.
static Node *jvp_prod(Jvp *j, Node *n)
{
    Node *x = n->in[0], *t = tangent_of(j, x);
    for (int i = 0; i < n->attr.nax; i++) {
        Axis *k = n->attr.ax[i], *other = axis_new(j->b->program->axes, k->name, k->size, k->where);
        Node *same = ir_binary(j->b, OP_EQ, ir_iota(j->b, k), ir_iota(j->b, other));
        Node *filled = ir_select(j->b, same, number(j, x, 1), ir_rename(j->b, x, &k, &other, 1));
        Node *others = ir_reduce(j->b, OP_PROD, filled, &other, 1);
        t = ir_reduce(j->b, OP_SUM, mul(j, t, others), &k, 1);
        x = ir_reduce(j->b, OP_PROD, x, &k, 1);
    }
    return t;
}

static Node *jvp_segment_extremum(Jvp *j, Node *n) { return jvp_of_segment_extremum(j, n, tangent_of(j, n->in[0])); }
static Node *jvp_segment_product(Jvp *j, Node *n) { return jvp_of_segment_product(j, n, tangent_of(j, n->in[0])); }

static Node *jvp_loop(Jvp *j, Node *n)
{
    jvp_of_loop(j, n);
    return NULL;
}

static Node *jvp_run(Jvp *j, Node *n)
{
    jvp_of_run(j, n);
    return NULL;
}

static Node *jvp_fix(Jvp *j, Node *n)
{
    jvp_of_fix(j, n);
    return NULL;
}

static Node *jvp_branch(Jvp *j, Node *n)
{
    jvp_aside(j, n);
    return NULL;
}

#define ELSEWHERE(name) static Node *jvp_##name(Jvp *j, Node *n) { return jvp_of_##name(j, n); }
ELSEWHERE(eigh)
ELSEWHERE(eig)
ELSEWHERE(svd)
ELSEWHERE(qr)
ELSEWHERE(cholesky)
ELSEWHERE(solve)
ELSEWHERE(lstsq)
ELSEWHERE(det)
ELSEWHERE(polygamma)
ELSEWHERE(gamma_density)
ELSEWHERE(gamma_series)
ELSEWHERE(log_gamma_quantile)

// ---- the walk ----

typedef Node *Rule(Jvp *j, Node *n);
static Rule *const table[OP_COUNT] = {
#define OP(id, text, arity, class_, type, jvp, transpose, flops, glyph, lo, hi) [OP_##id] = jvp_##jvp,
#include "ir/ops.def"
#undef OP
};

static void move(Jvp *j, Node *n)
{
    bool active = false;
    if (n->op == OP_OUT) {
        Node **t = map_get(j->loops, n->in[0]);
        if (t && t[n->attr.i])
            map_put(j->tangent, n, t[n->attr.i]);
        return;
    }
    for (int i = 0; i < n->nin; i++)
        active = active || tangent_of(j, n->in[i]);
    if (!active || tangent_of(j, n))
        return;
    j->b->where = n->where;
    Node *t = table[n->op](j, n);
    if (t)
        map_put(j->tangent, n, at_type_of(j->b, t, n));
}

static void need(Map *needed, Node *const *out, int n, const Region *r, Arena *a)
{
    VEC(Node *) work = {0};
    for (int i = 0; i < n; i++)
        vec_push(a, &work, out[i]);
    while (work.n) {
        Node *x = work.at[--work.n];
        if (map_get(needed, x) || x->home != r)
            continue;
        map_put(needed, x, x);
        for (int i = 0; i < x->nin && (x->op == OP_OUT || table[x->op] != jvp_none); i++)  // no tangent comes through a constant
            vec_push(a, &work, x->in[i]);
    }
}

bool ad_jvp(Builder *b, Diags *d, Node *const *out, int nout, Node *const *wrt, Node *const *dwrt, int nwrt, Node **dout)
{
    Arena  *a = b->program->arena;
    Jvp     j = {b, d, map_new(a), map_new(a), false};
    Region *r = b->region;
    Span    where = b->where;
    Map    *needed = map_new(a);
    int     n = r->nodes.n;
    Node  **order = ARENA_ARRAY(a, Node *, n + 1);
    for (int i = 0; i < n; i++)
        order[i] = r->nodes.at[i];
    need(needed, out, nout, r, a);
    for (int i = 0; i < nwrt; i++)
        if (dwrt[i])
            map_put(j.tangent, wrt[i], dwrt[i]);
    for (int i = 0; i < n && !j.failed; i++)
        if (map_get(needed, order[i]))
            move(&j, order[i]);
    for (int i = 0; i < nout; i++)
        dout[i] = tangent_of(&j, out[i]);
    b->where = where;
    return !j.failed;
}
