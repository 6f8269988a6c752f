// Two instances of one block are of one type, though each has made axes of its own (`hidden = 128` in its header): where
// they meet, leaf by leaf, the one's own axes are the other's.
#include "sema/sema.h"

static bool in_scope(const Sema *s, const Axis *a)
{
    for (const Scope *sc = s->scope; sc; sc = sc->outer)
        for (int i = 0; i < sc->entries.n; i++)
            if (sc->entries.at[i]->kind == ENTRY_AXIS && sc->entries.at[i]->axis == a)
                return true;
    return false;
}

static bool same_declaration(const Axis *a, const Axis *b)
{
    return a->where.file >= 0 && a->where.file == b->where.file && a->where.begin == b->where.begin;
}

// Are they one axis of one block, made by two instances?
static bool counterparts(Sema *s, const Axis *a, const Axis *b)
{
    bool own = same_declaration(a, b) || (a->name == b->name && !in_scope(s, a) && !in_scope(s, b));
    return own && same_size(s, a, b);
}

// Both made their axes in one order, so those that differ are paired in order of making.
static Value *aligned_leaf(Sema *s, Value *v, Value *like)
{
    AxisSet from = axes_minus(s->arena, v->axes, like->axes), to = axes_minus(s->arena, like->axes, v->axes);
    if (!from.n || from.n != to.n)
        return v;
    for (int i = 0; i < from.n; i++)
        if (!counterparts(s, to.at[i], from.at[i]))
            return v;
    Value *out = value_like(s, ir_rename(s->b, value_node(s, v), from.at, to.at, from.n), v);
    out->leaf = v->leaf;
    out->buffer = v->buffer;
    out->order = like->order;
    return out;
}

static bool alike(const Value *v, const Value *like)
{
    bool model = v->kind == V_MODEL && like->kind == V_MODEL && v->func->decl == like->func->decl;
    return v->nfields == like->nfields && v->nfields && (model || (v->kind == V_RECORD && like->kind == V_RECORD));
}

static Value *aligned(Sema *s, Value *v, Value *like, bool in_model)
{
    if (is_tensor(v) && is_tensor(like))
        return in_model ? aligned_leaf(s, v, like) : v;
    if (!alike(v, like))
        return v;
    Value *out = ARENA_NEW(s->arena, Value);
    *out = *v;
    out->fields = ARENA_ARRAY(s->arena, Field, v->nfields);
    for (int i = 0; i < v->nfields; i++)
        out->fields[i] = (Field){v->fields[i].name, aligned(s, v->fields[i].value, like->fields[i].value, in_model || v->kind == V_MODEL)};
    return out;
}

Value *value_aligned(Sema *s, Value *v, Value *like)
{
    bool computes = s->in_step || !s->host;  // elsewhere nothing can be renamed
    return computes && !is_error(v) && !is_error(like) ? aligned(s, v, like, false) : v;
}

static const char *text_sizes(Sema *s, const Value *v)
{
    Buf b = {0};
    if (!is_tensor(v))
        return text_value(s, v);
    for (int i = 0; i < v->axes.n; i++)
        buf_printf(&b, "%s%s: %s", i ? ", " : "", v->axes.at[i]->name, text_size(s, v->axes.at[i]->size));
    const char *text = name_format(s->names, "[%s]", b.at ? b.at : "");
    buf_free(&b);
    return text;
}

const char *text_first_difference(Sema *s, const Value *a, const Value *b, Name path)
{
    if (is_tensor(a) || is_tensor(b) || a->nfields != b->nfields)
        return same_shape(s, a, b) ? NULL
                                   : name_format(s->names, "%s%s%s is %s on the one side, %s on the other", path ? "`" : "it",
                                                 path ? path : "", path ? "`" : "", text_sizes(s, a), text_sizes(s, b));
    for (int i = 0; i < a->nfields; i++) {
        Name        field = a->fields[i].name ? a->fields[i].name : name_format(s->names, "%d", i);
        Name        inner = path ? name_format(s->names, "%s.%s", path, field) : field;
        const char *text = a->fields[i].name != b->fields[i].name
                               ? name_format(s->names, "`%s` is `%s` on the other side", inner, b->fields[i].name ? b->fields[i].name : "unnamed")
                               : text_first_difference(s, a->fields[i].value, b->fields[i].value, inner);
        if (text)
            return text;
    }
    return NULL;
}
