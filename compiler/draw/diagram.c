// From a program to steps and bundles: which nodes are shown, what each touches, and the order of wires.
#include "draw/diagram.h"

#include <string.h>

typedef struct {
    const Program *program;
    Arena         *arena;
    Map           *bundle;    // Node -> Bundle
    Map           *live, *wire, *tried;
    VEC(Bundle *) bundles;
    VEC(Step) steps;
} Maker;

int bundle_find(const Bundle *b, const Axis *a)
{
    for (int i = 0; i < b->n; i++)
        if (b->axis[i] == a)
            return i;
    return -1;
}

int bundle_height(const Bundle *b) { return (b->n ? b->n - 1 : 0) * LANE; }

// ---- which nodes ----

static bool is_parameter(const Node *n) { return n->op == OP_INPUT && n->attr.i == INPUT_PARAMETER; }

// Nodes that only say how another is seen.
static const Node *shown(const Node *n)
{
    while (n->op == OP_CONVERT || n->op == OP_STOP || n->op == OP_COPY || n->op == OP_GUARD || n->op == OP_FILL)
        n = n->in[0];
    return n;
}

static void reach(Maker *m, const Node *n)
{
    n = shown(n);
    if (map_get(m->live, n))
        return;
    map_put(m->live, n, m);
    for (int i = 0; i < n->nin; i++)
        reach(m, n->in[i]);
}

// Constants, parameters, positions and sizes are no wires; what is computed from them alone neither.
static bool is_wire(Maker *m, const Node *n)
{
    n = shown(n);
    if (map_get(m->tried, n))
        return map_get(m->wire, n) != NULL;
    bool wire = n->op == OP_INPUT && n->attr.i == INPUT_DATA;
    for (int i = 0; !wire && i < n->nin; i++)
        wire = is_wire(m, n->in[i]);
    map_put(m->tried, n, m);
    if (wire)
        map_put(m->wire, n, m);
    return wire;
}

// The parameter from which an operand that is no wire is computed, or NULL.
static const Node *parameter_below(Maker *m, const Node *n, int depth)
{
    n = shown(n);
    if (is_parameter(n))
        return n;
    for (int i = 0; depth < 16 && i < n->nin; i++) {
        const Node *p = is_wire(m, n) ? NULL : parameter_below(m, n->in[i], depth + 1);
        if (p)
            return p;
    }
    return NULL;
}

static const Node *parameter_of(Maker *m, const Node *n)
{
    for (int i = 0; i < n->nin; i++) {
        const Node *p = is_wire(m, n->in[i]) ? NULL : parameter_below(m, n->in[i], 0);
        if (p)
            return p;
    }
    return NULL;
}

// ---- marks ----

static const struct {
    Op          op;
    const char *text;
} texts[] = {
    {OP_ADD, "+"}, {OP_SUB, "\u2212"}, {OP_MUL, "\u00d7"}, {OP_DIV, "\u00f7"}, {OP_SUM, "\u03a3"}, {OP_PROD, "\u03a0"},
    {OP_SQRT, "\u221a"}, {OP_POW, "^"}, {OP_MAX2, "max"}, {OP_MIN2, "min"}, {OP_SELECT, "if"}, {OP_INDEX, "at"},
    {OP_UPDATE, "set"}, {OP_SCATTER_ADD, "\u03a3 into"}, {OP_NEG, "\u2212"}, {OP_LOOP, "for"}, {OP_BRANCH, "if"},
    {OP_RUN, "again"},
};

static const char *text_of(Maker *m, const Node *n)
{
    const char *text = n->op == OP_CALL ? n->attr.text : op_info(n->op)->text;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (texts[i].op == n->op)
            text = texts[i].text;
    bool windows = n->op == OP_INDEX;
    for (int i = 1; windows && i < n->nin - (n->attr.i != 0); i++)
        windows = !is_wire(m, n->in[i]) && n->in[i]->type.axes.n > 0;
    if (windows)
        return "window";
    if (n->op == OP_LOOP && n->attr.nax)
        return arena_printf(m->arena, "for %s", n->attr.ax[0]->name);
    if (n->op == OP_MUL && shown(n->in[0]) == shown(n->in[1]))
        return "^ 2";
    for (int i = 0; i < n->nin; i++)
        if (op_info(n->op)->class == OPC_MAP && n->nin == 2 && n->in[i]->op == OP_CONST)
            return arena_printf(m->arena, "%s %g", text, n->in[i]->attr.r);
    return text;
}

static Mark mark_of(const Node *n)
{
    switch (op_info(n->op)->glyph) {
    case GLYPH_NONE: return MARK_NONE;
    case GLYPH_CONTRACT: return MARK_DOT;
    case GLYPH_REDUCE: return MARK_END;
    case GLYPH_BOX:
    case GLYPH_GATHER:
    case GLYPH_LOOP: return op_info(n->op)->class == OPC_MAP ? MARK_SYMBOL : MARK_BOX;
    }
    return MARK_BOX;
}

static AxisSet axes_in(Maker *m, const Step *s)
{
    AxisSet all = {0};
    for (int i = 0; i < s->nin; i++)
        all = axes_union(m->arena, all, s->in[i]->node->type.axes);
    return all;
}

static AxisSet axes_out(Maker *m, const Step *s)
{
    AxisSet all = op_info(s->node->op)->class == OPC_REGION ? (AxisSet){0} : s->node->type.axes;
    for (int i = 0; i < s->node->nouts; i++)
        all = axes_union(m->arena, all, s->node->outs[i].axes);
    return all;
}

// Wires that go through or end at the mark; those of an element-wise operation all pass by.
static AxisSet touched_by(Maker *m, const Step *s)
{
    const Node *n = s->node;
    AxisSet in = axes_in(m, s), out = axes_out(m, s);
    AxisSet gone = axes_minus(m->arena, in, out), come = axes_minus(m->arena, out, in);
    AxisSet own = axes_union(m->arena, axes_of(m->arena, n->attr.ax, n->attr.nax), axes_of(m->arena, n->attr.bx, n->attr.nbx));
    return axes_union(m->arena, own, axes_union(m->arena, gone, come));
}

static void learn(Maker *m, Step *s)
{
    const Node *p = parameter_of(m, s->node);
    s->learned = p || (s->node->op == OP_CALL && s->node->attr.i);
    if (!p || s->node->op == OP_CALL)
        return;
    const char *dot = strrchr(p->attr.text, '.'), *name = dot ? dot + 1 : p->attr.text;
    bool whole = op_info(s->node->op)->class == OPC_REGION;
    if (s->mark == MARK_DOT)  // a product with parameters is a learned map
        s->text = name;
    else if (!whole && (s->mark == MARK_BOX || s->mark == MARK_SYMBOL))
        s->text = arena_printf(m->arena, "%s %s", s->text, name);
    else if (!whole)
        return;
    s->mark = MARK_BOX;
    AxisSet seen = axes_union(m->arena, axes_in(m, s), axes_out(m, s));
    for (int i = 0; !whole && i < p->type.axes.n; i++)
        if (axes_has(seen, p->type.axes.at[i]))
            s->touched = axes_union(m->arena, s->touched, axes_of(m->arena, &p->type.axes.at[i], 1));
    if (!s->touched.n && !whole)
        s->mark = MARK_SYMBOL;
}

// ---- bundles ----

static Bundle *bundle_new(Maker *m, const Node *n, Axis **axis)
{
    Bundle *b = ARENA_NEW(m->arena, Bundle);
    b->node = n;
    b->n = n->type.axes.n;
    b->axis = axis;
    map_put(m->bundle, n, b);
    vec_push(m->arena, &m->bundles, b);
    return b;
}

typedef struct {
    Axis **at;
    int    n;
    AxisSet may;   // only these, each once
} Wires;

static void put_wire(Wires *w, Axis *a)
{
    for (int i = 0; i < w->n; i++)
        if (w->at[i] == a)
            return;
    if (axes_has(w->may, a))
        w->at[w->n++] = a;
}

// What a view makes of a wire: its renamed self, its parts, or the whole of which it is part.
static void put_seen(Wires *w, const Node *n, Axis *a)
{
    const Attr *v = &n->attr;
    for (int i = 0; i < v->nax; i++) {
        if (v->ax[i] != a || !v->nbx)
            continue;
        for (int k = 0; k < v->nbx; k++)
            if (v->nax == 1 || v->nbx == 1 || k == i)
                put_wire(w, v->bx[k]);
        return;
    }
    put_wire(w, a);
}

// A result's wires stand where those stood that pass by, new ones where the first stood that the mark touches.
static Axis **order_wires(Maker *m, const Step *s, const Node *result)
{
    AxisSet may = result->type.axes, in = axes_in(m, s), touched = touched_by(m, s);
    Wires   w = {ARENA_ARRAY(m->arena, Axis *, may.n + 1), 0, may};
    bool    view = s->mark == MARK_NONE;
    for (int i = 0; i < s->nin; i++)
        for (int k = 0; k < s->in[i]->n; k++) {
            Axis *a = s->in[i]->axis[k];
            for (int j = 0; !view && axes_has(touched, a) && s->nin == 1 && j < may.n; j++)
                if (axes_has(touched, may.at[j]))
                    put_wire(&w, may.at[j]);
            if (view)
                put_seen(&w, s->node, a);
            else if (axes_has(in, a))
                put_wire(&w, a);
        }
    for (int k = 0; k < may.n; k++)
        put_wire(&w, may.at[k]);
    return w.at;
}

// ---- steps ----

static void put_operands(Maker *m, Step *s)
{
    const Node *n = s->node;
    s->in = ARENA_ARRAY(m->arena, Bundle *, n->nin + 1);
    for (int i = 0; i < n->nin; i++) {
        Bundle *b = map_get(m->bundle, shown(n->in[i]));
        bool    again = !b || !is_wire(m, n->in[i]);
        for (int k = 0; k < s->nin; k++)
            again = again || s->in[k] == b;
        if (!again)
            s->in[s->nin++] = b;
    }
}

static void put_results(Maker *m, Step *s)
{
    const Node *n = s->node;
    if (op_info(n->op)->class != OPC_REGION) {
        s->out = ARENA_ARRAY(m->arena, Bundle *, 1);
        s->out[s->nout++] = bundle_new(m, n, order_wires(m, s, n));
        return;
    }
    s->out = ARENA_ARRAY(m->arena, Bundle *, n->nouts + 1);
    for (int i = 0; i < m->program->main->nodes.n; i++) {
        const Node *o = m->program->main->nodes.at[i];
        if (o->op == OP_OUT && o->in[0] == n && map_get(m->live, o))
            s->out[s->nout++] = bundle_new(m, o, order_wires(m, s, o));
    }
}

// Wires of which no result that is looked at has anything, though the operation may give one that has.
static AxisSet ended(Maker *m, const Step *s)
{
    AxisSet gone = axes_in(m, s);
    for (int i = 0; i < s->nout; i++)
        gone = axes_minus(m->arena, gone, s->out[i]->node->type.axes);
    return gone;
}

static void add_step(Maker *m, const Node *n)
{
    Step s = {.node = n, .mark = mark_of(n), .text = text_of(m, n)};
    s.name = n->op == OP_CALL ? n->path : NULL;
    put_operands(m, &s);
    put_results(m, &s);
    if (s.mark != MARK_SYMBOL)
        s.touched = axes_union(m->arena, touched_by(m, &s), ended(m, &s));
    learn(m, &s);
    vec_push(m->arena, &m->steps, s);
}

static bool is_step(Maker *m, const Node *n)
{
    return map_get(m->live, n) && n->op != OP_INPUT && n->op != OP_OUT && shown(n) == n && is_wire(m, n);
}

Diagram diagram_of(const Contract *c)
{
    const Program *p = c->program;
    Arena         *a = p->arena;
    Maker          m = {.program = p, .arena = a, .bundle = map_new(a), .live = map_new(a), .wire = map_new(a),
                        .tried = map_new(a)};
    for (int i = 0; i < p->outputs.n; i++)
        reach(&m, p->outputs.at[i].node);
    for (int i = 0; i < p->inputs.n; i++) {
        const Node *n = p->inputs.at[i].node;
        if (p->inputs.at[i].kind == INPUT_DATA && map_get(m.live, n))
            bundle_new(&m, n, p->inputs.at[i].order ? p->inputs.at[i].order : n->type.axes.at);
    }
    for (int i = 0; i < p->main->nodes.n; i++)
        if (is_step(&m, p->main->nodes.at[i]))
            add_step(&m, p->main->nodes.at[i]);
    Diagram d = {.arena = a, .step = m.steps.at, .n = m.steps.n, .bundle = m.bundles.at, .nbundle = m.bundles.n};
    for (int i = 0; i < p->outputs.n; i++) {
        Bundle *b = map_get(m.bundle, shown(p->outputs.at[i].node));
        if (b)
            b->last = 1 << 20;
    }
    return d;
}
