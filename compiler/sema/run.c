// Running an experiment from outside: which one, its settings, its seed.
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "sema/experiment.h"
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

static bool is_test(const Entry *e) { return is_experiment(e) && e->value->func->decl->text; }

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
    diag_help(d, b.n ? "it has: %s" : "it declares no experiment that can be run alone%s", b.at ? b.at : "");
    buf_free(&b);
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
    list_experiments(m, d);
    return NULL;
}

static bool parse_int(const char *text, int64_t *out)
{
    char *end;
    errno = 0;
    *out = strtoll(text, &end, 10);
    return *text && !*end && !errno;
}

static bool parse_real(const char *text, double *out)
{
    char *end;
    errno = 0;
    *out = strtod(text, &end);
    return *text && !*end && !errno;
}

static Value *typed_value(Sema *s, const char *text, const char *type, Span where)
{
    int64_t i;
    double  r;
    if (!strcmp(type, "bool") && (!strcmp(text, "true") || !strcmp(text, "false")))
        return value_bool(s, *text == 't' ? TRUTH_TRUE : TRUTH_FALSE, where);
    if (!strcmp(type, "int") && parse_int(text, &i))
        return value_int(s, size_const(s->sizes, i), where);
    if (!strcmp(type, "real") && parse_real(text, &r))
        return value_real(s, r, where);
    return NULL;
}

static Syn *find_parameter(const Func *f, const char *name, const char **type)
{
    Syn *list = parameters(f);
    for (int i = 0; list && i < list->nkid; i++) {
        Syn *p = list->kid[i]->kind == SYN_DEFAULT ? list->kid[i]->kid[0] : list->kid[i];
        if (strcmp(p->name, name) != 0)
            continue;
        *type = p->kind == SYN_NAMED && p->kid[0]->kind == SYN_NAME ? p->kid[0]->name : "";
        return p;
    }
    return NULL;
}

static void parameter_help(const Func *f, Diag *d)
{
    Buf b = {0};
    if (parameters(f))
        syntax_print(parameters(f), &b);
    diag_help(d, "`%s` has the parameters %s", f->name, b.at ? b.at : "()");
    buf_free(&b);
}

Value *setting_value(Sema *s, const Func *f, const Setting *set)
{
    const char *type;
    Syn        *p = find_parameter(f, set->name, &type);
    if (!p) {
        parameter_help(f, sema_diag(s, DIAG_E0604, SPAN_NONE, "--set %s: there is no such parameter", set->name));
        return value_new(s, V_ERROR, SPAN_NONE);
    }
    Value *v = typed_value(s, set->value, type, p->where);
    if (v)
        return v;
    parameter_help(f, sema_diag(s, DIAG_E0604, SPAN_NONE, "--set %s=%s: that is no %s", set->name, set->value, *type ? type : "plain number"));
    return value_new(s, V_ERROR, SPAN_NONE);
}

static bool read_settings(Sema *s, const Func *f, const Setting *set, int n, Value **args, Name *names)
{
    bool ok = true;
    for (int i = 0; i < n && ok; i++) {
        args[i] = setting_value(s, f, &set[i]);
        names[i] = name_of(s->names, set[i].name);
        ok = !is_error(args[i]);
    }
    return ok;
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
