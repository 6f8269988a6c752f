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
