// Packs of numbers. One that is known has a field a number; while a body is checked its length is a size variable, and
// what is taken from it is made when it is first asked for.
#include "sema/numbers.h"

#include <string.h>

#include "sema/step.h"
#include "sema/walk.h"

// Of a pack that is not known yet.
typedef struct {
    Value    *first, *rest;
    Name      name;       // as contracts know it: `widths`, `widths.rest`
    Contract *contract;
} Unknown;

static Value *numbers_of(Sema *s, Value **number, int n, Span where)
{
    Value *v = value_new(s, V_NUMBERS, where);
    v->nfields = n;
    v->fixed = size_const(s->sizes, n);
    v->fields = ARENA_ARRAY(s->arena, Field, n + 1);
    for (int i = 0; i < n; i++)
        v->fields[i].value = number[i];
    return v;
}

static Value *unknown(Sema *s, Name name, const Size *length, Span where, Contract *c)
{
    Value   *v = value_new(s, V_NUMBERS, where);
    Unknown *u = ARENA_NEW(s->arena, Unknown);
    *u = (Unknown){.name = name, .contract = c};
    v->extra = u;
    v->fixed = length;
    return v;
}

static const Size *known_to(Sema *s, Contract *c, Name name, int64_t least)
{
    SizeVar *v = size_var_new(s->sizes, name, least);
    if (c) {
        vec_push(s->arena, &c->vars, v);
        vec_push(s->arena, &c->var_names, name);
    }
    return size_of_var(s->sizes, v);
}

Value *numbers_abstract(Sema *s, Name name, Span where, Contract *c)
{
    return unknown(s, name, known_to(s, c, name_format(s->names, "#%s", name), 0), where, c);
}

// ---- giving ----

typedef struct {
    Value *at[HEADER_MOST];
    int    n;
    Value *whole;  // a pack that is not known yet: it can only be handed on whole
} Giving;

static bool give_number(Sema *s, const HeaderItem *h, Syn *n, Giving *g)
{
    const Size *z = eval_size(s, n);
    if (!z)
        return false;
    if (!need_nonneg(s, DIAG_E0501, size_sub(s->sizes, z, size_const(s->sizes, 1)), n->where,
                     name_format(s->names, "the numbers of `%s: int...` are at least 1", h->name)))
        return false;
    if (!s->host)  // whatever it is: checked when it is known
        vec_push(s->arena, &s->facts, size_sub(s->sizes, z, size_const(s->sizes, 1)));
    if (g->n < HEADER_MOST)
        g->at[g->n++] = value_int(s, z, n->where);
    return true;
}

// In an experiment: as many as the axis has, each known when it runs.
static bool give_tensor(Sema *s, const HeaderItem *h, Value *v, Giving *g, Span where)
{
    int64_t n;
    if (elem_class(v->elem) != ELEM_CLASS_INT || v->axes.n != 1)
        return false;
    if (!s->host) {
        g->whole = unknown(s, h->name, v->axes.at[0]->size, where, NULL);
        return true;
    }
    if (!v->host || !size_is_const(v->axes.at[0]->size, &n) || n > HEADER_MOST)
        return false;
    if (s->number_read)
        *s->number_read = true;
    for (int64_t i = 0; i < n; i++) {
        double x = v->host->known ? tensor_number(v->host, i)
                                  : walk_decision(s, v->host->hollow ? 1 : tensor_number(v->host, i));
        if (x < 1) {
            sema_error(s, DIAG_E0501, where, "the numbers of `%s: int...` are at least 1; this has %g", h->name, x);
            return false;
        }
        g->at[g->n++] = value_int(s, size_const(s->sizes, (int64_t)x), where);
    }
    return true;
}

static Value *not_numbers(Sema *s, const HeaderItem *h, const Value *v, Span where)
{
    Diag *d = sema_diag(s, DIAG_E0501, where, "`%s: int...` takes whole numbers, or a pack of them", h->name);
    diag_label(d, where, "%s", text_value(s, v));
    diag_note(d, h->at, "`%s` is declared here", h->name);
    return NULL;
}

Value *numbers_given(Sema *s, const HeaderItem *h, Syn **item, int n)
{
    Giving g = {.n = 0};
    for (int i = 0; i < n; i++) {
        Syn   *at = item[i]->kind == SYN_PACK ? item[i]->kid[0] : item[i];
        Value *v = evaluate(s, at);
        int    before = diags_errors(s->diags);
        if (is_error(v))
            return NULL;
        if (v->kind == V_NUMBERS && !v->extra) {
            for (int k = 0; k < v->nfields && g.n < HEADER_MOST; k++)
                g.at[g.n++] = v->fields[k].value;
        } else if (v->kind == V_NUMBERS) {
            g.whole = v;
        } else if (is_tensor(v) && v->axes.n && s->experiment ? !give_tensor(s, h, v, &g, at->where)
                                                                 : !is_tensor(v) || !give_number(s, h, at, &g)) {
            return diags_errors(s->diags) > before ? NULL : not_numbers(s, h, v, at->where);
        }
    }
    if (g.whole && (n > 1 || g.n)) {
        sema_error(s, DIAG_E0501, item[0]->where, "a pack that is not known yet goes on whole: `%s: …`, and no other number",
                   h->name);
        return NULL;
    }
    return g.whole ? g.whole : numbers_of(s, g.at, g.n, n ? item[0]->where : h->at);
}

// ---- taking ----

static Value *used_up(Sema *s, const Value *v, Name field, Span where)
{
    Diag *d = sema_diag(s, DIAG_E0403, where, "the pack of numbers is used up: it has no `%s`", field);
    diag_note(d, v->where, "it was given here");
    diag_help(d, "ask first: `if #widths == 0 then … else …`");
    return value_new(s, V_ERROR, where);
}

static Value *part_of_unknown(Sema *s, const Value *v, bool first, Span where)
{
    Unknown    *u = v->extra;
    const Size *fewer = size_sub(s->sizes, v->fixed, size_const(s->sizes, 1));
    if (first && !u->first)
        u->first = value_int(s, known_to(s, u->contract, name_format(s->names, "%s.first", u->name), 1), where);
    if (!first && !u->rest)
        u->rest = unknown(s, name_format(s->names, "%s.rest", u->name), fewer, where, u->contract);
    return first ? u->first : u->rest;
}

static Value *of_unknown(Sema *s, Value *v, bool first, Span where)
{
    const Size *fewer = size_sub(s->sizes, v->fixed, size_const(s->sizes, 1));
    if (!need_nonneg(s, DIAG_E0403, fewer, where, "the pack of numbers may be used up here")) {
        diag_help(diags_last(s->diags), "ask first: `if #%s == 0 then … else …`, or state it: `require #%s >= 1`",
                  ((Unknown *)v->extra)->name, ((Unknown *)v->extra)->name);
        return value_new(s, V_ERROR, where);
    }
    return part_of_unknown(s, v, first, where);
}

// Is there a first number, for all that is known?
static bool has_first(Sema *s, const Value *v)
{
    SizeWitness w;
    Facts       f = {(const Size **)s->facts.at, s->facts.n};
    return size_nonneg(s->sizes, size_sub(s->sizes, v->fixed, size_const(s->sizes, 1)), &f, &w) == SIZE_ALWAYS;
}

Value *numbers_field(Sema *s, Value *v, Name field, Span where)
{
    bool first = !strcmp(field, "first");
    if (!first && strcmp(field, "rest") != 0)
        return NULL;
    if (v->extra)
        return of_unknown(s, v, first, where);
    if (!v->nfields)
        return used_up(s, v, field, where);
    if (first)
        return v->fields[0].value;
    Value *rest[HEADER_MOST];
    for (int i = 1; i < v->nfields; i++)
        rest[i - 1] = v->fields[i].value;
    return numbers_of(s, rest, v->nfields - 1, v->where);
}

bool numbers_size(Sema *s, Value *v, const char *path, const Size **out)
{
    if (!*path)
        return *out = v->fixed, true;
    for (; v && v->kind == V_NUMBERS; path += 5) {
        if (!has_first(s, v))
            return false;
        bool first = !strcmp(path, ".first");
        v = v->extra ? part_of_unknown(s, v, first, v->where)
                     : numbers_field(s, v, name_of(s->names, first ? "first" : "rest"), v->where);
        if (first)
            return *out = v->fixed, true;
    }
    return false;
}
