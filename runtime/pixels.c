// Values as pixels: heat maps and grids of images.
#include "plot.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *plot_colour(int i)
{
    // Okabe and Ito's colours, which colour-blind readers tell apart.
    static const char *const colour[] = {"#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000", "#a09000"};
    return colour[i % (int)(sizeof colour / sizeof *colour)];
}

void plot_shade(double x, unsigned char rgb[3])
{
    // Lightness rises evenly from dark violet over green to yellow.
    static const unsigned char anchor[][3] = {{68, 1, 84},    {71, 44, 122},  {59, 81, 139},  {44, 113, 142}, {33, 144, 141},
                                              {39, 173, 129}, {92, 200, 99},  {170, 220, 50}, {253, 231, 37}};
    enum { LAST = sizeof anchor / sizeof *anchor - 1 };
    double at = (x >= 0 ? x <= 1 ? x : 1 : 0) * LAST;
    int    i = (int)at < LAST ? (int)at : LAST - 1;
    for (int c = 0; c < 3; c++)
        rgb[c] = (unsigned char)lround(anchor[i][c] + (at - i) * (anchor[i + 1][c] - anchor[i][c]));
}

bool plot_range(const double *v, int64_t n, double *low, double *high)
{
    bool any = false;
    for (int64_t i = 0; i < n; i++) {
        if (!isfinite(v[i]))
            continue;
        *low = any && *low < v[i] ? *low : v[i];
        *high = any && *high > v[i] ? *high : v[i];
        any = true;
    }
    return any;
}

Ticks plot_ticks(double low, double high, int most)
{
    double rough = (high - low) / most, power = pow(10, floor(log10(rough))), part = rough / power;
    Ticks  t = {.step = power * (part <= 1 ? 1 : part <= 2 ? 2 : part <= 5 ? 5 : 10)};
    t.first = ceil(low / t.step - 1e-9) * t.step;
    t.n = (int)floor((high - t.first) / t.step + 1e-9) + 1;
    return t;
}

static void colour_of(const PlxPlot *p, double v, double low, double high, unsigned char rgb[3])
{
    double x = high > low ? (v - low) / (high - low) : 0.5;
    if (!isfinite(v)) {
        memset(rgb, 200, 3);
    } else if (p->kind == PLX_PLOT_HEAT) {
        plot_shade(x, rgb);
    } else {
        memset(rgb, (int)lround((x >= 0 ? x <= 1 ? x : 1 : 0) * 255), 3);
    }
}

static void fill(Pixels *to, int x, int y, int zoom, const unsigned char rgb[3])
{
    for (int i = 0; i < zoom; i++)
        for (int k = 0; k < zoom; k++)
            memcpy(to->rgb + ((size_t)(y + i) * (size_t)to->width + (size_t)(x + k)) * 3, rgb, 3);
}

static void draw_image(const PlxPlot *p, const double *v, Pixels *to, int x, int y, int zoom, double low, double high)
{
    unsigned char rgb[3];
    for (int64_t i = 0; i < p->rows; i++)
        for (int64_t k = 0; k < p->columns; k++) {
            const double *at = v + (i * p->columns + k) * (p->coloured ? 3 : 1);
            colour_of(p, *at, low, high, rgb);
            for (int c = 0; p->coloured && c < 3; c++)
                rgb[c] = (unsigned char)lround(255 * (at[c] >= 0 ? at[c] <= 1 ? at[c] : 1 : 0));
            fill(to, x + (int)k * zoom, y + (int)i * zoom, zoom, rgb);
        }
}

Pixels plot_pixels(const PlxPlot *p, int zoom, double low, double high)
{
    enum { GAP = 4 };
    int    across = (int)ceil(sqrt((double)p->images)), down = across ? (int)((p->images + across - 1) / across) : 0;
    int    width = (int)p->columns * zoom, height = (int)p->rows * zoom, gap = p->images > 1 ? GAP : 0;
    Pixels to = {across * (width + gap) - gap, down * (height + gap) - gap, NULL};
    size_t bytes = (size_t)to.width * (size_t)to.height * 3, each = (size_t)(p->rows * p->columns) * (p->coloured ? 3 : 1);
    if (!(to.rgb = malloc(bytes + 1)))
        return to;
    memset(to.rgb, 255, bytes);
    for (int64_t i = 0; i < p->images; i++)
        draw_image(p, p->value + (size_t)i * each, &to, (int)(i % across) * (width + gap), (int)(i / across) * (height + gap),
                   zoom, low, high);
    return to;
}
