// The headers of npy files (numpy.lib.format, versions 1 to 3) and of idx files (the MNIST format).
#include "array.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define MOST_HEADER 65535 // bytes; NumPy's own are under 300

// ---- npy ----

static const struct {
    const char *code;
    FileType    type;
} codes[] = {
    {"f8", FILE_F8}, {"f4", FILE_F4}, {"f2", FILE_F2}, {"i8", FILE_I8},
    {"i4", FILE_I4}, {"i2", FILE_I2}, {"i1", FILE_I1}, {"u8", FILE_U8},
    {"u4", FILE_U4}, {"u2", FILE_U2}, {"u1", FILE_U1}, {"b1", FILE_B1},
    {"c8", FILE_C8}, {"c16", FILE_C16},
};

// A cursor in the header's text: a Python dictionary of three entries.
typedef struct {
    const char *label;
    const char *start, *at; // NUL-terminated
    PlxError   *err;
} Cursor;

static bool expected(const Cursor *c, const char *what)
{
    return plx_error(c->err, PLX_ERR_FORMAT, "%s: header, byte %d: %s expected, `%.20s` found",
                     c->label, (int)(c->at - c->start), what, c->at);
}

static void skip_blanks(Cursor *c)
{
    c->at += strspn(c->at, " \t\n");
}

static bool take(Cursor *c, const char *text)
{
    skip_blanks(c);
    size_t n = strlen(text);
    if (strncmp(c->at, text, n) != 0)
        return false;
    c->at += n;
    return true;
}

static bool take_string(Cursor *c, char *to, size_t size)
{
    skip_blanks(c);
    char quote = *c->at;
    if (quote != '\'' && quote != '"')
        return expected(c, "a string");
    const char *end = strchr(c->at + 1, quote);
    if (!end || (size_t)(end - c->at) > size || memchr(c->at, '\\', (size_t)(end - c->at)))
        return expected(c, "a short string");
    memcpy(to, c->at + 1, (size_t)(end - c->at) - 1);
    to[end - c->at - 1] = 0;
    c->at = end + 1;
    return true;
}

static bool take_size(Cursor *c, int64_t *n)
{
    skip_blanks(c);
    if (*c->at < '0' || *c->at > '9')
        return expected(c, "a size");
    for (*n = 0; *c->at >= '0' && *c->at <= '9'; c->at++)
        if (!plx_mul(*n, 10, n) || !plx_add(*n, *c->at - '0', n))
            return expected(c, "a size below 2^62");
    return true;
}

static bool take_descr(Cursor *c, Array *a)
{
    char   text[16];
    Cursor here = *c;
    if (!take_string(c, text, sizeof text))
        return false;
    a->swapped = text[0] == '>';
    for (size_t i = 0; strchr("<>|=", text[0]) && text[0] && i < sizeof codes / sizeof *codes; i++)
        if (strcmp(text + 1, codes[i].code) == 0) {
            a->type = codes[i].type;
            return true;
        }
    return expected(&here, "an element type among f8 f4 f2 i8 i4 i2 i1 u8 u4 u2 u1 b1 c8 c16");
}

static bool take_order(Cursor *c, Array *a)
{
    a->by_column = take(c, "True");
    return a->by_column || take(c, "False") || expected(c, "True or False");
}

static bool take_shape(Cursor *c, Array *a)
{
    if (!take(c, "("))
        return expected(c, "a tuple of sizes");
    for (a->rank = 0; !take(c, ")");) {
        if (a->rank == PLX_MAX_RANK)
            return expected(c, "`)` after 16 axes at most");
        if (!take_size(c, &a->dim[a->rank++]))
            return false;
        skip_blanks(c);
        if (!take(c, ",") && *c->at != ')')
            return expected(c, "`,`");
    }
    return true;
}

static const struct {
    const char *key;
    bool (*take)(Cursor *c, Array *a);
} entries[] = {{"descr", take_descr}, {"fortran_order", take_order}, {"shape", take_shape}};

#define ENTRIES (sizeof entries / sizeof *entries)

static bool take_entry(Cursor *c, Array *a, bool *seen)
{
    char   key[16];
    Cursor here = *c;
    if (!take_string(c, key, sizeof key))
        return false;
    for (size_t i = 0; i < ENTRIES; i++) {
        if (strcmp(key, entries[i].key) != 0 || seen[i])
            continue;
        seen[i] = true;
        return (take(c, ":") || expected(c, "`:`")) && entries[i].take(c, a);
    }
    return expected(&here, "one each of 'descr', 'fortran_order', 'shape'");
}

static bool take_dictionary(Cursor *c, Array *a)
{
    bool seen[ENTRIES] = {false};
    if (!take(c, "{"))
        return expected(c, "`{`");
    for (bool more = true; !take(c, "}"); more = take(c, ","))
        if (!more)
            return expected(c, "`,` or `}`");
        else if (!take_entry(c, a, seen))
            return false;
    for (size_t i = 0; i < ENTRIES; i++)
        if (!seen[i])
            return expected(c, entries[i].key);
    skip_blanks(c);
    return *c->at == 0 || expected(c, "the end of the header");
}

bool npy_header(Stream *s, Array *a, PlxError *err)
{
    unsigned char p[12];
    *a = (Array){0};
    if (!stream_need(s, p, 10, "the header", err))
        return false;
    if (memcmp(p, "\x93NUMPY", 6) != 0 || p[6] < 1 || p[6] > 3)
        return plx_error(err, PLX_ERR_FORMAT,
                         "%s: does not begin as an npy file of version 1 to 3 does",
                         stream_label(s));
    if (p[6] > 1 && !stream_need(s, p + 10, 2, "the header", err))
        return false;
    int64_t n = p[8] | p[9] << 8;
    if (p[6] > 1)
        n |= (int64_t)p[10] << 16 | (int64_t)p[11] << 24;
    if (n > MOST_HEADER)
        return plx_error(err, PLX_ERR_LIMIT,
                         "%s: its header has %" PRId64 " bytes; at most %d are read",
                         stream_label(s), n, MOST_HEADER);
    char *text = calloc((size_t)n + 1, 1);
    if (!text)
        return plx_error(err, PLX_ERR_MEMORY, "%s: out of memory", stream_label(s));
    Cursor c = {stream_label(s), text, text, err};
    bool   ok = stream_need(s, text, n, "the header", err) && take_dictionary(&c, a);
    free(text);
    return ok;
}

// ---- idx ----

static const struct {
    unsigned char code;
    FileType      type;
} idx_types[] = {{0x08, FILE_U1}, {0x09, FILE_I1}, {0x0B, FILE_I2},
                 {0x0C, FILE_I4}, {0x0D, FILE_F4}, {0x0E, FILE_F8}};

static bool idx_type(unsigned char code, FileType *type)
{
    for (size_t i = 0; i < sizeof idx_types / sizeof *idx_types; i++)
        if (idx_types[i].code == code) {
            *type = idx_types[i].type;
            return true;
        }
    return false;
}

bool idx_header(Stream *s, Array *a, PlxError *err)
{
    unsigned char p[4];
    *a = (Array){.swapped = true}; // idx is big-endian
    if (!stream_need(s, p, 4, "the header", err))
        return false;
    if (p[0] || p[1] || !idx_type(p[2], &a->type) || p[3] < 1 || p[3] > PLX_MAX_RANK)
        return plx_error(err, PLX_ERR_FORMAT,
                         "%s: does not begin as an idx file does: 0, 0, a type, 1 to 16 axes",
                         stream_label(s));
    a->rank = p[3];
    for (int i = 0; i < a->rank; i++) {
        if (!stream_need(s, p, 4, "the sizes", err))
            return false;
        a->dim[i] = (int64_t)p[0] << 24 | p[1] << 16 | p[2] << 8 | p[3];
    }
    return true;
}
