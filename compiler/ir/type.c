#include <string.h>

#include "ir/library.h"
#include "ir/rule.h"

typedef struct {
    Arena      *arena;
    Op          op;
    Node *const *in;
    int         nin;
    const Attr *attr;
    Type       *out;
    const char *wrong;
} Rule;

static bool wrong(Rule *r, const char *what)
{
    r->wrong = what;
    return false;
}

static ElemClass class_of(const Node *n) { return elem_class(n->type.elem); }

static AxisSet all_axes(Rule *r)
{
    AxisSet s = {0};
    for (int i = 0; i < r->nin; i++)
        s = axes_union(r->arena, s, r->in[i]->type.axes);
    return s;
}

static bool give(Rule *r, Elem e, AxisSet axes)
{
    *r->out = (Type){e, axes, NULL};
    return true;
}

static AxisSet first_list(Rule *r) { return axes_of(r->arena, r->attr->ax, r->attr->nax); }
static AxisSet second_list(Rule *r) { return axes_of(r->arena, r->attr->bx, r->attr->nbx); }

static bool type_given(Rule *r) { return wrong(r, "a node of this kind is given its type"); }
static bool type_iota(Rule *r)
{
    return r->attr->nax == 1 ? give(r, ELEM_I64, first_list(r)) : wrong(r, "one axis");
}
static bool type_size(Rule *r)
{
    return r->attr->size ? give(r, ELEM_I64, (AxisSet){0}) : wrong(r, "a size");
}
static bool type_same(Rule *r) { return give(r, r->in[0]->type.elem, r->in[0]->type.axes); }
static bool type_float(Rule *r)
{
    return class_of(r->in[0]) == ELEM_CLASS_FLOAT ? type_same(r) : wrong(r, "a float operand");
}
static bool type_test(Rule *r)
{
    return class_of(r->in[0]) == ELEM_CLASS_FLOAT ? give(r, ELEM_BOOL, r->in[0]->type.axes)
                                                  : wrong(r, "a float operand");
}
static bool type_logic(Rule *r)
{
    for (int i = 0; i < r->nin; i++)
        if (class_of(r->in[i]) != ELEM_CLASS_BOOL)
            return wrong(r, "bool operands");
    return give(r, ELEM_BOOL, all_axes(r));
}
static bool type_convert(Rule *r)
{
    return give(r, r->attr->elem, r->in[0]->type.axes);
}
static bool type_join(Rule *r)
{
    for (int i = 1; i < r->nin; i++)
        if (r->in[i]->type.elem != r->in[0]->type.elem)
            return wrong(r, "operands of one element type");
    return class_of(r->in[0]) != ELEM_CLASS_BOOL ? give(r, r->in[0]->type.elem, all_axes(r))
                                                 : wrong(r, "numbers");
}
static bool type_join_float(Rule *r)
{
    return class_of(r->in[0]) == ELEM_CLASS_FLOAT ? type_join(r) : wrong(r, "float operands");
}
static bool type_join_int(Rule *r)
{
    return class_of(r->in[0]) == ELEM_CLASS_INT ? type_join(r) : wrong(r, "int operands");
}
static bool type_compare(Rule *r)
{
    return r->in[0]->type.elem == r->in[1]->type.elem ? give(r, ELEM_BOOL, all_axes(r))
                                                      : wrong(r, "operands of one element type");
}
static bool type_select(Rule *r)
{
    if (class_of(r->in[0]) != ELEM_CLASS_BOOL || r->in[1]->type.elem != r->in[2]->type.elem)
        return wrong(r, "a bool and two of one element type");
    return give(r, r->in[1]->type.elem, all_axes(r));
}
static bool type_guard(Rule *r)
{
    if (class_of(r->in[1]) != ELEM_CLASS_BOOL ||
        !axes_contains(r->in[0]->type.axes, r->in[1]->type.axes))
        return wrong(r, "a bool over axes of the first operand");
    return type_same(r);
}
static bool type_fill(Rule *r) { return type_same(r); }
static bool type_expand(Rule *r)
{
    AxisSet more = first_list(r);
    if (more.n != r->attr->nax || axes_intersect(r->arena, r->in[0]->type.axes, more).n)
        return wrong(r, "axes that the operand has not");
    return give(r, r->in[0]->type.elem, axes_union(r->arena, r->in[0]->type.axes, more));
}
static bool type_rename(Rule *r)
{
    AxisSet from = first_list(r), to = second_list(r),
            kept = axes_minus(r->arena, r->in[0]->type.axes, from);
    if (r->attr->nax != r->attr->nbx || from.n != r->attr->nax || to.n != r->attr->nbx ||
        !axes_contains(r->in[0]->type.axes, from) || axes_intersect(r->arena, kept, to).n)
        return wrong(r, "axes of the operand, to as many others");
    return give(r, r->in[0]->type.elem, axes_union(r->arena, kept, to));
}
static bool replaced(Rule *r, AxisSet from, AxisSet to)
{
    AxisSet kept = axes_minus(r->arena, r->in[0]->type.axes, from);
    if (from.n != r->attr->nax || to.n != r->attr->nbx ||
        !axes_contains(r->in[0]->type.axes, from) || axes_intersect(r->arena, kept, to).n)
        return wrong(r, "axes of the operand, to others");
    return give(r, r->in[0]->type.elem, axes_union(r->arena, kept, to));
}
static bool type_split(Rule *r)
{
    return r->attr->nax == 1 ? replaced(r, first_list(r), second_list(r))
                             : wrong(r, "one axis to split");
}
static bool type_merge(Rule *r)
{
    return r->attr->nbx == 1 ? replaced(r, first_list(r), second_list(r))
                             : wrong(r, "one axis to merge into");
}
static bool type_concat(Rule *r)
{
    AxisSet rest = {0};
    if (r->attr->nbx != 1 || r->attr->nax != r->nin || r->nin < 1)
        return wrong(r, "an axis for each operand and one for the result");
    for (int i = 0; i < r->nin; i++) {
        if (!axes_has(r->in[i]->type.axes, r->attr->ax[i]) ||
            r->in[i]->type.elem != r->in[0]->type.elem)
            return wrong(r, "operands of one element type with their axes");
        AxisSet others =
            axes_minus(r->arena, r->in[i]->type.axes, axes_of(r->arena, &r->attr->ax[i], 1));
        if (axes_intersect(r->arena, others, first_list(r)).n)
            return wrong(r, "no axis that is joined here and passes there");
        rest = axes_union(r->arena, rest, others);
    }
    if (axes_has(rest, r->attr->bx[0]))
        return wrong(r, "a result axis that the operands have not");
    return give(r, r->in[0]->type.elem, axes_union(r->arena, rest, second_list(r)));
}
static bool reduced(Rule *r, Elem e)
{
    AxisSet ax = first_list(r);
    return ax.n == r->attr->nax && axes_contains(r->in[0]->type.axes, ax)
               ? give(r, e, axes_minus(r->arena, r->in[0]->type.axes, ax))
               : wrong(r, "axes of the operand");
}
static bool type_reduce_number(Rule *r)
{
    return class_of(r->in[0]) != ELEM_CLASS_BOOL ? reduced(r, r->in[0]->type.elem)
                                                 : wrong(r, "a number");
}
static bool type_reduce_bool(Rule *r)
{
    return class_of(r->in[0]) == ELEM_CLASS_BOOL ? reduced(r, ELEM_BOOL) : wrong(r, "a bool");
}
static bool type_reduce_arg(Rule *r)
{
    return r->attr->nax == 1 && class_of(r->in[0]) != ELEM_CLASS_BOOL
               ? reduced(r, ELEM_I64)
               : wrong(r, "one axis of a number");
}
static bool type_scan(Rule *r)
{
    return r->attr->nax == 1 && axes_has(r->in[0]->type.axes, r->attr->ax[0]) &&
                   class_of(r->in[0]) != ELEM_CLASS_BOOL
               ? type_same(r)
               : wrong(r, "one axis of a number");
}
static bool type_contract(Rule *r)
{
    AxisSet ax = first_list(r);
    if (r->in[0]->type.elem != r->in[1]->type.elem || class_of(r->in[0]) == ELEM_CLASS_BOOL)
        return wrong(r, "numbers of one element type");
    if (ax.n != r->attr->nax || !axes_contains(r->in[0]->type.axes, ax) ||
        !axes_contains(r->in[1]->type.axes, ax))
        return wrong(r, "axes that both operands have");
    return give(r, r->in[0]->type.elem, axes_minus(r->arena, all_axes(r), ax));
}
static bool type_index(Rule *r)
{
    AxisSet ax = first_list(r);
    int     npos = r->attr->nax;
    if (r->nin != 1 + npos + (r->attr->i != 0) || ax.n != npos ||
        !axes_contains(r->in[0]->type.axes, ax))
        return wrong(r, "a position for each axis");
    AxisSet axes = axes_minus(r->arena, r->in[0]->type.axes, ax);
    for (int k = 0; k < npos; k++) {
        if (r->in[1 + k]->type.elem != ELEM_I64)
            return wrong(r, "i64 positions");
        axes = axes_union(r->arena, axes, r->in[1 + k]->type.axes);
    }
    if (r->attr->i && r->in[1 + npos]->type.elem != r->in[0]->type.elem)
        return wrong(r, "an else value of the operand's element type");
    if (r->attr->i)
        axes = axes_union(r->arena, axes, r->in[1 + npos]->type.axes);
    return give(r, r->in[0]->type.elem, axes);
}
static bool type_update(Rule *r)
{
    AxisSet ax = first_list(r), all = r->in[0]->type.axes;
    int     npos = r->attr->nax;
    if (r->nin != 2 + npos || ax.n != npos || !npos || !axes_contains(all, ax))
        return wrong(r, "a position for each axis, and a value");
    AxisSet rest = axes_minus(r->arena, all, ax);
    for (int k = 1; k < r->nin; k++)
        if (!axes_contains(rest, r->in[k]->type.axes) ||
            r->in[k]->type.elem != (k <= npos ? ELEM_I64 : r->in[0]->type.elem))
            return wrong(r, "i64 positions and a value of its element type, over its other axes");
    return type_same(r);
}
static bool type_scatter(Rule *r)
{
    AxisSet ax = first_list(r), bx = second_list(r), all = all_axes(r);
    if (r->nin != 1 + r->attr->nbx || bx.n != r->attr->nbx || ax.n != r->attr->nax ||
        !axes_contains(all, ax))
        return wrong(r, "a position for each target axis, and source axes that are there");
    for (int k = 0; k < r->attr->nbx; k++)
        if (r->in[1 + k]->type.elem != ELEM_I64)
            return wrong(r, "i64 positions");
    if (class_of(r->in[0]) == ELEM_CLASS_BOOL)
        return wrong(r, "numbers");
    AxisSet rest = axes_minus(r->arena, all, ax);
    if (axes_intersect(r->arena, rest, bx).n)
        return wrong(r, "target axes that are not there");
    return give(r, r->in[0]->type.elem, axes_union(r->arena, rest, bx));
}
static bool type_check(Rule *r)
{
    if (r->in[0]->type.elem != ELEM_I64 || class_of(r->in[1]) != ELEM_CLASS_BOOL || r->in[1]->type.axes.n ||
        r->in[2]->type.elem != ELEM_I64 || r->in[2]->type.axes.n || (!r->attr->size && !r->attr->text))
        return wrong(r, "positions, a bool[] and an i64[], and a size or a text");
    return give(r, ELEM_I64, r->in[0]->type.axes);
}
static bool type_tally(Rule *r)
{
    for (int i = 1; i < 3; i++)
        if (r->in[i]->type.elem != ELEM_I64 || r->in[i]->type.axes.n)
            return wrong(r, "a bool and two i64[]");
    return class_of(r->in[0]) == ELEM_CLASS_BOOL && r->attr->text ? give(r, ELEM_BOOL, r->in[0]->type.axes)
                                                                 : wrong(r, "a bool and two i64[], and a place");
}
static bool type_argsort(Rule *r)
{
    return r->attr->nax == 1 && axes_has(r->in[0]->type.axes, r->attr->ax[0])
               ? give(r, ELEM_I64, r->in[0]->type.axes)
               : wrong(r, "one axis of the operand");
}
// Each operand has its letters and no other of them; those that pass by are in any of the operands.
static bool type_library(Rule *r)
{
    LibraryShape s = library_shape(r->op);
    AxisSet      letters = first_list(r), lifted, starred;
    if (r->nin != s.nin || letters.n != s.letters || r->attr->nax != s.letters || r->attr->i < 0 || r->attr->i >= s.nout)
        return wrong(r, "an axis for each letter of its signature");
    for (int i = 0; i < s.nin; i++)
        for (int k = 0; k < s.letters; k++)
            if (axes_has(r->in[i]->type.axes, r->attr->ax[k]) != library_has(&s.in[i], k))
                return wrong(r, "the axes of its signature in each operand");
    for (int i = 0; i < s.nin; i++)
        if (r->in[i]->type.elem != r->in[0]->type.elem || (r->in[0]->type.elem != ELEM_F64 && r->in[0]->type.elem != ELEM_F32))
            return wrong(r, "operands of one element type, f64 or f32");
    library_axes(r->arena, &s, r->in, letters, &lifted, &starred);
    const LibraryArray *out = &s.out[r->attr->i];
    AxisSet             axes = out->starred ? axes_union(r->arena, lifted, starred) : lifted;
    for (int k = 0; k < s.letters; k++)
        if (library_has(out, k))
            axes = axes_union(r->arena, axes, axes_of(r->arena, &r->attr->ax[k], 1));
    return give(r, r->in[0]->type.elem, axes);
}
// Region operations have result types of their own (outs); these rules are about their operands
// alone.
static bool type_loop(Rule *r)
{
    if (r->attr->nax != 1 || r->attr->i < 0 || r->attr->i > r->nin)
        return wrong(r, "one axis, and carries among its operands");
    return give(r, ELEM_BOOL, (AxisSet){0});
}
static bool type_run(Rule *r) { return give(r, ELEM_BOOL, (AxisSet){0}); }
static bool type_fix(Rule *r)
{
    if (r->attr->i < 0 || r->attr->i + 3 > r->nin)
        return wrong(r, "a tolerance, the most turns, what is wanted, and carries among its operands");
    if (r->in[0]->type.elem != ELEM_F64 || r->in[0]->type.axes.n || r->in[1]->type.elem != ELEM_I64 ||
        r->in[1]->type.axes.n)
        return wrong(r, "a tolerance f64[] and the most turns i64[]");
    if (class_of(r->in[2]) != ELEM_CLASS_BOOL)
        return wrong(r, "a bool that says which positions are wanted");
    return give(r, ELEM_BOOL, (AxisSet){0});
}
static bool type_branch(Rule *r)
{
    if (r->nin < 1 || class_of(r->in[0]) != ELEM_CLASS_BOOL || r->in[0]->type.axes.n)
        return wrong(r, "a bool[] as its condition");
    return give(r, ELEM_BOOL, (AxisSet){0});
}
static bool type_out(Rule *r)
{
    const Node *n = r->in[0];
    if (op_info(n->op)->class != OPC_REGION || n->op == OP_OUT || r->attr->i < 0 ||
        r->attr->i >= n->nouts)
        return wrong(r, "a result of a region operation");
    *r->out = n->outs[r->attr->i];
    return true;
}

typedef bool TypeRule(Rule *r);
static TypeRule *const table[OP_COUNT] = {
#define OP(id, text, arity, class_, type, jvp, transpose, flops, glyph, lo, hi)                    \
    [OP_##id] = type_##type,
#include "ops.def"
#undef OP
};

bool rule_type(Arena *a, Op op, Node *const *in, int nin, const Attr *attr, Type *out,
               const char **why)
{
    Rule r = {a, op, in, nin, attr, out, NULL};
    int  arity = op_info(op)->arity;
    if (arity >= 0 && arity != nin) {
        *why = "the wrong number of operands";
        return false;
    }
    bool ok = table[op](&r);
    *why = r.wrong;
    return ok;
}
