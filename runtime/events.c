// TensorBoard's event files: TFRecord frames around Event messages
// (tensorflow/core/util/event.proto), of which scalars need few fields: wall_time = 1, step = 2,
// file_version = 3, summary = 5, there value = 1, there tag = 1, simple_value = 2.
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "output.h"

enum { VARINT = 0, FIXED64 = 1, BYTES = 2, FIXED32 = 5 };

struct PlxEvents {
    char *path;
    FILE *file;
};

// ---- messages ----

static void put_varint(Text *t, uint64_t v)
{
    for (; v >= 0x80; v >>= 7) {
        char byte = (char)(v | 0x80);
        text_put(t, &byte, 1);
    }
    char last = (char)v;
    text_put(t, &last, 1);
}

static void put_key(Text *t, unsigned field, unsigned kind)
{
    put_varint(t, field << 3 | kind);
}

static void put_bytes(Text *t, unsigned field, const char *s, size_t n)
{
    put_key(t, field, BYTES);
    put_varint(t, n);
    text_put(t, s, n);
}

static void put_wall(Text *t, double wall)
{
    put_key(t, 1, FIXED64);
    text_put(t, (const char *)&wall, sizeof wall);
}

static void put_scalar(Text *summary, const PlxLogValue *v, Text *scalar)
{
    float value = (float)v->value;
    scalar->n = 0;
    put_bytes(scalar, 1, v->name, strlen(v->name));
    put_key(scalar, 2, FIXED32);
    text_put(scalar, (const char *)&value, sizeof value);
    summary->failed |= scalar->failed;
    if (!summary->failed)
        put_bytes(summary, 1, scalar->at, scalar->n);
}

// ---- frames: length, its checksum, the message, its checksum ----

// CRC-32C (Castagnoli), rotated and shifted as TFRecord wants it.
static uint32_t masked_crc(const void *data, size_t n)
{
    uint32_t crc = 0xffffffffu;
    for (size_t i = 0; i < n; i++) {
        crc ^= ((const unsigned char *)data)[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (crc & 1 ? 0x82f63b78u : 0);
    }
    crc = ~crc;
    return (crc >> 15 | crc << 17) + 0xa282ead8u;
}

static bool put_frame(PlxEvents *e, const Text *message, PlxError *err)
{
    uint64_t n = message->n;
    uint32_t length_crc = masked_crc(&n, sizeof n), crc = masked_crc(message->at, message->n);
    errno = 0;
    bool ok = fwrite(&n, sizeof n, 1, e->file) == 1 &&
              fwrite(&length_crc, sizeof length_crc, 1, e->file) == 1 &&
              fwrite(message->at, 1, message->n, e->file) == message->n &&
              fwrite(&crc, sizeof crc, 1, e->file) == 1 && fflush(e->file) == 0;
    return ok || plx_error(err, PLX_ERR_FILE, "%.300s: cannot write: %s", e->path, strerror(errno));
}

static bool no_memory(const char *path, PlxError *err)
{
    return plx_error(err, PLX_ERR_MEMORY, "%.300s: out of memory", path);
}

// ---- the file ----

static void events_free(PlxEvents *e)
{
    if (e->file)
        fclose(e->file);
    free(e->path);
    free(e);
}

static bool put_version(PlxEvents *e, double wall, PlxError *err)
{
    static const char version[] = "brain.Event:2";
    Text              t = {0};
    put_wall(&t, wall);
    put_bytes(&t, 3, version, sizeof version - 1);
    bool ok = t.failed ? no_memory(e->path, err) : put_frame(e, &t, err);
    text_free(&t);
    return ok;
}

// Begins a file, or cuts one off behind its first `keep` bytes.
static bool begin(PlxEvents *e, int64_t keep, double wall, PlxError *err)
{
    e->file = fopen(e->path, keep < 0 ? "wbe" : "abe");
    if (!e->file || (keep >= 0 && (ftruncate(fileno(e->file), keep) != 0 || fseeko(e->file, 0, SEEK_END) != 0)))
        return plx_error(err, PLX_ERR_FILE, "%.300s: cannot write: %s", e->path, strerror(errno));
    return keep > 0 || put_version(e, wall, err);
}

PlxEvents *plx_events_open(const char *path, int64_t keep, double wall, PlxError *err)
{
    PlxEvents *e = calloc(1, sizeof *e);
    if (e)
        e->path = strdup(path);
    if (!e || !e->path) {
        no_memory(path, err);
        free(e);
        return NULL;
    }
    if (begin(e, keep, wall, err))
        return e;
    events_free(e);
    return NULL;
}

bool plx_events_row(PlxEvents *e, int64_t step, double wall, const PlxLogValue *value, int count,
                    PlxError *err)
{
    Text message = {0}, summary = {0}, scalar = {0};
    for (int i = 0; i < count; i++)
        put_scalar(&summary, &value[i], &scalar);
    put_wall(&message, wall);
    put_key(&message, 2, VARINT);
    put_varint(&message, (uint64_t)step);
    if (!summary.failed && count > 0)
        put_bytes(&message, 5, summary.at, summary.n);
    bool ok = !message.failed && !summary.failed;
    ok = ok ? put_frame(e, &message, err) : no_memory(e->path, err);
    text_free(&message);
    text_free(&summary);
    text_free(&scalar);
    return ok;
}

bool plx_events_sync(PlxEvents *e, int64_t *bytes, PlxError *err)
{
    bool ok = fflush(e->file) == 0 && fsync(fileno(e->file)) == 0;
    *bytes = ok ? (int64_t)ftello(e->file) : 0;
    return ok || plx_error(err, PLX_ERR_FILE, "%.300s: cannot write: %s", e->path, strerror(errno));
}

bool plx_events_close(PlxEvents *e, PlxError *err)
{
    int64_t bytes;
    bool    ok = plx_events_sync(e, &bytes, err);
    events_free(e);
    return ok;
}
