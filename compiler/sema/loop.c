// Loops of bodies: `for` over an axis or a range, `while`, and `repeat` with parameters of its own a turn.
//
// A loop carries the variables declared outside and assigned inside. Their types stay; a weak one takes the width
// that it meets, and one that lacks a lifted axis gets it: then the body is evaluated again with the wider type.
#include <string.h>

#include "sema/model.h"
#include "sema/stmt.h"

enum { MOST_CARRIED = 64, MOST_LEAVES = 1024, MOST_TRIES = 4 };

typedef struct {
    Entry *entry[MOST_CARRIED];
    Value *first[MOST_CARRIED];  // before the loop
    int    n;
    Value *leaf[MOST_LEAVES];    // tensors of the first values, at the types that are carried
    int    nleaf;
} Carried;

// ---- which variables ----

static void add_carried(Sema *s, Carried *c, Name name)
{
    Entry *e = scope_find(s, s->scope, name, SPAN_NONE);
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

static void find_assigned(Sema *s, Carried *c, const Syn *n)
{
    if (!n)
        return;
    if (n->kind == SYN_ASSIGN) {
        const Syn *t = n->kid[0];
        while (t->kind == SYN_FIELD || t->kind == SYN_BRACKET)
            t = t->kid[0];
        if (t->kind == SYN_NAME)
            add_carried(s, c, t->name);
    }
    for (int i = 0; i < n->nkid; i++)
        find_assigned(s, c, n->kid[i]);
}

static void carried_leaves(Sema *s, Carried *c)
{
    c->nleaf = 0;
    for (int i = 0; i < c->n; i++) {
        int got = value_leaves(s, c->first[i], c->leaf + c->nleaf, MOST_LEAVES - c->nleaf);
        c->nleaf += got;
    }
    for (int i = 0; i < c->nleaf; i++) {  // a carried number is not static
        Value *v = ARENA_NEW(s->arena, Value);
        *v = *c->leaf[i];
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

static void restore_entries(Carried *c)
{
    for (int i = 0; i < c->n; i++)
        c->entry[i]->value = c->first[i];
}

static void region_params(Sema *s, Carried *c)
{
    Value *in[MOST_LEAVES];
    for (int i = 0; i < c->nleaf; i++) {
        Node *p = region_param(s->b, c->leaf[i]->node->type.elem, c->leaf[i]->node->type.axes);
        in[i] = value_like(s, p, c->leaf[i]);
        in[i]->leaf = c->leaf[i]->leaf;
        in[i]->order = c->leaf[i]->order;
    }
    set_entries(s, c, in);
}

// The values after a turn against those before: false when a type must be widened first (then it was).
static bool settled(Sema *s, Carried *c, Value **after)
{
    bool same = true;
    for (int i = 0; i < c->nleaf; i++) {
        Value *old = c->leaf[i], *new = after[i];
        AxisSet axes = axes_union(s->arena, old->node->type.axes, new->axes);
        Elem    elem = old->weak && !new->weak ? new->elem : old->elem;
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

static int leaves_after(Sema *s, Carried *c, Value **after)
{
    int n = 0;
    for (int i = 0; i < c->n; i++) {
        if (is_error(c->entry[i]->value))
            return -1;
        n += value_leaves(s, c->entry[i]->value, after + n, MOST_LEAVES - n);
    }
    return n == c->nleaf ? n : -1;
}

static void give_results(Sema *s, Carried *c, Value **after)
{
    for (int i = 0; i < c->nleaf; i++) {
        Node *x = ir_fill(s->b, ir_convert(s->b, value_node(s, after[i]), c->leaf[i]->elem));
        region_result(s->b, ir_expand(s->b, x, c->leaf[i]->node->type.axes));
    }
}

static void take_results(Sema *s, Carried *c, Node *loop)
{
    Value *out[MOST_LEAVES];
    for (int i = 0; i < c->nleaf; i++) {
        out[i] = value_like(s, ir_out(s->b, loop, i), c->leaf[i]);
        out[i]->leaf = c->leaf[i]->leaf;
        out[i]->buffer = c->leaf[i]->buffer;
        out[i]->order = c->leaf[i]->order;
    }
    set_entries(s, c, out);
}

// ---- for ----

typedef struct {
    Axis  *axis;       // a fresh one for a range
    bool   over_axis;
    const Size *from;  // added to the turn
} LoopSource;

static bool loop_source(Sema *s, Syn *n, LoopSource *out)
{
    Syn *src = n->kid[0];
    while (src->kind == SYN_PAREN)
        src = src->kid[0];
    if (src->kind != SYN_RANGE) {
        out->axis = eval_axis(s, src);
        out->over_axis = true;
        out->from = size_const(s->sizes, 0);
        return out->axis != NULL;
    }
    const Size *to;
    out->from = eval_size(s, src->kid[0]);
    to = eval_size(s, src->kid[1]);
    if (!out->from || !to)
        return false;
    const Size *turns = size_max(s->sizes, size_sub(s->sizes, to, out->from), size_const(s->sizes, 0));
    SizeWitness w;
    Facts       f = {(const Size **)s->facts.at, s->facts.n};
    if (size_nonneg(s->sizes, size_sub(s->sizes, to, out->from), &f, &w) == SIZE_ALWAYS)
        turns = size_sub(s->sizes, to, out->from);
    out->axis = axis_new(s->axes, n->name, turns, n->at);
    out->over_axis = false;
    return true;
}

static void put_turn(Sema *s, Syn *n, const LoopSource *src, Node *turn)
{
    Value *v = value_tensor(s, turn, n->at);
    const Size *last = size_sub(s->sizes, src->axis->size, size_const(s->sizes, 1));
    range_set(s, turn, size_const(s->sizes, 0), last);
    if (!src->over_axis) {
        v->node = ir_binary(s->b, OP_ADD, turn, ir_size(s->b, src->from));
        range_set(s, v->node, src->from, size_add(s->sizes, src->from, last));
    }
    v->pos = src->over_axis ? src->axis : NULL;
    v->weak = true;
    Value *t = ARENA_NEW(s->arena, Value);
    *t = *v;
    vec_push(s->arena, &s->turns, t);
    let_value(s, n->name, n->at, v);
}

typedef struct {
    Region *region;
    Value  *yielded;
    bool    failed, again;
} Turn;

static Turn evaluate_turn(Sema *s, Syn *n, const LoopSource *src, Carried *c)
{
    Turn      t = {0};
    LoopFrame frame = {.may_yield = src->over_axis, .where = n->where};
    Sema      saved = *s;
    t.region = region_begin(s->b);
    Node *turn = region_param(s->b, ELEM_I64, (AxisSet){0});
    region_params(s, c);
    s->scope = scope_new(s, s->scope);
    s->loop = &frame;
    s->in_for = true;
    s->regions++;
    put_turn(s, n, src, turn);
    Value *after[MOST_LEAVES], *last = eval_statements(s, n->kid[1]);
    t.failed = is_error(last) || leaves_after(s, c, after) < 0 || (frame.yielded && is_error(frame.yielded));
    if (!t.failed) {
        give_results(s, c, after);
        t.yielded = frame.yielded;
        Value *leaf[MOST_LEAVES];
        int    got = t.yielded ? value_leaves(s, t.yielded, leaf, MOST_LEAVES) : 0;
        for (int i = 0; i < got; i++)
            region_result(s->b, ir_fill(s->b, value_node(s, leaf[i])));
    }
    region_end(s->b);
    t.again = !t.failed && !settled(s, c, after);
    sema_restore(s, &saved);
    return t;
}

static Value *stacked(Sema *s, Node *loop, const Carried *c, Value *yielded, Span where)
{
    Value *leaf[MOST_LEAVES], *out[MOST_LEAVES], **next = out;
    int    got = value_leaves(s, yielded, leaf, MOST_LEAVES);
    for (int i = 0; i < got; i++) {
        out[i] = value_like(s, ir_out(s->b, loop, c->nleaf + i), leaf[i]);
        out[i]->where = where;
    }
    return value_rebuild(s, yielded, &next);
}

Value *eval_for(Sema *s, Syn *n)
{
    LoopSource   src;
    Carried c = {.n = 0};
    if (!loop_source(s, n, &src))
        return value_new(s, V_ERROR, n->where);
    find_assigned(s, &c, n->kid[1]);
    carried_leaves(s, &c);
    Turn t = {.again = true};
    for (int i = 0; i < MOST_TRIES && t.again; i++) {
        restore_entries(&c);
        t = evaluate_turn(s, n, &src, &c);
    }
    restore_entries(&c);
    if (t.failed || t.again)
        return value_new(s, V_ERROR, n->where);
    Node *init[MOST_LEAVES];
    for (int i = 0; i < c.nleaf; i++)
        init[i] = c.leaf[i]->node;
    Node *loop = ir_loop(s->b, src.axis, init, c.nleaf, t.region);
    take_results(s, &c, loop);
    return t.yielded ? stacked(s, loop, &c, t.yielded, n->where) : value_new(s, V_NONE, n->where);
}

// ---- while ----

// The condition on the carried values; lifted positions go on until all are done.
static Node *evaluate_condition(Sema *s, Syn *n, Value **out)
{
    Value *v = evaluate(s, n->kid[0]);
    *out = v;
    if (is_error(v))
        return NULL;
    if (!is_scalar(s, v) || elem_class(v->elem) != ELEM_CLASS_BOOL) {
        Diag *d = sema_diag(s, DIAG_E0312, n->kid[0]->where, "`while` goes on by one bool");
        diag_label(d, n->kid[0]->where, "%s", text_value(s, v));
        diag_help(d, "`any` or `all` makes one of many");
        return NULL;
    }
    Node *c = value_node(s, v);
    return c->type.axes.n ? ir_reduce(s->b, OP_ANY, c, c->type.axes.at, c->type.axes.n) : c;
}

typedef struct {
    Region *condition, *body;
    bool    failed, again;
} WhileTurn;

static void frozen_where_done(Sema *s, Value *go, Carried *c, Value **after)
{
    for (int i = 0; i < c->nleaf && go->axes.n; i++) {
        Node *old = s->b->region->params.at[1 + i];
        Node *new = ir_convert(s->b, value_node(s, after[i]), old->type.elem);
        after[i] = value_like(s, ir_select(s->b, value_node(s, go), new, old), after[i]);
    }
}

// The turn, which draws depend on.
static void begin_turn(Sema *s, const Sema *outer)
{
    Value *v = value_tensor(s, region_param(s->b, ELEM_I64, (AxisSet){0}), s->b->where);
    v->weak = true;
    memset(&s->turns, 0, sizeof s->turns);
    for (int i = 0; i < outer->turns.n; i++)
        vec_push(s->arena, &s->turns, outer->turns.at[i]);
    vec_push(s->arena, &s->turns, v);
}

static WhileTurn evaluate_while(Sema *s, Syn *n, Carried *c)
{
    WhileTurn t = {0};
    Sema      saved = *s;
    Value    *go, *after[MOST_LEAVES];
    s->regions++;
    s->in_for = true;
    t.condition = region_begin(s->b);
    begin_turn(s, &saved);
    region_params(s, c);
    Node *stop = evaluate_condition(s, n, &go);
    if (stop)
        region_result(s->b, stop);
    region_end(s->b);
    if (!stop) {
        sema_restore(s, &saved);
        t.failed = true;
        return t;
    }
    t.body = region_begin(s->b);
    begin_turn(s, &saved);
    region_params(s, c);
    evaluate_condition(s, n, &go);
    Value *last = eval_body(s, n->kid[1]);
    t.failed = is_error(last) || leaves_after(s, c, after) < 0;
    if (!t.failed) {
        frozen_where_done(s, go, c, after);
        give_results(s, c, after);
    }
    region_end(s->b);
    t.again = !t.failed && !settled(s, c, after);
    sema_restore(s, &saved);
    return t;
}

Value *eval_while(Sema *s, Syn *n)
{
    Carried c = {.n = 0};
    find_assigned(s, &c, n->kid[1]);
    carried_leaves(s, &c);
    WhileTurn t = {.again = true};
    for (int i = 0; i < MOST_TRIES && t.again; i++) {
        restore_entries(&c);
        t = evaluate_while(s, n, &c);
    }
    restore_entries(&c);
    if (t.failed || t.again)
        return value_new(s, V_ERROR, n->where);
    Node *init[MOST_LEAVES];
    for (int i = 0; i < c.nleaf; i++)
        init[i] = c.leaf[i]->node;
    take_results(s, &c, ir_while(s->b, init, c.nleaf, t.condition, t.body));
    return value_new(s, V_NONE, n->where);
}

// ---- repeat ----

typedef struct {
    Axis *axis;
    Node *turn;
} Slice;

static Value *stack_leaf(Sema *s, Value *v, Value *none, void *user)
{
    (void)none;
    Axis   *a = user;
    AxisSet one = {&a, 1};
    Value  *out = ARENA_NEW(s->arena, Value);
    *out = *v;
    out->axes = axes_union(s->arena, v->axes, axes_of(s->arena, one.at, 1));
    int n = v->axes.n;
    out->order = ARENA_ARRAY(s->arena, Axis *, n + 1);
    out->order[0] = a;
    for (int i = 0, k = 1; i < n; i++) {
        Axis *old = v->order ? v->order[i] : v->axes.at[i];
        if (old && old != a && k <= n)
            out->order[k++] = old;
    }
    return out;
}

// Made once: what the body owns, each leaf stacked along the axis.
static Value *grow_repeat(Sema *s, Syn *n, Axis *a)
{
    Growing inner = {.init = s->growing->init, .imports = s->growing->imports}, *outer = s->growing;
    Sema    saved = *s;
    s->growing = &inner;
    s->path = path_join(s, s->path, n->name);
    s->scope = scope_new(s, s->scope);
    s->repeat_axis = a;
    let_value(s, n->name, n->at, value_tensor(s, ir_input(s->b, n->name, INPUT_SCALAR, ELEM_I64, (AxisSet){0}, NULL),
                                              n->at));
    Value *last = eval_statements(s, n->kid[1]);
    sema_restore(s, &saved);
    Value *m = value_new(s, V_MODEL, n->where);
    Func  *f = ARENA_NEW(s->arena, Func);
    *f = (Func){.kind = FUNC_DECL, .decl = n, .scope = s->scope, .name = n->name};
    m->func = f;
    m->nfields = inner.fields.n;
    m->fields = ARENA_ARRAY(s->arena, Field, inner.fields.n + 1);
    for (int i = 0; i < inner.fields.n; i++)
        m->fields[i] = inner.fields.at[i].field;
    m = value_map(s, m, NULL, stack_leaf, a);
    GrowingField field = {{n->name, m}, n->where};
    vec_push(s->arena, &outer->fields, field);
    return last;
}

static Value *slice_leaf(Sema *s, Value *v, Value *none, void *user)
{
    (void)none;
    Slice *sl = user;
    Node  *x = ir_index(s->b, value_node(s, v), &sl->axis, &sl->turn, 1, NULL);
    Value *out = value_like(s, x, v);
    out->leaf = v->leaf;
    out->buffer = v->buffer;
    int n = v->axes.n;
    out->order = ARENA_ARRAY(s->arena, Axis *, n + 1);
    for (int i = 0, k = 0; i < n; i++)
        if (v->order && v->order[i] != sl->axis)
            out->order[k++] = v->order[i];
    return out;
}

// Turn by turn: the number of turns is known when the model is run.
static Value *run_repeat(Sema *s, Syn *n, Axis *a, int64_t turns)
{
    Value *all = value_field(s->self, n->name), *last = value_new(s, V_NONE, n->where);
    if (!all)
        return sema_error(s, DIAG_E0206, n->where, "the model has no `%s`", n->name);
    Axis *stacked_along = a;
    Value *leaf[1];
    if (value_leaves(s, all, leaf, 1) > 0 && leaf[0]->order)
        stacked_along = leaf[0]->order[0];
    for (int64_t i = 0; i < turns && !is_error(last); i++) {
        Sema   saved = *s;
        Slice  sl = {stacked_along, ir_int(s->b, i)};
        Value *turn = value_int(s, size_const(s->sizes, i), n->at);
        s->self = value_map(s, all, NULL, slice_leaf, &sl);
        s->path = name_format(s->names, "%s.%lld", path_join(s, s->path, n->name), (long long)i);
        s->scope = scope_new(s, s->scope);
        turn->pos = a;
        let_value(s, n->name, n->at, turn);
        last = eval_statements(s, n->kid[1]);
        sema_restore(s, &saved);
    }
    return is_error(last) ? last : value_new(s, V_NONE, n->where);
}

Value *eval_repeat(Sema *s, Syn *n)
{
    int64_t turns;
    Axis   *a = eval_axis(s, n->kid[0]);
    if (!a)
        return value_new(s, V_ERROR, n->where);
    if (s->in_fn || (!s->growing && !s->self))
        return sema_error(s, DIAG_E0504, n->where, "`repeat` has parameters of its own: it stands in blocks");
    if (s->growing) {
        Value *v = grow_repeat(s, n, a);
        return is_error(v) ? v : value_new(s, V_NONE, n->where);
    }
    if (!size_is_const(a->size, &turns) && !s->host)
        turns = 1;  // while checking, one turn stands for all
    else if (!size_is_const(a->size, &turns))
        return sema_absent(s, n->where, "`repeat` over an axis whose size only the data tells");
    return run_repeat(s, n, a, turns);
}
