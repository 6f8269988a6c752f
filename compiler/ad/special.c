// Forward rules of the gamma function and of the gamma distribution with its shape: closed under differentiation, so
// that any order follows. With P(a, y) the chance of less than e^y and q = dP / dy = exp(a y - e^y) / gamma(a), write
// D_k and S_k for the k-th derivatives of q and P by a, over q; so D_1 = y - digamma(a) and dq / dy = q (a - e^y).
// M. Figurnov, S. Mohamed, A. Mnih, "Implicit reparameterization gradients", NeurIPS 2018, for the quantile.
#include "ad/rules.h"

static Node *tangent(Jvp *j, const Node *x) { return map_get(j->tangent, x); }
static Node *number(Jvp *j, const Node *like, double v) { return ir_const(j->b, like->type.elem, v); }
static Node *plus(Jvp *j, Node *x, Node *y) { return !x ? y : !y ? x : ir_binary(j->b, OP_ADD, x, y); }
static Node *less(Jvp *j, Node *x, Node *y) { return ir_binary(j->b, OP_SUB, x, y); }
static Node *times(Jvp *j, Node *x, Node *y) { return ir_binary(j->b, OP_MUL, x, y); }
static Node *exponential(Jvp *j, Node *x) { return ir_unary(j->b, OP_EXP, x); }

// n's operation of another order, on operands of n.
static Node *of_order(Jvp *j, Op op, Node *order, const Node *n)
{
    Node *in[3] = {order, n->in[1], n->nin > 2 ? n->in[2] : NULL};
    return ir_make(j->b, op, in, n->nin, NULL);
}

static Node *next_order(Jvp *j, const Node *n) { return plus(j, n->in[0], number(j, n, 1)); }

// Each operand's part, at the type of n.
static Node *parts(Jvp *j, const Node *n, Node *dx, Node *by_x, Node *dy, Node *by_y)
{
    Node *x = dx ? at_type_of(j->b, times(j, dx, by_x), n) : NULL;
    return plus(j, x, dy ? at_type_of(j->b, times(j, dy, by_y), n) : NULL);
}

Node *jvp_of_polygamma(Jvp *j, Node *n)
{
    Node *dx = tangent(j, n->in[1]);
    return dx ? times(j, dx, of_order(j, OP_POLYGAMMA, next_order(j, n), n)) : NULL;
}

// By y: k D_(k-1); by a: D_(k+1) - D_k D_1.
Node *jvp_of_gamma_density(Jvp *j, Node *n)
{
    Node *one = number(j, n, 1), *order = ir_unary(j->b, OP_FLOOR, n->in[0]);
    Node *lower = of_order(j, OP_GAMMA_DENSITY, ir_binary(j->b, OP_MAX2, less(j, order, one), number(j, n, 0)), n);
    Node *first = of_order(j, OP_GAMMA_DENSITY, one, n);
    Node *by_shape = less(j, of_order(j, OP_GAMMA_DENSITY, next_order(j, n), n), times(j, n, first));
    return parts(j, n, tangent(j, n->in[1]), by_shape, tangent(j, n->in[2]), times(j, order, lower));
}

// By y: D_k - S_k (a - e^y); by a: S_(k+1) - S_k D_1.
Node *jvp_of_gamma_series(Jvp *j, Node *n)
{
    Node *slope = less(j, n->in[1], exponential(j, n->in[2]));
    Node *by_y = less(j, of_order(j, OP_GAMMA_DENSITY, n->in[0], n), times(j, n, slope));
    Node *first = of_order(j, OP_GAMMA_DENSITY, number(j, n, 1), n);
    Node *by_shape = less(j, of_order(j, OP_GAMMA_SERIES, next_order(j, n), n), times(j, n, first));
    return parts(j, n, tangent(j, n->in[1]), by_shape, tangent(j, n->in[2]), by_y);
}

// P(a, y) = u: by a -S_1, by u 1 / q.
Node *jvp_of_log_gamma_quantile(Jvp *j, Node *n)
{
    Node *shape = n->in[0], *in[3] = {number(j, n, 1), shape, n};
    Node *by_shape = ir_unary(j->b, OP_NEG, ir_make(j->b, OP_GAMMA_SERIES, in, 3, NULL));
    Node *all = ir_binary(j->b, OP_POLYGAMMA, number(j, n, 0), shape);
    Node *by_u = exponential(j, plus(j, exponential(j, n), less(j, all, times(j, shape, n))));
    return parts(j, n, tangent(j, shape), by_shape, tangent(j, n->in[1]), by_u);
}
