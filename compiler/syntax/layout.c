// The layout rules, between lexer and grammar: a newline ends a statement except inside ( and [,
// behind what cannot end one, and before a line that goes on; a word is one of the language's only
// where it can be.
#include <string.h>

#include "grammar/parser.h"
#include "syntax/habit.h"
#include "syntax/parse.h"

typedef enum { LEAD, FIXED, LINK, DECLARE, TITLE, BINDER, OPENER, INFIX } Role;

typedef struct {
    const char *text;
    int         kind;
    Role        role;
} Word;

static const Word words[] = {
#define WORD(text, token, role) {text, TOK_##token, role},
#include "syntax/words.def"
#undef WORD
};

enum { WORDS = sizeof words / sizeof *words };

void layout_open(Layout *y, Arena *a, Names *names, Diags *d, int file, const Source *src)
{
    *y = (Layout){.lexer = {.arena = a,
                            .names = names,
                            .diags = d,
                            .text = src->text,
                            .at = src->text,
                            .file = file},
                  .words = map_new(a),
                  .skip_to = -1};
    y->lexer.newline = true;
    y->last = (Token){.kind = TOK_SEP, .where = {file, 0, 0}};
    for (int i = 0; i < WORDS; i++)
        map_put(y->words, name_of(names, words[i].text), (void *)(uintptr_t)&words[i]);
}

void layout_close(Layout *y) { buf_free(&y->lexer.doc); }

// ---- looking ahead ----

static const Token *peek(Layout *y, int k)
{
    while (y->nahead <= k)
        lexer_next(&y->lexer, &y->ahead[y->nahead++]);
    return &y->ahead[k];
}

static void drop(Layout *y)
{
    y->nahead--;
    memmove(y->ahead, y->ahead + 1, sizeof *y->ahead * (size_t)y->nahead);
}

static const Word *word_of(const Layout *y, const Token *t)
{
    return t->kind == TOK_NAME ? map_get(y->words, t->name) : NULL;
}

static bool same_line(const Token *t) { return !t->first && t->kind != TOK_END; }

// What may be the last token of a statement, and of an operand.
static bool ends_statement(int kind)
{
    static const int ends[] = {TOK_NAME,     TOK_TWIN,   TOK_INT,        TOK_REAL,
                               TOK_STRING,   TOK_RPAREN, TOK_RBRACKET,   TOK_RBRACE,
                               TOK_ELLIPSIS, TOK_BREAK,  TOK_BLOCK_TYPE, TOK_BAD};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (ends[i] == kind)
            return true;
    return false;
}

// With this a line goes on with the line before.
static bool continues(int kind)
{
    static const int links[] = {TOK_PIPE,  TOK_DOT,   TOK_PLUS,     TOK_STAR,   TOK_SLASH, TOK_AT,
                                TOK_CARET, TOK_EQ,    TOK_NE,       TOK_LT,     TOK_LE,    TOK_GT,
                                TOK_GE,    TOK_ARROW, TOK_FATARROW, TOK_LBRACE, TOK_DOTDOT};
    for (size_t i = 0; i < sizeof links / sizeof *links; i++)
        if (links[i] == kind)
            return true;
    return false;
}

static bool begins_operand(int kind)
{
    static const int begins[] = {TOK_NAME,   TOK_TWIN,   TOK_INT, TOK_REAL,
                                 TOK_STRING, TOK_LPAREN, TOK_HASH};
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++)
        if (begins[i] == kind)
            return true;
    return false;
}

// ---- words ----

static bool at_start(const Layout *y) { return y->last.kind == TOK_SEP || y->last.kind == TOK_LBRACE; }

// Whether `next` is a name that a declaration could give: no word that would join two operands.
static bool declarable(const Layout *y, const Token *next, bool strict)
{
    const Word *w = word_of(y, next);
    if (next->kind != TOK_NAME || !same_line(next))
        return false;
    return !w || (w->role != LINK && w->kind != TOK_AS && !(strict && w->role == INFIX));
}

// Whether token k of those ahead begins a statement, whatever stands before it. `strict`: a word
// that might be a name is taken for one.
static bool leads(Layout *y, int k, bool strict)
{
    const Word *w = word_of(y, peek(y, k));
    if (!w || peek(y, k + 1)->kind == TOK_COLON)
        return false;
    if (w->role == LEAD)
        return true;
    if (w->role == TITLE)
        return peek(y, k + 1)->kind == TOK_STRING;
    return w->role == DECLARE && declarable(y, peek(y, k + 1), strict);
}

// Whether the word ahead joins two operands although it begins a line.
static bool joins(Layout *y, const Word *w)
{
    if (!w || peek(y, 1)->kind == TOK_COLON)
        return false;
    return w->role == LINK ||
           (w->role == INFIX && w->kind != TOK_IN && begins_operand(peek(y, 1)->kind));
}

// What the word ahead is here.
static int word_kind(Layout *y, const Word *w)
{
    const Token *next = peek(y, 1);
    int          last = y->last.kind;
    bool         after = ends_statement(last);
    if (next->kind == TOK_COLON || last == TOK_DOT)
        return TOK_NAME;
    bool is = false;
    switch (w->role) {
    case LEAD:
    case FIXED:
    case LINK: is = true; break;
    case DECLARE:
        if (w->kind == TOK_BLOCK &&
            !((last == TOK_SEP || last == TOK_LBRACE) && leads(y, 0, false)))
            return TOK_BLOCK_TYPE;
        is = (last == TOK_SEP || last == TOK_LBRACE) && leads(y, 0, false);
        break;
    case TITLE: is = (last == TOK_SEP || last == TOK_LBRACE) && leads(y, 0, false); break;
    case BINDER: is = !after && next->kind == TOK_NAME && same_line(next); break;
    case OPENER: is = !after && next->kind == TOK_LBRACE; break;
    case INFIX: is = after; break;
    }
    return is ? w->kind : TOK_NAME;
}

static bool is_most(const Token *t) { return t->kind == TOK_NAME && !strcmp(t->name, "most"); }

static void resolve_word(Layout *y, Token *t)
{
    const Word *w = word_of(y, t);
    if (!w)
        return;
    t->kind = word_kind(y, w);
    if (t->kind != TOK_AT_MOST)
        return;
    if (is_most(peek(y, 1))) {
        t->where = span_join(t->where, peek(y, 1)->where);
        y->ahead[1] = y->ahead[0];
        drop(y);
    } else {
        t->kind = TOK_NAME;
    }
}

// The name just read begins a statement and stands before another, or what is returned: a word of another language, or a
// misspelled one. It is read as what was meant. False: it is left out.
static bool correct_word(Layout *y, Token *t)
{
    const Token *next = peek(y, 0);
    bool         fits = t->kind == TOK_NAME && at_start(y) && same_line(next) && declarable(y, next, true);
    const Habit *h = t->kind == TOK_NAME && at_start(y) && same_line(next) ? habit_find(t->name) : NULL;
    bool         returns = h && h->put && !*h->put && begins_operand(next->kind) && next->kind != TOK_LPAREN;
    h = returns || (fits && h && h->put && *h->put) ? h : NULL;
    const char  *meant = h ? h->put : fits && !habit_find(t->name) ? habit_misspelled(t->name) : NULL;
    if (!meant)
        return true;
    Diag *d = diag_report(y->lexer.diags, DIAG_E0104, t->where, "`%s` is no word of the language", t->name);
    if (h)
        diag_help(d, "%s", h->help);
    else
        diag_help(d, "did you mean `%s`?", meant);
    diag_fix(d, *meant ? "write `%s`" : "leave out `%s`", *meant ? meant : t->name);
    diag_edit(d, (Span){t->where.file, t->where.begin, *meant ? t->where.end : next->where.begin}, "%s", meant);
    if (*meant)
        t->kind = ((const Word *)map_get(y->words, name_of(y->lexer.names, meant)))->kind;
    return *meant;
}

// ---- brackets ----

static int closer_of(int opener)
{
    return opener == TOK_LPAREN ? TOK_RPAREN : opener == TOK_LBRACKET ? TOK_RBRACKET : TOK_RBRACE;
}

static void push(Layout *y, const Token *t)
{
    if (y->depth < SYN_DEPTH_MOST) {
        y->open[y->depth++] = (Opener){t->kind, t->where};
        return;
    }
    diag_help(diag_report(y->lexer.diags, DIAG_E0108, t->where,
                          "brackets nest more than %d deep here", SYN_DEPTH_MOST),
              "give inner parts names with `let`");
    y->stopped = true;
}

// The place of the bracket that `closer` closes, or -1: then it closes nothing.
static int matching(const Layout *y, int closer)
{
    for (int i = y->depth - 1; i >= 0; i--) {
        if (closer_of(y->open[i].kind) == closer)
            return i;
        if (y->open[i].kind == TOK_LBRACE)
            return -1;
    }
    return -1;
}

static void pop_to(Layout *y, int depth)
{
    if (depth < y->depth)
        y->unclosed = y->open[depth];
    y->depth = depth;
}

static int indent_at(const Layout *y, int32_t offset)
{
    const char *line = y->lexer.text + offset;
    while (line > y->lexer.text && line[-1] != '\n')
        line--;
    return (int)strspn(line, " \t");
}

static bool on_line_of(const Layout *y, const Token *t, int32_t offset)
{
    return !memchr(y->lexer.text + offset, '\n', (size_t)(t->where.begin - offset));
}

// By the indentation, a `}` that would end the body too early: it stands deeper than the line of the `{`.
static bool closes_early(const Layout *y, const Token *t, int opener)
{
    int32_t at = y->open[opener].where.begin;
    return y->indented && t->kind == TOK_RBRACE && !on_line_of(y, t, at) && indent_at(y, t->where.begin) > indent_at(y, at);
}

static void close_bracket(Layout *y, const Token *t)
{
    int i = matching(y, t->kind);
    y->stray = i < 0;
    y->unbalanced = y->unbalanced || (y->stray && t->kind == TOK_RBRACE);
    if (y->stray)
        return;
    if (i + 1 < y->depth)
        pop_to(y, i + 1);
    y->depth = i;
}

// Gives up the ( and [ that are open within the innermost body.
static void pop_to_brace(Layout *y)
{
    int d = y->depth;
    while (d > 0 && y->open[d - 1].kind != TOK_LBRACE)
        d--;
    pop_to(y, d);
}

// Once for all that is open here.
static void report_brace(Layout *y, const Token *t)
{
    bool said = y->brace_reported;
    y->brace_reported = y->depth > 1;
    y->unbalanced = true;
    if (said || y->stopped)
        return;
    Span  here = {t->where.file, y->last.where.end, y->last.where.end};
    Diag *d = diag_report(y->lexer.diags, DIAG_E0104, here, "expected `}` here");
    diag_label(d, y->open[y->depth - 1].where, "this `{` is not closed");
    diag_fix(d, "put the `}` there");
    if (on_line_of(y, &y->last, y->open[y->depth - 1].where.begin))
        diag_edit(d, here, " }");
    else
        diag_edit(d, here, "\n%*s}", indent_at(y, y->open[y->depth - 1].where.begin), "");
}

// ---- the statement's end ----

// Inside ( or [, an operand behind an operand, on a line no deeper than the bracket's: the bracket
// was not closed.
static bool starts_afresh(const Layout *y, const Token *t)
{
    const Word *w = word_of(y, t);
    if (!ends_statement(y->last.kind) || !begins_operand(t->kind) || t->kind == TOK_LPAREN)
        return false;
    if (w && (w->role == INFIX || w->role == LINK))
        return false;
    return indent_at(y, t->where.begin) <= indent_at(y, y->open[y->depth - 1].where.begin);
}

static bool separates(Layout *y, const Token *t)
{
    if (!t->first || at_start(y) || t->kind == TOK_RBRACE)
        return false;
    bool inside = y->depth > 0 && y->open[y->depth - 1].kind != TOK_LBRACE;
    if (inside && starts_afresh(y, t))
        return true;
    if (inside || !ends_statement(y->last.kind))
        return leads(y, 0, true);
    return !continues(t->kind) && !joins(y, word_of(y, t));
}

// By the indentation: a line that begins no deeper than the line of the innermost `{` is behind its body, unless it
// begins with its `}`.
static bool ends_indented(Layout *y, const Token *t)
{
    int d = y->depth;
    while (d > 0 && y->open[d - 1].kind != TOK_LBRACE)
        d--;
    if (!d || !t->first || on_line_of(y, t, y->open[d - 1].where.begin))
        return false;
    int here = indent_at(y, t->where.begin), opener = indent_at(y, y->open[d - 1].where.begin);
    if (t->kind == TOK_RBRACE)
        return here < opener;
    return d == y->depth && here <= opener && !continues(t->kind) && !joins(y, word_of(y, t));
}

// A declaration in the first column, which cannot stand in a body: the body before it was not
// closed.
static bool ends_file_or_body(Layout *y, const Token *t)
{
    if (t->kind == TOK_END || y->stopped)
        return true;
    const Word *w = t->margin && leads(y, 0, true) ? word_of(y, t) : NULL;
    if (y->indented && y->depth && ends_indented(y, t))
        return true;
    return w && (w->kind == TOK_BLOCK || w->kind == TOK_EXPERIMENT || w->kind == TOK_OPTIMIZER ||
                 w->kind == TOK_TEST || w->kind == TOK_USE);
}

static Token give(Layout *y, int kind)
{
    Span here = {y->last.where.file, y->last.where.end, y->last.where.end};
    y->last = (Token){.kind = kind, .where = here};
    return y->last;
}

// Closes what is open before the end of the file or a declaration; false when nothing is.
static bool close_open(Layout *y, const Token *t, Token *out)
{
    if (!y->depth || !ends_file_or_body(y, t))
        return false;
    if (y->open[y->depth - 1].kind != TOK_LBRACE) {
        pop_to_brace(y);
        *out = give(y, TOK_SEP);
        return true;
    }
    report_brace(y, t);
    y->depth--;
    *out = give(y, TOK_RBRACE);
    return true;
}

// Leaves out each `}` that the indentation shows to be one too many.
static void drop_early_closers(Layout *y)
{
    for (const Token *t = peek(y, 0); t->kind == TOK_RBRACE; t = peek(y, 0)) {
        int i = matching(y, t->kind);
        if (i < 0 || !closes_early(y, t, i))
            return;
        Diag *d = diag_report(y->lexer.diags, DIAG_E0104, t->where, "this `}` is one too many");
        diag_label(d, y->open[i].where, "the body that begins here goes on below, by its indentation");
        diag_fix(d, "leave out the `}`");
        diag_edit(d, t->where, "%s", "");
        drop(y);
    }
}

static Token step(Layout *y)
{
    Token out;
    drop_early_closers(y);
    const Token *t = peek(y, 0);
    y->unclosed = (Opener){0};
    y->stray = false;
    y->before = y->last;
    if (close_open(y, t, &out))
        return out;
    if (y->stopped)
        return give(y, TOK_END);
    if (separates(y, t)) {
        pop_to_brace(y);
        return give(y, TOK_SEP);
    }
    out = *t;
    resolve_word(y, &out);
    drop(y);
    if (!correct_word(y, &out))
        return step(y);
    if (out.kind == TOK_LPAREN || out.kind == TOK_LBRACKET || out.kind == TOK_LBRACE)
        push(y, &out);
    else if (out.kind == TOK_RPAREN || out.kind == TOK_RBRACKET || out.kind == TOK_RBRACE)
        close_bracket(y, &out);
    else if (out.kind == TOK_SEP)
        pop_to_brace(y);
    y->last = out;
    return out;
}

// ---- after an error ----

// At the top of a file a broken declaration goes to the next line that begins in the first column.
static bool at_declaration(Layout *y)
{
    const Token *next = peek(y, 0);
    return next->kind == TOK_END || next->margin;
}

static bool ends_skipping(Layout *y, const Token *t)
{
    if (t->kind == TOK_END)
        return true;
    if (t->kind == TOK_SEP)
        return y->depth <= y->skip_to && (y->skip_to > 0 || at_declaration(y));
    return t->kind == TOK_RBRACE && !y->stray && y->depth < y->skip_to;
}

Token layout_next(Layout *y)
{
    Token t = step(y);
    while (y->skip_to >= 0 && !ends_skipping(y, &t))
        t = step(y);
    y->skip_to = -1;
    return t;
}

void layout_skip(Layout *y)
{
    int d = y->depth;
    if (y->last.kind == TOK_END || (y->last.kind == TOK_RBRACE && !y->stray))
        return;
    if (y->last.kind == TOK_SEP && (d > 0 || at_declaration(y)))
        return;
    d -= y->last.kind == TOK_LBRACE;
    while (d > 0 && y->open[d - 1].kind != TOK_LBRACE)
        d--;
    y->skip_to = d;
}

Opener layout_inside(const Layout *y)
{
    int opens =
        y->last.kind == TOK_LPAREN || y->last.kind == TOK_LBRACKET || y->last.kind == TOK_LBRACE;
    int d = y->depth - opens;
    if (d <= 0 || y->open[d - 1].kind == TOK_LBRACE)
        return (Opener){0};
    return y->open[d - 1];
}
