// What a run shows: its log, its progress, what it prints. The run's folder keeps all of it.
#include <errno.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "driver/runhost.h"

#define LOG     "log.csv"
#define EVENTS  "events.out.tfevents.plexus"
#define PRINTED "printed.txt"

void host_clear_line(const RunHost *h)
{
    if (h->terminal && h->shown > 0)
        fputs("\r\033[K", stderr);
}

static const char *in_folder(const RunHost *h, const char *name) { return arena_printf(h->session->arena, "%s/%s", h->out, name); }

// Seconds since 1970.
static double wall_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

// ---- the log ----

static bool open_logs(RunHost *h, int64_t rows, int64_t events, PlxError *e)
{
    h->log = plx_log_open(in_folder(h, LOG), rows, e);
    h->events = h->log ? plx_events_open(in_folder(h, EVENTS), events, wall_now(), e) : NULL;
    return h->events;
}

static void show_progress(RunHost *h, const PlxLogValue *row, int n)
{
    char   line[160];
    double now = host_seconds();
    if (!h->terminal || now - h->shown <= 0.1)
        return;
    plx_progress(line, sizeof line, 100, plx_log_rows(h->log), 0, now - h->begin, row, n);
    fprintf(stderr, "\r\033[K%s", line);
    fflush(stderr);
    h->shown = now;
}

bool host_log(void *user, const char *const *name, const double *value, int n, Span where)
{
    RunHost    *h = user;
    PlxError    e = {0};
    PlxLogValue row[64];
    for (int i = 0; i < n; i++)
        row[i] = (PlxLogValue){name[i], PLX_F32, value[i]};
    if (!h->log && !open_logs(h, -1, -1, &e))
        return host_fail(h, DIAG_E0803, where, e.text);
    if (!plx_log_row(h->log, row, n, &e) || !plx_events_row(h->events, plx_log_rows(h->log), wall_now(), row, n, &e))
        return host_fail(h, DIAG_E0803, where, e.text);
    show_progress(h, row, n);
    return true;
}

// ---- what is printed ----

static void print_line(RunHost *h, const char *text)
{
    host_clear_line(h);
    puts(text);
    fflush(stdout);
    if (!h->printed && h->keeping)
        h->printed = fopen(in_folder(h, PRINTED), "wbe");
    if (h->printed)
        fprintf(h->printed, "%s\n", text);
}

void host_print(void *user, const char *text) { print_line(user, text); }

void host_expect(void *user, bool holds, const char *claim, const char *figures, Span where)
{
    RunHost *h = user;
    Buf      b = {0};
    (void)where;
    buf_printf(&b, "%s  %s (%s)", holds ? "holds " : "FAILS ", claim, figures);
    print_line(h, b.at);
    buf_free(&b);
    h->failed_expects += !holds;
}

// ---- resuming ----

static bool cannot(const char *path, PlxError *e)
{
    e->code = PLX_ERR_FILE;
    snprintf(e->text, sizeof e->text, "%.300s: cannot be written: %s", path, strerror(errno));
    return false;
}

bool show_sync(RunHost *h, Shown *now, PlxError *e)
{
    *now = (Shown){0};
    if (h->log) {
        now->rows = plx_log_rows(h->log);
        if (!plx_log_sync(h->log, e) || !plx_events_sync(h->events, &now->events, e))
            return false;
    }
    if (h->printed && (fflush(h->printed) != 0 || fsync(fileno(h->printed)) != 0))
        return cannot(PRINTED, e);
    now->printed = h->printed ? ftello(h->printed) : 0;
    return true;
}

static bool print_again(RunHost *h, int64_t bytes, PlxError *e)
{
    const char *path = in_folder(h, PRINTED);
    char        part[4096];
    if (!(h->printed = fopen(path, "r+be")))
        return cannot(path, e);
    while (bytes > 0) {
        size_t want = bytes < (int64_t)sizeof part ? (size_t)bytes : sizeof part, got = fread(part, 1, want, h->printed);
        if (!got)
            return cannot(path, e);
        fwrite(part, 1, got, stdout);
        bytes -= (int64_t)got;
    }
    fflush(stdout);
    return (!ftruncate(fileno(h->printed), ftello(h->printed)) && !fseeko(h->printed, 0, SEEK_END)) || cannot(path, e);
}

bool show_resume(RunHost *h, const Shown *then, PlxError *e)
{
    if (then->rows && !open_logs(h, then->rows, then->events, e))
        return false;
    return !then->printed || print_again(h, then->printed, e);
}

bool show_end(RunHost *h, PlxError *e)
{
    host_clear_line(h);
    bool ok = !h->printed || fclose(h->printed) == 0 || cannot(PRINTED, e);
    if (h->events)
        ok = plx_events_close(h->events, e) && ok;
    if (h->log)
        ok = plx_log_close(h->log, e) && ok;
    return ok;
}
