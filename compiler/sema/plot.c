// plot: curves, points, histograms, heat maps and grids of images, written by the host.
#include <string.h>

#include "sema/acts.h"
#include "sema/step.h"
#include "sema/walk.h"

enum { MOST_SERIES = 32 };

typedef struct {
    Sema        *s;
    Plot        *plot;
    const Value *x, *by;
    bool         failed;
} Drawing;

static const struct {
    const char *name;
    PlotKind    kind;
    int         least, most;  // axes
    const char *takes;
} kinds[] = {
    {"lines", PLOT_LINES, 1, 2, "a tensor along one axis, or along two (a line for each position of the second), or a record of such"},
    {"points", PLOT_POINTS, 1, 1, "a tensor along one axis, or a record of such"},
    {"histogram", PLOT_HISTOGRAM, 1, 16, "a tensor"},
    {"heat", PLOT_HEAT, 2, 2, "a tensor along two axes, rows and columns"},
    {"images", PLOT_IMAGES, 2, 4, "a tensor along rows and columns, with the images' axis before them, and colours behind"},
};
enum { KINDS = sizeof kinds / sizeof *kinds };

static void wrong(Drawing *d, const Value *v, int kind)
{
    Diag *g = sema_diag(d->s, DIAG_E0502, v->where, "`%s:` takes %s", kinds[kind].name, kinds[kind].takes);
    diag_label(g, v->where, "%s", text_value(d->s, v));
    d->failed = true;
}

static double *numbers(Sema *s, const HostTensor *t)
{
    double *x = ARENA_ARRAY(s->arena, double, t->count + 1);
    for (int64_t i = 0; i < t->count; i++)
        x[i] = tensor_number(t, i);
    return x;
}

static const char *name_of_position(Sema *s, const Axis *a, int64_t i)
{
    return a->npositions > i ? a->positions[i] : name_format(s->names, "%s %lld", a->name, (long long)i);
}

static void add_series(Drawing *d, const char *name, const double *x, const double *y, int64_t n)
{
    if (d->plot->nseries < MOST_SERIES)
        d->plot->series[d->plot->nseries++] = (PlotSeries){name, x, y, n};
}

// Every `step`-th of n from `first` on.
static double *picked(Sema *s, const double *x, int64_t first, int64_t step, int64_t n)
{
    double *out = ARENA_ARRAY(s->arena, double, n + 1);
    for (int64_t i = 0; i < n; i++)
        out[i] = x[first + i * step];
    return out;
}

// Points of each label apart.
static void add_by_label(Drawing *d, const double *x, const double *y, int64_t n)
{
    const HostTensor *by = d->by->host;
    int64_t           size = 0;
    size_is_const(d->by->pos->size, &size);
    for (int64_t k = 0; k < size; k++) {
        double *px = ARENA_ARRAY(d->s->arena, double, n + 1), *py = ARENA_ARRAY(d->s->arena, double, n + 1);
        int64_t count = 0;
        for (int64_t i = 0; i < n; i++)
            if (tensor_number(by, i) == (double)k) {
                px[count] = x ? x[i] : (double)i;
                py[count++] = y[i];
            }
        add_series(d, name_of_position(d->s, d->by->pos, k), px, py, count);
    }
}

static void add_tensor(Drawing *d, const Value *v, const char *name)
{
    const HostTensor *t = v->host;
    const double     *y = numbers(d->s, t), *x = d->x ? numbers(d->s, d->x->host) : NULL;
    if (d->by)
        add_by_label(d, x, y, t->count);
    else if (t->n < 2 || d->plot->kind == PLOT_HISTOGRAM)
        add_series(d, name, x, y, t->count);
    else
        for (int64_t k = 0; k < t->dim[1]; k++)
            add_series(d, name_of_position(d->s, t->ax[1], k), x, picked(d->s, y, k, t->dim[1], t->dim[0]), t->dim[0]);
    if (!d->plot->x_label && !d->x && d->plot->kind != PLOT_HISTOGRAM)
        d->plot->x_label = t->ax[0]->name;
}

static bool along(const Value *v, const Axis *a) { return is_tensor(v) && v->axes.n == 1 && v->axes.at[0] == a; }

static void check_tensor(Drawing *d, const Value *v, int kind)
{
    const Axis *first = v->order ? v->order[0] : v->axes.n ? v->axes.at[0] : NULL;
    if (!is_tensor(v) || v->axes.n < kinds[kind].least || v->axes.n > kinds[kind].most) {
        wrong(d, v, kind);
        return;
    }
    const Value *beside[] = {d->x, d->by};
    for (int i = 0; i < 2 && !d->failed; i++)
        if (beside[i] && !along(beside[i], first)) {
            Diag *g = sema_diag(d->s, DIAG_E0502, beside[i]->where, "`%s:` is along the same axis as what is drawn", i ? "by" : "x");
            diag_label(g, beside[i]->where, "%s", text_value(d->s, beside[i]));
            diag_label(g, v->where, "%s", text_value(d->s, v));
            d->failed = true;
        }
}

static void check_drawn(Drawing *d, const Value *v, int kind)
{
    bool series = kinds[kind].kind == PLOT_LINES || kinds[kind].kind == PLOT_POINTS;
    if (v->kind == V_RECORD && series)
        for (int i = 0; i < v->nfields && !d->failed; i++)
            check_tensor(d, v->fields[i].value, kind);
    else
        check_tensor(d, v, kind);
    if (!d->failed && d->by && (!d->by->pos || kinds[kind].kind != PLOT_POINTS)) {
        sema_error(d->s, DIAG_E0502, d->by->where, "`by:` takes the labels of points, positions along an axis; this is %s",
                   text_value(d->s, d->by));
        d->failed = true;
    }
}

static void add_grid(Drawing *d, const Value *v)
{
    const HostTensor *t = v->host;
    Plot             *p = d->plot;
    p->coloured = p->kind == PLOT_IMAGES && t->n > 2 && t->dim[t->n - 1] == 3;
    int at = t->n - p->coloured;
    p->rows = t->dim[at - 2];
    p->columns = t->dim[at - 1];
    p->images = at > 2 ? t->dim[at - 3] : 1;
    p->value = numbers(d->s, t);
    p->x_label = p->x_label ? p->x_label : t->ax[at - 1]->name;
    p->y_label = p->y_label ? p->y_label : t->ax[at - 2]->name;
}

static void add_drawn(Drawing *d, const Value *v)
{
    if (d->plot->kind == PLOT_HEAT || d->plot->kind == PLOT_IMAGES) {
        add_grid(d, v);
        return;
    }
    for (int i = 0; v->kind == V_RECORD && i < v->nfields; i++)
        add_tensor(d, v->fields[i].value, v->fields[i].name);
    if (v->kind != V_RECORD)
        add_tensor(d, v, NULL);
}

// ---- plot(path, lines: y, x: x, title: "…", …) ----

static const char *text_of(Sema *s, Value **args, Name *names, int n, const char *name, bool *good)
{
    Value *v = act_named(s, args, names, n, name);
    if (v && v->kind != V_STRING) {
        sema_error(s, DIAG_E0502, v->where, "`%s:` takes a text in quotes", name);
        *good = false;
    }
    return v && v->kind == V_STRING ? v->text : NULL;
}

static bool is_option(Sema *s, Name name)
{
    static const char *const option[] = {"x", "by", "title", "x_label", "y_label", "bins"};
    for (size_t i = 0; i < sizeof option / sizeof *option; i++)
        if (name == name_of(s->names, option[i]))
            return true;
    return false;
}

// The one argument that says what is drawn; -1: reported.
static int find_drawn(Sema *s, Value **args, Name *names, int n, Value **drawn, Span where)
{
    int found = -1;
    for (int i = 1; i < n; i++) {
        int k = 0;
        while (k < KINDS && (!names[i] || name_of(s->names, kinds[k].name) != names[i]))
            k++;
        if (k == KINDS && names[i] && is_option(s, names[i]))
            continue;
        if (k == KINDS || found >= 0) {
            found = -1;
            break;
        }
        found = k;
        *drawn = args[i];
    }
    if (found >= 0 && args[0]->kind == V_STRING)
        return found;
    Diag *d = sema_diag(s, DIAG_E0502, where, "`plot` takes a path and what is drawn: `lines:`, `points:`, `histogram:`, `heat:` or `images:`");
    diag_help(d, "`plot(\"loss.svg\", lines: (train: a, test: b), x: step, title: \"loss\")`; also `by:`, `bins:`, `x_label:`, `y_label:`");
    return -1;
}

static bool numbers_there(const Value *v)
{
    bool there = !is_tensor(v) || v->host;
    for (int i = 0; i < v->nfields; i++)
        there = there && numbers_there(v->fields[i].value);
    return there;
}

Value *act_plot(Sema *s, const Func *f, const Args *args)
{
    (void)f;
    Plot   *p = ARENA_NEW(s->arena, Plot);
    Value  *drawn = NULL, *bins = act_named(s, args->at, args->names, args->n, "bins");
    int     kind = find_drawn(s, args->at, args->names, args->n, &drawn, args->where);
    double  count = 0;
    bool    good = kind >= 0;
    Drawing d = {s, p, act_named(s, args->at, args->names, args->n, "x"), act_named(s, args->at, args->names, args->n, "by"), false};
    p->title = text_of(s, args->at, args->names, args->n, "title", &good);
    p->x_label = text_of(s, args->at, args->names, args->n, "x_label", &good);
    p->y_label = text_of(s, args->at, args->names, args->n, "y_label", &good);
    if (!good)
        return value_new(s, V_ERROR, args->where);
    p->kind = kinds[kind].kind;
    check_drawn(&d, drawn, kind);
    if (d.failed)
        return value_new(s, V_ERROR, args->where);
    if (!s->host || walk_hollow(s))
        return value_new(s, V_NONE, args->where);
    if (!numbers_there(drawn) || (d.x && !d.x->host) || (d.by && !d.by->host))
        return sema_error(s, DIAG_E0313, drawn->where, "a constant is not drawn; compute it first");
    p->bins = bins && host_number(bins, &count) ? (int)count : 0;
    p->series = ARENA_ARRAY(s->arena, PlotSeries, MOST_SERIES);
    add_drawn(&d, drawn);
    return value_new(s, s->host->plot(s->host->user, args->at[0]->text, p, args->where) ? V_NONE : V_ERROR, args->where);
}
