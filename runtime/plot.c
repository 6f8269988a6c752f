// Plots as SVG: lines, points, bars, heat maps and grids of images, with axes that can be read.
#include "plot.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "number.h"

// In pixels; a letter of the font is about half as wide as it is high.
enum { WIDTH = 640, HEIGHT = 420, LEFT = 74, RIGHT = 20, TOP = 40, BOTTOM = 52, FONT = 13, LETTER = 7, MOST_PIXELS = 4096 };

typedef struct {
    Text  *out;
    double low[2], high[2];      // of what is shown
    double at[2], size[2];       // where: left and bottom; width and height
    const char *label[2];
} Frame;

static double place(const Frame *f, int axis, double v)
{
    double part = (v - f->low[axis]) / (f->high[axis] - f->low[axis]) * f->size[axis];
    return axis ? f->at[1] - part : f->at[0] + part;
}

// ---- text ----

static void put_escaped(Text *t, const char *s)
{
    for (; *s; s++) {
        const char *as = *s == '&' ? "&amp;" : *s == '<' ? "&lt;" : *s == '>' ? "&gt;" : NULL;
        text_put(t, as ? as : s, as ? strlen(as) : 1);
    }
}

static void put_label(Text *t, double x, double y, const char *anchor, const char *more, const char *s)
{
    text_printf(t, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" %s>", x, y, anchor, more);
    put_escaped(t, s);
    text_printf(t, "</text>\n");
}

static void begin(Text *t, int width, int height, const char *title)
{
    text_printf(t,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"%d\" height=\"%d\" "
                "viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"%d\" fill=\"#222\">\n"
                "<rect width=\"%d\" height=\"%d\" fill=\"white\"/>\n",
                width, height, width, height, FONT, width, height);
    if (title)
        put_label(t, width / 2.0, 24, "middle", "font-size=\"15\"", title);
}

// ---- frame and ticks ----

static void widen(double *low, double *high, double share)
{
    double more = *high > *low ? (*high - *low) * share : *low != 0 ? fabs(*low) * 0.5 : 1;
    *low -= more;
    *high += more;
}

static void put_ticks(const Frame *f, int axis, bool grid)
{
    Ticks k = plot_ticks(f->low[axis], f->high[axis], axis ? 7 : 8);
    char  text[40];
    for (int i = 0; i < k.n; i++) {
        double v = k.first + i * k.step, at = place(f, axis, v);
        snprintf(text, sizeof text, "%.6g", fabs(v) < k.step * 1e-6 ? 0 : v);
        if (axis) {
            text_printf(f->out, "<path d=\"M%.1f %.1fh%.1f\" stroke=\"%s\"/>\n", f->at[0] - (grid ? 0 : 5), at,
                        grid ? f->size[0] : 5, grid ? "#e4e4e4" : "#222");
            put_label(f->out, f->at[0] - 8, at + 4.5, "end", "", text);
        } else {
            text_printf(f->out, "<path d=\"M%.1f %.1fv%.1f\" stroke=\"%s\"/>\n", at, f->at[1] + (grid ? 0 : 5),
                        grid ? -f->size[1] : -5, grid ? "#e4e4e4" : "#222");
            put_label(f->out, at, f->at[1] + 18, "middle", "", text);
        }
    }
}

static void put_frame(const Frame *f, bool grid)
{
    char turned[64];
    put_ticks(f, 0, grid);
    put_ticks(f, 1, grid);
    text_printf(f->out, "<path d=\"M%.1f %.1fv%.1fh%.1f\" fill=\"none\" stroke=\"#222\"/>\n", f->at[0], f->at[1] - f->size[1],
                f->size[1], f->size[0]);
    if (f->label[0])
        put_label(f->out, f->at[0] + f->size[0] / 2, f->at[1] + 40, "middle", "", f->label[0]);
    double y = f->at[1] - f->size[1] / 2;
    snprintf(turned, sizeof turned, "transform=\"rotate(-90 16 %.1f)\"", y);
    if (f->label[1])
        put_label(f->out, 16, y, "middle", turned, f->label[1]);
}

// ---- series ----

static double x_of(const PlxSeries *s, int64_t i) { return s->x ? s->x[i] : (double)i; }

static bool shown(const PlxSeries *s, int64_t i) { return isfinite(x_of(s, i)) && isfinite(s->y[i]); }

static bool range_of(const PlxPlot *p, Frame *f)
{
    bool any = false;
    for (int k = 0; k < p->count; k++)
        for (int64_t i = 0; i < p->series[k].n; i++) {
            if (!shown(&p->series[k], i))
                continue;
            double v[2] = {x_of(&p->series[k], i), p->series[k].y[i]};
            for (int a = 0; a < 2; a++) {
                f->low[a] = any && f->low[a] < v[a] ? f->low[a] : v[a];
                f->high[a] = any && f->high[a] > v[a] ? f->high[a] : v[a];
            }
            any = true;
        }
    return any;
}

static void put_line(const Frame *f, const PlxSeries *s, const char *colour)
{
    bool   down = false;
    double was[2] = {0, 0};
    text_printf(f->out, "<path fill=\"none\" stroke=\"%s\" stroke-width=\"1.8\" stroke-linejoin=\"round\" d=\"", colour);
    for (int64_t i = 0; i < s->n; i++) {
        if (!shown(s, i)) {
            down = false;
            continue;
        }
        double x = place(f, 0, x_of(s, i)), y = place(f, 1, s->y[i]);
        if (down && fabs(x - was[0]) < 0.3 && fabs(y - was[1]) < 0.3 && i + 1 < s->n)
            continue;  // too near to be seen
        text_printf(f->out, "%s%.1f %.1f", down ? "L" : "M", x, y);
        was[0] = x;
        was[1] = y;
        down = true;
    }
    text_printf(f->out, "\"/>\n");
}

static void put_points(const Frame *f, const PlxSeries *s, const char *colour)
{
    text_printf(f->out, "<g fill=\"%s\" fill-opacity=\"0.65\">\n", colour);
    for (int64_t i = 0; i < s->n; i++)
        if (shown(s, i))
            text_printf(f->out, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"2.6\"/>\n", place(f, 0, x_of(s, i)), place(f, 1, s->y[i]));
    text_printf(f->out, "</g>\n");
}

static void put_legend(const PlxPlot *p, const Frame *f)
{
    size_t most = 0;
    for (int i = 0; i < p->count; i++)
        most = p->series[i].name && strlen(p->series[i].name) > most ? strlen(p->series[i].name) : most;
    if (p->count < 2 || !most)
        return;
    double width = (double)most * LETTER + 40, x = f->at[0] + f->size[0] - width - 6, y = f->at[1] - f->size[1] + 6;
    text_printf(f->out, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%d\" fill=\"white\" fill-opacity=\"0.85\" stroke=\"#ccc\"/>\n",
                x, y, width, p->count * 18 + 8);
    for (int i = 0; i < p->count; i++) {
        double line = y + 17 + i * 18;
        text_printf(f->out, "<rect x=\"%.1f\" y=\"%.1f\" width=\"16\" height=\"4\" fill=\"%s\"/>\n", x + 8, line - 6, plot_colour(i));
        put_label(f->out, x + 32, line, "start", "", p->series[i].name ? p->series[i].name : "");
    }
}

static Frame frame_new(const PlxPlot *p, Text *out)
{
    return (Frame){.out = out, .at = {LEFT, HEIGHT - BOTTOM}, .size = {WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM},
                   .label = {p->x_label, p->y_label}};
}

static bool put_series(const PlxPlot *p, Text *out)
{
    Frame f = frame_new(p, out);
    if (!range_of(p, &f))
        return false;
    widen(&f.low[0], &f.high[0], p->kind == PLX_PLOT_LINES ? 0 : 0.04);
    widen(&f.low[1], &f.high[1], 0.05);
    if (f.low[0] == f.high[0])
        widen(&f.low[0], &f.high[0], 0);
    begin(out, WIDTH, HEIGHT, p->title);
    put_frame(&f, true);
    for (int i = 0; i < p->count; i++)
        (p->kind == PLX_PLOT_LINES ? put_line : put_points)(&f, &p->series[i], plot_colour(i));
    put_legend(p, &f);
    return true;
}

// ---- histogram ----

static void count_bins(const PlxSeries *s, double low, double step, int64_t *bin, int n)
{
    for (int64_t i = 0; i < s->n; i++)
        if (isfinite(s->y[i])) {
            int at = (int)((s->y[i] - low) / step);
            bin[at < 0 ? 0 : at < n ? at : n - 1]++;
        }
}

static bool put_histogram(const PlxPlot *p, Text *out)
{
    enum { MOST = 200 };
    Frame   f = frame_new(p, out);
    int64_t bin[MOST] = {0}, most = 1;
    int     n = p->bins > 0 && p->bins <= MOST ? p->bins : 30;
    if (!p->count || !plot_range(p->series[0].y, p->series[0].n, &f.low[0], &f.high[0]))
        return false;
    if (f.low[0] == f.high[0])
        widen(&f.low[0], &f.high[0], 0);
    double step = (f.high[0] - f.low[0]) / n;
    count_bins(&p->series[0], f.low[0], step, bin, n);
    for (int i = 0; i < n; i++)
        most = bin[i] > most ? bin[i] : most;
    f.high[1] = (double)most * 1.05;
    begin(out, WIDTH, HEIGHT, p->title);
    put_frame(&f, true);
    for (int i = 0; i < n; i++) {
        double x = place(&f, 0, f.low[0] + i * step), y = place(&f, 1, (double)bin[i]);
        text_printf(out, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\" stroke=\"white\" stroke-width=\"0.6\"/>\n",
                    x, y, f.size[0] / n, f.at[1] - y, plot_colour(0));
    }
    return true;
}

// ---- pixels ----

static void put_base64(Text *t, const char *data, size_t n)
{
    static const char digit[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < n; i += 3) {
        uint32_t v = 0;
        for (size_t k = 0; k < 3; k++)
            v = v << 8 | (i + k < n ? (unsigned char)data[i + k] : 0);
        char four[4];
        for (int k = 0; k < 4; k++)
            four[k] = i + (size_t)k <= n ? digit[v >> (18 - 6 * k) & 63] : '=';
        text_put(t, four, 4);
    }
}

static void put_pixels(Text *out, const Pixels *px, double x, double y)
{
    Text png = {0};
    png_put(&png, px);
    out->failed = out->failed || png.failed;
    text_printf(out, "<image x=\"%.1f\" y=\"%.1f\" width=\"%d\" height=\"%d\" image-rendering=\"optimizeSpeed\" xlink:href=\"data:image/png;base64,",
                x, y, px->width, px->height);
    if (!png.failed)
        put_base64(out, png.at, png.n);
    text_printf(out, "\"/>\n");
    text_free(&png);
}

// The scale beside a heat map.
static void put_scale(Text *out, double x, double y, double height, double low, double high)
{
    enum { STEPS = 64 };
    unsigned char rgb[3];
    char          text[40];
    Ticks         k = plot_ticks(low, high, 6);
    for (int i = 0; i < STEPS; i++) {
        plot_shade((i + 0.5) / STEPS, rgb);
        text_printf(out, "<rect x=\"%.1f\" y=\"%.2f\" width=\"14\" height=\"%.2f\" fill=\"#%02x%02x%02x\"/>\n", x,
                    y + height * (STEPS - 1 - i) / STEPS, height / STEPS + 0.5, rgb[0], rgb[1], rgb[2]);
    }
    for (int i = 0; i < k.n; i++) {
        double v = k.first + i * k.step;
        snprintf(text, sizeof text, "%.6g", fabs(v) < k.step * 1e-6 ? 0 : v);
        put_label(out, x + 20, y + height * (high - v) / (high - low) + 4.5, "start", "", text);
    }
}

// The place of a row or column: every one, or every so many.
static void put_positions(const Frame *f, int axis, int64_t n, double zoom)
{
    char  text[32];
    Ticks k = plot_ticks(0, n > 1 ? (double)(n - 1) : 1, 8);
    int   step = k.step < 1 ? 1 : (int)k.step;
    for (int64_t i = 0; i < n; i += step) {
        double at = ((double)i + 0.5) * zoom;
        snprintf(text, sizeof text, "%" PRId64, i);
        if (axis)
            put_label(f->out, f->at[0] - 8, f->at[1] - f->size[1] + at + 4.5, "end", "", text);
        else
            put_label(f->out, f->at[0] + at, f->at[1] + 18, "middle", "", text);
    }
}

static int zoom_of(const PlxPlot *p, int most)
{
    int64_t across = (int64_t)ceil(sqrt((double)p->images)), wide = across * (p->columns > p->rows ? p->columns : p->rows);
    int64_t zoom = wide ? most / wide : 1;
    return zoom < 1 ? 1 : zoom > 48 ? 48 : (int)zoom;
}

static bool put_grid(const PlxPlot *p, Text *out)
{
    double low = 0, high = 0;
    if (!plot_range(p->value, p->images * p->rows * p->columns * (p->coloured ? 3 : 1), &low, &high))
        return false;
    int    zoom = zoom_of(p, 480), heat = p->kind == PLX_PLOT_HEAT;
    Pixels px = plot_pixels(p, zoom, low, high);
    int    left = heat ? LEFT : RIGHT, bottom = heat ? BOTTOM : RIGHT, top = p->title ? TOP : RIGHT;
    int    right = heat ? 100 : RIGHT, height = px.height < 60 && heat ? 60 : px.height;
    begin(out, left + px.width + right, top + height + bottom, p->title);
    out->failed = out->failed || !px.rgb;
    if (px.rgb)
        put_pixels(out, &px, left, top);
    if (heat) {
        Frame f = {.out = out, .at = {left, top + px.height}, .size = {px.width, px.height}, .label = {p->x_label, p->y_label}};
        char  turned[64];
        put_positions(&f, 0, p->columns, zoom);
        put_positions(&f, 1, p->rows, zoom);
        snprintf(turned, sizeof turned, "transform=\"rotate(-90 16 %.1f)\"", top + px.height / 2.0);
        if (p->x_label)
            put_label(out, left + px.width / 2.0, top + px.height + 40, "middle", "", p->x_label);
        if (p->y_label)
            put_label(out, 16, top + px.height / 2.0, "middle", turned, p->y_label);
        if (low == high)
            widen(&low, &high, 0);
        put_scale(out, left + px.width + 18, top, height, low, high);
    }
    free(px.rgb);
    return true;
}

static bool put_png(const PlxPlot *p, Text *out)
{
    double low = 0, high = 0;
    if (!plot_range(p->value, p->images * p->rows * p->columns * (p->coloured ? 3 : 1), &low, &high))
        return false;
    Pixels px = plot_pixels(p, zoom_of(p, 640), low, high);
    if (px.rgb)
        png_put(out, &px);
    else
        out->failed = true;
    free(px.rgb);
    return true;
}

// ---- the file ----

static bool is_grid(const PlxPlot *p) { return p->kind == PLX_PLOT_HEAT || p->kind == PLX_PLOT_IMAGES; }

static bool too_large(const PlxPlot *p)
{
    int64_t across = (int64_t)ceil(sqrt((double)p->images));
    return is_grid(p) && (p->columns > MOST_PIXELS || p->rows > MOST_PIXELS || p->images > MOST_PIXELS * 16 ||
                          across * (p->columns + 4) > MOST_PIXELS * 4 || across * (p->rows + 4) > MOST_PIXELS * 4);
}

static bool ends_with(const char *path, const char *end)
{
    size_t n = strlen(path), k = strlen(end);
    return n > k && !strcmp(path + n - k, end);
}

static bool write_whole(const char *path, const Text *t, PlxError *err)
{
    Output o;
    if (t->failed)
        return plx_error(err, PLX_ERR_MEMORY, "%.300s: out of memory", path);
    if (!output_open(&o, path, err))
        return false;
    output_put(&o, t->at, (int64_t)t->n);
    return output_close(&o, true, err);
}

bool plx_plot(const char *path, const PlxPlot *p, PlxError *err)
{
    bool   png = ends_with(path, ".png");
    Text   out = {0};
    Locale l;
    if (!png && !ends_with(path, ".svg"))
        return plx_error(err, PLX_ERR_FORMAT, "%.300s: a plot is written as .svg, or as .png", path);
    if (png && !is_grid(p))
        return plx_error(err, PLX_ERR_FORMAT, "%.300s: lines, points and histograms are written as .svg; images and heat maps as .png too", path);
    if (too_large(p))
        return plx_error(err, PLX_ERR_LIMIT, "%.300s: more than %d pixels a side", path, MOST_PIXELS);
    if (!locale_enter(&l, err))
        return false;
    bool any = png ? put_png(p, &out) : is_grid(p) ? put_grid(p, &out) : p->kind == PLX_PLOT_HISTOGRAM ? put_histogram(p, &out) : put_series(p, &out);
    if (any && !png)
        text_printf(&out, "</svg>\n");
    bool ok = any ? write_whole(path, &out, err)
                  : plx_error(err, PLX_ERR_VALUE, "%.300s: there is nothing to plot: no finite number", path);
    text_free(&out);
    locale_leave(&l);
    return ok;
}
