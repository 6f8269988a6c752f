// The plan as text.
#include "sched/plan.h"

static void put_axes(Axis *const *at, const bool *joined, int n, Buf *out)
{
    buf_puts(out, "[");
    for (int i = 0; i < n; i++)
        buf_printf(out, "%s%s", i == 0 ? "" : joined && joined[i - 1] ? "*" : ", ", at[i]->name);
    buf_puts(out, "]");
}

static const char *const kinds[] = {
    [BUFFER_INPUT] = "in",    [BUFFER_OUTPUT] = "out", [BUFFER_ARENA] = "b", [BUFFER_SCALAR] = "s",
    [BUFFER_TABLE] = "table", [BUFFER_TURN] = "turn", [BUFFER_TAPE] = "tape", [BUFFER_LATE] = "late",  [BUFFER_SLOT] = "slot",
    [BUFFER_SLICE] = "slice", [BUFFER_VIEW] = "view",  [BUFFER_REGISTER] = "r",
    [BUFFER_ROW] = "row"};

static void put_buffer(const Buffer *b, Buf *out)
{
    buf_printf(out, "%s%d:%s", kinds[b->kind],
               b->kind == BUFFER_INPUT || b->kind == BUFFER_OUTPUT ? b->index : b->id,
               elem_text(b->elem));
    put_axes(b->order, NULL, b->n, out);
}

static const char *const items[] = {
    [ITEM_MAP] = "map", [ITEM_REDUCE] = "reduce", [ITEM_SCAN] = "scan", [ITEM_SCATTER] = "scatter",
    [ITEM_UPDATE] = "update"};

static void put_item(const Plan *p, const Item *item, int depth, Buf *out)
{
    buf_printf(out, "%*s", depth * 2, "");
    put_buffer(item->to, out);
    buf_printf(out, " = %s %s(", items[item->kind],
               item->copy ? "copy" : op_info(item->node->op)->text);
    if (item->from)
        put_buffer(item->from, out);
    for (int i = 0; i < item->reads.n; i++) {
        buf_puts(out, i ? ", " : "");
        put_buffer(p->of[item->reads.at[i].leaf->id], out);
    }
    buf_puts(out, ")\n");
}

static void put_kernel(const Plan *p, const Kernel *k, int depth, Buf *out)
{
    buf_puts(out, "kernel ");
    put_axes(k->outer.at, k->joined, k->outer.n, out);
    buf_printf(out, "%s\n", k->lanes ? " lanes" : "");
    for (int i = 0; i < k->passes.n; i++) {
        const Pass *pass = k->passes.at[i];
        buf_printf(out, "%*spass ", depth * 2 + 2, "");
        put_axes(pass->axes.at, pass->joined, pass->axes.n, out);
        buf_printf(out, "%s\n", pass->lanes ? " lanes" : "");
        for (int j = 0; j < pass->items.n; j++)
            put_item(p, pass->items.at[j], depth + 2, out);
    }
}

static void put_gemm(const Plan *p, const Gemm *g, int depth, Buf *out)
{
    buf_puts(out, "product ");
    put_buffer(g->c, out);
    buf_puts(out, " = ");
    put_buffer(g->a, out);
    buf_puts(out, " ");
    put_buffer(g->b, out);
    const AxisList *part[] = {&g->batch, &g->m, &g->n, &g->k};
    const char     *name[] = {" batch ", " m ", " n ", " k "};
    for (int i = 0; i < 4; i++) {
        buf_puts(out, name[i]);
        put_axes(part[i]->at, NULL, part[i]->n, out);
    }
    if (g->extent) {
        buf_printf(out, " where %s", g->extent->along->name);
        if (g->extent->by)
            buf_printf(out, " by %s", g->extent->by->name);
    }
    buf_puts(out, "\n");
    if (g->pack) {
        buf_printf(out, "%*stile ", depth * 2 + 2, "");
        put_kernel(p, g->pack, depth + 1, out);
    }
}

static void put_tasks(const Plan *p, const TaskList *l, int depth, Buf *out);

static void put_control(const Plan *p, const Task *t, int depth, Buf *out)
{
    static const char *const names[] = {
        [TASK_LOOP] = "loop", [TASK_BRANCH] = "branch"};
    const Control *c = t->control;
    buf_printf(out, "%s", names[t->kind]);
    if (t->kind == TASK_LOOP)
        put_axes(c->node->attr.ax, NULL, 1, out);
    for (int i = 0; i < c->slots.n; i++) {
        buf_puts(out, i ? ", " : " ");
        put_buffer(c->slots.at[i], out);
        buf_puts(out, " <- ");
        put_buffer(c->next.at[i], out);
    }
    buf_puts(out, "\n");
    put_tasks(p, &c->body[0], depth + 1, out);
    if (c->body[1].n) {
        buf_printf(out, "%*s%s\n", depth * 2, "", t->kind == TASK_LOOP ? "while" : "else");
        put_tasks(p, &c->body[1], depth + 1, out);
    }
}

static void put_library(const Plan *p, const Library *l, Buf *out)
{
    for (int i = 0; i < l->shape.nout; i++)
        if (l->out[i]) {
            put_buffer(l->out[i], out);
            buf_puts(out, " ");
        }
    buf_printf(out, "= %s", op_info(l->node->op)->text);
    for (int i = 0; i < l->node->nin; i++) {
        buf_puts(out, " ");
        put_buffer(p->of[l->node->in[i]->id], out);
    }
    buf_puts(out, "\n");
}

static void put_tasks(const Plan *p, const TaskList *l, int depth, Buf *out)
{
    for (int i = 0; i < l->n; i++) {
        const Task *t = l->at[i];
        buf_printf(out, "%*s", depth * 2, "");
        if (t->kernel)
            put_kernel(p, t->kernel, depth, out);
        else if (t->gemm)
            put_gemm(p, t->gemm, depth, out);
        else if (t->control)
            put_control(p, t, depth, out);
        else if (t->kind == TASK_WATCH) {
            buf_printf(out, "%s ", op_info(t->watch->op)->text);
            put_buffer(p->of[t->watch->in[0]->id], out);
            buf_puts(out, "\n");
        } else if (t->library) {
            put_library(p, t->library, out);
        } else {
            put_buffer(t->sort->to, out);
            buf_puts(out, " = sort ");
            put_buffer(p->of[t->sort->node->in[0]->id], out);
            buf_puts(out, "\n");
        }
    }
}

void sched_dump(const Plan *plan, Buf *out)
{
    put_tasks(plan, &plan->tasks, 0, out);
    for (int i = 0; i < plan->placed.n; i++) {
        const Buffer *b = plan->placed.at[i];
        put_buffer(b, out);
        buf_printf(out, " lives %d to %d\n", b->first, b->last);
    }
}
