// Experiments: statement by statement. With a host they run; without one the same walk checks them, each loop once.
#include <math.h>
#include <string.h>

#include "sema/acts.h"
#include "sema/bounded.h"
#include "sema/call.h"
#include "sema/data.h"
#include "sema/early.h"
#include "sema/optimizer.h"
#include "sema/step.h"
#include "sema/stmt.h"
#include "sema/turns.h"
#include "sema/walk.h"

// ---- values ----

typedef struct {
    Syn            *n;
    Name            hint;
    Syn            *let;   // its written type, when it has one
    const TypeSpec *type;  // of the parameter of `call` that it is the default of
    const Call     *call;
} Pure;

static Value *build_pure(Sema *s, void *user)
{
    Pure *p = user;
    Value *v = eval_hint(s, p->n, p->hint);
    return p->type ? fill_type(s, v, p->type, p->call) : v;
}

static Syn *bare(Syn *n)
{
    while (n->kind == SYN_PAREN)
        n = n->kid[0];
    return n;
}

Func *acting_head(Sema *s, Syn *n)
{
    Syn *head = n->kid[0];
    while (head->kind == SYN_BRACKET)
        head = head->kid[0];
    if (head->kind != SYN_NAME && head->kind != SYN_FIELD)
        return NULL;
    Entry *e = head->kind == SYN_NAME ? scope_find(s, s->scope, head->name, SPAN_NONE) : NULL;
    Value *v = e && e->kind == ENTRY_VALUE ? e->value : NULL;
    if (head->kind == SYN_FIELD && bare(head->kid[0])->kind == SYN_NAME) {
        Entry *m = scope_find(s, s->scope, bare(head->kid[0])->name, SPAN_NONE);
        if (m && m->kind == ENTRY_MODULE)
            v = evaluate(s, head);
    }
    if (!v || v->kind != V_FUNC)
        return NULL;
    Func *f = v->func;
    bool named = n->nkid > 1 && n->kid[1]->kind == SYN_NAMED;
    bool acts = (f->kind == FUNC_BUILTIN && (f->builtin->effect || f->builtin->binds || (f->builtin->effect_named && named))) ||
                (f->kind == FUNC_DECL && (f->decl->kind == SYN_EXPERIMENT || f->decl->kind == SYN_OPTIMIZER));
    return acts ? f : NULL;
}

static Value *act(Sema *s, Syn *n, Name hint)
{
    Value *args[32];
    Name   names[32];
    int    count = 0;
    Value *f = eval_head(s, n->kid[0], hint);
    if (is_error(f))
        return f;
    for (int i = 1; i < n->nkid && count < 32; i++, count++) {
        bool named = n->kid[i]->kind == SYN_NAMED;
        names[count] = named ? n->kid[i]->name : NULL;
        args[count] = experiment_value(s, named ? n->kid[i]->kid[0] : n->kid[i], NULL);
        if (is_error(args[count]))
            return args[count];
    }
    if (f->kind == V_FUNC && f->func->kind == FUNC_DECL && f->func->decl->kind == SYN_OPTIMIZER)
        return make_optimizer(s, f->func, args, names, count, n->where);
    int64_t frame = s->frame_birth;
    s->frame_birth = s->host ? s->live->births : 0;
    Value *v = call_value(s, f, args, names, count, n->where, hint);
    s->frame_birth = frame;
    return v;
}

Value *optimizer_on_the_spot(Sema *s, Syn *call) { return acting_head(s, call) ? act(s, call, NULL) : evaluate(s, call); }

static Value *value_of(Sema *s, Pure *p)
{
    Syn *n = p->n, *inner = bare(n);
    if (inner->kind == SYN_MINIMIZE)
        return eval_minimize(s, inner);
    if (inner->kind == SYN_CALL && is_step_by_hand(s, inner))
        return eval_step_by_hand(s, inner);
    if (inner->kind == SYN_CALL && acting_head(s, inner))
        return act(s, inner, p->hint);
    if (inner->kind == SYN_STRING || inner->kind == SYN_LAMBDA)
        return evaluate(s, inner);
    if (inner->kind == SYN_CALL && !s->in_step && !concat_binds(s, inner))
        return value_new(s, V_ERROR, n->where);
    return step_around_acts(s, n, n, build_pure, p);
}

Value *experiment_value(Sema *s, Syn *n, Name hint) { return value_of(s, &(Pure){.n = n, .hint = hint}); }

Value *experiment_default(Sema *s, Syn *n, Name hint, const TypeSpec *t, const Call *c)
{
    return value_of(s, &(Pure){.n = n, .hint = hint, .type = t, .call = c});
}

// ---- statements ----

static Value *build_let(Sema *s, void *user)
{
    Pure     *p = user;
    Value    *v = let_typed(s, p->let, eval_hint(s, p->n, p->hint));
    TypeSpec *t = eval_type(s, p->let->kid[1]);
    return in_written_order(s, v, t);
}

// A variable that begins as a constant holds data all the same: programs take it in rather than being built anew for
// each of its values.
static Value *as_data(Sema *s, Value *v, Value *none, void *user)
{
    (void)none;
    (void)user;
    double x;
    if (v->host || !host_number(v, &x))
        return v;
    return act_number(s, v, x);
}

static Value *of_variable(Sema *s, Value *v)
{
    if (!s->host)
        return early_variable(s, v);
    return is_error(v) ? v : value_map(s, v, NULL, as_data, NULL);
}

static Value *let_named(Sema *s, Syn *n, Name hint);

static Value *run_let(Sema *s, Syn *n)
{
    Name   hint = n->kid[0]->kind == SYN_NAME ? n->kid[0]->name : NULL, outer = s->naming;
    s->naming = hint;
    Value *v = let_named(s, n, hint);
    s->naming = outer;
    return v;
}

static Value *let_named(Sema *s, Syn *n, Name hint)
{
    Syn   *inner = bare(n->kid[2]);
    Value *v;
    if (n->kid[1] && inner->kind == SYN_CALL && acting_head(s, inner)) {
        s->loading = true;
        s->wanted = eval_type(s, n->kid[1]);
        s->loading = false;
        v = s->wanted->kind == TS_BAD ? value_new(s, V_ERROR, n->where) : experiment_value(s, n->kid[2], hint);
        s->wanted = NULL;
    } else if (n->kid[1]) {
        Pure p = {.n = n->kid[2], .hint = hint, .let = n};
        v = step_around_acts(s, n->kid[2], n, build_let, &p);
    } else {
        v = experiment_value(s, n->kid[2], hint);
    }
    if (v->kind == V_NONE)
        v = sema_error(s, DIAG_E0507, n->kid[2]->where, "this has no value to name");
    if (n->kind == SYN_VAR)
        v = of_variable(s, v);
    bind_pattern(s, n->kid[0], v, n->kind == SYN_VAR);
    return is_error(v) ? v : value_new(s, V_NONE, n->where);
}

// An assignment of what the program computes: the variable's whole new value is the step's result.
static Value *build_assign(Sema *s, void *user)
{
    Syn   *n = user, *root = n->kid[0];
    while (root->kind == SYN_FIELD || root->kind == SYN_BRACKET)
        root = root->kid[0];
    Entry *e = root->kind == SYN_NAME ? scope_lookup(s, root->name, root->where) : NULL;
    if (!e || e->kind != ENTRY_VALUE)
        return e ? sema_error(s, DIAG_E0506, n->where, "`%s` cannot be assigned", text_syn(s, n->kid[0]))
                 : value_new(s, V_ERROR, n->where);
    Value *before = e->value;
    bool   experiment = s->experiment;
    s->experiment = false;  // the plain rule for assignments
    Value *done = exec_statement(s, n);
    s->experiment = experiment;
    Value *after = e->value;
    e->value = before;
    return is_error(done) ? done : after;
}

static bool is_path(const Syn *n)
{
    while (n->kind == SYN_FIELD)
        n = n->kid[0];
    return n->kind == SYN_NAME;
}

// What acts gives a variable, or a part of one, its new value; what is loaded is like the old one.
static Value *assign_act(Sema *s, Syn *n, Entry *e)
{
    Value *old = evaluate(s, n->kid[0]);
    if (is_error(old))
        return old;
    s->wanted_like = old;
    Value *v = experiment_value(s, n->kid[1], NULL);
    s->wanted_like = NULL;
    v = assigned(s, old, v, n);
    if (is_error(v))
        return v;
    e->value = of_variable(s, value_with_path(s, e->value, n->kid[0], v));
    return value_new(s, V_NONE, n->where);
}

static Value *run_assign(Sema *s, Syn *n)
{
    Syn *root = n->kid[0], *value = bare(n->kid[1]);
    while (root->kind == SYN_FIELD || root->kind == SYN_BRACKET)
        root = root->kid[0];
    Entry *e = root->kind == SYN_NAME ? scope_lookup(s, root->name, root->where) : NULL;
    if (!e)
        return value_new(s, V_ERROR, n->where);
    if (e->kind == ENTRY_VALUE && is_error(e->value))
        return e->value;
    bool acts = value->kind == SYN_MINIMIZE ||
                (value->kind == SYN_CALL && (is_step_by_hand(s, value) || acting_head(s, value)));
    if (acts && n->op == OPR_SET && e->variable && is_path(n->kid[0]))
        return assign_act(s, n, e);
    Value *v = step_around_acts(s, n->kid[1], n, build_assign, n);
    if (is_error(v))
        return v;
    e->value = of_variable(s, v);
    return value_new(s, V_NONE, n->where);
}

static Value *run_axis(Sema *s, Syn *n)
{
    int before = diags_errors(s->diags);
    declare_axes(s, n);
    bool made = !s->host || diags_errors(s->diags) == before;  // a run ends with an axis that cannot be
    return value_new(s, made ? V_NONE : V_ERROR, n->where);
}

static Value *run_plain(Sema *s, Syn *n)
{
    bool experiment = s->experiment;
    s->experiment = false;
    Value *v = exec_statement(s, n);
    s->experiment = experiment;
    return v;
}

// ---- conditions and loops ----

static Value *run_branch(Sema *s, Syn *n)
{
    if (!n)
        return NULL;
    return n->kind == SYN_BODY ? eval_body(s, n) : experiment_statement(s, n);
}

static Value *run_if(Sema *s, Syn *n)
{
    Value *c = experiment_value(s, n->kid[0], NULL);
    double x = 0;
    if (is_error(c))
        return c;
    if (!is_scalar(s, c) || elem_class(c->elem) != ELEM_CLASS_BOOL) {
        Diag *d = sema_diag(s, DIAG_E0312, n->kid[0]->where, "a condition is one bool");
        diag_label(d, n->kid[0]->where, "%s", text_value(s, c));
        return value_new(s, V_ERROR, n->where);
    }
    bool known = walk_number(s, c, &x) && (s->host || c->truth);
    if (s->stage && !known)
        return run_plain(s, n);
    Value *yes = known && !x ? NULL : run_branch(s, n->kid[1]);
    Value *no = known && x ? NULL : run_branch(s, n->kid[2]);
    Value *v = yes ? yes : no ? no : value_new(s, V_NONE, n->where);
    return no && is_error(no) ? no : v;
}

static Value *host_int(Sema *s, int64_t i, Span where)
{
    HostTensor *t = tensor_known(s, ELEM_I64, NULL, 0, where);
    if (!t)
        return value_new(s, V_ERROR, where);
    *(int64_t *)t->data = i;
    Value *v = tensor_value(s, t, where);
    v->weak = true;
    return v;
}

static Value *some_int(Sema *s, Name name, Span where)
{
    Value *v = value_tensor(s, ir_input(s->b, name, INPUT_SCALAR, ELEM_I64, (AxisSet){0}, NULL), where);
    v->weak = true;
    return v;
}

static bool leaves(Sema *s)
{
    bool leaving = s->leaving;
    s->leaving = false;
    return leaving;
}

static Value *run_break(Sema *s, Syn *n)
{
    if (!s->in_turn)
        return sema_error(s, DIAG_E0506, n->where, "`break` stands in a `for` or `while`");
    s->leaving = s->host != NULL;  // a walk that only checks goes on
    return value_new(s, V_NONE, n->where);
}

// One turn in a scope of its own, its variable bound to v and its turn counted for draws.
static Value *run_turn(Sema *s, Syn *n, Value *v, int64_t turn)
{
    Sema   saved = *s;
    Value *count = s->host ? host_int(s, turn, n->at) : some_int(s, n->name, n->at);
    s->scope = scope_new(s, s->scope);
    s->in_turn = true;
    if (is_error(v) || is_error(count))
        return v;
    let_value(s, n->name, n->at, v);
    scope_put_quiet(s, s->scope, ENTRY_VALUE, name_format(s->names, "#turn%d", s->turns.n), SPAN_NONE)->value = count;
    // A fresh list: the loops around keep theirs.
    Sema   inner = *s;
    memset(&s->turns, 0, sizeof s->turns);
    for (int i = 0; i < inner.turns.n; i++)
        vec_push(s->arena, &s->turns, inner.turns.at[i]);
    vec_push(s->arena, &s->turns, count);
    Value *last = eval_statements(s, n->kid[1]);
    bool   leaving = s->leaving;
    sema_restore(s, &saved);
    s->leaving = leaving;
    return last;
}

static Value *run_batches(Sema *s, Syn *n, Value *source)
{
    int64_t start = s->host ? tensors_now(s) : 0;
    Value  *none = value_new(s, V_NONE, n->where);
    if (!s->host) {
        Value *last = run_turn(s, n, batch_abstract(s, source), 0);
        return is_error(last) ? last : none;
    }
    int64_t turns = batches_count(source);
    Turns   memory;
    bool    failed = !turns_begin(s, &memory);
    for (int64_t i = 0; i < turns && !failed && walk_on(s, n->where); i++) {
        Value *b = batch_take(s, source, i, n->where);
        failed = is_error(is_error(b) ? b : run_turn(s, n, b, i));
        tensors_sweep(s, start, source);
        turn_done(s, &memory);
        if (leaves(s))
            break;
    }
    turns_end(s, &memory);
    return failed ? value_new(s, V_ERROR, n->where) : none;
}

static bool range_ends(Sema *s, Syn *range, double *from, double *to)
{
    Value *a = experiment_value(s, range->kid[0], NULL), *b = experiment_value(s, range->kid[1], NULL);
    *from = *to = 0;
    if (is_error(a) || is_error(b))
        return false;
    if (!is_scalar(s, a) || !is_scalar(s, b) || elem_class(a->elem) != ELEM_CLASS_INT ||
        elem_class(b->elem) != ELEM_CLASS_INT) {
        not_whole(s, range, a, b);
        return false;
    }
    return !s->host || (walk_number(s, a, from) && walk_number(s, b, to));
}

static Value *count_through(Sema *s, Syn *n, int64_t from, int64_t to, Axis *pos)
{
    int64_t start = tensors_now(s);
    Turns   memory;
    bool    failed = !turns_begin(s, &memory);
    for (int64_t i = from; i < to && !failed && walk_on(s, n->where); i++) {
        Value *v = host_int(s, i, n->at);
        v->pos = pos;
        failed = is_error(run_turn(s, n, v, i));
        tensors_sweep(s, start, NULL);
        turn_done(s, &memory);
        if (leaves(s))
            break;
    }
    turns_end(s, &memory);
    return value_new(s, failed ? V_ERROR : V_NONE, n->where);
}

static bool names_an_axis(Sema *s, Syn *n)
{
    Entry *e = n->kind == SYN_NAME ? scope_find(s, s->scope, n->name, SPAN_NONE) : NULL;
    return n->kind == SYN_TWIN || (e && e->kind == ENTRY_AXIS);
}

static Value *run_for(Sema *s, Syn *n)
{
    Syn   *src = bare(n->kid[0]);
    double from, to;
    if (s->stage)
        return run_plain(s, n);
    if (src->kind == SYN_RANGE) {
        if (!range_ends(s, src, &from, &to))
            return value_new(s, V_ERROR, n->where);
        if (s->host)
            return count_through(s, n, (int64_t)from, (int64_t)to, NULL);
        Value *last = run_turn(s, n, some_int(s, n->name, n->at), 0);
        return is_error(last) ? last : value_new(s, V_NONE, n->where);
    }
    if (names_an_axis(s, src)) {
        Axis   *a = eval_axis_as(s, src, AXIS_OF_FOR);
        int64_t size;
        if (s->host && axis_count_now(a, &size))
            return count_through(s, n, 0, size, a);
        Value *v = some_int(s, n->name, n->at);
        v->pos = a;
        Value *last = run_turn(s, n, v, 0);
        return is_error(last) ? last : value_new(s, V_NONE, n->where);
    }
    Value *v = experiment_value(s, src, NULL);
    if (is_error(v))
        return v;
    if (v->kind != V_BATCHES)
        return sema_error(s, DIAG_E0313, src->where, "`for` runs over a range, an axis or batches; this is %s",
                          text_value(s, v));
    return run_batches(s, n, v);
}

// One turn; false: the loop is done.
static bool while_turn(Sema *s, Syn *n, bool *failed)
{
    Value *c = experiment_value(s, n->kid[0], NULL);
    double x = 0;
    if (!is_error(c) && (!is_scalar(s, c) || elem_class(c->elem) != ELEM_CLASS_BOOL))
        c = no_condition(s, n, c);
    *failed = is_error(c);
    if (*failed || (s->host && (!walk_number(s, c, &x) || !x)))
        return false;
    bool inside = s->in_turn;
    s->in_turn = true;
    *failed = is_error(eval_body(s, n->kid[1]));
    s->in_turn = inside;
    return !*failed && s->host && !leaves(s);
}

static Value *run_while(Sema *s, Syn *n)
{
    if (s->stage)
        return run_plain(s, n);
    int64_t start = s->host ? tensors_now(s) : 0;
    Turns   memory;
    bool    failed = !turns_begin(s, &memory), more = true;
    while (more && !failed && walk_on(s, n->where)) {
        more = while_turn(s, n, &failed);
        if (s->host)
            tensors_sweep(s, start, NULL);
        turn_done(s, &memory);
    }
    turns_end(s, &memory);
    return value_new(s, failed ? V_ERROR : V_NONE, n->where);
}

// ---- expect ----

static bool is_comparison(const Syn *n)
{
    return n->kind == SYN_BINARY && n->op >= OPR_EQ && n->op <= OPR_GE;
}

Value *exec_expect(Sema *s, Syn *n)
{
    return helped(s, sema_error(s, DIAG_E0506, n->where, "`expect` stands in experiments alone"),
                      "`require` states what sizes must be; figures are held to a claim where they are known, in an experiment or a `test`");
}

static Value *run_expect(Sema *s, Syn *n)
{
    Syn        *c = bare(n->kid[0]);
    const char *claim = n->kid[1] && n->kid[1]->kind == SYN_STRING ? n->kid[1]->text : text_syn(s, n->kid[0]);
    Value      *v = experiment_value(s, n->kid[0], NULL);
    double      holds = 0, a, b;
    if (is_error(v))
        return v;
    if (s->stage)
        return sema_error(s, DIAG_E0506, n->where, "`expect` tells a person; a step that is built for C gives its figures as the result");
    if (!is_scalar(s, v) || elem_class(v->elem) != ELEM_CLASS_BOOL) {
        Diag *d = sema_diag(s, DIAG_E0312, n->kid[0]->where, "`expect` takes one bool");
        diag_label(d, n->kid[0]->where, "%s", text_value(s, v));
        help_bool(s, d, v);
        return value_new(s, V_ERROR, n->where);
    }
    if (!s->host)
        return value_new(s, V_NONE, n->where);
    const char *figures = text_syn(s, n->kid[0]);
    host_number(v, &holds);
    if (is_comparison(c)) {
        Value *left = experiment_value(s, c->kid[0], NULL), *right = experiment_value(s, c->kid[1], NULL);
        if (host_number(left, &a) && host_number(right, &b))
            figures = name_format(s->names, "%.6g %s %.6g", a, operator_text(c->op), b);
    }
    if (!walk_hollow(s))
        s->host->expect(s->host->user, holds != 0, claim, figures, n->where);
    return value_new(s, V_NONE, n->where);
}

typedef Value *RunFn(Sema *s, Syn *n);
static RunFn *const table[SYN_COUNT] = {
    [SYN_LET] = run_let, [SYN_VAR] = run_let, [SYN_ASSIGN] = run_assign, [SYN_AXIS] = run_axis, [SYN_IF] = run_if,
    [SYN_FOR] = run_for, [SYN_WHILE] = run_while, [SYN_EXPECT] = run_expect, [SYN_FN] = run_plain,
    [SYN_TYPE] = run_plain, [SYN_REQUIRE] = run_plain, [SYN_YIELD] = run_plain, [SYN_BREAK] = run_break,
    [SYN_PARAM] = run_plain, [SYN_BUFFER] = run_plain, [SYN_STATE] = run_plain, [SYN_GIVEN] = run_plain,
};

static Value *run_statement(Sema *s, Syn *n)
{
    return table[n->kind] ? table[n->kind](s, n) : experiment_value(s, n, NULL);
}

Value *experiment_statement(Sema *s, Syn *n)
{
    if (s->host && !walk_on(s, n->where))
        return value_new(s, V_ERROR, n->where);
    Value *v = run_statement(s, n);
    if (s->host)  // what was looked at outside of steps: its tensors and its memory are those of the turn
        *s->imports = (Imports){.top = s->imports->top};
    if (s->host && is_error(v)) {  // what follows would build on what is not there
        if (!walk_stopped(s) && diags_errors(s->diags) == 0)
            sema_error(s, DIAG_E0807, n->where,
                       "this statement comes to nothing, and the compiler does not say why: a fault of the compiler");
        walk_stop(s);
    }
    return v;
}
