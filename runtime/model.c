// Compiled models: parameters from a checkpoint, arguments by count, one step.
#include "internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct PlxModel {
    const PlxModelInfo *info;
    PlxPool *pool;
    PlxCtx ctx;
    PlxFile file;
    void **in, **out; // pointers in the step's order: parameters, then arguments
};

static void say(PlxError *err, PlxCode code, const char *text)
{
    err->code = code;
    snprintf(err->text, sizeof err->text, "%s", text);
}

// "x: f32[batch, pixel: 64]"
static void describe(const PlxPort *p, char *text, size_t size)
{
    size_t n = (size_t)snprintf(text, size, "`%s`: %s[", p->name, plx_elem_name(p->elem));
    for (int i = 0; i < p->rank && n < size; i++) {
        const char *comma = i ? ", " : "";
        n += (size_t)(p->dim[i] < 0 ? snprintf(text + n, size - n, "%s%s", comma, p->axis[i])
                                    : snprintf(text + n, size - n, "%s%s: %lld", comma, p->axis[i],
                                               (long long)p->dim[i]));
    }
    if (n < size)
        snprintf(text + n, size - n, "]");
}

static bool same_shape(const PlxPort *p, const PlxTensor *t)
{
    bool same = t->elem == p->elem && t->rank == p->rank;
    for (int i = 0; same && i < t->rank; i++)
        same = t->dim[i] == p->dim[i];
    return same;
}

static bool take_parameter(PlxModel *m, int i, const char *path, PlxError *err)
{
    const PlxPort *p = &m->info->param[i];
    const PlxTensor *t = plx_file_find(&m->file, p->name);
    char text[256];
    if (t && same_shape(p, t)) {
        m->in[i] = t->data;
        return true;
    }
    describe(p, text, sizeof text);
    err->code = t ? PLX_ERR_SHAPE : PLX_ERR_FORMAT;
    snprintf(err->text, sizeof err->text, t ? "%s: the model needs %s, which has another type or shape there"
                                            : "%s: there is no %s", path, text);
    return false;
}

PlxModel *plx_model_open(const PlxModelInfo *info, const char *checkpoint, int threads, PlxError *err)
{
    PlxModel *m = calloc(1, sizeof *m);
    size_t n = (size_t)(info->param_count + info->in_count + info->out_count) + 1;
    void **pointers = m ? calloc(n, sizeof *pointers) : NULL;
    if (!pointers) {
        say(err, PLX_ERR_MEMORY, "out of memory");
        free(m);
        return NULL;
    }
    m->info = info;
    m->in = pointers;
    m->out = pointers + info->param_count + info->in_count;
    bool ok = info->param_count == 0 || plx_safetensors_load(checkpoint, &m->file, err);
    for (int i = 0; ok && i < info->param_count; i++)
        ok = take_parameter(m, i, checkpoint, err);
    if (ok && (m->pool = plx_pool_new(threads, err)) != NULL) {
        plx_ctx_init(&m->ctx, m->pool, NULL);
        return m;
    }
    plx_model_close(m);
    return NULL;
}

static bool right_count(const PlxPort *p, int64_t batch, int64_t count, PlxError *err)
{
    int64_t want = 1;
    char text[256];
    for (int i = 0; i < p->rank; i++)
        if (__builtin_mul_overflow(want, p->dim[i] < 0 ? batch : p->dim[i], &want))
            want = -1;
    if (batch >= 0 && want == count)
        return true;
    describe(p, text, sizeof text);
    err->code = PLX_ERR_SHAPE;
    snprintf(err->text, sizeof err->text, "%s with a batch of %lld has %lld elements; %lld are given", text,
             (long long)batch, (long long)want, (long long)count);
    return false;
}

bool plx_model_run(PlxModel *m, int64_t batch, const void *const *in, const int64_t *in_count, void *const *out,
                   const int64_t *out_count, PlxError *err)
{
    const PlxModelInfo *info = m->info;
    for (int i = 0; i < info->in_count; i++) {
        if (!right_count(&info->in[i], batch, in_count[i], err))
            return false;
        m->in[info->param_count + i] = (void *)(uintptr_t)in[i]; // the step only reads it
    }
    for (int i = 0; i < info->out_count; i++) {
        if (!right_count(&info->out[i], batch, out_count[i], err))
            return false;
        m->out[i] = out[i];
    }
    plx_ctx_reset(&m->ctx);
    if (info->step(&m->ctx, &batch, m->in, m->out) == 0)
        return true;
    *err = m->ctx.error;
    return false;
}

void plx_model_close(PlxModel *m)
{
    if (!m)
        return;
    if (m->pool) {
        plx_ctx_free(&m->ctx);
        plx_pool_free(m->pool);
    }
    plx_file_free(&m->file);
    free(m->in);
    free(m);
}
