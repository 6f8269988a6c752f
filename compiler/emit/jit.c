// Code in memory: the object that would go into a file, linked by ORC.
#include <llvm-c/LLJIT.h>
#include <llvm-c/Orc.h>
#include <llvm-c/Target.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "emit/module.h"

struct Jit {
    LLVMOrcLLJITRef lljit;
    int             steps;
};

typedef int StepFunction(PlxCtx *ctx, const int64_t *sizes, void *const *in, void *const *out);

struct Step {
    StepFunction             *run;
    LLVMOrcResourceTrackerRef code;
    char                      symbol[32];
    int                       nsizes;
    SizeVar                 **sizes;
    StepTimes                 times;
};

// ---- the place for code ----

typedef struct {
    const char *name;
    uintptr_t   address;
} Known;

static bool add_runtime(LLVMOrcLLJITRef j, LLVMOrcJITDylibRef lib)
{
    const Known known[] = {
#define RT(name, result, arguments) {#name, (uintptr_t)name},
#include "rt.def"
#undef RT
    };
    LLVMOrcCSymbolMapPair pair[RT_COUNT];
    for (int i = 0; i < RT_COUNT; i++) {
        pair[i].Name = LLVMOrcLLJITMangleAndIntern(j, known[i].name);
        pair[i].Sym.Address = known[i].address;
        pair[i].Sym.Flags = (LLVMJITSymbolFlags){
            LLVMJITSymbolGenericFlagsExported | LLVMJITSymbolGenericFlagsCallable, 0};
    }
    LLVMErrorRef e = LLVMOrcJITDylibDefine(lib, LLVMOrcAbsoluteSymbols(pair, RT_COUNT));
    LLVMConsumeError(e);
    return !e;
}

static bool add_process(LLVMOrcLLJITRef j, LLVMOrcJITDylibRef lib)
{
    LLVMOrcDefinitionGeneratorRef g;
    LLVMErrorRef                  e = LLVMOrcCreateDynamicLibrarySearchGeneratorForProcess(
                         &g, LLVMOrcLLJITGetGlobalPrefix(j), NULL, NULL);
    if (!e)
        LLVMOrcJITDylibAddGenerator(lib, g);
    LLVMConsumeError(e);
    return !e;
}

Jit *jit_new(void)
{
    LLVMInitializeNativeTarget();
    LLVMInitializeNativeAsmPrinter();
    Jit *jit = calloc(1, sizeof *jit);
    if (!jit)
        return NULL;
    LLVMErrorRef e = LLVMOrcCreateLLJIT(&jit->lljit, NULL);
    if (e) {
        LLVMConsumeError(e);
        free(jit);
        return NULL;
    }
    LLVMOrcJITDylibRef lib = LLVMOrcLLJITGetMainJITDylib(jit->lljit);
    if (add_runtime(jit->lljit, lib) && add_process(jit->lljit, lib))
        return jit;
    jit_free(jit);
    return NULL;
}

void jit_free(Jit *jit)
{
    if (!jit)
        return;
    LLVMConsumeError(LLVMOrcDisposeLLJIT(jit->lljit));
    free(jit);
}

// ---- steps ----

static bool link_error(Diags *d, LLVMErrorRef e)
{
    if (!e)
        return false;
    char *why = LLVMGetErrorMessage(e);
    diag_report(d, DIAG_E0804, SPAN_NONE, "the code can't be linked: %s", why);
    LLVMDisposeErrorMessage(why);
    return true;
}

static bool load(Jit *jit, Step *s, LLVMMemoryBufferRef object, Diags *d)
{
    double                 start = seconds_now();
    LLVMOrcJITDylibRef     lib = LLVMOrcLLJITGetMainJITDylib(jit->lljit);
    LLVMOrcExecutorAddress address = 0;
    s->code = LLVMOrcJITDylibCreateResourceTracker(lib);
    if (link_error(d, LLVMOrcLLJITAddObjectFileWithRT(jit->lljit, s->code, object)) ||
        link_error(d, LLVMOrcLLJITLookup(jit->lljit, &address, s->symbol)))
        return false;
    s->run = (StepFunction *)(uintptr_t)address;
    s->times.load = seconds_now() - start;
    return true;
}

static LLVMMemoryBufferRef generate(const Plan *plan, const char *symbol, const StepOptions *o,
                                    StepTimes *t, Diags *d)
{
    LLVMTargetMachineRef machine = machine_new(o, d);
    if (!machine)
        return NULL;
    LLVMContextRef      c = LLVMContextCreate();
    LLVMModuleRef       m = module_new(c, machine, plan, symbol, o, t, d);
    double              start = seconds_now();
    LLVMMemoryBufferRef object = m ? module_object(m, machine, LLVMObjectFile, d) : NULL;
    t->generate = seconds_now() - start;
    if (m)
        LLVMDisposeModule(m);
    LLVMContextDispose(c);
    LLVMDisposeTargetMachine(machine);
    return object;
}

static bool own_sizes(Step *s, const Plan *plan, Diags *d)
{
    s->nsizes = plan->sizes.n;
    s->sizes = calloc((size_t)s->nsizes + 1, sizeof *s->sizes);
    if (!s->sizes) {
        diag_report(d, DIAG_E0804, SPAN_NONE, "there is no memory for a step");
        return false;
    }
    for (int i = 0; i < s->nsizes; i++)
        s->sizes[i] = plan->sizes.at[i];
    return true;
}

Step *step_compile(Jit *jit, const Program *p, const StepOptions *o, Diags *d)
{
    double start = seconds_now();
    Plan  *plan = sched_plan(p, o && o->apart);
    Step  *s = calloc(1, sizeof *s);
    if (!s || !own_sizes(s, plan, d)) {
        step_free(s);
        return NULL;
    }
    s->times.schedule = seconds_now() - start;
    snprintf(s->symbol, sizeof s->symbol, "plexus_step_%d", jit->steps++);
    LLVMMemoryBufferRef object = generate(plan, s->symbol, o, &s->times, d);
    if (object && o && o->object)
        buf_put(o->object, LLVMGetBufferStart(object), LLVMGetBufferSize(object));
    if (object && load(jit, s, object, d))
        return s;
    step_free(s);
    return NULL;
}

void step_free(Step *s)
{
    if (!s)
        return;
    if (s->code) {
        LLVMConsumeError(LLVMOrcResourceTrackerRemove(s->code));
        LLVMOrcReleaseResourceTracker(s->code);
    }
    free(s->sizes);
    free(s);
}

int             step_size_count(const Step *s) { return s->nsizes; }
SizeVar *const *step_sizes(const Step *s) { return s->sizes; }
StepTimes       step_times(const Step *s) { return s->times; }
const char     *step_symbol(const Step *s) { return s->symbol; }

int step_run(const Step *s, PlxCtx *ctx, const int64_t *sizes, void *const *in, void *const *out)
{
    if (atomic_load(&ctx->failed))
        return atomic_load(&ctx->failed);
    return s->run(ctx, sizes, in, out);
}
