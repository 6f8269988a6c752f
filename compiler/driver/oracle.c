#include "driver/oracle.h"

#include <string.h>

#include "interp/interp.h"

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

const char *oracle_run(const Program *p, HostTensor *const *in, HostTensor *const *out)
{
    Arena         *a = arena_new(NULL, NULL);
    InterpTensor **x = ARENA_ARRAY(p->arena, InterpTensor *, p->inputs.n + 1);
    InterpTensor **y = ARENA_ARRAY(p->arena, InterpTensor *, p->outputs.n + 1);
    if (!a)
        return "out of memory";
    for (int i = 0; i < p->inputs.n; i++)
        if (!(x[i] = taken(a, in[i]))) {
            arena_free(a);
            return "too many elements for the interpreter";
        }
    const char *error = interp_run(p, a, NULL, 0, x, y);
    if (error)
        error = arena_strndup(p->arena, error, strlen(error));
    for (int i = 0; i < p->outputs.n && !error; i++)
        for (int64_t k = 0; k < out[i]->count; k++) {
            int64_t at = place_in(y[i], out[i], k);
            elem_put(out[i]->elem, out[i]->data, k, y[i]->r ? y[i]->r[at] : 0, y[i]->i ? y[i]->i[at] : 0);
        }
    arena_free(a);
    return error;
}
