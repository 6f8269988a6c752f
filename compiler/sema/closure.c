// Functions that outlive the program that made them. A function of an experiment's line may hold what the line computed:
// the point of a derivative, or what the names that its text sees stand for. Those values become fields of the
// function's value, tensors of the host like all that lives between lines; at a call, the scopes of the function are made
// again with those values in the place of the old ones.
#include "sema/sema.h"

enum { MOST_SCOPES = 256, MOST_CAPTURED = 64 };

typedef struct {
    Scope *scope[MOST_SCOPES];     // made in the line: gone with its program
    int    nscope;
    Entry *entry[MOST_CAPTURED];   // of them, those that hold nodes and that some function's text names
    int    n;
    const Func *seen[MOST_SCOPES]; // functions whose text was gone through
    int    nseen;
    bool   full;
} Captured;

static bool is_closure(const Value *v) { return v->kind == V_FUNC && !v->func->kept && !derivative_at_point(v->func); }

// ---- what a value holds of the program at hand ----

static bool is_own(const Sema *s, const Node *n)
{
    const Region *r = n ? n->home : NULL;
    while (r && r->outer)
        r = r->outer;
    return r && r == s->b->program->main && n->op != OP_CONST;
}

// Nodes, and tensors that another turn of the line has others for; but for those behind the names that its functions see.
static bool holds_nodes(const Sema *s, const Value *v)
{
    if (!v)
        return false;
    if (v->kind == V_TENSOR)
        return v->host || (!v->fixed && !v->truth && is_own(s, v->node));
    bool holds = v->kind == V_FUNC && !v->func->kept && derivative_at_point(v->func);
    for (int i = 0; i < v->nfields && !holds; i++)
        holds = holds_nodes(s, v->fields[i].value);
    return holds;
}

static bool was_there(const Sema *s, const Scope *sc)
{
    for (const Scope *o = s->scope; o; o = o->outer)
        if (o == sc)
            return true;
    return false;
}

static int number_of(const Captured *c, const Scope *sc)
{
    int i = 0;
    while (i < c->nscope && c->scope[i] != sc)
        i++;
    return i;
}

static void reach_scopes(Sema *s, Captured *c, const Func *f);

static void reach(Sema *s, Captured *c, const Value *v)
{
    if (!v)
        return;
    if (is_closure(v)) {
        reach_scopes(s, c, v->func);
        for (int i = 0; i < v->func->nheld; i++)
            reach(s, c, v->func->held[i]);
    }
    for (int i = 0; i < v->nfields; i++)
        reach(s, c, v->fields[i].value);
}

static void capture(Sema *s, Captured *c, Entry *e)
{
    for (int i = 0; i < c->n; i++)
        if (c->entry[i] == e)
            return;
    if (holds_nodes(s, e->value))
        c->entry[c->n++] = e;
    else
        reach(s, c, e->value);
}

static bool was_seen(const Captured *c, const Func *f, const Syn *text)
{
    for (int i = 0; i < c->nseen; i++) {
        const Func *g = c->seen[i];
        if (text ? g->decl == f->decl && g->bracket == f->bracket && g->scope == f->scope : g->bracket_scope == f->bracket_scope)
            return true;
    }
    return false;
}

// What has no text (a choice between functions) is made of names that no program writes.
static bool names(const Syn *text, const Entry *e)
{
    return e->kind == ENTRY_VALUE && (text ? mentioned(text, e->name) : e->name[0] == '#');
}

// Only what its text names: an instance that is given a function stands in the function's scope, too.
static void reach_scopes(Sema *s, Captured *c, const Func *f)
{
    const Syn *text = f->kind == FUNC_BUILTIN ? f->bracket : f->decl;
    Scope     *sc = f->kind == FUNC_BUILTIN ? f->bracket_scope : f->scope;
    c->full = c->full || c->nseen == MOST_SCOPES;
    if (!sc || c->full || was_seen(c, f, text))
        return;
    c->seen[c->nseen++] = f;
    for (; sc && !was_there(s, sc); sc = sc->outer) {
        bool new = number_of(c, sc) == c->nscope;
        c->full = c->full || (new && c->nscope == MOST_SCOPES) || c->n + sc->entries.n >= MOST_CAPTURED;
        if (c->full)
            return;
        if (new)
            c->scope[c->nscope++] = sc;
        for (int i = 0; i < sc->entries.n; i++)
            if (names(text, sc->entries.at[i]))
                capture(s, c, sc->entries.at[i]);
    }
}

static bool is_to_keep(Sema *s, const Value *v)
{
    bool needs = v->kind == V_FUNC && holds_nodes(s, v);
    if (v->kind == V_FUNC && !needs && is_closure(v)) {
        Captured *c = ARENA_NEW(s->arena, Captured);
        reach(s, c, v);
        needs = c->n || c->full;
    }
    return needs;
}

static bool needs_keeping(Sema *s, Value *v);

static Value *look_at_held(Sema *s, Value *v, void *user)
{
    bool *needs = user;
    *needs = *needs || needs_keeping(s, v);
    return v;
}

static bool needs_keeping(Sema *s, Value *v)
{
    bool needs = is_to_keep(s, v);
    for (int i = 0; i < v->nfields && !needs; i++)
        needs = needs_keeping(s, v->fields[i].value);
    if (!needs)
        value_map_held(s, v, look_at_held, &needs);
    return needs;
}

// ---- keeping ----

static Value *closure_kept(Sema *s, const Value *f, Span where)
{
    Captured *c = ARENA_NEW(s->arena, Captured);
    Func     *g = ARENA_NEW(s->arena, Func);
    Value    *v = ARENA_NEW(s->arena, Value);
    reach(s, c, f);
    if (c->full)
        return sema_absent(s, where, "a function that holds so many computed names");
    *g = *f->func;
    g->kept = c;
    *v = *f;
    v->func = g;
    v->nfields = c->n;
    v->fields = ARENA_ARRAY(s->arena, Field, c->n + 1);
    for (int i = 0; i < c->n; i++) {
        Value *held = functions_kept(s, c->entry[i]->value, where);
        if (is_error(held))
            return held;
        v->fields[i] = (Field){c->entry[i]->name, held};
    }
    return v;
}

typedef struct {
    Span   where;
    Value *wrong;
} Keeping;

static Value *keep_held(Sema *s, Value *v, void *user)
{
    Keeping *k = user;
    Value   *kept = functions_kept(s, v, k->where);
    k->wrong = is_error(kept) ? kept : k->wrong;
    return kept;
}

Value *functions_kept(Sema *s, Value *v, Span where)
{
    Keeping k = {where, NULL};
    if (!needs_keeping(s, v))
        return v;
    v = value_map_held(s, v, keep_held, &k);
    if (k.wrong || (v->kind == V_FUNC && !is_to_keep(s, v)))
        return k.wrong ? k.wrong : v;
    if (v->kind == V_FUNC)
        return derivative_at_point(v->func) ? derivative_kept(s, v) : closure_kept(s, v, where);
    Value *out = ARENA_NEW(s->arena, Value);
    *out = *v;
    out->fields = ARENA_ARRAY(s->arena, Field, v->nfields + 1);
    for (int i = 0; i < v->nfields; i++) {
        out->fields[i] = (Field){v->fields[i].name, functions_kept(s, v->fields[i].value, where)};
        if (is_error(out->fields[i].value))
            return out->fields[i].value;
    }
    return out;
}

// ---- at a call ----

typedef struct {
    Sema           *s;
    const Captured *c;
    const Value    *f;
    Scope          *scope[MOST_SCOPES];  // the new ones, by number
} Here;

static Scope *scope_here(const Here *h, Scope *sc)
{
    int i = sc ? number_of(h->c, sc) : 0;
    return sc && i < h->c->nscope ? h->scope[i] : sc;
}

static Value *value_here(const Here *h, Value *v);

static Func *func_here(const Here *h, const Func *f)
{
    Func *g = ARENA_NEW(h->s->arena, Func);
    *g = *f;
    g->kept = NULL;
    g->scope = scope_here(h, f->scope);
    g->bracket_scope = scope_here(h, f->bracket_scope);
    g->held = ARENA_ARRAY(h->s->arena, Value *, f->nheld + 1);
    for (int i = 0; i < f->nheld; i++)
        g->held[i] = value_here(h, f->held[i]);
    return g;
}

static Value *value_here(const Here *h, Value *v)
{
    if (!v || (!is_closure(v) && !v->nfields))
        return v;
    Value *out = ARENA_NEW(h->s->arena, Value);
    *out = *v;
    if (is_closure(v))
        out->func = func_here(h, v->func);
    out->fields = ARENA_ARRAY(h->s->arena, Field, v->nfields + 1);
    for (int i = 0; i < v->nfields; i++)
        out->fields[i] = (Field){v->fields[i].name, value_here(h, v->fields[i].value)};
    return out;
}

static Entry *entry_here(const Here *h, Entry *e)
{
    if (e->kind != ENTRY_VALUE)
        return e;
    Entry *out = ARENA_NEW(h->s->arena, Entry);
    *out = *e;
    for (int i = 0; i < h->c->n; i++)
        if (h->c->entry[i] == e) {
            out->value = h->f->fields[i].value;
            return out;
        }
    out->value = value_here(h, e->value);
    return out;
}

static const Func *closure_here(Sema *s, const Value *f)
{
    Here *h = ARENA_NEW(s->arena, Here);
    *h = (Here){.s = s, .c = f->func->kept, .f = f};
    for (int i = 0; i < h->c->nscope; i++) {
        h->scope[i] = ARENA_NEW(s->arena, Scope);
        *h->scope[i] = *h->c->scope[i];
    }
    for (int i = 0; i < h->c->nscope; i++) {
        Scope *sc = h->scope[i];
        Entry **old = sc->entries.at;
        sc->outer = scope_here(h, sc->outer);
        sc->entries.at = ARENA_ARRAY(s->arena, Entry *, sc->entries.n + 1);
        sc->entries.cap = sc->entries.n;
        for (int k = 0; k < sc->entries.n; k++)
            sc->entries.at[k] = entry_here(h, old[k]);
    }
    return func_here(h, f->func);
}

const Func *function_here(Sema *s, const Value *f)
{
    if (!f->func->kept)
        return f->func;
    return derivative_at_point(f->func) ? derivative_here(s, f) : closure_here(s, f);
}
