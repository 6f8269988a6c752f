// Diagrams as SVG: wires, boxes, dots and dashed lines.
#include "draw/draw.h"

#include <string.h>

#include "draw/diagram.h"

enum { LANE = 24, GAP = 20, TOP = 54, LEFT = 24, WIDE = 46, LETTER = 8, MARGIN = 30 };

typedef struct {
    Buf *out;
    int  x;       // left end of the column being drawn
} Svg;

// ---- places ----

static int lanes(const Bundle *b) { return b->n ? b->n : 1; }

// The height of a wire of the bundle at `at` in a stack.
static int wire_y(Bundle *const *stack, int at, int wire)
{
    int y = TOP;
    for (int i = 0; i < at; i++)
        y += lanes(stack[i]) * LANE + GAP;
    return y + wire * LANE;
}

static int find(Bundle *const *stack, int n, const Bundle *b)
{
    for (int i = 0; i < n; i++)
        if (stack[i] == b)
            return i;
    return -1;
}

static int find_axis(const Bundle *b, const Axis *a)
{
    for (int i = 0; i < b->n; i++)
        if (b->axis[i] == a)
            return i;
    return -1;
}

static int letters(const char *s)
{
    int n = 0;
    for (; *s; s++)
        n += (*s & 0xc0) != 0x80;
    return n;
}

static int column_width(const Column *c)
{
    int label = 0;
    for (int i = 0; c->out && i < c->out->n; i++) {
        int n = letters(c->out->axis[i]->name);
        label = n > label ? n : label;
    }
    int box = c->mark == MARK_BOX || c->mark == MARK_END ? letters(c->text) * LETTER + 18 : 16;
    return WIDE + box + (label + 5) * LETTER;
}

// ---- drawing ----

static void put_text(Buf *out, const char *s)
{
    for (; *s; s++) {
        if (*s == '&' || *s == '<' || *s == '>' || *s == '"')
            buf_puts(out, *s == '&' ? "&amp;" : *s == '<' ? "&lt;" : *s == '>' ? "&gt;" : "&quot;");
        else
            buf_put(out, s, 1);
    }
}

static void wire(Svg *s, int x0, int y0, int x1, int y1)
{
    int mid = (x0 + x1) / 2;
    if (y0 == y1)
        buf_printf(s->out, "<path class=\"wire\" d=\"M%d %dH%d\"/>\n", x0, y0, x1);
    else
        buf_printf(s->out, "<path class=\"wire\" d=\"M%d %dC%d %d %d %d %d %d\"/>\n", x0, y0, mid, y0, mid, y1, x1, y1);
}

static void scalar_wire(Svg *s, int x0, int y0, int x1, int y1)
{
    int mid = (x0 + x1) / 2;
    buf_printf(s->out, "<path class=\"scalar\" d=\"M%d %dC%d %d %d %d %d %d\"/>\n", x0, y0, mid, y0, mid, y1, x1, y1);
}

static void label(Svg *s, int x, int y, const Axis *a)
{
    int64_t size;
    buf_printf(s->out, "<text class=\"axis\" x=\"%d\" y=\"%d\">", x, y - 5);
    put_text(s->out, a->name);
    if (size_is_const(a->size, &size))
        buf_printf(s->out, " %lld", (long long)size);
    buf_puts(s->out, "</text>\n");
}

static void separators(Svg *s, Bundle *const *stack, int n, int x0, int x1)
{
    for (int i = 1; i < n; i++) {
        int y = wire_y(stack, i, 0) - (GAP + LANE) / 2;
        buf_printf(s->out, "<path class=\"tuple\" d=\"M%d %dH%d\"/>\n", x0, y, x1);
    }
}

// Where the mark stands: over the touched wires, or above the others when it touches none.
typedef struct {
    int x, width, low, high;
} Frame;

static void reach_to(Frame *f, int y)
{
    f->low = y < f->low ? y : f->low;
    f->high = y > f->high ? y : f->high;
}

static Frame frame_of(const Svg *s, const Column *c)
{
    int   width = c->mark == MARK_BOX || c->mark == MARK_END ? letters(c->text) * LETTER + 18 : 12;
    Frame f = {s->x + WIDE / 2, width, 1 << 20, 0};
    for (int i = 0; i < c->nin; i++)
        for (int k = 0; k < c->in[i]->n; k++)
            if (axes_has(c->touched, c->in[i]->axis[k]))
                reach_to(&f, wire_y(c->before, find(c->before, c->nbefore, c->in[i]), k));
    for (int k = 0; k < c->out->n; k++)
        if (axes_has(c->touched, c->out->axis[k]) && c->mark != MARK_END)
            reach_to(&f, wire_y(c->after, find(c->after, c->nafter, c->out), k));
    for (int i = 0; i < c->nin && !c->in[i]->n; i++)
        reach_to(&f, wire_y(c->before, find(c->before, c->nbefore, c->in[i]), 0));
    if (f.low > f.high) {  // element by element: beside the first wire of each operand
        for (int i = 0; i < c->nin; i++)
            reach_to(&f, wire_y(c->before, find(c->before, c->nbefore, c->in[i]), 0) - LANE / 2);
        if (f.low > f.high)
            f.low = f.high = TOP;
    }
    return f;
}

static void draw_mark(Svg *s, const Column *c, const Frame *f)
{
    int middle = (f->low + f->high) / 2;
    if (c->mark == MARK_NONE)
        return;
    if (c->mark == MARK_DOT) {
        buf_printf(s->out, "<circle class=\"dot\" cx=\"%d\" cy=\"%d\" r=\"4.5\"><title>sum of products</title></circle>\n",
                   f->x + f->width / 2, middle);
        return;
    }
    buf_printf(s->out, "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"%d\"/>\n",
               c->learned ? "learned" : "box", f->x, f->low - 10, f->width, f->high - f->low + 20,
               c->mark == MARK_END ? 10 : 4);
    buf_printf(s->out, "<text class=\"name\" x=\"%d\" y=\"%d\">", f->x + f->width / 2, middle + 4);
    put_text(s->out, c->text);
    buf_puts(s->out, "</text>\n");
}

// The wire of the result that goes on where one of a view's operand ends: renamed, split or merged; -1: none.
static int goes_on_as(const Column *c, const Axis *a)
{
    const Attr *v = &c->node->attr;
    for (int i = 0; i < v->nax; i++)
        if (v->ax[i] == a && v->nbx)
            return find_axis(c->out, v->bx[i < v->nbx ? i : v->nbx - 1]);
    return -1;
}

// An operand's wires: into the mark, past it to the result, or to the dot in which they meet.
static void draw_operand(Svg *s, const Column *c, const Bundle *b, const Frame *f, int x1)
{
    int at = find(c->before, c->nbefore, b), to = find(c->after, c->nafter, c->out), middle = (f->low + f->high) / 2;
    if (!b->n)
        scalar_wire(s, s->x, wire_y(c->before, at, 0), f->x, middle);
    for (int k = 0; k < b->n; k++) {
        int y = wire_y(c->before, at, k), same = find_axis(c->out, b->axis[k]);
        if (!axes_has(c->touched, b->axis[k]) && same >= 0)
            wire(s, s->x, y, x1, wire_y(c->after, to, same));
        else if (c->mark == MARK_DOT)
            wire(s, s->x, y, f->x + f->width / 2, middle);
        else if (c->mark == MARK_NONE)
            wire(s, s->x, y, x1, wire_y(c->after, to, goes_on_as(c, b->axis[k]) < 0 ? k : goes_on_as(c, b->axis[k])));
        else
            wire(s, s->x, y, f->x, y);
    }
}

static void draw_result(Svg *s, const Column *c, const Frame *f, int x1)
{
    int to = find(c->after, c->nafter, c->out), middle = (f->low + f->high) / 2;
    if (!c->out->n)
        scalar_wire(s, f->x + f->width, middle, x1, wire_y(c->after, to, 0));
    for (int k = 0; k < c->out->n; k++) {
        int  y = wire_y(c->after, to, k);
        bool fresh = axes_has(c->touched, c->out->axis[k]), passes = false;
        for (int i = 0; i < c->nin; i++)
            passes = passes || find_axis(c->in[i], c->out->axis[k]) >= 0;
        if (fresh && c->mark != MARK_NONE)
            wire(s, f->x + f->width, y, x1, y);
        if (fresh || !passes)
            label(s, x1 - (letters(c->out->axis[k]->name) + 5) * LETTER + 10, y, c->out->axis[k]);
    }
}

static void draw_column(Svg *s, const Column *c)
{
    int   x1 = s->x + column_width(c);
    Frame f = frame_of(s, c);
    buf_printf(s->out, "<g class=\"column\" data-op=\"%s\">\n", op_info(c->node->op)->text);
    separators(s, c->before, c->nbefore, s->x - WIDE / 2, s->x + WIDE / 2);
    for (int i = 0; i < c->nbefore; i++) {
        const Bundle *b = c->before[i];
        int           to = find(c->after, c->nafter, b);
        for (int k = 0; k < b->n && to >= 0; k++)
            wire(s, s->x, wire_y(c->before, i, k), x1, wire_y(c->after, to, k));
        if (!b->n && to >= 0)
            scalar_wire(s, s->x, wire_y(c->before, i, 0), x1, wire_y(c->after, to, 0));
    }
    for (int i = 0; i < c->nin; i++)
        draw_operand(s, c, c->in[i], &f, x1);
    draw_result(s, c, &f, x1);
    draw_mark(s, c, &f);
    buf_puts(s->out, "</g>\n");
    s->x = x1;
}

static void draw_inputs(Svg *s, const Diagram *d)
{
    Bundle *const *stack = d->n ? d->column[0].before : d->last;
    int            n = d->n ? d->column[0].nbefore : d->nlast, widest = 0;
    for (int i = 0; i < n; i++)
        for (int k = 0; k < stack[i]->n; k++)
            widest = letters(stack[i]->axis[k]->name) > widest ? letters(stack[i]->axis[k]->name) : widest;
    int x1 = s->x + (widest + 5) * LETTER;
    separators(s, stack, n, s->x, x1);
    for (int i = 0; i < n; i++) {
        for (int k = 0; k < stack[i]->n; k++) {
            wire(s, s->x, wire_y(stack, i, k), x1, wire_y(stack, i, k));
            label(s, s->x + 2, wire_y(stack, i, k), stack[i]->axis[k]);
        }
        if (!stack[i]->n)
            scalar_wire(s, s->x, wire_y(stack, i, 0), x1, wire_y(stack, i, 0));
    }
    s->x = x1;
}

static int height_of(const Diagram *d)
{
    int most = TOP;
    for (int i = 0; i <= d->n; i++) {
        Bundle *const *stack = i < d->n ? d->column[i].before : d->last;
        int            n = i < d->n ? d->column[i].nbefore : d->nlast;
        int            y = wire_y(stack, n, 0);
        most = y > most ? y : most;
    }
    return most + MARGIN;
}

static int width_of(const Diagram *d)
{
    Svg measure = {.out = &(Buf){0}, .x = LEFT};
    draw_inputs(&measure, d);
    int x = measure.x;
    buf_free(measure.out);
    for (int i = 0; i < d->n; i++)
        x += column_width(&d->column[i]);
    return x + MARGIN;
}

static const char style[] = "<style>"
    "text{font-family:Helvetica,Arial,sans-serif;font-size:12px;fill:#1d2733}"
    ".title{font-size:15px;font-weight:bold}.axis{font-size:11px;fill:#5a6675;font-style:italic}"
    ".name{text-anchor:middle}.wire{stroke:#33475b;stroke-width:1.5;fill:none}"
    ".scalar{stroke:#33475b;stroke-width:1.2;fill:none;stroke-dasharray:1 3}"
    ".tuple{stroke:#aab4bf;stroke-width:1;stroke-dasharray:5 4;fill:none}"
    ".box{fill:#ffffff;stroke:#33475b;stroke-width:1.2}"
    ".learned{fill:#eef4fb;stroke:#14385c;stroke-width:2.6}.dot{fill:#33475b}</style>\n";

bool draw_svg(const Program *p, Name title, Buf *out)
{
    Diagram d = diagram_of(p);
    Svg     s = {out, LEFT};
    int     width = width_of(&d), height = height_of(&d);
    int     least = LEFT + letters(title) * 10 + MARGIN;
    width = width < least ? least : width;
    buf_printf(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\">\n",
               width, height, width, height);
    buf_puts(out, "<title>");
    put_text(out, title);
    buf_puts(out, "</title>\n");
    buf_puts(out, style);
    buf_puts(out, "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n<text class=\"title\" x=\"24\" y=\"24\">");
    put_text(out, title);
    buf_puts(out, "</text>\n");
    draw_inputs(&s, &d);
    for (int i = 0; i < d.n; i++)
        draw_column(&s, &d.column[i]);
    buf_puts(out, "</svg>\n");
    return !out->failed;
}
