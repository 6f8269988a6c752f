// Types of the language as written: element and axes, records, models, functions.
#include <string.h>

#include "sema/interface.h"
#include "sema/model_type.h"

static TypeSpec *spec_new(Sema *s, TypeSpecKind kind, Span where)
{
    TypeSpec *t = ARENA_NEW(s->arena, TypeSpec);
    t->kind = kind;
    t->where = where;
    return t;
}

// The item `(row, col) -> pixel` of the type of what is loaded: the file's axes behind the *nfile there are; 1 when good.
static int merged_axes(Sema *s, const Syn *item, Axis **file, int *nfile, Axis **to)
{
    const Syn *from = item->kid[0];
    if (!s->loading || from->kind != SYN_TUPLE || MOST_AXES - *nfile < from->nkid) {
        Diag *d = sema_diag(s, DIAG_E0313, item->where, "a type holds axes, and no `->`");
        diag_help(d, "the type of what is loaded may merge axes of the file: `f32[sample, (row, col) -> pixel]`");
        return 0;
    }
    const Size *all = size_const(s->sizes, 1);
    for (int i = 0; i < from->nkid; i++) {
        Axis *a = eval_axis(s, from->kid[i]);
        if (!a)
            return 0;
        file[(*nfile)++] = a;
        all = size_mul(s->sizes, all, a->size);
    }
    SizeVar *open;
    *to = eval_axis(s, item->kid[1]);
    return *to && (size_is_var((*to)->size, &open) || s->host ||
                   need_equal(s, DIAG_E0401, all, (*to)->size, item->where, "a merge"));
}

// Axes of a type's bracket, in order; a repeated one is an error.
static bool spec_axes(Sema *s, TypeSpec *t, Syn **item, int n)
{
    Axis *ax[MOST_AXES], *file[MOST_AXES];
    int   count = 0, nfile = 0, part[MOST_AXES];
    bool  ok = true;
    for (int i = 0; i < n; i++) {
        int before = nfile, got;
        if (item[i]->kind == SYN_ARROW) {
            got = merged_axes(s, item[i], file, &nfile, ax + count);
            part[count] = nfile - before;
        } else {
            got = eval_axes_as(s, item[i], ax + count, MOST_AXES - count, AXIS_OF_TYPE);
            for (int k = count; k < count + got && nfile < MOST_AXES; k++) {
                file[nfile++] = ax[k];
                part[k] = 1;
            }
        }
        ok = ok && (got || item[i]->kind == SYN_PACK);
        for (int k = count; k < count + got; k++)
            for (int j = 0; j < k; j++)
                if (ax[j] == ax[k]) {
                    Diag *d = sema_diag(s, DIAG_E0303, item[i]->where, "a type would hold axis `%s` twice",
                                        ax[k]->name);
                    diag_help(d, "name the second `%s'` (its twin), or another axis of the same size", ax[k]->name);
                    if (item[i]->kind == SYN_NAME) {
                        diag_fix(d, "make it the twin");
                        diag_edit(d, item[i]->where, "%s'", item[i]->name);
                    }
                    return false;
                }
        count += got;
    }
    t->order = ARENA_ARRAY(s->arena, Axis *, count + 1);
    memcpy(t->order, ax, sizeof *ax * (size_t)count);
    t->norder = count;
    t->file = ARENA_ARRAY(s->arena, Axis *, nfile + 1);
    t->part = ARENA_ARRAY(s->arena, int, count + 1);
    memcpy(t->file, file, sizeof *file * (size_t)nfile);
    memcpy(t->part, part, sizeof *part * (size_t)count);
    t->nfile = nfile;
    t->axes = axes_of(s->arena, ax, count);
    return ok;
}

static TypeSpec *tensor_spec(Sema *s, Syn *n, Syn **item, int nitem)
{
    TypeSpec *t = spec_new(s, TS_TENSOR, n->where);
    if (!spec_axes(s, t, item, nitem))
        t->kind = TS_BAD;
    return t;
}

// An element type by name, or positions along an axis.
static bool spec_elem(Sema *s, TypeSpec *t, Syn *n)
{
    if (n->kind == SYN_NAME) {
        if (elem_parse(n->name, &t->elem))
            return true;
        if (!strcmp(n->name, "real")) {
            t->elem = s->real;
            return true;
        }
        if (!strcmp(n->name, "int")) {
            t->elem = ELEM_I64;
            return true;
        }
    }
    t->elem = ELEM_I64;
    return (t->pos = eval_axis_as(s, n, AXIS_OF_ELEMENTS)) != NULL;
}

static TypeSpec *record_spec(Sema *s, Syn *n)
{
    TypeSpec *t = spec_new(s, TS_RECORD, n->where);
    t->nfields = n->nkid;
    t->names = ARENA_ARRAY(s->arena, Name, n->nkid + 1);
    t->fields = ARENA_ARRAY(s->arena, TypeSpec *, n->nkid + 1);
    for (int i = 0; i < n->nkid; i++) {
        bool named = n->kid[i]->kind == SYN_NAMED;
        if (named && !n->kid[i]->name) {
            const char *path = text_syn(s, n->kid[i]->kid[1]), *dot = strchr(path, '.');
            Diag *d = sema_diag(s, DIAG_E0313, n->kid[i]->where, "a field of a record has one name, and `%s` is a path", path);
            if (dot)
                diag_help(d, "a record in a record is written so: `(%.*s: (%s: …))`", (int)(dot - path), path, dot + 1);
            t->kind = TS_BAD;
            continue;
        }
        t->names[i] = named ? n->kid[i]->name : NULL;
        t->fields[i] = eval_type(s, named ? n->kid[i]->kid[0] : n->kid[i]);
        if (t->fields[i]->kind == TS_BAD)
            t->kind = TS_BAD;
    }
    return t;
}

static TypeSpec *name_spec(Sema *s, Syn *n)
{
    Entry *e = scope_find(s, s->scope, n->name, n->where);
    if (e && e->kind == ENTRY_TYPE) {
        Scope *saved = s->scope;
        s->scope = e->type_scope;
        TypeSpec *t = eval_type(s, e->type);
        s->scope = saved;
        return t;
    }
    if (e && e->kind == ENTRY_VALUE && e->value && e->value->kind == V_FUNC && e->value->func->kind == FUNC_DECL) {
        TypeSpec *t = spec_new(s, TS_MODEL, n->where);
        t->model = type_instance(s, e->value, NULL);
        return t;
    }
    TypeSpec *t = spec_new(s, TS_TENSOR, n->where);
    t->order = ARENA_ARRAY(s->arena, Axis *, 1);
    t->weak = !strcmp(n->name, "real") || !strcmp(n->name, "int");
    if (!spec_elem(s, t, n))
        t->kind = TS_BAD;
    if (t->weak && elem_class(t->elem) == ELEM_CLASS_FLOAT)
        t->elem = ELEM_F64;
    return t;
}

static TypeSpec *bracket_spec(Sema *s, Syn *n)
{
    Syn *head = n->kid[0];
    if (head->kind == SYN_NAME || head->kind == SYN_FIELD) {
        Entry *e = head->kind == SYN_NAME ? scope_find(s, s->scope, head->name, n->where) : NULL;
        bool  builtin = e && e->kind == ENTRY_VALUE && e->value && e->value->kind == V_FUNC &&
                       e->value->func->kind == FUNC_BUILTIN;
        if (e && e->kind == ENTRY_VALUE && !builtin) {
            Value    *v = type_instance(s, e->value, n);
            TypeSpec *t = spec_new(s, v->kind == V_FUNC || v->kind == V_MODEL ? TS_MODEL : TS_BAD, n->where);
            t->model = v;
            if (t->kind == TS_BAD && !is_error(v))
                sema_error(s, DIAG_E0313, n->where, "`%s` is no type", text_syn(s, n));
            return t;
        }
    }
    TypeSpec *t = tensor_spec(s, n, n->kid + 1, n->nkid - 1);
    if (t->kind != TS_BAD && !spec_elem(s, t, head))
        t->kind = TS_BAD;
    return t;
}

TypeSpec *eval_type(Sema *s, Syn *n)
{
    if (!n)
        return spec_new(s, TS_ANY, SPAN_NONE);
    switch ((int)n->kind) {
    case SYN_AXES: {
        TypeSpec *t = tensor_spec(s, n, n->kid, n->nkid);
        t->own = true;
        t->elem = s->real;
        return t;
    }
    case SYN_BRACKET: return bracket_spec(s, n);
    case SYN_NAME: return name_spec(s, n);
    case SYN_TUPLE: return record_spec(s, n);
    case SYN_PAREN: return n->kid[0]->kind == SYN_NAMED ? record_spec(s, n) : eval_type(s, n->kid[0]);
    case SYN_BLOCK_TYPE: {
        TypeSpec *t = spec_new(s, TS_FUNC, n->where);
        t->signature = n->kid[0];
        t->scope = s->scope;
        return t;
    }
    case SYN_ERROR: return spec_new(s, TS_BAD, n->where);
    default:
        sema_error(s, DIAG_E0313, n->where, "`%s` is no type", text_syn(s, n));
        return spec_new(s, TS_BAD, n->where);
    }
}

static void put_type(Sema *s, const TypeSpec *t, Buf *b)
{
    if (t->kind == TS_RECORD) {
        buf_puts(b, "(");
        for (int i = 0; i < t->nfields; i++) {
            buf_puts(b, i ? ", " : "");
            if (t->names[i])
                buf_printf(b, "%s: ", t->names[i]);
            put_type(s, t->fields[i], b);
        }
        buf_puts(b, ")");
        return;
    }
    if (t->kind != TS_TENSOR) {
        if (t->kind == TS_FUNC && t->signature)
            buf_printf(b, "block%s", text_syn(s, t->signature));
        else
            buf_puts(b, t->kind == TS_FUNC ? "block" : t->kind == TS_MODEL ? text_value(s, t->model) : "anything");
        return;
    }
    if (t->pos)
        buf_puts(b, t->pos->name);
    else if (t->weak)
        buf_puts(b, elem_class(t->elem) == ELEM_CLASS_INT ? "int" : "real");
    else if (!t->own)
        buf_puts(b, elem_text(t->elem));
    if (t->weak)
        return;
    buf_puts(b, "[");
    for (int i = 0; i < t->norder; i++)
        buf_printf(b, "%s%s", i ? ", " : "", t->order[i]->name);
    buf_puts(b, "]");
}

const char *text_type(Sema *s, const TypeSpec *t)
{
    Buf b = {0};
    put_type(s, t, &b);
    const char *text = arena_strndup(s->arena, b.at ? b.at : "", b.n);
    buf_free(&b);
    return text;
}

Value *type_abstract(Sema *s, const TypeSpec *t, Name name, Elem own)
{
    if (t->kind == TS_RECORD) {
        Value *v = value_new(s, V_RECORD, t->where);
        v->nfields = t->nfields;
        v->fields = ARENA_ARRAY(s->arena, Field, t->nfields + 1);
        for (int i = 0; i < t->nfields; i++) {
            Name inner = t->names[i] ? name_format(s->names, "%s.%s", name, t->names[i])
                                     : name_format(s->names, "%s.%d", name, i);
            v->fields[i] = (Field){t->names[i], type_abstract(s, t->fields[i], inner, own)};
        }
        return v;
    }
    if (t->kind == TS_MODEL)
        return t->model;
    if (t->kind == TS_FUNC && t->signature)
        return interface_value(s, name, t->signature, t->scope, t->where);
    if (t->kind != TS_TENSOR)
        return value_new(s, V_ERROR, t->where);
    AxisSet axes = axes_union(s->arena, t->axes, s->hidden);
    Value  *v = value_tensor(s, ir_input(s->b, name, INPUT_DATA, t->own ? own : t->elem, axes, NULL), t->where);
    v->pos = t->pos;
    v->weak = t->weak;
    v->order = t->order;
    return v;
}

// ---- values against types ----

// Where the declared axes lack some that were named before them: declare these too.
static void offer_axes(Sema *s, Diag *d, AxisSet have, AxisSet extra, Span type)
{
    const Source *src = sources_get(s->sources, type.file);
    if (!src || src->text[type.begin] != '[')
        return;
    for (int i = 0; i < extra.n; i++)
        if (extra.at[i]->where.file != type.file || extra.at[i]->where.begin > type.begin)
            return;
    diag_fix(d, "declare %s", text_axes(s, have));
    diag_edit(d, type, "%s", text_axes(s, have));
}

// The fields of a record that its type does not have: the first is named.
static Value *more_fields(Sema *s, const Value *v, const TypeSpec *t, Span where, const char *what, Span second)
{
    for (int i = 0; i < v->nfields; i++) {
        int k = 0;
        while (k < t->nfields && t->names[k] && t->names[k] != v->fields[i].name)
            k++;
        if (k < t->nfields || !v->fields[i].name)
            continue;
        Span  at = key_place(s, v->fields[i].name, v->fields[i].value->where);
        Diag *d = sema_diag(s, DIAG_E0305, at, "%s has no field `%s`", what, v->fields[i].name);
        if (second.file >= 0)
            diag_label(d, second, "declared %s", text_type(s, t));
        if (!suggest(d, at, t->nfields && t->names[0] ? name_nearest(v->fields[i].name, t->names, t->nfields) : NULL))
            diag_help(d, "leave it out, or give its type the field");
        return value_new(s, V_ERROR, where);
    }
    return helped(s, sema_error(s, DIAG_E0305, where, "%s must be %s; this is %s", what, text_type(s, t), text_value(s, v)),
                  "it has %d parts, and its type %d", v->nfields, t->nfields);
}

static Value *lacks_field(Sema *s, const Value *v, const TypeSpec *t, int field, Span where, const char *what, Span second)
{
    Diag *d = sema_diag(s, DIAG_E0305, where, "%s lacks the field `%s`", what, t->names[field]);
    diag_label(d, where, "%s", text_value(s, v));
    diag_label(d, second, "declared %s", text_type(s, t));
    diag_help(d, "give it, by name: `%s: …`", t->names[field]);
    return value_new(s, V_ERROR, where);
}

// Would the written type lose some of the value's width? What is weak takes the width that is written.
static bool narrows(const Value *v, const TypeSpec *t)
{
    return !t->own && !t->weak && !t->pos && !v->weak && elem_class(v->elem) == elem_class(t->elem) &&
           elem_join(v->elem, t->elem) != t->elem;
}

static Value *would_narrow(Sema *s, const Value *v, const TypeSpec *t, Span where, const char *what, Span second)
{
    Diag *d = sema_diag(s, DIAG_E0309, where, "%s would be narrowed from %s to %s", what, elem_text(v->elem), elem_text(t->elem));
    diag_label(d, v->where, "%s", text_value(s, v));
    if (second.file >= 0)
        diag_label(d, second, "declared %s", text_type(s, t));
    diag_help(d, "say so if it is meant: `%s(…)`", elem_text(t->elem));
    return value_new(s, V_ERROR, where);
}

// How elements of one class become elements of another.
static void help_to_convert(Diag *d, ElemClass have, Elem want, AxisSet axes)
{
    if (elem_class(want) == ELEM_CLASS_BOOL)
        diag_help(d, "a bool comes of a comparison: `x != 0`");
    else if (have == ELEM_CLASS_COMPLEX)
        diag_help(d, "`real(…)`, `imag(…)` or `abs(…)` is a real number of it; or declare complex ones: `c64%s`", axes.n ? "[…]" : "[]");
    else if (elem_class(want) == ELEM_CLASS_INT && have == ELEM_CLASS_FLOAT)
        diag_help(d, "`%s(…)` cuts off what is behind the point; or declare floats", elem_text(want));
    else
        diag_help(d, "`%s(…)` converts", elem_text(want));
}

static Value *record_conforms(Sema *s, Value *v, const TypeSpec *t, Span where, const char *what, Span second)
{
    for (int i = 0; v->kind == V_RECORD && i < t->nfields; i++)
        if (t->names[i] && v->nfields && v->fields[0].name && !value_field(v, t->names[i]))
            return lacks_field(s, v, t, i, where, what, second);
    if (v->kind == V_RECORD && v->nfields != t->nfields)
        return more_fields(s, v, t, where, what, second);
    if (v->kind != V_RECORD)
        return sema_error(s, DIAG_E0305, where, "%s must be %s; this is %s", what, text_type(s, t), text_value(s, v));
    Value *out = value_new(s, V_RECORD, where);
    *out = *v;
    out->fields = ARENA_ARRAY(s->arena, Field, v->nfields + 1);
    for (int i = 0; i < v->nfields; i++) {
        Value *f = t->names[i] ? value_field(v, t->names[i]) : v->fields[i].value;
        if (!f)
            return lacks_field(s, v, t, i, where, what, second);
        out->fields[i] = (Field){t->names[i], check_conforms(s, f, t->fields[i], where, what, second)};
    }
    return out;
}

static Value *of_other_axes(Sema *s, const Value *v, const TypeSpec *t, Span where, const char *what, Span second)
{
    AxisSet have = value_visible(s, v);
    Diag   *d = sema_diag(s, DIAG_E0305, where, "%s has axes %s, and %s is declared", what, text_axes(s, have), text_type(s, t));
    AxisSet lost = axes_minus(s->arena, t->axes, have), extra = axes_minus(s->arena, have, t->axes);
    diag_label(d, v->where, "%s", text_axes(s, have));
    if (second.file >= 0)
        diag_label(d, second, "declared %s", text_type(s, t));
    if (lost.n)
        diag_help(d, "`%s` is not there: was it summed away?%s", lost.at[0]->name,
                  extra.n ? " Another axis stands in its place" : " A sum ends an axis; `x[+k]` makes one");
    else
        diag_help(d, "`%s` is left over: reduce it, or declare it", extra.at[0]->name);
    if (!lost.n)
        offer_axes(s, d, have, extra, second);
    return value_new(s, V_ERROR, where);
}

static Value *no_positions_of(Sema *s, const Value *v, const TypeSpec *t, Span where, const char *what)
{
    Diag *d = sema_diag(s, v->pos ? DIAG_E0310 : DIAG_E0311, where, "%s must be positions along `%s`", what, t->pos->name);
    diag_label(d, v->where, "%s", text_value(s, v));
    if (v->pos) {
        diag_note(d, v->pos->where, "`%s` is declared here", v->pos->name);
        diag_help(d, "positions of two axes do not mix: declare those of `%s`, or if the numbers are meant, `%s(int(…))`",
                  v->pos->name, t->pos->name);
    } else if (elem_class(v->elem) != ELEM_CLASS_INT) {
        diag_help(d, "a position is a whole number: `%s(int(…))`, checked when it runs", t->pos->name);
    } else {
        diag_help(d, "`%s(…)` makes positions of numbers, checked when it runs; `mod #%s` keeps them inside, too",
                  t->pos->name, t->pos->name);
    }
    return value_new(s, V_ERROR, where);
}

static Value *of_other_elements(Sema *s, const Value *v, const TypeSpec *t, Span where, const char *what, Span second)
{
    Diag *d = sema_diag(s, DIAG_E0309, where, "%s must be %s", what, text_type(s, t));
    diag_label(d, v->where, "%s", text_value(s, v));
    if (second.file >= 0)
        diag_label(d, second, "declared %s", text_type(s, t));
    help_to_convert(d, elem_class(v->elem), t->elem, value_visible(s, v));
    return value_new(s, V_ERROR, where);
}

Value *check_conforms(Sema *s, Value *v, const TypeSpec *t, Span where, const char *what, Span second)
{
    if (is_error(v) || t->kind == TS_ANY || t->kind == TS_BAD || t->kind == TS_FUNC || t->kind == TS_MODEL)
        return v;
    if (t->kind == TS_RECORD)
        return record_conforms(s, v, t, where, what, second);
    if (!is_tensor(v))
        return sema_error(s, DIAG_E0305, where, "%s must be %s; this is %s", what, text_type(s, t), text_value(s, v));
    if (!axes_equal(value_visible(s, v), t->axes))
        return of_other_axes(s, v, t, where, what, second);
    if (t->pos && !v->pos && elem_class(v->elem) == ELEM_CLASS_INT && in_axis(s, value_node(s, v), t->pos)) {
        Value *out = value_like(s, ir_convert(s->b, value_node(s, v), ELEM_I64), v);
        out->pos = t->pos;
        out->weak = false;
        return out;
    }
    if (t->pos && v->pos != t->pos)
        return no_positions_of(s, v, t, where, what);
    if (!t->pos && elem_class(v->elem) != elem_class(t->elem) && !elem_widens(v->elem, t->elem))
        return of_other_elements(s, v, t, where, what, second);
    return narrows(v, t) ? would_narrow(s, v, t, where, what, second) : v;
}

Value *in_written_order(Sema *s, Value *v, const TypeSpec *t)
{
    bool record = v->kind == V_RECORD && t->kind == TS_RECORD && v->nfields == t->nfields;
    bool tensor = is_tensor(v) && t->kind == TS_TENSOR && !v->host;
    if (!record && !tensor)
        return v;
    Value *out = ARENA_NEW(s->arena, Value);
    *out = *v;
    if (tensor)
        out->order = t->order;
    else
        out->fields = ARENA_ARRAY(s->arena, Field, v->nfields + 1);
    for (int i = 0; record && i < v->nfields; i++)
        out->fields[i] = (Field){v->fields[i].name, in_written_order(s, v->fields[i].value, t->fields[i])};
    return out;
}
