// Calls of random functions, lifted and with axes of the header bound alike; derivatives within expressions.
#include "support/source_gen.h"

const char *type_text(Gen *g, GenType t)
{
    static const char *const width[] = {"", "", "f32", "f64"};
    const char *elem = t.kind == FLOAT ? width[t.width] : t.kind == INT ? "i64" : t.kind == BOOL ? "bool" : g->axis[t.along].name;
    return TEXT("%s[%s]", elem, axis_list(g, t.axes, ""));
}

// ---- calls ----

typedef struct {
    const Fn *f;
    int       to[MOST_HEADER];
} Binding;

static int mapped(const Binding *b, int axis)
{
    for (int i = 0; i < b->f->nheader; i++)
        if (b->f->header[i] == axis)
            return b->to[i];
    return axis;
}

static Set mapped_set(const Gen *g, const Binding *b, Set s)
{
    Set out = 0;
    for (int i = 0; i < g->naxes; i++)
        if (s & BIT(i))
            out |= BIT(mapped(b, i));
    return out;
}

static bool same_size(const Gen *g, const Binding *b, Set s) { return set_size(mapped_set(g, b, s)) == set_size(s); }

static bool bind(Gen *g, Binding *b, Set axes)
{
    Set taken = 0;
    for (int i = 0; i < b->f->nheader; i++) {
        bool in_result = b->f->result.axes & BIT(b->f->header[i]);
        Set  can = 0;
        for (int k = 0; k < g->naxes; k++)
            if (g->visible & BIT(k) && !g->axis[k].open && g->axis[k].size <= g->axis[b->f->header[i]].size &&
                (in_result ? axes & ~taken & BIT(k) : ~axes & BIT(k)))
                can |= BIT(k);
        if ((b->to[i] = pick_axis(g, can)) < 0)
            return false;
        taken |= in_result ? BIT(b->to[i]) : 0;
    }
    Set result = mapped_set(g, b, b->f->result.axes), lifted = axes & ~result, bound = 0;
    bool ok = same_size(g, b, b->f->result.axes) && !(result & ~axes) && count_of(g, lifted) <= 16;
    for (int i = 0; i < b->f->nheader; i++)
        bound |= BIT(b->to[i]);
    for (int i = 0; ok && i < b->f->nparam; i++) {
        Set p = b->f->param[i].axes;
        ok = same_size(g, b, p) && !(mapped_set(g, b, p) & lifted) && fits(g, mapped_set(g, b, p) | lifted) &&
             (b->f->param[i].kind != POS || !(BIT(mapped(b, b->f->param[i].along)) & lifted));
    }
    return ok && !(bound & lifted) && (b->f->nparam || !lifted);
}

// The arguments: one has all the axes that are lifted over, the others some of them.
static const char *arguments(Gen *g, const Binding *b, Set lifted, int depth)
{
    const char *text = "";
    int         all = choose(g->c, b->f->nparam > 0 ? b->f->nparam : 1);
    for (int i = 0; i < b->f->nparam; i++) {
        GenType t = b->f->param[i];
        t.axes = mapped_set(g, b, t.axes) | (i == all ? lifted : pick_subset(g, lifted));
        t.along = t.kind == POS ? mapped(b, t.along) : 0;
        Ex x = gen(g, t, depth - 1);
        x = t.kind == FLOAT ? squashed(g, x, 3) : x;
        text = TEXT("%s%s%s", text, i ? ", " : "", t.kind == FLOAT && !choose_chance(g->c, 40) ? kept(g, x) : x.text);
    }
    return text;
}

bool form_call(Gen *g, Set axes, int depth, Ex *out)
{
    if (!g->nfn)
        return false;
    Binding b = {.f = &g->fn[choose(g->c, g->nfn)]};
    if ((b.f->block && !b.f->instance) || (g->smooth && !b.f->smooth) || !bind(g, &b, axes))
        return false;
    g->stops = g->stops || b.f->stops;
    const char *args = arguments(g, &b, axes & ~mapped_set(g, &b, b.f->result.axes), depth);
    const char *bracket = "";
    for (int i = 0; i < b.f->nheader && !b.f->instance; i++)
        bracket = TEXT("%s%s%s", bracket, i ? ", " : "", g->axis[b.to[i]].name);
    bracket = *bracket ? TEXT("[%s]", bracket) : "";
    *out = (Ex){TEXT("%s%s(%s)", b.f->name, bracket, args), {FLOAT, g->real, axes, 0}, b.f->most};
    return true;
}

// ---- functions within expressions ----

const char *lambda_text(Gen *g, Set params, Set result, int depth, Ex *body, Width width)
{
    int         locals = g->nlocals;
    bool        smooth = g->smooth;
    const char *x = fresh(g, "v");
    local_add(g, x, (GenType){FLOAT, width, params, 0}, 3);
    g->smooth = true;
    g->lambda++;
    *body = gen_float(g, result, depth - 1);
    g->lambda--;
    g->smooth = smooth;
    g->nlocals = locals;
    return TEXT("(%s: [%s]) => %s", x, axis_list(g, params, ""), body->text);
}

bool form_grad(Gen *g, Set axes, int depth, Ex *out)
{
    Set params = choose(g->c, 3) ? axes : pick_subset(g, axes);
    if (g->lambda > 1 || count_of(g, axes & ~params) > 16)
        return false;
    Ex x = gen_within(g, axes, depth - 1, 3), body;
    const char *f = lambda_text(g, params, 0, depth, &body, g->real);
    *out = (Ex){TEXT("grad(%s)(%s)", f, kept(g, x)), {FLOAT, g->real, axes, 0}, 20};
    return true;
}
