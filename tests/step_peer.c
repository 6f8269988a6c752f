// A training step, a block and a function of open sizes from C: the experiment's bits, the state's owner, what is refused.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fit.h"
#include "plexus_rt.h"
#include "roots.h"
#include "wide.h"
#include "windows.h"

// ---- allocations, counted by the linker's --wrap ----

static _Atomic long allocations;
void *__real_malloc(size_t n);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *p, size_t n);
void *__real_aligned_alloc(size_t align, size_t n);
void *__wrap_malloc(size_t n) { allocations++; return __real_malloc(n); }
void *__wrap_calloc(size_t n, size_t size) { allocations++; return __real_calloc(n, size); }
void *__wrap_realloc(void *p, size_t n) { allocations++; return __real_realloc(p, n); }
void *__wrap_aligned_alloc(size_t align, size_t n) { allocations++; return __real_aligned_alloc(align, n); }

static int failed;
static void check(int holds, const char *what, const char *message)
{
    if (!holds) {
        fprintf(stderr, "%s: %s\n", what, message ? message : "");
        failed = 1;
    }
}

static PlxTensor data[2];   // x and y
static int64_t   x_size[2], y_size[1];
static char      text[512], path[512];

static int one(fit *f, int64_t turn)
{
    float loss, right;
    return fit_run(f, turn, data[0].data, x_size, data[1].data, y_size, 0.01 / (double)(turn + 1), &loss, &right);
}

static void same_net(fit *f, const char *file, const char *what)
{
    PlxFile  want = {0};
    PlxError e = {0};
    check(plx_safetensors_load(file, &want, &e), what, e.text);
    check(want.count == 4, what, "four tensors");
    for (int i = 0; i < want.count; i++) {
        const PlxTensor *t = &want.field[i].tensor;
        int64_t          n = plx_tensor_count(t);
        float           *got = malloc(sizeof *got * (size_t)n);
        snprintf(text, sizeof text, "net.%s", want.field[i].name);
        check(fit_count(f, text) == n && !fit_get(f, text, got, n) && !memcmp(got, t->data, sizeof *got * (size_t)n), what, text);
        free(got);
    }
    plx_file_free(&want);
}

static void train(const char *folder)
{
    fit *f = fit_new(0, 2, text, sizeof text);
    snprintf(path, sizeof path, "%s/state.safetensors", folder);
    long before = 0;
    for (int64_t i = 0; f && i < 12; i++) {
        check(!one(f, i), "step", fit_message(f));
        if (i == 1)
            before = allocations;
        if (i == 5) {
            check(before == allocations, "no allocation in the steady state", "");
            check(!fit_save(f, NULL, path), "save", fit_message(f));
        }
    }
    check(f != NULL, "new", text);
    char net[600];
    snprintf(net, sizeof net, "%s/net.safetensors", folder);
    same_net(f, net, "the experiment's bits");
    fit *g = fit_open(path, 1, text, sizeof text);
    check(g != NULL, "open", text);
    for (int64_t i = 6; i < 12; i++)
        check(!one(g, i), "step of the one that was opened", fit_message(g));
    same_net(g, net, "gone on from a file");
    int64_t turns = 0;
    check(!fit_get(g, "turns", &turns, 1) && turns == 12, "a counter of the state", "");
    snprintf(path, sizeof path, "%s/part.safetensors", folder);
    check(!fit_save(g, "net", path), "save a part", fit_message(g));
    fit_close(g);
    g = fit_new(7, 1, text, sizeof text);
    check(!fit_load(g, "net", path), "load a part", fit_message(g));
    same_net(g, path, "a part of the state");
    check(fit_load(g, "none", path) == PLX_ERR_FORMAT && fit_load(g, NULL, path) == PLX_ERR_FORMAT, "a part that is not there", "");
    fit_close(g);
    fit_close(f);
}

static void refused(void)
{
    fit    *f = fit_new(0, 1, text, sizeof text);
    float   loss, right, b[3], after[3];
    int64_t less[1] = {18}, wrong[2] = {19, 8};
    fit_get(f, "net.read.b", b, 3);
    int code = fit_run(f, 0, data[0].data, x_size, data[1].data, less, 0.1, &loss, &right);
    check(code == PLX_ERR_SHAPE && strstr(fit_message(f), "sample") && strstr(fit_message(f), "18") && strstr(fit_message(f), "19"),
          "two sizes of one axis", fit_message(f));
    code = fit_run(f, 0, data[0].data, wrong, data[1].data, y_size, 0.1, &loss, &right);
    check(code == PLX_ERR_SHAPE && strstr(fit_message(f), "`pixel` has 8 positions"), "another size than the source's", fit_message(f));
    int64_t *y = data[1].data, kept = y[4];
    y[4] = 3;
    code = one(f, 0);
    check(code == PLX_ERR_VALUE && strstr(fit_message(f), "element 4 is 3"), "no position", fit_message(f));
    y[4] = kept;
    fit_get(f, "net.read.b", after, 3);
    check(!memcmp(b, after, sizeof b), "a refused call changes nothing", "");
    check(fit_get(f, "net.read", after, 3) == PLX_ERR_FORMAT && fit_set(f, "net.read.b", b, 2) == PLX_ERR_SHAPE, "wrong paths and counts", "");
    fit_close(f);
}

static void open_sizes(const char *folder)
{
    float   x[3][5], y[3][2], again[3][2], w[5][6], v[6][2];
    int64_t size[2] = {3, 5};
    check(!wide_new(0, 1, 5, 7, 2, text, sizeof text) && strstr(text, "halves are told apart"), "a requirement", text);
    wide *m = wide_new(0, 1, 5, 6, 2, text, sizeof text);
    for (int i = 0; i < 15; i++)
        x[i / 5][i % 5] = 0.1f * (float)(i - 7);
    check(m && !wide_run(m, &x[0][0], size, &y[0][0], 6), "open sizes", text);
    check(!wide_get(m, "lift.w", w, 30) && !wide_get(m, "read.w", v, 12), "parameters", wide_message(m));
    for (int i = 0; i < 3; i++)
        for (int o = 0; o < 2; o++) {
            double sum = 0;
            for (int h = 0; h < 6; h++) {
                double z = 0;
                for (int k = 0; k < 5; k++)
                    z += (double)x[i][k] * (double)w[k][h];
                sum += tanh(z) * (double)v[h][o];
            }
            check(fabs(sum - (double)y[i][o]) < 1e-5, "values at open sizes", "");
        }
    snprintf(path, sizeof path, "%s/wide.safetensors", folder);
    check(!wide_save(m, NULL, path), "save", wide_message(m));
    wide *n = wide_open(path, 1, text, sizeof text);
    check(n && !wide_run(n, &x[0][0], size, &again[0][0], 6) && !memcmp(y, again, sizeof y), "sizes from a file", text);
    check(wide_run(n, &x[0][0], (int64_t[]){3, 4}, &y[0][0], 6) == PLX_ERR_SHAPE, "a size that the state told", wide_message(n));
    wide_close(m);
    wide_close(n);
}

static void solved_sizes(void)
{
    float    x[9], w[4] = {1, 2, 3, 4}, y[4][2];
    windows *m = windows_new(1, text, sizeof text);
    for (int i = 0; i < 9; i++)
        x[i] = (float)i;
    check(!windows_run(m, 2, x, (int64_t[]){1, 9}, w, (int64_t[]){1, 4}, &y[0][0], 8), "sizes that follow", windows_message(m));
    for (int o = 0; o < 4; o++)
        for (int t = 0; t < 2; t++)
            check(y[o][t] == (float)((3 * (2 * o + 1) + 10) * (t + 1)), "values at sizes that follow", "");
    check(windows_run(m, 2, x, (int64_t[]){1, 8}, w, (int64_t[]){1, 4}, &y[0][0], 8) == PLX_ERR_SHAPE &&
              strstr(windows_message(m), "#n") && strstr(windows_message(m), "8") && strstr(windows_message(m), "9"),
          "sizes that break a requirement", windows_message(m));
    check(windows_run(m, 3, x, (int64_t[]){1, 9}, w, (int64_t[]){1, 4}, &y[0][0], 8) == PLX_ERR_SHAPE && strstr(windows_message(m), "12 elements"),
          "too little room", windows_message(m));
    check(windows_run(m, 0, x, (int64_t[]){1, 9}, w, (int64_t[]){1, 4}, &y[0][0], 0) == PLX_ERR_SHAPE, "a header's axis of no position", "");
    windows_close(m);
}

static void fixed_points(void)
{
    roots      *m = roots_new(2, text, sizeof text);
    const char *place = "";
    int64_t     lost = 0, of = 0, size[1] = {4};
    double      x[4] = {4, -1, 9, -2}, y[4];
    check(!roots_unsettled(m, 0, &place, &lost, &of), "a count before any call", place);
    check(!roots_run(m, x, size, y, 4) && y[0] == 2 && y[2] == 3 && isnan(y[1]) && isnan(y[3]), "fixed points", roots_message(m));
    check(roots_unsettled(m, 0, &place, &lost, &of) && lost == 2 && of == 4, "how many are not reached", place);
    check(strstr(place, "step.plx:") && strstr(place, "did not come within 1e-9 in 40 turns"), "where", place);
    long before = allocations;
    check(!roots_run(m, x, size, y, 4) && allocations == before, "a count that allocates again", "");
    check(roots_unsettled(m, 0, &place, &lost, &of) && lost == 4 && of == 8, "two calls", place);
    check(!roots_unsettled(m, 1, &place, &lost, &of) && lost == 4, "a place that is none", place);
    roots_close(m);
}

int main(int argc, char **argv)
{
    PlxError e = {0};
    PlxWant  want[2] = {{.name = "x", .elem = PLX_F32, .rank = 2, .dim = {-1, -1}}, {.name = "y", .elem = PLX_I64, .rank = 1, .dim = {-1}}};
    char     file[512];
    if (argc != 2)
        return 2;
    snprintf(file, sizeof file, "%s/in.npz", argv[1]);
    if (!plx_load(file, want, 2, data, &e)) {
        fprintf(stderr, "%s\n", e.text);
        return 1;
    }
    x_size[0] = data[0].dim[0];
    x_size[1] = data[0].dim[1];
    y_size[0] = data[1].dim[0];
    train(argv[1]);
    refused();
    open_sizes(argv[1]);
    solved_sizes();
    fixed_points();
    plx_tensor_free(&data[0]);
    plx_tensor_free(&data[1]);
    return failed;
}
