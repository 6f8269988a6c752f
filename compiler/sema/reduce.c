// Reductions: over the axes of a bracket, under guards, or into another axis by positions.
#include <string.h>

#include "ir/complex.h"
#include "sema/bounded.h"

enum { MOST_AXES = 64 };

typedef struct {
    Axis  *ax[MOST_AXES];
    int    n;
    Value *guard;          // conjunction of what is written with `where`
    Value *other;          // `else`
    Axis  *into[MOST_AXES];
    Node  *pos[MOST_AXES];
    int    ninto;
} ReduceItems;

Value *header_guard(Sema *s, const Axis *a)
{
    for (Scope *sc = s->scope; sc; sc = sc->outer)
        for (int i = 0; i < sc->entries.n; i++)
            if (sc->entries.at[i]->kind == ENTRY_AXIS && sc->entries.at[i]->axis == a && sc->entries.at[i]->guard)
                return sc->entries.at[i]->guard;
    return NULL;
}

Value *axis_guard(Sema *s, const Axis *a)
{
    Value *g = header_guard(s, a);
    return g ? g : bounded_guard(s, a);
}

static Value *under_guard(Sema *s, Value *x, Value *g)
{
    Value *out = value_like(s, ir_guard(s->b, value_node(s, x), value_node(s, g)), x);
    out->order = x->order;
    return out;
}

typedef Value *GuardFn(Sema *s, const Axis *a);

static Value *under_each(Sema *s, Value *x, Axis *const *ax, int n, GuardFn *of)
{
    for (int i = 0; i < n && is_tensor(x); i++) {
        Value *g = axes_has(x->axes, ax[i]) ? of(s, ax[i]) : NULL;
        x = !g ? x : is_error(g) ? g : under_guard(s, x, g);
    }
    return x;
}

Value *under_guards_of(Sema *s, Value *x, Axis *const *ax, int n) { return under_each(s, x, ax, n, axis_guard); }
Value *under_bounds_of(Sema *s, Value *x, Axis *const *ax, int n) { return under_each(s, x, ax, n, bounded_guard); }

static bool is_bool(const Value *v) { return is_tensor(v) && elem_class(v->elem) == ELEM_CLASS_BOOL; }

static bool read_item(Sema *s, Syn *item, ReduceItems *r)
{
    if (item->kind == SYN_ELSE) {
        r->other = evaluate(s, item->kid[1]);
        return !is_error(r->other) && read_item(s, item->kid[0], r);
    }
    if (item->kind == SYN_WHERE) {
        if (!read_item(s, item->kid[0], r))
            return false;
        Value *g = evaluate(s, item->kid[1]);
        if (is_error(g))
            return false;
        if (!is_bool(g)) {
            helped(s, sema_error(s, DIAG_E0312, item->kid[1]->where, "a guard is a bool; this is %s", text_value(s, g)),
                      "compare: `where t < len`");
            return false;
        }
        r->guard = r->guard ? apply_binary(s, OPR_AND, r->guard, g, item->where, item->where) : g;
        return !is_error(r->guard);
    }
    if (item->kind == SYN_ARROW) {
        Syn *to = item->kid[1];
        if (to->kind == SYN_ELSE) {  // `edge -> node: dst else 0`
            r->other = evaluate(s, to->kid[1]);
            to = to->kid[0];
        }
        if (to->kind != SYN_NAMED) {
            sema_error(s, DIAG_E0501, item->where, "to sum into another axis, say where: `%s: positions`",
                       text_syn(s, to));
            return false;
        }
        Syn  *value = to->kid[0];
        Axis *into = eval_key_axis(s, to);
        if (value->kind == SYN_ELSE) {
            r->other = evaluate(s, value->kid[1]);
            value = value->kid[0];
        }
        Value *ignored;
        Node  *pos = into ? eval_position(s, into, value, &ignored) : NULL;
        if (!pos || !read_item(s, item->kid[0], r))
            return false;
        r->into[r->ninto] = into;
        r->pos[r->ninto++] = pos;
        return true;
    }
    if (item->kind == SYN_LIST || item->kind == SYN_TUPLE || item->kind == SYN_PAREN) {
        for (int i = 0; i < item->nkid; i++)
            if (!read_item(s, item->kid[i], r))
                return false;
        return true;
    }
    int got = eval_axes(s, item, r->ax + r->n, MOST_AXES - r->n);
    r->n += got;
    if (!axes_distinct(s, r->ax, r->n, item, "a reduction names"))
        return false;
    return got || item->kind == SYN_PACK;
}

bool guarded_axes(Sema *s, Syn *bracket, Axis **ax, int *n, Value **guard)
{
    ReduceItems r = {0};
    for (int i = 1; bracket && i < bracket->nkid; i++)
        if (!read_item(s, bracket->kid[i], &r))
            return false;
    if (r.ninto || r.other) {
        sema_error(s, DIAG_E0501, bracket->where, "this bracket names axes, with a guard (`t where …`) or without");
        return false;
    }
    memcpy(ax, r.ax, sizeof *ax * (size_t)r.n);
    *n = r.n;
    *guard = r.guard;
    return true;
}

static bool has_axes(Sema *s, Value *x, const ReduceItems *r, Syn *bracket, const char *name)
{
    AxisSet have = value_visible(s, x);
    for (int i = 0; i < r->n; i++) {
        if (axes_has(have, r->ax[i]))
            continue;
        Diag *d = sema_diag(s, DIAG_E0302, bracket->where, "`%s` over axis `%s`, which the tensor does not have", name,
                            r->ax[i]->name);
        diag_label(d, x->where, "%s", text_axes(s, have));
        for (int j = 0; j < have.n; j++)
            if (have.at[j]->name == r->ax[i]->name)
                diag_note(d, have.at[j]->where, "its `%s` is another axis of that name, declared here",
                          r->ax[i]->name);
        if (!strcmp(name, "sum"))
            diag_help(d, "`x * #%s` is the sum of as many equal terms; `x[+%s]` repeats x along it", r->ax[i]->name,
                      r->ax[i]->name);
        else
            diag_help(d, "it has %s", text_axes(s, have));
        return false;
    }
    return true;
}

static Value *with_element(Sema *s, Op op, Value *x, bool into, Span where, const char *name)
{
    bool logic = op == OP_ANY || op == OP_ALL;
    if (logic != is_bool(x)) {
        Diag *d = sema_diag(s, DIAG_E0309, where, logic ? "`%s` is of bools" : "`%s` is of numbers", name);
        diag_label(d, x->where, "%s", text_value(s, x));
        if (!logic)
            diag_help(d, "`int(c)` makes numbers of bools; `any` and `all` reduce them");
        return value_new(s, V_ERROR, where);
    }
    return op == OP_SUM || (op == OP_PROD && !into) ? x : need_real(s, x, where, name_format(s->names, "`%s`", name));
}

Value *or_else(Sema *s, Value *v, Value *guard, Axis *const *ax, int n, Value *other, Span where)
{
    Axis *mine[MOST_AXES];
    int   count = 0;
    for (int i = 0; i < n; i++)
        if (axes_has(guard->axes, ax[i]))
            mine[count++] = ax[i];
    Value *any = value_tensor(s, ir_reduce(s->b, OP_ANY, value_node(s, guard), mine, count), where);
    Value *kept = guarded(s, v, any);
    return apply_select(s, any, kept, other, where);
}

Value *wide_enough(Sema *s, Op op, Value *x)
{
    if ((op != OP_SUM && op != OP_PROD && op != OP_CUMSUM) || elem_class(x->elem) != ELEM_CLASS_INT || x->elem == ELEM_I64)
        return x;
    return apply_convert(s, x, ELEM_I64, x->where);
}

static bool needs_else(Op op) { return op == OP_MAX || op == OP_MIN || op == OP_ARGMAX || op == OP_ARGMIN; }

static Value *say_else(Sema *s, Syn *bracket, const char *name)
{
    Diag *d = sema_diag(s, DIAG_E0315, bracket->where, "`%s` of what may be empty must say `else`", name);
    diag_help(d, "write what stands for the empty ones: `%s[… else 0](…)`", name);
    return value_new(s, V_ERROR, bracket->where);
}

static Op scatter_op(Op op)
{
    return op == OP_SUM ? OP_SCATTER_ADD : op == OP_PROD ? OP_SCATTER_PROD : op == OP_MAX ? OP_SCATTER_MAX : OP_SCATTER_MIN;
}

static Value *segment(Sema *s, Op op, const ReduceItems *r, Syn *bracket, Value *x, Span where);

// How many are true; how many are not.
static Value *truth_of_segments(Sema *s, Op op, const ReduceItems *r, Syn *bracket, Value *x, Span where)
{
    Node  *c = value_node(s, x);
    Node  *counted = ir_convert(s->b, op == OP_ALL ? ir_unary(s->b, OP_NOT, c) : c, ELEM_I64);
    Value *count = segment(s, OP_SUM, r, bracket, value_like(s, counted, x), where);
    if (is_error(count))
        return count;
    Node *n = value_node(s, count), *zero = ir_int(s->b, 0);
    return value_tensor(s, op == OP_ALL ? ir_binary(s->b, OP_EQ, n, zero) : ir_binary(s->b, OP_LT, zero, n), where);
}

// How many of what x has come to each place.
static Node *counted_segments(Sema *s, const ReduceItems *r, const Node *x)
{
    Node *ones = ir_expand(s->b, ir_int(s->b, 1), axes_of(s->arena, r->ax, r->n));
    for (int i = 0; i < r->ninto; i++)
        ones = ir_expand(s->b, ones, r->pos[i]->type.axes);
    if (x->type.guard)
        ones = ir_guard(s->b, ir_expand(s->b, ones, x->type.guard->type.axes), x->type.guard);
    return ir_scatter(s->b, OP_SCATTER_ADD, ones, r->ax, r->n, r->into, r->pos, r->ninto);
}

// The first of those that equal the extremum of their place.
static Value *arg_of_segments(Sema *s, Op op, const ReduceItems *r, Syn *bracket, Value *x, Span where)
{
    if (r->n != 1)
        return sema_error(s, DIAG_E0501, where, "`%s` is along one axis; this names %d", op_info(op)->text, r->n);
    if (!r->other)
        return say_else(s, bracket, op_info(op)->text);
    ReduceItems plain = *r;
    plain.other = value_real(s, 0, where);
    plain.guard = NULL;
    x = under_guards_of(s, x, r->ax, r->n);
    if (!is_error(x) && r->guard)
        x = under_guard(s, x, r->guard);
    if (is_error(x))
        return x;
    Value *most = segment(s, op == OP_ARGMAX ? OP_MAX : OP_MIN, &plain, bracket, x, where);
    if (is_error(most))
        return most;
    Node *in = value_node(s, x), *size = ir_size(s->b, r->ax[0]->size), *none = ir_binary(s->b, OP_SUB, size, ir_int(s->b, 1));
    Node *here = ir_convert(s->b, ir_index(s->b, value_node(s, most), r->into, r->pos, r->ninto, NULL), in->type.elem);
    Node *is = ir_fill(s->b, ir_binary(s->b, OP_EQ, in, here));
    Node *at = ir_select(s->b, is, ir_expand(s->b, ir_iota(s->b, r->ax[0]), is->type.axes), size);
    Node *first = ir_scatter(s->b, OP_SCATTER_MIN, at, r->ax, r->n, r->into, r->pos, r->ninto);
    Value *out = value_tensor(s, ir_binary(s->b, OP_MIN2, first, none), where), *other = r->other;
    Node *count = counted_segments(s, r, in);
    out->pos = r->ax[0];
    if (!other->pos && in_axis(s, value_node(s, other), r->ax[0])) {
        other = value_like(s, value_node(s, other), other);
        other->pos = r->ax[0];
    }
    return apply_select(s, value_tensor(s, ir_binary(s->b, OP_LT, ir_int(s->b, 0), count), where), out, other, where);
}

// An axis to reduce into is none that is left of what is reduced, nor of the positions.
static bool targets_are_new(Sema *s, const ReduceItems *r, Syn *bracket, Value *x)
{
    AxisSet all = value_visible(s, x);
    for (int i = 0; i < r->ninto; i++)
        all = axes_union(s->arena, all, r->pos[i]->type.axes);
    AxisSet rest = axes_minus(s->arena, all, axes_of(s->arena, r->ax, r->n));
    for (int i = 0; i < r->ninto; i++) {
        if (!axes_has(rest, r->into[i]))
            continue;
        Diag *d = sema_diag(s, DIAG_E0303, bracket->where, "the result would hold axis `%s` twice", r->into[i]->name);
        diag_label(d, bracket->where, "of %s", text_axes(s, all));
        diag_help(d, "reduce into another axis of that size: `%s'`", r->into[i]->name);
        return false;
    }
    return true;
}

static Value *segment(Sema *s, Op op, const ReduceItems *r, Syn *bracket, Value *x, Span where)
{
    const char *name = op_info(op)->text;
    if (!targets_are_new(s, r, bracket, x))
        return value_new(s, V_ERROR, where);
    if (op == OP_ANY || op == OP_ALL)
        return truth_of_segments(s, op, r, bracket, x, where);
    if (op == OP_ARGMAX || op == OP_ARGMIN)
        return arg_of_segments(s, op, r, bracket, x, where);
    if (op != OP_SUM && op != OP_PROD && op != OP_MAX && op != OP_MIN)
        return sema_error(s, DIAG_E0501, bracket->where, "`%s` does not reduce one axis into another", name);
    if (needs_else(op) && !r->other)
        return say_else(s, bracket, name);
    x = under_guards_of(s, x, r->ax, r->n);
    if (is_error(x))
        return x;
    if (r->guard)
        x = under_guard(s, x, r->guard);
    Node *m = value_node(s, x);
    for (int i = 0; i < r->ninto; i++)
        m = ir_expand(s->b, m, r->pos[i]->type.axes);
    Value *out = value_like(s, ir_scatter(s->b, scatter_op(op), m, r->ax, r->n, r->into, r->pos, r->ninto), x);
    out->where = where;
    if (!r->other)
        return out;
    Node  *count = counted_segments(s, r, value_node(s, x));
    Value *met = value_tensor(s, ir_binary(s->b, OP_LT, ir_int(s->b, 0), count), where);
    return apply_select(s, met, guarded(s, out, met), r->other, where);
}

// What is written with `where` is a guard along an axis that is named, also where it is one bool for all positions: the
// reduction ends it.
static Value *under_written(Sema *s, Value *x, const ReduceItems *r)
{
    AxisSet named = axes_of(s->arena, r->ax, r->n);
    bool    along = axes_intersect(s->arena, named, r->guard->axes).n > 0;
    return under_guard(s, x, along || !r->n ? r->guard : value_like(s, ir_expand(s->b, value_node(s, r->guard), axes_of(s->arena, r->ax, 1)), r->guard));
}

static Value *plain(Sema *s, Op op, ReduceItems *r, Value *x, Span where)
{
    if ((op == OP_ARGMAX || op == OP_ARGMIN) && r->n != 1)
        return sema_error(s, DIAG_E0501, where, "`%s` is along one axis; this names %d", op_info(op)->text, r->n);
    x = under_guards_of(s, x, r->ax, r->n);
    if (is_error(x))
        return x;
    if (r->guard)
        x = under_written(s, x, r);
    bool   complex = op == OP_PROD && elem_class(x->elem) == ELEM_CLASS_COMPLEX;
    Node  *n = value_node(s, x);
    Value *out = value_tensor(s, complex ? complex_prod(s->b, n, r->ax, r->n) : ir_reduce(s->b, op, n, r->ax, r->n), where);
    out->weak = x->weak && elem_class(out->elem) == elem_class(x->elem);
    if (op == OP_ARGMAX || op == OP_ARGMIN) {
        out->pos = r->ax[0];
        out->weak = false;
    } else if (op == OP_MAX || op == OP_MIN) {
        out->pos = x->pos;
    }
    return out;
}

// An arg-reduction gives a position, also of what a guard leaves nothing of.
static bool finds_some(Sema *s, const char *name, const ReduceItems *r, const Value *x, Span where)
{
    for (int i = 0; i < r->n; i++) {
        const char *what = name_format(s->names, "`%s` finds no position along `%s`, which has none", name, r->ax[i]->name);
        AxisSet     left = r->ninto ? (AxisSet){0} : axes_minus(s->arena, x->axes, (AxisSet){(Axis **)r->ax, r->n});
        if (!need_some(s, r->ax[i], left, where, what))
            return false;
    }
    return true;
}

Value *apply_reduce(Sema *s, Op op, Syn *bracket, Value *x, Span where)
{
    const char *name = op_info(op)->text;
    ReduceItems r = {0};
    if (is_error(x))
        return x;
    if (!is_tensor(x))
        return sema_error(s, DIAG_E0313, x->where, "`%s` is of a tensor; this is %s", name, text_value(s, x));
    for (int i = 1; bracket && i < bracket->nkid; i++)
        if (!read_item(s, bracket->kid[i], &r))
            return value_new(s, V_ERROR, where);
    if (!bracket) {
        AxisSet all = value_visible(s, x);
        for (int i = 0; i < all.n && i < MOST_AXES; i++)
            r.ax[r.n++] = all.at[i];
    }
    if (is_error(with_element(s, op, x, r.ninto > 0, where, name)))
        return value_new(s, V_ERROR, where);
    x = wide_enough(s, op, x);
    if (bracket && !has_axes(s, x, &r, bracket, name))
        return value_new(s, V_ERROR, where);
    if ((op == OP_ARGMAX || op == OP_ARGMIN) && !finds_some(s, name, &r, x, where))
        return value_new(s, V_ERROR, where);
    if (r.ninto)
        return segment(s, op, &r, bracket, x, where);
    if (r.guard && needs_else(op) && !r.other)
        return say_else(s, bracket, name);
    Value *out = plain(s, op, &r, x, where);
    if (r.guard && r.other && !is_error(out))
        out = or_else(s, out, r.guard, r.ax, r.n, r.other, where);
    return out;
}
