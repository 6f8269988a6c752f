// Which nodes are stored, and which are computed again wherever they are used.
#include <string.h>

#include "ir/region.h"
#include "sched/plan.h"

#define CHEAP 8     // operations; what costs less is computed in each kernel that uses it
#define LARGE 65536 // elements; what a product reads is made in tiles from there on
#define DEAR  200   // what is computed in one kernel is cut there, so that code stays small

// Axes of one position make no matrix.
static bool apart(const Axis *a, AxisSet from) { return !axes_has(from, a) && !axis_is_single(a); }

bool sched_is_product(const Node *n)
{
    if (n->op != OP_CONTRACT || elem_class(n->type.elem) != ELEM_CLASS_FLOAT || n->attr.nax == 0)
        return false;
    AxisSet x = n->in[0]->type.axes, y = n->in[1]->type.axes;
    bool    m = false, k = false;
    int     batch = 0;
    for (int i = 0; i < x.n; i++) {
        m = m || apart(x.at[i], y);
        batch += axes_has(y, x.at[i]) && axes_has(n->type.axes, x.at[i]);
    }
    for (int i = 0; i < y.n; i++)
        k = k || apart(y.at[i], x);
    if (!m || !k) // a vector: only if there is one matrix
        return batch == 0 && (m || k) && axes_guess(n->type.axes) > 32;
    return true;
}

bool sched_watches(const Node *n) { return n->op == OP_CHECK || n->op == OP_TALLY; }

bool sched_is_map(const Node *n)
{
    switch (op_info(n->op)->class) {
    case OPC_MAP:
    case OPC_SHAPE: return true;
    case OPC_INDEX:
        return n->op == OP_INDEX || n->op == OP_UPDATE ||
               (n->op != OP_ARGSORT && !sched_watches(n) && n->attr.nax == 0); // the latter: one-hot
    case OPC_LEAF: return n->op == OP_CONST || n->op == OP_IOTA || n->op == OP_SIZE;
    case OPC_REDUCE: return n->attr.nax == 0 && n->op == OP_CONTRACT;
    case OPC_LIBRARY:
    case OPC_REGION: return false;
    }
    return false;
}

Node *sched_strip(Node *x, const Node *contract, int side)
{
    AxisSet other = contract->in[!side]->type.axes;
    if (contract->attr.flag && x->op == OP_GUARD) // zeros outside
        return x->in[0];
    while (x->op == OP_EXPAND) {
        for (int i = 0; i < x->attr.nax; i++) {
            bool summed = order_find(contract->attr.ax, contract->attr.nax, x->attr.ax[i]) >= 0;
            if (summed || !axes_has(other, x->attr.ax[i]))
                return x;
        }
        if (contract->in[!side]->op == OP_EXPAND) // one of the two must keep it
            return x;
        x = x->in[0];
    }
    return x;
}

bool sched_is_part(const Node *n)
{
    return n->op == OP_INDEX && n->attr.nax == 1 && !n->attr.i && !n->type.guard &&
           (n->in[1]->op == OP_CONST || (n->in[1]->op == OP_PARAM && n->in[1]->type.axes.n == 0));
}

static bool always_there(const Node *n)
{
    return n->op == OP_INPUT || n->op == OP_PARAM || n->op == OP_TABLE;
}

static void reach(Sched *s, Node *n)
{
    Info *i = &s->info[n->id];
    if (i->live)
        return;
    i->live = true;
    for (int k = 0; k < n->nin; k++)
        reach(s, n->in[k]);
    Node *maker[16];
    for (int k = region_makers(n, maker, 16); k > 0; k--)
        reach(s, maker[k - 1]);
    for (int k = 0; k < n->nin; k++)
        if (n->in[k]->type.guard)
            reach(s, n->in[k]->type.guard);
    if (n->type.guard)
        reach(s, n->type.guard);
}

static void force(Sched *s, Node *n) { s->info[n->id].forced = true; }

// Elements that are read to compute n where it is used.
static double elements_read(Sched *s, const Node *n, int depth)
{
    if (s->info[n->id].forced || depth == 0)
        return axes_guess(n->type.axes);
    double sum = 0;
    for (int i = 0; i < n->nin; i++)
        sum += elements_read(s, n->in[i], depth - 1);
    return sum;
}

// Windows of an image and the like: many times what they are made from.
static bool better_in_tiles(Sched *s, const Node *x)
{
    double size = axes_guess(x->type.axes);
    return sched_is_map(x) && !s->info[x->id].forced && x->type.axes.n > 2 && size >= LARGE &&
           size >= 2 * elements_read(s, x, 10);
}

// What a product reads: the node under the views, if its memory can serve.
static void force_operand(Sched *s, Node *product, int side)
{
    Node *x = sched_strip(product->in[side], product, side);
    while ((x->op == OP_RENAME || x->op == OP_STOP || x->op == OP_COPY || sched_is_part(x)) &&
           !x->type.guard)
        x = x->in[0];
    if (better_in_tiles(s, x)) {
        s->info[x->id].tiled = s->info[sched_strip(product->in[side], product, side)->id].tiled =
            true;
        return;
    }
    force(s, x);
    if (!s->info[x->id].consumer && x == sched_strip(product->in[side], product, side))
        s->info[x->id].consumer = product;
}

static void force_needs(Sched *s, Node *n)
{
    OpClass c = op_info(n->op)->class;
    if (!sched_is_map(n) || (s->apart && c != OPC_LEAF) || s->info[n->id].version || inplace_reads(s, n))
        force(s, n);
    if (sched_is_product(n)) {
        force_operand(s, n, 0);
        force_operand(s, n, 1);
    }
    if ((c == OPC_REGION && n->op != OP_OUT) || c == OPC_LIBRARY)
        for (int i = 0; i < n->nin; i++)
            force(s, n->in[i]);
    if (n->op == OP_ARGSORT)
        force(s, n->in[0]);
    for (int i = 0; sched_watches(n) && i < n->nin; i++)
        force(s, n->in[i]);
}

static int cost_of(Sched *s, const Node *n)
{
    int c = op_info(n->op)->flops;
    if (n->op == OP_INDEX || n->op == OP_CONCAT)
        c += 3;
    for (int i = 0; i < n->nin; i++)
        if (!s->info[n->in[i]->id].forced)
            c += s->info[n->in[i]->id].cost;
    return c < 100000 ? c : 100000;
}

// Computing an operand anew for each position that reads it: worth a buffer?
static void force_repeated(Sched *s, Node *n)
{
    for (int i = 0; i < n->nin; i++) {
        Node *x = n->in[i];
        Info *xi = &s->info[x->id];
        if (xi->forced || (xi->tiled && sched_is_product(n)) || xi->cost < CHEAP || !sched_is_map(x) || op_info(x->op)->class == OPC_LEAF)
            continue;
        AxisSet domain = n->type.axes;
        if (op_info(n->op)->class == OPC_REDUCE)
            domain = axes_union(s->arena, domain, n->in[0]->type.axes);
        if (axes_guess(domain) >= 2 * axes_guess(x->type.axes) || xi->cost > DEAR)
            xi->forced = true;
    }
}

// Maps over one domain will be computed together.
static const Node *root_key(const Node *n, Node *const *roots, int nroots)
{
    if (!sched_is_map(n))
        return n;
    for (int i = 0; i < nroots; i++)
        if (sched_is_map(roots[i]) && axes_equal(roots[i]->type.axes, n->type.axes))
            return roots[i];
    return n;
}

static void add_root(Info *i, const Node *root)
{
    for (int k = 0; k < i->roots; k++)
        if (i->root[k] == root)
            return;
    if (i->roots < 2)
        i->root[i->roots++] = root;
}

static void spread(Sched *s, Node *n, Node *operand, const Node *key)
{
    Info *from = &s->info[n->id], *to = &s->info[operand->id];
    if (from->forced)
        add_root(to, key);
    else
        for (int k = 0; k < from->roots; k++)
            add_root(to, from->root[k]);
}

static void force_shared(Sched *s, Region *r)
{
    VEC(Node *) roots = {0};
    for (int i = r->nodes.n - 1; i >= 0; i--) {
        Node *n = r->nodes.at[i];
        Info *in = &s->info[n->id];
        if (!in->live)
            continue;
        if (in->roots > 1 && !in->tiled && in->cost >= CHEAP && sched_is_map(n) &&
            op_info(n->op)->class != OPC_LEAF)
            in->forced = true;
        const Node *key = in->forced ? root_key(n, roots.at, roots.n) : NULL;
        if (key == n)
            vec_push(s->arena, &roots, n);
        for (int k = 0; k < n->nin; k++) {
            spread(s, n, n->in[k], key);
            if (n->in[k]->type.guard)
                spread(s, n, n->in[k]->type.guard, key);
        }
        if (n->type.guard)
            spread(s, n, n->type.guard, key);
    }
}

void sched_mark(Sched *s, Region *r)
{
    for (int i = 0; i < r->results.n; i++)
        reach(s, r->results.at[i]);
    for (int i = 0; i < r->params.n; i++)
        force(s, r->params.at[i]);
    for (int i = 0; i < r->nodes.n; i++) {
        Node *n = r->nodes.at[i];
        if (!s->info[n->id].live)
            continue;
        if (always_there(n))
            force(s, n);
        force_needs(s, n);
        s->info[n->id].cost = cost_of(s, n);
        force_repeated(s, n);
    }
    for (int i = 0; i < r->results.n; i++)
        force(s, r->results.at[i]);
    force_shared(s, r);
}
