// Draws: counted by the seed, the path of the call, the turns of the loops around and the positions, nothing else.
#include <string.h>

#include "sema/experiment.h"
#include "sema/model.h"

// The key of a path: FNV-1a over its letters.
static int64_t path_key(const char *path)
{
    uint64_t h = 1469598103934665603u;
    for (; path && *path; path++)
        h = (h ^ (unsigned char)*path) * 1099511628211u;
    return (int64_t)h;
}

static Node *mixed(Sema *s, Node *h, Node *word) { return ir_binary(s->b, OP_MIX, h, ir_convert(s->b, word, ELEM_I64)); }

// 64 random bits for each position of `ax` and of the axes lifted over.
static Node *random_bits(Sema *s, Name name, Axis *const *ax, int n, int64_t stream)
{
    Node *h = mixed(s, seed_node(s), ir_int(s->b, path_key(path_join(s, s->path, name))));
    h = mixed(s, h, ir_int(s->b, stream));
    for (int i = 0; i < s->turns.n; i++)
        h = mixed(s, h, value_node(s, s->turns.at[i]));
    for (int i = 0; i < s->hidden.n; i++)
        h = axes_has(s->same, s->hidden.at[i]) ? h : mixed(s, h, ir_iota(s->b, s->hidden.at[i]));
    for (int i = 0; i < n; i++)
        h = axes_has(s->same, ax[i]) ? h : mixed(s, h, ir_iota(s->b, ax[i]));
    return ir_expand(s->b, h, axes_of(s->arena, ax, n));
}

// (0, 1): the upper 53 bits and a half.
static Node *unit_interval(Sema *s, Node *bits)
{
    Node *top = ir_binary(s->b, OP_SHR, bits, ir_int(s->b, 11));
    Node *x = ir_binary(s->b, OP_ADD, ir_convert(s->b, top, ELEM_F64), ir_const(s->b, ELEM_F64, 0.5));
    return ir_binary(s->b, OP_MUL, x, ir_const(s->b, ELEM_F64, 0x1p-53));
}

static Node *uniform_node(Sema *s, Name name, Axis *const *ax, int n)
{
    return unit_interval(s, random_bits(s, name, ax, n, 0));
}

// Box and Muller, Ann. Math. Stat. 29 (1958): sqrt(-2 ln u) cos(2 pi v).
static Node *normal_node(Sema *s, Name name, Axis *const *ax, int n)
{
    Node *u = unit_interval(s, random_bits(s, name, ax, n, 0)), *v = unit_interval(s, random_bits(s, name, ax, n, 1));
    Node *radius = ir_unary(s->b, OP_SQRT, ir_binary(s->b, OP_MUL, ir_const(s->b, ELEM_F64, -2), ir_unary(s->b, OP_LOG, u)));
    Node *turn = ir_binary(s->b, OP_MUL, v, ir_const(s->b, ELEM_F64, 6.283185307179586));
    return ir_binary(s->b, OP_MUL, radius, ir_unary(s->b, OP_COS, turn));
}

// -ln(-ln u)
static Node *gumbel_node(Sema *s, Name name, Axis *const *ax, int n)
{
    Node *u = uniform_node(s, name, ax, n);
    return ir_unary(s->b, OP_NEG, ir_unary(s->b, OP_LOG, ir_unary(s->b, OP_NEG, ir_unary(s->b, OP_LOG, u))));
}

static Value *weak_draw(Sema *s, Node *n, Span where)
{
    Value *v = value_tensor(s, n, where);
    v->weak = true;
    return v;
}

// A draw for each position of its arguments' axes, too.
static void spread(Axis **ax, int *n, AxisSet more)
{
    for (int i = 0; i < more.n && *n < 64; i++) {
        bool have = false;
        for (int k = 0; k < *n; k++)
            have = have || ax[k] == more.at[i];
        if (!have)
            ax[(*n)++] = more.at[i];
    }
}

// The arguments of a distribution, which go into f64, and their axes into ax.
static bool parameters(Sema *s, const Func *f, Value **args, int count, Axis **ax, int *n, Node **out)
{
    for (int i = 0; i < count; i++) {
        if (!is_tensor(args[i]) || elem_class(args[i]->elem) == ELEM_CLASS_BOOL) {
            if (!is_error(args[i]))
                sema_error(s, DIAG_E0309, args[i]->where, "`%s` takes numbers; this is %s", f->name, text_value(s, args[i]));
            return false;
        }
        spread(ax, n, value_visible(s, args[i]));
        out[i] = ir_convert(s->b, value_node(s, args[i]), ELEM_F64);
    }
    return true;
}

// One call of a draw: over which axes, from what.
typedef struct {
    const Func *f;
    Name        name;      // by which it draws
    Axis       *ax[64], *into;
    int         n;
    Value     **args;
    Span        where;
} Draw;

// In the width of the arguments: weak if they are.
static Value *draw_like(Sema *s, Node *n, Value **args, int count, Span where)
{
    Value *v = weak_draw(s, n, where);
    for (int i = 0; i < count; i++)
        if (!args[i]->weak && elem_class(args[i]->elem) == ELEM_CLASS_FLOAT && (v->weak || args[i]->elem < v->elem))
            v = value_tensor(s, ir_convert(s->b, n, args[i]->elem), where);
    return v;
}

static Value *draw_bernoulli(Sema *s, Draw *d)
{
    Node *p;
    if (!parameters(s, d->f, d->args, 1, d->ax, &d->n, &p))
        return value_new(s, V_ERROR, d->where);
    return value_tensor(s, ir_binary(s->b, OP_LT, uniform_node(s, d->name, d->ax, d->n), p), d->where);
}

// The logarithm of a gamma draw, by inversion: its derivative by the shape goes along.
static Node *log_gamma_node(Sema *s, Node *shape, Name name, Axis *const *ax, int n, int64_t stream)
{
    return ir_binary(s->b, OP_LOG_GAMMA_QUANTILE, shape, unit_interval(s, random_bits(s, name, ax, n, stream)));
}

static Value *draw_gamma(Sema *s, Draw *d)
{
    Node *shape;
    if (!parameters(s, d->f, d->args, 1, d->ax, &d->n, &shape))
        return value_new(s, V_ERROR, d->where);
    return draw_like(s, ir_unary(s->b, OP_EXP, log_gamma_node(s, shape, d->name, d->ax, d->n, 0)), d->args, 1, d->where);
}

// x / (x + y) of two gamma draws.
static Value *draw_beta(Sema *s, Draw *d)
{
    Node *shape[2];
    if (!parameters(s, d->f, d->args, 2, d->ax, &d->n, shape))
        return value_new(s, V_ERROR, d->where);
    Node *x = log_gamma_node(s, shape[0], d->name, d->ax, d->n, 0), *y = log_gamma_node(s, shape[1], d->name, d->ax, d->n, 1);
    return draw_like(s, ir_unary(s->b, OP_SIGMOID, ir_binary(s->b, OP_SUB, x, y)), d->args, 2, d->where);
}

// The chance of more than x, twice.
static Node *tail(Sema *s, Node *x)
{
    return ir_unary(s->b, OP_ERFC, ir_binary(s->b, OP_MUL, x, ir_const(s->b, ELEM_F64, 0.7071067811865476)));
}

// By inversion of the tail on the side where most of the interval lies, which keeps its digits.
static Value *draw_truncated(Sema *s, Draw *d)
{
    Node *in[2], *zero = ir_const(s->b, ELEM_F64, 0);
    if (!parameters(s, d->f, d->args, 2, d->ax, &d->n, in))
        return value_new(s, V_ERROR, d->where);
    Node *left = ir_binary(s->b, OP_LT, ir_binary(s->b, OP_ADD, in[0], in[1]), zero);
    Node *low = ir_select(s->b, left, ir_unary(s->b, OP_NEG, in[1]), in[0]);
    Node *high = ir_select(s->b, left, ir_unary(s->b, OP_NEG, in[0]), in[1]);
    Node *from = tail(s, low), *width = ir_binary(s->b, OP_SUB, tail(s, high), from);
    Node *p = ir_binary(s->b, OP_ADD, from, ir_binary(s->b, OP_MUL, uniform_node(s, d->name, d->ax, d->n), width));
    Node *x = ir_binary(s->b, OP_MUL, ir_unary(s->b, OP_ERFCINV, p), ir_const(s->b, ELEM_F64, 1.4142135623730951));
    x = ir_select(s->b, left, ir_unary(s->b, OP_NEG, x), x);
    x = ir_binary(s->b, OP_MIN2, ir_binary(s->b, OP_MAX2, x, in[0]), in[1]);
    return draw_like(s, x, d->args, 2, d->where);
}

static bool draws_some(Sema *s, const Draw *d, const Axis *a, AxisSet along)
{
    const char *what = name_format(s->names, "`%s` draws a position along `%s`, which has none", d->f->name, a->name);
    return need_some(s, a, along, d->where, what);
}

// The position of the largest logit with Gumbel noise: categorical by its logits.
static Value *draw_categorical(Sema *s, Draw *d)
{
    Value *logits = d->args[0];
    if (d->n != 1 || !is_tensor(logits) || !axes_has(value_visible(s, logits), d->ax[0]))
        return sema_error(s, DIAG_E0302, d->where, "`categorical[k](logits)` draws along an axis of its logits");
    AxisSet all = value_visible(s, logits);
    if (!draws_some(s, d, d->ax[0], axes_minus(s->arena, logits->axes, (AxisSet){d->ax, 1})))
        return value_new(s, V_ERROR, d->where);
    Node *noise = gumbel_node(s, d->name, all.at, all.n);
    Node *x = ir_binary(s->b, OP_ADD, ir_convert(s->b, value_node(s, logits), ELEM_F64), noise);
    Value *v = value_tensor(s, ir_reduce(s->b, OP_ARGMAX, x, d->ax, 1), d->where);
    v->pos = d->ax[0];
    return v;
}

static Value *draw_permutation(Sema *s, Draw *d)
{
    if (d->n != 1)
        return sema_error(s, DIAG_E0501, d->where, "`permutation[k]` permutes one axis");
    Node *in = random_bits(s, d->name, d->ax, d->n, 0);
    Attr  attr = {.ax = d->ax, .nax = 1};
    Value *v = value_tensor(s, ir_make(s->b, OP_ARGSORT, &in, 1, &attr), d->where);
    v->pos = d->ax[0];
    return v;
}

// pick[a -> k]: for each position of a, one along k.
static Value *draw_pick(Sema *s, Draw *d)
{
    if (!d->into)
        return sema_error(s, DIAG_E0501, d->where, "`pick[a -> k]` says along what it picks");
    if (!draws_some(s, d, d->into, axes_union(s->arena, (AxisSet){d->ax, d->n}, s->hidden)))
        return value_new(s, V_ERROR, d->where);
    Node *bits = ir_binary(s->b, OP_SHR, random_bits(s, d->name, d->ax, d->n, 0), ir_int(s->b, 1));
    Value *v = value_tensor(s, ir_binary(s->b, OP_IMOD, bits, ir_size(s->b, d->into->size)), d->where);
    v->pos = d->into;
    return v;
}

static bool draw_axes(Sema *s, Draw *d)
{
    bool   ok = true;
    Scope *saved = s->scope;
    if (d->f->bracket)
        s->scope = d->f->bracket_scope;
    for (int i = 1; d->f->bracket && i < d->f->bracket->nkid; i++) {
        Syn *item = d->f->bracket->kid[i];
        if (item->kind == SYN_ARROW) {
            d->into = eval_axis(s, item->kid[1]);
            ok = ok && d->into;
            item = item->kid[0];
        }
        int got = eval_axes(s, item, d->ax + d->n, 64 - d->n);
        ok = ok && (got || item->kind == SYN_PACK);
        d->n += got;
    }
    s->scope = saved;
    return ok;
}

// ---- same ----

bool same_begin(Sema *s, const Func *f, Span where)
{
    Draw d = {.f = f};
    if (!draw_axes(s, &d))
        return false;
    if (!d.n || d.into) {
        sema_error(s, DIAG_E0501, where, "`same[a](…)` names the axes along which is drawn once");
        return false;
    }
    s->same = axes_union(s->arena, s->same, axes_of(s->arena, d.ax, d.n));
    return true;
}

Value *call_same(Sema *s, const Func *f, const Args *args)
{
    (void)s, (void)f, (void)args->names, (void)args->n, (void)args->where, (void)args->hint;
    return args->at[0];
}

bool claim_name(Sema *s, Name name, Span where, const char *what)
{
    for (int i = 0; s->claims && i < s->claims->n; i++) {
        const Claim *c = &s->claims->at[i];
        if (c->name != name || (c->where.file == where.file && c->where.begin == where.begin))
            continue;
        Diag *d = sema_diag(s, DIAG_E0503, where, "two %s of one name, `%s`, in one body", what, name);
        diag_label(d, where, "again here");
        diag_label(d, c->where, "first here");
        diag_help(d, "name one of them, `… as other`, or give each a `let` of its own: what is drawn goes by the name");
        return false;
    }
    Claim c = {name, where};
    if (s->claims)
        vec_push(s->keep, s->claims, c);
    return true;
}

static Value *draw_normal(Sema *s, Draw *d) { return weak_draw(s, normal_node(s, d->name, d->ax, d->n), d->where); }
static Value *draw_uniform(Sema *s, Draw *d) { return weak_draw(s, uniform_node(s, d->name, d->ax, d->n), d->where); }
static Value *draw_gumbel(Sema *s, Draw *d) { return weak_draw(s, gumbel_node(s, d->name, d->ax, d->n), d->where); }

static const struct {
    const char *name;
    Value *(*draw)(Sema *s, Draw *d);
} draws[] = {
    {"normal", draw_normal},       {"uniform", draw_uniform}, {"gumbel", draw_gumbel},
    {"bernoulli", draw_bernoulli}, {"gamma", draw_gamma},     {"beta", draw_beta},
    {"truncated_normal", draw_truncated}, {"categorical", draw_categorical}, {"permutation", draw_permutation},
    {"pick", draw_pick},
};

Value *call_draw(Sema *s, const Func *f, const Args *args)
{
    Span where = args->where;
    Draw d = {.f = f, .args = args->at, .where = where};
    d.name = args->hint ? args->hint : s->naming ? path_join(s, s->naming, f->name) : f->name;
    if (s->in_fn)
        return helped(s, sema_error(s, DIAG_E0506, where, "a `fn` is pure and draws nothing: `%s` stands in blocks and experiments", f->name),
                      "declare it by `block`, or take what is drawn as an argument");
    if (!draw_axes(s, &d) || !claim_name(s, d.name, where, "draws"))
        return value_new(s, V_ERROR, where);
    size_t i = 0;
    while (strcmp(draws[i].name, f->name) != 0)  // each DRAW of builtin.c has a row
        i++;
    Value *v = draws[i].draw(s, &d);
    if (is_tensor(v) && v->axes.n == d.n + s->hidden.n && axes_contains(v->axes, axes_of(s->arena, d.ax, d.n))) {
        v->order = ARENA_ARRAY(s->arena, Axis *, d.n + 1);
        memcpy(v->order, d.ax, sizeof *d.ax * (size_t)d.n);
    }
    return v;
}
