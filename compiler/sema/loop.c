// Loops of bodies: `for` over an axis or a range, and `while`.
#include <string.h>

#include "sema/bounded.h"
#include "sema/carry.h"
#include "sema/stmt.h"

// ---- for ----

typedef struct {
    Axis  *axis;       // a fresh one for a range
    bool   over_axis;
    const Size *from;  // added to the turn
    const Size *count; // of the turns, where there are any
    Value *begin, *end;  // of what only the data tells, else NULL
    Value *guard;      // of the axis: the turns that take place; NULL: all
    Value *stacks;     // of a loop of open length over an axis: what a turn yields is of this type; NULL: it yields nothing
    TurnFn *turn;      // of a `repeat`: evaluates a turn, else NULL
    void   *user;
} LoopSource;

void not_whole(Sema *s, const Syn *range, Value *a, Value *b)
{
    Diag *d = sema_diag(s, DIAG_E0313, range->where, "a range is of whole numbers");
    diag_label(d, range->kid[0]->where, "%s", text_value(s, a));
    diag_label(d, range->kid[1]->where, "%s", text_value(s, b));
    Value *wrong = is_scalar(s, a) && elem_class(a->elem) == ELEM_CLASS_INT ? b : a;
    const char *text = text_syn(s, wrong == b ? range->kid[1] : range->kid[0]);
    if (is_tensor(wrong) && value_visible(s, wrong).n)
        diag_help(d, "an end is one number; the positions of an axis are gone through by its name: `for t in %s`",
                  value_visible(s, wrong).at[0]->name);
    else if (is_tensor(wrong))
        diag_help(d, "`int(%s)` makes a whole number of it", text);
}

static bool is_end(Sema *s, Syn *range, Value *a, Value *b)
{
    if (is_error(a) || is_error(b))
        return false;
    bool ints = is_scalar(s, a) && is_scalar(s, b) && elem_class(a->elem) == ELEM_CLASS_INT &&
                elem_class(b->elem) == ELEM_CLASS_INT;
    if (ints)
        return true;
    not_whole(s, range, a, b);
    return false;
}

static bool has_yield(const Syn *n)
{
    if (!n || n->kind == SYN_FOR || n->kind == SYN_WHILE || n->kind == SYN_REPEAT || n->kind == SYN_LAMBDA)
        return false;
    bool any = n->kind == SYN_YIELD;
    for (int i = 0; i < n->nkid && !any; i++)
        any = has_yield(n->kid[i]);
    return any;
}

// Over an axis with a bound the loop ends with the count.
static bool guarded_source(Sema *s, Syn *n, LoopSource *out)
{
    Value *count = axis_count(s, out->axis, false);
    if (count && is_error(count))
        return false;
    out->guard = axis_guard(s, out->axis);
    if (count) {
        out->begin = value_int(s, size_const(s->sizes, 0), n->where);
        out->end = count;
    }
    return true;
}

static bool loop_source(Sema *s, Syn *n, LoopSource *out)
{
    Syn *src = n->kid[0];
    while (src->kind == SYN_PAREN)
        src = src->kid[0];
    if (src->kind != SYN_RANGE) {
        out->axis = eval_axis_as(s, src, AXIS_OF_FOR);
        out->over_axis = true;
        out->from = size_const(s->sizes, 0);
        out->count = out->axis ? out->axis->size : NULL;
        return out->axis && guarded_source(s, n, out);
    }
    Value *begin = evaluate(s, src->kid[0]), *end = evaluate(s, src->kid[1]);
    if (!is_end(s, src, begin, end))
        return false;
    if (!begin->fixed || !end->fixed) {
        out->begin = begin;
        out->end = end;
        return true;
    }
    const Size *to = end->fixed;
    out->from = begin->fixed;
    out->count = size_sub(s->sizes, to, out->from);
    const Size *turns = size_max(s->sizes, out->count, size_const(s->sizes, 0));
    SizeWitness w;
    Facts       f = {(const Size **)s->facts.at, s->facts.n};
    if (size_nonneg(s->sizes, out->count, &f, &w) == SIZE_ALWAYS)
        turns = out->count;
    out->axis = axis_new(s->axes, n->name, turns, n->at);
    out->over_axis = false;
    return true;
}

// A turn that takes place is one of at least one, however many there may be.
static void know_range(Sema *s, const LoopSource *src, Value *v, Node *turn)
{
    const Size *last = size_sub(s->sizes, src->count, size_const(s->sizes, 1));
    vec_push(s->arena, &s->facts, last);
    range_set(s, turn, size_const(s->sizes, 0), last);
    if (!src->over_axis) {
        v->node = ir_binary(s->b, OP_ADD, turn, ir_size(s->b, src->from));
        range_set(s, v->node, src->from, size_add(s->sizes, src->from, last));
    }
    v->pos = src->over_axis ? src->axis : NULL;
}

static void put_turn(Sema *s, Syn *n, const LoopSource *src, Node *turn)
{
    Value *v = value_tensor(s, turn, n->at);
    if (src->begin && src->over_axis)
        know_range(s, src, v, turn);
    else if (src->begin)
        v = value_tensor(s, ir_binary(s->b, OP_ADD, turn, value_node(s, src->begin)), n->at);
    else
        know_range(s, src, v, turn);
    v->weak = true;
    Value *t = ARENA_NEW(s->arena, Value);
    *t = *v;
    vec_push(s->arena, &s->turns, t);
    let_value(s, n->name, n->at, v);
}

static Value *turn_of(Sema *s, const Syn *n, const LoopSource *src, bool in_for, Node *turn)
{
    if (!src || !src->turn)
        return eval_statements(s, n->kid[1]);
    s->in_for = in_for;  // its turns have parameters
    return src->turn(s, src->user, turn);
}

// What is stacked along an axis must not have it already.
static bool can_stack(Sema *s, const LoopSource *src, Value *v, Span where)
{
    Value *leaf[MOST_LEAVES];
    int    n = value_leaves(s, v, leaf, MOST_LEAVES);
    for (int i = 0; i < n && i < MOST_LEAVES; i++) {
        if (!axes_has(leaf[i]->axes, src->axis))
            continue;
        Diag *d = sema_diag(s, DIAG_E0303, v->where, "the loop stacks along `%s`, which this has already", src->axis->name);
        diag_label(d, v->where, "%s", text_value(s, v));
        diag_note(d, where, "the loop runs over `%s` here", src->axis->name);
        diag_help(d, "rename it before: `x[%s -> %s']`", src->axis->name, src->axis->name);
        return false;
    }
    return true;
}

typedef struct {
    Region *region;
    Value  *yielded;
    bool    failed, again;
} Turn;

// Positions that are done keep their values, and the body is not looked at there.
static void keep_where_done(Sema *s, Value *go, Carried *c, Value **after, int since)
{
    Under *side = under_new(s->b, value_node(s, go), since);
    for (int i = 0; i < c->nleaf; i++) {
        Node *old = s->b->region->params.at[1 + i];
        Node *new = ir_convert(s->b, value_node(s, under_condition(s, after[i], side)), old->type.elem);
        after[i] = value_like(s, ir_select(s->b, value_node(s, go), new, old), after[i]);
    }
}

// Does the turn take place, along an axis with a guard?
static Value *takes_place(Sema *s, const LoopSource *src, Node *turn, Span where)
{
    if (!src->guard)
        return NULL;
    Axis *a = src->axis;
    return value_tensor(s, ir_index(s->b, value_node(s, src->guard), &a, &turn, 1, NULL), where);
}

static Turn evaluate_turn(Sema *s, Syn *n, const LoopSource *src, Carried *c)
{
    Turn      t = {0};
    LoopFrame frame = {.may_yield = src->over_axis, .where = n->where};
    Sema      saved = *s;
    t.region = region_begin(s->b);
    Node *turn = region_param(s->b, ELEM_I64, (AxisSet){0});
    carry_params(s, c);
    s->scope = scope_new(s, s->scope);
    s->loop = &frame;
    s->in_for = true;
    s->regions++;
    put_turn(s, n, src, turn);
    Value *go = takes_place(s, src, turn, n->where);
    if (go)
        take_only(s, go);
    int    since = s->b->program->node_count;
    Value *after[MOST_LEAVES], *last = turn_of(s, n, src, saved.in_for, turn);
    t.failed = is_error(last) || !carry_after(s, c, after) || (frame.yielded && is_error(frame.yielded));
    t.failed = t.failed || (frame.yielded && !can_stack(s, src, frame.yielded, n->where));
    if (!t.failed) {
        if (go)
            keep_where_done(s, go, c, after, since);
        carry_results(s, c, after);
        t.yielded = frame.yielded;
        Value *leaf[MOST_LEAVES];
        int    got = t.yielded ? value_leaves(s, t.yielded, leaf, MOST_LEAVES) : 0;
        for (int i = 0; i < got; i++)
            region_result(s->b, ir_fill(s->b, value_node(s, leaf[i])));
    }
    region_end(s->b);
    t.again = !t.failed && !carry_settled(s, c, after);
    sema_restore(s, &saved);
    return t;
}

static Value *stacked(Sema *s, Node *loop, const Carried *c, const Turn *t, const Value *guard, Node *wanted, Span where)
{
    Value *leaf[MOST_LEAVES], *out[MOST_LEAVES], **next = out;
    int    got = value_leaves(s, t->yielded, leaf, MOST_LEAVES);
    for (int i = 0; i < got; i++) {
        Node *n = ir_out(s->b, loop, c->nleaf + i), *own = carry_outside(s, t->region, value_node(s, leaf[i])->type.guard);
        out[i] = value_like(s, guard ? ir_guard(s->b, n, value_node(s, guard)) : n, leaf[i]);
        out[i] = carry_guarded(s, carry_guarded(s, out[i], own), wanted);
        out[i]->where = where;
    }
    return value_rebuild(s, t->yielded, &next);
}

static Value *counted_loop(Sema *s, Syn *n, const LoopSource *src)
{
    Carried *c = carry_new(s);
    carry_assigned(s, c, n->kid[1]);
    carry_begin(s, c);
    Turn t = {.again = true};
    for (int i = 0; i < MOST_TRIES && t.again; i++) {
        carry_restore(c);
        t = evaluate_turn(s, n, src, c);
    }
    carry_restore(c);
    if (t.failed || t.again)
        return value_new(s, V_ERROR, n->where);
    Node *loop = ir_loop(s->b, src->axis, carry_nodes(s, c), c->nleaf, t.region);
    Node *wanted = carry_wanted(s, c, &t.region, 1);
    carry_take(s, c, loop, wanted);
    return t.yielded ? stacked(s, loop, c, &t, src->guard, wanted, n->where) : value_new(s, V_NONE, n->where);
}

// ---- loops of open length: `while`, and a `for` that may be left ----

typedef struct {
    Syn              *n;
    const LoopSource *src;   // of a `for`; NULL: a `while`
    Entry            *left;  // was it left by `break`? NULL: it has none
    Entry            *stack; // what the turns yielded so far, each at its place; NULL: they yield nothing
    Carried          *c;
    Region           *condition, *body;
    Node             *wanted;    // the lifted positions at which it takes place; NULL: all
    bool              failed, again;
} OpenLoop;

Name left_name(Sema *s) { return name_of(s->names, "#left"); }

static bool has_break(const Syn *n)
{
    if (!n || n->kind == SYN_FOR || n->kind == SYN_WHILE || n->kind == SYN_REPEAT || n->kind == SYN_LAMBDA)
        return false;
    bool any = n->kind == SYN_BREAK;
    for (int i = 0; i < n->nkid && !any; i++)
        any = has_break(n->kid[i]);
    return any;
}

Value *no_condition(Sema *s, const Syn *n, const Value *v)
{
    Diag *d = sema_diag(s, DIAG_E0312, n->kid[0]->where, "`while` goes on by one bool");
    diag_label(d, n->kid[0]->where, "%s", text_value(s, v));
    help_bool(s, d, v);
    return value_new(s, V_ERROR, n->where);
}

static Value *condition_of(Sema *s, Syn *n)
{
    Value *v = evaluate(s, n->kid[0]);
    if (is_error(v))
        return v;
    if (is_scalar(s, v) && elem_class(v->elem) == ELEM_CLASS_BOOL)
        return v;
    return no_condition(s, n, v);
}

// Does this turn take place? For each lifted position by itself.
static Value *goes_on(Sema *s, OpenLoop *l, Node *turn)
{
    Value *go;
    if (l->src && l->src->begin)
        go = value_tensor(s, ir_binary(s->b, OP_LT, ir_binary(s->b, OP_ADD, turn, value_node(s, l->src->begin)),
                                       value_node(s, l->src->end)), l->n->where);
    else if (l->src)
        go = value_tensor(s, ir_binary(s->b, OP_LT, turn, ir_size(s->b, l->src->axis->size)), l->n->where);
    else
        go = condition_of(s, l->n);
    if (l->wanted && !is_error(go))
        go = value_tensor(s, ir_binary(s->b, OP_AND, value_node(s, go), l->wanted), l->n->where);
    if (s->taken && !is_error(go))
        go = value_tensor(s, ir_binary(s->b, OP_AND, value_node(s, go), taken_along(s, s->hidden)), l->n->where);
    if (is_error(go) || !l->left)
        return go;
    return apply_binary(s, OPR_AND, go, apply_unary(s, OPR_NOT, l->left->value, l->n->where), l->n->at, l->n->where);
}

// The turn, which draws depend on, in a fresh list: the loops around keep theirs.
static Node *begin_turn(Sema *s, OpenLoop *l, const Sema *outer)
{
    Node  *turn = region_param(s->b, ELEM_I64, (AxisSet){0});
    Value *v = value_tensor(s, turn, l->n->where);
    v->weak = true;
    memset(&s->turns, 0, sizeof s->turns);
    for (int i = 0; i < outer->turns.n; i++)
        vec_push(s->arena, &s->turns, outer->turns.at[i]);
    if (!l->src)
        vec_push(s->arena, &s->turns, v);
    carry_params(s, l->c);
    return turn;
}

static bool give_condition(Sema *s, OpenLoop *l, const Sema *outer)
{
    l->condition = region_begin(s->b);
    Value *go = goes_on(s, l, begin_turn(s, l, outer));
    bool   ok = !is_error(go);
    if (ok) {
        Node *c = value_node(s, go);
        region_result(s->b, c->type.axes.n ? ir_reduce(s->b, OP_ANY, c, c->type.axes.at, c->type.axes.n) : c);
    }
    region_end(s->b);
    return ok;
}

// What the turn yields at its place in the stack.
static Value *at_place(Sema *s, Value *stack, Value *yielded, void *user)
{
    Axis *a = ((OpenLoop *)user)->src->axis;
    Node *turn = s->b->region->params.at[0], *all = value_node(s, stack);
    AxisSet beside = axes_minus(s->arena, value_node(s, yielded)->type.axes, all->type.axes);
    Node *x = ir_update(s->b, ir_expand(s->b, all, beside), &a, &turn, 1,
                        ir_convert(s->b, ir_fill(s->b, value_node(s, yielded)), all->type.elem));
    return value_like(s, x, stack);
}

static void give_body(Sema *s, OpenLoop *l, const Sema *outer)
{
    LoopFrame frame = {.left = l->left, .may_yield = l->stack, .where = l->n->where};
    Value    *after[MOST_LEAVES];
    l->body = region_begin(s->b);
    Node  *turn = begin_turn(s, l, outer);
    Value *go = goes_on(s, l, turn);
    int    since = s->b->program->node_count;
    s->scope = scope_new(s, s->scope);
    s->loop = &frame;
    if (go->axes.n)
        take_only(s, go);
    if (l->src)
        put_turn(s, l->n, l->src, turn);
    Value *last = turn_of(s, l->n, l->src, outer->in_for, turn);
    if (frame.yielded && !is_error(last))
        l->stack->value = value_map(s, l->stack->value, frame.yielded, at_place, l);
    l->failed = is_error(last) || !carry_after(s, l->c, after);
    if (!l->failed) {
        if (go->axes.n)
            keep_where_done(s, go, l->c, after, since);
        carry_results(s, l->c, after);
    }
    region_end(s->b);
    l->again = !l->failed && !carry_settled(s, l->c, after);
}

static void evaluate_open(Sema *s, OpenLoop *l)
{
    Sema saved = *s;
    s->regions++;
    s->in_for = true;
    l->failed = !give_condition(s, l, &saved);
    if (!l->failed)
        give_body(s, l, &saved);
    sema_restore(s, &saved);
    Node *wanted = l->failed ? l->wanted : carry_wanted(s, l->c, (Region *[]){l->condition, l->body}, 2);
    l->again = l->again || wanted != l->wanted;
    l->wanted = wanted;
}

static Value *empty_stack(Sema *s, Value *v, Value *none, void *axis)
{
    Axis *a = axis;
    (void)none;
    AxisSet all = axes_union(s->arena, value_node(s, v)->type.axes, axes_of(s->arena, &a, 1));
    Value  *out = value_like(s, ir_expand(s->b, ir_const(s->b, v->elem, 0), all), v);
    out->fixed = NULL;
    out->truth = TRUTH_DYNAMIC;
    out->order = NULL;
    return out;
}

static Value *where_stacked(Sema *s, Value *v, Value *none, void *guard)
{
    (void)none;
    return value_like(s, ir_guard(s->b, value_node(s, v), value_node(s, guard)), v);
}

static Value *open_loop(Sema *s, Syn *n, const LoopSource *src)
{
    Scope   *outer = s->scope;
    OpenLoop l = {.n = n, .src = src, .c = carry_new(s), .again = true};
    s->scope = scope_new(s, outer);
    if (has_break(n->kid[1])) {
        l.left = scope_put_quiet(s, s->scope, ENTRY_VALUE, left_name(s), SPAN_NONE);
        l.left->value = value_bool(s, TRUTH_FALSE, n->where);
        l.left->variable = true;
    }
    if (src && src->stacks) {
        l.stack = scope_put_quiet(s, s->scope, ENTRY_VALUE, name_of(s->names, "#stack"), SPAN_NONE);
        l.stack->value = value_map(s, src->stacks, NULL, empty_stack, src->axis);
        l.stack->variable = true;
        carry_entry(l.c, l.stack);
    }
    carry_assigned(s, l.c, n->kid[1]);
    carry_begin(s, l.c);
    for (int i = 0; i < MOST_TRIES && l.again; i++) {
        carry_restore(l.c);
        l.again = false;
        evaluate_open(s, &l);
    }
    carry_restore(l.c);
    if (!l.failed && !l.again)
        carry_take(s, l.c, ir_while(s->b, carry_nodes(s, l.c), l.c->nleaf, l.condition, l.body), l.wanted);
    s->scope = outer;
    if (l.failed || l.again)
        return value_new(s, V_ERROR, n->where);
    return l.stack ? value_map(s, l.stack->value, NULL, where_stacked, src->guard) : value_new(s, V_NONE, n->where);
}

// Of what type are the turns' yields? One turn tells, which is dropped.
static bool yields_of(Sema *s, Syn *n, LoopSource *src)
{
    LoopSource whole = *src;
    Carried   *c = carry_new(s);
    Turn       t = {.again = true};
    whole.begin = whole.end = NULL;
    carry_assigned(s, c, n->kid[1]);
    carry_begin(s, c);
    for (int i = 0; i < MOST_TRIES && t.again; i++) {
        carry_restore(c);
        t = evaluate_turn(s, n, &whole, c);
    }
    carry_restore(c);
    src->stacks = t.yielded;
    return !t.failed && !t.again;
}

static bool updates_in_part(const Syn *n)
{
    bool any = n && n->kind == SYN_ASSIGN && n->kid[0]->kind == SYN_BRACKET;
    for (int i = 0; n && !any && i < n->nkid; i++)
        any = updates_in_part(n->kid[i]);
    return any;
}

// In a branch, a loop that changes arrays makes no turn where the branch is not taken: then they need no copy.
static bool stops_with_branch(const Sema *s, const Syn *n)
{
    return s->taken && !s->taken->axes.n && updates_in_part(n->kid[1]) && !has_yield(n->kid[1]);
}

Value *eval_for(Sema *s, Syn *n)
{
    LoopSource src = {0};
    if (!loop_source(s, n, &src))
        return value_new(s, V_ERROR, n->where);
    if (src.begin && src.over_axis && has_yield(n->kid[1]) && !yields_of(s, n, &src))
        return value_new(s, V_ERROR, n->where);
    return src.begin || has_break(n->kid[1]) || stops_with_branch(s, n) ? open_loop(s, n, &src) : counted_loop(s, n, &src);
}

Value *eval_turns(Sema *s, Syn *n, Axis *a, bool stacks, TurnFn *turn, void *user)
{
    LoopSource src = {.axis = a, .over_axis = true, .from = size_const(s->sizes, 0), .count = a->size, .turn = turn, .user = user};
    if (!guarded_source(s, n, &src))
        return value_new(s, V_ERROR, n->where);
    if (stacks)  // what a trace sees of the turns has room for all, and a guard
        src.begin = src.end = NULL;
    return src.begin ? open_loop(s, n, &src) : counted_loop(s, n, &src);
}

Value *eval_while(Sema *s, Syn *n) { return open_loop(s, n, NULL); }

Value *eval_break(Sema *s, Syn *n)
{
    if (!s->loop || !s->loop->left)
        return sema_error(s, DIAG_E0506, n->where, "`break` stands in a `for` or `while`");
    s->loop->left->value = value_bool(s, TRUTH_TRUE, n->where);
    return value_new(s, V_NONE, n->where);
}
