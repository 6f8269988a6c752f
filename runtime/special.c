// Special functions that the C library lacks, one number at a time.
#include <math.h>

#include "plexus_rt.h"

#define MOST_SHAPE 1e8 // the series has as many terms as its root, some times
#define MOST_ORDER 24 // derivatives of ln gamma; higher ones are not needed and pass the range of a double soon

// ---- ln gamma and its derivatives ----

// The m-th derivative of psi at a large x. Abramowitz and Stegun 6.3.18, 6.4.11.
static double polygamma_far(int m, double x)
{
    static const double bernoulli[] = {1.0 / 6,       -1.0 / 30, 1.0 / 42,      -1.0 / 30,     5.0 / 66,
                                       -691.0 / 2730, 7.0 / 6,   -3617.0 / 510, 43867.0 / 798, -174611.0 / 330};
    double below = tgamma(m > 0 ? m : 1), whole = tgamma(m + 1), power = pow(x, m); // (m - 1)!, m!, x^m
    double sum = (m ? below / power : -log(x)) + whole / (2 * power * x);
    double term = whole * (m + 1) / (2 * power * x * x); // (2k + m - 1)! / (2k)! / x^(2k + m)
    for (int k = 1; k <= 10; k++) {
        sum += bernoulli[k - 1] * term;
        term *= (2.0 * k + m + 1) * (2.0 * k + m) / ((2.0 * k + 2) * (2.0 * k + 1) * x * x);
    }
    return m % 2 ? sum : -sum;
}

// By steps to where that holds: psi_m(x) = psi_m(x + 1) - (-1)^m m! / x^(m + 1).
static double polygamma_positive(int m, double x)
{
    double steps = 0;
    for (; x < 16 + m; x++)
        steps += pow(x, -(m + 1));
    double far = polygamma_far(m, x), near = tgamma(m + 1) * steps;
    return m % 2 ? far + near : far - near;
}

// The m-th derivative of cot(pi x): a polynomial in the cotangent c, with c' = -pi (1 + c^2).
static double cotangent(int m, double x)
{
    double p[MOST_ORDER + 3] = {0, 1}, q[MOST_ORDER + 3], r = x - round(x), sum = 0;
    for (int k = 0; k < m; k++) {
        for (int i = 0; i <= m + 1; i++)
            q[i] = -M_PI * ((i <= m ? (i + 1) * p[i + 1] : 0) + (i > 0 ? (i - 1) * p[i - 1] : 0));
        for (int i = 0; i <= m + 1; i++)
            p[i] = q[i];
    }
    double c = cos(M_PI * r) / sin(M_PI * r);
    for (int i = m + 1; i >= 0; i--)
        sum = sum * c + p[i];
    return sum;
}

static double psi(int m, double x)
{
    if (isnan(x) || m > MOST_ORDER || (x <= 0 && x == floor(x)))
        return NAN;
    if (x > 0)
        return isinf(x) ? (m ? 0 : x) : polygamma_positive(m, x);
    double other = polygamma_positive(m, 1 - x); // Abramowitz and Stegun 6.4.7
    return (m % 2 ? -other : other) - M_PI * cotangent(m, x);
}

double plx_polygamma(double order, double x)
{
    int sign;
    if (!(order >= 0 && order <= MOST_ORDER))
        return NAN;
    return order < 1 ? lgamma_r(x, &sign) : psi((int)order - 1, x);
}

// ---- the inverse of erfc ----

// Near its value by Abramowitz and Stegun 26.2.23, then Halley's steps.
double plx_erfcinv(double p)
{
    if (!(p >= 0 && p <= 2))
        return NAN;
    if (p == 0 || p == 2)
        return p == 0 ? INFINITY : -INFINITY;
    double q = p < 1 ? p : 2 - p, t = sqrt(-2 * log(q / 2));
    double x = (t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)))) / M_SQRT2;
    for (int i = 0; i < 4; i++) {
        double step = (erfc(x) - q) / (M_2_SQRTPI * exp(-x * x));
        x += step / (1 - x * step);
    }
    return p < 1 ? x : -x;
}

// ---- the gamma distribution: P, the chance of less than e^y; q = dP / dy ----

// For f with (ln f)' = g[0], g[0]' = g[1], …: its k-th derivative over f itself.
static double bell(int k, const double *g)
{
    double b[MOST_ORDER + 1] = {1};
    for (int n = 1; n <= k; n++) {
        double choose = 1;
        for (int i = 0; i < n; i++) {
            b[n] += choose * b[n - 1 - i] * g[i];
            choose *= (n - 1.0 - i) / (i + 1);
        }
    }
    return b[k];
}

static bool order_of(double order, int *k)
{
    *k = order >= 0 && order < MOST_ORDER ? (int)order : -1;
    return *k >= 0;
}

double plx_gamma_density(double order, double shape, double y)
{
    double g[MOST_ORDER + 1];
    int    k;
    if (!order_of(order, &k))
        return NAN;
    for (int i = 0; i < k; i++)
        g[i] = (i ? 0 : y) - psi(i, shape);
    return bell(k, g);
}

// P = sum of t_n, t_0 = q / shape, t_n = t_(n-1) e^y / (shape + n), DLMF 8.7.1; each is differentiated by itself.
double plx_gamma_series(double order, double shape, double y)
{
    double g[MOST_ORDER + 1], x = exp(y), c = 1 / shape, sum = 0, size = 0;
    int    k;
    if (!order_of(order, &k) || !(shape > 0 && shape <= MOST_SHAPE))
        return NAN;
    for (int i = 0; i < k; i++)
        g[i] = (i ? 0 : y) - psi(i, shape + 1);
    for (double n = 1; isfinite(sum); n++) {
        double term = c * bell(k, g);
        sum += term;
        size += fabs(term);
        if ((shape + n > 2 * x || c < size * 1e-3) && fabs(term) <= size * 0x1p-56 && c <= size * 0x1p-50)
            break;
        c *= x / (shape + n);
        double step = 1 / (shape + n); // psi_i(z + 1) = psi_i(z) + (-1)^i i! / z^(i + 1)
        for (int i = 0; i < k; i++) {
            g[i] -= step;
            step *= -(i + 1) / (shape + n);
        }
    }
    return sum;
}

// ln P is concave in y, and below its line from the left: Newton's steps from there go up to the root.
double plx_log_gamma_quantile(double shape, double u)
{
    if (!(shape > 0 && shape <= MOST_SHAPE) || !(u >= 0 && u <= 1))
        return NAN;
    if (u == 0 || u == 1)
        return u == 0 ? -INFINITY : INFINITY;
    int    sign;
    double all = lgamma_r(shape, &sign), y = (log(u) + all + log(shape)) / shape;
    for (int i = 0; i < 200; i++) {
        double ratio = plx_gamma_series(0, shape, y); // P / q
        double step = ratio * (log(u) - (log(ratio) + shape * y - exp(y) - all));
        if (!(step > fabs(y) * 0x1p-52))
            break;
        y += step;
    }
    return y;
}

// ---- the same in f32 ----

#define NARROW1(name) float name##f(float x) { return (float)name((double)x); }
#define NARROW2(name) float name##f(float x, float y) { return (float)name((double)x, (double)y); }
#define NARROW3(name) float name##f(float x, float y, float z) { return (float)name((double)x, (double)y, (double)z); }
NARROW2(plx_polygamma)
NARROW1(plx_erfcinv)
NARROW3(plx_gamma_density)
NARROW3(plx_gamma_series)
NARROW2(plx_log_gamma_quantile)
