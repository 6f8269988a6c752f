// Running an experiment from outside: which one, its settings, its seed.
#include <string.h>

#include "sema/experiment.h"
#include "sema/settings.h"
#include "sema/step.h"
#include "sema/walk.h"

static Syn *parameters(const Func *f) { return f->decl->kid[1]; }

static bool needs_nothing(const Func *f)
{
    Syn *list = parameters(f);
    for (int i = 0; list && i < list->nkid; i++)
        if (list->kid[i]->kind != SYN_DEFAULT)
            return false;
    return header_complete(f);
}

static bool is_experiment(const Entry *e)
{
    return e->kind == ENTRY_VALUE && e->value && e->value->kind == V_FUNC && e->value->func->kind == FUNC_DECL &&
           e->value->func->decl->kind == SYN_EXPERIMENT;
}

// No program can write the name of one.
static bool is_test(const Entry *e) { return is_experiment(e) && e->name[0] == '#'; }

Func *test_next(const Module *m, const Func *f)
{
    bool behind = !f;
    for (int i = 0; i < m->scope->entries.n; i++) {
        const Entry *e = m->scope->entries.at[i];
        if (is_test(e) && behind)
            return e->value->func;
        behind = behind || (is_test(e) && e->value->func == f);
    }
    return NULL;
}

static void list_experiments(Module *m, Diag *d)
{
    Buf b = {0};
    for (int i = 0; i < m->scope->entries.n; i++)
        if (is_experiment(m->scope->entries.at[i]) && !is_test(m->scope->entries.at[i]) && needs_nothing(m->scope->entries.at[i]->value->func))
            buf_printf(&b, "%s%s", b.n ? ", " : "", m->scope->entries.at[i]->name);
    if (b.n)
        diag_help(d, "it has: %s", b.at);
    else
        diag_help(d, "one that can be run needs nothing: no bracket, and a default for each parameter (`n: int = 3`)");
    buf_free(&b);
}

static void guess_experiment(Sema *s, const Module *m, const char *name, Diag *d)
{
    int          n = 0;
    const char **known = ARENA_ARRAY(s->arena, const char *, m->scope->entries.n + 1);
    for (int i = 0; i < m->scope->entries.n; i++)
        if (is_experiment(m->scope->entries.at[i]) && !is_test(m->scope->entries.at[i]))
            known[n++] = m->scope->entries.at[i]->name;
    const char *guess = name_nearest(name, known, n);
    if (guess)
        diag_help(d, "did you mean `%s`?", guess);
}

Func *experiment_find(Sema *s, Module *m, const char *name)
{
    Func *found = NULL;
    int   n = 0;
    for (int i = 0; i < m->scope->entries.n; i++) {
        Entry *e = m->scope->entries.at[i];
        if (!is_experiment(e) || is_test(e) || (name ? strcmp(e->name, name) != 0 : !needs_nothing(e->value->func)))
            continue;
        found = e->value->func;
        n++;
    }
    if (n == 1 && needs_nothing(found))
        return found;
    Diag *d = n == 0 && name ? sema_diag(s, DIAG_E0604, SPAN_NONE, "%s has no experiment `%s`", m->path, name)
              : n == 0       ? sema_diag(s, DIAG_E0604, SPAN_NONE, "%s has no experiment to run", m->path)
              : n == 1       ? sema_diag(s, DIAG_E0604, found->decl->at, "`%s` needs arguments, and is run by another experiment", name)
                             : sema_diag(s, DIAG_E0604, SPAN_NONE, "%s has several experiments: say which", m->path);
    if (n == 0 && name)
        guess_experiment(s, m, name, d);
    list_experiments(m, d);
    return NULL;
}

bool experiment_run(Sema *s, Module *m, Func *f, const Host *host, const Setting *set, int nset, int64_t seed)
{
    Sema     saved = *s;
    Program *scratch = program_new(s->arena, s->names, s->sizes, s->axes, f->name);
    Builder  b = builder_new(scratch);
    Imports  imports = {.top = &b};
    Tensors  live = {0};
    Walk     walk;
    Value   *args[64];
    Name     names[64];
    Entry   *held = NULL;
    int      before = diags_errors(s->diags);
    s->b = &b;
    s->imports = &imports;
    s->host = host;
    s->live = &live;
    s->steps = map_new(s->arena);
    s->turn_axes = map_new(s->arena);
    s->scope = m->scope;
    s->experiment = true;
    s->run_statement = experiment_statement;
    s->types = NULL;
    unbind_axes(s);
    HostTensor *t = walk_begin(s, &walk) ? tensor_known(s, ELEM_I64, NULL, 0, SPAN_NONE) : NULL;
    bool        ok = t && nset <= 64 && read_settings(s, f, set, nset, args, names);
    if (ok) {
        *(int64_t *)t->data = seed;
        s->seed = tensor_value(s, t, SPAN_NONE);
        s->seed->weak = true;
        held = scope_put_quiet(s, s->language, ENTRY_VALUE, name_of(s->names, "#seed"), SPAN_NONE);
        held->value = s->seed;
        call_value(s, value_func(s, f, f->decl->at), args, names, nset, f->decl->at, NULL);
        ok = walk_end(s, f->decl->at);
    }
    for (int i = 0; i < live.n; i++)
        host->drop(host->user, live.at[i]);
    if (held)
        held->value = NULL;
    sema_restore(s, &saved);
    return ok && diags_errors(s->diags) == before;
}
