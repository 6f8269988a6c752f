// Diagrams: that every axis of every tensor is a wire, that a wire ends only where something takes it up, and that
// nothing stands upon anything else; for all blocks and functions of the standard library and some examples.
#include <stdio.h>
#include <string.h>

#include "draw/diagram.h"
#include "draw/draw.h"
#include "support/run_tests.h"

static const char *const files[] = {"stdlib/nn.plx", "examples/digits.plx", "examples/charlm.plx",
                                    "examples/papers/circuit_diagrams.plx", "examples/papers/lssl.plx"};

typedef void Check(const Contract *c, const Diagram *d);

static int check_module(Sema *s, Module *m, Check *check)
{
    int n = 0;
    for (int i = 0; i < m->scope->entries.n; i++) {
        Entry *e = m->scope->entries.at[i];
        if (e->kind != ENTRY_VALUE || !e->value || e->value->kind != V_FUNC || e->value->func->kind != FUNC_DECL)
            continue;
        SynKind   kind = e->value->func->decl->kind;
        Contract *c = kind == SYN_BLOCK || kind == SYN_FN ? contract_of(s, e->value->func) : NULL;
        if (!c || !c->program)
            continue;
        Diagram d = diagram_of(c);
        diagram_lay_out(&d, c);
        check(c, &d);
        n++;
    }
    return n;
}

static void check_file(const char *name, Check *check)
{
    char        path[1024];
    Arena      *a = arena_new(NULL, NULL);
    Diags      *diags = diags_new(a);
    SemaOptions o = {.stdlib = PLEXUS_SOURCE "/stdlib", .real = ELEM_F32};
    Sema       *s = sema_new(a, names_new(a), sources_new(a), diags, &o);
    snprintf(path, sizeof path, "%s/%s", PLEXUS_SOURCE, name);
    Module *m = sema_load(s, path);
    CU_ASSERT_FATAL(m != NULL);
    sema_check(s, m);
    CU_ASSERT_EQUAL(diags_errors(diags), 0);
    CU_ASSERT(check_module(s, m, check) > 0);
    arena_free(a);
}

static void check_all(Check *check)
{
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        check_file(files[i], check);
}

static void wires_of(const Contract *c, const Diagram *d)
{
    (void)c;
    for (int i = 0; i < d->nbundle; i++) {
        const Bundle *b = d->bundle[i];
        CU_ASSERT_EQUAL(b->n, b->node->type.axes.n);
        for (int k = 0; k < b->node->type.axes.n; k++)
            CU_ASSERT(bundle_find(b, b->node->type.axes.at[k]) >= 0);
    }
}

static void each_axis_of_a_tensor_is_one_wire(void) { check_all(wires_of); }

static bool is_taken_up(const Step *s, const Axis *a)
{
    for (int i = 0; i < s->nout; i++)
        if (bundle_find(s->out[i], a) >= 0)
            return true;
    return axes_has(s->touched, a);
}

static void ends_of(const Contract *c, const Diagram *d)
{
    (void)c;
    for (int i = 0; i < d->n; i++)
        for (int k = 0; k < d->step[i].nin; k++)
            for (int j = 0; j < d->step[i].in[k]->n; j++)
                CU_ASSERT(is_taken_up(&d->step[i], d->step[i].in[k]->axis[j]));
}

static void a_wire_ends_only_in_what_touches_it(void) { check_all(ends_of); }

static void order_of(const Contract *c, const Diagram *d)
{
    (void)c;
    for (int i = 0; i < d->n; i++)
        for (int k = 0; k < d->step[i].nin; k++) {
            CU_ASSERT(d->step[i].in[k]->made < d->step[i].column);
            CU_ASSERT(d->step[i].in[k]->last >= d->step[i].column);
        }
}

static void a_step_stands_behind_what_it_reads(void) { check_all(order_of); }

static bool alive(const Bundle *b, int column) { return b->made <= column && b->last > column; }

static void room_of(const Contract *c, const Diagram *d)
{
    (void)c;
    for (int i = 0; i < d->nbundle; i++)
        for (int k = 0; k < i; k++)
            for (int at = 0; at <= d->columns; at++) {
                const Bundle *a = d->bundle[i], *b = d->bundle[k];
                if (!alive(a, at) || !alive(b, at))
                    continue;
                const Bundle *up = a->y[at] < b->y[at] ? a : b, *low = up == a ? b : a;
                CU_ASSERT(low->y[at] - up->y[at] - bundle_height(up) >= LANE);
            }
}

static void no_two_tensors_stand_upon_each_other(void) { check_all(room_of); }

static void text_of(const Contract *c, const Diagram *d)
{
    Buf b = {0};
    int steps = 0;
    CU_ASSERT(draw_svg(c, "x", &b));
    for (const char *p = b.at; (p = strstr(p, "class=\"step\"")) != NULL; p++)
        steps++;
    CU_ASSERT_EQUAL(steps, d->n);
    buf_free(&b);
}

static void each_step_is_drawn(void) { check_all(text_of); }

static CU_TestInfo tests[] = {
    {"an axis of a tensor is no wire, or two", each_axis_of_a_tensor_is_one_wire},
    {"a wire ends where nothing takes it up", a_wire_ends_only_in_what_touches_it},
    {"a step stands before what it reads", a_step_stands_behind_what_it_reads},
    {"tensors stand upon each other", no_two_tensors_stand_upon_each_other},
    {"a step is not drawn", each_step_is_drawn},
    CU_TEST_INFO_NULL,
};

int main(void) { return run_tests("diagrams", tests); }
