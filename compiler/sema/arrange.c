// Side by side and in order: concat, stack, cumsum, argsort.
#include "sema/bounded.h"

// The axes of argument i that are not joined, beside those of the arguments before it.
static bool others_meet(Sema *s, const Func *f, Value **args, int i, AxisSet *rest, AxisSet mine, Span where)
{
    if (i && !axes_contains(*rest, mine) && !axes_contains(mine, *rest)) {
        Diag *d = sema_diag(s, DIAG_E0301, where, "`%s`: one side's other axes must contain the other's", f->name);
        diag_label(d, args[0]->where, "%s", text_axes(s, *rest));
        diag_label(d, args[i]->where, "%s", text_axes(s, mine));
        return false;
    }
    *rest = axes_union(s->arena, *rest, mine);
    return true;
}

// One element type and, if they are positions, one axis for all. False: reported.
static bool side_by_side(Sema *s, const Func *f, Value **v, int n, Axis **pos, Span where)
{
    const char *what = name_format(s->names, "`%s`", f->name);
    *pos = v[0]->pos;
    for (int i = 1; i < n; i++) {
        if (position_clash(s, v[0], v[i], where, what))
            return false;
        *pos = v[i]->pos == *pos ? *pos : NULL;
    }
    return join_elems(s, v, n, where, what);
}

enum { MOST_PARTS = 32 };

// The axes of `[a, b -> both]`.
static int parts_of(Sema *s, Syn *bracket, Axis **ax, Axis **to)
{
    int count = 0;
    *to = NULL;
    for (int i = 1; i < bracket->nkid && count < MOST_PARTS; i++) {
        Syn *item = bracket->kid[i];
        bool last = item->kind == SYN_ARROW;
        ax[count++] = eval_axis(s, last ? item->kid[0] : item);
        if (last)
            *to = eval_axis(s, item->kid[1]);
    }
    return count;
}

static bool names_axes(Sema *s, const Syn *n)
{
    const Entry *e = n->kind == SYN_NAME ? scope_find(s, s->scope, n->name, SPAN_NONE) : NULL;
    if (n->kind == SYN_ARROW)
        return names_axes(s, n->kid[0]) && names_axes(s, n->kid[1]);
    return n->kind == SYN_TWIN || (e && e->kind == ENTRY_AXIS);
}

bool concat_binds(Sema *s, Syn *call)
{
    Axis        *ax[MOST_PARTS], *to;
    Syn         *bracket = call->kid[0], *name = bracket->kind == SYN_BRACKET ? bracket->kid[0] : NULL;
    const Entry *e = name && name->kind == SYN_NAME ? scope_find(s, s->scope, name->name, SPAN_NONE) : NULL;
    const Func  *f = e && e->kind == ENTRY_VALUE && e->value ? e->value->func : NULL;
    if (!f || f->kind != FUNC_BUILTIN || f->builtin->call != call_concat)
        return true;
    for (int i = 1; i < bracket->nkid; i++)
        if (!names_axes(s, bracket->kid[i]))
            return true;  // which is reported where it is evaluated
    int n = parts_of(s, bracket, ax, &to);
    return !to || parts_meet(s, ax, n, to, call->where);
}

// concat[a, b -> both](x, y)
Value *call_concat(Sema *s, const Func *f, const Args *args)
{
    Syn  *b = f->bracket;
    Axis *ax[MOST_PARTS], *to = NULL;
    if (!b || b->nkid < 2)
        return sema_error(s, DIAG_E0501, args->where, "`concat` names its axes: `concat[a, b -> both](x, y)`");
    Scope *saved = s->scope;
    s->scope = f->bracket_scope;
    int count = parts_of(s, b, ax, &to);
    s->scope = saved;
    if (!to || count != args->n)
        return to ? sema_error(s, DIAG_E0501, args->where, "`concat` names %d axes for %d tensors", count, args->n)
                  : value_new(s, V_ERROR, args->where);
    Value      *v[MOST_PARTS];
    Node       *in[MOST_PARTS];
    bool        counted = axis_is_bounded(to);
    const Size *sum = size_const(s->sizes, 0);
    AxisSet     rest = {0};
    for (int i = 0; i < args->n; i++) {
        if (!ax[i])
            return value_new(s, V_ERROR, args->where);
        if (!is_tensor(args->at[i]) || !axes_has(value_visible(s, args->at[i]), ax[i]))
            return sema_error(s, DIAG_E0302, args->at[i]->where, "this has no axis `%s`: %s", ax[i]->name,
                              text_value(s, args->at[i]));
        AxisSet mine = axes_minus(s->arena, value_visible(s, args->at[i]), axes_of(s->arena, &ax[i], 1));
        if (!others_meet(s, f, args->at, i, &rest, mine, args->where))
            return value_new(s, V_ERROR, args->where);
        sum = size_add(s->sizes, sum, ax[i]->size);
        v[i] = args->at[i];
        counted = counted || axis_is_bounded(ax[i]);
    }
    if (axes_has(rest, to))
        return sema_error(s, DIAG_E0303, args->where, "the result would hold axis `%s` twice", to->name);
    Axis *pos;
    if (!side_by_side(s, f, v, args->n, &pos, args->where) ||
        (!counted && !need_equal(s, DIAG_E0401, to->size, sum, args->where, name_format(s->names, "`%s` is not as long as its parts", to->name))))
        return value_new(s, V_ERROR, args->where);
    for (int i = 0; i < args->n; i++)
        in[i] = value_node(s, v[i]);
    Node *joined = counted ? concat_counted(s, in, ax, args->n, to, b, args->where) : ir_concat(s->b, in, ax, args->n, to);
    if (!joined)
        return value_new(s, V_ERROR, args->where);
    Value *out = value_tensor(s, joined, args->where);
    out->weak = v[0]->weak;
    out->pos = pos;
    return out;
}

static Node *argsort_node(Sema *s, Node *x, Axis *a)
{
    Attr attr = {.ax = &a, .nax = 1};
    return ir_make(s->b, OP_ARGSORT, &x, 1, &attr);
}

// The positions of a sort of what is partly there, in order at the places that are there: what a guard leaves out is put
// behind the rest, and each place takes the position of its rank.
static Value *sorted_under(Sema *s, Node *x, Axis *a, Span where)
{
    Node *there = ir_convert(s->b, x->type.guard, ELEM_I64), *order = argsort_node(s, x, a);
    Node *out = ir_index(s->b, ir_unary(s->b, OP_NEG, there), &a, &order, 1, NULL), *behind = argsort_node(s, out, a);
    Attr  along = {.ax = &a, .nax = 1};
    Node *rank = ir_binary(s->b, OP_SUB, ir_make(s->b, OP_CUMSUM, &there, 1, &along), ir_int(s->b, 1));
    rank = ir_binary(s->b, OP_MAX2, rank, ir_int(s->b, 0));
    order = ir_index(s->b, order, &a, &behind, 1, NULL);
    return value_tensor(s, ir_guard(s->b, ir_index(s->b, order, &a, &rank, 1, NULL), x->type.guard), where);
}

// stack[op](x, y, z): side by side along an axis that they have not.
Value *call_stack(Sema *s, const Func *f, const Args *args)
{
    Axis  *ax[64], *one[32];
    Value *v[32];
    Node  *in[32];
    int    count;
    if (!bracket_axes(s, f, ax, &count, args->where))
        return value_new(s, V_ERROR, args->where);
    if (count == 1 && axis_is_bounded(ax[0]))
        return sema_error(s, DIAG_E0406, args->where, "`stack` needs to know sizes: how many `%s` there are, only the data tells", ax[0]->name);
    if (count != 1 || args->n > 32)
        return sema_error(s, DIAG_E0501, args->where, "`stack` puts up to 32 tensors along one axis: `stack[op](x, y)`");
    AxisSet rest = {0};
    for (int i = 0; i < args->n; i++) {
        if (!is_tensor(v[i] = args->at[i]))
            return is_error(v[i]) ? v[i] : sema_error(s, DIAG_E0313, v[i]->where, "`stack` is of tensors; this is %s", text_value(s, v[i]));
        AxisSet mine = value_visible(s, v[i]);
        if (axes_has(mine, ax[0]))
            return sema_error(s, DIAG_E0303, v[i]->where, "the result would hold axis `%s` twice", ax[0]->name);
        if (!others_meet(s, f, args->at, i, &rest, mine, args->where))
            return value_new(s, V_ERROR, args->where);
    }
    Axis *pos;
    if (!side_by_side(s, f, v, args->n, &pos, args->where) ||
        !need_equal(s, DIAG_E0401, ax[0]->size, size_const(s->sizes, args->n), args->where,
                    name_format(s->names, "`%s` is not as long as there are tensors", ax[0]->name)))
        return value_new(s, V_ERROR, args->where);
    for (int i = 0; i < args->n; i++) {
        one[i] = axis_new(s->axes, ax[0]->name, size_const(s->sizes, 1), args->where);
        in[i] = ir_expand(s->b, value_node(s, v[i]), axes_of(s->arena, &one[i], 1));
    }
    Value *out = value_tensor(s, ir_concat(s->b, in, one, args->n, ax[0]), args->where);
    out->weak = v[0]->weak;
    out->pos = pos;
    return out;
}

// Numbers in the opposite order. Of whole ones this is -1 - x, which none of any width leaves i64 by.
static Value *turned_over(Sema *s, Value *x)
{
    Node *n = value_node(s, x);
    return value_like(s, elem_class(x->elem) == ELEM_CLASS_INT
                             ? ir_binary(s->b, OP_SUB, ir_int(s->b, -1), ir_convert(s->b, n, ELEM_I64))
                             : ir_unary(s->b, OP_NEG, n), x);
}

static Value *along_axis(Sema *s, const Func *f, Value *x, Span where, Op op, bool falling)
{
    Axis  *ax[64];
    int    n = 0;
    Value *guard = NULL;
    Scope *saved = s->scope;
    s->scope = f->bracket ? f->bracket_scope : saved;
    bool ok = guarded_axes(s, f->bracket, ax, &n, &guard);
    s->scope = saved;
    if (!ok)
        return value_new(s, V_ERROR, where);
    if (n != 1)
        return sema_error(s, DIAG_E0501, where, "`%s` goes along one axis: `%s[t](x)`", f->name, f->name);
    if (!is_tensor(x) || !axes_has(value_visible(s, x), ax[0]))
        return helped(s, sema_error(s, DIAG_E0302, x->where, "`%s` along axis `%s`, which this has not: %s", f->name,
                          ax[0]->name, text_value(s, x)),
                      "name an axis that it has, or was this one summed away before?");
    if (op == OP_ARGSORT && is_error(need_real(s, x, where, "`argsort`")))
        return value_new(s, V_ERROR, where);
    if (elem_class(x->elem) == ELEM_CLASS_BOOL)
        return sema_error(s, DIAG_E0309, x->where, "`%s` is of numbers; this is %s", f->name, text_value(s, x));
    Attr   attr = {.ax = ax, .nax = 1};
    x = falling ? turned_over(s, x) : wide_enough(s, op, x);
    Node  *in = value_node(s, under_guards_of(s, x, ax, 1));
    if (guard)
        in = ir_guard(s->b, in, value_node(s, guard));
    bool   partly = op == OP_ARGSORT && in->type.guard && axes_has(in->type.guard->type.axes, ax[0]);
    Value *out = partly ? sorted_under(s, in, ax[0], where) : value_tensor(s, ir_make(s->b, op, &in, 1, &attr), where);
    out->weak = x->weak && op == OP_CUMSUM;
    out->pos = op == OP_ARGSORT ? ax[0] : NULL;
    return out;
}

Value *call_cumsum(Sema *s, const Func *f, const Args *args)
{
    return along_axis(s, f, args->at[0], args->where, OP_CUMSUM, false);
}

Value *call_argsort(Sema *s, const Func *f, const Args *args)
{
    return along_axis(s, f, args->at[0], args->where, OP_ARGSORT, false);
}

Value *call_argsort_falling(Sema *s, const Func *f, const Args *args)
{
    return along_axis(s, f, args->at[0], args->where, OP_ARGSORT, true);
}
