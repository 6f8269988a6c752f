#include "sema/carry.h"

#include "ir/fold.h"
#include "sema/stmt.h"

Carried *carry_new(Sema *s) { return ARENA_NEW(s->arena, Carried); }

void carry_entry(Carried *c, Entry *e)
{
    if (!e || !e->variable || is_error(e->value))
        return;
    for (int i = 0; i < c->n; i++)
        if (c->entry[i] == e)
            return;
    if (c->n < MOST_CARRIED) {
        c->entry[c->n] = e;
        c->first[c->n++] = e->value;
    }
}

void carry_assigned(Sema *s, Carried *c, const Syn *n)
{
    if (!n)
        return;
    if (n->kind == SYN_ASSIGN) {
        const Syn *t = n->kid[0];
        while (t->kind == SYN_FIELD || t->kind == SYN_BRACKET)
            t = t->kid[0];
        if (t->kind == SYN_NAME)
            carry_entry(c, scope_find(s, s->scope, t->name, SPAN_NONE));
    }
    if (n->kind == SYN_BREAK)
        carry_entry(c, scope_find(s, s->scope, left_name(s), SPAN_NONE));
    for (int i = 0; i < n->nkid; i++)
        carry_assigned(s, c, n->kid[i]);
}

// A guard of lifted positions alone says where the loop takes place; g, and this too.
static Node *at_positions(Sema *s, Node *g, Node *also)
{
    if (!also || !also->type.axes.n || !axes_contains(s->hidden, also->type.axes))
        return g;
    return g ? ir_binary(s->b, OP_AND, g, also) : also;
}

Node *carry_wanted(Sema *s, const Carried *c, Region *const *regions, int n)
{
    Node *g = c->there;
    for (int k = 0; k < n; k++)
        for (int i = 0; i < regions[k]->captured.n; i++) {
            const Node *x = regions[k]->captured.at[i];
            g = at_positions(s, g, (x->op == OP_FILL ? x->in[0] : x)->type.guard);  // it is filled on its way in
        }
    return g;
}

Node *carry_outside(Sema *s, const Region *r, Node *g)
{
    for (int i = 0; g && i < r->captured.n; i++)
        if (r->params.at[r->nexplicit + i] == g)
            return r->captured.at[i];
    if (!g || g->op != OP_AND)
        return NULL;
    Node *a = carry_outside(s, r, g->in[0]), *b = carry_outside(s, r, g->in[1]);
    return a && b ? ir_binary(s->b, OP_AND, a, b) : a ? a : b;
}

Value *carry_guarded(Sema *s, Value *v, Node *wanted)
{
    if (!wanted)
        return v;
    Node   *x = value_node(s, v);
    AxisSet more = axes_minus(s->arena, wanted->type.axes, x->type.axes);
    return value_like(s, ir_guard(s->b, x, ir_reduce(s->b, OP_ANY, wanted, more.at, more.n)), v);
}

void carry_begin(Sema *s, Carried *c)
{
    c->nleaf = 0;
    c->there = NULL;
    for (int i = 0; i < c->n; i++) {
        int got = value_leaves(s, c->first[i], c->leaf + c->nleaf, MOST_LEAVES - c->nleaf);
        c->nleaf += got;
    }
    for (int i = 0; i < c->nleaf; i++) {  // a carried number is not static
        Value *v = ARENA_NEW(s->arena, Value);
        *v = *c->leaf[i];
        c->guard[i] = value_node(s, v)->type.guard;
        c->there = at_positions(s, c->there, c->guard[i]);
        v->node = ir_fill(s->b, value_node(s, v));
        v->host = NULL;
        v->fixed = NULL;
        v->truth = TRUTH_DYNAMIC;
        c->leaf[i] = v;
    }
}

static void set_entries(Sema *s, Carried *c, Value **leaf)
{
    Value **next = leaf;
    for (int i = 0; i < c->n; i++)
        c->entry[i]->value = value_rebuild(s, c->first[i], &next);
}

Node *const *carry_nodes(Sema *s, const Carried *c)
{
    Node **in = ARENA_ARRAY(s->arena, Node *, c->nleaf + 1);
    for (int i = 0; i < c->nleaf; i++)
        in[i] = c->leaf[i]->node;
    return in;
}

void carry_restore(Carried *c)
{
    for (int i = 0; i < c->n; i++)
        c->entry[i]->value = c->first[i];
}

void carry_params(Sema *s, Carried *c)
{
    Value *in[MOST_LEAVES];
    Node  *p[MOST_LEAVES];
    for (int i = 0; i < c->nleaf; i++)
        p[i] = region_param(s->b, c->leaf[i]->node->type.elem, c->leaf[i]->node->type.axes);
    for (int i = 0; i < c->nleaf; i++) {  // a guard is captured: behind all that the region takes
        Node *x = c->guard[i] ? ir_guard(s->b, p[i], c->guard[i]) : p[i];
        c->inside[i] = x->type.guard;
        in[i] = value_like(s, x, c->leaf[i]);
        in[i]->leaf = c->leaf[i]->leaf;
        in[i]->order = c->leaf[i]->order;
    }
    set_entries(s, c, in);
}

// The values after a turn against those before: false when a type must be widened first (then it was).
bool carry_settled(Sema *s, Carried *c, Value **after)
{
    bool same = true;
    for (int i = 0; i < c->nleaf; i++) {
        Value *old = c->leaf[i], *new = after[i];
        AxisSet axes = axes_union(s->arena, old->node->type.axes, new->axes);
        Elem    elem = old->weak && !new->weak ? new->elem : old->elem;
        if (c->guard[i] && !guard_implies(value_node(s, new)->type.guard, c->inside[i])) {
            c->guard[i] = NULL;
            same = false;
        }
        if (axes_equal(axes, old->node->type.axes) && elem == old->elem && (old->weak == new->weak || !old->weak))
            continue;
        Node  *n = ir_expand(s->b, ir_convert(s->b, old->node, elem), axes);
        Value *v = value_like(s, n, old);
        v->weak = old->weak && new->weak;
        v->leaf = old->leaf;
        v->order = old->order;
        c->leaf[i] = v;
        same = false;
    }
    return same;
}

bool carry_after(Sema *s, Carried *c, Value **after)
{
    int n = 0;
    for (int i = 0; i < c->n; i++) {
        if (is_error(c->entry[i]->value))
            return false;
        n += value_leaves(s, c->entry[i]->value, after + n, MOST_LEAVES - n);
    }
    return n == c->nleaf;
}

void carry_results(Sema *s, Carried *c, Value **after)
{
    for (int i = 0; i < c->nleaf; i++) {
        Node *x = ir_fill(s->b, ir_convert(s->b, value_node(s, after[i]), c->leaf[i]->elem));
        region_result(s->b, ir_expand(s->b, x, c->leaf[i]->node->type.axes));
    }
}

void carry_take(Sema *s, Carried *c, Node *loop, Node *wanted)
{
    Value *out[MOST_LEAVES];
    for (int i = 0; i < c->nleaf; i++) {
        out[i] = carry_guarded(s, carry_guarded(s, value_like(s, ir_out(s->b, loop, i), c->leaf[i]), c->guard[i]), wanted);
        out[i]->leaf = c->leaf[i]->leaf;
        out[i]->buffer = c->leaf[i]->buffer;
        out[i]->order = c->leaf[i]->order;
    }
    set_entries(s, c, out);
}
