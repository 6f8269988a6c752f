// The syntax tree: one node type, its kinds in syntax.def.
#ifndef PLX_SYNTAX_SYNTAX_H
#define PLX_SYNTAX_SYNTAX_H

#include "base/diag.h"
#include "base/name.h"
#include "base/source.h"
#include "base/vec.h"

typedef enum {
#define SYN(id, text, layout, form) SYN_##id,
#include "syntax.def"
#undef SYN
    SYN_COUNT
} SynKind;

// Operators of UNARY, BINARY and ASSIGN. A table of texts and precedences is in print.c.
typedef enum {
    OPR_NONE,
    OPR_ADD, OPR_SUB, OPR_MUL, OPR_DIV, OPR_IDIV, OPR_MOD, OPR_POW,
    OPR_EQ, OPR_NE, OPR_LT, OPR_LE, OPR_GT, OPR_GE,
    OPR_AND, OPR_OR, OPR_NOT, OPR_NEG,
    OPR_SET, OPR_ADD_SET, OPR_SUB_SET, OPR_MUL_SET, OPR_DIV_SET,
    OPR_COUNT
} Operator;

// No tree is deeper, so that walks over it may recurse.
enum { SYN_DEPTH_MOST = 500 };

typedef struct Syn Syn;
struct Syn {
    SynKind     kind;
    Operator    op;
    int         depth;     // 1 more than the deepest kid's
    Span        where;     // the whole node
    Span        at;        // its telling token: the operator, the name
    Name        name;      // NULL when the kind has none
    Name        key;       // USE: the name after `as`; NAMED: a key that is no plain name; else NULL
    const char *text;      // strings; documentation of declarations (NULL: none)
    double      r;
    int64_t     i;
    Syn       **kid;
    int         nkid;
};

const char *syn_kind_text(SynKind k);
const char *operator_text(Operator op);

// Parses source number `file` of `s` into a FILE node. Never NULL: a statement or declaration that
// cannot be read is reported to `d`, becomes an ERROR that keeps its name (a `let` keeps its pattern,
// its value is the ERROR), and parsing goes on behind it.
Syn *syntax_parse(Arena *a, Names *names, const Sources *s, int file, Diags *d);

// The names that occur where ERROR nodes stand for text that could not be read, each once; how many.
int  syntax_lost(Arena *a, Names *names, const Source *source, const Syn *root, Name **out);
// Whether something in n could not be read.
bool syntax_broken(const Syn *n);

// The tree as an indented list of nodes (for `plexus dump --after parse`).
void syntax_dump(const Syn *n, Buf *out);
// The node as source text on one line: for messages and diagrams.
void syntax_print(const Syn *n, Buf *out);

#endif
