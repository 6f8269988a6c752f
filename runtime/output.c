// Atomic files: written beside their place, synced, renamed.
#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define TRIES 100 // names for a temporary file, where others of the same process are still there

static bool cannot(const Output *o, const char *what, int code, PlxError *err)
{
    return plx_error(err, PLX_ERR_FILE, "%.300s: cannot %s: %s", o->path, what, strerror(code));
}

bool output_open(Output *o, const char *path, PlxError *err)
{
    *o = (Output){.path = path};
    size_t room = strlen(path) + 64;
    o->temporary = malloc(room);
    if (!o->temporary)
        return plx_error(err, PLX_ERR_MEMORY, "%.300s: out of memory", path);
    int fd = -1;
    for (int i = 0; i < TRIES && fd < 0; i++) {
        snprintf(o->temporary, room, "%s.tmp-%ld-%d", path, (long)getpid(), i);
        fd = open(o->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (fd < 0 && errno != EEXIST)
            break;
    }
    o->file = fd < 0 ? NULL : fdopen(fd, "wb");
    if (o->file)
        return true;
    cannot(o, "create a file beside it", errno, err);
    if (fd >= 0) {
        close(fd);
        unlink(o->temporary);
    }
    free(o->temporary);
    return false;
}

void output_put(Output *o, const void *data, int64_t n)
{
    if (o->error || n == 0)
        return;
    errno = 0;
    if (fwrite(data, 1, (size_t)n, o->file) != (size_t)n)
        o->error = errno ? errno : EIO;
    o->written += n;
}

void output_puts(Output *o, const char *text)
{
    output_put(o, text, (int64_t)strlen(text));
}

// The rename lasts only when the folder is synced; where a file system can't, the data still are.
static void sync_folder(char *path)
{
    int fd = open(dirname(path), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return;
    fsync(fd);
    close(fd);
}

static bool settle(Output *o, PlxError *err)
{
    if (!o->error && (fflush(o->file) != 0 || fsync(fileno(o->file)) != 0))
        o->error = errno;
    if (fclose(o->file) != 0 && !o->error)
        o->error = errno;
    if (o->error)
        return cannot(o, "write", o->error, err);
    return rename(o->temporary, o->path) == 0 || cannot(o, "take its place", errno, err);
}

bool output_close(Output *o, bool ok, PlxError *err)
{
    if (ok)
        ok = settle(o, err);
    else
        fclose(o->file);
    if (!ok)
        unlink(o->temporary);
    else
        sync_folder(o->temporary);
    free(o->temporary);
    return ok;
}

// ---- text ----

static bool make_room(Text *t, size_t more)
{
    if (t->failed || more > SIZE_MAX / 4 - t->n)
        return false;
    if (t->n + more < t->room)
        return true;
    size_t room = (t->n + more + 64) * 2;
    char  *at = realloc(t->at, room);
    if (!at)
        return false;
    t->at = at;
    t->room = room;
    return true;
}

void text_put(Text *t, const char *s, size_t n)
{
    if (!make_room(t, n)) {
        t->failed = true;
        return;
    }
    if (n)
        memcpy(t->at + t->n, s, n);
    t->n += n;
    t->at[t->n] = 0;
}

void text_printf(Text *t, const char *fmt, ...)
{
    va_list ap, again;
    va_start(ap, fmt);
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    if (n < 0 || !make_room(t, (size_t)n))
        t->failed = true;
    else {
        vsnprintf(t->at + t->n, (size_t)n + 1, fmt, again);
        t->n += (size_t)n;
    }
    va_end(again);
    va_end(ap);
}

void text_free(Text *t)
{
    free(t->at);
    *t = (Text){0};
}

void text_cell(Text *t, const char *s)
{
    size_t n = strlen(s);
    bool   plain =
        !s[strcspn(s, ",\"\r\n")] && (!n || (!strchr(" \t", s[0]) && !strchr(" \t", s[n - 1])));
    if (plain) {
        text_put(t, s, n);
        return;
    }
    text_put(t, "\"", 1);
    for (; *s; s++)
        text_put(t, *s == '"' ? "\"\"" : s, *s == '"' ? 2 : 1);
    text_put(t, "\"", 1);
}

// ---- names ----

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

bool names_differ(const char *const *name, int n, const char **twice)
{
    const char **sorted = malloc(sizeof *sorted * ((size_t)n + 1));
    *twice = NULL;
    if (!sorted)
        return false;
    memcpy(sorted, name, sizeof *sorted * (size_t)n);
    qsort(sorted, (size_t)n, sizeof *sorted, by_text);
    for (int i = 1; i < n && !*twice; i++)
        if (strcmp(sorted[i - 1], sorted[i]) == 0)
            *twice = sorted[i];
    free(sorted);
    return !*twice;
}

// Bytes of the sequence that begins at s (n left); 0: not valid. Overlong forms and surrogates are
// not.
static size_t sequence(const unsigned char *s, size_t n)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t                length = s[0] < 0x80       ? 1
                                   : s[0] >> 5 == 6  ? 2
                                   : s[0] >> 4 == 14 ? 3
                                   : s[0] >> 3 == 30 ? 4
                                                     : 0;
    if (length < 2)
        return length;
    if (length > n)
        return 0;
    uint32_t code = s[0] & (0x7fu >> length);
    for (size_t i = 1; i < length; i++) {
        if (s[i] >> 6 != 2)
            return 0;
        code = code << 6 | (s[i] & 0x3f);
    }
    bool good = code >= least[length] && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
    return good ? length : 0;
}

bool utf8_valid(const char *s, size_t n)
{
    for (size_t i = 0, step; i < n; i += step) {
        step = sequence((const unsigned char *)s + i, n - i);
        if (!step)
            return false;
    }
    return true;
}
