// Derivatives: every operation of the table, forward and reverse, first to third, against central differences in
// f64 and against <Tu, v> = <u, Lv>, over axes of size 0, 1, odd and large; third derivatives in every mix of modes; loops; the
// hard cases of guards and ties. Value, first and second derivatives as compiled, too. A row of the table that has a rule and
// stands in no case is a failure.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ad/ad.h"
#include "emit/emit.h"
#include "interp/interp.h"
#include "ir/complex.h"
#include "ir/library.h"
#include "opt/opt.h"

static int passed, failed;

static void check(bool ok, const char *name, const char *what, double figure)
{
    passed += ok;
    failed += !ok;
    if (!ok)
        printf("%s: %s (%.3g)\n", name, what, figure);
}

// ---- a program of one function of up to three tensors ----

enum { MOST_IN = 3, MOST_VALUES = 4096 };

typedef struct {
    Arena  *arena;
    Names  *names;
    Sizes  *sizes;
    Axes   *axes;
    Diags  *diags;
    Axis   *a, *b, *c, *ab, *d;
    double  lo, hi;
} World;

typedef Node *Make(Builder *b, World *w, Node **x);

static bool exact;  // operands and directions are such that their f32 are themselves, also when moved

static double on_grid(double v, double step) { return exact ? step * round(v / step) : v; }

static uint64_t state;
static double draw(double lo, double hi)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return lo + (hi - lo) * (double)(state >> 11) * 0x1p-53;
}

// Operands: no two are of one size to within the steps taken, nor 0, so that no tie of an extremum lies between them.
static double drawn[1024];
static int    ndrawn;
static double draw_apart(double lo, double hi)
{
    double v;
    bool   near;
    do {
        v = draw(lo, hi);
        near = fabs(v) < 5e-4;
        for (int i = 0; i < ndrawn && !near; i++)
            near = fabs(fabs(v) - fabs(drawn[i])) < 5e-4;
    } while (near);
    return drawn[ndrawn++] = v;
}

static World world_new(int64_t na, int64_t nb)
{
    World w = {.arena = arena_new(NULL, NULL)};
    w.names = names_new(w.arena);
    w.sizes = sizes_new(w.arena, w.names);
    w.axes = ARENA_NEW(w.arena, Axes);
    *w.axes = (Axes){.arena = w.arena, .names = w.names, .sizes = w.sizes};
    w.diags = diags_new(w.arena);
    w.a = axis_new(w.axes, name_of(w.names, "a"), size_const(w.sizes, na), SPAN_NONE);
    w.b = axis_new(w.axes, name_of(w.names, "b"), size_const(w.sizes, nb), SPAN_NONE);
    w.c = axis_new(w.axes, name_of(w.names, "c"), size_const(w.sizes, 2), SPAN_NONE);
    w.ab = axis_new(w.axes, name_of(w.names, "ab"), size_const(w.sizes, na * nb), SPAN_NONE);
    w.d = axis_new(w.axes, name_of(w.names, "d"), size_const(w.sizes, na + nb), SPAN_NONE);
    return w;
}

static AxisSet set(World *w, Axis *x, Axis *y)
{
    Axis *ax[2] = {x, y};
    return axes_of(w->arena, ax, y ? 2 : 1);
}

typedef struct {
    Program *p;
    int      nin;
    InterpTensor *in[MOST_IN * 3];
} Run;

static InterpTensor *random_tensor(World *w, AxisSet axes, double lo, double hi)
{
    int64_t dim[8];
    for (int i = 0; i < axes.n; i++)
        size_is_const(axes.at[i]->size, &dim[i]);
    InterpTensor *t = interp_tensor(w->arena, ELEM_F64, axes.at, dim, axes.n);
    for (int64_t i = 0; i < t->count; i++)
        t->r[i] = on_grid(draw(lo, hi), 0x1p-8);
    return t;
}

// Where a case takes its operands from: x is [a, b], y [b], z [a].
static AxisSet operand_axes(World *w, int i) { return i == 0 ? set(w, w->a, w->b) : set(w, i == 1 ? w->b : w->a, NULL); }

static double dot(const InterpTensor *x, const InterpTensor *y)
{
    double s = 0;
    for (int64_t i = 0; i < x->count; i++)
        s += x->r[i] * y->r[i];
    return s;
}

static bool run(World *w, Run *r, const char *name, InterpTensor **out)
{
    const char *bug = program_verify(r->p);
    if (bug) {
        printf("%s: %s\n", name, bug);
        return false;
    }
    const char *error = interp_run(r->p, w->arena, NULL, 0, r->in, out);
    if (error)
        printf("%s: %s\n", name, error);
    return !error;
}

static Node *squares(Builder *b, Node *sum, Node *x)
{
    Node *q = ir_fill(b, x);
    q = ir_binary(b, OP_MUL, q, q);
    q = ir_reduce(b, OP_SUM, q, q->type.axes.at, q->type.axes.n);
    return sum ? ir_binary(b, OP_ADD, sum, q) : q;
}

// f(x), or the sum of squares of its derivatives, taken in turn as `inner` says, the last one innermost: `r` in reverse
// (the gradient), `f` forward (along one direction).
static Node *value(Builder *b, World *w, Make *make, Node **x, int n, const char *inner)
{
    if (!*inner)
        return make(b, w, x);
    Node *own[MOST_IN], *g[MOST_IN], *sum = NULL;
    for (int i = 0; i < n; i++)
        own[i] = ir_unary(b, OP_COPY, x[i]);
    Node *y = ir_fill(b, value(b, w, make, own, n, inner + 1));
    if (*inner == 'f') {
        Node *d[MOST_IN];
        for (int i = 0; i < n; i++)
            d[i] = ir_expand(b, ir_const(b, ELEM_F64, 0.5 + 0.25 * i), x[i]->type.axes);
        if (!ad_jvp(b, w->diags, &y, 1, own, d, n, g))
            return y;
        n = 1;
    } else if (!ad_grad(b, w->diags, y, NULL, own, n, g)) {
        return y;
    }
    for (int i = 0; i < n; i++)
        sum = g[i] ? squares(b, sum, g[i]) : sum;
    return sum ? sum : ir_const(b, ELEM_F64, 0);
}

// The operands moved by `steps` along their directions.
static bool run_moved(World *w, Run *r, const char *name, InterpTensor *const *at, int n, double steps, InterpTensor **out)
{
    for (int i = 0; i < n; i++) {
        r->in[i] = random_tensor(w, operand_axes(w, i), 0, 1);
        for (int64_t k = 0; k < at[i]->count; k++)
            r->in[i]->r[k] = at[i]->r[k] + steps * r->in[n + i]->r[k];
    }
    return run(w, r, name, out);
}

// The largest error of dy against differences of the fourth order.
static double against_differences(World *w, Run *r, const char *name, int n, InterpTensor *const *out)
{
    const double  h = 0x1p-13;
    double        worst = 0;
    InterpTensor *at[MOST_IN], *far[2][8], *near[2][8];
    for (int i = 0; i < n; i++)
        at[i] = r->in[i];
    for (int side = 0; side < 2; side++) {
        double sign = side ? -1 : 1;
        if (!run_moved(w, r, name, at, n, sign * h, near[side]) || !run_moved(w, r, name, at, n, 2 * sign * h, far[side]))
            return INFINITY;
    }
    for (int64_t k = 0; k < out[0]->count; k++) {
        double difference = (8 * (near[0][0]->r[k] - near[1][0]->r[k]) - (far[0][0]->r[k] - far[1][0]->r[k])) / (12 * h);
        double error = fabs(difference - out[1]->r[k]) / (1 + fabs(difference));
        worst = !(error <= worst) ? error : worst;
    }
    return worst;
}

// ---- as compiled ----

static Jit    *jit;
static PlxCtx  ctx;
static int64_t compiled;

// Steps to a difference of a result in units of its tensor's size; inf: it does not compile or run.
static double against_compiled(World *w, const Run *r, int nin, InterpTensor *const *want)
{
    InterpTensor *got[8];
    void         *from[MOST_IN * 3], *to[8];
    double        worst = 0;
    Step         *s = step_compile(jit, opt_simplify(r->p), &(StepOptions){.level = -1, .verify = true}, w->diags);
    for (int i = 0; i < nin; i++)
        from[i] = r->in[i]->r;
    for (int i = 0; i < r->p->outputs.n; i++) {
        got[i] = interp_tensor(w->arena, ELEM_F64, want[i]->ax, want[i]->dim, want[i]->n);
        to[i] = got[i]->r;
    }
    compiled++;
    plx_ctx_reset(&ctx);
    bool ok = s && step_run(s, &ctx, NULL, from, to) == 0;
    for (int i = 0; i < r->p->outputs.n && ok; i++) {
        double scale = 1;
        for (int64_t k = 0; k < want[i]->count; k++)
            scale = fmax(scale, fabs(want[i]->r[k]));
        for (int64_t k = 0; k < want[i]->count; k++) {
            double error = fabs(want[i]->r[k] - got[i]->r[k]) / scale;
            worst = !(error <= worst) ? error : worst;
        }
    }
    if (s)
        step_free(s);
    return ok ? worst : INFINITY;
}

// ---- one case ----

static double at_most;  // the largest error seen
static bool   in_a_case[OP_COUNT];

static void note_operations(const Region *r)
{
    for (int i = 0; i < r->nodes.n; i++) {
        in_a_case[r->nodes.at[i]->op] = true;
        for (int k = 0; k < 2; k++)
            if (r->nodes.at[i]->body[k])
                note_operations(r->nodes.at[i]->body[k]);
    }
}

static void check_case(const char *name, Make *make, int n, double lo, double hi, int64_t na, int64_t nb, const char *inner)
{
    World         w = world_new(na, nb);
    Program      *p = program_new(w.arena, w.names, w.sizes, w.axes, name_of(w.names, name));
    Builder       b = builder_new(p);
    Node         *x[MOST_IN], *dx[MOST_IN], *g[MOST_IN], *dy = NULL;
    InterpTensor *out[8];
    Run           r = {.p = p};
    ndrawn = 0;
    name = name_format(w.names, "%s, behind `%s`, %lld by %lld", name, inner, (long long)na, (long long)nb);
    for (int i = 0; i < n; i++) {
        x[i] = ir_input(&b, name_format(w.names, "x%d", i), INPUT_DATA, ELEM_F64, operand_axes(&w, i), NULL);
        r.in[i] = random_tensor(&w, operand_axes(&w, i), 0, 1);
        for (int64_t k = 0; k < r.in[i]->count; k++)
            r.in[i]->r[k] = on_grid(draw_apart(lo, hi), 0x1p-10);
    }
    for (int i = 0; i < n; i++) {
        dx[i] = ir_input(&b, name_format(w.names, "dx%d", i), INPUT_DATA, ELEM_F64, operand_axes(&w, i), NULL);
        r.in[n + i] = random_tensor(&w, operand_axes(&w, i), -1, 1);
    }
    Node *y = ir_fill(&b, value(&b, &w, make, x, n, inner));
    if (!*inner)
        note_operations(p->main);
    Node *v = ir_input(&b, name_of(w.names, "v"), INPUT_DATA, ELEM_F64, y->type.axes, NULL);
    r.in[2 * n] = random_tensor(&w, y->type.axes, -1, 1);
    bool ok = ad_jvp(&b, w.diags, &y, 1, x, dx, n, &dy) && ad_grad(&b, w.diags, y, v, x, n, g);
    check(ok, name, "has rules", 0);
    if (ok) {
        program_output(p, name_of(w.names, "y"), y, -1, NULL);
        program_output(p, name_of(w.names, "dy"), dy ? ir_expand(&b, ir_fill(&b, dy), y->type.axes) : ir_zeros_like(&b, y), -1, NULL);
        for (int i = 0; i < n; i++)
            program_output(p, name_of(w.names, "g"), g[i] ? ir_fill(&b, g[i]) : ir_zeros_like(&b, x[i]), -1, NULL);
        ok = run(&w, &r, name, out);
        check(ok, name, "runs", 0);
    }
    if (ok) {
        InterpTensor *at[MOST_IN];
        memcpy(at, r.in, sizeof at);
        double forward = dot(out[1], r.in[2 * n]), backward = 0, size = 1;
        for (int i = 0; i < n; i++)
            backward += dot(out[2 + i], r.in[n + i]);
        for (int64_t k = 0; k < out[1]->count; k++)  // a sum of terms of either sign is known as well as their sizes
            size += fabs(out[1]->r[k] * r.in[2 * n]->r[k]);
        check(fabs(forward - backward) <= 1e-12 * size, name, "<Tu, v> = <u, Lv>", (forward - backward) / size);
        double worst = against_differences(&w, &r, name, n, out);
        at_most = worst > at_most ? worst : at_most;
        check(worst <= 1e-6, name, "derivative", worst);
        for (int i = 0; i < n; i++)
            r.in[i] = at[i];
        bool   chosen = !*inner ? nb > 0 && na < 100 : !strcmp(inner, "r") && na == 3 && nb == 5;  // compiling takes its time
        double apart = chosen ? against_compiled(&w, &r, 2 * n + 1, out) : 0;
        check(apart <= 1e-9, name, "compiled as interpreted", apart);
    }
    arena_free(w.arena);
}

// ---- the cases ----

static Op current;  // the operation under test

static Node *one_operand(Builder *b, World *w, Node **x)
{
    (void)w;
    return ir_unary(b, current, x[0]);
}
static Node *two_operands(Builder *b, World *w, Node **x)
{
    (void)w;
    return ir_binary(b, current, x[0], x[1]);
}
static Node *two_swapped(Builder *b, World *w, Node **x)
{
    (void)w;
    return ir_binary(b, current, x[1], x[0]);
}
static Node *reduce_one(Builder *b, World *w, Node **x) { return ir_reduce(b, current, x[0], &w->a, 1); }
static Node *reduce_both(Builder *b, World *w, Node **x)
{
    Axis *ax[2] = {w->a, w->b};
    return ir_reduce(b, current, x[0], ax, 2);
}
static Node *running_sum(Builder *b, World *w, Node **x)
{
    Attr attr = {.ax = &w->a, .nax = 1};
    return ir_make(b, OP_CUMSUM, x, 1, &attr);
}
static Node *contract_one(Builder *b, World *w, Node **x) { return ir_contract(b, x[0], x[1], &w->b, 1); }
static Node *contract_self(Builder *b, World *w, Node **x)
{
    Node *other = ir_rename(b, x[0], &w->a, (Axis *[]){axis_twin(w->axes, w->a)}, 1);
    return ir_contract(b, x[0], other, &w->b, 1);
}
static Node *renamed(Builder *b, World *w, Node **x)
{
    return ir_rename(b, ir_binary(b, OP_MUL, x[0], x[0]), &w->a, (Axis *[]){axis_twin(w->axes, w->a)}, 1);
}
static Node *merged(Builder *b, World *w, Node **x)
{
    Axis *ax[2] = {w->a, w->b};
    Node *m = ir_merge(b, ir_binary(b, OP_MUL, x[0], x[0]), ax, 2, w->ab);
    return ir_split(b, ir_binary(b, OP_MUL, m, m), w->ab, ax, 2);
}
static Node *expanded(Builder *b, World *w, Node **x)
{
    return ir_expand(b, ir_binary(b, OP_MUL, x[0], x[0]), set(w, w->c, NULL));
}
static Node *joined(Builder *b, World *w, Node **x)
{
    Node *z = ir_rename(b, x[1], &w->b, (Axis *[]){w->b}, 1);
    Axis *ax[2] = {w->b, w->a};
    Node *in[2] = {ir_binary(b, OP_MUL, z, z), x[2]};
    return ir_concat(b, in, ax, 2, w->d);
}
static Node *shifted(Builder *b, World *w, Node **x)
{
    Node *pos = ir_binary(b, OP_SUB, ir_binary(b, OP_ADD, ir_iota(b, w->a), ir_iota(b, w->c)), ir_int(b, 1));
    return ir_index(b, ir_binary(b, OP_MUL, x[0], x[0]), &w->a, &pos, 1, ir_const(b, ELEM_F64, 0));
}
static Node *gathered(Builder *b, World *w, Node **x)
{
    Node *size = ir_size(b, w->a->size);
    Node *pos = ir_binary(b, OP_IMOD, ir_binary(b, OP_MUL, ir_iota(b, w->b), ir_int(b, 3)), size);
    return ir_index(b, x[0], &w->a, &pos, 1, ir_const(b, ELEM_F64, 0));  // of no positions: the else value
}
// At places of which the first is out of range.
static Node *updated(Builder *b, World *w, Node **x)
{
    Node *pos = ir_binary(b, OP_SUB, ir_iota(b, w->b), ir_int(b, 1));
    return ir_update(b, ir_binary(b, OP_MUL, x[0], x[1]), &w->a, &pos, 1, ir_binary(b, OP_MUL, x[1], x[1]));
}
static Node *scattered(Builder *b, World *w, Node **x)
{
    Node *pos = ir_binary(b, OP_SUB, ir_iota(b, w->a), ir_int(b, 1));
    return ir_scatter(b, OP_SCATTER_ADD, ir_binary(b, OP_MUL, x[0], x[0]), &w->a, 1, &w->c, &pos, 1);
}
// By positions of two axes at once, which share one.
static Node *gathered_twice(Builder *b, World *w, Node **x)
{
    Node *pos[2];
    Axis *ax[2] = {w->a, w->b};
    for (int i = 0; i < 2; i++) {
        Node *at = ir_binary(b, OP_ADD, ir_binary(b, OP_MUL, ir_iota(b, w->c), ir_int(b, 2 + i)), ir_iota(b, w->d));
        pos[i] = ir_binary(b, OP_IMOD, at, ir_size(b, ax[i]->size));
    }
    return ir_index(b, ir_binary(b, OP_MUL, x[0], x[0]), ax, pos, 2, ir_const(b, ELEM_F64, 0.5));
}
static Node *updated_twice(Builder *b, World *w, Node **x)
{
    Node *pos[2] = {ir_int(b, 0), ir_binary(b, OP_SUB, ir_size(b, w->b->size), ir_int(b, 1))};
    Axis *ax[2] = {w->a, w->b};
    Node *v = ir_reduce(b, OP_SUM, ir_binary(b, OP_MUL, x[1], x[1]), &w->b, 1);
    return ir_update(b, ir_binary(b, OP_MUL, x[0], x[1]), ax, pos, 2, v);
}
static Node *scattered_twice(Builder *b, World *w, Node **x)
{
    Node *pos[2] = {ir_binary(b, OP_IMOD, ir_iota(b, w->a), ir_int(b, 2)), ir_binary(b, OP_SUB, ir_iota(b, w->b), ir_int(b, 1))};
    Axis *ax[2] = {w->a, w->b}, *to[2] = {w->c, w->d};
    return ir_scatter(b, OP_SCATTER_ADD, ir_binary(b, OP_MUL, x[0], x[0]), ax, 2, to, pos, 2);
}
// Along the first operand's positions where it is large, each side of its own.
static Node *branched(Builder *b, World *w, Node **x)
{
    (void)w;
    Node   *sum = ir_reduce(b, OP_SUM, x[1], x[1]->type.axes.at, x[1]->type.axes.n);
    Node   *c = ir_binary(b, OP_LT, sum, ir_const(b, ELEM_F64, 0.3));
    Region *yes = region_begin(b);
    region_result(b, ir_binary(b, OP_MUL, x[0], ir_unary(b, OP_SIN, x[1])));
    region_result(b, x[1]);
    region_end(b);
    Region *no = region_begin(b);
    region_result(b, ir_unary(b, OP_TANH, x[0]));
    region_result(b, ir_binary(b, OP_MUL, x[1], x[1]));
    region_end(b);
    Node *branch = ir_branch(b, c, yes, no);
    return ir_binary(b, OP_ADD, ir_out(b, branch, 0), ir_out(b, branch, 1));
}
static Node *backwards(Builder *b, World *w, Node **x)
{
    Attr attr = {.ax = &w->a, .nax = 1, .i = 1};
    Node *q = ir_binary(b, OP_MUL, x[0], x[0]);
    return ir_make(b, OP_CUMSUM, &q, 1, &attr);
}
// To f32 and back, where operands and directions are such that nothing is rounded.
static Node *converted(Builder *b, World *w, Node **x)
{
    (void)w;
    return ir_binary(b, OP_MUL, ir_convert(b, ir_convert(b, x[0], ELEM_F32), ELEM_F64), x[0]);
}
static Node *selected(Builder *b, World *w, Node **x)
{
    (void)w;
    Node *c = ir_binary(b, OP_LT, x[1], x[0]), *no = ir_unary(b, OP_NOT, c);
    return ir_select(b, c, ir_unary(b, OP_EXP, ir_guard(b, x[0], c)), ir_guard(b, ir_binary(b, OP_MUL, x[0], x[1]), no));
}
static Node *guarded_softmax(Builder *b, World *w, Node **x)
{
    Node *g = ir_binary(b, OP_LT, ir_iota(b, w->a), ir_iota(b, w->b));
    Node *s = ir_guard(b, x[0], g);
    Node *e = ir_unary(b, OP_EXP, ir_binary(b, OP_SUB, s, ir_unary(b, OP_STOP, ir_reduce(b, OP_MAX, s, &w->a, 1))));
    return ir_fill(b, ir_binary(b, OP_DIV, e, ir_reduce(b, OP_SUM, e, &w->a, 1)));
}

// A recurrence along `a`: h = tanh(h * y + x[t]), which yields h^2 too; h and y are [b].
static Node *recurrence(Builder *b, World *w, Node **x)
{
    Node *first = ir_binary(b, OP_MUL, x[1], ir_const(b, ELEM_F64, 0.5));
    Region *body = region_begin(b);
    Node   *t = region_param(b, ELEM_I64, (AxisSet){0}), *h = region_param(b, ELEM_F64, first->type.axes);
    Node   *in = ir_index(b, x[0], &w->a, &t, 1, NULL);
    Node   *next = ir_unary(b, OP_TANH, ir_binary(b, OP_ADD, ir_binary(b, OP_MUL, h, x[1]), in));
    region_result(b, next);
    region_result(b, ir_binary(b, OP_MUL, next, next));
    region_end(b);
    Node *loop = ir_loop(b, w->a, &first, 1, body);
    return ir_binary(b, OP_ADD, ir_out(b, loop, 0), ir_reduce(b, OP_SUM, ir_out(b, loop, 1), &w->a, 1));
}

// h = h * y + 1/2 until its sum of squares is large or seven turns are done: the number of turns is in the data.
static Node *open_loop(Builder *b, World *w, Node *h, Node *y)
{
    (void)w;
    Region *goes = region_begin(b);
    Node   *t = region_param(b, ELEM_I64, (AxisSet){0}), *now = region_param(b, ELEM_F64, h->type.axes);
    Node   *square = ir_binary(b, OP_MUL, now, now);
    Node   *size = ir_reduce(b, OP_SUM, square, square->type.axes.at, square->type.axes.n);
    region_result(b, ir_binary(b, OP_AND, ir_binary(b, OP_LT, t, ir_int(b, 7)),
                               ir_binary(b, OP_LT, size, ir_const(b, ELEM_F64, 40))));
    region_end(b);
    Region *body = region_begin(b);
    region_param(b, ELEM_I64, (AxisSet){0});
    now = region_param(b, ELEM_F64, h->type.axes);
    Node *bent = ir_unary(b, OP_TANH, ir_binary(b, OP_MUL, now, y));
    region_result(b, ir_binary(b, OP_ADD, ir_binary(b, OP_ADD, now, bent), ir_const(b, ELEM_F64, 0.5)));
    region_end(b);
    return ir_out(b, ir_while(b, &h, 1, goes, body), 0);
}

static Node *of_open_length(Builder *b, World *w, Node **x) { return open_loop(b, w, x[1], x[1]); }

// The same inside a loop over `a`, whose turns differ in length.
static Node *open_in_counted(Builder *b, World *w, Node **x)
{
    Node   *first = ir_binary(b, OP_MUL, x[1], ir_const(b, ELEM_F64, 0.5));
    Region *body = region_begin(b);
    Node   *t = region_param(b, ELEM_I64, (AxisSet){0}), *h = region_param(b, ELEM_F64, first->type.axes);
    Node   *in = ir_index(b, x[0], &w->a, &t, 1, NULL);
    region_result(b, ir_binary(b, OP_MUL, open_loop(b, w, h, in), ir_const(b, ELEM_F64, 0.25)));
    region_end(b);
    return ir_out(b, ir_loop(b, w->a, &first, 1, body), 0);
}

static Node *computed_again(Builder *b, World *w, Node **x)
{
    Region *body = region_begin(b);
    Node   *p[2] = {region_param(b, ELEM_F64, x[0]->type.axes), region_param(b, ELEM_F64, x[1]->type.axes)};
    region_result(b, ir_unary(b, OP_TANH, ir_binary(b, OP_MUL, p[0], p[1])));
    region_result(b, recurrence(b, w, p));
    region_end(b);
    Node *run = ir_run(b, x, 2, body, NULL);
    return ir_binary(b, OP_MUL, ir_out(b, run, 0), ir_out(b, run, 1));
}

// exp(x), with a rule that says so.
static Node *with_a_rule(Builder *b, World *w, Node **x)
{
    (void)w;
    Region *body = region_begin(b);
    region_result(b, ir_unary(b, OP_EXP, region_param(b, ELEM_F64, x[0]->type.axes)));
    region_end(b);
    Region *rule = region_begin(b);
    Node   *p = region_param(b, ELEM_F64, x[0]->type.axes), *ct = region_param(b, ELEM_F64, x[0]->type.axes);
    region_result(b, ir_binary(b, OP_MUL, ct, ir_unary(b, OP_EXP, p)));
    region_end(b);
    return ir_out(b, ir_run(b, x, 1, body, rule), 0);
}

// z = tanh(sum over a of x z / 8) + x1, coupled over b, each position of `a` by itself if `alone`.
static Node *settled(Builder *b, World *w, Node **x, bool alone)
{
    AxisSet own = set(w, w->b, NULL), all = alone ? x[0]->type.axes : x[1]->type.axes;
    Node   *start = ir_expand(b, ir_const(b, ELEM_F64, 0), all);
    Region *body = region_begin(b);
    Node   *z = region_param(b, ELEM_F64, all);
    Node   *product = ir_binary(b, OP_MUL, ir_expand(b, z, x[0]->type.axes), x[0]);
    Node   *mixed = alone ? ir_expand(b, ir_reduce(b, OP_SUM, product, &w->b, 1), all) : ir_reduce(b, OP_SUM, product, &w->a, 1);
    int64_t many = 1;
    size_is_const((alone ? w->b : w->a)->size, &many);
    Node   *bent = ir_unary(b, OP_TANH, ir_binary(b, OP_MUL, mixed, ir_const(b, ELEM_F64, 0.25 / (double)(many + 1))));
    region_result(b, ir_expand(b, ir_binary(b, OP_ADD, bent, x[1]), all));
    region_end(b);
    FixRule rule = {.tolerance = ir_const(b, ELEM_F64, 1e-14), .most = ir_int(b, 200), .own = own, .place = name_of(b->program->names, "here: far")};
    return ir_out(b, ir_fix(b, &rule, &start, 1, body), 0);
}
static Node *settled_alone(Builder *b, World *w, Node **x) { return settled(b, w, x, true); }
static Node *settled_together(Builder *b, World *w, Node **x) { return settled(b, w, x, false); }

// Whose first operand is an order.
static Node *of_an_order(Builder *b, World *w, Node **x)
{
    Node *in[3] = {ir_const(b, ELEM_F64, 1), x[0], x[1]};
    (void)w;
    return ir_make(b, current, in, 3, NULL);
}

// A matrix over b and a twin, for each position of c: x' x + x1 e' + diagonal; symmetric without the second term.
static Node *square_matrix(Builder *b, World *w, Node **x, Axis *twin, bool symmetric)
{
    Node *turned = ir_rename(b, x[0], &w->b, &twin, 1), *m = ir_contract(b, x[0], turned, &w->a, 1);
    Node *place = ir_convert(b, ir_iota(b, w->b), ELEM_F64), *same = ir_binary(b, OP_EQ, ir_iota(b, w->b), ir_iota(b, twin));
    Node *diagonal = ir_select(b, same, ir_binary(b, OP_ADD, place, ir_const(b, ELEM_F64, 2)), ir_const(b, ELEM_F64, 0));
    Node *scale = ir_binary(b, OP_ADD, ir_convert(b, ir_iota(b, w->c), ELEM_F64), ir_const(b, ELEM_F64, 1));
    m = ir_binary(b, OP_ADD, m, diagonal);
    if (!symmetric)
        m = ir_binary(b, OP_ADD, m, ir_binary(b, OP_DIV, x[1], ir_binary(b, OP_ADD, ir_convert(b, ir_iota(b, twin), ELEM_F64), ir_const(b, ELEM_F64, 4))));
    return ir_binary(b, OP_MUL, m, scale);
}

// Sums of the squares of a routine's results, weighed by place.
static Node *weighed(Builder *b, World *w, const Node *call)
{
    Node        *sum = ir_const(b, ELEM_F64, 0);
    LibraryShape s = library_shape(call->op);
    for (int i = 0; i < (s.parts ? 1 : s.nout); i++) { // complex vectors have any scale
        Node *y = library_result(b, call, i), *place = ir_const(b, ELEM_F64, i + 1);
        for (int r = 0; r < y->type.axes.n; r++) {
            Node *at = ir_convert(b, ir_iota(b, y->type.axes.at[r]), ELEM_F64);
            place = ir_binary(b, OP_ADD, ir_binary(b, OP_MUL, place, ir_const(b, ELEM_F64, 0.7)), at);
        }
        y = ir_binary(b, OP_MUL, ir_binary(b, OP_MUL, y, y), ir_unary(b, OP_COS, place));
        AxisSet over = axes_minus(w->arena, y->type.axes, axes_of(w->arena, &w->c, 1));
        sum = ir_binary(b, OP_ADD, sum, ir_reduce(b, OP_SUM, y, over.at, over.n));
    }
    return sum;
}

// Of a square matrix; the starred operand is x.
static Node *routine(Builder *b, World *w, Node **x)
{
    Axis        *k = axis_new(w->axes, w->b->name, w->b->size, SPAN_NONE);
    Axis        *ax[4] = {w->b, axis_new(w->axes, w->b->name, w->b->size, SPAN_NONE), k};
    LibraryShape s = library_shape(current);
    bool         symmetric = current == OP_EIGH || current == OP_CHOLESKY;
    Node        *in[2] = {square_matrix(b, w, x, ax[1], symmetric), x[0]};
    if (s.parts)
        ax[s.letters - 1] = axis_part(w->axes);
    return weighed(b, w, ir_library(b, current, in, s.nin, ax, s.letters));
}

// Of complex numbers, a pair of x and x1 along b.
static Node *transformed(Builder *b, World *w, Node **x)
{
    Axis *k = axis_new(w->axes, w->b->name, w->b->size, SPAN_NONE), *ax[3] = {w->b, axis_part(w->axes), k};
    Node *in = complex_of(b, ir_contract(b, x[0], x[0], &w->a, 1), x[1]);
    return weighed(b, w, ir_library(b, current, &in, 1, ax, 3));
}

// The same of a matrix that is no square, with x1 or x2 on the right.
static Node *oblong(Builder *b, World *w, Node **x, bool turned)
{
    int64_t a, c;
    size_is_const(w->a->size, &a);
    size_is_const(w->b->size, &c);
    LibraryShape s = library_shape(current);
    Axis        *ax[3] = {turned ? w->b : w->a, turned ? w->a : w->b,
                          axis_new(w->axes, name_of(w->names, "k"), size_const(w->sizes, a < c ? a : c), SPAN_NONE)};
    Node        *in[2] = {x[0], ir_expand(b, x[turned ? 1 : 2], axes_of(w->arena, &w->c, 1))};
    return weighed(b, w, ir_library(b, current, in, s.nin, ax, s.letters));
}
static Node *as_it_lies(Builder *b, World *w, Node **x) { return oblong(b, w, x, false); }
static Node *turned_over(Builder *b, World *w, Node **x) { return oblong(b, w, x, true); }

// A segment takes what comes three places further on; the first place goes nowhere, some segments are empty.
static Node *segments(Builder *b, World *w, Node *x)
{
    Node *pos = ir_binary(b, OP_SUB, ir_binary(b, OP_IMOD, ir_iota(b, w->a), ir_int(b, 3)), ir_int(b, 1));
    return ir_scatter(b, current, x, &w->a, 1, &w->c, &pos, 1);
}
// The extremum of an empty segment is infinite.
static Node *segmented(Builder *b, World *w, Node **x)
{
    Node *y = segments(b, w, ir_binary(b, OP_MUL, x[0], x[0]));
    return ir_select(b, ir_unary(b, OP_ISFINITE, y), y, ir_const(b, ELEM_F64, 3));
}
// Positions of two axes, one of which the sources have not; both are summed.
static Node *segmented_twice(Builder *b, World *w, Node **x)
{
    Node *pos = ir_binary(b, OP_IMOD, ir_binary(b, OP_ADD, ir_iota(b, w->a), ir_iota(b, w->b)), ir_int(b, 2));
    Axis *ax[2] = {w->a, w->b};
    Node *y = ir_scatter(b, current, ir_binary(b, OP_MUL, x[1], x[1]), ax, 2, &w->c, &pos, 1);
    return ir_select(b, ir_unary(b, OP_ISFINITE, y), y, ir_const(b, ELEM_F64, 3));
}

static const int64_t shapes[][2] = {{3, 5}, {1, 1}, {0, 3}, {3, 0}, {37, 2}, {2, 131}, {211, 1}};
enum { SHAPES = sizeof shapes / sizeof *shapes };
static const char *const orders[] = {"", "r", "f", "rr", "rf", "fr", "ff"};

// Derivatives of derivatives, to the third order.
static void to_order(const char *name, Make *make, int n, double lo, double hi, int64_t na, int64_t nb, int order)
{
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++)
        if ((int)strlen(orders[i]) < order && (na * nb < 50 || strlen(orders[i]) < (na < 100 ? 2 : 1)))
            check_case(name, make, n, lo, hi, na, nb, orders[i]);
}

static void everywhere(const char *name, Make *make, int n, double lo, double hi, int order)
{
    for (size_t i = 0; i < SHAPES; i++)
        to_order(name, make, n, lo, hi, shapes[i][0], shapes[i][1], order);
}

typedef struct {
    const char *jvp;
    Op          op;
} Row;
static const Row rows[] = {
#define OP(id, text, arity, class_, type, jvp, transpose, flops, glyph, lo, hi) {#jvp, OP_##id},
#include "ir/ops.def"
#undef OP
};

static void walk_the_table(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const OpInfo *o = op_info(rows[i].op);
        current = rows[i].op;
        if (!strcmp(rows[i].jvp, "none") || !strcmp(rows[i].jvp, "error") || current == OP_CONVERT || current == OP_GUARD ||
            current == OP_SELECT)
            continue;
        if (o->class == OPC_MAP && o->arity == 1)
            everywhere(o->text, one_operand, 1, o->lo, o->hi, 3);
        if (o->class == OPC_MAP && o->arity == 2) {
            everywhere(o->text, two_operands, 2, o->lo, o->hi, 3);
            everywhere(o->text, two_swapped, 2, o->lo, o->hi, 3);
        }
        if (o->class == OPC_MAP && o->arity == 3)
            everywhere(o->text, of_an_order, 2, o->lo, o->hi, 3);
        bool transform = current == OP_FFT || current == OP_FFT_BACK, any_shape = current == OP_SVD || current == OP_QR || current == OP_LSTSQ;
        if (o->class == OPC_LIBRARY && current != OP_EIG)  // large: the size of the matrices is the second
            to_order(o->text, transform ? transformed : routine, 2, o->lo, o->hi, 2, transform ? 131 : 17, 2);
        for (size_t k = 0; k < SHAPES && o->class == OPC_LIBRARY; k++) {
            if (shapes[k][1] <= 5)
                to_order(o->text, transform ? transformed : routine, 2, o->lo, o->hi, shapes[k][0], shapes[k][1], 3);
            if (shapes[k][1] <= 5 && shapes[k][0] <= 5 && any_shape) {
                to_order(o->text, as_it_lies, 3, o->lo, o->hi, shapes[k][0], shapes[k][1], 2);
                to_order(o->text, turned_over, 3, o->lo, o->hi, shapes[k][0], shapes[k][1], 2);
            }
        }
        bool of_nothing = current == OP_SUM || current == OP_PROD;  // max and min of nothing have no derivative
        for (size_t k = 0; k < SHAPES && o->class == OPC_REDUCE && o->arity == 1 && current != OP_CUMSUM; k++)
            if (of_nothing || (shapes[k][0] && shapes[k][1])) {
                to_order(o->text, reduce_one, 1, o->lo, o->hi, shapes[k][0], shapes[k][1], 3);
                to_order(o->text, reduce_both, 1, o->lo, o->hi, shapes[k][0], shapes[k][1], 3);
            }
        if (current == OP_SCATTER_ADD || !strncmp(rows[i].jvp, "segment", 7)) {
            everywhere(o->text, segmented, 1, o->lo, o->hi, 3);
            everywhere(o->text, segmented_twice, 2, o->lo, o->hi, 3);
        }
    }
}

// ---- values at the hard places ----

typedef Node *Scalar1(Builder *b, Node *x);

static double slope_at(Scalar1 *f, double at)
{
    World    w = world_new(1, 1);
    Program *p = program_new(w.arena, w.names, w.sizes, w.axes, name_of(w.names, "slope"));
    Builder  b = builder_new(p);
    Node    *x = ir_input(&b, name_of(w.names, "x"), INPUT_DATA, ELEM_F64, (AxisSet){0}, NULL), *g = NULL;
    InterpTensor *in = interp_tensor(w.arena, ELEM_F64, NULL, NULL, 0), *out = NULL;
    in->r[0] = at;
    ad_grad(&b, w.diags, f(&b, x), NULL, &x, 1, &g);
    program_output(p, name_of(w.names, "g"), g ? ir_fill(&b, g) : ir_const(&b, ELEM_F64, 0), -1, NULL);
    const char *error = interp_run(p, w.arena, NULL, 0, &in, &out);
    double      v = error ? NAN : out->r[0];
    arena_free(w.arena);
    return v;
}

static Node *root_of_positive(Builder *b, Node *x)
{
    Node *c = ir_binary(b, OP_LT, ir_const(b, ELEM_F64, 0), x), *zero = ir_const(b, ELEM_F64, 0);
    return ir_select(b, c, ir_unary(b, OP_SQRT, ir_guard(b, x, c)), zero);
}
static Node *rectified(Builder *b, Node *x) { return ir_binary(b, OP_MAX2, x, ir_const(b, ELEM_F64, 0)); }
static Node *half_stopped(Builder *b, Node *x) { return ir_binary(b, OP_MUL, x, ir_unary(b, OP_STOP, x)); }
static Node *confusion(Builder *b, Node *x)  // x * d/dy (x + y) at y = 1
{
    Node *y = ir_unary(b, OP_COPY, ir_const(b, ELEM_F64, 1)), *g = NULL;
    World w = world_new(1, 1);
    ad_grad(b, w.diags, ir_binary(b, OP_ADD, x, y), NULL, &y, 1, &g);
    Node *r = ir_binary(b, OP_MUL, x, g);
    arena_free(w.arena);
    return r;
}

static void hard_places(void)
{
    check(slope_at(root_of_positive, -1) == 0, "the branch not taken", "at -1", slope_at(root_of_positive, -1));
    check(slope_at(root_of_positive, 0) == 0, "the branch not taken", "at 0", slope_at(root_of_positive, 0));
    check(slope_at(root_of_positive, 4) == 0.25, "the branch taken", "at 4", slope_at(root_of_positive, 4));
    check(slope_at(rectified, 0) == 0, "max(x, 0)", "at the tie", slope_at(rectified, 0));
    check(slope_at(half_stopped, 3) == 3, "stop", "is a constant", slope_at(half_stopped, 3));
    check(slope_at(confusion, 1) == 1, "perturbations", "are kept apart", slope_at(confusion, 1));
}

int main(void)
{
    PlxError e;
    PlxPool *pool = plx_pool_new(1, &e);
    plx_ctx_init(&ctx, pool, NULL);
    jit = jit_new();
    state = 1;
    walk_the_table();
    everywhere("cumsum", running_sum, 1, -2, 2, 3);
    everywhere("cumsum from the end", backwards, 1, -2, 2, 3);
    everywhere("contract", contract_one, 2, -2, 2, 3);
    everywhere("contract with itself", contract_self, 1, -2, 2, 3);
    everywhere("rename", renamed, 1, -2, 2, 3);
    everywhere("merge and split", merged, 1, -1, 1, 3);
    everywhere("expand", expanded, 1, -2, 2, 3);
    everywhere("concat", joined, 3, -2, 2, 3);
    everywhere("index with else", shifted, 1, -2, 2, 3);
    everywhere("index by data", gathered, 1, -2, 2, 3);
    everywhere("index by two positions", gathered_twice, 1, -2, 2, 3);
    everywhere("scatter_add", scattered, 1, -2, 2, 3);
    everywhere("scatter_add to two positions", scattered_twice, 1, -2, 2, 3);
    everywhere("update", updated, 2, -2, 2, 3);
    everywhere("update at two positions", updated_twice, 2, -2, 2, 3);
    everywhere("select under guards", selected, 2, -1, 1, 3);
    everywhere("softmax under a guard", guarded_softmax, 1, -2, 2, 3);
    everywhere("a loop", recurrence, 2, -1, 1, 3);
    everywhere("a loop of open length", of_open_length, 2, -1, 1, 3);
    everywhere("a loop of open length in a loop", open_in_counted, 2, -1, 1, 3);
    exact = true;
    everywhere("convert", converted, 1, -2, 2, 1);
    exact = false;
    everywhere("a branch", branched, 2, -1, 1, 3);
    everywhere("what is computed again", computed_again, 2, -1, 1, 3);
    everywhere("a rule of one's own", with_a_rule, 1, -1, 1, 3);
    everywhere("a fixed point for each position", settled_alone, 2, -1, 1, 3);
    everywhere("a fixed point", settled_together, 2, -1, 1, 3);
    hard_places();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        check(!strcmp(rows[i].jvp, "none") || !strcmp(rows[i].jvp, "error") || in_a_case[rows[i].op], op_info(rows[i].op)->text, "stands in a case", 0);
    plx_ctx_free(&ctx);
    plx_pool_free(pool);
    jit_free(jit);
    printf("%lld programs compiled; the largest error against differences %.2g\n", (long long)compiled, at_most);
    printf("%d passed, %d failed\n", passed, failed);
    return failed != 0;
}
