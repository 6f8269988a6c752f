// What the parser says when a token does not fit: what could stand there, in the words of the
// source.
#include <string.h>

#include "grammar/parser.h"
#include "syntax/habit.h"
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
    bool ends_line = expects(e, TOK_SEP), list = expects(e, TOK_COMMA);
    choose(c, "an operator");
    if (expects(e, TOK_SET) && !ends_line && !list)
        choose(c, text_of(e, TOK_SET));
    if (expects(e, TOK_ELSE) && !list)
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

// What to do about a token that stands where operators could follow. NULL: nothing is known.
static const char *help_after(const Parse *p, const Expected *e)
{
    bool body = expects(e, TOK_LBRACE), ends = expects(e, TOK_SEP);
    if (e->found == TOK_SET && body && !expects(e, TOK_THEN))
        return "a body stands in braces: `{ … }`; equality is `==`";
    if (e->found == TOK_SET)
        return "equality is `==`";
    if (e->found == TOK_COLON && body)
        return "a body stands in braces: `{ … }`";
    if (e->found == TOK_STRING && expects(e, TOK_COMMA))
        return "a comma is missing before the text: `expect x > 0, \"claim\"`";
    if (e->found == TOK_COMMA && ends)
        return "a statement has a line of its own, or `;` before the next: `let a = x; let b = y`; a record is `(x, y)`";
    if (e->found == TOK_COLON && ends && expects(e, TOK_SET))
        return "`let y = …` gives a name, `var y = …` one that changes, `y = …` changes it";
    if ((e->found == TOK_SEP || e->found == TOK_RBRACE || e->found == TOK_END) && expects(e, TOK_USING))
        return "say with which optimizer: `minimize … over … using opt`";
    if (expects(e, TOK_ELSE) && !ends && !expects(e, TOK_COMMA) && p->layout.last.kind != TOK_ELSE)
        return "`if … then …` is a value, and has an `else`; a statement is `if … { … }`";
    return e->found == TOK_ELSE ? "`else` belongs to `if … then … else …`" : NULL;
}

// `f: fn`, as other languages have it.
static bool is_function_type(const Parse *p, const Expected *e)
{
    return e->found == TOK_FN && p->layout.before.kind == TOK_COLON;
}

// The same where an operand is due.
static const char *help_operand(const Parse *p, const Expected *e)
{
    if (e->found == TOK_LBRACE)
        return "braces hold bodies only; a record is `(a: 1, b: 2)`";
    if (e->found == TOK_PLUS && p->layout.before.kind == TOK_PLUS)
        return "write `x += 1`";
    if (e->found == TOK_PLUS)
        return "a number needs no `+`; `x[+k]` repeats along an axis";
    if (is_function_type(p, e))
        return "a function is taken by `f: block`, or with its interface, `f: block([n]) -> [n]`";
    if (e->found == TOK_COLON && layout_inside(&p->layout).kind == TOK_LBRACKET)
        return "index by name: `x[k: i]`; an axis that is not named stays whole";
    return e->found == TOK_ELSE ? "`else` belongs to `if … then … else …`" : NULL;
}

// The same elsewhere: in headers and patterns.
static const char *help_between(const Expected *e)
{
    if ((e->found == TOK_COLON || e->found == TOK_FATARROW) && expects(e, TOK_ARROW))
        return "the type of the result stands behind `->`";
    if (e->found == TOK_COLON && e->n == 2 && expects(e, TOK_COMMA) && expects(e, TOK_RPAREN))
        return "a pattern is of names alone, in the order of the fields: `let (a, b) = …`; one field is `r.x`";
    if (e->found == TOK_EQ && expects(e, TOK_SET))
        return "`=` gives a value; `==` compares";
    return expects(e, TOK_LBRACKET) && e->n == 1 ? "say over which axes: `a @[k] b`" : NULL;
}

// What a tool can put in the place of a token, or NULL.
static const char *instead(const Expected *e)
{
    if ((e->found == TOK_COLON || e->found == TOK_FATARROW) && expects(e, TOK_ARROW))
        return e->found == TOK_COLON ? " ->" : "->";
    return e->found == TOK_EQ && expects(e, TOK_SET) ? "=" : NULL;
}

static void add_help(Parse *p, Diag *d, Span where, const Expected *e)
{
    bool        operand = expects(e, TOK_INT), after = expects(e, TOK_PIPE);
    const char *help = operand ? help_operand(p, e) : after ? help_after(p, e) : help_between(e);
    const char *put = is_function_type(p, e) ? "block" : operand || after ? NULL : instead(e);
    const Habit *word = after && p->layout.before.kind == TOK_NAME && !layout_inside(&p->layout).kind ? habit_find(p->layout.before.name) : NULL;
    if (word || help)
        diag_help(d, "%s", word ? word->help : help);
    else if ((expects(e, TOK_NAME) && !operand && is_word(p, where)) && e->found != TOK_NAME)
        diag_help(d, "`%.*s` is a word of the language and no name here", where.end - where.begin,
                  p->source->text + where.begin);
    if (put) {
        diag_fix(d, "write `%s`", put + strspn(put, " "));
        diag_edit(d, where, "%s", put);
    }
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
    if (!expects(e, TOK_COMMA) || p->layout.last.first || (!layout_inside(&p->layout).kind && e->found != TOK_STRING))
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
