// Programs as text.
#include <string.h>

#include "ir/ir.h"

static void put_axis(Buf *out, const Axis *a) { buf_printf(out, "%s#%d", a->name, a->id); }

static void put_axes(Buf *out, Axis *const *ax, int n)
{
    buf_puts(out, "[");
    for (int i = 0; i < n; i++) {
        buf_puts(out, i ? ", " : "");
        put_axis(out, ax[i]);
    }
    buf_puts(out, "]");
}

void type_print(Type t, Buf *out)
{
    buf_puts(out, elem_text(t.elem));
    put_axes(out, t.axes.at, t.axes.n);
    if (t.guard)
        buf_printf(out, " where %%%d", t.guard->id);
}

static void put_attr(Buf *out, const Node *n)
{
    const Attr *a = &n->attr;
    if (n->op == OP_CONST) {
        if (elem_class(n->type.elem) == ELEM_CLASS_FLOAT)
            buf_printf(out, " %.17g", a->r);
        else
            buf_printf(out, " %lld", (long long)a->i);
        return;
    }
    if (a->text)
        buf_printf(out, " \"%s\"", a->text);
    if (a->size) {
        buf_puts(out, " {");
        size_print(a->size, out);
        buf_puts(out, "}");
    }
    if (a->nax) {
        buf_puts(out, " over ");
        put_axes(out, a->ax, a->nax);
    }
    if (a->nbx) {
        buf_puts(out, " to ");
        put_axes(out, a->bx, a->nbx);
    }
    if (a->i)
        buf_printf(out, " #%lld", (long long)a->i);
    for (int i = 0; i < a->ndata; i++)
        buf_printf(out, "%s%.17g", i ? ", " : " values ", a->data[i]);
}

static void put_region(Buf *out, const Region *r, int depth);

static void indent(Buf *out, int depth)
{
    for (int i = 0; i < depth; i++)
        buf_puts(out, "  ");
}

static void put_node(Buf *out, const Node *n, int depth)
{
    bool region = op_info(n->op)->class == OPC_REGION && n->op != OP_OUT;
    indent(out, depth);
    buf_printf(out, "%%%d: ", n->id);
    if (region)
        buf_puts(out, "results");
    else
        type_print(n->type, out);
    buf_printf(out, " = %s", op_info(n->op)->text);
    for (int i = 0; i < n->nin; i++)
        buf_printf(out, " %%%d", n->in[i]->id);
    put_attr(out, n);
    buf_puts(out, "\n");
    for (int k = 0; k < 2 && region; k++)
        if (n->body[k])
            put_region(out, n->body[k], depth + 1);
}

static void put_region(Buf *out, const Region *r, int depth)
{
    indent(out, depth);
    buf_puts(out, "region");
    for (int i = 0; i < r->params.n; i++) {
        buf_printf(out, "%s%%%d: ", i ? ", " : " ", r->params.at[i]->id);
        type_print(r->params.at[i]->type, out);
    }
    buf_puts(out, " {\n");
    for (int i = 0; i < r->nodes.n; i++)
        put_node(out, r->nodes.at[i], depth + 1);
    indent(out, depth + 1);
    buf_puts(out, "give");
    for (int i = 0; i < r->results.n; i++)
        buf_printf(out, " %%%d", r->results.at[i]->id);
    buf_puts(out, "\n");
    indent(out, depth);
    buf_puts(out, "}\n");
}

// ---- axes ----

typedef struct {
    Axis **at;
    int    n, cap;
} Seen;

static void see(const Program *p, Seen *s, Axis *a)
{
    for (int i = 0; i < s->n; i++)
        if (s->at[i] == a)
            return;
    vec_push(p->arena, s, a);
}

static void see_region(const Program *p, Seen *s, const Region *r)
{
    for (int i = 0; i < r->params.n; i++)
        for (int k = 0; k < r->params.at[i]->type.axes.n; k++)
            see(p, s, r->params.at[i]->type.axes.at[k]);
    for (int i = 0; i < r->nodes.n; i++) {
        const Node *n = r->nodes.at[i];
        for (int k = 0; k < n->type.axes.n; k++)
            see(p, s, n->type.axes.at[k]);
        for (int k = 0; k < n->attr.nax; k++)
            see(p, s, n->attr.ax[k]);
        for (int k = 0; k < n->attr.nbx; k++)
            see(p, s, n->attr.bx[k]);
        for (int k = 0; k < 2; k++)
            if (n->body[k])
                see_region(p, s, n->body[k]);
    }
}

void program_print(const Program *p, Buf *out)
{
    Seen seen = {0};
    see_region(p, &seen, p->main);
    buf_printf(out, "program \"%s\"\n", p->name ? p->name : "");
    for (int i = 0; i < seen.n; i++) {
        buf_puts(out, "axis ");
        put_axis(out, seen.at[i]);
        buf_puts(out, " = ");
        size_print(seen.at[i]->size, out);
        buf_puts(out, "\n");
    }
    for (int i = 0; i < p->main->nodes.n; i++)
        put_node(out, p->main->nodes.at[i], 0);
    for (int i = 0; i < p->outputs.n; i++) {
        const Output *o = &p->outputs.at[i];
        buf_printf(out, "output \"%s\" %%%d", o->name, o->node->id);
        if (o->alias >= 0)
            buf_printf(out, " replaces \"%s\"", p->inputs.at[o->alias].name);
        buf_puts(out, "\n");
    }
}
