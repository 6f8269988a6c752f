// An instance, or a function with its bracket, at other axes than it was given.
#include "sema/header.h"
#include "sema/model.h"

typedef struct {
    Entry *e;
    int    k;  // which of its pack; -1: an axis
} Place;

static bool stands_for(const Place *p, const Axis *a)
{
    return a && (p->k < 0 ? p->e->outside : p->e->pack_outside[p->k]) == a;
}

// What is to be replaced: the axis of that name here, if it was given; else the header's.
static bool find_place(Sema *s, const Scope *sc, Syn *item, Place *out)
{
    Entry *named = item->name ? scope_find(s, s->scope, item->name, SPAN_NONE) : NULL;
    Axis  *a = named && named->kind == ENTRY_AXIS ? named->axis : !item->name ? eval_key_axis(s, item) : NULL;
    for (int i = 0; i < sc->entries.n; i++) {
        Entry *e = sc->entries.at[i];
        for (int k = e->kind == ENTRY_PACK ? 0 : -1; k < e->npack; k++) {
            *out = (Place){e, k};
            if ((e->kind == ENTRY_AXIS || e->kind == ENTRY_PACK) && stands_for(out, a))
                return true;
        }
    }
    for (int i = 0; i < sc->entries.n; i++)
        if (sc->entries.at[i]->kind == ENTRY_AXIS && sc->entries.at[i]->name == item->name) {
            *out = (Place){sc->entries.at[i], -1};
            return true;
        }
    return false;
}

Scope *scope_copy(Sema *s, const Scope *sc)
{
    Scope *out = ARENA_NEW(s->arena, Scope);
    *out = *sc;
    out->entries.at = NULL;
    out->entries.n = out->entries.cap = 0;
    for (int i = 0; i < sc->entries.n; i++) {
        Entry *e = ARENA_NEW(s->arena, Entry);
        *e = *sc->entries.at[i];
        if (e->npack) {
            e->pack = ARENA_ARRAY(s->arena, Axis *, e->npack);
            e->pack_outside = ARENA_ARRAY(s->arena, Axis *, e->npack);
            for (int k = 0; k < e->npack; k++) {
                e->pack[k] = sc->entries.at[i]->pack[k];
                e->pack_outside[k] = sc->entries.at[i]->pack_outside[k];
            }
        }
        vec_push(s->arena, &out->entries, e);
    }
    return out;
}

static bool parameter_has(Sema *s, const Value *m, const Axis *a, Name path, Syn *item)
{
    for (int i = 0; m && i < m->nfields; i++) {
        Value *v = m->fields[i].value;
        Name   here = path_field(s, path, m->fields[i].name, i);
        if (parameter_has(s, v, a, here, item))
            return true;
        if (!is_tensor(v) || !axes_has(v->axes, a))
            continue;
        Diag *d = sema_diag(s, DIAG_E0501, item->where, "the instance cannot run at another axis for `%s`", a->name);
        diag_label(d, item->where, "its parameter `%s` has that axis: %s", here, text_value(s, v));
        diag_help(d, "make another instance; what the two share is supplied: `with (%s: …)`", here);
        return true;
    }
    return false;
}

void axis_rebound(Sema *s, Func *f, Scope *sc, Entry *e, int k, Axis *to)
{
    Axis **outside = k < 0 ? &e->outside : &e->pack_outside[k], **inside = k < 0 ? &e->axis : &e->pack[k];
    *outside = *inside = NULL;
    if (!to)
        return;
    *inside = header_inside(s, f, sc, e->name, to);
    *outside = to;
    e->given = e->guard = header_guard(s, to);
}

// An item that was left out and is the same axis as this one, `oh = h`, stays the same.
static void put_followers(Sema *s, Func *f, Scope *sc, const Entry *first, Axis *to)
{
    for (int i = 0; i < sc->entries.n; i++)
        if (sc->entries.at[i]->follows == first->name && first->name)
            axis_rebound(s, f, sc, sc->entries.at[i], -1, to);
}

static bool replace(Sema *s, Func *f, const Value *m, Scope *sc, Syn *item)
{
    Place p;
    if (item->kind != SYN_NAMED || !find_place(s, sc, item, &p)) {
        Diag *d = sema_diag(s, DIAG_E0501, item->where, "`%s` has its bracket, and no axis `%s` in it", f->name,
                            item->kind == SYN_NAMED && item->name ? item->name : text_syn(s, item));
        diag_note(d, f->bind->where.file >= 0 ? f->bind->where : f->decl->at, "its axes were bound here");
        diag_help(d, "`net[time: half]` runs it at `half` in the place of `time`");
        return false;
    }
    Axis *to = eval_axis(s, item->kid[0]);
    if (!to || parameter_has(s, m, p.k < 0 ? p.e->outside : p.e->pack_outside[p.k], NULL, item))
        return false;
    axis_rebound(s, f, sc, p.e, p.k, to);
    if (p.k < 0)
        put_followers(s, f, sc, p.e, to);
    return true;
}

Binding *bind_again(Sema *s, Func *f, const Value *m, Syn *bracket)
{
    if (!f->bind) {
        sema_error(s, DIAG_E0501, bracket->where, "`%s` has no bracket", f->name ? f->name : "this function");
        return NULL;
    }
    Scope *sc = scope_copy(s, f->bind->scope);
    for (int i = 1; i < bracket->nkid; i++)
        if (!replace(s, f, m, sc, bracket->kid[i]))
            return NULL;
    Binding *b = ARENA_NEW(s->arena, Binding);
    *b = (Binding){sc, bracket->where};
    return b;
}

// What a body makes of the size of an axis must come out the same.
static bool same_sizes(Sema *s, const Value *have, const Value *want, Name name, Syn *bracket)
{
    for (int i = 0; have->order && want->order && have->order[i] && want->order[i]; i++) {
        const char *what = name_format(s->names, "the parameter `%s` was made for another size of `%s`", name,
                                       have->order[i]->name);
        if (!need_equal(s, DIAG_E0401, have->order[i]->size, want->order[i]->size, bracket->where, what)) {
            diag_note(diags_last(s->diags), have->order[i]->where, "`%s` is declared here", have->order[i]->name);
            return false;
        }
    }
    return true;
}

bool same_parameters(Sema *s, const Value *m, const Value *again, Syn *bracket)
{
    for (int i = 0; i < m->nfields; i++) {
        const Value *v = m->fields[i].value;
        const Value *w = m->fields[i].name ? value_field(again, m->fields[i].name) : again->fields[i].value;
        if (!w || is_error(v) || is_error(w))
            continue;
        if (is_tensor(v) && is_tensor(w) ? !same_sizes(s, v, w, m->fields[i].name, bracket)
                                         : !same_parameters(s, v, w, bracket))
            return false;
    }
    return true;
}
