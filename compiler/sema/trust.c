// A call that is not entered: its result has the type of the signature, and what checking the callee found is asked of
// the caller.
#include <string.h>

#include "sema/bounded.h"
#include "sema/call.h"
#include "sema/numbers.h"
#include "sema/early.h"
#include "sema/imports.h"
#include "sema/model.h"

// A derivative looks inside of what it is given. Of an interface there is no inside: something of the same types that
// depends on all arguments, which is only checked and never run.
static Value *stand_in(Sema *s, const Call *c, const TypeSpec *t, Node **in, int nin, AxisSet axes)
{
    Elem  elem = t->own ? c->own : t->elem;
    Node *sum = ir_const(s->b, elem, 0);
    for (int i = 0; i < nin; i++) {
        if (elem_class(in[i]->type.elem) != ELEM_CLASS_FLOAT || elem_class(elem) != ELEM_CLASS_FLOAT)
            continue;
        AxisSet more = axes_minus(s->arena, in[i]->type.axes, axes);
        Node   *x = ir_reduce(s->b, OP_SUM, ir_convert(s->b, in[i], elem), more.at, more.n);
        sum = ir_binary(s->b, OP_ADD, sum, ir_binary(s->b, OP_MUL, x, ir_unary(s->b, OP_SIN, x)));
    }
    Value *v = value_tensor(s, ir_expand(s->b, sum, axes), c->where);
    v->pos = t->pos;
    return v;
}

static Value *opaque_result(Sema *s, Call *c, const TypeSpec *t, Node **in, int nin, AxisSet lifted, Name path)
{
    if (t->kind == TS_RECORD) {
        Value *v = value_new(s, V_RECORD, c->where);
        v->nfields = t->nfields;
        v->fields = ARENA_ARRAY(s->arena, Field, t->nfields + 1);
        for (int i = 0; i < t->nfields; i++)
            v->fields[i] = (Field){t->names[i], opaque_result(s, c, t->fields[i], in, nin, lifted,
                                                              t->names[i] ? t->names[i] : path)};
        return v;
    }
    if (t->kind != TS_TENSOR)
        return value_new(s, V_ERROR, c->where);
    AxisSet axes = axes_union(s->arena, axes_union(s->arena, t->axes, lifted), s->hidden);
    Type    type = {t->own ? c->own : t->weak ? t->elem : t->elem, axes, NULL};
    if (!s->opaque)
        return stand_in(s, c, t, in, nin, axes);
    Node   *n = ir_call(s->b, path, in, nin, type);
    AxisSet own = t->axes;  // what the call touches; lifted axes pass by
    for (int k = 0; k < c->n; k++)
        if (c->type[k]->kind == TS_TENSOR)
            own = axes_union(s->arena, own, c->type[k]->axes);
    n->attr.i = c->f->decl->kind == SYN_BLOCK;
    n->path = c->self ? c->self->text : NULL;
    n->attr.ax = own.at;
    n->attr.nax = own.n;
    Value *v = value_tensor(s, n, c->where);
    v->weak = t->own && c->weak;
    v->pos = t->pos;
    return v;
}

static int argument_nodes(Sema *s, const Call *c, Node **in, int cap)
{
    int n = 0;
    for (int k = 0; k < c->n; k++) {
        Value *leaf[MOST_AXES];
        int    got = c->arg[k]->kind == V_TENSOR || c->arg[k]->kind == V_RECORD
                         ? value_leaves(s, c->arg[k], leaf, MOST_AXES)
                         : 0;
        for (int i = 0; i < got && i < MOST_AXES && n < cap; i++)
            in[n++] = value_node(s, leaf[i]);
    }
    return n;
}

static const Size *given_size(Sema *s, const Binding *b, Name name, bool *absent)
{
    for (int i = 0; i < b->scope->entries.n; i++) {
        Entry *e = b->scope->entries.at[i];
        if (e->kind == ENTRY_VALUE && e->value && e->value->kind == V_NUMBERS) {
            size_t      n = strlen(e->name);
            const Size *z;
            bool        length = name[0] == '#' && !strcmp(name + 1, e->name), part = !strncmp(name, e->name, n) && name[n] == '.';
            if (!length && !part)
                continue;
            *absent = *absent || !numbers_size(s, e->value, length ? "" : name + n, &z);
            return *absent ? NULL : z;
        }
        if (e->name != name)
            continue;
        if (e->kind == ENTRY_VALUE)
            return e->value && e->value->kind == V_TENSOR ? e->value->fixed : NULL;
        if (e->kind == ENTRY_AXIS)
            return e->axis->size;
        const Size *z = size_const(s->sizes, 1);
        for (int k = 0; k < e->npack; k++)
            z = size_mul(s->sizes, z, e->pack[k]->size);
        return z;
    }
    return NULL;
}

typedef struct {
    Sema          *s;
    const Binding *bind;
    const Contract *contract;
    bool            absent;  // it speaks of a number that a pack has not: then there is nothing to ask
} Substitution;

static const Size *substitute(const SizeVar *v, void *user)
{
    Substitution *u = user;
    for (int i = 0; i < u->contract->vars.n; i++)
        if (u->contract->vars.at[i] == v)
            return given_size(u->s, u->bind, u->contract->var_names.at[i], &u->absent);
    return NULL;
}

// The sizes of which a precondition speaks, as they are here.
static const char *sizes_here(Sema *s, const Precondition *p, Substitution *u)
{
    SizeVar *var[16];
    Buf      b = {0};
    int      n = size_vars(p->a, var, 8);
    n = n < 8 ? n : 8;
    int more = p->b ? size_vars(p->b, var + n, 8) : 0;
    n += more < 8 ? more : 8;
    for (int i = 0; i < n; i++) {
        const Size *z = substitute(var[i], u);
        bool        seen = false;
        for (int k = 0; k < i; k++)
            seen = seen || var[k] == var[i];
        if (z && !seen)
            buf_printf(&b, "%s%s = %s", b.n ? ", " : ", with ", var[i]->name, text_size(s, z));
    }
    const char *text = arena_strndup(s->arena, b.at ? b.at : "", b.n);
    buf_free(&b);
    return text;
}

// What one side that is a size alone must be, in the callee's words; or what must hold.
static void help_asked(Sema *s, Diag *d, const Func *f, const Precondition *p, const Size *a, const Size *b)
{
    SizeVar *v;
    int64_t  left, right;
    bool     numbers = b && size_is_const(a, &left) && size_is_const(b, &right);
    if (diag_has_help(d))
        return;
    if (p->kind == PRE_EQUAL && numbers && right > 0 && size_is_var(p->a, &v))
        diag_help(d, "`%s` must be %lld", v->name, (long long)right);
    else if (p->kind == PRE_EQUAL && numbers && left > 0 && size_is_var(p->b, &v))
        diag_help(d, "`%s` must be %lld", v->name, (long long)left);
    else if (p->kind == PRE_EQUAL)
        diag_help(d, "give `%s` sizes for which `%s == %s`", function_name(f), text_size(s, p->a), text_size(s, p->b));
    else
        diag_help(d, "give `%s` sizes for which `%s`", function_name(f), text_nonneg(s, p->a));
}

static bool is_counted(const Binding *b, Name name)
{
    for (int i = 0; i < b->scope->entries.n; i++) {
        const Entry *e = b->scope->entries.at[i];
        if (e->kind == ENTRY_AXIS && e->name == name)
            return axis_is_bounded(e->axis) || axis_is_bounded(e->outside);
    }
    return false;
}

// Does it speak of how many positions an axis with a bound has? Then it is checked where it stands, when it runs.
static bool speaks_of_counts(const Precondition *p, const Substitution *u)
{
    SizeVar *var[16];
    bool     counted = false;
    for (int side = 0; side < 2 && p->stated; side++) {
        int n = !side ? size_vars(p->a, var, 16) : p->b ? size_vars(p->b, var, 16) : 0;
        for (int i = 0; i < n && i < 16; i++)
            for (int k = 0; k < u->contract->vars.n; k++)
                if (u->contract->vars.at[k] == var[i])
                    counted = counted || is_counted(u->bind, u->contract->var_names.at[k]);
    }
    return counted;
}

static bool speaks_of(const Precondition *p, const Contract *k, Name axis)
{
    SizeVar *var[16];
    for (int side = 0; side < 2; side++) {
        int n = !side ? size_vars(p->a, var, 16) : p->b ? size_vars(p->b, var, 16) : 0;
        for (int i = 0; i < n && i < 16; i++)
            for (int j = 0; j < k->vars.n; j++)
                if (k->vars.at[j] == var[i] && k->var_names.at[j] == axis)
                    return true;
    }
    return false;
}

// An axis that was left out has the size of another: where that is not the size asked for, it is to be named.
static const char *advice(Sema *s, const Precondition *p, const Substitution *u)
{
    for (int i = 0; i < u->bind->scope->entries.n; i++) {
        const Entry *e = u->bind->scope->entries.at[i];
        if (e->kind == ENTRY_AXIS && e->follows && speaks_of(p, u->contract, e->name))
            return name_format(s->names, "`%s` was left out, and is `%s` then: name an axis of the size asked for, `%s: \u2026`", e->name,
                               e->follows, e->name);
    }
    return NULL;
}

// What the callee asks of its callers, with the sizes given here.
static bool meet_preconditions(Sema *s, const Func *f, const Binding *bind, const Contract *k, Span where)
{
    Substitution u = {s, bind, k, false};
    bool         ok = true;
    int          before = diags_count(s->diags);
    for (int i = 0; i < k->pre.n && ok; i++) {
        const Precondition *p = &k->pre.at[i];
        u.absent = false;
        if (speaks_of_counts(p, &u))
            continue;
        const Size *a = size_subst(s->sizes, p->a, substitute, &u);
        const Size *b = p->b ? size_subst(s->sizes, p->b, substitute, &u) : NULL;
        if (u.absent)
            continue;
        const char *what = name_format(s->names, "`%s` needs: %s", function_name(f), p->message);
        s->stating = p->stated;
        s->advice = p->kind == PRE_EQUAL ? advice(s, p, &u) : NULL;
        if (p->kind == PRE_EQUAL)
            ok = need_equal(s, DIAG_E0403, a, b, where, what);
        else if (p->kind == PRE_NONNEG)
            ok = need_nonneg(s, DIAG_E0403, a, where, what);
        else
            ok = need_divides(s, a, b, where, what);
        s->stating = false;
        s->advice = NULL;
        if (ok || diags_count(s->diags) == before)
            continue;
        diag_note(diags_last(s->diags), p->where, "it is asked for here%s", sizes_here(s, p, &u));
        help_asked(s, diags_last(s->diags), f, p, a, b);
    }
    return ok;
}

static bool statics_known(const Call *c)
{
    int64_t i;
    for (int k = 0; k < c->bind->scope->entries.n; k++) {
        const Value *v = c->bind->scope->entries.at[k]->kind == ENTRY_VALUE ? c->bind->scope->entries.at[k]->value : NULL;
        if (v && (is_tensor(v) || v->kind == V_NUMBERS) && (v->truth == TRUTH_OPEN || (v->fixed && !size_is_const(v->fixed, &i))))
            return false;
    }
    return true;
}

// Where static numbers choose what a body asks of its sizes, it is looked into with those given, aside: the result stays
// the signature's.
static bool look_inside(Sema *s, Call *c, const Value *const *in, AxisSet lifted)
{
    Sema     saved = *s;
    Program *aside = program_new(s->arena, s->names, s->sizes, s->axes, c->f->name);
    Builder  b = builder_new(aside);
    Imports  imports = {.top = &b};
    int      before = diags_count(s->diags);
    s->b = &b;
    s->imports = &imports;
    s->undecided = 0;
    s->types = NULL;
    bool ok = !is_error(enter(s, c, in, lifted));
    sema_restore(s, &saved);
    if (!ok)
        used_here(s, before, c->f, c->where);
    return ok;
}

// Does a body that is being checked call itself with all that its own header has, where no choice is left open?
static bool gives_all_again(Sema *s, const Call *c, const Contract *k)
{
    int  given = 0;
    bool same = s->contract == k && !s->undecided && c->f->decl == k->decl && c->f->decl->kind != SYN_EXPERIMENT;
    for (int i = 0; same && i < k->vars.n; i++) {
        SizeVar    *v;
        bool        absent = false;
        const Size *z = given_size(s, c->bind, k->var_names.at[i], &absent);
        same = z && size_is_var(z, &v) && v == k->vars.at[i];
        given++;
    }
    for (int i = 0; same && i < c->n; i++)
        same = c->arg[i]->kind == V_TENSOR && !c->arg[i]->fixed && c->arg[i]->truth == TRUTH_DYNAMIC;
    return same && given == c->bind->scope->entries.n;  // a flag, a function or a pack has no size that tells
}

// A call of what is being checked itself, or of what no static number has decided yet, is looked into where it is decided.
static bool meet_contract(Sema *s, Call *c, const Contract *k, const Value *const *in, AxisSet lifted)
{
    bool checks = s->contract || s->experiment;
    if (k->state == 1 && gives_all_again(s, c, k)) {
        never_ends(s, c->f, c->where);
        return false;
    }
    if (k->state != 1 && !meet_preconditions(s, c->f, c->bind, k, c->where))
        return false;
    if (k->state != 1 && k->open && statics_known(c))
        return !checks || (!call_goes_round(s, c) && look_inside(s, c, in, lifted));
    if (s->contract && (k->state == 1 || k->open))
        s->contract->open = true;
    return true;
}

// A part of it that `with` has put there.
static bool has_patches(const Value *v)
{
    bool has = v && v->npatch;
    for (int i = 0; v && i < v->nfields && !has; i++)
        has = has_patches(v->fields[i].value);
    return has;
}

Value *trust(Sema *s, Call *c, Contract *k, const TypeSpec *t, const Value *const *in, AxisSet lifted)
{
    if (k && !k->failed && !meet_contract(s, c, k, in, lifted))
        return value_new(s, V_ERROR, c->where);
    if (has_patches(c->self) && (s->contract || s->experiment) && !look_inside(s, c, in, lifted))  // its body is another
        return value_new(s, V_ERROR, c->where);
    Node *node[MOST_AXES];
    int   n = argument_nodes(s, c, node, MOST_AXES);
    Value *v = opaque_result(s, c, t, node, n, lifted, c->f->name);
    early_reads(s, v, c->self, c->arg, c->n);
    return v;
}
