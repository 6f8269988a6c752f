// CSV files.
#ifndef PLX_RUNTIME_CSV_H
#define PLX_RUNTIME_CSV_H

#include "stream.h"

// Reads `n` fields by their columns' names; see plx_load.
bool csv_read(Stream *s, const PlxWant *want, int n, PlxTensor *out, PlxError *err);

#endif
