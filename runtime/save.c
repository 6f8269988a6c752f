// Writing npy, idx, npz and csv.
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "half.h"
#include "number.h"
#include "output.h"

static bool no_memory(const char *path, PlxError *err)
{
    return plx_error(err, PLX_ERR_MEMORY, "%.300s: out of memory", path);
}

// ---- npy ----

static const char *const descr[PLX_ELEM_COUNT] = {
    [PLX_F64] = "<f8", [PLX_F32] = "<f4", [PLX_F16] = "<f2", [PLX_BF16] = "<f4", [PLX_I64] = "<i8",  [PLX_I32] = "<i4",
    [PLX_I8] = "|i1",  [PLX_U8] = "|u1",  [PLX_BOOL] = "|b1",
    [PLX_C64] = "<c8", [PLX_C128] = "<c16",
};

// Version 1: ten bytes, a dictionary, blanks up to a multiple of 64, a newline.
static void put_npy_header(Text *t, const PlxTensor *x)
{
    text_put(t, "\x93NUMPY\x01\x00\x00\x00", 10);
    text_printf(t, "{'descr': '%s', 'fortran_order': False, 'shape': (", descr[x->elem]);
    for (int i = 0; i < x->rank; i++)
        text_printf(t, "%s%" PRId64, i ? ", " : "", x->dim[i]);
    text_printf(t, x->rank == 1 ? ",), }" : "), }");
    while ((t->n + 1) % 64 && !t->failed)
        text_put(t, " ", 1);
    text_put(t, "\n", 1);
    if (t->failed)
        return;
    t->at[8] = (char)((t->n - 10) & 255);
    t->at[9] = (char)((t->n - 10) >> 8);
}

// The format has no bf16: its elements go as the f32 that they are. `wide` is the caller's to free.
static bool npy_view(const PlxTensor *t, PlxTensor *view, PlxTensor *wide, PlxError *err)
{
    *wide = (PlxTensor){0};
    *view = *t;
    if (t->elem != PLX_BF16)
        return true;
    if (!plx_tensor_new(wide, PLX_F32, t->rank, t->dim, err))
        return false;
    for (int64_t i = 0; i < plx_tensor_bytes(t) / 2; i++)
        ((float *)wide->data)[i] = (float)brain_value(((const uint16_t *)t->data)[i]);
    *view = *wide;
    return true;
}

bool plx_npy_save(const char *path, const PlxTensor *t, PlxError *err)
{
    Text      header = {0};
    Output    o;
    PlxTensor view, wide;
    if (!npy_view(t, &view, &wide, err))
        return false;
    put_npy_header(&header, &view);
    bool ok = !header.failed || no_memory(path, err);
    if (ok && (ok = output_open(&o, path, err))) {
        output_put(&o, header.at, (int64_t)header.n);
        output_put(&o, view.data, plx_tensor_bytes(&view));
        ok = output_close(&o, true, err);
    }
    text_free(&header);
    plx_tensor_free(&wide);
    return ok;
}

// ---- idx ----

static int idx_code(PlxElem e)
{
    static const unsigned char code[PLX_ELEM_COUNT] = {
        [PLX_U8] = 8, [PLX_BOOL] = 8, [PLX_I8] = 9, [PLX_I32] = 12, [PLX_F32] = 13, [PLX_F64] = 14,
    };
    return code[e];
}

static bool idx_fits(const char *path, const PlxTensor *t, PlxError *err)
{
    bool fits = idx_code(t->elem) && t->rank > 0;
    for (int i = 0; i < t->rank; i++)
        fits = fits && t->dim[i] <= UINT32_MAX;
    return fits || plx_error(err, PLX_ERR_FORMAT, "%.300s: an idx file holds u8, i8, i32, f32 or f64 along 1 axis or more; this is %s along %d",
                             path, plx_elem_name(t->elem), t->rank);
}

static void put_big(Output *o, const unsigned char *p, int64_t size)
{
    unsigned char turned[8];
    for (int64_t i = 0; i < size; i++)
        turned[i] = p[size - 1 - i];
    output_put(o, turned, size);
}

bool plx_idx_save(const char *path, const PlxTensor *t, PlxError *err)
{
    Output o;
    if (!idx_fits(path, t, err) || !output_open(&o, path, err))
        return false;
    unsigned char head[4] = {0, 0, (unsigned char)idx_code(t->elem), (unsigned char)t->rank};
    output_put(&o, head, sizeof head);
    for (int i = 0; i < t->rank; i++) {
        uint32_t n = (uint32_t)t->dim[i];
        put_big(&o, (const unsigned char *)&n, 4);
    }
    int64_t size = plx_elem_size(t->elem);
    for (int64_t i = 0, n = plx_tensor_count(t); i < n; i++)
        put_big(&o, (const unsigned char *)t->data + i * size, size);
    return output_close(&o, true, err);
}

// ---- npz: members are stored; zip64 records stand where 32 bits are too few ----

#define FULL 0xffffffffu

static void put_little(Text *t, uint64_t v, int bytes)
{
    char p[8];
    for (int i = 0; i < bytes; i++)
        p[i] = (char)(v >> 8 * i);
    text_put(t, p, (size_t)bytes);
}

typedef struct {
    const char *name;
    uint64_t    size, at;
    uint32_t    crc;
} Entry;

static uint64_t narrow(uint64_t v)
{
    return v < FULL ? v : FULL;
}

// What local and directory entries share: version to name length. 0x21 is the first day of 1980:
// the same contents give the same bytes.
static void put_common(Text *t, const Entry *e, bool wide)
{
    put_little(t, wide ? 45 : 20, 2);
    put_little(t, 0x800, 2); // names are UTF-8
    put_little(t, 0, 2);     // stored
    put_little(t, 0, 2);
    put_little(t, 0x21, 2);
    put_little(t, e->crc, 4);
    put_little(t, narrow(e->size), 4);
    put_little(t, narrow(e->size), 4);
    put_little(t, strlen(e->name) + 4, 2);
}

static void put_name(Text *t, const Entry *e)
{
    text_put(t, e->name, strlen(e->name));
    text_put(t, ".npy", 4);
}

static void put_local(Text *t, const Entry *e)
{
    bool wide = e->size >= FULL;
    put_little(t, 0x04034b50, 4);
    put_common(t, e, wide);
    put_little(t, wide ? 20 : 0, 2);
    put_name(t, e);
    if (!wide)
        return;
    put_little(t, 1, 2);
    put_little(t, 16, 2);
    put_little(t, e->size, 8);
    put_little(t, e->size, 8);
}

static void put_directory(Text *t, const Entry *e)
{
    uint64_t extra = (e->size >= FULL ? 16 : 0) + (e->at >= FULL ? 8 : 0);
    put_little(t, 0x02014b50, 4);
    put_little(t, 45, 2);
    put_common(t, e, extra != 0);
    put_little(t, extra ? extra + 4 : 0, 2);
    put_little(t, 0, 2 + 2 + 2); // comment, disk, attributes
    put_little(t, 0, 4);
    put_little(t, narrow(e->at), 4);
    put_name(t, e);
    if (!extra)
        return;
    put_little(t, 1, 2);
    put_little(t, extra, 2);
    if (e->size >= FULL) {
        put_little(t, e->size, 8);
        put_little(t, e->size, 8);
    }
    if (e->at >= FULL)
        put_little(t, e->at, 8);
}

static void put_end(Text *t, uint64_t count, uint64_t at)
{
    uint64_t size = t->n, end = at + size;
    if (count >= 0xffff || end >= FULL) {
        put_little(t, 0x06064b50, 4);
        put_little(t, 44, 8);
        put_little(t, 45, 2);
        put_little(t, 45, 2);
        put_little(t, 0, 8);
        put_little(t, count, 8);
        put_little(t, count, 8);
        put_little(t, size, 8);
        put_little(t, at, 8);
        put_little(t, 0x07064b50, 4);
        put_little(t, 0, 4);
        put_little(t, end, 8);
        put_little(t, 1, 4);
    }
    put_little(t, 0x06054b50, 4);
    put_little(t, 0, 4);
    put_little(t, count < 0xffff ? count : 0xffff, 2);
    put_little(t, count < 0xffff ? count : 0xffff, 2);
    put_little(t, narrow(size), 4);
    put_little(t, narrow(at), 4);
    put_little(t, 0, 2);
}

static uint32_t checksum(uint32_t crc, const void *data, int64_t n)
{
    for (int64_t i = 0; i < n; i += 1 << 30)
        crc = (uint32_t)crc32(crc, (const unsigned char *)data + i,
                              (unsigned)(n - i < 1 << 30 ? n - i : 1 << 30));
    return crc;
}

static bool put_member(Output *o, const PlxField *f, Entry *e, Text *directory)
{
    Text      header = {0}, local = {0};
    PlxTensor view, wide;
    bool      ok = npy_view(&f->tensor, &view, &wide, NULL);
    int64_t   bytes = plx_tensor_bytes(&view);
    put_npy_header(&header, &view);
    ok = ok && !header.failed;
    if (ok) {
        *e = (Entry){f->name, header.n + (uint64_t)bytes, (uint64_t)o->written, 0};
        e->crc = checksum(checksum((uint32_t)crc32(0, NULL, 0), header.at, (int64_t)header.n),
                          view.data, bytes);
        put_local(&local, e);
        put_directory(directory, e);
        ok = !local.failed && !directory->failed;
    }
    if (ok) {
        output_put(o, local.at, (int64_t)local.n);
        output_put(o, header.at, (int64_t)header.n);
        output_put(o, view.data, bytes);
    }
    plx_tensor_free(&wide);
    text_free(&header);
    text_free(&local);
    return ok;
}

static bool check_names(const char *path, const PlxField *field, int count, PlxError *err)
{
    const char **names = malloc(sizeof *names * ((size_t)count + 1)), *twice = NULL;
    if (!names)
        return no_memory(path, err);
    const char *bad = NULL;
    for (int i = 0; i < count; i++) {
        names[i] = field[i].name;
        bad = strlen(names[i]) < 65000 && utf8_valid(names[i], strlen(names[i])) ? bad : names[i];
    }
    bool ok = !bad && names_differ(names, count, &twice);
    free(names);
    if (ok)
        return true;
    return bad ? plx_error(err, PLX_ERR_FORMAT, "%.300s: the name `%.60s` is too long or no UTF-8",
                           path, bad)
               : plx_error(err, PLX_ERR_FORMAT, "%.300s: the name `%.60s` stands twice", path,
                           twice ? twice : "");
}

bool plx_npz_save(const char *path, const PlxField *field, int count, PlxError *err)
{
    Output o;
    if (!check_names(path, field, count, err) || !output_open(&o, path, err))
        return false;
    Text  directory = {0};
    Entry e;
    bool  ok = true;
    for (int i = 0; ok && i < count; i++)
        ok = put_member(&o, &field[i], &e, &directory);
    put_end(&directory, (uint64_t)count, (uint64_t)o.written);
    ok = ok && !directory.failed;
    if (ok)
        output_put(&o, directory.at, (int64_t)directory.n);
    else
        no_memory(path, err);
    text_free(&directory);
    return output_close(&o, ok, err);
}

// ---- csv ----

static bool check_columns(const char *path, const PlxField *field, int count, PlxError *err)
{
    for (int i = 0; i < count; i++) {
        const PlxTensor *t = &field[i].tensor;
        if (t->elem == PLX_C64 || t->elem == PLX_C128)
            return plx_error(err, PLX_ERR_FORMAT, "%.300s: `%.60s` is complex; a csv file holds real numbers", path, field[i].name);
        if (t->rank != 1 && t->rank != 2)
            return plx_error(err, PLX_ERR_FORMAT,
                             "%.300s: `%.60s` has %d axes; a column has 1 or 2", path,
                             field[i].name, t->rank);
        if (t->dim[0] != field[0].tensor.dim[0])
            return plx_error(err, PLX_ERR_FORMAT,
                             "%.300s: `%.60s` has %" PRId64 " rows, `%.60s` %" PRId64, path,
                             field[i].name, t->dim[0], field[0].name, field[0].tensor.dim[0]);
    }
    return true;
}

static int64_t width(const PlxTensor *t)
{
    return t->rank == 1 ? 1 : t->dim[1];
}

static void put_title(Text *line, const PlxField *f)
{
    Text name = {0};
    for (int64_t c = 0; c < width(&f->tensor); c++) {
        name.n = 0;
        text_printf(&name, f->tensor.rank == 1 ? "%s" : "%s_%" PRId64, f->name, c);
        text_put(line, ",", line->n > 0);
        if (name.failed)
            line->failed = true;
        else
            text_cell(line, name.at);
    }
    text_free(&name);
}

static void put_row(Text *line, const PlxField *field, int count, int64_t row)
{
    char number[40];
    for (int i = 0; i < count; i++) {
        const PlxTensor *t = &field[i].tensor;
        for (int64_t c = 0; c < width(t); c++) {
            number_print(t->elem, t->data, row * width(t) + c, number, sizeof number);
            text_put(line, ",", line->n > 0);
            text_put(line, number, strlen(number));
        }
    }
}

static bool put_lines(Output *o, const PlxField *field, int count)
{
    Text    line = {0};
    int64_t rows = count ? field[0].tensor.dim[0] : 0;
    for (int64_t row = -1; row < rows && !line.failed; row++) {
        line.n = 0;
        for (int i = 0; row < 0 && i < count; i++)
            put_title(&line, &field[i]);
        if (row >= 0)
            put_row(&line, field, count, row);
        text_put(&line, "\n", 1);
        if (!line.failed)
            output_put(o, line.at, (int64_t)line.n);
    }
    bool ok = !line.failed;
    text_free(&line);
    return ok;
}

bool plx_csv_save(const char *path, const PlxField *field, int count, PlxError *err)
{
    Output o;
    Locale l;
    if (!check_names(path, field, count, err) || !check_columns(path, field, count, err) ||
        !locale_enter(&l, err))
        return false;
    bool ok = output_open(&o, path, err);
    if (ok) {
        bool whole = put_lines(&o, field, count) || no_memory(path, err);
        ok = output_close(&o, whole, err);
    }
    locale_leave(&l);
    return ok;
}
