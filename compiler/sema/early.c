// A loss taken one line too early: what was computed from a part before `minimize` is a constant of the loss, unless
// it is said to be one by `stop`. Looked for while checking, when an experiment's values are nodes of one program.
#include "ir/region.h"
#include "sema/early.h"

void early_reads(Sema *s, const Value *result, const Value *self, Value *const *arg, int n)
{
    if (s->host || !s->experiment || !is_tensor(result))
        return;
    Value *all = value_new(s, V_RECORD, result->where);
    all->fields = ARENA_ARRAY(s->arena, Field, n + 1);
    for (int i = 0; i < n; i++)
        if (arg[i]->kind == V_MODEL)
            all->fields[all->nfields++].value = arg[i];
    if (self)
        all->fields[all->nfields++].value = (Value *)(uintptr_t)self;
    if (all->nfields)
        map_put(s->reads, result->node, all);
}

static Value *kept_apart(Sema *s, Value *v, Value *none, void *user)
{
    (void)none;
    if (v->fixed || v->truth || !elem_is_smooth(v->elem))
        return v;
    Value *out = ARENA_NEW(s->arena, Value);
    *out = *v;
    Node *x = value_node(s, v);
    out->node = ir_unary(s->b, OP_COPY, v->leaf || *(bool *)user ? ir_unary(s->b, OP_STOP, x) : x);
    return out;
}

static Value *apart(Sema *s, Value *v, bool trained)
{
    return is_error(v) || s->host || s->stage ? v : value_map(s, v, NULL, kept_apart, &trained);
}

Value *early_variable(Sema *s, Value *v) { return apart(s, v, false); }
Value *early_trained(Sema *s, Value *v) { return apart(s, v, true); }

// ---- which nodes a derivative with respect to the parts would reach, had they been computed inside ----

typedef struct {
    Sema *s;
    Map  *from;   // nodes that come from a part, by a way that starts before the loss
    Map  *own;    // the parts as the loss has them
} Early;

static char yes;

static bool is_from(const Early *e, const Node *n) { return map_get(e->from, n) != NULL; }

static bool put_from(Early *e, const Node *n, bool is)
{
    bool news = is && !is_from(e, n);
    if (news)
        map_put(e->from, n, &yes);
    return news;
}

static bool reads_from(Early *e, const Node *n)
{
    Value *all = n->op == OP_CALL ? map_get(e->s->reads, n) : NULL, *leaf[MOST_LEAVES];
    int    count = all ? value_leaves(e->s, all, leaf, MOST_LEAVES) : 0;
    for (int i = 0; i < count && i < MOST_LEAVES; i++)
        if (leaf[i]->node && is_from(e, leaf[i]->node))
            return true;
    return false;
}

static void sweep(Early *e, const Region *r);

static void sweep_body(Early *e, const Node *n, const Region *body)
{
    int  skip = region_skip(n->op), turn = region_turn(n->op);
    bool more = true;
    for (int i = skip; i < n->nin && i - skip + turn < body->params.n; i++)
        put_from(e, body->params.at[i - skip + turn], is_from(e, n->in[i]));
    while (more) {  // what a turn gives, the next one takes
        sweep(e, body);
        more = false;
        for (int i = 0; region_turn(n->op) && i < n->attr.i; i++)
            more = put_from(e, body->params.at[i + turn], is_from(e, body->results.at[i])) || more;
    }
}

static bool comes_from(Early *e, const Node *n)
{
    if (n->op == OP_STOP || map_get(e->own, n) || elem_class(n->type.elem) != ELEM_CLASS_FLOAT)
        return false;
    if (n->op == OP_OUT) {
        const Node *of = n->in[0];
        return is_from(e, of->body[0]->results.at[n->attr.i]) ||
               (of->op == OP_BRANCH && is_from(e, of->body[1]->results.at[n->attr.i]));
    }
    for (int i = 0; i < n->nin; i++)
        if (is_from(e, n->in[i]))
            return true;
    return reads_from(e, n);
}

static void sweep(Early *e, const Region *r)
{
    for (int i = 0; i < r->nodes.n; i++) {
        const Node *n = r->nodes.at[i];
        if (n->body[0]) {
            sweep_body(e, n, n->body[0]);
            if (n->op == OP_BRANCH)
                sweep_body(e, n, n->body[1]);
        } else {
            put_from(e, n, comes_from(e, n));
        }
    }
}

// ---- the message: at the name in the loss that brings it in ----

static Syn *name_that_brings(Early *e, Syn *n, Entry **entry)
{
    Value *leaf[MOST_LEAVES];
    Syn   *found = NULL;
    Entry *x = n->kind == SYN_NAME ? scope_find(e->s, e->s->scope, n->name, SPAN_NONE) : NULL;
    if (x && x->kind == ENTRY_VALUE && x->value && (is_tensor(x->value) || x->value->kind == V_RECORD)) {
        int count = value_leaves(e->s, x->value, leaf, MOST_LEAVES);
        for (int i = 0; i < count && i < MOST_LEAVES; i++)
            if (leaf[i]->node && is_from(e, leaf[i]->node)) {
                *entry = x;
                return n;
            }
    }
    for (int i = 0; i < n->nkid && !found; i++)
        found = n->kid[i] ? name_that_brings(e, n->kid[i], entry) : NULL;
    return found;
}

static bool report(Early *e, const Minimize *m)
{
    Entry *x = NULL;
    Syn   *at = name_that_brings(e, m->n->kid[0], &x);
    Span   where = at ? at->where : m->n->kid[0]->where;
    Diag  *d = sema_diag(e->s, DIAG_E0601, where, "%s%s%s was computed from what is trained, before `minimize`",
                         at ? "`" : "a part of the loss", at ? at->name : "", at ? "`" : "");
    diag_label(d, where, "no gradient flows through it");
    if (x)
        diag_label(d, x->where, "computed here");
    diag_help(d, "compute it inside: `minimize { … }`; or, if it is meant as a constant, write `stop(%s)`",
              at ? at->name : "…");
    return false;
}

bool early_loss(Sema *s, const Minimize *m, const Value *loss)
{
    if (s->host)
        return true;
    Early e = {s, map_new(s->arena), map_new(s->arena)};
    for (int i = 0; i < m->nleaf; i++) {
        map_put(e.own, m->leaf[i]->node, &yes);
        if (m->before[i]->node->op == OP_COPY)
            map_put(e.from, m->before[i]->node, &yes);
    }
    sweep(&e, s->b->program->main);
    return !is_from(&e, loss->node) || report(&e, m);
}
