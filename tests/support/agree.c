#include "support/agree.h"

#include <dlfcn.h>
#include <math.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/mix.h"
#include "driver/oracle.h"
#include "emit/emit.h"
#include "ir/region.h"
#include "opt/opt.h"
#include "sema/experiment.h"
#include "support/agree_sizes.h"
#include "support/random_source.h"

enum { MOST_TENSORS = 256, MOST_AHEAD = 4096 };

typedef int StepFunction(PlxCtx *ctx, const int64_t *sizes, void *const *in, void *const *out);

// A step's inputs and outputs, kept to be compared with those of the shared library.
typedef struct {
    int64_t program;
    int     nin, nout;
    void   *in[MOST_TENSORS], *out[MOST_TENSORS];
    size_t  bytes[MOST_TENSORS];
} Kept;

struct Agree {
    const char *stdlib, *folder;
    int         level;
    Jit        *jit;
    PlxPool    *pool[2];
    PlxCtx      ctx[2];
    Kept       *kept[MOST_AHEAD];
    char        symbol[MOST_AHEAD][32];
    int         nkept;
    int64_t     programs;
    AgreeCounts counts;
    int         libraries;
    // of the program at hand
    Arena      *a;
    Diags      *diags;
    VEC(Step *) steps;
    const char *wrong;
};

typedef struct {
    const Program *plain;
    Step          *fused, *apart;
    bool           narrow, half;   // it computes in f32; in 16 bits
    int            kept;   // its number in the shared library; -1: not there
} Compiled;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static bool say(Agree *g, const char *what)
{
    if (!g->wrong)
        g->wrong = what;
    return false;
}

// ---- compiling ----

static bool region_has(const Region *r, Elem e)
{
    bool any = false;
    for (int i = 0; i < r->nodes.n; i++) {
        const Node *n = r->nodes.at[i];
        any = any || n->type.elem == e;
        for (int k = 0; k < 2; k++)
            any = any || (n->body[k] && region_has(n->body[k], e));
    }
    return any;
}

static const char *object_path(Agree *g, int i) { return arena_printf(g->a, "%s/step%d.o", g->folder, i); }

static bool write_object(Agree *g, const Buf *b)
{
    FILE *f = fopen(object_path(g, g->nkept), "wb");
    bool  ok = f && fwrite(b->at, 1, b->n, f) == b->n;
    return f && !fclose(f) && ok;
}

// Every so often it is made as `plexus build` makes it; else it is what has been loaded.
static int keep_object(Agree *g, Compiled *c, const Program *q, const StepOptions *how, Buf *object)
{
    bool        alone = g->programs % 16 == 0;
    const char *symbol = alone ? arena_printf(g->a, "plexus_ahead_%d", g->nkept) : step_symbol(c->fused);
    if (g->nkept == MOST_AHEAD)
        return -1;
    if (alone) {
        object->n = 0;
        emit_object(q, symbol, how, g->diags, object);
    }
    snprintf(g->symbol[g->nkept], sizeof g->symbol[0], "%s", symbol);
    return write_object(g, object) ? g->nkept++ : -1;
}

static void *compile(void *user, const Program *p, Span where)
{
    Agree      *g = user;
    Compiled   *c = ARENA_NEW(g->a, Compiled);
    double      start = now();
    (void)where;
    const char *bug = program_verify(p);
    if (bug) {
        say(g, arena_printf(g->a, "verify: a program that the compiler built is wrong: %s", bug));
        return NULL;
    }
    const Program *q = opt_simplify(p);
    if ((bug = program_verify(q))) {
        say(g, arena_printf(g->a, "simplify: the simplified program is wrong: %s", bug));
        return NULL;
    }
    c->plain = program_live(p);
    c->narrow = region_has(p->main, ELEM_F32);
    c->half = region_has(p->main, ELEM_F16) || region_has(p->main, ELEM_BF16);
    Buf         object = {0};
    StepOptions how = {.level = g->programs % 16 == 0 ? 0 : g->level, .verify = true, .object = &object};
    c->fused = step_compile(g->jit, q, &how, g->diags);
    c->apart = step_compile(g->jit, q, &(StepOptions){.level = -1, .apart = true, .verify = true}, g->diags);
    c->kept = c->fused && c->apart ? keep_object(g, c, q, &how, &object) : -1;
    buf_free(&object);
    g->counts.compile += now() - start;
    vec_push(g->a, &g->steps, c->fused);
    vec_push(g->a, &g->steps, c->apart);
    if (!c->fused || !c->apart)
        say(g, "compile: a step does not compile");
    return c->fused && c->apart ? c : NULL;
}

// ---- tensors ----

static HostTensor *tensor_of(Agree *g, Elem elem, Axis *const *ax, int n, const int64_t *dim)
{
    HostTensor *t = ARENA_NEW(g->a, HostTensor);
    *t = (HostTensor){.elem = elem, .n = n, .count = 1, .ax = ARENA_ARRAY(g->a, Axis *, n + 1), .dim = ARENA_ARRAY(g->a, int64_t, n + 1)};
    for (int i = 0; i < n; i++) {
        t->ax[i] = ax[i];
        t->dim[i] = dim[i];
        t->count *= dim[i];
    }
    t->data = arena_alloc(g->a, (size_t)t->count * (size_t)elem_bytes(elem) + 64);
    memset(t->data, 0, (size_t)t->count * (size_t)elem_bytes(elem));
    return t;
}

static HostTensor *tensor(void *user, Elem elem, Axis *const *ax, int n, bool hollow, Span where)
{
    Agree  *g = user;
    int64_t dim[64];
    (void)where, (void)hollow;
    for (int i = 0; i < n; i++)
        if (n > 64 || !size_is_const(ax[i]->size, &dim[i]))
            return say(g, "size: an axis of a tensor has no size"), NULL;
    return tensor_of(g, elem, ax, n, dim);
}

static void drop(void *user, HostTensor *t)
{
    (void)user;
    (void)t;
}

static double number_at(const HostTensor *t, int64_t i)
{
    switch (t->elem) {
    case ELEM_F64: return ((const double *)t->data)[i];
    case ELEM_F32: return (double)((const float *)t->data)[i];
    case ELEM_I64: return (double)((const int64_t *)t->data)[i];
    case ELEM_I32: return ((const int32_t *)t->data)[i];
    case ELEM_I8: return ((const int8_t *)t->data)[i];
    default: return ((const uint8_t *)t->data)[i];
    }
}

static void put_at(HostTensor *t, int64_t i, const char *path)
{
    if (t->elem == ELEM_F64)
        ((double *)t->data)[i] = random_data_real(path, i);
    else if (t->elem == ELEM_F32)
        ((float *)t->data)[i] = (float)random_data_real(path, i);
    else if (t->elem == ELEM_I64)
        ((int64_t *)t->data)[i] = random_data_whole(path, i);
    else
        ((uint8_t *)t->data)[i] = random_data_whole(path, i) % 2 != 0;
}

static bool load(void *user, const char *path, const LoadField *field, int n, HostTensor **out, Span where)
{
    Agree *g = user;
    (void)where;
    for (int k = 0; k < n; k++) {
        int64_t dim[64];
        for (int i = 0; i < field[k].n && i < 64; i++)
            if (!size_is_const(field[k].ax[i]->size, &dim[i]))
                dim[i] = random_data_size(path, field[k].ax[i]->name);
        out[k] = tensor_of(g, field[k].elem, field[k].ax, field[k].n, dim);
        for (int64_t i = 0; i < out[k]->count; i++)
            put_at(out[k], i, path);
    }
    return true;
}

// ---- comparing ----

static size_t bytes_of(const HostTensor *t) { return (size_t)t->count * (size_t)elem_bytes(t->elem); }

static bool is_float(const HostTensor *t) { return t->elem == ELEM_F64 || t->elem == ELEM_F32; }

// The largest difference in units of the tensor's own size; inf where one is no number and the other is.
static double distance(const HostTensor *x, const HostTensor *y)
{
    double most = 0, scale = 1;
    for (int64_t i = 0; i < x->count; i++)
        if (isfinite(number_at(x, i)))
            scale = fmax(scale, fabs(number_at(x, i)));
    for (int64_t i = 0; i < x->count; i++) {
        double a = number_at(x, i), b = number_at(y, i);
        if (a == b || (isnan(a) && isnan(b)))
            continue;
        if (!is_float(x) || !isfinite(a) || !isfinite(b))
            return INFINITY;
        most = fmax(most, fabs(a - b) / scale);
    }
    return most;
}

static HostTensor **like(Agree *g, HostTensor *const *t, int n, bool copied)
{
    HostTensor **out = ARENA_ARRAY(g->a, HostTensor *, n + 1);
    for (int i = 0; i < n; i++) {
        out[i] = tensor_of(g, t[i]->elem, t[i]->ax, t[i]->n, t[i]->dim);
        if (copied)
            memcpy(out[i]->data, t[i]->data, bytes_of(t[i]));
    }
    return out;
}

// Moved inputs in the last digits: by how much does an output change?
static double sensitivity(Agree *g, const Compiled *c, HostTensor *const *in, int nin, HostTensor *const *want, int nout, int which)
{
    double most = 0, step = c->half ? 4e-3 : c->narrow ? 1e-6 : 1e-14;
    for (int turn = 0; turn < 3; turn++) {
        HostTensor **moved = like(g, in, nin, true), **out = like(g, want, nout, false);
        for (int k = 0; k < nin; k++)
            for (int64_t i = 0; i < moved[k]->count && is_float(moved[k]); i++) {
                double by = 1 + step * ((double)(mix64((uint64_t)turn, (uint64_t)(i * 64 + k)) % 2001) / 1000 - 1);
                if (moved[k]->elem == ELEM_F64)
                    ((double *)moved[k]->data)[i] *= by;
                else
                    ((float *)moved[k]->data)[i] = (float)((double)((float *)moved[k]->data)[i] * by);
            }
        if (!oracle_run(c->plain, moved, out, NULL))
            most = fmax(most, distance(want[which], out[which]));
    }
    return most;
}

static const char *first_difference(Agree *g, const HostTensor *x, const HostTensor *y)
{
    for (int64_t i = 0; i < x->count; i++) {
        double a = number_at(x, i), b = number_at(y, i);
        if (a != b && !(isnan(a) && isnan(b)))
            return arena_printf(g->a, "at %lld of %lld: %.17g and %.17g", (long long)i, (long long)x->count, a, b);
    }
    return "in bits";
}

// Within rounding, or else too sensitive to it.
static bool near(Agree *g, const Compiled *c, HostTensor *const *in, int nin, HostTensor *const *want, HostTensor *const *got, int n,
                 const char *who)
{
    double bound = c->half ? 2e-2 : c->narrow ? 1e-4 : 1e-9;
    for (int i = 0; i < n; i++) {
        double d = distance(want[i], got[i]);
        if (d <= bound)
            continue;
        if (d <= 100 * sensitivity(g, c, in, nin, want, n, i)) {
            g->counts.rough++;
            continue;
        }
        return say(g, arena_printf(g->a, "%s: output %d differs by %.3g, %s", who, i, d, first_difference(g, want[i], got[i])));
    }
    return true;
}

static bool same_bits(Agree *g, HostTensor *const *x, HostTensor *const *y, int n, const char *who)
{
    for (int i = 0; i < n; i++)
        if (memcmp(x[i]->data, y[i]->data, bytes_of(x[i])) != 0)
            return say(g, arena_printf(g->a, "%s: output %d: other bits, %s", who, i, first_difference(g, x[i], y[i])));
    return true;
}

// ---- running ----

static bool call(Agree *g, const Step *s, int pool, HostTensor *const *in, int nin, HostTensor *const *out, int nout)
{
    void *from[MOST_TENSORS], *to[MOST_TENSORS];
    for (int i = 0; i < nin; i++)
        from[i] = in[i]->data;
    for (int i = 0; i < nout; i++)
        to[i] = out[i]->data;
    plx_ctx_reset(&g->ctx[pool]);
    return step_run(s, &g->ctx[pool], NULL, from, to) == 0 ||
           say(g, arena_printf(g->a, "run: a step fails: %s", g->ctx[pool].error.text));
}

static void *copied(const HostTensor *t)
{
    void *p = aligned_alloc(64, (bytes_of(t) + 127) / 64 * 64);
    if (p)
        memcpy(p, t->data, bytes_of(t));
    return p;
}

static void keep(Agree *g, Compiled *c, HostTensor *const *in, int nin, HostTensor *const *out, int nout)
{
    if (c->kept < 0 || g->kept[c->kept])
        return;
    Kept *k = calloc(1, sizeof *k);
    k->program = g->programs;
    k->nin = nin;
    k->nout = nout;
    for (int i = 0; i < nin; i++)
        k->in[i] = copied(in[i]);
    for (int i = 0; i < nout; i++) {
        k->out[i] = copied(out[i]);
        k->bytes[i] = bytes_of(out[i]);
    }
    g->kept[c->kept] = k;
}

static bool run(void *user, void *step, HostTensor *const *in, int nin, HostTensor *const *out, int nout, Span where)
{
    Agree    *g = user;
    Compiled *c = step;
    (void)where;
    if (nin > MOST_TENSORS || nout > MOST_TENSORS)
        return say(g, "limit: too many tensors");
    HostTensor **given = like(g, in, nin, true), **got[3];  // an output may lie where an input does
    for (int i = 0; i < 3; i++)
        got[i] = like(g, out, nout, false);
    g->counts.steps++;
    if (!call(g, c->fused, 1, given, nin, got[0], nout) || !call(g, c->fused, 0, given, nin, got[1], nout) ||
        !call(g, c->apart, 1, given, nin, got[2], nout) || !same_bits(g, got[0], got[1], nout, "threads"))
        return false;
    keep(g, c, given, nin, got[0], nout);
    HostTensor **want = like(g, out, nout, false);
    double       start = now();
    const char  *wrong = oracle_run(c->plain, given, want, NULL);
    g->counts.interpret += now() - start;
    for (int i = 0; i < nout; i++)
        g->counts.apart_bits += memcmp(got[0][i]->data, got[2][i]->data, bytes_of(out[i])) != 0;
    if (wrong)
        return say(g, arena_printf(g->a, "interpreter: %s", wrong));
    bool ok = near(g, c, given, nin, want, got[0], nout, "compiled") && near(g, c, given, nin, want, got[2], nout, "unfused");
    for (int i = 0; i < nout; i++)
        memcpy(out[i]->data, got[0][i]->data, bytes_of(out[i]));
    return ok;
}

// ---- the rest of the world ----

// A slope along a direction: forward, back, and by differences of two widths, which say how far they can be trusted.
static bool log_slopes(void *user, const char *const *name, const double *v, int n, Span where)
{
    Agree *g = user;
    (void)where;
    if (n != 4 || strcmp(name[0], "forward") != 0)
        return true;
    double scale = 1 + fabs(v[0]);
    if (!(fabs(v[0] - v[1]) <= 1e-8 * scale))
        return say(g, arena_printf(g->a, "transpose: forward %.17g, in reverse %.17g", v[0], v[1]));
    double doubt = fabs(v[2] - v[3]);
    if (!(fabs(v[0] - v[2]) <= 1e-5 * scale + 10 * doubt))
        return say(g, arena_printf(g->a, "differences: forward %.17g, by differences %.17g and %.17g", v[0], v[2], v[3]));
    return true;
}

static void print(void *user, const char *text) { (void)user, (void)text; }

static void expect(void *user, bool holds, const char *claim, const char *figures, Span where)
{
    Agree *g = user;
    (void)where;
    if (!holds)
        say(g, arena_printf(g->a, "expect: %s (%s)", claim, figures));
}

static bool stop(void *user, Span where)
{
    (void)where;
    return ((Agree *)user)->wrong != NULL;
}

static bool owns(void *user, const char *path)
{
    (void)user, (void)path;
    return false;
}

static double time_now(void *user)
{
    (void)user;
    return 0;
}

// ---- one program ----

static const char *diagnostics(Agree *g, const Sources *sources, const char *what)
{
    Buf b = {0};
    diags_render(g->diags, sources, false, &b);
    const char *code = b.at ? strchr(b.at, '[') : NULL;  // "error[E0314]: …"
    const char *text = arena_printf(g->a, "%s %.5s: %s", what, code ? code + 1 : "", b.at ? b.at : "");
    buf_free(&b);
    return text;
}

static const char *write_source(Agree *g, const char *source)
{
    const char *path = arena_printf(g->a, "%s/program.plx", g->folder);
    FILE       *f = fopen(path, "w");
    if (f) {
        fputs(source, f);
        fclose(f);
    }
    return path;
}

const char *agree_run(Agree *g, Arena *a, const char *source, bool wide)
{
    Sources    *sources = sources_new(a);
    SemaOptions so = {.stdlib = g->stdlib, .real = wide ? ELEM_F64 : ELEM_F32};
    Host        host = {.user = g, .compile = compile, .run = run, .tensor = tensor, .drop = drop, .load = load,
                        .log = log_slopes, .print = print, .expect = expect, .stop = stop, .owns = owns, .now = time_now};
    g->a = a;
    g->wrong = NULL;
    memset(&g->steps, 0, sizeof g->steps);
    g->diags = diags_new(a);
    Sema   *s = sema_new(a, names_new(a), sources, g->diags, &so);
    Module *m = sema_load(s, write_source(g, source));
    if (m)
        sema_check(s, m);
    if (!m || diags_errors(g->diags))
        return g->programs++, diagnostics(g, sources, "check");
    Func *f = experiment_find(s, m, NULL, NULL, 0);
    bool  ok = f && experiment_run(s, m, f, &host, NULL, 0, 1);
    if (ok && !g->wrong && g->programs % 4 == 0)
        g->wrong = agree_sizes(a, s, m, g->jit, &g->ctx[1], g->diags);
    g->programs++;
    for (int i = 0; i < g->steps.n; i++)
        step_free(g->steps.at[i]);
    if (g->wrong)
        return g->wrong;
    if (ok && !diags_errors(g->diags))
        return NULL;
    return diagnostics(g, sources, "run");
}

// ---- ahead of time ----

static void kept_free(Kept *k)
{
    for (int i = 0; k && i < k->nin; i++)
        free(k->in[i]);
    for (int i = 0; k && i < k->nout; i++)
        free(k->out[i]);
    free(k);
}

static bool call_kept(Agree *g, void *library, int i)
{
    Kept         *k = g->kept[i];
    void         *out[MOST_TENSORS] = {0};
    StepFunction *f = (StepFunction *)(uintptr_t)dlsym(library, g->symbol[i]);
    bool          same = f != NULL;
    for (int j = 0; j < k->nout; j++)
        out[j] = aligned_alloc(64, (k->bytes[j] + 127) / 64 * 64);
    plx_ctx_reset(&g->ctx[1]);
    same = same && f(&g->ctx[1], NULL, k->in, out) == 0;
    for (int j = 0; j < k->nout; j++) {
        same = same && !memcmp(out[j], k->out[j], k->bytes[j]);
        free(out[j]);
    }
    g->counts.ahead++;
    return same;
}

const char *agree_ahead(Agree *g, Arena *a, int64_t *which)
{
    const char *library = arena_printf(a, "%s/ahead%d.so", g->folder, g->libraries), *cc = getenv("CC");
    const char *command = arena_printf(a, "%s -shared -o %s %s/step*.o && rm -f %s/step*.o", cc && *cc ? cc : "cc", library, g->folder, g->folder);
    double      start = now();
    g->a = a;
    g->wrong = NULL;
    if (g->nkept == 0)
        return NULL;
    void *l = system(command) ? NULL : dlopen(library, RTLD_NOW | RTLD_LOCAL);
    if (!l)
        say(g, arena_printf(a, "link: the objects do not link: %s", dlerror()));
    for (int i = 0; i < g->nkept; i++) {
        if (l && g->kept[i] && !g->wrong && !call_kept(g, l, i)) {
            say(g, "ahead: the shared library gives other bits");
            *which = g->kept[i]->program;
        }
        kept_free(g->kept[i]);
        g->kept[i] = NULL;
    }
    if (l)
        dlclose(l);
    unlink(library);
    g->nkept = 0;
    g->libraries++;
    g->counts.link += now() - start;
    return g->wrong;
}

// ---- the whole ----

Agree *agree_new(const char *stdlib, const char *folder, int level)
{
    Agree   *g = calloc(1, sizeof *g);
    PlxError e;
    if (!g)
        return NULL;
    *g = (Agree){.stdlib = stdlib, .folder = folder, .level = level, .jit = jit_new()};
    for (int i = 0; i < 2; i++) {
        g->pool[i] = plx_pool_new(i + 1, &e);
        plx_ctx_init(&g->ctx[i], g->pool[i], NULL);
    }
    return g->jit ? g : NULL;
}

void agree_free(Agree *g)
{
    for (int i = 0; i < 2; i++) {
        plx_ctx_free(&g->ctx[i]);
        plx_pool_free(g->pool[i]);
    }
    jit_free(g->jit);
    free(g);
}

AgreeCounts agree_counts(const Agree *g) { return g->counts; }
