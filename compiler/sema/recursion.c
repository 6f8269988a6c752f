// Recursion that does not end. Calls are entered, and instances made, while a program is put together; what decides there
// is known then: sizes, and the numbers, flags and functions that are given. A call inside of one that was given the same
// goes the same way again, and so for ever.
#include "sema/model.h"

bool is_inside(const Making *m, const Syn *decl)
{
    bool inside = false;
    for (; m; m = m->outer)
        inside = inside || m->f->decl == decl;
    return inside;
}

static bool same_size_given(const Size *a, const Size *b)
{
    int64_t x, y;
    return a == b || (a && b && size_is_const(a, &x) && size_is_const(b, &y) && x == y);
}

static bool same_given(const Value *a, const Value *b);

static bool same_function(const Func *a, const Func *b)
{
    return a == b || (a && b && a->decl && a->decl == b->decl && a->scope == b->scope && !a->bind && !b->bind);
}

// As far as something may be decided by it: what a tensor holds, nothing is.
static bool same_given(const Value *a, const Value *b)
{
    if (a == b)
        return true;
    if (!a || !b || a->kind != b->kind || a->nfields != b->nfields || !same_function(a->func, b->func))
        return false;
    if (a->kind == V_TENSOR)
        return a->truth == b->truth && same_size_given(a->fixed, b->fixed);
    for (int i = 0; i < a->nfields; i++)
        if (a->fields[i].name != b->fields[i].name || !same_given(a->fields[i].value, b->fields[i].value))
            return false;
    return a->kind == V_RECORD || a->kind == V_MODEL;
}

static bool same_entry(const Entry *a, const Entry *b)
{
    if (a->kind != b->kind || a->name != b->name || a->npack != b->npack)
        return false;
    if (a->kind == ENTRY_VALUE)
        return same_given(a->value, b->value);
    if (a->kind == ENTRY_AXIS)
        return a->axis && b->axis && same_size_given(a->axis->size, b->axis->size) && !a->guard == !b->guard;
    for (int i = 0; i < a->npack; i++)
        if (!same_size_given(a->pack[i]->size, b->pack[i]->size))
            return false;
    return a->kind == ENTRY_PACK;
}

static bool same_making(const Making *a, const Making *b)
{
    const Scope *x = a->bind ? a->bind->scope : NULL, *y = b->bind ? b->bind->scope : NULL;
    bool         same = a->f->decl == b->f->decl && a->f->scope == b->f->scope && a->self == b->self && a->training == b->training &&
                a->narg == b->narg && !x == !y && (!x || x->entries.n == y->entries.n);
    for (int i = 0; same && x && i < x->entries.n; i++)
        same = same_entry(x->entries.at[i], y->entries.at[i]);
    for (int i = 0; same && i < a->narg; i++)
        same = same_given(a->arg[i], b->arg[i]);
    return same;
}

void never_ends(Sema *s, const Func *f, Span where)
{
    bool  block = f->decl->kind == SYN_BLOCK;
    Diag *d = sema_diag(s, DIAG_E0505, where, block ? "`%s` holds itself, with the same in its bracket: that does not end"
                                                    : "`%s` calls itself with the same sizes and numbers: that does not end",
                        f->name ? f->name : "this function");
    diag_help(d, block ? "a block that holds itself needs a number that goes down, and an end: `if depth == 0 then x else … depth - 1 …`"
                       : "what calls itself needs a number in its bracket that goes down, and an end: `if k == 0 then … else … k - 1 "
                         "…`; how often a `while` or a `fix` turns, the data may tell");
}

bool goes_round(Sema *s, const Making *m, Span where)
{
    const Making *o = m->outer;
    while (o && !same_making(o, m))
        o = o->outer;
    if (!o || s->undecided || m->f->decl->kind == SYN_EXPERIMENT)
        return false;
    never_ends(s, m->f, where);
    return true;
}
