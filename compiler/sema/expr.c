// Expressions: one function a kind of syntax, in a table.
#include <string.h>

#include "sema/bounded.h"
#include "sema/numbers.h"
#include "sema/stmt.h"

void sema_restore(Sema *s, const Sema *saved)
{
    Sema now = *s;
    *s = *saved;
    s->modules.at = now.modules.at;  // what grows for good
    s->modules.n = now.modules.n;
    s->modules.cap = now.modules.cap;
    s->failed_io = now.failed_io;
}

static Value *eval_int(Sema *s, Syn *n, Name hint)
{
    (void)hint;
    return value_int(s, size_const(s->sizes, n->i), n->where);
}

static Value *eval_real(Sema *s, Syn *n, Name hint)
{
    (void)hint;
    return value_real(s, n->r, n->where);
}

static Value *eval_string(Sema *s, Syn *n, Name hint)
{
    (void)hint;
    return value_string(s, n->text, n->where);
}

static Value *eval_error(Sema *s, Syn *n, Name hint)
{
    (void)hint;
    return value_new(s, V_ERROR, n->where);
}

// ---- names ----

// A bare axis name is the position along it.
static Value *position_along(Sema *s, Axis *a, Span where)
{
    Value *v = value_tensor(s, ir_iota(s->b, a), where);
    v->weak = v->loose = true;
    v->pos = NULL;
    return v;
}

static Value *entry_value(Sema *s, Entry *e, Syn *n)
{
    if (e->kind == ENTRY_AXIS)
        return position_along(s, e->axis, n->where);
    if (e->kind == ENTRY_VALUE) {
        Value *v = ARENA_NEW(s->arena, Value);
        *v = *e->value;
        v->where = n->where;
        return v;
    }
    Diag *d = sema_diag(s, DIAG_E0207, n->where, "`%s` is %s and no value", n->name,
                        e->kind == ENTRY_MODULE ? "a module" : e->kind == ENTRY_TYPE ? "a type" : "a pack of axes");
    diag_note(d, e->where, "it is declared here");
    return value_new(s, V_ERROR, n->where);
}

static Value *eval_name(Sema *s, Syn *n, Name hint)
{
    (void)hint;
    Entry *e = scope_lookup(s, n->name, n->where);
    if (!e || (e->kind == ENTRY_VALUE && !e->value))
        return value_new(s, V_ERROR, n->where);
    return entry_value(s, e, n);
}

static Value *eval_twin(Sema *s, Syn *n, Name hint)
{
    (void)hint;
    Axis *a = eval_axis(s, n);
    return a ? position_along(s, a, n->where) : value_new(s, V_ERROR, n->where);
}

// `#widths`, `#widths.rest`: how many numbers. NULL: it is no pack of them.
static Value *pack_of_numbers(Sema *s, Syn *n)
{
    Syn *root = n;
    while (root->kind == SYN_FIELD)
        root = root->kid[0];
    Entry *e = root->kind == SYN_NAME ? scope_find(s, s->scope, root->name, SPAN_NONE) : NULL;
    if (!e || e->kind != ENTRY_VALUE || !e->value || e->value->kind != V_NUMBERS)
        return NULL;
    Value *v = evaluate(s, n);
    return is_error(v) || v->kind == V_NUMBERS ? v : NULL;
}

static Value *eval_size_of(Sema *s, Syn *n, Name hint)
{
    (void)hint;
    Axis       *ax[64];
    Value      *pack = pack_of_numbers(s, n->kid[0]);
    if (pack)
        return is_error(pack) ? pack : value_int(s, pack->fixed, n->where);
    Syn        *of = n->kid[0]->kind == SYN_PACK ? n->kid[0]->kid[0] : n->kid[0];
    int         count = eval_axes(s, of, ax, 64);
    const Size *z = size_const(s->sizes, 1);
    Syn        *named = of->kind == SYN_PACK ? of->kid[0] : of;
    Entry      *e = named->kind == SYN_NAME ? scope_find(s, s->scope, named->name, SPAN_NONE) : NULL;
    if (!count && !(e && e->kind == ENTRY_PACK))
        return value_new(s, V_ERROR, n->where);
    for (int i = 0; i < count; i++)
        z = axis_is_bounded(ax[i]) ? z : size_mul(s->sizes, z, ax[i]->size);
    Value *v = value_int(s, z, n->where);
    for (int i = 0; i < count; i++) {
        Value *c = axis_count(s, ax[i], e && !axis_declared_by(ax[i], e));
        if (c)
            v = count == 1 ? c : apply_binary(s, OPR_MUL, v, c, n->where, n->where);
    }
    return v;
}

static Value *private_member(Sema *s, const Entry *m, const Entry *e, Syn *n)
{
    Diag *d = sema_diag(s, DIAG_E0206, n->where, "`%s` is private to the module `%s`", e->name, m->name);
    diag_note(d, e->where, "it is declared here");
    diag_help(d, "a name that begins with `_` is seen in its own file alone");
    return value_new(s, V_ERROR, n->where);
}

static Value *module_member(Sema *s, Entry *m, Syn *n)
{
    const Scope *sc = m->module->scope;
    const char **name = ARENA_ARRAY(s->arena, const char *, sc->entries.n + 1);
    for (int i = 0; i < sc->entries.n; i++) {
        Entry *e = sc->entries.at[i];
        if (e->name == n->name && e->name[0] != '_')
            return entry_value(s, e, n);
        name[i] = e->name[0] == '_' || e->name[0] == '#' ? NULL : e->name;
        if (e->name == n->name)
            return private_member(s, m, e, n);
    }
    Diag *d = sema_diag(s, DIAG_E0206, n->where, "the module `%s` has no `%s`", m->name, n->name);
    if (!suggest(d, n->at, name_nearest(n->name, name, sc->entries.n)))
        diag_help(d, "see its file: %s", m->module->path);
    return value_new(s, V_ERROR, n->where);
}

static Value *no_field(Sema *s, Value *v, Syn *n)
{
    Diag *d = sema_diag(s, DIAG_E0206, n->where, "there is no `%s` in %s", n->name, text_value(s, v));
    Buf   b = {0};
    for (int i = 0; i < v->nfields; i++)
        if (v->fields[i].name)
            buf_printf(&b, "%s`%s`", b.n ? ", " : "", v->fields[i].name);
    const char **name = ARENA_ARRAY(s->arena, const char *, v->nfields + 1);
    for (int i = 0; i < v->nfields; i++)
        name[i] = v->fields[i].name;
    if (!suggest(d, n->at, name_nearest(n->name, name, v->nfields)) && b.n)
        diag_help(d, "it has %s", b.at);
    else if (!b.n && v->nfields && v->kind == V_RECORD)
        diag_help(d, "its parts go by their numbers, `.0` to `.%d`", v->nfields - 1);
    buf_free(&b);
    return value_new(s, V_ERROR, n->where);
}

static Value *named_position(Sema *s, Axis *a, Syn *n)
{
    for (int i = 0; a && i < a->npositions; i++)
        if (a->positions[i] == n->name) {
            Value *v = value_int(s, size_const(s->sizes, i), n->where);
            v->pos = a;
            return v;
        }
    return NULL;
}

static Value *gate_position(Sema *s, Syn *n)
{
    if (n->kid[0]->kind != SYN_NAME)
        return NULL;
    Entry *e = scope_find(s, s->scope, n->kid[0]->name, SPAN_NONE);
    return e && e->kind == ENTRY_AXIS ? named_position(s, e->axis, n) : NULL;
}

static Value *no_position(Sema *s, const Axis *a, Syn *n)
{
    Diag *d = sema_diag(s, DIAG_E0206, n->where, "the axis `%s` has no position `%s`", a->name, n->name);
    Buf   b = {0};
    for (int i = 0; i < a->npositions; i++)
        buf_printf(&b, "%s`%s`", i ? ", " : "", a->positions[i]);
    diag_note(d, a->where, a->npositions ? "its positions are %s" : "its positions have no names%s", b.at ? b.at : "");
    if (!a->npositions)
        diag_help(d, "names are declared with it: `axis %s = (one, two)`; `%s(2)` is a position by its number", a->name, a->name);
    buf_free(&b);
    return value_new(s, V_ERROR, n->where);
}

static Value *eval_field(Sema *s, Syn *n, Name hint)
{
    (void)hint;
    Syn   *head = n->kid[0];
    Entry *e = head->kind == SYN_NAME ? scope_find(s, s->scope, head->name, SPAN_NONE) : NULL;
    if (e && e->kind == ENTRY_MODULE)
        return module_member(s, e, n);
    Value *position = gate_position(s, n);
    if (position)
        return position;
    if (e && e->kind == ENTRY_AXIS)
        return no_position(s, e->axis, n);
    Value *v = evaluate(s, head);
    if (is_error(v))
        return v;
    position = head->kind == SYN_FIELD && is_tensor(v) && v->loose && v->axes.n == 1 ? named_position(s, v->axes.at[0], n) : NULL;
    if (position)
        return position;
    if (v->kind != V_RECORD && v->kind != V_MODEL && v->kind != V_OPTIMIZER && v->kind != V_NUMBERS) {
        Diag *d = sema_diag(s, DIAG_E0206, n->where, "%s has no fields", text_value(s, v));
        diag_label(d, head->where, "%s", text_value(s, v));
        Entry *f = scope_find(s, s->scope, n->name, SPAN_NONE);
        if (is_tensor(v) && f && f->kind == ENTRY_VALUE && f->value && f->value->kind == V_FUNC)
            diag_help(d, "functions stand before what they are given: `%s(%s)`", n->name, text_syn(s, head));
        else if (is_tensor(v))
            diag_help(d, "a tensor is its axes: `#k` is the size of one, and their order means nothing");
        else
            help_instance(d, v);
        return value_new(s, V_ERROR, n->where);
    }
    Value *f = v->kind == V_NUMBERS ? numbers_field(s, v, n->name, n->where) : value_field(v, n->name);
    Axis  *axis = !f && v->kind == V_MODEL ? axis_of_model(s, v, n->name) : NULL;
    if (axis)
        return position_along(s, axis, n->where);
    if (!f)
        return no_field(s, v, n);
    Value *out = ARENA_NEW(s->arena, Value);
    *out = *f;
    out->where = n->where;
    return out;
}

// ---- operators ----

// Behind a scalar, `and` and `or` stop early: the right side takes place where the left one does not decide.
static Value *eval_behind(Sema *s, Syn *n, Value *a)
{
    Value *outer = s->taken;
    int    facts = s->facts.n;
    bool   open = a->truth == TRUTH_OPEN, goes = n->op == OPR_AND ? a->truth == TRUTH_TRUE : a->truth == TRUTH_FALSE;
    if (a->truth != TRUTH_DYNAMIC)
        assume(s, n->kid[0], n->op == OPR_AND);
    if (!open && !goes)
        take_only(s, n->op == OPR_AND ? a : apply_unary(s, OPR_NOT, a, a->where));
    s->undecided += open;
    Value *b = evaluate(s, n->kid[1]);
    s->undecided -= open;
    s->facts.n = facts;
    s->taken = outer;
    return b;
}

static Value *eval_binary(Sema *s, Syn *n, Name hint)
{
    (void)hint;
    Value *a = evaluate(s, n->kid[0]);
    bool   stops = (n->op == OPR_AND || n->op == OPR_OR) && is_tensor(a) && is_scalar(s, a) && elem_class(a->elem) == ELEM_CLASS_BOOL;
    Value *b = stops ? eval_behind(s, n, a) : evaluate(s, n->kid[1]);
    return apply_binary(s, n->op, a, b, n->at, n->where);
}

static Value *eval_unary(Sema *s, Syn *n, Name hint)
{
    (void)hint;
    return apply_unary(s, n->op, evaluate(s, n->kid[0]), n->where);
}

static Value *eval_contract(Sema *s, Syn *n, Name hint)
{
    (void)hint;
    Value *a = evaluate(s, n->kid[0]), *b = evaluate(s, n->kid[1]);
    return apply_contract(s, a, b, n);
}

static Value *eval_paren(Sema *s, Syn *n, Name hint) { return eval_head(s, n->kid[0], hint); }

static Value *eval_tuple(Sema *s, Syn *n, Name hint)
{
    (void)hint;
    Value *v = value_new(s, V_RECORD, n->where);
    v->nfields = n->nkid;
    v->fields = ARENA_ARRAY(s->arena, Field, n->nkid + 1);
    for (int i = 0; i < n->nkid; i++) {
        bool named = n->kid[i]->kind == SYN_NAMED;
        v->fields[i].name = named ? n->kid[i]->name : NULL;
        v->fields[i].value = evaluate(s, named ? n->kid[i]->kid[0] : n->kid[i]);
        if (is_error(v->fields[i].value))
            return v->fields[i].value;
    }
    return v;
}

// ---- brackets and calls ----

// A name that stands without a call, as `zeros` and `pi` do; so do functions without parameters, behind their bracket.
static Value *standing(Sema *s, Value *v, Syn *n, Name hint)
{
    const Func *f = v->kind == V_FUNC ? v->func : NULL;
    bool        declared = f && f->kind == FUNC_DECL && f->decl->kind == SYN_FN && n->kind == SYN_BRACKET &&
                    (!f->decl->kid[1] || !f->decl->kid[1]->nkid);
    if (!declared && (!f || f->kind != FUNC_BUILTIN || !f->builtin->value))
        return v;
    return call_value(s, v, NULL, NULL, 0, n->where, hint);
}

static Value *bind_function(Sema *s, Value *f, Syn *n, Name hint)
{
    Func *bound = ARENA_NEW(s->arena, Func);
    *bound = *f->func;
    if (bound->kind == FUNC_BUILTIN) {
        if (!bound->builtin->bracket)
            return sema_error(s, DIAG_E0501, n->where, "`%s` takes no bracket", bound->name);
        bound->bracket = n;
        bound->bracket_scope = s->scope;
        return value_func(s, bound, n->where);
    }
    if (bound->kind == FUNC_LAMBDA)
        return sema_error(s, DIAG_E0501, n->where, "this function has no bracket");
    Value *by_segment = bound->bind ? NULL : segment_form(s, f, n);
    if (by_segment)
        return by_segment;
    if (bound->bind)
        return (bound->bind = bind_again(s, bound, NULL, n)) ? value_func(s, bound, n->where) : value_new(s, V_ERROR, n->where);
    bound->bind = bind_header(s, bound, n);
    if (!bound->bind)
        return value_new(s, V_ERROR, n->where);
    if (bound->decl->kind == SYN_BLOCK)
        return instance_for(s, bound, hint, n->where);
    return value_func(s, bound, n->where);
}

// net[time: half]: the instance at another axis.
static Value *at_other_axes(Sema *s, const Value *m, Syn *n)
{
    Binding *b = bind_again(s, m->func, m, n);
    if (!b)
        return value_new(s, V_ERROR, n->where);
    Value *out = ARENA_NEW(s->arena, Value);
    Func  *f = ARENA_NEW(s->arena, Func);
    *out = *m;
    *f = *m->func;
    f->bind = b;
    out->func = f;
    out->where = n->where;
    return same_parameters(s, m, make_instance(s, f, m->text, n->where), n) ? out : value_new(s, V_ERROR, n->where);
}

static Value *eval_bracket(Sema *s, Syn *n, Name hint)
{
    Syn *head = n->kid[0];
    Value *f = eval_head(s, head, NULL);
    while (head->kind == SYN_PAREN)
        head = head->kid[0];
    if (f->kind == V_FUNC && head->kind == SYN_BRACKET)  // a second bracket acts on what stands behind the first
        f = standing(s, f, head, hint);
    if (is_error(f))
        return f;
    if (f->kind == V_FUNC)
        return bind_function(s, f, n, hint);
    if (f->kind == V_TENSOR)
        return apply_bracket(s, f, n);
    if (f->kind == V_MODEL)
        return at_other_axes(s, f, n);
    Diag *d = sema_diag(s, DIAG_E0313, n->where, "%s takes no bracket", text_value(s, f));
    diag_label(d, head->where, "%s", text_value(s, f));
    return value_new(s, V_ERROR, n->where);
}

// x |> f, x |> g(a): the left side is the first argument. What goes wrong, and the value, are of the stage that stands
// behind the pipe: the whole may be long.
static Value *eval_pipe(Sema *s, Syn *n, Name hint)
{
    Value *x = evaluate(s, n->kid[0]);
    Syn   *right = n->kid[1];
    while (right->kind == SYN_AS || right->kind == SYN_PAREN) {
        if (right->kind == SYN_AS)
            hint = right->name;
        right = right->kid[0];
    }
    Value *args[32] = {x};
    Name   names[32] = {NULL};
    int    count = 1;
    Value *f;
    if (right->kind == SYN_CALL) {
        f = eval_head(s, right->kid[0], hint);
        for (int i = 1; i < right->nkid && count < 32; i++, count++) {
            bool named = right->kid[i]->kind == SYN_NAMED;
            names[count] = named ? right->kid[i]->name : NULL;
            args[count] = evaluate(s, named ? right->kid[i]->kid[0] : right->kid[i]);
        }
    } else {
        f = eval_head(s, right, hint);
    }
    return call_value(s, f, args, names, count, right->where, hint);
}

static Value *eval_as(Sema *s, Syn *n, Name hint)
{
    (void)hint;
    s->named = NULL;
    Value *v = eval_hint(s, n->kid[0], n->name);
    return s->named == n->name ? v : inner_value(s, n->name, v);
}

static Value *eval_lambda(Sema *s, Syn *n, Name hint)
{
    (void)hint;
    Func *f = ARENA_NEW(s->arena, Func);
    *f = (Func){.kind = FUNC_LAMBDA, .decl = n, .scope = s->scope};
    return value_func(s, f, n->where);
}

static Value *eval_except_hint(Sema *s, Syn *n, Name hint)
{
    (void)hint;
    return eval_except(s, n);
}
static Value *eval_trace_hint(Sema *s, Syn *n, Name hint)
{
    (void)hint;
    return eval_trace(s, n);
}

static Value *eval_misplaced(Sema *s, Syn *n, Name hint)
{
    (void)hint;
    if (n->kind == SYN_TEST || n->kind == SYN_EXPERIMENT || n->kind == SYN_BLOCK || n->kind == SYN_OPTIMIZER || n->kind == SYN_USE)
        return helped(s, sema_error(s, DIAG_E0506, n->where, "`%s` cannot stand here", syn_kind_text(n->kind)),
                      "it is declared at the top of a file");
    return sema_error(s, DIAG_E0506, n->where, "`%s` is no value here", text_syn(s, n));
}

static Value *eval_if_hint(Sema *s, Syn *n, Name hint)
{
    (void)hint;
    return eval_if(s, n);
}
static Value *eval_for_hint(Sema *s, Syn *n, Name hint)
{
    (void)hint;
    return eval_for(s, n);
}
static Value *eval_while_hint(Sema *s, Syn *n, Name hint)
{
    (void)hint;
    return eval_while(s, n);
}
static Value *eval_break_hint(Sema *s, Syn *n, Name hint)
{
    (void)hint;
    return eval_break(s, n);
}
static Value *eval_fix_hint(Sema *s, Syn *n, Name hint)
{
    (void)hint;
    return eval_fix(s, n);
}
static Value *eval_checkpoint_hint(Sema *s, Syn *n, Name hint)
{
    (void)hint;
    return eval_checkpoint(s, n);
}
static Value *eval_repeat_hint(Sema *s, Syn *n, Name hint)
{
    (void)hint;
    return eval_repeat(s, n);
}
static Value *eval_minimize_hint(Sema *s, Syn *n, Name hint)
{
    (void)hint;
    return eval_minimize(s, n);
}
static Value *eval_body_hint(Sema *s, Syn *n, Name hint)
{
    (void)hint;
    return eval_body(s, n);
}

typedef Value *EvalFn(Sema *s, Syn *n, Name hint);
static EvalFn *const table[SYN_COUNT] = {
    [SYN_NAME] = eval_name, [SYN_INT] = eval_int, [SYN_REAL] = eval_real, [SYN_STRING] = eval_string,
    [SYN_TWIN] = eval_twin, [SYN_SIZE] = eval_size_of, [SYN_UNARY] = eval_unary, [SYN_BINARY] = eval_binary,
    [SYN_CONTRACT] = eval_contract, [SYN_TUPLE] = eval_tuple, [SYN_PAREN] = eval_paren,
    [SYN_BRACKET] = eval_bracket, [SYN_CALL] = eval_call, [SYN_FIELD] = eval_field, [SYN_PIPE] = eval_pipe,
    [SYN_AS] = eval_as, [SYN_LAMBDA] = eval_lambda, [SYN_IF] = eval_if_hint, [SYN_FOR] = eval_for_hint,
    [SYN_WHILE] = eval_while_hint, [SYN_REPEAT] = eval_repeat_hint, [SYN_MINIMIZE] = eval_minimize_hint,
    [SYN_BODY] = eval_body_hint, [SYN_ERROR] = eval_error, [SYN_WITH] = eval_with, [SYN_EXCEPT] = eval_except_hint,
    [SYN_TRACE] = eval_trace_hint, [SYN_FIX] = eval_fix_hint, [SYN_CHECKPOINT] = eval_checkpoint_hint,
    [SYN_BREAK] = eval_break_hint,
};

Value *eval_head(Sema *s, Syn *n, Name hint)
{
    EvalFn *f = table[n->kind] ? table[n->kind] : eval_misplaced;
    Span    outer = s->b ? s->b->where : n->where;
    if (s->b)
        s->b->where = n->where;
    Value *v = f(s, n, hint);
    if (s->b)
        s->b->where = outer;
    return v;
}

Value *eval_hint(Sema *s, Syn *n, Name hint) { return standing(s, eval_head(s, n, hint), n, hint); }
Value *evaluate(Sema *s, Syn *n) { return eval_hint(s, n, NULL); }
