// The names that come with the language and are not written in it: one row each.
#include <string.h>

#include "ir/library.h"
#include "sema/bounded.h"
#include "sema/experiment.h"

static Value *call_map(Sema *s, const Func *f, const Args *args)
{
    return apply_map(s, f->builtin->op, args->at, args->n, args->where);
}

// log(x), the natural logarithm; log(name: value), a row of the run's log.
static Value *call_log(Sema *s, const Func *f, const Args *args)
{
    if (args->names && args->names[0])
        return call_host(s, f, args);
    if (args->n != 1)
        return sema_error(s, DIAG_E0502, args->where, "`log(x)` takes one number, `log(name: x)` named ones");
    return apply_map(s, OP_LOG, args->at, args->n, args->where);
}

static Value *call_reduce(Sema *s, const Func *f, const Args *args)
{
    Scope *saved = s->scope;
    if (f->bracket)
        s->scope = f->bracket_scope;
    Value *x = !f->bracket && args->at[0]->nfields ? value_flat_fresh(s, args->at[0], args->where) : args->at[0];
    Value *v = is_error(x) ? x : apply_reduce(s, f->builtin->op, f->bracket, x, args->where);
    s->scope = saved;
    return v;
}

// max and min: of two element by element, of one a reduction.
static Value *call_extremum(Sema *s, const Func *f, const Args *args)
{
    if (args->n == 1)
        return call_reduce(s, f, args);
    if (f->bracket)
        return sema_error(s, DIAG_E0502, args->where, "`%s` of two is element by element and takes no bracket",
                          f->builtin->name);
    return apply_map(s, f->builtin->op == OP_MAX ? OP_MAX2 : OP_MIN2, args->at, args->n, args->where);
}

static Value *call_stop(Sema *s, const Func *f, const Args *args)
{
    (void)f;
    if (args->at[0]->kind == V_RECORD || args->at[0]->kind == V_MODEL) {
        Value *out = value_new(s, args->at[0]->kind, args->where);
        *out = *args->at[0];
        out->fields = ARENA_ARRAY(s->arena, Field, out->nfields + 1);
        for (int i = 0; i < out->nfields; i++)
            out->fields[i] = (Field){args->at[0]->fields[i].name,
                                     call_stop(s, f, &(Args){&args->at[0]->fields[i].value, NULL, 1, args->where, NULL})};
        return out;
    }
    if (!is_tensor(args->at[0]) || !elem_is_smooth(args->at[0]->elem))
        return args->at[0];
    Value *v = value_like(s, ir_unary(s->b, OP_STOP, value_node(s, args->at[0])), args->at[0]);
    v->where = args->where;
    return v;
}

// ---- conversions ----

static Value *call_convert(Sema *s, const Func *f, const Args *args)
{
    Value *v = args->at[0];
    Elem   to;
    if (!is_tensor(v))
        return sema_error(s, DIAG_E0313, args->where, "`%s` is of a tensor; this is %s", f->name, text_value(s, v));
    bool default_width = !elem_parse(f->name, &to);
    if (elem_class(v->elem) == ELEM_CLASS_COMPLEX && !strcmp(f->name, "real"))
        return real_part(s, v, args->where);
    if (default_width)
        to = !strcmp(f->name, "int") ? (v->weak || elem_class(v->elem) != ELEM_CLASS_INT ? ELEM_I64 : v->elem)
             : v->weak || elem_class(v->elem) != ELEM_CLASS_FLOAT ? (v->weak ? ELEM_F64 : s->real)
                                                                  : v->elem;
    if (elem_class(to) == ELEM_CLASS_BOOL && elem_class(v->elem) != ELEM_CLASS_BOOL)
        return sema_error(s, DIAG_E0309, args->where, "a number is no bool; compare: `x != 0`");
    if (elem_class(to) != ELEM_CLASS_COMPLEX && is_error(need_real(s, v, args->where, name_format(s->names, "`%s`", f->name))))
        return value_new(s, V_ERROR, args->where);
    if (elem_class(to) == ELEM_CLASS_COMPLEX && elem_class(v->elem) == ELEM_CLASS_BOOL)
        return sema_error(s, DIAG_E0309, args->where, "a bool is no number: `real(c)` makes one of it");
    Value *out = value_tensor(s, ir_convert(s->b, value_node(s, v), to), args->where);
    out->weak = default_width && v->weak;
    out->fixed = to == ELEM_I64 ? v->fixed : NULL;  // what is static is made anew, as an i64
    out->loose = v->loose && elem_class(to) == ELEM_CLASS_INT;
    out->order = v->order;
    return out;
}

// ---- what is known when compiled ----

static Value *call_truth(Sema *s, const Func *f, const Args *args)
{
    return value_bool(s, !strcmp(f->name, "true") ? TRUTH_TRUE : TRUTH_FALSE, args->where);
}

static Value *call_train(Sema *s, const Func *f, const Args *args)
{
    (void)s;
    (void)f;
    return args->at[0];
}

static Value *call_training(Sema *s, const Func *f, const Args *args)
{
    (void)f;
    bool known = s->host || s->training || !s->opaque;
    return value_bool(s, !known ? TRUTH_OPEN : s->training ? TRUTH_TRUE : TRUTH_FALSE, args->where);
}

// ---- models ----

static Value *call_count(Sema *s, const Func *f, const Args *args)
{
    (void)f;
    return value_int(s, value_count(s, args->at[0]), args->where);
}

// ---- the table ----

#define MAP1(n, o) {.name = n, .call = call_map, .least = 1, .most = 1, .op = OP_##o}
#define MAP2(n, o) {.name = n, .call = call_map, .least = 2, .most = 2, .op = OP_##o}
#define REDUCE(n, o) {.name = n, .call = call_reduce, .least = 1, .most = 1, .bracket = true, .op = OP_##o}
#define CONSTANT(n, b) {.name = n, .call = call_constant, .bracket = b, .value = true}
#define CONVERT(n) {.name = n, .call = call_convert, .least = 1, .most = 1}
#define DRAW(n, args) {.name = n, .call = call_draw, .least = args, .most = args, .bracket = true, .value = (args) == 0}
#define ROUTINE(n, o, args) {.name = n, .call = call_routine, .least = args, .most = args, .bracket = true, .op = OP_##o}
#define HOST(n, least_, most_, brackets)                                                                               \
    {.name = n, .call = call_host, .least = least_, .most = most_, .bracket = brackets, .effect = true}

static const Builtin table[] = {
    MAP1("exp", EXP), MAP1("log1p", LOG1P), MAP1("expm1", EXPM1), MAP1("sqrt", SQRT),
    MAP1("rsqrt", RSQRT), MAP1("abs", ABS), MAP1("sign", SIGN), MAP1("floor", FLOOR), MAP1("ceil", CEIL),
    MAP1("round", ROUND), MAP1("sin", SIN), MAP1("cos", COS), MAP1("tan", TAN), MAP1("asin", ASIN),
    MAP1("acos", ACOS), MAP1("atan", ATAN), MAP1("sinh", SINH), MAP1("cosh", COSH), MAP1("tanh", TANH),
    MAP1("erf", ERF), MAP1("erfc", ERFC), MAP1("sigmoid", SIGMOID), MAP1("softplus", SOFTPLUS),
    MAP1("isnan", ISNAN), MAP1("isfinite", ISFINITE), MAP1("erfcinv", ERFCINV), MAP2("atan2", ATAN2),
    MAP2("lgamma_derivative", POLYGAMMA), MAP2("log_gamma_quantile", LOG_GAMMA_QUANTILE), MAP2("bit_and", BITAND),
    MAP2("bit_or", BITOR), MAP2("bit_xor", BITXOR), MAP2("shift_left", SHL), MAP2("shift_right", SHR),
    REDUCE("sum", SUM), REDUCE("prod", PROD), REDUCE("any", ANY), REDUCE("all", ALL), REDUCE("argmax", ARGMAX),
    REDUCE("argmin", ARGMIN),
    {.name = "max", .call = call_extremum, .least = 1, .most = 2, .bracket = true, .op = OP_MAX},
    {.name = "min", .call = call_extremum, .least = 1, .most = 2, .bracket = true, .op = OP_MIN},
    {.name = "cumsum", .call = call_cumsum, .least = 1, .most = 1, .bracket = true},
    {.name = "argsort_falling", .call = call_argsort_falling, .least = 1, .most = 1, .bracket = true},
    {.name = "argsort", .call = call_argsort, .least = 1, .most = 1, .bracket = true},
    {.name = "concat", .call = call_concat, .least = 1, .most = -1, .bracket = true},
    {.name = "log", .call = call_log, .least = 1, .most = -1, .effect_named = true, .op = OP_LOG},
    {.name = "stop", .call = call_stop, .least = 1, .most = 1},
    {.name = "count", .call = call_count, .least = 1, .most = 1},
    {.name = "flatten", .call = call_flatten, .least = 1, .most = 1, .bracket = true},
    {.name = "unflatten", .call = call_unflatten, .least = 2, .most = 2, .bracket = true, .params = "v like"},
    {.name = "map", .call = call_over_leaves, .least = 2, .most = 2},
    {.name = "zip", .call = call_over_leaves, .least = 3, .most = 3},
    ROUTINE("lapack_eigh", EIGH, 1), ROUTINE("lapack_eig", EIG, 1), ROUTINE("lapack_svd", SVD, 1), ROUTINE("lapack_qr", QR, 1),
    ROUTINE("lapack_cholesky", CHOLESKY, 1), ROUTINE("lapack_solve", SOLVE, 2), ROUTINE("lapack_lstsq", LSTSQ, 2),
    ROUTINE("lapack_det", DET, 1),
    {.name = "fft", .call = call_fft, .least = 1, .most = 1, .bracket = true, .op = OP_FFT},
    {.name = "ifft", .call = call_fft, .least = 1, .most = 1, .bracket = true, .op = OP_FFT_BACK},
    CONSTANT("zeros", true), CONSTANT("ones", true), CONSTANT("pi", false), CONSTANT("e", false),
    CONSTANT("inf", false), CONSTANT("nan", false),
    {.name = "true", .call = call_truth, .value = true},
    {.name = "false", .call = call_truth, .value = true},
    {.name = "training", .call = call_training, .value = true},
    {.name = "train", .call = call_train, .least = 1, .most = 1, .trains = true},
    {.name = "full", .call = call_full, .least = 1, .most = 1, .bracket = true},
    {.name = "ones_like", .call = call_ones_like, .least = 1, .most = 1},
    {.name = "values", .call = call_values, .least = 0, .most = -1, .bracket = true},
    CONVERT("real"), CONVERT("int"), CONVERT("bool"), CONVERT("f64"), CONVERT("f32"), CONVERT("f16"),
    CONVERT("bf16"), CONVERT("i64"), CONVERT("i32"),
    CONVERT("i8"), CONVERT("u8"), CONVERT("c64"), CONVERT("c128"),
    {.name = "complex", .call = call_complex, .least = 2, .most = 2},
    {.name = "imag", .call = call_imag, .least = 1, .most = 1},
    {.name = "conj", .call = call_conj, .least = 1, .most = 1},
    {.name = "arg", .call = call_arg, .least = 1, .most = 1},
    {.name = "grad", .call = call_grad, .least = 1, .most = -1},
    {.name = "value_and_grad", .call = call_value_and_grad, .least = 1, .most = -1},
    {.name = "vjp", .call = call_vjp, .least = 2, .most = -1},
    {.name = "jvp", .call = call_jvp, .least = 3, .most = 3},
    {.name = "linearize", .call = call_linearize, .least = 2, .most = -1},
    {.name = "custom_grad", .call = call_custom_grad, .least = 2, .most = 2},
    {.name = "straight_through", .call = call_straight_through, .least = 2, .most = 2},
    DRAW("normal", 0), DRAW("uniform", 0), DRAW("gumbel", 0), DRAW("bernoulli", 1), DRAW("categorical", 1),
    DRAW("gamma", 1), DRAW("beta", 2), DRAW("truncated_normal", 2), DRAW("pick", 0), DRAW("permutation", 0),
    {.name = "same", .call = call_same, .least = 1, .most = 1, .bracket = true, .around = true},
    {.name = "stack", .call = call_stack, .least = 1, .most = -1, .bracket = true},
    {.name = "unique", .call = call_unique, .least = 1, .most = 1, .bracket = true, .binds = true},
    {.name = "filter", .call = call_filter, .least = 1, .most = 1, .bracket = true, .binds = true},
    HOST("load", 1, -1, false), HOST("save", 2, 2, false), HOST("split", 1, 3, true), HOST("batches", 1, 4, true),
    HOST("print", 1, -1, false), HOST("plot", 2, -1, false), HOST("text", 1, 1, false), HOST("now", 0, 0, false),
};

static void declare(Sema *s, const Builtin *b)
{
    Name   name = name_of(s->names, b->name);
    Entry *e = scope_put_quiet(s, s->language, ENTRY_VALUE, name, SPAN_NONE);
    Func  *f = ARENA_NEW(s->arena, Func);
    *f = (Func){.kind = FUNC_BUILTIN, .name = name, .builtin = b};
    e->value = value_func(s, f, SPAN_NONE);
}

void builtins_declare(Sema *s)
{
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        declare(s, &table[i]);
}
