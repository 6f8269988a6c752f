// Linear algebra on one matrix, by LAPACK.
#include "lapack.h"

#include <complex.h>
#include <limits.h>
#include <math.h>
#include <string.h>

#include "internal.h"

static const struct {
    LapackSyevd *syevd;
    LapackGeev  *geev;
    LapackGesdd *gesdd;
    LapackGeqrf *geqrf;
    LapackOrgqr *orgqr;
    LapackPotrf *potrf;
    LapackGesv  *gesv;
    LapackGetrf *getrf;
    LapackGelsd *gelsd;
} lapack[PLX_ELEM_COUNT] = {
    [PLX_F64] = {dsyevd_, dgeev_, dgesdd_, dgeqrf_, dorgqr_, dpotrf_, dgesv_, dgetrf_, dgelsd_},
    [PLX_F32] = {ssyevd_, sgeev_, sgesdd_, sgeqrf_, sorgqr_, spotrf_, sgesv_, sgetrf_, sgelsd_},
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
static bool points_back(PlxElem e, const void *x, int64_t first, int64_t n)
{
    double most = 0;
    for (int64_t i = first; i < first + n; i++)
        if (fabs(get(e, x, i)) > fabs(most))
            most = get(e, x, i);
    return most < 0;
}

// ---- what LAPACK counts ----

typedef struct {
    const PlxRoutineCall *c;
    PlxError             *err;
    const char           *name; // of the routine, for messages
} Lapack;

static bool too_large(const Lapack *l)
{
    return plx_error(l->err, PLX_ERR_SIZE, "`%s` of a matrix of this size: LAPACK counts to 2^31 - 1", l->name);
}

static bool count(const Lapack *l, int64_t v, int *out)
{
    *out = (int)v;
    return v <= INT_MAX || too_large(l);
}

// The sizes i and j, as LAPACK counts them: no array has more bytes than memory, but each side and product must fit.
static bool sides(const Lapack *l, int *rows, int *columns)
{
    int64_t all;
    if (!count(l, l->c->size[0], rows) || !count(l, l->c->size[1], columns))
        return false;
    return (plx_mul(*rows, *columns, &all) && all <= INT_MAX) || too_large(l);
}

static int at_least_one(int n) { return n > 1 ? n : 1; }
static int lesser(int a, int b) { return a < b ? a : b; }

static void *block(const Lapack *l, int slot, int64_t count_, int64_t size)
{
    return plx_work(l->c->work, slot, count_ * size, l->err);
}

// The work array that a query asked for, in slot 0: a float may have rounded its size down.
static void *work_of(const Lapack *l, const double *answer, int *size)
{
    double wanted = get(l->c->elem, answer, 0) * (l->c->elem == PLX_F32 ? 1.000001 : 1) + 1;
    if (wanted > INT_MAX) {
        too_large(l);
        return NULL;
    }
    *size = (int)wanted;
    return block(l, 0, *size, plx_elem_size(l->c->elem));
}

static void copy_operand(const PlxRoutineCall *c, int from, void *to)
{
    memcpy(to, c->in[from], (size_t)(c->in_count[from] * plx_elem_size(c->elem)));
}

// ---- eigenvalues and singular values ----

bool plx_eigh(const PlxRoutineCall *c, PlxError *err)
{
    Lapack l = {c, err, "eigh"};
    int    n, columns, lwork = -1, liwork = -1, info, whole;
    double answer;
    void  *v = c->out[1], *w = c->out[0];
    if (!sides(&l, &n, &columns))
        return false;
    if (!finite_operands(c, 1))
        return no_answer(c, 2);
    int lda = at_least_one(n);
    copy_operand(c, 0, v);
    lapack[c->elem].syevd("V", "L", &n, v, &lda, w, &answer, &lwork, &whole, &liwork, &info, 1, 1);
    void *work = work_of(&l, &answer, &lwork);
    int  *iwork = work ? block(&l, 1, liwork = whole, sizeof *iwork) : NULL;
    if (!iwork)
        return false;
    lapack[c->elem].syevd("V", "L", &n, v, &lda, w, work, &lwork, iwork, &liwork, &info, 1, 1);
    if (info)
        return no_answer(c, 2);
    for (int64_t k = 0; k < n; k++)
        if (points_back(c->elem, v, k * n, n))
            negate(c->elem, v, k * n, 1, n);
    return true;
}

typedef struct {
    int   n;
    void *re, *im, *left, *right; // as LAPACK packs them: a pair of conjugates has its parts in two columns
} Eigen;

static double complex entry(PlxElem e, const Eigen *g, const void *v, int64_t column, int64_t i)
{
    double side = get(e, g->im, column);
    if (side == 0)
        return get(e, v, column * g->n + i);
    int64_t first = side > 0 ? column : column - 1;
    return CMPLX(get(e, v, first * g->n + i), copysign(1, side) * get(e, v, (first + 1) * g->n + i));
}

static void put_complex(PlxElem e, void *x, int64_t i, double complex v)
{
    put(e, x, 2 * i, creal(v));
    put(e, x, 2 * i + 1, cimag(v));
}

static bool comes_before(PlxElem e, const Eigen *g, int a, int b)
{
    double x = get(e, g->re, a), y = get(e, g->re, b);
    return x != y ? x < y : get(e, g->im, a) < get(e, g->im, b);
}

// Result column k is LAPACK's `from`; left vectors are conjugated, and scaled to meet the right ones in 1.
static void put_column(const PlxRoutineCall *c, const Eigen *g, int64_t k, int64_t from)
{
    double complex meet = 0;
    put_complex(c->elem, c->out[0], k, CMPLX(get(c->elem, g->re, from), get(c->elem, g->im, from)));
    for (int64_t i = 0; i < g->n; i++)
        meet += conj(entry(c->elem, g, g->left, from, i)) * entry(c->elem, g, g->right, from, i);
    for (int64_t i = 0; i < g->n; i++) {
        put_complex(c->elem, c->out[1], k * g->n + i, entry(c->elem, g, g->right, from, i));
        put_complex(c->elem, c->out[2], k * g->n + i, conj(entry(c->elem, g, g->left, from, i)) / meet);
    }
}

static bool eigen_space(const Lapack *l, Eigen *g)
{
    int64_t size = plx_elem_size(l->c->elem);
    g->re = block(l, 1, g->n, size);
    g->im = g->re ? block(l, 2, g->n, size) : NULL;
    g->left = g->im ? block(l, 3, l->c->in_count[0], size) : NULL;
    g->right = g->left ? block(l, 4, l->c->in_count[0], size) : NULL;
    return g->right != NULL;
}

bool plx_eig(const PlxRoutineCall *c, PlxError *err)
{
    Lapack l = {c, err, "eigvals"};
    Eigen  g;
    int    columns, lwork = -1, info;
    double answer;
    if (!sides(&l, &g.n, &columns))
        return false;
    if (!finite_operands(c, 1))
        return no_answer(c, 3);
    int  lda = at_least_one(g.n);
    int *order = eigen_space(&l, &g) ? block(&l, 5, g.n, sizeof *order) : NULL;
    if (!order)
        return false;
    LapackGeev *geev = lapack[c->elem].geev;
    geev("V", "V", &g.n, c->in[0], &lda, g.re, g.im, g.left, &lda, g.right, &lda, &answer, &lwork, &info, 1, 1);
    void *work = work_of(&l, &answer, &lwork);
    if (!work)
        return false;
    geev("V", "V", &g.n, c->in[0], &lda, g.re, g.im, g.left, &lda, g.right, &lda, work, &lwork, &info, 1, 1);
    if (info)
        return no_answer(c, 3);
    for (int i = 0; i < g.n; i++) {
        int k = i;
        for (; k > 0 && comes_before(c->elem, &g, i, order[k - 1]); k--)
            order[k] = order[k - 1];
        order[k] = i;
    }
    for (int k = 0; k < g.n; k++)
        put_column(c, &g, k, order[k]);
    return true;
}

bool plx_svd(const PlxRoutineCall *c, PlxError *err)
{
    Lapack l = {c, err, "svd"};
    int    n, m, lwork = -1, info;
    double answer;
    void  *u = c->out[0], *s = c->out[1], *v = c->out[2];
    if (!sides(&l, &n, &m))
        return false;
    if (!finite_operands(c, 1))
        return no_answer(c, 3);
    int  k = lesser(n, m), lda = at_least_one(n), ldv = at_least_one(k);
    int *iwork = block(&l, 1, 8 * (int64_t)k, sizeof *iwork);
    lapack[c->elem].gesdd("S", &n, &m, c->in[0], &lda, s, u, &lda, v, &ldv, &answer, &lwork, iwork, &info, 1);
    void *work = iwork ? work_of(&l, &answer, &lwork) : NULL;
    if (!work)
        return false;
    lapack[c->elem].gesdd("S", &n, &m, c->in[0], &lda, s, u, &lda, v, &ldv, work, &lwork, iwork, &info, 1);
    if (info)
        return no_answer(c, 3);
    for (int64_t i = 0; i < k; i++)
        if (points_back(c->elem, u, i * n, n)) {
            negate(c->elem, u, i * n, 1, n);
            negate(c->elem, v, i, k, m);
        }
    return true;
}

// ---- triangles ----

// r: the upper triangle of the first k rows of a, which has n.
static void take_triangle(PlxElem e, void *r, int64_t k, const void *a, int64_t n, int64_t m)
{
    for (int64_t j = 0; j < m; j++)
        for (int64_t i = 0; i < k; i++)
            put(e, r, j * k + i, i <= j ? get(e, a, j * n + i) : 0);
}

bool plx_qr(const PlxRoutineCall *c, PlxError *err)
{
    Lapack l = {c, err, "qr"};
    int    n, m, lwork = -1, less = -1, info;
    double answer, other;
    void  *a = c->in[0], *q = c->out[0], *r = c->out[1];
    if (!sides(&l, &n, &m))
        return false;
    int   k = lesser(n, m), lda = at_least_one(n);
    void *tau = block(&l, 1, k, plx_elem_size(c->elem));
    lapack[c->elem].geqrf(&n, &m, a, &lda, tau, &answer, &lwork, &info);
    lapack[c->elem].orgqr(&n, &k, &k, q, &lda, tau, &other, &less, &info);
    put(c->elem, &answer, 0, fmax(get(c->elem, &answer, 0), get(c->elem, &other, 0)));
    void *work = tau ? work_of(&l, &answer, &lwork) : NULL;
    if (!work)
        return false;
    lapack[c->elem].geqrf(&n, &m, a, &lda, tau, work, &lwork, &info);
    take_triangle(c->elem, r, k, a, n, m);
    memcpy(q, a, (size_t)(c->out_count[0] * plx_elem_size(c->elem)));
    lapack[c->elem].orgqr(&n, &k, &k, q, &lda, tau, work, &lwork, &info);
    for (int64_t i = 0; i < k; i++)
        if (get(c->elem, r, i * k + i) < 0) {
            negate(c->elem, r, i * k + i, k, m - i);
            negate(c->elem, q, i * n, 1, n);
        }
    return true;
}

bool plx_cholesky(const PlxRoutineCall *c, PlxError *err)
{
    Lapack l = {c, err, "cholesky"};
    int    n, columns, info;
    if (!sides(&l, &n, &columns))
        return false;
    int lda = at_least_one(n);
    copy_operand(c, 0, c->out[0]);
    lapack[c->elem].potrf("L", &n, c->out[0], &lda, &info, 1);
    if (info)
        return no_answer(c, 1);
    for (int64_t j = 1; j < n; j++)
        for (int64_t i = 0; i < j; i++)
            put(c->elem, c->out[0], j * n + i, 0);
    return true;
}

// ---- equations ----

bool plx_solve(const PlxRoutineCall *c, PlxError *err)
{
    Lapack l = {c, err, "solve"};
    int    n, columns, right, info;
    if (!sides(&l, &n, &columns) || !count(&l, c->size[2], &right))
        return false;
    int  lda = at_least_one(n);
    int *pivot = block(&l, 0, n, sizeof *pivot);
    if (!pivot)
        return false;
    copy_operand(c, 1, c->out[0]);
    lapack[c->elem].gesv(&n, &right, c->in[0], &lda, pivot, c->out[0], &lda, &info);
    return info ? no_answer(c, 1) : true;
}

bool plx_det(const PlxRoutineCall *c, PlxError *err)
{
    Lapack l = {c, err, "det"};
    int    n, columns, info;
    double det = 1, size = 0;
    if (!sides(&l, &n, &columns))
        return false;
    int  lda = at_least_one(n);
    int *pivot = block(&l, 0, n, sizeof *pivot);
    if (!pivot)
        return false;
    lapack[c->elem].getrf(&n, &n, c->in[0], &lda, pivot, &info);
    for (int64_t i = 0; i < n; i++) {
        double x = get(c->elem, c->in[0], i * n + i);
        det *= pivot[i] == i + 1 ? x : -x;
        size += log(fabs(x));
    }
    put(c->elem, c->out[0], 0, det);
    put(c->elem, c->out[1], 0, size);
    return true;
}

typedef struct {
    int   rows, columns, right, lda, ldb;
    void *b, *s, *rcond;
} LeastSquares;

// gelsd reads right-hand sides and leaves solutions in one array, as long as the longer of them.
static void move_sides(const PlxRoutineCall *c, const LeastSquares *p, void *packed, int64_t length, bool in)
{
    int64_t size = plx_elem_size(c->elem);
    for (int64_t k = 0; k < p->right; k++) {
        char *wide = (char *)p->b + k * p->ldb * size, *narrow = (char *)packed + k * length * size;
        memcpy(in ? wide : narrow, in ? narrow : wide, (size_t)(length * size));
    }
}

static bool least_squares(const Lapack *l, LeastSquares *p)
{
    const PlxRoutineCall *c = l->c;
    int                   rank, whole = 0, lwork = -1, info;
    double                answer;
    lapack[c->elem].gelsd(&p->rows, &p->columns, &p->right, c->in[0], &p->lda, p->b, &p->ldb, p->s, p->rcond, &rank,
                          &answer, &lwork, &whole, &info);
    void *work = work_of(l, &answer, &lwork);
    int  *iwork = work ? block(l, 3, whole, sizeof *iwork) : NULL;
    if (!iwork)
        return false;
    lapack[c->elem].gelsd(&p->rows, &p->columns, &p->right, c->in[0], &p->lda, p->b, &p->ldb, p->s, p->rcond, &rank, work,
                          &lwork, iwork, &info);
    return info ? no_answer(c, 1) : true;
}

bool plx_lstsq(const PlxRoutineCall *c, PlxError *err)
{
    Lapack       l = {c, err, "lstsq"};
    LeastSquares p;
    double       rcond;
    if (!sides(&l, &p.rows, &p.columns) || !count(&l, c->size[2], &p.right))
        return false;
    if (!finite_operands(c, 2))
        return no_answer(c, 1);
    if (!p.rows || !p.columns || !p.right) { // gelsd wants none of these
        memset(c->out[0], 0, (size_t)(c->out_count[0] * plx_elem_size(c->elem)));
        return true;
    }
    p.lda = p.rows;
    p.ldb = p.rows > p.columns ? p.rows : p.columns;
    put(c->elem, &rcond, 0, p.ldb * (c->elem == PLX_F64 ? 0x1p-52 : 0x1p-23));
    p.rcond = &rcond;
    p.b = block(&l, 1, p.ldb * (int64_t)p.right, plx_elem_size(c->elem));
    p.s = p.b ? block(&l, 2, lesser(p.rows, p.columns), plx_elem_size(c->elem)) : NULL;
    if (!p.s)
        return false;
    move_sides(c, &p, c->in[1], p.rows, true);
    if (!least_squares(&l, &p))
        return false;
    move_sides(c, &p, c->out[0], p.columns, false);
    return true;
}
