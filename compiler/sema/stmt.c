// Statements: bindings, assignments, conditions and requirements.
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
    Value *last = statements_where(s, stays, body, from);
    return is_error(last) ? last : none;
}

// `fix z = …` is an expression: its z is not there behind it.
static Value *fix_without_name(Sema *s, Syn *n)
{
    Diag *d = sema_diag(s, DIAG_E0507, n->where, "the value of `fix` is used by nobody");
    diag_help(d, "name it: `let %s = fix %s = …`", n->name, n->name);
    return let_value(s, n->name, n->at, value_new(s, V_ERROR, n->where))->value;
}

// A step by hand changes nothing by itself: it gives the model that the optimizer makes.
static Value *step_to_nobody(Sema *s, Syn *n)
{
    return helped(s, sema_error(s, DIAG_E0507, n->where, "the model that `%s` gives is used by nobody", text_syn(s, n)),
                  "give it to the variable: `net = %s`", text_syn(s, n));
}

static bool is_last(const Syn *body, int i) { return i + 1 == body->nkid; }

Value *statements_from(Sema *s, Syn *body, int first)
{
    Value *last = value_new(s, V_NONE, body->where);
    bool   failed = false;
    for (int i = first; i < body->nkid && !walk_stopped(s) && !s->leaving; i++) {
        Value *left = s->loop && s->loop->left ? s->loop->left->value : NULL;
        Syn   *n = body->kid[i];
        bool   unused = !is_last(body, i);
        if (n->kind == SYN_FIX && unused)
            last = fix_without_name(s, n);
        else if (n->kind == SYN_CALL && (unused || s->in_turn) && is_step_by_hand(s, n))
            last = step_to_nobody(s, n);
        else
            last = exec_statement(s, n);
        failed = failed || is_error(last);
        if (n->kind == SYN_REQUIRE && is_error(last))  // what was called relies on it
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
