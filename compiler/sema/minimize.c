// minimize LOSS over PARTS using OPT: the loss, its gradient and the update as one program.
#include <math.h>
#include <string.h>

#include "sema/buffers.h"
#include "sema/experiment.h"
#include "sema/optimizer.h"
#include "sema/stmt.h"

enum { MOST_PARTS = 16, MOST_LEAVES = 1024 };

typedef struct {
    Syn   *at;
    Syn   *target;            // NAME, or FIELDs of one
    Entry *root;              // the variable that holds it
    Value *value;             // before
    int    first, n;          // its trained leaves
} Part;

typedef struct {
    Syn   *n;
    Part   part[MOST_PARTS];
    int    nparts;
    Value *leaf[MOST_LEAVES];  // copies with identities of their own
    int    nleaf;
    Moved  moved;              // buffers
    Value *frozen[MOST_LEAVES];  // left out by `except`
    int    nfrozen;
    Syn   *except[MOST_PARTS];
    int    nexcept;
    Entry *opt;                // the variable that holds the optimizer
    Value *optimizer;
} Minimize;

// ---- parts ----

static Entry *root_of(Sema *s, Syn *target)
{
    while (target->kind == SYN_FIELD || target->kind == SYN_PAREN)
        target = target->kid[0];
    return target->kind == SYN_NAME ? scope_lookup(s, target->name, target->where) : NULL;
}

static bool add_part(Sema *s, Minimize *m, Syn *n)
{
    if (n->kind == SYN_PAREN)
        return add_part(s, m, n->kid[0]);
    if (n->kind == SYN_EXCEPT) {
        if (!add_part(s, m, n->kid[0]))
            return false;
        if (m->nexcept < MOST_PARTS)
            m->except[m->nexcept++] = n;
        return true;
    }
    Entry *e = n->kind == SYN_NAME || n->kind == SYN_FIELD ? root_of(s, n) : NULL;
    if (!e || e->kind != ENTRY_VALUE || m->nparts == MOST_PARTS) {
        sema_error(s, DIAG_E0207, n->where, "`over` takes variables and their parts; `%s` is none", text_syn(s, n));
        return false;
    }
    if (is_error(e->value))
        return false;
    if (!e->variable) {
        Diag *d = sema_diag(s, DIAG_E0506, n->where, "`%s` is no `var`, and cannot be trained", e->name);
        diag_label(d, e->where, "declared here");
        diag_help(d, "declare it by `var %s = …`", e->name);
        return false;
    }
    m->part[m->nparts++] = (Part){.at = n, .target = n, .root = e};
    return true;
}

static bool find_parts(Sema *s, Minimize *m)
{
    Syn *over = m->n->kid[1];
    if (over->kind != SYN_TUPLE)
        return add_part(s, m, over);
    for (int i = 0; i < over->nkid; i++)
        if (!add_part(s, m, over->kid[i]))
            return false;
    return true;
}

// Buffers and positions are not trained, nor what `except` leaves out.
static bool trained(const Minimize *m, const Value *v)
{
    for (int i = 0; i < m->nfrozen; i++)
        if (m->frozen[i]->host == v->host && m->frozen[i]->node == v->node)
            return false;
    return !v->buffer && elem_class(v->elem) == ELEM_CLASS_FLOAT;
}

static Value *own_leaf(Sema *s, Value *v, Value *none, void *user)
{
    (void)none;
    Minimize *m = user;
    if (!trained(m, v) || m->nleaf == MOST_LEAVES)
        return v;
    Value *out = ARENA_NEW(s->arena, Value);
    *out = *v;
    out->node = ir_unary(s->b, OP_COPY, value_node(s, v));
    out->host = NULL;
    out->from = v->host;
    m->leaf[m->nleaf++] = out;
    return out;
}

static void put_part(Sema *s, const Part *p, Value *v)
{
    if (p->target->kind == SYN_NAME)
        p->root->value = v;
    else
        p->root->value = value_with_path(s, p->root->value, p->target, v);
}

static bool find_frozen(Sema *s, Minimize *m)
{
    m->nfrozen = 0;
    for (int i = 0; i < m->nexcept; i++) {
        Value *rest = evaluate(s, m->except[i]), *v = evaluate(s, m->except[i]->kid[1]);
        if (is_error(rest) || is_error(v))
            return false;
        m->nfrozen += value_leaves(s, v, m->frozen + m->nfrozen, MOST_LEAVES - m->nfrozen);
    }
    return true;
}

// From here to the end of the loss, the parts stand for their copies.
static bool own_parts(Sema *s, Minimize *m)
{
    if (!find_frozen(s, m))
        return false;
    for (int i = 0; i < m->nparts; i++) {
        Part *p = &m->part[i];
        p->value = evaluate(s, p->target);
        if (is_error(p->value))
            return false;
        p->first = m->nleaf;
        Value *own = value_map(s, p->value, NULL, own_leaf, m);
        p->n = m->nleaf - p->first;
        if (!p->n) {
            sema_error(s, DIAG_E0601, p->at->where, "`%s` has nothing to train: %s", text_syn(s, p->at),
                       text_value(s, p->value));
            return false;
        }
        put_part(s, p, own);
    }
    return true;
}

// ---- the loss ----

static Value *evaluate_loss(Sema *s, Minimize *m)
{
    bool training = s->training, opaque = s->opaque;
    Value *(*run)(Sema *, Syn *) = s->run_statement;
    s->training = true;
    s->opaque = false;
    s->run_statement = NULL;
    s->moved = &m->moved;
    m->moved.regions = s->regions;
    Value *loss = evaluate(s, m->n->kid[0]);
    s->moved = NULL;
    s->training = training;
    s->opaque = opaque;
    s->run_statement = run;
    if (is_error(loss))
        return loss;
    if (!is_tensor(loss) || value_visible(s, loss).n || elem_class(loss->elem) != ELEM_CLASS_FLOAT) {
        Diag *d = sema_diag(s, DIAG_E0702, m->n->kid[0]->where, "a loss is one number");
        diag_label(d, m->n->kid[0]->where, "%s", text_value(s, loss));
        diag_help(d, "sum it or take its mean: `mean[batch](…)`");
        return value_new(s, V_ERROR, m->n->where);
    }
    return loss;
}

static bool parts_occur(Sema *s, const Minimize *m, Node *const *grad)
{
    bool ok = true;
    for (int i = 0; i < m->nparts; i++) {
        const Part *p = &m->part[i];
        bool any = false;
        for (int k = p->first; k < p->first + p->n; k++)
            any = any || grad[k];
        if (any)
            continue;
        Diag *d = sema_diag(s, DIAG_E0601, p->at->where, "the loss does not depend on `%s`", text_syn(s, p->at));
        diag_label(d, m->n->kid[0]->where, "this loss");
        diag_label(d, p->at->where, "is to be trained");
        diag_help(d, "was it computed before `minimize`? Then write that computation inside: `minimize { … }`");
        ok = false;
    }
    return ok;
}

// ---- the update ----

static Value *state_of(Sema *s, const Minimize *m, int k)
{
    Value *all = value_field(m->optimizer, name_of(s->names, "state"));
    return all ? all->fields[k].value : NULL;
}

static Value *with_state(Sema *s, const Minimize *m, Value **state)
{
    Value *all = value_new(s, V_RECORD, m->optimizer->where), *v = ARENA_NEW(s->arena, Value);
    all->nfields = m->nleaf;
    all->fields = ARENA_ARRAY(s->arena, Field, m->nleaf + 1);
    for (int i = 0; i < m->nleaf; i++)
        all->fields[i] = (Field){name_format(s->names, "%d", i), state[i]};
    *v = *m->optimizer;
    bool had = value_field(v, name_of(s->names, "state")) != NULL;
    v->nfields += !had;
    v->fields = ARENA_ARRAY(s->arena, Field, v->nfields);
    memcpy(v->fields, m->optimizer->fields, sizeof(Field) * (size_t)m->optimizer->nfields);
    v->fields[v->nfields - 1] = (Field){name_of(s->names, "state"), all};
    return v;
}

// ---- what changes: the variables that hold the parts, and those whose buffers moved ----

static bool holds_moved(Sema *s, const Minimize *m, const Entry *e)
{
    Value *leaf[MOST_LEAVES];
    int    n = e->value && e->value->kind == V_MODEL ? value_leaves(s, e->value, leaf, MOST_LEAVES) : 0;
    for (int i = 0; i < n && i < MOST_LEAVES; i++)
        for (int k = 0; k < m->moved.n; k++)
            if (m->moved.at[k].leaf == leaf[i])
                return true;
    return false;
}

static bool holds_part(const Minimize *m, const Entry *e)
{
    for (int i = 0; i < m->nparts; i++)
        if (m->part[i].root == e)
            return true;
    return false;
}

// The loss, each variable under its name, the optimizer; the caller takes them apart.
static Value *results(Sema *s, Minimize *m, Value *loss, Value *optimizer)
{
    VEC(Field) all = {0};
    vec_push(s->arena, &all, ((Field){NULL, loss}));
    s->moved = &m->moved;
    for (Scope *sc = s->scope; sc; sc = sc->frame ? NULL : sc->outer)
        for (int i = 0; i < sc->entries.n; i++) {
            Entry *e = sc->entries.at[i];
            if (e->variable && (holds_part(m, e) || holds_moved(s, m, e)))
                vec_push(s->arena, &all, ((Field){e->name, model_after(s, e->value)}));
        }
    s->moved = NULL;
    vec_push(s->arena, &all, ((Field){NULL, optimizer}));
    Value *out = value_new(s, V_RECORD, m->n->where);
    out->fields = all.at;
    out->nfields = all.n;
    return out;
}

static Value *loss_and_update(Sema *s, Minimize *m, Value *loss, Node **grad)
{
    Value *new[MOST_LEAVES], *state[MOST_LEAVES];
    for (int i = 0; i < m->nleaf; i++) {
        Node  *g = grad[i] ? ir_fill(s->b, grad[i]) : ir_zeros_like(s->b, m->leaf[i]->node);
        Value *gv = value_tensor(s, g, m->leaf[i]->where);
        new[i] = optimizer_update(s, m->optimizer, m->leaf[i], gv, state_of(s, m, i), &state[i], false);
        if (is_error(new[i]))
            return new[i];
    }
    for (int i = 0, k = 0; i < m->nparts; i++) {
        Value *leaf[MOST_LEAVES], *next[MOST_LEAVES], **at = next;
        int    n = value_leaves(s, m->part[i].value, leaf, MOST_LEAVES);
        for (int j = 0; j < n; j++)
            next[j] = trained(m, leaf[j]) ? new[k++] : leaf[j];
        put_part(s, &m->part[i], value_rebuild(s, m->part[i].value, &at));
    }
    return results(s, m, loss, with_state(s, m, state));
}

static Value *build(Sema *s, void *user)
{
    Minimize *m = user;
    Node     *grad[MOST_LEAVES], *wrt[MOST_LEAVES];
    Value    *root[MOST_PARTS];
    m->nleaf = 0;
    m->moved = (Moved){0};
    scope_find(s, s->scope, m->opt->name, SPAN_NONE);  // the step depends on it
    for (int i = 0; i < m->nparts; i++)
        root[i] = m->part[i].root->value;
    bool   ok = own_parts(s, m);
    Value *loss = ok ? evaluate_loss(s, m) : value_new(s, V_ERROR, m->n->where);
    for (int i = 0; i < m->nparts; i++)
        m->part[i].root->value = root[i];
    if (is_error(loss))
        return loss;
    for (int i = 0; i < m->nleaf; i++)
        wrt[i] = m->leaf[i]->node;
    if (!ad_grad(s->b, s->diags, value_node(s, loss), NULL, wrt, m->nleaf, grad) || !parts_occur(s, m, grad))
        return value_new(s, V_ERROR, m->n->where);
    Value *out = loss_and_update(s, m, loss, grad);
    for (int i = 0; i < m->nparts; i++)
        m->part[i].root->value = root[i];
    return out;
}

static Value *build_state(Sema *s, void *user)
{
    Minimize *m = user;
    Value    *state[MOST_LEAVES];
    m->nleaf = 0;
    find_frozen(s, m);
    for (int i = 0; i < m->nparts; i++)
        value_map(s, evaluate(s, m->part[i].target), NULL, own_leaf, m);
    for (int i = 0; i < m->nleaf; i++)
        optimizer_update(s, m->optimizer, m->leaf[i], m->leaf[i], NULL, &state[i], true);
    return with_state(s, m, state);
}

static bool find_optimizer(Sema *s, Minimize *m)
{
    Syn *using = m->n->kid[2];
    if (using->kind == SYN_TUPLE) {
        sema_absent(s, using->where, "optimizers of their own for parts (`using (net.body: …)`)");
        return false;
    }
    m->opt = using->kind == SYN_NAME ? scope_lookup(s, using->name, using->where) : NULL;
    m->optimizer = evaluate(s, using);
    if (is_error(m->optimizer))
        return false;
    if (m->optimizer->kind == V_OPTIMIZER && m->opt)
        return true;
    Diag *d = sema_diag(s, DIAG_E0313, using->where, "`using` takes an optimizer held in a variable");
    diag_label(d, using->where, "%s", text_value(s, m->optimizer));
    diag_help(d, "make it before: `var opt = adamw(lr: 1e-3)`");
    return false;
}

Value *eval_minimize(Sema *s, Syn *n)
{
    Minimize here = {.n = n}, *m = &here;
    if (!s->experiment)
        return sema_error(s, DIAG_E0506, n->where, "`minimize` stands in experiments alone");
    if (!find_parts(s, m) || !find_optimizer(s, m))
        return value_new(s, V_ERROR, n->where);
    if (s->host && !value_field(m->optimizer, name_of(s->names, "state"))) {
        Value *v = step(s, n->kid[2], build_state, m);
        if (is_error(v))
            return v;
        m->opt->value = m->optimizer = v;
    }
    Value *v = step(s, n, build, m);
    if (is_error(v))
        return v;
    for (int i = 1; i + 1 < v->nfields; i++)
        scope_find(s, s->scope, v->fields[i].name, SPAN_NONE)->value = v->fields[i].value;
    m->opt->value = v->fields[v->nfields - 1].value;
    if (!s->host)  // while checking, an optimizer stays as it was made
        m->opt->value = m->optimizer;
    Value *loss = v->fields[0].value;
    double x;
    if (s->host && host_number(loss, &x) && !isfinite(x)) {
        sema_diag(s, DIAG_E0805, n->where, "the loss is %g after this step", x);
        diag_help(diags_last(s->diags), "a smaller learning rate, or a clipped gradient, often keeps it finite");
        return value_new(s, V_ERROR, n->where);
    }
    return loss;
}
