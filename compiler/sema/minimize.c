// minimize LOSS over PARTS using OPT: the loss, its gradient and the update as one program.
#include <math.h>
#include <string.h>

#include "sema/early.h"
#include "sema/experiment.h"
#include "sema/minimize.h"
#include "sema/model.h"
#include "sema/stage.h"
#include "sema/stmt.h"

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
    bool   named = n->kind == SYN_NAME || n->kind == SYN_FIELD;
    int    before = diags_count(s->diags);
    Entry *e = named ? root_of(s, n) : NULL;
    if (named && !e && diags_count(s->diags) > before)  // said: a name that is not known
        return false;
    if (!e || e->kind != ENTRY_VALUE || m->nparts == MOST_PARTS) {
        sema_error(s, DIAG_E0207, n->where, "%s takes variables and their parts; `%s` is none",
                   m->by_hand ? "an optimizer" : "`over`", text_syn(s, n));
        return false;
    }
    if (is_error(e->value))
        return false;
    if (!e->variable && !m->by_hand) {
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
    return !v->buffer && elem_is_smooth(v->elem);
}

static Value *own_leaf(Sema *s, Minimize *m, Value *v, Name path)
{
    if (!trained(m, v) || m->nleaf == MOST_LEAVES)
        return v;
    Value *out = v;
    if (!m->listing) {
        out = ARENA_NEW(s->arena, Value);
        *out = *v;
        out->node = ir_unary(s->b, OP_COPY, value_node(s, v));
        out->host = NULL;
        out->from = v->host;
    }
    m->path[m->nleaf] = path;
    m->before[m->nleaf] = v;
    m->leaf[m->nleaf++] = out;
    return out;
}

// v with identities of their own for what is trained.
static Value *own_leaves(Sema *s, Minimize *m, Value *v, Name path)
{
    if (is_tensor(v))
        return own_leaf(s, m, v, path);
    if (!v->nfields)
        return v;
    Value *out = ARENA_NEW(s->arena, Value);
    *out = *v;
    out->fields = ARENA_ARRAY(s->arena, Field, v->nfields);
    for (int i = 0; i < v->nfields; i++) {
        Name inner = path_field(s, path, v->fields[i].name, i);
        out->fields[i] = (Field){v->fields[i].name, own_leaves(s, m, v->fields[i].value, inner)};
    }
    return out;
}

static Name text_name(Sema *s, const Syn *n) { return name_of(s->names, text_syn(s, n)); }

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

// While an experiment is checked, a net that it takes by its interface, or chooses by a parameter, may be any: what it
// trains is known when it runs.
static bool is_any(Sema *s, const Value *v)
{
    return !s->host && v->kind == V_FUNC && (v->func->interface || choice_side(s, v->func));
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
        Value *own = own_leaves(s, m, p->value, text_name(s, p->target));
        p->n = m->nleaf - p->first;
        if (!p->n && !is_any(s, p->value)) {
            Diag *d = sema_diag(s, DIAG_E0601, p->at->where, "`%s` has nothing to train: %s", text_syn(s, p->at),
                                text_value(s, p->value));
            if (!help_instance(d, p->value))
                diag_help(d, "name a model, a part of one or a tensor of floats that is a `var`");
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
    return early_loss(s, m, loss) ? loss : value_new(s, V_ERROR, m->n->where);
}

static bool parts_occur(Sema *s, const Minimize *m, Node *const *grad)
{
    bool ok = true;
    for (int i = 0; i < m->nparts; i++) {
        const Part *p = &m->part[i];
        bool any = !p->n;
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

// The loss, then each variable that changes under its name.
static Value *results(Sema *s, Minimize *m, Value *loss, Value *optimizers)
{
    VEC(Field) all = {0};
    vec_push(s->arena, &all, ((Field){NULL, loss}));
    s->moved = &m->moved;
    for (Scope *sc = s->scope; sc; sc = sc->frame ? NULL : sc->outer)
        for (int i = 0; i < sc->entries.n; i++) {
            Entry *e = sc->entries.at[i];
            if (e->variable && (holds_part(m, e) || holds_moved(s, m, e)))
                vec_push(s->arena, &all, ((Field){e->name, model_after(s, e->value, true)}));
        }
    s->moved = NULL;
    for (int i = 0; i < optimizers->nfields; i++)
        vec_push(s->arena, &all, optimizers->fields[i]);
    Value *out = value_new(s, V_RECORD, m->n->where);
    out->fields = all.at;
    out->nfields = all.n;
    return out;
}

static Value *loss_and_update(Sema *s, Minimize *m, Value *loss, Node **grad)
{
    Value *new[MOST_LEAVES], *optimizers;
    if (!update_leaves(s, m, grad, new, &optimizers))
        return value_new(s, V_ERROR, m->n->where);
    for (int i = 0, k = 0; i < m->nparts; i++) {
        Value *leaf[MOST_LEAVES], *next[MOST_LEAVES], **at = next;
        int    n = value_leaves(s, m->part[i].value, leaf, MOST_LEAVES);
        for (int j = 0; j < n; j++)
            next[j] = trained(m, leaf[j]) ? new[k++] : leaf[j];
        put_part(s, &m->part[i], value_rebuild(s, m->part[i].value, &at));
    }
    return results(s, m, loss, optimizers);
}

static Value *build(Sema *s, void *user)
{
    Minimize *m = user;
    Node     *grad[MOST_LEAVES], *wrt[MOST_LEAVES];
    Value    *root[MOST_PARTS];
    m->nleaf = 0;
    m->moved = (Moved){0};
    for (int i = 0; i < m->nusing; i++)  // the step depends on them
        scope_find(s, s->scope, m->using[i].entry->name, SPAN_NONE);
    for (int i = 0; i < m->nparts; i++)
        root[i] = m->part[i].root->value;
    int    reported = diags_errors(s->diags);
    bool   ok = own_parts(s, m);
    Value *loss = ok ? evaluate_loss(s, m) : value_new(s, V_ERROR, m->n->where);
    for (int i = 0; i < m->nparts; i++)
        m->part[i].root->value = root[i];
    if (is_error(loss) || diags_errors(s->diags) > reported)  // what was wrong in it hides on what it depends
        return value_new(s, V_ERROR, m->n->where);
    for (int i = 0; i < m->nleaf; i++)
        wrt[i] = m->leaf[i]->node;
    int before = diags_count(s->diags);
    if (!ad_grad(s->b, s->diags, value_node(s, loss), NULL, wrt, m->nleaf, grad))
        return asked_here(s, before, m->n->where);
    if (!parts_occur(s, m, grad))
        return value_new(s, V_ERROR, m->n->where);
    Value *out = loss_and_update(s, m, loss, grad);
    for (int i = 0; i < m->nparts; i++)
        m->part[i].root->value = root[i];
    return out;
}

// Which tensors are trained.
static bool list_leaves(Sema *s, Minimize *m)
{
    m->nleaf = 0;
    if (!find_frozen(s, m))
        return false;
    for (int i = 0; i < m->nparts; i++) {
        Value *v = evaluate(s, m->part[i].target);
        if (is_error(v))
            return false;
        own_leaves(s, m, v, text_name(s, m->part[i].target));
    }
    return true;
}

static Value *build_states(Sema *s, void *user)
{
    Minimize *m = user;
    return list_leaves(s, m) ? first_states(s, m) : value_new(s, V_ERROR, m->n->where);
}

static void take_variables(Sema *s, const Value *v, int first)
{
    for (int i = first; i < v->nfields; i++) {
        Entry *e = scope_find(s, s->scope, v->fields[i].name, SPAN_NONE);
        if (s->host || s->stage || e->value->kind != V_OPTIMIZER)  // while checking, an optimizer stays as it was made
            e->value = early_trained(s, v->fields[i].value);
    }
}

// States that are there from the step before are inputs of the program; so those of the first step are made before it.
static bool make_states(Sema *s, Minimize *m)
{
    m->listing = true;
    bool ok = list_leaves(s, m), exist = ok && states_exist(s, m);
    m->listing = false;
    if (exist || !ok)
        return ok;
    Value *v = step(s, m->n->kid[2], build_states, m);
    if (is_error(v))
        return false;
    take_variables(s, v, 0);
    for (int i = 0; s->stage && i < m->nusing; i++)
        stage_states(s, m->using[i].entry);
    return true;
}

Value *eval_minimize(Sema *s, Syn *n)
{
    Minimize *m = ARENA_NEW(s->arena, Minimize);
    m->n = n;
    if (!s->experiment && s->stage)
        return sema_error(s, DIAG_E0506, n->where, "the loop around `minimize` is the caller's: a step is one turn of it");
    if (!s->experiment)
        return helped(s, sema_error(s, DIAG_E0506, n->where, "`minimize` stands in experiments alone"),
                      "a block computes; an `experiment` trains it");
    if (!find_parts(s, m) || !find_optimizers(s, m) || ((s->host || s->stage) && !make_states(s, m)))
        return value_new(s, V_ERROR, n->where);
    Value *v = step(s, n, build, m);
    if (is_error(v))
        return v;
    take_variables(s, v, 1);
    Value *loss = v->fields[0].value;
    double x;
    if (s->host && host_number(loss, &x) && !isfinite(x)) {
        sema_diag(s, DIAG_E0805, n->where, "the loss is %g after this step", x);
        diag_help(diags_last(s->diags), "a smaller learning rate, or a clipped gradient, often keeps it finite");
        return value_new(s, V_ERROR, n->where);
    }
    return loss;
}

// ---- the long way: net = opt(net, g) ----

static bool wrong_gradient(Sema *s, const Minimize *m, const Value *v, const Value *g)
{
    Diag *d = sema_diag(s, DIAG_E0502, m->n->kid[0]->where, "a gradient has the parts and the axes of what it is of");
    diag_label(d, m->n->kid[0]->where, "%s", text_value(s, g));
    diag_label(d, m->n->kid[1]->where, "%s", text_value(s, v));
    return false;
}

// The gradient's nodes, one for each trained leaf of v.
static bool given_gradient(Sema *s, const Minimize *m, Value *v, Value *g, Node **grad, int *n)
{
    if (is_tensor(v)) {
        if (!trained(m, v) || *n == m->nleaf)
            return true;
        if (!is_tensor(g) || !axes_equal(value_visible(s, g), value_visible(s, v)) || elem_class(g->elem) != ELEM_CLASS_FLOAT)
            return wrong_gradient(s, m, v, g);
        grad[(*n)++] = ir_convert(s->b, value_node(s, g), v->elem);
        return true;
    }
    if (g->nfields != v->nfields)
        return wrong_gradient(s, m, v, g);
    for (int i = 0; i < v->nfields; i++)
        if (g->fields[i].name != v->fields[i].name)
            return wrong_gradient(s, m, v, g);
        else if (!given_gradient(s, m, v->fields[i].value, g->fields[i].value, grad, n))
            return false;
    return true;
}

static Value *build_by_hand(Sema *s, void *user)
{
    Minimize *m = user;
    Part     *p = &m->part[0];
    Node     *grad[MOST_LEAVES];
    Value    *new[MOST_LEAVES], **next = new, *leaf[MOST_LEAVES], *all[MOST_LEAVES], *optimizers, *root = p->root->value;
    int       n = 0, k = 0;
    m->nleaf = 0;
    for (int i = 0; i < m->nusing; i++)
        scope_find(s, s->scope, m->using[i].entry->name, SPAN_NONE);
    bool ok = own_parts(s, m);
    p->root->value = root;
    Value *g = ok ? evaluate(s, m->n->kid[0]) : NULL;
    if (!ok || is_error(g) || !given_gradient(s, m, p->value, g, grad, &n) || !update_leaves(s, m, grad, new, &optimizers))
        return value_new(s, V_ERROR, m->n->where);
    int count = value_leaves(s, p->value, leaf, MOST_LEAVES);
    for (int i = 0; i < count; i++) {
        all[i] = trained(m, leaf[i]) ? new[k++] : leaf[i];
        all[i]->from = NULL;  // what was there may live on
    }
    next = all;
    Value *out = value_new(s, V_RECORD, m->n->where);
    out->fields = ARENA_ARRAY(s->arena, Field, optimizers->nfields + 1);
    out->fields[out->nfields++] = (Field){NULL, value_rebuild(s, p->value, &next)};
    for (int i = 0; i < optimizers->nfields; i++)
        out->fields[out->nfields++] = optimizers->fields[i];
    return out;
}

bool is_step_by_hand(Sema *s, const Syn *call)
{
    const Syn *head = call->kid[0];
    Entry     *e = call->kind == SYN_CALL && head->kind == SYN_NAME ? scope_find(s, s->scope, head->name, SPAN_NONE) : NULL;
    return e && e->kind == ENTRY_VALUE && e->value && e->value->kind == V_OPTIMIZER;
}

Value *eval_step_by_hand(Sema *s, Syn *call)
{
    Minimize *m = ARENA_NEW(s->arena, Minimize);
    Syn      *n = ARENA_NEW(s->arena, Syn);
    if (call->nkid != 3 || call->kid[1]->kind == SYN_NAMED || call->kid[2]->kind == SYN_NAMED) {
        Diag *d = sema_diag(s, DIAG_E0502, call->where, "an optimizer takes what is trained and its gradient");
        diag_help(d, "`net = %s(net, g)`", call->kid[0]->name);
        return value_new(s, V_ERROR, call->where);
    }
    *n = *call;
    n->kid = ARENA_ARRAY(s->arena, Syn *, 3);
    for (int i = 0; i < 3; i++)
        n->kid[i] = call->kid[2 - i];
    m->n = n;
    m->by_hand = true;
    if (!find_parts(s, m) || !find_optimizers(s, m) || (s->host && !make_states(s, m)))
        return value_new(s, V_ERROR, call->where);
    Value *v = step(s, call, build_by_hand, m);
    if (is_error(v))
        return v;
    take_variables(s, v, 1);
    return v->fields[0].value;
}
