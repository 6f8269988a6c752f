// The main function of an executable that `plexus build` makes: arguments from an npz file by name, results to another.
#ifndef PLEXUS_MAIN_H
#define PLEXUS_MAIN_H

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "plexus_rt.h"

typedef struct {
    const PlxModelInfo *info;
    const char         *state, *arguments, *results;
    char              **option; // NAME=N
    int                 noptions;
    PlxTensor          *in, *out;
} PlxMain;

static int plx_main_usage(const PlxMain *m, const char *program)
{
    const PlxModelInfo *info = m->info;
    bool changes = info->change_count > 0, state = info->state_count > 0;
    fprintf(stderr, "usage: %s%s%s%s%s%s", program, !state ? "" : changes ? " STATE.safetensors" : " [STATE.safetensors]",
            info->in_count ? " ARGUMENTS.npz" : "", changes ? " [RESULTS.npz] [steps=N]" : " RESULTS.npz",
            changes || state || info->takes_turn ? " [seed=N]" : "", !changes && info->takes_turn ? " [turn=N]" : "");
    for (int i = 0; i < info->open_count; i++)
        fprintf(stderr, info->open[i].given ? " %s=N" : info->open[i].state ? " [%s=N]" : "%.0s", info->open[i].name + 1);
    fprintf(stderr, "\n%s\n", changes ? "STATE is gone on from if it is there, and written at the end."
                              : state ? "Without STATE it is drawn by the seed." : "");
    return 2;
}

static int plx_main_fail(const char *text)
{
    fprintf(stderr, "%s\n", text);
    return 3;
}

// The number given for a name, or `otherwise`.
static int64_t plx_main_number(const PlxMain *m, const char *name, int64_t otherwise)
{
    size_t n = strlen(name);
    for (int i = 0; i < m->noptions; i++)
        if (!strncmp(m->option[i], name, n) && m->option[i][n] == '=')
            return strtoll(m->option[i] + n + 1, NULL, 10);
    return otherwise;
}

static bool plx_main_words(PlxMain *m, int argc, char **argv)
{
    const char *word[4] = {0};
    int         n = 0, state = m->info->state_count > 0, in = m->info->in_count > 0;
    m->option = argv;
    for (int i = 1; i < argc; i++)
        if (strchr(argv[i], '=') && !strchr(argv[i], '/'))
            m->option[m->noptions++] = argv[i];
        else if (n < 3)
            word[n++] = argv[i];
        else
            return false;
    state = state && (m->info->change_count || n > in + 1);  // what only looks at it may draw it
    m->state = state ? word[0] : NULL;
    m->arguments = in ? word[state] : NULL;
    m->results = word[state + in];
    return n >= state + in + !m->info->change_count && n <= state + in + 1;
}

static PlxModel *plx_main_model(const PlxMain *m, PlxError *e)
{
    const PlxModelInfo *info = m->info;
    int64_t             size[64] = {0};
    bool                fresh = !m->state || (info->change_count && access(m->state, F_OK) != 0);
    if (!fresh)
        return plx_model_open(info, m->state, 0, e);
    for (int i = 0, k = 0; i < info->open_count && k < 64; i++)
        if (info->open[i].state)
            size[k++] = plx_main_number(m, info->open[i].name + 1, 0);
    return plx_model_new(info, plx_main_number(m, "seed", 0), size, 0, e);
}

static bool plx_main_load(const PlxMain *m, PlxError *e)
{
    const PlxModelInfo *info = m->info;
    PlxWant            *want = calloc((size_t)info->in_count + 1, sizeof *want);
    for (int i = 0; want && i < info->in_count; i++) {
        want[i] = (PlxWant){.name = info->in[i].name, .elem = info->in[i].elem, .rank = info->in[i].rank};
        for (int k = 0; k < want[i].rank; k++) {
            want[i].dim[k] = -1;
            want[i].axis[k] = info->in[i].axis[k];
        }
    }
    bool ok = want && (!info->in_count || plx_load(m->arguments, want, info->in_count, m->in, e));
    free(want);
    return ok;
}

static bool plx_main_room(const PlxMain *m, PlxModel *model, const int64_t *size, const int64_t *const *in_size, PlxError *e)
{
    const PlxModelInfo *info = m->info;
    for (int i = 0; i < info->out_count; i++) {
        int64_t dim[PLX_MAX_RANK];
        if (!plx_model_result(model, i, size, in_size, dim, e) ||
            !plx_tensor_new(&m->out[i], info->out[i].elem, info->out[i].rank, dim, e))
            return false;
    }
    return true;
}

static bool plx_main_run(const PlxMain *m, PlxModel *model, PlxError *e)
{
    const PlxModelInfo *info = m->info;
    enum { MOST = 256 };
    const void    *from[MOST];
    const int64_t *in_size[MOST];
    void          *to[MOST];
    int64_t        count[MOST], size[MOST] = {0}, steps = info->change_count ? plx_main_number(m, "steps", 1) : 1;
    for (int i = 0, k = 0; i < info->open_count && k < MOST; i++)
        if (info->open[i].given)
            size[k++] = plx_main_number(m, info->open[i].name + 1, 0);
    for (int i = 0; i < info->in_count && i < MOST; i++) {
        from[i] = m->in[i].data;
        in_size[i] = m->in[i].dim;
    }
    if (info->in_count > MOST || info->out_count > MOST || !plx_main_room(m, model, size, in_size, e))
        return false;
    for (int i = 0; i < info->out_count; i++) {
        to[i] = m->out[i].data;
        count[i] = plx_tensor_count(&m->out[i]);
    }
    for (int64_t t = 0; t < steps; t++)
        if (!plx_model_run(model, t + plx_main_number(m, "turn", 0), size, from, in_size, to, count, e))
            return false;
    return true;
}

static void plx_main_show(const PlxMain *m)
{
    for (int i = 0; i < m->info->out_count; i++) {
        const PlxTensor *t = &m->out[i];
        if (t->rank == 0 && t->elem <= PLX_F32)
            printf("%s %.9g\n", m->info->out[i].name, t->elem == PLX_F32 ? (double)*(const float *)t->data : *(const double *)t->data);
    }
}

// Fixed points that were not reached, on standard error.
static void plx_main_warn(const PlxModel *model)
{
    const PlxUnsettled *u;
    for (int i = 0; model && (u = plx_model_unsettled(model, i)) != NULL; i++)
        if (u->failed)
            fprintf(stderr, "warning: fixed point: %" PRId64 " of %" PRId64 " positions: %s\n", u->failed, u->of, u->place);
}

static bool plx_main_save(const PlxMain *m, const PlxModel *model, PlxError *e)
{
    const PlxModelInfo *info = m->info;
    PlxField           *field = calloc((size_t)info->out_count + 1, sizeof *field);
    bool                ok = field != NULL;
    for (int i = 0; ok && i < info->out_count; i++)
        field[i] = (PlxField){info->out[i].name, m->out[i]};
    ok = ok && (!m->results || plx_npz_save(m->results, field, info->out_count, e)) &&
         (!info->change_count || plx_model_save(model, NULL, m->state, e));
    free(field);
    return ok;
}

static int plx_main(const PlxModelInfo *info, int argc, char **argv)
{
    PlxError e = {0};
    PlxMain  m = {.info = info};
    if (!plx_main_words(&m, argc, argv))
        return plx_main_usage(&m, argv[0]);
    m.in = calloc((size_t)info->in_count + 1, sizeof *m.in);
    m.out = calloc((size_t)info->out_count + 1, sizeof *m.out);
    PlxModel *model = m.in && m.out ? plx_main_model(&m, &e) : NULL;
    bool      ok = model && plx_main_load(&m, &e) && plx_main_run(&m, model, &e) && plx_main_save(&m, model, &e);
    if (ok && info->change_count)
        plx_main_show(&m);
    plx_main_warn(model);
    for (int i = 0; m.in && i < info->in_count; i++)
        plx_tensor_free(&m.in[i]);
    for (int i = 0; m.out && i < info->out_count; i++)
        plx_tensor_free(&m.out[i]);
    free(m.in);
    free(m.out);
    plx_model_close(model);
    return ok ? 0 : plx_main_fail(e.text);
}

#endif
