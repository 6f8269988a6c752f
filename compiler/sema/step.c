// Steps: what an experiment computes, compiled at its first use and kept while what it takes in has the same types.
#include <string.h>

#include "ir/complex.h"
#include "sema/bounded.h"
#include "sema/step.h"
#include "sema/turns.h"
#include "sema/walk.h"

enum { MOST_LEAVES = 2048 };

// ---- what a compiled step depends on ----

static bool same_fixed(const Size *a, const Size *b)
{
    int64_t x, y;
    if (a == b)
        return true;
    return a && b && size_is_const(a, &x) && size_is_const(b, &y) && x == y;
}

static bool same_func(const Func *a, const Func *b)
{
    return a == b || (a && b && a->decl == b->decl && a->scope == b->scope && a->bind == b->bind && a->decl);
}

static bool same_order(const HostTensor *a, const HostTensor *b)
{
    if (!a->guard != !b->guard || (a->guard && !same_order(a->guard, b->guard)))
        return false;
    return a->n == b->n && (a->n == 0 || !memcmp(a->ax, b->ax, sizeof *a->ax * (size_t)a->n)) &&
           (a->n == 0 || !memcmp(a->dim, b->dim, sizeof *a->dim * (size_t)a->n));
}

static bool same_constant(const Node *a, const Node *b)
{
    return a == b || (a && b && a->op == OP_CONST && b->op == OP_CONST && a->attr.r == b->attr.r && a->attr.i == b->attr.i);
}

// Would a program built with `a` be the same built with `b`?
static bool same_for_program(const Value *a, const Value *b)
{
    if (a == b)
        return true;
    if (!a || !b || a->kind != b->kind || a->nfields != b->nfields || a->npatch != b->npatch || !same_func(a->func, b->func))
        return false;
    if (a->kind == V_TENSOR) {
        if (a->elem != b->elem || a->weak != b->weak || a->pos != b->pos || a->truth != b->truth ||
            !a->host != !b->host || !same_fixed(a->fixed, b->fixed) || !axes_equal(a->axes, b->axes))
            return false;
        return a->host ? same_order(a->host, b->host) : a->fixed || a->truth || same_constant(a->node, b->node);
    }
    for (int i = 0; i < a->nfields; i++)
        if (a->fields[i].name != b->fields[i].name || !same_for_program(a->fields[i].value, b->fields[i].value))
            return false;
    for (int i = 0; i < a->npatch; i++)
        if (a->patch[i].name != b->patch[i].name || !same_for_program(a->patch[i].value, b->patch[i].value))
            return false;
    return a->kind != V_STRING || !strcmp(a->text, b->text);
}

typedef struct {
    Name   name;
    Entry  seen;   // as it was
} Dependence;

typedef struct TensorSource {
    Name name;     // of the entry that holds it
    int  leaf;     // which of its tensors
    bool guard;    // that one's guard
    struct TensorSource *also;  // another that held the same one
} TensorSource;

// Where a tensor of the result comes from: an output of the program, an input passed through, or neither (static; -1).
typedef struct {
    int output, input;
} Origin;

typedef struct {
    Origin data, guard;
} ResultLeaf;

typedef struct Step {
    const Syn *key;
    VEC(Dependence) on;
    VEC(TensorSource) sources;
    VEC(ResultLeaf) leaves;   // of the result, and behind them of what it holds beside its fields
    Value     *result;
    Program   *program;
    void      *compiled;   // at its first run
    VEC(int)   alias;      // an output: the input that it may overwrite, or -1
    VEC(Value *) like;     // an output: its value as built
    bool       again;      // may be used again
    struct Step *next;
} Step;

static bool still_holds(Sema *s, const Step *st)
{
    for (int i = 0; i < st->on.n; i++) {
        const Dependence *d = &st->on.at[i];
        const Entry      *e = scope_find(s, s->scope, d->name, SPAN_NONE);
        if (!e || e->kind != d->seen.kind)
            return false;
        if (e->kind == ENTRY_AXIS && (e->axis != d->seen.axis || !same_fixed(e->axis->size, d->seen.axis->size)))
            return false;
        if (e->kind == ENTRY_VALUE && !same_for_program(e->value, d->seen.value))
            return false;
    }
    return true;
}

// The leaf whose tensor it is, or whose guard.
static int leaf_holding(Sema *s, Value *v, const HostTensor *t, bool *guard)
{
    Value *leaf[MOST_LEAVES];
    int    n = value_leaves(s, v, leaf, MOST_LEAVES);
    for (int i = 0; i < n && i < MOST_LEAVES; i++)
        if (leaf[i]->host && (leaf[i]->host == t || leaf[i]->host->guard == t)) {
            *guard = leaf[i]->host != t;
            return i;
        }
    return -1;
}

// The seed and the turns of loops stand in scope under names that no program can write.
static bool find_hidden(Sema *s, const HostTensor *t, TensorSource *out)
{
    for (Scope *sc = s->scope; sc; sc = sc->outer)
        for (int i = 0; i < sc->entries.n; i++) {
            Entry *e = sc->entries.at[i];
            if (e->kind == ENTRY_VALUE && e->name[0] == '#' && e->value && e->value->host == t) {
                *out = (TensorSource){e->name, 0, false, NULL};
                return true;
            }
        }
    return false;
}

// Which of the names that were looked up hold the tensor. Where two do, one may change and the other not: the step is
// used again while both hold one tensor.
static bool find_source(Sema *s, const Step *st, const HostTensor *t, TensorSource *out)
{
    TensorSource *also = NULL;
    for (int i = 0; i < st->on.n; i++) {
        Entry *e = scope_find(s, s->scope, st->on.at[i].name, SPAN_NONE);
        bool   guard = false;
        int    k = e && e->kind == ENTRY_VALUE && e->value ? leaf_holding(s, e->value, t, &guard) : -1;
        if (k < 0)
            continue;
        TensorSource *one = ARENA_NEW(s->arena, TensorSource);
        *one = (TensorSource){e->name, k, guard, also};
        also = one;
    }
    if (!also)
        return find_hidden(s, t, out);
    *out = *also;
    return true;
}

// NULL: they hold several now.
static HostTensor *fetch(Sema *s, const TensorSource *src)
{
    HostTensor *found = NULL;
    for (; src; src = src->also) {
        Value      *leaf[MOST_LEAVES];
        Entry      *e = scope_find(s, s->scope, src->name, SPAN_NONE);
        int         n = value_leaves(s, e->value, leaf, MOST_LEAVES);
        HostTensor *t = src->leaf < n ? leaf[src->leaf]->host : NULL;
        t = t && src->guard ? t->guard : t;
        if (!t || (found && t != found))
            return NULL;
        found = t;
    }
    return found;
}

// The written order where there is one (lifted axes before it), else the order of declaration.
Axis **output_order(Sema *s, const Value *v)
{
    AxisSet all = v->node->type.axes;
    Axis  **order = ARENA_ARRAY(s->arena, Axis *, all.n + 1);
    int     n = 0, written = 0;
    if (v->from)
        return complex_order(s->b, all, v->from->ax);
    while (v->order && v->order[written])
        written++;
    for (int i = 0; i < all.n; i++) {
        bool have = false;
        for (int k = 0; k < written; k++)
            have = have || v->order[k] == all.at[i];
        if (!have)
            order[n++] = all.at[i];
    }
    for (int k = 0; k < written; k++)
        if (axes_has(all, v->order[k]))
            order[n++] = v->order[k];
    return complex_order(s->b, all, order);
}

// ---- building ----

static void remember_dependences(Sema *s, Step *st)
{
    const Consulted *seen = s->consulted;
    s->consulted = NULL;
    for (int i = 0; i < seen->n; i++) {
        Entry *e = seen->at[i];
        if (scope_find(s, s->scope, e->name, SPAN_NONE) != e || e->where.file < 0)
            continue;
        bool have = false;
        for (int k = 0; k < st->on.n; k++)
            have = have || st->on.at[k].name == e->name;
        Dependence d = {e->name, *e};
        if (e->kind == ENTRY_VALUE) {
            st->again = st->again && value_lasts(s, e->value);
            d.seen.value = value_kept(s, e->value);
        }
        if (!have)
            vec_push(s->arena, &st->on, d);
    }
}

static int input_for(const Imports *im, const HostTensor *t)
{
    for (int k = 0; k < im->values.n && t; k++)
        if (im->values.at[k]->host == t)
            return k;
    return -1;
}

static int add_output(Sema *s, Step *st, Node *n, const Value *v, int alias)
{
    Program *p = s->b->program;
    Axis   **order = output_order(s, v);
    program_output(p, name_format(s->names, "out%d", p->outputs.n), n, alias, order);
    vec_push(s->arena, &st->alias, alias);
    Value *like = ARENA_NEW(s->arena, Value);
    *like = *v;
    like->order = order;
    vec_push(s->arena, &st->like, like);
    return p->outputs.n - 1;
}

Node *guard_kept(Sema *s, const Node *n)
{
    Node *g = n->type.guard;
    for (int i = 0; i < n->type.axes.n && g; i++) {
        const Axis *a = n->type.axes.at[i];
        Value *bound = axis_is_bounded(a) ? bounded_guard(s, a) : NULL;
        if (bound && !is_error(bound))
            g = ir_guard_without(s->b, g, bound->node);
    }
    return g;
}

// The guard under which v is kept: one that came in, one of the outputs that there are, or a new one.
static Origin keep_guard(Sema *s, Step *st, const Imports *im, const Value *v)
{
    Origin         from = {-1, -1};
    const Program *p = s->b->program;
    Node          *g = guard_kept(s, v->node);
    for (int k = 0; k < im->nodes.n && g; k++)
        if (im->nodes.at[k] == g)
            from.input = k;
    for (int k = 0; k < p->outputs.n && g; k++)
        if (p->outputs.at[k].node == g)
            from.output = k;
    if (g && from.input < 0 && from.output < 0)
        from.output = add_output(s, st, g->op == OP_CONST ? ir_unary(s->b, OP_COPY, g) : g, value_tensor(s, g, v->where), -1);
    return from;
}

static void sort_leaf(Sema *s, Step *st, const Imports *im, const Value *v)
{
    ResultLeaf r = {{-1, -1}, {-1, -1}};
    if (v->host) {
        imports_node(s, v);  // handed through
        r.data.input = input_for(im, v->host);
    } else if (!v->fixed && v->truth != TRUTH_TRUE && v->truth != TRUTH_FALSE && v->node->op != OP_CONST) {
        r.data.output = add_output(s, st, ir_fill(s->b, v->node), v, input_for(im, v->from));
        r.guard = keep_guard(s, st, im, v);
    }
    vec_push(s->arena, &st->leaves, r);
}

typedef struct {
    Step          *st;
    const Imports *im;
} Held;

// What any program can make anew is not computed and kept.
static bool is_held_data(Sema *s, const Value *v)
{
    return v->host || (!v->fixed && v->truth != TRUTH_TRUE && v->truth != TRUTH_FALSE && !node_stands_alone(s, v->node));
}

static Value *sort_held(Sema *s, Value *v, Value *none, void *user)
{
    (void)none;
    Held *h = user;
    if (is_held_data(s, v)) {
        sort_leaf(s, h->st, h->im, v);
        h->st->again = false;  // the bracket that holds it is another at each run
    }
    return v;
}

static void sort_leaves(Sema *s, Step *st, const Imports *im)
{
    Value *leaf[MOST_LEAVES];
    Held   h = {st, im};
    int    n = value_leaves(s, st->result, leaf, MOST_LEAVES);
    for (int i = 0; i < n && i < MOST_LEAVES; i++)
        sort_leaf(s, st, im, leaf[i]);
    value_map_held_leaves(s, st->result, sort_held, &h);
}

static Step *build_step(Sema *s, const Syn *key, StepFn *build, void *user, Imports *im)
{
    Sema     saved = *s;
    Step    *st = ARENA_NEW(s->arena, Step);
    Program *p = program_new(s->arena, s->names, s->sizes, s->axes, name_of(s->names, "step"));
    Builder  b = builder_new(p);
    Consulted seen = {0};
    im->top = &b;
    s->b = &b;
    s->imports = im;
    s->opaque = false;
    s->in_step = true;
    s->run_statement = NULL;
    s->consulted = &seen;
    s->taken = NULL;
    b.where = key->where;
    bool number_read = false;
    s->number_read = &number_read;
    st->key = key;
    st->again = true;
    st->result = build(s, user);
    saved.scope = s->scope;
    if (!is_error(st->result))
        st->result = functions_kept(s, st->result, key->where);
    if (!is_error(st->result)) {
        st->again = value_lasts(s, st->result) && !number_read;
        sort_leaves(s, st, im);
        st->result = value_kept(s, st->result);
        remember_dependences(s, st);
    }
    sema_restore(s, &saved);
    if (is_error(st->result))
        return NULL;
    if (p->inputs.n != im->values.n) {
        sema_absent(s, key->where, "what this takes from another line, which is no tensor,");
        return NULL;
    }
    if (p->outputs.n > MOST_LEAVES || im->values.n > MOST_LEAVES) {
        helped(s, sema_error(s, DIAG_E0804, key->where, "a step takes in or gives more than %d tensors", MOST_LEAVES),
               "take in parts of the model, or stack its tensors: `repeat` does");
        return NULL;
    }
    st->program = p;
    return st;
}

static void find_sources(Sema *s, Step *st, const Imports *im)
{
    for (int i = 0; i < im->values.n; i++) {
        TensorSource src = {0};
        if (!find_source(s, st, im->values.at[i]->host, &src))
            st->again = false;
        vec_push(s->arena, &st->sources, src);
    }
}

// ---- running ----

static bool may_overwrite(const Sema *s, const HostTensor *t, Elem elem)
{
    return t->held == 1 && t->birth > s->frame_birth && t->elem == elem;
}

static bool compute(Sema *s, Step *st, HostTensor **in, HostTensor **out)
{
    const Host *h = s->host;
    if (!st->like.n || walk_hollow(s))
        return true;
    if (!st->compiled && !(st->compiled = h->compile(h->user, st->program, st->key->where)))
        return false;
    return h->run(h->user, st->compiled, in, st->sources.n, out, st->like.n, st->key->where);
}

static HostTensor *tensor_from(Origin o, HostTensor **in, HostTensor **out)
{
    return o.output >= 0 ? out[o.output] : o.input >= 0 ? in[o.input] : NULL;
}

typedef struct {
    const Step  *st;
    HostTensor **in, **out;
    int          next;   // of the step's leaves
} Run;

static Value *leaf_of_run(Sema *s, Run *r, Value *v)
{
    const ResultLeaf *from = &r->st->leaves.at[r->next++];
    HostTensor       *t = tensor_from(from->data, r->in, r->out);
    if (!t)
        return v;
    Value *new = ARENA_NEW(s->arena, Value);
    *new = *v;
    new->node = NULL;
    new->from = NULL;
    new->host = t;
    if (from->data.output >= 0)
        t->guard = tensor_from(from->guard, r->in, r->out);
    if (!v->given)  // what is supplied keeps its declared axes in mind, the others are lifted over
        new->order = t->ax;
    return new;
}

static Value *held_of_run(Sema *s, Value *v, Value *none, void *user)
{
    (void)none;
    return is_held_data(s, v) ? leaf_of_run(s, user, v) : v;
}

static Value *result_of_run(Sema *s, const Step *st, HostTensor **in, HostTensor **out)
{
    Value *leaf[MOST_LEAVES], *next[MOST_LEAVES], **at = next;
    Run    r = {st, in, out, 0};
    int    n = value_leaves(s, st->result, leaf, MOST_LEAVES);
    for (int i = 0; i < n; i++)
        next[i] = leaf_of_run(s, &r, leaf[i]);
    Value *v = value_rebuild(s, st->result, &at);
    return r.next < st->leaves.n ? value_map_held_leaves(s, v, held_of_run, &r) : v;
}

static Value *run_step(Sema *s, Step *st, HostTensor **in)
{
    int n = st->like.n;
    HostTensor *out[MOST_LEAVES];
    tensors_mark(s);
    for (int i = 0; i < n; i++) {
        Value      *v = st->like.at[i];
        HostTensor *old = st->alias.at[i] >= 0 ? in[st->alias.at[i]] : NULL;
        bool reuse = old && may_overwrite(s, old, v->elem);
        out[i] = reuse ? old : tensor_make(s, v->elem, v->order, v->axes.n, st->key->where);
        if (!out[i])
            return value_new(s, V_ERROR, st->key->where);
        if (!reuse)
            continue;
        old->held++;  // one output takes it
        old->known = false;
        old->hollow = walk_hollow(s);
    }
    if (!compute(s, st, in, out))
        return value_new(s, V_ERROR, st->key->where);
    return result_of_run(s, st, in, out);
}

static Value *run_again(Sema *s, Step *st)
{
    HostTensor *in[MOST_LEAVES];
    for (int i = 0; i < st->sources.n; i++)
        if (!(in[i] = fetch(s, &st->sources.at[i])))
            return NULL;
    return run_step(s, st, in);
}

Value *step(Sema *s, const Syn *key, StepFn *build, void *user)
{
    if (!s->host) {
        bool in_step = s->in_step;
        Value *(*run)(Sema *, Syn *) = s->run_statement;
        s->in_step = true;
        s->run_statement = NULL;
        Value *v = build(s, user);
        s->in_step = in_step;
        s->run_statement = run;
        return v;
    }
    Step *first = map_get(s->steps, key);
    for (Step *st = first; st; st = st->next)
        if (still_holds(s, st)) {
            Value *v = run_again(s, st);
            if (v)
                return v;
        }
    Imports im = {0};
    Arena  *turn = s->arena;
    s->arena = s->keep;  // a step outlives the turn that builds it
    Step   *st = build_step(s, key, build, user, &im);
    if (st)
        find_sources(s, st, &im);
    s->arena = turn;
    if (!st)
        return value_new(s, V_ERROR, key->where);
    if (st->again) {
        st->next = first;
        map_put(s->steps, key, st);
    }
    HostTensor *in[MOST_LEAVES];
    for (int i = 0; i < im.values.n; i++)
        in[i] = im.values.at[i]->host;
    return run_step(s, st, in);
}
