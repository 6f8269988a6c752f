// Operators on tensors: which axes may meet, which width results, and the operations they become.
#include "ir/complex.h"
#include "sema/sema.h"

// ---- widths ----

Value *apply_convert(Sema *s, Value *v, Elem e, Span where)
{
    Value *out = value_tensor(s, ir_convert(s->b, value_node(s, v), e), where);
    out->order = v->order;
    return out;
}

// The element type that values meet as, and whether it is weak. False when bools meet numbers.
static bool meet(Sema *s, Value *const *v, int n, Elem *elem, bool *weak)
{
    bool any_float = false, any_complex = false, strong_float = false, strong_int = false;
    int  bools = 0;
    Elem f = ELEM_F32, i = ELEM_U8;
    for (int k = 0; k < n; k++) {
        ElemClass c = elem_class(v[k]->elem);
        bools += c == ELEM_CLASS_BOOL;
        any_complex |= c == ELEM_CLASS_COMPLEX;
        any_float |= elem_is_smooth(v[k]->elem);
        if (elem_is_smooth(v[k]->elem) && !v[k]->weak) {
            Elem part = elem_part(v[k]->elem);
            f = strong_float ? elem_join(f, part) : part;
            strong_float = true;
        } else if (c == ELEM_CLASS_INT && !v[k]->weak) {
            i = strong_int ? elem_join(i, v[k]->elem) : v[k]->elem;
            strong_int = true;
        }
    }
    *weak = !strong_float && !strong_int && bools == 0;
    if (bools)
        *elem = ELEM_BOOL;
    else if (any_float)
        *elem = strong_float ? f : strong_int ? s->real : ELEM_F64;
    else
        *elem = strong_int ? i : ELEM_I64;
    *elem = any_complex && !bools ? elem_complex(*elem) : *elem;
    return bools == 0 || bools == n;
}

bool join_elems(Sema *s, Value **v, int n, Span where, const char *what)
{
    Elem elem;
    bool weak;
    if (!meet(s, v, n, &elem, &weak)) {
        Diag *d = sema_diag(s, DIAG_E0309, where, "%s of a bool and a number", what);
        for (int k = 0; k < n; k++)
            diag_label(d, v[k]->where, "%s", text_value(s, v[k]));
        diag_help(d, "`real(c)` or `int(c)` makes a number of a bool");
        return false;
    }
    for (int k = 0; k < n; k++) {
        if (v[k]->elem == elem && v[k]->weak == weak)
            continue;
        Value *c = value_tensor(s, ir_convert(s->b, value_node(s, v[k]), elem), v[k]->where);
        c->weak = weak;
        c->loose = v[k]->loose;
        v[k] = c;
    }
    return true;
}

// Floats for a function that is of floats: ints become real.
static void make_floats(Sema *s, Value **v, int n)
{
    for (int k = 0; k < n; k++)
        if (elem_class(v[k]->elem) == ELEM_CLASS_INT) {
            Value *c = value_tensor(s, ir_convert(s->b, value_node(s, v[k]), v[k]->weak ? ELEM_F64 : s->real),
                                    v[k]->where);
            c->weak = v[k]->weak;
            c->loose = v[k]->loose;
            v[k] = c;
        }
}

// ---- axes ----

static void containment_help(Sema *s, Diag *d, const Value *a, AxisSet va, AxisSet vb)
{
    AxisSet extra = axes_minus(s->arena, va, vb);
    bool    twin = false;
    for (int i = 0; i < extra.n; i++)
        for (int j = 0; j < vb.n; j++)
            twin |= extra.at[i]->name == vb.at[j]->name;
    if (twin)
        diag_note(d, a->where, "two axes of one name are two declarations");
    Buf b = {0};
    for (int i = 0; i < extra.n; i++)
        buf_printf(&b, "%s+%s", i ? ", " : "", extra.at[i]->name);
    diag_help(d, "for all pairs, repeat one side along the other's axes: `y[%s]`; or rename: `x[a -> b]`",
              b.at ? b.at : "");
    buf_free(&b);
}

// Bare axis names and arithmetic on them meet anything, what compares them its like: `i < 2 and j < 3`.
static bool meets_all(const Value *a) { return a->loose && elem_class(a->elem) == ELEM_CLASS_INT; }

// One side's axes must contain the other's; bare axis names are excepted.
bool meet_contained(Sema *s, const Value *a, const Value *b, Span at, const char *what)
{
    AxisSet va = value_visible(s, a), vb = value_visible(s, b);
    bool    bare = meets_all(a) || meets_all(b) || (a->loose && b->loose);
    if (bare || axes_contains(va, vb) || axes_contains(vb, va))
        return true;
    Diag *d = sema_diag(s, DIAG_E0301, at, "%s: one side's axes must contain the other's", what);
    diag_label(d, a->where, "%s", text_axes(s, va));
    diag_label(d, b->where, "%s", text_axes(s, vb));
    containment_help(s, d, a, va, vb);
    return false;
}

bool position_clash(Sema *s, const Value *a, const Value *b, Span at, const char *what)
{
    if (!a->pos || !b->pos || a->pos == b->pos)
        return false;
    Diag *d = sema_diag(s, DIAG_E0310, at, "%s of positions along two different axes", what);
    diag_label(d, a->where, "positions along `%s`", a->pos->name);
    diag_label(d, b->where, "positions along `%s`", b->pos->name);
    diag_help(d, "`int(y)` makes a plain number of a position");
    return true;
}

static bool is_number(Sema *s, const Value *v, Span where, const char *what)
{
    if (is_tensor(v))
        return true;
    Diag *d = sema_diag(s, DIAG_E0313, where, "%s needs tensors", what);
    diag_label(d, v->where, "this is %s", text_value(s, v));
    if (v->kind == V_FUNC)
        diag_help(d, "call it: `%s(…)`", v->func->name ? v->func->name : "f");
    if (v->kind == V_RECORD || v->kind == V_MODEL)
        diag_help(d, "`map(f, x)` goes through it leaf by leaf, `zip(f, x, y)` through two");
    return false;
}

// ---- what is known when compiled ----

static Truth truth_of(bool yes, bool no) { return yes ? TRUTH_TRUE : no ? TRUTH_FALSE : TRUTH_OPEN; }

static bool always_nonneg(Sema *s, const Size *a)
{
    SizeWitness w;
    Facts       f = {(const Size **)s->facts.at, s->facts.n};
    return size_nonneg(s->sizes, a, &f, &w) == SIZE_ALWAYS;
}

static Truth compare_sizes(Sema *s, Operator op, const Size *a, const Size *b)
{
    Sizes      *z = s->sizes;
    const Size *one = size_const(z, 1), *d = size_sub(z, b, a), *e = size_sub(z, a, b);
    bool less = always_nonneg(s, size_sub(z, d, one)), more = always_nonneg(s, size_sub(z, e, one));
    bool at_most = always_nonneg(s, d), at_least = always_nonneg(s, e);
    switch ((int)op) {
    case OPR_LT: return truth_of(less, at_least);
    case OPR_LE: return truth_of(at_most, more);
    case OPR_GT: return truth_of(more, at_most);
    case OPR_GE: return truth_of(at_least, less);
    case OPR_EQ: return truth_of(at_most && at_least, less || more);
    default: return truth_of(less || more, at_most && at_least);
    }
}

static const Size *static_arithmetic(Sema *s, Operator op, const Size *a, const Size *b)
{
    switch ((int)op) {
    case OPR_ADD: return size_add(s->sizes, a, b);
    case OPR_SUB: return size_sub(s->sizes, a, b);
    case OPR_MUL: return size_mul(s->sizes, a, b);
    case OPR_IDIV: return size_div(s->sizes, a, b);
    case OPR_MOD: return size_mod(s->sizes, a, b);
    default: return NULL;
    }
}

static Truth logic_of(Operator op, Truth a, Truth b)
{
    if (a == TRUTH_DYNAMIC || b == TRUTH_DYNAMIC) {
        Truth decided = op == OPR_AND ? TRUTH_FALSE : TRUTH_TRUE;
        return a == decided || b == decided ? decided : TRUTH_DYNAMIC;
    }
    bool is_and = op == OPR_AND;
    if (a == TRUTH_OPEN || b == TRUTH_OPEN)
        return is_and ? truth_of(false, a == TRUTH_FALSE || b == TRUTH_FALSE)
                      : truth_of(a == TRUTH_TRUE || b == TRUTH_TRUE, false);
    bool x = a == TRUTH_TRUE, y = b == TRUTH_TRUE;
    return truth_of(is_and ? x && y : x || y, is_and ? !(x && y) : !(x || y));
}

// ---- operators ----

typedef enum { KIND_ARITHMETIC, KIND_COMPARE, KIND_LOGIC } OperatorKind;
static const struct {
    Op           op;
    OperatorKind kind;
    bool         swap, floats, ints;
} table[OPR_COUNT] = {
    [OPR_ADD] = {OP_ADD, KIND_ARITHMETIC, false, false, false},
    [OPR_SUB] = {OP_SUB, KIND_ARITHMETIC, false, false, false},
    [OPR_MUL] = {OP_MUL, KIND_ARITHMETIC, false, false, false},
    [OPR_DIV] = {OP_DIV, KIND_ARITHMETIC, false, true, false},
    [OPR_POW] = {OP_POW, KIND_ARITHMETIC, false, true, false},
    [OPR_IDIV] = {OP_IDIV, KIND_ARITHMETIC, false, false, true},
    [OPR_MOD] = {OP_IMOD, KIND_ARITHMETIC, false, false, true},
    [OPR_EQ] = {OP_EQ, KIND_COMPARE, false, false, false},
    [OPR_NE] = {OP_NE, KIND_COMPARE, false, false, false},
    [OPR_LT] = {OP_LT, KIND_COMPARE, false, false, false},
    [OPR_LE] = {OP_LE, KIND_COMPARE, false, false, false},
    [OPR_GT] = {OP_LT, KIND_COMPARE, true, false, false},
    [OPR_GE] = {OP_LE, KIND_COMPARE, true, false, false},
    [OPR_AND] = {OP_AND, KIND_LOGIC, false, false, false},
    [OPR_OR] = {OP_OR, KIND_LOGIC, false, false, false},
};

static bool all_class(Value *const *v, int n, ElemClass c)
{
    for (int i = 0; i < n; i++)
        if (elem_class(v[i]->elem) != c)
            return false;
    return true;
}

static bool operand_classes(Sema *s, Operator op, Value **v, Span at)
{
    const char *what = name_format(s->names, "`%s`", operator_text(op));
    if (table[op].kind == KIND_LOGIC && !all_class(v, 2, ELEM_CLASS_BOOL)) {
        Diag *d = sema_diag(s, DIAG_E0309, at, "%s is of bools", what);
        diag_help(d, "compare: `x != 0`");
        diag_label(d, v[0]->where, "%s", text_value(s, v[0]));
        diag_label(d, v[1]->where, "%s", text_value(s, v[1]));
        return false;
    }
    if (table[op].ints && !all_class(v, 2, ELEM_CLASS_INT)) {
        Diag *d = sema_diag(s, DIAG_E0309, at, "%s is of whole numbers", what);
        diag_label(d, v[0]->where, "%s", text_value(s, v[0]));
        diag_label(d, v[1]->where, "%s", text_value(s, v[1]));
        diag_help(d, "`/` divides floats; `floor(x / y)` rounds down");
        return false;
    }
    bool ordered = table[op].op == OP_LT || table[op].op == OP_LE;
    for (int k = 0; k < 2 && ordered; k++)
        if (elem_class(v[k]->elem) == ELEM_CLASS_COMPLEX) {
            Diag *d = sema_diag(s, DIAG_E0309, at, "complex numbers have no order: %s", what);
            diag_label(d, v[k]->where, "%s", text_value(s, v[k]));
            diag_help(d, "compare `abs(z)`, `real(z)` or `imag(z)`");
            return false;
        }
    bool bools = elem_class(v[0]->elem) == ELEM_CLASS_BOOL && elem_class(v[1]->elem) == ELEM_CLASS_BOOL;
    if (table[op].kind == KIND_ARITHMETIC && bools) {
        Diag *d = sema_diag(s, DIAG_E0309, at, "a bool is no number: %s", what);
        diag_label(d, v[0]->where, "%s", text_value(s, v[0]));
        diag_help(d, "`int(c)` or `real(c)` makes one of it");
        return false;
    }
    return true;
}

static Node *binary_node(Sema *s, Op op, Node *x, Node *y)
{
    return complex_is(x) || complex_is(y) ? complex_binary(s->b, op, x, y) : ir_binary(s->b, op, x, y);
}

static Node *small_power(Sema *s, Node *x, const Node *y)
{
    if (y->op != OP_CONST || (y->attr.r != 2 && y->attr.r != 3))
        return NULL;
    Node *square = binary_node(s, OP_MUL, x, x);
    return y->attr.r == 2 ? square : binary_node(s, OP_MUL, square, x);
}

// A real factor of a complex tensor stays real, of the width of a part.
static bool join_operands(Sema *s, Value **v, Op op, Span at, const char *what)
{
    int  k = elem_class(v[0]->elem) == ELEM_CLASS_COMPLEX ? 0 : 1;
    bool apart = op == OP_MUL || op == OP_POW || (op == OP_DIV && k == 0);
    if (!apart || elem_class(v[k]->elem) != ELEM_CLASS_COMPLEX || elem_class(v[!k]->elem) != ELEM_CLASS_FLOAT)
        return join_elems(s, v, 2, at, what);
    Value *pair[2] = {v[0], v[1]};
    if (!join_elems(s, pair, 2, at, what))
        return false;
    Elem  part = elem_part(pair[k]->elem);
    bool  weak = pair[k]->weak;
    v[k] = pair[k];
    if (v[!k]->elem != part || v[!k]->weak != weak)
        v[!k] = apply_convert(s, v[!k], part, v[!k]->where);
    v[!k]->weak = weak;
    return true;
}

static Value *binary_tensors(Sema *s, Operator op, Value *a, Value *b, Span at, Span where)
{
    Value      *v[2] = {a, b};
    const char *what = name_format(s->names, "`%s`", operator_text(op));
    if (!meet_contained(s, a, b, at, what) || position_clash(s, a, b, at, what) || !operand_classes(s, op, v, at))
        return value_new(s, V_ERROR, where);
    know_position(s, a);
    know_position(s, b);
    if (table[op].floats)
        make_floats(s, v, 2);
    if (!join_operands(s, v, table[op].op, at, what))
        return value_new(s, V_ERROR, where);
    if (table[op].swap) {
        Value *t = v[0];
        v[0] = v[1];
        v[1] = t;
    }
    Node *x = value_node(s, v[0]), *y = value_node(s, v[1]);
    Node *power = op == OPR_POW ? small_power(s, x, y) : NULL;
    Value *out = value_tensor(s, power ? power : binary_node(s, table[op].op, x, y), where);
    out->weak = v[0]->weak && v[1]->weak && table[op].kind != KIND_LOGIC;
    bool numbers = (a->loose || is_scalar(s, a)) && (b->loose || is_scalar(s, b));
    bool discrete = elem_class(out->elem) == ELEM_CLASS_INT || elem_class(out->elem) == ELEM_CLASS_BOOL;
    out->loose = (a->loose || b->loose) && numbers && discrete;
    return out;
}

// Both sides static: the result is static too.
static void keep_static(Sema *s, Operator op, const Value *a, const Value *b, Value *out)
{
    if (table[op].kind == KIND_LOGIC && out->axes.n == 0)
        out->truth = logic_of(op, a->truth, b->truth);
    else if (a->fixed && b->fixed && table[op].kind == KIND_COMPARE)
        out->truth = compare_sizes(s, op, a->fixed, b->fixed);
    else if (a->fixed && b->fixed)
        out->fixed = static_arithmetic(s, op, a->fixed, b->fixed);
}

typedef struct {
    Operator op;
    Span     at, where;
} LeafOp;

static Value *leaf_left(Sema *s, Value *a, Value *b, void *user)
{
    LeafOp *o = user;
    Value *out = apply_binary(s, o->op, a, b, o->at, o->where);
    out->leaf = a->leaf;
    out->buffer = a->buffer;
    out->order = a->order;
    return a->buffer ? a : out;  // arithmetic of models acts on parameters and keeps the rest
}

static Value *leaf_right(Sema *s, Value *b, Value *a, void *user)
{
    LeafOp *o = user;
    Value *out = apply_binary(s, o->op, a, b, o->at, o->where);
    out->leaf = b->leaf;
    out->order = b->order;
    return b->buffer ? b : out;
}

static bool has_leaves(const Value *v) { return v->kind == V_RECORD || v->kind == V_MODEL; }

Value *apply_binary(Sema *s, Operator op, Value *a, Value *b, Span at, Span where)
{
    if (is_error(a) || is_error(b))
        return value_new(s, V_ERROR, where);
    LeafOp o = {op, at, where};
    if (has_leaves(a) && (has_leaves(b) || is_tensor(b))) {
        b = value_aligned(s, b, a);
        if (has_leaves(b) && !same_shape(s, a, b)) {
            sema_diag(s, DIAG_E0313, at, "`%s` of two that have not the same parts: %s and %s", operator_text(op), text_value(s, a),
                      text_value(s, b));
            diag_note(diags_last(s->diags), SPAN_NONE, "%s", text_first_difference(s, a, b, NULL));
            return value_new(s, V_ERROR, where);
        }
        return value_map(s, a, b, leaf_left, &o);
    }
    if (has_leaves(b) && is_tensor(a))
        return value_map(s, b, a, leaf_right, &o);
    const char *what = name_format(s->names, "`%s`", operator_text(op));
    if (!is_number(s, a, at, what) || !is_number(s, b, at, what))
        return value_new(s, V_ERROR, where);
    Value *out = binary_tensors(s, op, a, b, at, where);
    if (!is_error(out))
        keep_static(s, op, a, b, out);
    return out;
}

static Value *leaf_unary(Sema *s, Value *a, Value *b, void *user)
{
    (void)b;
    LeafOp *o = user;
    return apply_unary(s, o->op, a, o->where);
}

Value *apply_unary(Sema *s, Operator op, Value *a, Span where)
{
    LeafOp o = {op, where, where};
    if (is_error(a))
        return a;
    if (has_leaves(a))
        return value_map(s, a, NULL, leaf_unary, &o);
    if (!is_number(s, a, where, op == OPR_NOT ? "`not`" : "`-`"))
        return value_new(s, V_ERROR, where);
    bool is_bool = elem_class(a->elem) == ELEM_CLASS_BOOL;
    if (is_bool != (op == OPR_NOT))
        return helped(s, sema_error(s, DIAG_E0309, where, op == OPR_NOT ? "`not` is of bools; this is %s"
                                                              : "a bool is no number: `-` of %s",
                          text_value(s, a)),
                      "compare: `x != 0` is a bool; `real(c)` is a number");
    Value *out = value_tensor(s, ir_unary(s->b, op == OPR_NOT ? OP_NOT : OP_NEG, value_node(s, a)), where);
    out->weak = a->weak;
    out->loose = a->loose;
    if (a->fixed)
        out->fixed = size_sub(s->sizes, size_const(s->sizes, 0), a->fixed);
    out->truth = a->truth == TRUTH_TRUE ? TRUTH_FALSE : a->truth == TRUTH_FALSE ? TRUTH_TRUE : a->truth;
    return out;
}

// ---- functions element by element ----

static bool takes_ints(Op op) { return op == OP_ABS || op == OP_SIGN || op == OP_MIN2 || op == OP_MAX2; }
static bool takes_only_ints(Op op) { return op >= OP_BITAND && op <= OP_SHR; }

// An operation by the name that a program calls it by.
static const char *called(Sema *s, Op op)
{
    return op == OP_MAX2 ? "`max`" : op == OP_MIN2 ? "`min`" : name_format(s->names, "`%s`", op_info(op)->text);
}

static Value *no_complex(Sema *s, const Value *v, Span where, const char *what)
{
    Diag *d = sema_diag(s, DIAG_E0309, where, "%s is of real numbers", what);
    diag_label(d, v->where, "%s", text_value(s, v));
    diag_help(d, "of complex numbers there are abs, arg, exp, log, sqrt, sin, cos, sinh and cosh");
    return value_new(s, V_ERROR, where);
}

Value *apply_map(Sema *s, Op op, Value **in, int n, Span where)
{
    Value *v[3] = {NULL};
    Node  *x[3];
    for (int i = 0; i < n; i++) {
        if (is_error(in[i]))
            return in[i];
        if (!is_number(s, in[i], where, called(s, op)))
            return value_new(s, V_ERROR, where);
        v[i] = in[i];
    }
    const char *what = called(s, op);
    bool bad = all_class(v, n, ELEM_CLASS_BOOL) || (takes_only_ints(op) && !all_class(v, n, ELEM_CLASS_INT));
    if (bad)
        return sema_error(s, DIAG_E0309, where, "%s is of %s; this is %s", what,
                          takes_only_ints(op) ? "whole numbers" : "numbers", text_value(s, v[0]));
    if (n == 2 && (!meet_contained(s, v[0], v[1], where, what) || position_clash(s, v[0], v[1], where, what)))
        return value_new(s, V_ERROR, where);
    if (!takes_ints(op) && !takes_only_ints(op))
        make_floats(s, v, n);
    if (!join_elems(s, v, n, where, what))
        return value_new(s, V_ERROR, where);
    for (int i = 0; i < n; i++)
        x[i] = value_node(s, v[i]);
    bool  pairs = complex_is(x[0]);
    Node *y = !pairs ? ir_make(s->b, op, x, n, NULL) : n == 1 ? complex_unary(s->b, op, x[0]) : NULL;
    if (!y)
        return no_complex(s, v[0], where, what);
    Value *out = value_tensor(s, y, where);
    out->weak = v[0]->weak && elem_class(out->elem) != ELEM_CLASS_BOOL;
    if (n == 2 && v[0]->fixed && v[1]->fixed && (op == OP_MIN2 || op == OP_MAX2))
        out->fixed = (op == OP_MIN2 ? size_min : size_max)(s->sizes, v[0]->fixed, v[1]->fixed);
    return out;
}

typedef struct {
    Value *c;
    Span   where;
} SelectLeaf;

static Value *select_leaf(Sema *s, Value *a, Value *b, void *user)
{
    SelectLeaf *o = user;
    return apply_select(s, o->c, a, b, o->where);
}

Value *apply_select(Sema *s, Value *c, Value *a, Value *b, Span where)
{
    if (is_error(c) || is_error(a) || is_error(b))
        return value_new(s, V_ERROR, where);
    bool functions = is_callable(a) && is_callable(b);
    if (functions && (a->kind == V_FUNC || b->kind == V_FUNC || !same_shape(s, a, value_aligned(s, b, a))))
        return choose_function(s, c, a, b, where);
    if (has_leaves(a)) {
        SelectLeaf o = {c, where};
        b = value_aligned(s, b, a);
        if (!same_shape(s, a, b))
            return sema_error(s, DIAG_E0313, where, "the two sides have not the same parts: %s and %s",
                              text_value(s, a), text_value(s, b));
        return value_map(s, a, b, select_leaf, &o);
    }
    if (!is_number(s, a, where, "`if`") || !is_number(s, b, where, "`if`"))
        return value_new(s, V_ERROR, where);
    Value *v[2] = {a, b};
    if (!meet_contained(s, a, b, where, "`if`") || position_clash(s, a, b, where, "`if`") ||
        !join_elems(s, v, 2, where, "`if`"))
        return value_new(s, V_ERROR, where);
    Value *wide = axes_contains(v[0]->axes, v[1]->axes) ? v[0] : v[1];
    if (!meet_contained(s, c, wide, where, "`if`"))
        return value_new(s, V_ERROR, where);
    Value *out = value_tensor(s, ir_select(s->b, value_node(s, c), value_node(s, v[0]), value_node(s, v[1])), where);
    out->weak = v[0]->weak && v[1]->weak;
    out->pos = a->pos == b->pos ? a->pos : NULL;
    return out;
}

// ---- contraction ----

static bool has_contracted(Sema *s, Value *v, Axis *k, Syn *item, const char *side, const Value *other)
{
    if (axes_has(value_visible(s, v), k))
        return true;
    Diag *d = sema_diag(s, DIAG_E0307, item->where, "axis `%s` is missing on the %s of `@[%s]`", k->name, side,
                        k->name);
    diag_label(d, v->where, "%s", text_axes(s, value_visible(s, v)));
    diag_label(d, other->where, "%s", text_axes(s, value_visible(s, other)));
    AxisSet have = value_visible(s, v);
    for (int i = 0; i < have.n; i++)
        if (have.at[i]->name == k->name)
            diag_note(d, have.at[i]->where, "`%s` on the %s is another axis of that name, declared here", k->name,
                      side);
    diag_help(d, "bring it there (a projection to `%s`, or a rename `x[a -> %s]`), or contract what both sides have",
              k->name, k->name);
    return false;
}

enum { MOST_AXES = 64 };

Value *apply_contract(Sema *s, Value *a, Value *b, Syn *n)
{
    if (is_error(a) || is_error(b))
        return value_new(s, V_ERROR, n->where);
    if (!is_number(s, a, n->at, "`@`") || !is_number(s, b, n->at, "`@`"))
        return value_new(s, V_ERROR, n->where);
    Axis *ax[MOST_AXES];
    int   count = 0;
    bool  ok = true;
    for (int i = 2; i < n->nkid; i++) {
        int got = eval_axes(s, n->kid[i], ax + count, MOST_AXES - count);
        ok = ok && (got || n->kid[i]->kind == SYN_PACK);
        for (int k = count; k < count + got; k++)
            ok = has_contracted(s, a, ax[k], n->kid[i], "left", b) &&
                 has_contracted(s, b, ax[k], n->kid[i], "right", a) && ok;
        count += got;
        ok = ok && axes_distinct(s, ax, count, n->kid[i], "`@` contracts");
    }
    Value *v[2] = {a, b};
    bool   bools = elem_class(a->elem) == ELEM_CLASS_BOOL || elem_class(b->elem) == ELEM_CLASS_BOOL;
    if (bools)
        return sema_error(s, DIAG_E0309, n->at, "a bool is no number: `@` of %s and %s", text_value(s, a),
                          text_value(s, b));
    if (!ok || !join_operands(s, v, OP_MUL, n->at, "`@`"))
        return value_new(s, V_ERROR, n->where);
    for (int i = 0; i < 2; i++)  // a sum of products of bytes is no byte
        if (elem_class(v[i]->elem) == ELEM_CLASS_INT && v[i]->elem != ELEM_I64)
            v[i] = apply_convert(s, v[i], ELEM_I64, v[i]->where);
    v[0] = under_guards_of(s, v[0], ax, count);
    if (is_error(v[0]))
        return v[0];
    Value *out = value_tensor(s, complex_contract(s->b, value_node(s, v[0]), value_node(s, v[1]), ax, count), n->where);
    out->weak = v[0]->weak && v[1]->weak;
    return out;
}

// ---- guards ----

// v under the condition g, where g's axes are v's: outside, v is not looked at.
Value *guarded(Sema *s, Value *v, Value *g)
{
    if (!is_tensor(v) || v->fixed || v->truth || !elem_is_smooth(v->elem) ||
        !axes_contains(v->axes, g->axes))
        return v;
    Value *out = value_like(s, ir_guard(s->b, value_node(s, v), value_node(s, g)), v);
    out->order = v->order;
    return out;
}

static Value *leaf_under(Sema *s, Value *v, Value *none, void *user)
{
    (void)none;
    if (v->fixed || v->truth || v->host)
        return v;
    Value *out = value_like(s, under_node(user, value_node(s, v)), v);
    out->order = v->order;
    out->leaf = v->leaf;
    return out;
}

Value *under_condition(Sema *s, Value *v, Under *side)
{
    return is_error(v) || v->kind == V_NONE || v->kind == V_FUNC ? v : value_map(s, v, NULL, leaf_under, side);
}
