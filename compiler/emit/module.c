#include "emit/module.h"

#include <llvm-c/Analysis.h>
#include <llvm-c/Target.h>
#include <llvm-c/Transforms/PassBuilder.h>
#include <string.h>
#include <time.h>

// Kernels are emitted nearly as they should be: what is left is to make registers of variables and to fold. Loops of
// scalars profit from what is known of conditions (a position is checked once) and from what is moved out of them.
static const char passes[] =
    "function(mem2reg,instcombine<no-verify-fixpoint>,simplifycfg,correlated-propagation,jump-threading,simplifycfg,"
    "instcombine<no-verify-fixpoint>,early-cse,loop-mssa(licm),simplifycfg)";

double seconds_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static bool failed(Diags *d, const char *what, const char *why)
{
    diag_report(d, DIAG_E0804, SPAN_NONE, "%s: %s", what, why ? why : "no reason given");
    return false;
}

// ---- the machine ----

LLVMTargetMachineRef machine_new(const StepOptions *o, Diags *d)
{
    static const LLVMCodeGenOptLevel levels[] = {LLVMCodeGenLevelNone, LLVMCodeGenLevelDefault,
                                                 LLVMCodeGenLevelLess, LLVMCodeGenLevelDefault,
                                                 LLVMCodeGenLevelAggressive};
    LLVMTargetRef                    target;
    char                            *why = NULL;
    LLVMInitializeNativeTarget();
    LLVMInitializeNativeAsmPrinter();
    char *triple = LLVMGetDefaultTargetTriple(), *cpu = LLVMGetHostCPUName(),
         *features = LLVMGetHostCPUFeatures();
    bool                 host = !o || !o->cpu;
    int                  level = o && o->level >= -1 && o->level <= 3 ? o->level : 0;
    LLVMTargetMachineRef m = NULL;
    if (!LLVMGetTargetFromTriple(triple, &target, &why))
        m = LLVMCreateTargetMachine(target, triple, host ? cpu : o->cpu,
                                    host ? features : (o->features ? o->features : ""),
                                    levels[level + 1], LLVMRelocPIC, LLVMCodeModelDefault);
    if (!m)
        failed(d, "no code can be made for this machine", why);
    LLVMDisposeMessage(triple);
    LLVMDisposeMessage(cpu);
    LLVMDisposeMessage(features);
    LLVMDisposeMessage(why);
    return m;
}

// ---- the runtime's functions ----

typedef struct {
    const char *name, *result, *arguments;
} Signature;

static const Signature signatures[RT_COUNT] = {
#define RT(name, result, arguments) {#name, result, arguments},
#include "rt.def"
#undef RT
};

static LLVMTypeRef letter_type(const Unit *u, char c)
{
    const struct {
        char        letter;
        LLVMTypeRef type;
    } types[] = {{'p', u->ptr}, {'l', u->i64}, {'i', u->i32}, {'d', u->f64}, {'f', u->f32}};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (types[i].letter == c)
            return types[i].type;
    return u->nothing;
}

LLVMValueRef unit_function(Unit *u, Rt rt)
{
    const Signature *s = &signatures[rt];
    LLVMTypeRef      types[32];
    unsigned         n = (unsigned)strlen(s->arguments);
    LLVMValueRef     fn = LLVMGetNamedFunction(u->module, s->name);
    for (unsigned i = 0; i < n; i++)
        types[i] = letter_type(u, s->arguments[i]);
    return fn ? fn : LLVMAddFunction(u->module, s->name, LLVMFunctionType(letter_type(u, s->result[0]), types, n, false));
}

LLVMValueRef unit_call(Unit *u, LLVMBuilderRef b, Rt rt, LLVMValueRef *args, int n)
{
    LLVMValueRef fn = unit_function(u, rt);
    return LLVMBuildCall2(b, LLVMGlobalGetValueType(fn), fn, args, (unsigned)n, "");
}

// ---- the module ----

static Unit unit_new(LLVMContextRef c, LLVMModuleRef m, const Plan *plan, const char *symbol)
{
    return (Unit){.context = c,
                  .module = m,
                  .plan = plan,
                  .arena = plan->arena,
                  .symbol = symbol,
                  .i1 = LLVMInt1TypeInContext(c),
                  .i8 = LLVMInt8TypeInContext(c),
                  .i32 = LLVMInt32TypeInContext(c),
                  .i64 = LLVMInt64TypeInContext(c),
                  .i16 = LLVMInt16TypeInContext(c),
                  .f32 = LLVMFloatTypeInContext(c),
                  .f64 = LLVMDoubleTypeInContext(c),
                  .ptr = LLVMPointerTypeInContext(c, 0),
                  .nothing = LLVMVoidTypeInContext(c)};
}

static bool optimize(LLVMModuleRef m, LLVMTargetMachineRef machine, const StepOptions *how, Diags *d)
{
    bool                      quick = how && how->level < 0;
    LLVMPassBuilderOptionsRef o = LLVMCreatePassBuilderOptions();
    LLVMErrorRef              e = LLVMRunPasses(m, quick ? "function(mem2reg)" : passes, machine, o);
    LLVMDisposePassBuilderOptions(o);
    if (!e)
        return true;
    char *why = LLVMGetErrorMessage(e);
    failed(d, "LLVM's passes failed", why);
    LLVMDisposeErrorMessage(why);
    return false;
}

LLVMModuleRef module_new(LLVMContextRef c, LLVMTargetMachineRef machine, const Plan *plan,
                         const char *symbol, const StepOptions *o, StepTimes *t, Diags *d)
{
    double            start = seconds_now();
    LLVMModuleRef     m = LLVMModuleCreateWithNameInContext(symbol, c);
    LLVMTargetDataRef layout = LLVMCreateTargetDataLayout(machine);
    char             *triple = LLVMGetTargetMachineTriple(machine), *why = NULL;
    Unit              u = unit_new(c, m, plan, symbol);
    LLVMSetTarget(m, triple);
    LLVMSetModuleDataLayout(m, layout);
    LLVMDisposeMessage(triple);
    LLVMDisposeTargetData(layout);
    driver_emit(&u);
    t->kernels = u.kernels.n;
    t->build = seconds_now() - start;
    start = seconds_now();
    bool ok = !o || !o->verify || !LLVMVerifyModule(m, LLVMReturnStatusAction, &why) ||
              failed(d, "the code for LLVM is wrong", why);
    LLVMDisposeMessage(why);
    ok = ok && optimize(m, machine, o, d);
    t->optimize = seconds_now() - start;
    if (ok)
        return m;
    LLVMDisposeModule(m);
    return NULL;
}

LLVMMemoryBufferRef module_object(LLVMModuleRef m, LLVMTargetMachineRef machine,
                                  LLVMCodeGenFileType type, Diags *d)
{
    LLVMMemoryBufferRef out = NULL;
    char               *why = NULL;
    if (!LLVMTargetMachineEmitToMemoryBuffer(machine, m, type, &why, &out))
        return out;
    failed(d, "LLVM can't write the code", why);
    LLVMDisposeMessage(why);
    return NULL;
}

// ---- ahead of time ----

static bool emit(const Program *p, const char *symbol, const StepOptions *o,
                 LLVMCodeGenFileType type, bool text, Diags *d, Buf *out)
{
    StepTimes            t = {0};
    LLVMTargetMachineRef machine = machine_new(o, d);
    LLVMContextRef       c = LLVMContextCreate();
    LLVMModuleRef m = machine ? module_new(c, machine, sched_plan(p, o && o->apart), symbol, o, &t, d) : NULL;
    LLVMMemoryBufferRef b = m && !text ? module_object(m, machine, type, d) : NULL;
    if (b) {
        buf_put(out, LLVMGetBufferStart(b), LLVMGetBufferSize(b));
        LLVMDisposeMemoryBuffer(b);
    }
    if (m && text) {
        char *s = LLVMPrintModuleToString(m);
        buf_puts(out, s);
        LLVMDisposeMessage(s);
    }
    bool ok = m && (text || b) && !out->failed;
    if (m)
        LLVMDisposeModule(m);
    LLVMContextDispose(c);
    if (machine)
        LLVMDisposeTargetMachine(machine);
    return ok;
}

bool emit_object(const Program *p, const char *symbol, const StepOptions *o, Diags *d, Buf *bytes)
{
    return emit(p, symbol, o, LLVMObjectFile, false, d, bytes);
}

bool emit_ir_text(const Program *p, const char *symbol, const StepOptions *o, Diags *d, Buf *text)
{
    return emit(p, symbol, o, LLVMObjectFile, true, d, text);
}

bool emit_asm(const Program *p, const char *symbol, const StepOptions *o, Diags *d, Buf *text)
{
    return emit(p, symbol, o, LLVMAssemblyFile, false, d, text);
}
