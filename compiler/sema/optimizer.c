// Optimizers: declared over one parameter with its state; `minimize` runs their body for each.
//
// An optimizer value has its settings as fields; once it has been used, also a field `state` with a record for each
// parameter, in the order of the parts' leaves.
#include <string.h>

#include "sema/model.h"
#include "sema/optimizer.h"
#include "sema/stmt.h"

static Syn *setting_name(Syn *p, Syn **type, Syn **fallback)
{
    *type = *fallback = NULL;
    if (p->kind == SYN_DEFAULT) {
        *fallback = p->kid[1];
        p = p->kid[0];
    }
    if (p->kind == SYN_NAMED)
        *type = p->kid[0];
    return p;
}

void check_settings(Sema *s, Syn *decl)
{
    Syn *list = decl->kid[0], *type, *fallback;
    for (int i = 0; list && i < list->nkid; i++) {
        Syn      *p = setting_name(list->kid[i], &type, &fallback);
        TypeSpec *t = eval_type(s, type);
        Value    *v = t->kind == TS_TENSOR ? type_abstract(s, t, p->name, s->real) : value_new(s, V_ERROR, p->where);
        scope_put(s, s->scope, ENTRY_VALUE, p->name, p->where)->value = v;
        if (fallback)
            evaluate(s, fallback);
    }
}

// ---- a use: adamw(lr: 0.01) ----

static void no_such_setting(Sema *s, Diag *d, Span at, Name given, const Func *f)
{
    Syn         *list = f->decl->kid[0], *type, *fallback;
    int          count = list ? list->nkid : 0;
    const char **name = ARENA_ARRAY(s->arena, const char *, count + 1);
    for (int i = 0; i < count; i++)
        name[i] = setting_name(list->kid[i], &type, &fallback)->name;
    if (!(given && suggest(d, at, name_nearest(given, name, count))))
        diag_help(d, count ? "its settings are %s" : "it has none%s", count ? text_syn(s, list) : "");
}

Value *make_optimizer(Sema *s, Func *f, Value **args, Name *names, int n, Span where)
{
    Syn   *list = f->decl->kid[0], *type, *fallback;
    Value *v = value_new(s, V_OPTIMIZER, where);
    int    count = list ? list->nkid : 0, next = 0;
    v->func = f;
    v->nfields = count;
    v->fields = ARENA_ARRAY(s->arena, Field, count + 1);
    for (int i = 0; i < count; i++)
        v->fields[i].name = setting_name(list->kid[i], &type, &fallback)->name;
    for (int i = 0; i < n; i++) {
        int k = names[i] ? 0 : next++;
        while (names[i] && k < count && v->fields[k].name != names[i])
            k++;
        if (k >= count) {
            Span  at = names[i] ? key_place(s, names[i], args[i]->where) : args[i]->where;
            Diag *d = sema_diag(s, DIAG_E0502, at, "`%s` has no setting `%s`", f->name,
                                names[i] ? names[i] : text_value(s, args[i]));
            no_such_setting(s, d, at, names[i], f);
            diag_note(d, f->decl->at, "it is declared here");
            return value_new(s, V_ERROR, where);
        }
        if (!is_tensor(args[i]) || value_visible(s, args[i]).n)
            return sema_error(s, DIAG_E0502, args[i]->where, "the setting `%s` is a number; this is %s",
                              v->fields[k].name, text_value(s, args[i]));
        v->fields[k].value = args[i];
    }
    for (int i = 0; i < count; i++) {
        Syn *p = setting_name(list->kid[i], &type, &fallback);
        if (!v->fields[i].value && !fallback)
            return sema_error(s, DIAG_E0502, where, "`%s` is not told its setting `%s`", f->name, p->name);
        if (!v->fields[i].value) {
            Scope *saved = s->scope;
            s->scope = f->scope;
            v->fields[i].value = evaluate(s, fallback);
            s->scope = saved;
        }
    }
    return v;
}

// ---- state ----

static Frame *frame_of(Sema *s) { return s->optimizing; }

// A first value is a value like any later one, not a constant of the program.
static Value *computed_leaf(Sema *s, Value *v, Value *none, void *user)
{
    (void)none;
    (void)user;
    return value_like(s, ir_unary(s->b, OP_COPY, value_node(s, v)), v);
}

// The same at the axes of `order`, one by one: an axis that the body declares is made anew at each step, its state's stays.
static Value *at_axes(Sema *s, Value *v, Axis *const *order)
{
    Axis *from[MOST_AXES], *to[MOST_AXES];
    int   n = 0;
    for (int i = 0; v->order && order && v->order[i] && order[i] && n < MOST_AXES; i++) {
        from[n] = v->order[i];
        to[n] = order[i];
        n += from[n] != to[n] && axes_has(v->axes, from[n]);
    }
    return n ? value_like(s, ir_rename(s->b, value_node(s, v), from, to, n), v) : v;
}

// A state lies as its parameter does: in the order of its type.
static Value *state_at(Sema *s, Value *v, const TypeSpec *t, Span where)
{
    Value *mine = ARENA_NEW(s->arena, Value);
    *mine = t->kind == TS_TENSOR ? *at_axes(s, v, t->order) : *v;
    mine->where = where;
    if (t->kind == TS_TENSOR) {
        mine->order = t->order;
        return mine;
    }
    mine->fields = ARENA_ARRAY(s->arena, Field, v->nfields + 1);
    for (int i = 0; i < v->nfields; i++)
        mine->fields[i] = (Field){v->fields[i].name, state_at(s, v->fields[i].value, t->fields[i], where)};
    return mine;
}

static Value *leaf_inside(Sema *s, Value *v, Value *none, void *user)
{
    (void)none;
    return rename_leaf(s, v, &((const Frame *)user)->axes, false);
}

static Value *state_inside(Sema *s, Frame *f, Name name)
{
    Value *v = value_field(f->have, name);
    return v ? value_map(s, v, NULL, leaf_inside, f) : NULL;
}

Value *exec_state(Sema *s, Syn *n)
{
    Frame    *f = frame_of(s);
    TypeSpec *t = tensors_type(s, n);
    Value    *v = !t ? NULL : f && f->have ? state_inside(s, f, n->name) : first_value(s, n, t, f ? f->own : s->real);
    if (v && !(f && f->have))
        v = value_map(s, v, NULL, computed_leaf, NULL);
    Entry *e = scope_put(s, s->scope, ENTRY_VALUE, n->name, n->at);
    e->variable = true;
    e->value = v ? state_at(s, v, t, n->where) : value_new(s, V_ERROR, n->where);
    if (f && f->n < FRAME_STATES && t) {
        f->type[f->n] = t;
        f->state[f->n++] = e;
    }
    return value_new(s, v ? V_NONE : V_ERROR, n->where);
}

Value *exec_given(Sema *s, Syn *n)
{
    Frame *f = frame_of(s);
    Value *v = f && f->given ? value_field(f->given, n->name) : evaluate(s, n->kid[0]);
    if (v && !is_error(v) && (!is_tensor(v) || value_visible(s, v).n)) {
        Diag *d = sema_diag(s, DIAG_E0313, n->where, "`given` is a number, computed once over all parameters");
        diag_label(d, n->kid[0]->where, "%s", text_value(s, v));
        v = value_new(s, V_ERROR, n->where);
    }
    let_value(s, n->name, n->at, v ? v : value_new(s, V_ERROR, n->where));
    return value_new(s, V_NONE, n->where);
}

static Axis **order_outside(Sema *s, const Pairs *p, Axis **order)
{
    int n = 0;
    while (order && order[n])
        n++;
    Axis **out = ARENA_ARRAY(s->arena, Axis *, n + 1);
    for (int i = 0; i < n; i++)
        out[i] = renamed_axis(p, order[i], true);
    return order ? out : NULL;
}

// At its parameter's axes, or those that it had; the new value of a state's tensor may take over the storage of the old one.
static Value *from_before(Sema *s, Value *now, Value *before, void *user)
{
    const Frame *f = user;
    Value       *v = ARENA_NEW(s->arena, Value), *there = ARENA_NEW(s->arena, Value);
    *there = *rename_leaf(s, now, &f->axes, true);
    there->order = order_outside(s, &f->axes, now->order);
    *v = before ? *at_axes(s, there, before->order) : *there;
    v->order = before && before->order ? before->order : there->order;
    v->from = before ? before->host : NULL;
    return v;
}

static Value *state_record(Sema *s, const Frame *f, Span where)
{
    Value *v = value_new(s, V_RECORD, where);
    v->nfields = f->n;
    v->fields = ARENA_ARRAY(s->arena, Field, f->n + 1);
    for (int i = 0; i < f->n; i++) {
        Name   name = f->state[i]->name;
        Value *before = f->have ? value_field(f->have, name) : NULL;
        Value *now = f->state[i]->value;
        now = is_error(now) ? now : state_at(s, now, f->type[i], where);
        v->fields[i] = (Field){name, value_map(s, now, before, from_before, (void *)(uintptr_t)f)};
    }
    return v;
}

static void put_settings(Sema *s, const Value *opt)
{
    for (int i = 0; i < opt->nfields; i++)
        if (opt->fields[i].name != name_of(s->names, "state"))
            scope_put_quiet(s, s->scope, ENTRY_VALUE, opt->fields[i].name, opt->where)->value = opt->fields[i].value;
}

// The header's axes stand for the parameter's, in written order: one pack for all, or as many as it has.
static bool put_axes(Sema *s, const Value *opt, const Value *p)
{
    const Syn *bracket = opt->func->decl->kid[1];
    int        written = 0, n = bracket ? bracket->nkid : 0;
    while (p->order && p->order[written])
        written++;
    Axis **ax = written == p->axes.n ? p->order : p->axes.at;
    if (n == 1 && bracket->kid[0]->kind == SYN_PACK) {
        Entry *e = scope_put_quiet(s, s->scope, ENTRY_PACK, bracket->kid[0]->kid[0]->name, bracket->kid[0]->where);
        e->npack = p->axes.n;
        e->pack_outside = ax;
        e->pack = ARENA_ARRAY(s->arena, Axis *, p->axes.n + 1);
        for (int i = 0; i < p->axes.n; i++)
            e->pack[i] = header_inside(s, opt->func, s->scope, e->name, ax[i]);
        return true;
    }
    for (int i = 0; i < n; i++)
        if (bracket->kid[i]->kind != SYN_NAME) {
            sema_error(s, DIAG_E0501, bracket->where, "an optimizer is over one pack of axes, `[a...]`, or over axes by name");
            return false;
        }
    if (n != p->axes.n) {
        Diag *d = sema_diag(s, DIAG_E0601, opt->where, "`%s` is for parameters with %d axes; one of these has %s",
                            opt->func->name, n, text_axes(s, p->axes));
        diag_note(d, opt->func->decl->at, "it is declared here");
        diag_help(d, "give it a part: `using (net.body: %s(…), net.head: adamw())`", opt->func->name);
        return false;
    }
    for (int i = 0; i < n; i++) {
        Axis  *inside = header_inside(s, opt->func, s->scope, bracket->kid[i]->name, ax[i]);
        Entry *e = scope_put_quiet(s, s->scope, ENTRY_AXIS, bracket->kid[i]->name, bracket->kid[i]->where);
        e->axis = inside;
        e->outside = ax[i];
    }
    return true;
}

// The scope of an optimizer's body, its settings in it; s is put back by the caller.
static void enter_body(Sema *s, const Value *opt, Frame *frame)
{
    s->scope = scope_new(s, opt->func->scope);
    s->scope->frame = true;
    s->experiment = false;
    s->run_statement = NULL;
    s->in_fn = true;
    s->self = NULL;
    s->optimizing = frame;
    put_settings(s, opt);
}

static void put_operands(Sema *s, Syn *list, Value *p, Value *g)
{
    Value *given[2] = {p, g};
    s->scope = scope_new(s, s->scope);
    for (int i = 0; i < 2; i++)
        scope_put_quiet(s, s->scope, ENTRY_VALUE, list->kid[i]->name, list->kid[i]->where)->value = given[i];
}

Value *optimizer_given(Sema *s, const Value *opt, Value *p, Value *g)
{
    Syn   *decl = opt->func->decl, *list = decl->kid[2], *body = decl->kid[4];
    Sema   saved = *s;
    Frame  frame = {.own = s->real};
    Value *out = value_new(s, V_RECORD, opt->where);
    out->fields = ARENA_ARRAY(s->arena, Field, body->nkid + 1);
    if (!list || list->nkid != 2)
        return out;
    enter_body(s, opt, &frame);
    put_operands(s, list, p, g);
    for (int i = 0; i < body->nkid && !is_error(out); i++) {
        if (body->kid[i]->kind != SYN_GIVEN)
            continue;
        exec_statement(s, body->kid[i]);
        Value *v = scope_find(s, s->scope, body->kid[i]->name, SPAN_NONE)->value;
        out->fields[out->nfields++] = (Field){body->kid[i]->name, v};
        out = is_error(v) ? v : out;
    }
    sema_restore(s, &saved);
    return out;
}

// The body over one parameter: its new value; *state: the record of its states after.
Value *optimizer_update(Sema *s, const Value *opt, Value *whole, Value *slope, Value *have, Value *given, Value **state,
                        bool only_state)
{
    Value *p = as_pairs(s, whole), *g = as_pairs(s, slope);  // complex ones part by part
    Syn   *decl = opt->func->decl, *list = decl->kid[2];
    Sema   saved = *s;
    Elem   own = elem_join(p->elem, ELEM_F32);  // squares of what two bytes hold would be nothing: the body's width is f32
    Frame  frame = {.have = have, .own = own, .given = given};
    if (!list || list->nkid != 2)
        return sema_error(s, DIAG_E0501, decl->at, "an optimizer takes a parameter and its gradient");
    enter_body(s, opt, &frame);
    if (!put_axes(s, opt, p)) {
        sema_restore(s, &saved);
        return value_new(s, V_ERROR, opt->where);
    }
    frame.axes = pairs_of_scope(s, s->scope);
    put_operands(s, list, rename_leaf(s, own == p->elem ? p : apply_convert(s, p, own, p->where), &frame.axes, false),
                 rename_leaf(s, own == p->elem ? g : apply_convert(s, g, own, g->where), &frame.axes, false));
    Value *v = NULL;
    Syn   *body = decl->kid[4];
    for (int i = 0; i < body->nkid; i++)
        if (!only_state || body->kid[i]->kind == SYN_STATE || body->kid[i]->kind == SYN_AXIS)
            v = exec_statement(s, body->kid[i]);
    *state = state_record(s, &frame, opt->where);
    sema_restore(s, &saved);
    if (only_state || is_error(v))
        return v;
    v = is_tensor(v) ? rename_leaf(s, v, &frame.axes, true) : v;
    if (!is_tensor(v) || !axes_equal(v->axes, p->axes))
        return helped(s, sema_error(s, DIAG_E0305, decl->at, "the optimizer `%s` does not give the parameter's axes", opt->func->name),
                      "its result is the parameter's new value: `(p: [a...], g: [a...]) -> [a...]`");
    Value *out = apply_convert(s, v, p->elem, p->where);
    if (p != whole)
        out = from_pairs(s, out);
    out->leaf = true;
    out->weak = whole->weak;
    out->order = whole->order;
    out->from = whole->from;
    return out;
}
