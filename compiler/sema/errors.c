// Errors of meaning: diagnostics with axes in the words of the source, and the texts they are made of.
#include <stdarg.h>
#include <string.h>

#include "sema/sema.h"

Diag *sema_diag(Sema *s, DiagCode code, Span where, const char *fmt, ...)
{
    Buf     text = {0};
    va_list ap;
    va_start(ap, fmt);
    buf_vprintf(&text, fmt, ap);
    va_end(ap);
    Diag *d = diag_report(s->diags, code, where, "%s", text.at ? text.at : "");
    buf_free(&text);
    return d;
}

Value *sema_error(Sema *s, DiagCode code, Span where, const char *fmt, ...)
{
    Buf     text = {0};
    va_list ap;
    va_start(ap, fmt);
    buf_vprintf(&text, fmt, ap);
    va_end(ap);
    diag_report(s->diags, code, where, "%s", text.at ? text.at : "");
    buf_free(&text);
    return value_new(s, V_ERROR, where);
}

Value *helped(Sema *s, Value *v, const char *fmt, ...)
{
    Buf     text = {0};
    va_list ap;
    va_start(ap, fmt);
    buf_vprintf(&text, fmt, ap);
    va_end(ap);
    diag_help(diags_last(s->diags), "%s", text.at ? text.at : "");
    buf_free(&text);
    return v;
}

Value *sema_absent(Sema *s, Span where, const char *form)
{
    return sema_error(s, DIAG_E0901, where, "%s is part of the language, but is not built yet", form);
}

static const char *taken(Sema *s, Buf *b)
{
    const char *text = arena_strndup(s->arena, b->at ? b->at : "", b->n);
    buf_free(b);
    return text;
}

const char *text_axes(Sema *s, AxisSet axes)
{
    Buf b = {0};
    axes_print(axes, &b);
    return taken(s, &b);
}

const char *text_size(Sema *s, const Size *z)
{
    Buf b = {0};
    size_print(z, &b);
    return taken(s, &b);
}

const char *text_syn(Sema *s, const Syn *n)
{
    Buf b = {0};
    syntax_print(n, &b);
    return taken(s, &b);
}

static void put_tensor(Sema *s, const Value *v, Buf *b)
{
    if (v->pos)
        buf_puts(b, v->pos->name);
    else if (v->weak && elem_class(v->elem) != ELEM_CLASS_BOOL)
        buf_puts(b, elem_class(v->elem) == ELEM_CLASS_INT ? "int" : elem_class(v->elem) == ELEM_CLASS_COMPLEX ? "complex" : "real");
    else
        buf_puts(b, elem_text(v->elem));
    if (value_visible(s, v).n || !v->weak || elem_class(v->elem) == ELEM_CLASS_BOOL)
        axes_print(value_visible(s, v), b);
}

static void put_value(Sema *s, const Value *v, Buf *b)
{
    static const char *const kind[] = {
        [V_ERROR] = "?", [V_NONE] = "nothing", [V_MODEL] = "a model", [V_FUNC] = "a function",
        [V_NUMBERS] = "a pack of numbers", [V_STRING] = "a string", [V_OPTIMIZER] = "an optimizer", [V_BATCHES] = "batches",
        [V_TENSOR] = "", [V_RECORD] = "",
    };
    if (v->kind == V_TENSOR) {
        put_tensor(s, v, b);
    } else if (v->kind == V_RECORD) {
        buf_puts(b, "(");
        for (int i = 0; i < v->nfields; i++) {
            buf_puts(b, i ? ", " : "");
            if (v->fields[i].name)
                buf_printf(b, "%s: ", v->fields[i].name);
            put_value(s, v->fields[i].value, b);
        }
        buf_puts(b, ")");
    } else if (v->kind == V_MODEL && v->func) {
        buf_puts(b, v->func->name);
    } else if (v->kind == V_FUNC && v->func) {
        buf_printf(b, "the %s `%s`", v->func->decl && v->func->decl->kind == SYN_BLOCK       ? "block"
                                     : v->func->decl && v->func->decl->kind == SYN_OPTIMIZER ? "optimizer"
                                                                                             : "function",
                   v->func->name ? v->func->name : "=>");
    } else {
        buf_puts(b, kind[v->kind]);
    }
}

bool help_instance(Diag *d, const Value *v)
{
    const Syn *decl = v->kind == V_FUNC && v->func ? v->func->decl : NULL;
    if (!decl || decl->kind != SYN_BLOCK || !v->func->name)
        return false;
    bool bound = v->func->bind != NULL, items = decl->kid[0] && decl->kid[0]->nkid;
    diag_help(d, bound ? "give the instance a name first: `let net = %s[…]`" : items ? "`%s` alone is the block; `%s[…]` is an instance of it"
                                                                                     : "`%s` alone is the block; `%s[]` is an instance of it",
              v->func->name, v->func->name);
    return true;
}

void help_bool(Sema *s, Diag *d, const Value *v)
{
    bool many = is_tensor(v) && value_visible(s, v).n, is_bool = is_tensor(v) && elem_class(v->elem) == ELEM_CLASS_BOOL;
    diag_help(d, is_bool ? "`all` or `any` makes one of many" : many ? "compare, and make one of many: `all(x > 0)`" : "compare: `x > 0`");
}

const char *text_difference(Sema *s, const Value *a, const Value *b, const char *path)
{
    for (int i = 0; a->kind == b->kind && i < a->nfields && i < b->nfields; i++) {
        const Field *f = &a->fields[i], *g = &b->fields[i];
        if (f->name == g->name && same_shape(s, f->value, g->value))
            continue;
        const char *name = f->name ? f->name : name_format(s->names, "%d", i);
        const char *inner = *path ? name_format(s->names, "%s.%s", path, name) : name;
        return f->name == g->name ? text_difference(s, f->value, g->value, inner)
                                  : name_format(s->names, "where it had `%s`, it has `%s`", inner, g->name);
    }
    if (a->kind == b->kind && a->nfields != b->nfields && (a->kind == V_RECORD || a->kind == V_MODEL)) {
        const Value *more = a->nfields > b->nfields ? a : b;
        const char  *name = more->fields[a->nfields > b->nfields ? b->nfields : a->nfields].name;
        return name_format(s->names, "%s `%s%s%s`", more == a ? "it had" : "it has", path, *path ? "." : "", name ? name : "more");
    }
    return name_format(s->names, "%s%s%s was %s and is %s", *path ? "its `" : "it", path, *path ? "`" : "", text_value(s, a), text_value(s, b));
}

const char *text_count(Sema *s, int n)
{
    return n ? name_format(s->names, "%d %s given", n, n == 1 ? "is" : "are") : "none is given";
}

static bool is_bare_axis(const Value *v) { return is_tensor(v) && v->loose && v->node && v->node->op == OP_IOTA; }

// The argument as it is written, where that is short.
static void put_argument(Sema *s, const Value *v, Buf *b)
{
    enum { SHORT = 40 };
    const Source *src = sources_get(s->sources, v->where.file);
    int           n = src ? v->where.end - v->where.begin : 0;
    bool          fits = n > 0 && n <= SHORT && !memchr(src->text + v->where.begin, '\n', (size_t)n);
    buf_printf(b, "%.*s", fits ? n : 3, fits ? src->text + v->where.begin : "\u2026");
}

bool help_axes_in_brackets(Sema *s, Diag *d, const char *name, Value *const *args, int n)
{
    Buf axes = {0}, rest = {0};
    for (int i = 0; i < n; i++) {
        Buf *b = is_bare_axis(args[i]) ? &axes : &rest;
        buf_puts(b, b->n ? ", " : "");
        put_argument(s, args[i], b);
    }
    bool any = axes.n > 0;
    if (any && rest.n)
        diag_help(d, "axes stand in brackets: `%s[%s](%s)`", name, axes.at, rest.at);
    else if (any)
        diag_help(d, "axes stand in brackets: `%s[%s](\u2026)`", name, axes.at);
    buf_free(&axes);
    buf_free(&rest);
    return any;
}

void used_here(Sema *s, int before, const Func *f, Span where)
{
    diags_use_since(s->diags, before, where, "`%s` is used here", f->name ? f->name : "this function");
}

const char *text_value(Sema *s, const Value *v)
{
    Buf b = {0};
    put_value(s, v, &b);
    return taken(s, &b);
}
