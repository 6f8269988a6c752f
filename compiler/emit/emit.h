// Machine code for tensor programs, by LLVM: in memory, or as an object file. Both go the same way
// and give the same bits. The only folder that sees LLVM; this header doesn't show it.
#ifndef PLX_EMIT_EMIT_H
#define PLX_EMIT_EMIT_H

#include "ir/ir.h"
#include "plexus_rt.h"

typedef struct Jit  Jit;  // a place for machine code in this process; not for two threads at once
typedef struct Step Step; // a compiled program

typedef struct {
    int         level;    // of LLVM's code generator, 1 to 3; 0: the default; -1: none, quick to compile
    const char *cpu;      // NULL: this machine, with all that it can do
    const char *features; // beside cpu: "+avx2,+fma"; NULL: none
    bool        verify;   // let LLVM check the code that it is given
    bool        apart;    // fuse nothing: each node has a kernel of its own
    Buf        *object;   // step_compile puts the object file there, too, with the step's symbol; or NULL
} StepOptions;

// Where the time of a compilation went, in seconds.
typedef struct {
    double schedule, build, optimize, generate, load;
    int    kernels; // after equal ones were merged
} StepTimes;

// NULL when LLVM can't make code for this machine.
Jit *jit_new(void);
void jit_free(Jit *jit); // with all steps' code

// Compiles for any sizes. `o` may be NULL. NULL with a diagnostic when it can't be done.
Step *step_compile(Jit *jit, const Program *p, const StepOptions *o, Diags *d);
void  step_free(Step *s);

// The size variables whose values step_run wants, in this order.
int             step_size_count(const Step *s);
SizeVar *const *step_sizes(const Step *s);
StepTimes       step_times(const Step *s);
const char     *step_symbol(const Step *s); // its name in the object file

// Runs it. in[i] and out[i] are dense, row-major in Input.order and Output.order (NULL: by id),
// aligned to their elements; out[i] may be the storage of the input that Output.alias names, and of
// no other. Returns 0 or the PlxCode that the context holds.
int step_run(const Step *s, PlxCtx *ctx, const int64_t *sizes, void *const *in, void *const *out);

// The same ahead of time: an object file (PIC) with one exported function
//     int SYMBOL(PlxCtx *, const int64_t *sizes, void *const *in, void *const *out)
// The sizes are all variables that occur in the program, by ascending id.
bool emit_object(const Program *p, const char *symbol, const StepOptions *o, Diags *d, Buf *bytes);
// LLVM's text after its passes, and assembly.
bool emit_ir_text(const Program *p, const char *symbol, const StepOptions *o, Diags *d, Buf *text);
bool emit_asm(const Program *p, const char *symbol, const StepOptions *o, Diags *d, Buf *text);

#endif
