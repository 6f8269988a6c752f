// `trace`: the inner values of a model by path. (What `with` put in their place: inner.c.)
#include <string.h>

#include "sema/buffers.h"
#include "sema/call.h"
#include "sema/model.h"

enum { MOST_TRACED = 1024 };

typedef struct {
    Name   name;     // its whole path
    Value *value;
    Axis  *along;    // of the `repeat` in a turn of which it was made; NULL: none
} Traced;

typedef VEC(Traced) TracedList;

typedef struct Trace {
    TracedList *all;
    Name prefix;     // of the model being evaluated; NULL: the one that is traced
    Axis *along;     // of the `repeat` around
    bool begun;      // the traced model has been entered
    bool off;        // inside of a function: its names are none of the model's
    int  regions;    // where it began: values made in loops stay there
} Trace;

void trace_see(Sema *s, Name name, Value *v)
{
    Trace *t = s->trace;
    if (!t || t->off || !t->begun || s->regions > t->regions || t->all->n >= MOST_TRACED ||
        (!is_tensor(v) && v->kind != V_RECORD))
        return;
    Traced one = {path_join(s, t->prefix, name), v, t->along};
    vec_push(s->arena, t->all, one);
}

int trace_count(const Sema *s) { return s->trace ? s->trace->all->n : 0; }
Value **trace_place(Sema *s, int i) { return &s->trace->all->at[i].value; }

// What was seen in a call: outside, axes have other names.
void trace_crossed(Sema *s, int from, const Call *c)
{
    for (int i = from; i < trace_count(s); i++) {
        Traced *t = &s->trace->all->at[i];
        t->value = value_outside_call(s, t->value, c);
        if (t->along)
            axes_outside(c, &t->along, 1);
    }
}

struct Trace *trace_enter(Sema *s, const Value *self)
{
    if (!s->trace)
        return NULL;
    Trace *t = ARENA_NEW(s->arena, Trace);
    *t = *s->trace;
    if (!self)
        t->off = t->begun;
    else if (t->begun)
        t->prefix = path_join(s, t->prefix, self->text ? self->text : "self");
    t->begun = t->begun || self;
    return t;
}

struct Trace *trace_turn(Sema *s, Name name, Axis *along)
{
    if (!s->trace)
        return NULL;
    Trace *t = ARENA_NEW(s->arena, Trace);
    *t = *s->trace;
    t->prefix = path_join(s, t->prefix, name);
    t->along = along;
    return t;
}

// ---- turns of a loop: what they make leaves it stacked ----

bool trace_looks(const Sema *s) { return s->trace && s->trace->begun && !s->trace->off && s->regions <= s->trace->regions; }

struct Trace *trace_loop(Sema *s, Name name)
{
    Trace *t = trace_turn(s, name, NULL);
    if (t) {
        t->all = ARENA_NEW(s->arena, TracedList);
        t->regions = s->regions;
    }
    return t;
}

static bool has_axis(Sema *s, Value *v, const Axis *a)
{
    Value *leaf[MOST_TRACED];
    int    n = value_leaves(s, v, leaf, MOST_TRACED);
    bool   has = false;
    for (int i = 0; i < n && i < MOST_TRACED; i++)
        has = has || axes_has(leaf[i]->axes, a);
    return has;
}

Value *trace_taken(Sema *s, const struct Trace *t, const Axis *along, Span where)
{
    Value *v = value_new(s, V_RECORD, where);
    v->fields = ARENA_ARRAY(s->arena, Field, t->all->n + 1);
    for (int i = 0; i < t->all->n; i++)
        if (!has_axis(s, t->all->at[i].value, along))
            v->fields[v->nfields++] = (Field){t->all->at[i].name, t->all->at[i].value};
    return v;
}

void trace_put(Sema *s, const Value *taken)
{
    for (int i = 0; i < taken->nfields && s->trace->all->n < MOST_TRACED; i++)
        vec_push(s->arena, s->trace->all, ((Traced){taken->fields[i].name, taken->fields[i].value, NULL}));
}

// ---- trace ----

static Value *field_or_new(Sema *s, Value *root, Name name, Value *otherwise)
{
    Value *have = value_field(root, name);
    if (have)
        return have;
    Field *more = ARENA_ARRAY(s->arena, Field, root->nfields + 1);
    if (root->nfields)
        memcpy(more, root->fields, sizeof *more * (size_t)root->nfields);
    root->fields = more;
    root->fields[root->nfields++] = (Field){name, otherwise};
    return otherwise;
}

// Puts a value at a path into a tree of records. An instance's own result stands as `out` beside its inner values.
static void plant(Sema *s, Value *root, const char *path, Value *v)
{
    const char *dot = strchr(path, '.');
    Name        name = dot ? name_intern(s->names, path, (size_t)(dot - path)) : name_of(s->names, path);
    Value      *f = field_or_new(s, root, name, dot ? value_new(s, V_RECORD, v->where) : v);
    if (dot && f->kind == V_RECORD)
        plant(s, f, dot + 1, v);
    else if (!dot && f != v && f->kind == V_RECORD)
        plant(s, f, "out", v);
}

// Values of one path, made in the turns of a `repeat`, come stacked along it. While checking, one turn stands for all.
static Value *stacked_turns(Sema *s, const TracedList *all, int first)
{
    const Traced *t = &all->at[first];
    Axis         *a = t->along;
    if (!a || !is_tensor(t->value))
        return t->value;
    AxisSet one = axes_of(s->arena, &a, 1);
    Node   *x = ir_expand(s->b, ir_fill(s->b, value_node(s, t->value)), one);
    int64_t turn = 0;
    for (int i = first + 1; i < all->n; i++)
        if (all->at[i].name == t->name && is_tensor(all->at[i].value)) {
            Node *here = ir_binary(s->b, OP_EQ, ir_iota(s->b, a), ir_int(s->b, ++turn));
            x = ir_select(s->b, here, ir_fill(s->b, value_node(s, all->at[i].value)), x);
        }
    return value_like(s, ir_expand(s->b, x, one), t->value);
}

static bool seen_before(const TracedList *all, int k)
{
    for (int i = 0; i < k; i++)
        if (all->at[i].name == all->at[k].name)
            return true;
    return false;
}

// The model that is called, when it is one that stands by itself.
static Value *traced_model(Sema *s, Syn *n)
{
    Syn *head = n->kind == SYN_CALL ? n->kid[0] : n->kid[1];
    while (head->kind == SYN_CALL || head->kind == SYN_AS)
        head = head->kid[0];
    return head->kind == SYN_NAME || head->kind == SYN_FIELD ? evaluate(s, head) : NULL;
}

Value *eval_trace(Sema *s, Syn *n)
{
    TracedList    all = {0};
    Moved         moved = {.regions = s->regions};
    Trace         t = {.all = &all, .regions = s->regions}, *outer = s->trace;
    struct Moved *outer_moved = s->moved;
    bool          opaque = s->opaque;
    if (n->kid[0]->kind != SYN_CALL && n->kid[0]->kind != SYN_PIPE)
        return sema_error(s, DIAG_E0313, n->where, "`trace` looks into the call of a model: `trace net(x)`");
    s->trace = &t;
    s->moved = &moved;
    s->opaque = false;
    Value *v = evaluate(s, n->kid[0]);
    s->trace = outer;
    s->opaque = opaque;
    Value *root = value_new(s, V_RECORD, n->where), *m = is_error(v) ? NULL : traced_model(s, n->kid[0]);
    if (m && m->kind == V_MODEL)
        m = model_after(s, m, false);
    s->moved = outer_moved;
    if (is_error(v))
        return v;
    plant(s, root, "result", v);
    if (m && m->kind == V_MODEL)
        plant(s, root, "after", m);
    for (int i = 0; i < all.n; i++)
        if (!seen_before(&all, i))
            plant(s, root, all.at[i].name, stacked_turns(s, &all, i));
    return root;
}
