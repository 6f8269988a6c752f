// What an experiment shows: print, log, text, now.
#include <math.h>

#include "sema/acts.h"
#include "sema/bounded.h"
#include "sema/data.h"
#include "sema/step.h"
#include "sema/walk.h"

static void put_real(Buf *out, Elem e, double x) { buf_printf(out, e == ELEM_F64 ? "%.9g" : "%.6g", x); }

static void put_number(Buf *out, const HostTensor *t, int64_t i)
{
    if (elem_class(t->elem) == ELEM_CLASS_COMPLEX) {
        HostTensor half = {.elem = elem_part(t->elem), .data = t->data};
        double     im = tensor_number(&half, 2 * i + 1);
        put_number(out, &half, 2 * i);
        buf_puts(out, signbit(im) ? " - " : " + ");
        put_real(out, half.elem, fabs(im));
        buf_puts(out, "i");
        return;
    }
    double x = tensor_number(t, i);
    if (x != x)
        buf_puts(out, "nan");
    else if (t->elem == ELEM_BOOL)
        buf_puts(out, x ? "true" : "false");
    else if (t->elem == ELEM_I64)  // not every one is a double
        buf_printf(out, "%lld", (long long)((const int64_t *)t->data)[i]);
    else if (elem_class(t->elem) == ELEM_CLASS_INT)
        buf_printf(out, "%.0f", x);
    else
        put_real(out, t->elem, x);
}

static void put_level(Buf *out, const HostTensor *t, int level, int64_t at)
{
    if (level == t->n) {
        put_number(out, t, at);
        return;
    }
    int64_t inner = host_inner(t, level), n = t->dim[level];
    buf_puts(out, "[");
    for (int64_t i = 0; i < n; i++) {
        if (n > 40 && i == 20) {
            buf_printf(out, ", … %lld more", (long long)(n - 40));
            i = n - 20;
        }
        buf_puts(out, i ? ", " : "");
        put_level(out, t, level + 1, at + i * inner);
    }
    buf_puts(out, "]");
}

static void print_tensor(Sema *s, const Value *v, Buf *out)
{
    const HostTensor *t = tensor_counted(s, v->host);
    if (t->n) {
        buf_puts(out, "[");
        for (int i = 0; i < t->n; i++)
            buf_printf(out, "%s%s", i ? ", " : "", t->ax[i]->name);
        buf_puts(out, "] ");
    }
    put_level(out, t, 0, 0);
}

void print_value(Sema *s, const Value *v, Buf *out)
{
    double  x;
    int64_t whole;
    if (v->kind == V_TENSOR && v->fixed && size_is_const(v->fixed, &whole)) {
        buf_printf(out, "%lld", (long long)whole);
    } else if (v->kind == V_STRING) {
        buf_puts(out, v->text);
    } else if (v->kind == V_TENSOR && v->host) {
        print_tensor(s, v, out);
    } else if (v->kind == V_TENSOR && host_number(v, &x)) {
        if (v->truth || elem_class(v->elem) == ELEM_CLASS_BOOL)
            buf_puts(out, x ? "true" : "false");
        else
            buf_printf(out, "%.9g", x != x ? fabs(x) : x);
    } else if (v->kind == V_RECORD || v->kind == V_MODEL) {
        buf_puts(out, "(");
        for (int i = 0; i < v->nfields; i++) {
            buf_printf(out, "%s%s%s", i ? ", " : "", v->fields[i].name ? v->fields[i].name : "",
                       v->fields[i].name ? ": " : "");
            print_value(s, v->fields[i].value, out);
        }
        buf_puts(out, ")");
    } else {
        buf_puts(out, text_value(s, v));
    }
}

Value *act_print(Sema *s, const Func *f, const Args *args)
{
    (void)f;
    Buf b = {0};
    bool shown = s->host && !walk_hollow(s);
    for (int i = 0; shown && i < args->n; i++) {
        buf_puts(&b, i ? " " : "");
        print_value(s, args->at[i], &b);
    }
    if (shown)
        s->host->print(s->host->user, b.at ? b.at : "");
    buf_free(&b);
    return value_new(s, V_NONE, args->where);
}

Value *act_log(Sema *s, const Func *f, const Args *args)
{
    (void)f;
    const char *name[64];
    double      value[64];
    for (int i = 0; i < args->n && i < 64; i++) {
        if (!args->names[i])
            return sema_error(s, DIAG_E0502, args->at[i]->where, "`log` takes named numbers: `log(loss: loss)`");
        if (!is_scalar(s, args->at[i]))
            return sema_error(s, DIAG_E0502, args->at[i]->where, "`log` takes numbers; `%s` is %s", args->names[i],
                              text_value(s, args->at[i]));
        name[i] = args->names[i];
        if (s->host && !walk_hollow(s) && !host_number(args->at[i], &value[i]))
            return value_new(s, V_ERROR, args->where);
    }
    bool ok = !s->host || walk_hollow(s) || s->host->log(s->host->user, name, value, args->n < 64 ? args->n : 64, args->where);
    return value_new(s, ok ? V_NONE : V_ERROR, args->where);
}

Value *act_text(Sema *s, const Func *f, const Args *args)
{
    (void)f;
    Buf b = {0};
    if (!is_tensor(args->at[0]) || args->at[0]->axes.n != 1 || elem_class(args->at[0]->elem) != ELEM_CLASS_INT)
        return sema_error(s, DIAG_E0313, args->at[0]->where, "`text` makes a string of bytes along one axis; this is %s",
                          text_value(s, args->at[0]));
    for (int64_t i = 0; s->host && i < args->at[0]->host->count; i++) {
        const HostTensor *t = args->at[0]->host;
        char c = (char)(t->known ? tensor_number(t, i) : walk_decision(s, t->hollow ? 0 : tensor_number(t, i)));
        buf_put(&b, &c, 1);
    }
    Value *v = value_string(s, arena_strndup(s->arena, b.at ? b.at : "", b.n), args->where);
    buf_free(&b);
    return v;
}

Value *act_now(Sema *s, const Func *f, const Args *args)
{
    (void)f;
    if (!s->host)
        return value_real(s, 0, args->where);
    HostTensor *t = tensor_make(s, ELEM_F64, NULL, 0, args->where);
    if (!t)
        return value_new(s, V_ERROR, args->where);
    if (!t->hollow)
        *(double *)t->data = s->host->now(s->host->user);
    return tensor_value(s, t, args->where);
}

