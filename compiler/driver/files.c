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
    PlxWant w = {.name = f->name, .elem = is_text(path) ? PLX_ELEM_COUNT : (PlxElem)f->elem, .rank = f->n};
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

bool host_load(void *user, const char *path, const LoadField *field, int n, HostTensor **out, Span where)
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
            return host_fail(h, DIAG_E0804, where, "a tensor of more than 16 axes cannot be loaded");
        want[i] = want_of(&field[i], path);
    }
    if (!plx_load(full, want, n, t, &e))
        return host_fail(h, code_of(&e), where, e.text);
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

static bool ends_with(const char *s, const char *end)
{
    size_t n = strlen(s), k = strlen(end);
    return n >= k && !strcmp(s + n - k, end);
}

bool host_save(void *user, const char *path, const char *const *name, HostTensor *const *t, int n, bool model, Span where)
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
    keeping_before_save(h, path);
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
    if (ok && !host_owns(h, path))
        vec_push(h->session->arena, &h->saved, arena_strndup(h->session->arena, path, strlen(path)));
    return ok || host_fail(h, DIAG_E0803, where, e.text);
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
    host_fail(h, DIAG_E0802, where, b.at);
    buf_free(&b);
    return false;
}

bool host_load_model(void *user, const char *path, const char *const *name, HostTensor *const *t, int n, Span where)
{
    RunHost *h = user;
    PlxError e = {0};
    PlxFile  f = {0};
    if (!inside(h, path, where))
        return false;
    const char *full = find_file(h, path);
    if (!plx_safetensors_load(full, &f, &e))
        return host_fail(h, code_of(&e), where, e.text);
    bool ok = true;
    for (int i = 0; i < n && ok; i++) {
        const PlxTensor *p = plx_file_find(&f, name[i]);
        if (!p)
            ok = host_fail(h, DIAG_E0802, where, arena_printf(h->session->arena, "%s has no tensor `%s`", full, name[i]));
        else if (!shape_is(t[i], p))
            ok = wrong_shape(h, full, name[i], t[i], p, where);
        else if (t[i]->count)
            memcpy(t[i]->data, p->data, (size_t)plx_tensor_bytes(p));
    }
    if (ok && f.count != n)
        ok = host_fail(h, DIAG_E0802, where, arena_printf(h->session->arena, "%s holds %d tensors, and the model has %d", full, f.count, n));
    plx_file_free(&f);
    return ok;
}

