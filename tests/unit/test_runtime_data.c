// Data files: what is saved loads back, what others write is read, what is malformed is refused with its place.
#include "test_runtime_data.h"

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
    CU_ASSERT_PTR_NOT_NULL(strstr(err.text, "this is no safetensors file"));
    write_file("s.safetensors", "\x03\0\0\0\0\0\0\0{}", 10);
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
        CU_TEST_INFO_NULL,
    };
    return run_in_folder("runtime data", tests);
}
