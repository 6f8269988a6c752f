// Data in experiments: load, split, batches; log, print and save. Sizes of open axes are bound here, each once.
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

static bool is_open(const Axis *a)
{
    SizeVar *v;
    return size_is_var(a->size, &v);
}

bool bind_axis(Sema *s, Axis *a, int64_t size, Span where, const char *source)
{
    int64_t have;
    if (axis_is_bounded(a))
        return bounded_exact(s, a, size, where, source);
    if (is_open(a)) {
        a->size = size_const(s->sizes, size);
        if (a->twin)
            a->twin->size = a->size;
        return true;
    }
    if (size_is_const(a->size, &have) && have == size)
        return true;
    Diag *d = sema_diag(s, DIAG_E0401, where, "%s: axis `%s` has %lld positions there", source, a->name, (long long)size);
    diag_label(d, where, "read here");
    if (a->where.file >= 0)
        diag_label(d, a->where, "`%s` has %s here", a->name, text_size(s, a->size));
    diag_help(d, "declare the axis with that size, or open (`axis %s`) if the data decides", a->name);
    return false;
}

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

// ---- load ----

static void load_field(const TypeSpec *t, Name name, LoadField *f)
{
    *f = (LoadField){.name = name, .elem = t->elem, .ax = t->order, .n = t->norder};
}

static bool positions_fit(Sema *s, const HostTensor *t, const Axis *pos, const char *path, Name field, Span where)
{
    int64_t size;
    if (!size_is_const(pos->size, &size) || t->hollow)
        return true;
    for (int64_t i = 0; i < t->count; i++) {
        double x = tensor_number(t, i);
        if (x >= 0 && x < (double)size)
            continue;
        Diag *d = sema_diag(s, DIAG_E0311, where, "%s%s%s: number %lld is %.0f, which is no position along `%s`", path,
                            field ? ", field " : "", field ? field : "", (long long)i, x, pos->name);
        if (pos->where.file >= 0)
            diag_label(d, pos->where, "`%s` has %lld positions", pos->name, (long long)size);
        return false;
    }
    return true;
}

static bool meet_sizes(Sema *s, const TypeSpec *t, const HostTensor *h, const char *path, Name field, Span where)
{
    const char *source = field ? name_format(s->names, "%s, field %s", path, field) : path;
    for (int i = 0; i < t->norder; i++)
        if (!bind_axis(s, t->order[i], h->dim[i], where, source))
            return false;
    return !t->pos || positions_fit(s, h, t->pos, path, field, where);
}

static Value *loaded(Sema *s, HostTensor *t, const TypeSpec *spec, Span where)
{
    Value *v = tensor_value(s, t, where);
    v->pos = spec->pos;
    return v;
}

static bool load_specs(Sema *s, const TypeSpec *t, const TypeSpec **spec, Name *name, int *n, Span where)
{
    *n = 0;
    if (t->kind == TS_TENSOR) {
        spec[0] = t;
        name[(*n)++] = NULL;
        return true;
    }
    for (int i = 0; t->kind == TS_RECORD && i < t->nfields && *n < MOST_FIELDS; i++) {
        if (t->fields[i]->kind != TS_TENSOR)
            break;
        spec[*n] = t->fields[i];
        name[(*n)++] = t->names[i];
    }
    if (t->kind == TS_RECORD && *n == t->nfields)
        return true;
    sema_error(s, DIAG_E0313, where, "`load` fills tensors, records of tensors and models");
    return false;
}

static void own_tensor(Sema *s, HostTensor *t)
{
    t->birth = ++s->live->births;
    vec_push(s->keep, s->live, t);
}

// A number for what a tensor holds.
static double digest(const HostTensor *t)
{
    size_t   bytes = (size_t)t->count * (size_t)elem_bytes(t->elem), i = 0;
    uint64_t h = bytes, word;
    for (; i + sizeof word <= bytes; i += sizeof word) {
        memcpy(&word, (const char *)t->data + i, sizeof word);
        h = mix64(h, word);
    }
    for (; i < bytes; i++)
        h = mix64(h, ((const unsigned char *)t->data)[i]);
    return (double)(h >> 11);
}

// What stands in a file that no run writes is there when the run is resumed: it must be the same then.
static bool load_again(Sema *s, const char *path, const LoadField *field, int n, HostTensor **out, Span where)
{
    if (!s->host->load(s->host->user, path, field, n, out, where))
        return false;
    bool same = true;
    for (int i = 0; i < n; i++) {
        double is = digest(out[i]);
        same = walk_decision(s, is) == is && same;
        own_tensor(s, out[i]);
        out[i]->known = true;
    }
    if (!same)
        sema_error(s, DIAG_E0604, where, "`%s` holds other data than when this run began, so it cannot be resumed", path);
    return same;
}

// A run's own file may have been written again since: its data are kept with the run's, its sizes decided.
static bool load_own(Sema *s, const char *path, const LoadField *field, int n, HostTensor **out, Span where)
{
    if (!walk_hollow(s) && !s->host->load(s->host->user, path, field, n, out, where))
        return false;
    for (int i = 0; i < n; i++) {
        for (int k = 0; k < field[i].n; k++) {
            double dim = walk_decision(s, walk_hollow(s) ? 0 : (double)out[i]->dim[k]);
            if (walk_hollow(s) && !bind_axis(s, field[i].ax[k], (int64_t)dim, where, path))
                return false;
        }
        if (!walk_hollow(s))
            own_tensor(s, out[i]);
        else if (!(out[i] = tensor_make(s, field[i].elem, field[i].ax, field[i].n, where)))
            return false;
    }
    return true;
}

static bool load_tensors(Sema *s, const char *path, const LoadField *field, int n, HostTensor **out, Span where)
{
    bool own = walk_decision(s, !walk_hollow(s) && s->host->owns(s->host->user, path)) != 0;
    return own ? load_own(s, path, field, n, out, where) : load_again(s, path, field, n, out, where);
}

static Value *load_data(Sema *s, const TypeSpec *t, const char *path, Span where)
{
    const TypeSpec *spec[MOST_FIELDS];
    Name            name[MOST_FIELDS];
    LoadField       field[MOST_FIELDS];
    HostTensor     *out[MOST_FIELDS];
    Value          *part[MOST_FIELDS];
    int             n;
    if (!load_specs(s, t, spec, name, &n, where))
        return value_new(s, V_ERROR, where);
    for (int i = 0; i < n; i++)
        load_field(spec[i], name[i], &field[i]);
    for (int i = 0; i < n && !s->host; i++)
        for (int k = 0; k < spec[i]->norder; k++)
            bounded_met(s, spec[i]->order[k], where);
    if (!s->host)
        return type_abstract(s, t, name_of(s->names, "loaded"), s->real);
    if (!load_tensors(s, path, field, n, out, where))
        return value_new(s, V_ERROR, where);
    for (int i = 0; i < n; i++) {
        if (!meet_sizes(s, spec[i], out[i], path, name[i], where))
            return value_new(s, V_ERROR, where);
        part[i] = loaded(s, out[i], spec[i], where);
    }
    if (t->kind == TS_TENSOR)
        return part[0];
    Value *v = value_new(s, V_RECORD, where);
    v->nfields = n;
    v->fields = ARENA_ARRAY(s->arena, Field, n + 1);
    for (int i = 0; i < n; i++)
        v->fields[i] = (Field){name[i], part[i]};
    return v;
}

// ---- models in files ----

static int model_paths(Sema *s, Value *v, Name path, const char **name, Value **leaf, int n, int cap)
{
    if (is_tensor(v)) {
        if (n < cap) {
            name[n] = path ? path : "value";
            leaf[n] = v;
        }
        return n + 1;
    }
    for (int i = 0; i < v->nfields; i++) {
        Name inner = v->fields[i].name ? v->fields[i].name : name_format(s->names, "%d", i);
        n = model_paths(s, v->fields[i].value, path_join(s, path, inner), name, leaf, n, cap);
    }
    return n;
}

static Value *load_model(Sema *s, Value *model, const char *path, Span where)
{
    const char *name[MOST_LEAVES];
    Value      *leaf[MOST_LEAVES], *new[MOST_LEAVES], **next = new;
    HostTensor *t[MOST_LEAVES];
    if (!s->host)
        return model;
    int n = model_paths(s, model, NULL, name, leaf, 0, MOST_LEAVES);
    for (int i = 0; i < n; i++) {
        t[i] = tensor_make(s, leaf[i]->elem, leaf[i]->order ? leaf[i]->order : leaf[i]->axes.at, leaf[i]->axes.n, where);
        if (!t[i])
            return value_new(s, V_ERROR, where);
    }
    if (!walk_hollow(s) && !s->host->load_model(s->host->user, path, name, t, n, where))
        return value_new(s, V_ERROR, where);
    for (int i = 0; i < n; i++) {
        new[i] = tensor_value(s, t[i], leaf[i]->where);
        new[i]->leaf = leaf[i]->leaf;
        new[i]->buffer = leaf[i]->buffer;
        new[i]->pos = leaf[i]->pos;
    }
    return value_rebuild(s, model, &next);
}

static Value *run_load(Sema *s, Value **args, Span where)
{
    const TypeSpec *t = s->wanted;
    if (args[0]->kind != V_STRING)
        return sema_error(s, DIAG_E0502, args[0]->where, "`load` takes a path in quotes; this is %s", text_value(s, args[0]));
    if (!t) {
        Diag *d = sema_diag(s, DIAG_E0313, where, "what is loaded needs its type written");
        diag_help(d, "`let data: (x: f32[sample, pixel], y: class[sample]) = load(%s)`", "…");
        return value_new(s, V_ERROR, where);
    }
    if (t->kind == TS_MODEL && t->model->kind == V_MODEL)
        return load_model(s, t->model, args[0]->text, where);
    return load_data(s, t, args[0]->text, where);
}

static Value *run_save(Sema *s, Value **args, Span where)
{
    const char *name[MOST_LEAVES];
    Value      *leaf[MOST_LEAVES];
    HostTensor *t[MOST_LEAVES];
    if (args[1]->kind != V_STRING)
        return sema_error(s, DIAG_E0502, args[1]->where, "`save` takes a value and a path in quotes");
    if (args[0]->kind != V_MODEL && args[0]->kind != V_RECORD && !is_tensor(args[0]))
        return sema_error(s, DIAG_E0313, args[0]->where, "`save` keeps models, records and tensors; this is %s",
                          text_value(s, args[0]));
    if (!s->host || walk_hollow(s))
        return value_new(s, V_NONE, where);
    int n = model_paths(s, args[0], NULL, name, leaf, 0, MOST_LEAVES);
    for (int i = 0; i < n; i++)
        if (!(t[i] = leaf[i]->host))
            return sema_error(s, DIAG_E0313, args[0]->where, "a constant is not saved; compute it first");
        else
            t[i] = (HostTensor *)(uintptr_t)tensor_counted(s, t[i]);
    bool ok = s->host->save(s->host->user, args[1]->text, name, t, n, args[0]->kind == V_MODEL, where);
    return value_new(s, ok ? V_NONE : V_ERROR, where);
}

// ---- rows of data ----

static int64_t inner_count(const HostTensor *t, int at)
{
    int64_t n = 1;
    for (int i = at + 1; i < t->n; i++)
        n *= t->dim[i];
    return n;
}

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
    size_t  bytes = (size_t)inner_count(t, at) * (size_t)elem_bytes(t->elem);
    int64_t outer = 1;
    for (int i = 0; i < at; i++)
        outer *= t->dim[i];
    for (int64_t o = 0; o < outer; o++)
        for (int64_t r = 0; r < n; r++)
            memcpy((char *)out->data + (size_t)(o * n + r) * bytes,
                   (const char *)t->data + (size_t)(o * t->dim[at] + rows[r]) * bytes, bytes);
    return out;
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
    if (!t) {
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

static Value *named(Sema *s, Value **args, Name *names, int n, const char *name)
{
    for (int i = 0; i < n; i++)
        if (names[i] && names[i] == name_of(s->names, name))
            return args[i];
    return NULL;
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

static Value *run_split(Sema *s, const Func *f, Value **args, Name *names, int n, Span where)
{
    Syn *b = f->bracket;
    if (!b || b->nkid != 3 || b->kid[1]->kind != SYN_ARROW)
        return split_error(s, where);
    Axis *from = eval_axis(s, b->kid[1]->kid[0]), *fit = eval_axis(s, b->kid[1]->kid[1]), *held = eval_axis(s, b->kid[2]);
    Value *at = named(s, args, names, n, "at");
    double share = 0.8;
    if (!from || !fit || !held || !data_has(s, args[0], from, where) || !bound_once(s, fit, where) ||
        !bound_once(s, held, where))
        return value_new(s, V_ERROR, where);
    if (!s->host) {
        bounded_met(s, fit, where);
        bounded_met(s, held, where);
        return pair_of(s, take(s, args[0], from, fit, NULL, 0, true, where), take(s, args[0], from, held, NULL, 0, true, where), where);
    }
    int64_t total, first;
    if (!size_is_const(from->size, &total) || (at && !walk_number(s, at, &share)))
        return value_new(s, V_ERROR, where);
    bool count = at && elem_class(at->elem) == ELEM_CLASS_INT;
    first = count ? (int64_t)share : (int64_t)floor((double)total * share);
    if (first < 0 || first > total)
        return sema_error(s, DIAG_E0403, where, "`split` at %g of %lld", share, (long long)total);
    int64_t *rows = malloc(sizeof *rows * (size_t)(total + 1));
    if (!rows)
        return sema_error(s, DIAG_E0406, where, "out of memory");
    shuffle(rows, total, data_seed(s, named(s, args, names, n, "seed"), "split"));
    Value *v = value_new(s, V_ERROR, where);
    if (bind_axis(s, fit, first, where, "split") && bind_axis(s, held, total - first, where, "split"))
        v = pair_of(s, take(s, args[0], from, fit, rows, first, true, where),
                    take(s, args[0], from, held, rows + first, total - first, true, where), where);
    free(rows);
    return v;
}

// ---- batches[fit -> batch](train, steps: 500) ----

typedef struct {
    Value   *data;
    Axis    *from, *to;
    int64_t  total, size, turns, pass;   // pass: the one that `rows` is of
    int64_t *rows;
    uint64_t key;
    bool     shuffled;
} Batches;

const Value *batches_data(const Value *v) { return v->extra ? ((const Batches *)v->extra)->data : NULL; }
int64_t      batches_count(const Value *v) { return ((const Batches *)v->extra)->turns; }

static Value *run_batches(Sema *s, const Func *f, Value **args, Name *names, int n, Span where)
{
    Syn *br = f->bracket;
    if (!br || br->nkid != 2 || br->kid[1]->kind != SYN_ARROW)
        return sema_error(s, DIAG_E0501, where, "`batches` names its axes: `batches[fit -> batch](train)`");
    Batches *b = ARENA_NEW(s->arena, Batches);
    Value   *v = value_new(s, V_BATCHES, where), *steps = named(s, args, names, n, "steps");
    Value   *shuffled = named(s, args, names, n, "shuffle");
    double   x;
    b->data = args[0];
    b->from = eval_axis(s, br->kid[1]->kid[0]);
    b->to = eval_axis(s, br->kid[1]->kid[1]);
    v->extra = b;
    if (!b->from || !b->to || !data_has(s, args[0], b->from, where))
        return value_new(s, V_ERROR, where);
    if (!s->host)
        return v;
    if (!size_is_const(b->from->size, &b->total) || !size_is_const(b->to->size, &b->size) || b->size < 1)
        return sema_error(s, DIAG_E0406, where, "the size of `%s` or `%s` is not known here", b->from->name, b->to->name);
    if (b->size > b->total)
        return sema_error(s, DIAG_E0401, where, "a batch of %lld (`%s`) from %lld (`%s`)", (long long)b->size, b->to->name,
                          (long long)b->total, b->from->name);
    b->turns = steps && walk_number(s, steps, &x) ? (int64_t)x : b->total / b->size;
    b->shuffled = !shuffled || !walk_number(s, shuffled, &x) || x != 0;
    b->pass = -1;
    b->rows = ARENA_ARRAY(s->arena, int64_t, b->total + 1);
    b->key = data_seed(s, named(s, args, names, n, "seed"), "batches");
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
    int64_t  each = b->total / b->size, pass = turn / each;
    if (pass != b->pass && !walk_hollow(s)) {
        b->pass = pass;
        shuffle(b->rows, b->total, mix64(b->key, (uint64_t)pass));
        for (int64_t i = 0; !b->shuffled && i < b->total; i++)
            b->rows[i] = i;
    }
    return take(s, b->data, b->from, b->to, b->rows + turn % each * b->size, b->size, false, where);
}

// ---- showing ----

static void put_number(Buf *out, const HostTensor *t, int64_t i)
{
    double x = tensor_number(t, i);
    if (x != x)
        buf_puts(out, "nan");
    else if (t->elem == ELEM_BOOL)
        buf_puts(out, x ? "true" : "false");
    else if (elem_class(t->elem) == ELEM_CLASS_INT)
        buf_printf(out, "%.0f", x);
    else
        buf_printf(out, t->elem == ELEM_F64 ? "%.9g" : "%.6g", x);
}

static void put_level(Buf *out, const HostTensor *t, int level, int64_t at)
{
    if (level == t->n) {
        put_number(out, t, at);
        return;
    }
    int64_t inner = inner_count(t, level), n = t->dim[level];
    buf_puts(out, "[");
    for (int64_t i = 0; i < n; i++) {
        if (n > 40 && i == 20) {
            buf_printf(out, ", … %lld more", (long long)(n - 40));
            i = n - 20;
        }
        buf_puts(out, i ? ", " : "");
        put_level(out, t, level + 1, at + i * inner);
    }
    buf_puts(out, "]");
}

static void print_tensor(Sema *s, const Value *v, Buf *out)
{
    const HostTensor *t = tensor_counted(s, v->host);
    if (t->n) {
        buf_puts(out, "[");
        for (int i = 0; i < t->n; i++)
            buf_printf(out, "%s%s", i ? ", " : "", t->ax[i]->name);
        buf_puts(out, "] ");
    }
    put_level(out, t, 0, 0);
}

void print_value(Sema *s, const Value *v, Buf *out)
{
    double x;
    if (v->kind == V_STRING) {
        buf_puts(out, v->text);
    } else if (v->kind == V_TENSOR && v->host) {
        print_tensor(s, v, out);
    } else if (v->kind == V_TENSOR && host_number(v, &x)) {
        if (v->truth)
            buf_puts(out, x ? "true" : "false");
        else
            buf_printf(out, "%.9g", x);
    } else if (v->kind == V_RECORD || v->kind == V_MODEL) {
        buf_puts(out, "(");
        for (int i = 0; i < v->nfields; i++) {
            buf_printf(out, "%s%s%s", i ? ", " : "", v->fields[i].name ? v->fields[i].name : "",
                       v->fields[i].name ? ": " : "");
            print_value(s, v->fields[i].value, out);
        }
        buf_puts(out, ")");
    } else {
        buf_puts(out, text_value(s, v));
    }
}

static Value *run_print(Sema *s, Value **args, int n, Span where)
{
    Buf b = {0};
    bool shown = s->host && !walk_hollow(s);
    for (int i = 0; shown && i < n; i++) {
        buf_puts(&b, i ? " " : "");
        print_value(s, args[i], &b);
    }
    if (shown)
        s->host->print(s->host->user, b.at ? b.at : "");
    buf_free(&b);
    return value_new(s, V_NONE, where);
}

static Value *run_log(Sema *s, Value **args, Name *names, int n, Span where)
{
    const char *name[64];
    double      value[64];
    for (int i = 0; i < n && i < 64; i++) {
        if (!names[i])
            return sema_error(s, DIAG_E0502, args[i]->where, "`log` takes named numbers: `log(loss: loss)`");
        if (!is_scalar(s, args[i]))
            return sema_error(s, DIAG_E0502, args[i]->where, "`log` takes numbers; `%s` is %s", names[i],
                              text_value(s, args[i]));
        name[i] = names[i];
        if (s->host && !walk_hollow(s) && !host_number(args[i], &value[i]))
            return value_new(s, V_ERROR, where);
    }
    bool ok = !s->host || walk_hollow(s) || s->host->log(s->host->user, name, value, n < 64 ? n : 64, where);
    return value_new(s, ok ? V_NONE : V_ERROR, where);
}

static Value *run_text(Sema *s, Value **args, Span where)
{
    Buf b = {0};
    if (!is_tensor(args[0]) || args[0]->axes.n != 1 || elem_class(args[0]->elem) != ELEM_CLASS_INT)
        return sema_error(s, DIAG_E0313, args[0]->where, "`text` makes a string of bytes along one axis; this is %s",
                          text_value(s, args[0]));
    for (int64_t i = 0; s->host && i < args[0]->host->count; i++) {
        const HostTensor *t = args[0]->host;
        char c = (char)(t->known ? tensor_number(t, i) : walk_decision(s, t->hollow ? 0 : tensor_number(t, i)));
        buf_put(&b, &c, 1);
    }
    Value *v = value_string(s, arena_strndup(s->arena, b.at ? b.at : "", b.n), where);
    buf_free(&b);
    return v;
}

static Value *run_now(Sema *s, Span where)
{
    if (!s->host)
        return value_real(s, 0, where);
    HostTensor *t = tensor_make(s, ELEM_F64, NULL, 0, where);
    if (!t)
        return value_new(s, V_ERROR, where);
    if (!t->hollow)
        *(double *)t->data = s->host->now(s->host->user);
    return tensor_value(s, t, where);
}

Value *call_host(Sema *s, const Func *f, Value **args, Name *names, int n, Span where, Name hint)
{
    (void)hint;
    if (!s->in_step && !s->experiment)
        return sema_error(s, DIAG_E0506, where, "`%s` acts on the world: it stands in experiments alone", f->name);
    if (s->in_step) {
        Diag *d = sema_diag(s, DIAG_E0506, where, "`%s` acts on the world: it cannot stand inside a computation", f->name);
        diag_help(d, "give it a line of its own: `let x = %s(…)`", f->name);
        return value_new(s, V_ERROR, where);
    }
    if (!strcmp(f->name, "load"))
        return run_load(s, args, where);
    if (!strcmp(f->name, "save"))
        return run_save(s, args, where);
    if (!strcmp(f->name, "split"))
        return run_split(s, f, args, names, n, where);
    if (!strcmp(f->name, "batches"))
        return run_batches(s, f, args, names, n, where);
    if (!strcmp(f->name, "log"))
        return run_log(s, args, names, n, where);
    if (!strcmp(f->name, "print"))
        return run_print(s, args, n, where);
    if (!strcmp(f->name, "text"))
        return run_text(s, args, where);
    return run_now(s, where);
}
