// What is left of a FIX and a RUN for those that run a program: a loop, and the body in its place. Those that
// differentiate see them whole.
#include "ir/lower.h"
#include "ir/region.h"

typedef struct {
    Builder    *b;
    const Node *n;         // the FIX
    int         ncarry;
    AxisSet     positions; // each stops by itself
    Node       *turn, *z[256], *done, *settled, *tolerance, *most;
    Map        *map;       // from the FIX's body into the region at hand
} Lower;

static AxisSet positions_of(Builder *b, const Node *n)
{
    Arena  *a = b->program->arena;
    AxisSet all = {0};
    for (int i = 0; i < (int)n->attr.i; i++)
        all = axes_union(a, all, n->in[3 + i]->type.axes);
    return axes_minus(a, all, axes_of(a, n->attr.ax, n->attr.nax));
}

// Both regions take the turn, the carries, what is done and what has settled, then the invariants.
static Region *begin(Lower *l)
{
    Builder *b = l->b;
    Region  *r = region_begin(b);
    l->map = map_new(b->program->arena);
    l->turn = region_param(b, ELEM_I64, (AxisSet){0});
    for (int i = 0; i < l->ncarry; i++) {
        l->z[i] = region_param(b, l->n->in[3 + i]->type.elem, l->n->in[3 + i]->type.axes);
        map_put(l->map, l->n->body[0]->params.at[i], l->z[i]);
    }
    l->done = region_param(b, ELEM_BOOL, l->positions);
    l->settled = region_param(b, ELEM_BOOL, l->positions);
    for (int i = 3 + l->ncarry; i < l->n->nin; i++)
        map_put(l->map, l->n->body[0]->params.at[i - 3],
                region_param(b, l->n->in[i]->type.elem, l->n->in[i]->type.axes));
    l->tolerance = region_param(b, ELEM_F64, (AxisSet){0});
    l->most = region_param(b, ELEM_I64, (AxisSet){0});
    return r;
}

static Region *condition(Lower *l)
{
    Builder *b = l->b;
    Region  *r = begin(l);
    Node    *open = ir_unary(b, OP_NOT, l->done);
    Node    *any = ir_reduce(b, OP_ANY, open, l->positions.at, l->positions.n);
    region_result(b, ir_binary(b, OP_AND, ir_binary(b, OP_LT, l->turn, l->most), any));
    region_end(b);
    return r;
}

typedef enum { OF_CHANGE, OF_VALUE, OF_RESOLUTION } Largest;

// The largest at each position of what the carries change by, or are, or of their resolution there.
static Node *largest(Lower *l, Node *const *next, Largest what)
{
    Builder *b = l->b;
    Arena   *a = b->program->arena;
    Node    *most = NULL;
    for (int i = 0; i < l->ncarry; i++) {
        Node   *d = ir_unary(b, OP_ABS, what == OF_CHANGE ? ir_binary(b, OP_SUB, next[i], l->z[i]) : next[i]);
        AxisSet over = axes_minus(a, d->type.axes, l->positions);
        Node   *m = ir_reduce(b, OP_MAX, ir_convert(b, d, ELEM_F64), over.at, over.n);
        if (what == OF_RESOLUTION)
            m = ir_binary(b, OP_MUL, m, ir_const(b, ELEM_F64, elem_resolution(d->type.elem)));
        most = most ? ir_binary(b, OP_MAX2, most, m) : m;
    }
    return most ? most : ir_const(b, ELEM_F64, 0);
}

// The change that counts as none: the tolerance, or where the width cannot tell that, what rounding alone moves.
static Node *near_enough(Lower *l, Node *const *next)
{
    enum { ROUNDING = 8 };
    Builder *b = l->b;
    Node    *told = l->tolerance, *least = ir_binary(b, OP_MUL, ir_const(b, ELEM_F64, ROUNDING), largest(l, next, OF_RESOLUTION));
    if (l->n->attr.flag)
        told = ir_binary(b, OP_MUL, told, largest(l, next, OF_VALUE));
    return ir_binary(b, OP_MAX2, told, least);
}

static Region *turn(Lower *l)
{
    Builder *b = l->b;
    Node    *next[256];
    Region  *r = begin(l);
    for (int i = 0; i < l->ncarry; i++)
        next[i] = ir_copy_graph(b, l->n->body[0]->results.at[i], l->map);
    Node *change = largest(l, next, OF_CHANGE), *open = ir_unary(b, OP_NOT, l->done);
    Node *ok = ir_binary(b, OP_LE, change, near_enough(l, next)), *lost = ir_unary(b, OP_ISNAN, change);
    Node *settled = ir_binary(b, OP_OR, l->settled, ir_binary(b, OP_AND, open, ok));
    Node *done = ir_binary(b, OP_OR, l->done, ir_binary(b, OP_OR, ok, lost));
    for (int i = 0; i < l->ncarry; i++)
        region_result(b, ir_expand(b, ir_select(b, l->done, l->z[i], next[i]), l->z[i]->type.axes));
    region_result(b, ir_expand(b, done, l->positions));
    region_result(b, ir_expand(b, settled, l->positions));
    region_end(b);
    return r;
}

// Wanted positions that have not settled are counted beside `settled`.
static Node *counted(Lower *l, Node *settled, Node *wanted)
{
    Builder *b = l->b;
    Node    *all = ir_expand(b, wanted, l->positions), *in[3] = {settled};
    Node    *failed = ir_binary(b, OP_AND, all, ir_unary(b, OP_NOT, settled));
    Attr     attr = {.text = l->n->attr.text};
    in[1] = ir_reduce(b, OP_SUM, ir_convert(b, failed, ELEM_I64), l->positions.at, l->positions.n);
    in[2] = ir_reduce(b, OP_SUM, ir_convert(b, all, ELEM_I64), l->positions.at, l->positions.n);
    return ir_make(b, OP_TALLY, in, 3, &attr);
}

// Stands for the FIX: its results, by number.
Node **lower_fix(Builder *b, const Node *n, Node *const *in)
{
    Arena *a = b->program->arena;
    Lower *l = ARENA_NEW(a, Lower);
    Node **operand = ARENA_ARRAY(a, Node *, n->nin + 4), **out = ARENA_ARRAY(a, Node *, n->nouts + 1);
    int    k = 0;
    *l = (Lower){.b = b, .n = n, .ncarry = (int)n->attr.i, .positions = positions_of(b, n)};
    for (int i = 0; i < l->ncarry; i++)
        operand[k++] = in[3 + i];
    operand[k++] = ir_expand(b, ir_unary(b, OP_NOT, in[2]), l->positions);
    operand[k++] = ir_expand(b, ir_const(b, ELEM_BOOL, 0), l->positions);
    for (int i = 3 + l->ncarry; i < n->nin; i++)
        operand[k++] = in[i];
    operand[k++] = in[0];
    operand[k++] = in[1];
    Region *go = condition(l), *body = turn(l);
    Node   *loop = ir_while(b, operand, k, go, body);
    loop->attr.i = l->ncarry + 2;
    region_types(b, loop);
    Node *settled = ir_out(b, loop, l->ncarry + 1);
    if (n->attr.text)
        settled = counted(l, settled, in[2]);
    for (int i = 0; i < l->ncarry; i++) {
        Node *z = ir_out(b, loop, i), *none = ir_const(b, z->type.elem, __builtin_nan(""));
        out[i] = !n->attr.text ? z : ir_expand(b, ir_select(b, settled, z, none), z->type.axes);
    }
    return out;
}

// The body where the RUN stands. Its nodes merge among themselves alone: what is computed again stays computed again.
Node **lower_run(Builder *b, const Node *n, Node *const *in)
{
    Arena *a = b->program->arena;
    Map   *map = map_new(a), *merge = b->region->merge;
    Node **out = ARENA_ARRAY(a, Node *, n->nouts + 1);
    b->region->merge = map_new(a);
    for (int i = 0; i < n->nin; i++)
        map_put(map, n->body[0]->params.at[i], in[i]);
    for (int i = 0; i < n->nouts; i++)
        out[i] = ir_copy_graph(b, n->body[0]->results.at[i], map);
    b->region->merge = merge;
    return out;
}

// ---- products under a guard ----

static bool mentions(const Node *x, const Node *contract)
{
    for (int i = 0; x->type.guard && i < contract->attr.nax; i++)
        if (axes_has(x->type.guard->type.axes, contract->attr.ax[i]))
            return true;
    return false;
}

// Neither side has an axis of its own: no matrices, and one loop does it, where its guards hold.
static bool is_dot(Arena *a, const Node *n)
{
    AxisSet x = n->in[0]->type.axes, y = n->in[1]->type.axes;
    return !axes_minus(a, x, y).n && !axes_minus(a, y, x).n;
}

static bool under_guard(Arena *a, const Node *n)
{
    return n->op == OP_CONTRACT && n->attr.nax && !n->attr.flag && elem_class(n->type.elem) == ELEM_CLASS_FLOAT &&
           (mentions(n->in[0], n) || mentions(n->in[1], n)) && !is_dot(a, n);
}

static Node *all_finite(Builder *b, Node *x)
{
    Node *finite = ir_unary(b, OP_ISFINITE, x);
    return ir_reduce(b, OP_ALL, finite, finite->type.axes.at, finite->type.axes.n);
}

// A condition as a region sees it that is to derive bounds of loops from it: comparisons of whole numbers are made again,
// with what they compare from outside.
static Node *condition_inside(Builder *b, Node *n)
{
    bool sums = n->type.elem == ELEM_I64 && (n->op == OP_ADD || n->op == OP_SUB || n->op == OP_MUL || n->op == OP_ABS);
    bool orders = (n->op == OP_LT || n->op == OP_LE || n->op == OP_EQ) && n->in[0]->type.elem == ELEM_I64;
    bool joins = n->op == OP_AND || n->op == OP_OR || n->op == OP_NOT;
    if (!sums && !orders && !joins && n->op != OP_EXPAND && n->op != OP_IOTA)
        return n;
    Node *in[2];
    for (int i = 0; i < n->nin; i++)
        in[i] = condition_inside(b, n->in[i]);
    return ir_make(b, n->op, in, n->nin, &n->attr);
}

// The operands inside of a region, as they are given, and where they are there.
typedef struct {
    Node *x[2], *here[2];
} Sides;

static Sides sides_inside(Builder *b, Node *const *in)
{
    Sides s = {0};
    for (int i = 0; i < 2; i++)
        s.x[i] = region_param(b, in[i]->type.elem, in[i]->type.axes);
    for (int i = 0; i < 2; i++)
        s.here[i] = in[i]->type.guard ? condition_inside(b, in[i]->type.guard) : NULL;
    return s;
}

// The terms one by one, those outside of the guards left out.
static Region *term_by_term(Builder *b, const Node *n, Node *const *in)
{
    Arena  *a = b->program->arena;
    Region *r = region_begin(b);
    Sides   s = sides_inside(b, in);
    Node   *here = s.here[0] && s.here[1] ? ir_binary(b, OP_AND, s.here[0], s.here[1]) : s.here[s.here[0] == NULL];
    Node   *zero = ir_const(b, n->type.elem, 0);
    Node   *x = ir_guard(b, ir_expand(b, s.x[0], here->type.axes), here);
    Node   *y = ir_guard(b, ir_expand(b, s.x[1], here->type.axes), here);
    AxisSet all = axes_union(a, axes_union(a, x->type.axes, y->type.axes), here->type.axes);
    Node   *term = ir_expand(b, ir_select(b, here, ir_binary(b, OP_MUL, x, y), zero), all);
    region_result(b, ir_reduce(b, OP_SUM, term, n->attr.ax, n->attr.nax));
    region_end(b);
    return r;
}

// The operands are zeros outside of their guards, and numbers otherwise: the guards only say where there is work.
static Region *as_product(Builder *b, const Node *n, Node *const *in)
{
    Region *r = region_begin(b);
    Sides   s = sides_inside(b, in);
    Attr    attr = {.ax = n->attr.ax, .nax = n->attr.nax, .flag = true};
    for (int i = 0; i < 2; i++)
        s.x[i] = s.here[i] ? ir_guard(b, s.x[i], s.here[i]) : s.x[i];
    region_result(b, ir_make(b, OP_CONTRACT, s.x, 2, &attr));
    region_end(b);
    return r;
}

static bool is_kept(const Node *x)
{
    return x->op == OP_GUARD && x->in[0]->op == OP_FILL && x->in[0]->attr.flag && x->in[0]->in[0]->type.guard == x->type.guard;
}

// Zeros outside of its guard, of which those that no product reads need not be written: `no` looks inside alone. That is
// stored; who reads x from now on reads it, too.
static Node *for_product(Builder *b, Node *x)
{
    if (!x->type.guard || is_kept(x))
        return x->type.guard ? x->in[0] : x;
    Node *filled = ir_make(b, OP_FILL, &x, 1, &(Attr){.flag = true});
    if (filled->op == OP_FILL && x->home == b->region)
        map_put(b->lowered, x, ir_guard(b, filled, x->type.guard));
    return filled;
}

// A matrix product reads what is outside of a guard, where the other side has zeros; what is not finite there must not
// come through: then the sum is formed term by term.
Node *lower_contract(Builder *b, const Node *n, Node *const *in)
{
    Node *plain = ir_contract(b, in[0], in[1], n->attr.ax, n->attr.nax), *finite = NULL;
    if (plain->op != OP_CONTRACT || !under_guard(b->program->arena, plain))
        return plain;
    Node *const *x = plain->in;
    for (int i = 0; i < 2; i++)
        if (mentions(x[!i], plain)) {
            Node *f = all_finite(b, ir_fill(b, x[i]));
            finite = finite ? ir_binary(b, OP_AND, finite, f) : f;
        }
    Node   *operand[3] = {finite, for_product(b, x[0]), for_product(b, x[1])};
    Region *yes = as_product(b, plain, x), *no = term_by_term(b, plain, x);
    return ir_out(b, region_branch(b, operand, 3, yes, no), 0);
}

// ---- sums of narrow floats ----

bool lower_is_narrow(const Node *n)
{
    return elem_is_narrow(n->type.elem) &&
           (n->op == OP_SUM || n->op == OP_PROD || n->op == OP_CUMSUM || n->op == OP_CONTRACT || n->op == OP_SCATTER_ADD ||
            n->op == OP_SCATTER_PROD);
}

Node *lower_narrow(Builder *b, const Node *n, Node *const *in)
{
    Node **wide = ARENA_ARRAY(b->program->arena, Node *, n->nin + 1), *out;
    for (int i = 0; i < n->nin; i++)
        wide[i] = elem_is_narrow(in[i]->type.elem) ? ir_convert(b, in[i], ELEM_F32) : in[i];
    out = n->op == OP_CONTRACT ? lower_contract(b, n, wide) : ir_make(b, n->op, wide, n->nin, &n->attr);
    return ir_convert(b, out, n->type.elem);
}

static bool has_more(Arena *a, const Region *r)
{
    for (int i = 0; i < r->nodes.n; i++) {
        const Node *n = r->nodes.at[i];
        if (n->op == OP_FIX || n->op == OP_RUN || region_made(n) || under_guard(a, n) || lower_is_narrow(n))
            return true;
        for (int k = 0; k < 2; k++)
            if (n->body[k] && has_more(a, n->body[k]))
                return true;
    }
    return false;
}

bool program_is_low(const Program *p) { return !has_more(p->arena, p->main); }
