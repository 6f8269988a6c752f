// Modules: a program's code, and the machine that it is for.
#ifndef PLX_EMIT_MODULE_H
#define PLX_EMIT_MODULE_H

#include <llvm-c/TargetMachine.h>

#include "emit/code.h"
#include "emit/emit.h"

// A target machine; NULL with a diagnostic.
LLVMTargetMachineRef machine_new(const StepOptions *o, Diags *d);

// A program's module, after the passes. NULL with a diagnostic. The context is the caller's.
LLVMModuleRef       module_new(LLVMContextRef c, LLVMTargetMachineRef machine, const Plan *plan,
                               const char *symbol, const StepOptions *o, StepTimes *t, Diags *d);
LLVMMemoryBufferRef module_object(LLVMModuleRef m, LLVMTargetMachineRef machine,
                                  LLVMCodeGenFileType type, Diags *d);
double              seconds_now(void);

#endif
