// `fix`, the fixed point of an expression, and `checkpoint`, which is computed again for its derivative.
#include <stdlib.h>

#include "sema/buffers.h"
#include "sema/carry.h"
#include "sema/stmt.h"

// ---- fix z = F from z0 within tolerance at most turns ----

static const char TURNS_UNLESS_TOLD[] = "1000";

static Value *begins_as_floats(Sema *s, Syn *n)
{
    Value *v = evaluate(s, n->kid[1]), *leaf[MOST_LEAVES];
    if (is_error(v))
        return v;
    int got = value_leaves(s, v, leaf, MOST_LEAVES);
    for (int i = 0; i < got && i < MOST_LEAVES; i++)
        if (elem_class(leaf[i]->elem) == ELEM_CLASS_BOOL ||
            (elem_class(leaf[i]->elem) == ELEM_CLASS_INT && !leaf[i]->weak)) {
            sema_error(s, DIAG_E0309, n->kid[1]->where, "a fixed point is of floats; this is %s", text_value(s, v));
            return value_new(s, V_ERROR, n->where);
        }
    if (got)
        return v;
    return sema_error(s, DIAG_E0313, n->kid[1]->where, "a fixed point begins with a tensor, or a record of them");
}

static Value *as_float(Sema *s, Value *v, Value *none, void *user)
{
    (void)none;
    (void)user;
    Value *out = elem_is_smooth(v->elem) ? v : apply_convert(s, v, ELEM_F64, v->where);
    out->weak = v->weak;
    return out;
}

// NULL where `n` is no such number, which is reported.
static Node *number_of(Sema *s, Syn *n, Elem e)
{
    Value *v = evaluate(s, n);
    if (is_error(v))
        return NULL;
    bool fits = is_tensor(v) && !v->axes.n && elem_class(v->elem) != ELEM_CLASS_BOOL &&
                (e == ELEM_F64 || elem_class(v->elem) == ELEM_CLASS_INT);
    if (fits)
        return ir_convert(s->b, value_node(s, v), e);
    sema_error(s, DIAG_E0313, n->where, "`fix` takes one number here, the same for all positions; this is %s",
               text_value(s, v));
    return NULL;
}

typedef struct {
    Syn     *n;
    Carried *c;
    Region  *body;
    bool     failed, again;
} Fix;

static const char *written(Sema *s, const Syn *n)
{
    const Source *f = sources_get(s->sources, n->where.file);
    return arena_strndup(s->arena, f->text + n->where.begin, (size_t)(n->where.end - n->where.begin));
}

// "file.plx:3:7: did not come within 1e-6 in 100 turns"
static Name place_of(Sema *s, Syn *n, const char *tolerance, const char *turns)
{
    int line, column;
    source_position(sources_get(s->sources, n->where.file), n->where.begin, &line, &column);
    return name_format(s->names, "%s:%d:%d: did not come within %s in %s turns", sources_get(s->sources, n->where.file)->path, line,
                       column, tolerance, turns);
}

// What it reached, from the carries at which its types had settled.
static void take_reached(Sema *s, Fix *f, Node *tolerance, Node *most, bool keep)
{
    Syn    *n = f->n;
    AxisSet all = {0};
    bool    fine = false;
    for (int i = 0; i < f->c->nleaf; i++) {
        all = axes_union(s->arena, all, f->c->leaf[i]->node->type.axes);
        fine = fine || f->c->leaf[i]->node->type.elem == ELEM_F64;
    }
    FixRule rule = {.most = most, .own = axes_minus(s->arena, all, s->hidden)};
    rule.tolerance = tolerance ? tolerance : ir_const(s->b, ELEM_F64, fine ? 1e-9 : 1e-6);
    rule.wanted = carry_wanted(s, f->c, &f->body, 1);
    if (!keep)
        rule.place = place_of(s, n, tolerance ? written(s, n->kid[2]) : fine ? "1e-9" : "1e-6",
                              n->kid[3] ? written(s, n->kid[3]) : TURNS_UNLESS_TOLD);
    carry_take(s, f->c, ir_fix(s->b, &rule, carry_nodes(s, f->c), f->c->nleaf, f->body), rule.wanted);
}

static void evaluate_turn(Sema *s, Fix *f)
{
    Sema   saved = *s;
    Value *after[MOST_LEAVES];
    f->body = region_begin(s->b);
    carry_params(s, f->c);
    s->loop = NULL;
    s->in_for = true;
    s->regions++;
    Value *v = assigned(s, f->c->entry[0]->value, evaluate(s, f->n->kid[0]), f->n);
    f->c->entry[0]->value = v;
    f->failed = is_error(v) || !carry_after(s, f->c, after);
    if (!f->failed)
        carry_results(s, f->c, after);
    region_end(s->b);
    f->again = !f->failed && !carry_settled(s, f->c, after);
    sema_restore(s, &saved);
}

// `else z` keeps the last value where it has not settled.
static bool keeps_last(Sema *s, Syn *n, bool *keep)
{
    Syn *other = n->kid[4];
    *keep = other != NULL;
    if (!other || (other->kind == SYN_NAME && other->name == n->name))
        return true;
    Diag *d = sema_diag(s, DIAG_E0506, other->where, "behind `else` stands the fixed point's own name");
    diag_help(d, "`else %s` keeps the last value where it has not settled; without it that position is NaN", n->name);
    return false;
}

Value *eval_fix(Sema *s, Syn *n)
{
    Fix    f = {.n = n, .c = carry_new(s), .again = true};
    Scope *outer = s->scope;
    Value *error = value_new(s, V_ERROR, n->where), *start = begins_as_floats(s, n);
    Node  *tolerance = n->kid[2] ? number_of(s, n->kid[2], ELEM_F64) : NULL;
    Node  *most = n->kid[3] ? number_of(s, n->kid[3], ELEM_I64) : ir_int(s->b, atoi(TURNS_UNLESS_TOLD));
    bool   keep;
    if (is_error(start) || (n->kid[2] && !tolerance) || !most || !keeps_last(s, n, &keep))
        return error;
    s->scope = scope_new(s, outer);
    Entry *z = let_value(s, n->name, n->at, value_map(s, start, NULL, as_float, NULL));
    z->variable = true;
    carry_entry(f.c, z);
    carry_begin(s, f.c);
    for (int i = 0; i < MOST_TRIES && f.again; i++) {
        carry_restore(f.c);
        evaluate_turn(s, &f);
    }
    carry_restore(f.c);
    if (!f.failed && !f.again)
        take_reached(s, &f, tolerance, most, keep);
    s->scope = outer;
    if (f.failed || f.again)
        return error;
    Value *out = ARENA_NEW(s->arena, Value);
    *out = *z->value;
    out->where = n->where;
    return out;
}

// ---- checkpoint { … } ----

// Tensors that a region computes, and what stands for them outside once it has run.
typedef struct {
    Value *leaf[MOST_LEAVES];
    bool   inside[MOST_LEAVES];
    int    n;
} Computed;

static void give_computed(Sema *s, Computed *c, Value *v)
{
    int from = c->n;
    c->n += value_leaves(s, v, c->leaf + c->n, MOST_LEAVES - c->n);
    for (int i = from; i < c->n; i++) {
        const Value *x = c->leaf[i];
        c->inside[i] = !x->host && !x->fixed && x->truth != TRUTH_TRUE && x->truth != TRUTH_FALSE;
        if (c->inside[i])
            region_result(s->b, ir_fill(s->b, value_node(s, x)));
    }
}

static void take_computed(Sema *s, Computed *c, Node *run)
{
    for (int i = 0, given = 0; i < c->n; i++) {
        if (!c->inside[i])
            continue;
        Value *out = ARENA_NEW(s->arena, Value);
        *out = *c->leaf[i];
        out->node = ir_out(s->b, run, given++);
        c->leaf[i] = out;
    }
}

Value *eval_checkpoint(Sema *s, Syn *n)
{
    Computed *c = ARENA_NEW(s->arena, Computed);
    Carried  *vars = carry_new(s);
    carry_assigned(s, vars, n->kid[0]);
    int     traced = trace_count(s);
    Region *r = region_begin(s->b);
    Value  *v = eval_body(s, n->kid[0]);
    bool    ok = !is_error(v);
    if (ok)
        give_computed(s, c, v);
    for (int i = traced; i < trace_count(s) && ok; i++)
        give_computed(s, c, *trace_place(s, i));
    for (int i = 0; i < vars->n && ok; i++)
        give_computed(s, c, vars->entry[i]->value);
    int from = c->n;
    for (int i = 0; s->moved && i < s->moved->n && ok; i++)
        give_computed(s, c, s->moved->at[i].now);
    region_end(s->b);
    if (!ok)
        return v;
    take_computed(s, c, ir_run(s->b, NULL, 0, r, NULL));
    Value **next = c->leaf;
    v = v->kind == V_NONE ? v : value_rebuild(s, v, &next);
    for (int i = traced; i < trace_count(s); i++)
        *trace_place(s, i) = value_rebuild(s, *trace_place(s, i), &next);
    for (int i = 0; i < vars->n; i++)
        vars->entry[i]->value = value_rebuild(s, vars->entry[i]->value, &next);
    for (int i = 0; from + i < c->n; i++)
        s->moved->at[i].now = c->leaf[from + i];
    return v;
}
