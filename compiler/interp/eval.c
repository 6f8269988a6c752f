// How each operation is evaluated: obvious loops over places.
#include "interp/eval.h"

#include <math.h>
#include <string.h>

#include "interp/walk.h"
#include "ir/library.h"
#include "plexus_rt.h"

Scalar tensor_get(const InterpTensor *t, int64_t at)
{
    return t->r ? (Scalar){.r = t->r[at]} : (Scalar){.i = t->i[at]};
}

void tensor_put(InterpTensor *t, int64_t at, Scalar x)
{
    x = scalar_round(x, t->elem);
    if (t->r)
        t->r[at] = x.r;
    else
        t->i[at] = x.i;
}

// What stands outside of a guard, so that a read of it shows: no number, or a position that no axis
// has.
static Scalar poison(void) { return (Scalar){.r = NAN, .i = INT64_MIN / 3}; }

static const InterpTensor *operand(Interp *in, const Node *n, int k)
{
    return interp_value(in, n->in[k]);
}

static void add_axis(Interp *in, const Node *n, Walk *w, Axis *a)
{
    if (!walk_axis(w, a, interp_size(in, n, a->size)))
        interp_fail(in, n, "too many axes");
}

static void add_axes(Interp *in, const Node *n, Walk *w, Axis *const *ax, int count)
{
    for (int i = 0; i < count; i++)
        add_axis(in, n, w, ax[i]);
}

static bool in_list(Axis *const *ax, int n, const Axis *a)
{
    for (int i = 0; i < n; i++)
        if (ax[i] == a)
            return true;
    return false;
}

// A tensor that moves with the axes it has, but not with those of a list.
static int slot_without(Walk *w, const InterpTensor *t, Axis *const *ax, int n)
{
    int s = walk_slot(w, t);
    for (int i = 0; i < w->n; i++)
        if (in_list(ax, n, w->ax[i]))
            w->step[s][i] = 0;
    return s;
}

// A guard's tensor and its slot in a walk.
typedef struct {
    const InterpTensor *mask;   // NULL: no guard
    int                 slot;
} Guard;

static Guard guard_slot(Interp *in, const Node *guarded, Walk *w)
{
    const Node *g = guarded->type.guard;
    return g ? (Guard){interp_value(in, g), walk_slot(w, interp_value(in, g))} : (Guard){NULL, 0};
}

static bool is_out(Guard g, const Walk *w) { return g.mask && !g.mask->i[w->off[g.slot]]; }

// ---- element by element ----

static Scalar converted(Scalar x, Elem from, Elem to)
{
    bool f = elem_class(from) == ELEM_CLASS_FLOAT, t = elem_class(to) == ELEM_CLASS_FLOAT;
    if (f == t)
        return x;
    if (t)
        return (Scalar){.r = (double)x.i};
    if (to == ELEM_BOOL)
        return (Scalar){.i = x.r != 0};
    if (isnan(x.r))
        return (Scalar){.i = 0};
    return (Scalar){.i = x.r >= 0x1p63 ? INT64_MAX : x.r < -0x1p63 ? INT64_MIN : (int64_t)x.r};
}

static Scalar map_scalar(const Node *n, const Scalar *x, bool filled)
{
    Elem e = n->in[0]->type.elem;
    if (n->op == OP_FILL && filled)
        return (Scalar){0};
    return n->op == OP_CONVERT ? converted(x[0], e, n->type.elem) : scalar_of(n->op)(x, e);
}

static void eval_map(Interp *in, const Node *n, InterpTensor *out)
{
    Walk   w = {0};
    int    slot[3];
    Scalar x[3] = {{0}};
    add_axes(in, n, &w, n->type.axes.at, n->type.axes.n);
    int   to = walk_slot(&w, out);
    Guard mine = guard_slot(in, n, &w), fill = guard_slot(in, n->in[0], &w);
    for (int i = 0; i < n->nin; i++)
        slot[i] = walk_slot(&w, operand(in, n, i));
    if (!walk_any(&w))
        return;
    do {
        for (int i = 0; i < n->nin; i++)
            x[i] = tensor_get(operand(in, n, i), w.off[slot[i]]);
        tensor_put(out, w.off[to],
                   is_out(mine, &w) ? poison() : map_scalar(n, x, is_out(fill, &w)));
    } while (walk_next(&w));
}

// ---- views: each copies; only the steps differ ----

// Copies all places of the walk, from one slot to the other.
static void copy_places(Walk *w, const InterpTensor *from, int s, InterpTensor *out, int to,
                        Guard g)
{
    if (!walk_any(w))
        return;
    do
        tensor_put(out, w->off[to], is_out(g, w) ? poison() : tensor_get(from, w->off[s]));
    while (walk_next(w));
}

static void eval_expand(Interp *in, const Node *n, InterpTensor *out)
{
    Walk w = {0};
    add_axes(in, n, &w, n->type.axes.at, n->type.axes.n);
    Guard g = guard_slot(in, n, &w);
    int   to = walk_slot(&w, out), from = walk_slot(&w, operand(in, n, 0));
    copy_places(&w, operand(in, n, 0), from, out, to, g);
}

static void eval_rename(Interp *in, const Node *n, InterpTensor *out)
{
    Walk                w = {0};
    const InterpTensor *x = operand(in, n, 0);
    add_axes(in, n, &w, n->type.axes.at, n->type.axes.n);
    Guard g = guard_slot(in, n, &w);
    int   to = walk_slot(&w, out), from = slot_without(&w, x, n->attr.ax, n->attr.nax);
    for (int k = 0; k < n->attr.nax; k++)
        for (int i = 0; i < w.n; i++)
            if (w.ax[i] == n->attr.bx[k]) {
                w.step[from][i] = tensor_step(x, n->attr.ax[k]);
                if (w.dim[i] != tensor_dim(x, n->attr.ax[k]))
                    interp_fail(in, n, "axes of different sizes");
            }
    if (!in->error)
        copy_places(&w, x, from, out, to, g);
}

// Lets a slot's tensor, which has `whole`, move with the parts that it is split into.
static void move_by_parts(Walk *w, int slot, int64_t step, Axis *const *part, int n)
{
    for (int k = n - 1; k >= 0; k--)
        for (int i = 0; i < w->n; i++)
            if (w->ax[i] == part[k]) {
                w->step[slot][i] = step;
                step *= w->dim[i];
            }
}

static bool parts_fit(Interp *in, const Node *n, const Axis *whole, Axis *const *part, int count)
{
    int64_t product = 1;
    for (int i = 0; i < count; i++)
        if (__builtin_mul_overflow(product, interp_size(in, n, part[i]->size), &product))
            product = -1;
    if (product != interp_size(in, n, whole->size))
        interp_fail(in, n, "parts whose product is not the whole");
    return !in->error;
}

static void eval_split(Interp *in, const Node *n, InterpTensor *out)
{
    Walk                w = {0};
    const InterpTensor *x = operand(in, n, 0);
    add_axes(in, n, &w, n->type.axes.at, n->type.axes.n);
    Guard g = guard_slot(in, n, &w);
    int   to = walk_slot(&w, out), from = slot_without(&w, x, n->attr.ax, 1);
    move_by_parts(&w, from, tensor_step(x, n->attr.ax[0]), n->attr.bx, n->attr.nbx);
    if (parts_fit(in, n, n->attr.ax[0], n->attr.bx, n->attr.nbx))
        copy_places(&w, x, from, out, to, g);
}

static void eval_merge(Interp *in, const Node *n, InterpTensor *out)
{
    Walk                w = {0};
    const InterpTensor *x = operand(in, n, 0);
    Axis               *whole = n->attr.bx[0];
    add_axes(in, n, &w, n->in[0]->type.axes.at, n->in[0]->type.axes.n);
    Guard g = guard_slot(in, n, &w);
    int   to = slot_without(&w, out, &whole, 1), from = walk_slot(&w, x);
    move_by_parts(&w, to, tensor_step(out, whole), n->attr.ax, n->attr.nax);
    if (g.mask && tensor_step(g.mask, whole))
        move_by_parts(&w, g.slot, tensor_step(g.mask, whole), n->attr.ax, n->attr.nax);
    if (parts_fit(in, n, whole, n->attr.ax, n->attr.nax))
        copy_places(&w, x, from, out, to, g);
}

static void eval_concat(Interp *in, const Node *n, InterpTensor *out)
{
    int64_t start = 0, step = tensor_step(out, n->attr.bx[0]);
    for (int k = 0; k < n->nin && !in->error; k++) {
        Walk                w = {0};
        const InterpTensor *x = operand(in, n, k);
        for (int i = 0; i < n->type.axes.n; i++)
            if (n->type.axes.at[i] != n->attr.bx[0])
                add_axis(in, n, &w, n->type.axes.at[i]);
        int rest = w.n;
        add_axis(in, n, &w, n->attr.ax[k]);
        if (in->error || start + w.dim[rest] > tensor_dim(out, n->attr.bx[0])) {
            interp_fail(in, n, "parts that are longer than the whole");
            return;
        }
        int to = walk_slot(&w, out), from = slot_without(&w, x, &n->attr.ax[k], 1);
        w.step[to][rest] = step;
        w.step[from][rest] = tensor_step(x, n->attr.ax[k]);
        w.off[to] = start * step;
        copy_places(&w, x, from, out, to, (Guard){NULL, 0});
        start += w.dim[rest];
    }
    if (start != tensor_dim(out, n->attr.bx[0]))
        interp_fail(in, n, "parts that are shorter than the whole");
}

// ---- reductions ----

static Scalar least_of(Elem e)
{
    return (Scalar){.r = -INFINITY,
                    .i = e == ELEM_I64   ? INT64_MIN
                         : e == ELEM_I32 ? INT32_MIN
                         : e == ELEM_I8  ? INT8_MIN
                                         : 0};
}

static Scalar most_of(Elem e)
{
    return (Scalar){.r = INFINITY,
                    .i = e == ELEM_I64   ? INT64_MAX
                         : e == ELEM_I32 ? INT32_MAX
                         : e == ELEM_I8  ? INT8_MAX
                                         : UINT8_MAX};
}

// What a reduction does with two elements (an operation of class MAP), and what it is of none.
typedef struct {
    bool   known;
    Op     pair;
    double of_none;   // of_least: +1 the least, -1 the most there is
    int    of_least;
} Folding;

static const Folding folding[OP_COUNT] = {
    [OP_SUM] = {true, OP_ADD, 0, 0},          [OP_CONTRACT] = {true, OP_ADD, 0, 0},
    [OP_PROD] = {true, OP_MUL, 1, 0},         [OP_MAX] = {true, OP_MAX2, 0, 1},
    [OP_MIN] = {true, OP_MIN2, 0, -1},        [OP_ANY] = {true, OP_OR, 0, 0},
    [OP_ALL] = {true, OP_AND, 1, 0},          [OP_SCATTER_ADD] = {true, OP_ADD, 0, 0},
    [OP_SCATTER_MAX] = {true, OP_MAX2, 0, 1}, [OP_SCATTER_MIN] = {true, OP_MIN2, 0, -1},
    [OP_SCATTER_PROD] = {true, OP_MUL, 1, 0},
};

static Scalar of_none(Op op, Elem e)
{
    const Folding *f = &folding[op];
    if (f->of_least)
        return f->of_least > 0 ? least_of(e) : most_of(e);
    return (Scalar){.r = f->of_none, .i = (int64_t)f->of_none};
}

static Scalar folded(Op op, Scalar acc, Scalar x, Elem e)
{
    Scalar pair[2] = {acc, x};
    return scalar_of(folding[op].pair)(pair, e);
}

// Is x the new extremum? The first NaN wins over all numbers.
static bool beats(Op op, Scalar x, Scalar best, Elem e)
{
    Scalar less[2] = {op == OP_ARGMAX ? best : x, op == OP_ARGMAX ? x : best};
    if (elem_class(e) == ELEM_CLASS_FLOAT && (isnan(x.r) || isnan(best.r)))
        return isnan(x.r) && !isnan(best.r);
    return scalar_of(OP_LT)(less, e).i != 0;
}

// The operands of a reduction at a place: `outer` walks the result's axes, `inner` those that are
// reduced.
typedef struct {
    Walk                outer, inner;
    const InterpTensor *x[2];
    Guard               out[2], in[2];
    int                 slot[2], sub[2], n;
} Reduction;

static bool is_absent(const Reduction *r)
{
    for (int k = 0; k < r->n; k++) {
        const InterpTensor *mask = r->out[k].mask;
        if (mask && !mask->i[r->outer.off[r->out[k].slot] + r->inner.off[r->in[k].slot]])
            return true;
    }
    return false;
}

static Scalar element(const Reduction *r, Elem e)
{
    Scalar x[2];
    for (int k = 0; k < r->n; k++)
        x[k] = tensor_get(r->x[k], r->outer.off[r->slot[k]] + r->inner.off[r->sub[k]]);
    return r->n == 1 ? x[0] : scalar_of(OP_MUL)(x, e);
}

static Scalar reduced(Reduction *r, const Node *n)
{
    Elem    e = n->in[0]->type.elem;
    Scalar  acc = of_none(n->op, e);
    int64_t at = 0, best = 0;
    bool    any = false;
    if (walk_any(&r->inner))
        do {
            if (!is_absent(r)) {
                Scalar x = element(r, e);
                if (folding[n->op].known) {
                    acc = folded(n->op, acc, x, e);
                } else if (!any || beats(n->op, x, acc, e)) {
                    acc = x;
                    best = at;
                }
                any = true;
            }
            at++;
        } while (walk_next(&r->inner));
    return folding[n->op].known ? acc : (Scalar){.i = best};
}

static void eval_reduce(Interp *in, const Node *n, InterpTensor *out)
{
    Reduction r = {.n = n->nin};
    add_axes(in, n, &r.outer, n->type.axes.at, n->type.axes.n);
    add_axes(in, n, &r.inner, n->attr.ax, n->attr.nax);
    int   to = walk_slot(&r.outer, out);
    Guard mine = guard_slot(in, n, &r.outer);
    for (int k = 0; k < n->nin; k++) {
        r.x[k] = operand(in, n, k);
        r.slot[k] = walk_slot(&r.outer, r.x[k]);
        r.sub[k] = walk_slot(&r.inner, r.x[k]);
        r.out[k] = guard_slot(in, n->in[k], &r.outer);
        r.in[k] = guard_slot(in, n->in[k], &r.inner);
    }
    if (!walk_any(&r.outer))
        return;
    do
        tensor_put(out, r.outer.off[to], is_out(mine, &r.outer) ? poison() : reduced(&r, n));
    while (walk_next(&r.outer));
}

// Walks all axes of the result but one; along that one the caller goes itself.
static Walk along(Interp *in, const Node *n, const Axis *k)
{
    Walk w = {0};
    for (int i = 0; i < n->type.axes.n; i++)
        if (n->type.axes.at[i] != k)
            add_axis(in, n, &w, n->type.axes.at[i]);
    return w;
}

static void eval_cumsum(Interp *in, const Node *n, InterpTensor *out)
{
    const InterpTensor *x = operand(in, n, 0);
    Axis               *k = n->attr.ax[0];
    Walk                w = along(in, n, k);
    int64_t size = tensor_dim(out, k), step = tensor_step(out, k), from = tensor_step(x, k);
    int                 to = walk_slot(&w, out), s = walk_slot(&w, x);
    Guard               mine = guard_slot(in, n, &w);
    if (!walk_any(&w))
        return;
    do {
        Scalar acc = {0};
        for (int64_t i = 0; i < size; i++) {
            int64_t at = n->attr.i ? size - 1 - i : i;
            acc = folded(OP_SUM, acc, tensor_get(x, w.off[s] + at * from), n->type.elem);
            tensor_put(out, w.off[to] + at * step, is_out(mine, &w) ? poison() : acc);
        }
    } while (walk_next(&w));
}

// Ascending; NaN last.
static bool sorts_before(Scalar x, Scalar y, Elem e)
{
    if (elem_class(e) != ELEM_CLASS_FLOAT)
        return x.i < y.i;
    return x.r < y.r || (isnan(y.r) && !isnan(x.r));
}

static void sort_row(const InterpTensor *x, int64_t base, int64_t step, int64_t n, int64_t *order)
{
    for (int64_t i = 0; i < n; i++) {
        int64_t k = i;
        Scalar  v = tensor_get(x, base + i * step);
        for (; k > 0 && sorts_before(v, tensor_get(x, base + order[k - 1] * step), x->elem); k--)
            order[k] = order[k - 1];
        order[k] = i;
    }
}

static void eval_check(Interp *in, const Node *n, InterpTensor *out)
{
    const InterpTensor *x = operand(in, n, 0);
    if (operand(in, n, 1)->i[0] && !n->attr.size)
        interp_fail(in, n, arena_printf(in->keep, "%s %lld", n->attr.text, (long long)operand(in, n, 2)->i[0]));
    else if (operand(in, n, 1)->i[0])
        interp_fail(in, n, arena_printf(in->keep, "%s: position %lld is not in 0..%lld", n->attr.text,
                                        (long long)operand(in, n, 2)->i[0],
                                        (long long)interp_size(in, n, n->attr.size) - 1));
    for (int64_t i = 0; i < out->count; i++)
        out->i[i] = x->i[i];
}

static void eval_tally(Interp *in, const Node *n, InterpTensor *out)
{
    const InterpTensor *x = operand(in, n, 0);
    if (in->counts)
        plx_unsettled(in->counts, n->attr.text, operand(in, n, 1)->i[0], operand(in, n, 2)->i[0]);
    memcpy(out->i, x->i, sizeof *x->i * (size_t)x->count);
}

static void eval_argsort(Interp *in, const Node *n, InterpTensor *out)
{
    const InterpTensor *x = operand(in, n, 0);
    Axis               *k = n->attr.ax[0];
    Walk                w = along(in, n, k);
    int64_t             size = tensor_dim(out, k), step = tensor_step(out, k);
    int64_t            *order = ARENA_ARRAY(in->arena, int64_t, size + 1);
    int                 to = walk_slot(&w, out), s = walk_slot(&w, x);
    if (!walk_any(&w))
        return;
    do {
        sort_row(x, w.off[s], tensor_step(x, k), size, order);
        for (int64_t i = 0; i < size; i++)
            tensor_put(out, w.off[to] + i * step, (Scalar){.i = order[i]});
    } while (walk_next(&w));
}

// ---- positions ----

// The offset in t at the positions in[1…] along `ax`; false where one is out of range.
static bool find_place(Interp *in, const Node *n, const Walk *w, const int *slot, Axis *const *ax,
                       int count, const InterpTensor *t, int64_t *offset)
{
    bool inside = true;
    *offset = 0;
    for (int k = 0; k < count; k++) {
        int64_t at = tensor_get(operand(in, n, 1 + k), w->off[slot[k]]).i;
        inside = inside && at >= 0 && at < tensor_dim(t, ax[k]);
        *offset += inside ? at * tensor_step(t, ax[k]) : 0;
    }
    return inside;
}

static bool position_slots(Interp *in, const Node *n, Walk *w, int *slot)
{
    if (n->nin + 4 > WALK_SLOTS) {
        interp_fail(in, n, "too many positions");
        return false;
    }
    for (int k = 1; k < n->nin; k++)
        slot[k - 1] = walk_slot(w, operand(in, n, k));
    return !in->error && walk_any(w);
}

static void eval_index(Interp *in, const Node *n, InterpTensor *out)
{
    Walk                w = {0};
    int                 slot[WALK_SLOTS];
    int64_t             at;
    const InterpTensor *x = operand(in, n, 0), *other = operand(in, n, n->nin - 1);
    add_axes(in, n, &w, n->type.axes.at, n->type.axes.n);
    int   to = walk_slot(&w, out), from = slot_without(&w, x, n->attr.ax, n->attr.nax);
    Guard mine = guard_slot(in, n, &w);
    if (!position_slots(in, n, &w, slot))
        return;
    do {
        Scalar v = poison();
        if (is_out(mine, &w)) {
        } else if (find_place(in, n, &w, slot, n->attr.ax, n->attr.nax, x, &at)) {
            v = tensor_get(x, w.off[from] + at);
        } else if (n->attr.i) {
            v = tensor_get(other, w.off[slot[n->nin - 2]]);
        } else {
            interp_fail(in, n, "a position out of range, where all are promised to be in range");
        }
        tensor_put(out, w.off[to], v);
    } while (walk_next(&w) && !in->error);
}

// Is this the place that the positions name?
static bool is_place(const Node *n, const Walk *w, const int64_t *pos)
{
    for (int k = 0; k < n->attr.nax; k++)
        for (int i = 0; i < w->n; i++)
            if (w->ax[i] == n->attr.ax[k] && w->at[i] != pos[k])
                return false;
    return true;
}

static void eval_update(Interp *in, const Node *n, InterpTensor *out)
{
    Walk    w = {0};
    int     slot[WALK_SLOTS];
    int64_t pos[WALK_SLOTS];
    add_axes(in, n, &w, n->type.axes.at, n->type.axes.n);
    int   to = walk_slot(&w, out), from = walk_slot(&w, operand(in, n, 0));
    Guard mine = guard_slot(in, n, &w);
    if (!position_slots(in, n, &w, slot))
        return;
    do {
        for (int k = 0; k < n->attr.nax; k++)
            pos[k] = tensor_get(operand(in, n, 1 + k), w.off[slot[k]]).i;
        Scalar v = is_place(n, &w, pos) ? tensor_get(operand(in, n, n->nin - 1), w.off[slot[n->nin - 2]])
                                        : tensor_get(operand(in, n, 0), w.off[from]);
        tensor_put(out, w.off[to], is_out(mine, &w) ? poison() : v);
    } while (walk_next(&w));
}

static void eval_scatter(Interp *in, const Node *n, InterpTensor *out)
{
    Walk                w = {0};
    int                 slot[WALK_SLOTS];
    int64_t             at;
    AxisSet             all = {0};
    const InterpTensor *x = operand(in, n, 0);
    for (int k = 0; k < n->nin; k++)
        all = axes_union(in->arena, all, n->in[k]->type.axes);
    for (int64_t i = 0; i < out->count; i++)
        tensor_put(out, i, of_none(n->op, n->type.elem));
    add_axes(in, n, &w, all.at, all.n);
    int   to = slot_without(&w, out, n->attr.ax, n->attr.nax), from = walk_slot(&w, x);
    Guard source = guard_slot(in, n->in[0], &w);
    if (!position_slots(in, n, &w, slot))
        return;
    do {
        if (is_out(source, &w) || !find_place(in, n, &w, slot, n->attr.bx, n->attr.nbx, out, &at))
            continue;
        Scalar acc = tensor_get(out, w.off[to] + at);
        tensor_put(out, w.off[to] + at,
                   folded(n->op, acc, tensor_get(x, w.off[from]), n->type.elem));
    } while (walk_next(&w));
}

// ---- routines: the very ones that compiled code calls ----

static PlxRoutine *const routines[OP_COUNT] = {
#define LIBRARY(id, routine, signature) [OP_##id] = routine,
#include "ir/library.def"
#undef LIBRARY
};

// t's values as the runtime has them.
static void *raw_of(Interp *in, const InterpTensor *t)
{
    double *wide = ARENA_ARRAY(in->arena, double, t->count + 1);
    float  *narrow = (float *)wide;
    for (int64_t i = 0; i < t->count; i++)
        if (t->elem == ELEM_F64)
            wide[i] = t->r[i];
        else
            narrow[i] = (float)t->r[i];
    return wide;
}

static void from_raw(InterpTensor *t, const void *raw)
{
    for (int64_t i = 0; i < t->count; i++)
        t->r[i] = t->elem == ELEM_F64 ? ((const double *)raw)[i] : (double)((const float *)raw)[i];
}

static int64_t *put_strides(int64_t *shape, const InterpTensor *t, Elem e, const AxisSet *lists)
{
    *shape++ = e;
    for (int l = 0; l < 3; l++)
        for (int i = 0; i < lists[l].n; i++)
            *shape++ = t ? tensor_step(t, lists[l].at[i]) : 0;
    return shape;
}

static void eval_library(Interp *in, const Node *n, InterpTensor *out)
{
    LibraryShape s = library_shape(n->op);
    AxisSet      lists[3] = {{n->attr.ax, n->attr.nax}, {0}, {0}}; // letters, starred, passing
    void        *data[2 * LIBRARY_ARRAYS] = {NULL};
    PlxCtx       ctx;
    library_axes(in->arena, &s, n->in, axes_of(in->arena, n->attr.ax, n->attr.nax), &lists[2], &lists[1]);
    int      axes = lists[0].n + lists[1].n + lists[2].n;
    int64_t *shape = ARENA_ARRAY(in->arena, int64_t, 3 + axes + (s.nin + s.nout) * (axes + 1)), *at = shape;
    for (int l = 0; l < 3; l++)
        *at++ = lists[l].n;
    for (int l = 0; l < 3; l++)
        for (int i = 0; i < lists[l].n; i++)
            *at++ = interp_size(in, n, lists[l].at[i]->size);
    for (int i = 0; i < s.nin; i++) {
        at = put_strides(at, operand(in, n, i), operand(in, n, i)->elem, lists);
        data[i] = raw_of(in, operand(in, n, i));
    }
    for (int i = 0; i < s.nout; i++)
        at = put_strides(at, i == n->attr.i ? out : NULL, out->elem, lists);
    data[s.nin + n->attr.i] = raw_of(in, out);
    plx_ctx_init(&ctx, NULL, NULL);
    plx_library(&ctx, routines[n->op], s.text, shape, data);
    if (ctx.failed)
        interp_fail(in, n, arena_printf(in->keep, "%s", ctx.error.text));
    plx_ctx_free(&ctx);
    from_raw(out, data[s.nin + n->attr.i]);
}

// ---- leaves ----

static void eval_const(Interp *in, const Node *n, InterpTensor *out)
{
    (void)in;
    tensor_put(out, 0, (Scalar){.r = n->attr.r, .i = n->attr.i});
}

static void eval_iota(Interp *in, const Node *n, InterpTensor *out)
{
    (void)in, (void)n;
    for (int64_t i = 0; i < out->count; i++)
        out->i[i] = i;
}

static void eval_size(Interp *in, const Node *n, InterpTensor *out)
{
    out->i[0] = interp_size(in, n, n->attr.size);
}

static void eval_table(Interp *in, const Node *n, InterpTensor *out)
{
    Walk w = {0};
    int  i = 0;
    add_axes(in, n, &w, n->attr.ax, n->attr.nax);
    int to = walk_slot(&w, out);
    if (out->count != n->attr.ndata)
        interp_fail(in, n, "a table of another size");
    if (in->error || !walk_any(&w))
        return;
    do {
        Scalar v = converted((Scalar){.r = n->attr.data[i++]}, ELEM_F64, n->type.elem);
        tensor_put(out, w.off[to], v);
    } while (walk_next(&w));
}

static void eval_call(Interp *in, const Node *n, InterpTensor *out)
{
    (void)out;
    interp_fail(in, n, "a call whose body is not here");
}

// ---- the table ----

typedef void EvalFn(Interp *in, const Node *n, InterpTensor *out);
static EvalFn *const by_class[] = {
    [OPC_MAP] = eval_map, [OPC_REDUCE] = eval_reduce, [OPC_INDEX] = eval_scatter,
    [OPC_LIBRARY] = eval_library};
static EvalFn *const by_op[OP_COUNT] = {
    [OP_CONST] = eval_const,     [OP_TABLE] = eval_table,   [OP_IOTA] = eval_iota,
    [OP_SIZE] = eval_size,       [OP_CALL] = eval_call,     [OP_EXPAND] = eval_expand,
    [OP_RENAME] = eval_rename,   [OP_SPLIT] = eval_split,   [OP_MERGE] = eval_merge,
    [OP_CONCAT] = eval_concat,   [OP_CUMSUM] = eval_cumsum, [OP_INDEX] = eval_index,
    [OP_ARGSORT] = eval_argsort, [OP_CHECK] = eval_check, [OP_TALLY] = eval_tally,   [OP_UPDATE] = eval_update,
};

void interp_eval(Interp *in, const Node *n, InterpTensor *out)
{
    EvalFn *f = by_op[n->op] ? by_op[n->op] : by_class[op_info(n->op)->class];
    f(in, n, out);
}
