// Forward rules of linear algebra, over the letters i, j, k of library.def; built from operations that have rules
// themselves, so that any order and reverse mode follow. M. Giles, "An extended collection of matrix derivative results
// for forward and reverse mode algorithmic differentiation", Oxford NA 08/01, 2008, unless another source is named.
#include "ad/matrix.h"
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
