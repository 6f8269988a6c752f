// CSV files as RFC 4180 has them: a line of names, quoted fields, records that may span lines.
#include "csv.h"

#include <inttypes.h>
#include <stdlib.h>
#include <stdio.h>
#include <string.h>

#include "array.h"
#include "number.h"

#define MOST_CELL    (1 << 20) // bytes
#define MOST_COLUMNS (1 << 20)
#define READ_SIZE    (64 << 10)

typedef struct {
    Stream   *stream;
    PlxError *err;
    char     *buffer; // READ_SIZE bytes of the file
    int64_t   at, filled, seen;
    int64_t   line, row; // of the file, and of the data; row 0 is the header
    char     *cell;      // the cell read last, NUL-terminated
    size_t    length, room;
    bool      last; // it ends its record
    bool      eof;
} Reader;

// A field that is wanted: for column c, cells[c] is its place in a row of the tensor, or -1.
typedef struct {
    const PlxWant *want;
    PlxTensor      tensor; // grows by rows
    int64_t        width, room;
    int           *column; // the file's columns, `width` of them
} Field;

// ---- characters ----

// The next byte; -1 at the end, -2 with an error.
static int next(Reader *r)
{
    if (r->at == r->filled) {
        int64_t got = stream_read(r->stream, r->buffer, READ_SIZE, r->err);
        if (got < 0)
            return -2;
        r->at = 0;
        r->filled = got;
        r->seen += got;
        if (got == 0)
            return -1;
        if (r->seen > PLX_TEXT_LIMIT) {
            plx_error(r->err, PLX_ERR_LIMIT, "%s: has more than %" PRId64 " bytes",
                      stream_label(r->stream), PLX_TEXT_LIMIT);
            return -2;
        }
    }
    return (unsigned char)r->buffer[r->at++];
}

static bool wrong(const Reader *r, const char *what)
{
    return plx_error(r->err, PLX_ERR_FORMAT, "%s: line %" PRId64 ": %s", stream_label(r->stream),
                     r->line, what);
}

static bool add(Reader *r, int c)
{
    if (c == 0)
        return wrong(r, "a zero byte is no text");
    if (r->length + 1 >= r->room) {
        size_t room = r->room * 2;
        char  *cell = room > MOST_CELL ? NULL : realloc(r->cell, room);
        if (!cell)
            return plx_error(r->err, room > MOST_CELL ? PLX_ERR_LIMIT : PLX_ERR_MEMORY,
                             "%s: line %" PRId64 ": the cell is too long", stream_label(r->stream),
                             r->line);
        r->cell = cell;
        r->room = room;
    }
    r->cell[r->length++] = (char)c;
    return true;
}

// ---- cells ----

// After an opening quote, up to the byte behind the closing one, which is returned; -2 with an
// error.
static int quoted(Reader *r)
{
    for (;;) {
        int c = next(r);
        if (c == '"' && (c = next(r)) != '"')
            return c;
        if (c == -1)
            wrong(r, "the file ends within a quoted cell");
        if (c < 0 || !add(r, c))
            return -2;
        r->line += c == '\n';
    }
}

static int unquoted(Reader *r, int c)
{
    for (; c >= 0 && c != ',' && c != '\n'; c = next(r))
        if (c == '"') {
            wrong(r, "a quote inside a cell that does not begin with one");
            return -2;
        } else if (!add(r, c))
            return -2;
    // What is around an unquoted cell is not part of it: blanks, and the first half of CRLF.
    while (r->length > 0 && strchr(" \t\r", r->cell[r->length - 1]))
        r->length--;
    return c;
}

static int skip_blanks(Reader *r, int c)
{
    while (c == ' ' || c == '\t')
        c = next(r);
    return c;
}

// Reads a cell. At the end of the file: an empty one, with eof set.
static bool read_cell(Reader *r)
{
    r->length = 0;
    int c = skip_blanks(r, next(r));
    if (c == '"') {
        c = skip_blanks(r, quoted(r));
        if (c == '\r')
            c = next(r);
        if (c >= 0 && c != ',' && c != '\n')
            return wrong(r, "`,` expected after a closing quote");
    } else
        c = unquoted(r, c);
    if (c == -2)
        return false;
    r->cell[r->length] = 0;
    r->last = c != ',';
    r->eof = c == -1;
    return true;
}

// ---- the header ----

typedef struct {
    char **at;
    int    n, room;
} Names;

static void names_free(Names *names)
{
    for (int i = 0; i < names->n; i++)
        free(names->at[i]);
    free(names->at);
}

static bool names_add(Reader *r, Names *names)
{
    if (names->n == MOST_COLUMNS)
        return wrong(r, "there are too many columns");
    if (names->n == names->room) {
        int    room = names->room ? names->room * 2 : 16;
        char **at = realloc(names->at, sizeof *at * (size_t)room);
        if (!at)
            return plx_error(r->err, PLX_ERR_MEMORY, "%s: out of memory", stream_label(r->stream));
        names->at = at;
        names->room = room;
    }
    char *copy = strdup(r->cell);
    if (!copy)
        return plx_error(r->err, PLX_ERR_MEMORY, "%s: out of memory", stream_label(r->stream));
    names->at[names->n++] = copy;
    return true;
}

static bool skip_mark(Reader *r)
{
    static const char mark[] = "\xef\xbb\xbf"; // UTF-8's byte order mark
    int               c = next(r);
    if (c >= 0)
        r->at--;
    if (c == (unsigned char)mark[0] && r->filled - r->at >= 3 &&
        memcmp(r->buffer + r->at, mark, 3) == 0)
        r->at += 3;
    return c != -2;
}

static bool read_names(Reader *r, Names *names)
{
    if (!skip_mark(r))
        return false;
    do {
        if (!read_cell(r) || !names_add(r, names))
            return false;
    } while (!r->last);
    if (r->eof && names->n == 1 && !names->at[0][0])
        return wrong(r, "a first line with the columns' names was expected; the file is empty");
    r->line++;
    return true;
}

// The column of that name; -1: none. Twice: an error, and -2.
static int find_column(const Reader *r, const Names *names, const char *name)
{
    int found = -1;
    for (int i = 0; i < names->n; i++) {
        if (strcmp(names->at[i], name) != 0)
            continue;
        if (found >= 0) {
            plx_error(r->err, PLX_ERR_FORMAT, "%s: line 1: there are two columns `%.100s`",
                      stream_label(r->stream), name);
            return -2;
        }
        found = i;
    }
    return found;
}

static bool no_column(const Reader *r, const Names *names, const char *name)
{
    char   list[200];
    size_t used = 0;
    list[0] = 0;
    for (int i = 0; i < names->n && used < sizeof list; i++)
        used += (size_t)snprintf(list + used, sizeof list - used, "%s%.40s", i ? ", " : "",
                                 names->at[i]);
    return plx_error(r->err, PLX_ERR_SHAPE, "%s: there is no column `%.60s`; the file has: %s",
                     stream_label(r->stream), name, list);
}

// ---- which columns a field takes ----

// The name of the field's column number i; false behind the last one that the wish names.
static bool column_name(const PlxWant *w, int64_t i, char *name, size_t size)
{
    if (w->column_count)
        snprintf(name, size, "%s", i < w->column_count ? w->columns[i] : "");
    else if (w->rank == 1)
        snprintf(name, size, "%s", w->name);
    else
        snprintf(name, size, "%s_%" PRId64, w->name, i);
    int64_t end = w->rank == 1 ? 1 : w->column_count ? w->column_count : w->dim[1];
    return end < 0 || i < end;
}

// A field without a name is the whole table.
static bool bind_all(const Reader *r, const Names *names, Field *f)
{
    if (f->want->rank == 1 && names->n != 1)
        return plx_error(r->err, PLX_ERR_SHAPE, "%s: has %d columns; 1 was expected", stream_label(r->stream), names->n);
    f->width = names->n;
    for (int i = 0; i < names->n; i++)
        f->column[i] = i;
    return true;
}

// A field of fewer columns than the file has under its name would lose some.
static bool none_is_left(const Reader *r, const Names *names, const Field *f)
{
    const PlxWant *w = f->want;
    char           name[256];
    snprintf(name, sizeof name, "%s_%d", w->name, (int)f->width);
    if (w->rank != 2 || w->column_count || w->dim[1] < 0 || find_column(r, names, name) == -1)
        return true;
    return plx_error(r->err, PLX_ERR_SHAPE, "%s: there is a column `%.60s` too, and axis `%s` has size %" PRId64,
                     stream_label(r->stream), name, w->axis[1] ? w->axis[1] : "1", w->dim[1]);
}

static bool bind_columns(const Reader *r, const Names *names, Field *f)
{
    const PlxWant *w = f->want;
    bool           open = w->rank == 2 && !w->column_count && w->dim[1] < 0;
    char           name[256];
    f->column = malloc(sizeof *f->column * (size_t)names->n);
    if (!f->column)
        return plx_error(r->err, PLX_ERR_MEMORY, "%s: out of memory", stream_label(r->stream));
    if (w->rank == 1 && w->column_count > 1)
        return plx_error(r->err, PLX_ERR_SHAPE, "%s: `%.60s`: %d columns for one axis", stream_label(r->stream),
                         w->name ? w->name : "the table", w->column_count);
    if (!w->name && !w->column_count)
        return bind_all(r, names, f);
    for (int64_t i = 0; column_name(w, i, name, sizeof name); i++) {
        int c = find_column(r, names, name);
        if (c == -1 && open && i > 0)
            break;
        if (c < 0)
            return c == -1 ? no_column(r, names, name) : false;
        if (i == names->n)
            return wrong(r, "a field takes more columns than there are");
        f->column[i] = c;
        f->width = i + 1;
    }
    return none_is_left(r, names, f);
}

static bool start_field(const Reader *r, const Names *names, Field *f)
{
    const PlxWant *w = f->want;
    if (w->rank != 1 && w->rank != 2)
        return plx_error(r->err, PLX_ERR_SHAPE,
                         "%s: `%.60s`: a CSV file holds fields of 1 or 2 axes, not %d",
                         stream_label(r->stream), w->name ? w->name : "the table", w->rank);
    if (w->elem == PLX_C64 || w->elem == PLX_C128)
        return plx_error(r->err, PLX_ERR_TYPE, "%s: `%.60s`: a CSV file holds real numbers, and %s was expected",
                         stream_label(r->stream), w->name ? w->name : "the table", plx_elem_name(w->elem));
    if (!bind_columns(r, names, f))
        return false;
    f->tensor.elem = w->elem < PLX_ELEM_COUNT ? w->elem : PLX_F64;
    f->tensor.rank = w->rank;
    f->tensor.dim[1] = w->rank == 2 ? f->width : 0;
    return true;
}

// ---- rows ----

static bool grow_field(const Reader *r, Field *f)
{
    if (f->tensor.dim[0] < f->room)
        return true;
    int64_t room = f->room ? f->room * 2 : 256, bytes;
    if (!plx_mul(room, f->width * plx_elem_size(f->tensor.elem), &bytes) || bytes > PLX_LOAD_LIMIT)
        return plx_error(r->err, PLX_ERR_LIMIT,
                         "%s: line %" PRId64 ": more than %" PRId64 " bytes of data",
                         stream_label(r->stream), r->line, PLX_LOAD_LIMIT);
    void *data = plx_block(bytes, r->err);
    if (!data)
        return false;
    if (f->tensor.data)
        memcpy(data, f->tensor.data, (size_t)plx_tensor_bytes(&f->tensor));
    free(f->tensor.data);
    f->tensor.data = data;
    f->room = room;
    return true;
}

static bool bad_cell(const Reader *r, PlxCode code, const char *name, const char *what)
{
    return plx_error(r->err, code,
                     "%s: row %" PRId64 " (line %" PRId64
                     "), column `%.60s`: %s expected, `%.40s` found",
                     stream_label(r->stream), r->row, r->line, name, what, r->cell);
}

static int64_t whole(const PlxTensor *t, int64_t i)
{
    switch (plx_elem_size(t->elem)) {
    case 8:
        return ((const int64_t *)t->data)[i];
    case 4:
        return ((const int32_t *)t->data)[i];
    default:
        return t->elem == PLX_I8 ? ((const int8_t *)t->data)[i] : ((const uint8_t *)t->data)[i];
    }
}

static bool store_cell(const Reader *r, const char *name, Field *f, int64_t place)
{
    PlxElem e = f->tensor.elem;
    int64_t i = f->tensor.dim[0] * f->width + place, below = f->want->below;
    if (!number_parse(r->cell, e, f->tensor.data, i))
        return bad_cell(r, PLX_ERR_TYPE, name, plx_elem_name(e));
    bool real = e <= PLX_BF16;
    if (below <= 0 || (!real && whole(&f->tensor, i) >= 0 && whole(&f->tensor, i) < below))
        return true;
    char what[64];
    snprintf(what, sizeof what, "a position in 0..%" PRId64, below - 1);
    return bad_cell(r, PLX_ERR_VALUE, name, what);
}

// Which fields take which column, as lists by column: takers[first[c] .. first[c + 1]).
typedef struct {
    int     field;
    int64_t place;
} Taker;

typedef struct {
    Taker   *at;
    int64_t *first;
} Takers;

static bool list_takers(const Reader *r, int columns, Field *f, int n, Takers *t)
{
    int64_t all = 0;
    for (int i = 0; i < n; i++)
        all += f[i].width;
    t->at = malloc(sizeof *t->at * (size_t)(all + 1));
    t->first = calloc((size_t)columns + 2, sizeof *t->first);
    if (!t->at || !t->first)
        return plx_error(r->err, PLX_ERR_MEMORY, "%s: out of memory", stream_label(r->stream));
    for (int i = 0; i < n; i++)
        for (int64_t p = 0; p < f[i].width; p++)
            t->first[f[i].column[p] + 2]++;
    for (int c = 0; c < columns; c++)
        t->first[c + 2] += t->first[c + 1];
    for (int i = 0; i < n; i++)
        for (int64_t p = 0; p < f[i].width; p++)
            t->at[t->first[f[i].column[p] + 1]++] = (Taker){i, p};
    return true;
}

// One record; `*done` at the end of the file. Empty lines are passed over.
static bool read_row(Reader *r, const Names *names, Field *f, int n, const Takers *t, bool *done)
{
    int column = 0;
    for (int i = 0; i < n; i++)
        if (!grow_field(r, &f[i]))
            return false;
    do {
        if (!read_cell(r))
            return false;
        if (column == 0 && r->last && r->length == 0) {
            *done = r->eof;
            r->line++;
            return true;
        }
        if (column == names->n)
            return wrong(r, "more cells than the first line has names");
        for (int64_t k = t->first[column]; k < t->first[column + 1]; k++)
            if (!store_cell(r, names->at[column], &f[t->at[k].field], t->at[k].place))
                return false;
        column++;
    } while (!r->last);
    if (column < names->n)
        return wrong(r, "fewer cells than the first line has names");
    for (int i = 0; i < n; i++)
        f[i].tensor.dim[0]++;
    r->row++;
    r->line++;
    *done = r->eof;
    return true;
}

static bool read_rows(Reader *r, const Names *names, Field *f, int n)
{
    Takers t = {0};
    bool   ok = list_takers(r, names->n, f, n, &t);
    r->row = 1;
    for (bool done = false; ok && !done;)
        ok = read_row(r, names, f, n, &t, &done);
    free(t.at);
    free(t.first);
    return ok;
}

// ---- all of it ----

static bool finish_field(const Reader *r, Field *f)
{
    char label[PLX_LABEL + 80];
    snprintf(label, sizeof label, "%s: `%.60s`", stream_label(r->stream), f->want->name ? f->want->name : "the table");
    if (f->tensor.dim[0] == 0) {
        free(f->tensor.data);
        f->tensor.data = NULL;
    }
    return array_check(label, f->want, f->tensor.rank, f->tensor.dim, r->err);
}

static bool read_all(Reader *r, Field *f, int n)
{
    Names names = {0};
    bool  ok = read_names(r, &names);
    for (int i = 0; ok && i < n; i++)
        ok = start_field(r, &names, &f[i]);
    ok = ok && read_rows(r, &names, f, n);
    for (int i = 0; ok && i < n; i++)
        ok = finish_field(r, &f[i]);
    names_free(&names);
    return ok;
}

static bool with_reader(Stream *s, Field *f, int n, PlxError *err)
{
    Reader r = {.stream = s, .err = err, .line = 1, .room = 256};
    Locale l;
    r.buffer = malloc(READ_SIZE);
    r.cell = malloc(r.room);
    bool ok = r.buffer && r.cell;
    if (!ok)
        plx_error(err, PLX_ERR_MEMORY, "%s: out of memory", stream_label(s));
    if (ok && (ok = locale_enter(&l, err))) {
        ok = read_all(&r, f, n);
        locale_leave(&l);
    }
    free(r.buffer);
    free(r.cell);
    return ok;
}

bool csv_read(Stream *s, const PlxWant *want, int n, PlxTensor *out, PlxError *err)
{
    Field *f = calloc((size_t)n + 1, sizeof *f);
    if (!f)
        return plx_error(err, PLX_ERR_MEMORY, "%s: out of memory", stream_label(s));
    for (int i = 0; i < n; i++)
        f[i].want = &want[i];
    bool ok = with_reader(s, f, n, err);
    for (int i = 0; i < n; i++) {
        if (ok)
            out[i] = f[i].tensor;
        else
            plx_tensor_free(&f[i].tensor);
        free(f[i].column);
    }
    free(f);
    return ok;
}
