// What the parts of the host of experiments share: host.c computes, files.c reads and writes, show.c prints and logs,
// resume.c keeps the state.
#ifndef PLX_DRIVER_RUNHOST_H
#define PLX_DRIVER_RUNHOST_H

#include <stdatomic.h>
#include <stdio.h>

#include "driver/host.h"
#include "emit/emit.h"
#include "plexus_rt.h"

typedef struct {
    Axis **ax;
    int    n;
} Order;

// A `fix` of the source, and what the runtime calls its place.
typedef struct {
    const char *place;
    Span        where;
} FixedPoint;

typedef struct Keeping Keeping;  // resume.c

struct RunHost {
    Host        table;
    Session    *session;
    const char *source, *out, *from;   // folders
    PlxPool    *pool;
    PlxCtx      ctx;
    Jit        *jit;        // NULL: the interpreter runs the steps
    VEC(Step *) steps;      // compiled so far
    VEC(Order)  orders;     // lists of axes that tensors share
    VEC(FixedPoint) fixed_points;  // of the steps so far
    _Atomic int interrupts; // since the run began
    // show.c
    PlxLog     *log;
    PlxEvents  *events;
    FILE       *printed;    // what was printed, again; NULL: not yet, or the host keeps none
    int         failed_expects;
    bool        terminal;
    double      begin, shown;          // seconds
    // files.c
    VEC(const char *) saved;           // paths, as the source names them
    // resume.c; NULL: this run is not kept
    Keeping    *keeping;
};

double   host_seconds(void);
DiagCode code_of(const PlxError *e);
// A failure of the world: exit status 3. False.
bool     host_fail(RunHost *h, DiagCode code, Span where, const char *text);
PlxTensor as_runtime(const HostTensor *t);
// The host's form of a tensor, which it takes over. NULL: reported.
HostTensor *host_header(RunHost *h, PlxTensor *t, Axis *const *ax);
// Makes a folder with those around it. False: reported.
bool     host_folder(RunHost *h, const char *path);

// unsettled.c
void host_note_fixed_points(RunHost *h, const Region *r);
// Warns of the fixed points that were not reached.
void host_tell_unsettled(RunHost *h);

// files.c
bool host_load(void *user, const char *path, const LoadField *field, int n, HostTensor **out, Span where);
bool host_save(void *user, const char *path, const char *const *name, HostTensor *const *t, int n, bool model, Span where);
bool host_plot(void *user, const char *path, const Plot *p, Span where);
bool host_owns(void *user, const char *path);

// show.c
bool host_log(void *user, const char *const *name, const double *value, int n, Span where);
void host_print(void *user, const char *text);
void host_expect(void *user, bool holds, const char *claim, const char *figures, Span where);
void host_clear_line(const RunHost *h);
// All that was shown so far, on the disk: rows of the log, bytes of the events and of what was printed.
typedef struct {
    int64_t rows, events, printed;
} Shown;
bool show_sync(RunHost *h, Shown *now, PlxError *e);
// The run's log and text as they were then; the text is printed again.
bool show_resume(RunHost *h, const Shown *then, PlxError *e);
bool show_end(RunHost *h, PlxError *e);

// resume.c
// A file of the run is about to be written again: the one that belongs to the kept state stays aside.
void keeping_before_save(RunHost *h, const char *path);
// `complete`: what was kept is of no more use.
void keeping_end(RunHost *h, bool complete);

#endif
