// Derivatives as functions: grad, value_and_grad, vjp, jvp, linearize.
//
// The argument's tensors get identities of their own (COPY), the function is run on them, and the program so far is
// differentiated between the two: nested derivatives keep apart because each has its own copies.
#include <string.h>

#include "sema/experiment.h"
#include "sema/stage.h"

enum { MOST_LEAVES = 1024 };

typedef struct {
    Value *x;                    // the argument with its own identities
    Node  *leaf[MOST_LEAVES];
    int    n;
    AxisSet lifted;
} Argument;

typedef struct {
    Argument *a;
    AxisSet   wide;
    bool      failed;
} CopyLeaf;

static Value *copy_leaf(Sema *s, Value *v, Value *none, void *user)
{
    (void)none;
    CopyLeaf *c = user;
    if (!elem_is_smooth(v->elem) && !(v->weak && elem_class(v->elem) == ELEM_CLASS_INT)) {
        if (!c->failed && is_tensor(v) && c->a->n == 0)
            c->failed = elem_class(v->elem) != ELEM_CLASS_INT;
        return v;
    }
    Value *w = v;
    if (v->weak)
        w = apply_convert(s, v, elem_is_smooth(v->elem) ? v->elem : ELEM_F64, v->where);
    Node  *n = ir_unary(s->b, OP_COPY, ir_expand(s->b, value_node(s, w), c->wide));
    Value *out = value_tensor(s, n, v->where);
    out->weak = v->weak;
    out->leaf = v->leaf;
    out->buffer = v->buffer;
    out->order = v->order;
    if (!v->buffer && c->a->n < MOST_LEAVES)
        c->a->leaf[c->a->n++] = n;
    return out;
}

static bool own_argument(Sema *s, Value *f, Value **args, Name *names, int n, Argument *a)
{
    if (f->kind != V_FUNC && f->kind != V_MODEL) {
        sema_error(s, DIAG_E0313, f->where, "a derivative is of a function; this is %s", text_value(s, f));
        return false;
    }
    if (!call_lifted(s, f, args, names, n, &a->lifted))
        return false;
    CopyLeaf c = {a, axes_union(s->arena, a->lifted, s->hidden), false};
    a->x = value_map(s, args[0], NULL, copy_leaf, &c);
    if (a->n)
        return true;
    Diag *d = sema_diag(s, DIAG_E0309, args[0]->where, "a derivative is with respect to floats");
    diag_label(d, args[0]->where, "%s", text_value(s, args[0]));
    return false;
}

// Calls inside a derivative are entered even while checking: a rule that is missing is found then.
static Value *run_on(Sema *s, Value *f, Value **args, Name *names, int n, const Argument *a, Span where)
{
    Value *with[32];
    memcpy(with, args, sizeof *with * (size_t)n);
    with[0] = a->x;
    bool opaque = s->opaque;
    struct Moved *moved = s->moved;
    s->opaque = false;
    s->moved = NULL;
    Value *y = call_value(s, f, with, names, n, where, NULL);
    s->opaque = opaque;
    s->moved = moved;
    return y;
}

static Value *not_scalar(Sema *s, Value *f, Value *y, Span where)
{
    Diag *d = sema_diag(s, DIAG_E0702, where, "a gradient is of a function whose result is one number");
    diag_label(d, f->where, "its result is %s", text_value(s, y));
    diag_help(d, "write `(x: [])` to take it for each position, or sum the result");
    return value_new(s, V_ERROR, where);
}

// The derivative with respect to a weak number has the width that the result has met, if it has met one.
static Value *in_width(Sema *s, Value *g, const Value *x, const Value *y)
{
    if (!x->weak || !is_tensor(y))
        return g;
    g->weak = y->weak;
    return y->weak ? g : apply_convert(s, g, y->elem, g->where);
}

// The gradient's values in the shape of the argument; y: of what, or NULL.
static Value *in_shape(Sema *s, const Argument *a, Node **grad, const Value *y)
{
    Value *leaf[MOST_LEAVES], *out[MOST_LEAVES], **next = out;
    int    got = value_leaves(s, a->x, leaf, MOST_LEAVES), k = 0;
    for (int i = 0; i < got; i++) {
        bool mine = k < a->n && leaf[i]->node == a->leaf[k];
        Node *g = mine ? (grad[k] ? grad[k] : ir_zeros_like(s->b, a->leaf[k])) : leaf[i]->node;
        out[i] = value_tensor(s, mine ? ir_fill(s->b, g) : g, leaf[i]->where);
        out[i]->order = leaf[i]->order;
        out[i]->weak = leaf[i]->weak;
        if (y)
            out[i] = in_width(s, out[i], leaf[i], y);
        out[i]->leaf = leaf[i]->leaf;
        out[i]->buffer = leaf[i]->buffer;
        k += mine;
    }
    return value_rebuild(s, a->x, &next);
}

static Value *bound_to(Sema *s, const Func *f, Value **args, int n, Span where)
{
    Func *g = ARENA_NEW(s->arena, Func);
    *g = *f;
    g->held = ARENA_ARRAY(s->arena, Value *, n);
    memcpy(g->held, args, sizeof *args * (size_t)n);
    g->nheld = n;
    return value_func(s, g, where);
}

Value *asked_here(Sema *s, int before, Span where)
{
    diags_use_since(s->diags, before, where, "its derivative is asked for here");
    return value_new(s, V_ERROR, where);
}

static Value *gradient(Sema *s, Value *f, Value **args, Name *names, int n, Span where, Value **value)
{
    Argument *a = ARENA_NEW(s->arena, Argument);
    Node     *grad[MOST_LEAVES];
    if (!own_argument(s, f, args, names, n, a))
        return value_new(s, V_ERROR, where);
    Value *y = run_on(s, f, args, names, n, a, where);
    if (is_error(y))
        return y;
    if (!is_tensor(y) || !axes_equal(value_visible(s, y), a->lifted) || elem_class(y->elem) != ELEM_CLASS_FLOAT)
        return not_scalar(s, f, y, where);
    *value = y;
    int before = diags_count(s->diags);
    if (!ad_grad(s->b, s->diags, value_node(s, y), NULL, a->leaf, a->n, grad))
        return asked_here(s, before, where);
    return in_shape(s, a, grad, y);
}

Value *call_grad(Sema *s, const Func *f, const Args *args)
{
    Value *y;
    return f->nheld ? gradient(s, f->held[0], args->at, args->names, args->n, args->where, &y) : bound_to(s, f, args->at, args->n, args->where);
}

static Value *two(Sema *s, Value *a, Value *b, Span where)
{
    Value *v = value_new(s, V_RECORD, where);
    v->nfields = 2;
    v->fields = ARENA_ARRAY(s->arena, Field, 2);
    v->fields[0].value = a;
    v->fields[1].value = b;
    return is_error(a) || is_error(b) ? value_new(s, V_ERROR, where) : v;
}

Value *call_value_and_grad(Sema *s, const Func *f, const Args *args)
{
    if (!f->nheld)
        return bound_to(s, f, args->at, args->n, args->where);
    Value *y = NULL, *g = gradient(s, f->held[0], args->at, args->names, args->n, args->where, &y);
    return is_error(g) ? g : two(s, y, g, args->where);
}

// ---- vjp, jvp, linearize: functions of any results ----

static bool moves(const Value *v) { return elem_is_smooth(v->elem); }

static Value *axes_differ(Sema *s, Value *given, Value *like, Span where, const char *what)
{
    Diag *d = sema_diag(s, DIAG_E0304, where, "%s", what);
    diag_label(d, given->where, "%s", text_value(s, given));
    diag_label(d, like->where, "%s", text_value(s, like));
    return value_new(s, V_ERROR, where);
}

// A result with its argument held, for a derivative at that point: held[0] the result, held[1] the argument.
static Value *at_point(Sema *s, const Builtin *b, Value *y, Argument *a, Span where)
{
    Value *held[2] = {y, value_new(s, V_NONE, where)};
    held[1]->extra = a;
    Func *g = ARENA_NEW(s->arena, Func);
    *g = (Func){.kind = FUNC_BUILTIN, .name = name_of(s->names, b->name), .builtin = b};
    return bound_to(s, g, held, 2, where);
}

// Runs f on an argument of its own identity. NULL: reported.
static Value *run_at(Sema *s, Value **args, Name *names, int n, Argument **a, Span where)
{
    *a = ARENA_NEW(s->arena, Argument);
    if (!own_argument(s, args[0], args + 1, names ? names + 1 : NULL, n - 1, *a))
        return NULL;
    Value *y = run_on(s, args[0], args + 1, names ? names + 1 : NULL, n - 1, *a, where);
    if (is_error(y))
        return NULL;
    if (value_leaves(s, y, NULL, 0) > 0)
        return y;
    sema_error(s, DIAG_E0313, where, "a derivative is of what is computed; the function gives %s", text_value(s, y));
    return NULL;
}

// The tangent of y along dx.
static Value *tangent_along(Sema *s, Value *y, const Argument *a, Value *dx, Span where)
{
    Value *leaf[MOST_LEAVES], *move[MOST_LEAVES], **next = leaf;
    Node  *dn[MOST_LEAVES], *out[MOST_LEAVES], *dout[MOST_LEAVES];
    int    n = value_leaves(s, y, leaf, MOST_LEAVES);
    if (!same_shape(s, a->x, dx) || value_leaves(s, dx, move, MOST_LEAVES) != a->n)
        return axes_differ(s, dx, a->x, where, "the tangent must have the axes of the argument");
    for (int i = 0; i < a->n; i++)
        dn[i] = ir_expand(s->b, ir_convert(s->b, value_node(s, move[i]), a->leaf[i]->type.elem), a->leaf[i]->type.axes);
    for (int i = 0; i < n; i++)
        out[i] = value_node(s, leaf[i]);
    int before = diags_count(s->diags);
    if (!ad_jvp(s->b, s->diags, out, n, a->leaf, dn, a->n, dout))
        return asked_here(s, before, where);
    for (int i = 0; i < n; i++) {
        Node *d = dout[i] ? ir_expand(s->b, ir_fill(s->b, dout[i]), out[i]->type.axes) : ir_zeros_like(s->b, out[i]);
        bool  weak = leaf[i]->weak;
        leaf[i] = value_tensor(s, d, where);
        leaf[i]->weak = weak;
    }
    return value_rebuild(s, y, &next);
}

// The function that vjp gives.
static Value *call_back(Sema *s, const Func *f, const Args *args)
{
    Value    *y = f->held[0], *ct = args->at[0], *leaf[MOST_LEAVES], *back[MOST_LEAVES];
    Argument *a = f->held[1]->extra;
    Node     *grad[MOST_LEAVES], *out[MOST_LEAVES], *seed[MOST_LEAVES];
    int       ny = value_leaves(s, y, leaf, MOST_LEAVES);
    if (!same_shape(s, y, ct) || value_leaves(s, ct, back, MOST_LEAVES) != ny)
        return axes_differ(s, ct, y, args->where, "the cotangent must have the axes of the function's result");
    for (int i = 0; i < ny; i++) {
        out[i] = value_node(s, leaf[i]);
        seed[i] = moves(leaf[i]) ? ir_expand(s->b, ir_convert(s->b, value_node(s, back[i]), leaf[i]->elem), out[i]->type.axes)
                                 : NULL;
    }
    int before = diags_count(s->diags);
    if (!ad_pull(s->b, s->diags, out, seed, ny, a->leaf, a->n, grad))
        return asked_here(s, before, args->where);
    return in_shape(s, a, grad, f->held[0]);
}

static const Builtin back = {.name = "the pullback", .call = call_back, .least = 1, .most = 1};

Value *call_vjp(Sema *s, const Func *f, const Args *args)
{
    (void)f;
    Argument *a;
    Value    *y = run_at(s, args->at, args->names, args->n, &a, args->where);
    return y ? two(s, y, at_point(s, &back, y, a, args->where), args->where) : value_new(s, V_ERROR, args->where);
}

// The function that linearize gives.
static Value *call_linear(Sema *s, const Func *f, const Args *args)
{
    return tangent_along(s, f->held[0], f->held[1]->extra, args->at[0], args->where);
}

static const Builtin linear = {.name = "the linear map", .call = call_linear, .least = 1, .most = 1};

Value *call_linearize(Sema *s, const Func *f, const Args *args)
{
    (void)f;
    Argument *a;
    Value    *y = run_at(s, args->at, args->names, args->n, &a, args->where);
    return y ? two(s, y, at_point(s, &linear, y, a, args->where), args->where) : value_new(s, V_ERROR, args->where);
}

Value *call_jvp(Sema *s, const Func *f, const Args *args)
{
    (void)f;
    Argument *a;
    Value    *y = run_at(s, args->at, NULL, 2, &a, args->where);
    return y ? two(s, y, tangent_along(s, y, a, args->at[2], args->where), args->where) : value_new(s, V_ERROR, args->where);
}

// ---- kept from one program to another ----
//
// The program that computed a derivative's point is gone when the function is called from another line. Its input nodes
// are remembered; the function's value holds the tensors that stood for them. At a call, the nodes up to the result are
// copied into the program at hand, with those tensors for inputs.

typedef struct KeptPoint {
    Node *const *input;
    int          n;
    Node        *seed;   // of what is drawn in that program; or NULL
} KeptPoint;

bool derivative_at_point(const Func *f)
{
    return f->kind == FUNC_BUILTIN && (f->builtin == &back || f->builtin == &linear) && f->nheld == 2;
}

static Value *leaf_as_node(Sema *s, Value *v, Value *none, void *user)
{
    (void)none;
    (void)user;
    Value *out = ARENA_NEW(s->arena, Value);
    *out = *v;
    out->node = value_node(s, v);
    out->host = NULL;
    return out;
}

// In an experiment's line: what it took in.
static void point_of_line(Sema *s, KeptPoint *k, Value *v)
{
    k->n = v->nfields = s->imports->values.n;
    k->input = s->imports->nodes.at;
    v->fields = ARENA_ARRAY(s->arena, Field, k->n + 1);
    for (int i = 0; i < k->n; i++) {
        Value *t = ARENA_NEW(s->arena, Value);
        *t = *s->imports->values.at[i];
        v->fields[i] = (Field){NULL, t};
    }
}

static bool comes_from(Map *no, const Argument *a, Node *n)
{
    for (int i = 0; i < a->n; i++)
        if (a->leaf[i] == n)
            return true;
    if (map_get(no, n))
        return false;
    for (int i = 0; i < n->nin; i++)
        if (comes_from(no, a, n->in[i]))
            return true;
    map_put(no, n, n);
    return false;
}

// In what is built for C: the state that stays, but for what is computed of the point itself. What else that is made of is
// made again, by the same draws.
static void point_of_state(Sema *s, KeptPoint *k, Value *v)
{
    const Stage    *g = s->stage;
    const Argument *a = v->func->held[1]->extra;
    Map            *no = map_new(s->arena);
    Node       **first = ARENA_ARRAY(s->arena, Node *, g->leaves.n + 1);
    v->fields = ARENA_ARRAY(s->arena, Field, g->leaves.n + 1);
    v->nfields = 0;
    for (int i = 0; i < g->leaves.n; i++)
        if (!g->leaves.at[i].variable && !comes_from(no, a, g->leaves.at[i].first)) {
            first[v->nfields] = g->leaves.at[i].first;
            v->fields[v->nfields++] = (Field){NULL, g->leaves.at[i].now};
        }
    k->input = first;
    k->n = v->nfields;
}

Value *derivative_kept(Sema *s, const Value *f)
{
    KeptPoint *k = ARENA_NEW(s->arena, KeptPoint);
    Func  *g = ARENA_NEW(s->arena, Func);
    Value *v = ARENA_NEW(s->arena, Value);
    *g = *f->func;
    g->held = ARENA_ARRAY(s->arena, Value *, 2);
    g->held[0] = value_map(s, f->func->held[0], NULL, leaf_as_node, NULL);
    g->held[1] = f->func->held[1];
    k->seed = seed_input(s->b->program);
    g->kept = k;
    *v = *f;
    v->func = g;
    if (s->stage)
        point_of_state(s, k, v);
    else
        point_of_line(s, k, v);
    return v;
}

typedef struct {
    Map *copies;
} Here;

static Value *leaf_here(Sema *s, Value *v, Value *none, void *user)
{
    (void)none;
    Here  *h = user;
    Value *out = ARENA_NEW(s->arena, Value);
    *out = *v;
    if (v->node)
        out->node = ir_copy_graph(s->b, v->node, h->copies);
    return out;
}

const Func *derivative_here(Sema *s, const Value *f)
{
    const KeptPoint *k = f->func->kept;
    Here            h = {map_new(s->arena)};
    Func           *g = ARENA_NEW(s->arena, Func);
    const Argument *a = f->func->held[1]->extra;
    Argument       *b = ARENA_NEW(s->arena, Argument);
    for (int i = 0; i < k->n; i++)
        map_put(h.copies, k->input[i], value_node(s, f->fields[i].value));
    if (k->seed)
        map_put(h.copies, k->seed, seed_node(s));
    *b = *a;
    b->x = value_map(s, a->x, NULL, leaf_here, &h);
    for (int i = 0; i < a->n; i++)
        b->leaf[i] = ir_copy_graph(s->b, a->leaf[i], h.copies);
    *g = *f->func;
    g->kept = NULL;
    g->held = ARENA_ARRAY(s->arena, Value *, 2);
    g->held[0] = value_map(s, f->func->held[0], NULL, leaf_here, &h);
    g->held[1] = value_new(s, V_NONE, f->where);
    g->held[1]->extra = b;
    return g;
}
