// Derivatives of one's own: `custom_grad(f, back)` has the values of f, and pulls cotangents back by
// `back(arguments…, cotangent)`, which gives one for each argument; `straight_through(forward, backward)` has the value
// of the one and the derivative of the other. Both are a RUN with a rule.
#include <string.h>

#include "sema/sema.h"

enum { MOST_LEAVES = 256, MOST_ARGS = 32 };

// Operands of the RUN: the arguments' tensors, then what the functions use from outside.
typedef struct {
    Value **args;
    int     nargs;
    Value  *leaf[MOST_LEAVES];
    int     n;
    Node   *outside[MOST_LEAVES];
    int     noutside;
    Value  *result;              // of f
    Value  *out[MOST_LEAVES];
    int     nout;
    Span    where;
} Custom;

static bool is_float(Elem e) { return elem_is_smooth(e); }

static Node *param_like(Sema *s, const Node *x) { return region_param(s->b, x->type.elem, x->type.axes); }

// Parameters for the arguments' tensors, and the arguments made of them.
static void put_arguments(Sema *s, const Custom *c, Value **in)
{
    Value *mine[MOST_LEAVES], **next = mine;
    for (int i = 0; i < c->n; i++)
        mine[i] = value_like(s, param_like(s, value_node(s, c->leaf[i])), c->leaf[i]);
    for (int i = 0; i < c->nargs; i++)
        in[i] = value_rebuild(s, c->args[i], &next);
}

// The results of the function, in a region whose captures are to be told apart from its parameters.
static Region *run_function(Sema *s, Custom *c, Value *f)
{
    Value  *in[MOST_ARGS];
    Region *r = region_begin(s->b);
    put_arguments(s, c, in);
    c->result = call_value(s, f, in, NULL, c->nargs, c->where, NULL);
    c->nout = is_error(c->result) ? 0 : value_leaves(s, c->result, c->out, MOST_LEAVES);
    for (int i = 0; i < c->nout; i++)
        region_result(s->b, value_node(s, c->out[i]));
    region_end(s->b);
    return r;
}

// A cotangent in the shape of an argument's tensor: summed over what was lifted.
static bool give_cotangent(Sema *s, const Custom *c, Value *ct, const Value *like)
{
    AxisSet want = value_node(s, like)->type.axes;
    if (!is_tensor(ct) || !axes_contains(axes_union(s->arena, ct->axes, s->hidden), value_visible(s, like))) {
        Diag *d = sema_diag(s, DIAG_E0304, c->where, "the rule must give a cotangent with the axes of its argument");
        diag_label(d, ct->where, "%s", text_value(s, ct));
        diag_label(d, like->where, "%s", text_value(s, like));
        return false;
    }
    AxisSet extra = axes_minus(s->arena, ct->axes, want);
    Node   *x = ir_convert(s->b, value_node(s, ct), like->elem);
    if (extra.n)
        x = ir_reduce(s->b, OP_SUM, x, extra.at, extra.n);
    region_result(s->b, ir_expand(s->b, ir_fill(s->b, x), want));
    return true;
}

static bool give_cotangents(Sema *s, const Custom *c, Value *g)
{
    Value *leaf[MOST_LEAVES];
    int    at = 0;
    if (is_error(g))
        return false;
    if (value_leaves(s, g, leaf, MOST_LEAVES) != c->n) {
        if (c->nargs == 1)
            sema_error(s, DIAG_E0502, c->where, "the rule gives %s; it must give one cotangent, of its argument", text_value(s, g));
        else
            sema_error(s, DIAG_E0502, c->where, "the rule gives %s; it must give a cotangent for each of the %d arguments", text_value(s, g),
                       c->nargs);
        return false;
    }
    for (; at < c->n; at++)
        if (is_float(c->leaf[at]->elem) && !give_cotangent(s, c, leaf[at], c->leaf[at]))
            return false;
    return true;
}

static Region *run_rule(Sema *s, Custom *c, Value *back)
{
    Value  *in[MOST_ARGS + 1], *ct[MOST_LEAVES], **next = ct;
    Region *r = region_begin(s->b);
    put_arguments(s, c, in);
    for (int i = 0; i < c->nout; i++)
        ct[i] = is_float(c->out[i]->elem) ? value_tensor(s, region_param(s->b, c->out[i]->elem, c->out[i]->axes), c->where)
                                          : NULL;
    for (int i = 0; i < c->nout; i++)
        if (!ct[i])
            ct[i] = value_tensor(s, ir_expand(s->b, ir_const(s->b, c->out[i]->elem, 0), c->out[i]->axes), c->where);
    in[c->nargs] = value_rebuild(s, c->result, &next);
    bool ok = give_cotangents(s, c, call_value(s, back, in, NULL, c->nargs + 1, c->where, NULL));
    region_end(s->b);
    return ok ? r : NULL;
}

// ---- both regions on the same operands ----

static void add_outside(Custom *c, const Region *r)
{
    for (int i = 0; i < r->captured.n; i++) {
        bool have = false;
        for (int k = 0; k < c->noutside; k++)
            have = have || c->outside[k] == r->captured.at[i];
        if (!have && c->noutside < MOST_LEAVES)
            c->outside[c->noutside++] = r->captured.at[i];
    }
}

// r over the arguments and all that either function uses from outside; a rule has a zero for each float of those.
static Region *closed(Sema *s, const Custom *c, const Region *r, bool rule)
{
    Map    *map = map_new(s->arena);
    Node   *param[2 * MOST_LEAVES];
    Region *out = region_begin(s->b);
    int     n = 0;
    for (int i = 0; i < c->n; i++)
        map_put(map, r->params.at[i], param[n++] = param_like(s, r->params.at[i]));
    for (int k = 0; k < c->noutside; k++) {
        param[n] = param_like(s, c->outside[k]);
        for (int i = 0; i < r->captured.n; i++)
            if (r->captured.at[i] == c->outside[k])
                map_put(map, r->params.at[r->nexplicit + i], param[n]);
        n++;
    }
    for (int i = c->n; i < r->nexplicit; i++)
        map_put(map, r->params.at[i], param_like(s, r->params.at[i]));
    for (int i = 0; i < r->results.n; i++)
        region_result(s->b, ir_copy_graph(s->b, r->results.at[i], map));
    for (int k = 0; rule && k < c->noutside; k++)
        if (is_float(c->outside[k]->type.elem))
            region_result(s->b, ir_zeros_like(s->b, param[c->n + k]));
    region_end(s->b);
    return out;
}

static Value *run_with_rule(Sema *s, Custom *c, Region *f, Region *rule)
{
    Node  *in[2 * MOST_LEAVES];
    Value *out[MOST_LEAVES], **next = out;
    add_outside(c, f);
    add_outside(c, rule);
    Region *body = closed(s, c, f, false), *back = closed(s, c, rule, true);
    for (int i = 0; i < c->n; i++)
        in[i] = value_node(s, c->leaf[i]);
    for (int i = 0; i < c->noutside; i++)
        in[c->n + i] = c->outside[i];
    Node *run = ir_run(s->b, in, c->n + c->noutside, body, back);
    for (int i = 0; i < c->nout; i++) {
        out[i] = value_like(s, ir_out(s->b, run, i), c->out[i]);
        out[i]->where = c->where;
    }
    return value_rebuild(s, c->result, &next);
}

static Value *call_held(Sema *s, const Func *f, Value **args, int n, Span where)
{
    Custom *c = ARENA_NEW(s->arena, Custom);
    *c = (Custom){.args = args, .nargs = n, .where = where};
    for (int i = 0; i < n; i++)
        c->n += value_leaves(s, args[i], c->leaf + c->n, MOST_LEAVES - c->n);
    if (n >= MOST_ARGS || c->n > MOST_LEAVES)
        return sema_error(s, DIAG_E0502, where, "a function with a rule of its own takes at most %d tensors", MOST_LEAVES);
    Region *body = run_function(s, c, f->held[0]);
    if (is_error(c->result))
        return c->result;
    int     before = diags_count(s->diags);
    Region *rule = run_rule(s, c, f->held[1]);
    if (!rule && diags_count(s->diags) > before && diag_code(diags_last(s->diags)) == DIAG_E0502)
        diag_note(diags_last(s->diags), SPAN_NONE, "a rule takes the function's arguments, then the cotangent of its result: `(x, ct) => \u2026`");
    return rule ? run_with_rule(s, c, body, rule) : value_new(s, V_ERROR, where);
}

Value *call_custom_grad(Sema *s, const Func *f, const Args *args)
{
    if (f->nheld)
        return call_held(s, f, args->at, args->n, args->where);
    for (int i = 0; i < 2; i++)
        if (args->at[i]->kind != V_FUNC && args->at[i]->kind != V_MODEL)
            return sema_error(s, DIAG_E0313, args->at[i]->where, "`custom_grad(f, back)` takes two functions; this is %s",
                              text_value(s, args->at[i]));
    static const Builtin any = {.name = "custom_grad", .call = call_custom_grad, .least = 1, .most = -1};
    Func *g = ARENA_NEW(s->arena, Func);
    *g = *f;
    g->builtin = &any;
    g->held = ARENA_ARRAY(s->arena, Value *, 2);
    memcpy(g->held, args->at, sizeof *args->at * 2);
    g->nheld = 2;
    return value_func(s, g, args->where);
}

// ---- straight_through ----

Value *call_straight_through(Sema *s, const Func *f, const Args *args)
{
    (void)f;
    Value *v[2] = {args->at[0], args->at[1]};
    if (!is_tensor(v[0]) || !is_tensor(v[1]) || !axes_equal(value_visible(s, v[0]), value_visible(s, v[1]))) {
        Diag *d = sema_diag(s, DIAG_E0301, args->where, "`straight_through(forward, backward)` takes two tensors with the same axes");
        diag_label(d, args->at[0]->where, "%s", text_value(s, args->at[0]));
        diag_label(d, args->at[1]->where, "%s", text_value(s, args->at[1]));
        return value_new(s, V_ERROR, args->where);
    }
    if (!join_elems(s, v, 2, args->where, "`straight_through`"))
        return value_new(s, V_ERROR, args->where);
    AxisSet axes = axes_union(s->arena, v[0]->axes, v[1]->axes);
    Node   *in[2], *p[2];
    for (int i = 0; i < 2; i++)
        in[i] = ir_fill(s->b, ir_expand(s->b, value_node(s, v[i]), axes));
    in[0] = ir_unary(s->b, OP_STOP, in[0]);  // what has no rule may stand there
    Region *body = region_begin(s->b);
    for (int i = 0; i < 2; i++)
        p[i] = param_like(s, in[i]);
    region_result(s->b, p[0]);
    region_end(s->b);
    Region *rule = region_begin(s->b);
    for (int i = 0; i < 2; i++)
        p[i] = param_like(s, in[i]);
    Node *ct = param_like(s, in[0]);
    region_result(s->b, ir_zeros_like(s->b, ct));
    region_result(s->b, ct);
    region_end(s->b);
    Value *out = value_like(s, ir_out(s->b, ir_run(s->b, in, 2, body, rule), 0), v[0]);
    out->where = args->where;
    return out;
}
