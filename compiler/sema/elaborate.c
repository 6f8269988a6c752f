// A block as one program: parameters and arguments as inputs, calls entered. For inference, dumps and costs.
#include <string.h>

#include "sema/elaborate.h"
#include "sema/experiment.h"
#include "sema/model.h"

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
        out->fields[i] = (Field){v->fields[i].name, as_input(s, v->fields[i].value, path_join(s, path, v->fields[i].name))};
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

static Value *argument(Sema *s, const TypeSpec *t, Name name, Axis *batch)
{
    if (t->kind == TS_RECORD) {
        Value *v = value_new(s, V_RECORD, t->where);
        v->nfields = t->nfields;
        v->fields = ARENA_ARRAY(s->arena, Field, t->nfields + 1);
        for (int i = 0; i < t->nfields; i++)
            v->fields[i] = (Field){t->names[i], argument(s, t->fields[i], path_join(s, name, t->names[i] ? t->names[i] : name_format(s->names, "%d", i)), batch)};
        return v;
    }
    if (t->kind != TS_TENSOR)
        return sema_absent(s, t->where, "an argument that is no tensor, in a block that is built alone");
    AxisSet axes = batch ? axes_union(s->arena, t->axes, axes_of(s->arena, &batch, 1)) : t->axes;
    Axis  **order = lifted_order(s, batch, t);
    Value  *v = value_tensor(s, ir_input(s->b, name, INPUT_DATA, t->own ? s->real : t->elem, axes, order), t->where);
    v->pos = t->pos;
    v->order = order;
    return v;
}

static Func *bound_block(Sema *s, Syn *n, Contract *c)
{
    Value *head = evaluate(s, n->kind == SYN_BRACKET ? n->kid[0] : n);
    if (is_error(head))
        return NULL;
    if (head->kind != V_FUNC || head->func->kind != FUNC_DECL || head->func->decl->kind == SYN_EXPERIMENT ||
        head->func->decl->kind == SYN_OPTIMIZER) {
        sema_error(s, DIAG_E0207, n->where, "`%s` is no block or fn", text_syn(s, n));
        return NULL;
    }
    Func *f = ARENA_NEW(s->arena, Func);
    *f = *head->func;
    f->bind = n->kind == SYN_BRACKET || header_complete(f) ? bind_header(s, f, n->kind == SYN_BRACKET ? n : NULL)
                                                           : bind_abstract(s, f, c);
    return f->bind ? f : NULL;
}

static void outputs(Sema *s, Value *v, Name name, Axis *batch)
{
    if (is_tensor(v)) {
        Node  *n = ir_fill(s->b, value_node(s, v));
        Axis **order = ARENA_ARRAY(s->arena, Axis *, n->type.axes.n + 2);
        int    k = 0;
        if (batch) {  // lifted axes come first, then the order of declaration
            n = ir_expand(s->b, n, axes_of(s->arena, &batch, 1));
            order[k++] = batch;
        }
        for (int i = 0; i < n->type.axes.n; i++)
            if (n->type.axes.at[i] != batch)
                order[k++] = n->type.axes.at[i];
        program_output(s->b->program, name, n, -1, order);
        return;
    }
    for (int i = 0; i < v->nfields; i++)
        outputs(s, v->fields[i].value, v->fields[i].name ? path_join(s, name, v->fields[i].name)
                                                          : name_format(s->names, "%s.%d", name, i), batch);
}

static Value *enter_block(Sema *s, Func *f, Axis *batch)
{
    Syn   *list = f->decl->kid[1];
    Value *args[32], *callee = value_func(s, f, f->decl->at);
    int    n = 0;
    if (f->decl->kind == SYN_BLOCK) {
        Value *m = make_instance(s, f, f->name, f->decl->at);
        if (is_error(m))
            return m;
        callee = as_input(s, m, NULL);
    }
    Scope *saved = s->scope;
    s->scope = f->bind->scope;
    for (int i = 0; list && i < list->nkid && n < 32; i++) {
        Syn *p = list->kid[i];
        if (p->kind == SYN_DEFAULT)
            break;
        TypeSpec *t = eval_type(s, p->kind == SYN_NAMED ? p->kid[0] : NULL);
        args[n++] = argument(s, t, p->name, batch);
    }
    s->scope = saved;
    s->opaque = false;
    return call_value(s, callee, args, NULL, n, f->decl->at, NULL);
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

Program *elaborate(Sema *s, Module *m, const char *text, bool lifted)
{
    Sema     saved = *s;
    Syn     *n = read_expression(s, text);
    Contract c = {0};
    int      before = diags_errors(s->diags);
    if (!n)
        return NULL;
    Program *p = program_new(s->arena, s->names, s->sizes, s->axes, name_of(s->names, text));
    Builder  b = builder_new(p);
    Imports  imports = {.top = &b};
    s->b = &b;
    s->imports = &imports;
    s->scope = m->scope;
    s->experiment = false;
    s->loose_instances = true;
    Func  *f = bound_block(s, n, &c);
    Axis  *batch = lifted ? axis_open(s, name_of(s->names, "batch"), 0, SPAN_NONE) : NULL;
    Value *v = f ? enter_block(s, f, batch) : NULL;
    if (v && !is_error(v))
        outputs(s, v, name_of(s->names, "result"), batch);
    drop_unused_inputs(s, p);
    sema_restore(s, &saved);
    return v && !is_error(v) && diags_errors(s->diags) == before ? p : NULL;
}
