// What the grammar's actions share: the state of one parse and the making of nodes.
#ifndef PLX_SYNTAX_PARSE_H
#define PLX_SYNTAX_PARSE_H

#include "syntax/token.h"

typedef VEC(Syn *) SynList;

typedef struct {
    Arena        *arena;
    Names        *names;
    Diags        *diags;
    const Source *source;
    int           file;
    Layout        layout;
    Syn          *root;
    bool          too_deep; // said already
    int32_t       stuck;    // where the token ends that did not fit last and was kept; -1: none
} Parse;

// A node with the kids given; one that nests too deeply is reported and becomes an ERROR.
Syn *syn_node(Parse *p, SynKind kind, Span where, Span at, Syn *const *kid, int nkid);
#define KIDS(...) (Syn *[]){__VA_ARGS__}, (int)(sizeof((Syn *[]){__VA_ARGS__}) / sizeof(Syn *))
Syn *node_named(Parse *p, SynKind kind, Span where, const Token *name);
Syn *node_list(Parse *p, SynKind kind, Span where, Span at, Syn *head, const SynList *list);
Syn *node_nothing(Parse *p, Span at);  // on a side of `->`
Syn *node_operator(Parse *p, SynKind kind, Span where, Span at, Operator op, Syn *left, Syn *right);
// Parentheses: TUPLE, or PAREN around a single value.
Syn *node_parens(Parse *p, Span where, Span at, const SynList *list, bool comma);
// `key: value`.
Syn *node_pair(Parse *p, Span where, Syn *key, Syn *value);
// `left => body`.
Syn *node_lambda(Parse *p, Span where, Span at, Syn *left, Syn *body);
// A declaration with the documentation that stands before its first token.
Syn *node_declare(Parse *p, SynKind kind, Span where, const Token *first, const Token *name,
                  Syn *const *kid, int nkid);
// What could not be read of a declaration: it keeps the name.
Syn *node_broken(Parse *p, Span where, const Token *name);

SynList *list_new(Parse *p);
SynList *list_add(Parse *p, SynList *l, Syn *n);

// Rules that the grammar leaves to a walk over the tree; reports to p->diags.
void syntax_check(Parse *p, Syn *n);

typedef struct {
    int                found;      // the token's kind
    const char        *found_text; // the grammar's name for it
    const int         *kind;       // the tokens that could stand there
    const char *const *text;       // the grammar's names for them
    int                n;
} Expected;

// Reports that the token at `where` does not fit, and leaves out the rest of its statement.
void report_unexpected(Parse *p, Span where, const Expected *e);
// Whether the last token, which was kept, does not fit for the second time: nothing more can be read.
bool parse_stuck(Parse *p);
void report_too_deep(Parse *p, Span where);

#endif
