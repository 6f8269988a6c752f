// Copies of nodes, and programs without what no output needs.
#include "ir/fold.h"
#include "ir/lower.h"
#include "ir/region.h"

static Region *copy_region(Builder *b, const Region *r)
{
    Region *out = region_begin(b);
    Map    *map = map_new(b->program->arena);
    for (int i = 0; i < r->params.n; i++) {
        Node *p = r->params.at[i];
        map_put(map, p, region_param(b, p->type.elem, p->type.axes));
    }
    for (int i = 0; i < r->results.n; i++)
        region_result(b, ir_copy_graph(b, r->results.at[i], map));
    region_end(b);
    return out;
}

// All parameters are explicit in a copied region: its operands are given as they were.
static Node *copy_region_op(Builder *b, const Node *n, Node *const *in)
{
    Node   *out;
    Region *first = copy_region(b, n->body[0]),
           *second = n->body[1] ? copy_region(b, n->body[1]) : NULL;
    switch ((int)n->op) {
    case OP_BRANCH: return region_branch(b, in, n->nin, first, second);
    case OP_RUN: out = ir_run(b, in, n->nin, first, second); break;
    case OP_FIX: {
        FixRule rule = {in[0], in[1], in[2], {n->attr.ax, n->attr.nax}, n->attr.flag, n->attr.text};
        out = ir_fix(b, &rule, in + 3, n->nin - 3, first);
        break;
    }
    default:
        out = second ? region_while(b, n->attr.ax[0], in, n->nin, second, first)
                     : ir_loop(b, n->attr.ax[0], in, n->nin, first);
    }
    out->attr.i = n->attr.i;
    out->attr.flag = n->attr.flag;
    out->attr.text = n->attr.text;
    region_types(b, out);
    return out;
}

Node *ir_copy_node(Builder *b, const Node *n, Node *const *in)
{
    Span where = b->where;
    Name path = b->path;
    b->where = n->where;
    b->path = n->path;
    Node *out;
    if (b->lowered && n->op == OP_OUT && (n->in[0]->op == OP_FIX || n->in[0]->op == OP_RUN))
        out = ((Node **)map_get(b->lowered, n->in[0]))[n->attr.i];
    else if (b->lowered && (n->op == OP_FIX || n->op == OP_RUN)) {
        Node **results = (n->op == OP_FIX ? lower_fix : lower_run)(b, n, in);
        map_put(b->lowered, n, results);
        out = n->nouts ? results[0] : ir_int(b, 0); // its results are looked up
    } else if (n->op == OP_INPUT)
        out = ir_input(b, n->attr.text, (InputKind)n->attr.i, n->type.elem, n->type.axes, NULL);
    else if (n->op == OP_CALL)
        out = ir_call(b, n->attr.text, in, n->nin, n->type);
    else if (n->op == OP_CONST)
        out = const_node(b, &n->attr);
    else if (n->op == OP_TABLE)
        out = ir_table(b, n->type.elem, n->attr.ax, n->attr.nax, n->attr.data, n->attr.ndata);
    else if (b->lowered && lower_is_narrow(n))
        out = lower_narrow(b, n, in);
    else if (b->lowered && n->op == OP_CONTRACT)
        out = lower_contract(b, n, in);
    else if (op_info(n->op)->class == OPC_REGION && n->op != OP_OUT)
        out = copy_region_op(b, n, in);
    else
        out = ir_make(b, n->op, in, n->nin, &n->attr);
    b->where = where;
    b->path = path;
    return out;
}

typedef struct {
    Node  *node;
    Node **in;    // the copies of its operands so far
    int    done;
} Visit;

enum { MOST_MAKERS = 16 };

// A loop that makes one of n's sizes and has not been copied, or NULL.
static Node *maker_left(const Node *n, Map *map)
{
    Node *maker[MOST_MAKERS];
    int   count = region_makers(n, maker, MOST_MAKERS);
    for (int i = 0; i < count; i++)
        if (!map_get(map, maker[i]))
            return maker[i];
    return NULL;
}

// What later copies read in its place (lower.c).
static Node *as_kept(const Builder *b, Node *copy)
{
    Node *kept = copy && b->lowered ? map_get(b->lowered, copy) : NULL;
    return kept ? kept : copy;
}

// Operands first; a stack of its own, since programs are as deep as a network is long.
Node *ir_copy_graph(Builder *b, Node *n, Map *map)
{
    VEC(Visit) stack = {0};
    Arena *a = b->program->arena;
    if (!map_get(map, n))
        vec_push(a, &stack, ((Visit){n, ARENA_ARRAY(a, Node *, n->nin + 1), 0}));
    while (stack.n) {
        Visit *v = &stack.at[stack.n - 1];
        Node  *maker = v->done == v->node->nin ? maker_left(v->node, map) : NULL;
        if (maker) {
            vec_push(a, &stack, ((Visit){maker, ARENA_ARRAY(a, Node *, maker->nin + 1), 0}));
            continue;
        }
        if (v->done == v->node->nin) {
            map_put(map, v->node, ir_copy_node(b, v->node, v->in));
            stack.n--;
            continue;
        }
        Node *next = v->node->in[v->done], *copy = as_kept(b, map_get(map, next));
        if (copy)
            v->in[v->done++] = copy;
        else
            vec_push(a, &stack, ((Visit){next, ARENA_ARRAY(a, Node *, next->nin + 1), 0}));
    }
    return map_get(map, n);
}

static Program *copied(const Program *p, bool lower)
{
    Program *q = program_new(p->arena, p->names, p->sizes, p->axes, p->name);
    Builder  b = builder_new(q);
    Map     *map = map_new(p->arena);
    b.lowered = lower ? map_new(p->arena) : NULL;
    for (int i = 0; i < p->inputs.n; i++) {
        const Input *in = &p->inputs.at[i];
        map_put(
            map, in->node,
            ir_input(&b, in->name, in->kind, in->node->type.elem, in->node->type.axes, in->order));
    }
    for (int i = 0; i < p->outputs.n; i++) {
        const Output *o = &p->outputs.at[i];
        program_output(q, o->name, ir_copy_graph(&b, o->node, map), o->alias, o->order);
    }
    program_order(q);
    return q;
}

Program *program_live(const Program *p) { return copied(p, false); }

const Program *program_lower(const Program *p) { return program_is_low(p) ? p : copied(p, true); }
