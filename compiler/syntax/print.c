// The texts of kinds and operators; the tree as a list of nodes, and as source text on one line.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "syntax/syntax.h"

static const char *const kind_text[SYN_COUNT] = {
#define SYN(id, text, layout, form) text,
#include "syntax/syntax.def"
#undef SYN
};

static const char *const kid_names[SYN_COUNT] = {
#define SYN(id, text, layout, form) layout,
#include "syntax/syntax.def"
#undef SYN
};

static const char *const form_of[SYN_COUNT] = {
#define SYN(id, text, layout, form) form,
#include "syntax/syntax.def"
#undef SYN
};

static const char *const op_text[OPR_COUNT] = {
    [OPR_NONE] = "",      [OPR_ADD] = "+",      [OPR_SUB] = "-",      [OPR_MUL] = "*",
    [OPR_DIV] = "/",      [OPR_IDIV] = "div",   [OPR_MOD] = "mod",    [OPR_POW] = "^",
    [OPR_EQ] = "==",      [OPR_NE] = "!=",      [OPR_LT] = "<",       [OPR_LE] = "<=",
    [OPR_GT] = ">",       [OPR_GE] = ">=",      [OPR_AND] = "and",    [OPR_OR] = "or",
    [OPR_NOT] = "not ",   [OPR_NEG] = "-",      [OPR_SET] = "=",      [OPR_ADD_SET] = "+=",
    [OPR_SUB_SET] = "-=", [OPR_MUL_SET] = "*=", [OPR_DIV_SET] = "/=",
};

const char *syn_kind_text(SynKind k) { return kind_text[k]; }
const char *operator_text(Operator op) { return op_text[op]; }

// ---- source text ----

static void put(const Syn *n, Buf *out);

static void put_list(const Syn *n, int from, const char *between, Buf *out)
{
    for (int i = from; i < n->nkid; i++) {
        if (i > from)
            buf_puts(out, between);
        put(n->kid[i], out);
    }
    if (n->kind == SYN_TUPLE && n->i)
        buf_puts(out, ",");
}

static void put_string(const char *s, Buf *out)
{
    static const char from[] = "\n\t\r\"\\", to[] = "ntr\"\\";
    buf_puts(out, "\"");
    for (; s && *s; s++) {
        const char *special = strchr(from, *s);
        if (special)
            buf_printf(out, "\\%c", to[special - from]);
        else
            buf_put(out, s, 1);
    }
    buf_puts(out, "\"");
}

static void put_real(double r, Buf *out)
{
    char text[40];
    int  digits = 1;
    do
        snprintf(text, sizeof text, "%.*g", digits, r);
    while (strtod(text, NULL) != r && digits++ < 17);
    buf_puts(out, text);
    if (!strpbrk(text, ".en"))
        buf_puts(out, ".0");
}

// `if`: the arms are bodies, or expressions behind `then` and `else`.
static void put_if(const Syn *n, Buf *out)
{
    buf_puts(out, "if ");
    put(n->kid[0], out);
    buf_puts(out, n->kid[1]->kind == SYN_BODY ? " " : " then ");
    put(n->kid[1], out);
    if (n->kid[2]) {
        buf_puts(out, " else ");
        put(n->kid[2], out);
    }
}

static void put_number(const Syn *n, Buf *out)
{
    if (n->kind == SYN_INT)
        buf_printf(out, "%lld", (long long)n->i);
    else
        put_real(n->r, out);
}

static void put_key(const Syn *n, Buf *out)
{
    if (n->nkid > 1)
        put(n->kid[1], out);
    else
        buf_puts(out, n->name);
}

// `$0`, `$0*` or `$0;` at f; returns what follows.
static const char *put_kids(const Syn *n, const char *f, Buf *out)
{
    int k = f[0] - '0';
    if (f[1] == '*' || f[1] == ';') {
        put_list(n, k, f[1] == '*' ? ", " : "; ", out);
        return f + 2;
    }
    put(n->kid[k], out);
    return f + 1;
}

// What the letter at f stands for; returns what follows.
static const char *put_part(const Syn *n, const char *f, Buf *out)
{
    switch (*f) {
    case 'n': buf_puts(out, n->name); break;
    case 'o': buf_puts(out, op_text[n->op]); break;
    case 't': put_string(n->text, out); break;
    case 'k': put_key(n, out); break;
    case 'v': put_number(n, out); break;
    case 'i': put_if(n, out); break;
    case 'u':
        if (n->key)
            buf_printf(out, " as %s", n->key);
        break;
    default: return put_kids(n, f, out);
    }
    return f + 1;
}

static void put(const Syn *n, Buf *out)
{
    const char *f = form_of[n->kind];
    while (*f) {
        if (f[0] == '$') {
            f = put_part(n, f + 1, out);
        } else if (f[0] == '?') {
            f = n->kid[f[1] - '0'] ? f + 3 : strchr(f, '}') + 1;
        } else if (f[0] == '}' && n->kind != SYN_BODY) {
            f++;
        } else {
            buf_put(out, f, 1);
            f++;
        }
    }
}

void syntax_print(const Syn *n, Buf *out) { put(n, out); }

// ---- the list of nodes ----

// The word of the layout that names kid k.
static void put_label(const Syn *n, int k, Buf *out)
{
    const char *s = kid_names[n->kind];
    for (; k > 0 && strchr(s, ' '); k--)
        s = strchr(s, ' ') + 1;
    buf_printf(out, "%.*s ", (int)strcspn(s, " *"), s);
}

static void put_attributes(const Syn *n, Buf *out)
{
    if (n->name)
        buf_printf(out, " %s", n->name);
    if (n->key)
        buf_printf(out, " as %s", n->key);
    if (n->op)
        buf_printf(out, " %s", op_text[n->op]);
    if (n->kind == SYN_INT || n->kind == SYN_REAL) {
        buf_puts(out, " ");
        put_number(n, out);
    }
    if (n->text) {
        buf_puts(out, " ");
        put_string(n->text, out);
    }
    buf_printf(out, "  %d..%d\n", n->where.begin, n->where.end);
}

static void dump(const Syn *n, int indent, Buf *out)
{
    buf_puts(out, kind_text[n->kind]);
    put_attributes(n, out);
    for (int k = 0; k < n->nkid; k++) {
        if (!n->kid[k])
            continue;
        buf_printf(out, "%*s", 2 * indent + 2, "");
        put_label(n, k, out);
        dump(n->kid[k], indent + 1, out);
    }
}

void syntax_dump(const Syn *n, Buf *out) { dump(n, 0, out); }
