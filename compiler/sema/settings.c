// --set NAME=VALUE: the parameters of an experiment from the command line, by their types.
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "sema/acts.h"
#include "sema/settings.h"
#include "sema/step.h"

enum { MOST_NUMBERS = 4096 };

static Syn *parameters(const Func *f) { return f->decl->kid[1]; }

static Syn *find_parameter(const Func *f, const char *name)
{
    Syn *list = parameters(f);
    for (int i = 0; list && i < list->nkid; i++) {
        Syn *p = list->kid[i]->kind == SYN_DEFAULT ? list->kid[i]->kid[0] : list->kid[i];
        if (!strcmp(p->name, name))
            return p;
    }
    return NULL;
}

static void parameter_help(const Func *f, Diag *d)
{
    Buf b = {0};
    if (parameters(f))
        syntax_print(parameters(f), &b);
    diag_help(d, "`%s` has the parameters %s", f->name, b.at ? b.at : "()");
    buf_free(&b);
}

// ---- one value ----

static bool read_whole(const char *text, double least, double most, double *out)
{
    char *end;
    errno = 0;
    long long v = strtoll(text, &end, 10);
    *out = (double)v;
    return *text && !*end && !errno && *out >= least && *out <= most;
}

static bool read_real(const char *text, double *out)
{
    char *end;
    errno = 0;
    *out = strtod(text, &end);
    return *text && !*end && (!errno || *out == 0 || (*out > -1 && *out < 1));  // too small is 0
}

static bool read_bool(const char *text, double *out)
{
    *out = !strcmp(text, "true");
    return *out != 0 || !strcmp(text, "false");
}

// A position by its name, or by its number.
static bool read_position(const Axis *a, const char *text, double *out)
{
    int64_t size;
    for (int i = 0; i < a->npositions; i++)
        if (!strcmp(a->positions[i], text))
            return *out = i, true;
    return size_is_const(a->size, &size) && read_whole(text, 0, (double)size - 1, out);
}

static bool read_number(const TypeSpec *t, const char *text, double *out)
{
    static const double least[] = {[ELEM_I32] = -2147483648.0, [ELEM_I8] = -128}, most[] = {[ELEM_I32] = 2147483647.0, [ELEM_I8] = 127, [ELEM_U8] = 255};
    if (t->pos)
        return read_position(t->pos, text, out);
    if (elem_class(t->elem) == ELEM_CLASS_BOOL)
        return read_bool(text, out);
    if (elem_class(t->elem) != ELEM_CLASS_INT)
        return read_real(text, out);
    bool narrow = t->elem == ELEM_I32 || t->elem == ELEM_I8 || t->elem == ELEM_U8;
    return read_whole(text, narrow ? least[t->elem] : -0x1p63, narrow ? most[t->elem] : 0x1p63, out);
}

// A weak scalar is static: `axis hidden = n` may look at it.
static Value *scalar(Sema *s, const TypeSpec *t, const char *text, double x, Span where)
{
    if (t->weak && elem_class(t->elem) == ELEM_CLASS_INT)
        return value_int(s, size_const(s->sizes, strtoll(text, NULL, 10)), where);
    if (elem_class(t->elem) == ELEM_CLASS_BOOL)
        return value_bool(s, x != 0 ? TRUTH_TRUE : TRUTH_FALSE, where);
    if (t->weak)
        return value_real(s, x, where);
    Value *v = value_new(s, V_TENSOR, where);
    v->elem = t->own ? s->real : t->elem;
    v->pos = t->pos;
    return act_number(s, v, x);
}

// "1,2,3": the numbers of a tensor in the order of its axes, or one for all of them.
static Value *tensor(Sema *s, const TypeSpec *t, const char *text, Span where)
{
    char       *copy = arena_strndup(s->arena, text, strlen(text)), *next = copy;
    double      x[MOST_NUMBERS];
    int64_t     n = 0;
    for (char *one; (one = strsep(&next, ",")) != NULL; n++)
        if (n == MOST_NUMBERS || !read_number(t, one, &x[n]))
            return NULL;
    HostTensor *h = tensor_known(s, t->own ? s->real : t->elem, t->order, t->norder, where);
    if (!h || (n != 1 && n != h->count))
        return NULL;
    for (int64_t i = 0; i < h->count; i++)
        elem_put(h->elem, h->data, i, x[n == 1 ? 0 : i], (int64_t)x[n == 1 ? 0 : i]);
    Value *v = tensor_value(s, h, where);
    v->pos = t->pos;
    return v;
}

static Value *setting_value(Sema *s, const TypeSpec *t, const char *text, Span where)
{
    double x;
    if (t->kind == TS_ANY) {  // without a type: a number
        static const TypeSpec number = {.kind = TS_TENSOR, .elem = ELEM_F64, .weak = true};
        return setting_value(s, &number, text, where);
    }
    if (t->kind != TS_TENSOR)
        return NULL;
    if (t->norder)
        return tensor(s, t, text, where);
    return read_number(t, text, &x) ? scalar(s, t, text, x, where) : NULL;
}

// ---- all of them ----

// What is wrong with a value on the command line; NULL: none could stand there.
static const char *misfit(Sema *s, const TypeSpec *t)
{
    if (t->kind != TS_TENSOR)
        return t->kind == TS_ANY ? "that is no number" : NULL;
    if (t->norder)
        return name_format(s->names, "that is no %s: numbers with `,` between, one for each place or one for all", text_type(s, t));
    if (t->pos)
        return name_format(s->names, "that is no position along `%s`", t->pos->name);
    return elem_class(t->elem) == ELEM_CLASS_BOOL  ? "that is neither `true` nor `false`"
           : elem_class(t->elem) == ELEM_CLASS_INT ? "that is no whole number that it can hold"
                                                   : "that is no number";
}

static void refuse(Sema *s, const Func *f, const Setting *set, const TypeSpec *t)
{
    const char *why = misfit(s, t);
    Diag       *d = why ? sema_diag(s, DIAG_E0604, SPAN_NONE, "--set %s=%s: %s", set->name, set->value, why)
                        : sema_diag(s, DIAG_E0604, SPAN_NONE, "--set %s=%s: the command line gives numbers alone, and `%s` is %s",
                                    set->name, set->value, set->name, text_type(s, t));
    if (t->kind == TS_TENSOR && t->pos && t->pos->npositions) {
        Buf b = {0};
        for (int i = 0; i < t->pos->npositions; i++)
            buf_printf(&b, "%s%s", i ? ", " : "", t->pos->positions[i]);
        diag_help(d, "`%s` has the positions %s", t->pos->name, b.at);
        buf_free(&b);
    } else {
        parameter_help(f, d);
    }
}

static void no_such_parameter(Sema *s, const Func *f, const char *name)
{
    Syn         *list = parameters(f);
    int          n = list ? list->nkid : 0;
    const char **known = ARENA_ARRAY(s->arena, const char *, n + 1);
    for (int i = 0; i < n; i++)
        known[i] = (list->kid[i]->kind == SYN_DEFAULT ? list->kid[i]->kid[0] : list->kid[i])->name;
    Diag       *d = sema_diag(s, DIAG_E0604, SPAN_NONE, "--set %s: there is no such parameter", name);
    const char *guess = name_nearest(name, known, n);
    if (guess)
        diag_help(d, "did you mean `%s`?", guess);
    parameter_help(f, d);
}

Value *setting_read(Sema *s, const Func *f, const Setting *set)
{
    Syn *p = find_parameter(f, set->name);
    if (!p) {
        no_such_parameter(s, f, set->name);
        return value_new(s, V_ERROR, SPAN_NONE);
    }
    Scope *saved = s->scope;
    s->scope = f->scope;
    TypeSpec *t = eval_type(s, p->kind == SYN_NAMED ? p->kid[0] : NULL);
    s->scope = saved;
    Value *v = setting_value(s, t, set->value, p->where);
    if (v)
        return v;
    refuse(s, f, set, t);
    return value_new(s, V_ERROR, p->where);
}

bool read_settings(Sema *s, const Func *f, const Setting *set, int n, Value **args, Name *names)
{
    bool ok = true;
    for (int i = 0; i < n && ok; i++) {
        args[i] = setting_read(s, f, &set[i]);
        names[i] = name_of(s->names, set[i].name);
        ok = !is_error(args[i]);
    }
    return ok;
}
