// Diagnostics as text for people.
#include <string.h>

#include "base/diag_data.h"

typedef struct {
    const Sources *sources;
    Buf           *out;
    bool           color;
} Render;

enum { LABELS_MOST = 16, WIDEST = 160, BEFORE = 40 };

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

// As many as the characters from column `from` to column `to` of a line: a character of UTF-8 is several bytes.
static void put_across(Buf *out, const char *glyph, const char *line, int length, int from, int to)
{
    for (int i = from; i < to; i++)
        if (i > length || ((unsigned char)line[i - 1] & 0xC0) != 0x80)
            buf_puts(out, glyph);
}

// What is shown of a line: all of it, or of a very long one the part about the first mark.
typedef struct {
    const char *text;
    int         length;     // of the whole
    int         from, to;   // columns, the last one not shown
} Excerpt;

static bool inside_character(const char *text, int column) { return ((unsigned char)text[column - 1] & 0xC0) == 0x80; }

static Excerpt excerpt_of(Render *r, const Mark *m)
{
    Excerpt e = {.from = 1};
    e.text = source_line(sources_get(r->sources, m->file), m->line, &e.length);
    e.to = e.length + 1;
    if (e.length <= WIDEST)
        return e;
    e.from = m->column > BEFORE ? m->column - BEFORE : 1;
    e.to = e.length + 1 - e.from < WIDEST ? e.length + 1 : e.from + WIDEST;
    while (e.from > 1 && inside_character(e.text, e.from))
        e.from--;
    while (e.to <= e.length && inside_character(e.text, e.to))
        e.to++;
    return e;
}

// Where a column beyond the excerpt is shown.
static int within(const Excerpt *e, int column) { return column < e->from ? e->from : column > e->to ? e->to : column; }

// To where the excerpt's column `from` stands, and on to another.
static void put_space(Render *r, const Excerpt *e, int from, int to)
{
    if (from == e->from && e->from > 1)
        buf_put(r->out, " ", 1);
    put_across(r->out, " ", e->text, e->length, from, within(e, to));
}

// Carets under all marks of a line, the last one's text beside its caret.
static void put_carets(Render *r, const Excerpt *e, const Mark *m, int n, int width)
{
    int at = e->from;
    gutter(r, width, 0);
    buf_put(r->out, " ", 1);
    ink(r, "31");
    for (int i = 0; i < n; i++) {
        if (m[i].column < at || m[i].column >= e->to + (e->to > e->length))
            continue;
        put_space(r, e, at, m[i].column);
        at = m[i].end > e->to && e->to <= e->length ? e->to : m[i].end;
        put_across(r->out, "^", e->text, e->length, m[i].column, at);
    }
    ink(r, "0");
    if (*m[n - 1].text)
        buf_printf(r->out, " %s", m[n - 1].text);
    buf_put(r->out, "\n", 1);
    for (int i = n - 2; i >= 0; i--) {
        if (!*m[i].text)
            continue;
        gutter(r, width, 0);
        buf_put(r->out, " ", 1);
        put_space(r, e, e->from, m[i].column);
        buf_printf(r->out, "%s\n", m[i].text);
    }
}

static void put_line(Render *r, const Excerpt *e, int line, int width)
{
    gutter(r, width, line);
    buf_puts(r->out, e->from > 1 ? " \u2026" : " ");
    for (const char *c = e->text + e->from - 1; c < e->text + e->to - 1; c++)  // no commands to a terminal
        buf_put(r->out, (unsigned char)*c < 0x20 || *c == 0x7f ? " " : c, 1);
    buf_puts(r->out, e->to <= e->length ? "\u2026\n" : "\n");
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
        Excerpt e = excerpt_of(r, &m[i]);
        put_line(r, &e, m[i].line, width);
        put_carets(r, &e, m + i, same - i, width);
        i = same;
        if (i < n && m[i].line > m[i - 1].line + 1)
            buf_printf(r->out, "%*s...\n", width + 1, "");
    }
}

// The marks of a file; the diagnostic's own place gets a caret too, unless a label stands there.
static int marks_of(Render *r, const Diag *g, int file, Mark *m)
{
    int  n = 0;
    bool own = file != g->where.file;
    for (int i = 0; i < g->labels.n && n < LABELS_MOST; i++) {
        const Remark *l = &g->labels.at[i];
        if (l->where.file != file)
            continue;
        own = own || (l->where.begin >= g->where.begin && l->where.begin < g->where.end);
        bool twin = false;  // one place, one label
        for (int k = 0; k < i; k++)
            twin = twin || (span_compare(g->labels.at[k].where, l->where) == 0 && !strcmp(g->labels.at[k].text, l->text));
        if (!twin)
            m[n++] = mark_of(r, l->where, l->text);
    }
    if (!own && n < LABELS_MOST)
        m[n++] = mark_of(r, g->where, "");
    return n;
}

static bool marked_before(const Diag *g, int label)
{
    bool before = g->labels.at[label].where.file == g->where.file;
    for (int i = 0; i < label; i++)
        before = before || g->labels.at[i].where.file == g->labels.at[label].where.file;
    return before;
}

static void put_excerpt(Render *r, const Diag *g, const char *arrow, Span first)
{
    Mark m[LABELS_MOST];
    buf_printf(r->out, "  %s ", arrow);
    put_place(r, first);
    buf_put(r->out, "\n", 1);
    put_marks(r, m, marks_of(r, g, first.file, m));
}

static void put_diag(Render *r, const Diag *g)
{
    bool error = diag_is_error(g);
    ink(r, error ? "1;31" : "1;33");
    buf_printf(r->out, "%s[%s]", error ? "error" : "warning", diag_code_text(g->code));
    ink(r, "0");
    buf_printf(r->out, ": %s\n", g->message);
    if (sources_get(r->sources, g->where.file)) {
        put_excerpt(r, g, "-->", g->where);
    }
    for (int i = 0; i < g->labels.n; i++)
        if (!marked_before(g, i) && sources_get(r->sources, g->labels.at[i].where.file))
            put_excerpt(r, g, ":::", g->labels.at[i].where);
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
    int    n = diags_in_order(d, list);
    for (int i = 0; i < n; i++) {
        put_diag(&r, list[i]);
        buf_put(out, "\n", 1);
    }
}
