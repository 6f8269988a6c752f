// Linear algebra on one matrix, by LAPACK.
#include "lapack.h"

#include <limits.h>
#include <math.h>
#include <string.h>

#include "internal.h"

static const struct {
    LapackSyevd *syevd;
} lapack[PLX_ELEM_COUNT] = {
    [PLX_F64] = {dsyevd_},
    [PLX_F32] = {ssyevd_},
};

// ---- numbers of either width ----

static double get(PlxElem e, const void *x, int64_t i)
{
    return e == PLX_F64 ? ((const double *)x)[i] : (double)((const float *)x)[i];
}

static void put(PlxElem e, void *x, int64_t i, double v)
{
    if (e == PLX_F64)
        ((double *)x)[i] = v;
    else
        ((float *)x)[i] = (float)v;
}

static bool finite_operands(const PlxRoutineCall *c, int n)
{
    for (int k = 0; k < n; k++)
        for (int64_t i = 0; i < c->in_count[k]; i++)
            if (!isfinite(get(c->elem, c->in[k], i)))
                return false;
    return true;
}

// There is no answer: results 0 to n - 1 are NaN.
static bool no_answer(const PlxRoutineCall *c, int n)
{
    for (int k = 0; k < n; k++)
        for (int64_t i = 0; i < c->out_count[k]; i++)
            put(c->elem, c->out[k], i, NAN);
    return true;
}

// Negates n entries of x, `step` apart.
static void negate(PlxElem e, void *x, int64_t first, int64_t step, int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        put(e, x, first + i * step, -get(e, x, first + i * step));
}

// Is the largest of n entries, the first of those, negative?
static bool points_back(PlxElem e, const void *x, int64_t n)
{
    double most = 0;
    for (int64_t i = 0; i < n; i++)
        if (fabs(get(e, x, i)) > fabs(most))
            most = get(e, x, i);
    return most < 0;
}

// ---- what LAPACK counts ----

static bool count(const char *what, int64_t v, int *out, PlxError *err)
{
    *out = (int)v;
    return v <= INT_MAX || plx_error(err, PLX_ERR_SIZE, "`%s` of a matrix of this size: LAPACK counts to 2^31 - 1", what);
}

static int at_least_one(int n) { return n > 1 ? n : 1; }

// The work array that a query asked for: a float may have rounded it down.
static bool work_of(const PlxRoutineCall *c, const char *what, const void *answer, int slot, int *size, void **work,
                    PlxError *err)
{
    double wanted = get(c->elem, answer, 0) * (c->elem == PLX_F32 ? 1.000001 : 1) + 1;
    if (wanted > INT_MAX)
        return count(what, INT64_MAX, size, err);
    *size = (int)wanted;
    *work = plx_work(c->work, slot, *size * plx_elem_size(c->elem), err);
    return *work != NULL;
}

// ---- eigenvalues ----

bool plx_eigh(const PlxRoutineCall *c, PlxError *err)
{
    int    n, lwork = -1, liwork = -1, info, whole;
    double answer;
    void  *work = NULL, *v = c->out[1], *w = c->out[0];
    if (!count("eigh", c->size[0], &n, err))
        return false;
    if (!finite_operands(c, 1))
        return no_answer(c, 2);
    int lda = at_least_one(n);
    memcpy(v, c->in[0], (size_t)(c->in_count[0] * plx_elem_size(c->elem)));
    lapack[c->elem].syevd("V", "L", &n, v, &lda, w, &answer, &lwork, &whole, &liwork, &info, 1, 1);
    if (!work_of(c, "eigh", &answer, 0, &lwork, &work, err))
        return false;
    liwork = whole;
    int *iwork = plx_work(c->work, 1, liwork * (int64_t)sizeof *iwork, err);
    if (!iwork)
        return false;
    lapack[c->elem].syevd("V", "L", &n, v, &lda, w, work, &lwork, iwork, &liwork, &info, 1, 1);
    if (info)
        return no_answer(c, 2);
    for (int64_t k = 0; k < n; k++)
        if (points_back(c->elem, (char *)v + k * n * plx_elem_size(c->elem), n))
            negate(c->elem, v, k * n, 1, n);
    return true;
}
