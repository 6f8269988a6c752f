// Running an experiment from outside: which one, its settings, its seed.
#include <string.h>

#include "sema/experiment.h"
#include "sema/settings.h"
#include "sema/step.h"
#include "sema/walk.h"

static Syn *parameters(const Func *f) { return f->decl->kid[1]; }

// The settings of the command line.
typedef struct {
    const Setting *at;
    int            n;
} Given;

static bool is_given(const Given *g, const char *name)
{
    for (int i = 0; i < g->n; i++)
        if (!strcmp(g->at[i].name, name))
            return true;
    return false;
}

// The first parameter that has neither a default nor a setting, or NULL.
static const Syn *first_needed(const Func *f, const Given *g)
{
    Syn *list = parameters(f);
    for (int i = 0; list && i < list->nkid; i++)
        if (list->kid[i]->kind != SYN_DEFAULT && !is_given(g, list->kid[i]->name))
            return list->kid[i];
    return NULL;
}

static bool needs_nothing(const Func *f, const Given *g) { return header_complete(f) && !first_needed(f, g); }

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

static void list_experiments(const Module *m, const Given *g, Diag *d)
{
    Buf b = {0};
    for (int i = 0; i < m->scope->entries.n; i++)
        if (is_experiment(m->scope->entries.at[i]) && !is_test(m->scope->entries.at[i]) && needs_nothing(m->scope->entries.at[i]->value->func, g))
            buf_printf(&b, "%s%s", b.n ? ", " : "", m->scope->entries.at[i]->name);
    if (b.n)
        diag_help(d, "it has: %s", b.at);
    else
        diag_help(d, "one that can be run has no bracket, and each of its parameters a default (`n: int = 3`) or a `--set n=3`");
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

// The experiment of that name is there, and asks for more than it is given.
static void report_needed(Sema *s, const Func *f, const Given *g)
{
    const Syn *p = first_needed(f, g);
    Diag      *d = p ? sema_diag(s, DIAG_E0604, p->where, "`%s` needs `%s`", f->name, p->name)
                     : sema_diag(s, DIAG_E0604, f->decl->at, "`%s` has a bracket, and is run by another experiment", f->name);
    if (p)
        diag_help(d, "give it a default, `%s = …`, or on the command line: `--set %s=…`", text_syn(s, p), p->name);
    else
        diag_help(d, "give each item of its bracket a default, or write an experiment that calls it");
}

Func *experiment_find(Sema *s, Module *m, const char *name, const Setting *set, int nset)
{
    Func *found = NULL, *any = NULL;
    Given g = {set, nset};
    int   n = 0, all = 0;
    for (int i = 0; i < m->scope->entries.n; i++) {
        Entry *e = m->scope->entries.at[i];
        if (!is_experiment(e) || is_test(e))
            continue;
        any = e->value->func;
        all++;
        if (name ? strcmp(e->name, name) != 0 : !needs_nothing(any, &g))
            continue;
        found = any;
        n++;
    }
    if (n == 1 && needs_nothing(found, &g))
        return found;
    if (n == 1 || (!name && n == 0 && all == 1)) {
        report_needed(s, n ? found : any, &g);
        return NULL;
    }
    Diag *d = n == 0 && name ? sema_diag(s, DIAG_E0604, SPAN_NONE, "%s has no experiment `%s`", m->path, name)
              : n == 0       ? sema_diag(s, DIAG_E0604, SPAN_NONE, "%s has no experiment to run", m->path)
                             : sema_diag(s, DIAG_E0604, SPAN_NONE, "%s has several experiments: say which", m->path);
    if (n == 0 && name)
        guess_experiment(s, m, name, d);
    list_experiments(m, &g, d);
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
