// Loading by the file's ending.
#include "array.h"
#include "csv.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef bool LoadStream(Stream *s, const PlxWant *want, int count, PlxTensor *out, PlxError *err);

static bool only_one(const char *label, int count, PlxError *err)
{
    return count == 1 || plx_error(err, PLX_ERR_SHAPE,
                                   "%s: holds one array; %d fields were expected", label, count);
}

// "FILE: `field`", or the file alone.
static void label_field(char *label, const char *file, const char *name)
{
    snprintf(label, PLX_LABEL, name ? "%.300s: `%.80s`" : "%.300s", file, name);
}

static bool load_npy(Stream *s, const PlxWant *want, int count, PlxTensor *out, PlxError *err)
{
    Array a;
    return only_one(stream_label(s), count, err) && npy_header(s, &a, err) &&
           array_read(s, &a, want, out, err) && stream_end(s, err);
}

static bool load_idx(Stream *s, const PlxWant *want, int count, PlxTensor *out, PlxError *err)
{
    Array a;
    return only_one(stream_label(s), count, err) && idx_header(s, &a, err) &&
           array_read(s, &a, want, out, err) && stream_end(s, err);
}

// ---- text ----

// All bytes of a stream whose length is not known before; its address in *data.
static bool read_unpacked(Stream *s, char **data, int64_t *n, PlxError *err)
{
    int64_t room = 0;
    *data = NULL;
    for (*n = 0;;) {
        if (*n == room) {
            room = room ? room * 2 : 1 << 16;
            char *more = room > PLX_TEXT_LIMIT ? NULL : realloc(*data, (size_t)room);
            if (!more && room > PLX_TEXT_LIMIT)
                return plx_error(err, PLX_ERR_LIMIT, "%s: has more than %" PRId64 " bytes",
                                 stream_label(s), PLX_TEXT_LIMIT);
            if (!more)
                return plx_error(err, PLX_ERR_MEMORY, "%s: out of memory", stream_label(s));
            *data = more;
        }
        int64_t got = stream_read(s, *data + *n, room - *n, err);
        if (got <= 0)
            return got == 0;
        *n += got;
    }
}

static bool load_bytes(const char *label, const PlxWant *want, const char *data, int64_t n,
                       PlxTensor *out, PlxError *err)
{
    PlxElem elem = want->elem < PLX_ELEM_COUNT ? want->elem : PLX_U8;
    int64_t wide[512];
    if (!array_check(label, want, 1, &n, err) || !plx_tensor_new(out, elem, 1, &n, err))
        return false;
    for (int64_t i = 0; i < n;) {
        int64_t part = 0, first = i;
        for (; part < 512 && i < n; part++, i++)
            wide[part] = (unsigned char)data[i];
        if (!array_store(label, want, false, wide, part, out, first, err))
            return false;
    }
    return true;
}

static bool load_txt(Stream *s, const PlxWant *want, int count, PlxTensor *out, PlxError *err)
{
    if (!only_one(stream_label(s), count, err))
        return false;
    if (stream_exact(s)) {
        Array a = {.type = FILE_U1, .rank = 1, .dim = {stream_bound(s)}};
        return array_read(s, &a, want, out, err) && stream_end(s, err);
    }
    char   *data;
    int64_t n;
    bool    ok =
        read_unpacked(s, &data, &n, err) && load_bytes(stream_label(s), want, data, n, out, err);
    free(data);
    return ok;
}

// ---- npz ----

static bool no_field(const Zip *z, const char *path, const char *name, PlxError *err)
{
    char   list[200];
    size_t used = 0;
    list[0] = 0;
    for (int i = 0; i < zip_count(z) && used < sizeof list; i++) {
        int length = (int)strlen(zip_name(z, i));
        if (length > 4 && strcmp(zip_name(z, i) + length - 4, ".npy") == 0)
            length -= 4;
        used += (size_t)snprintf(list + used, sizeof list - used, "%s%.*s", used ? ", " : "",
                                 length < 40 ? length : 40, zip_name(z, i));
    }
    return plx_error(err, PLX_ERR_SHAPE, "%.200s: there is no field `%.60s`; the file has: %s",
                     path, name, list);
}

static bool load_member(Zip *z, const char *path, const PlxWant *want, PlxTensor *out,
                        PlxError *err)
{
    char name[300], label[PLX_LABEL];
    snprintf(name, sizeof name, "%s.npy", want->name);
    int member = zip_find(z, name);
    if (member < 0)
        member = zip_find(z, want->name);
    if (member < 0)
        return no_field(z, path, want->name, err);
    label_field(label, path, want->name);
    Stream *s = zip_stream(z, member, label, err);
    bool    ok = s && load_npy(s, want, 1, out, err);
    stream_close(s);
    return ok;
}

static bool load_npz(const char *path, const PlxWant *want, int count, PlxTensor *out,
                     PlxError *err)
{
    Zip *z = zip_open(path, err);
    bool ok = z != NULL;
    for (int i = 0; ok && i < count; i++)
        ok = load_member(z, path, &want[i], &out[i], err);
    zip_close(z);
    return ok;
}

// ---- by ending ----

typedef bool LoadPath(const char *path, const PlxWant *want, int count, PlxTensor *out, PlxError *err);

static const struct {
    const char *ending;
    LoadStream *load;  // NULL: `whole` reads the file, which is never packed
    LoadPath   *whole;
    bool        named; // messages name the one field
} formats[] = {
    {".npy", load_npy, NULL, true}, {".npz", NULL, load_npz, false},  {".csv", csv_read, NULL, false},
    {".txt", load_txt, NULL, true}, {".idx", load_idx, NULL, true},   {"-ubyte", load_idx, NULL, true},
    {".safetensors", NULL, safetensors_read, false},
};

static bool ends(const char *path, size_t n, const char *ending)
{
    size_t e = strlen(ending);
    return n >= e && memcmp(path + n - e, ending, e) == 0;
}

static bool load_format(const char *path, size_t format, bool packed, const PlxWant *want,
                        int count, PlxTensor *out, PlxError *err)
{
    if (!formats[format].load && packed)
        return plx_error(err, PLX_ERR_FORMAT,
                         "%.300s: `%s.gz` can't be read, only `%s`", path, formats[format].ending,
                         formats[format].ending);
    if (!formats[format].load)
        return formats[format].whole(path, want, count, out, err);
    char label[PLX_LABEL];
    label_field(label, path, formats[format].named && count == 1 ? want->name : NULL);
    Stream *s = stream_open(path, packed, label, err);
    bool    ok = s && formats[format].load(s, want, count, out, err);
    stream_close(s);
    return ok;
}

bool plx_load(const char *path, const PlxWant *want, int count, PlxTensor *out, PlxError *err)
{
    for (int i = 0; i < count; i++)
        out[i] = (PlxTensor){0};
    size_t n = strlen(path);
    bool   packed = ends(path, n, ".gz"), ok = false;
    n -= packed ? 3 : 0;
    size_t f = 0;
    while (f < sizeof formats / sizeof *formats && !ends(path, n, formats[f].ending))
        f++;
    if (f == sizeof formats / sizeof *formats)
        plx_error(
            err, PLX_ERR_FORMAT,
            "%.300s: its ending is none of .npy .npz .csv .txt .idx -ubyte (or these with .gz) and .safetensors",
            path);
    else
        ok = load_format(path, f, packed, want, count, out, err);
    for (int i = 0; !ok && i < count; i++)
        plx_tensor_free(&out[i]);
    return ok;
}
