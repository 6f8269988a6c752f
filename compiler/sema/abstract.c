// Headers without a use: what a declaration is checked with for all sizes, and what is built of it with sizes open.
#include <string.h>

#include "sema/header.h"
#include "sema/interface.h"
#include "sema/numbers.h"

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

Binding *bind_open(Sema *s, Func *f, Contract *c, bool sizes)
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
        if (it->fallback && (sizes || it->kind == HEADER_VALUE))
            ok = header_give(s, f, sc, it, (Syn *[]){it->fallback}, 1);
        else if (sizes && it->kind == HEADER_VALUE && !number)
            ok = header_missing(s, f, it, NULL, 0, f->decl->at);
        else
            put_abstract(s, sc, it, c);
    }
    s->scope = caller;
    return ok ? binding_of(s, f, sc) : NULL;
}
