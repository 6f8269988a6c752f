// The optimizers of `minimize`: which one a parameter has, its state by its path, its new value.
#include <string.h>

#include "sema/minimize.h"
#include "sema/optimizer.h"

// ---- which optimizers ----

static Value *not_optimizer(Sema *s, Syn *n, const Value *v)
{
    Diag *d = sema_diag(s, DIAG_E0313, n->where, "`using` takes an optimizer");
    diag_label(d, n->where, "%s", text_value(s, v));
    diag_help(d, "make one before, `var opt = adamw(lr: 1e-3)`, or on the spot");
    return NULL;
}

// The innermost scope that declares one of the parts.
static Scope *scope_of_parts(Sema *s, const Minimize *m)
{
    for (Scope *sc = s->scope; sc->outer; sc = sc->outer)
        for (int i = 0; i < sc->entries.n; i++)
            for (int k = 0; k < m->nparts; k++)
                if (sc->entries.at[i] == m->part[k].root)
                    return sc;
    return s->scope;
}

// One that is made on the spot lives as long as what it trains: its settings are those of now, its state stays.
static Entry *on_the_spot(Sema *s, const Minimize *m, Syn *n, Value *made)
{
    Name   name = name_format(s->names, "#optimizer%d", n->where.begin);
    Entry *e = scope_find(s, s->scope, name, SPAN_NONE);
    if (!e) {
        Arena *turn = s->arena;
        s->arena = s->keep;
        e = scope_put_quiet(s, scope_of_parts(s, m), ENTRY_VALUE, name, n->where);
        s->arena = turn;
        e->variable = true;
        e->value = made;
        return e;
    }
    Value *v = ARENA_NEW(s->arena, Value);
    *v = *e->value;
    v->fields = ARENA_ARRAY(s->arena, Field, v->nfields);
    for (int i = 0; i < v->nfields; i++)
        v->fields[i] = i < made->nfields ? made->fields[i] : e->value->fields[i];
    e->value = v;
    return e;
}

static bool add_using(Sema *s, Minimize *m, Syn *n, Syn *target)
{
    Entry *e = n->kind == SYN_NAME ? scope_lookup(s, n->name, n->where) : NULL;
    Value *v = n->kind == SYN_CALL ? optimizer_on_the_spot(s, n) : evaluate(s, n);
    if (is_error(v) || m->nusing == MOST_PARTS)
        return false;
    if (v->kind != V_OPTIMIZER || (!e && n->kind != SYN_CALL))
        return not_optimizer(s, n, v) != NULL;
    m->using[m->nusing++] = (Using){n, target, e ? e : on_the_spot(s, m, n, v)};
    return true;
}

bool find_optimizers(Sema *s, Minimize *m)
{
    Syn *using = m->n->kid[2];
    while (using->kind == SYN_PAREN)
        using = using->kid[0];
    if (using->kind != SYN_TUPLE)
        return add_using(s, m, using, NULL);
    for (int i = 0; i < using->nkid; i++) {
        Syn *item = using->kid[i];
        if (item->kind != SYN_NAMED || !item->kid[1]) {
            Diag *d = sema_diag(s, DIAG_E0104, item->where, "each optimizer is told its part");
            diag_help(d, "`using (net.body: sgd(lr: 0.1), net.head: adamw())`");
            return false;
        }
        if (!add_using(s, m, item->kid[0], item->kid[1]))
            return false;
    }
    return true;
}

// ---- which one a parameter has ----

static bool is_of(Sema *s, const Using *u, const Value *before)
{
    Value *leaf[MOST_LEAVES];
    int    n = value_leaves(s, evaluate(s, u->target), leaf, MOST_LEAVES);
    for (int i = 0; i < n && i < MOST_LEAVES; i++)
        if (leaf[i]->host == before->host && leaf[i]->node == before->node)
            return true;
    return false;
}

// The number of its optimizer, the last that says so; -1: none (reported).
static int using_of(Sema *s, const Minimize *m, int k)
{
    int found = -1;
    for (int i = 0; i < m->nusing; i++)
        if (!m->using[i].target || is_of(s, &m->using[i], m->before[k]))
            found = i;
    if (found < 0) {
        Diag *d = sema_diag(s, DIAG_E0601, m->n->kid[2]->where, "`%s` is trained, and no optimizer is for it", m->path[k]);
        diag_label(d, m->n->kid[1]->where, "trained here");
        diag_help(d, "name a part that holds it, or leave it out by `except`");
    }
    return found;
}

static Value *states(Sema *s, const Value *optimizer) { return value_field(optimizer, name_of(s->names, "state")); }

static Value *state_of(Sema *s, const Value *optimizer, Name path)
{
    Value *all = states(s, optimizer);
    return all ? value_field(all, path) : NULL;
}

// `optimizer` with the state of one parameter.
static Value *with_state(Sema *s, const Value *optimizer, Name path, Value *state)
{
    Value *old = states(s, optimizer), *all = value_new(s, V_RECORD, optimizer->where), *v = ARENA_NEW(s->arena, Value);
    int    n = old ? old->nfields : 0, at = 0;
    while (at < n && old->fields[at].name != path)
        at++;
    all->nfields = n + (at == n);
    all->fields = ARENA_ARRAY(s->arena, Field, all->nfields);
    if (n)
        memcpy(all->fields, old->fields, sizeof(Field) * (size_t)n);
    all->fields[at] = (Field){path, state};
    *v = *optimizer;
    v->nfields += !old;
    v->fields = ARENA_ARRAY(s->arena, Field, v->nfields);
    memcpy(v->fields, optimizer->fields, sizeof(Field) * (size_t)optimizer->nfields);
    v->fields[v->nfields - 1] = (Field){name_of(s->names, "state"), all};
    return v;
}

bool states_exist(Sema *s, const Minimize *m)
{
    for (int k = 0; k < m->nleaf; k++) {
        int i = using_of(s, m, k);
        if (i < 0 || !state_of(s, m->using[i].entry->value, m->path[k]))
            return false;
    }
    return true;
}

static void optimizers_now(const Minimize *m, Value **v)
{
    for (int i = 0; i < m->nusing; i++)
        v[i] = m->using[i].entry->value;
}

static Value *optimizer_record(Sema *s, const Minimize *m, Value **v)
{
    Value *out = value_new(s, V_RECORD, m->n->where);
    out->nfields = m->nusing;
    out->fields = ARENA_ARRAY(s->arena, Field, m->nusing + 1);
    for (int i = 0; i < m->nusing; i++)
        out->fields[i] = (Field){m->using[i].entry->name, v[i]};
    return out;
}

Value *first_states(Sema *s, Minimize *m)
{
    Value *now[MOST_PARTS], *state;
    optimizers_now(m, now);
    for (int k = 0; k < m->nleaf; k++) {
        int i = using_of(s, m, k);
        if (i < 0)
            return value_new(s, V_ERROR, m->n->where);
        if (state_of(s, now[i], m->path[k]))
            continue;
        optimizer_update(s, now[i], m->leaf[k], m->leaf[k], NULL, NULL, &state, true);
        now[i] = with_state(s, now[i], m->path[k], state);
    }
    return optimizer_record(s, m, now);
}

// ---- new values ----

// All parameters, and all gradients, that an optimizer has: what its `given`s look at.
static Value *all_of(Sema *s, const Minimize *m, const int *by, int i, Value *const *v)
{
    Value *out = value_new(s, V_RECORD, m->n->where);
    out->fields = ARENA_ARRAY(s->arena, Field, m->nleaf + 1);
    for (int k = 0; k < m->nleaf; k++)
        if (by[k] == i)
            out->fields[out->nfields++] = (Field){m->path[k], v[k]};
    return out;
}

bool update_leaves(Sema *s, Minimize *m, Node **grad, Value **new, Value **optimizer)
{
    Value *now[MOST_PARTS], *given[MOST_PARTS], *g[MOST_LEAVES], *state;
    int    by[MOST_LEAVES];
    optimizers_now(m, now);
    for (int k = 0; k < m->nleaf; k++) {
        Node *x = grad[k] ? ir_fill(s->b, grad[k]) : ir_zeros_like(s->b, m->leaf[k]->node);
        g[k] = value_tensor(s, x, m->leaf[k]->where);
        g[k]->order = m->leaf[k]->order;
        if ((by[k] = using_of(s, m, k)) < 0)
            return false;
    }
    for (int i = 0; i < m->nusing; i++) {
        given[i] = optimizer_given(s, now[i], all_of(s, m, by, i, m->leaf), all_of(s, m, by, i, g));
        if (is_error(given[i]))
            return false;
    }
    for (int k = 0; k < m->nleaf; k++) {
        Value *before = m->using[by[k]].entry->value;
        new[k] = optimizer_update(s, before, m->leaf[k], g[k], state_of(s, before, m->path[k]), given[by[k]], &state, false);
        if (is_error(new[k]))
            return false;
        now[by[k]] = with_state(s, now[by[k]], m->path[k], state);
    }
    *optimizer = optimizer_record(s, m, now);
    return true;
}
