#include "driver/oracle.h"

#include <string.h>

#include "interp/interp.h"

// A complex tensor as the program has it, the two parts along an axis of their own, the last.
static HostTensor *as_real(const Program *p, HostTensor *t)
{
    if (elem_class(t->elem) != ELEM_CLASS_COMPLEX)
        return t;
    HostTensor *out = ARENA_NEW(p->arena, HostTensor);
    *out = *t;
    out->elem = elem_part(t->elem);
    out->ax = ARENA_ARRAY(p->arena, Axis *, t->n + 1);
    out->dim = ARENA_ARRAY(p->arena, int64_t, t->n + 1);
    for (int i = 0; i < t->n; i++) {
        out->ax[i] = t->ax[i];
        out->dim[i] = t->dim[i];
    }
    out->ax[t->n] = axis_part(p->axes);
    out->dim[out->n++] = 2;
    out->count *= 2;
    return out;
}

static InterpTensor *taken(Arena *a, const HostTensor *t)
{
    InterpTensor *x = interp_tensor(a, t->elem, t->ax, t->dim, t->n);
    for (int64_t i = 0; x && i < t->count; i++) {
        if (x->r)
            x->r[i] = elem_real(t->elem, t->data, i);
        else
            x->i[i] = elem_whole(t->elem, t->data, i);
    }
    return x;
}

// Element number `at` of t, whose axes stand in another order in x.
static int64_t place_in(const InterpTensor *x, const HostTensor *t, int64_t at)
{
    int64_t pos[64] = {0}, k = 0;
    for (int i = t->n - 1; i >= 0; i--) {
        pos[i] = at % t->dim[i];
        at /= t->dim[i];
    }
    for (int i = 0; i < x->n; i++)
        for (int j = 0; j < t->n; j++)
            if (t->ax[j] == x->ax[i])
                k = k * x->dim[i] + pos[j];
    return k;
}

const char *oracle_run(const Program *p, HostTensor *const *in, HostTensor *const *out, PlxCtx *counts)
{
    Arena         *a = arena_new(NULL, NULL);
    InterpTensor **x = ARENA_ARRAY(p->arena, InterpTensor *, p->inputs.n + 1);
    InterpTensor **y = ARENA_ARRAY(p->arena, InterpTensor *, p->outputs.n + 1);
    if (!a)
        return "out of memory";
    for (int i = 0; i < p->inputs.n; i++)
        if (!(x[i] = taken(a, as_real(p, in[i])))) {
            arena_free(a);
            return "too many elements for the interpreter";
        }
    const char *error = interp_run_counting(p, a, NULL, 0, x, y, counts);
    if (error)
        error = arena_strndup(p->arena, error, strlen(error));
    for (int i = 0; i < p->outputs.n && !error; i++) {
        HostTensor *to = as_real(p, out[i]);
        for (int64_t k = 0; k < to->count; k++) {
            int64_t at = place_in(y[i], to, k);
            elem_put(to->elem, to->data, k, y[i]->r ? y[i]->r[at] : 0, y[i]->i ? y[i]->i[at] : 0);
        }
    }
    arena_free(a);
    return error;
}
