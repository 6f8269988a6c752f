// Steps run by the interpreter in place of compiled code: slow, and what compiled code is tested against.
#ifndef PLX_DRIVER_ORACLE_H
#define PLX_DRIVER_ORACLE_H

#include "ir/ir.h"
#include "plexus_rt.h"
#include "sema/host.h"

// Runs `p` on dense tensors; its fixed points are counted in `counts`. Returns NULL, or what went wrong (in the program's arena).
const char *oracle_run(const Program *p, HostTensor *const *in, HostTensor *const *out, PlxCtx *counts);

#endif
