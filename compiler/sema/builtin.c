// The names that come with the language and are not written in it: one row each.
#include <string.h>

#include "ir/library.h"
#include "sema/bounded.h"
#include "sema/experiment.h"

static Value *call_map(Sema *s, const Func *f, Value **args, Name *names, int n, Span where, Name hint)
{
    (void)names;
    (void)hint;
    return apply_map(s, f->builtin->op, args, n, where);
}

// log(x), the natural logarithm; log(name: value), a row of the run's log.
static Value *call_log(Sema *s, const Func *f, Value **args, Name *names, int n, Span where, Name hint)
{
    if (names && names[0])
        return call_host(s, f, args, names, n, where, hint);
    if (n != 1)
        return sema_error(s, DIAG_E0502, where, "`log(x)` takes one number, `log(name: x)` named ones");
    return apply_map(s, OP_LOG, args, n, where);
}

static Value *call_reduce(Sema *s, const Func *f, Value **args, Name *names, int n, Span where, Name hint)
{
    (void)names;
    (void)hint;
    (void)n;
    Scope *saved = s->scope;
    if (f->bracket)
        s->scope = f->bracket_scope;
    Value *x = !f->bracket && args[0]->nfields ? value_flat_fresh(s, args[0], where) : args[0];
    Value *v = is_error(x) ? x : apply_reduce(s, f->builtin->op, f->bracket, x, where);
    s->scope = saved;
    return v;
}

// max and min: of two element by element, of one a reduction.
static Value *call_extremum(Sema *s, const Func *f, Value **args, Name *names, int n, Span where, Name hint)
{
    if (n == 1)
        return call_reduce(s, f, args, names, n, where, hint);
    if (f->bracket)
        return sema_error(s, DIAG_E0502, where, "`%s` of two is element by element and takes no bracket",
                          f->builtin->name);
    return apply_map(s, f->builtin->op == OP_MAX ? OP_MAX2 : OP_MIN2, args, n, where);
}

static Value *call_stop(Sema *s, const Func *f, Value **args, Name *names, int n, Span where, Name hint)
{
    (void)f;
    (void)names;
    (void)hint;
    (void)n;
    if (args[0]->kind == V_RECORD || args[0]->kind == V_MODEL) {
        Value *out = value_new(s, args[0]->kind, where);
        *out = *args[0];
        out->fields = ARENA_ARRAY(s->arena, Field, out->nfields + 1);
        for (int i = 0; i < out->nfields; i++)
            out->fields[i] = (Field){args[0]->fields[i].name,
                                     call_stop(s, f, &args[0]->fields[i].value, NULL, 1, where, NULL)};
        return out;
    }
    if (!is_tensor(args[0]) || !elem_is_smooth(args[0]->elem))
        return args[0];
    Value *v = value_like(s, ir_unary(s->b, OP_STOP, value_node(s, args[0])), args[0]);
    v->where = where;
    return v;
}

// ---- conversions ----

static Value *call_convert(Sema *s, const Func *f, Value **args, Name *names, int n, Span where, Name hint)
{
    (void)names;
    (void)hint;
    (void)n;
    Value *v = args[0];
    Elem   to;
    if (!is_tensor(v))
        return sema_error(s, DIAG_E0313, where, "`%s` is of a tensor; this is %s", f->name, text_value(s, v));
    bool default_width = !elem_parse(f->name, &to);
    if (elem_class(v->elem) == ELEM_CLASS_COMPLEX && !strcmp(f->name, "real"))
        return real_part(s, v, where);
    if (default_width)
        to = !strcmp(f->name, "int") ? (v->weak || elem_class(v->elem) != ELEM_CLASS_INT ? ELEM_I64 : v->elem)
             : v->weak || elem_class(v->elem) != ELEM_CLASS_FLOAT ? (v->weak ? ELEM_F64 : s->real)
                                                                  : v->elem;
    if (elem_class(to) == ELEM_CLASS_BOOL && elem_class(v->elem) != ELEM_CLASS_BOOL)
        return sema_error(s, DIAG_E0309, where, "a number is no bool; compare: `x != 0`");
    if (elem_class(to) != ELEM_CLASS_COMPLEX && is_error(need_real(s, v, where, name_format(s->names, "`%s`", f->name))))
        return value_new(s, V_ERROR, where);
    if (elem_class(to) == ELEM_CLASS_COMPLEX && elem_class(v->elem) == ELEM_CLASS_BOOL)
        return sema_error(s, DIAG_E0309, where, "a bool is no number: `real(c)` makes one of it");
    Value *out = value_tensor(s, ir_convert(s->b, value_node(s, v), to), where);
    out->weak = default_width && v->weak;
    out->fixed = to == ELEM_I64 ? v->fixed : NULL;  // what is static is made anew, as an i64
    out->loose = v->loose && elem_class(to) == ELEM_CLASS_INT;
    out->order = v->order;
    return out;
}

// ---- making ----

static bool bracket_axes(Sema *s, const Func *f, Axis **ax, int *n, Span where)
{
    *n = 0;
    Scope *saved = s->scope;
    bool   ok = true;
    if (f->bracket)
        s->scope = f->bracket_scope;
    for (int i = 1; f->bracket && i < f->bracket->nkid; i++) {
        int got = eval_axes(s, f->bracket->kid[i], ax + *n, 64 - *n);
        ok = ok && (got || f->bracket->kid[i]->kind == SYN_PACK);
        *n += got;
    }
    s->scope = saved;
    (void)where;
    return ok;
}

static Value *filled(Sema *s, const Func *f, Node *v, Span where)
{
    Axis *ax[64];
    int   n;
    if (!bracket_axes(s, f, ax, &n, where))
        return value_new(s, V_ERROR, where);
    Value *out = value_tensor(s, ir_expand(s->b, v, axes_of(s->arena, ax, n)), where);
    out->order = ARENA_ARRAY(s->arena, Axis *, n + 1);
    memcpy(out->order, ax, sizeof *ax * (size_t)n);
    return out;
}

static Value *call_constant(Sema *s, const Func *f, Value **args, Name *names, int n, Span where, Name hint)
{
    static const struct {
        const char *name;
        double      value;
    } constant[] = {{"zeros", 0}, {"ones", 1}, {"pi", 3.141592653589793}, {"e", 2.718281828459045},
                    {"inf", __builtin_inf()}, {"nan", __builtin_nan("")}};
    (void)args;
    (void)names;
    (void)n;
    (void)hint;
    for (size_t i = 0; i < sizeof constant / sizeof *constant; i++)
        if (!strcmp(f->name, constant[i].name)) {
            Value *v = filled(s, f, ir_const(s->b, ELEM_F64, constant[i].value), where);
            v->weak = true;
            return v;
        }
    return value_new(s, V_ERROR, where);
}

static Value *call_truth(Sema *s, const Func *f, Value **args, Name *names, int n, Span where, Name hint)
{
    (void)args;
    (void)names;
    (void)n;
    (void)hint;
    return value_bool(s, !strcmp(f->name, "true") ? TRUTH_TRUE : TRUTH_FALSE, where);
}

static Value *call_train(Sema *s, const Func *f, Value **args, Name *names, int n, Span where, Name hint)
{
    (void)s;
    (void)f;
    (void)names;
    (void)n;
    (void)where;
    (void)hint;
    return args[0];
}

static Value *call_training(Sema *s, const Func *f, Value **args, Name *names, int n, Span where, Name hint)
{
    (void)f;
    (void)args;
    (void)names;
    (void)n;
    (void)hint;
    bool known = s->host || s->training || !s->opaque;
    return value_bool(s, !known ? TRUTH_OPEN : s->training ? TRUTH_TRUE : TRUTH_FALSE, where);
}

static Value *call_full(Sema *s, const Func *f, Value **args, Name *names, int n, Span where, Name hint)
{
    (void)names;
    (void)n;
    (void)hint;
    if (!is_tensor(args[0]))
        return sema_error(s, DIAG_E0313, where, "`full` repeats a number; this is %s", text_value(s, args[0]));
    Value *out = filled(s, f, value_node(s, args[0]), where);
    if (!is_error(out))
        out->weak = args[0]->weak;
    return out;
}

static bool constant_number(const Value *v, double *x)
{
    int64_t i;
    if (!v || v->kind != V_TENSOR)
        return false;
    if (v->fixed && size_is_const(v->fixed, &i))
        *x = (double)i;
    else if (v->truth == TRUTH_TRUE || v->truth == TRUTH_FALSE)
        *x = v->truth == TRUTH_TRUE;
    else if (v->node && v->node->op == OP_CONST)
        *x = elem_class(v->elem) == ELEM_CLASS_FLOAT ? v->node->attr.r : (double)v->node->attr.i;
    else
        return false;
    return true;
}

static Value *call_values(Sema *s, const Func *f, Value **args, Name *names, int n, Span where, Name hint)
{
    (void)names;
    (void)hint;
    Axis   *ax[64];
    int     nax;
    int64_t want = 1, size;
    Elem    elem = ELEM_I64;
    if (!bracket_axes(s, f, ax, &nax, where))
        return value_new(s, V_ERROR, where);
    for (int i = 0; i < nax; i++) {
        if (!size_is_const(ax[i]->size, &size))
            return sema_error(s, DIAG_E0406, where, "`values` lists numbers along axes of fixed size; `%s` is open",
                              ax[i]->name);
        want *= size;
    }
    if (want != n)
        return sema_error(s, DIAG_E0401, where, "`values` needs %lld numbers, and %d are given", (long long)want, n);
    double *data = ARENA_ARRAY(s->arena, double, n + 1);
    for (int i = 0; i < n; i++) {
        if (!constant_number(args[i], &data[i]))
            return sema_error(s, DIAG_E0313, args[i]->where, "`values` lists constants; this is %s",
                              text_value(s, args[i]));
        if (elem_class(args[i]->elem) == ELEM_CLASS_FLOAT)
            elem = ELEM_F64;
        else if (elem_class(args[i]->elem) == ELEM_CLASS_BOOL)
            elem = ELEM_BOOL;
    }
    Value *v = value_tensor(s, ir_table(s->b, elem, ax, nax, data, n), where);
    v->weak = elem != ELEM_BOOL;
    v->order = ARENA_ARRAY(s->arena, Axis *, nax + 1);
    memcpy(v->order, ax, sizeof *ax * (size_t)nax);
    return v;
}

// ---- arranging ----

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

// concat[a, b -> both](x, y)
static Value *call_concat(Sema *s, const Func *f, Value **args, Name *names, int n, Span where, Name hint)
{
    (void)names;
    (void)hint;
    Syn  *b = f->bracket;
    Axis *ax[32], *to = NULL;
    int   count = 0;
    if (!b || b->nkid < 2)
        return sema_error(s, DIAG_E0501, where, "`concat` names its axes: `concat[a, b -> both](x, y)`");
    Scope *saved = s->scope;
    s->scope = f->bracket_scope;
    for (int i = 1; i < b->nkid && count < 32; i++) {
        Syn *item = b->kid[i];
        bool last = item->kind == SYN_ARROW;
        ax[count++] = eval_axis(s, last ? item->kid[0] : item);
        if (last)
            to = eval_axis(s, item->kid[1]);
    }
    s->scope = saved;
    if (!to || count != n)
        return to ? sema_error(s, DIAG_E0501, where, "`concat` names %d axes for %d tensors", count, n)
                  : value_new(s, V_ERROR, where);
    Value      *v[32];
    Node       *in[32];
    const Size *sum = size_const(s->sizes, 0);
    AxisSet     rest = {0};
    for (int i = 0; i < n; i++) {
        if (!ax[i])
            return value_new(s, V_ERROR, where);
        if (!is_tensor(args[i]) || !axes_has(value_visible(s, args[i]), ax[i]))
            return sema_error(s, DIAG_E0302, args[i]->where, "this has no axis `%s`: %s", ax[i]->name,
                              text_value(s, args[i]));
        AxisSet mine = axes_minus(s->arena, value_visible(s, args[i]), axes_of(s->arena, &ax[i], 1));
        if (!others_meet(s, f, args, i, &rest, mine, where))
            return value_new(s, V_ERROR, where);
        sum = size_add(s->sizes, sum, ax[i]->size);
        v[i] = args[i];
    }
    for (int i = 0; i <= n; i++)
        if (axis_is_bounded(i < n ? ax[i] : to))
            return sema_error(s, DIAG_E0406, where, "`concat` needs to know sizes: how many `%s` there are, only the data tells",
                              (i < n ? ax[i] : to)->name);
    if (axes_has(rest, to))
        return sema_error(s, DIAG_E0303, where, "the result would hold axis `%s` twice", to->name);
    Axis *pos;
    if (!side_by_side(s, f, v, n, &pos, where) ||
        !need_equal(s, DIAG_E0401, to->size, sum, where, name_format(s->names, "`%s` is not as long as its parts", to->name)))
        return value_new(s, V_ERROR, where);
    for (int i = 0; i < n; i++)
        in[i] = value_node(s, v[i]);
    Value *out = value_tensor(s, ir_concat(s->b, in, ax, n, to), where);
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
static Value *call_stack(Sema *s, const Func *f, Value **args, Name *names, int n, Span where, Name hint)
{
    (void)names;
    (void)hint;
    Axis  *ax[64], *one[32];
    Value *v[32];
    Node  *in[32];
    int    count;
    if (!bracket_axes(s, f, ax, &count, where))
        return value_new(s, V_ERROR, where);
    if (count == 1 && axis_is_bounded(ax[0]))
        return sema_error(s, DIAG_E0406, where, "`stack` needs to know sizes: how many `%s` there are, only the data tells", ax[0]->name);
    if (count != 1 || n > 32)
        return sema_error(s, DIAG_E0501, where, "`stack` puts up to 32 tensors along one axis: `stack[op](x, y)`");
    AxisSet rest = {0};
    for (int i = 0; i < n; i++) {
        if (!is_tensor(v[i] = args[i]))
            return is_error(v[i]) ? v[i] : sema_error(s, DIAG_E0313, v[i]->where, "`stack` is of tensors; this is %s", text_value(s, v[i]));
        AxisSet mine = value_visible(s, v[i]);
        if (axes_has(mine, ax[0]))
            return sema_error(s, DIAG_E0303, v[i]->where, "the result would hold axis `%s` twice", ax[0]->name);
        if (!others_meet(s, f, args, i, &rest, mine, where))
            return value_new(s, V_ERROR, where);
    }
    Axis *pos;
    if (!side_by_side(s, f, v, n, &pos, where) ||
        !need_equal(s, DIAG_E0401, ax[0]->size, size_const(s->sizes, n), where,
                    name_format(s->names, "`%s` is not as long as there are tensors", ax[0]->name)))
        return value_new(s, V_ERROR, where);
    for (int i = 0; i < n; i++) {
        one[i] = axis_new(s->axes, ax[0]->name, size_const(s->sizes, 1), where);
        in[i] = ir_expand(s->b, value_node(s, v[i]), axes_of(s->arena, &one[i], 1));
    }
    Value *out = value_tensor(s, ir_concat(s->b, in, one, n, ax[0]), where);
    out->weak = v[0]->weak;
    out->pos = pos;
    return out;
}

static Value *along_axis(Sema *s, const Func *f, Value *x, Span where, Op op, int64_t flag)
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
    Attr   attr = {.ax = ax, .nax = 1, .i = flag};
    Node  *in = value_node(s, under_guards_of(s, x, ax, 1));
    if (guard)
        in = ir_guard(s->b, in, value_node(s, guard));
    bool   partly = op == OP_ARGSORT && in->type.guard && axes_has(in->type.guard->type.axes, ax[0]);
    Value *out = partly ? sorted_under(s, in, ax[0], where) : value_tensor(s, ir_make(s->b, op, &in, 1, &attr), where);
    out->weak = x->weak && op == OP_CUMSUM;
    out->pos = op == OP_ARGSORT ? ax[0] : NULL;
    return out;
}

static Value *call_cumsum(Sema *s, const Func *f, Value **args, Name *names, int n, Span where, Name hint)
{
    (void)names;
    (void)hint;
    (void)n;
    return along_axis(s, f, args[0], where, OP_CUMSUM, 0);
}

static Value *call_argsort(Sema *s, const Func *f, Value **args, Name *names, int n, Span where, Name hint)
{
    (void)names;
    (void)hint;
    (void)n;
    return along_axis(s, f, args[0], where, OP_ARGSORT, 0);
}

// ---- routines: lapack_eigh[i, j, k](a), with the axes of compiler/ir/library.def ----

static bool routine_operand(Sema *s, const Func *f, Value *v, const LibraryArray *a, Axis *const *ax)
{
    if (!is_tensor(v) || elem_class(v->elem) != ELEM_CLASS_FLOAT) {
        sema_error(s, DIAG_E0309, v->where, "`%s` is of floats; this is %s", f->name, text_value(s, v));
        return false;
    }
    for (int k = 0; k < a->n; k++)
        if (a->axis[k] >= 0 && !axes_has(v->axes, ax[a->axis[k]])) {
            sema_error(s, DIAG_E0302, v->where, "`%s` is of axis `%s`, which this has not: %s", f->name,
                       ax[a->axis[k]]->name, text_value(s, v));
            return false;
        }
    return true;
}

static Value *call_routine(Sema *s, const Func *f, Value **args, Name *names, int n, Span where, Name hint)
{
    (void)names;
    (void)hint;
    Op           op = f->builtin->op;
    LibraryShape shape = library_shape(op);
    Axis        *ax[64];
    int          nax;
    Node        *in[LIBRARY_ARRAYS];
    Value       *v[LIBRARY_ARRAYS];
    if (!bracket_axes(s, f, ax, &nax, where))
        return value_new(s, V_ERROR, where);
    if (shape.parts && nax < 64)
        ax[nax++] = axis_part(s->axes);
    if (nax != shape.letters)
        return sema_error(s, DIAG_E0501, where, "`%s` goes over %d axes, and %d are given", f->name, shape.letters, nax);
    for (int i = 0; i < nax; i++)
        if (axis_is_bounded(ax[i]))
            return sema_error(s, DIAG_E0406, where, "`%s` needs to know sizes: how many `%s` there are, only the data tells",
                              f->name, ax[i]->name);
    for (int i = 0; i < n; i++) {
        v[i] = args[i];
        if (is_error(v[i]) || !routine_operand(s, f, v[i], &shape.in[i], ax))
            return value_new(s, V_ERROR, where);
    }
    if (!join_elems(s, v, n, where, name_format(s->names, "`%s`", f->name)))
        return value_new(s, V_ERROR, where);
    for (int i = 0; i < n; i++)
        in[i] = elem_is_narrow(v[0]->elem) ? ir_convert(s->b, value_node(s, v[i]), ELEM_F32) : value_node(s, v[i]);
    Node *first = ir_library(s->b, op, in, n, ax, nax);  // routines know f32 and f64
    if (shape.nout == 1)
        return value_like(s, ir_convert(s->b, first, v[0]->elem), v[0]);
    Value *out = value_new(s, V_RECORD, where);
    out->fields = ARENA_ARRAY(s->arena, Field, shape.nout);
    for (out->nfields = 0; out->nfields < shape.nout; out->nfields++)
        out->fields[out->nfields].value =
            value_like(s, ir_convert(s->b, library_result(s->b, first, out->nfields), v[0]->elem), v[0]);
    return out;
}

// ---- models ----

static Value *call_count(Sema *s, const Func *f, Value **args, Name *names, int n, Span where, Name hint)
{
    (void)f;
    (void)names;
    (void)hint;
    (void)n;
    return value_int(s, value_count(s, args[0]), where);
}

// ---- the table ----

#define MAP1(n, o) {.name = n, .call = call_map, .least = 1, .most = 1, .op = OP_##o}
#define MAP2(n, o) {.name = n, .call = call_map, .least = 2, .most = 2, .op = OP_##o}
#define REDUCE(n, o) {.name = n, .call = call_reduce, .least = 1, .most = 1, .bracket = true, .op = OP_##o}
#define CONSTANT(n, b) {.name = n, .call = call_constant, .bracket = b, .value = true}
#define CONVERT(n) {.name = n, .call = call_convert, .least = 1, .most = 1}
#define DRAW(n, args) {.name = n, .call = call_draw, .least = args, .most = args, .bracket = true, .value = (args) == 0}
#define ROUTINE(n, o, args) {.name = n, .call = call_routine, .least = args, .most = args, .bracket = true, .op = OP_##o}
#define HOST(n, least_, most_, brackets)                                                                               \
    {.name = n, .call = call_host, .least = least_, .most = most_, .bracket = brackets, .effect = true}

static const Builtin table[] = {
    MAP1("exp", EXP), MAP1("log1p", LOG1P), MAP1("expm1", EXPM1), MAP1("sqrt", SQRT),
    MAP1("rsqrt", RSQRT), MAP1("abs", ABS), MAP1("sign", SIGN), MAP1("floor", FLOOR), MAP1("ceil", CEIL),
    MAP1("round", ROUND), MAP1("sin", SIN), MAP1("cos", COS), MAP1("tan", TAN), MAP1("asin", ASIN),
    MAP1("acos", ACOS), MAP1("atan", ATAN), MAP1("sinh", SINH), MAP1("cosh", COSH), MAP1("tanh", TANH),
    MAP1("erf", ERF), MAP1("erfc", ERFC), MAP1("sigmoid", SIGMOID), MAP1("softplus", SOFTPLUS),
    MAP1("isnan", ISNAN), MAP1("isfinite", ISFINITE), MAP1("erfcinv", ERFCINV), MAP2("atan2", ATAN2),
    MAP2("lgamma_derivative", POLYGAMMA), MAP2("log_gamma_quantile", LOG_GAMMA_QUANTILE), MAP2("bit_and", BITAND),
    MAP2("bit_or", BITOR), MAP2("bit_xor", BITXOR), MAP2("shift_left", SHL), MAP2("shift_right", SHR),
    REDUCE("sum", SUM), REDUCE("prod", PROD), REDUCE("any", ANY), REDUCE("all", ALL), REDUCE("argmax", ARGMAX),
    REDUCE("argmin", ARGMIN),
    {.name = "max", .call = call_extremum, .least = 1, .most = 2, .bracket = true, .op = OP_MAX},
    {.name = "min", .call = call_extremum, .least = 1, .most = 2, .bracket = true, .op = OP_MIN},
    {.name = "cumsum", .call = call_cumsum, .least = 1, .most = 1, .bracket = true},
    {.name = "argsort", .call = call_argsort, .least = 1, .most = 1, .bracket = true},
    {.name = "concat", .call = call_concat, .least = 1, .most = -1, .bracket = true},
    {.name = "log", .call = call_log, .least = 1, .most = -1, .effect_named = true, .op = OP_LOG},
    {.name = "stop", .call = call_stop, .least = 1, .most = 1},
    {.name = "count", .call = call_count, .least = 1, .most = 1},
    {.name = "flatten", .call = call_flatten, .least = 1, .most = 1, .bracket = true},
    {.name = "unflatten", .call = call_unflatten, .least = 2, .most = 2, .bracket = true, .params = "v like"},
    {.name = "map", .call = call_over_leaves, .least = 2, .most = 2},
    {.name = "zip", .call = call_over_leaves, .least = 3, .most = 3},
    ROUTINE("lapack_eigh", EIGH, 1), ROUTINE("lapack_eig", EIG, 1), ROUTINE("lapack_svd", SVD, 1), ROUTINE("lapack_qr", QR, 1),
    ROUTINE("lapack_cholesky", CHOLESKY, 1), ROUTINE("lapack_solve", SOLVE, 2), ROUTINE("lapack_lstsq", LSTSQ, 2),
    ROUTINE("lapack_det", DET, 1),
    {.name = "fft", .call = call_fft, .least = 1, .most = 1, .bracket = true, .op = OP_FFT},
    {.name = "ifft", .call = call_fft, .least = 1, .most = 1, .bracket = true, .op = OP_FFT_BACK},
    CONSTANT("zeros", true), CONSTANT("ones", true), CONSTANT("pi", false), CONSTANT("e", false),
    CONSTANT("inf", false), CONSTANT("nan", false),
    {.name = "true", .call = call_truth, .value = true},
    {.name = "false", .call = call_truth, .value = true},
    {.name = "training", .call = call_training, .value = true},
    {.name = "train", .call = call_train, .least = 1, .most = 1, .trains = true},
    {.name = "full", .call = call_full, .least = 1, .most = 1, .bracket = true},
    {.name = "values", .call = call_values, .least = 0, .most = -1, .bracket = true},
    CONVERT("real"), CONVERT("int"), CONVERT("bool"), CONVERT("f64"), CONVERT("f32"), CONVERT("f16"),
    CONVERT("bf16"), CONVERT("i64"), CONVERT("i32"),
    CONVERT("i8"), CONVERT("u8"), CONVERT("c64"), CONVERT("c128"),
    {.name = "complex", .call = call_complex, .least = 2, .most = 2},
    {.name = "imag", .call = call_imag, .least = 1, .most = 1},
    {.name = "conj", .call = call_conj, .least = 1, .most = 1},
    {.name = "arg", .call = call_arg, .least = 1, .most = 1},
    {.name = "grad", .call = call_grad, .least = 1, .most = -1},
    {.name = "value_and_grad", .call = call_value_and_grad, .least = 1, .most = -1},
    {.name = "vjp", .call = call_vjp, .least = 2, .most = -1},
    {.name = "jvp", .call = call_jvp, .least = 3, .most = 3},
    {.name = "linearize", .call = call_linearize, .least = 2, .most = -1},
    {.name = "custom_grad", .call = call_custom_grad, .least = 2, .most = 2},
    {.name = "straight_through", .call = call_straight_through, .least = 2, .most = 2},
    DRAW("normal", 0), DRAW("uniform", 0), DRAW("gumbel", 0), DRAW("bernoulli", 1), DRAW("categorical", 1),
    DRAW("gamma", 1), DRAW("beta", 2), DRAW("truncated_normal", 2), DRAW("pick", 0), DRAW("permutation", 0),
    {.name = "same", .call = call_same, .least = 1, .most = 1, .bracket = true, .around = true},
    {.name = "stack", .call = call_stack, .least = 1, .most = -1, .bracket = true},
    {.name = "unique", .call = call_unique, .least = 1, .most = 1, .bracket = true, .binds = true},
    {.name = "filter", .call = call_filter, .least = 1, .most = 1, .bracket = true, .binds = true},
    HOST("load", 1, -1, false), HOST("save", 2, 2, false), HOST("split", 1, 3, true), HOST("batches", 1, 4, true),
    HOST("print", 1, -1, false), HOST("plot", 2, -1, false), HOST("text", 1, 1, false), HOST("now", 0, 0, false),
};

static void declare(Sema *s, const Builtin *b)
{
    Name   name = name_of(s->names, b->name);
    Entry *e = scope_put_quiet(s, s->language, ENTRY_VALUE, name, SPAN_NONE);
    Func  *f = ARENA_NEW(s->arena, Func);
    *f = (Func){.kind = FUNC_BUILTIN, .name = name, .builtin = b};
    e->value = value_func(s, f, SPAN_NONE);
}

void builtins_declare(Sema *s)
{
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        declare(s, &table[i]);
}
