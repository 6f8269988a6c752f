// The host of experiments: compiled steps, tensors, beginning and end. See runhost.h for its other parts.
#include "driver/oracle.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "driver/runhost.h"
#include "opt/opt.h"

// Ctrl-C: what a signal handler may touch. At the first one the run ends at its next statement, where its state can be
// kept; the second stops the step at hand.
static RunHost *interrupted_run;

static void on_interrupt(int signal_number)
{
    static const char say[] = "\nplexus: stops behind this statement; Ctrl-C again stops at once\n";
    RunHost          *h = interrupted_run;
    (void)signal_number;
    if (!h)
        return;
    if (atomic_fetch_add(&h->interrupts, 1) > 0)
        atomic_store(&h->ctx.cancelled, 1);
    else if (h->terminal && write(STDERR_FILENO, say, sizeof say - 1) < 0)
        return;
}

double host_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

DiagCode code_of(const PlxError *e)
{
    static const DiagCode of[] = {
        [PLX_OK] = DIAG_E0807, [PLX_ERR_MEMORY] = DIAG_E0804, [PLX_ERR_SIZE] = DIAG_E0804,
        [PLX_ERR_FILE] = DIAG_E0801, [PLX_ERR_FORMAT] = DIAG_E0802, [PLX_ERR_TYPE] = DIAG_E0802,
        [PLX_ERR_SHAPE] = DIAG_E0802, [PLX_ERR_VALUE] = DIAG_E0802, [PLX_ERR_LIMIT] = DIAG_E0804,
        [PLX_ERR_CANCELLED] = DIAG_E0806,
    };
    return of[e->code];
}

bool host_fail(RunHost *h, DiagCode code, Span where, const char *text)
{
    Diag *d = diag_report(h->session->diags, code, where, "%s", text);
    if (code == DIAG_E0804)
        diag_help(d, "a smaller batch, smaller axes or a narrower type (`--precision`) take less");
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
    host_note_fixed_points(h, p->main);
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
        const char *wrong = oracle_run(step, in, out, &h->ctx);
        return !wrong || host_fail(h, DIAG_E0807, where, wrong);
    }
    for (int i = 0; i < nin; i++)
        from[i] = in[i]->data;
    for (int i = 0; i < nout; i++)
        to[i] = out[i]->data;
    plx_ctx_reset(&h->ctx);
    if (step_run(step, &h->ctx, NULL, from, to) == 0)
        return true;
    if (atomic_load(&h->ctx.cancelled))
        return host_fail(h, DIAG_E0806, where, "interrupted inside a step");
    DiagCode code = code_of(&h->ctx.error);  // of memory; all else is a check in the source
    return host_fail(h, code == DIAG_E0804 ? code : DIAG_E0807, where, h->ctx.error.text);
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

HostTensor *host_header(RunHost *h, PlxTensor *t, Axis *const *ax)
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

static bool hollow_tensor(PlxTensor *t, PlxElem elem, int n, const int64_t *dim, PlxError *e)
{
    int64_t count;
    *t = (PlxTensor){.elem = elem, .rank = n};
    if (n)
        memcpy(t->dim, dim, sizeof *dim * (size_t)n);
    return plx_count(elem, n, dim, &count, e);
}

static HostTensor *host_tensor(void *user, Elem elem, Axis *const *ax, int n, bool hollow, Span where)
{
    RunHost  *h = user;
    PlxError  e = {0};
    PlxTensor t;
    int64_t   dim[PLX_MAX_RANK];
    if (n > PLX_MAX_RANK) {
        Diag *d = diag_report(h->session->diags, DIAG_E0804, where, "a tensor of %d axes is to be kept; there is room for %d", n, PLX_MAX_RANK);
        diag_help(d, "merge some: `x[(a, b) -> c]`; inside one computation there may be more");
        h->session->failed = true;
        return NULL;
    }
    for (int i = 0; i < n; i++)
        if (!size_is_const(ax[i]->size, &dim[i])) {
            Diag *d = diag_report(h->session->diags, DIAG_E0406, where, "the size of axis `%s` is not known when it is needed", ax[i]->name);
            diag_label(d, ax[i]->where, "`%s` is open", ax[i]->name);
            diag_help(d, "give it a size, `axis %s = 8`, or bind it to data before: `load`, `split`, `filter`", ax[i]->name);
            return NULL;
        }
    if (hollow ? !hollow_tensor(&t, (PlxElem)elem, n, dim, &e) : !plx_tensor_new(&t, (PlxElem)elem, n, dim, &e)) {
        host_fail(h, code_of(&e), where, e.text);
        return NULL;
    }
    return host_header(h, &t, ax);
}

PlxTensor as_runtime(const HostTensor *t)
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

static bool host_stop(void *user, Span where)
{
    RunHost *h = user;
    if (!atomic_load(&h->interrupts))
        return false;
    if (h->session->failed)
        return true;
    host_fail(h, DIAG_E0806, where, "interrupted; what was saved and logged so far is kept");
    if (h->keeping)
        diag_help(diags_last(h->session->diags), "`--resume` goes on from here");
    return true;
}

static double host_now(void *user)
{
    const RunHost *h = user;
    return host_seconds() - h->begin;
}

// ---- beginning and end ----

bool host_folder(RunHost *h, const char *path)
{
    char *copy = arena_strndup(h->session->arena, path, strlen(path));
    for (char *p = copy + 1; *p; p++)
        if (*p == '/') {
            *p = 0;
            mkdir(copy, 0777);
            *p = '/';
        }
    struct stat st;
    if (!mkdir(copy, 0777) || (errno == EEXIST && !stat(copy, &st) && S_ISDIR(st.st_mode)))
        return true;
    return host_fail(h, DIAG_E0803, SPAN_NONE, arena_printf(h->session->arena, "cannot make the folder `%s`: %s", path, strerror(errno)));
}

static const char *folder_of(Arena *a, const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? arena_strndup(a, path, (size_t)(slash - path)) : ".";
}

// Is the folder of --from there (NULL: none is named)?
static bool is_folder(RunHost *h, const char *path)
{
    struct stat st;
    bool        found = !path || !stat(path, &st);
    if (found && (!path || S_ISDIR(st.st_mode)))
        return true;
    return host_fail(h, DIAG_E0801, SPAN_NONE,
                     arena_printf(h->session->arena, "--from %s: %s", path, found ? "that is no folder" : strerror(errno)));
}

RunHost *host_new(Session *s, const Options *o, const char *source, const char *out)
{
    RunHost *h = ARENA_NEW(s->arena, RunHost);
    PlxError e = {0};
    *h = (RunHost){.session = s, .source = folder_of(s->arena, source), .out = out, .from = o->from,
                   .terminal = isatty(STDERR_FILENO), .begin = host_seconds()};
    h->table = (Host){.user = h, .compile = host_compile, .run = host_run, .tensor = host_tensor, .drop = host_drop,
                      .load = host_load, .save = host_save, .log = host_log,
                      .plot = host_plot, .print = host_print, .expect = host_expect, .stop = host_stop, .owns = host_owns, .now = host_now};
    if (!is_folder(h, o->from) || !host_folder(h, out))
        return NULL;
    h->pool = plx_pool_new(o->threads, &e);
    if (!h->pool) {
        host_fail(h, code_of(&e), SPAN_NONE, e.text);
        return NULL;
    }
    plx_ctx_init(&h->ctx, h->pool, NULL);
    if (!o->interpret && !(h->jit = jit_new())) {
        diag_report(h->session->diags, DIAG_E0804, SPAN_NONE, "LLVM makes no code for this machine");
        diag_help(diags_last(h->session->diags), "`plexus run --interpret` runs without");
        h->session->failed = true;
        plx_pool_free(h->pool);
        return NULL;
    }
    interrupted_run = h;
    signal(SIGINT, on_interrupt);
    signal(SIGTERM, on_interrupt);
    return h;
}

const Host *host_table(const RunHost *h) { return &h->table; }

bool host_end(RunHost *h, bool done)
{
    PlxError e = {0};
    bool     ok = h->failed_expects == 0;
    signal(SIGINT, SIG_DFL);
    signal(SIGTERM, SIG_DFL);
    interrupted_run = NULL;
    if (!show_end(h, &e)) {
        host_fail(h, DIAG_E0803, SPAN_NONE, e.text);
        done = false;
    }
    keeping_end(h, done);
    for (int i = 0; i < h->steps.n; i++)
        step_free(h->steps.at[i]);
    if (h->jit)
        jit_free(h->jit);
    host_tell_unsettled(h);
    plx_ctx_free(&h->ctx);
    plx_pool_free(h->pool);
    return ok;
}
