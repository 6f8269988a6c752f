// Loops. Forward mode of a loop is a second loop, linear in its carries, that reads what the first one saved: the
// first loop is made to yield its residuals along its axis. The transpose of the second reads them backwards. It is the
// same for a loop whose number of turns is not known before: the axis that it makes is the second one's. Inside another
// loop that number differs from turn to turn, and nothing of that size can be saved there: the loop runs again (run.c).
#include "ad/linear.h"
#include "ir/region.h"

enum { MOST = 1024 };

// ---- which parameters of a body move ----

typedef struct {
    bool param[MOST];   // by operand number: carries, then invariants
    bool result[MOST];
} Activity;

static void spread(Builder *b, const Region *body, int first, int n, Activity *act)
{
    Node *from[MOST];
    int   k = 0;
    for (int i = 0; i < n; i++)
        if (act->param[i])
            from[k++] = body->params.at[first + i];
    Map *moving = dependents(b, body, from, k);
    for (int i = 0; i < body->results.n; i++)
        act->result[i] = is_float(body->results.at[i]) && map_get(moving, body->results.at[i]);
}

static void find_activity(Jvp *j, const Node *n, const Region *body, int first, Activity *act)
{
    int  ncarry = (int)n->attr.i;
    bool again = true;
    for (int i = 0; i < n->nin; i++)
        act->param[i] = is_float(n->in[i]) && map_get(j->tangent, n->in[i]);
    while (again) {
        again = false;
        spread(j->b, body, first, n->nin, act);
        for (int i = 0; i < ncarry; i++)
            if (act->result[i] && !act->param[i])
                again = act->param[i] = true;
    }
    for (int i = 0; i < ncarry; i++)
        act->result[i] = act->result[i] || act->param[i];
}

// ---- copies of bodies ----

// A region with all parameters of `body` explicit, its nodes copied; results[i] are the copies.
static Region *copied_body(Builder *b, const Region *body, Node **results)
{
    Region *r = region_begin(b);
    Map    *map = map_new(b->program->arena);
    r->repeats = body->repeats;
    for (int i = 0; i < body->params.n; i++)
        map_put(map, body->params.at[i], region_param(b, body->params.at[i]->type.elem, body->params.at[i]->type.axes));
    for (int i = 0; i < body->results.n; i++)
        results[i] = ir_copy_graph(b, body->results.at[i], map);
    return r;
}

static bool cheap(const Node *n) { return n->op == OP_CONST || n->op == OP_SIZE || n->op == OP_IOTA; }

// Conditions are worked out again from what they are made of: that a guard is the negation of a choice's condition is
// to be seen in the linear loop too.
static bool is_logic(const Node *n)
{
    return n->type.elem == ELEM_BOOL && (n->op == OP_NOT || n->op == OP_AND || n->op == OP_OR || n->op == OP_FILL);
}

static void add_residual(Builder *b, Map *linear, Map *seen, Node *y, Node **out, int *n)
{
    if (!y || map_get(linear, y) || map_get(seen, y) || cheap(y) || *n == MOST)
        return;
    map_put(seen, y, y);
    if (is_logic(y))
        for (int i = 0; i < y->nin; i++)
            add_residual(b, linear, seen, y->in[i], out, n);
    else
        out[(*n)++] = y;
}

// What the linear nodes read from the others.
static int residuals(Builder *b, const Region *r, Map *linear, Node **out)
{
    Map *seen = map_new(b->program->arena);
    int  n = 0;
    for (int i = 0; i < r->nodes.n; i++) {
        Node *x = r->nodes.at[i];
        for (int k = 0; map_get(linear, x) && k < x->nin + 1; k++)
            add_residual(b, linear, seen, k < x->nin ? x->in[k] : x->type.guard, out, &n);
    }
    return n;
}

// ---- forward: the linear loop ----

typedef struct {
    Jvp     *j;
    Node    *n;               // the loop
    Activity act;
    Region  *body;            // its new body, which yields residuals too
    Node    *held[MOST];      // placeholders for the tangents of its parameters, by operand; NULL: it does not move
    Node    *result[MOST], *moved[MOST];   // results of the body and their tangents
    Node    *residual[MOST];
    int      nresidual, stacked_from;      // residuals that are parameters are passed, the others stacked
    Axis    *apart;           // stands for the loop's axis in what is stacked along it; NULL: nothing has it
} LoopJvp;

static Node *renamed(LoopJvp *l, Node *x, bool back)
{
    Axis *axis = l->n->attr.ax[0];
    if (!axes_has(x->type.axes, back ? l->apart : axis))
        return x;
    return ir_rename(l->j->b, x, back ? &l->apart : &axis, back ? &axis : &l->apart, 1);
}

static bool move_body(LoopJvp *l)
{
    Builder *b = l->j->b;
    Node    *wrt[MOST], *dwrt[MOST];
    int      k = 0;
    l->body = copied_body(b, l->n->body[0], l->result);
    for (int i = 0; i < l->n->nin; i++) {
        l->held[i] = l->act.param[i] ? placeholder(b, l->body->params.at[1 + i]) : NULL;
        if (l->held[i]) {
            wrt[k] = l->body->params.at[1 + i];
            dwrt[k++] = l->held[i];
        }
    }
    bool ok = ad_jvp(b, l->j->diags, l->result, l->n->body[0]->results.n, wrt, dwrt, k, l->moved);
    Map *linear = dependents(b, l->body, dwrt, k);
    l->nresidual = residuals(b, l->body, linear, l->residual);
    for (int i = 0; i < l->n->body[0]->results.n; i++)
        region_result(b, l->result[i]);
    return ok;
}

static bool is_param(const Region *r, const Node *n, int *at)
{
    for (int i = 0; i < r->params.n; i++)
        if (r->params.at[i] == n) {
            *at = i;
            return true;
        }
    return false;
}

// The loop takes its new body over: results keep their numbers, residuals follow.
static void take_over(LoopJvp *l)
{
    Builder *b = l->j->b;
    int      at, ncarry = (int)l->n->attr.i;
    l->stacked_from = l->body->results.n;
    const Axis *axis = l->n->attr.ax[0];
    l->apart = axis_new(b->program->axes, axis->name, axis->size, axis->where);
    for (int i = 0; i < l->nresidual; i++)
        if (!is_param(l->body, l->residual[i], &at) || (at > 0 && at <= ncarry))
            region_result(b, renamed(l, l->residual[i], false));
    region_end(b);
    l->n->body[0] = l->body;
    region_types(b, l->n);
}

// The operands of the linear loop beside its carries, and what each stands for in the body.
typedef struct {
    Node *operand[MOST], *stands_for[MOST];
    bool  stacked[MOST];
    int   n;
} Outside;

static void outside_of(LoopJvp *l, Outside *o)
{
    Builder *b = l->j->b;
    int      at, next = l->stacked_from, ncarry = (int)l->n->attr.i;
    for (int i = ncarry; i < l->n->nin; i++)
        if (l->held[i]) {
            o->operand[o->n] = map_get(l->j->tangent, l->n->in[i]);
            o->stands_for[o->n++] = l->held[i];
        }
    for (int i = 0; i < l->nresidual; i++) {
        Node *r = l->residual[i];
        if (is_param(l->body, r, &at) && at == 0)
            continue;  // the turn: the linear loop has its own
        bool passed = is_param(l->body, r, &at) && at > ncarry;
        o->operand[o->n] = passed ? l->n->in[at - 1] : ir_out(b, l->n, next++);
        o->stacked[o->n] = !passed;
        o->stands_for[o->n++] = r;
    }
}

static Node *linear_loop(LoopJvp *l, const Outside *o, Node **carry, int ncarry)
{
    Builder *b = l->j->b;
    Axis    *axis = l->n->attr.ax[0];
    Map     *map = map_new(b->program->arena);
    Node    *operand[MOST], *param[MOST];
    Region  *r = region_begin(b);
    Node    *turn = region_param(b, ELEM_I64, (AxisSet){0});
    int      n = 0;
    map_put(map, l->body->params.at[0], turn);
    for (int i = 0; i < (int)l->n->attr.i; i++)
        if (l->held[i])
            map_put(map, l->held[i], region_param(b, l->held[i]->type.elem, l->held[i]->type.axes));
    for (int i = 0; i < ncarry; i++)
        operand[n++] = carry[i];
    for (int i = 0; i < o->n; i++) {
        operand[n++] = o->operand[i];
        param[i] = region_param(b, o->operand[i]->type.elem, o->operand[i]->type.axes);
    }
    for (int i = 0; i < o->n; i++)
        map_put(map, o->stands_for[i],
                o->stacked[i] ? renamed(l, ir_index(b, param[i], &axis, &turn, 1, NULL), true) : param[i]);
    for (int i = 0; i < l->n->body[0]->results.n && i < l->stacked_from; i++)
        if (l->act.result[i]) {
            Node *t = l->moved[i] ? ir_copy_graph(b, l->moved[i], map) : ir_const(b, l->result[i]->type.elem, 0);
            region_result(b, ir_expand(b, ir_fill(b, t), l->result[i]->type.axes));
        }
    region_end(b);
    Node *loop = ir_loop(b, axis, operand, n, r);
    loop->attr.i = ncarry;
    loop->attr.flag = l->n->attr.flag;
    region_types(b, loop);
    return loop;
}

void jvp_of_loop(Jvp *j, Node *n)
{
    if (n->body[1] && n->home->repeats) {
        jvp_aside(j, n);
        return;
    }
    LoopJvp *l = ARENA_NEW(j->b->program->arena, LoopJvp);
    Outside *o = ARENA_NEW(j->b->program->arena, Outside);
    Node    *carry[MOST], *held[MOST];
    int      ncarry = 0, k = 0;
    l->j = j;
    l->n = n;
    find_activity(j, n, n->body[0], 1, &l->act);
    int nresults = n->body[0]->results.n;
    if (!move_body(l)) {
        region_end(j->b);
        j->failed = true;
        return;
    }
    take_over(l);
    outside_of(l, o);
    for (int i = 0; i < (int)n->attr.i; i++)
        if (l->held[i]) {
            Node *t = map_get(j->tangent, n->in[i]);
            carry[ncarry++] = t ? t : ir_zeros_like(j->b, n->in[i]);
        }
    Node  *loop = linear_loop(l, o, carry, ncarry);
    Node **t = ARENA_ARRAY(j->b->program->arena, Node *, n->nouts + 1);
    for (int i = 0, at = 0; i < nresults; i++)
        if (l->act.result[i])
            t[i] = ir_out(j->b, loop, at++);
    map_put(j->loops, n, t);
    for (int i = 0; i < n->nin; i++)
        if (l->held[i])
            held[k++] = l->held[i];
    prune(j->b, l->body, held, k);
}

// ---- backward ----

typedef struct {
    Transpose *t;
    Node      *n;
    Node     **ct;               // of its results
    bool       linear[MOST];     // by operand
    Node      *fixed[MOST];      // operands that are not linear
    int        nfixed;
    Node      *stack[MOST];      // cotangents of what the turns yield, by result; NULL: none
} LoopBack;

static void sort_operands(LoopBack *l)
{
    int ncarry = (int)l->n->attr.i;
    for (int i = 0; i < l->n->nin; i++) {
        // Carries go on being linear once one of them is: an inactive one carries zeros.
        l->linear[i] = i < ncarry ? is_float(l->n->in[i]) : map_get(l->t->linear, l->n->in[i]) != NULL;
        if (!l->linear[i])
            l->fixed[l->nfixed++] = l->n->in[i];
    }
    for (int i = ncarry; i < l->n->nouts; i++)
        l->stack[i] = l->ct[i];
}

// One turn backwards, in a region of its own: from cotangents of the results to those of the parameters.
static Region *back_body(LoopBack *l)
{
    Builder *b = l->t->b;
    Region  *body = l->n->body[0], *r = region_begin(b);
    Map     *map = map_new(b->program->arena);
    Axis    *axis = l->n->attr.ax[0];
    Node    *turn = region_param(b, ELEM_I64, (AxisSet){0}), *carried[MOST], *held[MOST], *out[MOST], *ct[MOST], *in[MOST];
    Node    *fixed[MOST], *stack[MOST];
    int      n = 0, ncarry = (int)l->n->attr.i, nfixed = 0;
    for (int i = 0; i < l->n->nin; i++)
        if (l->linear[i])
            carried[n++] = region_param(b, l->n->in[i]->type.elem, l->n->in[i]->type.axes);
    for (int i = 0; i < l->nfixed; i++)
        fixed[i] = region_param(b, l->fixed[i]->type.elem, l->fixed[i]->type.axes);
    for (int i = ncarry; i < l->n->nouts; i++)
        stack[i] = l->stack[i] ? region_param(b, l->stack[i]->type.elem, l->stack[i]->type.axes) : NULL;
    map_put(map, body->params.at[0], turn);
    for (int i = 0, k = 0; i < l->n->nin; i++) {
        Node *p = body->params.at[1 + i];
        if (l->linear[i])
            map_put(map, p, held[k++] = placeholder(b, p));
        else
            map_put(map, p, fixed[nfixed++]);
    }
    for (int i = 0, k = 0; i < body->results.n; i++) {
        out[i] = ir_copy_graph(b, body->results.at[i], map);
        if (i < ncarry)
            ct[i] = l->linear[i] ? carried[k++] : NULL;
        else
            ct[i] = stack[i] ? ir_index(b, stack[i], &axis, &turn, 1, NULL) : NULL;
    }
    if (!ad_transpose(b, l->t->diags, out, ct, body->results.n, held, n, in))
        l->t->failed = true;
    for (int i = 0, k = 0; i < l->n->nin; i++) {
        if (!l->linear[i])
            continue;
        Node *x = in[k] ? in[k] : ir_zeros_like(b, carried[k]);
        region_result(b, i < ncarry ? x : ir_binary(b, OP_ADD, carried[k], x));
        k++;
    }
    prune(b, r, held, n);
    region_end(b);
    return r;
}

void transpose_of_loop(Transpose *t, Node *n)
{
    LoopBack *l = ARENA_NEW(t->b->program->arena, LoopBack);
    Node     *operand[MOST];
    int       k = 0, ncarry = 0;
    l->t = t;
    l->n = n;
    l->ct = map_get(t->loops, n);
    sort_operands(l);
    Region *body = back_body(l);
    if (t->failed)
        return;
    for (int i = 0; i < n->nin; i++)
        if (l->linear[i]) {
            bool given = i < (int)n->attr.i && l->ct[i];
            operand[k++] = given ? l->ct[i] : ir_zeros_like(t->b, n->in[i]);
        }
    ncarry = k;
    for (int i = 0; i < l->nfixed; i++)
        operand[k++] = l->fixed[i];
    for (int i = (int)n->attr.i; i < n->nouts; i++)
        if (l->stack[i])
            operand[k++] = l->stack[i];
    Node *loop = ir_loop(t->b, n->attr.ax[0], operand, k, body);
    loop->attr.i = ncarry;
    loop->attr.flag = !n->attr.flag;
    region_types(t->b, loop);
    for (int i = 0, at = 0; i < n->nin; i++)
        if (l->linear[i])
            cotangent_add(t, n->in[i], ir_out(t->b, loop, at++));
}
