// Parameters and buffers: tensors, and records and tuples of tensors, leaf by leaf. While a model is made they are first
// values; while it is run, the model's own.
#include "sema/buffers.h"
#include "sema/header.h"
#include "sema/imports.h"
#include "sema/model.h"

// A record with the fields of the type t, for what is made of each.
static Value *record_like(Sema *s, const TypeSpec *t, Span where)
{
    Value *v = value_new(s, V_RECORD, where);
    v->nfields = t->nfields;
    v->fields = ARENA_ARRAY(s->arena, Field, t->nfields + 1);
    for (int i = 0; i < t->nfields; i++)
        v->fields[i].name = t->names[i];
    return v;
}

static Elem leaf_elem(const TypeSpec *t, Elem own)
{
    return t->own || (t->weak && elem_class(t->elem) == ELEM_CLASS_FLOAT) ? own : t->elem;
}

static bool is_of_tensors(const TypeSpec *t)
{
    bool ok = t->kind == TS_TENSOR || (t->kind == TS_RECORD && t->nfields);
    for (int i = 0; ok && t->kind == TS_RECORD && i < t->nfields; i++)
        ok = is_of_tensors(t->fields[i]);
    return ok;
}

TypeSpec *tensors_type(Sema *s, Syn *n)
{
    TypeSpec *t = eval_type(s, n->kid[0]);
    if (t->kind == TS_BAD || is_of_tensors(t))
        return t->kind == TS_BAD ? NULL : t;
    Diag *d = sema_diag(s, DIAG_E0313, n->kid[0]->where, "`%s` holds tensors: its type is a tensor's, or a record of such", n->name);
    diag_label(d, n->kid[0]->where, "%s", text_type(s, t));
    if (t->kind == TS_MODEL)
        diag_help(d, "an instance is a part of its own: `let %s = %s`", n->name, text_syn(s, n->kid[0]));
    return NULL;
}

// ---- first values ----

static bool conforms_to(Sema *s, Value *v, const TypeSpec *t, Syn *n, Name path)
{
    if (!is_tensor(v)) {
        sema_error(s, DIAG_E0313, v->where, "`%s` begins as a tensor; this is %s", path, text_value(s, v));
        return false;
    }
    if (!axes_contains(t->axes, value_visible(s, v))) {
        Diag *d = sema_diag(s, DIAG_E0305, v->where, "`%s` begins with axes that it has not", path);
        diag_label(d, v->where, "%s", text_axes(s, value_visible(s, v)));
        diag_label(d, n->kid[0]->where, "%s", text_type(s, t));
        return false;
    }
    return true;
}

static bool has_fields_of(Sema *s, const Value *v, const TypeSpec *t, Syn *n, Name path, const char *what)
{
    bool ok = v->kind == V_RECORD && v->nfields == t->nfields;
    for (int i = 0; ok && i < t->nfields; i++)
        ok = t->names[i] ? value_field(v, t->names[i]) != NULL : !v->fields[i].name;
    if (ok)
        return true;
    Diag *d = sema_diag(s, DIAG_E0305, v->where, "%s `%s` has the parts of its type, or is a number for all of them", what, path);
    diag_label(d, v->where, "%s", text_value(s, v));
    diag_label(d, n->kid[0]->where, "%s", text_type(s, t));
    return false;
}

static Value *part_of(const Value *v, const TypeSpec *t, int i)
{
    return t->names[i] ? value_field(v, t->names[i]) : v->fields[i].value;
}

// v at the type t; a number is one for all of a record's tensors.
static Value *first_leaves(Sema *s, Syn *n, const TypeSpec *t, Value *v, Name path, Elem own)
{
    if (v->kind == V_FUNC || v->kind == V_MODEL)  // an initialiser that takes nothing: `= glorot[a -> b]`
        v = call_value(s, v, NULL, NULL, 0, v->where, n->name);
    if (is_error(v))
        return NULL;
    if (t->kind == TS_TENSOR) {
        if (!conforms_to(s, v, t, n, path))
            return NULL;
        Node *x = ir_convert(s->b, value_node(s, v), leaf_elem(t, own));
        return value_tensor(s, ir_expand(s->b, x, t->axes), n->where);
    }
    bool number = is_scalar(s, v);
    if (!number && !has_fields_of(s, v, t, n, path, "the first value of"))
        return NULL;
    Value *out = record_like(s, t, n->where);
    for (int i = 0; i < t->nfields; i++) {
        Value *part = number ? v : part_of(v, t, i);
        if (!(out->fields[i].value = first_leaves(s, n, t->fields[i], part, path_field(s, path, t->names[i], i), own)))
            return NULL;
    }
    return out;
}

// A record that is written out: what stands for the part i of the type t. NULL: it is not written so.
static Syn *written_part(Syn *init, const TypeSpec *t, int i)
{
    bool list = init && (init->kind == SYN_TUPLE || (init->kind == SYN_PAREN && init->kid[0]->kind == SYN_NAMED));
    if (t->kind != TS_RECORD || !list || init->nkid != t->nfields)
        return NULL;
    for (int k = 0; k < init->nkid; k++) {
        Syn *item = init->kid[k];
        if (item->kind == SYN_NAMED ? item->name == t->names[i] : !t->names[i] && k == i)
            return item->kind == SYN_NAMED ? item->kid[0] : item;
    }
    return NULL;
}

// Each part of a record that is written out draws by its own path.
static Value *first_at(Sema *s, Syn *n, Syn *init, const TypeSpec *t, Name path, Elem own)
{
    bool written = t->kind == TS_RECORD;
    for (int i = 0; written && i < t->nfields; i++)
        written = written_part(init, t, i) != NULL;
    if (!written)
        return first_leaves(s, n, t, init ? evaluate(s, init) : value_real(s, 0, n->where), path, own);
    Value *out = record_like(s, t, n->where);
    for (int i = 0; i < t->nfields; i++) {
        Claims         none = {0};
        struct Claims *claims = s->claims;
        Name           outer = s->path;
        s->claims = &none;
        s->path = path_field(s, outer, t->names[i], i);
        Value *part = first_at(s, n, written_part(init, t, i), t->fields[i], path_field(s, path, t->names[i], i), own);
        s->claims = claims;
        s->path = outer;
        if (!(out->fields[i].value = part))
            return NULL;
    }
    return out;
}

Value *first_value(Sema *s, Syn *n, const TypeSpec *t, Elem own) { return first_at(s, n, n->kid[1], t, n->name, own); }

static Value *every_turn(Sema *s, Value *v, Value *none, void *user)
{
    (void)none;
    (void)user;
    return value_tensor(s, ir_expand(s->b, v->node, s->hidden), v->where);
}

// In the program that makes initial values; there, calls are entered.
static Value *initial_in(Sema *s, const Growing *g, Syn *n, const TypeSpec *t)
{
    Sema            saved = *s;
    struct Imports *imports = g->imports;
    s->b = g->init;
    s->opaque = false;
    s->growing = NULL;
    s->self = NULL;
    Claims claims = {0};
    s->claims = &claims;
    s->naming = NULL;
    s->in_fn = false;
    s->loose_instances = true;  // an initialiser may be a block that owns nothing
    s->path = path_join(s, s->path, n->name);
    s->imports = imports;
    if (s->repeat_axis)  // each turn's parameters are drawn on their own
        s->hidden = axes_union(s->arena, s->hidden, axes_of(s->arena, &s->repeat_axis, 1));
    Value *v = first_value(s, n, t, s->real);
    if (v && s->repeat_axis)
        v = value_map(s, v, NULL, every_turn, NULL);
    sema_restore(s, &saved);
    return v;
}

// ---- the model is made ----

// The leaves of a parameter with first values `init`, and inputs that stand for them in the program at hand.
static Value *grow_leaves(Sema *s, Syn *n, const TypeSpec *t, const Value *init, Name path, Value **here)
{
    Value *leaf;
    if (t->kind == TS_RECORD) {
        leaf = record_like(s, t, n->where);
        *here = record_like(s, t, n->where);
        for (int i = 0; i < t->nfields; i++)
            leaf->fields[i].value = grow_leaves(s, n, t->fields[i], init->fields[i].value, path_field(s, path, t->names[i], i),
                                                &(*here)->fields[i].value);
        return leaf;
    }
    leaf = ARENA_NEW(s->arena, Value);
    *leaf = *init;
    leaf->pos = t->pos;
    leaf->leaf = true;
    leaf->buffer = n->kind == SYN_BUFFER;
    leaf->order = t->order;
    *here = value_tensor(s, ir_input(s->b, path, INPUT_PARAMETER, leaf->elem, t->axes, t->order), n->where);
    (*here)->pos = t->pos;
    (*here)->buffer = leaf->buffer;
    return leaf;
}

// ---- a parameter that comes from outside: it must have the axes of its type, and may have more ----

static bool may_be_given(Sema *s, Syn *n, const TypeSpec *t, Value *given, Name path)
{
    bool number = is_tensor(given) && !value_visible(s, given).n && t->axes.n;
    if (is_tensor(given) && (number || axes_contains(value_visible(s, given), t->axes)))
        return true;
    Diag *d = sema_diag(s, DIAG_E0304, given->where, "what is supplied for `%s` lacks axes of it", path);
    diag_label(d, given->where, "%s", text_value(s, given));
    diag_label(d, n->kid[0]->where, "`%s: %s` is declared here", n->name, text_type(s, t));
    AxisSet have = is_tensor(given) ? value_visible(s, given) : (AxisSet){0};
    Axis   *lost = t->norder ? t->order[0] : NULL;
    for (int i = 0; i < t->norder; i++)
        lost = axes_has(have, t->order[i]) ? lost : t->order[i];
    for (int i = 0; lost && i < have.n; i++)
        if (have.at[i]->name == lost->name)
            diag_note(d, have.at[i]->where, "its `%s` is another axis of that name, made here", lost->name);
    diag_help(d, "the block's own axis names can be used there: `x[a -> %s]`", lost ? lost->name : "ins");
    return false;
}

static Value *given_leaf(Sema *s, Syn *n, const TypeSpec *t, Value *given, Value **here)
{
    bool   number = !value_visible(s, given).n && t->axes.n;
    Value *leaf = ARENA_NEW(s->arena, Value);
    *leaf = *given;
    if (given->weak || number) {  // made where the model is made, not in the program that looks for its parameters
        Sema saved = *s;
        s->b = s->growing->init;
        s->imports = s->growing->imports;
        if (!value_reaches(s, given)) {  // of a body that is only looked at: its type is all that matters
            s->b = saved.b;
            s->imports = saved.imports;
        }
        Node *x = ir_convert(s->b, value_node(s, given), given->weak ? s->real : given->elem);
        leaf = value_tensor(s, ir_expand(s->b, x, number ? t->axes : (AxisSet){0}), given->where);
        sema_restore(s, &saved);
    }
    leaf->order = t->order;
    leaf->leaf = leaf->given = true;
    leaf->buffer = n->kind == SYN_BUFFER;
    *here = value_tensor(s, ir_input(s->b, n->name, INPUT_PARAMETER, leaf->elem, t->axes, t->order), n->where);
    return leaf;
}

// NULL: reported.
static Value *give_leaves(Sema *s, Syn *n, const TypeSpec *t, Value *given, Name path, Value **here)
{
    if (t->kind == TS_TENSOR)
        return may_be_given(s, n, t, given, path) ? given_leaf(s, n, t, given, here) : NULL;
    bool number = is_scalar(s, given);
    if (!number && !has_fields_of(s, given, t, n, path, "what is supplied for"))
        return NULL;
    Value *leaf = record_like(s, t, given->where);
    leaf->given = true;
    *here = record_like(s, t, n->where);
    for (int i = 0; i < t->nfields; i++) {
        Value *part = number ? given : part_of(given, t, i);
        leaf->fields[i].value = give_leaves(s, n, t->fields[i], part, path_field(s, path, t->names[i], i), &(*here)->fields[i].value);
        if (!leaf->fields[i].value)
            return NULL;
    }
    return leaf;
}

static Value *grow_param(Sema *s, Syn *n, const TypeSpec *t)
{
    Value *given = supplied_value(s, n->name), *here, *leaf;
    if (given) {
        leaf = give_leaves(s, n, t, given, n->name, &here);
    } else {
        Value *init = initial_in(s, s->growing, n, t);
        leaf = init ? grow_leaves(s, n, t, init, path_join(s, s->path, n->name), &here) : NULL;
    }
    if (!leaf)
        return value_new(s, V_ERROR, n->where);
    return growing_add(s, n->name, leaf, n->at) ? here : NULL;
}

// ---- the model is run ----

// The leaf of the model being run, under the names that its axes have here.
static Value *use_leaf(Sema *s, Syn *n, const TypeSpec *t, Value *leaf)
{
    Axis *from[64], *to[64];
    int   count = 0;
    if (leaf->buffer)
        leaf = buffer_now(s, leaf);
    for (int i = 0; i < t->norder && leaf->order && i < 64; i++)
        if (leaf->order[i] != t->order[i]) {
            from[count] = leaf->order[i];
            to[count++] = t->order[i];
        }
    Value *v = value_like(s, ir_rename(s->b, value_node(s, leaf), from, to, count), leaf);
    v->where = n->where;
    return v;
}

static Value *use_leaves(Sema *s, Syn *n, const TypeSpec *t, Value *leaf)
{
    if (t->kind == TS_TENSOR)
        return use_leaf(s, n, t, leaf);
    Value *v = record_like(s, t, n->where);
    for (int i = 0; i < t->nfields; i++)
        v->fields[i].value = use_leaves(s, n, t->fields[i], leaf->fields[i].value);
    return v;
}

// A model without a part, `net except net.w`, is called.
static Value *lacks_param(Sema *s, const Syn *n)
{
    const Func *f = s->self->func;
    Span        call = s->calling && s->calling->where.file >= 0 ? s->calling->where : n->where;
    Diag       *d = sema_diag(s, DIAG_E0206, call, "`%s` is called without its parameter `%s`", f && f->name ? f->name : "the model", n->name);
    diag_label(d, call, "%s", text_value(s, s->self));
    diag_note(d, n->at, "`%s` is declared here", n->name);
    diag_help(d, "a model without a part is no function: call the whole one; `minimize \u2026 over net except net.%s` trains the rest", n->name);
    return value_new(s, V_ERROR, n->where);
}

static Value *use_param(Sema *s, Syn *n, const TypeSpec *t, Value **of)
{
    Value *leaf = value_field(s->self, n->name);
    if (!leaf)
        return lacks_param(s, n);
    if (is_error(leaf))
        return leaf;
    *of = leaf;
    return use_leaves(s, n, t, leaf);
}

Value *eval_param(Sema *s, Syn *n)
{
    Value *wrong = NULL;
    if (s->in_fn)
        wrong = helped(s, sema_error(s, DIAG_E0506, n->where, "a `fn` owns nothing: `%s` needs a `block`", n->name),
                      "declare it by `block`, or take `%s` as an argument", n->name);
    else if (s->in_for)
        wrong = helped(s, sema_error(s, DIAG_E0504, n->where, "a parameter cannot be made inside a loop"),
                      "declare it before the loop; `repeat` is the loop with parameters of its own for each turn");
    TypeSpec *t = wrong ? NULL : tensors_type(s, n);
    if (!t)
        return let_value(s, n->name, n->at, value_new(s, V_ERROR, n->where))->value;
    Value *leaf = NULL, *v = s->growing ? grow_param(s, n, t) : s->self ? use_param(s, n, t, &leaf) : NULL;
    if (!v && s->growing && scope_find(s, s->scope, n->name, SPAN_NONE))  // two of one name: the first one stands
        return value_new(s, V_ERROR, n->where);
    if (!v && s->growing)  // the first one stands in the other side of a choice
        return let_value(s, n->name, n->at, value_new(s, V_ERROR, n->where))->value;
    if (!v)
        return sema_error(s, DIAG_E0506, n->where, "`%s` stands in blocks alone", syn_kind_text(n->kind));
    Entry *e = let_value(s, n->name, n->at, v);
    e->variable = n->kind == SYN_BUFFER;
    if (e->variable)
        buffer_declared(s, leaf, e);
    return v;
}
