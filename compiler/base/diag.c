#include "base/diag.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"

typedef struct {
    Span        where;
    const char *text;
} Remark;

struct Diag {
    Diags      *owner;
    DiagCode    code;
    Span        where;
    const char *message;
    VEC(Remark) labels;
    VEC(Remark) notes;
    VEC(const char *) helps;
};

struct Diags {
    Arena *arena;
    VEC(Diag *) list;
};

static const struct {
    const char *text, *title;
    Severity    severity;
} table[] = {
#define DIAG(code, severity, title) {#code, title, SEVERITY_##severity},
#include "base/diag.def"
#undef DIAG
};

Diags *diags_new(Arena *a)
{
    Diags *d = ARENA_NEW(a, Diags);
    d->arena = a;
    return d;
}

static const char *format(Arena *a, const char *fmt, va_list ap)
{
    Buf b = {0};
    buf_vprintf(&b, fmt, ap);
    const char *text = arena_strndup(a, b.at ? b.at : "", b.n);
    buf_free(&b);
    return text;
}

#define FORMATTED(arena, text)                                                                     \
    va_list ap;                                                                                    \
    va_start(ap, fmt);                                                                             \
    const char *text = format(arena, fmt, ap);                                                     \
    va_end(ap)

Diag *diag_report(Diags *d, DiagCode code, Span where, const char *fmt, ...)
{
    FORMATTED(d->arena, message);
    Diag *g = ARENA_NEW(d->arena, Diag);
    g->owner = d;
    g->code = code;
    g->where = where;
    g->message = message;
    vec_push(d->arena, &d->list, g);
    return g;
}

void diag_label(Diag *d, Span where, const char *fmt, ...)
{
    FORMATTED(d->owner->arena, text);
    Remark r = {where, text};
    if (where.file >= 0)
        vec_push(d->owner->arena, &d->labels, r);
}

void diag_note(Diag *d, Span where, const char *fmt, ...)
{
    FORMATTED(d->owner->arena, text);
    Remark r = {where, text};
    vec_push(d->owner->arena, &d->notes, r);
}

void diag_help(Diag *d, const char *fmt, ...)
{
    FORMATTED(d->owner->arena, text);
    vec_push(d->owner->arena, &d->helps, text);
}

void diags_note_since(Diags *d, int from, Span where, const char *fmt, ...)
{
    FORMATTED(d->arena, text);
    for (int i = from; i < d->list.n; i++)
        diag_note(d->list.at[i], where, "%s", text);
}

int   diags_count(const Diags *d) { return d->list.n; }
Diag *diags_last(const Diags *d) { return d->list.n ? d->list.at[d->list.n - 1] : NULL; }
void  diags_truncate(Diags *d, int from)
{
    if (from < d->list.n)
        d->list.n = from;
}

int diags_errors(const Diags *d)
{
    int n = 0;
    for (int i = 0; i < d->list.n; i++)
        n += table[d->list.at[i]->code].severity == SEVERITY_ERROR;
    return n;
}

const char *diag_code_text(DiagCode c) { return table[c].text; }
const char *diag_code_title(DiagCode c) { return table[c].title; }

bool diag_code_parse(const char *text, DiagCode *out)
{
    for (int c = 0; c < DIAG_COUNT; c++) {
        size_t i = 0;
        while (table[c].text[i] && toupper((unsigned char)text[i]) == table[c].text[i])
            i++;
        if (!table[c].text[i] && !text[i]) {
            *out = (DiagCode)c;
            return true;
        }
    }
    return false;
}

// ---- order ----

static int compare_spans(Span a, Span b)
{
    if (a.file != b.file)
        return a.file < b.file ? -1 : 1;
    return a.begin != b.begin ? (a.begin < b.begin ? -1 : 1) : 0;
}

static int by_place(const void *x, const void *y)
{
    const Diag *const *a = x, *const *b = y;
    return compare_spans((*a)->where, (*b)->where);
}

static bool same_notes(const Diag *a, const Diag *b)
{
    bool same = a->notes.n == b->notes.n;
    for (int i = 0; i < a->notes.n && same; i++)
        same = !compare_spans(a->notes.at[i].where, b->notes.at[i].where) && !strcmp(a->notes.at[i].text, b->notes.at[i].text);
    return same;
}

// In order of place, each message at a place once.
static int in_order(const Diags *d, Diag **out)
{
    int n = 0;
    for (int i = 0; i < d->list.n; i++) {
        Diag *g = d->list.at[i];
        bool  again = false;
        for (int k = 0; k < n && !again; k++)
            again = out[k]->code == g->code && !compare_spans(out[k]->where, g->where) && !strcmp(out[k]->message, g->message) &&
                    same_notes(out[k], g);
        if (!again)
            out[n++] = g;
    }
    // Stable: qsort is not, so ties keep their order by insertion.
    for (int i = 1; i < n; i++)
        for (int k = i; k > 0 && by_place(&out[k - 1], &out[k]) > 0; k--) {
            Diag *t = out[k];
            out[k] = out[k - 1];
            out[k - 1] = t;
        }
    return n;
}

// ---- text for people ----

typedef struct {
    const Sources *sources;
    Buf           *out;
    bool           color;
} Render;

enum { LABELS_MOST = 16 };

typedef struct {
    int         line, column, end;  // columns from 1; end behind the last, on the same line
    const char *text;
    int         file;
} Mark;

static void ink(Render *r, const char *code)
{
    if (r->color)
        buf_printf(r->out, "\033[%sm", code);
}

static void put_place(Render *r, Span where)
{
    const Source *s = sources_get(r->sources, where.file);
    int           line, column;
    if (!s)
        return;
    source_position(s, where.begin, &line, &column);
    buf_printf(r->out, "%s:%d:%d", s->path, line, column);
}

static Mark mark_of(Render *r, Span where, const char *text)
{
    const Source *s = sources_get(r->sources, where.file);
    Mark          m = {.text = text, .file = where.file};
    int           length;
    source_position(s, where.begin, &m.line, &m.column);
    source_line(s, m.line, &length);
    m.end = m.column + (where.end > where.begin ? where.end - where.begin : 1);
    if (m.end > length + 1)
        m.end = length + 1 > m.column ? length + 1 : m.column + 1;
    return m;
}

static int digits(int n)
{
    int d = 1;
    while (n >= 10) {
        n /= 10;
        d++;
    }
    return d;
}

static void gutter(Render *r, int width, int line)
{
    ink(r, "34");
    if (line)
        buf_printf(r->out, "%*d |", width + 1, line);
    else
        buf_printf(r->out, "%*s |", width + 1, "");
    ink(r, "0");
}

static void put_spaces(Buf *out, int n)
{
    for (int i = 0; i < n; i++)
        buf_put(out, " ", 1);
}

// Carets under all marks of a line, the last one's text beside its caret.
static void put_carets(Render *r, const Mark *m, int n, int width)
{
    int at = 1;
    gutter(r, width, 0);
    buf_put(r->out, " ", 1);
    ink(r, "31");
    for (int i = 0; i < n; i++) {
        if (m[i].column < at)
            continue;
        put_spaces(r->out, m[i].column - at);
        for (int k = m[i].column; k < m[i].end; k++)
            buf_put(r->out, "^", 1);
        at = m[i].end;
    }
    ink(r, "0");
    if (*m[n - 1].text)
        buf_printf(r->out, " %s", m[n - 1].text);
    buf_put(r->out, "\n", 1);
    for (int i = n - 2; i >= 0; i--) {
        if (!*m[i].text)
            continue;
        gutter(r, width, 0);
        put_spaces(r->out, m[i].column);
        buf_printf(r->out, "%s\n", m[i].text);
    }
}

static void put_line(Render *r, const Source *s, int line, int width)
{
    int         length;
    const char *text = source_line(s, line, &length);
    gutter(r, width, line);
    buf_put(r->out, " ", 1);
    for (int i = 0; i < length; i++)  // what a terminal would take for a command is not shown
        buf_put(r->out, (unsigned char)text[i] < 0x20 || text[i] == 0x7f ? " " : text + i, 1);
    buf_put(r->out, "\n", 1);
}

static int compare_marks(const Mark *a, const Mark *b)
{
    return a->line != b->line ? a->line - b->line : a->column - b->column;
}

static void put_marks(Render *r, Mark *m, int n)
{
    int width = 0;
    for (int i = 0; i < n; i++)
        width = digits(m[i].line) > width ? digits(m[i].line) : width;
    for (int i = 1; i < n; i++)
        for (int k = i; k > 0 && compare_marks(&m[k - 1], &m[k]) > 0; k--) {
            Mark t = m[k];
            m[k] = m[k - 1];
            m[k - 1] = t;
        }
    gutter(r, width, 0);
    buf_put(r->out, "\n", 1);
    for (int i = 0; i < n;) {
        int same = i + 1;
        while (same < n && m[same].line == m[i].line)
            same++;
        put_line(r, sources_get(r->sources, m[i].file), m[i].line, width);
        put_carets(r, m + i, same - i, width);
        i = same;
        if (i < n && m[i].line > m[i - 1].line + 1)
            buf_printf(r->out, "%*s...\n", width + 1, "");
    }
}

// The diagnostic's own place gets a caret too, unless a label stands there.
static int marks_of(Render *r, const Diag *g, Mark *m)
{
    int  n = 0;
    bool own = false;
    for (int i = 0; i < g->labels.n && n < LABELS_MOST; i++) {
        const Remark *l = &g->labels.at[i];
        if (l->where.file != g->where.file)
            continue;
        own = own || (l->where.begin >= g->where.begin && l->where.begin < g->where.end);
        bool twin = false;  // one place, one label
        for (int k = 0; k < i; k++)
            twin = twin || (compare_spans(g->labels.at[k].where, l->where) == 0 && !strcmp(g->labels.at[k].text, l->text));
        if (!twin)
            m[n++] = mark_of(r, l->where, l->text);
    }
    if (!own && n < LABELS_MOST)
        m[n++] = mark_of(r, g->where, "");
    return n;
}

static void put_diag(Render *r, const Diag *g)
{
    Mark m[LABELS_MOST];
    bool error = table[g->code].severity == SEVERITY_ERROR;
    ink(r, error ? "1;31" : "1;33");
    buf_printf(r->out, "%s[%s]", error ? "error" : "warning", table[g->code].text);
    ink(r, "0");
    buf_printf(r->out, ": %s\n", g->message);
    if (sources_get(r->sources, g->where.file)) {
        buf_puts(r->out, "  --> ");
        put_place(r, g->where);
        buf_put(r->out, "\n", 1);
        put_marks(r, m, marks_of(r, g, m));
    }
    for (int i = 0; i < g->labels.n; i++)
        if (g->labels.at[i].where.file != g->where.file) {
            buf_printf(r->out, "   = note: %s: ", g->labels.at[i].text);
            put_place(r, g->labels.at[i].where);
            buf_put(r->out, "\n", 1);
        }
    for (int i = 0; i < g->notes.n; i++) {
        buf_printf(r->out, "   = note: %s", g->notes.at[i].text);
        if (sources_get(r->sources, g->notes.at[i].where.file)) {
            buf_puts(r->out, ": ");
            put_place(r, g->notes.at[i].where);
        }
        buf_put(r->out, "\n", 1);
    }
    for (int i = 0; i < g->helps.n; i++)
        buf_printf(r->out, "   = help: %s\n", g->helps.at[i]);
}

void diags_render(const Diags *d, const Sources *s, bool color, Buf *out)
{
    Render r = {s, out, color};
    Diag **list = ARENA_ARRAY(d->arena, Diag *, d->list.n + 1);
    int    n = in_order(d, list);
    for (int i = 0; i < n; i++) {
        put_diag(&r, list[i]);
        buf_put(out, "\n", 1);
    }
}

// ---- JSON ----

static void put_json_text(Buf *out, const char *text)
{
    buf_put(out, "\"", 1);
    for (const unsigned char *p = (const unsigned char *)text; *p; p++) {
        if (*p == '"' || *p == '\\')
            buf_printf(out, "\\%c", *p);
        else if (*p < 0x20)
            buf_printf(out, "\\u%04x", *p);
        else
            buf_put(out, (const char *)p, 1);
    }
    buf_put(out, "\"", 1);
}

static void put_json_place(Buf *out, const Sources *s, Span where)
{
    const Source *f = sources_get(s, where.file);
    int           line, column;
    if (!f)
        return;
    buf_puts(out, ",\"file\":");
    put_json_text(out, f->path);
    source_position(f, where.begin, &line, &column);
    buf_printf(out, ",\"line\":%d,\"column\":%d", line, column);
    source_position(f, where.end, &line, &column);
    buf_printf(out, ",\"end_line\":%d,\"end_column\":%d", line, column);
}

static void put_json_remarks(Buf *out, const Sources *s, const char *key, const Remark *at, int n)
{
    buf_printf(out, ",\"%s\":[", key);
    for (int i = 0; i < n; i++) {
        buf_puts(out, i ? ",{\"text\":" : "{\"text\":");
        put_json_text(out, at[i].text);
        put_json_place(out, s, at[i].where);
        buf_puts(out, "}");
    }
    buf_puts(out, "]");
}

void diags_render_json(const Diags *d, const Sources *s, Buf *out)
{
    Diag **list = ARENA_ARRAY(d->arena, Diag *, d->list.n + 1);
    int    n = in_order(d, list);
    for (int i = 0; i < n; i++) {
        const Diag *g = list[i];
        buf_printf(out, "{\"code\":\"%s\",\"severity\":\"%s\",\"message\":", table[g->code].text,
                   table[g->code].severity == SEVERITY_ERROR ? "error" : "warning");
        put_json_text(out, g->message);
        put_json_place(out, s, g->where);
        put_json_remarks(out, s, "labels", g->labels.at, g->labels.n);
        put_json_remarks(out, s, "notes", g->notes.at, g->notes.n);
        buf_puts(out, ",\"help\":[");
        for (int k = 0; k < g->helps.n; k++) {
            buf_puts(out, k ? "," : "");
            put_json_text(out, g->helps.at[k]);
        }
        buf_puts(out, "]}\n");
    }
}
