// Where counts that only the data tells meet: `concat` of axes with a bound, and what `require` says of such counts.
#include <string.h>

#include "sema/bounded.h"
#include "sema/data.h"
#include "sema/walk.h"

// ---- concat[a, b -> both](x, y) ----

static bool same_parts(const Bounded *b, Axis *const *ax, int n)
{
    return b && b->count && b->nparts == n && !memcmp(b->parts, ax, sizeof *ax * (size_t)n);
}

static void set_parts(Sema *s, Axis *to, Axis *const *ax, int n)
{
    Bounded *b = bounded_of(to);
    b->parts = ARENA_ARRAY(s->keep, Axis *, n);
    b->nparts = n;
    memcpy(b->parts, ax, sizeof *ax * (size_t)n);
}

bool parts_meet(Sema *s, Axis *const *ax, int n, Axis *to, Span where)
{
    int64_t total = 0, part;
    if (!axis_is_bounded(to) || same_parts(bounded_of(to), ax, n))
        return true;
    if (!bound_once(s, to, where))
        return false;
    for (int i = 0; i < n && s->host; i++)
        total += axis_count_now(ax[i], &part) ? part : 0;
    if (!s->host)
        bounded_met(s, to, where);
    else if (!filter_count(s, &(Filter){.to = to, .what = "concat"}, total, where))
        return false;
    if (axis_is_bounded(to))
        set_parts(s, to, ax, n);
    return true;
}

static Node *count_node(Sema *s, const Axis *a)
{
    Value *c = axis_count(s, a, false);
    return !c ? ir_size(s->b, a->size) : is_error(c) ? NULL : value_node(s, c);
}

Node *concat_counted(Sema *s, Node *const *in, Axis *const *ax, int n, Axis *to, Syn *bracket, Span where)
{
    Builder    *b = s->b;
    const Size *most = size_const(s->sizes, 0);
    Node       *at = ir_iota(b, to), *end = ir_int(b, 0), *out = NULL;
    for (int i = 0; i < n; i++)
        most = size_add(s->sizes, most, ax[i]->size);
    bool met = same_parts(bounded_of(to), ax, n);
    if (!met && !bounded_may_bind(s, to, "concat", text_size(s, most), where))
        return NULL;
    for (int i = 0; i < n; i++) {
        Node *count = count_node(s, ax[i]);
        if (!count)
            return NULL;
        Node *pos = ir_binary(b, OP_SUB, at, end), *none = ir_const(b, in[i]->type.elem, 0);
        Node *here = ir_index(b, ir_fill(b, in[i]), &ax[i], &pos, 1, none);
        out = out ? ir_select(b, ir_binary(b, OP_LT, at, end), out, here) : here;
        end = ir_binary(b, OP_ADD, end, count);
    }
    if (!met) {
        bounded_set(s, to, value_tensor(s, bounded_room(s, to, end, most, bracket), where));
        set_parts(s, to, ax, n);
    }
    Value *g = bounded_guard(s, to);
    return ir_guard(b, out, value_node(s, g));
}

// ---- require #kept > 1 ----

// The axes with a bound of whose count the condition speaks.
static int counts_in(Sema *s, const Syn *n, Axis **out, int have, int cap)
{
    if (n->kind == SYN_SIZE && (n->kid[0]->kind == SYN_NAME || n->kid[0]->kind == SYN_TWIN)) {
        const Entry *e = scope_find(s, s->scope, n->kid[0]->name, SPAN_NONE);
        if (e && e->kind == ENTRY_AXIS && e->axis && axis_is_bounded(e->axis) && have < cap)
            out[have++] = e->axis;
    }
    for (int i = 0; i < n->nkid; i++)
        if (n->kid[i])
            have = counts_in(s, n->kid[i], out, have, cap);
    return have;
}

// From here on each of these counts is there only where the condition holds for all.
static void check_counts(Sema *s, Node *holds, Axis *const *ax, int n, const char *place)
{
    Node *bad = ir_unary(s->b, OP_NOT, holds);
    bad = ir_reduce(s->b, OP_ANY, bad, bad->type.axes.at, bad->type.axes.n);
    for (int i = 0; i < n; i++) {
        Value *count = axis_count(s, ax[i], false);
        if (!count || is_error(count))
            return;
        Node *c = value_node(s, count);
        Node *in[3] = {c, bad, ir_reduce(s->b, OP_MIN, c, c->type.axes.at, c->type.axes.n)};
        Attr  attr = {.text = name_format(s->names, "%s; `#%s` is", place, ax[i]->name)};
        bounded_of(ax[i])->checked = ir_make(s->b, OP_CHECK, in, 3, &attr);
    }
}

bool require_counted(Sema *s, Syn *n, const char *message, Span where)
{
    enum { MOST = 16 };
    Axis *ax[MOST];
    int   count = counts_in(s, n, ax, 0, MOST), line, column;
    bool  host = s->host && !s->in_step, experiment = s->experiment;
    if (!count)
        return false;
    s->experiment = experiment || host;
    Value *v = host ? experiment_value(s, n, NULL) : evaluate(s, n);
    s->experiment = experiment;
    double x = 1;
    if (is_error(v))
        return true;
    if (!is_tensor(v) || elem_class(v->elem) != ELEM_CLASS_BOOL || !is_scalar(s, v)) {
        Diag *d = sema_diag(s, DIAG_E0312, n->where, "`require` states one condition");
        diag_label(d, n->where, "%s", text_value(s, v));
    } else if (host && walk_number(s, v, &x) && !x) {
        Diag   *d = sema_diag(s, DIAG_E0403, where, "a requirement does not hold: %s", message);
        int64_t now;
        for (int i = 0; i < count; i++)
            if (axis_count_now(ax[i], &now))
                diag_label(d, n->where, "`#%s` is %lld", ax[i]->name, (long long)now);
    } else if (!host) {
        const Source *f = sources_get(s->sources, where.file);
        source_position(f, where.begin, &line, &column);
        check_counts(s, value_node(s, v), ax, count,
                     name_format(s->names, "%s:%d:%d: a requirement does not hold: %s", f->path, line, column, message));
    }
    return true;
}
