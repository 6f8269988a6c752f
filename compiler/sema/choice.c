// A choice between two functions is a function: what it gives is the choice between what the two give, each looked at where
// it is taken alone. What it is made of stands in a scope of its own, so it lives on as any function that sees names does.
#include "sema/sema.h"

static Value *part(Sema *s, const Func *f, const char *name)
{
    return scope_find(s, f->bracket_scope, name_of(s->names, name), SPAN_NONE)->value;
}

static Value *side(Sema *s, Value *f, Value *c, const Args *args)
{
    int    since = s->b->program->node_count;
    Value *v = call_value(s, f, args->at, args->names, args->n, args->where, args->hint);
    return under_condition(s, v, under_new(s->b, value_node(s, c), since));
}

static Value *call_choice(Sema *s, const Func *f, const Args *args)
{
    Value *c = part(s, f, "#choice");
    Value *yes = side(s, part(s, f, "#yes"), c, args);
    Value *no = side(s, part(s, f, "#no"), apply_unary(s, OPR_NOT, c, args->where), args);
    return apply_select(s, c, yes, no, args->where);
}

static const Builtin choice = {.name = "if", .call = call_choice, .least = 0, .most = -1};

bool is_callable(const Value *v) { return v->kind == V_FUNC || v->kind == V_MODEL; }

Value *choice_side(Sema *s, const Func *f) { return f->builtin == &choice ? part(s, f, "#yes") : NULL; }

Value *choose_function(Sema *s, Value *c, Value *yes, Value *no, Span where)
{
    Func *f = ARENA_NEW(s->arena, Func);
    *f = (Func){.kind = FUNC_BUILTIN, .name = name_of(s->names, choice.name), .builtin = &choice, .bracket_scope = scope_new(s, NULL)};
    scope_put_quiet(s, f->bracket_scope, ENTRY_VALUE, name_of(s->names, "#choice"), where)->value = c;
    scope_put_quiet(s, f->bracket_scope, ENTRY_VALUE, name_of(s->names, "#yes"), where)->value = yes;
    scope_put_quiet(s, f->bracket_scope, ENTRY_VALUE, name_of(s->names, "#no"), where)->value = no;
    return value_func(s, f, where);
}
