// Files that the command writes: whole, or not at all.
#ifndef PLX_DRIVER_OUTPUT_H
#define PLX_DRIVER_OUTPUT_H

#include "driver/session.h"

// Writes `n` bytes beside `path` and renames; a failure is reported, and leaves nothing behind.
bool output_write(Session *s, const char *path, const char *text, size_t n);

#endif
