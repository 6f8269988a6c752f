// What the lexer's rules do with what they matched: numbers, strings, comments, foreign characters.
#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "grammar/parser.h"
#include "syntax/token.h"

static Span span_of(const Lexer *l, const char *begin, const char *end)
{
    return (Span){l->file, (int32_t)(begin - l->text), (int32_t)(end - l->text)};
}

// ---- numbers ----

// The number's text without its underscores.
static char *bare_number(Lexer *l, Span where)
{
    char *out = arena_strndup(l->arena, l->text + where.begin, (size_t)(where.end - where.begin)),
         *to = out;
    for (const char *from = out; *from; from++)
        if (*from != '_')
            *to++ = *from;
    *to = '\0';
    return out;
}

static void check_number(Lexer *l, const Token *t, const char *end)
{
    const char *bad = *end                                 ? "letters follow the number"
                      : end[-1] == '.'                     ? "a digit has to follow the point"
                      : t->kind == TOK_INT && errno        ? "this number is too large for an int"
                      : t->kind == TOK_REAL && isinf(t->r) ? "this number is too large for an f64"
                                                           : NULL;
    if (bad)
        diag_help(diag_report(l->diags, DIAG_E0103, t->where, "%s", bad),
                  "numbers are decimal: `12`, `1_000`, `0.5`, `3e-4`");
}

void lexer_number(Lexer *l, Token *t)
{
    char *text = bare_number(l, t->where), *end;
    errno = 0;
    if (t->kind == TOK_INT)
        t->i = strtoll(text, &end, 10);
    else
        t->r = strtod(text, &end);
    check_number(l, t, end);
}

// ---- strings ----

static int hex_digits(const char *s, const char *end, unsigned *code)
{
    int n = 0;
    for (*code = 0; s + n < end && n < 6 && isxdigit((unsigned char)s[n]); n++) {
        char c = (char)tolower((unsigned char)s[n]);
        *code = *code * 16 + (unsigned)(c <= '9' ? c - '0' : c - 'a' + 10);
    }
    return n;
}

static int put_utf8(char *out, unsigned c)
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    static const unsigned lead[] = {0, 0xC0, 0xE0, 0xF0};
    int                   more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    out[0] = (char)(lead[more] | (c >> (6 * more)));
    for (int i = 1; i <= more; i++)
        out[i] = (char)(0x80 | ((c >> (6 * (more - i))) & 0x3F));
    return more + 1;
}

// `\u{3b1}` at s, behind the `u`; the characters read, or 0.
static int unicode_escape(const char *s, const char *end, char *out, int *written)
{
    unsigned code;
    int      n = *s == '{' ? hex_digits(s + 1, end, &code) : 0;
    if (!n || s + n + 1 >= end || s[n + 1] != '}' || code > 0x10FFFF || !code ||
        (code >= 0xD800 && code < 0xE000))
        return 0;
    *written = put_utf8(out, code);
    return n + 2;
}

const char *lexer_unescape(Lexer *l, const char *begin, const char *end)
{
    static const char from[] = "ntr\"\\", to[] = "\n\t\r\"\\";
    char             *out = arena_alloc(l->arena, (size_t)(end - begin) + 1), *p = out;
    for (const char *s = begin; s < end; s++) {
        if (*s != '\\') {
            *p++ = *s;
            continue;
        }
        const char *known = strchr(from, *++s);
        int         written = 0, n = *s == 'u' ? unicode_escape(s + 1, end, p, &written) : 0;
        p += written;
        s += n;
        if (known)
            *p++ = to[known - from];
        else if (!n)
            diag_help(diag_report(l->diags, DIAG_E0109, span_of(l, s - 1, s + 1),
                                  "strings have no escape `\\%c`", *s),
                      "they have \\n \\t \\r \\\" \\\\ and \\u{3b1}");
    }
    return out;
}

void lexer_open_string(Lexer *l, const char *begin, const char *end)
{
    Diag *d = diag_report(l->diags, DIAG_E0102, span_of(l, begin, end),
                          "this string does not end on its line");
    diag_help(d, "close it with `\"`; a new line within it is written `\\n`");
}

// ---- comments ----

static bool ends_operand(int kind)
{
    return kind == TOK_NAME || kind == TOK_INT || kind == TOK_REAL || kind == TOK_RPAREN ||
           kind == TOK_RBRACKET;
}

// A single number or name, maybe with what closes a bracket: what a divisor looks like.
static bool looks_like_divisor(const char *s, const char *end)
{
    const char *begin = s;
    while (s < end && (isalnum((unsigned char)*s) || strchr("_.#'", *s)))
        s++;
    bool some = s > begin;
    while (s < end && strchr(")],", *s))
        s++;
    return some && s == end;
}

void lexer_comment(Lexer *l, const char *begin, const char *end)
{
    const char *s = begin + 2;
    if (l->newline || !ends_operand(l->last))
        return;
    while (s < end && isspace((unsigned char)*s))
        s++;
    while (end > s && isspace((unsigned char)end[-1]))
        end--;
    if (!looks_like_divisor(s, end))
        return;
    Diag *d = diag_report(l->diags, DIAG_E0107, span_of(l, begin, end),
                          "`//` begins a comment, not a division");
    diag_fix(d, "divide by `div`");
    diag_edit(d, span_of(l, begin, begin + 2), "div");
    diag_help(d, "integer division is `div`; if it is a comment, put it on a line of its own or "
                 "use more words");
}

void lexer_document(Lexer *l, const char *begin, const char *end)
{
    if (!l->newline && l->last)
        return;
    const char *s = begin + 3;
    while (end > s && isspace((unsigned char)end[-1]))
        end--;
    s += s < end && *s == ' ';
    if (l->doc.n)
        buf_puts(&l->doc, "\n");
    buf_put(&l->doc, s, (size_t)(end - s));
}

// ---- characters that the language does not have ----

// What was meant, and what a tool may write in its place (NULL: a person decides).
typedef struct {
    const char *text;
    int         meant;
    const char *help, *put;
} Foreign;

static const Foreign foreign[] = {
    {"&&", TOK_AND, "write `and`", "and"},
    {"||", TOK_OR, "write `or`", "or"},
    {"!", TOK_NOT, "write `not`", "not"},
    {"%", TOK_MOD, "write `mod`", "mod"},
    {"**", TOK_CARET, "a power is `a ^ b`", "^"},
    {"?", TOK_BAD, "a choice is `if c then a else b`", NULL},
    {"\\", TOK_BAD, "a line goes on behind an operator or a comma, and inside brackets", NULL},
    {"/*", TOK_BAD, "comments begin with `//` and end with the line", NULL},
    {"'", TOK_BAD, "strings stand in double quotes; a twin's `'` follows its name at once", NULL},
    {"|", TOK_BAD, "composition is `|>`", NULL},
    {"&", TOK_BAD, "write `and`, or `bit_and(a, b)`", NULL},
    {"~", TOK_BAD, "write `not`", NULL},
    {"\u00d7", TOK_STAR, "write `*`", "*"},
    {"\u00b7", TOK_STAR, "write `*`", "*"},
    {"\u2212", TOK_MINUS, "write `-`", "-"},
    {"\u2264", TOK_LE, "write `<=`", "<="},
    {"\u2265", TOK_GE, "write `>=`", ">="},
    {"\u2260", TOK_NE, "write `!=`", "!="},
    {"\u2192", TOK_ARROW, "write `->`", "->"},
    {"\u21d2", TOK_FATARROW, "write `=>`", "=>"},
    {"\u2026", TOK_ELLIPSIS, "write `...`", "..."},
    {"\u201c", TOK_BAD, "strings stand in plain double quotes: `\"`", NULL},
    {"\u201d", TOK_BAD, "strings stand in plain double quotes: `\"`", NULL},
    {"\u2019", TOK_BAD, "the twin of `seq` is written `seq'`, with a plain quote", NULL},
};

static const Foreign *foreign_find(const char *text, size_t n)
{
    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++)
        if (strlen(foreign[i].text) == n && !memcmp(foreign[i].text, text, n))
            return &foreign[i];
    return NULL;
}

static bool in_word(char c) { return isalnum((unsigned char)c) || c == '_'; }

// Words do not run into those beside them.
static void put_foreign(Lexer *l, Diag *d, const char *begin, const char *end, const char *put)
{
    bool word = isalpha((unsigned char)*put);
    bool before = word && begin > l->text && in_word(begin[-1]), behind = word && in_word(*end);
    diag_edit(d, span_of(l, begin, end), "%s%s%s", before ? " " : "", put, behind ? " " : "");
}

// Once in a file, with its places.
static bool said_before(Lexer *l, const char *begin, const char *end, const char *put)
{
    enum { LABELS_SHOWN = 4 };
    Span  place[LABELS_SHOWN];
    Name  glyph = name_intern(l->names, begin, (size_t)(end - begin));
    Diag *d;
    l->foreign = l->foreign ? l->foreign : map_new(l->arena);
    if (!(d = map_get(l->foreign, glyph)))
        return false;
    if (diag_places(d, place, LABELS_SHOWN) < LABELS_SHOWN)
        diag_label(d, span_of(l, begin, end), "here too");
    if (put)
        put_foreign(l, d, begin, end, put);
    return true;
}

int lexer_foreign(Lexer *l, const char *begin, const char *end)
{
    size_t         n = (size_t)(end - begin);
    const Foreign *f = foreign_find(begin, n);
    Span           where = span_of(l, begin, end);
    if (said_before(l, begin, end, f ? f->put : NULL))
        return f ? f->meant : TOK_BAD;
    Diag *d = isprint((unsigned char)*begin) || *begin & 0x80
                  ? diag_report(l->diags, DIAG_E0101, where, "the language has no `%.*s`", (int)(n < 40 ? n : 40), begin)
                  : diag_report(l->diags, DIAG_E0101, where, "a control character (byte %d)", *begin);
    map_put(l->foreign, name_intern(l->names, begin, n), d);
    if (f)
        diag_help(d, "%s", f->help);
    else if (*begin & 0x80)
        diag_help(d, "names are made of the letters a to z, digits and `_`");
    else
        diag_help(d, "take it away");
    if (f && f->put) {
        diag_fix(d, "write `%s`", f->put);
        put_foreign(l, d, begin, end, f->put);
    }
    return f ? f->meant : TOK_BAD;
}

void lexer_single_quotes(Lexer *l, const char *begin, const char *end)
{
    Diag *d = diag_report(l->diags, DIAG_E0101, span_of(l, begin, end), "strings stand in double quotes");
    diag_help(d, "write `\"…\"`");
    diag_fix(d, "put double quotes");
    diag_edit(d, span_of(l, begin, begin + 1), "\"");
    diag_edit(d, span_of(l, end - 1, end), "\"");
}

const char *lexer_twin_of_twin(Lexer *l, const char *begin, const char *end)
{
    const char *quote = memchr(begin, '\'', (size_t)(end - begin));
    int         n = (int)(quote - begin);
    if (said_before(l, begin, end, NULL))
        return quote;
    Diag *d = diag_report(l->diags, DIAG_E0101, span_of(l, begin, end), "a twin has no twin: there is `%.*s` and `%.*s'`, and no third",
                          n, begin, n, begin);
    diag_help(d, "declare another axis of its size: `axis other = #%.*s`", n, begin);
    map_put(l->foreign, name_intern(l->names, begin, (size_t)(end - begin)), d);
    return quote;
}
