// Safetensors: eight bytes with the header's length, a JSON header, the data. The reader takes what
// the format allows and no more: a tensor's entry has three keys, offsets cover the data without a
// gap.
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "array.h"
#include "output.h"

#define MOST_HEADER 100000000 // bytes: the format's own limit
#define METADATA    "__metadata__"

static const struct {
    const char *name;
    FileType    type;
    int         size;
} dtypes[] = {
    {"F64", FILE_F8, 8},  {"F32", FILE_F4, 4}, {"F16", FILE_F2, 2}, {"BF16", FILE_BF16, 2},
    {"I64", FILE_I8, 8},  {"I32", FILE_I4, 4}, {"I16", FILE_I2, 2}, {"I8", FILE_I1, 1},
    {"U64", FILE_U8, 8},  {"U32", FILE_U4, 4}, {"U16", FILE_U2, 2}, {"U8", FILE_U1, 1},
    {"BOOL", FILE_B1, 1}, {"C64", FILE_C8, 8},  {"C128", FILE_C16, 16},
};

static const char *const elem_dtypes[PLX_ELEM_COUNT] = {
    [PLX_F64] = "F64", [PLX_F32] = "F32", [PLX_F16] = "F16", [PLX_BF16] = "BF16",
    [PLX_I64] = "I64",   [PLX_I32] = "I32",
    [PLX_I8] = "I8",   [PLX_U8] = "U8",   [PLX_BOOL] = "BOOL",
    [PLX_C64] = "C64", [PLX_C128] = "C128",
};

typedef struct {
    char   *name;
    Array   array;
    int     size; // bytes of an element
    int64_t begin, end;
} Entry;

typedef struct {
    const char *label;
    const char *start, *at, *stop; // NUL at stop
    PlxError   *err;
    Entry      *entries;
    int         count, room;
    PlxText    *texts;
    int         text_count, text_room;
} Header;

// ---- JSON ----

static bool expected(const Header *h, const char *what)
{
    return plx_error(h->err, PLX_ERR_FORMAT, "%s: header, byte %d: %s expected, `%.20s` found",
                     h->label, (int)(h->at - h->start), what, h->at);
}

static bool no_memory(const Header *h)
{
    return plx_error(h->err, PLX_ERR_MEMORY, "%s: out of memory", h->label);
}

static bool take(Header *h, char c)
{
    h->at += strspn(h->at, " \t\r\n");
    if (*h->at != c)
        return false;
    h->at++;
    return true;
}

static bool need(Header *h, char c)
{
    char what[] = {'`', c, '`', 0};
    return take(h, c) || expected(h, what);
}

static bool hex4(Header *h, uint32_t *code)
{
    *code = 0;
    for (int i = 0; i < 4; i++, h->at++) {
        static const char digits[] = "0123456789abcdef";
        const char       *d = *h->at ? strchr(digits, *h->at | 0x20) : NULL;
        if (!d)
            return expected(h, "four hexadecimal digits");
        *code = *code << 4 | (uint32_t)(d - digits);
    }
    return true;
}

static void put_code(Text *t, uint32_t c)
{
    char                       s[4] = {(char)c};
    size_t                     n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    static const unsigned char lead[] = {0, 0, 0xc0, 0xe0, 0xf0};
    for (size_t i = n; n > 1 && i-- > 0; c >>= 6)
        s[i] = (char)(i ? 0x80 | (c & 0x3f) : lead[n] | c);
    text_put(t, s, n);
}

// After "\u": one code, or two that are a pair of surrogates.
static bool take_code(Header *h, Text *t)
{
    uint32_t high, low;
    if (!hex4(h, &high))
        return false;
    if (high >= 0xd800 && high < 0xdc00) {
        if (h->at[0] != '\\' || h->at[1] != 'u')
            return expected(h, "the second half of a pair");
        h->at += 2;
        if (!hex4(h, &low))
            return false;
        if (low < 0xdc00 || low > 0xdfff)
            return expected(h, "the second half of a pair before this");
        high = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
    } else if (high == 0 || (high >= 0xdc00 && high < 0xe000))
        return expected(h, "a character before this");
    put_code(t, high);
    return true;
}

static bool take_escape(Header *h, Text *t)
{
    static const char names[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
    char              c = *h->at;
    if (c == 'u') {
        h->at++;
        return take_code(h, t);
    }
    const char *found = c ? strchr(names, c) : NULL;
    if (!found)
        return expected(h, "an escape");
    text_put(t, &values[found - names], 1);
    h->at++;
    return true;
}

static bool take_characters(Header *h, Text *t)
{
    for (;;) {
        size_t n = 0;
        while ((unsigned char)h->at[n] >= 0x20 && h->at[n] != '"' && h->at[n] != '\\')
            n++;
        text_put(t, h->at, n);
        h->at += n;
        if (*h->at == '"') {
            h->at++;
            return true;
        }
        if (*h->at != '\\')
            return expected(h, "a character of a string");
        h->at++;
        if (!take_escape(h, t))
            return false;
    }
}

// A string, on the heap.
static bool take_string(Header *h, char **out)
{
    Text t = {0};
    *out = NULL;
    if (!take(h, '"'))
        return expected(h, "a string");
    if (take_characters(h, &t) && !t.failed) {
        *out = t.at;
        return true;
    }
    bool failed = t.failed;
    text_free(&t);
    return failed ? no_memory(h) : false;
}

static bool take_whole(Header *h, int64_t *n)
{
    h->at += strspn(h->at, " \t\r\n");
    if (*h->at < '0' || *h->at > '9' || (h->at[0] == '0' && h->at[1] >= '0' && h->at[1] <= '9'))
        return expected(h, "a whole number");
    for (*n = 0; *h->at >= '0' && *h->at <= '9'; h->at++)
        if (!plx_mul(*n, 10, n) || !plx_add(*n, *h->at - '0', n))
            return expected(h, "a number below 2^62");
    return true;
}

// "[1, 2]" of `least` to `most` numbers.
static bool take_list(Header *h, int least, int most, int64_t *list, int *n)
{
    *n = 0;
    if (!need(h, '['))
        return false;
    if (take(h, ']'))
        return least == 0 || expected(h, "two offsets");
    do {
        if (*n == most)
            return expected(h, "`]`");
        if (!take_whole(h, &list[(*n)++]))
            return false;
    } while (take(h, ','));
    return need(h, ']') && (*n >= least || expected(h, "two offsets"));
}

// ---- entries ----

static bool take_dtype(Header *h, Entry *e)
{
    char       *name;
    const char *before = h->at;
    if (!take_string(h, &name))
        return false;
    bool found = false;
    for (size_t i = 0; i < sizeof dtypes / sizeof *dtypes && !found; i++) {
        found = strcmp(name, dtypes[i].name) == 0;
        e->array.type = found ? dtypes[i].type : e->array.type;
        e->size = found ? dtypes[i].size : e->size;
    }
    free(name);
    if (found)
        return true;
    h->at = before;
    return expected(h, "a dtype among F64 F32 F16 BF16 I64 I32 I16 I8 U64 U32 U16 U8 BOOL C64 C128");
}

static bool take_shape(Header *h, Entry *e)
{
    return take_list(h, 0, PLX_MAX_RANK, e->array.dim, &e->array.rank);
}

static bool take_offsets(Header *h, Entry *e)
{
    int64_t list[2];
    int     n;
    if (!take_list(h, 2, 2, list, &n))
        return false;
    e->begin = list[0];
    e->end = list[1];
    return true;
}

static const struct {
    const char *key;
    bool (*take)(Header *h, Entry *e);
} keys[] = {{"dtype", take_dtype}, {"shape", take_shape}, {"data_offsets", take_offsets}};

#define KEYS (sizeof keys / sizeof *keys)

static bool take_key(Header *h, Entry *e, bool *seen)
{
    char       *key;
    const char *before = h->at;
    if (!take_string(h, &key))
        return false;
    size_t i = 0;
    while (i < KEYS && strcmp(key, keys[i].key) != 0)
        i++;
    free(key);
    if (i < KEYS && !seen[i]) {
        seen[i] = true;
        return need(h, ':') && keys[i].take(h, e);
    }
    h->at = before;
    return expected(h, "one each of dtype, shape, data_offsets");
}

static bool check_entry(const Header *h, const Entry *e)
{
    int64_t bytes = e->size, length = e->end - e->begin;
    bool    ok = length >= 0, zero = false;
    for (int i = 0; i < e->array.rank && ok; i++) {
        zero |= e->array.dim[i] == 0;
        ok = plx_mul(bytes, e->array.dim[i] ? e->array.dim[i] : 1, &bytes);
    }
    return (ok && length == (zero ? 0 : bytes)) ||
           plx_error(h->err, PLX_ERR_FORMAT,
                     "%s: `%.100s`: its shape and its offsets %" PRId64 " to %" PRId64
                     " don't fit each other",
                     h->label, e->name, e->begin, e->end);
}

static bool take_entry(Header *h, Entry *e)
{
    bool seen[KEYS] = {false};
    if (!need(h, '{'))
        return false;
    do {
        if (!take_key(h, e, seen))
            return false;
    } while (take(h, ','));
    for (size_t i = 0; i < KEYS; i++)
        if (!seen[i])
            return expected(h, keys[i].key);
    return need(h, '}') && check_entry(h, e);
}

// Makes room for one more of `size` bytes.
static bool grow(const Header *h, void **at, int count, int *room, size_t size)
{
    if (count < *room)
        return true;
    int   more = *room ? *room * 2 : 16;
    void *p = realloc(*at, size * (size_t)more);
    if (!p)
        return no_memory(h);
    *at = p;
    *room = more;
    return true;
}

static bool take_text(Header *h)
{
    char *key, *value;
    if (!grow(h, (void **)&h->texts, h->text_count, &h->text_room, sizeof *h->texts) ||
        !take_string(h, &key))
        return false;
    if (need(h, ':') && take_string(h, &value)) {
        h->texts[h->text_count++] = (PlxText){key, value};
        return true;
    }
    free(key);
    return false;
}

static bool take_metadata(Header *h)
{
    if (!need(h, '{'))
        return false;
    if (take(h, '}'))
        return true;
    do {
        if (!take_text(h))
            return false;
    } while (take(h, ','));
    return need(h, '}');
}

static bool take_member(Header *h, bool *metadata)
{
    char *name;
    if (!take_string(h, &name))
        return false;
    if (strcmp(name, METADATA) == 0) {
        free(name);
        if (*metadata)
            return expected(h, "one " METADATA " before this");
        *metadata = true;
        return need(h, ':') && take_metadata(h);
    }
    if (!grow(h, (void **)&h->entries, h->count, &h->room, sizeof *h->entries)) {
        free(name);
        return false;
    }
    Entry *e = &h->entries[h->count++];
    *e = (Entry){.name = name}; // from here on the header owns the name
    return need(h, ':') && take_entry(h, e);
}

static bool take_header(Header *h)
{
    bool metadata = false;
    if (!utf8_valid(h->start, (size_t)(h->stop - h->start)))
        return plx_error(h->err, PLX_ERR_FORMAT, "%s: the header is no UTF-8", h->label);
    if (!need(h, '{'))
        return false;
    if (!take(h, '}')) {
        do {
            if (!take_member(h, &metadata))
                return false;
        } while (take(h, ','));
        if (!need(h, '}'))
            return false;
    }
    h->at += strspn(h->at, " \t\r\n");
    return h->at == h->stop || expected(h, "the end of the header");
}

// ---- the header as a whole ----

static int by_place(const void *pa, const void *pb)
{
    const Entry *a = pa, *b = pb;
    if (a->begin != b->begin)
        return a->begin < b->begin ? -1 : 1;
    return a->end != b->end ? (a->end < b->end ? -1 : 1) : strcmp(a->name, b->name);
}

static bool check_names(const Header *h)
{
    const char **names = malloc(sizeof *names * ((size_t)h->count + 1)), *twice = NULL;
    if (!names)
        return no_memory(h);
    for (int i = 0; i < h->count; i++)
        names[i] = h->entries[i].name;
    bool ok = names_differ(names, h->count, &twice);
    free(names);
    if (ok)
        return true;
    return twice ? plx_error(h->err, PLX_ERR_FORMAT, "%s: there are two tensors `%.100s`", h->label,
                             twice)
                 : no_memory(h);
}

// Without gap or overlap, up to the end of the data.
static bool check_cover(Header *h, int64_t data)
{
    int64_t at = 0;
    if (h->count)
        qsort(h->entries, (size_t)h->count, sizeof *h->entries, by_place);
    for (int i = 0; i < h->count; i++) {
        const Entry *e = &h->entries[i];
        if (e->begin != at)
            return plx_error(h->err, PLX_ERR_FORMAT,
                             "%s: `%.100s` begins at byte %" PRId64 " of the data; %" PRId64
                             " was expected",
                             h->label, e->name, e->begin, at);
        at = e->end;
    }
    return at == data || plx_error(h->err, PLX_ERR_FORMAT,
                                   "%s: its tensors take %" PRId64 " bytes; the file has %" PRId64,
                                   h->label, at, data);
}

static bool read_header(Stream *s, Header *h, char **text)
{
    unsigned char p[8];
    if (!stream_need(s, p, 8, "the header's length", h->err))
        return false;
    uint64_t n = 0;
    for (int i = 7; i >= 0; i--)
        n = n << 8 | p[i];
    if (n > MOST_HEADER)  // no writer makes such a one: these bytes are something else
        return plx_error(h->err, PLX_ERR_FORMAT,
                         "%s: this is no safetensors file: its first 8 bytes, the length of a header, would be %" PRIu64,
                         h->label, n);
    if (n > (uint64_t)stream_bound(s))
        return plx_error(h->err, PLX_ERR_FORMAT,
                         "%s: the header has %" PRIu64 " bytes; at most %" PRId64 " were expected",
                         h->label, n, stream_bound(s));
    *text = calloc((size_t)n + 1, 1);
    if (!*text)
        return no_memory(h);
    h->start = h->at = *text;
    h->stop = *text + n;
    return stream_need(s, *text, (int64_t)n, "the header", h->err) && take_header(h) &&
           check_names(h) && check_cover(h, stream_bound(s));
}

static bool read_tensors(Stream *s, Header *h, PlxFile *out)
{
    char file[PLX_LABEL], label[PLX_LABEL + 120];
    memcpy(file, stream_label(s), sizeof file);
    out->field = calloc((size_t)h->count + 1, sizeof *out->field);
    if (!out->field)
        return no_memory(h);
    for (int i = 0; i < h->count; i++) {
        Entry *e = &h->entries[i];
        snprintf(label, sizeof label, "%.280s: `%.100s`", file, e->name);
        stream_relabel(s, label);
        if (!array_read(s, &e->array, &ANY_ARRAY, &out->field[i].tensor, h->err))
            return false;
        out->field[i].name = e->name;
        e->name = NULL;
        out->count++;
    }
    return true;
}

static void texts_free(PlxText *text, int count)
{
    for (int i = 0; i < count; i++) {
        free((char *)text[i].key);
        free((char *)text[i].value);
    }
    free(text);
}

// What of a header was not handed on.
static void header_free(Header *h)
{
    for (int i = 0; i < h->count; i++)
        free(h->entries[i].name);
    free(h->entries);
    texts_free(h->texts, h->text_count);
}

bool plx_safetensors_load(const char *path, PlxFile *out, PlxError *err)
{
    *out = (PlxFile){0};
    char   *text = NULL;
    Stream *s = stream_open(path, false, path, err);
    if (!s)
        return false;
    Header h = {.label = path, .err = err};
    bool   ok = read_header(s, &h, &text) && read_tensors(s, &h, out);
    out->text = h.texts;
    out->text_count = h.text_count;
    h.texts = NULL;
    h.text_count = 0;
    header_free(&h);
    free(text);
    stream_close(s);
    if (!ok)
        plx_file_free(out);
    return ok;
}

// ---- some of the tensors, as they are wanted ----

static int wanted_at(const char *name, const PlxWant *want, int count)
{
    int i = 0;
    while (i < count && strcmp(want[i].name ? want[i].name : "value", name) != 0)
        i++;
    return i;
}

static bool pass_over(Stream *s, int64_t bytes, PlxError *err)
{
    char part[4096];
    bool ok = true;
    for (; ok && bytes > 0; bytes -= (int64_t)sizeof part)
        ok = stream_need(s, part, bytes < (int64_t)sizeof part ? bytes : (int64_t)sizeof part, "the elements", err);
    return ok;
}

static bool not_there(const Header *h, const char *name)
{
    char   list[200] = "";
    size_t used = 0;
    for (int i = 0; i < h->count && used < sizeof list; i++)
        used += (size_t)snprintf(list + used, sizeof list - used, "%s%.60s", used ? ", " : "", h->entries[i].name);
    return plx_error(h->err, PLX_ERR_SHAPE, "%.200s: there is no tensor `%.60s`; the file has: %s%s", h->label, name, list,
                     used >= sizeof list ? "…" : "");
}

static bool read_wanted(Stream *s, Header *h, const PlxWant *want, int count, PlxTensor *out, bool *have)
{
    char label[PLX_LABEL + 120];
    for (int i = 0; i < h->count; i++) {
        Entry *e = &h->entries[i];
        int    k = wanted_at(e->name, want, count);
        snprintf(label, sizeof label, "%.280s: `%.100s`", h->label, e->name);
        stream_relabel(s, label);
        if (k == count ? !pass_over(s, e->end - e->begin, h->err) : !array_read(s, &e->array, &want[k], &out[k], h->err))
            return false;
        if (k < count)
            have[k] = true;
    }
    for (int k = 0; k < count; k++)
        if (!have[k])
            return not_there(h, want[k].name ? want[k].name : "value");
    return true;
}

bool safetensors_read(const char *path, const PlxWant *want, int count, PlxTensor *out, PlxError *err)
{
    char   *text = NULL;
    bool   *have = calloc((size_t)count + 1, sizeof *have);
    Stream *s = have ? stream_open(path, false, path, err) : NULL;
    Header  h = {.label = path, .err = err};
    bool    ok = have || no_memory(&h);
    ok = ok && s && read_header(s, &h, &text) && read_wanted(s, &h, want, count, out, have);
    header_free(&h);
    free(text);
    free(have);
    stream_close(s);
    return ok;
}

const PlxTensor *plx_file_find(const PlxFile *file, const char *name)
{
    for (int i = 0; i < file->count; i++)
        if (strcmp(file->field[i].name, name) == 0)
            return &file->field[i].tensor;
    return NULL;
}

const char *plx_file_text(const PlxFile *file, const char *key)
{
    for (int i = 0; i < file->text_count; i++)
        if (strcmp(file->text[i].key, key) == 0)
            return file->text[i].value;
    return NULL;
}

void plx_file_free(PlxFile *file)
{
    for (int i = 0; i < file->count; i++) {
        free((char *)file->field[i].name);
        plx_tensor_free(&file->field[i].tensor);
    }
    texts_free(file->text, file->text_count);
    free(file->field);
    *file = (PlxFile){0};
}

// ---- saving ----

static void put_string(Text *t, const char *s)
{
    text_put(t, "\"", 1);
    for (; *s; s++) {
        unsigned char c = (unsigned char)*s;
        if (c < 0x20)
            text_printf(t, "\\u%04x", c);
        else if (c == '"' || c == '\\')
            text_printf(t, "\\%c", c);
        else
            text_put(t, s, 1);
    }
    text_put(t, "\"", 1);
}

static void put_texts(Text *t, const PlxText *text, int count)
{
    text_printf(t, "\"%s\":{", METADATA);
    for (int i = 0; i < count; i++) {
        text_put(t, ",", i > 0);
        put_string(t, text[i].key);
        text_put(t, ":", 1);
        put_string(t, text[i].value);
    }
    text_put(t, "}", 1);
}

static void put_field(Text *t, const PlxField *f, int64_t at)
{
    put_string(t, f->name);
    text_printf(t, ":{\"dtype\":\"%s\",\"shape\":[", elem_dtypes[f->tensor.elem]);
    for (int i = 0; i < f->tensor.rank; i++)
        text_printf(t, "%s%" PRId64, i ? "," : "", f->tensor.dim[i]);
    text_printf(t, "],\"data_offsets\":[%" PRId64 ",%" PRId64 "]}", at,
                at + plx_tensor_bytes(&f->tensor));
}

static bool check_fields(const char *path, const PlxField *field, int count, const PlxText *text,
                         int text_count, PlxError *err)
{
    const char **names = malloc(sizeof *names * ((size_t)count + 2)), *bad = NULL;
    if (!names)
        return plx_error(err, PLX_ERR_MEMORY, "%.300s: out of memory", path);
    names[count] = METADATA;
    for (int i = 0; i < count; i++) {
        names[i] = field[i].name;
        bad = utf8_valid(names[i], strlen(names[i])) ? bad : names[i];
    }
    for (int i = 0; i < text_count; i++)
        if (!utf8_valid(text[i].key, strlen(text[i].key)) ||
            !utf8_valid(text[i].value, strlen(text[i].value)))
            bad = text[i].key;
    const char *twice = NULL;
    bool        ok = !bad && names_differ(names, count + 1, &twice);
    free(names);
    if (ok)
        return true;
    return bad ? plx_error(err, PLX_ERR_FORMAT, "%.300s: `%.60s` is no UTF-8", path, bad)
               : plx_error(err, PLX_ERR_FORMAT, "%.300s: the name `%.60s` stands twice", path,
                           twice ? twice : "");
}

static void put_header(Text *t, const PlxField *field, int count, const PlxText *text,
                       int text_count)
{
    int64_t at = 0;
    text_put(t, "{", 1);
    if (text_count)
        put_texts(t, text, text_count);
    for (int i = 0; i < count; i++) {
        text_put(t, ",", i > 0 || text_count > 0);
        put_field(t, &field[i], at);
        at += plx_tensor_bytes(&field[i].tensor);
    }
    text_put(t, "}", 1);
    while (t->n % 8 && !t->failed) // the data begin at a multiple of 8
        text_put(t, " ", 1);
}

bool plx_safetensors_save(const char *path, const PlxField *field, int count, const PlxText *text,
                          int text_count, PlxError *err)
{
    if (!check_fields(path, field, count, text, text_count, err))
        return false;
    Text header = {0};
    put_header(&header, field, count, text, text_count);
    bool   ok = !header.failed || plx_error(err, PLX_ERR_MEMORY, "%.300s: out of memory", path);
    Output o;
    if (ok && (ok = output_open(&o, path, err))) {
        uint64_t n = header.n;
        output_put(&o, &n, 8);
        output_put(&o, header.at, (int64_t)n);
        for (int i = 0; i < count; i++)
            output_put(&o, field[i].tensor.data, plx_tensor_bytes(&field[i].tensor));
        ok = output_close(&o, true, err);
    }
    text_free(&header);
    return ok;
}
