// A folder for the data files of a test, and what is done there: files written by hand, tensors to save, loads that fail.
#ifndef TEST_RUNTIME_DATA_H
#define TEST_RUNTIME_DATA_H

#include "support/run_tests.h"

#include <dirent.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <signal.h>
#include <unistd.h>
#include <zlib.h>

#include "plexus_rt.h"
#include "random.h"

static char folder[64];

static inline const char *at(const char *name)
{
    static char path[4][400];
    static int  turn;
    turn = (turn + 1) % 4;
    snprintf(path[turn], sizeof path[turn], "%s/%s", folder, name);
    return path[turn];
}

static inline void write_file(const char *name, const void *data, size_t n)
{
    FILE *f = fopen(at(name), "wb");
    CU_ASSERT_PTR_NOT_NULL_FATAL(f);
    CU_ASSERT_EQUAL(fwrite(data, 1, n, f), n);
    fclose(f);
}

static inline void write_text(const char *name, const char *text)
{
    write_file(name, text, strlen(text));
}

static inline size_t read_file(const char *name, char *data, size_t room)
{
    FILE *f = fopen(at(name), "rb");
    CU_ASSERT_PTR_NOT_NULL_FATAL(f);
    size_t n = fread(data, 1, room - 1, f);
    data[n] = 0;
    fclose(f);
    return n;
}

static inline void write_gz(const char *name, const void *data, size_t n)
{
    gzFile f = gzopen(at(name), "wb");
    gzwrite(f, data, (unsigned)n);
    gzclose(f);
}

static inline int files_in_folder(void)
{
    int  n = 0;
    DIR *d = opendir(folder);
    for (struct dirent *e; (e = readdir(d));)
        n += e->d_name[0] != '.';
    closedir(d);
    return n;
}

// A tensor of `rank` axes whose bytes are all different, bools 0 and 1, bf16 numbers (those below 2).
static inline PlxTensor sample(PlxElem e, int rank, const int64_t *dim)
{
    PlxTensor t;
    PlxError  err;
    CU_ASSERT_TRUE_FATAL(plx_tensor_new(&t, e, rank, dim, &err));
    for (int64_t i = 0; i < plx_tensor_bytes(&t); i++)
        ((uint8_t *)t.data)[i] =
            (uint8_t)(e == PLX_BOOL ? i & 1 : (int64_t)(plx_mix(3, (uint64_t)i) & (e == PLX_BF16 && i & 1 ? 0xbf : 0xff)));
    return t;
}

static inline bool same(const PlxTensor *a, const PlxTensor *b)
{
    if (a->elem != b->elem || a->rank != b->rank || plx_tensor_bytes(a) != plx_tensor_bytes(b))
        return false;
    for (int i = 0; i < a->rank; i++)
        if (a->dim[i] != b->dim[i])
            return false;
    int64_t n = plx_tensor_bytes(a);
    return n == 0 || memcmp(a->data, b->data, (size_t)n) == 0;
}

static const PlxWant any = {.name = "x", .elem = PLX_ELEM_COUNT, .rank = -1};

static inline bool load1(const char *name, const PlxWant *want, PlxTensor *out, PlxError *err)
{
    return plx_load(at(name), want, 1, out, err);
}

// Loading fails, with `part` in the message.
static inline void refused(const char *name, const PlxWant *want, int code, const char *part)
{
    PlxTensor t;
    PlxError  err = {0};
    CU_ASSERT_FALSE(load1(name, want, &t, &err));
    CU_ASSERT_EQUAL(err.code, code);
    if (!strstr(err.text, part))
        printf("\n    `%s` lacks `%s`\n", err.text, part);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.text, part));
    CU_ASSERT_PTR_NOT_NULL(strstr(err.text, name));
    CU_ASSERT_PTR_NULL(t.data);
}

static inline size_t npy(char *to, const char *descr, const char *order, const char *shape,
                  const void *data, size_t n)
{
    char header[200];
    int h = snprintf(header, sizeof header, "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }\n",
                     descr, order, shape);
    memcpy(to, "\x93NUMPY\x01\x00", 8);
    to[8] = (char)h;
    to[9] = 0;
    memcpy(to + 10, header, (size_t)h);
    memcpy(to + 10 + h, data, n);
    return 10 + (size_t)h + n;
}

static inline int run_in_folder(const char *name, const CU_TestInfo *tests)
{
    snprintf(folder, sizeof folder, "/tmp/plexus-test-XXXXXX");
    if (!mkdtemp(folder))
        return 3;
    int  status = run_tests(name, tests);
    DIR *d = opendir(folder);
    for (struct dirent *e; d && (e = readdir(d));)
        if (e->d_name[0] != '.')
            unlink(at(e->d_name));
    closedir(d);
    rmdir(folder);
    return status;
}

#define TEST(f) {#f, f}

#endif
