// Brackets of a tensor: index by positions, rename, split, merge, repeat; and update in part.
#include <string.h>

#include "sema/sema.h"

enum { MOST_AXES = 64 };

static bool tensor_has(Sema *s, const Value *x, Axis *a, Span where)
{
    AxisSet have = value_visible(s, x);
    if (axes_has(have, a))
        return true;
    Diag *d = sema_diag(s, DIAG_E0302, where, "the tensor has no axis `%s`", a->name);
    diag_label(d, x->where, "%s", text_axes(s, have));
    for (int i = 0; i < have.n; i++)
        if (have.at[i]->name == a->name)
            diag_note(d, have.at[i]->where, "its `%s` is another axis of that name, declared here", a->name);
    diag_help(d, have.n ? "it has %s" : "it is a scalar: %s", text_axes(s, have));
    return false;
}

// The axes that the items of one bracket have used up: each acts on another.
typedef struct {
    Axis *ax[MOST_AXES];
    Syn  *at[MOST_AXES];
    int   n;
} Used;

static bool use(Sema *s, Used *u, Axis *a, Syn *item)
{
    for (int i = 0; i < u->n; i++)
        if (u->ax[i] == a) {
            Diag *d = sema_diag(s, DIAG_E0303, item->where, "axis `%s` is used up twice in one bracket", a->name);
            diag_label(d, u->at[i]->where, "first here");
            diag_label(d, item->where, "and here");
            diag_help(d, "one item for each axis; its twin is another, `%s'`, and a second bracket acts on what the first gives", a->name);
            return false;
        }
    if (u->n == MOST_AXES) {
        sema_error(s, DIAG_E0501, item->where, "more than %d items in one bracket", MOST_AXES);
        return false;
    }
    u->ax[u->n] = a;
    u->at[u->n++] = item;
    return true;
}

// ---- index ----

typedef struct {
    Axis  *ax[MOST_AXES];
    Node  *pos[MOST_AXES];
    Value *other;   // the one `else` of all items, or NULL
    int    n;
} IndexItems;

static bool index_item(Sema *s, Value *x, Syn *item, Used *used, IndexItems *it)
{
    Axis  *a = eval_key_axis(s, item);
    Value *other;
    if (!a || !tensor_has(s, x, a, item->at) || !use(s, used, a, item))
        return false;
    Node *pos = eval_position(s, a, item->kid[0], &other);
    if (!pos)
        return false;
    it->ax[it->n] = a;
    it->pos[it->n++] = pos;
    if (other)
        it->other = other;
    return true;
}

static Value *apply_index(Sema *s, Value *x, IndexItems *it, Span where)
{
    Node *other = NULL;
    if (it->other) {
        Value *v[2] = {x, it->other};
        if (!is_tensor(it->other) || value_visible(s, it->other).n)
            return sema_error(s, DIAG_E0313, it->other->where, "what stands for outside positions is one number");
        if (!join_elems(s, v, 2, where, "`else`"))
            return value_new(s, V_ERROR, where);
        Value *y = value_like(s, value_node(s, v[0]), x);
        y->weak = v[0]->weak;
        y->where = x->where;
        x = y;
        other = value_node(s, v[1]);
    }
    Node  *n = ir_index(s->b, value_node(s, x), it->ax, it->pos, it->n, other);
    Value *out = value_tensor(s, n, where);
    out->weak = x->weak;
    out->pos = it->other ? NULL : x->pos;
    return out;
}

// ---- re-axis ----

typedef struct {
    Axis *from[MOST_AXES], *to[MOST_AXES];
    Syn  *at[MOST_AXES];
    int   n;
} Renames;

static bool twice(Sema *s, const Value *x, const Renames *r)
{
    AxisSet have = value_visible(s, x);
    for (int i = 0; i < r->n; i++) {
        bool clash = axes_has(have, r->to[i]);
        for (int j = 0; j < r->n; j++) {
            clash = clash && r->from[j] != r->to[i];
            clash = clash || (j != i && r->to[j] == r->to[i]);
        }
        if (!clash)
            continue;
        Diag *d = sema_diag(s, DIAG_E0303, r->at[i]->where, "the result would hold axis `%s` twice", r->to[i]->name);
        diag_label(d, x->where, "%s", text_axes(s, have));
        if (axes_has(have, r->to[i]))
            diag_help(d, "the diagonal is `x[%s: %s]`; or rename to another axis", r->to[i]->name, r->from[i]->name);
        else
            diag_help(d, "two axes become one by a merge, `x[(a, b) -> c]`, or by a diagonal, `x[b: a]`; else name two");
        return true;
    }
    return false;
}

static Value *apply_renames(Sema *s, Value *x, const Renames *r, Span where)
{
    if (twice(s, x, r))
        return value_new(s, V_ERROR, where);
    for (int i = 0; i < r->n; i++) {
        const char *what = name_format(s->names, "`%s` cannot become `%s`", r->from[i]->name, r->to[i]->name);
        if (!need_equal(s, DIAG_E0401, r->from[i]->size, r->to[i]->size, r->at[i]->where, what)) {
            Diag *d = diags_last(s->diags);
            diag_note(d, r->from[i]->where, "`%s` is declared here", r->from[i]->name);
            diag_note(d, r->to[i]->where, "`%s` is declared here", r->to[i]->name);
            return value_new(s, V_ERROR, where);
        }
    }
    Value *out = value_like(s, ir_rename(s->b, value_node(s, x), r->from, r->to, r->n), x);
    out->where = where;
    return out;
}

static const Size *product(Sema *s, Axis *const *ax, int n)
{
    const Size *z = size_const(s->sizes, 1);
    for (int i = 0; i < n; i++)
        z = size_mul(s->sizes, z, ax[i]->size);
    return z;
}

static bool names_pack(Sema *s, const Syn *n)
{
    const Syn *head = n->kind == SYN_PACK ? n->kid[0] : n;
    Entry     *e = head->kind == SYN_NAME ? scope_find(s, s->scope, head->name, n->where) : NULL;
    return e && e->kind == ENTRY_PACK;
}

// How many axes are named: of empty packs none; -1: reported.
static int tuple_axes(Sema *s, Syn *n, Axis **out)
{
    int count = 0, many = n->kind == SYN_TUPLE || n->kind == SYN_PAREN ? n->nkid : 1;
    for (int i = 0; i < many; i++) {
        Syn *part = n->kind == SYN_TUPLE || n->kind == SYN_PAREN ? n->kid[i] : n;
        int  got = eval_axes(s, part, out + count, MOST_AXES - count);
        if (!got && !names_pack(s, part))
            return -1;
        count += got;
    }
    return count;
}

static bool is_group(const Syn *n) { return n->kind == SYN_TUPLE || n->kind == SYN_PAREN || n->kind == SYN_PACK; }

static Value *apply_split(Sema *s, Value *x, Syn *item, Axis *from, Axis **to, int n)
{
    const char *what = name_format(s->names, "`%s` cannot be split so", from->name);
    AxisSet     rest = axes_minus(s->arena, value_visible(s, x), axes_of(s->arena, &from, 1));
    for (int i = 0; i < n; i++)
        if (axes_has(rest, to[i]) || axes_has(axes_of(s->arena, to, i), to[i]))
            return sema_error(s, DIAG_E0303, item->where, "the result would hold axis `%s` twice", to[i]->name);
    if (!need_equal(s, DIAG_E0401, from->size, product(s, to, n), item->where, what))
        return value_new(s, V_ERROR, item->where);
    if (n == 0) {  // into an empty pack: its one position
        Node *first = ir_int(s->b, 0);
        return value_like(s, ir_index(s->b, value_node(s, x), &from, &first, 1, NULL), x);
    }
    return value_like(s, ir_split(s->b, value_node(s, x), from, to, n), x);
}

static Value *apply_merge(Sema *s, Value *x, Syn *item, Axis **from, int n, Axis *to)
{
    const char *what = name_format(s->names, "these axes cannot be merged to `%s`", to->name);
    AxisSet     rest = axes_minus(s->arena, value_visible(s, x), axes_of(s->arena, from, n));
    if (axes_has(rest, to))
        return sema_error(s, DIAG_E0303, item->where, "the result would hold axis `%s` twice", to->name);
    if (!need_equal(s, DIAG_E0401, product(s, from, n), to->size, item->where, what))
        return value_new(s, V_ERROR, item->where);
    if (n == 0)
        return value_like(s, ir_expand(s->b, value_node(s, x), axes_of(s->arena, &to, 1)), x);
    return value_like(s, ir_merge(s->b, value_node(s, x), from, n, to), x);
}

// `a -> (b, c)` splits, `(a, b) -> c` merges; NULL when the item is a plain rename (put in r) or was reported.
static Value *arrow_item(Sema *s, Value *x, Syn *item, Used *used, Renames *r, bool *ok)
{
    Axis *from[MOST_AXES], *to[MOST_AXES];
    int   nfrom = tuple_axes(s, item->kid[0], from), nto = tuple_axes(s, item->kid[1], to);
    *ok = nfrom >= 0 && nto >= 0;
    for (int i = 0; *ok && i < nfrom; i++)
        *ok = use(s, used, from[i], item) && tensor_has(s, x, from[i], item->kid[0]->where);
    if (!*ok)
        return NULL;
    if (!is_group(item->kid[0]) && !is_group(item->kid[1]) && nfrom == 1 && nto == 1) {  // the name of a pack may be any number
        r->from[r->n] = from[0];
        r->to[r->n] = to[0];
        r->at[r->n++] = item;
        return NULL;
    }
    if (nfrom == nto && (item->kid[0]->kind == SYN_PACK || item->kid[0]->kind == SYN_NAME)) {  // pack by pack
        for (int i = 0; i < nfrom; i++, r->n++) {
            r->from[r->n] = from[i];
            r->to[r->n] = to[i];
            r->at[r->n] = item;
        }
        return NULL;
    }
    x = under_bounds_of(s, x, from, nfrom);
    if (is_error(x))
        return x;
    if (nfrom == 1)
        return apply_split(s, x, item, from[0], to, nto);
    if (nto == 1)
        return apply_merge(s, x, item, from, nfrom, to[0]);
    sema_error(s, DIAG_E0501, item->where, "split one axis into several, or merge several into one");
    *ok = false;
    return NULL;
}

static Value *repeat_item(Sema *s, Value *x, Syn *item)
{
    Axis *ax[MOST_AXES];
    int   n = tuple_axes(s, item->kid[0], ax);
    if (n < 0)
        return value_new(s, V_ERROR, item->where);
    for (int i = 0; i < n; i++)
        if (axes_has(value_visible(s, x), ax[i]))
            return helped(s, sema_error(s, DIAG_E0303, item->where, "the tensor has axis `%s` already: %s", ax[i]->name,
                              text_axes(s, value_visible(s, x))),
                      "a second axis of its size is its twin: `x[+%s']`", ax[i]->name);
    return value_like(s, ir_expand(s->b, value_node(s, x), axes_of(s->arena, ax, n)), x);
}

static Value *not_an_item(Sema *s, Value *x, Syn *item)
{
    Diag *d = sema_diag(s, DIAG_E0501, item->where, "a tensor's brackets index or rename");
    diag_label(d, x->where, "%s", text_value(s, x));
    AxisSet have = value_visible(s, x);
    if (have.n && (item->kind == SYN_INT || item->kind == SYN_UNARY))
        diag_help(d, "an axis is indexed by its name: `x[%s: %s]`%s", have.at[0]->name,
                  item->kind == SYN_INT ? text_syn(s, item) : name_format(s->names, "#%s - 1", have.at[0]->name),
                  item->kind == SYN_INT ? "" : " is the last one");
    else
        diag_help(d, "`x[k: i]` indexes, `x[a -> b]` renames, `x[+k]` repeats");
    return value_new(s, V_ERROR, item->where);
}

// All items of one bracket act on x: first what repeats, splits and merges, then renames together, then positions
// together.
Value *apply_bracket(Sema *s, Value *x, Syn *n)
{
    Renames    r = {0};
    IndexItems it = {0};
    Used       used = {0};
    bool       ok = true;
    Value     *base = x;
    for (int i = 1; i < n->nkid && ok; i++) {
        Syn *item = n->kid[i];
        if (item->kind == SYN_NAMED) {
            ok = index_item(s, base, item, &used, &it);
        } else if (item->kind == SYN_ARROW && item->kid[1]->kind != SYN_NAMED) {
            Value *v = arrow_item(s, x, item, &used, &r, &ok);
            x = v ? v : x;
        } else if (item->kind == SYN_PLUS_AXIS) {
            x = repeat_item(s, x, item);
        } else {
            x = not_an_item(s, x, item);
        }
        ok = ok && !is_error(x);
    }
    if (!ok)
        return value_new(s, V_ERROR, n->where);
    x = under_bounds_of(s, x, r.from, r.n);
    x = is_error(x) ? x : under_bounds_of(s, x, it.ax, it.n);
    if (is_error(x))
        return x;
    if (r.n)
        x = apply_renames(s, x, &r, n->where);
    if (it.n && !is_error(x))
        x = apply_index(s, x, &it, n->where);
    if (!is_error(x)) {
        Value *out = ARENA_NEW(s->arena, Value);
        *out = *x;
        out->where = n->where;
        out->order = NULL;
        out->leaf = false;
        return out;
    }
    return x;
}

// ---- update in part ----

static bool update_fits(Sema *s, Value *x, const IndexItems *it, Value *v, Operator op, Syn *n)
{
    AxisSet rest = axes_minus(s->arena, value_visible(s, x), axes_of(s->arena, it->ax, it->n));
    AxisSet have = value_visible(s, v);
    bool    spread = false;
    for (int i = 0; i < it->n; i++) {
        AxisSet p = axes_minus(s->arena, it->pos[i]->type.axes, s->hidden);
        spread = spread || p.n;
        rest = axes_union(s->arena, rest, p);
    }
    if (spread && op == OPR_SET) {
        Diag *d = sema_diag(s, DIAG_E0313, n->where, "there is no scatter that sets: two positions may be one place");
        diag_help(d, "`+=` adds all that meet; or loop over the positions");
        return false;
    }
    if (axes_contains(rest, have))
        return true;
    Diag *d = sema_diag(s, DIAG_E0301, n->where, "the value has axes that its place has not");
    diag_label(d, v->where, "%s", text_axes(s, have));
    diag_label(d, n->where, "%s", text_axes(s, rest));
    return false;
}

static AxisSet position_axes(Sema *s, const IndexItems *it)
{
    AxisSet all = {0};
    for (int i = 0; i < it->n; i++)
        all = axes_union(s->arena, all, it->pos[i]->type.axes);
    return all;
}

// The old value, at what the new one is lifted over and it is not.
static Node *node_set(Sema *s, Node *old, const IndexItems *it, Node *v)
{
    old = ir_expand(s->b, old, axes_union(s->arena, v->type.axes, position_axes(s, it)));
    return ir_update(s->b, old, it->ax, it->pos, it->n, v);
}

// One place for each element of v: it is read and set. Else v is summed into its places over the axes of the positions
// that x has not.
static Node *node_added(Sema *s, Node *x, const IndexItems *it, Node *v)
{
    AxisSet from = position_axes(s, it);
    AxisSet rest = axes_minus(s->arena, x->type.axes, axes_of(s->arena, it->ax, it->n));
    AxisSet summed = axes_minus(s->arena, axes_minus(s->arena, from, rest), s->hidden);
    if (!summed.n) {
        Node *here = ir_index(s->b, x, it->ax, it->pos, it->n, ir_const(s->b, x->type.elem, 0));
        return node_set(s, x, it, ir_binary(s->b, OP_ADD, here, v));
    }
    v = ir_expand(s->b, v, axes_union(s->arena, from, rest));
    return ir_binary(s->b, OP_ADD, x,
                     ir_scatter(s->b, OP_SCATTER_ADD, v, summed.at, summed.n, it->ax, it->pos, it->n));
}

Value *update_bracket(Sema *s, Value *x, Syn *n, Operator op, Value *v)
{
    IndexItems it = {0};
    Used       used = {0};
    for (int i = 1; i < n->nkid; i++)
        if (n->kid[i]->kind != SYN_NAMED || !index_item(s, x, n->kid[i], &used, &it))
            return n->kid[i]->kind != SYN_NAMED ? not_an_item(s, x, n->kid[i]) : value_new(s, V_ERROR, n->where);
    if (is_error(v) || !is_tensor(v))
        return is_error(v) ? v : sema_error(s, DIAG_E0313, v->where, "a part of a tensor takes a tensor");
    Value *pair[2] = {x, v};
    if (!update_fits(s, x, &it, v, op, n) || !join_elems(s, pair, 2, n->where, "an update"))
        return value_new(s, V_ERROR, n->where);
    Value *new = op == OPR_SUB_SET ? apply_unary(s, OPR_NEG, pair[1], v->where) : pair[1];
    Node  *out = (op == OPR_SET ? node_set : node_added)(s, value_node(s, pair[0]), &it, value_node(s, new));
    Value *res = value_tensor(s, out, n->where);
    res->weak = pair[0]->weak;
    res->pos = x->pos && v->pos == x->pos ? x->pos : NULL;
    return res;
}
