// The host of experiments: compiled steps by JIT, data files and logs by the runtime.
#ifndef PLX_DRIVER_HOST_H
#define PLX_DRIVER_HOST_H

#include "driver/session.h"
#include "sema/host.h"

typedef struct RunHost RunHost;

// `source`: the experiment's file; `out`: the run's folder, made if need be; `from`: an earlier run's, or NULL.
// NULL: reported.
RunHost    *host_new(Session *s, const Options *o, const char *source, const char *out);
const Host *host_table(const RunHost *h);
// Closes the log and gives all back. False: an `expect` failed, or the log could not be written (reported).
bool        host_end(RunHost *h);

#endif
