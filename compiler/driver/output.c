#include "driver/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static bool failed(Session *s, const char *path)
{
    diag_report(s->diags, DIAG_E0803, SPAN_NONE, "cannot write `%s`: %s", path, strerror(errno));
    s->failed = true;
    return false;
}

bool output_write(Session *s, const char *path, const char *text, size_t n)
{
    const char *temporary = arena_printf(s->arena, "%s.%ld.part", path, (long)getpid());
    FILE       *f = fopen(temporary, "wb");
    if (!f)
        return failed(s, path);
    bool ok = fwrite(text, 1, n, f) == n && !fflush(f) && !fsync(fileno(f));
    ok = !fclose(f) && ok;
    if (ok && !rename(temporary, path))
        return true;
    int why = errno;
    remove(temporary);
    errno = why;
    return failed(s, path);
}
