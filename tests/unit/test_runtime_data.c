// Data files: what is saved loads back, what is malformed is refused with its place, nothing
// crashes.
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

static const char *at(const char *name)
{
    static char path[4][400];
    static int  turn;
    turn = (turn + 1) % 4;
    snprintf(path[turn], sizeof path[turn], "%s/%s", folder, name);
    return path[turn];
}

static void write_file(const char *name, const void *data, size_t n)
{
    FILE *f = fopen(at(name), "wb");
    CU_ASSERT_PTR_NOT_NULL_FATAL(f);
    CU_ASSERT_EQUAL(fwrite(data, 1, n, f), n);
    fclose(f);
}

static void write_text(const char *name, const char *text)
{
    write_file(name, text, strlen(text));
}

static size_t read_file(const char *name, char *data, size_t room)
{
    FILE *f = fopen(at(name), "rb");
    CU_ASSERT_PTR_NOT_NULL_FATAL(f);
    size_t n = fread(data, 1, room - 1, f);
    data[n] = 0;
    fclose(f);
    return n;
}

static void write_gz(const char *name, const void *data, size_t n)
{
    gzFile f = gzopen(at(name), "wb");
    gzwrite(f, data, (unsigned)n);
    gzclose(f);
}

static int files_in_folder(void)
{
    int  n = 0;
    DIR *d = opendir(folder);
    for (struct dirent *e; (e = readdir(d));)
        n += e->d_name[0] != '.';
    closedir(d);
    return n;
}

// A tensor of `rank` axes whose bytes are all different, bools 0 and 1, bf16 numbers (those below 2).
static PlxTensor sample(PlxElem e, int rank, const int64_t *dim)
{
    PlxTensor t;
    PlxError  err;
    CU_ASSERT_TRUE_FATAL(plx_tensor_new(&t, e, rank, dim, &err));
    for (int64_t i = 0; i < plx_tensor_bytes(&t); i++)
        ((uint8_t *)t.data)[i] =
            (uint8_t)(e == PLX_BOOL ? i & 1 : (int64_t)(plx_mix(3, (uint64_t)i) & (e == PLX_BF16 && i & 1 ? 0xbf : 0xff)));
    return t;
}

static bool same(const PlxTensor *a, const PlxTensor *b)
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

static bool load1(const char *name, const PlxWant *want, PlxTensor *out, PlxError *err)
{
    return plx_load(at(name), want, 1, out, err);
}

// Loading fails, with `part` in the message.
static void refused(const char *name, const PlxWant *want, int code, const char *part)
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

// ---- round trips ----

static const struct {
    int     rank;
    int64_t dim[3];
} shapes[] = {{0, {0}},    {1, {1}},       {1, {0}},         {1, {7}},
              {2, {3, 4}}, {3, {2, 0, 5}}, {3, {50, 40, 30}}};

#define SHAPES (sizeof shapes / sizeof *shapes)

// NumPy's formats have no bf16: it goes as f32, and comes back where it is asked for.
static PlxWant of_kind(PlxElem e)
{
    PlxWant want = any;
    want.elem = e == PLX_BF16 ? e : want.elem;
    return want;
}

static void npy_loses_nothing(void)
{
    PlxError err;
    for (int e = 0; e < PLX_ELEM_COUNT; e++)
        for (size_t s = 0; s < SHAPES; s++) {
            PlxTensor t = sample((PlxElem)e, shapes[s].rank, shapes[s].dim), u;
            PlxWant   want = of_kind((PlxElem)e);
            CU_ASSERT_TRUE(plx_npy_save(at("t.npy"), &t, &err));
            CU_ASSERT_TRUE(load1("t.npy", &want, &u, &err));
            CU_ASSERT_TRUE(same(&t, &u));
            plx_tensor_free(&t);
            plx_tensor_free(&u);
        }
}

// All shapes of all types as fields named f0, f1, …
static int all_fields(PlxField *field, char (*name)[16])
{
    int n = 0;
    for (int e = 0; e < PLX_ELEM_COUNT; e++)
        for (size_t s = 0; s < SHAPES; s++, n++) {
            snprintf(name[n], 16, "f%d", n);
            field[n] = (PlxField){name[n], sample((PlxElem)e, shapes[s].rank, shapes[s].dim)};
        }
    return n;
}

static void npz_loses_nothing(void)
{
    PlxField  field[PLX_ELEM_COUNT * SHAPES];
    char      name[PLX_ELEM_COUNT * SHAPES][16];
    PlxWant   want[PLX_ELEM_COUNT * SHAPES];
    PlxTensor got[PLX_ELEM_COUNT * SHAPES];
    PlxError  err = {0};
    int       n = all_fields(field, name);
    CU_ASSERT_TRUE(plx_npz_save(at("t.npz"), field, n, &err));
    for (int i = 0; i < n; i++) {
        want[i] = of_kind(field[n - 1 - i].tensor.elem);
        want[i].name = name[n - 1 - i];
    }
    CU_ASSERT_TRUE_FATAL(plx_load(at("t.npz"), want, n, got, &err));
    for (int i = 0; i < n; i++) {
        CU_ASSERT_TRUE(same(&got[i], &field[n - 1 - i].tensor));
        plx_tensor_free(&got[i]);
    }
    for (int i = 0; i < n; i++)
        plx_tensor_free(&field[i].tensor);
    PlxWant missing = any;
    missing.name = "nowhere";
    refused("t.npz", &missing, PLX_ERR_SHAPE, "there is no field `nowhere`; the file has: f0, f1");
}

static void safetensors_lose_nothing(void)
{
    PlxField field[PLX_ELEM_COUNT * SHAPES];
    char     name[PLX_ELEM_COUNT * SHAPES][16];
    PlxError err = {0};
    PlxFile  file;
    PlxText  text[] = {{"format", "plexus"},
                       {"a \"quoted\"\nkey", "\\ \t \x01 \xc3\xa9 \xf0\x9f\x8c\xb1"}};
    int      n = all_fields(field, name);
    CU_ASSERT_TRUE(plx_safetensors_save(at("t.safetensors"), field, n, text, 2, &err));
    CU_ASSERT_TRUE_FATAL(plx_safetensors_load(at("t.safetensors"), &file, &err));
    CU_ASSERT_EQUAL(file.count, n);
    for (int i = 0; i < n; i++) {
        const PlxTensor *t = plx_file_find(&file, name[i]);
        CU_ASSERT_TRUE(t && same(t, &field[i].tensor));
        plx_tensor_free(&field[i].tensor);
    }
    CU_ASSERT_EQUAL(file.text_count, 2);
    for (int i = 0; i < 2; i++) {
        const char *value = plx_file_text(&file, text[i].key);
        CU_ASSERT_TRUE(value && strcmp(value, text[i].value) == 0);
    }
    CU_ASSERT_PTR_NULL(plx_file_find(&file, "nowhere"));
    CU_ASSERT_PTR_NULL(plx_file_text(&file, "nowhere"));
    plx_file_free(&file);
    CU_ASSERT_TRUE(plx_safetensors_save(at("t.safetensors"), NULL, 0, NULL, 0, &err));
    CU_ASSERT_TRUE(plx_safetensors_load(at("t.safetensors"), &file, &err));
    CU_ASSERT_EQUAL(file.count + file.text_count, 0);
    plx_file_free(&file);
}

static void csv_reads_back_what_was_written(void)
{
    double    r[] = {0.1, -1e-310, INFINITY, 3, 1e22, 0.1 + 0.2};
    float     f[] = {0.1f, 16777216.0f, -0.0f};
    int64_t   k[] = {INT64_MIN, INT64_MAX, 0};
    uint8_t   b[] = {1, 0, 1};
    PlxField  field[] = {{"r", {r, PLX_F64, 2, {3, 2}}},
                         {"f,\"", {f, PLX_F32, 1, {3}}},
                         {"k", {k, PLX_I64, 1, {3}}},
                         {"b", {b, PLX_BOOL, 1, {3}}}};
    PlxWant   want[] = {{.name = "r", .elem = PLX_F64, .rank = 2, .dim = {-1, -1}},
                        {.name = "f,\"", .elem = PLX_F32, .rank = 1, .dim = {3}},
                        {.name = "k", .elem = PLX_I64, .rank = 1, .dim = {-1}},
                        {.name = "b", .elem = PLX_BOOL, .rank = 1, .dim = {-1}}};
    PlxTensor got[4];
    PlxError  err = {0};
    CU_ASSERT_TRUE(plx_csv_save(at("t.csv"), field, 4, &err));
    CU_ASSERT_TRUE_FATAL(plx_load(at("t.csv"), want, 4, got, &err));
    for (int i = 0; i < 4; i++) {
        CU_ASSERT_TRUE(same(&got[i], &field[i].tensor));
        plx_tensor_free(&got[i]);
    }
    field[1].tensor.dim[0] = 2;
    CU_ASSERT_FALSE(plx_csv_save(at("t.csv"), field, 4, &err));
    CU_ASSERT_PTR_NOT_NULL(strstr(err.text, "`f,\"` has 2 rows, `r` 3"));
}

// ---- formats that others write ----

static size_t npy(char *to, const char *descr, const char *order, const char *shape,
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

static void foreign_types_are_converted_where_nothing_is_lost(void)
{
    char      file[400];
    PlxTensor t;
    PlxError  err = {0};
    uint16_t  half[] = {0x3c00, 0x0001, 0xfc00};
    write_file("h.npy", file, npy(file, "<f2", "False", "(3,)", half, 6));
    CU_ASSERT_TRUE_FATAL(load1("h.npy", &any, &t, &err));
    CU_ASSERT(t.elem == PLX_F16 && memcmp(t.data, half, sizeof half) == 0);
    plx_tensor_free(&t);
    PlxWant wide = {.name = "h", .elem = PLX_F32, .rank = 1, .dim = {3}};
    CU_ASSERT_TRUE_FATAL(load1("h.npy", &wide, &t, &err));
    CU_ASSERT(((float *)t.data)[0] == 1 && ((float *)t.data)[1] == 0x1p-24f &&
              isinf(((float *)t.data)[2]));
    plx_tensor_free(&t);
    float tenth[] = {0.5f, 0.1f};
    wide.elem = PLX_F16;
    wide.dim[0] = 2;
    write_file("h.npy", file, npy(file, "<f4", "False", "(2,)", tenth, 8));
    refused("h.npy", &wide, PLX_ERR_TYPE, "element [1] is 0.10000000149011612, which f16 can't hold exactly");
    unsigned char big[] = {0, 0, 1, 2, 0xff, 0xff, 0xff, 0xfe};
    write_file("b.npy", file, npy(file, ">i4", "False", "(2,)", big, 8));
    PlxWant want = {.name = "b", .elem = PLX_F64, .rank = 1, .dim = {2}};
    CU_ASSERT_TRUE_FATAL(load1("b.npy", &want, &t, &err));
    CU_ASSERT(((double *)t.data)[0] == 258 && ((double *)t.data)[1] == -2);
    plx_tensor_free(&t);
    want.elem = PLX_U8;
    refused("b.npy", &want, PLX_ERR_TYPE, "element [0] is 258, which u8 can't hold exactly");
    double real[] = {0.5, 0.1};
    write_file("r.npy", file, npy(file, "<f8", "False", "(2,)", real, 16));
    want.elem = PLX_F32;
    refused("r.npy", &want, PLX_ERR_TYPE, "element [1] is 0.1000000000000000");
    uint64_t huge[] = {UINT64_MAX};
    write_file("u.npy", file, npy(file, "<u8", "False", "(1,)", huge, 8));
    refused("u.npy", &any, PLX_ERR_TYPE, "element [0] is no u64 that can be loaded");
}

static void column_order_becomes_row_order(void)
{
    char      file[400];
    PlxTensor t;
    PlxError  err = {0};
    uint8_t   data[24], bad = 0;
    for (int i = 0; i < 24; i++)
        data[i] = (uint8_t)i;
    write_file("f.npy", file, npy(file, "|u1", "True", "(2, 3, 4)", data, 24));
    CU_ASSERT_TRUE_FATAL(load1("f.npy", &any, &t, &err));
    for (int i = 0; i < 2; i++)
        for (int j = 0; j < 3; j++)
            for (int k = 0; k < 4; k++)
                bad |= ((uint8_t *)t.data)[(i * 3 + j) * 4 + k] != i + 2 * j + 6 * k;
    CU_ASSERT_EQUAL(bad, 0);
    plx_tensor_free(&t);
}

static void idx_files_load_packed_and_plain(void)
{
    unsigned char image[] = {0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 1, 2, 3, 4, 5, 255};
    unsigned char label[] = {0, 0, 11, 1, 0, 0, 0, 2, 0, 7, 0xff, 0xff};
    PlxTensor     t;
    PlxError      err = {0};
    write_gz("train-idx3-ubyte.gz", image, sizeof image);
    PlxWant want = {.name = "image", .elem = PLX_F32, .rank = 3, .dim = {-1, 1, 3}};
    CU_ASSERT_TRUE_FATAL(load1("train-idx3-ubyte.gz", &want, &t, &err));
    CU_ASSERT(t.dim[0] == 2 && ((float *)t.data)[5] == 255);
    plx_tensor_free(&t);
    write_file("l.idx", label, sizeof label);
    CU_ASSERT_TRUE_FATAL(load1("l.idx", &any, &t, &err));
    CU_ASSERT(t.elem == PLX_I32 && ((int32_t *)t.data)[0] == 7 && ((int32_t *)t.data)[1] == -1);
    plx_tensor_free(&t);
    image[7] = 200;
    write_gz("train-idx3-ubyte.gz", image, sizeof image);
    refused("train-idx3-ubyte.gz", &want, PLX_ERR_FORMAT, "ends within the elements");
}

static void text_is_bytes(void)
{
    PlxTensor t;
    PlxError  err = {0};
    write_text("t.txt", "plexus\n");
    write_gz("t.txt.gz", "plexus\n", 7);
    PlxWant want = {.name = "text", .elem = PLX_I64, .rank = 1, .dim = {-1}, .below = 256};
    for (int i = 0; i < 2; i++) {
        CU_ASSERT_TRUE_FATAL(load1(i ? "t.txt.gz" : "t.txt", &want, &t, &err));
        CU_ASSERT(t.dim[0] == 7 && ((int64_t *)t.data)[0] == 'p' && ((int64_t *)t.data)[6] == '\n');
        plx_tensor_free(&t);
    }
    want.below = 'x';
    refused("t.txt.gz", &want, PLX_ERR_VALUE,
            "element [3] is 120; a position in 0..119 was expected");
    want.elem = PLX_U8;
    refused("t.txt", &want, PLX_ERR_VALUE, "element [3] is 120; a position in 0..119 was expected");
}

// ---- what is wrong is said ----

static void messages_name_file_axis_and_both_sizes(void)
{
    int64_t   dim[] = {5, 64};
    PlxTensor t = sample(PLX_F32, 2, dim);
    PlxField  field = {"x", t};
    PlxError  err;
    CU_ASSERT_TRUE(plx_npz_save(at("d.npz"), &field, 1, &err));
    PlxWant want = {
        .name = "x", .elem = PLX_F32, .rank = 2, .dim = {-1, 32}, .axis = {"sample", "pixel"}};
    refused("d.npz", &want, PLX_ERR_SHAPE,
            "d.npz: `x`: axis 1 (`pixel`) has size 64; 32 was expected");
    want.rank = 3;
    refused("d.npz", &want, PLX_ERR_SHAPE, "has 2 axes; 3 were expected");
    refused("none.npy", &want, PLX_ERR_FILE, "No such file");
    refused("none.xls", &want, PLX_ERR_FORMAT, "its ending is none of");
    plx_tensor_free(&t);
}

static void npy_headers_are_read_strictly(void)
{
    static const struct {
        const char *descr, *order, *shape;
        int         code;
        const char *part;
    } wrong[] = {
        {"<V16", "False", "(1,)", PLX_ERR_FORMAT, "an element type among"},
        {"<f8", "Maybe", "(1,)", PLX_ERR_FORMAT, "True or False expected, `Maybe"},
        {"<f8", "False", "(-1,)", PLX_ERR_FORMAT, "a size expected"},
        {"<f8", "False", "(99999999999999999999,)", PLX_ERR_FORMAT, "a size below 2^62"},
        {"<f8", "False", "(4611686018427387904, 0)", PLX_ERR_FORMAT, "can't be counted"},
        {"<f8", "False", "(1000000000000,)", PLX_ERR_LIMIT, "at most 68719476736 are loaded"},
        {"<f8", "False", "(1000000,)", PLX_ERR_FORMAT, "8000000 bytes expected, at most 8 found"},
        {"<f8", "False", "(1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1)", PLX_ERR_FORMAT, "16 axes at most"},
        {"<f8", "False", "()", PLX_OK, ""},
        {"<f8", "False", "(0,)", PLX_ERR_FORMAT, "more bytes follow"},
        {"<f8", "False", "(1,), 'shape': (1,)", PLX_ERR_FORMAT, "one each of"},
    };
    char   file[400];
    double x = 1;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        write_file("w.npy", file, npy(file, wrong[i].descr, wrong[i].order, wrong[i].shape, &x, 8));
        if (wrong[i].code)
            refused("w.npy", &any, wrong[i].code, wrong[i].part);
    }
    write_text("w.npy", "\x93NUMPZ");
    refused("w.npy", &any, PLX_ERR_FORMAT, "ends within the header: 10 bytes expected, 6 found");
}

static void csv_errors_have_row_and_column(void)
{
    PlxWant want = {.name = "y", .elem = PLX_I32, .rank = 1, .dim = {-1}};
    static const struct {
        const char *text;
        int         code;
        const char *part;
    } wrong[] = {
        {"x,y\n1,2\n3,4.5\n", PLX_ERR_TYPE,
         "row 2 (line 3), column `y`: i32 expected, `4.5` found"},
        {"x,y\n\"a\nb\",2\n3,\n", PLX_ERR_TYPE,
         "row 2 (line 4), column `y`: i32 expected, `` found"},
        {"x,y\n1,3000000000\n", PLX_ERR_TYPE, "i32 expected, `3000000000` found"},
        {"x,y\n1\n", PLX_ERR_FORMAT, "line 2: fewer cells"},
        {"x,y\n1,2,3\n", PLX_ERR_FORMAT, "line 2: more cells"},
        {"x,y\n1,\"2", PLX_ERR_FORMAT, "ends within a quoted cell"},
        {"x,y\n1,\"2\"3\n", PLX_ERR_FORMAT, "`,` expected after a closing quote"},
        {"x,y\n1,2\"\n", PLX_ERR_FORMAT, "a quote inside a cell"},
        {"x,z\n1,2\n", PLX_ERR_SHAPE, "there is no column `y`; the file has: x, z"},
        {"y,y\n1,2\n", PLX_ERR_FORMAT, "there are two columns `y`"},
        {"", PLX_ERR_FORMAT, "the file is empty"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        write_text("w.csv", wrong[i].text);
        refused("w.csv", &want, wrong[i].code, wrong[i].part);
    }
    want.below = 3;
    write_text("w.csv", "y\n2\n3\n");
    refused("w.csv", &want, PLX_ERR_VALUE, "a position in 0..2 expected, `3` found");
    want.dim[0] = 5;
    write_text("w.csv", "y\n2\n");
    refused("w.csv", &want, PLX_ERR_SHAPE, "`y`: axis 0 has size 1; 5 was expected");
}

static void csv_takes_quotes_blanks_marks_and_line_ends(void)
{
    const char              *text = "\xef\xbb\xbf name , \"x_0\",x_1,\"a \"\"b\"\"\"\r\n"
                                    "\"one, two\",1 , -2e3,TRUE\r\n\r\n\"line\nbreak\",0x,nan,false";
    static const char *const two[] = {"x_1", "x_0"};
    PlxWant                  want[] = {{.name = "x", .elem = PLX_F64, .rank = 2, .dim = {-1, -1}},
                                       {.name = "a \"b\"", .elem = PLX_BOOL, .rank = 1, .dim = {-1}},
                                       {.name = "v",
                                        .elem = PLX_F32,
                                        .rank = 2,
                                        .dim = {2, 2},
                                        .columns = two,
                                        .column_count = 2}};
    PlxTensor                t[3];
    PlxError                 err = {0};
    write_text("q.csv", text);
    CU_ASSERT_FALSE(plx_load(at("q.csv"), want, 3, t, &err));
    CU_ASSERT_PTR_NOT_NULL(
        strstr(err.text, "row 2 (line 5), column `x_0`: f64 expected, `0x` found"));
    char *fixed = strdup(text);
    *strstr(fixed, "0x,") = ' ', *strstr(fixed, "x,nan") = '5';
    write_gz("q.csv.gz", fixed, strlen(fixed));
    free(fixed);
    CU_ASSERT_TRUE_FATAL(plx_load(at("q.csv.gz"), want, 3, t, &err));
    const double *x = t[0].data;
    const float  *v = t[2].data;
    CU_ASSERT(t[0].dim[0] == 2 && t[0].dim[1] == 2 && x[0] == 1 && x[1] == -2000 && x[2] == 5 &&
              isnan(x[3]));
    CU_ASSERT(v[0] == -2000 && v[1] == 1 && v[3] == 5);
    CU_ASSERT(((uint8_t *)t[1].data)[0] == 1 && ((uint8_t *)t[1].data)[1] == 0);
    for (int i = 0; i < 3; i++)
        plx_tensor_free(&t[i]);
    write_text("e.csv", "y\n");
    PlxWant y = {.name = "y", .elem = PLX_F64, .rank = 1, .dim = {-1}};
    CU_ASSERT_TRUE(load1("e.csv", &y, &t[0], &err));
    CU_ASSERT_EQUAL(t[0].dim[0], 0);
    plx_tensor_free(&t[0]);
}

static void csv_of_many_rows(void)
{
    enum { N = 50000 };
    char  *text = malloc(N * 30);
    size_t n = (size_t)sprintf(text, "i,r\n");
    for (int i = 0; i < N; i++)
        n += (size_t)sprintf(text + n, "%d,%.17g\n", i, (double)plx_mix(1, (uint64_t)i) * 0x1p-64);
    write_file("m.csv", text, n);
    free(text);
    PlxWant   want[] = {{.name = "r", .elem = PLX_F64, .rank = 1, .dim = {-1}},
                        {.name = "i", .elem = PLX_I64, .rank = 1, .dim = {-1}, .below = N}};
    PlxTensor t[2];
    PlxError  err;
    CU_ASSERT_TRUE_FATAL(plx_load(at("m.csv"), want, 2, t, &err));
    int bad = t[0].dim[0] != N;
    for (int i = 0; i < N && !bad; i++)
        bad = ((int64_t *)t[1].data)[i] != i ||
              ((double *)t[0].data)[i] != (double)plx_mix(1, (uint64_t)i) * 0x1p-64;
    CU_ASSERT_EQUAL(bad, 0);
    plx_tensor_free(&t[0]);
    plx_tensor_free(&t[1]);
}

static void safetensor(const char *header, size_t data)
{
    char     file[2000] = {0};
    uint64_t n = strlen(header);
    memcpy(file, &n, 8);
    memcpy(file + 8, header, n);
    write_file("s.safetensors", file, 8 + n + data);
}

static void safetensors_headers_are_read_strictly(void)
{
#define T(shape, offsets) "{\"dtype\":\"F32\",\"shape\":" shape ",\"data_offsets\":" offsets "}"
    static const struct {
        const char *header;
        size_t      data;
        const char *part; // NULL: it loads
    } cases[] = {
        {"{\"a\":" T("[2]", "[0,8]") "}  ", 8, NULL},
        {"{\"b\":" T("[1]", "[8,12]") ",\"a\":" T("[2]", "[0,8]") ",\"e\":" T("[0]", "[8,8]") "}",
         12, NULL},
        {"{\"\\u00e9\\ud83c\\udf31\":" T("[]", "[0,4]") "}", 4, NULL},
        {"{\"a\":" T("[2]", "[0,8]") "} x", 8, "the end of the header expected, `x` found"},
        {"{\"a\":" T("[2]", "[0,8]") ",}", 8, "a string expected"},
        {"{\"a\":" T("[3]", "[0,8]") "}", 8, "`a`: its shape and its offsets 0 to 8 don't fit"},
        {"{\"a\":" T("[2]", "[8,0]") "}", 8, "don't fit"},
        {"{\"a\":" T("[2]", "[4,12]") "}", 12, "`a` begins at byte 4 of the data; 0 was expected"},
        {"{\"a\":" T("[2]", "[0,8]") ",\"b\":" T("[2]", "[4,12]") "}", 12, "`b` begins at byte 4"},
        {"{\"a\":" T("[2]", "[0,8]") ",\"a\":" T("[2]", "[8,16]") "}", 16,
         "there are two tensors `a`"},
        {"{\"a\":" T("[2]", "[0,8]") "}", 9, "its tensors take 8 bytes; the file has 9"},
        {"{\"a\":" T("[2]", "[0,8]") "}", 4, "its tensors take 8 bytes; the file has 4"},
        {"{\"a\":" T("[02]", "[0,8]") "}", 8, "a whole number expected"},
        {"{\"a\":" T("[-2]", "[0,8]") "}", 8, "a whole number expected"},
        {"{\"a\":" T("[4611686018427387904,4]", "[0,8]") "}", 8, "don't fit"},
        {"{\"a\":" T("[1]", "[0,4,4]") "}", 4, "`]` expected"},
        {"{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}}", 4, "data_offsets expected"},
        {"{\"a\":{\"dtype\":\"F31\",\"shape\":[1],\"data_offsets\":[0,4]}}", 4, "a dtype among"},
        {"{\"__metadata__\":{\"k\":1}}", 0, "a string expected"},
        {"{\"\\ud83c\":" T("[]", "[0,4]") "}", 4, "second half of a pair"},
        {"{\"\xff\":" T("[]", "[0,4]") "}", 4, "no UTF-8"},
        {"[]", 0, "`{` expected"},
        {"", 0, "`{` expected"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        PlxFile  f;
        PlxError err = {0};
        safetensor(cases[i].header, cases[i].data);
        bool ok = plx_safetensors_load(at("s.safetensors"), &f, &err);
        bool right = cases[i].part ? !ok && strstr(err.text, cases[i].part) : ok;
        if (!right)
            printf("\n    %s: %s\n", cases[i].header, err.text);
        CU_ASSERT_TRUE(right);
        plx_file_free(&f);
    }
    PlxFile  f;
    PlxError err;
    write_file("s.safetensors", "\xff\xff\xff\xff\xff\xff\xff\x7f{}", 10);
    CU_ASSERT_FALSE(plx_safetensors_load(at("s.safetensors"), &f, &err));
    CU_ASSERT_PTR_NOT_NULL(strstr(err.text, "at most 2 were expected"));
}

static void zip_bombs_are_refused_by_what_they_declare(void)
{
    char   file[400];
    char   zeros[8] = {0};
    size_t n = npy(file, "|u1", "False", "(30000000000,)", zeros, 8);
    write_gz("bomb.npy.gz", file, n);
    refused("bomb.npy.gz", &any, PLX_ERR_FORMAT, "30000000000 bytes expected");
    write_text("plain.txt.gz", "not packed");
    PlxWant want = {.name = "t", .elem = PLX_U8, .rank = 1, .dim = {-1}};
    refused("plain.txt.gz", &want, PLX_ERR_FORMAT, "is not gzip");
}

// ---- saving is all or nothing ----

static void a_full_disk_leaves_what_was_there(void)
{
    int64_t   dim[] = {100000};
    PlxTensor t = sample(PLX_F64, 1, dim), u;
    PlxField  field = {"t", t};
    PlxError  err = {0};
    CU_ASSERT_TRUE(plx_npy_save(at("keep.npy"), &t, &err));
    int           before = files_in_folder();
    struct rlimit old, small = {4096, 4096};
    getrlimit(RLIMIT_FSIZE, &old);
    small.rlim_max = old.rlim_max;
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &small);
    bool wrote = plx_npy_save(at("keep.npy"), &t, &err) ||
                 plx_npz_save(at("keep.npz"), &field, 1, &err) ||
                 plx_csv_save(at("keep.csv"), &field, 1, &err) ||
                 plx_safetensors_save(at("keep.safetensors"), &field, 1, NULL, 0, &err);
    setrlimit(RLIMIT_FSIZE, &old);
    CU_ASSERT_FALSE(wrote);
    CU_ASSERT_EQUAL(err.code, PLX_ERR_FILE);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.text, "keep.safetensors: cannot write: File too large"));
    CU_ASSERT_EQUAL(files_in_folder(), before);
    CU_ASSERT_TRUE(load1("keep.npy", &any, &u, &err));
    CU_ASSERT_TRUE(same(&t, &u));
    plx_tensor_free(&t);
    plx_tensor_free(&u);
    CU_ASSERT_FALSE(plx_npy_save("/nonexistent/x.npy", &t, &err));
    CU_ASSERT_EQUAL(err.code, PLX_ERR_FILE);
}

static void a_name_twice_is_not_saved(void)
{
    double   x = 1;
    PlxField field[] = {{"a", {&x, PLX_F64, 0, {0}}}, {"a", {&x, PLX_F64, 0, {0}}}};
    PlxError err = {0};
    CU_ASSERT_FALSE(plx_safetensors_save(at("two.safetensors"), field, 2, NULL, 0, &err));
    CU_ASSERT_PTR_NOT_NULL(strstr(err.text, "the name `a` stands twice"));
    CU_ASSERT_FALSE(plx_npz_save(at("two.npz"), field, 2, &err));
    field[0].name = "__metadata__";
    CU_ASSERT_FALSE(plx_safetensors_save(at("two.safetensors"), field, 2, NULL, 0, &err));
}

// ---- mutated files ----

// Flips, cuts, copies and inserts bytes; loads what comes out. Only a crash or a leak is a failure.
static void mutate(const char *name, int turns, bool (*load)(const char *name))
{
    static char good[1 << 16], bad[1 << 16];
    size_t      n = read_file(name, good, sizeof good);
    int         loaded = 0;
    for (int turn = 0; turn < turns; turn++) {
        uint64_t r = plx_mix(77, (uint64_t)turn);
        size_t   size = n;
        memcpy(bad, good, n);
        for (uint64_t k = 0; k <= r % 3; k++) {
            uint64_t q = plx_mix(r, k);
            size_t   where = size ? (size_t)(q >> 8) % size : 0;
            if (q % 4 == 0 && size)
                bad[where] = (char)(q >> 3);
            else if (q % 4 == 1)
                size = q % 3 ? where : size;
            else if (q % 4 == 2 && size)
                bad[where] = bad[(size_t)(q >> 20) % size];
            else if (size)
                bad[where] ^= (char)(1 << (q >> 40) % 8);
        }
        write_file("mutated", bad, size);
        char target[200];
        snprintf(target, sizeof target, "%s", at(name));
        rename(at("mutated"), target);
        loaded += load(name);
    }
    CU_ASSERT(loaded >= 0 && loaded < turns);
}

static bool try_any(const char *name)
{
    PlxTensor t;
    PlxError  err;
    bool      ok = load1(name, &any, &t, &err);
    plx_tensor_free(&t);
    return ok;
}

static bool try_csv(const char *name)
{
    PlxWant   want[] = {{.name = "x", .elem = PLX_F32, .rank = 2, .dim = {-1, -1}},
                        {.name = "y", .elem = PLX_I8, .rank = 1, .dim = {-1}, .below = 10}};
    PlxTensor t[2];
    PlxError  err;
    bool      ok = plx_load(at(name), want, 2, t, &err);
    plx_tensor_free(&t[0]);
    plx_tensor_free(&t[1]);
    return ok;
}

static bool try_safetensors(const char *name)
{
    PlxFile  f;
    PlxError err;
    bool     ok = plx_safetensors_load(at(name), &f, &err);
    plx_file_free(&f);
    return ok;
}

// An npz whose member "x" is deflated.
static void write_deflated(const char *name)
{
    static char member[1000], packed[1000], file[3000];
    float       data[50] = {1, 2, 3};
    size_t      n = npy(member, "<f4", "False", "(5, 10)", data, sizeof data), at_ = 0;
    z_stream    z = {.next_in = (unsigned char *)member,
                     .avail_in = (unsigned)n,
                     .next_out = (unsigned char *)packed,
                     .avail_out = sizeof packed};
    deflateInit2(&z, 9, Z_DEFLATED, -15, 8, 0);
    deflate(&z, Z_FINISH);
    uint32_t crc = (uint32_t)crc32(0, (unsigned char *)member, (unsigned)n),
             m = (uint32_t)z.total_out;
    deflateEnd(&z);
    unsigned char common[22] = {20, 0, 0, 0, 8, 0, 0, 0, 0, 0};
    uint32_t      sizes[3] = {crc, m, (uint32_t)n};
    memcpy(common + 10, sizes, 12);
    memcpy(file, "PK\3\4", 4), memcpy(file + 4, common, 22);
    file[26] = 5;
    memcpy(file + 30, "x.npy", 5), memcpy(file + 35, packed, m);
    at_ = 35 + m;
    char *d = file + at_;
    memcpy(d, "PK\1\2\24", 6), memcpy(d + 6, common, 22);
    d[28] = 5;
    memcpy(d + 46, "x.npy", 5);
    d += 51;
    memcpy(d, "PK\5\6", 4);
    d[8] = d[10] = 1, d[12] = 51;
    memcpy(d + 16, &at_, 4);
    write_file(name, file, at_ + 51 + 22);
}

static void deflated_members_load(void)
{
    PlxTensor t;
    PlxError  err = {0};
    write_deflated("z.npz");
    CU_ASSERT_TRUE_FATAL(load1("z.npz", &any, &t, &err));
    CU_ASSERT(t.rank == 2 && t.dim[1] == 10 && ((float *)t.data)[2] == 3);
    plx_tensor_free(&t);
}

static void mutated_files_do_not_crash(void)
{
    enum { TURNS = 3000 };
    float    data[12] = {1, 2, 3};
    PlxError err;
    PlxField field[] = {{"x", {data, PLX_F32, 2, {3, 4}}}, {"y", {data, PLX_U8, 1, {3}}}};
    PlxText  text = {"key", "value\n"};
    plx_npy_save(at("m.npy"), &field[0].tensor, &err);
    mutate("m.npy", TURNS, try_any);
    plx_npz_save(at("m.npz"), field, 2, &err);
    mutate("m.npz", TURNS, try_any);
    write_deflated("d.npz");
    mutate("d.npz", TURNS, try_any);
    plx_safetensors_save(at("m.safetensors"), field, 2, &text, 1, &err);
    mutate("m.safetensors", TURNS, try_safetensors);
    write_text("m.csv", "x_0,x_1,\"y\",z\n1,2,3,four\n5.5,-6e3,\"7\",\"ei\"\"ght\"\n");
    mutate("m.csv", TURNS, try_csv);
    write_gz("m.csv.gz", "x_0,x_1,y\n1,2,3\n", 16);
    mutate("m.csv.gz", TURNS, try_csv);
    unsigned char image[] = {0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 1, 2, 3, 4, 5, 255};
    write_file("m.idx", image, sizeof image);
    mutate("m.idx", TURNS, try_any);
}

// ---- the log ----

static void log_columns_may_come_later(void)
{
    PlxError err = {0};
    char     text[500];
    PlxLog  *log = plx_log_open(at("log.csv"), -1, &err);
    CU_ASSERT_PTR_NOT_NULL_FATAL(log);
    PlxLogValue loss = {"loss", PLX_F32, (double)0.3f}, epoch = {"epoch", PLX_I64, 3},
                odd = {"a,b", PLX_F64, 0.1};
    PlxLogValue both[] = {epoch, loss};
    CU_ASSERT_TRUE(plx_log_row(log, &loss, 1, &err));
    CU_ASSERT_TRUE(plx_log_row(log, both, 2, &err));
    read_file("log.csv", text, sizeof text);
    CU_ASSERT_STRING_EQUAL(text, "loss,epoch\n0.3,\n0.3,3\n");
    CU_ASSERT_TRUE(plx_log_row(log, &odd, 1, &err));
    CU_ASSERT_EQUAL(plx_log_rows(log), 3);
    CU_ASSERT_TRUE(plx_log_close(log, &err));
    read_file("log.csv", text, sizeof text);
    CU_ASSERT_STRING_EQUAL(text, "loss,epoch,\"a,b\"\n0.3,,\n0.3,3,\n,,0.1\n");
}

static void a_resumed_log_keeps_its_rows(void)
{
    PlxError    err = {0};
    char        text[500];
    PlxLogValue loss = {"loss", PLX_F64, 0.25}, odd = {"a,b", PLX_F64, 2},
                more = {"more", PLX_BOOL, 1};
    log_columns_may_come_later();
    PlxLog *log = plx_log_open(at("log.csv"), 2, &err);
    CU_ASSERT_PTR_NOT_NULL_FATAL(log);
    PlxLogValue two[] = {odd, loss};
    CU_ASSERT_TRUE(plx_log_row(log, two, 2, &err));
    CU_ASSERT_TRUE(plx_log_row(log, &more, 1, &err));
    CU_ASSERT_TRUE(plx_log_close(log, &err));
    read_file("log.csv", text, sizeof text);
    CU_ASSERT_STRING_EQUAL(text, "loss,epoch,\"a,b\",more\n0.3,,,\n0.3,3,,\n0.25,,2,\n,,,1\n");
    CU_ASSERT_PTR_NULL(plx_log_open(at("log.csv"), 9, &err));
    CU_ASSERT_PTR_NOT_NULL(strstr(err.text, "has fewer than 9 rows"));
    CU_ASSERT_PTR_NULL(plx_log_open(at("no/log.csv"), -1, &err));
}

static void event_files_are_those_of_tensorboard(void)
{
    // Written by TensorBoard itself: the version, then loss = 0.5 at step 300.
    static const unsigned char want[] = {
        24, 0,  0,   0,   0,   0,   0,  0,   163, 127, 75,  34,  9,  0,   0,   0,   0,
        0,  0,  248, 63,  26,  13,  98, 114, 97,  105, 110, 46,  69, 118, 101, 110, 116,
        58, 50, 42,  40,  100, 108, 27, 0,   0,   0,   0,   0,   0,  0,   26,  13,  158,
        19, 9,  0,   0,   0,   0,   0,  0,   4,   64,  16,  172, 2,  42,  13,  10,  11,
        10, 4,  108, 111, 115, 115, 21, 0,   0,   0,   63,  240, 75, 196, 162};
    PlxError   err = {0};
    char       text[500];
    PlxEvents *e = plx_events_open(at("events"), -1, 1.5, &err);
    CU_ASSERT_PTR_NOT_NULL_FATAL(e);
    PlxLogValue loss = {"loss", PLX_F32, 0.5};
    CU_ASSERT_TRUE(plx_events_row(e, 300, 2.5, &loss, 1, &err));
    CU_ASSERT_TRUE(plx_events_close(e, &err));
    size_t n = read_file("events", text, sizeof text);
    CU_ASSERT_EQUAL(n, sizeof want);
    CU_ASSERT_EQUAL(memcmp(text, want, sizeof want), 0);
    e = plx_events_open(at("events"), 40, 9, &err); // a run that is resumed: what came later goes
    CU_ASSERT_PTR_NOT_NULL_FATAL(e);
    int64_t bytes;
    CU_ASSERT_TRUE(plx_events_sync(e, &bytes, &err));
    CU_ASSERT_EQUAL(bytes, 40);
    CU_ASSERT_TRUE(plx_events_row(e, 300, 2.5, &loss, 1, &err));
    CU_ASSERT_TRUE(plx_events_close(e, &err));
    CU_ASSERT_EQUAL(read_file("events", text, sizeof text), sizeof want);
    CU_ASSERT_EQUAL(memcmp(text, want, sizeof want), 0);
    CU_ASSERT_PTR_NULL(plx_events_open(at("no/events"), -1, 0, &err));
    CU_ASSERT_EQUAL(err.code, PLX_ERR_FILE);
}

static int times(const char *text, const char *what)
{
    int n = 0;
    for (const char *p = text; (p = strstr(p, what)); p++)
        n++;
    return n;
}

static void plots_show_what_is_finite(void)
{
    static char  text[20000];
    const double x[] = {0, 1, 2, 3}, y[] = {1, NAN, 2, INFINITY}, none[] = {NAN};
    PlxSeries    series[] = {{"a < b", x, y, 4}, {"c", NULL, x, 4}};
    PlxPlot      p = {.kind = PLX_PLOT_POINTS, .title = "<>", .series = series, .count = 2};
    PlxError     err = {0};
    CU_ASSERT_TRUE_FATAL(plx_plot(at("p.svg"), &p, &err));
    text[read_file("p.svg", text, sizeof text - 1)] = 0;
    CU_ASSERT_EQUAL(times(text, "<circle"), 2 + 4);
    CU_ASSERT_EQUAL(times(text, "a &lt; b"), 1);
    CU_ASSERT_EQUAL(times(text, "&lt;&gt;"), 1);
    CU_ASSERT_EQUAL(times(text, "</svg>\n"), 1);
    CU_ASSERT_EQUAL(times(text, "nan") + times(text, "inf"), 0);
    p.kind = PLX_PLOT_LINES;
    CU_ASSERT_FALSE(plx_plot(at("p.png"), &p, &err));
    CU_ASSERT_EQUAL(err.code, PLX_ERR_FORMAT);
    series[0] = (PlxSeries){NULL, NULL, none, 1};
    p.count = 1;
    CU_ASSERT_FALSE(plx_plot(at("none.svg"), &p, &err));
    CU_ASSERT_EQUAL(err.code, PLX_ERR_VALUE);
}

static void images_are_png_with_their_pixels(void)
{
    static unsigned char file[4000], all[200000];
    const double         value[] = {0, 0.25, 0.5, 1};
    PlxPlot              p = {.kind = PLX_PLOT_IMAGES, .value = value, .images = 1, .rows = 2, .columns = 2};
    PlxError             err = {0};
    CU_ASSERT_TRUE_FATAL(plx_plot(at("i.png"), &p, &err));
    size_t n = read_file("i.png", (char *)file, sizeof file);
    CU_ASSERT_EQUAL_FATAL(memcmp(file, "\x89PNG\r\n\x1a\n", 8), 0);
    CU_ASSERT_EQUAL(memcmp(file + n - 8, "IEND", 4), 0);
    int    side = file[19] | file[18] << 8, zoom = side / 2; // 2 by 2, enlarged
    uLongf room = sizeof all;
    size_t packed = (size_t)file[33] << 24 | (size_t)file[34] << 16 | (size_t)file[35] << 8 | file[36];
    CU_ASSERT_EQUAL_FATAL(uncompress(all, &room, file + 41, packed), Z_OK);
    CU_ASSERT_EQUAL(room, (uLongf)(side * (side * 3 + 1)));
    CU_ASSERT_EQUAL(all[1], 0);
    CU_ASSERT_EQUAL(all[1 + 3 * zoom], 64);
    CU_ASSERT_EQUAL(all[zoom * (side * 3 + 1) + 1], 128);
    CU_ASSERT_EQUAL(all[zoom * (side * 3 + 1) + 1 + 3 * zoom], 255);
}

static void progress_fits_its_width(void)
{
    char        line[200];
    PlxLogValue v[] = {{"train_loss", PLX_F32, 0.03123456}, {"epoch", PLX_I64, 2}};
    plx_progress(line, sizeof line, 200, 20, 40, 12, v, 2);
    CU_ASSERT_STRING_EQUAL(line,
                           "[#####-----]  50% 20/40  0:12 left 0:12  train_loss 0.03123  epoch 2");
    plx_progress(line, sizeof line, 60, 20, 40, 12, v, 2);
    CU_ASSERT_STRING_EQUAL(line, "[#####-----]  50% 20/40  0:12 left 0:12  train_loss 0.03123");
    plx_progress(line, sizeof line, 10, 40, 40, 4000, v, 2);
    CU_ASSERT_STRING_EQUAL(line, "[#########");
    plx_progress(line, 6, 80, 7, 0, 1, v, 2);
    CU_ASSERT_STRING_EQUAL(line, "7  0:");
}

#define TEST(f)                                                                                    \
    {                                                                                              \
#f, f                                                                                      \
    }

int main(void)
{
    static const CU_TestInfo tests[] = {
        TEST(npy_loses_nothing),
        TEST(npz_loses_nothing),
        TEST(safetensors_lose_nothing),
        TEST(csv_reads_back_what_was_written),
        TEST(foreign_types_are_converted_where_nothing_is_lost),
        TEST(column_order_becomes_row_order),
        TEST(idx_files_load_packed_and_plain),
        TEST(text_is_bytes),
        TEST(messages_name_file_axis_and_both_sizes),
        TEST(npy_headers_are_read_strictly),
        TEST(csv_errors_have_row_and_column),
        TEST(csv_takes_quotes_blanks_marks_and_line_ends),
        TEST(csv_of_many_rows),
        TEST(safetensors_headers_are_read_strictly),
        TEST(zip_bombs_are_refused_by_what_they_declare),
        TEST(a_full_disk_leaves_what_was_there),
        TEST(a_name_twice_is_not_saved),
        TEST(deflated_members_load),
        TEST(mutated_files_do_not_crash),
        TEST(log_columns_may_come_later),
        TEST(a_resumed_log_keeps_its_rows),
        TEST(event_files_are_those_of_tensorboard),
        TEST(plots_show_what_is_finite),
        TEST(images_are_png_with_their_pixels),
        TEST(progress_fits_its_width),
        CU_TEST_INFO_NULL,
    };
    snprintf(folder, sizeof folder, "/tmp/plexus-test-XXXXXX");
    if (!mkdtemp(folder))
        return 3;
    int  status = run_tests("runtime data", tests);
    DIR *d = opendir(folder);
    for (struct dirent *e; d && (e = readdir(d));)
        if (e->d_name[0] != '.')
            unlink(at(e->d_name));
    closedir(d);
    rmdir(folder);
    return status;
}
