// The experiment of a random program: it loads data, runs `Main` as it is and lifted, takes derivatives, looks inside,
// replaces, and trains.
#include "support/source_gen.h"

// ---- slopes: of a function along a direction, forward, in reverse, and by differences ----

// The function with its axes bound to those that it was made for; false: two would coincide.
static bool bind_types(const Gen *g, Fn *f, Set *to)
{
    bool ok = !f->block && f->smooth && !f->stops && g->real == WIDE && !f->takes && !f->closure;
    for (int i = 0; i < f->nheader; i++) {
        ok = ok && g->axis[f->header[i]].relation == REL_NONE;
        to[i] = BIT(f->bound[i]);
    }
    ok = ok && bound_fn(g, f, to);
    for (int i = 0; i <= f->nparam; i++) {
        GenParam *p = i < f->nparam ? &f->param[i] : &f->result;
        p->h.width = p->c.width = WIDE;
    }
    return ok;
}

static void put_slopes(Gen *g, const Fn *given)
{
    Fn          f = *given;
    Set         to[MOST_HEADER];
    const char *rest = "", *args = "";
    if (!bind_types(g, &f, to))
        return;
    for (int i = 1; i < f.nparam; i++) {
        rest = TEXT("%s, p%d: %s", rest, i, param_text(g, &f.param[i]));
        args = TEXT("%s, p%d", args, i);
    }
    const char *t = param_text(g, &f.param[0]), *bracket = bracket_text(g, given, to, 0, 0);
    buf_printf(&g->text, "fn slopes_%s(x: %s, v: %s%s) -> (forward: f64[], back: f64[], wide: f64[], narrow: f64[]) {\n", f.name, t, t, rest);
    buf_printf(&g->text, "  let loss = (u: %s) => mean(tanh(%s%s(u%s)%s))\n", t, f.name, bracket, args, f.result.pair ? ".h" : "");
    buf_puts(&g->text, "  let (y, forward) = jvp(loss, x, v)\n  let slope = grad(loss)(x)\n"
                       "  (forward: forward, back: sum(slope * v), wide: (loss(x + 2e-5 * v) - loss(x - 2e-5 * v)) / 4e-5,\n"
                       "   narrow: (loss(x + 1e-5 * v) - loss(x - 1e-5 * v)) / 2e-5)\n}\n");
}

// ---- the experiment ----

static const char *load_text(Gen *g, const char *name, const GenParam *p)
{
    const char *path = name;
    if (p->h.kind == POS)
        path = TEXT("%s_below%d", name, (int)g->axis[p->h.along].size);
    return TEXT("let %s: %s = load(\"%s.%s\")", name, param_text(g, p), path, p->pair ? "npz" : "npy");
}

static const char *load_all(Gen *g, const Fn *f, const char *stem)
{
    const char *args = "";
    for (int i = 0; i < f->nparam; i++) {
        const char *name = TEXT("%s%d", stem, i);
        GenParam    p = f->param[i];
        if (p.h.kind == FLOAT && p.h.width == OWN)
            p.h.width = p.c.width = g->real;
        line(g, "%s", load_text(g, name, &p));
        args = TEXT("%s%s%s", args, i ? ", " : "", name);
    }
    return args;
}

static void use_slopes(Gen *g, const Fn *given, int number)
{
    Fn  f = *given;
    Set to[MOST_HEADER];
    if (!bind_types(g, &f, to))
        return;
    const char *stem = TEXT("q%d_", number), *args = load_all(g, &f, stem);
    line(g, "let %sv: %s = load(\"%sv.%s\")", stem, param_text(g, &f.param[0]), stem, f.param[0].pair ? "npz" : "npy");
    line(g, "let %st = slopes_%s(%s0, %sv%s)", stem, f.name, stem, stem, args + strlen(stem) + 1);
    line(g, "log(forward: %st.forward, back: %st.back, wide: %st.wide, narrow: %st.narrow)", stem, stem, stem, stem);
}

// Main for each position of an axis whose size only the data tells.
static void put_lifted(Gen *g, const Whole *w, const char *args)
{
    static const int sizes[] = {3, 1, 0, 2, 5};
    GenType          t = w->f.param[0].h;
    if (!choose_chance(g->c, 20) || w->f.param[0].pair || w->moves)  // a buffer is not written under lifting
        return;
    line(g, "axis open");
    const char *list = axis_list(g, t.axes, "");
    line(g, "let lifted: %s[open%s%s] = load(\"lifted_open_%d.npy\")", t.width == WIDE ? "f64" : "f32", *list ? ", " : "", list, sizes[choose(g->c, 5)]);
    line(g, "print(net(lifted%s))", args + 2);
    if (w->f.smooth)
        line(g, "print(grad((v: %s) => mean(tanh(net(v%s).r0)))(lifted))", type_text(g, t), args + 2);
}

// ---- looking inside, replacing ----

static void put_looks(Gen *g, const Whole *w, const char *args)
{
    if (!choose_chance(g->c, 12))
        return;
    line(g, "let t = trace net(%s)", args);
    line(g, "print(t.result)");
    if (w->moves)
        line(g, "print(t.after(%s))", args);
    for (int i = 0; i < w->ninner; i++) {
        const char *name = w->inner[i].name;
        line(g, "print(t.%s)", name);
        if (w->inner[i].type.kind == FLOAT && choose(g->c, 2))
            line(g, "print((net with (%s: %s))(%s))", name, choose(g->c, 2) ? "0" : "(u) => 0.5 * u", args);
        if (w->inner[i].type.kind == FLOAT && w->f.smooth && w->nparameters && choose(g->c, 2))
            line(g, "print(norm(grad((m) => mean(tanh((m with (%s: (u) => tanh(u)))(%s).r0)))(net)))", name, args);
    }
    if (w->nparameters && choose(g->c, 2))
        line(g, "print((net with (%s: 0.5 * net.%s))(%s))", w->parameter[0], w->parameter[0], args);
    if (w->nparameters > 1 && choose(g->c, 2))
        line(g, "print(norm(net except net.%s))", w->parameter[1]);
    if (w->nparameters && choose(g->c, 2))
        line(g, "print(norm(map((u) => tanh(u), net)), count(net), norm(0.5 * net + 0.5 * net))");
}

// ---- training ----

// `Own`, which moves by an expression of the parameter, its gradient and its state.
static void put_optimizer(Gen *g)
{
    Outer o = declaration(g, false, false);
    Width real = g->real;
    g->real = OWN;
    g->budget = 3;
    buf_puts(&g->text, "optimizer Own(lr: real = 0.05)[p...](x: [p...], g: [p...]) -> [p...] {\n");
    int p = axis_add(g, (GenAxis){.name = "p...", .size = 8, .pack = true, .open = true});
    GenType t = {FLOAT, OWN, BIT(p), 0};
    if (p >= 0) {
        local_add(g, "x", t, 50);
        local_add(g, "g", t, 50);
        line(g, "state v: [p...] = zeros");
        local_add(g, "v", t, 2);
        if (choose(g->c, 2)) {
            line(g, "given size = norm(g)");
            local_add(g, "size", (GenType){FLOAT, OWN, 0, 0}, 50);
        }
        line(g, "v = 0.5 * v + tanh(%s)", gen_float(g, BIT(p), 2).text);
        line(g, "x - lr * (g + v * tanh(%s))", gen_float(g, BIT(p), 2).text);
    }
    g->real = real;
    declaration_end(g, o);
}

static const char *optimizer_text(Gen *g)
{
    static const char *const library[] = {"sgd(lr: 0.1, momentum: 0.7)", "adamw(lr: 0.01)", "adam(lr: 0.01)", "rmsprop(lr: 0.01)", "adagrad(lr: 0.1)", "lion(lr: 0.01)"};
    return choose(g->c, 2) ? "Own(lr: 0.07)" : library[choose(g->c, 6)];
}

static void put_training(Gen *g, const Whole *w, const char *args)
{
    if (!w->f.smooth || !w->nparameters || !choose_chance(g->c, 15))
        return;
    const char *part = w->parameter[choose(g->c, w->nparameters)];
    const char *loss = TEXT("mean(tanh(model(%s).r0))", args), *whole = loss;
    for (int i = 0; i < w->nparameters; i++)  // what is trained must occur
        whole = TEXT("%s + 0.1 * mean(tanh(model.%s))", whole, w->parameter[i]);
    line(g, "var model = net");
    line(g, "var opt = %s", optimizer_text(g));
    line(g, "for turn in 0..%d {", 1 + choose(g->c, 3));
    g->indent++;
    switch (choose(g->c, w->nparameters > 1 ? 5 : 3)) {
    case 0: line(g, "let l = minimize %s over model using opt", whole); break;
    case 1: line(g, "let l = minimize %s over model.%s using opt", whole, part); break;
    case 2:
        line(g, "let (l, move) = value_and_grad((m) => mean(tanh(m(%s).r0)))(model)", args);
        line(g, "model = opt(model, move)");
        break;
    case 3: line(g, "let l = minimize { let l = %s; 2 * l } over model except model.%s using opt", whole, part); break;
    default:
        line(g, "let l = minimize %s over (model.%s, model.%s) using (model.%s: opt, model.%s: sgd(lr: 0.1))", whole, w->parameter[0], w->parameter[1],
             w->parameter[0], w->parameter[1]);
    }
    line(g, "print(l)");
    if (choose(g->c, 2))
        line(g, "opt.lr = 0.02");
    g->indent--;
    line(g, "}");
    line(g, "print(model(%s), norm(model))", args);
    if (choose(g->c, 2))
        line(g, "print(train(model(%s)))", args);
}

void put_experiment(Gen *g, const Whole *w)
{
    for (int i = 0; i < g->nfn && i < 2; i++)
        put_slopes(g, &g->fn[i]);
    put_optimizer(g);
    buf_puts(&g->text, "experiment e() {\n");
    g->indent = 1;
    const char *args = load_all(g, &w->f, "d");
    line(g, "let net = Main[]");
    line(g, "print(net(%s))", args);
    if (w->f.smooth && w->nparameters) {
        line(g, "let slope = grad((m) => mean(tanh(m(%s).r0)))(net)", args);
        line(g, "print(norm(slope))");
    }
    if (w->f.smooth) {
        line(g, "print(grad((v: %s) => mean(tanh(net(v%s).r0)))(d0))", param_text(g, &w->f.param[0]), args + 2);
    }
    put_lifted(g, w, args);
    put_looks(g, w, args);
    put_training(g, w, args);
    for (int i = 0; i < g->nfn && i < 2; i++)
        use_slopes(g, &g->fn[i], i);
    buf_puts(&g->text, "}\n");
}
