#include "sema/acts.h"

#include <string.h>

#include "sema/bounded.h"
#include "sema/data.h"
#include "sema/step.h"

static const struct {
    const char *name;
    BuiltinFn  *act;
} table[] = {
    {"load", act_load},   {"save", act_save}, {"split", act_split}, {"batches", act_batches},
    {"print", act_print}, {"log", act_log},   {"text", act_text}, {"plot", act_plot},   {"now", act_now},
};

Value *call_host(Sema *s, const Func *f, const Args *args)
{
    if (!s->in_step && !s->experiment)
        return helped(s, sema_error(s, DIAG_E0506, args->where, "`%s` acts on the world: it stands in experiments alone", f->name),
                      "give it back as a result, and let the experiment that calls do it");
    if (s->in_step) {
        Diag *d = sema_diag(s, DIAG_E0506, args->where, "`%s` acts on the world: it cannot stand inside a computation", f->name);
        diag_help(d, "give it a line of its own: `let x = %s(…)`", f->name);
        return value_new(s, V_ERROR, args->where);
    }
    if (s->stage) {
        Diag *d = sema_diag(s, DIAG_E0506, args->where, "`%s` acts on the world, and a step that is built for C does not", f->name);
        diag_help(d, "give what C is to have as the result: the last expression, or a record of several");
        return value_new(s, V_ERROR, args->where);
    }
    size_t i = 0;
    while (strcmp(table[i].name, f->name) != 0)
        i++;
    return table[i].act(s, f, args);
}

Value *act_named(Sema *s, Value **args, Name *names, int n, const char *name)
{
    for (int i = 0; i < n; i++)
        if (names[i] && names[i] == name_of(s->names, name))
            return args[i];
    return NULL;
}

int64_t host_inner(const HostTensor *t, int at)
{
    int64_t n = 1;
    for (int i = at + 1; i < t->n; i++)
        n *= t->dim[i];
    return n;
}

Value *act_number(Sema *s, Value *v, double x)
{
    HostTensor *t = tensor_known(s, v->elem, NULL, 0, v->where);
    if (!t)
        return value_new(s, V_ERROR, v->where);
    elem_put(t->elem, t->data, 0, x, (int64_t)x);
    Value *out = ARENA_NEW(s->arena, Value);
    *out = *v;
    out->fixed = NULL;
    out->truth = TRUTH_DYNAMIC;
    out->node = NULL;
    out->host = t;
    out->order = t->ax;
    return out;
}

// ---- axes that meet their data ----

static bool is_open(const Axis *a)
{
    SizeVar *v;
    return size_is_var(a->size, &v);
}

bool bind_axis(Sema *s, Axis *a, int64_t size, Span where, const char *source)
{
    int64_t have;
    if (axis_is_bounded(a))
        return bounded_exact(s, a, size, where, source);
    if (is_open(a)) {
        a->size = size_const(s->sizes, size);
        if (a->twin)
            a->twin->size = a->size;
        return true;
    }
    if (size_is_const(a->size, &have) && have == size)
        return true;
    Diag *d = sema_diag(s, DIAG_E0401, where, "%s: axis `%s` has %lld positions there", source, a->name, (long long)size);
    diag_label(d, where, "read here");
    if (a->where.file >= 0)
        diag_label(d, a->where, "`%s` has %s here", a->name, text_size(s, a->size));
    diag_help(d, "declare the axis with that size, or open (`axis %s`) if the data decides", a->name);
    return false;
}
