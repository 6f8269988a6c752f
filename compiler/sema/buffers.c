// Buffers: state of a model that is not trained. A body assigns them as variables; what they hold in the end is an
// output of the call, which `minimize` commits, and `trace` gives as `after`. Until then, calls that follow see it.
#include "sema/buffers.h"

static Move *find(Moved *m, const Value *leaf)
{
    for (int i = 0; m && i < m->n; i++)
        if (m->at[i].leaf == leaf)
            return &m->at[i];
    return NULL;
}

Value *buffer_now(Sema *s, Value *leaf)
{
    Move *m = find(s->moved, leaf);
    return m ? m->now : leaf;
}

void buffer_declared(Sema *s, Value *leaf, Entry *e)
{
    Held h = {leaf, e, e->value, s->hidden.n > 0, s->hidden};
    if (s->buffers)
        vec_push(s->arena, s->buffers, h);
}

bool buffer_of_body(const Sema *s, const Entry *e)
{
    for (int i = 0; e && s->buffers && i < s->buffers->n; i++)
        if (s->buffers->at[i].e == e)
            return true;
    return false;
}

static bool may_move(Sema *s, const Held *h)
{
    if (h->lifted) {
        Diag *d = sema_diag(s, DIAG_E0506, h->e->where, "the buffer `%s` would be written for each position of %s",
                            h->e->name, text_axes(s, h->hidden));
        diag_asks(d);
        diag_help(d, "a block that writes a buffer takes such axes in its bracket, and reduces over them");
        return false;
    }
    if (s->regions > s->moved->regions) {
        Diag *d = sema_diag(s, DIAG_E0506, h->e->where, "the buffer `%s` would be written at every turn of a loop", h->e->name);
        diag_asks(d);
        diag_help(d, "call the model outside of the loop; or carry the state by a `var`");
        return false;
    }
    return true;
}

void buffer_move(Sema *s, Value *leaf, const Value *v)
{
    Node  *x = ir_fill(s->b, ir_convert(s->b, value_node(s, v), leaf->elem));
    Value *now = value_like(s, ir_unary(s->b, OP_STOP, x), leaf);
    now->leaf = now->buffer = true;
    now->order = leaf->order;
    Move *m = find(s->moved, leaf);
    if (m)
        m->now = now;
    else
        vec_push(s->arena, s->moved, ((Move){leaf, now}));
}

// `leaf` was `first` when the body began and is `v` now: what was assigned of it moves.
static bool move_leaves(Sema *s, const Held *h, Value *leaf, const Value *first, const Value *v)
{
    bool ok = true;
    if (v == first || is_error(v))
        return true;
    if (is_tensor(leaf)) {
        ok = may_move(s, h);
        buffer_move(s, leaf, v);
    }
    for (int i = 0; ok && i < leaf->nfields; i++)
        ok = move_leaves(s, h, leaf->fields[i].value, first->fields[i].value, v->fields[i].value);
    return ok;
}

bool buffers_done(Sema *s, const HeldList *l)
{
    bool ok = true;
    for (int i = 0; ok && i < l->n && s->moved; i++)
        ok = !l->at[i].leaf || move_leaves(s, &l->at[i], l->at[i].leaf, l->at[i].first, l->at[i].e->value);
    return ok;
}

static Value *after_leaf(Sema *s, Value *v, Value *none, void *user)
{
    (void)none;
    Move *m = v->buffer ? find(s->moved, v) : NULL;
    if (!m)
        return v;
    Value *out = ARENA_NEW(s->arena, Value);
    *out = *m->now;
    out->from = *(bool *)user ? v->host : NULL;
    return out;
}

Value *model_after(Sema *s, Value *m, bool replaces) { return value_map(s, m, NULL, after_leaf, &replaces); }
