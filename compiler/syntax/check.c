// Rules that the grammar leaves open, so that it has no conflict and its messages stay simple: one
// walk over the tree.
#include <string.h>

#include "syntax/parse.h"

static void walk(Parse *p, Syn *n);

// ---- an operator beside `|>` ----

enum { SHORT = 40 };

// As source text, if that is short.
static void put_short(const Syn *n, Buf *out)
{
    Buf b = {0};
    syntax_print(n, &b);
    if (b.n > SHORT)
        buf_puts(out, "…");
    else
        buf_put(out, b.at ? b.at : "", b.n);
    buf_free(&b);
}

static const Syn *without_as(const Syn *n)
{
    while (n->kind == SYN_AS)
        n = n->kid[0];
    return n;
}

static bool is_operator(const Syn *n)
{
    return n->kind == SYN_BINARY || n->kind == SYN_UNARY || n->kind == SYN_CONTRACT ||
           n->kind == SYN_RANGE;
}

static void put_glyph(const Syn *n, Buf *out)
{
    if (n->kind == SYN_CONTRACT) {
        buf_puts(out, "@[");
        for (int i = 2; i < n->nkid; i++) {
            buf_puts(out, i > 2 ? ", " : "");
            put_short(n->kid[i], out);
        }
        buf_puts(out, "]");
    } else {
        buf_puts(out, n->kind == SYN_RANGE ? ".." : operator_text(n->op));
    }
}

// `left op ` of a binary operator, `op` of one before its operand.
static void put_before_last(const Syn *op, Buf *out)
{
    if (op->kind != SYN_UNARY) {
        put_short(op->kid[0], out);
        buf_puts(out, " ");
    }
    put_glyph(op, out);
    buf_puts(out, op->kind == SYN_UNARY ? "" : " ");
}

static const Syn *last_operand(const Syn *op) { return op->kid[op->kind == SYN_UNARY ? 0 : 1]; }

// `(x + y) |> f` or `x + (y |> f)`.
static void help_before(const Syn *op, const Syn *pipe, Buf *out)
{
    buf_puts(out, "write `(");
    put_short(op, out);
    buf_puts(out, ") |> ");
    put_short(pipe->kid[1], out);
    buf_puts(out, "` or `");
    put_before_last(op, out);
    buf_puts(out, "(");
    put_short(last_operand(op), out);
    buf_puts(out, " |> ");
    put_short(pipe->kid[1], out);
    buf_puts(out, ")`");
}

// `x |> (f + y)` or `(x |> f) + y`.
static void help_behind(const Syn *op, const Syn *pipe, Buf *out)
{
    buf_puts(out, "write `");
    put_short(pipe->kid[0], out);
    buf_puts(out, " |> (");
    put_short(op, out);
    buf_puts(out, ")`");
    if (op->kind == SYN_UNARY)
        return;
    buf_puts(out, " or `(");
    put_short(pipe->kid[0], out);
    buf_puts(out, " |> ");
    put_short(op->kid[0], out);
    buf_puts(out, ") ");
    put_glyph(op, out);
    buf_puts(out, " ");
    put_short(op->kid[1], out);
    buf_puts(out, "`");
}

static void offer(Diag *d, const Syn *first, const Syn *last, const char *what)
{
    int32_t file = first->where.file;
    diag_fix(d, "%s", what);
    diag_edit(d, (Span){file, first->where.begin, first->where.begin}, "(");
    diag_edit(d, (Span){file, last->where.end, last->where.end}, ")");
}

static bool pipe_follows(const Parse *p, const Syn *n)
{
    const char *s = p->source->text + n->where.end;
    s += strspn(s, " \t\r\n");
    return !strncmp(s, "|>", 2);
}

// Both readings, for a person to choose.
static void offer_parentheses(Parse *p, Diag *d, const Syn *op, const Syn *pipe, bool before)
{
    if (op != pipe->kid[!before])  // named by `as`
        return;
    offer(d, op, op, "the operator first");
    if (before && !pipe_follows(p, pipe))
        offer(d, last_operand(op), pipe, "the `|>` first");
    else if (!before && op->kind != SYN_UNARY)
        offer(d, pipe, op->kid[0], "the `|>` first");
}

static void check_pipe(Parse *p, Syn *n)
{
    const Syn *left = without_as(n->kid[0]), *right = without_as(n->kid[1]);
    bool       before = is_operator(left);
    if (!before && !is_operator(right))
        return;
    const Syn *op = before ? left : right;
    Buf        glyph = {0}, help = {0};
    put_glyph(op, &glyph);
    while (glyph.n && glyph.at[glyph.n - 1] == ' ')
        glyph.at[--glyph.n] = '\0';
    Diag *d = diag_report(p->diags, DIAG_E0105, op->at, "`%s` %s `|>` needs parentheses",
                          glyph.at ? glyph.at : "", before ? "before" : "behind");
    diag_label(d, n->at, "both readings could be meant, and one is the wrong network");
    (before ? help_before : help_behind)(op, n, &help);
    diag_help(d, "%s", help.at ? help.at : "");
    offer_parentheses(p, d, op, n, before);
    n->kind = SYN_ERROR;  // either reading may be wrong in its types
    buf_free(&glyph);
    buf_free(&help);
}

// ---- what stands where it cannot ----

static void check_assign(Parse *p, Syn *n)
{
    const Syn *t = n->kid[0];
    if (t->kind == SYN_NAME || t->kind == SYN_FIELD || t->kind == SYN_BRACKET ||
        t->kind == SYN_ERROR)
        return;
    Diag *d = diag_report(p->diags, DIAG_E0104, t->where, "this cannot be assigned to");
    diag_help(d, "a `var`, a field of one (`opt.lr`) or a part of one (`x[node: i]`) can");
    n->kid[0] = node_broken(p, t->where, NULL);
}

static void check_size(Parse *p, Syn *n)
{
    const Syn *a = n->kid[0];
    if (a->kind == SYN_NAME || a->kind == SYN_TWIN || a->kind == SYN_FIELD || a->kind == SYN_PACK)
        return;
    Diag *d = diag_report(p->diags, DIAG_E0104, a->where, "expected an axis behind `#`");
    diag_help(d, "`#seq` is the size of the axis `seq`");
}

// Items of calls, values and types: `=` gives defaults in headers only. What was meant is plain: it is read so.
static void check_no_default(Parse *p, Syn *n)
{
    for (int i = 0; i < n->nkid; i++) {
        Syn *k = n->kid[i];
        if (!k || k->kind != SYN_DEFAULT)
            continue;
        Syn *name = k->kid[0], *value = k->kid[1];
        Buf  b = {0};
        put_short(name, &b);
        buf_puts(&b, ": ");
        put_short(value, &b);
        Diag *d = diag_report(p->diags, DIAG_E0104, k->at, "`=` gives defaults, in headers only");
        diag_help(d, "to pass by name write `%s`; equality is `==`", b.at ? b.at : "");
        buf_free(&b);
        n->kid[i] = name->kind == SYN_NAME ? node_pair(p, k->where, name, value) : node_broken(p, k->where, NULL);
        if (name->kind != SYN_NAME)
            continue;
        diag_fix(d, "pass it by name");
        diag_edit(d, (Span){k->where.file, name->where.end, value->where.begin}, ": ");
    }
}

// ---- headers ----

// The name that a broken item was meant to give, or NULL.
static const Syn *leading_name(const Syn *n)
{
    while (n && n->kind != SYN_NAME)
        n = n->nkid ? n->kid[0] : NULL;
    return n;
}

static bool is_parameter(const Syn *n)
{
    if (n->kind == SYN_DEFAULT)
        n = n->kid[0];
    return n->kind == SYN_NAME || (n->kind == SYN_NAMED && n->name);
}

// `x = [n]`: a list of axes is a type and no default.
static bool is_type_as_default(const Syn *n)
{
    return n->kind == SYN_DEFAULT && n->kid[0]->kind == SYN_NAME && n->kid[1]->kind == SYN_AXES;
}

static void report_type_as_default(Parse *p, const Syn *n)
{
    Diag *d = diag_report(p->diags, DIAG_E0104, n->at, "a type stands behind `:`; `=` gives a default");
    diag_fix(d, "write `:`");
    diag_edit(d, (Span){n->where.file, n->kid[0]->where.end, n->kid[1]->where.begin}, ": ");
    diag_help(d, "write `%s: …`", n->kid[0]->name);
}

static void report_parameter(Parse *p, const Syn *n)
{
    if (n->kind == SYN_ERROR)
        return;
    const Syn *name = leading_name(n);
    Diag      *d = diag_report(p->diags, DIAG_E0104, n->where, "expected a parameter here, `name: type`");
    if (n->kind == SYN_BRACKET && name == n->kid[0]) {
        diag_help(d, "`:` stands between the name and its axes");
        diag_fix(d, "put `:` between");
        diag_edit(d, (Span){n->where.file, name->where.end, name->where.end}, ":");
    } else if (n->kind == SYN_ASSIGN || n->kind == SYN_NAMED) {
        diag_help(d, "the name of a parameter is one word");
    }
}

// A broken parameter becomes one without a type: its body is checked where it is used, and adds no more to say.
static void check_parameters(Parse *p, Syn *list)
{
    for (int i = 0; list && i < list->nkid; i++) {
        Syn *n = list->kid[i];
        bool typed = is_type_as_default(n);
        if (is_parameter(n) && !typed)
            continue;
        (typed ? report_type_as_default : report_parameter)(p, n);
        const Syn *name = leading_name(n);
        Token      t = {.name = name ? name->name : name_format(p->names, "?%d", n->where.begin)};
        list->kid[i] = node_named(p, SYN_NAME, n->where, &t);
    }
}

static bool is_header_item(const Syn *n)
{
    if (n->kind == SYN_LIST)
        return n->nkid == 0;  // nothing on this side of `->`
    if (n->kind == SYN_ARROW)
        return is_header_item(n->kid[0]) && is_header_item(n->kid[1]);
    if (n->kind == SYN_DEFAULT)
        n = n->kid[0];
    if (n->kind == SYN_PACK)
        return n->kid[0]->kind == SYN_NAME;
    return n->kind == SYN_NAME || n->kind == SYN_ERROR || (n->kind == SYN_NAMED && n->name);
}

static void check_items(Parse *p, Syn *list)
{
    for (int i = 0; list && i < list->nkid; i++) {
        Syn *n = list->kid[i];
        if (is_header_item(n))
            continue;
        Diag *d = diag_report(p->diags, DIAG_E0501, n->where, "a header's bracket holds axes, packs and typed names");
        diag_help(d, "an axis is `n`, one with a default `n = 4`, several as one `n...`; anything else has a type: `depth: int`");
        const Syn *name = leading_name(n);
        Token      t = {.name = name ? name->name : name_format(p->names, "?%d", n->where.begin)};
        list->kid[i] = node_named(p, SYN_NAME, n->where, &t);
    }
}

static void check_function(Parse *p, Syn *n)
{
    check_items(p, n->kid[0]);
    check_parameters(p, n->kid[1]);
}

static void check_optimizer(Parse *p, Syn *n)
{
    check_parameters(p, n->kid[0]);
    check_items(p, n->kid[1]);
    check_parameters(p, n->kid[2]);
}

static void check_lambda(Parse *p, Syn *n)
{
    Syn *head = n->kid[0];
    if (head->kind == SYN_TUPLE || head->kind == SYN_PAREN)
        check_parameters(p, head);
}

// The items of a header may have defaults.
static void walk_header(Parse *p, Syn *n)
{
    for (int i = 0; n && i < n->nkid; i++)
        walk(p, n->kid[i]);
}

typedef void CheckFn(Parse *p, Syn *n);

static CheckFn *const checks[SYN_COUNT] = {
    [SYN_PIPE] = check_pipe,       [SYN_ASSIGN] = check_assign,      [SYN_SIZE] = check_size,
    [SYN_CALL] = check_no_default, [SYN_BRACKET] = check_no_default, [SYN_TUPLE] = check_no_default,
    [SYN_AXES] = check_no_default, [SYN_FN] = check_function,        [SYN_BLOCK] = check_function,
    [SYN_EXPERIMENT] = check_function, [SYN_OPTIMIZER] = check_optimizer, [SYN_LAMBDA] = check_lambda,
};

// How many of its first kids are headers.
static const int headers[SYN_COUNT] = {
    [SYN_FN] = 2, [SYN_BLOCK] = 2, [SYN_EXPERIMENT] = 2, [SYN_OPTIMIZER] = 3, [SYN_LAMBDA] = 1,
};

static void walk(Parse *p, Syn *n)
{
    if (!n)
        return;
    if (checks[n->kind])
        checks[n->kind](p, n);
    for (int i = 0; i < n->nkid; i++)
        (i < headers[n->kind] ? walk_header : walk)(p, n->kid[i]);
}

void syntax_check(Parse *p, Syn *n) { walk(p, n); }
