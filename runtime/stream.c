// Streams of plain and gzip files, and of members of zip files (the format: PKWARE's APPNOTE 6.3).
#include "stream.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#define MOST_RATIO 1032 // of deflate
#define BUFFER     (256 << 10)

struct Stream {
    char label[PLX_LABEL];
    int64_t (*read)(Stream *s, void *to, int64_t n, PlxError *err);
    bool (*end)(Stream *s, PlxError *err);
    int64_t        bound;  // bytes left, at most
    bool           exact;  // bound is what is left
    gzFile         gz;     // a file
    FILE          *file;   // a zip file's, borrowed
    int64_t        packed; // packed bytes of the member not yet read
    uint32_t       crc, want_crc;
    bool           inflating;
    z_stream       z;
    unsigned char *buffer; // packed bytes
};

// ---- files ----

static int64_t file_read(Stream *s, void *to, int64_t n, PlxError *err)
{
    int64_t got = 0;
    while (got < n) {
        int64_t part = n - got < (1 << 30) ? n - got : 1 << 30;
        int     r = gzread(s->gz, (char *)to + got, (unsigned)part);
        if (r <= 0)
            break;
        got += r;
    }
    int         code = Z_OK;
    const char *why = got < n ? gzerror(s->gz, &code) : "";
    if (code == Z_OK || code == Z_STREAM_END)
        return got;
    if (code == Z_ERRNO)
        plx_error(err, PLX_ERR_FILE, "%s: %s", s->label, strerror(errno));
    else
        plx_error(err, PLX_ERR_FORMAT, "%s: damaged gzip data after %" PRId64 " bytes: %s",
                  s->label, (int64_t)gztell(s->gz), why);
    return -1;
}

static bool file_end(Stream *s, PlxError *err)
{
    char    byte;
    int64_t r = file_read(s, &byte, 1, err);
    if (r < 0)
        return false;
    return r == 0 ||
           plx_error(err, PLX_ERR_FORMAT, "%s: more bytes follow after the data", s->label);
}

// An open descriptor of a regular file and its size; -1 with an error.
static int open_regular(const char *path, const char *label, int64_t *size, PlxError *err)
{
    int         fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); // a named pipe must not hang
    struct stat st;
    if (fd < 0 || fstat(fd, &st) != 0)
        plx_error(err, PLX_ERR_FILE, "%s: %s", label, strerror(errno));
    else if (!S_ISREG(st.st_mode))
        plx_error(err, PLX_ERR_FILE, "%s: is not a regular file", label);
    else {
        *size = st.st_size;
        return fd;
    }
    if (fd >= 0)
        close(fd);
    return -1;
}

static Stream *stream_alloc(const char *label, PlxError *err)
{
    Stream *s = calloc(1, sizeof *s);
    if (s)
        stream_relabel(s, label);
    else
        plx_error(err, PLX_ERR_MEMORY, "%s: out of memory", label);
    return s;
}

static bool set_bound(Stream *s, int64_t size, bool packed, PlxError *err)
{
    s->exact = gzdirect(s->gz) != 0;
    if (packed && s->exact)
        return plx_error(err, PLX_ERR_FORMAT, "%s: is not gzip, though its name says so", s->label);
    if (s->exact)
        s->bound = size;
    else if (!plx_mul(size, MOST_RATIO, &s->bound))
        return plx_error(err, PLX_ERR_LIMIT, "%s: %" PRId64 " bytes are too many", s->label, size);
    return true;
}

Stream *stream_open(const char *path, bool packed, const char *label, PlxError *err)
{
    int64_t size;
    int     fd = open_regular(path, label, &size, err);
    if (fd < 0)
        return NULL;
    Stream *s = stream_alloc(label, err);
    if (s)
        s->gz = gzdopen(fd, "rb");
    if (!s || !s->gz) {
        close(fd);
        if (s)
            plx_error(err, PLX_ERR_MEMORY, "%s: out of memory", label);
        free(s);
        return NULL;
    }
    s->read = file_read;
    s->end = file_end;
    gzbuffer(s->gz, BUFFER);
    if (set_bound(s, size, packed, err))
        return s;
    stream_close(s);
    return NULL;
}

// ---- what all streams do ----

void stream_close(Stream *s)
{
    if (!s)
        return;
    if (s->gz)
        gzclose_r(s->gz);
    if (s->inflating)
        inflateEnd(&s->z);
    free(s->buffer);
    free(s);
}

int64_t stream_read(Stream *s, void *to, int64_t n, PlxError *err)
{
    int64_t got = s->read(s, to, n, err);
    if (got > 0)
        s->bound -= got < s->bound ? got : s->bound;
    return got;
}

bool stream_need(Stream *s, void *to, int64_t n, const char *what, PlxError *err)
{
    int64_t got = n ? stream_read(s, to, n, err) : 0;
    if (got < 0)
        return false;
    return got == n ||
           plx_error(err, PLX_ERR_FORMAT,
                     "%s: ends within %s: %" PRId64 " bytes expected, %" PRId64 " found", s->label,
                     what, n, got);
}

bool stream_end(Stream *s, PlxError *err)
{
    return s->end(s, err);
}

int64_t stream_bound(const Stream *s)
{
    return s->bound;
}

bool stream_exact(const Stream *s)
{
    return s->exact;
}

const char *stream_label(const Stream *s)
{
    return s->label;
}

void stream_relabel(Stream *s, const char *label)
{
    snprintf(s->label, sizeof s->label, "%s", label);
}

// ---- zip files ----

enum { END_SIZE = 22, END64_SIZE = 56, LOCATOR_SIZE = 20, ENTRY_SIZE = 46, LOCAL_SIZE = 30 };

#define END_MARK     0x06054b50u
#define END64_MARK   0x06064b50u
#define LOCATOR_MARK 0x07064b50u
#define ENTRY_MARK   0x02014b50u
#define LOCAL_MARK   0x04034b50u
#define IN_EXTRA     0xffffffffu // the value stands in the zip64 record
#define ZIP64_TAG    1
#define ENCRYPTED    1
#define STORED       0
#define DEFLATED     8

typedef struct {
    char    *name;
    int      method;
    bool     encrypted;
    uint32_t crc;
    uint64_t packed, size, at;
} Member;

struct Zip {
    char    label[PLX_LABEL];
    FILE   *file;
    int64_t size;
    Member *members;
    int     count;
};

typedef struct {
    uint64_t count, bytes, at; // of the directory
} Directory;

static uint64_t little(const unsigned char *p, int bytes)
{
    uint64_t v = 0;
    for (int i = bytes - 1; i >= 0; i--)
        v = v << 8 | p[i];
    return v;
}

static bool zip_bad(const Zip *z, PlxError *err, const char *what)
{
    return plx_error(err, PLX_ERR_FORMAT, "%s: is not a zip file that can be read: %s", z->label,
                     what);
}

static bool zip_at(Zip *z, uint64_t at, void *to, size_t n, PlxError *err)
{
    if (at > (uint64_t)z->size || n > (uint64_t)z->size - at)
        return zip_bad(z, err, "a place lies behind the end of the file");
    if (fseeko(z->file, (off_t)at, SEEK_SET) != 0 || fread(to, 1, n, z->file) != n)
        return plx_error(err, PLX_ERR_FILE, "%s: cannot read: %s", z->label, strerror(errno));
    return true;
}

// The zip64 end record, where the locator before the end record points to one.
static bool read_end64(Zip *z, uint64_t end_at, Directory *d, PlxError *err)
{
    unsigned char p[END64_SIZE];
    if (end_at < LOCATOR_SIZE)
        return true;
    if (!zip_at(z, end_at - LOCATOR_SIZE, p, LOCATOR_SIZE, err))
        return false;
    if (little(p, 4) != LOCATOR_MARK)
        return true;
    if (!zip_at(z, little(p + 8, 8), p, END64_SIZE, err))
        return false;
    if (little(p, 4) != END64_MARK)
        return zip_bad(z, err, "its zip64 record is missing");
    *d = (Directory){little(p + 32, 8), little(p + 40, 8), little(p + 48, 8)};
    return true;
}

// The end record is the last 22 bytes, before a comment of up to 65535.
static bool read_end(Zip *z, Directory *d, PlxError *err)
{
    int64_t n = z->size < END_SIZE + 65535 ? z->size : END_SIZE + 65535;
    if (n < END_SIZE)
        return zip_bad(z, err, "it is too short");
    unsigned char *tail = malloc((size_t)n);
    if (!tail)
        return plx_error(err, PLX_ERR_MEMORY, "%s: out of memory", z->label);
    uint64_t base = (uint64_t)(z->size - n);
    bool     ok = zip_at(z, base, tail, (size_t)n, err);
    int64_t  i = n - END_SIZE;
    while (ok && i >= 0 && little(tail + i, 4) != END_MARK)
        i--;
    if (ok && i < 0)
        ok = zip_bad(z, err, "its directory is missing");
    if (ok) {
        const unsigned char *p = tail + i;
        *d = (Directory){little(p + 10, 2), little(p + 12, 4), little(p + 16, 4)};
        ok = read_end64(z, base + (uint64_t)i, d, err);
    }
    free(tail);
    return ok;
}

// Sizes that pass 32 bits stand in the extra field, in this order, each only where needed.
static bool read_zip64(const unsigned char *p, size_t n, Member *m)
{
    uint64_t *values[] = {&m->size, &m->packed, &m->at};
    size_t    v = 0, i = 0;
    while (i + 4 <= n) {
        size_t tag = (size_t)little(p + i, 2), size = (size_t)little(p + i + 2, 2);
        i += 4;
        if (size > n - i)
            return false;
        for (size_t used = 0; tag == ZIP64_TAG && v < 3; v++) {
            if (*values[v] != IN_EXTRA)
                continue;
            if (size - used < 8)
                return false;
            *values[v] = little(p + i + used, 8);
            used += 8;
        }
        i += size;
    }
    return true;
}

static bool check_member(const Zip *z, const Member *m, PlxError *err)
{
    const char *wrong = NULL;
    if (m->encrypted)
        wrong = "it is encrypted";
    else if (m->method != STORED && m->method != DEFLATED)
        wrong = "its method is neither stored nor deflated";
    else if (m->at > (uint64_t)z->size || m->packed > (uint64_t)z->size - m->at)
        wrong = "it lies behind the end of the file";
    else if (m->method == STORED ? m->size != m->packed : m->size / MOST_RATIO > m->packed)
        wrong = "its two sizes don't fit each other";
    return !wrong ||
           plx_error(err, PLX_ERR_FORMAT, "%s: member `%.100s`: %s", z->label, m->name, wrong);
}

// One entry of the directory at p; returns the bytes it takes, 0 with an error.
static size_t read_entry(Zip *z, const unsigned char *p, size_t left, PlxError *err)
{
    size_t name = left < ENTRY_SIZE ? 0 : (size_t)little(p + 28, 2);
    size_t extra = left < ENTRY_SIZE ? 0 : (size_t)little(p + 30, 2);
    size_t all = ENTRY_SIZE + name + extra + (left < ENTRY_SIZE ? 0 : (size_t)little(p + 32, 2));
    if (left < all || little(p, 4) != ENTRY_MARK || memchr(p + ENTRY_SIZE, 0, name)) {
        zip_bad(z, err, "its directory is damaged");
        return 0;
    }
    Member m = {.name = strndup((const char *)p + ENTRY_SIZE, name),
                .method = (int)little(p + 10, 2),
                .encrypted = little(p + 8, 2) & ENCRYPTED,
                .crc = (uint32_t)little(p + 16, 4),
                .packed = little(p + 20, 4),
                .size = little(p + 24, 4),
                .at = little(p + 42, 4)};
    if (!m.name) {
        plx_error(err, PLX_ERR_MEMORY, "%s: out of memory", z->label);
        return 0;
    }
    z->members[z->count++] = m; // from here on the zip owns the name
    if (!read_zip64(p + ENTRY_SIZE + name, extra, &z->members[z->count - 1])) {
        zip_bad(z, err, "its directory is damaged");
        return 0;
    }
    return all;
}

static bool read_entries(Zip *z, const Directory *d, const unsigned char *p, PlxError *err)
{
    size_t left = (size_t)d->bytes;
    for (uint64_t i = 0; i < d->count; i++) {
        size_t used = read_entry(z, p, left, err);
        if (!used)
            return false;
        p += used;
        left -= used;
    }
    return true;
}

static bool read_directory(Zip *z, PlxError *err)
{
    Directory d = {0};
    if (!read_end(z, &d, err))
        return false;
    if (d.bytes > (uint64_t)z->size || d.count > d.bytes / ENTRY_SIZE)
        return zip_bad(z, err, "its directory is larger than the file");
    unsigned char *p = malloc((size_t)d.bytes + 1);
    z->members = calloc((size_t)d.count + 1, sizeof *z->members);
    bool ok = p && z->members;
    if (!ok)
        plx_error(err, PLX_ERR_MEMORY, "%s: out of memory", z->label);
    ok = ok && zip_at(z, d.at, p, (size_t)d.bytes, err) && read_entries(z, &d, p, err);
    free(p);
    return ok;
}

Zip *zip_open(const char *path, PlxError *err)
{
    Zip *z = calloc(1, sizeof *z);
    if (!z) {
        plx_error(err, PLX_ERR_MEMORY, "%s: out of memory", path);
        return NULL;
    }
    snprintf(z->label, sizeof z->label, "%s", path);
    int fd = open_regular(path, z->label, &z->size, err);
    z->file = fd < 0 ? NULL : fdopen(fd, "rb");
    if (fd >= 0 && !z->file) {
        close(fd);
        plx_error(err, PLX_ERR_MEMORY, "%s: out of memory", z->label);
    }
    if (z->file && read_directory(z, err))
        return z;
    zip_close(z);
    return NULL;
}

void zip_close(Zip *z)
{
    if (!z)
        return;
    for (int i = 0; i < z->count; i++)
        free(z->members[i].name);
    free(z->members);
    if (z->file)
        fclose(z->file);
    free(z);
}

int zip_count(const Zip *z)
{
    return z->count;
}

const char *zip_name(const Zip *z, int member)
{
    return z->members[member].name;
}

int zip_find(const Zip *z, const char *name)
{
    for (int i = 0; i < z->count; i++)
        if (strcmp(z->members[i].name, name) == 0)
            return i;
    return -1;
}

// ---- members ----

static int64_t packed_read(Stream *s, void *to, int64_t n, PlxError *err)
{
    int64_t part = n < s->packed ? n : s->packed;
    if (part && fread(to, 1, (size_t)part, s->file) != (size_t)part) {
        plx_error(err, PLX_ERR_FILE, "%s: cannot read: %s", s->label, strerror(errno));
        return -1;
    }
    s->packed -= part;
    return part;
}

static bool inflate_more(Stream *s, bool *ended, PlxError *err)
{
    if (s->z.avail_in == 0) {
        int64_t got = packed_read(s, s->buffer, BUFFER, err);
        if (got < 0)
            return false;
        s->z.next_in = s->buffer;
        s->z.avail_in = (unsigned)got;
    }
    int r = inflate(&s->z, Z_NO_FLUSH);
    *ended = r == Z_STREAM_END;
    if (r == Z_OK || r == Z_STREAM_END)
        return true;
    return plx_error(err, PLX_ERR_FORMAT, "%s: damaged deflate data: %s", s->label,
                     s->z.msg ? s->z.msg : "it ends too early");
}

static int64_t inflate_read(Stream *s, void *to, int64_t n, PlxError *err)
{
    int64_t got = 0;
    for (bool ended = false; got < n && !ended;) {
        unsigned part = n - got < (1 << 30) ? (unsigned)(n - got) : 1u << 30;
        s->z.next_out = (unsigned char *)to + got;
        s->z.avail_out = part;
        if (!inflate_more(s, &ended, err))
            return -1;
        got += part - s->z.avail_out;
    }
    return got;
}

static int64_t member_read(Stream *s, void *to, int64_t n, PlxError *err)
{
    if (n > s->bound)
        n = s->bound;
    int64_t got = s->inflating ? inflate_read(s, to, n, err) : packed_read(s, to, n, err);
    for (int64_t i = 0; i < got; i += 1 << 30)
        s->crc = (uint32_t)crc32(s->crc, (const unsigned char *)to + i,
                                 (unsigned)(got - i < (1 << 30) ? got - i : 1 << 30));
    return got;
}

static bool member_end(Stream *s, PlxError *err)
{
    if (s->bound > 0)
        return plx_error(err, PLX_ERR_FORMAT, "%s: more bytes follow after the data", s->label);
    return s->crc == s->want_crc ||
           plx_error(err, PLX_ERR_FORMAT, "%s: the checksum differs: %08x expected, %08x found",
                     s->label, (unsigned)s->want_crc, (unsigned)s->crc);
}

// Leaves the file where the member's data begins.
static bool seek_data(Zip *z, const Member *m, PlxError *err)
{
    unsigned char p[LOCAL_SIZE];
    if (!zip_at(z, m->at, p, sizeof p, err))
        return false;
    uint64_t data = m->at + LOCAL_SIZE + little(p + 26, 2) + little(p + 28, 2);
    if (little(p, 4) != LOCAL_MARK || data > (uint64_t)z->size ||
        m->packed > (uint64_t)z->size - data)
        return plx_error(err, PLX_ERR_FORMAT, "%s: member `%.100s` is not where the directory says",
                         z->label, m->name);
    return fseeko(z->file, (off_t)data, SEEK_SET) == 0 ||
           plx_error(err, PLX_ERR_FILE, "%s: cannot read: %s", z->label, strerror(errno));
}

static bool start_inflate(Stream *s, PlxError *err)
{
    s->buffer = malloc(BUFFER);
    s->inflating = s->buffer && inflateInit2(&s->z, -MAX_WBITS) == Z_OK;
    return s->inflating || plx_error(err, PLX_ERR_MEMORY, "%s: out of memory", s->label);
}

Stream *zip_stream(Zip *z, int member, const char *label, PlxError *err)
{
    const Member *m = &z->members[member];
    if (!check_member(z, m, err) || !seek_data(z, m, err))
        return NULL;
    Stream *s = stream_alloc(label, err);
    if (!s)
        return NULL;
    s->read = member_read;
    s->end = member_end;
    s->file = z->file;
    s->packed = (int64_t)m->packed;
    s->bound = (int64_t)m->size;
    s->exact = true;
    s->want_crc = m->crc;
    s->crc = (uint32_t)crc32(0, NULL, 0);
    if (m->method == STORED || start_inflate(s, err))
        return s;
    stream_close(s);
    return NULL;
}
