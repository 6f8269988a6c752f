// Compiled models: a state, made or loaded, and calls that check what they are given.
#include "formula.h"
#include "internal.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct PlxModel {
    const PlxModelInfo *info;
    PlxPool   *pool;
    PlxCtx     ctx;
    int64_t    seed, turn;
    PlxTensor *state;
    void     **next;       // by change: where it is written when the state must stay until all went well
    int64_t   *open;       // open sizes, then the sizes of what is given
    int64_t   *sizes;      // what a step takes of them
    void     **in, **out;
};

// ---- beginning and end ----

static int most(int a, int b) { return a > b ? a : b; }

static int given_sizes(const PlxPort *p, int n)
{
    int all = 0;
    for (int i = 0; i < n; i++)
        all += p[i].rank;
    return all;
}

static void *table(size_t n, size_t size, bool *ok)
{
    void *p = calloc(n + 1, size);
    *ok = *ok && p;
    return p;
}

static PlxModel *model_begin(const PlxModelInfo *info, int threads, PlxError *err)
{
    PlxModel *m = calloc(1, sizeof *m);
    bool      ok = m != NULL;
    if (ok) {
        int sizes = most(given_sizes(info->state, info->state_count), given_sizes(info->in, info->in_count));
        m->info = info;
        m->state = table((size_t)info->state_count, sizeof *m->state, &ok);
        m->next = table((size_t)info->change_count, sizeof *m->next, &ok);
        m->open = table((size_t)(info->open_count + sizes), sizeof *m->open, &ok);
        m->sizes = table((size_t)most(info->first_size_count, info->run_size_count), sizeof *m->sizes, &ok);
        m->in = table((size_t)(info->state_count + info->in_count + 2), sizeof *m->in, &ok);
        m->out = table((size_t)(info->state_count + info->out_count + info->change_count), sizeof *m->out, &ok);
    }
    if (!ok)
        plx_error(err, PLX_ERR_MEMORY, "out of memory");
    if (ok && (m->pool = plx_pool_new(threads, err)) != NULL) {
        plx_ctx_init(&m->ctx, m->pool, NULL);
        return m;
    }
    plx_model_close(m);
    return NULL;
}

void plx_model_close(PlxModel *m)
{
    if (!m)
        return;
    if (m->pool) {
        plx_ctx_free(&m->ctx);
        plx_pool_free(m->pool);
    }
    for (int i = 0; m->state && i < m->info->state_count; i++)
        plx_tensor_free(&m->state[i]);
    for (int i = 0; m->next && i < m->info->change_count; i++)
        free(m->next[i]);
    free(m->state);
    free(m->next);
    free(m->open);
    free(m->sizes);
    free(m->in);
    free(m->out);
    free(m);
}

// ---- the state ----

// Room for what changes, where the state must stay as it is until a call has succeeded.
static bool make_room(PlxModel *m, PlxError *err)
{
    const PlxModelInfo *info = m->info;
    for (int i = 0; info->may_fail && i < info->change_count; i++) {
        int64_t bytes = plx_tensor_bytes(&m->state[info->change[i]]);
        if (bytes && !(m->next[i] = plx_block(bytes, err)))
            return false;
    }
    return true;
}

static bool state_sizes_fit(PlxModel *m, PlxError *err)
{
    return plx_sizes_range(m->info, true, m->open, err) && plx_sizes_meet(m->info, true, m->open, err);
}

static const int64_t *sizes_for(PlxModel *m, const int *which, int n)
{
    for (int i = 0; i < n; i++)
        m->sizes[i] = m->open[which[i]];
    return m->sizes;
}

static bool fill_first(PlxModel *m, PlxError *err)
{
    const PlxModelInfo *info = m->info;
    int64_t             dim[PLX_MAX_RANK], count;
    for (int i = 0; i < info->state_count; i++) {
        const PlxPort *p = &info->state[i];
        if (!plx_port_sizes(p, m->open, dim, &count, err) || !plx_tensor_new(&m->state[i], p->elem, p->rank, dim, err))
            return false;
        m->out[i] = m->state[i].data;
    }
    m->in[0] = &m->seed;
    if (!info->first || info->first(&m->ctx, sizes_for(m, info->first_size, info->first_size_count), m->in, m->out) == 0)
        return true;
    *err = m->ctx.error;
    return false;
}

PlxModel *plx_model_new(const PlxModelInfo *info, int64_t seed, const int64_t *size, int threads, PlxError *err)
{
    PlxModel *m = model_begin(info, threads, err);
    if (!m)
        return NULL;
    m->seed = seed;
    for (int i = 0, k = 0; i < info->open_count; i++)
        if (info->open[i].state)
            m->open[i] = size[k++];
    if (state_sizes_fit(m, err) && fill_first(m, err) && make_room(m, err))
        return m;
    plx_model_close(m);
    return NULL;
}

// The name in a file of the tensor `name` as one of `part`; NULL: it is none.
static const char *name_in(const char *name, const char *part)
{
    size_t n = part ? strlen(part) : 0;
    if (!part)
        return name;
    if (!strcmp(name, part))
        return "value";
    return !strncmp(name, part, n) && name[n] == '.' ? name + n + 1 : NULL;
}

static bool no_part(const PlxModel *m, const char *part, PlxError *err)
{
    return plx_error(err, PLX_ERR_FORMAT, "the state of `%s` has no part `%s`", m->info->name, part ? part : "");
}

bool plx_model_save(const PlxModel *m, const char *part, const char *path, PlxError *err)
{
    const PlxModelInfo *info = m->info;
    PlxField           *field = calloc((size_t)info->state_count + 1, sizeof *field);
    char                seed[32];
    int                 n = 0;
    if (!field)
        return plx_error(err, PLX_ERR_MEMORY, "out of memory");
    for (int i = 0; i < info->state_count; i++) {
        const char *name = name_in(info->state[i].name, part);
        if (name)
            field[n++] = (PlxField){name, m->state[i]};
    }
    snprintf(seed, sizeof seed, "%" PRId64, m->seed);
    PlxText text = {"plexus.seed", seed};
    bool    ok = n || !part ? plx_safetensors_save(path, field, n, &text, part ? 0 : 1, err) : no_part(m, part, err);
    free(field);
    return ok;
}

// The file's tensors are those of the part: names, element types, ranks; their sizes go behind the open ones.
static bool find_tensors(const PlxModel *m, const char *part, const PlxFile *f, const char *path, PlxError *err)
{
    const PlxModelInfo *info = m->info;
    int64_t            *at = m->open + info->open_count;
    bool                any = info->state_count == 0;
    for (int i = 0; i < info->state_count; at += info->state[i++].rank) {
        const PlxPort   *p = &info->state[i];
        const char      *name = name_in(p->name, part);
        const PlxTensor *t = name ? plx_file_find(f, name) : NULL;
        any = any || name;
        if (!name)
            continue;
        if (!t)
            return plx_error(err, PLX_ERR_FORMAT, "%s: there is no tensor `%s`", path, name);
        if (t->elem != p->elem || t->rank != p->rank)
            return plx_error(err, PLX_ERR_SHAPE, "%s: `%s` is %s with %d axes there; the model needs %s with %d", path, name,
                             plx_elem_name(t->elem), t->rank, plx_elem_name(p->elem), p->rank);
        memcpy(at, t->dim, sizeof *at * (size_t)t->rank);
    }
    return any || no_part(m, part, err);
}

static bool tensors_fit(const PlxModel *m, const char *part, const PlxFile *f, PlxError *err)
{
    const PlxModelInfo *info = m->info;
    for (int i = 0; i < info->state_count; i++) {
        const PlxPort   *p = &info->state[i];
        const char      *name = name_in(p->name, part);
        const PlxTensor *t = name ? plx_file_find(f, name) : NULL;
        if (t && (!plx_port_fits(p, t->dim, info->load, info->load_count, m->open, err) ||
                  !plx_port_holds(p, m->open, t->data, plx_tensor_count(t), err)))
            return false;
    }
    return true;
}

static void read_seed(PlxModel *m, const PlxFile *f)
{
    const char *text = plx_file_text(f, "plexus.seed");
    if (text)
        m->seed = strtoll(text, NULL, 10);
}

bool plx_model_load(PlxModel *m, const char *part, const char *path, PlxError *err)
{
    PlxFile f = {0};
    if (!plx_safetensors_load(path, &f, err))
        return false;
    bool ok = find_tensors(m, part, &f, path, err) && tensors_fit(m, part, &f, err);
    for (int i = 0; ok && i < m->info->state_count; i++) {
        const char      *name = name_in(m->info->state[i].name, part);
        const PlxTensor *t = name ? plx_file_find(&f, name) : NULL;
        if (t && plx_tensor_bytes(t))
            memcpy(m->state[i].data, t->data, (size_t)plx_tensor_bytes(t));
    }
    if (ok && !part)
        read_seed(m, &f);
    plx_file_free(&f);
    return ok;
}

static bool take_file(PlxModel *m, PlxFile *f, const char *path, PlxError *err)
{
    const PlxModelInfo *info = m->info;
    if (!find_tensors(m, NULL, f, path, err) || !plx_sizes_solve(info, info->load, info->load_count, m->open, err) ||
        !state_sizes_fit(m, err) || !tensors_fit(m, NULL, f, err))
        return false;
    for (int i = 0; i < info->state_count; i++) {
        const PlxTensor *t = plx_file_find(f, info->state[i].name);
        if (!plx_tensor_new(&m->state[i], t->elem, t->rank, t->dim, err))
            return false;
        if (plx_tensor_bytes(t))
            memcpy(m->state[i].data, t->data, (size_t)plx_tensor_bytes(t));
    }
    read_seed(m, f);
    return make_room(m, err);
}

PlxModel *plx_model_open(const PlxModelInfo *info, const char *path, int threads, PlxError *err)
{
    PlxFile   f = {0};
    PlxModel *m = model_begin(info, threads, err);
    if (m && info->state_count == 0 && !path)
        return m;
    if (m && plx_safetensors_load(path, &f, err) && take_file(m, &f, path, err)) {
        plx_file_free(&f);
        return m;
    }
    plx_file_free(&f);
    plx_model_close(m);
    return NULL;
}

// ---- one tensor of the state ----

static int find_path(const PlxModel *m, const char *path)
{
    int i = 0;
    while (i < m->info->state_count && strcmp(m->info->state[i].name, path) != 0)
        i++;
    return i < m->info->state_count ? i : -1;
}

const char *plx_model_path(const PlxModel *m, int i)
{
    return i >= 0 && i < m->info->state_count ? m->info->state[i].name : NULL;
}

int64_t plx_model_count(const PlxModel *m, const char *path)
{
    int i = find_path(m, path);
    return i < 0 ? -1 : plx_tensor_count(&m->state[i]);
}

static bool check_path(const PlxModel *m, const char *path, int64_t count, int *i, PlxError *err)
{
    *i = find_path(m, path);
    if (*i < 0)
        return plx_error(err, PLX_ERR_FORMAT, "the state of `%s` has no tensor `%s`", m->info->name, path);
    int64_t have = plx_tensor_count(&m->state[*i]);
    char    text[256];
    if (have == count)
        return true;
    plx_port_text(&m->info->state[*i], m->state[*i].dim, text, sizeof text);
    return plx_error(err, PLX_ERR_SHAPE, "%s has %" PRId64 " elements; %" PRId64 " are given", text, have, count);
}

bool plx_model_get(const PlxModel *m, const char *path, void *data, int64_t count, PlxError *err)
{
    int i;
    if (!check_path(m, path, count, &i, err))
        return false;
    if (count)
        memcpy(data, m->state[i].data, (size_t)plx_tensor_bytes(&m->state[i]));
    return true;
}

bool plx_model_set(PlxModel *m, const char *path, const void *data, int64_t count, PlxError *err)
{
    int i;
    if (!check_path(m, path, count, &i, err) || !plx_port_holds(&m->info->state[i], m->open, data, count, err))
        return false;
    if (count)
        memcpy(m->state[i].data, data, (size_t)plx_tensor_bytes(&m->state[i]));
    return true;
}

// ---- calls ----

static bool take_sizes(PlxModel *m, const int64_t *size, const int64_t *const *in_size, PlxError *err)
{
    const PlxModelInfo *info = m->info;
    int64_t            *at = m->open + info->open_count;
    for (int i = 0; i < info->in_count; i++)
        for (int k = 0; k < info->in[i].rank; k++, at++) {
            *at = in_size[i][k];
            if (*at < 0 || *at > PLX_LARGEST_SIZE)
                return plx_error(err, PLX_ERR_SIZE, "axis `%s` has %" PRId64 " positions in `%s`", info->in[i].axis[k], *at,
                                 info->in[i].name);
        }
    for (int i = 0, k = 0; i < info->open_count; i++)
        if (info->open[i].given)
            m->open[i] = size[k++];
    return plx_sizes_solve(info, info->solve, info->solve_count, m->open, err);
}

static bool sizes_fit(const PlxModel *m, const int64_t *const *in_size, PlxError *err)
{
    const PlxModelInfo *info = m->info;
    for (int i = 0; i < info->in_count; i++)
        if (!plx_port_fits(&info->in[i], in_size[i], info->solve, info->solve_count, m->open, err))
            return false;
    return plx_sizes_range(info, false, m->open, err) && plx_sizes_meet(info, false, m->open, err);
}

static bool take_arguments(PlxModel *m, const void *const *in, PlxError *err)
{
    const PlxModelInfo *info = m->info;
    int64_t             dim[PLX_MAX_RANK], count;
    void              **to = m->in + info->state_count;
    for (int i = 0; i < info->in_count; i++) {
        const PlxPort *p = &info->in[i];
        if (!plx_port_sizes(p, m->open, dim, &count, err) || !plx_port_holds(p, m->open, in[i], count, err))
            return false;
        *to++ = (void *)(uintptr_t)in[i]; // the step only reads it
    }
    if (info->takes_turn)
        *to++ = &m->turn;
    if (info->takes_seed)
        *to = &m->seed;
    return true;
}

static bool take_places(PlxModel *m, void *const *out, const int64_t *out_count, PlxError *err)
{
    const PlxModelInfo *info = m->info;
    int64_t             dim[PLX_MAX_RANK], count;
    char                text[256];
    for (int i = 0; i < info->out_count; i++) {
        const PlxPort *p = &info->out[i];
        if (!plx_port_sizes(p, m->open, dim, &count, err))
            return false;
        m->out[i] = out[i];
        if (count == out_count[i])
            continue;
        plx_port_text(p, dim, text, sizeof text);
        return plx_error(err, PLX_ERR_SHAPE, "%s has %" PRId64 " elements; there is room for %" PRId64, text, count, out_count[i]);
    }
    for (int i = 0; i < info->change_count; i++)
        m->out[info->out_count + i] = info->may_fail ? m->next[i] : m->state[info->change[i]].data;
    return true;
}

bool plx_model_result(PlxModel *m, int i, const int64_t *size, const int64_t *const *in_size, int64_t *dim, PlxError *err)
{
    int64_t count;
    return take_sizes(m, size, in_size, err) && sizes_fit(m, in_size, err) &&
           plx_port_sizes(&m->info->out[i], m->open, dim, &count, err);
}

bool plx_model_run(PlxModel *m, int64_t turn, const int64_t *size, const void *const *in, const int64_t *const *in_size,
                   void *const *out, const int64_t *out_count, PlxError *err)
{
    const PlxModelInfo *info = m->info;
    m->turn = turn;
    if (!take_sizes(m, size, in_size, err) || !sizes_fit(m, in_size, err) || !take_arguments(m, in, err) ||
        !take_places(m, out, out_count, err))
        return false;
    for (int i = 0; i < info->state_count; i++)
        m->in[i] = m->state[i].data;
    plx_ctx_reset(&m->ctx);
    if (info->run(&m->ctx, sizes_for(m, info->run_size, info->run_size_count), m->in, m->out) != 0) {
        *err = m->ctx.error;
        return false;
    }
    for (int i = 0; info->may_fail && i < info->change_count; i++) {
        void *old = m->state[info->change[i]].data;
        m->state[info->change[i]].data = m->next[i];
        m->next[i] = old;
    }
    return true;
}

const PlxUnsettled *plx_model_unsettled(const PlxModel *m, int i)
{
    return i >= 0 && i < m->ctx.places ? &m->ctx.unsettled[i] : NULL;
}
