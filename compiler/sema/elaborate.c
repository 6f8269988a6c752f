// A block as one program: parameters and arguments as inputs, calls entered. For inference, dumps and costs.
#include <string.h>

#include "sema/experiment.h"
#include "sema/model.h"
#include "sema/stage.h"

// `MLP[pixel -> class]`, read as a source of its own.
static Syn *read_expression(Sema *s, const char *text)
{
    char *source = arena_printf(s->arena, "let it = %s\n", text);
    int   file = sources_add(s->sources, "the command line", source, strlen(source));
    Syn  *tree = syntax_parse(s->arena, s->names, s->sources, file, s->diags);
    for (int i = 0; i < tree->nkid; i++)
        if (tree->kid[i]->kind == SYN_LET)
            return tree->kid[i]->kid[2];
    return NULL;
}

// Is the name known that the expression begins with? No place of the command line's text is shown for it.
static bool head_known(Sema *s, const Module *m, const Syn *n)
{
    while (n->kind == SYN_BRACKET || n->kind == SYN_CALL)
        n = n->kid[0];
    if (n->kind != SYN_NAME || scope_find(s, m->scope, n->name, SPAN_NONE))
        return true;
    report_undeclared(s, m, n->name);
    return false;
}

static Value *as_input(Sema *s, Value *v, Name path)
{
    if (is_tensor(v)) {
        AxisSet axes = v->node->type.axes;
        Value  *out = ARENA_NEW(s->arena, Value);
        *out = *v;
        out->node = ir_input(s->b, path, INPUT_PARAMETER, v->elem, axes, v->order);
        return out;
    }
    Value *out = ARENA_NEW(s->arena, Value);
    *out = *v;
    out->fields = ARENA_ARRAY(s->arena, Field, v->nfields + 1);
    for (int i = 0; i < v->nfields; i++)
        out->fields[i] = (Field){v->fields[i].name, as_input(s, v->fields[i].value, path_field(s, path, v->fields[i].name, i))};
    return out;
}

static Axis **lifted_order(Sema *s, Axis *batch, const TypeSpec *t)
{
    Axis **order = ARENA_ARRAY(s->arena, Axis *, t->norder + 2);
    int    n = 0;
    if (batch)
        order[n++] = batch;
    for (int i = 0; i < t->norder; i++)
        order[n++] = t->order[i];
    return order;
}

// A model comes as its leaves.
static Value *model_argument(Sema *s, Map *positions, Value *v, Name name)
{
    Value *out = ARENA_NEW(s->arena, Value);
    *out = *v;
    if (is_tensor(v)) {
        out->node = ir_input(s->b, name, INPUT_DATA, v->elem, v->axes, v->order);
        if (positions && v->pos)
            map_put(positions, out->node, v->pos);
        return out;
    }
    out->fields = ARENA_ARRAY(s->arena, Field, v->nfields + 1);
    for (int i = 0; i < v->nfields; i++)
        out->fields[i] = (Field){v->fields[i].name, model_argument(s, positions, v->fields[i].value, path_field(s, name, v->fields[i].name, i))};
    return out;
}

static Value *not_from_outside(Sema *s, const TypeSpec *t, Name name, Span where)
{
    if (t->kind == TS_ANY)
        return sema_error(s, DIAG_E0604, where, "`%s` comes from C: its type must be written", name);
    Diag *d = sema_diag(s, DIAG_E0604, t->where, "`%s` comes from C, which gives tensors, records of them, and the parameters of models", name);
    diag_label(d, t->where, "%s", text_type(s, t));
    diag_help(d, t->kind == TS_FUNC ? "build what names the function: a block or experiment around this one"
                                    : "name the instance with its axes: `net: MLP[pixel -> class]`");
    return value_new(s, V_ERROR, where);
}

Value *built_argument(Sema *s, Map *positions, const TypeSpec *t, Name name, Axis *lifted, Span where)
{
    if (t->kind == TS_RECORD) {
        Value *v = value_new(s, V_RECORD, t->where);
        v->nfields = t->nfields;
        v->fields = ARENA_ARRAY(s->arena, Field, t->nfields + 1);
        for (int i = 0; i < t->nfields; i++) {
            Name inner = path_field(s, name, t->names[i], i);
            v->fields[i] = (Field){t->names[i], built_argument(s, positions, t->fields[i], inner, lifted, where)};
            if (is_error(v->fields[i].value))
                return v->fields[i].value;
        }
        return v;
    }
    if (t->kind == TS_MODEL && t->model->kind == V_MODEL)
        return model_argument(s, positions, t->model, name);
    if (t->kind != TS_TENSOR)
        return t->kind == TS_BAD ? value_new(s, V_ERROR, where) : not_from_outside(s, t, name, where);
    AxisSet axes = lifted ? axes_union(s->arena, t->axes, axes_of(s->arena, &lifted, 1)) : t->axes;
    Axis  **order = lifted_order(s, lifted, t);
    Value  *v = value_tensor(s, ir_input(s->b, name, INPUT_DATA, t->own ? s->real : t->elem, axes, order), t->where);
    v->pos = t->pos;
    v->order = order;
    v->weak = t->weak;
    if (positions && t->pos)
        map_put(positions, v->node, t->pos);
    return v;
}

static Func *bound_head(Sema *s, Syn *n, Contract *c, bool open)
{
    Value *head = evaluate(s, n->kind == SYN_BRACKET ? n->kid[0] : n);
    if (is_error(head))
        return NULL;
    bool fits = head->kind == V_FUNC && head->func->kind == FUNC_DECL && head->func->decl->kind != SYN_OPTIMIZER &&
                (open || head->func->decl->kind != SYN_EXPERIMENT);
    if (!fits) {
        sema_error(s, DIAG_E0207, n->where, open ? "`%s` is no block, fn or experiment" : "`%s` is no block or fn", text_syn(s, n));
        return NULL;
    }
    Func *f = ARENA_NEW(s->arena, Func);
    *f = *head->func;
    f->bind = n->kind == SYN_BRACKET || header_complete(f) ? bind_header(s, f, n->kind == SYN_BRACKET ? n : NULL)
                                                           : bind_open(s, f, c, open);
    return f->bind ? f : NULL;
}

Node *built_own(Sema *s, Node *n)
{
    n = ir_fill(s->b, n);
    return n->op == OP_CONST || n->op == OP_INPUT ? ir_unary(s->b, OP_COPY, n) : n;
}

void built_outputs(Sema *s, Value *v, Name name, Axis *lifted)
{
    if (is_tensor(v)) {
        Node  *n = ir_fill(s->b, value_node(s, v));
        Axis **order = ARENA_ARRAY(s->arena, Axis *, n->type.axes.n + 2);
        int    k = 0;
        if (lifted) {  // lifted axes come first, then the order of declaration
            n = ir_expand(s->b, n, axes_of(s->arena, &lifted, 1));
            order[k++] = lifted;
        }
        for (int i = 0; i < n->type.axes.n; i++)
            if (n->type.axes.at[i] != lifted)
                order[k++] = n->type.axes.at[i];
        program_output(s->b->program, name, built_own(s, n), -1, order);
        return;
    }
    for (int i = 0; i < v->nfields; i++)
        built_outputs(s, v->fields[i].value, path_field(s, name, v->fields[i].name, i), lifted);
}

// Calls the callee with the arguments of its block as inputs.
static Value *run_block(Sema *s, Func *f, Value *callee, Map *positions, Axis *batch)
{
    Syn   *list = f->decl->kid[1];
    Value *args[32];
    int    n = 0;
    Scope *saved = s->scope;
    s->scope = f->bind->scope;
    for (int i = 0; list && i < list->nkid && n < 32; i++) {
        Syn *p = list->kid[i];
        if (p->kind == SYN_DEFAULT)
            break;
        TypeSpec *t = eval_type(s, p->kind == SYN_NAMED ? p->kid[0] : NULL);
        args[n++] = built_argument(s, positions, t, p->name, batch, p->where);
    }
    s->scope = saved;
    s->opaque = false;
    return call_value(s, callee, args, NULL, n, f->decl->at, NULL);
}

static Value *instance_of(Sema *s, Func *f)
{
    return f->decl->kind == SYN_BLOCK ? make_instance(s, f, f->name, f->decl->at) : value_func(s, f, f->decl->at);
}

static void mark_needed(Map *needed, Node *n)
{
    if (map_get(needed, n))
        return;
    map_put(needed, n, n);
    for (int i = 0; i < n->nin; i++)
        mark_needed(needed, n->in[i]);
}

// Inputs that only first values of parameters asked for (the seed) are none of the block's.
static void drop_unused_inputs(Sema *s, Program *p)
{
    Map *needed = map_new(s->arena);
    int  n = 0;
    for (int i = 0; i < p->outputs.n; i++)
        mark_needed(needed, p->outputs.at[i].node);
    for (int i = 0; i < p->inputs.n; i++)
        if (p->inputs.at[i].kind != INPUT_SCALAR || map_get(needed, p->inputs.at[i].node))
            p->inputs.at[n++] = p->inputs.at[i];
    p->inputs.n = n;
}

static void enter_module(Sema *s, Module *m, Imports *imports)
{
    s->imports = imports;
    s->scope = m->scope;
    s->experiment = false;
    s->loose_instances = true;
    s->any_size = true;
}

Program *elaborate(Sema *s, Module *m, const char *text)
{
    Sema     saved = *s;
    Syn     *n = read_expression(s, text);
    Contract c = {0};
    int      before = diags_errors(s->diags);
    if (!n || !head_known(s, m, n))
        return NULL;
    Program *p = program_new(s->arena, s->names, s->sizes, s->axes, name_of(s->names, text));
    Builder  b = builder_new(p);
    Imports  imports = {.top = &b};
    s->b = &b;
    enter_module(s, m, &imports);
    Func  *f = bound_head(s, n, &c, false);
    Value *callee = f ? instance_of(s, f) : NULL;
    if (callee && callee->kind == V_MODEL)
        callee = as_input(s, callee, NULL);
    Value *v = callee && !is_error(callee) ? run_block(s, f, callee, NULL, NULL) : NULL;
    if (v && !is_error(v))
        built_outputs(s, v, name_of(s->names, "result"), NULL);
    drop_unused_inputs(s, p);
    sema_restore(s, &saved);
    return v && !is_error(v) && diags_errors(s->diags) == before ? p : NULL;
}

// ---- for C ----

Value *built_turn(Sema *s, Span where)
{
    Value *v = value_tensor(s, ir_input(s->b, name_of(s->names, "#turn"), INPUT_SCALAR, ELEM_I64, (AxisSet){0}, NULL), where);
    v->weak = true;
    return v;
}

static void put_first_values(Sema *s, Value *v, Name path)
{
    if (is_tensor(v)) {
        program_output(s->b->program, path, built_own(s, value_node(s, v)), -1, v->order);
        return;
    }
    for (int i = 0; i < v->nfields; i++)
        put_first_values(s, v->fields[i].value, path_field(s, path, v->fields[i].name, i));
}

// The state, then the arguments, then the turn and the seed.
static int rank_of(const Input *in)
{
    if (in->kind == INPUT_PARAMETER || in->kind == INPUT_STATE)
        return 0;
    return in->kind == INPUT_DATA ? 1 : strcmp(in->name, "#turn") ? 3 : 2;
}

static void order_inputs(Sema *s, Program *p)
{
    int    n = p->inputs.n, k = 0, *to = ARENA_ARRAY(s->arena, int, n + 1);
    Input *in = ARENA_ARRAY(s->arena, Input, n + 1);
    for (int rank = 0; rank < 4; rank++)
        for (int i = 0; i < n; i++)
            if (rank_of(&p->inputs.at[i]) == rank) {
                to[i] = k;
                in[k++] = p->inputs.at[i];
            }
    for (int i = 0; i < p->outputs.n; i++)
        if (p->outputs.at[i].alias >= 0)
            p->outputs.at[i].alias = to[p->outputs.at[i].alias];
    p->inputs.at = in;
}

// Of first values only the seed is asked, which was made sure of.
static void keep_seed(Program *p)
{
    int n = 0;
    for (int i = 0; i < p->inputs.n; i++)
        if (p->inputs.at[i].kind == INPUT_SCALAR)
            p->inputs.at[n++] = p->inputs.at[i];
    p->inputs.n = n;
}

void built_finish(Sema *s, Built *out)
{
    Program *p = out->run;
    order_inputs(s, p);
    drop_unused_inputs(s, p);
    keep_seed(out->first);
    drop_unused_inputs(s, out->first);
    out->nstate = out->nargs = 0;
    out->pos = ARENA_ARRAY(s->arena, Axis *, p->inputs.n + 1);
    for (int i = 0; i < p->inputs.n; i++) {
        out->nstate += rank_of(&p->inputs.at[i]) == 0;
        out->nargs += rank_of(&p->inputs.at[i]) == 1;
        out->pos[i] = map_get(out->positions, p->inputs.at[i].node);
    }
}

static bool build_block(Sema *s, Func *f, Built *out)
{
    Builder first = builder_new(out->first), run = builder_new(out->run);
    Axis   *batch = axis_open(s, name_of(s->names, "batch"), 0, SPAN_NONE);
    s->b = s->imports->top = &first;
    Value *callee = instance_of(s, f);
    if (is_error(callee))
        return false;
    if (callee->kind == V_MODEL)
        put_first_values(s, callee, NULL);
    s->b = s->imports->top = &run;
    if (callee->kind == V_MODEL)
        callee = as_input(s, callee, NULL);
    Value *turn = built_turn(s, f->decl->at);
    vec_push(s->arena, &s->turns, turn);
    Value *v = run_block(s, f, callee, out->positions, batch);
    if (is_error(v))
        return false;
    built_outputs(s, v, name_of(s->names, "result"), batch);
    out->nresults = out->run->outputs.n;
    return true;
}

bool elaborate_built(Sema *s, Module *m, const char *text, const Setting *set, int nset, Built *out)
{
    Sema      saved = *s;
    Syn      *n = read_expression(s, text);
    Contract *c = ARENA_NEW(s->arena, Contract);
    Imports   imports = {0};
    int       before = diags_errors(s->diags);
    if (!n || !head_known(s, m, n))
        return false;
    *out = (Built){.contract = c, .positions = map_new(s->arena), .first = program_new(s->arena, s->names, s->sizes, s->axes, name_of(s->names, "first")),
                   .run = program_new(s->arena, s->names, s->sizes, s->axes, name_of(s->names, text))};
    Builder b = builder_new(out->run);
    c->state = 1;
    s->contract = c;
    s->b = imports.top = &b;
    enter_module(s, m, &imports);
    out->func = bound_head(s, n, c, true);
    bool experiment = out->func && out->func->decl->kind == SYN_EXPERIMENT;
    bool ok = out->func && (experiment ? stage_build(s, out->func, set, nset, out) : build_block(s, out->func, out));
    if (ok && !experiment && nset)
        ok = !is_error(sema_error(s, DIAG_E0604, SPAN_NONE, "--set gives parameters of an experiment; `%s` is none", text));
    if (ok)
        built_finish(s, out);
    sema_restore(s, &saved);
    return ok && diags_errors(s->diags) == before;
}
