// From a source to its tree: checks the bytes, runs the parser, checks the tree.
#include "grammar/parser.h"
#include "syntax/parse.h"

enum { SOURCE_MOST = 8 << 20 };

// The length of the well-formed UTF-8 sequence at s, or 0.
static int utf8_length(const unsigned char *s, const unsigned char *end)
{
    if (*s < 0x80)
        return 1;
    int more = *s >= 0xF0 ? 3 : *s >= 0xE0 ? 2 : 1;
    if (*s < 0xC2 || *s > 0xF4 || end - s <= more)
        return 0;
    for (int i = 1; i <= more; i++)
        if ((s[i] & 0xC0) != 0x80)
            return 0;
    unsigned second = s[1];
    bool     wide = (*s == 0xE0 && second < 0xA0) || (*s == 0xF0 && second < 0x90);
    bool     beyond = (*s == 0xED && second >= 0xA0) || (*s == 0xF4 && second >= 0x90);
    return wide || beyond ? 0 : more + 1;
}

static bool is_text(const Source *src, int32_t *bad)
{
    const unsigned char *text = (const unsigned char *)src->text, *end = text + src->size;
    for (const unsigned char *s = text; s < end;) {
        int n = *s ? utf8_length(s, end) : 0;
        *bad = (int32_t)(s - text);
        if (!n)
            return false;
        s += n;
    }
    return true;
}

static bool readable(const Source *src, int file, Diags *d)
{
    int32_t bad = 0;
    if (src->size > SOURCE_MOST) {
        diag_report(d, DIAG_E0106, (Span){file, 0, 0},
                    "the source has %d bytes; at most %d can be read", src->size, SOURCE_MOST);
        return false;
    }
    if (is_text(src, &bad))
        return true;
    Diag *g = diag_report(d, DIAG_E0106, (Span){file, 0, 0}, "this is no text: byte %d is %s", bad,
                          src->text[bad] ? "not UTF-8" : "zero");
    diag_help(g, "a source is text in UTF-8");
    return false;
}

bool parse_stuck(Parse *p)
{
    int32_t before = p->stuck;
    p->stuck = p->layout.last.where.end;
    return before == p->stuck;
}

static void read_once(Parse *p, const Source *src, bool indented)
{
    p->root = NULL;
    p->too_deep = false;
    p->stuck = -1;
    layout_open(&p->layout, p->arena, p->names, p->diags, p->file, src);
    p->layout.indented = indented;
    plx_yyparse(p);
    layout_close(&p->layout);
}

// Braces that do not balance are read once more by the indentation, which mostly tells where one is missing or too
// many; unless that finds more to complain of. `before`: the number of diagnostics before the first reading.
static void read_again(Parse *p, const Source *src, int before)
{
    int first = diags_count(p->diags) - before;
    diags_truncate(p->diags, before);
    read_once(p, src, true);
    if (diags_count(p->diags) - before > 0 && diags_count(p->diags) - before <= first)
        return;
    diags_truncate(p->diags, before);
    read_once(p, src, false);
}

Syn *syntax_parse(Arena *a, Names *names, const Sources *s, int file, Diags *d)
{
    const Source *src = sources_get(s, file);
    Parse        *p = ARENA_NEW(a, Parse);
    *p = (Parse){.arena = a, .names = names, .diags = d, .source = src, .file = file};
    if (readable(src, file, d)) {
        int before = diags_count(d);
        read_once(p, src, false);
        if (p->layout.unbalanced && !p->layout.stopped)
            read_again(p, src, before);
    }
    if (!p->root) {
        Span all = {file, 0, src->size};
        p->root = syn_node(p, SYN_FILE, all, (Span){file, 0, 0}, KIDS(node_broken(p, all, NULL)));
    }
    syntax_check(p, p->root);
    return p->root;
}
