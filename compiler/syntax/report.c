// What the parser says when a token does not fit: what could stand there, in the words of the
// source.
#include <string.h>

#include "grammar/parser.h"
#include "syntax/parse.h"

static bool expects(const Expected *e, int kind)
{
    for (int i = 0; i < e->n; i++)
        if (e->kind[i] == kind)
            return true;
    return false;
}

// ---- the list of what is expected ----

typedef struct {
    const char *text[8];
    int         n;
} Choice;

static void choose(Choice *c, const char *text)
{
    if (c->n < (int)(sizeof c->text / sizeof *c->text))
        c->text[c->n++] = text;
}

// Tokens worth naming behind a whole operand, where operators could follow too.
static const int after_operand[] = {TOK_THEN,     TOK_IN,     TOK_OVER,  TOK_USING,
                                    TOK_FROM,     TOK_LBRACE, TOK_COMMA, TOK_RPAREN,
                                    TOK_RBRACKET, TOK_RBRACE, TOK_SEP};

static const char *text_of(const Expected *e, int kind)
{
    for (int i = 0; i < e->n; i++)
        if (e->kind[i] == kind)
            return e->text[i];
    return "";
}

static void choose_after_operand(Choice *c, const Expected *e)
{
    bool ends_line = expects(e, TOK_SEP);
    choose(c, "an operator");
    if (expects(e, TOK_ELSE) && !expects(e, TOK_COMMA))
        choose(c, text_of(e, TOK_ELSE));
    for (size_t i = 0; i < sizeof after_operand / sizeof *after_operand; i++)
        if (expects(e, after_operand[i]) && !(ends_line && after_operand[i] == TOK_RBRACE))
            choose(c, text_of(e, after_operand[i]));
}

static void choose_operand(Choice *c, const Expected *e)
{
    static const int closers[] = {TOK_RPAREN, TOK_RBRACKET, TOK_RBRACE, TOK_LBRACE};
    choose(c, expects(e, TOK_LET) ? "a statement" : "an expression");
    for (size_t i = 0; i < sizeof closers / sizeof *closers; i++)
        if (expects(e, closers[i]))
            choose(c, text_of(e, closers[i]));
}

static Choice choices(const Expected *e)
{
    Choice c = {0};
    if (expects(e, TOK_INT))
        choose_operand(&c, e);
    else if (expects(e, TOK_PIPE))
        choose_after_operand(&c, e);
    else
        for (int i = 0; i < e->n; i++)
            choose(&c, e->text[i]);
    return c;
}

static void list_choices(const Choice *c, Buf *b)
{
    for (int i = 0; i < c->n; i++)
        buf_printf(b, "%s%s", i == 0 ? "" : i + 1 < c->n ? ", " : " or ", c->text[i]);
}

// ---- what was found ----

static void found_text(Parse *p, Span where, const Expected *e, Buf *b)
{
    int n = where.end - where.begin;
    if (e->found == TOK_SEP || e->found == TOK_END)
        buf_puts(b, e->found == TOK_END ? "the end of the file" : "the end of the line");
    else if (e->found == TOK_STRING || n > 30 || n <= 0)
        buf_puts(b, e->found_text);
    else
        buf_printf(b, "`%.*s`", n, p->source->text + where.begin);
}

// ---- what helps ----

static bool is_word(const Parse *p, Span where)
{
    char c = p->source->text[where.begin];
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Words of other languages, which here are names before something that does not fit.
static const char *habit(const Token *before)
{
    static const char *const known[][2] = {
        {"return", "the last expression of a body is its result"},
        {"def", "functions are declared with `fn`, layers with `block`"},
        {"elif", "write `else if`"},
        {"import", "modules come with `use`"},
        {"print", "write `print(…)`"},
    };
    for (size_t i = 0; before->kind == TOK_NAME && i < sizeof known / sizeof *known; i++)
        if (!strcmp(before->name, known[i][0]))
            return known[i][1];
    return NULL;
}

static void add_help(Parse *p, Diag *d, Span where, const Expected *e)
{
    bool        operand = expects(e, TOK_INT), after = expects(e, TOK_PIPE);
    const char *known = after ? habit(&p->layout.before) : NULL;
    if (known)
        diag_help(d, "%s", known);
    else if (e->found == TOK_SET && after)
        diag_help(d, "equality is `==`");
    else if (e->found == TOK_LBRACE && operand)
        diag_help(d, "braces hold bodies only; a record is `(a: 1, b: 2)`");
    else if (expects(e, TOK_LBRACKET) && e->n == 1)
        diag_help(d, "say over which axes: `a @[k] b`");
    else if (e->found == TOK_PLUS && operand)
        diag_help(d, "a number needs no `+`; `x[+k]` repeats along an axis");
    else if ((expects(e, TOK_NAME) && !operand && is_word(p, where)) && e->found != TOK_NAME)
        diag_help(d, "`%.*s` is a word of the language and no name here", where.end - where.begin,
                  p->source->text + where.begin);
    else if (e->found == TOK_ELSE)
        diag_help(d, "`else` belongs to `if … then … else …`");
}

static void add_opener(Parse *p, Diag *d, const Expected *e)
{
    static const char *const text[] = {"(", "["};
    Opener o = p->layout.unclosed.kind ? p->layout.unclosed : layout_inside(&p->layout);
    if (o.kind != TOK_LPAREN && o.kind != TOK_LBRACKET)
        return;
    if (p->layout.unclosed.kind || expects(e, o.kind == TOK_LPAREN ? TOK_RPAREN : TOK_RBRACKET))
        diag_label(d, o.where,
                   p->layout.unclosed.kind ? "this `%s` is not closed" : "inside this `%s`",
                   text[o.kind == TOK_LBRACKET]);
}

// An operand behind an operand in a list: a comma was forgotten.
static void add_comma(Parse *p, Diag *d, const Expected *e)
{
    static const int operand[] = {TOK_NAME, TOK_INT, TOK_REAL, TOK_STRING};
    const Token     *before = &p->layout.before;
    if (!expects(e, TOK_COMMA) || p->layout.last.first || !layout_inside(&p->layout).kind)
        return;
    for (size_t i = 0; i < sizeof operand / sizeof *operand; i++)
        if (e->found == operand[i]) {
            diag_fix(d, "put `,` between");
            diag_edit(d, (Span){before->where.file, before->where.end, before->where.end}, ",");
        }
}

static void report(Parse *p, Span where, const Expected *e)
{
    Buf    found = {0}, list = {0};
    Choice c = choices(e);
    found_text(p, where, e, &found);
    list_choices(&c, &list);
    Diag *d = diag_report(p->diags, DIAG_E0104, where, "expected %s here, found %s",
                          list.at ? list.at : "nothing", found.at ? found.at : "");
    add_opener(p, d, e);
    add_help(p, d, where, e);
    add_comma(p, d, e);
    buf_free(&found);
    buf_free(&list);
}

void report_unexpected(Parse *p, Span where, const Expected *e)
{
    if (e->found == TOK_BAD || p->layout.stopped) {
        // said already
    } else if (p->layout.stray && (!expects(e, TOK_INT) || expects(e, TOK_LET))) {
        diag_report(p->diags, DIAG_E0104, where, "this %s closes nothing", e->found_text);
    } else {
        report(p, where, e);
    }
    layout_skip(&p->layout);
}
