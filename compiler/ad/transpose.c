// Reverse mode: the linear part of a program walked backwards, by the column `transpose` of ops.def.
#include "ad/linear.h"
#include "ir/library.h"

// A cotangent may have a guard where its value has none: it is zero outside.
static Node *joint(Builder *b, Node *x, Node *y)
{
    if (x->type.guard != y->type.guard)
        return ir_binary(b, OP_ADD, ir_fill(b, x), ir_fill(b, y));
    return ir_binary(b, OP_ADD, x, y);
}

// Through these a guard stays what it is; elsewhere the zeros are made.
static bool keeps_guard(const Node *n)
{
    OpClass c = op_info(n->op)->class;
    return n->type.guard || c == OPC_MAP || c == OPC_REDUCE || n->op == OP_EXPAND;
}

void cotangent_add(Transpose *t, Node *n, Node *ct)
{
    if (!ct || !map_get(t->linear, n))
        return;
    AxisSet extra = axes_minus(t->b->program->arena, ct->type.axes, n->type.axes);
    if (extra.n)
        ct = ir_reduce(t->b, OP_SUM, ct, extra.at, extra.n);
    ct = n->type.guard ? at_type_of(t->b, ct, n) : ir_expand(t->b, ct, n->type.axes);
    Node *old = map_get(t->cotangent, n);
    map_put(t->cotangent, n, old ? joint(t->b, old, ct) : ct);
}

static bool is_linear(const Transpose *t, const Node *n) { return map_get(t->linear, n) != NULL; }
static Node *zero(Transpose *t, const Node *like) { return ir_const(t->b, like->type.elem, 0); }

static void transpose_none(Transpose *t, Node *n, Node *ct)
{
    (void)ct;
    no_rule(t->diags, n, " in reverse mode");
    t->failed = true;
}

static void transpose_neg(Transpose *t, Node *n, Node *ct) { cotangent_add(t, n->in[0], ir_unary(t->b, OP_NEG, ct)); }
static void transpose_copy(Transpose *t, Node *n, Node *ct) { cotangent_add(t, n->in[0], ct); }
static void transpose_fill(Transpose *t, Node *n, Node *ct) { cotangent_add(t, n->in[0], ct); }
static void transpose_guard(Transpose *t, Node *n, Node *ct) { cotangent_add(t, n->in[0], ct); }
static void transpose_expand(Transpose *t, Node *n, Node *ct) { cotangent_add(t, n->in[0], ct); }

static void transpose_add(Transpose *t, Node *n, Node *ct)
{
    cotangent_add(t, n->in[0], ct);
    cotangent_add(t, n->in[1], ct);
}

static void transpose_sub(Transpose *t, Node *n, Node *ct)
{
    cotangent_add(t, n->in[0], ct);
    if (is_linear(t, n->in[1]))
        cotangent_add(t, n->in[1], ir_unary(t->b, OP_NEG, ct));
}

static void transpose_convert(Transpose *t, Node *n, Node *ct)
{
    cotangent_add(t, n->in[0], ir_convert(t->b, ct, n->in[0]->type.elem));
}

// The operand that is not linear is the factor. The sum over the axes that only it has is a contraction.
static void transpose_product(Transpose *t, const Node *n, Node *ct, int linear)
{
    Node   *x = n->in[linear], *y = n->in[1 - linear];
    Arena  *a = t->b->program->arena;
    AxisSet summed = axes_minus(a, axes_intersect(a, ct->type.axes, y->type.axes), x->type.axes);
    cotangent_add(t, x, ir_contract(t->b, ct, y, summed.at, summed.n));
}

static void transpose_mul(Transpose *t, Node *n, Node *ct)
{
    if (is_linear(t, n->in[0]) && is_linear(t, n->in[1]))
        transpose_none(t, n, ct);
    else
        transpose_product(t, n, ct, is_linear(t, n->in[0]) ? 0 : 1);
}

static void transpose_contract(Transpose *t, Node *n, Node *ct) { transpose_mul(t, n, ct); }

static void transpose_div(Transpose *t, Node *n, Node *ct)
{
    if (is_linear(t, n->in[1]))
        transpose_none(t, n, ct);
    else
        cotangent_add(t, n->in[0], ir_binary(t->b, OP_DIV, ct, n->in[1]));
}

static void transpose_select(Transpose *t, Node *n, Node *ct)
{
    if (is_linear(t, n->in[0])) {
        transpose_none(t, n, ct);
        return;
    }
    if (is_linear(t, n->in[1]))
        cotangent_add(t, n->in[1], ir_select(t->b, n->in[0], ct, zero(t, ct)));
    if (is_linear(t, n->in[2]))
        cotangent_add(t, n->in[2], ir_select(t->b, n->in[0], zero(t, ct), ct));
}

static void transpose_rename(Transpose *t, Node *n, Node *ct)
{
    cotangent_add(t, n->in[0], ir_rename(t->b, ct, n->attr.bx, n->attr.ax, n->attr.nax));
}

static void transpose_split(Transpose *t, Node *n, Node *ct)
{
    cotangent_add(t, n->in[0], ir_merge(t->b, ct, n->attr.bx, n->attr.nbx, n->attr.ax[0]));
}

static void transpose_merge(Transpose *t, Node *n, Node *ct)
{
    cotangent_add(t, n->in[0], ir_split(t->b, ct, n->attr.bx[0], n->attr.ax, n->attr.nax));
}

static void transpose_concat(Transpose *t, Node *n, Node *ct)
{
    Node *offset = ir_int(t->b, 0);
    for (int i = 0; i < n->nin; i++) {
        Node *pos = ir_binary(t->b, OP_ADD, ir_iota(t->b, n->attr.ax[i]), offset);
        if (is_linear(t, n->in[i]))
            cotangent_add(t, n->in[i], ir_index(t->b, ct, n->attr.bx, &pos, 1, NULL));
        offset = ir_binary(t->b, OP_ADD, offset, ir_size(t->b, n->attr.ax[i]->size));
    }
}

static void transpose_sum(Transpose *t, Node *n, Node *ct)
{
    AxisSet summed = axes_of(t->b->program->arena, n->attr.ax, n->attr.nax);
    cotangent_add(t, n->in[0], ir_expand(t->b, ct, summed));
}

static void transpose_cumsum(Transpose *t, Node *n, Node *ct)
{
    Attr back = n->attr;
    back.i = !n->attr.i;
    cotangent_add(t, n->in[0], ir_make(t->b, OP_CUMSUM, &ct, 1, &back));
}

static Node *in_range(Transpose *t, const Node *n)
{
    Node *all = NULL;
    for (int k = 0; k < n->attr.nax; k++) {
        Node *pos = n->in[1 + k];
        Node *low = ir_binary(t->b, OP_LE, ir_int(t->b, 0), pos);
        Node *high = ir_binary(t->b, OP_LT, pos, ir_size(t->b, n->attr.ax[k]->size));
        Node *both = ir_binary(t->b, OP_AND, low, high);
        all = all ? ir_binary(t->b, OP_AND, all, both) : both;
    }
    return all;
}

static void transpose_index(Transpose *t, Node *n, Node *ct)
{
    Arena *a = t->b->program->arena;
    Node  *x = n->in[0];
    if (is_linear(t, x)) {
        AxisSet rest = axes_minus(a, x->type.axes, axes_of(a, n->attr.ax, n->attr.nax));
        AxisSet summed = axes_minus(a, ct->type.axes, rest);
        cotangent_add(t, x, ir_scatter(t->b, OP_SCATTER_ADD, ct, summed.at, summed.n, n->attr.ax, n->in + 1, n->attr.nax));
    }
    if (n->attr.i && is_linear(t, n->in[n->nin - 1]))
        cotangent_add(t, n->in[n->nin - 1], ir_select(t->b, in_range(t, n), zero(t, ct), ct));
}

// What was overwritten did not matter.
static void transpose_update(Transpose *t, Node *n, Node *ct)
{
    Node *x = n->in[0], *v = n->in[n->nin - 1], *none = zero(t, ct);
    if (is_linear(t, x))
        cotangent_add(t, x, ir_update(t->b, ct, n->attr.ax, n->in + 1, n->attr.nax, none));
    if (is_linear(t, v))
        cotangent_add(t, v, ir_index(t->b, ct, n->attr.ax, n->in + 1, n->attr.nax, none));
}

static void transpose_scatter(Transpose *t, Node *n, Node *ct)
{
    cotangent_add(t, n->in[0], ir_index(t->b, ct, n->attr.bx, n->in + 1, n->attr.nbx, zero(t, ct)));
}

// SOLVE and LSTSQ: by the transposed matrix.
static void transpose_solve(Transpose *t, Node *n, Node *ct)
{
    Node *in[2] = {n->in[0], ct};
    Axis *turned[2] = {n->attr.ax[1], n->attr.ax[0]};
    if (is_linear(t, n->in[0]))
        transpose_none(t, n, ct);
    else
        cotangent_add(t, n->in[1], ir_library(t->b, n->op, in, 2, turned, 2));
}

// The real inner product of complex numbers: the conjugate of the matrix, turned over, is the other direction's.
static void transpose_fft(Transpose *t, Node *n, Node *ct)
{
    Axis *turned[3] = {n->attr.ax[2], n->attr.ax[1], n->attr.ax[0]};
    cotangent_add(t, n->in[0], ir_library(t->b, n->op == OP_FFT ? OP_FFT_BACK : OP_FFT, &ct, 1, turned, 3));
}

static void transpose_loop(Transpose *t, Node *n, Node *ct)
{
    (void)ct;
    transpose_of_loop(t, n);
}

static void transpose_run(Transpose *t, Node *n, Node *ct)
{
    (void)ct;
    transpose_of_run(t, n);
}

static void transpose_fix(Transpose *t, Node *n, Node *ct)
{
    (void)ct;
    transpose_of_fix(t, n);
}

static void transpose_branch(Transpose *t, Node *n, Node *ct)
{
    (void)ct;
    transpose_of_run(t, n);
}

// ---- the walk ----

typedef void Rule(Transpose *t, Node *n, Node *ct);
static Rule *const table[OP_COUNT] = {
#define OP(id, text, arity, class_, type, jvp, transpose, flops, glyph, lo, hi) [OP_##id] = transpose_##transpose,
#include "ir/ops.def"
#undef OP
};

// A result of a region operation hands its cotangent to the operation, which is met later on the way back.
static void hand_over(Transpose *t, const Node *out, Node *ct)
{
    Node  *op = out->in[0];
    Node **all = map_get(t->loops, op);
    if (!all) {
        all = ARENA_ARRAY(t->b->program->arena, Node *, op->nouts + 1);
        map_put(t->loops, op, all);
    }
    all[out->attr.i] = all[out->attr.i] ? ir_binary(t->b, OP_ADD, all[out->attr.i], ct) : ct;
}

static void go_back(Transpose *t, Node *n)
{
    Node *ct = map_get(t->cotangent, n);
    bool  region = op_info(n->op)->class == OPC_REGION && n->op != OP_OUT;
    if (region ? !map_get(t->loops, n) : !ct)
        return;
    t->b->where = n->where;
    if (ct && !keeps_guard(n))
        ct = ir_fill(t->b, ct);
    if (n->op == OP_OUT)
        hand_over(t, n, ct);
    else
        table[n->op](t, n, ct);
}

bool ad_transpose(Builder *b, Diags *d, Node *const *lin_out, Node *const *ct, int nout, Node *const *lin_in, int nin,
                  Node **ct_in)
{
    Arena    *a = b->program->arena;
    Region   *r = b->region;
    Transpose t = {b, d, map_new(a), dependents(b, r, lin_in, nin), map_new(a), false};
    Span      where = b->where;
    int       n = r->nodes.n;
    Node    **order = ARENA_ARRAY(a, Node *, n + 1);
    for (int i = 0; i < n; i++)
        order[i] = r->nodes.at[i];
    for (int i = 0; i < nout; i++)
        if (lin_out[i])
            cotangent_add(&t, lin_out[i], ct[i]);
    for (int i = n - 1; i >= 0 && !t.failed; i--) {
        bool input = false;
        for (int k = 0; k < nin; k++)
            input = input || order[i] == lin_in[k];
        if (!input && map_get(t.linear, order[i]))
            go_back(&t, order[i]);
    }
    for (int i = 0; i < nin; i++) {
        Node *all = map_get(t.cotangent, lin_in[i]);
        ct_in[i] = all ? at_type_of(b, all, lin_in[i]) : NULL;
    }
    b->where = where;
    return !t.failed;
}

bool ad_pull(Builder *b, Diags *d, Node *const *y, Node *const *ct, int ny, Node *const *wrt, int nwrt, Node **grad)
{
    Arena *a = b->program->arena;
    Node **held = ARENA_ARRAY(a, Node *, nwrt + 1), **out = ARENA_ARRAY(a, Node *, ny + 1);
    Node **dy = ARENA_ARRAY(a, Node *, ny + 1), **seed = ARENA_ARRAY(a, Node *, ny + 1);
    int    n = 0;
    for (int i = 0; i < nwrt; i++) {
        held[i] = placeholder(b, wrt[i]);
        grad[i] = NULL;
    }
    for (int i = 0; i < ny; i++)
        if (ct[i] && y[i]->home == b->region) {
            out[n] = y[i];
            seed[n++] = at_type_of(b, ct[i], y[i]);
        }
    b->pulling++;
    bool ok = !n || (ad_jvp(b, d, out, n, wrt, held, nwrt, dy) &&
                     ad_transpose(b, d, dy, seed, n, held, nwrt, grad));
    b->pulling--;
    prune(b, b->region, held, nwrt);
    return ok;
}

bool ad_grad(Builder *b, Diags *d, Node *y, Node *ct, Node *const *wrt, int nwrt, Node **grad)
{
    Node *seed = ct ? ct : ir_const(b, y->type.elem, 1);
    return ad_pull(b, d, &y, &seed, 1, wrt, nwrt, grad);
}
