// Numbers as text, whatever the process's locale is.
#ifndef PLX_RUNTIME_NUMBER_H
#define PLX_RUNTIME_NUMBER_H

#include "internal.h"

#include <locale.h>

// The calling thread speaks plain C between the two calls.
typedef struct {
    locale_t ours, before;
} Locale;

bool locale_enter(Locale *l, PlxError *err);
void locale_leave(Locale *l);

// Reads all of `text` into element i of `t`: floats to the nearest value, ints in decimal, bools as
// 0, 1, true, false. False when it is no such number or the element type can't hold it.
bool number_parse(const char *text, PlxElem elem, void *data, int64_t i);
// Writes with as few digits as read back the same; at least 32 bytes of room.
void number_print(PlxElem elem, const void *data, int64_t i, char *text, size_t size);

#endif
