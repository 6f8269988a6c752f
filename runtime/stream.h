// Streams: bytes from a file, a gzip file or a member of a zip file, in order, once.
#ifndef PLX_RUNTIME_STREAM_H
#define PLX_RUNTIME_STREAM_H

#include "internal.h"

#define PLX_LABEL 400 // bytes of a label; longer paths are cut

typedef struct Stream Stream;

// Opens a regular file; `packed`: it must be gzip. `label` (copied) begins every message.
Stream *stream_open(const char *path, bool packed, const char *label, PlxError *err);
void    stream_close(Stream *s);
// Reads up to `n` bytes; fewer only at the end. -1: an error.
int64_t stream_read(Stream *s, void *to, int64_t n, PlxError *err);
// Reads exactly `n` bytes; `what` says what they are: "the header".
bool stream_need(Stream *s, void *to, int64_t n, const char *what, PlxError *err);
// Checks that nothing follows, and the checksum where there is one.
bool stream_end(Stream *s, PlxError *err);
// At most so many bytes are left: exact for plain files, else by the packed size, which deflate
// expands less than 1032 times.
int64_t     stream_bound(const Stream *s);
bool        stream_exact(const Stream *s);
const char *stream_label(const Stream *s);
void        stream_relabel(Stream *s, const char *label);

typedef struct Zip Zip;

// Opens a zip file and reads its directory.
Zip        *zip_open(const char *path, PlxError *err);
void        zip_close(Zip *z);
int         zip_count(const Zip *z);
const char *zip_name(const Zip *z, int member);
// The number of the member of that name; -1: there is none.
int zip_find(const Zip *z, const char *name);
// A stream of a member. Only one stream of a zip file may be open at a time.
Stream *zip_stream(Zip *z, int member, const char *label, PlxError *err);

#endif
