// fft and ifft: the transforms from which the prelude makes the others.
#include "ir/complex.h"
#include "ir/library.h"
#include "sema/sema.h"

// fft[t -> f]: the axis that is transformed and that of the result.
static bool read_bracket(Sema *s, const Func *f, Axis **from, Axis **to, Span where)
{
    Syn *b = f->bracket;
    if (!b || b->nkid != 2 || b->kid[1]->kind != SYN_ARROW) {
        sema_error(s, DIAG_E0501, where, "`%s` names the axis that it is along and that of the result: `%s[t -> f](x)`", f->name,
                   f->name);
        return false;
    }
    Scope *saved = s->scope;
    s->scope = f->bracket_scope;
    *from = eval_axis(s, b->kid[1]->kid[0]);
    *to = eval_axis(s, b->kid[1]->kid[1]);
    s->scope = saved;
    return *from && *to;
}

static bool fits(Sema *s, const Func *f, const Value *x, Axis *from, Axis *to, Span where)
{
    if (!is_tensor(x) || elem_class(x->elem) == ELEM_CLASS_BOOL) {
        sema_error(s, DIAG_E0309, where, "`%s` is of numbers; this is %s", f->name, text_value(s, x));
        return false;
    }
    AxisSet have = value_visible(s, x);
    if (!axes_has(have, from)) {
        sema_error(s, DIAG_E0302, x->where, "`%s` along axis `%s`, which this has not: %s", f->name, from->name,
                   text_value(s, x));
        return false;
    }
    if (axes_has(have, to)) {
        Diag *d = sema_diag(s, DIAG_E0303, where, "the result would hold axis `%s` twice", to->name);
        diag_label(d, x->where, "%s", text_value(s, x));
        diag_help(d, "the result needs an axis that `x` has not: `%s[%s -> %s']`", f->name, from->name, from->name);
        return false;
    }
    return need_equal(s, DIAG_E0401, to->size, from->size, where,
                      name_format(s->names, "a transform is as long as what it is of: `%s` and `%s`", from->name, to->name));
}

Value *call_fft(Sema *s, const Func *f, const Args *args)
{
    Axis  *ax[3] = {NULL, axis_part(s->axes), NULL};
    Value *x = args->at[0];
    if (!read_bracket(s, f, &ax[0], &ax[2], args->where) || !fits(s, f, x, ax[0], ax[2], args->where))
        return value_new(s, V_ERROR, args->where);
    Elem real = elem_is_smooth(x->elem) ? x->elem : x->weak ? ELEM_F64 : s->real;
    Node *in = ir_convert(s->b, value_node(s, x), elem_complex(real));
    Node *y = ir_library(s->b, f->builtin->op, &in, 1, ax, 3);
    if (f->builtin->op == OP_FFT_BACK)
        y = ir_binary(s->b, OP_DIV, y, ir_convert(s->b, ir_size(s->b, ax[0]->size), y->type.elem));
    Value *out = value_tensor(s, y, args->where);
    out->weak = x->weak;
    return out;
}
