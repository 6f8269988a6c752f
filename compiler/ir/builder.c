// The builder: nodes at the end of a region, folded and merged as they are made.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ir/complex.h"
#include "ir/fold.h"
#include "ir/rule.h"

// ---- programs ----

static Region *region_new(Program *p, Region *outer)
{
    Region *r = ARENA_NEW(p->arena, Region);
    r->outer = outer;
    r->merge = map_new(p->arena);
    return r;
}

Program *program_new(Arena *a, Names *names, Sizes *sizes, Axes *axes, Name name)
{
    Program *p = ARENA_NEW(a, Program);
    p->arena = a;
    p->names = names;
    p->sizes = sizes;
    p->axes = axes;
    p->name = name;
    p->main = region_new(p, NULL);
    return p;
}

Builder builder_new(Program *p) { return (Builder){.program = p, .region = p->main, .where = SPAN_NONE}; }

Node *node_new(Builder *b, Op op, Node *const *in, int nin, const Attr *attr, Type type)
{
    Node *n = ARENA_NEW(b->program->arena, Node);
    n->op = op;
    n->id = b->program->node_count++;
    n->type = type;
    n->nin = nin;
    n->in = ARENA_ARRAY(b->program->arena, Node *, nin + 1);
    if (nin)
        memcpy(n->in, in, sizeof *in * (size_t)nin);
    if (attr)
        n->attr = *attr;
    n->home = b->region;
    n->where = b->where;
    n->path = b->path;
    return n;
}

static void append(Builder *b, Node *n)
{
    vec_push(b->program->arena, &b->region->nodes, n);
}

// ---- captures ----

// The node that stands for `n` in region `r`: itself, or a parameter through each level between.
static Node *within(Builder *b, Region *r, Node *n)
{
    if (n->home == r)
        return n;
    if (!r->outer) {
        fprintf(stderr, "plexus: bug: %s (node %d) is used outside of its region\n",
                op_info(n->op)->text, n->id);
        abort();
    }
    for (int i = 0; i < r->captured.n; i++)
        if (r->captured.at[i] == n)
            return r->params.at[r->nexplicit + i];
    within(b, r->outer, n);
    Region *saved = b->region;
    b->region = r;
    Node *p = node_new(b, OP_PARAM, NULL, 0, NULL, (Type){n->type.elem, n->type.axes, NULL});
    b->region = saved;
    vec_push(b->program->arena, &r->captured, n);
    vec_push(b->program->arena, &r->params, p);
    return p;
}

// Cheaper made again in a region than carried into it.
static bool is_cheap(const Node *n)
{
    return n->op == OP_CONST || n->op == OP_SIZE || n->op == OP_IOTA ||
           (n->op == OP_EXPAND && is_cheap(n->in[0]));
}

static Node *made_again(Builder *b, Node *n)
{
    if (n->op == OP_CONST)
        return const_node(b, &n->attr);
    Node *in = n->nin ? made_again(b, n->in[0]) : NULL;
    return ir_make(b, n->op, &in, n->nin, &n->attr);
}

// A captured value has no guard inside: it is filled on its way in.
Node *node_here(Builder *b, Node *n)
{
    if (n->home == b->region)
        return n;
    if (is_cheap(n))
        return made_again(b, n);
    if (n->type.guard) {
        Builder outside = *b;
        outside.region = n->home;
        n = ir_fill(&outside, n);
    }
    return within(b, b->region, n);
}

// ---- equal nodes ----

static uint64_t mix(uint64_t h, uint64_t x) { return (h ^ x) * 0x9e3779b97f4a7c15u ^ (h >> 29); }

static uint64_t key_of(Op op, Node *const *in, int nin, const Attr *a)
{
    uint64_t h = (uint64_t)op + 1, bits;
    for (int i = 0; i < nin; i++)
        h = mix(h, (uint64_t)in[i]->id);
    for (int i = 0; i < a->nax; i++)
        h = mix(h, (uint64_t)a->ax[i]->id + 7);
    for (int i = 0; i < a->nbx; i++)
        h = mix(h, (uint64_t)a->bx[i]->id + 13);
    memcpy(&bits, &a->r, sizeof bits);
    return mix(mix(mix(h, (uint64_t)a->i), bits), (uint64_t)a->elem) | 1;
}

static bool same_list(Axis *const *a, int n, Axis *const *b, int m)
{
    return n == m && (n == 0 || !memcmp(a, b, sizeof *a * (size_t)n));
}

static bool same_attr(const Attr *a, const Attr *b)
{
    return same_list(a->ax, a->nax, b->ax, b->nax) && same_list(a->bx, a->nbx, b->bx, b->nbx) &&
           a->i == b->i && a->flag == b->flag && !memcmp(&a->r, &b->r, sizeof a->r) && a->elem == b->elem &&
           a->text == b->text && a->size == b->size && a->data == b->data;
}

typedef struct Bucket {
    Node          *node;
    struct Bucket *next;
} Bucket;

static bool mergeable(Op op)
{
    return op != OP_INPUT && op != OP_PARAM && op != OP_COPY && op != OP_CALL && op != OP_TABLE &&
           (op_info(op)->class != OPC_REGION || op == OP_OUT);
}

static Node *find_equal(Builder *b, Op op, Node *const *in, int nin, const Attr *attr, uint64_t key)
{
    for (Bucket *k = map_get(b->region->merge, (void *)(uintptr_t)key); k; k = k->next) {
        Node *n = k->node;
        if (n->op == op && n->nin == nin &&
            (nin == 0 || !memcmp(n->in, in, sizeof *in * (size_t)nin)) && same_attr(&n->attr, attr))
            return n;
    }
    return NULL;
}

static void remember(Builder *b, Node *n, uint64_t key)
{
    Bucket *k = ARENA_NEW(b->program->arena, Bucket);
    *k = (Bucket){n, map_get(b->region->merge, (void *)(uintptr_t)key)};
    map_put(b->region->merge, (void *)(uintptr_t)key, k);
}

// ---- making ----

static Attr own_attr(Builder *b, const Attr *a)
{
    Attr c = *a;
    if (a->nax) {
        c.ax = ARENA_ARRAY(b->program->arena, Axis *, a->nax);
        memcpy(c.ax, a->ax, sizeof *c.ax * (size_t)a->nax);
    }
    if (a->nbx) {
        c.bx = ARENA_ARRAY(b->program->arena, Axis *, a->nbx);
        memcpy(c.bx, a->bx, sizeof *c.bx * (size_t)a->nbx);
    }
    return c;
}

Node *ir_make(Builder *b, Op op, Node *const *given, int nin, const Attr *attr)
{
    Attr        none = {0};
    const char *why = NULL;
    Node      **in = ARENA_ARRAY(b->program->arena, Node *, nin + 1);
    if (!attr)
        attr = &none;
    for (int i = 0; i < nin; i++)
        in[i] = node_here(b, given[i]);
    guard_operands(b, op, in, nin, attr);
    fold_order(op, in);
    Node *simpler = fold(b, op, in, nin, attr);
    if (simpler)
        return simpler;
    uint64_t key = key_of(op, in, nin, attr);
    Node    *equal = mergeable(op) ? find_equal(b, op, in, nin, attr, key) : NULL;
    if (equal)
        return equal;
    Type type;
    if (!rule_type(b->program->arena, op, in, nin, attr, &type, &why)) {
        fprintf(stderr, "plexus: bug: %s needs %s\n", op_info(op)->text, why);
        abort();
    }
    type.guard = op == OP_OUT ? type.guard : guard_of(b, op, in, nin, attr);
    Attr  own = own_attr(b, attr);
    Node *n = node_new(b, op, in, nin, &own, type);
    append(b, n);
    if (mergeable(op))
        remember(b, n, key);
    return n;
}

Node *ir_input(Builder *b, Name name, InputKind kind, Elem elem, AxisSet axes, Axis **order)
{
    Builder outside = *b;  // inputs live in the main region
    outside.region = b->program->main;
    Attr  attr = {.text = name, .i = kind};
    Type  type = complex_pairs(b, elem, axes);
    Node *n = node_new(&outside, OP_INPUT, NULL, 0, &attr, type);
    Input in = {name, n, kind, complex_order(b, type.axes, order)};
    append(&outside, n);
    vec_push(b->program->arena, &b->program->inputs, in);
    return n;
}

Node *ir_call(Builder *b, Name text, Node *const *given, int nin, Type type)
{
    Node **in = ARENA_ARRAY(b->program->arena, Node *, nin + 1);
    for (int i = 0; i < nin; i++)
        in[i] = node_here(b, given[i]);
    Attr  attr = {.text = text};
    Type  own = complex_pairs(b, type.elem, type.axes);
    own.guard = type.guard;
    Node *n = node_new(b, OP_CALL, in, nin, &attr, own);
    append(b, n);
    return n;
}

// Constants know their element; the type rule does not, so they are made here.
Node *const_node(Builder *b, const Attr *attr)
{
    uint64_t key = key_of(OP_CONST, NULL, 0, attr);
    Node    *equal = find_equal(b, OP_CONST, NULL, 0, attr, key);
    if (equal)
        return equal;
    Node *n = node_new(b, OP_CONST, NULL, 0, attr, (Type){attr->elem, {0}, NULL});
    append(b, n);
    remember(b, n, key);
    return n;
}

Node *ir_table(Builder *b, Elem elem, Axis *const *ax, int nax, const double *data, int count)
{
    Attr  attr = {.ax = (Axis **)(uintptr_t)ax, .nax = nax, .elem = elem, .ndata = count};
    double *copy = ARENA_ARRAY(b->program->arena, double, count + 1);
    if (count)
        memcpy(copy, data, sizeof *copy * (size_t)count);
    attr.data = copy;
    Attr  own = own_attr(b, &attr);
    Node *n = node_new(b, OP_TABLE, NULL, 0, &own,
                       (Type){elem, axes_of(b->program->arena, ax, nax), NULL});
    append(b, n);
    return n;
}

Node *ir_iota(Builder *b, Axis *a)
{
    Attr attr = {.ax = &a, .nax = 1};
    return ir_make(b, OP_IOTA, NULL, 0, &attr);
}

Node *ir_size(Builder *b, const Size *s)
{
    int64_t v;
    Attr    attr = {.size = s};
    return size_is_const(s, &v) ? ir_int(b, v) : ir_make(b, OP_SIZE, NULL, 0, &attr);
}

Node *ir_unary(Builder *b, Op op, Node *x) { return ir_make(b, op, &x, 1, NULL); }

Node *ir_binary(Builder *b, Op op, Node *x, Node *y)
{
    Node *in[2] = {x, y};
    return ir_make(b, op, in, 2, NULL);
}

Node *ir_select(Builder *b, Node *c, Node *x, Node *y)
{
    Node *in[3] = {c, x, y};
    return ir_make(b, OP_SELECT, in, 3, NULL);
}

Node *ir_convert(Builder *b, Node *x, Elem e)
{
    if (elem_class(e) == ELEM_CLASS_COMPLEX) {
        Node *real = ir_convert(b, x, elem_part(e));
        return complex_is(x) ? real : complex_of(b, real, ir_zeros_like(b, real));
    }
    Attr attr = {.elem = e};
    return ir_make(b, OP_CONVERT, &x, 1, &attr);
}

Node *ir_reduce(Builder *b, Op op, Node *x, Axis *const *ax, int nax)
{
    Attr attr = {.ax = (Axis **)(uintptr_t)ax, .nax = nax};
    return ir_make(b, op, &x, 1, &attr);
}

Node *ir_contract(Builder *b, Node *x, Node *y, Axis *const *ax, int nax)
{
    Node *in[2] = {x, y};
    Attr  attr = {.ax = (Axis **)(uintptr_t)ax, .nax = nax};
    return ir_make(b, OP_CONTRACT, in, 2, &attr);
}

Node *ir_expand(Builder *b, Node *x, AxisSet more)
{
    AxisSet new = axes_minus(b->program->arena, more, x->type.axes);
    Attr    attr = {.ax = new.at, .nax = new.n};
    return new.n ? ir_make(b, OP_EXPAND, &x, 1, &attr) : node_here(b, x);
}

Node *ir_rename(Builder *b, Node *x, Axis *const *from, Axis *const *to, int n)
{
    Axis **f = ARENA_ARRAY(b->program->arena, Axis *, n + 1),
         **t = ARENA_ARRAY(b->program->arena, Axis *, n + 1);
    int    k = 0;
    for (int i = 0; i < n; i++)
        if (from[i] != to[i] && axes_has(x->type.axes, from[i])) {
            f[k] = from[i];
            t[k++] = to[i];
        }
    Attr attr = {.ax = f, .nax = k, .bx = t, .nbx = k};
    return k ? ir_make(b, OP_RENAME, &x, 1, &attr) : node_here(b, x);
}

Node *ir_split(Builder *b, Node *x, Axis *from, Axis *const *to, int n)
{
    Attr attr = {.ax = &from, .nax = 1, .bx = (Axis **)(uintptr_t)to, .nbx = n};
    return ir_make(b, OP_SPLIT, &x, 1, &attr);
}

Node *ir_merge(Builder *b, Node *x, Axis *const *from, int n, Axis *to)
{
    Attr attr = {.ax = (Axis **)(uintptr_t)from, .nax = n, .bx = &to, .nbx = 1};
    return ir_make(b, OP_MERGE, &x, 1, &attr);
}

static bool passes(Node *const *in, Axis *const *ax, int n, const Axis *a)
{
    for (int i = 0; i < n; i++)
        if (ax[i] != a && axes_has(in[i]->type.axes, a))
            return true;
    return false;
}

// An axis that is joined in one operand and passes in another is two axes: the joined one gets a
// name of its own.
Node *ir_concat(Builder *b, Node *const *in, Axis *const *ax, int n, Axis *to)
{
    Node **x = ARENA_ARRAY(b->program->arena, Node *, n + 1);
    Axis **joined = ARENA_ARRAY(b->program->arena, Axis *, n + 1);
    Attr   attr = {.ax = joined, .nax = n, .bx = &to, .nbx = 1};
    for (int i = 0; i < n; i++) {
        joined[i] = ax[i];
        x[i] = in[i];
        if (passes(in, ax, n, ax[i])) {
            joined[i] = axis_new(b->program->axes, ax[i]->name, ax[i]->size, ax[i]->where);
            x[i] = ir_rename(b, in[i], &ax[i], &joined[i], 1);
        }
    }
    return ir_make(b, OP_CONCAT, x, n, &attr);
}

static Node **with_positions(Builder *b, Node *x, Node *const *pos, int n, Node *other)
{
    Node **in = ARENA_ARRAY(b->program->arena, Node *, n + 2);
    in[0] = x;
    for (int i = 0; i < n; i++)
        in[1 + i] = pos[i];
    in[1 + n] = other;
    return in;
}

Node *ir_index(Builder *b, Node *x, Axis *const *ax, Node *const *pos, int n, Node *other)
{
    Attr attr = {.ax = (Axis **)(uintptr_t)ax, .nax = n, .i = other != NULL};
    return ir_make(b, OP_INDEX, with_positions(b, x, pos, n, other), 1 + n + (other != NULL),
                   &attr);
}

Node *ir_update(Builder *b, Node *x, Axis *const *ax, Node *const *pos, int n, Node *v)
{
    Attr attr = {.ax = (Axis **)(uintptr_t)ax, .nax = n};
    return ir_make(b, OP_UPDATE, with_positions(b, x, pos, n, v), 2 + n, &attr);
}

Node *ir_scatter(Builder *b, Op op, Node *x, Axis *const *ax, int nax, Axis *const *bx,
                 Node *const *pos, int nbx)
{
    Attr attr = {
        .ax = (Axis **)(uintptr_t)ax, .nax = nax, .bx = (Axis **)(uintptr_t)bx, .nbx = nbx};
    return ir_make(b, op, with_positions(b, x, pos, nbx, NULL), 1 + nbx, &attr);
}

Node *ir_guard(Builder *b, Node *x, Node *g)
{
    Node *in[2] = {ir_expand(b, x, g->type.axes), g};
    return ir_make(b, OP_GUARD, in, 2, NULL);
}

Node *ir_fill(Builder *b, Node *x)
{
    return x->type.guard ? ir_make(b, OP_FILL, &x, 1, NULL) : x;
}

Node *ir_zeros_like(Builder *b, const Node *x)
{
    Node *zero = ir_expand(b, ir_const(b, x->type.elem, 0), x->type.axes);
    return x->type.guard ? ir_guard(b, zero, x->type.guard) : zero;
}

void program_output(Program *p, Name name, Node *n, int alias, Axis **order)
{
    Builder b = builder_new(p);  // what leaves has zeros outside its guard
    b.where = n->where;
    b.path = n->path;
    Output out = {name, n->home == p->main ? ir_fill(&b, n) : n, alias, order};
    vec_push(p->arena, &p->outputs, out);
}
