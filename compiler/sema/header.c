// Brackets of functions and blocks: what a header asks for, and what a use gives it.
#include <string.h>

#include "sema/call.h"
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

// ---- what a use gives, matched with it ----

typedef struct {
    Syn  *item[HEADER_MOST];
    int   n, arrow;   // items from `arrow` on stand behind `->`; -1: no arrow
    Syn  *rest;       // `..`
    Syn  *over;       // for which there is no room, or NULL
    Value *const *args;  // of a call without a bracket
    int   nargs;
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
    } else {
        g->over = g->over ? g->over : n;
    }
}

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

bool header_takes_many(const HeaderItem *h) { return h->kind == HEADER_PACK || h->kind == HEADER_NUMBERS; }

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
        while (header_takes_many(&h->item[k]) && i < g->n && g->item[i]->kind != SYN_NAMED &&
               (behind || g->arrow < 0 || i < g->arrow)) {
            m->n[k]++;
            i++;
        }
        k++;
    }
    return true;
}

// The axes of the arguments, each once; none: "".
static const char *axes_of_arguments(Sema *s, Value *const *args, int n)
{
    AxisSet all = {0};
    for (int i = 0; i < n; i++)
        if (is_tensor(args[i]))
            all = axes_union(s->arena, all, value_visible(s, args[i]));
    Buf b = {0};
    for (int i = 0; i < all.n; i++)
        buf_printf(&b, "%s`%s`", i == 0 ? "" : i + 1 < all.n ? ", " : " or ", all.at[i]->name);
    const char *text = arena_strndup(s->arena, b.at ? b.at : "", b.n);
    buf_free(&b);
    return text;
}

bool header_missing(Sema *s, const Func *f, const HeaderItem *h, Value *const *args, int n, Span where)
{
    Diag *d = sema_diag(s, DIAG_E0501, where, "`%s` is not told its %s `%s`", f->name,
                        h->kind == HEADER_VALUE ? "value" : "axis", h->name);
    header_help(s, d, f);
    const char *axes = h->kind == HEADER_VALUE ? "" : axes_of_arguments(s, args, n);
    if (help_axes_in_brackets(s, d, f->name, args, n))
        return false;
    if (*axes)
        diag_help(d, "name it in the bracket, `%s[…]`: what is given has %s; nothing is taken by its spelling", f->name, axes);
    else
        diag_help(d, "write it in the bracket: `%s[…]`; nothing is taken from the caller by its spelling", f->name);
    return false;
}

static bool bind_item(Sema *s, Func *f, const HeaderItem *h, const Match *m, int k, Given *g, Scope *caller,
                      Scope *sc, Span where)
{
    if (m->item[k]) {
        s->scope = caller;
        return header_give(s, f, sc, h, m->item[k], m->n[k]);
    }
    if (h->fallback) {
        int before = diags_count(s->diags);
        s->scope = sc;
        bool good = header_give(s, f, sc, h, (Syn *[]){h->fallback}, 1);
        used_here(s, before, f, where);
        return good;
    }
    if (g->rest && h->kind == HEADER_AXIS)
        return header_give_rest(s, f, caller, sc, h, g->rest);
    if (header_takes_many(h))
        return header_give(s, f, sc, h, NULL, 0);
    return header_missing(s, f, h, g->args, g->nargs, where);
}

// Functions that the caller gives name its axes.
static void see_given(Sema *s, const Header *h, const Match *m, Scope *sc)
{
    Pairs p = pairs_of_scope(s, sc);
    for (int k = 0; p.n && k < h->n; k++)
        for (int i = 0; m->item[k] && i < sc->entries.n; i++) {
            Entry *e = sc->entries.at[i];
            if (e->kind == ENTRY_VALUE && e->name == h->item[k].name && (e->value->kind == V_FUNC || e->value->kind == V_MODEL))
                e->value = seen_as(s, e->value, &p, h->item[k].type->kind == SYN_BLOCK_TYPE ? h->item[k].type->kid[0] : NULL, sc);
        }
}

static Binding *bind_given(Sema *s, Func *f, Given *g, Syn *bracket, Span use)
{
    Header h;
    Match  m = {0};
    header_read(s, f, &h);
    if (g->over) {
        Diag *d = sema_diag(s, DIAG_E0501, g->over->where, "more than %d items in one bracket", HEADER_MOST);
        diag_help(d, "merge some axes: `x[(a, b) -> c]`");
        return NULL;
    }
    if (!take_named(s, f, &h, g, &m) || !take_in_order(s, f, &h, g, &m))
        return NULL;
    Scope *caller = s->scope, *sc = scope_new(s, f->scope);
    bool   ok = true;
    sc->frame = true;
    for (int k = 0; k < h.n && ok; k++)
        ok = bind_item(s, f, &h.item[k], &m, k, g, caller, sc, use);
    s->scope = caller;
    if (!ok)
        return NULL;
    see_given(s, &h, &m, sc);
    Binding *b = ARENA_NEW(s->arena, Binding);
    *b = (Binding){sc, bracket ? bracket->where : SPAN_NONE};
    return b;
}

Binding *bind_header(Sema *s, Func *f, Syn *bracket)
{
    Given g = {.arrow = -1};
    for (int i = 1; bracket && i < bracket->nkid; i++)
        flatten(&g, bracket->kid[i]);
    return bind_given(s, f, &g, bracket, bracket ? bracket->where : s->b ? s->b->where : f->decl->at);
}

Binding *bind_without(Sema *s, Func *f, Value *const *args, int n, Span where)
{
    Given g = {.arrow = -1, .args = args, .nargs = n};
    return bind_given(s, f, &g, NULL, where);
}
