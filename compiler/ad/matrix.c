// Forward rules of linear algebra, over the letters i, j, k of library.def; built from operations that have rules
// themselves, so that any order and reverse mode follow. M. Giles, "An extended collection of matrix derivative results
// for forward and reverse mode algorithmic differentiation", Oxford NA 08/01, 2008, unless another source is named.
#include "ad/rules.h"
#include "ir/complex.h"
#include "ir/library.h"

static Axis *fresh(Jvp *j, const Axis *like)
{
    return axis_new(j->b->program->axes, like->name, like->size, like->where);
}

static Node *renamed(Jvp *j, Node *x, Axis *from, Axis *to) { return ir_rename(j->b, x, &from, &to, 1); }
static Node *product(Jvp *j, Node *x, Node *y, Axis *over) { return ir_contract(j->b, x, y, &over, 1); }
static Node *tangent(Jvp *j, const Node *x) { return map_get(j->tangent, x); }

// 1 / (x_to - x_from) for x along an axis and the same along another; 0 on the diagonal. Equal entries apart from it
// have no answer: there it is not finite.
static Node *gaps(Jvp *j, Node *x, Axis *to, Axis *from)
{
    Node *same = ir_binary(j->b, OP_EQ, ir_iota(j->b, to), ir_iota(j->b, from));
    Node *one = ir_const(j->b, x->type.elem, 1), *gap = ir_binary(j->b, OP_SUB, x, renamed(j, x, to, from));
    Node *safe = ir_select(j->b, same, one, gap);
    return ir_select(j->b, same, ir_const(j->b, x->type.elem, 0), ir_binary(j->b, OP_DIV, one, safe));
}

// a v = v w: dw_k = v_k' da v_k; dv = v (F * v' da v), F_lk = 1 / (w_k - w_l).
Node *jvp_of_eigh(Jvp *j, Node *n)
{
    Axis *i = n->attr.ax[0], *other = n->attr.ax[1], *k = n->attr.ax[2];
    Node *v = library_result(j->b, n, 1), *da = tangent(j, n->in[0]);
    Node *moved = product(j, da, renamed(j, v, i, other), other);  // [i, k]
    if (n->attr.i == 0)
        return product(j, v, moved, i);
    Axis *l = fresh(j, k);
    Node *vl = renamed(j, v, k, l);
    Node *turn = ir_binary(j->b, OP_MUL, gaps(j, library_result(j->b, n, 0), k, l), product(j, vl, moved, i));
    return product(j, vl, turn, l);
}

// ---- triangles and squares ----

static Node *times(Jvp *j, Node *x, Node *y) { return ir_binary(j->b, OP_MUL, x, y); }
static Node *less(Jvp *j, Node *x, Node *y) { return ir_binary(j->b, OP_SUB, x, y); }
static Node *plus(Jvp *j, Node *x, Node *y) { return !x ? y : !y ? x : ir_binary(j->b, OP_ADD, x, y); }
static Node *number(Jvp *j, const Node *like, double v) { return ir_const(j->b, like->type.elem, v); }

// x where the position along one axis is less than along another, else y.
static Node *below(Jvp *j, Axis *row, Axis *column, Node *x, Node *y)
{
    return ir_select(j->b, ir_binary(j->b, OP_LT, ir_iota(j->b, column), ir_iota(j->b, row)), x, y);
}

static Node *swapped(Jvp *j, Node *x, Axis *p, Axis *q)
{
    Axis *from[2] = {p, q}, *to[2] = {q, p};
    return ir_rename(j->b, x, from, to, 2);
}

// y with a @[column] y = b.
static Node *solved(Jvp *j, Op op, Node *a, Node *b, Axis *row, Axis *column)
{
    Node *in[2] = {a, b};
    Axis *ax[2] = {row, column};
    return ir_library(j->b, op, in, 2, ax, 2);
}

// ---- eigenvalues of any matrix ----

// Row p of w da v, over the gap from p to k and nothing for p = k: what v_k turns towards v_p, and w_p away from w_k.
static Node *turning(Jvp *j, Node *values, Node *m, Axis *p, Axis *k)
{
    Builder *b = j->b;
    Node    *same = ir_binary(b, OP_EQ, ir_iota(b, p), ir_iota(b, k));
    Node    *gap = complex_binary(b, OP_SUB, values, renamed(j, values, k, p));
    Node    *zero = number(j, m, 0), *one = number(j, m, 1);
    return ir_select(b, same, zero, complex_binary(b, OP_DIV, m, ir_select(b, same, one, gap)));
}

// With w v = 1: dw_k = w_k da v_k; dv_k turns to the other v_p by w_p da v_k / (x_k - x_p), and dw_k from the other w_p by
// w_k da v_p / (x_p - x_k): the scale of v_k is left as it is, which no eigenvalue depends on.
Node *jvp_of_eig(Jvp *j, Node *n)
{
    Axis *i = n->attr.ax[0], *column = n->attr.ax[1], *k = n->attr.ax[2], *p = fresh(j, k);
    Node *v = library_result(j->b, n, 1), *w = library_result(j->b, n, 2), *values = library_result(j->b, n, 0);
    Node *moved = product(j, tangent(j, n->in[0]), v, column);  // [i, k]
    if (n->attr.i == 0)
        return complex_contract(j->b, w, moved, &i, 1);
    Node *m = complex_contract(j->b, renamed(j, w, k, p), moved, &i, 1);
    Node *turn = turning(j, values, m, p, k);
    if (n->attr.i == 1)
        return complex_contract(j->b, renamed(j, v, k, p), turn, &p, 1);
    return renamed(j, ir_unary(j->b, OP_NEG, complex_contract(j->b, w, turn, &k, 1)), p, k);
}

// ---- singular values ----

// What `moved` has outside of the columns of u, over s: nothing where u is square.
static Node *outside(Jvp *j, Node *u, Node *moved, Node *inside, Node *s, Axis *row, Axis *k, Axis *l)
{
    if (row->size == k->size)
        return NULL;
    return ir_binary(j->b, OP_DIV, less(j, moved, product(j, renamed(j, u, k, l), inside, l)), s);
}

// J. Townsend, "Differentiating the singular value decomposition", 2016: dp = u' da v; ds its diagonal;
// du = u (F * (dp s + s dp')) + (1 - u u') da v / s, F_lk = 1 / (s_k^2 - s_l^2), and dv likewise with dp' for dp.
Node *jvp_of_svd(Jvp *j, Node *n)
{
    Axis *row = n->attr.ax[n->attr.i == 2], *column = n->attr.ax[n->attr.i != 2], *k = n->attr.ax[2], *l = fresh(j, k);
    Node *u = library_result(j->b, n, n->attr.i == 2 ? 2 : 0), *s = library_result(j->b, n, 1);
    Node *v = library_result(j->b, n, n->attr.i == 2 ? 0 : 2);
    Node *moved = product(j, tangent(j, n->in[0]), v, column);  // [row, k]
    if (n->attr.i == 1)
        return product(j, u, moved, row);
    Node *dp = product(j, renamed(j, u, k, l), moved, row);     // [l, k]
    Node *both = plus(j, times(j, dp, s), times(j, renamed(j, s, k, l), swapped(j, dp, k, l)));
    Node *turn = times(j, gaps(j, times(j, s, s), k, l), both);
    return plus(j, product(j, renamed(j, u, k, l), turn, l), outside(j, u, moved, dp, s, row, k, l));
}

// ---- triangles ----

// S. F. Walter, L. Lehmann, R. Lamour, "On evaluating higher-order derivatives of the QR decomposition of tall matrices
// with full column rank in forward and reverse mode algorithmic differentiation", 2012; the columns behind the first
// square ones follow from dr = q' da - w r (D. Roberts, L. Roberts, "QR and LQ decomposition matrix backpropagation
// algorithms for square, wide, and deep matrices and their software implementation", 2020). With y = dx / r over the
// first columns x and c = q' y: w is antisymmetric with the lower triangle of c; dq = y + q (w - c).
Node *jvp_of_qr(Jvp *j, Node *n)
{
    Axis *row = n->attr.ax[0], *column = n->attr.ax[1], *k = n->attr.ax[2], *l = fresh(j, k), *m = fresh(j, k);
    Node *q = library_result(j->b, n, 0), *r = library_result(j->b, n, 1), *da = tangent(j, n->in[0]);
    Node *first = ir_iota(j->b, l);
    Node *u = ir_index(j->b, renamed(j, r, k, m), &column, &first, 1, NULL);  // [m, l]
    Node *y = solved(j, OP_SOLVE, u, ir_index(j->b, da, &column, &first, 1, NULL), l, m);
    Node *c = product(j, q, y, row);                                          // [k, m]
    Node *upper = below(j, m, k, ir_unary(j->b, OP_NEG, swapped(j, c, k, m)), number(j, q, 0));
    Node *w = below(j, k, m, c, upper);
    if (n->attr.i == 0)
        return renamed(j, plus(j, y, product(j, q, less(j, w, c), k)), m, k);
    Node *dr = less(j, product(j, q, da, row), product(j, w, renamed(j, r, k, m), m));
    return below(j, k, column, number(j, r, 0), dr);
}

// S. P. Smith, "Differentiation of the Cholesky algorithm", 1995; I. Murray, arXiv:1602.07527: with w = da between two
// inverses of l, dl = l (the lower triangle of w, its diagonal halved).
Node *jvp_of_cholesky(Jvp *j, Node *n)
{
    Axis *i = n->attr.ax[0], *column = n->attr.ax[1], *p = fresh(j, i), *q = fresh(j, i);
    Axis *from[2] = {i, column}, *to[2] = {column, q};
    Node *left = renamed(j, n, column, p), *right = ir_rename(j->b, n, from, to, 2);
    Node *z = solved(j, OP_SOLVE, left, tangent(j, n->in[0]), i, p);          // [p, column]
    Node *w = solved(j, OP_SOLVE, right, z, column, q);                       // [p, q]
    Node *half = times(j, w, number(j, w, 0.5));
    Node *lower = below(j, p, q, w, below(j, q, p, number(j, w, 0), half));
    return renamed(j, product(j, left, lower, p), q, column);
}

// ---- equations ----

// a x = b: dx solves a dx = db - da x.
Node *jvp_of_solve(Jvp *j, Node *n)
{
    Axis *i = n->attr.ax[0], *column = n->attr.ax[1];
    Node *da = tangent(j, n->in[0]), *db = tangent(j, n->in[1]);
    if (da)
        da = ir_unary(j->b, OP_NEG, product(j, da, n, column));
    return solved(j, OP_SOLVE, n->in[0], plus(j, db, da), i, column);
}

// G. Golub, V. Pereyra, "The differentiation of pseudo-inverses and nonlinear least squares problems whose variables
// separate", SIAM J. Numer. Anal. 10, 1973, for a of constant rank: with the residual r = b - a x and y = da' (a'^+ x),
// dx = a^+ (db - da x + a'^+ da' r) + y - a^+ a y.
Node *jvp_of_lstsq(Jvp *j, Node *n)
{
    Axis *i = n->attr.ax[0], *column = n->attr.ax[1];
    Node *a = n->in[0], *da = tangent(j, a), *db = tangent(j, n->in[1]);
    if (!da)
        return solved(j, OP_LSTSQ, a, db, i, column);
    Node *r = less(j, n->in[1], product(j, a, n, column));
    Node *back = solved(j, OP_LSTSQ, a, product(j, da, r, i), column, i);
    Node *right = plus(j, db, less(j, back, product(j, da, n, column)));
    Node *y = product(j, da, solved(j, OP_LSTSQ, a, n, column, i), i);
    Node *seen = solved(j, OP_LSTSQ, a, product(j, a, y, column), i, column);
    return plus(j, solved(j, OP_LSTSQ, a, right, i, column), less(j, y, seen));
}

// d log |det a| = tr(a^-1 da).
Node *jvp_of_det(Jvp *j, Node *n)
{
    Axis *i = n->attr.ax[0], *column = n->attr.ax[1], *c = fresh(j, i);
    Node *same = ir_binary(j->b, OP_EQ, ir_iota(j->b, i), ir_iota(j->b, c));
    Node *one = ir_convert(j->b, same, n->type.elem);
    Node *inverse = renamed(j, solved(j, OP_SOLVE, n->in[0], one, i, column), c, i);
    Node *trace = ir_contract(j->b, inverse, tangent(j, n->in[0]), n->attr.ax, 2);
    return n->attr.i == 0 ? times(j, n, trace) : trace;
}
