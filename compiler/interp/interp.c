#include "interp/interp.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "interp/scalar.h"

enum { MOST_AXES = 64 };
static const int64_t MOST_ELEMENTS = (int64_t)1 << 28;

typedef struct {
    const Program    *program;
    Arena            *arena;
    const InterpSize *size;
    int               nsize;
    Map              *value;   // Node -> InterpTensor; region operations: InterpTensor *[]
    const char       *error;
} Interp;

// A place: the position along each axis that is bound.
typedef struct {
    Axis   *ax[MOST_AXES];
    int64_t at[MOST_AXES];
    int     n;
} Place;

static void fail(Interp *in, const Node *n, const char *what)
{
    if (!in->error)
        in->error = arena_printf(in->arena, "%%%d (%s): %s", n->id, op_info(n->op)->text, what);
}

// ---- sizes ----

static bool size_lookup(const SizeVar *v, void *user, int64_t *out)
{
    Interp *in = user;
    for (int i = 0; i < in->nsize; i++)
        if (in->size[i].var == v) {
            *out = in->size[i].value;
            return true;
        }
    return false;
}

static int64_t size_of(Interp *in, const Node *n, const Size *s)
{
    int64_t v = 0;
    if (!size_eval(s, size_lookup, in, &v))
        fail(in, n, "a size that is not given");
    return v;
}

// ---- tensors ----

InterpTensor *interp_tensor(Arena *a, Elem elem, Axis *const *ax, const int64_t *dim, int n)
{
    InterpTensor *t = ARENA_NEW(a, InterpTensor);
    t->elem = elem;
    t->n = n;
    t->ax = ARENA_ARRAY(a, Axis *, n + 1);
    t->dim = ARENA_ARRAY(a, int64_t, n + 1);
    t->count = 1;
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

static InterpTensor *tensor_for(Interp *in, const Node *n, Type type)
{
    int64_t dim[MOST_AXES];
    for (int i = 0; i < type.axes.n; i++)
        dim[i] = size_of(in, n, type.axes.at[i]->size);
    InterpTensor *t = interp_tensor(in->arena, type.elem, type.axes.at, dim, type.axes.n);
    if (!t) {
        fail(in, n, "too many elements");
        t = interp_tensor(in->arena, type.elem, NULL, NULL, 0);
    }
    return t;
}

static int64_t offset(const InterpTensor *t, const Place *p)
{
    int64_t at = 0;
    for (int i = 0; i < t->n; i++) {
        int64_t k = 0;
        for (int j = p->n - 1; j >= 0; j--)  // the newest binding of an axis counts
            if (p->ax[j] == t->ax[i]) {
                k = p->at[j];
                break;
            }
        at = at * t->dim[i] + k;
    }
    return at;
}

static Scalar get(const InterpTensor *t, int64_t at)
{
    return t->r ? (Scalar){.r = t->r[at]} : (Scalar){.i = t->i[at]};
}

static void put(InterpTensor *t, int64_t at, Scalar x)
{
    x = scalar_round(x, t->elem);
    if (t->r)
        t->r[at] = x.r;
    else
        t->i[at] = x.i;
}

static InterpTensor *value(Interp *in, const Node *n) { return map_get(in->value, n); }

static void bind(Place *p, Axis *a, int64_t at)
{
    if (p->n == MOST_AXES)
        return;
    p->ax[p->n] = a;
    p->at[p->n++] = at;
}

// Steps `p` (its bindings from `from` on, with sizes dim) to the next place; false behind the last.
static bool next_place(Place *p, int from, const int64_t *dim)
{
    for (int i = p->n - 1; i >= from; i--) {
        if (++p->at[i] < dim[i - from])
            return true;
        p->at[i] = 0;
    }
    return false;
}

static bool begin_place(Place *p, Axis *const *ax, const int64_t *dim, int n)
{
    for (int i = 0; i < n; i++)
        bind(p, ax[i], 0);
    for (int i = 0; i < n; i++)
        if (dim[i] == 0)
            return false;
    return true;
}

// What is guarded out is poison, so that a read of it shows.
static Scalar poison(Elem e) { return elem_class(e) == ELEM_CLASS_FLOAT ? (Scalar){.r = NAN} : (Scalar){.i = 0}; }

static bool guarded_out(Interp *in, const Node *n, const Place *p)
{
    return n->type.guard && !get(value(in, n->type.guard), offset(value(in, n->type.guard), p)).i;
}

// ---- operations ----

static Scalar convert(Scalar x, Elem from, Elem to)
{
    bool f = elem_class(from) == ELEM_CLASS_FLOAT, t = elem_class(to) == ELEM_CLASS_FLOAT;
    if (f && !t)
        return (Scalar){.i = !(x.r == x.r) ? 0 : x.r >= 9.2233720368547758e18 ? INT64_MAX : x.r <= -9.2233720368547758e18 ? INT64_MIN : (int64_t)x.r};
    return !f && t ? (Scalar){.r = (double)x.i} : x;
}

static Scalar map_at(Interp *in, const Node *n, const Place *p)
{
    Scalar x[3];
    for (int i = 0; i < n->nin; i++)
        x[i] = get(value(in, n->in[i]), offset(value(in, n->in[i]), p));
    if (n->op == OP_FILL)
        return guarded_out(in, n->in[0], p) ? (Scalar){0} : x[0];
    if (n->op == OP_CONVERT)
        return convert(x[0], n->in[0]->type.elem, n->type.elem);
    return scalar_of(n->op)(x, n->in[0]->type.elem);
}

typedef struct {
    Scalar  acc;
    int64_t at, best;
    bool    any;
} Reduction;

static Scalar identity(Op op, Elem e)
{
    bool f = elem_class(e) == ELEM_CLASS_FLOAT;
    switch ((int)op) {
    case OP_PROD:
    case OP_SCATTER_PROD: return f ? (Scalar){.r = 1} : (Scalar){.i = 1};
    case OP_MAX:
    case OP_SCATTER_MAX: return f ? (Scalar){.r = -INFINITY} : (Scalar){.i = INT64_MIN};
    case OP_MIN:
    case OP_SCATTER_MIN: return f ? (Scalar){.r = INFINITY} : (Scalar){.i = INT64_MAX};
    case OP_ALL: return (Scalar){.i = 1};
    default: return (Scalar){0};
    }
}

static Scalar combine(Op op, Scalar a, Scalar x, Elem e)
{
    Scalar pair[2] = {a, x};
    switch ((int)op) {
    case OP_PROD:
    case OP_SCATTER_PROD: return scalar_of(OP_MUL)(pair, e);
    case OP_MAX:
    case OP_SCATTER_MAX: return scalar_of(OP_MAX2)(pair, e);
    case OP_MIN:
    case OP_SCATTER_MIN: return scalar_of(OP_MIN2)(pair, e);
    case OP_ANY: return scalar_of(OP_OR)(pair, e);
    case OP_ALL: return scalar_of(OP_AND)(pair, e);
    default: return scalar_of(OP_ADD)(pair, e);
    }
}

static void reduce_step(Op op, Reduction *r, Scalar x, Elem e)
{
    bool f = elem_class(e) == ELEM_CLASS_FLOAT;
    if (op == OP_ARGMAX || op == OP_ARGMIN) {
        bool better = !r->any || (op == OP_ARGMAX ? (f ? x.r > r->acc.r : x.i > r->acc.i) : (f ? x.r < r->acc.r : x.i < r->acc.i)) ||
                      (f && isnan(x.r) && !isnan(r->acc.r));
        if (better) {
            r->acc = x;
            r->best = r->at;
        }
    } else {
        r->acc = combine(op, r->acc, x, e);
    }
    r->any = true;
    r->at++;
}

static Scalar reduce_at(Interp *in, const Node *n, const Place *at)
{
    int64_t   dim[MOST_AXES];
    Place     p = *at;
    Elem      e = n->in[0]->type.elem;
    Reduction r = {.acc = identity(n->op, e)};
    for (int i = 0; i < n->attr.nax; i++)
        dim[i] = size_of(in, n, n->attr.ax[i]->size);
    int from = p.n;
    if (begin_place(&p, n->attr.ax, dim, n->attr.nax))
        do {
            if (guarded_out(in, n->in[0], &p) || (n->nin > 1 && guarded_out(in, n->in[1], &p))) {
                r.at++;
                continue;
            }
            Scalar x = get(value(in, n->in[0]), offset(value(in, n->in[0]), &p));
            if (n->op == OP_CONTRACT) {
                Scalar pair[2] = {x, get(value(in, n->in[1]), offset(value(in, n->in[1]), &p))};
                x = scalar_of(OP_MUL)(pair, e);
            }
            reduce_step(n->op, &r, x, e);
        } while (next_place(&p, from, dim));
    return n->op == OP_ARGMAX || n->op == OP_ARGMIN ? (Scalar){.i = r.best} : r.acc;
}

// Position `at` along the result's axes, for views: where the operand is read.
static Scalar view_at(Interp *in, const Node *n, const Place *at)
{
    Place   p = *at;
    int64_t k = 0;
    switch ((int)n->op) {
    case OP_RENAME:
        for (int i = 0; i < n->attr.nax; i++)
            for (int j = 0; j < at->n; j++)
                if (at->ax[j] == n->attr.bx[i])
                    bind(&p, n->attr.ax[i], at->at[j]);
        break;
    case OP_SPLIT:
    case OP_MERGE: {
        Axis **from = n->op == OP_SPLIT ? n->attr.bx : n->attr.ax;
        int    count = n->op == OP_SPLIT ? n->attr.nbx : n->attr.nax;
        Axis  *whole = n->op == OP_SPLIT ? n->attr.ax[0] : n->attr.bx[0];
        if (n->op == OP_SPLIT) {
            for (int i = 0; i < count; i++)
                for (int j = 0; j < at->n; j++)
                    if (at->ax[j] == from[i])
                        k = k * size_of(in, n, from[i]->size) + at->at[j];
            bind(&p, whole, k);
            break;
        }
        for (int j = 0; j < at->n; j++)
            if (at->ax[j] == whole)
                k = at->at[j];
        for (int i = count - 1; i >= 0; i--) {
            int64_t size = size_of(in, n, from[i]->size);
            bind(&p, from[i], size ? k % size : 0);
            k = size ? k / size : 0;
        }
        break;
    }
    case OP_CONCAT:
        for (int j = 0; j < at->n; j++)
            if (at->ax[j] == n->attr.bx[0])
                k = at->at[j];
        for (int i = 0; i < n->nin; i++) {
            int64_t size = size_of(in, n, n->attr.ax[i]->size);
            if (k < size) {
                bind(&p, n->attr.ax[i], k);
                return get(value(in, n->in[i]), offset(value(in, n->in[i]), &p));
            }
            k -= size;
        }
        break;
    default: break;
    }
    return get(value(in, n->in[0]), offset(value(in, n->in[0]), &p));
}

static Scalar index_at(Interp *in, const Node *n, const Place *at)
{
    Place p = *at;
    for (int i = 0; i < n->attr.nax; i++) {
        const InterpTensor *pos = value(in, n->in[1 + i]);
        int64_t k = get(pos, offset(pos, at)).i;
        if (k < 0 || k >= size_of(in, n, n->attr.ax[i]->size)) {
            if (!n->attr.i) {
                if (!guarded_out(in, n->in[1 + i], at))
                    fail(in, n, "a position out of range");
                return poison(n->type.elem);
            }
            const InterpTensor *other = value(in, n->in[n->nin - 1]);
            return get(other, offset(other, at));
        }
        bind(&p, n->attr.ax[i], k);
    }
    return get(value(in, n->in[0]), offset(value(in, n->in[0]), &p));
}

static void scatter(Interp *in, const Node *n, InterpTensor *out)
{
    AxisSet all = {0};
    int64_t dim[MOST_AXES];
    Place   p = {.n = 0};
    Elem    e = n->type.elem;
    for (int i = 0; i < n->nin; i++)
        all = axes_union(in->arena, all, n->in[i]->type.axes);
    for (int64_t i = 0; i < out->count; i++)
        put(out, i, identity(n->op, e));
    for (int i = 0; i < all.n; i++)
        dim[i] = size_of(in, n, all.at[i]->size);
    if (!begin_place(&p, all.at, dim, all.n))
        return;
    do {
        Place to = p;
        bool  inside = !guarded_out(in, n->in[0], &p);
        for (int k = 0; k < n->attr.nbx; k++) {
            const InterpTensor *pos = value(in, n->in[1 + k]);
            int64_t i = get(pos, offset(pos, &p)).i;
            inside = inside && i >= 0 && i < size_of(in, n, n->attr.bx[k]->size);
            bind(&to, n->attr.bx[k], i);
        }
        if (inside) {
            int64_t at = offset(out, &to);
            put(out, at, combine(n->op, get(out, at), get(value(in, n->in[0]), offset(value(in, n->in[0]), &p)), e));
        }
    } while (next_place(&p, 0, dim));
}

static void cumsum(Interp *in, const Node *n, InterpTensor *out)
{
    Axis   *k = n->attr.ax[0];
    int64_t size = size_of(in, n, k->size);
    AxisSet rest = axes_minus(in->arena, n->type.axes, axes_of(in->arena, &k, 1));
    int64_t dim[MOST_AXES];
    Place   p = {.n = 0};
    for (int i = 0; i < rest.n; i++)
        dim[i] = size_of(in, n, rest.at[i]->size);
    if (!begin_place(&p, rest.at, dim, rest.n))
        return;
    do {
        Scalar acc = {0};
        for (int64_t i = 0; i < size; i++) {
            Place at = p;
            bind(&at, k, n->attr.i ? size - 1 - i : i);
            if (!guarded_out(in, n->in[0], &at))
                acc = scalar_round(combine(OP_SUM, acc, get(value(in, n->in[0]), offset(value(in, n->in[0]), &at)), n->type.elem), n->type.elem);
            put(out, offset(out, &at), acc);
        }
    } while (next_place(&p, 0, dim));
}

static void argsort(Interp *in, const Node *n, InterpTensor *out)
{
    Axis   *k = n->attr.ax[0];
    int64_t size = size_of(in, n, k->size), *order = ARENA_ARRAY(in->arena, int64_t, size + 1);
    AxisSet rest = axes_minus(in->arena, n->type.axes, axes_of(in->arena, &k, 1));
    int64_t dim[MOST_AXES];
    Place   p = {.n = 0};
    bool    f = elem_class(n->in[0]->type.elem) == ELEM_CLASS_FLOAT;
    for (int i = 0; i < rest.n; i++)
        dim[i] = size_of(in, n, rest.at[i]->size);
    if (!begin_place(&p, rest.at, dim, rest.n))
        return;
    do {
        const InterpTensor *x = value(in, n->in[0]);
        for (int64_t i = 0; i < size; i++) {
            int64_t at = i;
            Place   here = p, there = p;
            bind(&here, k, i);
            bind(&there, k, 0);
            Scalar v = get(x, offset(x, &here));
            for (; at > 0; at--) {
                there.at[there.n - 1] = order[at - 1];
                Scalar w = get(x, offset(x, &there));
                bool less = f ? v.r < w.r || (isnan(w.r) && !isnan(v.r)) : v.i < w.i;
                if (!less)
                    break;
                order[at] = order[at - 1];
            }
            order[at] = i;
        }
        for (int64_t i = 0; i < size; i++) {
            Place here = p;
            bind(&here, k, i);
            put(out, offset(out, &here), (Scalar){.i = order[i]});
        }
    } while (next_place(&p, 0, dim));
}

// ---- leaves ----

static void leaf(Interp *in, const Node *n, InterpTensor *out)
{
    if (n->op == OP_IOTA) {
        for (int64_t i = 0; i < out->count; i++)
            out->i[i] = i;
    } else if (n->op == OP_SIZE) {
        out->i[0] = size_of(in, n, n->attr.size);
    } else if (n->op == OP_CONST) {
        put(out, 0, out->r ? (Scalar){.r = n->attr.r} : (Scalar){.i = n->attr.i});
    } else if (n->op == OP_TABLE) {
        Place   p = {.n = 0};
        int64_t dim[MOST_AXES], at = 0;
        for (int i = 0; i < n->attr.nax; i++)
            dim[i] = size_of(in, n, n->attr.ax[i]->size);
        if (!begin_place(&p, n->attr.ax, dim, n->attr.nax))
            return;
        do {
            double v = at < n->attr.ndata ? n->attr.data[at++] : 0;
            put(out, offset(out, &p), out->r ? (Scalar){.r = v} : (Scalar){.i = (int64_t)v});
        } while (next_place(&p, 0, dim));
    } else {
        fail(in, n, "has no value");
    }
}

// ---- regions ----

static void run_region(Interp *in, const Region *r);

static InterpTensor *copy_of(Interp *in, const InterpTensor *t)
{
    InterpTensor *c = interp_tensor(in->arena, t->elem, t->ax, t->dim, t->n);
    size_t        n = (size_t)t->count;
    if (t->r)
        memcpy(c->r, t->r, n * sizeof *c->r);
    else
        memcpy(c->i, t->i, n * sizeof *c->i);
    return c;
}

static void stack_at(InterpTensor *stack, const InterpTensor *t, Axis *axis, int64_t turn)
{
    Place p = {.n = 0};
    if (!begin_place(&p, t->ax, t->dim, t->n))
        return;
    do {
        Place to = p;
        bind(&to, axis, turn);
        put(stack, offset(stack, &to), get(t, offset(t, &p)));
    } while (next_place(&p, 0, t->dim));
}

static InterpTensor *scalar_int(Interp *in, int64_t v)
{
    InterpTensor *t = interp_tensor(in->arena, ELEM_I64, NULL, NULL, 0);
    t->i[0] = v;
    return t;
}

static void run_loop(Interp *in, const Node *n, InterpTensor **out)
{
    const Region *r = n->body[0];
    int64_t       turns = size_of(in, n, n->attr.ax[0]->size);
    int           ncarry = (int)n->attr.i;
    for (int i = 0; i < ncarry; i++)
        out[i] = value(in, n->in[i]);
    for (int i = ncarry; i < n->nouts; i++)
        out[i] = tensor_for(in, n, n->outs[i]);
    for (int64_t turn = 0; turn < turns && !in->error; turn++) {
        map_put(in->value, r->params.at[0], scalar_int(in, turn));
        for (int i = 0; i < n->nin; i++)
            map_put(in->value, r->params.at[1 + i], i < ncarry ? out[i] : value(in, n->in[i]));
        run_region(in, r);
        for (int i = 0; i < n->nouts && !in->error; i++) {
            InterpTensor *v = copy_of(in, value(in, r->results.at[i]));
            if (i < ncarry)
                out[i] = v;
            else
                stack_at(out[i], v, n->attr.ax[0], turn);
        }
    }
}

static void run_while(Interp *in, const Node *n, InterpTensor **out)
{
    int ncarry = (int)n->attr.i;
    for (int i = 0; i < ncarry; i++)
        out[i] = value(in, n->in[i]);
    while (!in->error) {
        for (int k = 0; k < 2; k++) {
            for (int i = 0; i < n->nin; i++)
                map_put(in->value, n->body[k]->params.at[i], i < ncarry ? out[i] : value(in, n->in[i]));
            run_region(in, n->body[k]);
            if (in->error || (k == 0 && !value(in, n->body[0]->results.at[0])->i[0]))
                return;
        }
        InterpTensor *next[256];
        for (int i = 0; i < ncarry && i < 256; i++)
            next[i] = copy_of(in, value(in, n->body[1]->results.at[i]));
        for (int i = 0; i < ncarry && i < 256; i++)
            out[i] = next[i];
    }
}

static void run_branch(Interp *in, const Node *n, InterpTensor **out)
{
    const Region *r = n->body[value(in, n->in[0])->i[0] ? 0 : 1];
    for (int i = 1; i < n->nin; i++)
        map_put(in->value, r->params.at[i - 1], value(in, n->in[i]));
    run_region(in, r);
    for (int i = 0; i < n->nouts && !in->error; i++)
        out[i] = value(in, r->results.at[i]);
}

static void run_region_op(Interp *in, Node *n)
{
    InterpTensor **out = ARENA_ARRAY(in->arena, InterpTensor *, n->nouts + 1);
    if (n->op == OP_LOOP)
        run_loop(in, n, out);
    else if (n->op == OP_WHILE)
        run_while(in, n, out);
    else
        run_branch(in, n, out);
    map_put(in->value, n, out);
}

// ---- nodes ----

typedef Scalar PointFn(Interp *in, const Node *n, const Place *at);

static void pointwise(Interp *in, const Node *n, InterpTensor *out, PointFn *f)
{
    Place p = {.n = 0};
    if (!begin_place(&p, out->ax, out->dim, out->n))
        return;
    do
        put(out, offset(out, &p), guarded_out(in, n, &p) ? poison(n->type.elem) : f(in, n, &p));
    while (next_place(&p, 0, out->dim) && !in->error);
}

static void run_node(Interp *in, Node *n)
{
    OpClass class = op_info(n->op)->class;
    if (n->op == OP_INPUT)
        return;
    if (n->op == OP_OUT) {
        InterpTensor **all = map_get(in->value, n->in[0]);
        map_put(in->value, n, all[n->attr.i]);
        return;
    }
    if (class == OPC_REGION) {
        run_region_op(in, n);
        return;
    }
    InterpTensor *out = tensor_for(in, n, n->type);
    map_put(in->value, n, out);
    if (in->error)
        return;
    if (class == OPC_LEAF)
        leaf(in, n, out);
    else if (n->op == OP_CUMSUM)
        cumsum(in, n, out);
    else if (n->op == OP_ARGSORT)
        argsort(in, n, out);
    else if (n->op == OP_INDEX)
        pointwise(in, n, out, index_at);
    else if (class == OPC_INDEX)
        scatter(in, n, out);
    else
        pointwise(in, n, out, class == OPC_MAP ? map_at : class == OPC_REDUCE ? reduce_at : view_at);
}

static void run_region(Interp *in, const Region *r)
{
    for (int i = 0; i < r->nodes.n && !in->error; i++)
        run_node(in, r->nodes.at[i]);
}

const char *interp_run(const Program *p, Arena *a, const InterpSize *size, int nsize, InterpTensor *const *in, InterpTensor **out)
{
    Interp s = {p, a, size, nsize, map_new(a), NULL};
    for (int i = 0; i < p->inputs.n; i++)
        map_put(s.value, p->inputs.at[i].node, in[i]);
    run_region(&s, p->main);
    for (int i = 0; i < p->outputs.n && !s.error; i++)
        out[i] = copy_of(&s, value(&s, p->outputs.at[i].node));
    return s.error;
}
