// The log of a run: a CSV file with a column for each name. Rows are appended; a new name rewrites
// the file with a longer header and commas behind the old rows.
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "half.h"
#include "number.h"
#include "output.h"

struct PlxLog {
    char   *path;
    FILE   *file; // open for appending
    char  **name;
    int     count, room;
    int64_t rows;
    Text    line;
};

static bool no_memory(const PlxLog *log, PlxError *err)
{
    return plx_error(err, PLX_ERR_MEMORY, "%.300s: out of memory", log->path ? log->path : "a log");
}

static bool cannot(const PlxLog *log, const char *what, PlxError *err)
{
    return plx_error(err, PLX_ERR_FILE, "%.300s: cannot %s: %s", log->path, what, strerror(errno));
}

static int find(const PlxLog *log, const char *name)
{
    for (int i = 0; i < log->count; i++)
        if (strcmp(log->name[i], name) == 0)
            return i;
    return -1;
}

static bool add_name(PlxLog *log, const char *name, size_t n, PlxError *err)
{
    if (log->count == log->room) {
        int    room = log->room ? log->room * 2 : 8;
        char **more = realloc(log->name, sizeof *more * (size_t)room);
        if (!more)
            return no_memory(log, err);
        log->name = more;
        log->room = room;
    }
    log->name[log->count] = strndup(name, n);
    return log->name[log->count++] || (log->count--, no_memory(log, err));
}

// ---- the file ----

static void put_titles(Text *line, const PlxLog *log)
{
    line->n = 0;
    for (int i = 0; i < log->count; i++) {
        text_put(line, ",", i > 0);
        text_cell(line, log->name[i]);
    }
    text_put(line, "\n", 1);
}

// Copies the first `keep` rows of the old file behind the new header, each with `more` empty cells.
// Names hold no newlines, so a line is a row; a last line without its newline was never finished.
static bool copy_rows(FILE *from, Output *to, int64_t keep, int more)
{
    char   *line = NULL;
    size_t  room = 0;
    ssize_t n = getline(&line, &room, from); // the old header
    int64_t rows = 0;
    while (rows < keep && n >= 0 && (n = getline(&line, &room, from)) > 0 && line[n - 1] == '\n') {
        output_put(to, line, n - 1);
        for (int i = 0; i < more; i++)
            output_put(to, ",", 1);
        output_put(to, "\n", 1);
        rows++;
    }
    free(line);
    return rows == keep;
}

static bool rewrite(PlxLog *log, int64_t keep, int more, PlxError *err)
{
    Output o;
    put_titles(&log->line, log);
    if (log->line.failed)
        return no_memory(log, err);
    FILE *from = keep > 0 ? fopen(log->path, "rbe") : NULL;
    if (keep > 0 && !from)
        return cannot(log, "read", err);
    bool ok = output_open(&o, log->path, err);
    if (ok) {
        if (log->count)
            output_put(&o, log->line.at, (int64_t)log->line.n);
        bool whole = keep == 0 || copy_rows(from, &o, keep, more) ||
                     plx_error(err, PLX_ERR_FORMAT, "%.300s: has fewer than %" PRId64 " rows",
                               log->path, keep);
        ok = output_close(&o, whole, err);
    }
    if (from)
        fclose(from);
    log->rows = keep;
    return ok;
}

static bool reopen(PlxLog *log, PlxError *err)
{
    if (log->file)
        fclose(log->file);
    log->file = fopen(log->path, "abe");
    return log->file || cannot(log, "write", err);
}

// ---- resuming ----

// The names of a header line, written by put_titles.
static bool read_titles(PlxLog *log, const char *s, PlxError *err)
{
    Text cell = {0};
    bool ok = true;
    for (bool more = true; ok && more; s++) {
        cell.n = 0;
        bool quoted = *s == '"';
        for (s += quoted; *s && *s != '\n' && (quoted || *s != ','); s++) {
            if (*s == '"' && quoted && *++s != '"')
                break;
            text_put(&cell, s, 1);
        }
        more = *s == ',';
        ok = !cell.failed && (more || !*s || *s == '\n') &&
             add_name(log, cell.at ? cell.at : "", cell.n, err);
        if (!*s)
            break;
    }
    text_free(&cell);
    return ok ||
           plx_error(err, PLX_ERR_FORMAT, "%.300s: its first line is no list of names", log->path);
}

static bool read_old(PlxLog *log, PlxError *err)
{
    FILE *f = fopen(log->path, "rbe");
    if (!f)
        return cannot(log, "read", err);
    char  *line = NULL;
    size_t room = 0;
    errno = 0;
    bool read = getline(&line, &room, f) > 0 || feof(f);
    bool ok = read ? !line || read_titles(log, line, err) : cannot(log, "read", err);
    free(line);
    fclose(f);
    return ok;
}

static bool start(PlxLog *log, int64_t keep, PlxError *err)
{
    if (keep > 0 && !read_old(log, err))
        return false;
    return rewrite(log, keep > 0 ? keep : 0, 0, err) && reopen(log, err);
}

static void log_free(PlxLog *log)
{
    for (int i = 0; i < log->count; i++)
        free(log->name[i]);
    free(log->name);
    free(log->path);
    text_free(&log->line);
    if (log->file)
        fclose(log->file);
    free(log);
}

PlxLog *plx_log_open(const char *path, int64_t keep, PlxError *err)
{
    PlxLog *log = calloc(1, sizeof *log);
    if (!log) {
        plx_error(err, PLX_ERR_MEMORY, "%.300s: out of memory", path);
        return NULL;
    }
    log->path = strdup(path);
    if (!log->path)
        no_memory(log, err);
    else if (start(log, keep, err))
        return log;
    log_free(log);
    return NULL;
}

// ---- rows ----

static bool add_columns(PlxLog *log, const PlxLogValue *value, int count, PlxError *err)
{
    int before = log->count;
    for (int i = 0; i < count; i++) {
        const char *name = value[i].name;
        if (find(log, name) >= 0)
            continue;
        if (!*name || name[strcspn(name, "\r\n")])
            return plx_error(err, PLX_ERR_FORMAT,
                             "%.300s: a column's name is empty or has line breaks", log->path);
        if (!add_name(log, name, strlen(name), err))
            return false;
    }
    return log->count == before ||
           (rewrite(log, log->rows, log->count - before, err) && reopen(log, err));
}

static void print_value(const PlxLogValue *v, char *text, size_t size)
{
    float    narrow = (float)v->value;
    uint16_t shorter = v->elem == PLX_F16 ? half_of(v->value) : brain_of(v->value);
    if (v->elem == PLX_F16 || v->elem == PLX_BF16)
        number_print(v->elem, &shorter, 0, text, size);
    else if (v->elem == PLX_F32)
        number_print(PLX_F32, &narrow, 0, text, size);
    else if (v->elem == PLX_F64 || !(fabs(v->value) < 0x1p53))
        number_print(PLX_F64, &v->value, 0, text, size);
    else
        snprintf(text, size, "%.0f", v->value);
}

static void put_values(PlxLog *log, const PlxLogValue *value, int count)
{
    char text[64];
    log->line.n = 0;
    for (int c = 0; c < log->count; c++) {
        text_put(&log->line, ",", c > 0);
        for (int i = 0; i < count; i++)
            if (strcmp(value[i].name, log->name[c]) == 0) {
                print_value(&value[i], text, sizeof text);
                text_put(&log->line, text, strlen(text));
                break;
            }
    }
    text_put(&log->line, "\n", 1);
}

static bool write_row(PlxLog *log, const PlxLogValue *value, int count, PlxError *err)
{
    put_values(log, value, count);
    if (log->line.failed)
        return no_memory(log, err);
    if (fwrite(log->line.at, 1, log->line.n, log->file) != log->line.n || fflush(log->file) != 0)
        return cannot(log, "write", err);
    log->rows++;
    return true;
}

bool plx_log_row(PlxLog *log, const PlxLogValue *value, int count, PlxError *err)
{
    Locale l;
    if (count <= 0)
        return true;
    if (!log->file)
        return plx_error(err, PLX_ERR_FILE, "%.300s: an earlier write failed", log->path);
    if (!locale_enter(&l, err))
        return false;
    bool ok = add_columns(log, value, count, err) && write_row(log, value, count, err);
    locale_leave(&l);
    if (!ok && log->file) { // the file may lack a part: no rows behind it
        fclose(log->file);
        log->file = NULL;
    }
    return ok;
}

int64_t plx_log_rows(const PlxLog *log)
{
    return log->rows;
}

bool plx_log_sync(PlxLog *log, PlxError *err)
{
    bool ok = log->file && fflush(log->file) == 0 && fsync(fileno(log->file)) == 0;
    return ok || cannot(log, "write", err);
}

bool plx_log_close(PlxLog *log, PlxError *err)
{
    bool ok = plx_log_sync(log, err);
    log_free(log);
    return ok;
}

// ---- the progress line ----

#define BAR 10 // characters

static void put_time(Text *t, double seconds)
{
    int64_t s = seconds > 0 && seconds < 1e9 ? (int64_t)seconds : 0;
    if (s >= 3600)
        text_printf(t, "%" PRId64 ":%02d:%02d", s / 3600, (int)(s / 60 % 60), (int)(s % 60));
    else
        text_printf(t, "%d:%02d", (int)(s / 60), (int)(s % 60));
}

static void put_bar(Text *t, int64_t done, int64_t total, double seconds)
{
    if (total <= 0) {
        text_printf(t, "%" PRId64 "  ", done);
        put_time(t, seconds);
        return;
    }
    double part = done <= 0 ? 0 : done >= total ? 1 : (double)done / (double)total;
    int    full = (int)(part * BAR);
    text_printf(t, "[%.*s%.*s] %3d%% %" PRId64 "/%" PRId64 "  ", full, "##########", BAR - full,
                "----------", (int)(part * 100), done, total);
    put_time(t, seconds);
    if (part > 0 && part < 1) {
        text_put(t, " left ", 6);
        put_time(t, seconds / part - seconds);
    }
}

void plx_progress(char *line, size_t size, int width, int64_t done, int64_t total, double seconds,
                  const PlxLogValue *value, int count)
{
    Text t = {0};
    if (size == 0)
        return;
    put_bar(&t, done, total, seconds);
    for (int i = 0; i < count; i++) {
        size_t before = t.n;
        text_printf(&t, value[i].elem <= PLX_BF16 ? "  %s %.4g" : "  %s %.0f", value[i].name,
                    value[i].value);
        if (!t.failed && width >= 0 && t.n > (size_t)width) { // what doesn't fit is left out whole
            t.n = before;
            break;
        }
    }
    size_t n = t.failed ? 0 : t.n;
    n = n < size - 1 ? n : size - 1;
    n = width >= 0 && n > (size_t)width ? (size_t)width : n;
    if (n)
        memcpy(line, t.at, n);
    line[n] = 0;
    text_free(&t);
}
