#include "driver/host.h"

#include "driver/oracle.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "emit/emit.h"
#include "opt/opt.h"
#include "plexus_rt.h"

typedef struct {
    Axis **ax;
    int    n;
} Order;

struct RunHost {
    Host        table;
    Session    *session;
    const char *source, *out, *from;   // folders
    PlxPool    *pool;
    PlxCtx      ctx;
    PlxLog     *log;
    Jit        *jit;     // NULL: the interpreter runs the steps
    VEC(Step *) steps;   // compiled so far
    int         failed_expects;
    bool        terminal;
    double      begin, shown;          // seconds
    VEC(Order) orders;      // lists of axes that tensors share
};

// Ctrl-C: the one thing a signal handler may touch.
static _Atomic int *interrupt_flag;

static void on_interrupt(int signal_number)
{
    (void)signal_number;
    if (interrupt_flag)
        atomic_store(interrupt_flag, 1);
}

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static DiagCode code_of(const PlxError *e)
{
    static const DiagCode of[] = {
        [PLX_OK] = DIAG_E0807, [PLX_ERR_MEMORY] = DIAG_E0804, [PLX_ERR_SIZE] = DIAG_E0804,
        [PLX_ERR_FILE] = DIAG_E0801, [PLX_ERR_FORMAT] = DIAG_E0802, [PLX_ERR_TYPE] = DIAG_E0802,
        [PLX_ERR_SHAPE] = DIAG_E0802, [PLX_ERR_VALUE] = DIAG_E0802, [PLX_ERR_LIMIT] = DIAG_E0804,
        [PLX_ERR_CANCELLED] = DIAG_E0806,
    };
    return of[e->code];
}

// A failure of the world: exit status 3.
static bool fail(RunHost *h, DiagCode code, Span where, const char *text)
{
    diag_report(h->session->diags, code, where, "%s", text);
    h->session->failed = true;
    return false;
}

// ---- compiled steps ----

static void *host_compile(void *user, const Program *p, Span where)
{
    RunHost    *h = user;
    (void)where;
    const char *bug = program_verify(p);
    if (bug) {
        diag_report(h->session->diags, DIAG_E0807, where, "a program that the compiler built is wrong: %s", bug);
        return NULL;
    }
    if (!h->jit)
        return (void *)(uintptr_t)program_live(p);
    StepOptions how = {.apart = h->session->apart};
    Step       *step = step_compile(h->jit, opt_simplify(p), &how, h->session->diags);
    if (step)
        vec_push(h->session->arena, &h->steps, step);
    return step;
}

enum { MOST_TENSORS = 2048 };

static bool host_run(void *user, void *step, HostTensor *const *in, int nin, HostTensor *const *out, int nout, Span where)
{
    RunHost *h = user;
    void    *from[MOST_TENSORS], *to[MOST_TENSORS];
    if (!h->jit) {
        const char *wrong = oracle_run(step, in, out);
        return !wrong || fail(h, DIAG_E0807, where, wrong);
    }
    for (int i = 0; i < nin; i++)
        from[i] = in[i]->data;
    for (int i = 0; i < nout; i++)
        to[i] = out[i]->data;
    plx_ctx_reset(&h->ctx);
    if (step_run(step, &h->ctx, NULL, from, to) == 0)
        return true;
    if (atomic_load(&h->ctx.cancelled))
        return fail(h, DIAG_E0806, where, "interrupted");
    return fail(h, DIAG_E0807, where, h->ctx.error.text);
}

// ---- tensors ----

// The list of axes that tensors of this kind share, for the whole run: values go on naming it.
static Axis **shared_axes(RunHost *h, Axis *const *ax, int n)
{
    for (int i = 0; i < h->orders.n; i++)
        if (h->orders.at[i].n == n && (n == 0 || !memcmp(h->orders.at[i].ax, ax, sizeof *ax * (size_t)n)))
            return h->orders.at[i].ax;
    Order o = {ARENA_ARRAY(h->session->arena, Axis *, n + 1), n};
    if (n)
        memcpy(o.ax, ax, sizeof *ax * (size_t)n);
    vec_push(h->session->arena, &h->orders, o);
    return o.ax;
}

// The host's form of a tensor, which it takes over.
static HostTensor *header_for(RunHost *h, PlxTensor *t, Axis *const *ax)
{
    HostTensor *out = calloc(1, sizeof *out + sizeof *out->dim * (size_t)t->rank);
    if (!out) {
        plx_tensor_free(t);
        diag_report(h->session->diags, DIAG_E0804, SPAN_NONE, "there is no memory for a tensor");
        return NULL;
    }
    *out = (HostTensor){.elem = (Elem)t->elem, .n = t->rank, .data = t->data, .count = plx_tensor_count(t),
                        .dim = (int64_t *)(out + 1), .ax = shared_axes(h, ax, t->rank)};
    for (int i = 0; i < t->rank; i++)
        out->dim[i] = t->dim[i];
    t->data = NULL;
    return out;
}

static HostTensor *host_tensor(void *user, Elem elem, Axis *const *ax, int n, Span where)
{
    RunHost  *h = user;
    PlxError  e = {0};
    PlxTensor t;
    int64_t   dim[PLX_MAX_RANK];
    for (int i = 0; i < n; i++)
        if (n > PLX_MAX_RANK || !size_is_const(ax[i]->size, &dim[i])) {
            diag_report(h->session->diags, DIAG_E0406, where, "the size of axis `%s` is not known when it is needed", ax[i]->name);
            return NULL;
        }
    if (!plx_tensor_new(&t, (PlxElem)elem, n, dim, &e)) {
        fail(h, code_of(&e), where, e.text);
        return NULL;
    }
    return header_for(h, &t, ax);
}

static PlxTensor as_runtime(const HostTensor *t)
{
    PlxTensor p = {.data = t->data, .elem = (PlxElem)t->elem, .rank = t->n};
    for (int i = 0; i < t->n; i++)
        p.dim[i] = t->dim[i];
    return p;
}

static void host_drop(void *user, HostTensor *t)
{
    (void)user;
    PlxTensor p = as_runtime(t);
    plx_tensor_free(&p);
    free(t);
}

// ---- files ----

static bool stays_inside(const char *path)
{
    if (*path == '/')
        return false;
    for (const char *p = path; p; p = strchr(p, '/')) {
        p += *p == '/';
        if (!strncmp(p, "..", 2) && (p[2] == '/' || !p[2]))
            return false;
    }
    return true;
}

static bool inside(RunHost *h, const char *path, Span where)
{
    if (stays_inside(path))
        return true;
    diag_report(h->session->diags, DIAG_E0801, where, "`%s` leads out of its folder", path);
    diag_help(diags_last(h->session->diags), "files are read beside the source, and written in the run's folder");
    h->session->failed = true;
    return false;
}

// This run's own file, else that of --from, else the one beside the source.
static const char *find_file(RunHost *h, const char *path)
{
    const char *const folder[] = {h->out, h->from, h->source};
    for (size_t i = 0; i < 3; i++) {
        const char *full = folder[i] ? arena_printf(h->session->arena, "%s/%s", folder[i], path) : NULL;
        if (full && !access(full, F_OK))
            return full;
    }
    return arena_printf(h->session->arena, "%s/%s", h->source, path);
}

static bool is_text(const char *path)
{
    size_t n = strlen(path);
    if (n > 3 && !strcmp(path + n - 3, ".gz"))
        n -= 3;
    return n > 4 && !strncmp(path + n - 4, ".txt", 4);
}

static PlxWant want_of(const LoadField *f, const char *path)
{
    PlxWant w = {.name = f->name, .elem = is_text(path) ? PLX_ELEM_COUNT : (PlxElem)f->elem, .rank = f->n};
    for (int i = 0; i < f->n && i < PLX_MAX_RANK; i++) {
        w.axis[i] = f->ax[i]->name;
        if (!size_is_const(f->ax[i]->size, &w.dim[i]))
            w.dim[i] = -1;
    }
    return w;
}

static bool widen_bytes(RunHost *h, PlxTensor *t, Elem want, Span where)
{
    PlxError  e = {0};
    PlxTensor wide;
    if ((Elem)t->elem == want || t->elem != PLX_U8 || want != ELEM_I64)
        return true;
    if (!plx_tensor_new(&wide, PLX_I64, t->rank, t->dim, &e))
        return fail(h, code_of(&e), where, e.text);
    for (int64_t i = 0, n = plx_tensor_count(t); i < n; i++)
        ((int64_t *)wide.data)[i] = ((const uint8_t *)t->data)[i];
    plx_tensor_free(t);
    *t = wide;
    return true;
}

static bool host_load(void *user, const char *path, const LoadField *field, int n, HostTensor **out, Span where)
{
    RunHost  *h = user;
    PlxError  e = {0};
    PlxWant   want[64];
    PlxTensor t[64] = {0};
    if (!inside(h, path, where) || n > 64)
        return false;
    const char *full = find_file(h, path);
    for (int i = 0; i < n; i++) {
        if (field[i].n > PLX_MAX_RANK)
            return fail(h, DIAG_E0804, where, "a tensor of more than 16 axes cannot be loaded");
        want[i] = want_of(&field[i], path);
    }
    if (!plx_load(full, want, n, t, &e))
        return fail(h, code_of(&e), where, e.text);
    bool ok = true;
    for (int i = 0; i < n; i++) {
        ok = ok && widen_bytes(h, &t[i], field[i].elem, where);
        out[i] = ok ? header_for(h, &t[i], field[i].ax) : NULL;
        ok = ok && out[i];
    }
    for (int i = 0; i < n; i++)
        plx_tensor_free(&t[i]);
    return ok;
}

static bool ends_with(const char *s, const char *end)
{
    size_t n = strlen(s), k = strlen(end);
    return n >= k && !strcmp(s + n - k, end);
}

static bool host_save(void *user, const char *path, const char *const *name, HostTensor *const *t, int n, bool model, Span where)
{
    RunHost  *h = user;
    PlxError  e = {0};
    PlxField *field = ARENA_ARRAY(h->session->arena, PlxField, n + 1);
    if (!inside(h, path, where))
        return false;
    for (int i = 0; i < n; i++)
        field[i] = (PlxField){name[i], as_runtime(t[i])};
    const char *full = arena_printf(h->session->arena, "%s/%s", h->out, path);
    bool        ok;
    if (ends_with(path, ".safetensors")) {
        ok = plx_safetensors_save(full, field, n, NULL, 0, &e);
    } else if (model) {
        diag_report(h->session->diags, DIAG_E0803, where, "a model is saved as `NAME.safetensors`; `%s` is none", path);
        return false;
    } else if (ends_with(path, ".npy") && n == 1) {
        ok = plx_npy_save(full, &field[0].tensor, &e);
    } else if (ends_with(path, ".npz")) {
        ok = plx_npz_save(full, field, n, &e);
    } else if (ends_with(path, ".csv")) {
        ok = plx_csv_save(full, field, n, &e);
    } else {
        diag_report(h->session->diags, DIAG_E0803, where, "`%s` ends in none of .safetensors, .npz, .npy, .csv", path);
        return false;
    }
    return ok || fail(h, DIAG_E0803, where, e.text);
}

static bool shape_is(const HostTensor *t, const PlxTensor *p)
{
    bool same = p->rank == t->n && (Elem)p->elem == t->elem;
    for (int i = 0; same && i < t->n; i++)
        same = p->dim[i] == t->dim[i];
    return same;
}

static void put_shape(Buf *b, const char *elem, int n, const int64_t *dim, Axis *const *ax)
{
    buf_printf(b, "%s[", elem);
    for (int i = 0; i < n; i++)
        buf_printf(b, "%s%s%s%lld", i ? ", " : "", ax ? ax[i]->name : "", ax ? ": " : "", (long long)dim[i]);
    buf_puts(b, "]");
}

static bool wrong_shape(RunHost *h, const char *path, const char *name, const HostTensor *t, const PlxTensor *p, Span where)
{
    Buf b = {0};
    buf_printf(&b, "%s: `%s` is ", path, name);
    put_shape(&b, plx_elem_name(p->elem), p->rank, p->dim, NULL);
    buf_puts(&b, " there, and the model needs ");
    put_shape(&b, elem_text(t->elem), t->n, t->dim, t->ax);
    fail(h, DIAG_E0802, where, b.at);
    buf_free(&b);
    return false;
}

static bool host_load_model(void *user, const char *path, const char *const *name, HostTensor *const *t, int n, Span where)
{
    RunHost *h = user;
    PlxError e = {0};
    PlxFile  f = {0};
    if (!inside(h, path, where))
        return false;
    const char *full = find_file(h, path);
    if (!plx_safetensors_load(full, &f, &e))
        return fail(h, code_of(&e), where, e.text);
    bool ok = true;
    for (int i = 0; i < n && ok; i++) {
        const PlxTensor *p = plx_file_find(&f, name[i]);
        if (!p)
            ok = fail(h, DIAG_E0802, where, arena_printf(h->session->arena, "%s has no tensor `%s`", full, name[i]));
        else if (!shape_is(t[i], p))
            ok = wrong_shape(h, full, name[i], t[i], p, where);
        else if (t[i]->count)
            memcpy(t[i]->data, p->data, (size_t)plx_tensor_bytes(p));
    }
    if (ok && f.count != n)
        ok = fail(h, DIAG_E0802, where, arena_printf(h->session->arena, "%s holds %d tensors, and the model has %d", full, f.count, n));
    plx_file_free(&f);
    return ok;
}

// ---- what is shown and kept ----

static void clear_line(const RunHost *h)
{
    if (h->terminal && h->shown > 0)
        fputs("\r\033[K", stderr);
}

static bool host_log(void *user, const char *const *name, const double *value, int n, Span where)
{
    RunHost    *h = user;
    PlxError    e = {0};
    PlxLogValue row[64];
    for (int i = 0; i < n; i++)
        row[i] = (PlxLogValue){name[i], PLX_F32, value[i]};
    if (!h->log && !(h->log = plx_log_open(arena_printf(h->session->arena, "%s/log.csv", h->out), -1, &e)))
        return fail(h, DIAG_E0803, where, e.text);
    if (!plx_log_row(h->log, row, n, &e))
        return fail(h, DIAG_E0803, where, e.text);
    double now = seconds();
    if (h->terminal && now - h->shown > 0.1) {
        char line[160];
        plx_progress(line, sizeof line, 100, plx_log_rows(h->log), 0, now - h->begin, row, n);
        fprintf(stderr, "\r\033[K%s", line);
        fflush(stderr);
        h->shown = now;
    }
    return true;
}

static void host_print(void *user, const char *text)
{
    clear_line(user);
    puts(text);
    fflush(stdout);
}

static void host_expect(void *user, bool holds, const char *claim, const char *figures, Span where)
{
    RunHost *h = user;
    clear_line(h);
    printf("%s  %s (%s)\n", holds ? "holds " : "FAILS ", claim, figures);
    fflush(stdout);
    (void)where;
    h->failed_expects += !holds;
}

static bool host_stop(void *user, Span where)
{
    RunHost *h = user;
    if (!atomic_load(&h->ctx.cancelled))
        return false;
    if (!h->session->failed)
        fail(h, DIAG_E0806, where, "interrupted; what was saved and logged so far is kept");
    return true;
}

static double host_now(void *user)
{
    const RunHost *h = user;
    return seconds() - h->begin;
}

// ---- beginning and end ----

static bool make_folder(RunHost *h, const char *path)
{
    char *copy = arena_strndup(h->session->arena, path, strlen(path));
    for (char *p = copy + 1; *p; p++)
        if (*p == '/') {
            *p = 0;
            mkdir(copy, 0777);
            *p = '/';
        }
    if (!mkdir(copy, 0777) || errno == EEXIST)
        return true;
    return fail(h, DIAG_E0803, SPAN_NONE, arena_printf(h->session->arena, "cannot make the folder `%s`: %s", path, strerror(errno)));
}

static const char *folder_of(Arena *a, const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? arena_strndup(a, path, (size_t)(slash - path)) : ".";
}

RunHost *host_new(Session *s, const Options *o, const char *source, const char *out)
{
    RunHost *h = ARENA_NEW(s->arena, RunHost);
    PlxError e = {0};
    *h = (RunHost){.session = s, .source = folder_of(s->arena, source), .out = out, .from = o->from,
                   .terminal = isatty(STDERR_FILENO), .begin = seconds()};
    h->table = (Host){.user = h, .compile = host_compile, .run = host_run, .tensor = host_tensor, .drop = host_drop,
                      .load = host_load, .save = host_save, .load_model = host_load_model, .log = host_log,
                      .print = host_print, .expect = host_expect, .stop = host_stop, .now = host_now};
    if (!make_folder(h, out))
        return NULL;
    h->pool = plx_pool_new(o->threads, &e);
    if (!h->pool) {
        fail(h, code_of(&e), SPAN_NONE, e.text);
        return NULL;
    }
    plx_ctx_init(&h->ctx, h->pool, NULL);
    if (!o->interpret && !(h->jit = jit_new())) {
        fail(h, DIAG_E0804, SPAN_NONE, "LLVM makes no code for this machine");
        plx_pool_free(h->pool);
        return NULL;
    }
    interrupt_flag = &h->ctx.cancelled;
    signal(SIGINT, on_interrupt);
    return h;
}

const Host *host_table(const RunHost *h) { return &h->table; }

bool host_end(RunHost *h)
{
    PlxError e = {0};
    bool     ok = h->failed_expects == 0;
    clear_line(h);
    signal(SIGINT, SIG_DFL);
    interrupt_flag = NULL;
    if (h->log && !plx_log_close(h->log, &e))
        fail(h, DIAG_E0803, SPAN_NONE, e.text);
    for (int i = 0; i < h->steps.n; i++)
        step_free(h->steps.at[i]);
    if (h->jit)
        jit_free(h->jit);
    plx_ctx_free(&h->ctx);
    plx_pool_free(h->pool);
    return ok;
}
