// Expressions of random programs that take functions, bodies or other numbers: of the library, fixed points, complex and half.
#include "support/source_gen.h"

bool form_library(Gen *g, Set axes, int depth, Ex *out)
{
    int k = new_axis(g, axes), how = choose(g->c, 6);
    if (k < 0 || g->axis[k].open)
        return false;
    Ex          x = gen_within(g, axes | BIT(k), depth - 1, 10);
    const char *n = g->axis[k].name, *apart = TEXT("%s + 0.0113 * real(%s)", x.text, n), *text;
    double      most = x.most + 0.02 * (double)g->axis[k].size;
    g->stops = g->stops || how > 3;
    switch (how) {
    case 0: text = TEXT("median[%s](%s)", n, apart); break;
    case 1: text = TEXT("quantile[%s](%s, 0.37)", n, apart); break;
    case 2: text = TEXT("(%s)[%s: argmax[%s](%s)]", x.text, n, n, apart); break;
    case 3: text = TEXT("mean[%s](log_softmax[%s](%s))", n, n, x.text); most = 2 * x.most + 4; break;
    case 4: text = TEXT("straight_through(floor(0.0137 + mean[%s](%s)), mean[%s](%s))", n, x.text, n, x.text); most += 1; break;
    default:
        text = TEXT("custom_grad((q: [%s]) => 0.3 * sum[%s](q), (q: [%s], c: []) => c * (0.1 + 0 * q))(%s)", n, n, n, kept(g, squashed(g, x, 1)));
        most = (double)g->axis[k].size;
    }
    return found(out, text, FLOAT, how == 5 ? g->real : x.type.width, axes, most);
}

// A function as an argument, in a bracket or in parentheses, that uses what is around it.
bool form_function(Gen *g, Set axes, int depth, Ex *out)
{
    int locals = g->nlocals;
    if (g->lambda > 1)
        return false;
    Ex          x = gen_within(g, axes, depth - 1, 2);
    const char *v = fresh(g, "v");
    local_add(g, v, (GenType){FLOAT, g->real, 0, 0}, 2);
    g->lambda++;
    Ex y = gen_within(g, 0, depth - 1, 2);
    g->lambda--;
    g->nlocals = locals;
    return found(out, TEXT("%s((%s: []) => %s, %s)", choose(g->c, 2) ? "twice" : "stepped", v, y.text, kept(g, x)), FLOAT, g->real, axes, 20);
}

bool form_one_hot(Gen *g, Set axes, int depth, Ex *out)
{
    int k = pick_axis(g, axes);
    if (k < 0)
        return false;
    Ex p = gen_pos(g, k, axes & ~BIT(k), depth - 1);
    return g->axis[k].open ? false : found(out, TEXT("one_hot[%s](%s)", g->axis[k].name, p.text), FLOAT, OWN, axes, 1);
}

bool form_checkpoint(Gen *g, Set axes, int depth, Ex *out)
{
    int    locals = g->nlocals;
    Ex     x = gen_float(g, some_axes(g, 2), depth - 1);
    const char *name = fresh(g, "u");
    local_add(g, name, x.type, x.most);
    Ex     y = gen_float(g, axes, depth - 1);
    g->nlocals = locals;
    return found(out, TEXT("(checkpoint { let %s = %s; %s })", name, x.text, y.text), FLOAT, y.type.width, axes, y.most);
}

bool form_fix(Gen *g, Set axes, int depth, Ex *out)
{
    if (g->real == NARROW)
        return false;
    Ex x = gen_within(g, axes, depth - 1, 10), y = gen_within(g, smaller(g, axes), depth - 1, 1);
    const char *z = fresh(g, "z");
    const char *from = kept(g, x);
    return found(out, TEXT("(fix %s = 0.4 * tanh(%s + %s) + %s from %s within 1e-13 at most 200)", z, z, kept(g, y), from, from),
                 FLOAT, g->real, axes, x.most + 1);
}

// ---- complex and half ----

static Ex complex_scaled(Gen *g, Ex z, double most)
{
    if (z.most <= most)
        return z;
    z.text = TEXT("(%.3g * %s)", most / z.most * 0.99, z.text);
    z.most = most;
    return z;
}

// A complex number with these axes, no larger than 1.5.
static Ex gen_complex(Gen *g, Set axes, int depth)
{
    int         k = pick_axis(g, axes & ~open_axes(g, axes)), more = new_axis(g, axes);
    int         how = depth > 0 ? choose(g->c, 12) : 0;
    Ex          z = {0}, w;
    const char *n = k < 0 ? "" : g->axis[k].name;
    if ((k < 0 && how >= 10) || (how == 9 && (more < 0 || g->axis[more].open)))
        how = 1;
    if (how == 0) {
        Ex x = gen_within(g, axes, depth, 1), y = gen_within(g, axes, depth - 1, 1);
        return (Ex){TEXT("complex(%s, %s)", kept(g, x), kept(g, y)), {FLOAT, wider(x.type.width, y.type.width), axes, 0}, 1.5};
    }
    z = gen_complex(g, how == 9 ? axes | BIT(more) : axes, depth - 1);
    if (how <= 3) {
        static const char *const one[] = {"exp", "sin", "cos"};
        z.text = TEXT("%s(%s)", one[how - 1], z.text), z.most = how == 1 ? 4.5 : 2.4;
    } else if (how == 4) {
        z.text = TEXT("%s(3.1 + %s)", choose(g->c, 2) ? "sqrt" : "log", z.text), z.most = 2.2;
    } else if (how == 5) {
        z.text = TEXT("conj(%s)", z.text);
    } else if (how <= 8) {
        static const char *const two[] = {"+", "*", "/"};
        w = gen_complex(g, smaller(g, axes), depth - 1);
        z.text = TEXT("(%s %s %s)", z.text, two[how - 6], how == 8 ? TEXT("(2.9 + %s)", w.text) : w.text), z.most = 3;
    } else if (how == 9) {
        z.text = TEXT("(sum[%s](%s) / #%s)", g->axis[more].name, z.text, g->axis[more].name), z.type.axes = axes;
    } else if (how == 10) {
        z.text = TEXT("%s[%s: wrap(%s - 1)]", z.text, n, n);
    } else {
        int t = twin_of(g, k);
        if (t >= 0 && !(axes & BIT(t)))
            z.text = TEXT("(%s[%s -> %s](%s)[%s -> %s] / #%s)", choose(g->c, 2) ? "fft" : "ifft", n, g->axis[t].name, z.text, g->axis[t].name, n, n);
    }
    return complex_scaled(g, z, 1.5);
}

bool form_complex(Gen *g, Set axes, int depth, Ex *out)
{
    Ex  z = gen_complex(g, axes, depth - 1);
    int how = choose(g->c, 4);
    const char *part = how == 0   ? TEXT("real(%s)", z.text)
                       : how == 1 ? TEXT("imag(%s)", z.text)
                       : how == 2 ? TEXT("abs(3.1 + %s)", z.text)
                                  : TEXT("arg(2.7 + %s)", z.text);
    return found(out, part, FLOAT, g->real, axes, how == 2 ? 4.7 : 1.5);
}

// In 16 bits, and back.
bool form_half(Gen *g, Set axes, int depth, Ex *out)
{
    const char *half = choose(g->c, 2) ? "f16" : "bf16", *back = g->real == WIDE ? "f64" : "f32";
    if (g->real == OWN)  // which no conversion names
        return false;
    int         how = choose(g->c, 5), k = new_axis(g, axes);
    if (how >= 3 && (k < 0 || g->axis[k].open))
        how = 0;
    Ex          x = gen_within(g, how >= 3 ? axes | BIT(k) : axes, depth - 1, 10), y;
    const char *text = TEXT("%s(%s)", half, x.text);
    g->stops = true;  // its derivative is rounded, too
    if (how == 1)
        text = TEXT("tanh(%s)", text);
    if (how == 2 || how == 4) {
        y = gen_within(g, smaller(g, x.type.axes), depth - 1, 2);
        text = how == 2 ? TEXT("(%s * %s(%s))", text, choose(g->c, 3) ? half : "f16", y.text) : TEXT("(%s + %s(%s))", text, half, y.text);
    }
    if (how >= 3)
        text = TEXT("%s[%s](%s)", choose(g->c, 2) ? "mean" : "max", g->axis[k].name, text);
    return found(out, TEXT("%s(%s)", back, text), FLOAT, g->real, axes, 21);
}

// ---- matrices ----

// Of a square matrix far from singular; it, its inverse and what solves it are made less along both axes again.
bool form_matrix(Gen *g, Set axes, int depth, Ex *out)
{
    int k = new_axis(g, axes), t = k < 0 || g->axis[k].open || g->axis[k].size > 5 ? -1 : twin_of(g, k);
    if (t < 0 || strcmp(g->axis[t].name, TEXT("%s'", g->axis[k].name)) || axes & BIT(t) || !fits(g, axes | BIT(k) | BIT(t)))
        return false;
    const char *n = g->axis[k].name, *m = g->axis[t].name;
    Ex          a = gen_within(g, axes | BIT(k) | BIT(t), depth - 1, 1), b;
    const char *text = TEXT("(%s + (if %s == %s then 6.3 else 0))", a.text, n, m);
    Width       w = a.type.width;
    switch (choose(g->c, 5)) {
    case 0: text = TEXT("logdet[%s](%s)", n, text); break;
    case 1: text = TEXT("trace_of[%s](%s)", n, text); break;
    case 2:
        b = gen_within(g, smaller(g, axes) | BIT(k), depth - 1, 3);
        w = wider(w, b.type.width);
        text = TEXT("mean[%s](solve[%s](%s, %s))", m, n, text, b.text);
        break;
    case 3: text = TEXT("mean[%s, %s](inv[%s](%s))", n, m, n, text); break;
    default: text = TEXT("(mean[%s, %s](expm[%s](0.1 * %s)))", n, m, n, text);
    }
    return found(out, text, FLOAT, w, axes, 40);
}
