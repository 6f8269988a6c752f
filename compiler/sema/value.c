// Values of the evaluator: making them, looking into them, walking their tensors.
#include <stdlib.h>

#include "ir/complex.h"
#include "sema/sema.h"
#include "sema/imports.h"

Value *value_new(Sema *s, ValueKind kind, Span where)
{
    Value *v = ARENA_NEW(s->arena, Value);
    v->kind = kind;
    v->where = where;
    return v;
}

Value *value_tensor(Sema *s, Node *n, Span where)
{
    Value *v = value_new(s, V_TENSOR, where);
    v->node = n;
    v->elem = complex_elem(&n->type);
    v->axes = complex_is(n) ? axes_minus(s->arena, n->type.axes, axes_of(s->arena, (Axis *[]){axis_part(s->axes)}, 1)) : n->type.axes;
    return v;
}

Value *value_like(Sema *s, Node *n, const Value *like)
{
    Value *v = value_tensor(s, n, like->where);
    v->weak = like->weak;
    v->pos = like->pos;
    return v;
}

Value *value_int(Sema *s, const Size *z, Span where)
{
    Value *v = value_tensor(s, ir_size(s->b, z), where);
    v->weak = true;
    v->fixed = z;
    return v;
}

Value *value_bool(Sema *s, Truth t, Span where)
{
    Value *v = value_tensor(s, ir_const(s->b, ELEM_BOOL, t == TRUTH_TRUE), where);
    v->truth = t;
    return v;
}

Value *value_real(Sema *s, double r, Span where)
{
    Value *v = value_tensor(s, ir_const(s->b, ELEM_F64, r), where);
    v->weak = true;
    return v;
}

Value *value_string(Sema *s, const char *text, Span where)
{
    Value *v = value_new(s, V_STRING, where);
    v->text = text;
    return v;
}

Value *value_func(Sema *s, Func *f, Span where)
{
    Value *v = value_new(s, V_FUNC, where);
    v->func = f;
    return v;
}

bool is_error(const Value *v) { return !v || v->kind == V_ERROR; }
bool is_tensor(const Value *v) { return v->kind == V_TENSOR; }

AxisSet value_visible(Sema *s, const Value *v) { return axes_minus(s->arena, v->axes, s->hidden); }
bool    is_scalar(Sema *s, const Value *v) { return is_tensor(v) && value_visible(s, v).n == 0; }

// A value of another program: while a body is evaluated aside, for what it owns, its type is all that matters.
static Node *stand_in(Sema *s, const Value *v)
{
    return ir_input(s->b, name_of(s->names, "outside"), INPUT_SCALAR, v->elem, v->axes, NULL);
}

static bool is_foreign(const Sema *s, const Node *n)
{
    const Region *r = n->home;
    while (r->outer)
        r = r->outer;
    return r != s->b->program->main;
}

static bool stands_alone(Map *seen, Node *n)
{
    bool alone = n->op != OP_INPUT && n->op != OP_PARAM && n->op != OP_CALL && op_info(n->op)->class != OPC_REGION;
    if (!alone || map_get(seen, n))
        return alone;
    map_put(seen, n, n);
    for (int i = 0; i < n->nin && alone; i++)
        alone = stands_alone(seen, n->in[i]);
    return alone && (!n->type.guard || stands_alone(seen, n->type.guard));
}

bool node_stands_alone(Sema *s, Node *n) { return stands_alone(map_new(s->arena), n); }

Node *value_node(Sema *s, const Value *v)
{
    if (v->fixed)  // a static int is made anew wherever it is needed: it belongs to no program
        return ir_size(s->b, v->fixed);
    if (v->truth == TRUTH_TRUE || v->truth == TRUTH_FALSE)
        return ir_const(s->b, ELEM_BOOL, v->truth == TRUTH_TRUE);
    if (v->host)
        return imports_node(s, v);
    if (v->node->op == OP_CONST && v->node->type.elem == ELEM_I64)  // likewise
        return ir_int(s->b, v->node->attr.i);
    if (v->node->op == OP_CONST)
        return ir_const(s->b, v->node->type.elem,
                        elem_class(v->node->type.elem) == ELEM_CLASS_FLOAT ? v->node->attr.r
                                                                           : (double)v->node->attr.i);
    if (!is_foreign(s, v->node))
        return v->node;
    if (node_stands_alone(s, v->node))
        return ir_copy_graph(s->b, v->node, map_new(s->arena));
    return stand_in(s, v);
}

bool value_reaches(Sema *s, const Value *v)
{
    return v->fixed || v->host || v->truth == TRUTH_TRUE || v->truth == TRUTH_FALSE || !is_foreign(s, v->node) ||
           node_stands_alone(s, v->node);
}

// Is it the number i, as a part of a tuple is named?
static bool names_part(Name name, int i)
{
    char *end;
    return name && name[0] >= '0' && name[0] <= '9' && strtol(name, &end, 10) == i && !*end && (i == 0) == (name[0] == '0');
}

int value_place(const Value *v, Name name)
{
    for (int i = 0; i < v->nfields; i++)
        if (v->fields[i].name == name || (!v->fields[i].name && names_part(name, i)))
            return i;
    return -1;
}

Value *value_field(const Value *v, Name name)
{
    int i = value_place(v, name);
    return i < 0 ? NULL : v->fields[i].value;
}

bool same_shape(Sema *s, const Value *a, const Value *b)
{
    if (is_error(a) || is_error(b))
        return true;
    if (a->kind == V_TENSOR && b->kind == V_TENSOR)
        return axes_equal(value_visible(s, a), value_visible(s, b));
    if (a->kind != b->kind || a->nfields != b->nfields)
        return a->kind == b->kind && a->nfields == b->nfields;
    for (int i = 0; i < a->nfields; i++)
        if (a->fields[i].name != b->fields[i].name ||
            !same_shape(s, a->fields[i].value, b->fields[i].value))
            return false;
    return true;
}

static bool has_fields(const Value *v) { return v->kind == V_RECORD || v->kind == V_MODEL; }

Value *value_map(Sema *s, Value *a, Value *b, LeafFn *f, void *user)
{
    if (!has_fields(a))
        return is_tensor(a) ? f(s, a, b, user) : a;
    Value *out = value_new(s, a->kind, a->where);
    *out = *a;
    out->fields = ARENA_ARRAY(s->arena, Field, a->nfields ? a->nfields : 1);
    for (int i = 0; i < a->nfields; i++) {
        Value *other = b ? (has_fields(b) && i < b->nfields ? b->fields[i].value : b) : NULL;
        out->fields[i] = (Field){a->fields[i].name, value_map(s, a->fields[i].value, other, f, user)};
    }
    return out;
}

int value_leaves(Sema *s, Value *v, Value **out, int cap)
{
    if (is_tensor(v)) {
        if (cap > 0)
            out[0] = v;
        return 1;
    }
    int n = 0;
    for (int i = 0; i < v->nfields; i++)
        n += value_leaves(s, v->fields[i].value, out + (n < cap ? n : cap), n < cap ? cap - n : 0);
    return n;
}

Value *value_rebuild(Sema *s, const Value *v, Value ***next)
{
    if (is_tensor(v))
        return *(*next)++;
    Value *out = value_new(s, v->kind, v->where);
    *out = *v;
    if (v->nfields)
        out->fields = ARENA_ARRAY(s->arena, Field, v->nfields);
    for (int i = 0; i < v->nfields; i++)
        out->fields[i] = (Field){v->fields[i].name, value_rebuild(s, v->fields[i].value, next)};
    return out;
}
