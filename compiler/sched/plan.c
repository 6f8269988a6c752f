// A program's plan.
#include <string.h>

#include "ir/region.h"
#include "sched/plan.h"

static void add_inputs(Sched *s)
{
    for (int i = 0; i < s->program->inputs.n; i++) {
        const Input *in = &s->program->inputs.at[i];
        Buffer      *b =
            buffer_new(s, BUFFER_INPUT, in->node, in->node->type.elem, in->node->type.axes.n);
        b->index = i;
        b->external = true;
        buffer_settle(s, b, in->order ? in->order : in->node->type.axes.at, b->n);
        s->plan->of[in->node->id] = b;
    }
}

static Buffer **add_outputs(Sched *s)
{
    Buffer **targets = ARENA_ARRAY(s->arena, Buffer *, s->program->outputs.n + 1);
    for (int i = 0; i < s->program->outputs.n; i++) {
        const Output *out = &s->program->outputs.at[i];
        Buffer       *b =
            buffer_new(s, BUFFER_OUTPUT, out->node, out->node->type.elem, out->node->type.axes.n);
        b->index = i;
        b->external = true;
        buffer_settle(s, b, out->order ? out->order : out->node->type.axes.at, b->n);
        targets[i] = b;
    }
    return targets;
}

// ---- sizes ----

static void add_sizes(Plan *p, const Size *size)
{
    SizeVar *var[64];
    int      n = size_vars(size, var, 64);
    for (int i = 0; i < n && i < 64; i++) {
        int at = p->sizes.n;
        while (at > 0 && p->sizes.at[at - 1]->id > var[i]->id)
            at--;
        if (at > 0 && p->sizes.at[at - 1] == var[i])
            continue;
        vec_push(p->arena, &p->sizes, var[i]);
        for (int k = p->sizes.n - 1; k > at; k--)
            p->sizes.at[k] = p->sizes.at[k - 1];
        p->sizes.at[at] = var[i];
    }
}

static void node_sizes(Plan *p, const Node *n)
{
    if (n->attr.size)
        add_sizes(p, n->attr.size);
    for (int i = 0; i < n->type.axes.n; i++)
        add_sizes(p, n->type.axes.at[i]->size);
    for (int i = 0; i < n->attr.nax && !region_made(n); i++)
        add_sizes(p, n->attr.ax[i]->size);
    for (int i = 0; i < n->attr.nbx; i++)
        add_sizes(p, n->attr.bx[i]->size);
}

static void region_sizes(Plan *p, const Region *r)
{
    for (int i = 0; i < r->params.n; i++)
        node_sizes(p, r->params.at[i]);
    for (int i = 0; i < r->nodes.n; i++) {
        node_sizes(p, r->nodes.at[i]);
        for (int k = 0; k < 2; k++)
            if (r->nodes.at[i]->body[k])
                region_sizes(p, r->nodes.at[i]->body[k]);
    }
}

static bool has_made(const Plan *p, const SizeVar *v)
{
    for (int k = 0; k < p->made.n; k++)
        if (p->made.at[k] == v)
            return true;
    return false;
}

// A loop that is computed again, for a derivative, makes the same size once more.
static void find_made(Plan *p, const Region *r)
{
    for (int i = 0; i < r->nodes.n; i++) {
        const Node *n = r->nodes.at[i];
        SizeVar    *made = region_made(n);
        for (int k = 0; k < 2; k++)
            if (n->body[k])
                find_made(p, n->body[k]);
        for (int k = 0; made && k < p->sizes.n; k++)
            if (p->sizes.at[k] == made && !has_made(p, made))
                vec_push(p->arena, &p->made, made);
    }
}

// What loops make is not given.
static void part_sizes(Plan *p)
{
    int given = 0;
    find_made(p, p->program->main);
    for (int i = 0; i < p->sizes.n; i++) {
        if (!has_made(p, p->sizes.at[i]))
            p->sizes.at[given++] = p->sizes.at[i];
    }
    p->sizes.n = given;
}

const SizeVar *plan_size(const Plan *p, int i)
{
    return i < p->sizes.n ? p->sizes.at[i] : p->made.at[i - p->sizes.n];
}

// ---- the whole ----

static void finish(Sched *s, const TaskList *l)
{
    for (int i = 0; i < l->n; i++) {
        if (l->at[i]->kernel)
            kernel_finish(s, l->at[i]->kernel);
        if (l->at[i]->gemm && l->at[i]->gemm->pack)
            kernel_finish(s, l->at[i]->gemm->pack);
        for (int k = 0; l->at[i]->control && k < 2; k++)
            finish(s, &l->at[i]->control->body[k]);
    }
}

// The main region with the outputs as its results.
static Region *main_region(Sched *s)
{
    Region *r = ARENA_NEW(s->arena, Region);
    *r = *s->program->main;
    memset(&r->results, 0, sizeof r->results);
    for (int i = 0; i < s->program->outputs.n; i++)
        vec_push(s->arena, &r->results, s->program->outputs.at[i].node);
    return r;
}

Plan *sched_plan(const Program *given, bool apart)
{
    const Program *p = program_lower(given);
    Plan *plan = ARENA_NEW(p->arena, Plan);
    plan->arena = p->arena;
    plan->program = p;
    plan->of = ARENA_ARRAY(p->arena, Buffer *, p->node_count + 1);
    Sched s = {plan,         p->arena, p, ARENA_ARRAY(p->arena, Info, p->node_count + 1),
               &plan->tasks, NULL,     apart};
    add_inputs(&s);
    Buffer **targets = add_outputs(&s);
    region_sizes(plan, p->main);
    part_sizes(plan);
    inplace_find(&s);
    region_plan(&s, main_region(&s), targets, &plan->tasks);
    s.tasks = &plan->tasks;
    memory_outputs(&s);
    finish(&s, &plan->tasks);
    memory_plan(&s);
    return plan;
}
