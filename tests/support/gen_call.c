// Calls of random functions, lifted and with axes of the header bound alike; derivatives within expressions.
#include "support/source_gen.h"

const char *type_text(Gen *g, GenType t)
{
    static const char *const width[] = {"", "", "f32", "f64"};
    const char *elem = t.kind == FLOAT ? width[t.width] : t.kind == INT ? "i64" : t.kind == BOOL ? "bool" : g->axis[t.along].name;
    return TEXT("%s[%s]", elem, axis_list(g, t.axes, ""));
}

const char *param_text(Gen *g, const GenParam *p)
{
    return p->pair ? TEXT("(h: %s, c: %s)", type_text(g, p->h), type_text(g, p->c)) : type_text(g, p->h);
}

// ---- binding ----

static bool bound_type(const Gen *g, const Fn *f, const Set *to, GenType *t)
{
    Set out = 0;
    int n = 0;
    for (int i = 0; i < g->naxes; i++) {
        Set s = BIT(i);
        for (int k = 0; k < f->nheader; k++)
            s = f->header[k] == i ? to[k] : s;
        out |= t->axes & BIT(i) ? s : 0;
        n += t->axes & BIT(i) ? set_size(s) : 0;
    }
    for (int k = 0; k < f->nheader && t->kind == POS; k++)
        if (f->header[k] == t->along) {
            t->along = __builtin_ctzll(to[k]);
            break;
        }
    t->axes = out;
    return set_size(out) == n;
}

bool bound_fn(const Gen *g, Fn *f, const Set *to)
{
    bool ok = true;
    for (int i = 0; i <= f->nparam; i++) {
        GenParam *p = i < f->nparam ? &f->param[i] : &f->result;
        ok = bound_type(g, f, to, &p->h) && (!p->pair || bound_type(g, f, to, &p->c)) && ok;
    }
    return ok;
}

static int place_in_header(const Fn *f, int axis)
{
    for (int i = 0; i < f->nheader; i++)
        if (f->header[i] == axis)
            return i;
    return -1;
}

// The size that what is required asks for; 0: any up to its own; -1: not known.
static int64_t asked(const Gen *g, const Fn *f, const Set *to, int i)
{
    const GenAxis *x = &g->axis[f->header[i]];
    int64_t        size[2] = {0};
    if (x->relation == REL_NONE)
        return 0;
    for (int k = 0; k < 2; k++) {
        int at = place_in_header(f, k ? x->b : x->a);
        if (at < 0 || set_size(to[at]) != 1 || !g->axis[__builtin_ctzll(to[at])].known)
            return -1;
        size[k] = g->axis[__builtin_ctzll(to[at])].size;
    }
    return x->relation == REL_TWIN ? size[0] : x->relation == REL_SUM ? size[0] + size[1] : size[0] * size[1];
}

// Axes that may stand for header axis i.
static Set candidates(const Gen *g, const Fn *f, const Set *to, int i, Set among)
{
    int64_t size = asked(g, f, to, i);
    Set     can = 0;
    for (int k = 0; k < g->naxes; k++) {
        const GenAxis *x = &g->axis[k];
        if (among & g->visible & BIT(k) && !x->open && (size ? x->known && x->size == size : x->size <= g->axis[f->header[i]].size))
            can |= BIT(k);
    }
    return can;
}

bool bind_axes(Gen *g, const Fn *f, Set axes, bool instance, Set *to)
{
    Set taken = 0;
    for (int i = 0; i < f->nheader; i++) {
        Set in_result = (f->result.h.axes | f->result.c.axes) & BIT(f->header[i]);
        Set can = candidates(g, f, to, i, instance ? ~taken : in_result ? axes & ~taken : ~axes & ~taken);
        int k = pick_axis(g, can), more;
        to[i] = k < 0 ? 0 : BIT(k);
        if (g->axis[f->header[i]].pack) {  // none, one or two
            int n = choose(g->c, 3);
            more = pick_axis(g, can & ~to[i]);
            to[i] = n == 0 ? 0 : to[i];
            if (n == 2 && more >= 0 && count_of(g, to[i] | BIT(more)) <= 64)
                to[i] |= BIT(more);
        } else if (k < 0) {
            return false;
        }
        taken |= in_result || instance || choose(g->c, 3) ? to[i] : 0;
    }
    return true;
}

// ---- what stands in brackets ----

// A function or an instance from [k] to [k], for a parameter that takes one.
static const char *taken_text(Gen *g, int k, int depth)
{
    bool may_own = g->draws && !g->inside && !g->lambda;
    for (int i = 0; i < g->nfn; i++) {
        const Fn *f = &g->fn[i];
        bool      endo = !f->instance && f->smooth && !f->stops && f->nheader == 1 && f->nparam == 1 && !f->param[0].pair && !f->result.pair &&
                    f->number == NO_NUMBER && !f->takes && !f->closure && f->param[0].h.axes == BIT(f->header[0]) &&
                    f->result.h.axes == BIT(f->header[0]) && g->axis[k].size <= g->axis[f->header[0]].size && f->most <= 10;
        if (endo && (!f->block || may_own) && choose(g->c, 2))
            return f->block ? TEXT("%s[%s] as %s", f->name, g->axis[k].name, fresh(g, "part")) : TEXT("%s[%s]", f->name, g->axis[k].name);
    }
    Ex          body;
    const char *text = lambda_text(g, BIT(k), BIT(k), depth - 1, &body, g->real);
    return body.most <= 3 ? text : TEXT("(v: [%s]) => 0.4 * tanh(v)", g->axis[k].name);
}

const char *bracket_text(Gen *g, const Fn *f, const Set *to, Set guarded, int depth)
{
    const char *text = "", *pack = "";
    for (int i = 0; i < f->nheader; i++) {
        const char *name = axis_list(g, to[i], "");
        if (g->axis[f->header[i]].pack) {
            pack = name;
            break;
        }
        const char *guard = to[i] & guarded ? TEXT(" where %s", gen_bool(g, guarded, 1).text) : "";
        text = TEXT("%s%s%s%s", text, *text ? ", " : "", name, guard);
    }
    if (f->number)
        text = TEXT("%s%sn: %s", text, *text ? ", " : "",
                    depth < 0 ? f->number == NUMBER ? "n - 1" : "n.rest" : f->number == NUMBER ? TEXT("%d", choose(g->c, 3)) : choose(g->c, 2) ? "(2, 1)" : "(3)");
    if (f->takes == TAKES_BLOCK || f->takes == TAKES_INTERFACE)
        text = TEXT("%s, f: %s", text, depth < 0 ? "f" : taken_text(g, __builtin_ctzll(to[0]), depth));
    text = *pack ? TEXT("%s%s%s", text, *text ? ", " : "", pack) : text;
    return *text ? TEXT("[%s]", text) : "";
}

// ---- calls ----

static const char *argument(Gen *g, const GenParam *p, Set more, int depth)
{
    GenType t = p->h;
    t.axes |= more;
    Ex x = gen(g, t, depth - 1);
    x = t.kind == FLOAT ? squashed(g, x, 3) : x;
    const char *h = t.kind == FLOAT && (p->pair || !choose_chance(g->c, 40)) ? kept(g, x) : x.text;
    return p->pair ? TEXT("(h: %s, c: %s)", h, kept(g, gen_within(g, p->c.axes | more, depth - 1, 3))) : h;
}

// The arguments: one has all the axes that are lifted over, the others some of them.
static const char *arguments(Gen *g, const Fn *bound, Set lifted, int depth)
{
    const char *text = "";
    int         all = choose(g->c, bound->nparam > 0 ? bound->nparam : 1);
    for (int i = 0; i < bound->nparam; i++)
        text = TEXT("%s%s%s", text, i ? ", " : "", argument(g, &bound->param[i], i == all ? lifted : pick_subset(g, lifted), depth));
    return text;
}

// May the arguments have these axes more?
static bool may_lift(const Gen *g, const Fn *bound, Set lifted)
{
    bool ok = count_of(g, lifted) <= 16 && (bound->nparam || !lifted);
    for (int i = 0; ok && i < bound->nparam; i++) {
        const GenParam *p = &bound->param[i];
        ok = !((p->h.axes | p->c.axes) & lifted) && fits(g, p->h.axes | lifted) && fits(g, p->c.axes | lifted) &&
             (p->h.kind != POS || !(BIT(p->h.along) & lifted));
    }
    return ok;
}

bool form_call(Gen *g, Set axes, int depth, Ex *out)
{
    Set to[MOST_HEADER] = {0}, all = 0;
    if (!g->nfn)
        return false;
    const Fn *f = &g->fn[choose(g->c, g->nfn)];
    Fn        b = *f;
    if ((f->block && !f->instance) || (g->smooth && !f->smooth) || !bind_axes(g, f, axes, false, to) || !bound_fn(g, &b, to))
        return false;
    bool    second = b.result.pair && !(b.result.c.axes & ~axes) && choose(g->c, 2);
    GenType result = second ? b.result.c : b.result.h;
    Set     lifted = axes & ~result.axes;
    for (int i = 0; i < f->nheader; i++)
        all |= to[i];
    if (result.axes & ~axes || lifted & all || lifted & (b.result.h.axes | b.result.c.axes) || !may_lift(g, &b, lifted))
        return false;
    if (f->takes && g->lambda > 1)
        return false;
    g->stops = g->stops || f->stops;
    Set         guarded = f->nheader && !f->instance && choose_chance(g->c, 10) && !g->axis[f->header[0]].pack ? to[0] : 0;
    const char *bracket = f->instance ? "" : bracket_text(g, f, to, guarded, depth), *args = arguments(g, &b, lifted, depth);
    if (f->takes == TAKES_ARGUMENT)
        args = TEXT("%s, %s", args, taken_text(g, __builtin_ctzll(to[0]), depth));
    if (f->closure)
        bracket = TEXT("%s(%s)", bracket, kept(g, gen_within(g, 0, depth - 1, 3)));
    const char *text = TEXT("%s%s(%s)%s", f->name, bracket, args, !b.result.pair ? "" : second ? ".c" : ".h");
    if (guarded & axes)  // adding something makes zeros of what is outside
        text = TEXT("(%s + %s)", gen_within(g, axes, 0, 3).text, text);
    int along = f->block && choose_chance(g->c, 10) ? pick_axis(g, axes & ~open_axes(g, axes)) : -1;
    if (along >= 0)  // what it draws is drawn once along the axis
        text = TEXT("same[%s](%s)", g->axis[along].name, text);
    *out = (Ex){text, {FLOAT, g->real, axes, 0}, f->most + 3};
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
