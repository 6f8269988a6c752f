// Tokens: the lexer makes them, the layout rules turn them into what the grammar reads.
#ifndef PLX_SYNTAX_TOKEN_H
#define PLX_SYNTAX_TOKEN_H

#include "base/diag.h"
#include "base/map.h"
#include "base/name.h"
#include "syntax/syntax.h"

typedef struct {
    int         kind;   // TOK_… of grammar/parser.h
    bool        first;  // of its line
    bool        margin; // in the first column
    Span        where;
    Name        name; // NAME, TWIN and every word
    const char *text; // STRING, escapes decoded
    const char *doc;  // the `///` lines that stand before it, or NULL
    double      r;
    int64_t     i;
} Token;

typedef struct {
    Arena      *arena;
    Names      *names;
    Diags      *diags;
    const char *text, *at; // the whole source, NUL-terminated; where to read on
    int32_t     file;
    int         last;    // the kind of the last token
    bool        newline; // since the last token
    Buf         doc;     // `///` lines that wait for their declaration
    Map        *foreign; // Name to Diag: what the language does not have, and has been reported
} Lexer;

// Reads the next token: NAME for every word, END for ever behind the last one.
void        lexer_next(Lexer *l, Token *out);
// A string's text, between its quotes, with its escapes decoded.
const char *lexer_unescape(Lexer *l, const char *begin, const char *end);
// Reports a string that its line does not end.
void        lexer_open_string(Lexer *l, const char *begin, const char *end);
// Reads the number in t->where into t.
void        lexer_number(Lexer *l, Token *t);
// Warns of a comment that was meant as a division.
void        lexer_comment(Lexer *l, const char *begin, const char *end);
// Keeps a `///` line for the declaration that follows.
void        lexer_document(Lexer *l, const char *begin, const char *end);
// Reports `s''`; gives the end of the axis's name.
const char *lexer_twin_of_twin(Lexer *l, const char *begin, const char *end);
// Reports a string in single quotes.
void        lexer_single_quotes(Lexer *l, const char *begin, const char *end);
// Reports characters that the language does not have; gives the token that was meant, or TOK_BAD.
int         lexer_foreign(Lexer *l, const char *begin, const char *end);

typedef struct {
    int  kind; // TOK_LPAREN, TOK_LBRACKET, TOK_LBRACE
    Span where;
} Opener;

enum { LAYOUT_AHEAD = 3 };

// The layout rules: which newlines end statements, which words are names.
typedef struct {
    Lexer  lexer;
    Map   *words; // Name to Word
    Token  ahead[LAYOUT_AHEAD];
    int    nahead;
    Token  last, before; // what the grammar got last, and before that
    Opener open[SYN_DEPTH_MOST];
    int    depth;
    Opener unclosed; // given up just before `last`; kind 0: none
    int    skip_to;  // while skipping: the depth at which the broken statement stands; else -1
    bool   stray;    // `last` closes nothing
    bool   brace_reported, stopped;
    bool   unbalanced; // a brace was missing, or one closed nothing
    bool   indented;   // braces are held to the indentation: what is left of a body's first line ends it
} Layout;

// `y` reads `src`, which stays; layout_close gives back what the lexer holds.
void   layout_open(Layout *y, Arena *a, Names *names, Diags *d, int file, const Source *src);
void   layout_close(Layout *y);
// The next token for the grammar; TOK_END for ever behind the last one.
Token  layout_next(Layout *y);
// After a syntax error at the last token: leaves out the rest of its statement, bodies and all.
void   layout_skip(Layout *y);
// The opening bracket in which the last token stands, within its body; kind 0: none.
Opener layout_inside(const Layout *y);

#endif
