// The discrete Fourier transform of any length in O(n log n), in double precision for either width.
//
// Lengths whose prime factors are small: Stockham's self-sorting form of Cooley and Tukey's algorithm, one factor after
// the other (C. Van Loan, Computational Frameworks for the Fast Fourier Transform, SIAM 1992, 1.7 and 2.4). Others: as a
// convolution with a chirp, by transforms of a power of two (L. Bluestein, IEEE Trans. Audio Electroacoust. 18, 1970).
#include <math.h>
#include <string.h>

#include "internal.h"

#define MOST_FACTORS  64
#define LARGEST_PRIME 31 // a factor costs its square: beyond, the chirp is cheaper

typedef struct {
    double re, im;
} Z;

static Z add(Z a, Z b) { return (Z){a.re + b.re, a.im + b.im}; }
static Z sub(Z a, Z b) { return (Z){a.re - b.re, a.im - b.im}; }
static Z mul(Z a, Z b) { return (Z){a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re}; }
static Z conjugate(Z a) { return (Z){a.re, -a.im}; }

// exp(-2 pi i k / n), from an angle in the first eighth of the circle: exact at its corners.
static Z root(int64_t k, int64_t n)
{
    int64_t eighth = 8 * (k % n) / n, rest = 8 * (k % n) - (eighth + eighth % 2) * n; // of 8 n to the circle
    double  angle = (double)rest * (6.283185307179586 / 8) / (double)n;
    double  c = cos(angle), s = sin(angle);
    switch ((eighth + 1) / 2 % 4) {
    case 0: return (Z){c, -s};
    case 1: return (Z){-s, -c};
    case 2: return (Z){-c, s};
    default: return (Z){s, c};
    }
}

// All n of them: one of about sqrt(n) far ones times one of as many near ones.
static void roots(Z *w, int64_t n)
{
    int64_t step = 1;
    while (step * step < n)
        step *= 2;
    for (int64_t k = 0; k < step && k < n; k++)
        w[k] = root(k, n);
    for (int64_t far = step; far < n; far += step) {
        Z turn = root(far, n);
        w[far] = turn;
        for (int64_t k = 1; k < step && far + k < n; k++)
            w[far + k] = mul(turn, w[k]);
    }
}

// ---- small factors ----

// 4 and 2 first, then the odd ones. 0: there is a factor that is too large.
static int factors(int64_t n, int *f)
{
    int count = 0;
    for (; n % 4 == 0; n /= 4)
        f[count++] = 4;
    for (int p = 2; p <= LARGEST_PRIME && n > 1; p++)
        for (; n % p == 0; n /= p)
            f[count++] = p;
    return n == 1 ? count : 0;
}

// One step: m transforms of length `done` become those of done * r. Element k * (m * r) + s * m + q is entry k of the
// transform of what lies s * m + q apart; entry k + j * done of the new one is the sum over s of w^(s k) r-th roots^(s j).
typedef struct {
    const Z *from, *w;
    Z       *to;
    int64_t  done, m, n;
    int      r;
} Pass;

static void pass_2(const Pass *p, int64_t k, const Z *t)
{
    const Z *x = p->from + k * p->m * 2;
    Z       *y = p->to + k * p->m, *z = y + p->done * p->m;
    for (int64_t q = 0; q < p->m; q++) {
        Z b = mul(t[1], x[p->m + q]);
        y[q] = add(x[q], b);
        z[q] = sub(x[q], b);
    }
}

static void pass_4(const Pass *p, int64_t k, const Z *t)
{
    const Z *x = p->from + k * p->m * 4;
    Z       *y = p->to + k * p->m;
    int64_t  row = p->done * p->m;
    for (int64_t q = 0; q < p->m; q++) {
        Z a = x[q], b = mul(t[1], x[p->m + q]), c = mul(t[2], x[2 * p->m + q]), d = mul(t[3], x[3 * p->m + q]);
        Z even = add(a, c), odd = sub(a, c), sum = add(b, d), difference = sub(b, d);
        Z turned = {difference.im, -difference.re};
        y[q] = add(even, sum);
        y[row + q] = add(odd, turned);
        y[2 * row + q] = sub(even, sum);
        y[3 * row + q] = sub(odd, turned);
    }
}

static void pass_any(const Pass *p, int64_t k, const Z *t)
{
    const Z *x = p->from + k * p->m * p->r;
    int64_t  row = p->done * p->m, step = p->n / p->r;
    for (int64_t q = 0; q < p->m; q++) {
        Z term[LARGEST_PRIME];
        for (int s = 0; s < p->r; s++)
            term[s] = mul(t[s], x[s * p->m + q]);
        for (int j = 0; j < p->r; j++) {
            Z sum = term[0];
            for (int s = 1; s < p->r; s++)
                sum = add(sum, mul(p->w[s * j % p->r * step], term[s]));
            p->to[j * row + k * p->m + q] = sum;
        }
    }
}

static void run_pass(const Pass *p)
{
    Z t[LARGEST_PRIME];
    for (int64_t k = 0; k < p->done; k++) {
        for (int s = 0; s < p->r; s++)
            t[s] = p->w[s * k * p->m];
        (p->r == 2 ? pass_2 : p->r == 4 ? pass_4 : pass_any)(p, k, t);
    }
}

// Transforms x by the factors of n, w the n-th roots of one; the result lies in x or in y, which is returned.
static Z *by_factors(Z *x, Z *y, const Z *w, int64_t n, const int *f, int count)
{
    int64_t done = 1;
    for (int i = 0; i < count; i++) {
        Pass p = {x, w, y, done, n / (done * f[i]), n, f[i]};
        run_pass(&p);
        done *= f[i];
        Z *other = x;
        x = y;
        y = other;
    }
    return x;
}

// ---- any length ----

static int64_t power_above(int64_t n)
{
    int64_t m = 1;
    while (m < n)
        m *= 2;
    return m;
}

// c[k] = exp(-pi i k^2 / n): the transform is c times the convolution of c x with the conjugate of c. The convolution's
// length m is at least 2 n - 1; memory: w, a, b, y of m each, c of n.
static Z *by_chirp(const Z *x, Z *w, int64_t n, int64_t m)
{
    Z      *a = w + m, *b = a + m, *y = b + m, *c = y + m;
    int     f[MOST_FACTORS], count = factors(m, f);
    int64_t square = 0;
    for (int64_t k = 0; k < n; k++) {
        c[k] = root(square, 2 * n);
        square = (square + 2 * k + 1) % (2 * n);
    }
    memset(a, 0, sizeof *a * (size_t)(2 * m));
    for (int64_t k = 0; k < n; k++) {
        a[k] = mul(c[k], x[k]);
        b[k] = conjugate(c[k]);
        b[k ? m - k : 0] = b[k];
    }
    roots(w, m);
    Z *fb = by_factors(b, y, w, m, f, count), *free_one = fb == b ? y : b;
    Z *fa = by_factors(a, free_one, w, m, f, count);
    for (int64_t k = 0; k < m; k++)
        fa[k] = conjugate(mul(fa[k], fb[k]));
    Z *back = by_factors(fa, fb, w, m, f, count);
    for (int64_t k = 0; k < n; k++) {
        Z v = mul(c[k], conjugate(back[k]));
        back[k] = (Z){v.re / (double)m, v.im / (double)m};
    }
    return back;
}

// ---- the routines ----

static Z read(PlxElem e, const void *x, int64_t i)
{
    if (e == PLX_F64)
        return ((const Z *)x)[i];
    const float *p = (const float *)x + 2 * i;
    return (Z){(double)p[0], (double)p[1]};
}

static void write(PlxElem e, void *x, int64_t i, Z v)
{
    if (e == PLX_F64) {
        ((Z *)x)[i] = v;
        return;
    }
    ((float *)x)[2 * i] = (float)v.re;
    ((float *)x)[2 * i + 1] = (float)v.im;
}

// The other direction is the conjugate of the transform of the conjugate.
static bool transform(const PlxRoutineCall *call, bool back, PlxError *err)
{
    int     f[MOST_FACTORS];
    int64_t n = call->size[0], m = 0, room, bytes;
    if (call->size[1] != 2 || call->size[2] != n)
        return plx_error(err, PLX_ERR_SIZE, "a transform is as long as what it is of, and complex");
    if (n == 0)
        return true;
    int count = factors(n, f);
    if (n > 1 && !count)
        m = power_above(2 * n - 1);
    if (!plx_mul(m ? m : n, m ? 4 : 2, &room) || !plx_add(room, 2 * n, &room) || !plx_mul(room, sizeof(Z), &bytes))
        return plx_error(err, PLX_ERR_SIZE, "a transform of %lld elements is too long", (long long)n);
    Z *x = plx_work(call->work, 0, bytes, err);
    if (!x)
        return false;
    for (int64_t k = 0; k < n; k++) {
        Z v = read(call->elem, call->in[0], k);
        x[k] = back ? conjugate(v) : v;
    }
    Z *w = x + n;
    if (!m)
        roots(w, n);
    Z *y = m ? by_chirp(x, w, n, m) : by_factors(x, w + n, w, n, f, count);
    for (int64_t k = 0; k < n; k++)
        write(call->elem, call->out[0], k, back ? conjugate(y[k]) : y[k]);
    return true;
}

bool plx_fft(const PlxRoutineCall *call, PlxError *err) { return transform(call, false, err); }
bool plx_fft_back(const PlxRoutineCall *call, PlxError *err) { return transform(call, true, err); }
