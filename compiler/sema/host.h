// The host of an experiment: what touches the world. Implemented by the driver with the compiler's back end and the
// runtime; sema sees this table alone. Every function reports what goes wrong to the diagnostics it is given (the
// code says which exit status follows) and returns false or NULL.
#ifndef PLX_SEMA_HOST_H
#define PLX_SEMA_HOST_H

#include "ir/ir.h"
#include "sema/sema.h"

// A tensor with data: dense, row-major in the order of `ax`.
struct HostTensor {
    Elem    elem;
    int     n;
    Axis  **ax;
    int64_t *dim;
    int64_t count;   // product of dim
    void   *data;
    int64_t birth;   // when it was made: step.c
    int     held;    // by how many values, when last counted
    bool    known;   // the walk makes its data again whenever it is gone over
    bool    hollow;  // its data are not there: a run that is resumed has not come to where it was stopped
    HostTensor *guard;  // where its data mean something: a bool tensor over axes of it; NULL: everywhere. Elsewhere they are zeros
};

// Where a run is, and what it has decided by: walk.c.
typedef struct {
    double  value;
    int64_t times;   // in a row
} Decision;

typedef struct Walk {
    int64_t at;      // statements and turns begun
    int64_t until;   // up to there nothing is computed, what was decided before is decided again; 0: never
    VEC(Decision) decisions;
    int     next;    // of those, while they are gone over; `taken` of it
    int64_t taken;
    bool    stopped; // the run ends here
} Walk;

// What `load` is asked for: a tensor, or a record of them.
typedef struct {
    const char  *name;  // field, path of a parameter, or NULL
    Elem         elem;
    Axis       **ax;    // in the written order
    int          n;
    const char **columns;  // of a csv, for the field's last axis; NULL: name_0, name_1, …
    int          ncolumns;
} LoadField;

// What `plot` draws.
typedef enum { PLOT_LINES, PLOT_POINTS, PLOT_HISTOGRAM, PLOT_HEAT, PLOT_IMAGES } PlotKind;

typedef struct {
    const char   *name;
    const double *x, *y;   // x NULL: 0, 1, …
    int64_t       n;
} PlotSeries;

typedef struct {
    PlotKind      kind;
    const char   *title, *x_label, *y_label;
    PlotSeries   *series;
    int           nseries, bins;
    const double *value;   // a heat map, or images
    int64_t       images, rows, columns;
    bool          coloured;
} Plot;

struct Host {
    void *user;
    // Compiles a program into a step; the program's inputs are given in order at each run.
    void *(*compile)(void *user, const Program *p, Span where);
    // Runs a step. An output with an alias may be the very tensor of that input.
    bool (*run)(void *user, void *step, HostTensor *const *in, int nin, HostTensor *const *out, int nout,
                Span where);
    HostTensor *(*tensor)(void *user, Elem elem, Axis *const *ax, int n, bool hollow, Span where);  // zeros; NULL: reported
    void (*drop)(void *user, HostTensor *t);
    // Reads data: a tensor for each field, its axes as asked, whatever their sizes; the caller compares sizes.
    // A text file is one field of bytes. Elements are converted only without loss.
    bool (*load)(void *user, const char *path, const LoadField *field, int n, HostTensor **out, Span where);
    // Writes tensors by name: a model as safetensors, else npy, npz or csv by the path's ending.
    bool (*save)(void *user, const char *path, const char *const *name, HostTensor *const *t, int n, bool model, Span where);
    bool (*log)(void *user, const char *const *name, const double *value, int n, Span where);
    bool (*plot)(void *user, const char *path, const Plot *p, Span where);
    void (*print)(void *user, const char *text);
    // The outcome of an `expect`: its claim, whether it holds, and the figures.
    void (*expect)(void *user, bool holds, const char *claim, const char *figures, Span where);
    bool (*stop)(void *user, Span where);   // true: interrupted (reported), end now
    bool (*owns)(void *user, const char *path);  // has this run saved such a file?
    // A run that can be resumed; a host without it has NULL in these four.
    bool (*resume)(void *user, Walk *w);    // at the beginning: takes up what was kept, if it should; false: reported
    bool (*due)(void *user);                // is it time to keep the state again?
    bool (*keep)(void *user, const Walk *w, HostTensor *const *t, int n, Span where);
    bool (*refill)(void *user, HostTensor *const *t, int n, Span where);  // from what was kept; from now on it acts
    double (*now)(void *user);
};

#endif
