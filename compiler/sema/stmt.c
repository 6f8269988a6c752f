// Statements: bindings, assignments, conditions and requirements.
#include <string.h>

#include "sema/buffers.h"
#include "sema/call.h"
#include "sema/stmt.h"
#include "sema/walk.h"

void note_type(Sema *s, Name name, Span where, const Value *v)
{
    if (!s->types || is_error(v) || where.file < 0)
        return;
    for (int i = 0; i < s->types->rows.n; i++)
        if (s->types->rows.at[i].where.begin == where.begin && s->types->rows.at[i].where.file == where.file)
            return;
    TypeRow row = {where, name, text_value(s, v)};
    vec_push(s->arena, &s->types->rows, row);
}

// ---- let and var ----

void bind_pattern(Sema *s, Syn *pattern, Value *v, bool variable)
{
    if (pattern->kind == SYN_NAME) {
        let_value(s, pattern->name, pattern->where, v)->variable = variable;
        return;
    }
    bool fits = is_error(v) || (v->kind == V_RECORD && v->nfields == pattern->nkid);
    if (!fits)
        helped(s, sema_error(s, DIAG_E0313, pattern->where, "a pattern of %d names meets %s", pattern->nkid, text_value(s, v)),
                      "a pattern has a name for each part");
    for (int i = 0; i < pattern->nkid; i++) {
        Value *part = fits && !is_error(v) ? v->fields[i].value : value_new(s, V_ERROR, pattern->where);
        bind_pattern(s, pattern->kid[i], part, variable);
    }
}

Value *let_typed(Sema *s, Syn *n, Value *v)
{
    if (!n->kid[1] || is_error(v))
        return v;
    TypeSpec *t = eval_type(s, n->kid[1]);
    v = check_conforms(s, fill_type(s, v, t, NULL), t, n->kid[2]->where, name_format(s->names, "`%s`", text_syn(s, n->kid[0])),
                       n->kid[1]->where);
    if (is_tensor(v) && t->kind == TS_TENSOR && !t->pos && !t->own && v->elem != t->elem)
        v = apply_convert(s, v, t->elem, v->where);
    return v;
}

static Value *exec_let(Sema *s, Syn *n)
{
    Name hint = n->kid[0]->kind == SYN_NAME ? n->kid[0]->name : NULL;
    Name outer = s->naming;
    s->named = NULL;
    s->naming = hint;
    Value *v = let_typed(s, n, eval_hint(s, n->kid[2], hint));
    s->naming = outer;
    if (hint && s->named != hint)
        v = inner_value(s, hint, v);
    if (v->kind == V_NONE)
        v = sema_error(s, DIAG_E0507, n->kid[2]->where, "this has no value to name");
    bind_pattern(s, n->kid[0], v, n->kind == SYN_VAR);
    return value_new(s, V_NONE, n->where);
}

// ---- assignment ----

static Value *not_variable(Sema *s, const Entry *e, Syn *n)
{
    Diag *d = sema_diag(s, DIAG_E0506, n->where, "`%s` is no `var` and cannot be assigned", e->name);
    diag_label(d, n->where, "assigned here");
    diag_label(d, e->where, "declared here");
    diag_help(d, "declare it by `var %s = …`", e->name);
    return value_new(s, V_ERROR, n->where);
}

static bool same_kind(const Value *a, const Value *b)
{
    return a->kind == b->kind && (!is_tensor(a) || elem_class(a->elem) == elem_class(b->elem) ||
                                  elem_widens(b->elem, a->elem));
}

typedef struct {
    Sema *s;
    Syn  *n;
    bool  rounds;  // what is assigned is rounded to the width that is there
} AssignLeaf;

static Value *assign_leaf(Sema *s, Value *old, Value *new, void *user)
{
    AssignLeaf *a = user;
    bool number = old->leaf && !old->weak && !value_visible(s, new).n && !new->pos && is_tensor(new) &&
                  elem_class(new->elem) != ELEM_CLASS_BOOL;
    if (number && value_visible(s, old).n)  // a parameter takes a number for all its entries, as in `with`
        new = value_like(s, ir_expand(s->b, value_node(s, new), value_visible(s, old)), new);
    bool same_axes = axes_equal(value_visible(s, old), value_visible(s, new));
    bool narrower = !old->weak && !new->weak && !a->rounds && elem_class(old->elem) == elem_class(new->elem) &&
                    elem_join(old->elem, new->elem) != old->elem;
    if (!same_axes || !same_kind(old, new) || narrower || (old->pos && old->pos != new->pos)) {
        Diag *d = sema_diag(s, DIAG_E0314, a->n->where, "a variable keeps its type");
        diag_label(d, a->n->where, "now %s", text_value(s, new));
        diag_label(d, old->where, "was %s", text_value(s, old));
        diag_help(d, narrower ? "convert the new value: `%s(…)`" : "begin it with the axes that it will have: `zeros[…]`",
                  elem_text(old->elem));
        return value_new(s, V_ERROR, a->n->where);
    }
    Value *v = ARENA_NEW(s->arena, Value);
    *v = *new;
    if (!old->weak && new->elem != old->elem) {
        v = apply_convert(s, new, old->elem, new->where);
        v->pos = old->pos;
    }
    v->leaf = old->leaf;
    v->buffer = old->buffer;
    v->order = old->order ? old->order : v->order;
    return v;
}

// A parameter that is a record takes a number for all that it holds.
static bool number_for_record(Sema *s, Value *old, const Value *new)
{
    Value *leaf[64];
    int    n = old->kind == V_RECORD && is_scalar(s, new) ? value_leaves(s, old, leaf, 64) : 0;
    bool   parameter = n > 0;
    for (int i = 0; i < n && i < 64; i++)
        parameter = parameter && leaf[i]->leaf;
    return parameter;
}

// What `with` put in the place of inner values is the new value's. v, made leaf by leaf, is nobody else's yet.
static void take_patches(Value *v, const Value *new)
{
    v->patch = new->patch;
    v->npatch = new->npatch;
    for (int i = 0; i < v->nfields; i++)
        if (v->fields[i].value->nfields)
            take_patches(v->fields[i].value, new->fields[i].value);
}

static Value *assign(Sema *s, Value *old, Value *new, Syn *n, bool rounds)
{
    AssignLeaf a = {s, n, rounds};
    if (is_error(old) || is_error(new))
        return value_new(s, V_ERROR, n->where);
    if (old->kind == V_OPTIMIZER && new->kind == V_OPTIMIZER)
        return new;  // a setting was changed
    new = value_aligned(s, new, old);
    if (!number_for_record(s, old, new) && (old->kind != new->kind || !same_shape(s, old, new))) {
        if (old->kind == V_TENSOR && new->kind == V_TENSOR)
            return assign_leaf(s, old, new, &a);
        Diag *d = sema_diag(s, DIAG_E0314, n->where, "a variable keeps its type");
        diag_label(d, n->where, "now %s", text_value(s, new));
        diag_label(d, old->where, "was %s", text_value(s, old));
        if (old->kind == new->kind)
            diag_note(d, SPAN_NONE, "%s", text_difference(s, old, new, ""));
        diag_help(d, "another type takes another name: `let`, or a second `var`");
        return value_new(s, V_ERROR, n->where);
    }
    Value *v = value_map(s, old, new, assign_leaf, &a);
    if (v->nfields)
        take_patches(v, new);
    return v;
}

Value *assigned(Sema *s, Value *old, Value *new, Syn *n) { return assign(s, old, new, n, false); }

// A body is written for all widths, and its buffers have one.
static bool in_buffer(Sema *s, const Syn *target)
{
    while (target->kind == SYN_FIELD || target->kind == SYN_BRACKET)
        target = target->kid[0];
    return target->kind == SYN_NAME && buffer_of_body(s, scope_find(s, s->scope, target->name, SPAN_NONE));
}

static Operator plain_operator(Operator op)
{
    static const Operator of[OPR_COUNT] = {
        [OPR_ADD_SET] = OPR_ADD, [OPR_SUB_SET] = OPR_SUB, [OPR_MUL_SET] = OPR_MUL, [OPR_DIV_SET] = OPR_DIV};
    return of[op];
}

static Value *with_field(Sema *s, Value *v, Syn *target, Value *new)
{
    Value *out = ARENA_NEW(s->arena, Value);
    *out = *v;
    out->fields = ARENA_ARRAY(s->arena, Field, v->nfields + 1);
    for (int i = 0; i < v->nfields; i++) {
        out->fields[i] = v->fields[i];
        if (i == value_place(v, target->name))
            out->fields[i].value = new;
    }
    return out;
}

// The new value of what stands at `target` once `v` is put there; the variable's entry comes back by `root`.
static Value *put_into(Sema *s, Syn *target, Operator op, Value *v, Syn *n, Entry **root)
{
    if (target->kind == SYN_NAME) {
        Entry *e = scope_lookup(s, target->name, target->where);
        *root = e;
        if (!e)
            return value_new(s, V_ERROR, n->where);
        if (e->kind != ENTRY_VALUE || !e->variable)
            return not_variable(s, e, target);
        Value *old = e->value;
        if (op != OPR_SET)
            v = apply_binary(s, plain_operator(op), entry_read(s, e, target->where), v, n->at, n->where);
        return assign(s, old, v, n, buffer_of_body(s, e));
    }
    if (target->kind == SYN_ERROR)
        return value_new(s, V_ERROR, n->where);
    if (target->kind != SYN_FIELD && target->kind != SYN_BRACKET)
        return sema_error(s, DIAG_E0506, target->where, "`%s` cannot be assigned", text_syn(s, target));
    Value *old = evaluate(s, target->kid[0]);
    if (is_error(old)) {
        *root = NULL;
        return old;
    }
    if (target->kind == SYN_FIELD) {
        Value *field = evaluate(s, target);
        if (op != OPR_SET)
            v = apply_binary(s, plain_operator(op), field, v, n->at, n->where);
        v = assign(s, field, v, n, in_buffer(s, target));
        return is_error(v) ? v : put_into(s, target->kid[0], OPR_SET, with_field(s, old, target, v), n, root);
    }
    if (!is_tensor(old))
        return sema_error(s, DIAG_E0506, target->where, "`%s` cannot be assigned", text_syn(s, target));
    if (op == OPR_MUL_SET || op == OPR_DIV_SET) {
        v = apply_binary(s, plain_operator(op), evaluate(s, target), v, n->at, n->where);
        op = OPR_SET;
    }
    v = update_bracket(s, old, target, op, v);
    return is_error(v) ? v : put_into(s, target->kid[0], OPR_SET, v, n, root);
}

// The value at a path of fields below `root`.
static Value *at_path(Value *root, Syn *target)
{
    if (target->kind != SYN_FIELD)
        return root;
    return value_field(at_path(root, target->kid[0]), target->name);
}

Value *value_with_path(Sema *s, Value *root, Syn *target, Value *v)
{
    if (target->kind != SYN_FIELD)
        return v;
    return value_with_path(s, root, target->kid[0], with_field(s, at_path(root, target->kid[0]), target, v));
}

Value *entry_read(Sema *s, const Entry *e, Span where)
{
    Value *v = ARENA_NEW(s->arena, Value);
    *v = *e->value;
    v->where = where;
    return v;
}

// The name that an assignment begins with, if it is known and no variable; else NULL.
static const Entry *no_variable(Sema *s, const Syn *target)
{
    while (target->kind == SYN_FIELD || target->kind == SYN_BRACKET)
        target = target->kid[0];
    const Entry *e = target->kind == SYN_NAME ? scope_find(s, s->scope, target->name, SPAN_NONE) : NULL;
    return e && (e->kind != ENTRY_VALUE || !e->variable) ? e : NULL;
}

static Value *exec_assign(Sema *s, Syn *n)
{
    Entry       *root = NULL;
    const Entry *fixed = no_variable(s, n->kid[0]);
    if (fixed && (fixed->kind != ENTRY_VALUE || !is_error(fixed->value)))
        return not_variable(s, fixed, n->kid[0]);
    Value *v = evaluate(s, n->kid[1]);
    if (is_error(v))
        return v;
    v = put_into(s, n->kid[0], n->op, v, n, &root);
    if (root && !is_error(v)) {
        Span first = root->value->where;
        Value *kept = ARENA_NEW(s->arena, Value);
        *kept = *v;
        kept->where = first;  // later messages point to the declaration
        root->value = kept;
    } else if (root && root->kind == ENTRY_VALUE && root->variable) {
        root->value = value_new(s, V_ERROR, n->where);  // one mistake, one message
    }
    return is_error(v) ? v : value_new(s, V_NONE, n->where);
}

// ---- conditions ----

typedef struct {
    Entry *entry[256];
    Value *before[256];
    int    n;
} Variables;

static void variables_seen(Sema *s, Variables *v)
{
    v->n = 0;
    for (Scope *sc = s->scope; sc; sc = sc->outer) {
        for (int i = 0; i < sc->entries.n && v->n < 256; i++)
            if (sc->entries.at[i]->variable) {
                v->entry[v->n] = sc->entries.at[i];
                v->before[v->n++] = sc->entries.at[i]->value;
            }
        if (sc->frame)
            break;
    }
}

static Value *statements_from(Sema *s, Syn *body, int first);

// A side of a choice: an expression, or a body from its statement `from` on; without n there is none.
typedef struct {
    Syn *n;
    int  from;
} Side;

static Value *eval_side(Sema *s, Side side)
{
    Scope *saved = s->scope;
    if (!side.n)
        return value_new(s, V_NONE, SPAN_NONE);
    if (!side.from)
        s->scope = scope_new(s, saved);
    Value *v = side.n->kind == SYN_BODY ? statements_from(s, side.n, side.from) : evaluate(s, side.n);
    s->scope = saved;
    return v;
}

void assume(Sema *s, Syn *n, bool holds)
{
    while (n->kind == SYN_PAREN)
        n = n->kid[0];
    bool both = n->kind == SYN_BINARY && n->op == (holds ? OPR_AND : OPR_OR);
    if (both) {
        assume(s, n->kid[0], holds);
        assume(s, n->kid[1], holds);
        return;
    }
    if (n->kind != SYN_BINARY || n->op < OPR_EQ || n->op > OPR_GE)
        return;
    Value *a = evaluate(s, n->kid[0]), *b = evaluate(s, n->kid[1]);
    if (is_error(a) || is_error(b) || !is_tensor(a) || !is_tensor(b) || !a->fixed || !b->fixed)
        return;
    learn_comparison(s, n->op, a->fixed, b->fixed, holds);
}

// What a side gives, what the variables hold behind it and what the turn of the loop around has yielded, under its condition
// (NULL: it is no guard).
static Value *side_taken(Sema *s, Side side, Value *c, Variables *vars, Value **after, Value **yielded)
{
    int    since = s->b->program->node_count;
    Value *outer = s->taken, *before = s->loop ? s->loop->yielded : NULL;
    if (c)
        take_only(s, c);
    Value *v = eval_side(s, side);
    s->taken = outer;
    Under *under = c ? under_new(s->b, value_node(s, c), since) : NULL;
    for (int i = 0; i < vars->n; i++) {
        Value *now = vars->entry[i]->value;
        after[i] = c && now != vars->before[i] ? under_condition(s, now, under) : now;
        vars->entry[i]->value = vars->before[i];
    }
    *yielded = s->loop ? s->loop->yielded : NULL;
    if (c && *yielded != before)
        *yielded = under_condition(s, *yielded, under);
    if (s->loop)
        s->loop->yielded = before;
    return c ? under_condition(s, v, under) : v;
}

// A turn yields once, whichever side is taken. False: reported.
static bool join_yields(Sema *s, Value *c, Value *yes, Value *no, Span where)
{
    if (yes == no)
        return true;
    if (yes && no) {
        s->loop->yielded = apply_select(s, c, yes, no, where);
        return !is_error(s->loop->yielded);
    }
    Diag *d = sema_diag(s, DIAG_E0506, where, "a turn yields once, and here one side of the `if` alone does");
    diag_label(d, (yes ? yes : no)->where, "yielded here");
    diag_help(d, "yield in the other side, too, or behind the `if`: what is stacked has a value for each turn");
    return false;
}

// Both sides, each under its condition; variables assigned in either take the value of the side that is taken.
// `test`: the condition's text, where sizes may be learned from it; then the condition is open, and no guard.
static Value *eval_both(Sema *s, Value *c, Syn *test, Side yes_side, Side no_side, Span where)
{
    Variables vars;
    Value    *not_c = apply_unary(s, OPR_NOT, c, where), *after_yes[256], *after_no[256], *yields, *or_yields;
    int facts = s->facts.n;
    variables_seen(s, &vars);
    s->undecided += test != NULL;
    if (test)
        assume(s, test, true);
    Value *yes = side_taken(s, yes_side, test ? NULL : c, &vars, after_yes, &yields);
    s->facts.n = facts;
    if (test)
        assume(s, test, false);
    Value *no = side_taken(s, no_side, test ? NULL : not_c, &vars, after_no, &or_yields);
    s->facts.n = facts;
    s->undecided -= test != NULL;
    for (int i = 0; i < vars.n; i++)
        if (after_yes[i] != after_no[i])
            vars.entry[i]->value = apply_select(s, c, after_yes[i], after_no[i], where);
    if (!join_yields(s, c, yields, or_yields, where))
        return value_new(s, V_ERROR, where);
    if (yes->kind == V_NONE || no->kind == V_NONE)
        return is_error(yes) ? yes : is_error(no) ? no : value_new(s, V_NONE, where);
    return apply_select(s, c, yes, no, where);
}

Value *eval_if(Sema *s, Syn *n)
{
    Value *c = evaluate(s, n->kid[0]);
    if (is_error(c))
        return c;
    if (!is_tensor(c) || elem_class(c->elem) != ELEM_CLASS_BOOL) {
        Diag *d = sema_diag(s, DIAG_E0312, n->kid[0]->where, "a condition is a bool");
        diag_label(d, n->kid[0]->where, "%s", text_value(s, c));
        diag_help(d, "compare: `x != 0`");
        return value_new(s, V_ERROR, n->where);
    }
    if (c->truth == TRUTH_TRUE)
        return eval_side(s, (Side){n->kid[1], 0});
    if (c->truth == TRUTH_FALSE)
        return eval_side(s, (Side){n->kid[2], 0});
    return eval_both(s, c, c->truth == TRUTH_DYNAMIC ? NULL : n->kid[0], (Side){n->kid[1], 0}, (Side){n->kid[2], 0},
                     n->where);
}

// ---- the rest ----

static Value *exec_require(Sema *s, Syn *n)
{
    const char *message = n->kid[1] && n->kid[1]->kind == SYN_STRING ? n->kid[1]->text : text_syn(s, n->kid[0]);
    int         before = diags_errors(s->diags);
    require(s, n->kid[0], message, n->where);
    bool met = diags_errors(s->diags) == before;
    return value_new(s, met || (!s->depth && !s->host) ? V_NONE : V_ERROR, n->where);
}

static Value *exec_axis(Sema *s, Syn *n)
{
    declare_axes(s, n);
    return value_new(s, V_NONE, n->where);
}

static Value *exec_param(Sema *s, Syn *n)
{
    Value *v = eval_param(s, n);
    return is_error(v) ? v : value_new(s, V_NONE, n->where);
}

static Value *exec_fn(Sema *s, Syn *n)
{
    Func *f = ARENA_NEW(s->arena, Func);
    *f = (Func){.kind = FUNC_DECL, .decl = n, .scope = s->scope, .name = n->name};
    let_value(s, n->name, n->at, value_func(s, f, n->at));
    return value_new(s, V_NONE, n->where);
}

static Value *exec_type(Sema *s, Syn *n)
{
    Entry *e = scope_put(s, s->scope, ENTRY_TYPE, n->name, n->at);
    e->type = n->kid[0];
    e->type_scope = s->scope;
    return value_new(s, V_NONE, n->where);
}

static Value *exec_yield(Sema *s, Syn *n)
{
    if (!s->loop)
        return helped(s, sema_error(s, DIAG_E0506, n->where, "`yield` stands in a `for` over an axis"),
                      "what a body gives is its last expression");
    if (s->loop->left)
        return helped(s, sema_error(s, DIAG_E0506, n->where, "a loop that may be left by `break` stacks nothing"),
                      "carry a `var` instead: its last value is there behind the loop");
    if (!s->loop->may_yield)
        return helped(s, sema_error(s, DIAG_E0506, n->where, "a `for` over a range stacks nothing; loop over an axis to `yield`"),
                      "declare one: `axis turn = 3`, then `for i in turn { yield … }`");
    if (s->loop->yielded)
        return sema_error(s, DIAG_E0506, n->where, "a turn yields once; make a record of several values");
    s->loop->yielded = evaluate(s, n->kid[0]);
    return value_new(s, V_NONE, n->where);
}

static Value *exec_misplaced(Sema *s, Syn *n)
{
    return helped(s, sema_error(s, DIAG_E0506, n->where, "`%s` cannot stand here", syn_kind_text(n->kind)),
                  "it is declared at the top of a file");
}

typedef Value *ExecFn(Sema *s, Syn *n);
static ExecFn *const table[SYN_COUNT] = {
    [SYN_LET] = exec_let, [SYN_VAR] = exec_let, [SYN_ASSIGN] = exec_assign, [SYN_REQUIRE] = exec_require,
    [SYN_AXIS] = exec_axis, [SYN_PARAM] = exec_param, [SYN_BUFFER] = exec_param, [SYN_FN] = exec_fn,
    [SYN_TYPE] = exec_type, [SYN_YIELD] = exec_yield, [SYN_BLOCK] = exec_misplaced,
    [SYN_EXPERIMENT] = exec_misplaced, [SYN_OPTIMIZER] = exec_misplaced, [SYN_USE] = exec_misplaced,
    [SYN_TEST] = exec_misplaced, [SYN_EXPECT] = exec_expect, [SYN_STATE] = exec_state, [SYN_GIVEN] = exec_given,
};

Value *exec_statement(Sema *s, Syn *n)
{
    if (s->experiment && s->run_statement)
        return s->run_statement(s, n);
    return table[n->kind] ? table[n->kind](s, n) : evaluate(s, n);
}

// Behind a statement that may have left the loop, the others take place where it has not. What a turn of a loop ends
// with is no value, so nothing is lost.
static Value *rest_of_turn(Sema *s, Syn *body, int from)
{
    Value *left = s->loop->left->value, *none = value_new(s, V_NONE, body->where);
    if (left->truth == TRUTH_TRUE || from == body->nkid)
        return none;
    Value *stays = apply_unary(s, OPR_NOT, left, body->where);
    Value *last = eval_both(s, stays, NULL, (Side){body, from}, (Side){NULL, 0}, body->where);
    return is_error(last) ? last : none;
}

// `fix z = …` is an expression: its z is not there behind it.
static Value *fix_without_name(Sema *s, Syn *n)
{
    Diag *d = sema_diag(s, DIAG_E0507, n->where, "the value of `fix` is used by nobody");
    diag_help(d, "name it: `let %s = fix %s = …`", n->name, n->name);
    return let_value(s, n->name, n->at, value_new(s, V_ERROR, n->where))->value;
}

static Value *statements_from(Sema *s, Syn *body, int first)
{
    Value *last = value_new(s, V_NONE, body->where);
    bool   failed = false;
    for (int i = first; i < body->nkid && !walk_stopped(s) && !s->leaving; i++) {
        Value *left = s->loop && s->loop->left ? s->loop->left->value : NULL;
        bool lost = body->kid[i]->kind == SYN_FIX && i + 1 < body->nkid;
        last = lost ? fix_without_name(s, body->kid[i]) : exec_statement(s, body->kid[i]);
        failed = failed || is_error(last);
        if (body->kid[i]->kind == SYN_REQUIRE && is_error(last))  // what was called relies on it
            return last;
        if (left && left != s->loop->left->value) {
            Value *rest = rest_of_turn(s, body, i + 1);
            return failed ? value_new(s, V_ERROR, body->where) : rest;
        }
    }
    // After a mistake in a body its value is not trusted: one mistake, one message.
    return failed && !is_error(last) && last->kind == V_NONE ? value_new(s, V_ERROR, body->where) : last;
}

Value *eval_statements(Sema *s, Syn *body) { return statements_from(s, body, 0); }

Value *eval_body(Sema *s, Syn *body)
{
    Scope *saved = s->scope;
    s->scope = scope_new(s, saved);
    Value *v = eval_statements(s, body);
    s->scope = saved;
    return v;
}
