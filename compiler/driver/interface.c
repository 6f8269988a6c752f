// The interface of a built program: ports, open sizes and the equations that tell them.
#include "driver/interface.h"

#include <ctype.h>
#include <string.h>

#include "ir/region.h"
#include "opt/opt.h"
#include "sched/sched.h"

enum { MOST_VARS = 32 };

// ---- ports ----

static Axis **order_of(Axis **order, Type t) { return order ? order : t.axes.at; }

static void take_ports(Session *s, const Built *b, Interface *f)
{
    const Program *p = b->run;
    for (int i = 0; i < b->nstate + b->nargs; i++) {
        const Input *in = &p->inputs.at[i];
        Port port = {in->name, in->node->type.elem, in->node->type.axes.n, order_of(in->order, in->node->type), b->pos[i], NULL};
        if (i < b->nstate)
            vec_push(s->arena, &f->state, port);
        else
            vec_push(s->arena, &f->in, port);
    }
    for (int i = 0; i < p->outputs.n; i++) {
        const Output *o = &p->outputs.at[i];
        Port port = {o->name, o->node->type.elem, o->node->type.axes.n, order_of(o->order, o->node->type), NULL, NULL};
        if (i < b->nresults)
            vec_push(s->arena, &f->out, port);
        else
            vec_push(s->arena, &f->change, o->alias);
    }
}

bool interface_takes(const Program *p, const char *name)
{
    for (int i = 0; p && i < p->inputs.n; i++)
        if (!strcmp(p->inputs.at[i].name, name))
            return true;
    return false;
}

static bool region_has(const Region *r, bool (*is)(const Node *))
{
    for (int i = 0; i < r->nodes.n; i++) {
        const Node *n = r->nodes.at[i];
        if (is(n))
            return true;
        for (int k = 0; k < 2; k++)
            if (n->body[k] && region_has(n->body[k], is))
                return true;
    }
    return false;
}

// A check; a tape that must grow; a count that begins.
static bool may_fail(const Node *n) { return n->op == OP_CHECK || n->op == OP_TALLY || region_made(n) || n->op == OP_LOOP; }
static bool is_counted(const Node *n) { return n->op == OP_FIX && n->attr.text; }

bool interface_may_fail(const Program *p) { return region_has(program_lower(p)->main, may_fail); }
bool interface_counts(const Interface *f)
{
    return (f->first && region_has(f->first->main, is_counted)) || region_has(f->run->main, is_counted);
}

// ---- open sizes ----

int interface_open(const Interface *f, const SizeVar *v)
{
    for (int i = 0; i < f->open.n; i++)
        if (f->open.at[i].var == v)
            return i;
    return -1;
}

static void note_vars(Session *s, Interface *f, const Size *z, bool state)
{
    SizeVar *var[MOST_VARS];
    int      n = z ? size_vars(z, var, MOST_VARS) : 0;
    for (int i = 0; i < n && i < MOST_VARS; i++) {
        int at = interface_open(f, var[i]);
        OpenSize o = {var[i], state, false};
        if (at < 0)
            vec_push(s->arena, &f->open, o);
        else
            f->open.at[at].state = f->open.at[at].state || state;
    }
}

static void note_ports(Session *s, Interface *f, const Ports *p, bool state)
{
    for (int i = 0; i < p->n; i++) {
        for (int k = 0; k < p->at[i].rank; k++)
            note_vars(s, f, p->at[i].order[k]->size, state);
        if (p->at[i].below)
            note_vars(s, f, p->at[i].below->size, state);
    }
}

static void note_plan(Session *s, Interface *f, const Program *p, bool state)
{
    const Plan *plan = p ? sched_plan(p, s->apart) : NULL;
    for (int i = 0; plan && i < plan->sizes.n; i++)
        note_vars(s, f, size_of_var(p->sizes, plan->sizes.at[i]), state);
    for (int i = 0; plan && i < plan->sizes.n; i++) {
        int at = interface_open(f, plan->sizes.at[i]);
        if (state)
            vec_push(s->arena, &f->first_size, at);
        else
            vec_push(s->arena, &f->run_size, at);
    }
}

static bool same_need(const Precondition *a, const Precondition *b)
{
    return a->kind == b->kind && a->a == b->a && a->b == b->b;
}

static void take_needs(Session *s, const Built *b, Interface *f)
{
    for (int i = 0; i < b->contract->pre.n; i++) {
        const Precondition *p = &b->contract->pre.at[i];
        bool have = false;
        for (int k = 0; k < f->need.n; k++)
            have = have || same_need(&f->need.at[k], p);
        if (have)
            continue;
        vec_push(s->arena, &f->need, *p);
        note_vars(s, f, p->a, false);
        note_vars(s, f, p->b, false);
    }
}

// ---- equations ----

typedef struct {
    Session *s;
    bool    *known;      // by open size
    const Interface *f;
} Solver;

static bool is_known(const Solver *v, const SizeVar *var)
{
    int at = interface_open(v->f, var);
    return at < 0 || v->known[at];  // one that is none of the open sizes stands for what is given
}

static bool size_mentions(const Size *z, const SizeVar *v)
{
    SizeVar *var[MOST_VARS];
    int      n = size_vars(z, var, MOST_VARS);
    for (int i = 0; i < n && i < MOST_VARS; i++)
        if (var[i] == v)
            return true;
    return n > MOST_VARS;
}

static bool mentions(const SizeAtom *a, const SizeVar *v)
{
    return a->kind == SIZE_ATOM_VAR ? a->var == v : size_mentions(a->a, v) || size_mentions(a->b, v);
}

static const Size *atom_size(Sizes *t, const SizeAtom *a)
{
    switch (a->kind) {
    case SIZE_ATOM_VAR: return size_of_var(t, a->var);
    case SIZE_ATOM_DIV: return size_div(t, a->a, a->b);
    case SIZE_ATOM_MOD: return size_mod(t, a->a, a->b);
    case SIZE_ATOM_MIN: return size_min(t, a->a, a->b);
    case SIZE_ATOM_MAX: break;
    }
    return size_max(t, a->a, a->b);
}

// The one unknown of z = 0, where it stands alone in one term: *times its value is *rest. NULL: there is no such one.
static SizeVar *isolate(const Solver *v, const Size *z, const Size **times, const Size **rest)
{
    Sizes   *t = v->s->sema->sizes;
    SizeVar *var[MOST_VARS], *found = NULL;
    int      n = size_vars(z, var, MOST_VARS), unknown = 0, terms = 0;
    for (int i = 0; i < n && i < MOST_VARS; i++)
        if (!is_known(v, var[i])) {
            found = var[i];
            unknown++;
        }
    if (unknown != 1)
        return NULL;
    *times = *rest = size_const(t, 0);
    for (int i = 0; i < size_terms(z); i++) {
        const Size *product = size_const(t, size_coef(z, i));
        int         here = 0;
        bool        inside = false;
        for (int k = 0; k < size_factors(z, i); k++) {
            const SizeAtom *a = size_factor(z, i, k);
            bool alone = a->kind == SIZE_ATOM_VAR && a->var == found;
            here += alone;
            inside = inside || (!alone && mentions(a, found));
            if (!alone)
                product = size_mul(t, product, atom_size(t, a));
        }
        if (here > 1 || inside)
            return NULL;
        terms += here;
        if (here)
            *times = product;
        else
            *rest = size_sub(t, *rest, product);
    }
    return terms == 1 ? found : NULL;
}

static bool solve_one(const Solver *v, Solutions *list, const Size *zero, const char *from)
{
    Sizes      *t = v->s->sema->sizes;
    const Size *times, *rest;
    int64_t     c;
    SizeVar    *found = isolate(v, zero, &times, &rest);
    if (!found)
        return false;
    if (size_is_const(times, &c) && c < 0) {
        times = size_const(t, -c);
        rest = size_sub(t, size_const(t, 0), rest);
    }
    Solution k = {found, size_is_const(times, &c) && c == 1 ? rest : size_div(t, rest, times), from};
    v->known[interface_open(v->f, found)] = true;
    vec_push(v->s->arena, list, k);
    return true;
}

// Open sizes from the sizes of the ports, and from what must hold, until nothing more follows.
static void solve_all(const Solver *v, Solutions *list, const Ports *ports)
{
    const Interface *f = v->f;
    Sizes           *t = v->s->sema->sizes;
    bool             more = true;
    while (more) {
        more = false;
        for (int i = 0, at = 0; i < ports->n; i++)
            for (int k = 0; k < ports->at[i].rank; k++, at++) {
                const Size *given = size_of_var(t, f->given.at[at]);
                more = solve_one(v, list, size_sub(t, ports->at[i].order[k]->size, given), ports->at[i].name) || more;
            }
        for (int i = 0; !more && i < f->need.n; i++)
            if (f->need.at[i].kind == PRE_EQUAL)
                more = solve_one(v, list, size_sub(t, f->need.at[i].a, f->need.at[i].b), "what is required");
    }
}

static void make_given(Session *s, Interface *f)
{
    int counts[2] = {0, 0};
    for (int i = 0; i < f->state.n; i++)
        counts[0] += f->state.at[i].rank;
    for (int i = 0; i < f->in.n; i++)
        counts[1] += f->in.at[i].rank;
    for (int i = 0; i < counts[0] || i < counts[1]; i++)
        vec_push(s->arena, &f->given, size_var_new(s->sema->sizes, name_format(s->names, "given %d", i), 0));
}

static bool solve_sizes(Session *s, Interface *f)
{
    Solver v = {s, ARENA_ARRAY(s->arena, bool, f->open.n + 1), f};
    make_given(s, f);
    solve_all(&v, &f->load, &f->state);
    bool ok = true;
    for (int i = 0; i < f->open.n; i++) {
        OpenSize *o = &f->open.at[i];
        o->state = o->state || v.known[i];  // it follows from the state's sizes
        if (o->state && !v.known[i]) {
            Diag *d = diag_report(s->diags, DIAG_E0406, SPAN_NONE, "the size `%s` cannot be told from the tensors of the state", o->var->name);
            diag_help(d, "give `%s` its bracket with sizes: `%s[…]`", f->name, f->name);
            ok = false;
        }
    }
    solve_all(&v, &f->solve, &f->in);
    for (int i = 0; i < f->open.n; i++)
        f->open.at[i].given = !v.known[i];
    return ok;
}

// ---- the whole ----

bool interface_of(Session *s, const Built *b, Interface *f)
{
    Name  name = b->func->name;
    char *lower = arena_strndup(s->arena, name, strlen(name));
    for (char *c = lower; *c; c++)
        *c = (char)tolower((unsigned char)*c);
    *f = (Interface){.name = lower, .is_step = b->func->decl->kind == SYN_EXPERIMENT};
    f->run = opt_simplify(b->run);
    f->first = b->nstate ? opt_simplify(b->first) : NULL;
    f->takes_turn = f->is_step || interface_takes(b->run, "#turn");
    take_ports(s, b, f);
    note_ports(s, f, &f->state, true);
    note_plan(s, f, f->first, true);
    note_ports(s, f, &f->in, false);
    note_ports(s, f, &f->out, false);
    take_needs(s, b, f);
    note_plan(s, f, f->run, false);
    return solve_sizes(s, f);
}
