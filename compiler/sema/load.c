// Files of an experiment: load and save. What is loaded is a tensor, a model, or a record of such; each tensor in it is
// a field of the file, by its path. Sizes of open axes are bound here.
#include <string.h>

#include "base/mix.h"
#include "sema/acts.h"
#include "sema/bounded.h"
#include "sema/data.h"
#include "sema/model.h"
#include "sema/step.h"
#include "sema/walk.h"

enum { MOST_FIELDS = 2048 };

// A tensor that is wanted, and what came of it.
typedef struct {
    Name            path;   // NULL: all that there is
    const TypeSpec *spec;   // as it is written, or
    Value          *like;   // what it takes the place of
    Span            where;
} Wanted;

typedef struct {
    VEC(Wanted)  want;
    Wanted      *at;
    LoadField   *field;
    HostTensor **tensor;
    int          n;
    Value      *columns, *rename;  // arguments of `load`, or NULL
    Name        part;              // "net.head": the file's names begin so
    const char *path;
    Span        where;
    bool        failed;
} Load;

// ---- what is wanted ----

static void want(Sema *s, Load *l, Wanted w)
{
    vec_push(s->arena, &l->want, w);
}

static void want_like(Sema *s, Load *l, Value *v, Name path)
{
    if (is_tensor(v))
        want(s, l, (Wanted){path, NULL, v, v->where});
    for (int i = 0; i < v->nfields; i++)
        want_like(s, l, v->fields[i].value, path_field(s, path, v->fields[i].name, i));
}

static void want_spec(Sema *s, Load *l, const TypeSpec *t, Name path)
{
    if (t->kind == TS_TENSOR) {
        want(s, l, (Wanted){path, t, NULL, t->where});
    } else if (t->kind == TS_RECORD) {
        for (int i = 0; i < t->nfields; i++)
            want_spec(s, l, t->fields[i], path_field(s, path, t->names[i], i));
    } else if (t->kind == TS_MODEL && t->model->kind == V_MODEL) {
        want_like(s, l, t->model, path);
    } else {
        sema_error(s, DIAG_E0313, t->where, "`load` fills tensors, models, and records of them");
        l->failed = true;
    }
}

// ---- its names in the file ----

// What `rename: (lift: "fc1", read: (w: "last"))` says of a path: the file's name for its first words, and behind them
// the rest as it is.
static Name renamed(Sema *s, const Value *by, const char *path)
{
    const char *dot = strchr(path, '.');
    Name        first = name_of(s->names, dot ? name_format(s->names, "%.*s", (int)(dot - path), path) : path);
    Value      *v = by ? value_field(by, first) : NULL;
    if (!v)
        return NULL;
    if (v->kind == V_STRING)
        return name_format(s->names, "%s%s", v->text, dot ? dot : "");
    return dot ? renamed(s, v, dot + 1) : NULL;
}

static Name name_in_file(Sema *s, const Load *l, Name path)
{
    Name other = path ? renamed(s, l->rename, path) : NULL;
    if (other)
        path = other;
    return l->part ? path_join(s, l->part, path ? path : name_of(s->names, "value")) : path;
}

static void field_columns(Sema *s, const Load *l, Name path, LoadField *f)
{
    Value *names = l->columns && path ? value_field(l->columns, path) : l->columns;
    if (names && names->kind == V_STRING) {
        f->columns = ARENA_ARRAY(s->arena, const char *, 1);
        f->columns[0] = names->text;
        f->ncolumns = 1;
        return;
    }
    if (!names || (names->kind == V_RECORD && (!names->nfields || names->fields[0].name)))
        return;
    f->columns = ARENA_ARRAY(s->arena, const char *, names->nfields + 1);
    f->ncolumns = names->nfields;
    for (int i = 0; i < names->nfields; i++)
        f->columns[i] = names->fields[i].value->text;
}

static void fill_field(Sema *s, const Load *l, const Wanted *w, LoadField *f)
{
    Value *v = w->like;
    *f = (LoadField){.name = name_in_file(s, l, w->path)};
    if (v) {
        f->elem = v->elem;
        f->ax = v->order ? v->order : v->axes.at;
        f->n = v->axes.n;
    } else {
        f->elem = w->spec->elem;
        f->ax = w->spec->file;
        f->n = w->spec->nfile;
    }
    field_columns(s, l, w->path, f);
}

// ---- reading, in a way that a resumed run can go over ----

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
static bool load_again(Sema *s, Load *l)
{
    bool same = true;
    if (!s->host->load(s->host->user, l->path, l->field, l->n, l->tensor, l->where))
        return false;
    for (int i = 0; i < l->n; i++) {
        double is = digest(l->tensor[i]);
        same = walk_decision(s, is) == is && same;
        own_tensor(s, l->tensor[i]);
        l->tensor[i]->known = true;
    }
    if (!same)
        sema_error(s, DIAG_E0604, l->where, "`%s` holds other data than when this run began, so it cannot be resumed", l->path);
    return same;
}

// A run's own file may have been written again since: its data are kept with the run's, its sizes decided.
static bool load_own(Sema *s, Load *l)
{
    if (!walk_hollow(s) && !s->host->load(s->host->user, l->path, l->field, l->n, l->tensor, l->where))
        return false;
    for (int i = 0; i < l->n; i++) {
        const LoadField *f = &l->field[i];
        for (int k = 0; k < f->n; k++) {
            double dim = walk_decision(s, walk_hollow(s) ? 0 : (double)l->tensor[i]->dim[k]);
            if (walk_hollow(s) && !bind_axis(s, f->ax[k], (int64_t)dim, l->where, l->path))
                return false;
        }
        if (!walk_hollow(s))
            own_tensor(s, l->tensor[i]);
        else if (!(l->tensor[i] = tensor_make(s, f->elem, f->ax, f->n, l->where)))
            return false;
    }
    return true;
}

static bool load_tensors(Sema *s, Load *l)
{
    bool own = walk_decision(s, !walk_hollow(s) && s->host->owns(s->host->user, l->path)) != 0;
    return own ? load_own(s, l) : load_again(s, l);
}

// ---- tensors that meet their axes ----

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

// Axes of the file become those of the type, which may merge them.
static bool meet_sizes(Sema *s, const TypeSpec *t, HostTensor *h, const char *path, Name field, Span where)
{
    const char *source = field ? name_format(s->names, "%s, field %s", path, field) : path;
    for (int i = 0; i < t->nfile; i++)
        if (!bind_axis(s, t->file[i], h->dim[i], where, source))
            return false;
    if (t->nfile > t->norder) {
        h->ax = ARENA_ARRAY(s->keep, Axis *, t->norder + 1);
        memcpy(h->ax, t->order, sizeof *h->ax * (size_t)t->norder);
    }
    for (int i = 0, k = 0; i < t->norder; i++) {
        int64_t size = 1;
        for (int end = k + t->part[i]; k < end; k++)
            size *= h->dim[k];
        h->dim[i] = size;  // i <= k
        if (t->part[i] != 1 && !bind_axis(s, t->order[i], size, where, source))
            return false;
    }
    h->n = t->norder;
    return !t->pos || positions_fit(s, h, t->pos, path, field, where);
}

static Value *loaded(Sema *s, Load *l, int i)
{
    const Wanted *w = &l->at[i];
    Value        *v = tensor_value(s, l->tensor[i], w->like ? w->like->where : l->where);
    if (w->like) {
        v->leaf = w->like->leaf;
        v->buffer = w->like->buffer;
        v->weak = w->like->weak;
    }
    v->pos = w->like ? w->like->pos : w->spec->pos;
    return v;
}

static Value *rebuilt(Sema *s, const TypeSpec *t, Value ***next, Span where)
{
    if (t->kind == TS_TENSOR)
        return *(*next)++;
    if (t->kind == TS_MODEL)
        return value_rebuild(s, t->model, next);
    Value *v = value_new(s, V_RECORD, where);
    v->nfields = t->nfields;
    v->fields = ARENA_ARRAY(s->arena, Field, t->nfields + 1);
    for (int i = 0; i < t->nfields; i++)
        v->fields[i] = (Field){t->names[i], rebuilt(s, t->fields[i], next, where)};
    return v;
}

// While checking: what the types say.
static Value *abstract(Sema *s, const TypeSpec *t, Span where)
{
    if (t->kind == TS_MODEL)
        return t->model;
    for (int i = 0; t->kind == TS_TENSOR && i < t->norder; i++)
        bounded_met(s, t->order[i], where);
    if (t->kind == TS_TENSOR)
        return type_abstract(s, t, name_of(s->names, "loaded"), s->real);
    Value *v = value_new(s, V_RECORD, where);
    v->nfields = t->nfields;
    v->fields = ARENA_ARRAY(s->arena, Field, t->nfields + 1);
    for (int i = 0; i < t->nfields; i++)
        v->fields[i] = (Field){t->names[i], abstract(s, t->fields[i], where)};
    return v;
}

static Value *fill(Sema *s, Load *l, const TypeSpec *t, Value *like)
{
    Value **value, **next;
    l->n = l->want.n;
    l->at = l->want.at;
    l->field = ARENA_ARRAY(s->arena, LoadField, l->n + 1);
    l->tensor = ARENA_ARRAY(s->arena, HostTensor *, l->n + 1);
    next = value = ARENA_ARRAY(s->arena, Value *, l->n + 1);
    for (int i = 0; i < l->n; i++)
        fill_field(s, l, &l->at[i], &l->field[i]);
    if (!load_tensors(s, l))
        return value_new(s, V_ERROR, l->where);
    for (int i = 0; i < l->n; i++) {
        if (l->at[i].spec && !meet_sizes(s, l->at[i].spec, l->tensor[i], l->path, l->field[i].name, l->where))
            return value_new(s, V_ERROR, l->where);
        if (l->at[i].like && l->at[i].like->pos &&
            !positions_fit(s, l->tensor[i], l->at[i].like->pos, l->path, l->field[i].name, l->where))
            return value_new(s, V_ERROR, l->where);
        value[i] = loaded(s, l, i);
    }
    return like ? value_rebuild(s, like, &next) : rebuilt(s, t, &next, l->where);
}

// ---- load(path, part: …, rename: …, columns: …) ----

static bool of_texts(const Value *v)
{
    bool ok = v->kind == V_RECORD || v->kind == V_STRING;
    for (int i = 0; i < v->nfields; i++)
        ok = ok && of_texts(v->fields[i].value);
    return ok;
}

static bool read_options(Sema *s, Load *l, Value **args, Name *names, int n)
{
    Value *part = act_named(s, args, names, n, "part");
    l->columns = act_named(s, args, names, n, "columns");
    l->rename = act_named(s, args, names, n, "rename");
    l->part = part && part->kind == V_STRING ? name_of(s->names, part->text) : NULL;
    for (int i = 1; i < n; i++)
        if (args[i] != part && args[i] != l->columns && args[i] != l->rename) {
            sema_error(s, DIAG_E0502, args[i]->where, "`load` takes a path, and `part:`, `rename:` and `columns:`");
            return false;
        }
    if ((!part || l->part) && (!l->columns || of_texts(l->columns)) && (!l->rename || of_texts(l->rename)))
        return true;
    Diag *d = sema_diag(s, DIAG_E0502, l->where, "`load` is told names of the file in quotes");
    diag_help(d, "`part: \"net.head\"`, `rename: (lift: \"fc1\")`, `columns: (x: (\"width\", \"height\"))`");
    return false;
}

static bool is_wanted(const Load *l, Name path)
{
    size_t n = strlen(path);
    for (int i = 0; i < l->want.n; i++) {
        Name w = l->want.at[i].path;
        if (w && !strncmp(w, path, n) && (!w[n] || w[n] == '.'))
            return true;
    }
    return false;
}

// Does each name of `rename:` and `columns:` stand for something that is loaded?
static bool names_are_wanted(Sema *s, const Load *l, const Value *by, const char *option, Name path)
{
    for (int i = 0; by && i < by->nfields; i++) {
        const Field *f = &by->fields[i];
        Name         inner = f->name ? path_field(s, path, f->name, i) : NULL;
        if (!inner)
            continue;
        if (!is_wanted(l, inner)) {
            const char **known = ARENA_ARRAY(s->arena, const char *, l->want.n + 1);
            size_t       skip = path ? strlen(path) + 1 : 0;
            for (int k = 0; k < l->want.n; k++) {  // the next words of what begins as this does
                Name w = l->want.at[k].path;
                bool here = w && (!path || (!strncmp(w, path, skip - 1) && w[skip - 1] == '.'));
                known[k] = here ? name_format(s->names, "%.*s", (int)strcspn(w + skip, "."), w + skip) : NULL;
            }
            Span  at = key_place(s, f->name, f->value->where);
            Diag *d = sema_diag(s, DIAG_E0502, at, "`%s:` names `%s`, and no such thing is loaded", option, inner);
            if (!suggest(d, at, name_nearest(f->name, known, l->want.n)))
                diag_help(d, "it names what is loaded, and says what that is called in the file");
            return false;
        }
        if (!names_are_wanted(s, l, f->value, option, inner))
            return false;
    }
    return true;
}

static Value *type_missing(Sema *s, Span where)
{
    Diag *d = sema_diag(s, DIAG_E0313, where, "what is loaded needs its type written");
    diag_help(d, "`let data: (x: f32[sample, pixel], y: class[sample]) = load(…)`; into a variable: `net = load(…)`");
    return value_new(s, V_ERROR, where);
}

Value *act_load(Sema *s, const Func *f, const Args *args)
{
    (void)f;
    const TypeSpec *t = s->wanted;
    Value          *like = s->wanted_like;
    if (args->at[0]->kind != V_STRING)
        return sema_error(s, DIAG_E0502, args->at[0]->where, "`load` takes a path in quotes; this is %s", text_value(s, args->at[0]));
    if (!t && !like)
        return type_missing(s, args->where);
    Load *l = ARENA_NEW(s->arena, Load);
    l->path = args->at[0]->text;
    l->where = args->where;
    l->failed = !read_options(s, l, args->at, args->names, args->n);
    if (like)
        want_like(s, l, like, NULL);
    else if (!l->failed)
        want_spec(s, l, t, NULL);
    l->failed = l->failed || !names_are_wanted(s, l, l->rename, "rename", NULL) || !names_are_wanted(s, l, l->columns, "columns", NULL);
    if (l->failed)
        return value_new(s, V_ERROR, args->where);
    if (!s->host)
        return like ? like : abstract(s, t, args->where);
    return fill(s, l, t, like);
}

// ---- save(value, path) ----

static int saved_leaves(Sema *s, Value *v, Name path, const char **name, Value **leaf, int n)
{
    if (is_tensor(v) && n < MOST_FIELDS) {
        name[n] = path ? path : "value";
        leaf[n] = v;
    }
    n += is_tensor(v);
    for (int i = 0; i < v->nfields; i++)
        n = saved_leaves(s, v->fields[i].value, path_field(s, path, v->fields[i].name, i), name, leaf, n);
    return n;
}

static bool can_be_saved(const Value *v)
{
    bool can = v->kind == V_MODEL || v->kind == V_RECORD || v->kind == V_OPTIMIZER || is_tensor(v);
    for (int i = 0; i < v->nfields; i++)
        can = can && can_be_saved(v->fields[i].value);
    return can;
}

static bool holds_model(const Value *v)
{
    bool holds = v->kind == V_MODEL || v->kind == V_OPTIMIZER;
    for (int i = 0; i < v->nfields; i++)
        holds = holds || holds_model(v->fields[i].value);
    return holds;
}

Value *act_save(Sema *s, const Func *f, const Args *args)
{
    (void)f;
    const char *name[MOST_FIELDS];
    Value      *leaf[MOST_FIELDS];
    HostTensor *t[MOST_FIELDS];
    double      x;
    if (args->at[1]->kind != V_STRING)
        return sema_error(s, DIAG_E0502, args->at[1]->where, "`save` takes a value and a path in quotes");
    if (!can_be_saved(args->at[0]))
        return sema_error(s, DIAG_E0313, args->at[0]->where, "`save` keeps models, records and tensors; this is %s",
                          text_value(s, args->at[0]));
    if (!s->host)
        return value_new(s, V_NONE, args->where);
    int count = saved_leaves(s, args->at[0], NULL, name, leaf, 0);
    for (int i = 0; i < count && i < MOST_FIELDS; i++) {
        Value *v = leaf[i]->host || !host_number(leaf[i], &x) ? leaf[i] : act_number(s, leaf[i], x);
        if (!(t[i] = v->host))
            return sema_error(s, DIAG_E0313, args->at[0]->where, "this constant is not saved; compute it first");
        t[i] = (HostTensor *)(uintptr_t)tensor_counted(s, t[i]);
    }
    if (count > MOST_FIELDS)
        return helped(s, sema_error(s, DIAG_E0804, args->where, "more than %d tensors are saved at once", MOST_FIELDS),
                      "save parts of it in files of their own");
    if (walk_hollow(s))
        return value_new(s, V_NONE, args->where);
    bool ok = s->host->save(s->host->user, args->at[1]->text, name, t, count, holds_model(args->at[0]), args->where);
    return value_new(s, ok ? V_NONE : V_ERROR, args->where);
}
