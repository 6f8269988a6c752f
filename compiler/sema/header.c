// Brackets of functions and blocks: what a header asks for, and what a use gives it.
#include <string.h>

#include "sema/call.h"
#include "sema/header.h"
#include "sema/interface.h"
#include "sema/numbers.h"

// ---- what a header asks for ----

static void add_item(Sema *s, Header *h, Syn *n, bool out)
{
    HeaderItem it = {.out = out, .where = n->where};
    if (n->kind == SYN_ARROW) {
        add_item(s, h, n->kid[0], out);
        h->arrow = h->n;
        add_item(s, h, n->kid[1], true);
        return;
    }
    if (n->kind == SYN_LIST) {
        for (int i = 0; i < n->nkid; i++)
            add_item(s, h, n->kid[i], out);
        return;
    }
    if (n->kind == SYN_DEFAULT) {
        it.fallback = n->kid[1];
        n = n->kid[0];
    }
    if (n->kind == SYN_NAMED) {
        bool many = n->kid[0]->kind == SYN_PACK;
        it.kind = many ? HEADER_NUMBERS : HEADER_VALUE;
        it.type = many ? n->kid[0]->kid[0] : n->kid[0];
        while (it.type->kind == SYN_PAREN)  // as an interface stands in brackets
            it.type = it.type->kid[0];
        if (many && (it.type->kind != SYN_NAME || strcmp(it.type->name, "int") != 0))
            sema_error(s, DIAG_E0501, n->where, "a pack of values is of whole numbers: `%s: int...`", n->name);
    } else if (n->kind == SYN_PACK) {
        it.kind = HEADER_PACK;
        n = n->kid[0];
    } else if (n->kind != SYN_NAME) {  // reported when it was read
        return;
    }
    it.name = n->name;
    it.at = n->kind == SYN_NAME ? n->where : n->at;
    if (h->n < HEADER_MOST)
        h->item[h->n++] = it;
    else
        sema_error(s, DIAG_E0501, n->where, "more than %d items in one bracket", HEADER_MOST);
}

Syn *header_bracket(const Func *f)
{
    if (f->kind != FUNC_DECL)
        return NULL;
    return f->decl->kind == SYN_OPTIMIZER ? f->decl->kid[1] : f->decl->kid[0];
}

void header_read(Sema *s, const Func *f, Header *h)
{
    Syn *b = header_bracket(f);
    memset(h, 0, sizeof *h);
    h->arrow = -1;
    bool out = false;
    for (int i = 0; b && i < b->nkid; i++) {
        add_item(s, h, b->kid[i], out);
        out = h->arrow >= 0;
    }
}

bool header_complete(const Func *f)
{
    Syn *b = header_bracket(f);
    for (int i = 0; b && i < b->nkid; i++)
        if (b->kid[i]->kind != SYN_DEFAULT)
            return false;
    return true;
}

// ---- what a use gives ----

typedef struct {
    Syn  *item[HEADER_MOST];
    int   n, arrow;   // items from `arrow` on stand behind `->`; -1: no arrow
    Syn  *rest;       // `..`
} Given;

static void flatten(Given *g, Syn *n)
{
    if (n->kind == SYN_ARROW) {
        flatten(g, n->kid[0]);
        g->arrow = g->n;
        flatten(g, n->kid[1]);
    } else if (n->kind == SYN_LIST) {
        for (int i = 0; i < n->nkid; i++)
            flatten(g, n->kid[i]);
    } else if (n->kind == SYN_REST) {
        g->rest = n;
    } else if (g->n < HEADER_MOST) {
        g->item[g->n++] = n;
    }
}

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
    return size->kind == SYN_INT && size != h->fallback ? name_format(s->names, "%s=%lld", h->name, (long long)size->i)
                                                        : h->name;
}

static Axis *fresh_axis(Sema *s, const HeaderItem *h, Syn *size)
{
    const Size *z = eval_size(s, size);
    if (!z)
        return NULL;
    need_nonneg(s, DIAG_E0404, size_sub(s->sizes, z, size_const(s->sizes, 1)), size->where,
                name_format(s->names, "axis `%s` would have no positions", h->name));
    return axis_new(s->axes, fresh_name(s, h, size), z, size->where);
}

static bool names_axis(Sema *s, Syn *n)
{
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
    Axis *a = names_axis(s, n) ? eval_axis(s, n) : fresh_axis(s, h, n);
    if (!a)
        return false;
    put_axis(s, f, sc, h, a);
    Entry *e = sc->entries.at[sc->entries.n - 1];
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
    Diag *d = sema_diag(s, DIAG_E0501, where, "`%s: %s` needs such a value, known when compiled", h->name,
                        text_syn(s, h->type));
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

static bool give(Sema *s, Func *f, Scope *sc, const HeaderItem *h, Syn **item, int n)
{
    if (h->kind == HEADER_PACK)
        return give_pack(s, f, sc, h, item, n);
    if (h->kind == HEADER_NUMBERS)
        return (header_entry(s, sc, h, ENTRY_VALUE)->value = numbers_given(s, h, item, n)) != NULL;
    return h->kind == HEADER_AXIS ? give_axis(s, f, sc, h, item[0]) : give_value(s, sc, h, item[0]);
}

// ---- matching ----

typedef struct {
    Syn **item[HEADER_MOST];  // what each header item takes
    int   n[HEADER_MOST];
} Match;

static void header_help(Sema *s, Diag *d, const Func *f)
{
    Buf  b = {0};
    Syn *bracket = header_bracket(f);
    if (bracket)
        syntax_print(bracket, &b);
    diag_note(d, f->decl->at, "its header is `%s%s`", f->name, b.at ? b.at : "");
    (void)s;
    buf_free(&b);
}

static bool take_named(Sema *s, const Func *f, const Header *h, Given *g, Match *m)
{
    for (int i = 0; i < g->n; i++) {
        Syn *n = g->item[i];
        if (n->kind != SYN_NAMED)
            continue;
        int k = 0;
        while (k < h->n && h->item[k].name != n->name)
            k++;
        if (k == h->n) {
            Diag *d = sema_diag(s, DIAG_E0501, n->where, "`%s` has no `%s` in its bracket", f->name, n->name);
            const char *known[HEADER_MOST];
            for (int j = 0; j < h->n; j++)
                known[j] = h->item[j].name;
            suggest(d, n->at, n->name ? name_nearest(n->name, known, h->n) : NULL);
            header_help(s, d, f);
            return false;
        }
        m->item[k] = n->kid[0]->kind == SYN_TUPLE ? n->kid[0]->kid : &n->kid[0];
        m->n[k] = n->kid[0]->kind == SYN_TUPLE ? n->kid[0]->nkid : 1;
    }
    return true;
}

static bool too_many(Sema *s, const Func *f, Syn *n)
{
    Diag *d = sema_diag(s, DIAG_E0501, n->where, "`%s` does not take `%s` in its bracket", f->name, text_syn(s, n));
    header_help(s, d, f);
    diag_help(d, "give fewer, or by name: `name: axis`");
    return false;
}

static bool takes_many(const HeaderItem *h) { return h->kind == HEADER_PACK || h->kind == HEADER_NUMBERS; }

// Items in order, side by side of the arrow; a pack takes what is left of its side.
static bool take_in_order(Sema *s, const Func *f, const Header *h, Given *g, Match *m)
{
    int k = 0;
    for (int i = 0; i < g->n;) {
        if (g->item[i]->kind == SYN_NAMED) {
            i++;
            continue;
        }
        bool behind = g->arrow >= 0 && i >= g->arrow;
        while (k < h->n && (m->item[k] || (behind && h->arrow >= 0 && k < h->arrow)))
            k++;
        if (k == h->n || (g->arrow >= 0 && !behind && h->arrow >= 0 && k >= h->arrow) || (behind && h->arrow < 0))
            return too_many(s, f, g->item[i]);
        m->item[k] = &g->item[i];
        m->n[k] = 1;
        i++;
        while (takes_many(&h->item[k]) && i < g->n && g->item[i]->kind != SYN_NAMED &&
               (behind || g->arrow < 0 || i < g->arrow)) {
            m->n[k]++;
            i++;
        }
        k++;
    }
    return true;
}

static bool missing(Sema *s, const Func *f, const HeaderItem *h, Span where)
{
    Diag *d = sema_diag(s, DIAG_E0501, where, "`%s` is not told its %s `%s`", f->name,
                        h->kind == HEADER_VALUE ? "value" : "axis", h->name);
    header_help(s, d, f);
    diag_help(d, "write it in the bracket: `%s[…]`; nothing is taken from the caller by its spelling", f->name);
    return false;
}

static bool give_rest(Sema *s, Func *f, Scope *caller, Scope *sc, const HeaderItem *h, Syn *rest)
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

static bool bind_item(Sema *s, Func *f, const HeaderItem *h, const Match *m, int k, Given *g, Scope *caller,
                      Scope *sc, Span where)
{
    if (m->item[k]) {
        s->scope = caller;
        return give(s, f, sc, h, m->item[k], m->n[k]);
    }
    if (h->fallback) {
        s->scope = sc;
        return give(s, f, sc, h, (Syn *[]){h->fallback}, 1);
    }
    if (g->rest && h->kind == HEADER_AXIS)
        return give_rest(s, f, caller, sc, h, g->rest);
    if (takes_many(h))
        return give(s, f, sc, h, NULL, 0);
    return missing(s, f, h, where);
}

Binding *bind_header(Sema *s, Func *f, Syn *bracket)
{
    Header h;
    Given  g = {.arrow = -1};
    Match  m = {0};
    header_read(s, f, &h);
    for (int i = 1; bracket && i < bracket->nkid; i++)
        flatten(&g, bracket->kid[i]);
    if (!take_named(s, f, &h, &g, &m) || !take_in_order(s, f, &h, &g, &m))
        return NULL;
    Scope *caller = s->scope, *sc = scope_new(s, f->scope);
    Span   use = bracket ? bracket->where : s->b ? s->b->where : f->decl->at;
    bool   ok = true;
    sc->frame = true;
    for (int k = 0; k < h.n && ok; k++)
        ok = bind_item(s, f, &h.item[k], &m, k, &g, caller, sc, use);
    s->scope = caller;
    if (!ok)
        return NULL;
    Binding *b = ARENA_NEW(s->arena, Binding);
    *b = (Binding){sc, bracket ? bracket->where : SPAN_NONE};
    return b;
}

// ---- abstract headers ----

static void know(Sema *s, Contract *c, Name name, const Size *z)
{
    SizeVar *v;
    if (!size_is_var(z, &v))
        return;
    vec_push(s->arena, &c->vars, v);
    vec_push(s->arena, &c->var_names, name);
}

static Value *abstract_value(Sema *s, Scope *sc, const HeaderItem *h, Contract *c)
{
    const char *type = h->type->kind == SYN_NAME ? h->type->name : "";
    if (!strcmp(type, "int")) {
        Value *v = value_int(s, size_of_var(s->sizes, size_var_new(s->sizes, h->name, 0)), h->at);
        know(s, c, h->name, v->fixed);
        return v;
    }
    if (!strcmp(type, "bool")) {
        Value *v = value_tensor(s, ir_input(s->b, h->name, INPUT_SCALAR, ELEM_BOOL, (AxisSet){0}, NULL), h->at);
        v->truth = TRUTH_OPEN;
        return v;
    }
    if (!strcmp(type, "real")) {
        Value *v = value_tensor(s, ir_input(s->b, h->name, INPUT_SCALAR, ELEM_F64, (AxisSet){0}, NULL), h->at);
        v->weak = true;
        return v;
    }
    if (h->type->kind == SYN_BLOCK_TYPE && h->type->kid[0])
        return interface_value(s, h->name, h->type->kid[0], sc, h->at);
    return value_new(s, V_ERROR, h->at);
}

static void put_abstract(Sema *s, Scope *sc, const HeaderItem *it, Contract *c)
{
    if (it->kind == HEADER_NUMBERS) {
        scope_put(s, sc, ENTRY_VALUE, it->name, it->at)->value = numbers_abstract(s, it->name, it->at, c);
        return;
    }
    if (it->kind == HEADER_VALUE) {
        Value *v = abstract_value(s, sc, it, c);
        scope_put(s, sc, ENTRY_VALUE, it->name, it->at)->value = v;
        return;
    }
    SizeVar *v = size_var_new(s->sizes, name_format(s->names, "#%s", it->name), 1);
    Axis    *a = axis_new(s->axes, it->name, size_of_var(s->sizes, v), it->at);
    know(s, c, it->name, a->size);
    Entry *e = scope_put(s, sc, it->kind == HEADER_PACK ? ENTRY_PACK : ENTRY_AXIS, it->name, it->at);
    e->axis = e->outside = a;
    e->bound = true;
    a->pack = it->kind == HEADER_PACK;
    if (a->pack) {
        e->npack = 1;
        e->pack = e->pack_outside = ARENA_ARRAY(s->arena, Axis *, 1);
        e->pack[0] = a;
    }
}

static Binding *binding_of(Sema *s, const Func *f, Scope *sc)
{
    Binding *b = ARENA_NEW(s->arena, Binding);
    *b = (Binding){sc, f->decl->at};
    return b;
}

Binding *bind_abstract(Sema *s, Func *f, Contract *c)
{
    Header h;
    header_read(s, f, &h);
    Scope *sc = scope_new(s, f->scope);
    sc->frame = true;
    for (int k = 0; k < h.n; k++)
        put_abstract(s, sc, &h.item[k], c);
    return binding_of(s, f, sc);
}

Binding *bind_open(Sema *s, Func *f, Contract *c)
{
    Header h;
    header_read(s, f, &h);
    Scope *caller = s->scope, *sc = scope_new(s, f->scope);
    bool   ok = true;
    sc->frame = true;
    for (int k = 0; k < h.n && ok; k++) {
        const HeaderItem *it = &h.item[k];
        bool number = it->kind == HEADER_VALUE && it->type->kind == SYN_NAME && !strcmp(it->type->name, "int");
        s->scope = sc;
        if (it->fallback)
            ok = give(s, f, sc, it, (Syn *[]){it->fallback}, 1);
        else if (it->kind == HEADER_VALUE && !number)
            ok = missing(s, f, it, f->decl->at);
        else
            put_abstract(s, sc, it, c);
    }
    s->scope = caller;
    return ok ? binding_of(s, f, sc) : NULL;
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
