// Errors as values.
#include "internal.h"

#include <stdio.h>

bool plx_verror(PlxError *err, PlxCode code, const char *fmt, va_list ap)
{
    if (err) {
        err->code = (int)code;
        vsnprintf(err->text, sizeof err->text, fmt, ap);
    }
    return false;
}

bool plx_error(PlxError *err, PlxCode code, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    plx_verror(err, code, fmt, ap);
    va_end(ap);
    return false;
}
