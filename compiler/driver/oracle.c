#include "driver/oracle.h"

#include <string.h>

#include "interp/interp.h"

static double number_at(const HostTensor *t, int64_t i)
{
    switch (t->elem) {
    case ELEM_F64: return ((const double *)t->data)[i];
    case ELEM_F32: return (double)((const float *)t->data)[i];
    default: return 0;
    }
}

static int64_t whole_at(const HostTensor *t, int64_t i)
{
    switch (t->elem) {
    case ELEM_I64: return ((const int64_t *)t->data)[i];
    case ELEM_I32: return ((const int32_t *)t->data)[i];
    case ELEM_I8: return ((const int8_t *)t->data)[i];
    default: return ((const uint8_t *)t->data)[i];
    }
}

static void put_at(HostTensor *t, int64_t i, double r, int64_t w)
{
    switch (t->elem) {
    case ELEM_F64: ((double *)t->data)[i] = r; break;
    case ELEM_F32: ((float *)t->data)[i] = (float)r; break;
    case ELEM_I64: ((int64_t *)t->data)[i] = w; break;
    case ELEM_I32: ((int32_t *)t->data)[i] = (int32_t)w; break;
    case ELEM_I8: ((int8_t *)t->data)[i] = (int8_t)w; break;
    case ELEM_U8:
    case ELEM_BOOL: ((uint8_t *)t->data)[i] = (uint8_t)w; break;
    case ELEM_COUNT: break;
    }
}

static InterpTensor *taken(Arena *a, const HostTensor *t)
{
    InterpTensor *x = interp_tensor(a, t->elem, t->ax, t->dim, t->n);
    for (int64_t i = 0; x && i < t->count; i++) {
        if (x->r)
            x->r[i] = number_at(t, i);
        else
            x->i[i] = whole_at(t, i);
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
            put_at(out[i], k, y[i]->r ? y[i]->r[at] : 0, y[i]->i ? y[i]->i[at] : 0);
        }
    arena_free(a);
    return error;
}
