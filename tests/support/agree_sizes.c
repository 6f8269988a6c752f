// A declaration compiled once, for sizes that are not known, run at several: as the interpreter runs it.
#include "support/agree_sizes.h"

#include <math.h>
#include <string.h>

#include "interp/interp.h"
#include "opt/opt.h"
#include "sema/elaborate.h"
#include "support/random_source.h"

enum { MOST = 64, TURNS = 4 };

static const int64_t tried[TURNS][5] = {{1, 1, 1, 1, 1}, {2, 3, 4, 5, 2}, {5, 1, 8, 2, 3}, {9, 7, 3, 4, 1}};

typedef struct {
    InterpSize size[MOST];
    int64_t    given[MOST];
    int        n;
} Sizes5;

static bool lookup(const SizeVar *v, void *user, int64_t *out)
{
    const Sizes5 *z = user;
    for (int i = 0; i < z->n; i++)
        if (z->size[i].var == v) {
            *out = z->size[i].value;
            return true;
        }
    return false;
}

static InterpTensor *tensor_for(Arena *a, Sizes5 *z, Type t, Axis *const *order)
{
    int64_t dim[MOST];
    for (int i = 0; i < t.axes.n; i++)
        if (!size_eval(order[i]->size, lookup, z, &dim[i]))
            return NULL;
    return interp_tensor(a, t.elem, order, dim, t.axes.n);
}

// The tensor's elements as compiled code has them.
static void *packed(Arena *a, const InterpTensor *t)
{
    void *p = arena_alloc(a, (size_t)(t->count + 1) * 8);
    for (int64_t i = 0; i < t->count; i++)
        switch (t->elem) {
        case ELEM_F64: ((double *)p)[i] = t->r[i]; break;
        case ELEM_F32: ((float *)p)[i] = (float)t->r[i]; break;
        case ELEM_I64: ((int64_t *)p)[i] = t->i[i]; break;
        default: ((uint8_t *)p)[i] = (uint8_t)t->i[i]; break;
        }
    return p;
}

static double element(const InterpTensor *t, const void *p, int64_t i)
{
    switch (t->elem) {
    case ELEM_F64: return ((const double *)p)[i];
    case ELEM_F32: return (double)((const float *)p)[i];
    case ELEM_I64: return (double)((const int64_t *)p)[i];
    default: return ((const uint8_t *)p)[i];
    }
}

static bool is_near(const InterpTensor *want, const void *got, double bound)
{
    double scale = 1;
    for (int64_t i = 0; want->r && i < want->count; i++)
        scale = isfinite(want->r[i]) ? fmax(scale, fabs(want->r[i])) : scale;
    for (int64_t i = 0; i < want->count; i++) {
        double x = want->r ? want->r[i] : (double)want->i[i], y = element(want, got, i);
        if (!(fabs(x - y) <= bound * scale) && x != y && !(isnan(x) && isnan(y)))
            return false;
    }
    return true;
}

// Whole numbers are 0: a position along every axis.
static void fill(InterpTensor *t, const char *name)
{
    for (int64_t i = 0; t->r && i < t->count; i++)
        t->r[i] = t->elem == ELEM_F32 ? (double)(float)random_data_real(name, i) : random_data_real(name, i);
}

static const char *differs(Arena *a, const Program *p, const Step *s, PlxCtx *ctx, Sizes5 *z)
{
    InterpTensor *in[MOST], *want[MOST];
    void         *from[MOST], *to[MOST];
    if (p->inputs.n > MOST || p->outputs.n > MOST)
        return NULL;
    for (int i = 0; i < p->inputs.n; i++) {
        const Input *x = &p->inputs.at[i];
        in[i] = tensor_for(a, z, x->node->type, x->order ? x->order : x->node->type.axes.at);
        if (!in[i])
            return "an input has no size";
        fill(in[i], x->name);
        from[i] = packed(a, in[i]);
    }
    const char *wrong = interp_run(p, a, z->size, z->n, in, want);
    if (wrong)
        return wrong;
    bool narrow = false;
    for (int i = 0; i < p->outputs.n; i++) {
        to[i] = packed(a, want[i]);
        memset(to[i], 0x7f, (size_t)want[i]->count * (size_t)elem_bytes(want[i]->elem));
        narrow = narrow || want[i]->elem == ELEM_F32;
    }
    plx_ctx_reset(ctx);
    if (step_run(s, ctx, z->given, from, to))
        return arena_printf(a, "it fails: %s", ctx->error.text);
    for (int i = 0; i < p->outputs.n; i++)
        if (!is_near(want[i], to[i], narrow ? 1e-3 : 1e-8))
            return "a result differs";
    return NULL;
}

static void choose_sizes(const Step *s, int turn, Sizes5 *z)
{
    *z = (Sizes5){.n = step_size_count(s)};
    for (int i = 0; i < z->n && i < MOST; i++) {
        z->size[i] = (InterpSize){step_sizes(s)[i], tried[turn][i % 5]};
        z->given[i] = z->size[i].value;
    }
}

static const char *one(Arena *a, Sema *s, Module *m, const char *name, Jit *jit, PlxCtx *ctx, Diags *d)
{
    Program *p = elaborate(s, m, name);
    if (!p)
        return arena_printf(a, "elaborate: `%s` passes the check, and is no program", name);
    for (int i = 0; i < p->outputs.n; i++)
        p->outputs.at[i].order = NULL;
    const char *bug = program_verify(p);
    if (bug)
        return arena_printf(a, "verify: %s", bug);
    Step *step = step_compile(jit, opt_simplify(p), &(StepOptions){.level = -1, .verify = true}, d);
    if (!step)
        return arena_printf(a, "compile: `%s` does not compile for open sizes", name);
    const char *wrong = NULL;
    for (int turn = 0; turn < TURNS && !wrong; turn++) {
        Sizes5 z;
        choose_sizes(step, turn, &z);
        wrong = differs(a, program_live(p), step, ctx, &z);
        if (wrong)
            wrong = arena_printf(a, "sizes: `%s` for open sizes, at choice %d of them: %s", name, turn, wrong);
    }
    step_free(step);
    return wrong;
}

// Does its header ask for a number or a function that only a caller gives? Then there is no program of it alone.
static bool waits(const Syn *decl)
{
    const Syn *bracket = decl->kid[0], *list = decl->kid[1];
    for (int i = 0; i < bracket->nkid; i++)
        if (bracket->kid[i]->kind == SYN_NAMED)
            return true;
    for (int i = 0; list && i < list->nkid; i++)
        if (list->kid[i]->kind != SYN_NAMED || list->kid[i]->kid[0]->kind == SYN_BLOCK_TYPE)
            return true;
    return false;
}

const char *agree_sizes(Arena *a, Sema *s, Module *m, Jit *jit, PlxCtx *ctx, Diags *d)
{
    const char *wrong = NULL;
    for (int i = 0; i < m->scope->entries.n && !wrong; i++) {
        const Entry *e = m->scope->entries.at[i];
        if (e->kind != ENTRY_VALUE || !e->value || e->value->kind != V_FUNC || e->value->func->kind != FUNC_DECL)
            continue;
        Func *f = e->value->func;
        if (f->decl->kind == SYN_EXPERIMENT || !f->decl->kid[0] || waits(f->decl) || contract_of(s, f)->pre.n || f->decl->where.file != m->file)
            continue;
        wrong = one(a, s, m, f->name, jit, ctx, d);
    }
    return wrong;
}
