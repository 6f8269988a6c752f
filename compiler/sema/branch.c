// `if` on what the program computes or on what is known: both sides, and the variables that they assign.
#include "sema/stmt.h"

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

Value *statements_where(Sema *s, Value *c, Syn *body, int first)
{
    return eval_both(s, c, NULL, (Side){body, first}, (Side){NULL, 0}, body->where);
}
