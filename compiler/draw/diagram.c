// From a program to columns: which nodes are shown, what each touches, and the stack of tensors between them.
#include "draw/diagram.h"

#include <string.h>

typedef struct {
    const Program *program;
    Arena         *arena;
    Map           *bundle;    // Node -> Bundle, for what is on the stack
    Map           *shown;     // Node -> the node that is shown in its place
    VEC(Bundle *) stack;
    VEC(Column) columns;
} Maker;

static bool is_float(const Node *n) { return elem_class(n->type.elem) == ELEM_CLASS_FLOAT; }
static bool is_parameter(const Node *n) { return n->op == OP_INPUT && n->attr.i == INPUT_PARAMETER; }

// Nodes that only say how another is seen.
static bool is_transparent(const Node *n)
{
    return n->op == OP_CONVERT || n->op == OP_STOP || n->op == OP_COPY || n->op == OP_GUARD || n->op == OP_FILL;
}

static const Node *shown(const Node *n)
{
    while (is_transparent(n))
        n = n->in[0];
    return n;
}

// Constants, positions and sizes are no wires; what is computed from them alone neither.
static bool is_wire(Maker *m, const Node *n)
{
    n = shown(n);
    if (map_get(m->bundle, n))
        return true;
    if (n->op == OP_INPUT)
        return n->attr.i == INPUT_DATA;
    if (n->op == OP_CONST || n->op == OP_TABLE || n->op == OP_IOTA || n->op == OP_SIZE || is_parameter(n))
        return false;
    for (int i = 0; i < n->nin; i++)
        if (is_wire(m, n->in[i]))
            return true;
    return false;
}

static Bundle *bundle_new(Maker *m, const Node *n)
{
    Bundle *b = ARENA_NEW(m->arena, Bundle);
    b->node = n;
    b->n = n->type.axes.n;
    b->axis = n->type.axes.at;
    map_put(m->bundle, n, b);
    return b;
}

static Bundle **stack_copy(Maker *m)
{
    Bundle **s = ARENA_ARRAY(m->arena, Bundle *, m->stack.n + 1);
    if (m->stack.n)
        memcpy(s, m->stack.at, sizeof *s * (size_t)m->stack.n);
    return s;
}

static int stack_find(const Maker *m, const Bundle *b)
{
    for (int i = 0; i < m->stack.n; i++)
        if (m->stack.at[i] == b)
            return i;
    return -1;
}

static void stack_remove(Maker *m, int at)
{
    for (int i = at; i + 1 < m->stack.n; i++)
        m->stack.at[i] = m->stack.at[i + 1];
    m->stack.n--;
}

static void stack_insert(Maker *m, int at, Bundle *b)
{
    vec_push(m->arena, &m->stack, b);
    for (int i = m->stack.n - 1; i > at; i--)
        m->stack.at[i] = m->stack.at[i - 1];
    m->stack.at[at] = b;
}

// ---- marks ----

static const struct {
    Op          op;
    const char *text;
} texts[] = {
    {OP_ADD, "+"}, {OP_SUB, "\u2212"}, {OP_MUL, "\u00d7"}, {OP_DIV, "\u00f7"}, {OP_SUM, "\u03a3"}, {OP_PROD, "\u03a0"},
    {OP_SQRT, "\u221a"}, {OP_POW, "^"}, {OP_MAX2, "max"}, {OP_MIN2, "min"}, {OP_SELECT, "if"}, {OP_INDEX, "at"},
    {OP_UPDATE, "set"}, {OP_SCATTER_ADD, "\u03a3 into"}, {OP_NEG, "\u2212"},
};

static const char *text_of(const Node *n)
{
    if (n->op == OP_CALL)
        return n->attr.text;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (texts[i].op == n->op)
            return texts[i].text;
    return op_info(n->op)->text;
}

static const Node *parameter_of(const Node *n)
{
    for (int i = 0; i < n->nin; i++)
        if (is_parameter(shown(n->in[i])))
            return shown(n->in[i]);
    return NULL;
}

static const char *parameter_name(const Node *p)
{
    const char *dot = strrchr(p->attr.text, '.');
    return dot ? dot + 1 : p->attr.text;
}

static Mark mark_of(const Node *n)
{
    switch (op_info(n->op)->glyph) {
    case GLYPH_NONE: return MARK_NONE;
    case GLYPH_CONTRACT: return MARK_DOT;
    case GLYPH_REDUCE: return MARK_END;
    case GLYPH_BOX:
    case GLYPH_GATHER:
    case GLYPH_LOOP: return MARK_BOX;
    }
    return MARK_BOX;
}

// Wires that go through or end at the mark; those of an element-wise operation all pass by.
static AxisSet touched_by(Maker *m, const Node *n)
{
    AxisSet all = {0}, own = axes_of(m->arena, n->attr.ax, n->attr.nax);
    for (int i = 0; i < n->nin; i++)
        all = axes_union(m->arena, all, shown(n->in[i])->type.axes);
    if (n->op == OP_CALL || n->op == OP_INDEX || op_info(n->op)->class == OPC_REGION) {
        AxisSet gone = axes_minus(m->arena, all, n->type.axes), come = axes_minus(m->arena, n->type.axes, all);
        return axes_union(m->arena, own, axes_union(m->arena, gone, come));
    }
    return axes_union(m->arena, own, axes_of(m->arena, n->attr.bx, n->attr.nbx));
}

static void add_column(Maker *m, const Node *n)
{
    Column      c = {.node = n, .mark = mark_of(n), .text = text_of(n), .touched = touched_by(m, n)};
    const Node *p = parameter_of(n);
    c.learned = p || (n->op == OP_CALL && n->attr.i);
    if (p && n->op == OP_CONTRACT) {  // a product with parameters is a learned map
        c.mark = MARK_BOX;
        c.text = parameter_name(p);
        c.touched = axes_union(m->arena, c.touched, p->type.axes);
    } else if (p && c.mark == MARK_BOX) {
        c.text = arena_printf(m->arena, "%s %s", c.text, parameter_name(p));
    }
    c.before = stack_copy(m);
    c.nbefore = m->stack.n;
    c.in = ARENA_ARRAY(m->arena, Bundle *, n->nin + 1);
    int place = m->stack.n;
    for (int i = 0; i < n->nin; i++) {
        Bundle *b = map_get(m->bundle, shown(n->in[i]));
        int     at = b ? stack_find(m, b) : -1;
        if (at < 0)
            continue;
        place = at < place ? at : place;
        bool again = false;
        for (int k = 0; k < c.nin; k++)
            again = again || c.in[k] == b;
        if (!again)
            c.in[c.nin++] = b;
        if (--b->uses <= 0) {
            stack_remove(m, stack_find(m, b));
            place = place > m->stack.n ? m->stack.n : place;
        }
    }
    c.out = bundle_new(m, n);
    stack_insert(m, place, c.out);
    c.after = stack_copy(m);
    c.nafter = m->stack.n;
    vec_push(m->arena, &m->columns, c);
}

// ---- which nodes ----

typedef struct {
    Map *live, *uses;   // uses: counted up to the number as a pointer
} Reach;

static void reach(Maker *m, Reach *r, const Node *n)
{
    n = shown(n);
    if (map_get(r->live, n))
        return;
    map_put(r->live, n, (void *)(uintptr_t)n);
    for (int i = 0; i < n->nin; i++)
        reach(m, r, n->in[i]);
}

static int count_uses(const Program *p, const Reach *r, const Node *of)
{
    int n = 0;
    for (int i = 0; i < p->main->nodes.n; i++) {
        const Node *x = p->main->nodes.at[i];
        for (int k = 0; map_get(r->live, x) && !is_transparent(x) && k < x->nin; k++)
            n += shown(x->in[k]) == of;
    }
    for (int i = 0; i < p->outputs.n; i++)
        n += shown(p->outputs.at[i].node) == of;
    return n;
}

static bool is_column(Maker *m, const Node *n)
{
    return n->op != OP_INPUT && !is_transparent(n) && n->op != OP_OUT && (is_float(n) || n->op == OP_CALL) && is_wire(m, n);
}

Diagram diagram_of(const Program *p)
{
    Maker m = {.program = p, .arena = p->arena, .bundle = map_new(p->arena), .shown = map_new(p->arena)};
    Reach r = {map_new(p->arena), NULL};
    for (int i = 0; i < p->outputs.n; i++)
        reach(&m, &r, p->outputs.at[i].node);
    for (int i = 0; i < p->inputs.n; i++) {
        const Node *n = p->inputs.at[i].node;
        if (p->inputs.at[i].kind != INPUT_DATA || !map_get(r.live, n))
            continue;
        Bundle *b = bundle_new(&m, n);
        b->uses = count_uses(p, &r, n);
        vec_push(p->arena, &m.stack, b);
    }
    for (int i = 0; i < p->main->nodes.n; i++) {
        const Node *n = p->main->nodes.at[i];
        if (!map_get(r.live, n) || !is_column(&m, n))
            continue;
        add_column(&m, n);
        ((Bundle *)map_get(m.bundle, n))->uses = count_uses(p, &r, n);
    }
    return (Diagram){m.columns.at, m.columns.n, stack_copy(&m), m.stack.n};
}
