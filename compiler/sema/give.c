// What a use gives for one item of a header: an axis with its guard, a pack, a value; and what goes by itself.
#include <string.h>

#include "sema/call.h"
#include "sema/header.h"
#include "sema/interface.h"
#include "sema/numbers.h"

static Entry *header_entry(Sema *s, Scope *sc, const HeaderItem *h, EntryKind kind)
{
    return scope_put_quiet(s, sc, kind, h->name, h->at);
}

// The axis that stands inside for the caller's: itself, unless another item is bound to it already or the declaration
// itself names it, as one from around it.
Axis *header_inside(Sema *s, Func *f, const Scope *sc, Name name, Axis *outside)
{
    if (!header_meets(f, sc, name, outside) && !declaration_names(s, f, outside))
        return outside;
    return axis_copy(s->axes, outside);
}

static void put_axis(Sema *s, Func *f, Scope *sc, const HeaderItem *h, Axis *a)
{
    Axis  *inside = header_inside(s, f, sc, h->name, a);
    Entry *e = header_entry(s, sc, h, ENTRY_AXIS);
    e->axis = inside;
    e->outside = a;
    e->bound = true;
}

// A number given for an axis is told apart by it: `outs=8`.
static Name fresh_name(Sema *s, const HeaderItem *h, Syn *size)
{
    return size == h->fallback ? h->name : name_format(s->names, "%s=%s", h->name, text_syn(s, size));
}

static Axis *fresh_axis(Sema *s, const HeaderItem *h, Syn *size)
{
    const Size *z = eval_size(s, size);
    if (!z)
        return NULL;
    if (!need_positions(s, z, 1, h->name, size->where))
        return NULL;
    return axis_new(s->axes, fresh_name(s, h, size), z, size->where);
}

static bool names_axis(Sema *s, Syn *n)
{
    if (n->kind == SYN_FIELD && n->kid[0]->kind == SYN_NAME) {
        Entry *root = scope_find(s, s->scope, n->kid[0]->name, SPAN_NONE);
        return !root || root->kind != ENTRY_VALUE || root->value->kind != V_NUMBERS;
    }
    if (n->kind == SYN_TWIN || n->kind == SYN_FIELD)
        return true;
    if (n->kind != SYN_NAME)
        return false;
    Entry *e = scope_find(s, s->scope, n->name, SPAN_NONE);
    Value *v = e && e->kind == ENTRY_VALUE ? e->value : NULL;
    return !v || !is_tensor(v) || (!v->fixed && !(s->experiment && elem_class(v->elem) == ELEM_CLASS_INT && !v->axes.n));
}

// The guard under which the caller has the axis goes with it. (That of an axis with a bound is its own, everywhere.)
static void pass_guard(Sema *s, Entry *e)
{
    Value *g = header_guard(s, e->outside);
    if (g)
        e->given = e->given ? apply_binary(s, OPR_AND, e->given, g, e->where, e->where) : g;
}

static bool always_true(const Value *g)
{
    const Node *n = g->node;
    while (n && n->op == OP_EXPAND)
        n = n->in[0];
    return g->truth == TRUTH_TRUE || (n && n->op == OP_CONST && n->attr.i);
}

static bool give_guard(Sema *s, Entry *e, Syn *where, Syn *other)
{
    Value *g = evaluate(s, where->kid[1]);
    if (is_error(g))
        return false;
    if (!is_tensor(g) || elem_class(g->elem) != ELEM_CLASS_BOOL) {
        helped(s, sema_error(s, DIAG_E0312, where->kid[1]->where, "a guard is a bool; this is %s", text_value(s, g)),
                      "compare: `where t < len`");
        return false;
    }
    if (always_true(g))
        return true;
    e->given = g;
    e->guard_else = other ? evaluate(s, other) : NULL;
    return true;
}

// `k where g else e` without its guard.
static Syn *unguarded(Syn *n, Syn **guard, Syn **other)
{
    *guard = *other = NULL;
    if (n->kind == SYN_ELSE) {
        *other = n->kid[1];
        n = n->kid[0];
    }
    if (n->kind == SYN_WHERE) {
        *guard = n;
        n = n->kid[0];
    }
    return n;
}

static bool give_axis(Sema *s, Func *f, Scope *sc, const HeaderItem *h, Syn *n)
{
    Syn *guard, *other;
    n = unguarded(n, &guard, &other);
    bool  named = names_axis(s, n);
    Axis *a = named ? eval_axis(s, n) : fresh_axis(s, h, n);
    if (!a)
        return false;
    put_axis(s, f, sc, h, a);
    Entry *e = sc->entries.at[sc->entries.n - 1];
    e->own = !named;
    e->follows = named && n == h->fallback && n->kind == SYN_NAME ? n->name : NULL;
    bool   ok = !guard || give_guard(s, e, guard, other);
    pass_guard(s, e);
    return ok;
}

// A guarded axis of a pack gets an entry of its own, which no name finds.
static Entry *guard_entry(Sema *s, Scope *sc, const Entry *pack, int i)
{
    Entry *e = scope_put_quiet(s, sc, ENTRY_AXIS, name_format(s->names, "#guard%d", i), pack->where);
    e->axis = pack->pack[i];
    e->outside = pack->pack_outside[i];
    return e;
}

static bool has_guard_entry(const Scope *sc, const Axis *a)
{
    for (int i = 0; i < sc->entries.n; i++)
        if (sc->entries.at[i]->kind == ENTRY_AXIS && sc->entries.at[i]->axis == a)
            return true;
    return false;
}

static bool give_pack_guards(Sema *s, Scope *sc, const Entry *pack, Syn **item, int n)
{
    for (int i = 0; i < n; i++) {
        Syn *guard, *other;
        unguarded(item[i], &guard, &other);
        if (!guard || n != pack->npack)
            continue;
        Entry *e = guard_entry(s, sc, pack, i);
        if (!give_guard(s, e, guard, other))
            return false;
        pass_guard(s, e);
    }
    for (int i = 0; i < pack->npack; i++)
        if (header_guard(s, pack->pack_outside[i]) && !has_guard_entry(sc, pack->pack[i]))
            pass_guard(s, guard_entry(s, sc, pack, i));
    return true;
}

static bool give_pack(Sema *s, Func *f, Scope *sc, const HeaderItem *h, Syn **given, int n)
{
    Axis  *ax[HEADER_MOST];
    Syn   *item[HEADER_MOST], *guard, *other;
    int    count = 0;
    for (int i = 0; i < n; i++)
        item[i] = unguarded(given[i], &guard, &other);
    for (int i = 0; i < n; i++) {
        if (names_axis(s, item[i]) || item[i]->kind == SYN_PACK) {
            int got = eval_axes(s, item[i], ax + count, HEADER_MOST - count);
            if (!got && item[i]->kind != SYN_PACK) {
                Entry *e = item[i]->kind == SYN_NAME ? scope_find(s, s->scope, item[i]->name, SPAN_NONE) : NULL;
                if (!e || e->kind != ENTRY_PACK)
                    return false;
            }
            count += got;
        } else if (count < HEADER_MOST) {
            Axis *a = fresh_axis(s, h, item[i]);
            if (!a)
                return false;
            ax[count++] = a;
        }
    }
    Entry *e = header_entry(s, sc, h, ENTRY_PACK);
    e->npack = count;
    e->pack = ARENA_ARRAY(s->arena, Axis *, count + 1);
    e->pack_outside = ARENA_ARRAY(s->arena, Axis *, count + 1);
    for (int i = 0; i < count; i++) {
        e->npack = i;  // what is in the pack so far counts as taken
        e->pack_outside[i] = ax[i];
        e->pack[i] = header_inside(s, f, sc, h->name, ax[i]);
    }
    e->npack = count;
    return give_pack_guards(s, sc, e, given, n);
}

// What an item `name: type` of a bracket takes.
static const char *wanted(const Syn *type)
{
    static const char *const of[][2] = {
        {"int", "a whole number"}, {"bool", "`true` or `false`"}, {"real", "one number"}, {"block", "a block or function"}};
    for (size_t i = 0; i < sizeof of / sizeof *of; i++)
        if (type->kind == SYN_NAME ? !strcmp(type->name, of[i][0]) : type->kind == SYN_BLOCK_TYPE && !strcmp(of[i][0], "block"))
            return of[i][1];
    return "a value of this type";
}

static bool fits_value(Sema *s, Scope *sc, const HeaderItem *h, Value *v, Span where)
{
    if (is_error(v))
        return true;
    const char *want = h->type->kind == SYN_NAME ? h->type->name : NULL;
    bool ok = true;
    if (want && !strcmp(want, "int"))
        ok = is_tensor(v) && (v->fixed || (s->experiment && is_scalar(s, v) && elem_class(v->elem) == ELEM_CLASS_INT));
    else if (want && !strcmp(want, "bool"))
        ok = is_tensor(v) && elem_class(v->elem) == ELEM_CLASS_BOOL && v->truth != TRUTH_DYNAMIC;
    else if (want && !strcmp(want, "real"))
        ok = is_tensor(v) && elem_class(v->elem) != ELEM_CLASS_BOOL && value_visible(s, v).n == 0;
    else if (h->type->kind == SYN_BLOCK_TYPE)
        ok = v->kind == V_FUNC || v->kind == V_MODEL;
    if (ok)
        return h->type->kind != SYN_BLOCK_TYPE || meets_interface(s, v, h->name, h->type->kid[0], sc);
    Diag *d = sema_diag(s, DIAG_E0501, where, "`%s: %s` takes %s, known when compiled", h->name,
                        text_syn(s, h->type), wanted(h->type));
    diag_label(d, where, "%s", text_value(s, v));
    diag_note(d, h->at, "`%s` is declared here", h->name);
    return false;
}

static bool give_value(Sema *s, Scope *sc, const HeaderItem *h, Syn *n)
{
    Value *v = evaluate(s, n);
    if (!fits_value(s, sc, h, v, n->where))
        return false;
    if (is_tensor(v) && !v->fixed && s->experiment && h->type->kind == SYN_NAME && !strcmp(h->type->name, "int")) {
        const Size *z = eval_size(s, n);  // a value of an experiment is known when it runs
        v = z ? value_int(s, z, n->where) : value_new(s, V_ERROR, n->where);
    }
    if (is_tensor(v) && v->fixed && !need_nonneg(s, DIAG_E0501, v->fixed, n->where, name_format(s->names, "`%s: int` is at least 0", h->name)))
        return false;
    header_entry(s, sc, h, ENTRY_VALUE)->value = v;
    return !is_error(v);
}

bool header_give(Sema *s, Func *f, Scope *sc, const HeaderItem *h, Syn **item, int n)
{
    if (h->kind == HEADER_PACK)
        return give_pack(s, f, sc, h, item, n);
    if (h->kind == HEADER_NUMBERS)
        return (header_entry(s, sc, h, ENTRY_VALUE)->value = numbers_given(s, h, item, n)) != NULL;
    return h->kind == HEADER_AXIS ? give_axis(s, f, sc, h, item[0]) : give_value(s, sc, h, item[0]);
}

bool header_give_rest(Sema *s, Func *f, Scope *caller, Scope *sc, const HeaderItem *h, Syn *rest)
{
    Entry *e = scope_find(s, caller, h->name, SPAN_NONE);
    if (!e || e->kind != ENTRY_AXIS) {
        sema_error(s, DIAG_E0501, rest->where, "`..` finds no axis `%s` here", h->name);
        return false;
    }
    put_axis(s, f, sc, h, e->axis);
    pass_guard(s, sc->entries.at[sc->entries.n - 1]);
    return true;
}

// A reduction that comes with the language, with no axes named: over all that this scope sees of its argument.
bool reduces_all(const Sema *s, const Func *f)
{
    const Syn *b = f->kind == FUNC_DECL ? header_bracket(f) : NULL;
    return s->prelude && f->scope == s->prelude->scope && b && b->nkid == 1 && b->kid[0]->kind == SYN_PACK;
}

Binding *bind_all_axes(Sema *s, Func *f, const Value *x)
{
    Syn *b = header_bracket(f);
    if (!reduces_all(s, f) || !is_tensor(x))
        return NULL;
    AxisSet all = value_visible(s, x);
    Scope  *sc = scope_new(s, f->scope);
    sc->frame = true;
    Entry *e = scope_put_quiet(s, sc, ENTRY_PACK, b->kid[0]->kid[0]->name, b->kid[0]->where);
    e->npack = all.n;
    e->pack = e->pack_outside = all.at;
    for (int i = 0; i < all.n; i++)
        if (header_guard(s, all.at[i]))
            pass_guard(s, guard_entry(s, sc, e, i));
    Binding *bound = ARENA_NEW(s->arena, Binding);
    *bound = (Binding){sc, SPAN_NONE};
    return bound;
}
