// Each allocation fails once: the call says so, takes nothing with it, and leaves no file behind.
#include "support/run_tests.h"

#include <dirent.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "plexus_rt.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || !defined(__GLIBC__)
#define CAN_FAIL 0 // the allocator is the sanitizer's
#else
#define CAN_FAIL 1
#endif

// ---- an allocator that fails at a given call ----

static _Thread_local long countdown = -1; // calls until the one that fails; negative: none does
static atomic_long        live;           // blocks

#if CAN_FAIL
extern void *__libc_malloc(size_t n);
extern void *__libc_calloc(size_t n, size_t size);
extern void *__libc_realloc(void *p, size_t n);
extern void *__libc_memalign(size_t align, size_t n);
extern void  __libc_free(void *p);

static bool fails(void)
{
    if (countdown < 0 || countdown-- > 0)
        return false;
    errno = ENOMEM;
    return true;
}

static void *counted(void *p)
{
    live += p != NULL;
    return p;
}

void *malloc(size_t n)
{
    return fails() ? NULL : counted(__libc_malloc(n));
}

void *calloc(size_t n, size_t size)
{
    return fails() ? NULL : counted(__libc_calloc(n, size));
}

void *realloc(void *p, size_t n)
{
    if (fails())
        return NULL;
    return p ? __libc_realloc(p, n) : counted(__libc_malloc(n));
}

void *aligned_alloc(size_t align, size_t n)
{
    return fails() ? NULL : counted(__libc_memalign(align, n));
}

void free(void *p)
{
    live -= p != NULL;
    __libc_free(p);
}
#endif

// ---- what is tried ----

static char folder[64];

static const char *at(const char *name)
{
    static char path[400];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static int files_in_folder(void)
{
    int  n = 0;
    DIR *d = opendir(folder);
    for (struct dirent *e; d && (e = readdir(d));)
        n += e->d_name[0] != '.';
    closedir(d);
    return n;
}

static float          data[12] = {1, 2, 3};
static const PlxField fields[] = {{"x", {data, PLX_F32, 2, {3, 4}}}, {"y", {data, PLX_U8, 1, {3}}}};
static const PlxText  text = {"key", "value"};
static const PlxWant  wants[] = {{.name = "x", .elem = PLX_F64, .rank = 2, .dim = {-1, -1}},
                                 {.name = "y", .elem = PLX_I64, .rank = 1, .dim = {-1}}};

static bool load(const char *name, int count, PlxError *err)
{
    PlxTensor t[2];
    bool      ok = plx_load(at(name), wants, count, t, err);
    for (int i = 0; i < count; i++)
        plx_tensor_free(&t[i]);
    return ok;
}

static bool save_npz(PlxError *err)
{
    return plx_npz_save(at("t.npz"), fields, 2, err);
}

static bool load_npz(PlxError *err)
{
    return load("t.npz", 2, err);
}

static bool save_npy(PlxError *err)
{
    return plx_npy_save(at("t.npy"), &fields[0].tensor, err);
}

static bool load_npy(PlxError *err)
{
    return load("t.npy", 1, err);
}

static bool save_csv(PlxError *err)
{
    return plx_csv_save(at("t.csv"), fields, 2, err);
}

static bool load_csv(PlxError *err)
{
    return load("t.csv", 2, err);
}

static bool save_safetensors(PlxError *err)
{
    return plx_safetensors_save(at("t.safetensors"), fields, 2, &text, 1, err);
}

static bool load_safetensors(PlxError *err)
{
    PlxFile f;
    bool    ok = plx_safetensors_load(at("t.safetensors"), &f, err);
    plx_file_free(&f);
    return ok;
}

static bool load_packed_text(PlxError *err)
{
    PlxWant   want = {.name = "t", .elem = PLX_U8, .rank = 1, .dim = {-1}};
    PlxTensor t;
    bool      ok = plx_load(at("t.txt.gz"), &want, 1, &t, err);
    plx_tensor_free(&t);
    return ok;
}

static bool keep_log(PlxError *err)
{
    PlxLogValue a = {"a", PLX_F32, 1}, b = {"b", PLX_I64, 2};
    PlxLog     *log = plx_log_open(at("log.csv"), -1, err);
    if (!log)
        return false;
    bool     ok = plx_log_row(log, &a, 1, err) && plx_log_row(log, &b, 1, err);
    PlxError closing;
    return plx_log_close(log, ok ? err : &closing) && ok;
}

static bool resume_log(PlxError *err)
{
    PlxLog *log = plx_log_open(at("log.csv"), 1, err);
    return log && plx_log_close(log, err);
}

static bool keep_events(PlxError *err)
{
    PlxLogValue a = {"a", PLX_F32, 1};
    PlxEvents  *e = plx_events_open(at("events"), -1, 0, err);
    if (!e)
        return false;
    bool     ok = plx_events_row(e, 1, 0, &a, 1, err);
    PlxError closing;
    return plx_events_close(e, ok ? err : &closing) && ok;
}

static bool make_pool(PlxError *err)
{
    PlxPool *pool = plx_pool_new(1, err);
    plx_pool_free(pool);
    return pool != NULL;
}

static bool make_plan(PlxError *err)
{
    PlxBuffer b[] = {{100, 0, 1}, {200, 1, 2}};
    int64_t   offset[2], total;
    return plx_plan(b, 2, offset, &total, err);
}

static bool fill_arena(PlxError *err)
{
    PlxArena a = {0};
    bool     ok = plx_arena_reserve(&a, 1000, err) && plx_arena_reserve(&a, 10000000, err);
    plx_arena_free(&a);
    return ok;
}

static bool count_fixed_points(PlxError *err)
{
    PlxCtx c;
    plx_ctx_init(&c, NULL, NULL);
    plx_unsettled(&c, "a.plx:1:2: far", 1, 4);
    plx_unsettled(&c, "a.plx:3:4: far", 0, 5);
    plx_unsettled(&c, "a.plx:1:2: far", 2, 4);
    bool ok = c.failed == PLX_OK && c.places == 2 && c.unsettled[0].failed == 3 && c.unsettled[0].of == 8 &&
              c.unsettled[1].failed == 0 && c.unsettled[1].of == 5;
    *err = c.error;
    plx_ctx_free(&c);
    return ok;
}

static const struct {
    const char *name;
    bool (*run)(PlxError *err);
} calls[] = {
    {"save npz", save_npz},
    {"load npz", load_npz},
    {"save npy", save_npy},
    {"load npy", load_npy},
    {"save csv", save_csv},
    {"load csv", load_csv},
    {"save safetensors", save_safetensors},
    {"load safetensors", load_safetensors},
    {"load packed text", load_packed_text},
    {"keep a log", keep_log},
    {"resume a log", resume_log},
    {"keep events", keep_events},
    {"make a pool", make_pool},
    {"make a plan", make_plan},
    {"fill an arena", fill_arena},
    {"count fixed points", count_fixed_points},
};

static void each_allocation_may_fail(void)
{
    PlxError err;
    gzFile   gz = gzopen(at("t.txt.gz"), "wb");
    gzputs(gz, "plexus");
    gzclose(gz);
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        CU_ASSERT_TRUE(calls[i].run(&err)); // what libc keeps is allocated here
        int  files = files_in_folder();
        bool ok = false;
        for (long k = 0; CAN_FAIL && !ok; k++) {
            long before = live;
            err = (PlxError){0};
            countdown = k;
            ok = calls[i].run(&err);
            bool reached = countdown < 0;
            countdown = -1;
            if (live != before || (!ok && (!err.code || !reached)) || files_in_folder() != files)
                printf("\n    %s, allocation %ld: %ld blocks, `%s`\n", calls[i].name, k,
                       live - before, err.text);
            CU_ASSERT_EQUAL(live, before);
            CU_ASSERT_TRUE_FATAL(ok || (reached && err.code != PLX_OK && err.text[0]));
            CU_ASSERT_EQUAL(files_in_folder(), files);
            ok = ok && !reached;
        }
    }
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"each_allocation_may_fail", each_allocation_may_fail},
        CU_TEST_INFO_NULL,
    };
    snprintf(folder, sizeof folder, "/tmp/plexus-test-XXXXXX");
    if (!mkdtemp(folder))
        return 3;
    int  status = run_tests("runtime memory", tests);
    DIR *d = opendir(folder);
    for (struct dirent *e; d && (e = readdir(d));)
        if (e->d_name[0] != '.')
            unlink(at(e->d_name));
    closedir(d);
    rmdir(folder);
    return status;
}
