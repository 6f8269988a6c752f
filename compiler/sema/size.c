// Sizes of the language, and what must hold of them: proved, refuted with the smallest sizes
// that break it, or a precondition of the body being checked (docs/language.md, "Axes and sizes").
#include "sema/bounded.h"
#include "sema/walk.h"

// `/` between sizes must divide; as a number it is real, so sizes look at it themselves.
static const Size *exact_quotient(Sema *s, Syn *n)
{
    const Size *a = eval_size(s, n->kid[0]), *b = eval_size(s, n->kid[1]);
    if (!a || !b)
        return NULL;
    return need_divides(s, a, b, n->where, "a size is not whole") ? size_div(s->sizes, a, b) : size_error(s->sizes);
}

// In an experiment a size may come from a value: known when it runs, any while checking.
static const Size *size_from_value(Sema *s, const Value *v)
{
    double x;
    if (elem_class(v->elem) != ELEM_CLASS_INT || v->axes.n || s->stage)
        return NULL;
    if (s->number_read)
        *s->number_read = true;
    if (s->host)
        return walk_number(s, v, &x) ? size_const(s->sizes, (int64_t)x) : NULL;
    return size_of_var(s->sizes, size_var_new(s->sizes, name_of(s->names, "a value"), 0));
}

const Size *eval_size(Sema *s, Syn *n)
{
    if (n->kind == SYN_PAREN)
        return eval_size(s, n->kid[0]);
    if (n->kind == SYN_BINARY && n->op == OPR_DIV)
        return exact_quotient(s, n);
    if (n->kind == SYN_BINARY && (n->op == OPR_ADD || n->op == OPR_SUB || n->op == OPR_MUL)) {
        const Size *a = eval_size(s, n->kid[0]), *b = eval_size(s, n->kid[1]);
        if (!a || !b)
            return NULL;
        return n->op == OPR_ADD   ? size_add(s->sizes, a, b)
               : n->op == OPR_SUB ? size_sub(s->sizes, a, b)
                                  : size_mul(s->sizes, a, b);
    }
    Value *v = evaluate(s, n);
    if (is_error(v))
        return NULL;
    if (is_tensor(v) && v->fixed)
        return v->fixed;
    const Size *z = s->experiment && is_tensor(v) ? size_from_value(s, v) : NULL;
    if (z)
        return z;
    Diag *d = sema_diag(s, DIAG_E0406, n->where, "`%s` is no size that is known when compiled", text_syn(s, n));
    diag_label(d, n->where, "%s", text_value(s, v));
    if (s->experiment && is_tensor(v) && !value_visible(s, v).n && elem_class(v->elem) == ELEM_CLASS_FLOAT)
        diag_help(d, "a size is a whole number: `int(%s)`", text_syn(s, n));
    else
        diag_help(d, "a size is made of whole numbers, `#axis` and int parameters of the header");
    return NULL;
}

// ---- what must hold ----

static const char *witness_text(Sema *s, const SizeWitness *w)
{
    Buf b = {0};
    for (int i = 0; i < w->n; i++)
        buf_printf(&b, "%s%s = %lld", i ? ", " : "", w->var[i]->name, (long long)w->value[i]);
    const char *text = arena_strndup(s->arena, b.at ? b.at : "", b.n);
    buf_free(&b);
    return text;
}

static void precondition(Sema *s, PreKind kind, const Size *a, const Size *b, Span where, const char *what)
{
    if (!s->contract || s->contract->state != 1)
        return;
    s->contract->open = s->contract->open || s->undecided;
    if (s->undecided)
        return;
    Precondition p = {kind, a, b, where, what, s->stating};
    vec_push(s->arena, &s->contract->pre, p);
}

// Sizes that data binds are checked when they are known; until then only numbers refute.
static bool refuted(Sema *s, SizeAnswer answer, const SizeWitness *w)
{
    return answer == SIZE_NEVER && (!s->experiment || w->n == 0);
}

static Facts known_facts(Sema *s) { return (Facts){(const Size **)s->facts.at, s->facts.n}; }

// Is b what is left of a when it is rounded down to a multiple of something? Then that number, else 0.
static int rounded_to(Sema *s, const Size *a, const Size *b)
{
    SizeWitness w;
    Facts       none = {0};
    enum { MOST = 64 };
    for (int c = 2; c <= MOST; c++) {
        const Size *many = size_const(s->sizes, c), *down = size_mul(s->sizes, many, size_div(s->sizes, a, many));
        if (size_equal(s->sizes, down, b, &none, &w) == SIZE_ALWAYS)
            return c;
    }
    return 0;
}

// z >= 0 without minus signs: what is added against what is taken away.
const char *text_nonneg(Sema *s, const Size *z)
{
    const Size *more, *less;
    size_parts(s->sizes, z, &more, &less);
    return name_format(s->names, "%s >= %s", text_size(s, more), text_size(s, less));
}

static void help_to_equal(Sema *s, Diag *d, const Size *a, const Size *b)
{
    const Size *p, *q;
    SizeVar    *v;
    bool        rest = size_is_mod(a, &p, &q) || size_is_mod(b, &p, &q);
    int         c = rest ? 0 : rounded_to(s, a, b);
    if (!c && !rest && (c = rounded_to(s, b, a)))
        a = b;
    if (!c)
        diag_help(d, "state it in the body if callers must see to it: `require %s == %s`", text_size(s, a), text_size(s, b));
    else if (size_is_var(a, &v))
        diag_help(d, "make it a multiple: `axis %s = %d * #m`, or state it in the body: `require %s mod %d == 0`",
                  v->name + (*v->name == '#'), c, text_size(s, a), c);
    else
        diag_help(d, "state it in the body: `require %s mod %d == 0`", text_size(s, a), c);
}

bool need_equal(Sema *s, DiagCode code, const Size *a, const Size *b, Span where, const char *what)
{
    SizeWitness w = {0};
    Facts       f = known_facts(s);
    SizeAnswer  answer = size_equal(s->sizes, a, b, &f, &w);
    if (answer == SIZE_ALWAYS)
        return true;
    if (!refuted(s, answer, &w)) {
        precondition(s, PRE_EQUAL, a, b, where, what);
        return true;
    }
    Diag *d = sema_diag(s, code, where, "%s: `%s` and `%s` are not equal", what, text_size(s, a), text_size(s, b));
    if (w.n) {
        diag_label(d, where, "for %s they are %lld and %lld", witness_text(s, &w), (long long)w.left,
                   (long long)w.right);
        if (s->advice)
            diag_help(d, "%s", s->advice);
        else
            help_to_equal(s, d, a, b);
    } else if (code == DIAG_E0401) {
        diag_help(d, "change one of the two sizes where it is declared");
    }
    return false;
}

bool need_nonneg(Sema *s, DiagCode code, const Size *a, Span where, const char *what)
{
    SizeWitness w = {0};
    Facts       f = known_facts(s);
    SizeAnswer  answer = size_nonneg(s->sizes, a, &f, &w);
    if (answer == SIZE_ALWAYS)
        return true;
    if (!refuted(s, answer, &w)) {
        precondition(s, PRE_NONNEG, a, NULL, where, what);
        return true;
    }
    Diag *d = sema_diag(s, code, where, "%s", what);
    if (w.n)
        diag_label(d, where, "`%s` must not be negative; for %s it is %lld", text_size(s, a), witness_text(s, &w),
                   (long long)w.left);
    else
        diag_label(d, where, code == DIAG_E0402 ? "too far by %lld" : "short by %lld", -(long long)w.left);
    if (code == DIAG_E0402)
        diag_help(d, "say what stands outside: `else 0` behind the position, or `clamp(…)` or `wrap(…)`");
    if (code == DIAG_E0402 && w.n)
        diag_help(d, "or see to it that there is none: `require %s`", text_nonneg(s, a));
    return false;
}

bool need_positions(Sema *s, const Size *z, int64_t least, Name axis, Span where)
{
    SizeWitness w = {0};
    Facts       f = known_facts(s);
    const Size *over = size_sub(s->sizes, z, size_const(s->sizes, least));
    const char *what = name_format(s->names, "axis `%s` would have no positions", axis);
    SizeAnswer  answer = size_nonneg(s->sizes, over, &f, &w);
    if (answer == SIZE_ALWAYS)
        return true;
    if (!refuted(s, answer, &w)) {
        precondition(s, PRE_NONNEG, over, NULL, where, what);
        return true;
    }
    Diag *d = sema_diag(s, DIAG_E0404, where, "%s", what);
    if (w.n) {
        diag_label(d, where, "for %s its size is %lld", witness_text(s, &w), (long long)(w.left + least));
        diag_help(d, "state it in the body if callers must see to it: `require %s`", text_nonneg(s, over));
    } else {
        diag_label(d, where, "its size would be %lld", (long long)(w.left + least));
        diag_help(d, "an axis has at least one position");
    }
    return false;
}

static void learn(Sema *s, const Size *nonneg) { vec_push(s->arena, &s->facts, nonneg); }

bool need_divides(Sema *s, const Size *a, const Size *c, Span where, const char *what)
{
    SizeWitness w = {0};
    Facts       f = known_facts(s);
    SizeAnswer  answer = size_divides(s->sizes, a, c, &f, &w);
    if (answer == SIZE_ALWAYS)
        return true;
    if (!refuted(s, answer, &w)) {
        precondition(s, PRE_DIVIDES, a, c, where, what);
        return true;
    }
    Diag *d = sema_diag(s, DIAG_E0405, where, "%s: `%s` does not%s divide `%s`", what, text_size(s, c), w.n ? " always" : "",
                        text_size(s, a));
    if (w.n) {
        diag_label(d, where, "not for %s", witness_text(s, &w));
        diag_help(d, "say so first: `require %s mod %s == 0`, or round down with `div`", text_size(s, a), text_size(s, c));
        learn(s, size_sub(s->sizes, size_mul(s->sizes, size_div(s->sizes, a, c), c), a));  // what follows takes it for granted
    } else {
        diag_label(d, where, "%lld is left", (long long)(w.right ? w.left % w.right : w.left));
        diag_help(d, "change one of the two, or round down with `div`");
    }
    return false;
}

bool known_equal(Sema *s, const Size *a, const Size *b)
{
    SizeWitness w;
    Facts       f = known_facts(s);
    return size_equal(s->sizes, a, b, &f, &w) == SIZE_ALWAYS;
}

bool same_size(Sema *s, const Axis *a, const Axis *b) { return known_equal(s, a->size, b->size); }

bool need_some(Sema *s, const Axis *a, AxisSet along, Span where, const char *what)
{
    SizeWitness w = {0};
    Facts       f = known_facts(s);
    const Size *z = size_sub(s->sizes, a->size, size_const(s->sizes, 1));
    SizeAnswer  answer = size_nonneg(s->sizes, z, &f, &w);
    bool        met = answer == SIZE_ALWAYS;
    for (int i = 0; i < along.n && !met; i++)
        met = same_size(s, along.at[i], a);
    if (met)
        return true;
    if (answer != SIZE_NEVER || w.n) {
        precondition(s, PRE_NONNEG, z, NULL, where, what);
        return true;
    }
    Diag *d = sema_diag(s, DIAG_E0404, where, "%s", what);
    diag_note(d, a->where, "`%s` is declared here", a->name);
    diag_help(d, "see to it that there is one: `require #%s >= 1`, or `if #%s == 0 then … else …`", a->name, a->name);
    return false;
}

// ---- require ----

typedef struct {
    Syn        *left, *right;
    Operator    op;
    const char *message;
    Span        where;
} Requirement;

// What one side that is a size alone must be.
static void help_required(Sema *s, Diag *d, const Requirement *r, const Size *a, const Size *b)
{
    static const char *const must[OPR_COUNT] = {[OPR_EQ] = "", [OPR_LE] = "at most ", [OPR_LT] = "less than ",
                                                [OPR_GE] = "at least ", [OPR_GT] = "more than "};
    static const Operator    turned[OPR_COUNT] = {[OPR_EQ] = OPR_EQ, [OPR_LE] = OPR_GE, [OPR_LT] = OPR_GT,
                                                  [OPR_GE] = OPR_LE, [OPR_GT] = OPR_LT};
    if (r->left->kind == SYN_SIZE)
        diag_help(d, "`%s` must be %s%s", text_syn(s, r->left), must[r->op], text_size(s, b));
    else if (r->right->kind == SYN_SIZE)
        diag_help(d, "`%s` must be %s%s", text_syn(s, r->right), must[turned[r->op]], text_size(s, a));
    else
        diag_help(d, "give it sizes for which `%s %s %s`", text_syn(s, r->left), operator_text(r->op), text_syn(s, r->right));
}

static void not_met(Sema *s, const Requirement *r, const Size *a, const Size *b)
{
    Diag *d = sema_diag(s, DIAG_E0403, r->where, "a requirement does not hold: %s", r->message);
    diag_asks(d);
    diag_label(d, r->where, "%s against %s", text_size(s, a), text_size(s, b));
    help_required(s, d, r, a, b);
}

// A comparison of two static ints as sizes that must not be negative: a - b - strict >= 0.
static void require_order(Sema *s, const Requirement *r, const Size *a, const Size *b)
{
    bool        swap = r->op == OPR_LT || r->op == OPR_LE;
    const Size *more = swap ? b : a, *less = swap ? a : b;
    const Size *z = size_sub(s->sizes, size_sub(s->sizes, more, less), size_const(s->sizes, r->op == OPR_LT || r->op == OPR_GT));
    int64_t     v;
    if (size_is_const(z, &v)) {
        if (v < 0)
            not_met(s, r, a, b);
        return;
    }
    s->stating = true;
    precondition(s, PRE_NONNEG, z, NULL, r->where, r->message);
    s->stating = false;
    learn(s, z);
}

static void require_equal(Sema *s, const Requirement *r, const Size *a, const Size *b)
{
    const Size *z = size_sub(s->sizes, a, b);
    int64_t     v;
    if (size_is_const(z, &v)) {
        if (v != 0)
            not_met(s, r, a, b);
        return;
    }
    s->stating = true;
    precondition(s, PRE_EQUAL, a, b, r->where, r->message);
    s->stating = false;
    learn(s, z);
    learn(s, size_sub(s->sizes, b, a));
}

static bool is_order(Operator op) { return op == OPR_LT || op == OPR_LE || op == OPR_GT || op == OPR_GE; }

// Assumes the condition in the body, and makes it a precondition of its callers.
void require(Sema *s, Syn *n, const char *message, Span where)
{
    if (n->kind == SYN_PAREN) {
        require(s, n->kid[0], message, where);
        return;
    }
    if (n->kind == SYN_BINARY && n->op == OPR_AND) {
        require(s, n->kid[0], message, where);
        require(s, n->kid[1], message, where);
        return;
    }
    if (require_counted(s, n, message, where))
        return;
    if (n->kind == SYN_BINARY && (is_order(n->op) || n->op == OPR_EQ)) {
        const Size *a = eval_size(s, n->kid[0]), *b = eval_size(s, n->kid[1]);
        if (!a || !b)
            return;
        Requirement r = {n->kid[0], n->kid[1], n->op, message, where};
        (n->op == OPR_EQ ? require_equal : require_order)(s, &r, a, b);
        return;
    }
    Value *v = evaluate(s, n);
    if (is_error(v) || v->truth == TRUTH_TRUE || v->truth == TRUTH_OPEN)
        return;
    if (v->truth == TRUTH_FALSE) {
        Diag *d = sema_diag(s, DIAG_E0403, where, "a requirement does not hold: %s", message);
        diag_asks(d);
        diag_label(d, n->where, "this is false");
        diag_help(d, "give it what makes `%s` true", text_syn(s, n));
        return;
    }
    sema_error(s, DIAG_E0406, n->where, "`require` speaks of what is known when compiled; `%s` is not",
               text_syn(s, n));
}

static bool known_nonneg(Sema *s, const Size *z)
{
    SizeWitness w;
    Facts       f = known_facts(s);
    return size_nonneg(s->sizes, z, &f, &w) == SIZE_ALWAYS;
}

void learn_comparison(Sema *s, Operator op, const Size *a, const Size *b, bool holds)
{
    static const Operator opposite[OPR_COUNT] = {[OPR_EQ] = OPR_NE, [OPR_NE] = OPR_EQ, [OPR_LT] = OPR_GE,
                                                 [OPR_LE] = OPR_GT, [OPR_GT] = OPR_LE, [OPR_GE] = OPR_LT};
    const Size *one = size_const(s->sizes, 1), *more = size_sub(s->sizes, a, b), *less = size_sub(s->sizes, b, a);
    op = holds ? op : opposite[op];
    if (op == OPR_EQ || op == OPR_GE)
        learn(s, more);
    if (op == OPR_EQ || op == OPR_LE)
        learn(s, less);
    if (op == OPR_GT || (op == OPR_NE && known_nonneg(s, more)))
        learn(s, size_sub(s->sizes, more, one));
    if (op == OPR_LT || (op == OPR_NE && known_nonneg(s, less)))
        learn(s, size_sub(s->sizes, less, one));
}
