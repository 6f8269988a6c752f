// Rows of data in experiments: split and batches. Each binds open axes, once.
#include "sema/acts.h"
#include "sema/data.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mix.h"
#include "sema/bounded.h"
#include "sema/model.h"
#include "sema/step.h"
#include "sema/walk.h"

enum { MOST_FIELDS = 64, MOST_LEAVES = 2048 };

// ---- axes that meet their data ----

bool bound_once(Sema *s, Axis *a, Span where)
{
    for (Scope *sc = s->scope; sc; sc = sc->outer)
        for (int i = 0; i < sc->entries.n; i++) {
            Entry *e = sc->entries.at[i];
            if (e->kind != ENTRY_AXIS || e->axis != a)
                continue;
            if (!e->bound) {
                e->bound = true;
                return true;
            }
            Diag *d = sema_diag(s, DIAG_E0603, where, "axis `%s` is bound already", a->name);
            diag_label(d, e->where, "declared here");
            diag_help(d, "an axis takes its size once: declare another open one for this");
            return false;
        }
    return true;
}

// ---- rows of data ----

// The positions `rows` of axis `from`, as axis `to`; `known`: as the walk makes them again from known data.
static HostTensor *take_rows(Sema *s, const HostTensor *t, const Axis *from, Axis *to, const int64_t *rows, int64_t n,
                             bool known, Span where)
{
    Axis *ax[64];
    int   at = 0;
    for (int i = 0; i < t->n; i++) {
        ax[i] = t->ax[i] == from ? to : t->ax[i];
        at = t->ax[i] == from ? i : at;
    }
    HostTensor *out = known && t->known ? tensor_known(s, t->elem, ax, t->n, where) : tensor_make(s, t->elem, ax, t->n, where);
    if (!out || out->hollow)
        return out;
    size_t  bytes = (size_t)host_inner(t, at) * (size_t)elem_bytes(t->elem);
    int64_t outer = 1;
    for (int i = 0; i < at; i++)
        outer *= t->dim[i];
    for (int64_t o = 0; o < outer; o++)
        for (int64_t r = 0; r < n; r++)
            memcpy((char *)out->data + (size_t)(o * out->dim[at] + r) * bytes,
                   (const char *)t->data + (size_t)(o * t->dim[at] + rows[r]) * bytes, bytes);
    return out;
}

// The same rows of its guard.
static bool take_guard(Sema *s, const HostTensor *t, HostTensor *out, const Axis *from, Axis *to, const int64_t *rows, int64_t n,
                       bool known, Span where)
{
    out->guard = t->guard;
    for (int i = 0; t->guard && i < t->guard->n; i++)
        if (t->guard->ax[i] == from)
            return (out->guard = take_rows(s, t->guard, from, to, rows, n, known, where)) != NULL;
    return true;
}

typedef struct {
    Axis          *from, *to;
    const int64_t *rows;
    int64_t        n;
    bool           known;
    Span           where;
    bool           failed;
} Take;

static Value *take_leaf(Sema *s, Value *v, Value *none, void *user)
{
    (void)none;
    Take *k = user;
    if (!axes_has(v->axes, k->from))
        return v;
    if (!s->host) {
        Value *out = value_like(s, ir_rename(s->b, value_node(s, v), &k->from, &k->to, 1), v);
        return out;
    }
    HostTensor *t = take_rows(s, v->host, k->from, k->to, k->rows, k->n, k->known, k->where);
    if (!t || !take_guard(s, v->host, t, k->from, k->to, k->rows, k->n, k->known, k->where)) {
        k->failed = true;
        return v;
    }
    Value *out = tensor_value(s, t, v->where);
    out->pos = v->pos;
    return out;
}

static Value *take(Sema *s, Value *data, Axis *from, Axis *to, const int64_t *rows, int64_t n, bool known, Span where)
{
    Take k = {from, to, rows, n, known, where, false};
    Value *v = value_map(s, data, NULL, take_leaf, &k);
    return k.failed ? value_new(s, V_ERROR, where) : v;
}

static bool data_has(Sema *s, Value *data, const Axis *a, Span where)
{
    Value *leaf[MOST_FIELDS];
    int    n = value_leaves(s, data, leaf, MOST_FIELDS);
    for (int i = 0; i < n && i < MOST_FIELDS; i++)
        if (axes_has(leaf[i]->axes, a))
            return true;
    sema_error(s, DIAG_E0302, where, "the data has no axis `%s`: %s", a->name, text_value(s, data));
    return false;
}

// Fisher and Yates, with draws counted by seed, place and turn.
static void shuffle(int64_t *rows, int64_t n, uint64_t key)
{
    for (int64_t i = 0; i < n; i++)
        rows[i] = i;
    for (int64_t i = n - 1; i > 0; i--) {
        int64_t k = (int64_t)(mix64(key, (uint64_t)i) % (uint64_t)(i + 1));
        int64_t t = rows[i];
        rows[i] = rows[k];
        rows[k] = t;
    }
}

static uint64_t data_seed(Sema *s, Value *seed, const char *what)
{
    double x = 0;
    if (seed)
        walk_number(s, seed, &x);
    else if (s->seed)
        walk_number(s, s->seed, &x);
    uint64_t h = mix64((uint64_t)(int64_t)x, 0x706c65787573u);
    for (const char *p = what; *p; p++)
        h = mix64(h, (unsigned char)*p);
    return h;
}

// ---- split[sample -> fit, held](data, at: 0.8, seed: 0) ----

static Value *split_error(Sema *s, Span where)
{
    return sema_error(s, DIAG_E0501, where, "`split` names its axes: `split[sample -> fit, held](data, at: 0.8)`");
}

static Value *pair_of(Sema *s, Value *a, Value *b, Span where)
{
    Value *v = value_new(s, V_RECORD, where);
    if (is_error(a) || is_error(b))
        return value_new(s, V_ERROR, where);
    v->nfields = 2;
    v->fields = ARENA_ARRAY(s->arena, Field, 2);
    v->fields[0].value = a;
    v->fields[1].value = b;
    return v;
}

Value *act_split(Sema *s, const Func *f, const Args *args)
{
    Syn *b = f->bracket;
    if (!b || b->nkid != 3 || b->kid[1]->kind != SYN_ARROW)
        return split_error(s, args->where);
    Axis *from = eval_axis(s, b->kid[1]->kid[0]), *fit = eval_axis(s, b->kid[1]->kid[1]), *held = eval_axis(s, b->kid[2]);
    Value *at = act_named(s, args->at, args->names, args->n, "at");
    double share = 0.8;
    if (!from || !fit || !held || !data_has(s, args->at[0], from, args->where) || !bound_once(s, fit, args->where) ||
        !bound_once(s, held, args->where))
        return value_new(s, V_ERROR, args->where);
    if (!s->host) {
        bounded_met(s, fit, args->where);
        bounded_met(s, held, args->where);
        return pair_of(s, take(s, args->at[0], from, fit, NULL, 0, true, args->where), take(s, args->at[0], from, held, NULL, 0, true, args->where), args->where);
    }
    int64_t total, first;
    if (!size_is_const(from->size, &total) || (at && !walk_number(s, at, &share)))
        return value_new(s, V_ERROR, args->where);
    bool count = at && elem_class(at->elem) == ELEM_CLASS_INT;
    first = count ? (int64_t)share : (int64_t)floor((double)total * share);
    if (first < 0 || first > total)
        return helped(s, sema_error(s, DIAG_E0403, args->where, "`split` at %g of %lld positions of `%s`", share, (long long)total, from->name),
                      "a share is between 0.0 and 1.0, a whole number at most as large as the axis");
    int64_t *rows = malloc(sizeof *rows * (size_t)(total + 1));
    if (!rows)
        return helped(s, sema_error(s, DIAG_E0804, args->where, "there is no memory for the order of %lld rows", (long long)total),
                      "load fewer rows");
    shuffle(rows, total, data_seed(s, act_named(s, args->at, args->names, args->n, "seed"), "split"));
    Value *v = value_new(s, V_ERROR, args->where);
    if (bind_axis(s, fit, first, args->where, "split") && bind_axis(s, held, total - first, args->where, "split"))
        v = pair_of(s, take(s, args->at[0], from, fit, rows, first, true, args->where),
                    take(s, args->at[0], from, held, rows + first, total - first, true, args->where), args->where);
    free(rows);
    return v;
}

// ---- batches[fit -> batch](train, steps: 500) ----

typedef struct {
    Value   *data;
    Axis    *from, *to;
    int64_t  total, size, turns;
    int64_t  each, pass;                 // turns of a pass; the one that `rows` is of
    int64_t *rows;
    uint64_t key;
    bool     shuffled;
} Batches;

const Value *batches_data(const Value *v) { return v->extra ? ((const Batches *)v->extra)->data : NULL; }
int64_t      batches_count(const Value *v) { return ((const Batches *)v->extra)->turns; }

Value *act_batches(Sema *s, const Func *f, const Args *args)
{
    Syn *br = f->bracket;
    if (!br || br->nkid != 2 || br->kid[1]->kind != SYN_ARROW)
        return sema_error(s, DIAG_E0501, args->where, "`batches` names its axes: `batches[fit -> batch](train)`");
    Batches *b = ARENA_NEW(s->arena, Batches);
    Value   *v = value_new(s, V_BATCHES, args->where), *steps = act_named(s, args->at, args->names, args->n, "steps");
    Value   *shuffled = act_named(s, args->at, args->names, args->n, "shuffle");
    double   x;
    b->data = args->at[0];
    b->from = eval_axis(s, br->kid[1]->kid[0]);
    b->to = eval_axis(s, br->kid[1]->kid[1]);
    v->extra = b;
    if (!b->from || !b->to || !data_has(s, args->at[0], b->from, args->where))
        return value_new(s, V_ERROR, args->where);
    if (!s->host) {
        bounded_met(s, b->to, args->where);
        return v;
    }
    if (!size_is_const(b->from->size, &b->total) || !size_is_const(b->to->size, &b->size) || b->size < 1)
        return sema_error(s, DIAG_E0406, args->where, "the size of `%s` or `%s` is not known here", b->from->name, b->to->name);
    if (b->size > b->total && !axis_is_bounded(b->to))
        return helped(s, sema_error(s, DIAG_E0401, args->where, "a batch of %lld (`%s`) from %lld (`%s`)", (long long)b->size, b->to->name,
                                    (long long)b->total, b->from->name),
                      "make it smaller, or give it a bound: with `axis %s <= %lld` it is as long as what is left", b->to->name,
                      (long long)b->size);
    b->each = axis_is_bounded(b->to) ? (b->total + b->size - 1) / b->size : b->total / b->size;
    b->turns = steps && walk_number(s, steps, &x) ? (int64_t)x : b->each;
    b->shuffled = !shuffled || !walk_number(s, shuffled, &x) || x != 0;
    b->pass = -1;
    b->rows = ARENA_ARRAY(s->arena, int64_t, b->total + 1);
    b->key = data_seed(s, act_named(s, args->at, args->names, args->n, "seed"), "batches");
    for (int i = 0; i < s->turns.n && walk_number(s, s->turns.at[i], &x); i++)
        b->key = mix64(b->key, (uint64_t)(int64_t)x);
    return v;
}

Value *batch_abstract(Sema *s, const Value *v)
{
    const Batches *b = v->extra;
    return take(s, b->data, b->from, b->to, NULL, 0, false, v->where);
}

Value *batch_take(Sema *s, const Value *v, int64_t turn, Span where)
{
    Batches *b = v->extra;
    int64_t  pass = b->each ? turn / b->each : 0, first = b->each ? turn % b->each * b->size : 0;
    int64_t  n = b->total - first < b->size ? b->total - first : b->size;
    if (pass != b->pass && !walk_hollow(s)) {
        b->pass = pass;
        shuffle(b->rows, b->total, mix64(b->key, (uint64_t)pass));
        for (int64_t i = 0; !b->shuffled && i < b->total; i++)
            b->rows[i] = i;
    }
    if (axis_is_bounded(b->to) && !bounded_count(s, b->to, n, where))
        return value_new(s, V_ERROR, where);
    return take(s, b->data, b->from, b->to, b->rows + first, n, false, where);
}
