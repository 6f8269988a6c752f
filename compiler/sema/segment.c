// `mean[edge -> node: dst else 0](x)`: what the language's own functions, such as `mean`, do for each segment is written
// in the language, too, as a companion `segment_mean[k..., into](x: [k...], at: into[k...]) -> [into]`.
#include "sema/sema.h"

typedef struct {
    Syn *axes, *into, *positions, *other;  // [axes -> into: positions else other]
} Form;

static bool read_form(Syn *bracket, Form *out)
{
    Syn *arrow = bracket->nkid == 2 ? bracket->kid[1] : NULL;
    *out = (Form){0};
    if (arrow && arrow->kind == SYN_ELSE) {
        out->other = arrow->kid[1];
        arrow = arrow->kid[0];
    }
    if (!arrow || arrow->kind != SYN_ARROW)
        return false;
    out->axes = arrow->kid[0];
    out->into = arrow->kid[1];
    if (out->into->kind == SYN_ELSE) {
        out->other = out->into->kid[1];
        out->into = out->into->kid[0];
    }
    if (out->into->kind != SYN_NAMED)
        return false;
    out->positions = out->into->kid[0];
    if (out->positions->kind == SYN_ELSE) {
        out->other = out->positions->kid[1];
        out->positions = out->positions->kid[0];
    }
    return true;
}

// PREFIX_NAME, which stands beside f.
static Value *companion(Sema *s, const Func *f, const char *prefix, const char *name)
{
    Entry *e = scope_find(s, f->scope, name_format(s->names, "%s_%s", prefix, name), SPAN_NONE);
    return e && e->kind == ENTRY_VALUE && e->value && e->value->kind == V_FUNC ? e->value : NULL;
}

static Syn *node_like(Sema *s, const Syn *like, SynKind kind, Name name, int nkid)
{
    Syn *n = ARENA_NEW(s->arena, Syn);
    n->kind = kind;
    n->where = n->at = like->where;
    n->name = name;
    n->kid = ARENA_ARRAY(s->arena, Syn *, nkid + 1);
    n->nkid = nkid;
    return n;
}

// [axes, into: node], for the companion's header.
static Syn *plain_bracket(Sema *s, const Syn *whole, const Form *f)
{
    Syn *b = node_like(s, whole, SYN_BRACKET, NULL, 3);
    Syn *named = node_like(s, f->into, SYN_NAMED, name_of(s->names, "into"), 1);
    named->kid[0] = f->into->name ? node_like(s, f->into, SYN_NAME, f->into->name, 0) : f->into->kid[1];  // a twin, or by path
    b->kid[0] = whole->kid[0];
    b->kid[1] = f->axes;
    b->kid[2] = named;
    return b;
}

static Value *call_at(Sema *s, const Value *f, Syn *bracket, Value **args, int n, Span where)
{
    Func *bound = ARENA_NEW(s->arena, Func);
    *bound = *f->func;
    bound->bind = bind_header(s, bound, bracket);
    Name names[2] = {NULL, NULL};
    return bound->bind ? call_value(s, value_func(s, bound, where), args, names, n, where, NULL)
                       : value_new(s, V_ERROR, where);
}

static Value *for_empty(Sema *s, const Func *f, Syn *bracket, Value *v, Value *at, Value *other, Span where)
{
    Value *counter = companion(s, f->held[0]->func, "segment", "count");
    Value *count = counter ? call_at(s, counter, bracket, &at, 1, where) : value_new(s, V_ERROR, where);
    if (is_error(v) || is_error(count) || is_error(other))
        return value_new(s, V_ERROR, where);
    Value *met = value_tensor(s, ir_binary(s->b, OP_LT, ir_int(s->b, 0), value_node(s, count)), where);
    return apply_select(s, met, guarded(s, v, met), other, where);
}

static Value *call_segment(Sema *s, const Func *f, const Args *args)
{
    (void)args->names, (void)args->n, (void)args->hint;
    Form   form;
    Scope *saved = s->scope;
    Value *ignored, *other = NULL, *v = value_new(s, V_ERROR, args->where);
    if (!read_form(f->bracket, &form) || is_error(args->at[0]))
        return v;
    s->scope = f->bracket_scope;
    Axis *into = eval_key_axis(s, form.into);
    Node *pos = into ? eval_position(s, into, form.positions, &ignored) : NULL;
    if (form.other)
        other = evaluate(s, form.other);
    if (pos) {
        Syn   *bracket = plain_bracket(s, f->bracket, &form);
        Value *at = value_tensor(s, pos, form.positions->where), *both[2] = {args->at[0], at};
        at->pos = into;
        v = call_at(s, f->held[0], bracket, both, 2, args->where);
        v = other ? for_empty(s, f, bracket, v, at, other, args->where) : v;
    }
    s->scope = saved;
    return v;
}

static const Builtin segmented = {.name = "segment", .call = call_segment, .least = 1, .most = 1};

Value *segment_form(Sema *s, const Value *f, Syn *bracket)
{
    Form   form;
    Value *inner = read_form(bracket, &form) ? companion(s, f->func, "segment", f->func->name) : NULL;
    if (!inner)
        return NULL;
    Func *bound = ARENA_NEW(s->arena, Func);
    *bound = (Func){.kind = FUNC_BUILTIN, .name = f->func->name, .builtin = &segmented, .bracket = bracket,
                    .bracket_scope = s->scope, .nheld = 1};
    bound->held = ARENA_ARRAY(s->arena, Value *, 1);
    bound->held[0] = inner;
    return value_func(s, bound, bracket->where);
}

Func *complex_form(Sema *s, Func *f, Value *const *args, int n)
{
    bool any = false;
    for (int i = 0; i < n; i++)
        any = any || (is_tensor(args[i]) && elem_class(args[i]->elem) == ELEM_CLASS_COMPLEX);
    Value *v = any && f->kind == FUNC_DECL ? companion(s, f, "complex", f->name) : NULL;
    if (!v)
        return NULL;
    Func *g = ARENA_NEW(s->arena, Func);
    *g = *v->func;
    g->bind = f->bind;
    return g;
}
