// Modules and declarations: what a file declares, and each body checked once, for all sizes.
#include <string.h>

#include "sema/call.h"
#include "sema/experiment.h"
#include "sema/model.h"
#include "sema/stmt.h"

// ---- contracts ----

static Program *fresh_program(Sema *s, Name name)
{
    return program_new(s->arena, s->names, s->sizes, s->axes, name);
}

static void abstract_arguments(Sema *s, Func *f)
{
    Syn *list = f->decl->kid[f->decl->kind == SYN_OPTIMIZER ? 2 : 1];
    for (int i = 0; list && i < list->nkid; i++) {
        Syn *p = list->kid[i], *fallback = NULL;
        if (p->kind == SYN_DEFAULT) {
            fallback = p->kid[1];
            p = p->kid[0];
        }
        TypeSpec *t = eval_type(s, p->kind == SYN_NAMED ? p->kid[0] : NULL);
        Value    *v = t->kind == TS_ANY ? value_new(s, V_ERROR, p->where) : type_abstract(s, t, p->name, s->real);
        if (is_tensor(v))
            v->where = p->where;
        if (fallback) {
            Value *d = fill_type(s, evaluate(s, fallback), t, NULL);
            if (t->kind == TS_TENSOR && is_tensor(d) && !axes_equal(t->axes, value_visible(s, d)))
                check_conforms(s, d, t, fallback->where, "the default", p->where);
        }
        Entry *e = scope_put(s, s->scope, ENTRY_VALUE, p->name, p->where);
        e->value = v;
        note_type(s, p->name, p->kind == SYN_NAMED ? p->at : p->where, v);
    }
}

static bool is_template(const Func *f)
{
    Syn *list = f->decl->kid[f->decl->kind == SYN_OPTIMIZER ? 2 : 1];
    for (int i = 0; list && i < list->nkid; i++) {
        Syn *p = list->kid[i];
        if (p->kind == SYN_DEFAULT)
            p = p->kid[0];
        if (p->kind != SYN_NAMED)
            return true;
    }
    return false;
}

static void name_outputs(Sema *s, Value *v)
{
    Value *leaf[64];
    int    n = value_leaves(s, v, leaf, 64);
    for (int i = 0; i < n && i < 64; i++)
        program_output(s->b->program, name_format(s->names, n > 1 ? "result.%d" : "result", i), value_node(s, leaf[i]), -1,
                       NULL);
}

// The last statement is no expression.
static Value *no_result(Sema *s, const Func *f, const Syn *body)
{
    const Syn *last = body->nkid ? body->kid[body->nkid - 1] : NULL;
    Span       end = {body->where.file, body->where.end - 1, body->where.end};
    Diag      *d = sema_diag(s, DIAG_E0507, last ? last->where : end, "the body of `%s` ends without its result", f->name);
    if (last)
        diag_label(d, last->where, "this is its last statement");
    if (last && (last->kind == SYN_LET || last->kind == SYN_VAR) && last->kid[0]->kind == SYN_NAME)
        diag_help(d, "the last expression of a body is its value: write `%s` behind it", last->kid[0]->name);
    else
        diag_help(d, "the last expression of a body is its value");
    return value_new(s, V_ERROR, body->where);
}

static void check_body(Sema *s, Func *f, Contract *c)
{
    Syn      *decl = f->decl, *result = decl->kid[decl->kind == SYN_OPTIMIZER ? 3 : 2];
    Syn      *body = decl->kid[decl->kind == SYN_OPTIMIZER ? 4 : 3];
    Binding  *b = bind_abstract(s, f, c);
    s->scope = b->scope;
    if (decl->kind == SYN_OPTIMIZER)
        check_settings(s, decl);
    s->scope = scope_new(s, s->scope);
    s->scope->frame = true;
    abstract_arguments(s, f);
    TypeSpec *t = result ? eval_type(s, result) : NULL;
    if (!result && decl->kind != SYN_EXPERIMENT) {
        Diag *d = sema_diag(s, DIAG_E0507, decl->at, "`%s` does not declare the type of its result", f->name);
        diag_help(d, "write it behind the parameters: `-> […]`; `[]` is a scalar");
    }
    Value    *v = eval_body(s, body);
    bool swallowed = body->nkid && diags_errors(s->diags) &&
                     (body->kid[body->nkid - 1]->kind == SYN_FN || body->kid[body->nkid - 1]->kind == SYN_BLOCK);
    if (t && swallowed && v->kind == V_NONE)  // a brace is missing, which was said
        return;
    if (t && v->kind == V_NONE && !is_error(v))
        v = no_result(s, f, body);
    if (t)
        v = check_conforms(s, v, t, v->where, name_format(s->names, "the result of `%s`", f->name), result->where);
    if (!is_error(v) && v->kind != V_NONE)
        name_outputs(s, v);
}

static void enter_alone(Sema *s, Builder *b, Contract *c, Func *f)
{
    s->b = b;
    s->contract = c;
    s->hidden = s->same = (AxisSet){0};
    s->opaque = true;
    s->training = false;
    s->experiment = f->decl->kind == SYN_EXPERIMENT;
    s->in_fn = f->decl->kind == SYN_FN;
    s->self = NULL;
    s->growing = NULL;
    s->in_for = false;
    s->undecided = 0;
    s->repeat_axis = NULL;
    s->loop = NULL;
    s->path = NULL;
    s->supplied = NULL;
    s->trace = NULL;
    s->taken = NULL;
    s->moved = NULL;
    s->buffers = NULL;
    s->run_statement = s->experiment ? experiment_statement : NULL;
    memset(&s->facts, 0, sizeof s->facts);
    memset(&s->turns, 0, sizeof s->turns);
}

static bool is_local(const Func *f) { return !f->scope || (f->scope->outer && !f->scope->module_top); }

static void check_contract(Sema *s, Func *f, Contract *c)
{
    Sema    saved = *s;
    int     before = diags_errors(s->diags);
    Imports imports = {0};
    Growing growing = {0};
    Claims  claims = {0};
    c->state = 1;
    c->program = fresh_program(s, f->name);
    Builder b = builder_new(c->program);
    imports.top = &b;
    enter_alone(s, &b, c, f);
    s->claims = &claims;
    s->naming = NULL;
    s->imports = &imports;
    if (f->decl->kind == SYN_BLOCK) {
        growing.init = &b;
        growing.imports = &imports;
        s->growing = &growing;
    }
    if (s->experiment)
        unbind_axes(s);
    check_body(s, f, c);
    sema_restore(s, &saved);
    c->failed = c->failed || diags_errors(s->diags) > before || syntax_broken(f->decl);
    c->state = 2;
}

Contract *contract_of(Sema *s, Func *f)
{
    Contract *c = map_get(s->contracts, f->decl);
    if (c)
        return c;
    c = ARENA_NEW(s->keep, Contract);
    c->decl = f->decl;
    map_put(s->contracts, f->decl, c);
    if (is_local(f) || is_template(f) || s->host)  // checked where they are used
        c->state = 2;
    else
        check_contract(s, f, c);
    return c;
}

Value *reported_there(Sema *s, Span where)
{
    if (s->contract)  // what calls it is not what it says, either
        s->contract->failed = true;
    return value_new(s, V_ERROR, where);
}

// ---- declarations ----

static void declare_function(Sema *s, Syn *n)
{
    Func *f = ARENA_NEW(s->arena, Func);
    *f = (Func){.kind = FUNC_DECL, .decl = n, .scope = s->scope, .name = n->name};
    scope_put(s, s->scope, ENTRY_VALUE, n->name, n->at)->value = value_func(s, f, n->at);
}

// A test is an experiment that needs nothing, under a name that no program can write.
static void declare_test(Sema *s, Syn *n)
{
    Syn *decl = ARENA_NEW(s->arena, Syn);
    *decl = *n;
    decl->kind = SYN_EXPERIMENT;
    decl->nkid = 4;
    decl->kid = ARENA_ARRAY(s->arena, Syn *, 4);
    decl->kid[3] = n->kid[0];
    decl->name = name_format(s->names, "#test%d", n->where.begin);
    Func *f = ARENA_NEW(s->arena, Func);
    *f = (Func){.kind = FUNC_DECL, .decl = decl, .scope = s->scope, .name = decl->name};
    scope_put_quiet(s, s->scope, ENTRY_VALUE, decl->name, n->at)->value = value_func(s, f, n->at);
}

static void offer(Sema *s, Scope *to, const Scope *from)
{
    for (int i = 0; i < from->entries.n; i++) {
        Entry *e = from->entries.at[i];
        if (e->kind == ENTRY_MODULE || e->name[0] == '_')
            continue;
        vec_push(s->arena, &to->entries, e);
    }
}

static void declare_use(Sema *s, Syn *n, Scope *used)
{
    Module *m = module_find(s, n);
    if (!m)
        return;
    Entry *e = scope_put_quiet(s, used, ENTRY_MODULE, n->key ? n->key : n->name, n->at);
    e->module = m;
    if (!n->key)
        offer(s, used, m->scope);
}

static void declare(Sema *s, Syn *n, Scope *used)
{
    switch ((int)n->kind) {
    case SYN_FN:
    case SYN_BLOCK:
    case SYN_EXPERIMENT:
    case SYN_OPTIMIZER: declare_function(s, n); break;
    case SYN_TYPE: {
        Entry *e = scope_put(s, s->scope, ENTRY_TYPE, n->name, n->at);
        e->type = n->kid[0];
        e->type_scope = s->scope;
        break;
    }
    case SYN_USE: declare_use(s, n, used); break;
    case SYN_AXIS: break;  // in order, once all functions are known
    case SYN_TEST: declare_test(s, n); break;
    case SYN_ERROR: break;
    case SYN_LET: break;
    default: sema_error(s, DIAG_E0506, n->where, "`%s` cannot stand at the top of a file", syn_kind_text(n->kind));
    }
}

// Around the module: names that stand in text that could not be read, as poison. They may have been declared there.
static Scope *lost_scope(Sema *s, const Module *m)
{
    Name  *name;
    int    n = syntax_lost(s->arena, s->names, sources_get(s->sources, m->file), m->tree, &name);
    Scope *sc = n ? scope_new(s, s->language) : s->language;
    if (n)
        sc->language = true;
    for (int i = 0; i < n; i++)
        if (!scope_find(s, s->language, name[i], SPAN_NONE))
            scope_put_quiet(s, sc, ENTRY_VALUE, name[i], SPAN_NONE)->value = value_new(s, V_ERROR, SPAN_NONE);
    return sc;
}

void module_declare(Sema *s, Module *m)
{
    Scope *saved = s->scope, *used = scope_new(s, lost_scope(s, m));
    used->language = true;
    m->scope = scope_new(s, used);
    m->scope->module = m;
    m->scope->frame = true;
    m->scope->module_top = true;
    s->scope = m->scope;
    for (int i = 0; i < m->tree->nkid; i++)
        declare(s, m->tree->kid[i], used);
    Program *p = fresh_program(s, m->name);
    Builder  b = builder_new(p);
    s->b = &b;
    for (int i = 0; i < m->tree->nkid; i++)
        if (m->tree->kid[i]->kind == SYN_AXIS)
            declare_axes(s, m->tree->kid[i]);
        else if (m->tree->kid[i]->kind == SYN_LET)
            exec_statement(s, m->tree->kid[i]);
    s->b = NULL;
    s->scope = saved;
}

void sema_check(Sema *s, Module *m)
{
    for (int i = 0; i < m->scope->entries.n; i++) {
        Entry *e = m->scope->entries.at[i];
        if (e->kind != ENTRY_VALUE || !e->value || e->value->kind != V_FUNC || e->value->func->kind != FUNC_DECL)
            continue;
        Scope *saved = s->scope;
        s->scope = m->scope;
        contract_of(s, e->value->func);
        s->scope = saved;
    }
}

static void load_prelude(Sema *s)
{
    const char *path = arena_printf(s->arena, "%s/prelude.plx", s->stdlib);
    Module     *m = module_read(s, path, name_of(s->names, "prelude"));
    s->prelude = m;
    if (m)
        offer(s, s->language, m->scope);
    else
        *s->names_missing = true;
}

Sema *sema_new(Arena *a, Names *names, Sources *sources, Diags *d, const SemaOptions *o)
{
    Sema *s = ARENA_NEW(a, Sema);
    s->arena = s->keep = a;
    s->names = names;
    s->sources = sources;
    s->diags = d;
    s->sizes = sizes_new(a, names);
    s->axes = ARENA_NEW(a, Axes);
    *s->axes = (Axes){.arena = a, .names = names, .sizes = s->sizes};
    s->stdlib = o->stdlib;
    s->modules_path = o->path;
    s->real = o->real;
    s->types = o->types;
    s->contracts = map_new(a);
    s->ranges = map_new(a);
    s->reads = map_new(a);
    s->unknown = map_new(a);
    s->names_missing = ARENA_NEW(a, bool);
    s->language = scope_new(s, NULL);
    s->language->language = true;
    s->scope = s->language;
    builtins_declare(s);
    load_prelude(s);
    return s;
}
