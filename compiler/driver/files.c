// Files of a run: read beside the source, from an earlier run or from this one; written in the run's folder.
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "driver/runhost.h"
#include "sema/bounded.h"

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

bool host_owns(void *user, const char *path)
{
    const RunHost *h = user;
    for (int i = 0; i < h->saved.n; i++)
        if (!strcmp(h->saved.at[i], path))
            return true;
    return false;
}

// What this run has saved, else the file of --from, else the one beside the source, else one left in the run's folder.
static const char *find_file(RunHost *h, const char *path)
{
    const char *const folder[] = {host_owns(h, path) ? h->out : NULL, h->from, h->source, h->out};
    for (size_t i = 0; i < sizeof folder / sizeof *folder; i++) {
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
    PlxWant w = {.name = f->name, .elem = is_text(path) ? PLX_ELEM_COUNT : (PlxElem)f->elem, .rank = f->n,
                 .columns = f->columns, .column_count = f->ncolumns};
    for (int i = 0; i < f->n && i < PLX_MAX_RANK; i++) {
        w.axis[i] = f->ax[i]->name;
        if (axis_is_bounded(f->ax[i]) || !size_is_const(f->ax[i]->size, &w.dim[i]))
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
        return host_fail(h, code_of(&e), where, e.text);
    for (int64_t i = 0, n = plx_tensor_count(t); i < n; i++)
        ((int64_t *)wide.data)[i] = ((const uint8_t *)t->data)[i];
    plx_tensor_free(t);
    *t = wide;
    return true;
}

static bool take_tensors(RunHost *h, const LoadField *field, int n, PlxTensor *t, HostTensor **out, Span where)
{
    bool ok = true;
    for (int i = 0; i < n; i++) {
        ok = ok && widen_bytes(h, &t[i], field[i].elem, where);
        out[i] = ok ? host_header(h, &t[i], field[i].ax) : NULL;
        ok = ok && out[i];
    }
    for (int i = 0; i < n; i++)
        plx_tensor_free(&t[i]);
    return ok;
}

// What went wrong with a file that is read, and what to do about it.
static bool load_failed(RunHost *h, const PlxError *e, Span where)
{
    static const char *const help[] = {
        [PLX_ERR_FORMAT] = "its ending says what a file is; is it whole, and of that kind?",
        [PLX_ERR_TYPE] = "write the type that the file has, and convert what is loaded (`f32(x)`, `int(x)`); or mend the file",
        [PLX_ERR_SHAPE] = "write names and axes as the file has them, in its order; an axis that is open (`axis n`) takes its size from there",
        [PLX_ERR_VALUE] = "mend it in the file, or leave that field out of the type",
        [PLX_ERR_MEMORY] = "load less of it at once",
        [PLX_ERR_SIZE] = "load less of it at once",
        [PLX_ERR_LIMIT] = "load less of it at once",
        [PLX_ERR_CANCELLED] = NULL,
    };
    host_fail(h, code_of(e), where, e->text);
    Diag *d = diags_last(h->session->diags);
    if (e->code == PLX_ERR_FILE)
        diag_help(d, "files are looked for beside the source (`%s`), in the folder of `--from`, and in the run's own (`%s`)", h->source, h->out);
    else if (help[e->code])
        diag_help(d, "%s", help[e->code]);
    return false;
}

bool host_load(void *user, const char *path, const LoadField *field, int n, HostTensor **out, Span where)
{
    RunHost   *h = user;
    PlxError   e = {0};
    if (!inside(h, path, where))
        return false;
    PlxWant   *want = calloc((size_t)n + 1, sizeof *want);
    PlxTensor *t = calloc((size_t)n + 1, sizeof *t);
    bool       ok = (want && t) || host_fail(h, DIAG_E0804, where, "out of memory");
    for (int i = 0; ok && i < n; i++) {
        ok = field[i].n <= PLX_MAX_RANK || host_fail(h, DIAG_E0804, where, "a tensor of more than 16 axes cannot be loaded");
        want[i] = want_of(&field[i], path);
    }
    ok = ok && (plx_load(find_file(h, path), want, n, t, &e) || load_failed(h, &e, where));
    ok = ok && take_tensors(h, field, n, t, out, where);
    free(want);
    free(t);
    return ok;
}

// ---- saving, by the path's ending ----

typedef bool SaveFn(const char *path, const PlxField *field, int n, PlxError *e);

static bool save_safetensors(const char *path, const PlxField *field, int n, PlxError *e)
{
    return plx_safetensors_save(path, field, n, NULL, 0, e);
}

static bool one(const char *path, int n, PlxError *e)
{
    e->code = PLX_ERR_FORMAT;
    snprintf(e->text, sizeof e->text, "%.300s: holds one tensor; this has %d", path, n);
    return n == 1;
}

static bool save_npy(const char *path, const PlxField *field, int n, PlxError *e)
{
    return one(path, n, e) && plx_npy_save(path, &field->tensor, e);
}

static bool save_idx(const char *path, const PlxField *field, int n, PlxError *e)
{
    return one(path, n, e) && plx_idx_save(path, &field->tensor, e);
}

static const struct {
    const char *ending;
    SaveFn     *save;
    bool        models;
} formats[] = {
    {".safetensors", save_safetensors, true}, {".npz", plx_npz_save, false}, {".npy", save_npy, false},
    {".csv", plx_csv_save, false},            {".idx", save_idx, false},     {"-ubyte", save_idx, false},
};

static SaveFn *format_of(RunHost *h, const char *path, bool model, Span where)
{
    size_t n = strlen(path), count = sizeof formats / sizeof *formats, i = 0, k;
    while (i < count && (n < (k = strlen(formats[i].ending)) || strcmp(path + n - k, formats[i].ending) != 0))
        i++;
    if (i < count && (!model || formats[i].models))
        return formats[i].save;
    if (i < count)
        diag_report(h->session->diags, DIAG_E0803, where, "a model is saved as `NAME.safetensors`; `%s` is none", path);
    else
        diag_report(h->session->diags, DIAG_E0803, where, "`%s` ends in none of .safetensors, .npz, .npy, .csv, .idx", path);
    diag_help(diags_last(h->session->diags), "models are saved as .safetensors, tensors as .npy, records as .npz or .csv");
    return NULL;
}

static void has_saved(RunHost *h, const char *path)
{
    if (!host_owns(h, path))
        vec_push(h->session->arena, &h->saved, arena_strndup(h->session->arena, path, strlen(path)));
}

bool host_save(void *user, const char *path, const char *const *name, HostTensor *const *t, int n, bool model, Span where)
{
    RunHost *h = user;
    PlxError e = {0};
    SaveFn  *save = inside(h, path, where) ? format_of(h, path, model, where) : NULL;
    if (!save)
        return false;
    PlxField *field = calloc((size_t)n + 1, sizeof *field);
    Buf       full = {0};
    buf_printf(&full, "%s/%s", h->out, path);
    keeping_before_save(h, path);
    for (int i = 0; field && i < n; i++)
        field[i] = (PlxField){name[i], as_runtime(t[i])};
    bool ok = field ? save(full.at, field, n, &e) || host_fail(h, DIAG_E0803, where, e.text)
                    : host_fail(h, DIAG_E0804, where, "out of memory");
    if (ok)
        has_saved(h, path);
    buf_free(&full);
    free(field);
    return ok;
}

bool host_plot(void *user, const char *path, const Plot *p, Span where)
{
    static const PlxPlotKind kind[] = {PLX_PLOT_LINES, PLX_PLOT_POINTS, PLX_PLOT_HISTOGRAM, PLX_PLOT_HEAT, PLX_PLOT_IMAGES};
    RunHost  *h = user;
    PlxError  e = {0};
    PlxSeries series[64];
    Buf       full = {0};
    PlxPlot   plot = {kind[p->kind], p->title, p->x_label, p->y_label, series, p->nseries, p->bins,
                      p->value, p->images, p->rows, p->columns, p->coloured};
    if (!inside(h, path, where))
        return false;
    for (int i = 0; i < p->nseries && i < 64; i++)
        series[i] = (PlxSeries){p->series[i].name, p->series[i].x, p->series[i].y, p->series[i].n};
    buf_printf(&full, "%s/%s", h->out, path);
    keeping_before_save(h, path);
    bool ok = plx_plot(full.at, &plot, &e) || host_fail(h, DIAG_E0803, where, e.text);
    if (ok)
        has_saved(h, path);
    buf_free(&full);
    return ok;
}
