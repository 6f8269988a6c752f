// Axes with a bound. One has the size of its bound to the checker and in memory; how many of its positions there are is
// a value, said once by what meets the data, and a guard for every reduction along the axis.
#include "sema/bounded.h"

#include <string.h>

#include "sema/data.h"
#include "sema/header.h"
#include "sema/step.h"
#include "sema/walk.h"

static const Axis *base_of(const Axis *a) { return a->twin_of ? a->twin_of : a; }
Bounded           *bounded_of(const Axis *a) { return base_of(a)->user; }
bool               axis_is_bounded(const Axis *a) { return bounded_of(a) != NULL; }

static Axis *bounded_new(Sema *s, Name name, const Size *most, Span where)
{
    Axis    *a = axis_new(s->axes, name, most, where);
    Bounded *b = ARENA_NEW(s->arena, Bounded);
    *b = (Bounded){.scope = s->scope, .home = s->b ? s->b->program : NULL, .regions = s->regions, .depth = s->depth, .in_step = s->in_step};
    a->user = b;
    return a;
}

// The count stands in scope, too, under a name that no program can write: a step that uses it finds it there.
void bounded_set(Sema *s, const Axis *a, Value *count)
{
    Bounded *b = bounded_of(a);
    b->count = count;
    if (!s->experiment || s->in_step)
        return;
    Name name = name_format(s->names, "#count of %s", a->name);
    for (int i = 0; i < b->scope->entries.n; i++)
        if (b->scope->entries.at[i]->name == name) {
            b->scope->entries.at[i]->value = count;
            return;
        }
    scope_put_quiet(s, b->scope, ENTRY_VALUE, name, SPAN_NONE)->value = count;
}

// ---- declarations ----

// The largest that a whole number can be, and the number, where only the data tells; NULL: reported.
static const Size *largest(Sema *s, Syn *n, Value **number)
{
    const Size *lo, *hi;
    Value      *v = evaluate(s, n);
    *number = NULL;
    if (is_error(v))
        return NULL;
    if (is_tensor(v) && v->fixed)
        return v->fixed;
    if (is_tensor(v) && elem_class(v->elem) == ELEM_CLASS_INT && is_scalar(s, v) && (s->in_step || !v->host) &&
        range_of(s, value_node(s, v), &lo, &hi)) {
        *number = value_tensor(s, ir_binary(s->b, OP_MAX2, ir_convert(s->b, value_node(s, v), ELEM_I64), ir_int(s->b, 0)),
                               n->where);
        return hi;
    }
    return eval_size(s, n);
}

// The axis that the declaration made the turn before, if it is as large: what is compiled for one turn is for all.
static Axis *axis_again(Sema *s, const Syn *item, Name name, const Size *most, Span where)
{
    bool  turn = s->host && s->in_turn && !s->in_step;
    Axis *a = turn ? map_get(s->turn_axes, item) : NULL;
    if (a && axis_is_bounded(a) && a->size == most && bounded_of(a)->depth == s->depth) {
        Bounded *b = bounded_of(a);
        b->count = NULL;
        b->parts = NULL;
        b->nparts = 0;
        b->scope = s->scope;
        return a;
    }
    Arena *arena = s->arena;
    s->arena = turn ? s->keep : arena;
    a = bounded_new(s, name, most, where);
    s->arena = arena;
    if (turn)
        map_put(s->turn_axes, item, a);
    return a;
}

void declare_bounded(Sema *s, Syn *item)
{
    Syn        *head = item->kid[0];
    Value      *number;
    const Size *most = largest(s, item->kid[1], &number);
    if (!s->scope->outer || s->scope->module_top) {
        Diag *d = sema_diag(s, DIAG_E0506, item->where, "an axis with a bound is declared where its data is");
        diag_help(d, "declare it in the body of the experiment, block or function that says how many there are");
    }
    Entry *e = scope_put(s, s->scope, ENTRY_AXIS, head->name, head->where);
    e->axis = e->outside = most ? axis_again(s, item, head->name, most, head->where) : axis_open(s, head->name, 0, head->where);
}

static const Axis *size_of_bounded(Sema *s, const Syn *n)
{
    while (n->kind == SYN_PAREN)
        n = n->kid[0];
    Syn   *of = n->kind == SYN_SIZE ? n->kid[0] : NULL;
    Entry *e = of && (of->kind == SYN_NAME || of->kind == SYN_TWIN) ? scope_find(s, s->scope, of->name, SPAN_NONE) : NULL;
    return e && e->kind == ENTRY_AXIS && e->axis && bounded_of(e->axis) ? e->axis : NULL;
}

static bool is_known_size(const Syn *n) { return n->kind == SYN_INT || n->kind == SYN_SIZE || n->kind == SYN_REAL; }

Axis *axis_of_count(Sema *s, Name name, Syn *size, Span where)
{
    const Axis *like = size_of_bounded(s, size);
    if (like) {
        Axis *a = bounded_new(s, name, like->size, where);
        Value *count = axis_count(s, like, false);
        if (count)
            bounded_set(s, a, count);
        return a;
    }
    bool walked = s->experiment && !(s->in_step && s->loop);  // of a turn that is compiled nothing is known when it is walked
    if (is_known_size(size) || walked)
        return NULL;
    Value      *v = evaluate(s, size), *number;
    const Size *most = is_tensor(v) && !v->fixed ? largest(s, size, &number) : NULL;
    if (!most || !number)
        return NULL;
    Axis *a = bounded_new(s, name, most, where);
    bounded_set(s, a, number);
    return a;
}

// ---- counts and guards ----

bool axis_declared_by(const Axis *a, const Entry *e)
{
    const Bounded *b = bounded_of(a);
    for (int i = 0; b && i < b->scope->entries.n; i++)
        if (b->scope->entries.at[i] == e)
            return true;
    return false;
}

static Value *not_met(Sema *s, const Axis *a)
{
    Diag *d = sema_diag(s, DIAG_E0406, s->b ? s->b->where : a->where, "nothing has said yet how many `%s` there are", a->name);
    diag_note(d, a->where, "`%s` is declared here, with its bound alone", a->name);
    diag_help(d, "what binds it says it, in a line above: `filter[node -> %s](mask)`, `unique[node -> %s](x)`, `concat[a, b -> %s](x, y)`", a->name,
              a->name, a->name);
    return value_new(s, V_ERROR, a->where);
}

// The count as the region at hand has it.
static Node *count_here(Sema *s, const Bounded *b)
{
    for (const Region *r = s->b->region; r && b->checked; r = r->outer)
        if (r == b->checked->home)
            return b->checked;
    return value_node(s, b->count);
}

Value *axis_count(Sema *s, const Axis *a, bool in_callee)
{
    Bounded *b = bounded_of(a);
    if (!b)
        return NULL;
    if (!b->count)
        return not_met(s, a);
    if (b->count->host && !s->in_step)
        return b->count;
    if (!b->count->host && b->home != s->b->program)  // of one call, which is done: what stays is the room
        return NULL;
    Node *n = count_here(s, b);
    if (in_callee)  // whose sizes are at least 1
        n = ir_binary(s->b, OP_MAX2, n, ir_int(s->b, 1));
    range_set(s, n, size_const(s->sizes, in_callee), a->size);
    Value *v = value_tensor(s, n, b->count->where);
    v->weak = true;
    return v;
}

Value *bounded_guard(Sema *s, const Axis *a)
{
    Value *count = axis_count(s, a, false);
    if (!count || is_error(count))
        return count;
    Node *there = ir_binary(s->b, OP_LT, ir_iota(s->b, (Axis *)(uintptr_t)a), value_node(s, count));
    return value_tensor(s, there, count->where);
}

bool axis_count_now(const Axis *a, int64_t *out)
{
    const Bounded *b = bounded_of(a);
    double         x;
    if (!b)
        return size_is_const(a->size, out);
    if (!b->count || !host_number(b->count, &x))
        return false;
    *out = (int64_t)x;
    return true;
}

// ---- filter[node -> kept](mask) ----

bool filter_read(Sema *s, const Func *f, Filter *out, Span where)
{
    Syn   *b = f->bracket;
    Scope *saved = s->scope;
    if (!b || b->nkid != 2 || b->kid[1]->kind != SYN_ARROW) {
        sema_error(s, DIAG_E0501, where, "`%s` names its axes: `%s[node -> kept](x)`", f->name, f->name);
        return false;
    }
    s->scope = f->bracket_scope;
    *out = (Filter){eval_axis(s, b->kid[1]->kid[0]), eval_axis(s, b->kid[1]->kid[1]), b, f->name};
    s->scope = saved;
    return out->from && out->to;
}

static bool is_mask(Sema *s, const Filter *k, Value *mask)
{
    AxisSet have = is_tensor(mask) ? value_visible(s, mask) : (AxisSet){0};
    if (is_tensor(mask) && elem_class(mask->elem) == ELEM_CLASS_BOOL && axes_has(have, k->from) && have.n == 1)
        return true;
    bool  more = is_tensor(mask) && axes_has(have, k->from) && have.n > 1;
    Diag *d = sema_diag(s, more ? DIAG_E0306 : DIAG_E0309, mask->where, "`filter` takes a bool[%s]", k->from->name);
    diag_label(d, mask->where, "%s", text_value(s, mask));
    if (more)
        diag_help(d, "give each position of the others its own: call a function over `[%s]`", k->from->name);
    return false;
}

bool bounded_may_bind(Sema *s, Axis *to, const char *what, const char *room, Span where)
{
    Bounded *b = bounded_of(to);
    Diag    *d;
    if (!b) {
        d = sema_diag(s, DIAG_E0406, where, "`%s` gives as many as the data says, and `%s` has a size", what, to->name);
        diag_help(d, "declare it with a bound, for which there is room: `axis %s <= %s`", to->name, room);
    } else if (b->count) {
        d = sema_diag(s, DIAG_E0603, where, "axis `%s` is bound already", to->name);
        diag_help(d, "an axis takes its size once: declare another one for this");
    } else if (b->home != s->b->program || b->regions != s->regions || b->in_step != s->in_step) {
        d = sema_diag(s, DIAG_E0506, where, "`%s` is bound inside of what it is declared outside of", to->name);
        if (s->experiment)
            diag_help(d, "give it a line of its own: `let x = %s[…](…)`", what);
        else
            diag_help(d, "declare it where it is bound: `axis %s <= %s`", to->name, room);
    } else {
        return true;
    }
    diag_note(d, to->where, "`%s` is declared here", to->name);
    return false;
}

Node *bounded_room(Sema *s, Axis *to, Node *count, const Size *most, Syn *bracket)
{
    SizeWitness w;
    Facts       f = {(const Size **)s->facts.at, s->facts.n};
    if (size_nonneg(s->sizes, size_sub(s->sizes, to->size, most), &f, &w) == SIZE_ALWAYS)
        return count;
    Node *zero = ir_int(s->b, 0), *one = ir_int(s->b, 1);
    Node *last = check_node(s, ir_binary(s->b, OP_MAX2, ir_binary(s->b, OP_SUB, count, one), zero), to, bracket);
    return ir_select(s->b, ir_binary(s->b, OP_EQ, count, zero), zero, ir_binary(s->b, OP_ADD, last, one));
}

// The positions where the mask holds, in order: each goes to the place that counting those before it says.
Value *filter_node(Sema *s, const Filter *k, Value *mask, Span where)
{
    Axis *from = k->from, *to = k->to;
    Node *m = value_node(s, under_guards_of(s, mask, &from, 1)), *there = ir_fill(s->b, m);
    Node *ones = ir_convert(s->b, there, ELEM_I64);
    Attr  along = {.ax = &from, .nax = 1};
    Node *place = ir_binary(s->b, OP_SUB, ir_make(s->b, OP_CUMSUM, &ones, 1, &along), ir_int(s->b, 1));
    place = ir_select(s->b, there, place, ir_int(s->b, -1));
    Node *at = ir_expand(s->b, ir_iota(s->b, from), place->type.axes);
    Node *out = ir_scatter(s->b, OP_SCATTER_ADD, at, &from, 1, &to, &place, 1);
    Value *count = value_tensor(s, bounded_room(s, to, ir_reduce(s->b, OP_SUM, ones, &from, 1), from->size, k->bracket), where);
    bounded_set(s, to, count);
    Value *g = bounded_guard(s, to);
    Value *v = value_tensor(s, ir_guard(s->b, out, value_node(s, g)), where);
    v->pos = from;
    return v;
}

// ---- of an experiment: a statement of its own ----

void bounded_met(Sema *s, const Axis *a, Span where)
{
    Bounded *b = bounded_of(a);
    if (b && !b->count)
        bounded_set(s, a, value_tensor(s, ir_input(s->b, name_of(s->names, "count"), INPUT_SCALAR, ELEM_I64, (AxisSet){0}, NULL),
                                     where));
}

bool bounded_exact(Sema *s, Axis *a, int64_t size, Span where, const char *source)
{
    int64_t most;
    if (size_is_const(a->size, &most) && size > most) {
        Diag *d = sema_diag(s, DIAG_E0401, where, "%s: axis `%s` has %lld positions there, and room for %lld", source, a->name,
                            (long long)size, (long long)most);
        diag_label(d, where, "read here");
        diag_label(d, a->where, "at most %lld", (long long)most);
        return false;
    }
    a->size = size_const(s->sizes, size);
    a->user = NULL;
    if (a->twin) {
        a->twin->size = a->size;
        a->twin->user = NULL;
    }
    return true;
}

static Value *filter_abstract(Sema *s, const Filter *k, Value *mask, Span where)
{
    (void)mask;
    Value *v = value_tensor(s, ir_input(s->b, name_of(s->names, "kept"), INPUT_DATA, ELEM_I64, axes_of(s->arena, &k->to, 1),
                                        NULL), where);
    v->pos = k->from;
    bounded_met(s, k->to, where);
    return v;
}

bool bounded_count(Sema *s, Axis *a, int64_t count, Span where)
{
    HostTensor *t = tensor_known(s, ELEM_I64, NULL, 0, where);
    if (!t)
        return false;
    *(int64_t *)t->data = count;
    Bounded *b = bounded_of(a);
    if (b->count && b->count->host) {  // the count of the turn before
        b->count->host = t;
        return true;
    }
    Arena *turn = s->arena;
    s->arena = s->keep;  // the axis outlives the turn
    bounded_set(s, a, tensor_value(s, t, where));
    s->arena = turn;
    return true;
}

bool filter_count(Sema *s, const Filter *k, int64_t count, Span where)
{
    int64_t most;
    if (!axis_is_bounded(k->to))
        return bind_axis(s, k->to, count, where, k->what);
    if (size_is_const(k->to->size, &most) && count > most)
        return bounded_exact(s, k->to, count, where, k->what);  // which says what is wrong
    return bounded_count(s, k->to, count, where);
}

static Value *filter_host(Sema *s, const Filter *k, Value *x, Span where)
{
    const HostTensor *mask = x->host;
    const uint8_t    *m = mask->data;
    int64_t        count = 0, n = 0, all = 0;
    axis_count_now(k->from, &all);
    all = mask->hollow ? 0 : all < mask->count ? all : mask->count;
    for (int64_t i = 0; i < all; i++)
        count += m[i] != 0;
    if (!mask->known)
        count = (int64_t)walk_decision(s, (double)count);
    HostTensor *t = filter_count(s, k, count, where) ? tensor_make(s, ELEM_I64, &k->to, 1, where) : NULL;
    if (!t)
        return value_new(s, V_ERROR, where);
    for (int64_t i = 0; i < all && !t->hollow; i++)
        if (m[i])
            ((int64_t *)t->data)[n++] = i;
    Value *v = tensor_value(s, t, where);
    v->pos = k->from;
    return v;
}

Value *bind_by_data(Sema *s, const Func *f, const Binder *b, Value *x, Span where)
{
    Filter k;
    if (is_error(x))
        return x;
    if (!filter_read(s, f, &k, where) || !b->fits(s, &k, x))
        return value_new(s, V_ERROR, where);
    if (!s->experiment || s->in_step)
        return bounded_may_bind(s, k.to, f->name, name_format(s->names, "#%s", k.from->name), where) ? b->node(s, &k, x, where) : value_new(s, V_ERROR, where);
    if (!bound_once(s, k.to, where))
        return value_new(s, V_ERROR, where);
    return (x->host ? b->host : b->abstract)(s, &k, x, where);
}

Value *call_filter(Sema *s, const Func *f, const Args *args)
{
    static const Binder filter = {is_mask, filter_node, filter_host, filter_abstract};
    return bind_by_data(s, f, &filter, args->at[0], args->where);
}

// ---- what is shown and kept ----

static HostTensor *first_of(Sema *s, const HostTensor *t, int at, int64_t count)
{
    HostTensor *out = ARENA_NEW(s->arena, HostTensor);
    int64_t     outer = 1;
    size_t      bytes = (size_t)elem_bytes(t->elem);
    *out = *t;
    out->dim = ARENA_ARRAY(s->arena, int64_t, t->n);
    out->count = 1;
    for (int i = 0; i < t->n; i++) {
        out->dim[i] = i == at ? count : t->dim[i];
        out->count *= out->dim[i];
        outer *= i < at ? t->dim[i] : 1;
        bytes *= i > at ? (size_t)t->dim[i] : 1;
    }
    out->data = arena_alloc(s->arena, (size_t)out->count * (size_t)elem_bytes(t->elem) + 1);
    for (int64_t o = 0; o < outer; o++)
        memcpy((char *)out->data + (size_t)(o * count) * bytes, (const char *)t->data + (size_t)(o * t->dim[at]) * bytes,
               (size_t)count * bytes);
    return out;
}

const HostTensor *tensor_counted(Sema *s, const HostTensor *t)
{
    for (int i = 0; i < t->n && !t->hollow; i++) {
        int64_t count;
        if (axis_is_bounded(t->ax[i]) && axis_count_now(t->ax[i], &count) && count < t->dim[i])
            t = first_of(s, t, i, count);
    }
    return t;
}
