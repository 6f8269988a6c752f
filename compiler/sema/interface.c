// Interfaces: `f: block([pixel]) -> [class]`. While a body is checked, f stands for any block or function of that
// signature; what is given for f is checked against it by calling it, aside, with arguments of the types that it names.
#include "sema/interface.h"

#include <string.h>

#include "sema/call.h"
#include "sema/model.h"

// A parameter of the signature as one of a declaration: those without a name get one.
static Syn *as_parameter(Sema *s, Syn *p, int i)
{
    if (p->kind == SYN_NAMED)
        return p;
    Syn *named = ARENA_NEW(s->arena, Syn);
    *named = (Syn){.kind = SYN_NAMED, .where = p->where, .at = p->where, .name = name_format(s->names, "%d", i + 1), .nkid = 1};
    named->kid = ARENA_ARRAY(s->arena, Syn *, 1);
    named->kid[0] = p;
    return named;
}

static Syn *declaration(Sema *s, Name name, Syn *signature)
{
    Syn *decl = ARENA_NEW(s->arena, Syn), *list = ARENA_NEW(s->arena, Syn), *body = ARENA_NEW(s->arena, Syn);
    Syn *given = signature->kid[0];
    *list = *given;
    list->kid = ARENA_ARRAY(s->arena, Syn *, given->nkid + 1);
    for (int i = 0; i < given->nkid; i++)
        list->kid[i] = as_parameter(s, given->kid[i], i);
    *body = (Syn){.kind = SYN_BODY, .where = signature->where, .at = signature->where};
    *decl = (Syn){.kind = SYN_FN, .where = signature->where, .at = signature->where, .name = name, .nkid = 4};
    decl->kid = ARENA_ARRAY(s->arena, Syn *, 4);
    decl->kid[1] = list;
    decl->kid[2] = signature->kid[1];
    decl->kid[3] = body;
    return decl;
}

Value *interface_value(Sema *s, Name name, Syn *signature, Scope *scope, Span where)
{
    Func     *f = ARENA_NEW(s->arena, Func);
    Contract *c = ARENA_NEW(s->arena, Contract);
    Binding  *b = ARENA_NEW(s->arena, Binding);
    *f = (Func){.kind = FUNC_DECL, .decl = declaration(s, name, signature), .scope = scope, .name = name, .bind = b, .interface = true};
    *c = (Contract){.decl = f->decl, .state = 2};
    *b = (Binding){scope_new(s, scope), SPAN_NONE};
    map_put(s->contracts, f->decl, c);
    return value_func(s, f, where);
}

static bool call_aside(Sema *s, Value *v, Syn *signature, Name name)
{
    enum { MOST = 32 };
    Value *args[MOST];
    int    n = 0;
    for (; n < signature->kid[0]->nkid && n < MOST; n++) {
        Syn      *p = signature->kid[0]->kid[n];
        TypeSpec *t = eval_type(s, p->kind == SYN_NAMED ? p->kid[0] : p);
        if (t->kind == TS_BAD)
            return true;  // said where it is declared
        args[n] = type_abstract(s, t, name_format(s->names, "%d", n + 1), s->real);
    }
    TypeSpec *result = eval_type(s, signature->kid[1]);
    Value    *got = call_value(s, v, args, NULL, n, v->where, name);
    if (is_error(got))
        return false;
    got = check_conforms(s, got, result, v->where, name_format(s->names, "the result of what is given for `%s`", name),
                         signature->kid[1]->where);
    return !is_error(got);
}

bool meets_interface(Sema *s, Value *v, Name name, Syn *signature, Scope *scope)
{
    if (!signature || !s->opaque || is_error(v))
        return true;
    Sema     saved = *s;
    Program *aside = program_new(s->arena, s->names, s->sizes, s->axes, name);
    Builder  b = builder_new(aside);
    Imports  imports = {.top = &b};
    Growing  growing = {.init = &b, .imports = &imports};
    Claims   claims = {0};
    int      before = diags_errors(s->diags);
    s->b = &b;
    s->imports = &imports;
    s->growing = &growing;
    s->claims = &claims;
    s->self = NULL;
    s->trace = NULL;
    s->taken = NULL;
    s->moved = NULL;
    s->types = NULL;
    s->experiment = false;
    s->run_statement = NULL;
    s->loose_instances = true;
    s->scope = scope;
    Pairs p = pairs_of_scope(s, scope);
    bool  ok = call_aside(s, seen_as(s, v, &p, signature, scope), signature, name);
    sema_restore(s, &saved);
    if (!ok && diags_errors(s->diags) > before) {
        diag_note(diags_last(s->diags), v->where, "`%s` is given here", name);
        diag_note(diags_last(s->diags), signature->where, "`%s` must be `block%s` here", name, text_syn(s, signature));
    }
    return ok;
}
