// Where whole numbers lie: symbolic bounds of int nodes, so that positions are proved in range when compiled.
#include <string.h>

#include "sema/header.h"

typedef struct {
    const Size *lo, *hi;
} Range;

void range_set(Sema *s, const Node *n, const Size *lo, const Size *hi)
{
    Range *r = ARENA_NEW(s->arena, Range);
    *r = (Range){lo, hi};
    map_put(s->ranges, n, r);
}

static bool range_sign(Sema *s, const Size *z)
{
    SizeWitness w;
    Facts       f = {(const Size **)s->facts.at, s->facts.n};
    return size_nonneg(s->sizes, z, &f, &w) == SIZE_ALWAYS;
}

// Products: one side must be one size of known sign.
static bool range_product(Sema *s, const Range *a, const Range *b, Range *out)
{
    if (a->lo != a->hi) {
        const Range *t = a;
        a = b;
        b = t;
    }
    if (a->lo != a->hi)
        return false;
    const Size *x = size_mul(s->sizes, a->lo, b->lo), *y = size_mul(s->sizes, a->lo, b->hi);
    if (range_sign(s, a->lo))
        *out = (Range){x, y};
    else if (range_sign(s, size_sub(s->sizes, size_const(s->sizes, 0), a->lo)))
        *out = (Range){y, x};
    else
        return false;
    return true;
}

static bool range_binary(Sema *s, Op op, const Range *a, const Range *b, Range *out)
{
    Sizes  *z = s->sizes;
    int64_t c;
    switch ((int)op) {
    case OP_ADD: *out = (Range){size_add(z, a->lo, b->lo), size_add(z, a->hi, b->hi)}; return true;
    case OP_SUB: *out = (Range){size_sub(z, a->lo, b->hi), size_sub(z, a->hi, b->lo)}; return true;
    case OP_MUL: return range_product(s, a, b, out);
    case OP_MIN2: *out = (Range){size_min(z, a->lo, b->lo), size_min(z, a->hi, b->hi)}; return true;
    case OP_MAX2: *out = (Range){size_max(z, a->lo, b->lo), size_max(z, a->hi, b->hi)}; return true;
    case OP_IDIV:
        if (b->lo != b->hi || !size_is_const(b->lo, &c) || c <= 0)
            return false;
        *out = (Range){size_div(z, a->lo, b->lo), size_div(z, a->hi, b->lo)};
        return true;
    case OP_IMOD:
        if (b->lo != b->hi || !range_sign(s, size_sub(z, b->lo, size_const(z, 1))))
            return false;
        *out = (Range){size_const(z, 0), size_sub(z, b->lo, size_const(z, 1))};
        return true;
    default: return false;
    }
}

// What a parameter of a region stands for outside of it; NULL: it is the region's own.
static const Node *captured(const Node *n)
{
    const Region *r = n->home;
    for (int i = 0; n->op == OP_PARAM && i < r->captured.n; i++)
        if (r->params.at[r->nexplicit + i] == n)
            return r->captured.at[i];
    return NULL;
}

static bool range_of_table(Sema *s, const Node *n, Range *out)
{
    double lo = n->attr.data[0], hi = lo;
    for (int i = 1; i < n->attr.ndata; i++) {
        lo = n->attr.data[i] < lo ? n->attr.data[i] : lo;
        hi = n->attr.data[i] > hi ? n->attr.data[i] : hi;
    }
    if (!n->attr.ndata || lo < -0x1p53 || hi > 0x1p53)
        return false;
    *out = (Range){size_const(s->sizes, (int64_t)lo), size_const(s->sizes, (int64_t)hi)};
    return true;
}

static bool range_at(Sema *s, const Node *n, Range *out);

static bool range_of_either(Sema *s, const Node *x, const Node *y, Range *out)
{
    Range a, b;
    if (!range_at(s, x, &a) || !range_at(s, y, &b))
        return false;
    *out = (Range){size_min(s->sizes, a.lo, b.lo), size_max(s->sizes, a.hi, b.hi)};
    return true;
}

static bool range_at(Sema *s, const Node *n, Range *out)
{
    const Range *known = map_get(s->ranges, n);
    Sizes       *z = s->sizes;
    if (known) {
        *out = *known;
        return true;
    }
    if (elem_class(n->type.elem) != ELEM_CLASS_INT)
        return false;
    switch ((int)n->op) {
    case OP_CONST: out->lo = out->hi = size_const(z, n->attr.i); return true;
    case OP_SIZE: out->lo = out->hi = n->attr.size; return true;
    case OP_PARAM: return captured(n) && range_at(s, captured(n), out);
    case OP_IOTA:
        *out = (Range){size_const(z, 0), size_sub(z, n->attr.ax[0]->size, size_const(z, 1))};
        return true;
    case OP_TABLE: return range_of_table(s, n, out);
    case OP_SELECT: return range_of_either(s, n->in[1], n->in[2], out);
    case OP_INDEX:
    case OP_CONVERT:
    case OP_EXPAND:
    case OP_RENAME:
    case OP_COPY: return range_at(s, n->in[0], out);
    case OP_NEG: {
        Range a, zero = {size_const(z, 0), size_const(z, 0)};
        return range_at(s, n->in[0], &a) && range_binary(s, OP_SUB, &zero, &a, out);
    }
    default: {
        Range a, b;
        return n->nin == 2 && range_at(s, n->in[0], &a) && range_at(s, n->in[1], &b) &&
               range_binary(s, n->op, &a, &b, out);
    }
    }
}

bool range_of(Sema *s, const Node *n, const Size **lo, const Size **hi)
{
    Range r;
    if (!range_at(s, n, &r))
        return false;
    *lo = r.lo;
    *hi = r.hi;
    return true;
}

void know_position(Sema *s, const Value *v)
{
    Node *n = v->pos ? value_node(s, v) : NULL;
    if (n && !map_get(s->ranges, n) && n->op != OP_CONST)
        range_set(s, n, size_const(s->sizes, 0), size_sub(s->sizes, v->pos->size, size_const(s->sizes, 1)));
}

// ---- positions ----

static bool named_position(Sema *s, Axis *a, Syn *n, Value **out)
{
    for (int i = 0; n->kind == SYN_NAME && i < a->npositions; i++)
        if (a->positions[i] == n->name) {
            *out = value_int(s, size_const(s->sizes, i), n->where);
            (*out)->pos = a;
            return true;
        }
    return false;
}

static bool is_rule(const Syn *n, const char *rule)
{
    return n->kind == SYN_CALL && n->nkid == 2 && n->kid[0]->kind == SYN_NAME && !strcmp(n->kid[0]->name, rule);
}

static Value *int_value(Sema *s, Syn *n)
{
    Value *v = evaluate(s, n);
    if (is_error(v))
        return v;
    if (!is_tensor(v) || elem_class(v->elem) != ELEM_CLASS_INT) {
        Diag *d = sema_diag(s, DIAG_E0311, n->where, "a position is a whole number");
        diag_label(d, n->where, "%s", text_value(s, v));
        return value_new(s, V_ERROR, n->where);
    }
    return v;
}

static Node *as_i64(Sema *s, Value *v) { return ir_convert(s->b, value_node(s, v), ELEM_I64); }

static bool of_another_axis(const Axis *a, const Value *v) { return v->pos && v->pos != a; }

static Node *not_proved(Sema *s, Axis *a, Syn *n, const Value *v);

static Node *by_rule(Sema *s, Axis *a, Syn *n, bool wraps)
{
    Value *v = int_value(s, n->kid[1]);
    if (is_error(v))
        return NULL;
    if (of_another_axis(a, v))
        return not_proved(s, a, n->kid[1], v);
    Node *x = as_i64(s, v), *size = ir_size(s->b, a->size);
    const char *what = name_format(s->names, "`%s` finds no position along `%s`, which has none", text_syn(s, n), a->name);
    if (!need_some(s, a, x->type.axes, n->where, what))
        return NULL;
    if (wraps)
        return ir_binary(s->b, OP_IMOD, x, size);
    Node *last = ir_binary(s->b, OP_SUB, size, ir_int(s->b, 1));
    return ir_binary(s->b, OP_MAX2, ir_binary(s->b, OP_MIN2, x, last), ir_int(s->b, 0));
}

static Node *not_proved(Sema *s, Axis *a, Syn *n, const Value *v)
{
    if (v->pos) {
        Diag *d = sema_diag(s, DIAG_E0310, n->where, "a position along `%s` is needed, and this is one along `%s`",
                            a->name, v->pos->name);
        diag_label(d, n->where, "%s", text_value(s, v));
        diag_note(d, a->where, "`%s` is declared here", a->name);
        diag_note(d, v->pos->where, "`%s` is declared here", v->pos->name);
        const char *text = text_syn(s, n);
        if (in_axis(s, value_node(s, v), a))
            diag_help(d, "if its number is meant: `int(%s)`", text);
        else
            diag_help(d, "if its number is meant: `clamp(int(%s))`, or `int(%s) else 0`", text, text);
        return NULL;
    }
    Diag *d = sema_diag(s, DIAG_E0311, n->where, "a number is no position along `%s` until it is checked", a->name);
    diag_label(d, n->where, "%s", text_value(s, v));
    diag_help(d, "say what happens outside: `… else 0`, `clamp(…)`, `wrap(…)`; or `%s(…)`, which is checked when it runs", a->name);
    return NULL;
}

Node *eval_position(Sema *s, Axis *a, Syn *n, Value **other)
{
    *other = NULL;
    if (n->kind == SYN_ELSE) {
        Value *v = int_value(s, n->kid[0]);
        *other = evaluate(s, n->kid[1]);
        if (!is_error(v) && of_another_axis(a, v))
            return not_proved(s, a, n->kid[0], v);
        return is_error(v) || is_error(*other) ? NULL : as_i64(s, v);
    }
    if (is_rule(n, "wrap") || is_rule(n, "clamp"))
        return by_rule(s, a, n, is_rule(n, "wrap"));
    Value *v;
    if (!named_position(s, a, n, &v))
        v = int_value(s, n);
    if (is_error(v))
        return NULL;
    if (v->pos == a)
        return as_i64(s, v);
    const Size *lo, *hi;
    if (v->pos || !range_of(s, value_node(s, v), &lo, &hi))
        return not_proved(s, a, n, v);
    const Size *room = size_sub(s->sizes, size_sub(s->sizes, a->size, size_const(s->sizes, 1)), hi);
    const Size *last = size_sub(s->sizes, a->size, size_const(s->sizes, 1));
    const char *what = name_format(s->names, "position `%s` may leave axis `%s`, which ends at %s", text_syn(s, n),
                                   a->name, text_size(s, last));
    if (!need_nonneg(s, DIAG_E0402, lo, n->where, what) || !need_nonneg(s, DIAG_E0402, room, n->where, what))
        return NULL;
    return as_i64(s, v);
}

// ---- class(i) ----

bool in_axis(Sema *s, const Node *x, const Axis *a)
{
    const Size *lo, *hi;
    SizeWitness w;
    Facts       f = {(const Size **)s->facts.at, s->facts.n};
    if (!range_of(s, x, &lo, &hi))
        return false;
    const Size *room = size_sub(s->sizes, size_sub(s->sizes, a->size, size_const(s->sizes, 1)), hi);
    return size_nonneg(s->sizes, lo, &f, &w) == SIZE_ALWAYS && size_nonneg(s->sizes, room, &f, &w) == SIZE_ALWAYS;
}

static const char *place_text(Sema *s, const Syn *n)
{
    const Source *f = sources_get(s->sources, n->where.file);
    int           line, column;
    source_position(f, n->where.begin, &line, &column);
    return name_format(s->names, "%s:%d:%d: `%s`", f->path, line, column, text_syn(s, n));
}

// All positions are looked at together, before anything uses one.
Node *check_node(Sema *s, Node *x, const Axis *a, Syn *n)
{
    Node *low = ir_binary(s->b, OP_LT, x, ir_int(s->b, 0)), *high = ir_binary(s->b, OP_LE, ir_size(s->b, a->size), x);
    Node *bad = ir_fill(s->b, ir_binary(s->b, OP_OR, low, high));
    if (s->taken) {
        Node *t = taken_along(s, x->type.axes);
        bad = ir_binary(s->b, OP_AND, bad, t);
        x = ir_select(s->b, t, x, ir_int(s->b, 0));
    }
    Node *which = ir_select(s->b, bad, ir_fill(s->b, x), ir_const(s->b, ELEM_I64, -1e18));
    Node *in[3] = {x, ir_reduce(s->b, OP_ANY, bad, bad->type.axes.at, bad->type.axes.n),
                   ir_reduce(s->b, OP_MAX, which, which->type.axes.at, which->type.axes.n)};
    Attr  attr = {.size = a->size, .text = place_text(s, n)};
    return ir_make(s->b, OP_CHECK, in, 3, &attr);
}

Value *checked_position(Sema *s, Axis *a, Syn *n)
{
    Value *v = n->nkid == 2 && n->kid[1]->kind != SYN_NAMED ? evaluate(s, n->kid[1]) : NULL;
    if (v && is_error(v))
        return v;
    if (!v || !is_tensor(v) || elem_class(v->elem) != ELEM_CLASS_INT) {
        Diag *d = sema_diag(s, DIAG_E0309, n->where, "`%s(i)` makes a position of a whole number", a->name);
        if (v)
            diag_label(d, v->where, "%s", text_value(s, v));
        diag_note(d, a->where, "`%s` is declared here", a->name);
        return value_new(s, V_ERROR, n->where);
    }
    int64_t i, size;
    if (!s->taken && v->fixed && size_is_const(v->fixed, &i) && size_is_const(a->size, &size) && (i < 0 || i >= size)) {
        Diag *d = sema_diag(s, DIAG_E0402, n->where, "position %lld is not in 0..%lld", (long long)i, (long long)size - 1);
        diag_note(d, a->where, "`%s` has %lld positions", a->name, (long long)size);
        return value_new(s, V_ERROR, n->where);
    }
    Node  *x = ir_convert(s->b, value_node(s, v), ELEM_I64);
    bool   proved = in_axis(s, x, a);
    Value *out = value_tensor(s, proved ? x : check_node(s, x, a, n), n->where);
    out->pos = a;
    out->weak = v->weak;
    if (!proved)
        range_set(s, out->node, size_const(s->sizes, 0), size_sub(s->sizes, a->size, size_const(s->sizes, 1)));
    return out;
}
