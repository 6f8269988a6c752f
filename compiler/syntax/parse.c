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
    bool before = p->at_end;
    p->at_end = p->layout.last.kind == TOK_END;
    return before && p->at_end;
}

Syn *syntax_parse(Arena *a, Names *names, const Sources *s, int file, Diags *d)
{
    const Source *src = sources_get(s, file);
    Parse        *p = ARENA_NEW(a, Parse);
    *p = (Parse){.arena = a, .names = names, .diags = d, .source = src, .file = file};
    if (readable(src, file, d)) {
        layout_open(&p->layout, a, names, d, file, src);
        plx_yyparse(p);
        layout_close(&p->layout);
    }
    if (!p->root)
        p->root = syn_node(p, SYN_FILE, (Span){file, 0, src->size}, (Span){file, 0, 0}, NULL, 0);
    syntax_check(p, p->root);
    return p->root;
}
