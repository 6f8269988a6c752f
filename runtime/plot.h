// Pixels and their PNG, for plots.
#ifndef PLX_RUNTIME_PLOT_H
#define PLX_RUNTIME_PLOT_H

#include "output.h"

typedef struct {
    int            width, height;
    unsigned char *rgb;
} Pixels;

// The whole PNG file, appended.
void png_put(Text *t, const Pixels *p);

// Colour number i of those that tell series apart: "#rrggbb".
const char *plot_colour(int i);
// The colour of x in 0..1, from dark to light.
void plot_shade(double x, unsigned char rgb[3]);

// A heat map or an image grid as pixels, each value `zoom` pixels wide; rgb NULL: no memory.
Pixels plot_pixels(const PlxPlot *p, int zoom, double low, double high);
// The least and the greatest finite value; false when there is none.
bool plot_range(const double *v, int64_t n, double *low, double *high);

// Round numbers between two ends: the first, their distance, how many. low < high.
typedef struct {
    double first, step;
    int    n;
} Ticks;
Ticks plot_ticks(double low, double high, int most);

#endif
