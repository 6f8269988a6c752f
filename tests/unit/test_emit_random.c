// Random programs, compiled and interpreted: as they are, and simplified.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "emit/emit.h"
#include "opt/opt.h"
#include "support/random_program.h"
#include "support/run_tests.h"

enum { MOST = 8 };

static void bind_sizes(const Step *s, const RandomProgram *r, int64_t *size)
{
    for (int i = 0; i < step_size_count(s); i++)
        for (int k = 0; k < r->nsize; k++)
            if (r->size[k].var == step_sizes(s)[i])
                size[i] = r->size[k].value;
}

static bool is_near(const InterpTensor *want, const double *got)
{
    for (int64_t i = 0; i < want->count; i++)
        if (!(fabs(got[i] - want->r[i]) <= 1e-9 * (1 + fabs(want->r[i]))))
            return false;
    return true;
}

static const char *compiled_differs(Jit *jit, Arena *a, const Program *p, const RandomProgram *r,
                                    const StepOptions *how)
{
    InterpTensor *want[MOST];
    const char   *wrong = interp_run(p, a, r->size, r->nsize, r->in, want);
    Step         *s = wrong ? NULL : step_compile(jit, p, how, diags_new(a));
    int64_t       size[MOST] = {0};
    void         *in[MOST], *out[MOST];
    PlxCtx        ctx;
    if (!s)
        return wrong ? wrong : "it does not compile";
    bind_sizes(s, r, size);
    for (int i = 0; i < p->inputs.n; i++)
        in[i] = r->in[i]->r;
    for (int i = 0; i < p->outputs.n; i++)
        out[i] = ARENA_ARRAY(a, double, want[i]->count + 1);
    plx_ctx_init(&ctx, NULL, NULL);
    if (step_run(s, &ctx, size, in, out))
        wrong = "it fails as it runs";
    for (int i = 0; i < p->outputs.n && !wrong; i++)
        wrong = is_near(want[i], out[i]) ? NULL : arena_printf(a, "output %d differs", i);
    plx_ctx_free(&ctx);
    step_free(s);
    return wrong;
}

static void random_programs_differ(uint64_t programs, bool simplified, bool apart)
{
    for (uint64_t seed = 0; seed < programs; seed++) {
        Arena        *a = arena_new(NULL, NULL);
        Jit          *jit = jit_new();
        RandomOptions o = {.seed = seed, .elem = ELEM_F64, .steps = 3 + (int)(seed % 20),
                           .sizes = {(int64_t)(seed % 4), (int64_t)(seed / 4 % 4), (int64_t)(seed / 16 % 4)},
                           .symbolic = seed % 3 == 0, .differentiable = seed % 2, .loops = seed % 5 != 0};
        RandomProgram  r = random_program(a, &o);
        const Program *p = simplified ? opt_simplify(r.program) : program_live(r.program);
        const char    *wrong = compiled_differs(jit, a, p, &r, &(StepOptions){.apart = apart});
        if (wrong)
            printf("\n  seed %llu: %s\n", (unsigned long long)seed, wrong);
        CU_ASSERT_PTR_NULL(wrong);
        jit_free(jit);
        arena_free(a);
    }
}

static void compiled_programs_are_not_interpreted(void) { random_programs_differ(150, false, false); }
static void simplified_programs_are_not_interpreted(void) { random_programs_differ(150, true, false); }
static void unfused_programs_are_not_interpreted(void) { random_programs_differ(60, true, true); }

static const CU_TestInfo tests[] = {
    {"compiled random programs differ from interpreted", compiled_programs_are_not_interpreted},
    {"simplified and compiled, they differ", simplified_programs_are_not_interpreted},
    {"without fusion, they differ", unfused_programs_are_not_interpreted},
    CU_TEST_INFO_NULL,
};

int main(void) { return run_tests("compiled random programs", tests); }
