// Gradients of random programs, against central differences along a random direction.
#include <math.h>
#include <stdio.h>

#include "ad/ad.h"
#include "support/random_program.h"
#include "support/run_tests.h"

enum { MOST_INPUTS = 8 };
static const double STEP = 1e-5;

typedef struct {
    Arena        *arena;
    RandomProgram random;
    Program      *value;                    // the scalar alone
    Node         *input[MOST_INPUTS];
    InterpTensor *direction[MOST_INPUTS];
} Case;

// The sum of all that the program gives.
static Node *sum_of_outputs(Builder *b)
{
    const Program *p = b->program;
    Node          *sum = ir_const(b, ELEM_F64, 0);
    for (int i = 0; i < p->outputs.n; i++) {
        Node *y = p->outputs.at[i].node;
        sum = ir_binary(b, OP_ADD, sum, ir_reduce(b, OP_SUM, y, y->type.axes.at, y->type.axes.n));
    }
    return sum;
}

static const char *value_at(const Case *c, double step, double *out)
{
    InterpTensor *in[MOST_INPUTS], *y[1];
    for (int i = 0; i < c->value->inputs.n; i++) {
        const InterpTensor *x = c->random.in[i];
        in[i] = interp_tensor(c->arena, x->elem, x->ax, x->dim, x->n);
        for (int64_t k = 0; k < x->count; k++)
            in[i]->r[k] = x->r[k] + step * c->direction[i]->r[k];
    }
    const char *wrong = interp_run(c->value, c->arena, c->random.size, c->random.nsize, in, y);
    *out = wrong ? 0 : y[0]->r[0];
    return wrong;
}

// The gradient's part along the direction; grad[i] may be NULL.
static const char *slope_of(const Case *c, Node *const *grad, double *out)
{
    Program      *p = c->random.program;
    InterpTensor *g[MOST_INPUTS];
    int           n = 0;
    *out = 0;
    p->outputs.n = 0;
    for (int i = 0; i < p->inputs.n; i++)
        if (grad[i])
            program_output(p, name_of(p->names, "g"), grad[i], -1, NULL);
    const char *wrong = program_verify(p);
    if (!wrong)
        wrong = interp_run(p, c->arena, c->random.size, c->random.nsize, c->random.in, g);
    for (int i = 0; i < p->inputs.n && !wrong; i++) {
        for (int64_t k = 0; grad[i] && k < g[n]->count; k++)
            *out += g[n]->r[k] * c->direction[i]->r[k];
        n += grad[i] != NULL;
    }
    return wrong;
}

static const char *gradient_differs(Arena *a, const RandomOptions *o)
{
    Case     c = {.arena = a, .random = random_program(a, o)};
    Program *p = c.random.program;
    Builder  b = builder_new(p);
    Node    *y = sum_of_outputs(&b), *grad[MOST_INPUTS];
    double   low, high, slope;
    uint64_t seed = o->seed + 1;
    for (int i = 0; i < p->inputs.n; i++) {
        c.input[i] = p->inputs.at[i].node;
        c.direction[i] = random_tensor(a, &seed, c.input[i], c.random.size, c.random.nsize);
    }
    p->outputs.n = 0;
    program_output(p, name_of(p->names, "y"), y, -1, NULL);
    c.value = program_live(p);
    if (!ad_grad(&b, diags_new(a), y, NULL, c.input, p->inputs.n, grad))
        return "an operation has no rule";
    const char *wrong = slope_of(&c, grad, &slope);
    if (!wrong)
        wrong = value_at(&c, -STEP, &low);
    if (!wrong)
        wrong = value_at(&c, STEP, &high);
    if (wrong)
        return wrong;
    double difference = (high - low) / (2 * STEP);
    double bound = 1e-4 * (1 + fabs(difference)) + 1e-12 * fabs(high) / STEP;
    return fabs(difference - slope) <= bound
               ? NULL
               : arena_printf(a, "%g, and by differences %g", slope, difference);
}

static void random_gradients_differ(bool loops)
{
    for (uint64_t seed = 0; seed < 400; seed++) {
        Arena        *a = arena_new(NULL, NULL);
        RandomOptions o = {
            .seed = seed,
            .elem = ELEM_F64,
            .steps = 3 + (int)(seed % 25),
            .sizes = {(int64_t)(seed % 4), (int64_t)(seed / 4 % 4), (int64_t)(seed / 16 % 4)},
            .symbolic = seed % 3 == 0,
            .differentiable = true,
            .loops = loops};
        const char   *wrong = gradient_differs(a, &o);
        if (wrong)
            printf("\n  seed %llu: %s\n", (unsigned long long)seed, wrong);
        CU_ASSERT_PTR_NULL(wrong);
        arena_free(a);
    }
}

static void gradients_of_random_programs_differ(void) { random_gradients_differ(false); }
static void gradients_of_random_loops_differ(void) { random_gradients_differ(true); }

static const CU_TestInfo tests[] = {
    {"gradients of random programs differ from differences", gradients_of_random_programs_differ},
    {"gradients of random loops differ from differences", gradients_of_random_loops_differ},
    CU_TEST_INFO_NULL,
};

int main(void) { return run_tests("random derivatives", tests); }
