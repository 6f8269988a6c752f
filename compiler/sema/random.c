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
        h = mixed(s, h, ir_iota(s->b, s->hidden.at[i]));
    for (int i = 0; i < n; i++)
        h = mixed(s, h, ir_iota(s->b, ax[i]));
    return h;
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

static Value *draw_bernoulli(Sema *s, Name name, Axis **ax, int n, Value *p, Span where)
{
    if (!is_tensor(p) || elem_class(p->elem) == ELEM_CLASS_BOOL)
        return sema_error(s, DIAG_E0309, where, "`bernoulli` takes a probability; this is %s", text_value(s, p));
    AxisSet all = value_visible(s, p);
    for (int i = 0; i < all.n && n < 64; i++) {
        bool have = false;
        for (int k = 0; k < n; k++)
            have = have || ax[k] == all.at[i];
        if (!have)
            ax[n++] = all.at[i];
    }
    Node *u = uniform_node(s, name, ax, n);
    return value_tensor(s, ir_binary(s->b, OP_LT, u, ir_convert(s->b, value_node(s, p), ELEM_F64)), where);
}

// The position of the largest logit with Gumbel noise: categorical by its logits.
static Value *draw_categorical(Sema *s, Name name, Axis **ax, int n, Value *logits, Span where)
{
    if (n != 1 || !is_tensor(logits) || !axes_has(value_visible(s, logits), ax[0]))
        return sema_error(s, DIAG_E0302, where, "`categorical[k](logits)` draws along an axis of its logits");
    AxisSet all = value_visible(s, logits);
    Node *noise = gumbel_node(s, name, all.at, all.n);
    Node *x = ir_binary(s->b, OP_ADD, ir_convert(s->b, value_node(s, logits), ELEM_F64), noise);
    Value *v = value_tensor(s, ir_reduce(s->b, OP_ARGMAX, x, ax, 1), where);
    v->pos = ax[0];
    return v;
}

static Value *draw_permutation(Sema *s, Name name, Axis **ax, int n, Span where)
{
    if (n != 1)
        return sema_error(s, DIAG_E0501, where, "`permutation[k]` permutes one axis");
    Node *in = random_bits(s, name, ax, n, 0);
    Attr  attr = {.ax = ax, .nax = 1};
    Value *v = value_tensor(s, ir_make(s->b, OP_ARGSORT, &in, 1, &attr), where);
    v->pos = ax[0];
    return v;
}

// pick[a -> k]: for each position of a, one along k.
static Value *draw_pick(Sema *s, Name name, Axis **ax, int n, Axis *into, Span where)
{
    if (!into)
        return sema_error(s, DIAG_E0501, where, "`pick[a -> k]` says along what it picks");
    Node *bits = ir_binary(s->b, OP_SHR, random_bits(s, name, ax, n, 0), ir_int(s->b, 1));
    Value *v = value_tensor(s, ir_binary(s->b, OP_IMOD, bits, ir_size(s->b, into->size)), where);
    v->pos = into;
    return v;
}

static bool draw_axes(Sema *s, const Func *f, Axis **ax, int *n, Axis **into)
{
    bool   ok = true;
    Scope *saved = s->scope;
    if (f->bracket)
        s->scope = f->bracket_scope;
    for (int i = 1; f->bracket && i < f->bracket->nkid; i++) {
        Syn *item = f->bracket->kid[i];
        if (item->kind == SYN_ARROW) {
            *into = eval_axis(s, item->kid[1]);
            ok = ok && *into;
            item = item->kid[0];
        }
        int got = eval_axes(s, item, ax + *n, 64 - *n);
        ok = ok && (got || item->kind == SYN_PACK);
        *n += got;
    }
    s->scope = saved;
    return ok;
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

Value *call_draw(Sema *s, const Func *f, Value **args, Name *names, int count, Span where, Name hint)
{
    (void)names;
    (void)count;
    Axis *ax[64], *into = NULL;
    int   n = 0;
    Name  name = hint ? hint : s->naming ? path_join(s, s->naming, f->name) : f->name;
    if (s->in_fn)
        return helped(s, sema_error(s, DIAG_E0506, where, "a `fn` is pure and draws nothing: `%s` stands in blocks and experiments", f->name),
                      "declare it by `block`, or take what is drawn as an argument");
    if (!draw_axes(s, f, ax, &n, &into) || !claim_name(s, name, where, "draws"))
        return value_new(s, V_ERROR, where);
    if (!strcmp(f->name, "normal"))
        return weak_draw(s, normal_node(s, name, ax, n), where);
    if (!strcmp(f->name, "uniform"))
        return weak_draw(s, uniform_node(s, name, ax, n), where);
    if (!strcmp(f->name, "gumbel"))
        return weak_draw(s, gumbel_node(s, name, ax, n), where);
    if (!strcmp(f->name, "bernoulli"))
        return draw_bernoulli(s, name, ax, n, args[0], where);
    if (!strcmp(f->name, "categorical"))
        return draw_categorical(s, name, ax, n, args[0], where);
    if (!strcmp(f->name, "permutation"))
        return draw_permutation(s, name, ax, n, where);
    return draw_pick(s, name, ax, n, into, where);
}
