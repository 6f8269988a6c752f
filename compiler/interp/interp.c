#include "interp/interp.h"

#include <string.h>

#include "interp/eval.h"
#include "interp/walk.h"
#include "ir/region.h"

static const int64_t MOST_ELEMENTS = (int64_t)1 << 28;

void interp_fail(Interp *in, const Node *n, const char *what)
{
    if (!in->error)
        in->error = arena_printf(in->keep, "%%%d (%s): %s", n->id, op_info(n->op)->text, what);
}

// ---- sizes and tensors ----

static bool size_lookup(const SizeVar *v, void *user, int64_t *out)
{
    const Interp  *in = user;
    const int64_t *made = map_get(in->made, v);
    if (made) {
        *out = *made;
        return true;
    }
    for (int i = 0; i < in->nsize; i++)
        if (in->size[i].var == v) {
            *out = in->size[i].value;
            return true;
        }
    return false;
}

int64_t interp_size(Interp *in, const Node *n, const Size *s)
{
    int64_t v = 0;
    if (!size_eval(s, size_lookup, in, &v))
        interp_fail(in, n, "a size that is not given");
    return v;
}

InterpTensor *interp_tensor(Arena *a, Elem elem, Axis *const *ax, const int64_t *dim, int n)
{
    InterpTensor *t = ARENA_NEW(a, InterpTensor);
    *t = (InterpTensor){.elem = elem, .n = n, .count = 1};
    t->ax = ARENA_ARRAY(a, Axis *, n + 1);
    t->dim = ARENA_ARRAY(a, int64_t, n + 1);
    for (int i = 0; i < n; i++) {
        t->ax[i] = ax[i];
        t->dim[i] = dim[i];
        if (dim[i] < 0 || (dim[i] > 0 && t->count > MOST_ELEMENTS / dim[i]))
            return NULL;
        t->count *= dim[i];
    }
    if (elem_class(elem) == ELEM_CLASS_FLOAT)
        t->r = ARENA_ARRAY(a, double, t->count + 1);
    else
        t->i = ARENA_ARRAY(a, int64_t, t->count + 1);
    return t;
}

InterpTensor *interp_tensor_of(Interp *in, const Node *n, Type type)
{
    int64_t *dim = ARENA_ARRAY(in->arena, int64_t, type.axes.n + 1);
    for (int i = 0; i < type.axes.n; i++)
        dim[i] = interp_size(in, n, type.axes.at[i]->size);
    InterpTensor *t =
        in->error ? NULL : interp_tensor(in->arena, type.elem, type.axes.at, dim, type.axes.n);
    if (t)
        return t;
    interp_fail(in, n, "too many elements, or a size below 0");
    return interp_tensor(in->arena, type.elem, NULL, NULL, 0);
}

InterpTensor *interp_value(Interp *in, const Node *n) { return map_get(in->value, n); }

static InterpTensor *copy_of(Arena *a, const InterpTensor *t)
{
    InterpTensor *c = interp_tensor(a, t->elem, t->ax, t->dim, t->n);
    size_t        n = (size_t)t->count;
    if (t->r)
        memcpy(c->r, t->r, n * sizeof *c->r);
    else
        memcpy(c->i, t->i, n * sizeof *c->i);
    return c;
}

// ---- regions: each turn has an arena of its own, which lives until the next turn is done ----

static void run_region(Interp *in, const Region *r);

typedef struct {
    Arena *outer, *last;
} Turns;

static bool turn_begin(Interp *in, const Node *n)
{
    in->arena = arena_new(NULL, NULL);
    if (in->arena)
        return true;
    interp_fail(in, n, "out of memory");
    return false;
}

// Carries are copied out of the turn that made them only in the end.
static void turn_end(Interp *in, Turns *t, const Region *body, InterpTensor **carry, int n)
{
    InterpTensor **next = ARENA_ARRAY(in->arena, InterpTensor *, n + 1);
    for (int i = 0; i < n && !in->error; i++)
        next[i] = copy_of(in->arena, interp_value(in, body->results.at[i]));
    for (int i = 0; i < n && !in->error; i++)
        carry[i] = next[i];
    arena_free(t->last);
    t->last = in->arena;
}

static void turns_done(Interp *in, Turns *t, InterpTensor **carry, int n)
{
    in->arena = t->outer;
    for (int i = 0; i < n && !in->error; i++)
        carry[i] = copy_of(in->arena, carry[i]);
    arena_free(t->last);
}

// Carries, then what the region op passes unchanged.
static void pass(Interp *in, const Node *n, const Region *r, int first, InterpTensor **carry,
                 int ncarry)
{
    for (int i = 0; i < n->nin; i++)
        map_put(in->value, r->params.at[first + i],
                i < ncarry ? carry[i] : interp_value(in, n->in[i]));
}

static void stack_at(InterpTensor *stack, const InterpTensor *t, const Axis *axis, int64_t turn)
{
    Walk w = {0};
    for (int i = 0; i < t->n; i++)
        walk_axis(&w, t->ax[i], t->dim[i]);
    int to = walk_slot(&w, stack), from = walk_slot(&w, t);
    w.off[to] = turn * tensor_step(stack, axis);
    if (!walk_any(&w))
        return;
    do
        tensor_put(stack, w.off[to], tensor_get(t, w.off[from]));
    while (walk_next(&w));
}

static InterpTensor *whole_number(Arena *a, int64_t v)
{
    InterpTensor *t = interp_tensor(a, ELEM_I64, NULL, NULL, 0);
    t->i[0] = v;
    return t;
}

// What the turns yielded, one beside the other; while a loop makes its axis, their number is open.
typedef VEC(InterpTensor *) Yields;

static void stack_all(Interp *in, const Node *n, const Yields *y, InterpTensor **out)
{
    const Axis *axis = n->attr.ax[0];
    int         per = n->nouts - (int)n->attr.i;
    for (int i = 0; i < per && !in->error; i++) {
        out[n->attr.i + i] = interp_tensor_of(in, n, n->outs[n->attr.i + i]);
        for (int t = 0; t < y->n / per && !in->error; t++)
            stack_at(out[n->attr.i + i], y->at[t * per + i], axis, t);
    }
}

static bool goes_on(Interp *in, const Node *n, int64_t turn, InterpTensor **carry)
{
    const Region *r = n->body[1];
    if (!r)
        return turn < interp_size(in, n, n->attr.ax[0]->size);
    map_put(in->value, r->params.at[0], whole_number(in->arena, turn));
    pass(in, n, r, 1, carry, (int)n->attr.i);
    run_region(in, r);
    return !in->error && interp_value(in, r->results.at[0])->i[0];
}

static void make_size(Interp *in, const Node *n, int64_t turns)
{
    SizeVar *var = region_made(n);
    int64_t *value = ARENA_NEW(in->keep, int64_t);
    *value = turns;
    if (var)
        map_put(in->made, var, value);
}

static void run_loop(Interp *in, const Node *n, InterpTensor **out)
{
    const Region *r = n->body[0];
    int           ncarry = (int)n->attr.i;
    int64_t       turn = 0, last = n->attr.flag ? interp_size(in, n, n->attr.ax[0]->size) - 1 : 0;
    Turns         t = {in->arena, NULL};
    Yields        yields = {0};
    for (int i = 0; i < ncarry; i++)
        out[i] = interp_value(in, n->in[i]);
    for (; !in->error && turn_begin(in, n); turn++) {
        if (!goes_on(in, n, turn, out)) {
            arena_free(in->arena);
            break;
        }
        map_put(in->value, r->params.at[0], whole_number(in->arena, n->attr.flag ? last - turn : turn));
        pass(in, n, r, 1, out, ncarry);
        run_region(in, r);
        for (int i = ncarry; i < n->nouts && !in->error; i++)
            vec_push(t.outer, &yields, copy_of(t.outer, interp_value(in, r->results.at[i])));
        turn_end(in, &t, r, out, ncarry);
    }
    turns_done(in, &t, out, ncarry);
    make_size(in, n, turn);
    int per = n->nouts - ncarry;
    for (int64_t k = 0; per && n->attr.flag && k < yields.n / per / 2; k++) // by position, not by turn
        for (int i = 0; i < per; i++) {
            InterpTensor **a = &yields.at[k * per + i], **b = &yields.at[(yields.n / per - 1 - k) * per + i];
            InterpTensor  *keep = *a;
            *a = *b;
            *b = keep;
        }
    if (per)
        stack_all(in, n, &yields, out);
}

static void run_branch(Interp *in, const Node *n, InterpTensor **out)
{
    const Region *r = n->body[interp_value(in, n->in[0])->i[0] ? 0 : 1];
    for (int i = 1; i < n->nin; i++)
        map_put(in->value, r->params.at[i - 1], interp_value(in, n->in[i]));
    run_region(in, r);
    for (int i = 0; i < n->nouts && !in->error; i++)
        out[i] = interp_value(in, r->results.at[i]);
}

typedef void RegionFn(Interp *in, const Node *n, InterpTensor **out);
static RegionFn *const region_table[OP_COUNT] = {
    [OP_LOOP] = run_loop, [OP_BRANCH] = run_branch};

// ---- nodes ----

static void run_node(Interp *in, const Node *n)
{
    if (n->op == OP_INPUT)
        return;
    if (n->op == OP_OUT) {
        InterpTensor **all = map_get(in->value, n->in[0]);
        map_put(in->value, n, all[n->attr.i]);
        return;
    }
    if (region_table[n->op]) {
        InterpTensor **out = ARENA_ARRAY(in->arena, InterpTensor *, n->nouts + 1);
        region_table[n->op](in, n, out);
        map_put(in->value, n, out);
        return;
    }
    InterpTensor *out = interp_tensor_of(in, n, n->type);
    if (in->error)
        return;
    interp_eval(in, n, out);
    map_put(in->value, n, out);
}

static void run_region(Interp *in, const Region *r)
{
    for (int i = 0; i < r->nodes.n && !in->error; i++)
        run_node(in, r->nodes.at[i]);
}

// ---- programs ----

static bool input_fits(Interp *in, const Node *n, const InterpTensor *t)
{
    bool fits = t->elem == n->type.elem && t->n == n->type.axes.n &&
                axes_contains((AxisSet){t->ax, t->n}, n->type.axes);
    for (int i = 0; i < t->n && fits; i++)
        fits = t->dim[i] == interp_size(in, n, t->ax[i]->size);
    if (!fits)
        interp_fail(in, n, arena_printf(in->keep, "an input of another type: `%s`", n->attr.text));
    return fits;
}

const char *interp_run(const Program *p, Arena *a, const InterpSize *size, int nsize,
                       InterpTensor *const *in, InterpTensor **out)
{
    return interp_run_counting(p, a, size, nsize, in, out, NULL);
}

const char *interp_run_counting(const Program *p, Arena *a, const InterpSize *size, int nsize, InterpTensor *const *in,
                                InterpTensor **out, PlxCtx *counts)
{
    Interp s = {a, a, size, nsize, map_new(a), map_new(a), NULL, counts};
    p = program_lower(p);
    for (int i = 0; i < p->inputs.n; i++)
        if (input_fits(&s, p->inputs.at[i].node, in[i]))
            map_put(s.value, p->inputs.at[i].node, in[i]);
    run_region(&s, p->main);
    for (int i = 0; i < p->outputs.n && !s.error; i++)
        out[i] = copy_of(a, interp_value(&s, p->outputs.at[i].node));
    return s.error;
}
