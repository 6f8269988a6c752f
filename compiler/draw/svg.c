// Diagrams as SVG: wires, boxes, dots, dashed lines and brackets.
#include "draw/draw.h"

#include <stdio.h>
#include <string.h>

#include "draw/diagram.h"

enum { LEFT = 28, BEND = 44, LETTER = 7, MARGIN = 30, BRACKET = 10, MEET = 48 };

typedef struct {
    Buf     *out;
    Diagram *d;
    int     *left;     // where each column begins; one more behind the last
    int     *box;      // how wide its marks are
} Svg;

// ---- text ----

static int letters(const char *s)
{
    int n = 0;
    for (; *s; s++)
        n += (*s & 0xc0) != 0x80;
    return n;
}

static void put_text(Buf *out, const char *s)
{
    for (; *s; s++) {
        if (*s == '&' || *s == '<' || *s == '>' || *s == '"')
            buf_puts(out, *s == '&' ? "&amp;" : *s == '<' ? "&lt;" : *s == '>' ? "&gt;" : "&quot;");
        else
            buf_put(out, s, 1);
    }
}

static int axis_letters(const Axis *a)
{
    int64_t size;
    char    digits[24];
    if (!size_is_const(a->size, &size) || strchr(a->name, '='))
        return letters(a->name);
    return letters(a->name) + 1 + snprintf(digits, sizeof digits, "%lld", (long long)size);
}

static void label(Svg *s, int x, int y, const Axis *a)
{
    int64_t size;
    buf_printf(s->out, "<text class=\"axis\" x=\"%d\" y=\"%d\">", x, y - 5);
    put_text(s->out, a->name);
    if (size_is_const(a->size, &size) && !strchr(a->name, '='))
        buf_printf(s->out, " %lld", (long long)size);
    buf_puts(s->out, "</text>\n");
}

// ---- widths ----

static int mark_width(const Step *s)
{
    int text = letters(s->text), name = s->name ? letters(s->name) : 0;
    switch (s->mark) {
    case MARK_BOX:
    case MARK_SYMBOL:
    case MARK_END: return (text > name ? text : name) * LETTER + 20;
    case MARK_DOT: return 12;
    case MARK_NONE: return 0;
    }
    return 0;
}

static int label_width(const Bundle *b)
{
    int most = 2;
    for (int i = 0; i < b->n; i++)
        most = axis_letters(b->axis[i]) > most ? axis_letters(b->axis[i]) : most;
    return most * LETTER + 18;
}

static void measure(Svg *s)
{
    Diagram *d = s->d;
    int     *tail = ARENA_ARRAY(d->arena, int, d->columns + 1);
    s->left = ARENA_ARRAY(d->arena, int, d->columns + 2);
    s->box = ARENA_ARRAY(d->arena, int, d->columns + 1);
    for (int i = 0; i < d->nbundle; i++) {
        const Bundle *b = d->bundle[i];
        tail[b->made] = label_width(b) > tail[b->made] ? label_width(b) : tail[b->made];
    }
    for (int i = 0; i < d->n; i++) {
        const Step *t = &d->step[i];
        int         width = mark_width(t);
        if (t->nin > 1 && width < MEET)
            width = MEET;
        s->box[t->column] = width > s->box[t->column] ? width : s->box[t->column];
    }
    s->left[0] = LEFT;
    for (int c = 0; c <= d->columns; c++)
        s->left[c + 1] = s->left[c] + (c ? BEND + s->box[c] : 0) + tail[c];
}

// The middle of a column's marks, and their right end.
static int middle_of(const Svg *s, int c) { return s->left[c] + (c ? BEND + s->box[c] / 2 : 0); }
static int behind(const Svg *s, int c) { return s->left[c] + (c ? BEND + s->box[c] : 0); }

// ---- wires ----

static void wire(Svg *s, const Axis *a, int x0, int y0, int x1, int y1)
{
    int mid = (x0 + x1) / 2;
    if (x0 == x1 && y0 == y1)
        return;
    buf_printf(s->out, "<path class=\"%s\" ", a ? "wire" : "scalar");
    if (a) {
        buf_puts(s->out, "data-axis=\"");
        put_text(s->out, a->name);
        buf_puts(s->out, "\" ");
    }
    if (y0 == y1)
        buf_printf(s->out, "d=\"M%d %dH%d\"/>\n", x0, y0, x1);
    else
        buf_printf(s->out, "d=\"M%d %dC%d %d %d %d %d %d\"/>\n", x0, y0, mid, y0, mid, y1, x1, y1);
}

static void draw_passing(Svg *s, const Bundle *b, int c)
{
    int x0 = s->left[c], x1 = s->left[c + 1], y0 = b->y[c - 1], y1 = b->y[c];
    for (int k = 0; k < b->n || k == 0; k++) {
        const Axis *a = k < b->n ? b->axis[k] : NULL;
        wire(s, a, x0, y0 + k * LANE, x0 + BEND, y1 + k * LANE);
        wire(s, a, x0 + BEND, y1 + k * LANE, x1, y1 + k * LANE);
    }
}

// A tensor's first stretch, behind what made it, with the names of its axes.
static void draw_fresh(Svg *s, const Bundle *b, const Step *t)
{
    int c = b->made, x0 = behind(s, c), x1 = s->left[c + 1];
    for (int k = 0; k < b->n || k == 0; k++)
        wire(s, k < b->n ? b->axis[k] : NULL, x0, b->y[c] + k * LANE, x1, b->y[c] + k * LANE);
    bool all = !t || t->nin > 1 || !t->nin || t->in[0]->y[c - 1] != b->y[c];
    for (int k = 0; k < b->n; k++)
        if (all || axes_has(t->touched, b->axis[k]))
            label(s, x0 + 8, b->y[c] + k * LANE, b->axis[k]);
}

static void draw_separators(Svg *s, int c)
{
    Diagram *d = s->d;
    for (int i = 0; i < d->nbundle; i++) {
        const Bundle *b = d->bundle[i];
        const Bundle *below = NULL;
        for (int k = 0; k < d->nbundle; k++) {
            const Bundle *o = d->bundle[k];
            if (o != b && o->made <= c && o->last > c && b->made <= c && b->last > c && o->y[c] > b->y[c] &&
                (!below || o->y[c] < below->y[c]))
                below = o;
        }
        if (below)
            buf_printf(s->out, "<path class=\"tuple\" d=\"M%d %dH%d\"/>\n", behind(s, c) + 2,
                       (b->y[c] + bundle_height(b) + below->y[c]) / 2, s->left[c + 1]);
    }
}

// ---- steps ----

// The band of a mark: over the wires that it touches.
typedef struct {
    int x, width, low, high;
} Frame;

static void reach_to(Frame *f, int y)
{
    f->low = y < f->low ? y : f->low;
    f->high = y > f->high ? y : f->high;
}

static Frame frame_of(const Svg *s, const Step *t)
{
    int   width = mark_width(t), c = t->column;
    Frame f = {middle_of(s, c) - width / 2, width, 1 << 20, 0};
    for (int i = 0; i < t->nin; i++) {
        for (int k = 0; k < t->in[i]->n; k++)
            if (axes_has(t->touched, t->in[i]->axis[k]))
                reach_to(&f, t->lane[i][k]);
        if (!t->in[i]->n && t->mark != MARK_SYMBOL)
            reach_to(&f, t->top);
    }
    for (int i = 0; i < t->nout && t->mark != MARK_END && t->mark != MARK_DOT; i++)
        for (int k = 0; k < t->out[i]->n; k++)
            if (axes_has(t->touched, t->out[i]->axis[k]))
                reach_to(&f, t->out[i]->y[c] + k * LANE);
    if (f.low > f.high && t->nin && !t->in[0]->n)  // on the strand of a number
        f.low = f.high = t->top;
    else if (f.low > f.high)  // element by element: beside the wires, between those of two operands
        f.low = f.high = t->nin > 1 ? t->top + bundle_height(t->in[0]) + (LANE + GAP) / 2 : t->top - 18;
    return f;
}

static void draw_operand(Svg *s, const Step *t, int which, const Frame *f)
{
    const Bundle *b = t->in[which];
    int           c = t->column, x0 = s->left[c], middle = (f->low + f->high) / 2;
    if (!b->n)
        wire(s, NULL, x0, b->y[c - 1], f->x, middle);
    for (int k = 0; k < b->n; k++) {
        const Axis *a = b->axis[k];
        int         y = t->lane[which][k], at = -1, to = 0;
        wire(s, a, x0, b->y[c - 1] + k * LANE, x0 + BEND, y);
        for (int i = 0; i < t->nout && at < 0; i++)
            if ((at = bundle_find(t->out[i], a)) >= 0)
                to = t->out[i]->y[c] + at * LANE;
        if (!axes_has(t->touched, a) && at >= 0)
            wire(s, a, x0 + BEND, y, behind(s, c), to);
        else if (t->mark == MARK_DOT)
            wire(s, a, x0 + BEND, y, f->x + f->width / 2, middle);
        else if (t->mark != MARK_NONE)
            wire(s, a, x0 + BEND, y, f->x, y);
    }
}

static void draw_results(Svg *s, const Step *t, const Frame *f)
{
    int c = t->column, middle = (f->low + f->high) / 2;
    for (int i = 0; i < t->nout; i++) {
        const Bundle *b = t->out[i];
        draw_fresh(s, b, t);
        if (!b->n)
            wire(s, NULL, f->x + f->width, middle, behind(s, c), b->y[c]);
        for (int k = 0; k < b->n; k++) {
            int y = b->y[c] + k * LANE;
            if (axes_has(t->touched, b->axis[k]) && (t->mark == MARK_BOX || t->mark == MARK_END))
                wire(s, b->axis[k], f->x + f->width, y, behind(s, c), y);
        }
    }
}

// Of a view: where one of its operand's wires goes on.
static int goes_on(const Step *t, const Axis *a)
{
    const Attr *v = &t->node->attr;
    for (int i = 0; i < v->nax; i++)
        if (v->ax[i] == a && v->nbx)
            return bundle_find(t->out[0], v->bx[i < v->nbx ? i : v->nbx - 1]);
    return -1;
}

static void draw_view(Svg *s, const Step *t)
{
    int           c = t->column, x0 = s->left[c] + BEND, x1 = behind(s, c);
    const Bundle *b = t->out[0];
    for (int i = 0; i < t->nin; i++)
        for (int k = 0; k < t->in[i]->n; k++) {
            const Axis *a = t->in[i]->axis[k];
            if (!axes_has(t->touched, a))
                continue;
            if (t->node->attr.nax == 1)
                for (int j = 0; j < t->node->attr.nbx; j++)
                    wire(s, a, x0 - 8, t->lane[i][k], x1, b->y[c] + bundle_find(b, t->node->attr.bx[j]) * LANE);
            else if (goes_on(t, a) >= 0)
                wire(s, a, x0 - 8, t->lane[i][k], x1, b->y[c] + goes_on(t, a) * LANE);
        }
    for (int k = 0; t->node->op == OP_EXPAND && k < b->n; k++)
        if (axes_has(t->touched, b->axis[k]))
            buf_printf(s->out, "<circle class=\"start\" cx=\"%d\" cy=\"%d\" r=\"3\"/>\n", x1, b->y[c] + k * LANE);
}

static void draw_name(Svg *s, const Frame *f, const char *class, int y, const char *text)
{
    buf_printf(s->out, "<text class=\"%s\" x=\"%d\" y=\"%d\">", class, f->x + f->width / 2, y);
    put_text(s->out, text);
    buf_puts(s->out, "</text>\n");
}

static void draw_mark(Svg *s, const Step *t, const Frame *f)
{
    int  middle = (f->low + f->high) / 2, half = (f->high - f->low) / 2 + 10;
    bool two = t->name && strcasecmp(t->name, t->text);
    if (t->mark == MARK_NONE)
        return;
    if (t->mark == MARK_DOT) {
        buf_printf(s->out, "<circle class=\"dot\" cx=\"%d\" cy=\"%d\" r=\"4.5\"><title>sum of products</title></circle>\n",
                   f->x + f->width / 2, middle);
        return;
    }
    if (two && half < 17)
        half = 17;
    buf_printf(s->out, "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"%d\"/>\n",
               t->learned ? "learned" : "box", f->x, middle - half, f->width, 2 * half, t->mark == MARK_END ? 10 : 4);
    draw_name(s, f, "name", two ? middle - 2 : middle + 4, t->text);
    if (two)
        draw_name(s, f, "name instance", middle + 11, t->name);
}

static void draw_step(Svg *s, const Step *t)
{
    Frame f = frame_of(s, t);
    buf_printf(s->out, "<g class=\"step\" data-op=\"%s\" data-text=\"", op_info(t->node->op)->text);
    put_text(s->out, t->text);
    buf_puts(s->out, "\">\n");
    for (int i = 0; i < t->nin; i++)
        draw_operand(s, t, i, &f);
    draw_results(s, t, &f);
    if (t->mark == MARK_NONE)
        draw_view(s, t);
    draw_mark(s, t, &f);
    buf_puts(s->out, "</g>\n");
}

static void draw_bracket(Svg *s, const Bracket *b)
{
    int x0 = s->left[b->from] + 14, x1 = s->left[b->to + 1] - 2, low = b->low - 30, high = b->high + 20;
    buf_printf(s->out, "<path class=\"repeat\" d=\"M%d %dH%dV%dH%d\"/>\n", x0 + BRACKET, low, x0, high, x0 + BRACKET);
    buf_printf(s->out, "<path class=\"repeat\" d=\"M%d %dH%dV%dH%d\"/>\n", x1 - BRACKET, low, x1, high, x1 - BRACKET);
    buf_printf(s->out, "<text class=\"turns\" x=\"%d\" y=\"%d\">\u00d7 ", x1 - 2, high + 14);
    put_text(s->out, b->text);
    buf_puts(s->out, "</text>\n");
}

// ---- the whole ----

static const char style[] = "<style>"
    "text{font-family:Helvetica,Arial,sans-serif;font-size:12px;fill:#1d2733}"
    ".title{font-size:15px;font-weight:bold}.axis{font-size:11px;fill:#5a6675;font-style:italic}"
    ".name{text-anchor:middle}.instance{font-size:10px;fill:#5a6675;font-style:italic}.turns{text-anchor:end}"
    ".wire{stroke:#33475b;stroke-width:1.5;fill:none}"
    ".scalar{stroke:#33475b;stroke-width:1.2;fill:none;stroke-dasharray:1 3}"
    ".tuple{stroke:#aab4bf;stroke-width:1;stroke-dasharray:5 4;fill:none}"
    ".box{fill:#ffffff;stroke:#33475b;stroke-width:1.2}"
    ".learned{fill:#eef4fb;stroke:#14385c;stroke-width:2.6}.dot{fill:#33475b}"
    ".start{fill:#ffffff;stroke:#33475b;stroke-width:1.2}.repeat{stroke:#14385c;stroke-width:2.2;fill:none}</style>\n";

static void draw_head(Svg *s, Name title)
{
    int width = s->left[s->d->columns + 1] + MARGIN, height = s->d->height;
    int least = LEFT + letters(title) * 10 + MARGIN;
    width = width < least ? least : width;
    buf_printf(s->out, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\">\n",
               width, height, width, height);
    buf_puts(s->out, "<title>");
    put_text(s->out, title);
    buf_puts(s->out, "</title>\n");
    buf_puts(s->out, style);
    buf_puts(s->out, "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n<text class=\"title\" x=\"24\" y=\"24\">");
    put_text(s->out, title);
    buf_puts(s->out, "</text>\n");
}

bool draw_svg(const Contract *c, Name title, Buf *out)
{
    Diagram d = diagram_of(c);
    diagram_lay_out(&d, c);
    Svg s = {out, &d, NULL, NULL};
    measure(&s);
    draw_head(&s, title);
    for (int i = 0; i < d.nbundle; i++) {
        const Bundle *b = d.bundle[i];
        if (!b->made)
            draw_fresh(&s, b, NULL);
        for (int k = b->made + 1; k < b->last && k <= d.columns; k++)
            draw_passing(&s, b, k);
    }
    for (int k = 0; k <= d.columns; k++)
        draw_separators(&s, k);
    for (int i = 0; i < d.n; i++)
        draw_step(&s, &d.step[i]);
    for (int i = 0; i < d.nbracket; i++)
        draw_bracket(&s, &d.bracket[i]);
    buf_puts(out, "</svg>\n");
    return !out->failed;
}
