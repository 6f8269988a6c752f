// Complex numbers as names of the language: complex, imag, conj, arg. What they are in a program: ir/complex.h.
#include "ir/complex.h"
#include "sema/sema.h"

Value *need_real(Sema *s, Value *v, Span where, const char *what)
{
    if (!is_tensor(v) || elem_class(v->elem) != ELEM_CLASS_COMPLEX)
        return v;
    Diag *d = sema_diag(s, DIAG_E0309, where, "%s is of real numbers", what);
    diag_label(d, v->where, "%s", text_value(s, v));
    diag_help(d, "`real(z)`, `imag(z)`, `abs(z)` and `arg(z)` are real");
    return value_new(s, V_ERROR, where);
}

static Value *floats_of(Sema *s, Value *v, Span where, const char *what)
{
    if (!is_tensor(v) || elem_class(v->elem) == ELEM_CLASS_BOOL)
        return sema_error(s, DIAG_E0309, where, "%s is of numbers; this is %s", what, text_value(s, v));
    if (elem_class(v->elem) != ELEM_CLASS_INT)
        return v;
    Value *out = apply_convert(s, v, v->weak ? ELEM_F64 : s->real, v->where);
    out->weak = v->weak;
    return out;
}

Value *call_complex(Sema *s, const Func *f, const Args *args)
{
    (void)f;
    Value *v[2];
    for (int i = 0; i < args->n; i++) {
        v[i] = need_real(s, floats_of(s, args->at[i], args->where, "`complex`"), args->where, "`complex`");
        if (is_error(v[i]))
            return v[i];
    }
    if (!meet_contained(s, v[0], v[1], args->where, "`complex`") || !join_elems(s, v, 2, args->where, "`complex`"))
        return value_new(s, V_ERROR, args->where);
    for (int i = 0; i < 2; i++)  // two bytes are no part
        if (elem_is_narrow(v[i]->elem))
            v[i] = apply_convert(s, v[i], ELEM_F32, args->where);
    Value *out = value_tensor(s, complex_of(s->b, value_node(s, v[0]), value_node(s, v[1])), args->where);
    out->weak = v[0]->weak && v[1]->weak;
    return out;
}

static Value *parts_of(Sema *s, const Func *f, Value *given, Span where, Node **re, Node **im)
{
    Value *v = is_error(given) ? given : floats_of(s, given, where, name_format(s->names, "`%s`", f->name));
    if (is_error(v))
        return v;
    Node *x = value_node(s, v);
    *re = complex_part(s->b, x, 0);
    *im = complex_part(s->b, x, 1);
    return v;
}

static Value *with_width(Value *out, const Value *of)
{
    out->weak = of->weak;
    out->order = of->order;
    return out;
}

Value *real_part(Sema *s, Value *v, Span where)
{
    return with_width(value_tensor(s, complex_part(s->b, value_node(s, v), 0), where), v);
}

Value *call_imag(Sema *s, const Func *f, const Args *args)
{
    Node  *re, *im;
    Value *v = parts_of(s, f, args->at[0], args->where, &re, &im);
    return is_error(v) ? v : with_width(value_tensor(s, im, args->where), v);
}

Value *call_conj(Sema *s, const Func *f, const Args *args)
{
    Node  *re, *im;
    Value *v = parts_of(s, f, args->at[0], args->where, &re, &im);
    if (is_error(v) || elem_class(v->elem) != ELEM_CLASS_COMPLEX)
        return v;
    return with_width(value_tensor(s, complex_of(s->b, re, ir_unary(s->b, OP_NEG, im)), args->where), v);
}

Value *call_arg(Sema *s, const Func *f, const Args *args)
{
    Node  *re, *im;
    Value *v = parts_of(s, f, args->at[0], args->where, &re, &im);
    return is_error(v) ? v : with_width(value_tensor(s, ir_binary(s->b, OP_ATAN2, im, re), args->where), v);
}

// ---- as real tensors with one axis more ----

static Node *turned(Sema *s, Node *x, bool there)
{
    Axis *pair = axis_part(s->axes), *plain = axis_twin(s->axes, pair);
    return ir_rename(s->b, x, there ? &pair : &plain, there ? &plain : &pair, 1);
}

Value *as_pairs(Sema *s, Value *v)
{
    if (elem_class(v->elem) != ELEM_CLASS_COMPLEX)
        return v;
    Value *out = value_tensor(s, turned(s, value_node(s, v), true), v->where);
    int    n = 0;
    while (v->order && v->order[n])
        n++;
    if (n == v->axes.n && n) {
        out->order = ARENA_ARRAY(s->arena, Axis *, n + 2);
        for (int i = 0; i < n; i++)
            out->order[i] = v->order[i];
        out->order[n] = axis_twin(s->axes, axis_part(s->axes));
    }
    return out;
}

Value *from_pairs(Sema *s, Value *v) { return value_tensor(s, turned(s, value_node(s, v), false), v->where); }
