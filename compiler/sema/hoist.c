// What acts inside an expression: `print(now() - start)`, `mean[row](load("x.npy"))`, `best(search(8), search(16))`. It is
// done before the expression is computed, in the order of the text, and stands in a scope around it under a name that no
// program can write.
#include "sema/acts.h"

bool gives_by_acting(const Func *f)
{
    return (f->kind == FUNC_BUILTIN && f->builtin->effect) || (f->kind == FUNC_DECL && f->decl->kind == SYN_EXPERIMENT);
}

static Name acted_name(Sema *s, const Syn *call)
{
    return name_format(s->names, "#act%d.%d", call->where.file, call->where.begin);
}

Value *acted_before(Sema *s, const Func *f, const Syn *call)
{
    if (!s->in_step || !gives_by_acting(f))
        return NULL;
    Entry *e = scope_find(s, s->scope, acted_name(s, call), SPAN_NONE);
    return e ? e->value : NULL;
}

// How many parts of a node are computed whenever it is: what stands behind them is so sometimes, often or never.
static int parts_always(const Syn *n)
{
    switch ((int)n->kind) {
    case SYN_LAMBDA: case SYN_BODY: case SYN_FOR: case SYN_REPEAT: case SYN_WHILE: case SYN_FIX: case SYN_CHECKPOINT:
    case SYN_MINIMIZE: case SYN_TRACE:
        return 0;
    case SYN_IF:
        return 1;
    case SYN_BINARY:
        return n->op == OPR_AND || n->op == OPR_OR ? 1 : 2;
    default:
        return n->nkid;
    }
}

// The scope of what acts in n, opened at the first. False: an error, reported.
static bool act_within(Sema *s, Syn *n, Scope **around)
{
    Func *f = n && n->kind == SYN_CALL ? acting_head(s, n) : NULL;
    if (f && gives_by_acting(f)) {
        Value *v = experiment_value(s, n, NULL);
        if (!*around)
            s->scope = *around = scope_new(s, s->scope);
        if (v->kind == V_NONE)
            v = sema_error(s, DIAG_E0507, n->where, "`%s` has no value to compute with", f->name);
        scope_put_quiet(s, *around, ENTRY_VALUE, acted_name(s, n), n->where)->value = v;
        return !is_error(v);
    }
    for (int i = 0; n && i < parts_always(n); i++)
        if (!act_within(s, n->kid[i], around))
            return false;
    return true;
}

Value *step_around_acts(Sema *s, Syn *n, const Syn *key, StepFn *build, void *user)
{
    Scope *outer = s->scope, *around = NULL;
    Value *v = s->in_step || act_within(s, n, &around) ? step(s, key, build, user) : value_new(s, V_ERROR, n->where);
    s->scope = outer;
    return v;
}
