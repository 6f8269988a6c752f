// Assignments: of a variable, of a field of it, of a part; what a variable may become.
#include "sema/buffers.h"
#include "sema/stmt.h"

static Value *not_variable(Sema *s, const Entry *e, Syn *n)
{
    Diag *d = sema_diag(s, DIAG_E0506, n->where, "`%s` is no `var` and cannot be assigned", e->name);
    diag_label(d, n->where, "assigned here");
    diag_label(d, e->where, "declared here");
    diag_help(d, "declare it by `var %s = …`", e->name);
    return value_new(s, V_ERROR, n->where);
}

static bool same_kind(const Value *a, const Value *b)
{
    return a->kind == b->kind && (!is_tensor(a) || elem_class(a->elem) == elem_class(b->elem) ||
                                  elem_widens(b->elem, a->elem));
}

typedef struct {
    Sema *s;
    Syn  *n;
    bool  rounds;  // what is assigned is rounded to the width that is there
} AssignLeaf;

static Value *assign_leaf(Sema *s, Value *old, Value *new, void *user)
{
    AssignLeaf *a = user;
    bool number = old->leaf && !old->weak && !value_visible(s, new).n && !new->pos && is_tensor(new) &&
                  elem_class(new->elem) != ELEM_CLASS_BOOL;
    if (number && value_visible(s, old).n)  // a parameter takes a number for all its entries, as in `with`
        new = value_like(s, ir_expand(s->b, value_node(s, new), value_visible(s, old)), new);
    bool same_axes = axes_equal(value_visible(s, old), value_visible(s, new));
    bool narrower = !old->weak && !new->weak && !a->rounds && elem_class(old->elem) == elem_class(new->elem) &&
                    elem_join(old->elem, new->elem) != old->elem;
    if (!same_axes || !same_kind(old, new) || narrower || (old->pos && old->pos != new->pos)) {
        Diag *d = sema_diag(s, DIAG_E0314, a->n->where, "a variable keeps its type");
        diag_label(d, a->n->where, "now %s", text_value(s, new));
        diag_label(d, old->where, "was %s", text_value(s, old));
        diag_help(d, narrower ? "convert the new value: `%s(…)`" : "begin it with the axes that it will have: `zeros[…]`",
                  elem_text(old->elem));
        return value_new(s, V_ERROR, a->n->where);
    }
    Value *v = ARENA_NEW(s->arena, Value);
    *v = *new;
    if (!old->weak && new->elem != old->elem) {
        v = apply_convert(s, new, old->elem, new->where);
        v->pos = old->pos;
    }
    v->leaf = old->leaf;
    v->buffer = old->buffer;
    v->order = old->order ? old->order : v->order;
    return v;
}

// A parameter that is a record takes a number for all that it holds.
static bool number_for_record(Sema *s, Value *old, const Value *new)
{
    Value *leaf[64];
    int    n = old->kind == V_RECORD && is_scalar(s, new) ? value_leaves(s, old, leaf, 64) : 0;
    bool   parameter = n > 0;
    for (int i = 0; i < n && i < 64; i++)
        parameter = parameter && leaf[i]->leaf;
    return parameter;
}

// What `with` put in the place of inner values is the new value's. v, made leaf by leaf, is nobody else's yet.
static void take_patches(Value *v, const Value *new)
{
    v->patch = new->patch;
    v->npatch = new->npatch;
    for (int i = 0; i < v->nfields; i++)
        if (v->fields[i].value->nfields)
            take_patches(v->fields[i].value, new->fields[i].value);
}

static Value *assign(Sema *s, Value *old, Value *new, Syn *n, bool rounds)
{
    AssignLeaf a = {s, n, rounds};
    if (is_error(old) || is_error(new))
        return value_new(s, V_ERROR, n->where);
    if (old->kind == V_OPTIMIZER && new->kind == V_OPTIMIZER)
        return new;  // a setting was changed
    new = value_aligned(s, new, old);
    if (!number_for_record(s, old, new) && (old->kind != new->kind || !same_shape(s, old, new))) {
        if (old->kind == V_TENSOR && new->kind == V_TENSOR)
            return assign_leaf(s, old, new, &a);
        Diag *d = sema_diag(s, DIAG_E0314, n->where, "a variable keeps its type");
        diag_label(d, n->where, "now %s", text_value(s, new));
        diag_label(d, old->where, "was %s", text_value(s, old));
        if (old->kind == new->kind)
            diag_note(d, SPAN_NONE, "%s", text_difference(s, old, new, ""));
        diag_help(d, "another type takes another name: `let`, or a second `var`");
        return value_new(s, V_ERROR, n->where);
    }
    Value *v = value_map(s, old, new, assign_leaf, &a);
    if (v->nfields)
        take_patches(v, new);
    return v;
}

Value *assigned(Sema *s, Value *old, Value *new, Syn *n) { return assign(s, old, new, n, false); }

// A body is written for all widths, and its buffers have one.
static bool in_buffer(Sema *s, const Syn *target)
{
    while (target->kind == SYN_FIELD || target->kind == SYN_BRACKET)
        target = target->kid[0];
    return target->kind == SYN_NAME && buffer_of_body(s, scope_find(s, s->scope, target->name, SPAN_NONE));
}

static Operator plain_operator(Operator op)
{
    static const Operator of[OPR_COUNT] = {
        [OPR_ADD_SET] = OPR_ADD, [OPR_SUB_SET] = OPR_SUB, [OPR_MUL_SET] = OPR_MUL, [OPR_DIV_SET] = OPR_DIV};
    return of[op];
}

static Value *with_field(Sema *s, Value *v, Syn *target, Value *new)
{
    Value *out = ARENA_NEW(s->arena, Value);
    *out = *v;
    out->fields = ARENA_ARRAY(s->arena, Field, v->nfields + 1);
    for (int i = 0; i < v->nfields; i++) {
        out->fields[i] = v->fields[i];
        if (i == value_place(v, target->name))
            out->fields[i].value = new;
    }
    return out;
}

// The new value of what stands at `target` once `v` is put there; the variable's entry comes back by `root`.
static Value *put_into(Sema *s, Syn *target, Operator op, Value *v, Syn *n, Entry **root)
{
    if (target->kind == SYN_NAME) {
        Entry *e = scope_lookup(s, target->name, target->where);
        *root = e;
        if (!e)
            return value_new(s, V_ERROR, n->where);
        if (e->kind != ENTRY_VALUE || !e->variable)
            return not_variable(s, e, target);
        Value *old = e->value;
        if (op != OPR_SET)
            v = apply_binary(s, plain_operator(op), entry_read(s, e, target->where), v, n->at, n->where);
        return assign(s, old, v, n, buffer_of_body(s, e));
    }
    if (target->kind == SYN_ERROR)
        return value_new(s, V_ERROR, n->where);
    if (target->kind != SYN_FIELD && target->kind != SYN_BRACKET)
        return sema_error(s, DIAG_E0506, target->where, "`%s` cannot be assigned", text_syn(s, target));
    Value *old = evaluate(s, target->kid[0]);
    if (is_error(old)) {
        *root = NULL;
        return old;
    }
    if (target->kind == SYN_FIELD) {
        Value *field = evaluate(s, target);
        if (op != OPR_SET)
            v = apply_binary(s, plain_operator(op), field, v, n->at, n->where);
        v = assign(s, field, v, n, in_buffer(s, target));
        return is_error(v) ? v : put_into(s, target->kid[0], OPR_SET, with_field(s, old, target, v), n, root);
    }
    if (!is_tensor(old))
        return sema_error(s, DIAG_E0506, target->where, "`%s` cannot be assigned", text_syn(s, target));
    if (op == OPR_MUL_SET || op == OPR_DIV_SET) {
        v = apply_binary(s, plain_operator(op), evaluate(s, target), v, n->at, n->where);
        op = OPR_SET;
    }
    v = update_bracket(s, old, target, op, v);
    return is_error(v) ? v : put_into(s, target->kid[0], OPR_SET, v, n, root);
}

// The value at a path of fields below `root`.
static Value *at_path(Value *root, Syn *target)
{
    if (target->kind != SYN_FIELD)
        return root;
    return value_field(at_path(root, target->kid[0]), target->name);
}

Value *value_with_path(Sema *s, Value *root, Syn *target, Value *v)
{
    if (target->kind != SYN_FIELD)
        return v;
    return value_with_path(s, root, target->kid[0], with_field(s, at_path(root, target->kid[0]), target, v));
}

Value *entry_read(Sema *s, const Entry *e, Span where)
{
    Value *v = ARENA_NEW(s->arena, Value);
    *v = *e->value;
    v->where = where;
    return v;
}

// The name that an assignment begins with, if it is known and no variable; else NULL.
static const Entry *no_variable(Sema *s, const Syn *target)
{
    while (target->kind == SYN_FIELD || target->kind == SYN_BRACKET)
        target = target->kid[0];
    const Entry *e = target->kind == SYN_NAME ? scope_find(s, s->scope, target->name, SPAN_NONE) : NULL;
    return e && (e->kind != ENTRY_VALUE || !e->variable) ? e : NULL;
}

Value *exec_assign(Sema *s, Syn *n)
{
    Entry       *root = NULL;
    const Entry *fixed = no_variable(s, n->kid[0]);
    if (fixed && (fixed->kind != ENTRY_VALUE || !is_error(fixed->value)))
        return not_variable(s, fixed, n->kid[0]);
    Value *v = evaluate(s, n->kid[1]);
    if (is_error(v))
        return v;
    v = put_into(s, n->kid[0], n->op, v, n, &root);
    if (root && !is_error(v)) {
        Span first = root->value->where;
        Value *kept = ARENA_NEW(s->arena, Value);
        *kept = *v;
        kept->where = first;  // later messages point to the declaration
        root->value = kept;
    } else if (root && root->kind == ENTRY_VALUE && root->variable) {
        root->value = value_new(s, V_ERROR, n->where);  // one mistake, one message
    }
    return is_error(v) ? v : value_new(s, V_NONE, n->where);
}
