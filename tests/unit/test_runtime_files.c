// Files on a bad day: a full disk, bytes that were changed; and what a run writes beside its data: logs, events, plots.
#include "test_runtime_data.h"

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

int main(void)
{
    static const CU_TestInfo tests[] = {
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
    return run_in_folder("runtime files", tests);
}
