// Routines on whole matrices: lapack_eigh[i, j, k](a), with the axes of compiler/ir/library.def.
#include "ir/library.h"
#include "sema/bounded.h"

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

Value *call_routine(Sema *s, const Func *f, const Args *args)
{
    Op           op = f->builtin->op;
    LibraryShape shape = library_shape(op);
    Axis        *ax[64];
    int          nax;
    Node        *in[LIBRARY_ARRAYS];
    Value       *v[LIBRARY_ARRAYS];
    if (!bracket_axes(s, f, ax, &nax, args->where))
        return value_new(s, V_ERROR, args->where);
    if (f->bracket && !axes_distinct(s, ax, nax, f->bracket, name_format(s->names, "`%s` goes over", f->name)))
        return value_new(s, V_ERROR, args->where);  // each letter is an axis of its own
    if (shape.parts && nax < 64)
        ax[nax++] = axis_part(s->axes);
    if (nax != shape.letters)
        return sema_error(s, DIAG_E0501, args->where, "`%s` goes over %d axes, and %d are given", f->name, shape.letters, nax);
    for (int i = 0; i < nax; i++)
        if (axis_is_bounded(ax[i]))
            return sema_error(s, DIAG_E0406, args->where, "`%s` needs to know sizes: how many `%s` there are, only the data tells",
                              f->name, ax[i]->name);
    for (int i = 0; i < args->n; i++) {
        v[i] = args->at[i];
        if (is_error(v[i]) || !routine_operand(s, f, v[i], &shape.in[i], ax))
            return value_new(s, V_ERROR, args->where);
    }
    if (!join_elems(s, v, args->n, args->where, name_format(s->names, "`%s`", f->name)))
        return value_new(s, V_ERROR, args->where);
    for (int i = 0; i < args->n; i++)
        in[i] = elem_is_narrow(v[0]->elem) ? ir_convert(s->b, value_node(s, v[i]), ELEM_F32) : value_node(s, v[i]);
    Node *first = ir_library(s->b, op, in, args->n, ax, nax);  // routines know f32 and f64
    if (shape.nout == 1)
        return value_like(s, ir_convert(s->b, first, v[0]->elem), v[0]);
    Value *out = value_new(s, V_RECORD, args->where);
    out->fields = ARENA_ARRAY(s->arena, Field, shape.nout);
    for (out->nfields = 0; out->nfields < shape.nout; out->nfields++)
        out->fields[out->nfields].value =
            value_like(s, ir_convert(s->b, library_result(s->b, first, out->nfields), v[0]->elem), v[0]);
    return out;
}
