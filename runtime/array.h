// Arrays in files: what their headers say, and how they become tensors.
#ifndef PLX_RUNTIME_ARRAY_H
#define PLX_RUNTIME_ARRAY_H

#include "stream.h"

// The types that files hold, in the order of the table in array.c.
typedef enum {
    FILE_F8,
    FILE_F4,
    FILE_F2,
    FILE_BF16,
    FILE_I8,
    FILE_I4,
    FILE_I2,
    FILE_I1,
    FILE_U8,
    FILE_U4,
    FILE_U2,
    FILE_U1,
    FILE_B1,
    FILE_C8,
    FILE_C16,
    FILE_TYPE_COUNT
} FileType;

typedef struct {
    FileType type;
    bool     swapped;   // the other order of bytes than the machine's
    bool     by_column; // the first axis varies fastest
    int      rank;
    int64_t  dim[PLX_MAX_RANK];
} Array;

// A wish that takes what the file has.
#define ANY_ARRAY ((PlxWant){.elem = PLX_ELEM_COUNT, .rank = -1})

// Reads an array's elements from `s` into a new tensor, as `want` says; all sizes are checked
// before.
bool array_read(Stream *s, const Array *a, const PlxWant *want, PlxTensor *out, PlxError *err);
// Converts and stores n numbers, read as int64 or double, at element `first` of `t`; messages begin
// with `label`.
bool array_store(const char *label, const PlxWant *want, bool real, const void *from, int64_t n,
                 PlxTensor *t, int64_t first, PlxError *err);
// Checks rank and sizes against the wish.
bool array_check(const char *label, const PlxWant *want, int rank, const int64_t *dim,
                 PlxError *err);

// Reads the header of an npy file.
bool npy_header(Stream *s, Array *a, PlxError *err);
// Reads the header of an idx file.
bool idx_header(Stream *s, Array *a, PlxError *err);

// Loads the wanted tensors of a safetensors file, by name.
bool safetensors_read(const char *path, const PlxWant *want, int count, PlxTensor *out, PlxError *err);

#endif
