// Keeping the state of a run in its folder, and taking it up again: sema/walk.h says how a run is resumed.
//
// The folder `.resume` holds `state.safetensors`, written as a whole: the tensors of the run, what it decided, how much
// of the log was written, and what the run is of. `undo-N` beside it holds the files of the run as they were when state
// N was kept, of those that were saved again since.
#include <errno.h>
#include <ftw.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mix.h"
#include "driver/runhost.h"

enum { MOST_SECONDS = 10, LEAST_SHARE = 20 };  // at most a 20th of the time is spent on keeping

struct Keeping {
    const char    *folder, *state;
    bool           resume;
    double         every, last, cost;  // seconds
    int64_t        serial;             // of the state on the disk; 0: none
    VEC(PlxText)   of;                 // what the run is of
    PlxFile        kept;               // until the run has come to it
};

// ---- what a run is of ----

static void is_of(RunHost *h, const char *key, const char *value)
{
    vec_push(h->session->arena, &h->keeping->of, ((PlxText){arena_printf(h->session->arena, "of %s", key), value}));
}

static const char *text_digest(Arena *a, const char *text, int32_t size)
{
    uint64_t sum = (uint64_t)size;
    for (int32_t i = 0; i < size; i++)
        sum = mix64(sum, (unsigned char)text[i]);
    return arena_printf(a, "%016" PRIx64, sum);
}

static void describe(RunHost *h, const Options *o, const char *experiment)
{
    Arena *a = h->session->arena;
    is_of(h, "experiment", experiment);
    is_of(h, "--seed", arena_printf(a, "%" PRId64, o->seed));
    is_of(h, "--precision", elem_text(o->precision));
    is_of(h, "--interpret", o->interpret ? "yes" : "no");
    is_of(h, "--fuse", o->apart ? "off" : "on");
    is_of(h, "--from", o->from ? o->from : "(none)");
    for (int i = 0; i < o->nset; i++)
        is_of(h, arena_printf(a, "--set %s", o->set[i].name), o->set[i].value);
    for (int i = 0; i < sources_count(h->session->sources); i++) {
        const Source *src = sources_get(h->session->sources, i);
        const char   *slash = strrchr(src->path, '/');
        is_of(h, arena_printf(a, "source %s", slash ? slash + 1 : src->path), text_digest(a, src->text, src->size));
    }
}

static const char *find_text(const PlxText *text, int n, const char *key)
{
    for (int i = 0; i < n; i++)
        if (!strcmp(text[i].key, key))
            return text[i].value;
    return NULL;
}

static bool differs(RunHost *h, const char *key, const char *was, const char *is)
{
    Diags *d = h->session->diags;
    key += strlen("of ");
    if (!strncmp(key, "source ", 7))
        diag_report(d, DIAG_E0604, SPAN_NONE, "`%s` has changed since the run in `%s` began, so it cannot be resumed", key + 7, h->out);
    else
        diag_report(d, DIAG_E0604, SPAN_NONE, "the run in `%s` began with %s %s, and cannot be resumed with %s", h->out, key,
                    was ? was : "as declared", is ? is : "what is declared");
    diag_help(diags_last(d), "run it without --resume to begin anew, or with --out elsewhere");
    return false;
}

static bool same_run(RunHost *h)
{
    const Keeping *k = h->keeping;
    for (int i = 0; i < k->of.n; i++) {
        const char *was = plx_file_text(&k->kept, k->of.at[i].key);
        if (!was || strcmp(was, k->of.at[i].value) != 0)
            return differs(h, k->of.at[i].key, was, k->of.at[i].value);
    }
    for (int i = 0; i < k->kept.text_count; i++) {
        const char *key = k->kept.text[i].key;
        if (!strncmp(key, "of ", 3) && !find_text(k->of.at, k->of.n, key))
            return differs(h, key, k->kept.text[i].value, NULL);
    }
    return true;
}

// ---- keeping ----

static int remove_one(const char *path, const struct stat *st, int flag, struct FTW *at)
{
    (void)st;
    (void)flag;
    (void)at;
    return remove(path) && errno != ENOENT;
}

static void remove_folder(const char *path) { nftw(path, remove_one, 8, FTW_DEPTH | FTW_PHYS); }

static void undo_path(const RunHost *h, int64_t serial, const char *path, Buf *b)
{
    buf_printf(b, "%s/undo-%" PRId64 "%s%s", h->keeping->folder, serial, path ? "/" : "", path ? path : "");
}

static void make_folders_of(char *path)
{
    for (char *p = path + 1; *p; p++)
        if (*p == '/') {
            *p = 0;
            mkdir(path, 0777);
            *p = '/';
        }
}

void keeping_before_save(RunHost *h, const char *path)
{
    Buf from = {0}, to = {0};
    if (!h->keeping || !h->keeping->serial || !host_owns(h, path))
        return;
    buf_printf(&from, "%s/%s", h->out, path);
    undo_path(h, h->keeping->serial, path, &to);
    make_folders_of(to.at);
    if (link(from.at, to.at) && errno != EEXIST && errno != ENOENT)
        rename(from.at, to.at);  // a file system without links
    buf_free(&from);
    buf_free(&to);
}

static bool host_due(void *user)
{
    RunHost *h = user;
    Keeping *k = h->keeping;
    double   least = LEAST_SHARE * k->cost > MOST_SECONDS ? LEAST_SHARE * k->cost : MOST_SECONDS;
    return atomic_load(&h->interrupts) || host_seconds() - k->last >= (k->every >= 0 ? k->every : least);
}

typedef struct {
    PlxField *field;
    PlxText  *text;
    int       nfield, ntext;
    Arena    *arena;
} State;

static void put_text(State *s, const char *key, const char *value) { s->text[s->ntext++] = (PlxText){key, value}; }

static void put_count(State *s, const char *key, int64_t value)
{
    put_text(s, key, arena_printf(s->arena, "%" PRId64, value));
}

static void put_decisions(State *s, const Walk *w)
{
    int      n = w->decisions.n;
    double  *value = ARENA_ARRAY(s->arena, double, n + 1);
    int64_t *times = ARENA_ARRAY(s->arena, int64_t, n + 1);
    for (int i = 0; i < n; i++) {
        value[i] = w->decisions.at[i].value;
        times[i] = w->decisions.at[i].times;
    }
    s->field[s->nfield++] = (PlxField){"decisions", {value, PLX_F64, 1, {n}}};
    s->field[s->nfield++] = (PlxField){"times", {times, PLX_I64, 1, {n}}};
}

static bool write_state(RunHost *h, const Walk *w, HostTensor *const *t, int n, Arena *a, PlxError *e)
{
    Keeping *k = h->keeping;
    State    s = {ARENA_ARRAY(a, PlxField, n + 2), ARENA_ARRAY(a, PlxText, k->of.n + h->saved.n + 8), 0, 0, a};
    Shown    shown;
    if (!show_sync(h, &shown, e))
        return false;
    for (int i = 0; i < n; i++)
        s.field[s.nfield++] = (PlxField){arena_printf(a, "%" PRId64, t[i]->birth), as_runtime(t[i])};
    put_decisions(&s, w);
    for (int i = 0; i < k->of.n; i++)
        put_text(&s, k->of.at[i].key, k->of.at[i].value);
    for (int i = 0; i < h->saved.n; i++)
        put_text(&s, arena_printf(a, "saved %d", i), h->saved.at[i]);
    put_count(&s, "at", w->at);
    put_count(&s, "serial", k->serial + 1);
    put_count(&s, "failed expects", h->failed_expects);
    put_count(&s, "rows", shown.rows);
    put_count(&s, "events", shown.events);
    put_count(&s, "printed", shown.printed);
    put_text(&s, "seconds", arena_printf(a, "%.17g", host_seconds() - h->begin));
    return plx_safetensors_save(k->state, s.field, s.nfield, s.text, s.ntext, e);
}

static bool host_keep_state(void *user, const Walk *w, HostTensor *const *t, int n, Span where)
{
    RunHost *h = user;
    Keeping *k = h->keeping;
    PlxError e = {0};
    double   begin = host_seconds();
    Arena   *a = arena_new(NULL, NULL);
    if (mkdir(k->folder, 0777) && errno != EEXIST) {
        e.code = PLX_ERR_FILE;
        snprintf(e.text, sizeof e.text, "cannot make the folder `%s`: %s", k->folder, strerror(errno));
    }
    bool ok = a && !e.code && write_state(h, w, t, n, a, &e);
    arena_free(a);
    k->last = host_seconds();
    k->cost = k->last - begin;
    if (!ok)
        return host_fail(h, DIAG_E0803, where, a ? e.text : "out of memory");
    Buf old = {0};
    undo_path(h, k->serial++, NULL, &old);
    remove_folder(old.at);
    buf_free(&old);
    return true;
}

// ---- taking up ----

static int64_t count_of(const Keeping *k, const char *key)
{
    const char *text = plx_file_text(&k->kept, key);
    return text ? strtoll(text, NULL, 10) : 0;
}

static bool take_decisions(RunHost *h, Walk *w)
{
    const PlxTensor *value = plx_file_find(&h->keeping->kept, "decisions"), *times = plx_file_find(&h->keeping->kept, "times");
    w->until = count_of(h->keeping, "at");
    if (!value || !times || value->elem != PLX_F64 || times->elem != PLX_I64 || value->rank != 1 || times->rank != 1 ||
        value->dim[0] != times->dim[0] || w->until < 1)
        return host_fail(h, DIAG_E0802, SPAN_NONE, arena_printf(h->session->arena, "%s: is no state of a run", h->keeping->state));
    for (int64_t i = 0; i < value->dim[0]; i++)
        vec_push(h->session->arena, &w->decisions, ((Decision){((double *)value->data)[i], ((int64_t *)times->data)[i]}));
    return true;
}

static bool host_resume(void *user, Walk *w)
{
    RunHost *h = user;
    Keeping *k = h->keeping;
    PlxError e = {0};
    if (!k->resume) {
        remove_folder(k->folder);
        return true;
    }
    if (access(k->state, F_OK)) {
        fprintf(stderr, "plexus: nothing is kept in `%s` to go on with: the run begins anew\n", h->out);
        return true;
    }
    if (!plx_safetensors_load(k->state, &k->kept, &e))
        return host_fail(h, code_of(&e), SPAN_NONE, e.text);
    return same_run(h) && take_decisions(h, w);
}

static bool fill(RunHost *h, HostTensor *t)
{
    char name[32];
    snprintf(name, sizeof name, "%" PRId64, t->birth);
    PlxTensor *p = (PlxTensor *)(uintptr_t)plx_file_find(&h->keeping->kept, name);
    bool       same = p && (Elem)p->elem == t->elem && p->rank == t->n;
    for (int i = 0; same && i < t->n; i++)
        same = p->dim[i] == t->dim[i];
    if (!same)
        return false;
    free(t->data);
    t->data = p->data;  // the file's tensor is this one's now
    p->data = NULL;
    return true;
}

// The files that the run had saved, as they were.
static void restore_saved(RunHost *h)
{
    Keeping *k = h->keeping;
    Buf      from = {0}, to = {0};
    for (int i = 0; i < k->kept.text_count; i++) {
        const char *path = k->kept.text[i].value;
        if (strncmp(k->kept.text[i].key, "saved ", 6) != 0)
            continue;
        vec_push(h->session->arena, &h->saved, arena_strndup(h->session->arena, path, strlen(path)));
        from.n = to.n = 0;
        undo_path(h, k->serial, path, &from);
        buf_printf(&to, "%s/%s", h->out, path);
        rename(from.at, to.at);
    }
    buf_free(&from);
    buf_free(&to);
}

static bool host_refill(void *user, HostTensor *const *t, int n, Span where)
{
    RunHost *h = user;
    Keeping *k = h->keeping;
    PlxError e = {0};
    Shown    then = {count_of(k, "rows"), count_of(k, "events"), count_of(k, "printed")};
    bool     ok = k->kept.count == n + 2;
    for (int i = 0; ok && i < n; i++)
        ok = fill(h, t[i]);
    if (!ok) {
        diag_report(h->session->diags, DIAG_E0604, where, "the state kept in `%s` is not of this run", h->out);
        return false;
    }
    k->serial = count_of(k, "serial");
    h->failed_expects = (int)count_of(k, "failed expects");
    h->begin = host_seconds() - strtod(plx_file_text(&k->kept, "seconds"), NULL);
    restore_saved(h);
    if (!show_resume(h, &then, &e))
        return host_fail(h, DIAG_E0803, where, e.text);
    plx_file_free(&k->kept);
    k->last = host_seconds();
    return true;
}

// ---- beginning and end ----

void host_keep(RunHost *h, const Options *o, const char *experiment)
{
    Arena   *a = h->session->arena;
    Keeping *k = ARENA_NEW(a, Keeping);
    k->folder = arena_printf(a, "%s/.resume", h->out);
    k->state = arena_printf(a, "%s/state.safetensors", k->folder);
    k->resume = o->resume;
    k->every = o->keep_every;
    k->last = host_seconds();
    h->keeping = k;
    h->table.resume = host_resume;
    h->table.due = host_due;
    h->table.keep = host_keep_state;
    h->table.refill = host_refill;
    describe(h, o, experiment);
}

void keeping_end(RunHost *h, bool complete)
{
    if (!h->keeping)
        return;
    plx_file_free(&h->keeping->kept);
    if (complete)
        remove_folder(h->keeping->folder);
}
