// The host of experiments: compiled steps by JIT, data files and logs by the runtime.
#ifndef PLX_DRIVER_HOST_H
#define PLX_DRIVER_HOST_H

#include "driver/session.h"
#include "sema/host.h"

typedef struct RunHost RunHost;

// `source`: the experiment's file; `out`: the run's folder, made if need be; `from`: an earlier run's, or NULL.
// NULL: reported.
RunHost    *host_new(Session *s, const Options *o, const char *source, const char *out);
// The run of `experiment` is kept from now on, and with --resume taken up where it was kept before.
void        host_keep(RunHost *h, const Options *o, const char *experiment);
const Host *host_table(const RunHost *h);
// Closes the log and gives all back; `done`: the run came to its end. False: an `expect` failed, or the log could not be written (reported).
bool        host_end(RunHost *h, bool done);

#endif
