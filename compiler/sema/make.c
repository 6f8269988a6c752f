// Tensors of constants: zeros, full, values and the like, along the axes of a bracket.
#include <string.h>

#include "sema/sema.h"

bool bracket_axes(Sema *s, const Func *f, Axis **ax, int *n, Span where)
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

Value *call_constant(Sema *s, const Func *f, const Args *args)
{
    static const struct {
        const char *name;
        double      value;
    } constant[] = {{"zeros", 0}, {"ones", 1}, {"pi", 3.141592653589793}, {"e", 2.718281828459045},
                    {"inf", __builtin_inf()}, {"nan", __builtin_nan("")}};
    for (size_t i = 0; i < sizeof constant / sizeof *constant; i++)
        if (!strcmp(f->name, constant[i].name)) {
            Value *v = filled(s, f, ir_const(s->b, ELEM_F64, constant[i].value), args->where);
            v->weak = true;
            return v;
        }
    return value_new(s, V_ERROR, args->where);
}

Value *call_full(Sema *s, const Func *f, const Args *args)
{
    if (!is_tensor(args->at[0]))
        return sema_error(s, DIAG_E0313, args->where, "`full` repeats a number; this is %s", text_value(s, args->at[0]));
    Value *out = filled(s, f, value_node(s, args->at[0]), args->where);
    if (!is_error(out))
        out->weak = args->at[0]->weak;
    return out;
}

Value *call_ones_like(Sema *s, const Func *f, const Args *args)
{
    (void)f;
    if (!is_tensor(args->at[0]))
        return sema_error(s, DIAG_E0313, args->where, "`ones_like` is of a tensor; this is %s", text_value(s, args->at[0]));
    Node  *x = value_node(s, args->at[0]), *one = ir_expand(s->b, ir_const(s->b, ELEM_F64, 1), value_visible(s, args->at[0]));
    Value *out = value_tensor(s, x->type.guard ? ir_guard(s->b, one, x->type.guard) : one, args->where);
    out->weak = true;
    return out;
}

bool constant_number(const Value *v, double *x)
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

// Whole numbers as they are; a table holds doubles, which are exact up to 2^53: of larger ones it has two halves.
static Node *whole_table(Sema *s, Axis *const *ax, int nax, Value *const *v, int n)
{
    enum { HALF = 32 };
    double *low = ARENA_ARRAY(s->arena, double, n + 1), *high = ARENA_ARRAY(s->arena, double, n + 1);
    bool    large = false;
    for (int i = 0; i < n; i++) {
        int64_t x = 0;
        if (v[i]->fixed)
            size_is_const(v[i]->fixed, &x);
        else
            x = v[i]->node->attr.i;
        high[i] = (double)(x >> HALF);
        low[i] = (double)(x & ((INT64_C(1) << HALF) - 1));
        large = large || x > INT64_C(1) << 53 || x < -(INT64_C(1) << 53);
    }
    for (int i = 0; i < n && !large; i++)
        low[i] += high[i] * (double)(INT64_C(1) << HALF);
    Node *least = ir_table(s->b, ELEM_I64, ax, nax, low, n);
    if (!large)
        return least;
    Node *most = ir_binary(s->b, OP_MUL, ir_table(s->b, ELEM_I64, ax, nax, high, n), ir_int(s->b, INT64_C(1) << HALF));
    return ir_binary(s->b, OP_ADD, most, least);
}

Value *call_values(Sema *s, const Func *f, const Args *args)
{
    Axis   *ax[64];
    int     nax;
    int64_t want;
    Elem    elem = ELEM_I64;
    const Size *places = size_const(s->sizes, 1);
    if (!bracket_axes(s, f, ax, &nax, args->where))
        return value_new(s, V_ERROR, args->where);
    for (int i = 0; i < nax; i++)
        places = size_mul(s->sizes, places, ax[i]->size);
    if (size_is_const(places, &want) && want != args->n)
        return sema_error(s, DIAG_E0401, args->where, "`values` needs %lld numbers, and %d are given", (long long)want, args->n);
    for (int i = 0; i < nax; i++)
        if (!size_is_const(ax[i]->size, &want) && !known_equal(s, places, size_const(s->sizes, args->n)))
            return helped(s, sema_error(s, DIAG_E0406, args->where, "`values` lists numbers along axes of fixed size; `%s` is open",
                              ax[i]->name), "say how many there are: `require #%s == %d`", ax[i]->name, args->n);
    double *data = ARENA_ARRAY(s->arena, double, args->n + 1);
    for (int i = 0; i < args->n; i++) {
        if (!constant_number(args->at[i], &data[i]))
            return sema_error(s, DIAG_E0313, args->at[i]->where, "`values` lists constants; this is %s",
                              text_value(s, args->at[i]));
        if (elem_class(args->at[i]->elem) == ELEM_CLASS_FLOAT)
            elem = ELEM_F64;
        else if (elem_class(args->at[i]->elem) == ELEM_CLASS_BOOL)
            elem = ELEM_BOOL;
    }
    Value *v = value_tensor(s, elem == ELEM_I64 ? whole_table(s, ax, nax, args->at, args->n) : ir_table(s->b, elem, ax, nax, data, args->n), args->where);
    v->weak = elem != ELEM_BOOL;
    v->order = ARENA_ARRAY(s->arena, Axis *, nax + 1);
    memcpy(v->order, ax, sizeof *ax * (size_t)nax);
    return v;
}
