// Programs as text. Axes and sizes are named in a header: by their names, with `#2`, `#3` … where
// names repeat.
#include "ir/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const text_input_kind[] = {[INPUT_DATA] = "data",
                                       [INPUT_PARAMETER] = "parameter",
                                       [INPUT_STATE] = "state",
                                       [INPUT_BUFFER] = "buffer",
                                       [INPUT_SCALAR] = "scalar"};

typedef struct {
    const Program *program;
    Buf           *out;
    VEC(Axis *) axes;       // by id
    VEC(SizeVar *) vars;
    Map           *axis_label, *var_label;  // -> char *
} Print;

// ---- words ----

static void put_quoted(Buf *out, const char *s)
{
    buf_puts(out, "\"");
    for (; s && *s; s++) {
        if (*s == '"' || *s == '\\')
            buf_printf(out, "\\%c", *s);
        else if (*s == '\n')
            buf_puts(out, "\\n");
        else
            buf_put(out, s, 1);
    }
    buf_puts(out, "\"");
}

static bool is_word(const char *s)
{
    if (!s || !text_begins_word(*s))
        return false;
    while (*s && text_in_word(*s))
        s++;
    return !*s;
}

static void put_name(Buf *out, const char *s)
{
    if (is_word(s))
        buf_puts(out, s);
    else
        put_quoted(out, s);
}

static void put_real(Buf *out, double v)
{
    if (isnan(v))
        buf_puts(out, "nan");
    else if (isinf(v))
        buf_puts(out, v < 0 ? "-inf" : "inf");
    else
        buf_printf(out, "%.17g", v);
}

// ---- the header ----

static void see_vars(Print *p, const Size *s)
{
    for (int i = 0; i < size_terms(s); i++)
        for (int k = 0; k < size_factors(s, i); k++) {
            const SizeAtom *a = size_factor(s, i, k);
            if (a->kind != SIZE_ATOM_VAR) {
                see_vars(p, a->a);
                see_vars(p, a->b);
            } else if (!map_get(p->var_label, a->var)) {
                map_put(p->var_label, a->var, a->var);
                vec_push(p->program->arena, &p->vars, a->var);
            }
        }
}

static void see_axes(Print *p, Axis *const *ax, int n)
{
    for (int i = 0; i < n; i++)
        if (!map_get(p->axis_label, ax[i])) {
            map_put(p->axis_label, ax[i], ax[i]);
            vec_push(p->program->arena, &p->axes, ax[i]);
            see_vars(p, ax[i]->size);
        }
}

static void see_node(Print *p, const Node *n);

static void see_region(Print *p, const Region *r)
{
    for (int i = 0; i < r->params.n; i++)
        see_node(p, r->params.at[i]);
    for (int i = 0; i < r->nodes.n; i++)
        see_node(p, r->nodes.at[i]);
}

static void see_node(Print *p, const Node *n)
{
    see_axes(p, n->type.axes.at, n->type.axes.n);
    see_axes(p, n->attr.ax, n->attr.nax);
    see_axes(p, n->attr.bx, n->attr.nbx);
    if (n->attr.size)
        see_vars(p, n->attr.size);
    for (int k = 0; k < 2; k++)
        if (n->body[k])
            see_region(p, n->body[k]);
}

static int by_axis_id(const void *a, const void *b)
{
    const Axis *x = *(Axis *const *)a, *y = *(Axis *const *)b;
    return (x->id > y->id) - (x->id < y->id);
}

static int by_var_id(const void *a, const void *b)
{
    const SizeVar *x = *(SizeVar *const *)a, *y = *(SizeVar *const *)b;
    return (x->id > y->id) - (x->id < y->id);
}

// `name`, or `name#k` for the k-th of that name; `counts`: name -> how many so far.
static char *label(Print *p, Map *counts, Name name)
{
    Arena *a = p->program->arena;
    Buf    text = {0};
    int   *n = map_get(counts, name ? name : "");
    if (!n)
        map_put(counts, name ? name : "", n = ARENA_NEW(a, int));
    put_name(&text, name);
    if (++*n > 1)
        buf_printf(&text, "#%d", *n);
    char *s = arena_strndup(a, text.at ? text.at : "", text.n);
    buf_free(&text);
    return s;
}

static void name_all(Print *p)
{
    Map *axes = map_new(p->program->arena), *vars = map_new(p->program->arena);
    if (p->axes.n)
        qsort(p->axes.at, (size_t)p->axes.n, sizeof *p->axes.at, by_axis_id);
    if (p->vars.n)
        qsort(p->vars.at, (size_t)p->vars.n, sizeof *p->vars.at, by_var_id);
    for (int i = 0; i < p->vars.n; i++)
        map_put(p->var_label, p->vars.at[i], label(p, vars, p->vars.at[i]->name));
    for (int i = 0; i < p->axes.n; i++)
        map_put(p->axis_label, p->axes.at[i], label(p, axes, p->axes.at[i]->name));
}

// ---- sizes, in an order that does not depend on the table they come from ----

static char *size_text(Print *p, const Size *s);

static char *atom_text(Print *p, const SizeAtom *a)
{
    if (a->kind == SIZE_ATOM_VAR)
        return map_get(p->var_label, a->var);
    char *x = size_text(p, a->a), *y = size_text(p, a->b);
    if (a->kind == SIZE_ATOM_DIV || a->kind == SIZE_ATOM_MOD)
        return arena_printf(p->program->arena, "((%s) %s (%s))", x,
                            a->kind == SIZE_ATOM_DIV ? "div" : "mod", y);
    return arena_printf(p->program->arena, "%s(%s, %s)", a->kind == SIZE_ATOM_MIN ? "min" : "max",
                        x, y);
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static char *joined(Print *p, char **part, int n, const char *between)
{
    Buf b = {0};
    if (n)
        qsort(part, (size_t)n, sizeof *part, by_text);
    for (int i = 0; i < n; i++)
        buf_printf(&b, "%s%s", i ? between : "", part[i]);
    char *s = arena_strndup(p->program->arena, b.at ? b.at : "", b.n);
    buf_free(&b);
    return s;
}

static char *term_text(Print *p, const Size *s, int i)
{
    Arena  *a = p->program->arena;
    int     n = size_factors(s, i);
    int64_t c = size_coef(s, i);
    char  **part = ARENA_ARRAY(a, char *, n + 1);
    for (int k = 0; k < n; k++)
        part[k] = atom_text(p, size_factor(s, i, k));
    char *atoms = joined(p, part, n, "*");
    if (!n || c != 1)
        return arena_printf(a, n ? "%lld*%s" : "%lld%s", (long long)c, atoms);
    return atoms;
}

static char *size_text(Print *p, const Size *s)
{
    int     n = size_terms(s);
    int64_t v;
    char  **part = ARENA_ARRAY(p->program->arena, char *, n + 1);
    if (!n)
        return arena_printf(p->program->arena, size_is_const(s, &v) ? "0" : "?");
    for (int i = 0; i < n; i++)
        part[i] = term_text(p, s, i);
    return joined(p, part, n, " + ");
}

static void put_header(Print *p)
{
    buf_puts(p->out, "program ");
    put_quoted(p->out, p->program->name);
    buf_puts(p->out, "\n");
    for (int i = 0; i < p->vars.n; i++)
        buf_printf(p->out, "size %s >= %lld\n", (char *)map_get(p->var_label, p->vars.at[i]),
                   (long long)p->vars.at[i]->least);
    for (int i = 0; i < p->axes.n; i++)
        buf_printf(p->out, "axis %s = %s\n", (char *)map_get(p->axis_label, p->axes.at[i]),
                   size_text(p, p->axes.at[i]->size));
}

// ---- nodes ----

static void put_axes(Print *p, Axis *const *ax, int n)
{
    buf_puts(p->out, "[");
    for (int i = 0; i < n; i++)
        buf_printf(p->out, "%s%s", i ? ", " : "", (char *)map_get(p->axis_label, ax[i]));
    buf_puts(p->out, "]");
}

static void put_type(Print *p, Type t)
{
    buf_puts(p->out, elem_text(t.elem));
    put_axes(p, t.axes.at, t.axes.n);
    if (t.guard)
        buf_printf(p->out, " where %%%d", t.guard->id);
}

static void put_values(Print *p, const Node *n)
{
    buf_puts(p->out, " values");
    for (int i = 0; i < n->attr.ndata; i++) {
        buf_puts(p->out, i ? ", " : " ");
        put_real(p->out, n->attr.data[i]);
    }
}

static void put_const(Print *p, const Node *n)
{
    buf_puts(p->out, " ");
    if (elem_class(n->type.elem) == ELEM_CLASS_FLOAT)
        put_real(p->out, n->attr.r);
    else
        buf_printf(p->out, "%lld", (long long)n->attr.i);
}

static const Input *input_of(const Program *p, const Node *n)
{
    for (int i = 0; i < p->inputs.n; i++)
        if (p->inputs.at[i].node == n)
            return &p->inputs.at[i];
    return NULL;
}

static void put_order(Print *p, Axis **order, int n)
{
    if (!order)
        return;
    buf_puts(p->out, " order ");
    put_axes(p, order, n);
}

static void put_input(Print *p, const Node *n)
{
    const Input *in = input_of(p->program, n);
    buf_puts(p->out, " ");
    put_quoted(p->out, n->attr.text);
    buf_printf(p->out, " %s", text_input_kind[n->attr.i]);
    if (in)
        put_order(p, in->order, n->type.axes.n);
}

static void put_attr(Print *p, const Node *n)
{
    const Attr *a = &n->attr;
    if (a->text) {
        buf_puts(p->out, " ");
        put_quoted(p->out, a->text);
    }
    if (a->size)
        buf_printf(p->out, " {%s}", size_text(p, a->size));
    if (a->nax) {
        buf_puts(p->out, " over ");
        put_axes(p, a->ax, a->nax);
    }
    if (a->nbx) {
        buf_puts(p->out, " to ");
        put_axes(p, a->bx, a->nbx);
    }
    if (a->i)
        buf_printf(p->out, " #%lld", (long long)a->i);
    if (a->flag)
        buf_puts(p->out, " flag");
    if (n->op == OP_TABLE)
        put_values(p, n);
}

static void indent(Print *p, int depth) { buf_printf(p->out, "%*s", 2 * depth, ""); }

static void put_region(Print *p, const Region *r, int depth);

static void put_node(Print *p, const Node *n, int depth)
{
    bool region = op_info(n->op)->class == OPC_REGION && n->op != OP_OUT;
    indent(p, depth);
    buf_printf(p->out, "%%%d: ", n->id);
    if (region)
        buf_puts(p->out, "results");
    else
        put_type(p, n->type);
    buf_printf(p->out, " = %s", op_info(n->op)->text);
    for (int i = 0; i < n->nin; i++)
        buf_printf(p->out, " %%%d", n->in[i]->id);
    if (n->op == OP_CONST)
        put_const(p, n);
    else if (n->op == OP_INPUT)
        put_input(p, n);
    else
        put_attr(p, n);
    if (n->path) {
        buf_puts(p->out, " at ");
        put_quoted(p->out, n->path);
    }
    buf_puts(p->out, "\n");
    for (int k = 0; k < 2 && region; k++)
        if (n->body[k])
            put_region(p, n->body[k], depth + 1);
}

static void put_region(Print *p, const Region *r, int depth)
{
    indent(p, depth);
    buf_puts(p->out, "region");
    for (int i = 0; i < r->params.n; i++) {
        buf_printf(p->out, "%s%%%d: ", i ? ", " : " ", r->params.at[i]->id);
        put_type(p, r->params.at[i]->type);
    }
    buf_puts(p->out, " {\n");
    for (int i = 0; i < r->nodes.n; i++)
        put_node(p, r->nodes.at[i], depth + 1);
    indent(p, depth + 1);
    buf_puts(p->out, "give");
    for (int i = 0; i < r->results.n; i++)
        buf_printf(p->out, " %%%d", r->results.at[i]->id);
    buf_puts(p->out, "\n");
    indent(p, depth);
    buf_puts(p->out, "}\n");
}

static void put_output(Print *p, const Output *o)
{
    buf_puts(p->out, "output ");
    put_quoted(p->out, o->name);
    buf_printf(p->out, " %%%d", o->node->id);
    if (o->alias >= 0)
        buf_printf(p->out, " replaces %%%d", p->program->inputs.at[o->alias].node->id);
    put_order(p, o->order, o->node->type.axes.n);
    buf_puts(p->out, "\n");
}

void program_print(const Program *program, Buf *out)
{
    Arena *a = program->arena;
    Print  p = {.program = program, .out = out, .axis_label = map_new(a), .var_label = map_new(a)};
    see_region(&p, program->main);
    name_all(&p);
    put_header(&p);
    for (int i = 0; i < program->main->nodes.n; i++)
        put_node(&p, program->main->nodes.at[i], 0);
    for (int i = 0; i < program->outputs.n; i++)
        put_output(&p, &program->outputs.at[i]);
}

void type_print(Type t, Buf *out)
{
    buf_puts(out, elem_text(t.elem));
    axes_print(t.axes, out);
    if (t.guard)
        buf_printf(out, " where %%%d", t.guard->id);
}
