// Derivatives of segment reductions that are not linear: the tangent of n from the tangent t of its first operand.
#include <math.h>

#include "ad/linear.h"

typedef struct {
    Builder *b;
    const Node *n;
    Node    *x;        // the sources over all their axes
    Node   **place;    // where each goes
    int      nplace;
} Segments;

static Segments segments_of(Builder *b, Node *n)
{
    AxisSet all = {0};
    for (int i = 1; i < n->nin; i++)
        all = axes_union(b->program->arena, all, n->in[i]->type.axes);
    return (Segments){b, n, ir_expand(b, n->in[0], all), n->in + 1, n->nin - 1};
}

// The number of a source among those of all its reduced axes, the first axis slowest.
static Node *rank(const Segments *s)
{
    Node *r = ir_int(s->b, 0);
    for (int i = 0; i < s->n->attr.nax; i++) {
        Axis *a = s->n->attr.ax[i];
        r = ir_binary(s->b, OP_ADD, ir_binary(s->b, OP_MUL, r, ir_size(s->b, a->size)), ir_iota(s->b, a));
    }
    return r;
}

// The tangent of the first source that is the segment's extremum; 0 for an empty segment.
Node *jvp_of_segment_extremum(Jvp *j, Node *n, Node *t)
{
    Builder *b = j->b;
    Segments s = segments_of(b, n);
    Node    *nowhere = ir_const(b, ELEM_I64, 9007199254740992.0), *at[64], *first;
    Node    *own = ir_index(b, n, n->attr.bx, s.place, s.nplace, ir_const(b, n->type.elem, NAN));
    Node    *hit = ir_binary(b, OP_EQ, s.x, own);
    first = ir_select(b, hit, rank(&s), nowhere);
    first = ir_scatter(b, OP_SCATTER_MIN, first, n->attr.ax, n->attr.nax, n->attr.bx, s.place, s.nplace);
    for (int i = n->attr.nax - 1; i >= 0; i--) {
        Node *size = ir_size(b, n->attr.ax[i]->size);
        at[i] = i ? ir_binary(b, OP_IMOD, first, size) : first;  // nowhere stays out of the first axis' range
        first = ir_binary(b, OP_IDIV, first, size);
    }
    return ir_index(b, ir_expand(b, t, s.x->type.axes), n->attr.ax, at, n->attr.nax, ir_const(b, n->type.elem, 0));
}

// The sum of each tangent times the product of the segment's others, formed along second axes of those sizes: right for
// zeros, too, and to any order.
Node *jvp_of_segment_product(Jvp *j, Node *n, Node *t)
{
    Builder *b = j->b;
    Segments s = segments_of(b, n);
    Axis    *other[64];
    Node    *self = NULL, *with = NULL;
    for (int i = 0; i < n->attr.nax; i++) {
        Axis *a = n->attr.ax[i];
        other[i] = axis_new(b->program->axes, a->name, a->size, a->where);
        Node *same = ir_binary(b, OP_EQ, ir_iota(b, a), ir_iota(b, other[i]));
        self = self ? ir_binary(b, OP_AND, self, same) : same;
    }
    for (int k = 0; k < s.nplace; k++) {
        Node *same = ir_binary(b, OP_EQ, s.place[k], ir_rename(b, s.place[k], n->attr.ax, other, n->attr.nax));
        with = with ? ir_binary(b, OP_AND, with, same) : same;
    }
    Node *one = ir_const(b, n->type.elem, 1), *beside = ir_binary(b, OP_AND, with, ir_unary(b, OP_NOT, self));
    Node *filled = ir_select(b, beside, ir_rename(b, s.x, n->attr.ax, other, n->attr.nax), one);
    Node *others = ir_reduce(b, OP_PROD, filled, other, n->attr.nax);
    return ir_scatter(b, OP_SCATTER_ADD, ir_binary(b, OP_MUL, ir_expand(b, t, s.x->type.axes), others), n->attr.ax, n->attr.nax,
                      n->attr.bx, s.place, s.nplace);
}
