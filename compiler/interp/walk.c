#include "interp/walk.h"

int64_t tensor_step(const InterpTensor *t, const Axis *a)
{
    int64_t step = 1;
    for (int i = t->n - 1; i >= 0; i--) {
        if (t->ax[i] == a)
            return step;
        step *= t->dim[i];
    }
    return 0;
}

int64_t tensor_dim(const InterpTensor *t, const Axis *a)
{
    for (int i = 0; i < t->n; i++)
        if (t->ax[i] == a)
            return t->dim[i];
    return 1;
}

bool walk_axis(Walk *w, Axis *a, int64_t dim)
{
    if (w->n == WALK_AXES)
        return false;
    w->ax[w->n] = a;
    w->dim[w->n++] = dim;
    return true;
}

int walk_slot_still(Walk *w) { return w->slots++; }

int walk_slot(Walk *w, const InterpTensor *t)
{
    int s = walk_slot_still(w);
    for (int i = 0; i < w->n; i++)
        w->step[s][i] = tensor_step(t, w->ax[i]);
    return s;
}

bool walk_any(const Walk *w)
{
    for (int i = 0; i < w->n; i++)
        if (w->dim[i] == 0)
            return false;
    return true;
}

bool walk_next(Walk *w)
{
    for (int i = w->n - 1; i >= 0; i--) {
        bool    more = ++w->at[i] < w->dim[i];
        int64_t move = more ? 1 : -(w->dim[i] - 1);
        for (int s = 0; s < w->slots; s++)
            w->off[s] += move * w->step[s][i];
        if (more)
            return true;
        w->at[i] = 0;
    }
    return false;
}
