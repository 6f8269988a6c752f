// Element-wise operations, on scalars or vectors alike: one function an operation, found by the
// table of operations.
#include <math.h>
#include <string.h>

#include "emit/vmath.h"

static bool is_float(Elem e) { return elem_class(e) == ELEM_CLASS_FLOAT; }
static bool is_signed(Elem e) { return e != ELEM_U8 && e != ELEM_BOOL; }

static bool is_vector(LLVMValueRef x)
{
    return LLVMGetTypeKind(LLVMTypeOf(x)) == LLVMVectorTypeKind;
}

static LLVMTypeRef like(const Fn *f, LLVMValueRef x, LLVMTypeRef t)
{
    return fn_type(f, t, is_vector(x));
}

static LLVMValueRef real(Fn *f, LLVMValueRef x, double v)
{
    LLVMTypeRef  t = LLVMTypeOf(x);
    LLVMValueRef c = LLVMConstReal(is_vector(x) ? LLVMGetElementType(t) : t, v);
    return is_vector(x) ? fn_splat(f, c) : c;
}

static LLVMValueRef whole(Fn *f, LLVMValueRef x, int64_t v)
{
    LLVMTypeRef  t = LLVMTypeOf(x);
    LLVMValueRef c =
        LLVMConstInt(is_vector(x) ? LLVMGetElementType(t) : t, (unsigned long long)v, true);
    return is_vector(x) ? fn_splat(f, c) : c;
}

static LLVMValueRef intrinsic(Fn *f, const char *name, LLVMValueRef *x, int n)
{
    LLVMTypeRef t = LLVMTypeOf(x[0]);
    return fn_intrinsic(f, name, &t, 1, x, n);
}

static LLVMValueRef choose(Fn *f, LLVMValueRef c, LLVMValueRef a, LLVMValueRef b)
{
    return LLVMBuildSelect(f->b, c, a, b, "");
}

// ---- functions of the C library, lane by lane ----

static LLVMValueRef library_one(Fn *f, const char *name, LLVMValueRef *x, int n)
{
    LLVMTypeRef t = LLVMTypeOf(x[0]), args[3] = {t, t, t};
    char        text[32];
    strcpy(text, name);
    if (t == f->u->f32)
        strcat(text, "f");
    LLVMTypeRef  type = LLVMFunctionType(t, args, (unsigned)n, false);
    LLVMValueRef fn = LLVMGetNamedFunction(f->u->module, text);
    if (!fn)
        fn = LLVMAddFunction(f->u->module, text, type);
    return LLVMBuildCall2(f->b, type, fn, x, (unsigned)n, "");
}

static LLVMValueRef library(Fn *f, const char *name, LLVMValueRef *x, int n)
{
    if (!is_vector(x[0]))
        return library_one(f, name, x, n);
    LLVMValueRef out = LLVMGetPoison(LLVMTypeOf(x[0]));
    for (int i = 0; i < f->width; i++) {
        LLVMValueRef k = LLVMConstInt(f->u->i32, (unsigned)i, false), one[3];
        for (int j = 0; j < n; j++)
            one[j] = LLVMBuildExtractElement(f->b, x[j], k, "");
        out = LLVMBuildInsertElement(f->b, out, library_one(f, name, one, n), k, "");
    }
    return out;
}

#define C_LIBRARY(id, name, n)                                    \
    static LLVMValueRef emit_##id(Fn *f, Elem e, LLVMValueRef *x) \
    {                                                             \
        (void)e;                                                  \
        return library(f, name, x, n);                            \
    }
C_LIBRARY(TAN, "tan", 1)
C_LIBRARY(ASIN, "asin", 1)
C_LIBRARY(ACOS, "acos", 1)
C_LIBRARY(ATAN, "atan", 1)
C_LIBRARY(SINH, "sinh", 1)
C_LIBRARY(COSH, "cosh", 1)
C_LIBRARY(ERFC, "erfc", 1)
C_LIBRARY(POW, "pow", 2)
C_LIBRARY(ATAN2, "atan2", 2)
C_LIBRARY(ERFCINV, "plx_erfcinv", 1)
C_LIBRARY(POLYGAMMA, "plx_polygamma", 2)
C_LIBRARY(GAMMA_DENSITY, "plx_gamma_density", 3)
C_LIBRARY(GAMMA_SERIES, "plx_gamma_series", 3)
C_LIBRARY(LOG_GAMMA_QUANTILE, "plx_log_gamma_quantile", 2)

// ---- in lanes, where there is code for it ----

#define VMATH(id, name)                                           \
    static LLVMValueRef emit_##id(Fn *f, Elem e, LLVMValueRef *x) \
    {                                                             \
        (void)e;                                                  \
        LLVMValueRef v = vmath_emit(f, OP_##id, x[0]);            \
        return v ? v : library(f, name, x, 1);                    \
    }
VMATH(EXP, "exp")
VMATH(EXPM1, "expm1")
VMATH(LOG, "log")
VMATH(LOG1P, "log1p")
VMATH(SIN, "sin")
VMATH(COS, "cos")
VMATH(TANH, "tanh")
VMATH(ERF, "erf")

// ---- one operand ----

#define EMIT(id) static LLVMValueRef emit_##id(Fn *f, Elem e, LLVMValueRef *x)

EMIT(NEG) { return is_float(e) ? LLVMBuildFNeg(f->b, x[0], "") : LLVMBuildNeg(f->b, x[0], ""); }
EMIT(ABS)
{
    if (is_float(e))
        return intrinsic(f, "llvm.fabs", x, 1);
    if (!is_signed(e))
        return x[0];
    LLVMValueRef below = LLVMBuildICmp(f->b, LLVMIntSLT, x[0], whole(f, x[0], 0), "");
    return choose(f, below, LLVMBuildNeg(f->b, x[0], ""), x[0]);
}
EMIT(SIGN)
{
    if (is_float(e)) {
        LLVMValueRef above = LLVMBuildFCmp(f->b, LLVMRealOGT, x[0], real(f, x[0], 0), "");
        LLVMValueRef below = LLVMBuildFCmp(f->b, LLVMRealOLT, x[0], real(f, x[0], 0), "");
        return choose(f, above, real(f, x[0], 1), choose(f, below, real(f, x[0], -1), x[0]));
    }
    LLVMValueRef zero = whole(f, x[0], 0);
    LLVMValueRef above =
        LLVMBuildICmp(f->b, is_signed(e) ? LLVMIntSGT : LLVMIntUGT, x[0], zero, "");
    LLVMValueRef below = is_signed(e) ? LLVMBuildICmp(f->b, LLVMIntSLT, x[0], zero, "") : NULL;
    return choose(f, above, whole(f, x[0], 1),
                  below ? choose(f, below, whole(f, x[0], -1), zero) : zero);
}
EMIT(FLOOR) { return (void)e, intrinsic(f, "llvm.floor", x, 1); }
EMIT(CEIL) { return (void)e, intrinsic(f, "llvm.ceil", x, 1); }
EMIT(ROUND) { return (void)e, intrinsic(f, "llvm.roundeven", x, 1); }
EMIT(SQRT) { return (void)e, intrinsic(f, "llvm.sqrt", x, 1); }
EMIT(RSQRT) { return LLVMBuildFDiv(f->b, real(f, x[0], 1), emit_SQRT(f, e, x), ""); }

// By exp(-|x|), which does not overflow.
static LLVMValueRef exp_of_minus_abs(Fn *f, Elem e, LLVMValueRef *x)
{
    LLVMValueRef minus = LLVMBuildFNeg(f->b, intrinsic(f, "llvm.fabs", x, 1), "");
    return emit_EXP(f, e, &minus);
}
EMIT(SIGMOID)
{
    LLVMValueRef t = exp_of_minus_abs(f, e, x), one = real(f, x[0], 1);
    LLVMValueRef above = LLVMBuildFCmp(f->b, LLVMRealOLT, x[0], real(f, x[0], 0), "");
    LLVMValueRef top = choose(f, above, t, one);
    return LLVMBuildFDiv(f->b, top, LLVMBuildFAdd(f->b, one, t, ""), "");
}
EMIT(SOFTPLUS)
{
    LLVMValueRef t = exp_of_minus_abs(f, e, x), zero = real(f, x[0], 0);
    LLVMValueRef low = LLVMBuildFCmp(f->b, LLVMRealOLE, x[0], zero, "");
    return LLVMBuildFAdd(f->b, choose(f, low, zero, x[0]), emit_LOG1P(f, e, &t), "");
}
EMIT(ISNAN) { return (void)e, LLVMBuildFCmp(f->b, LLVMRealUNO, x[0], x[0], ""); }
EMIT(ISFINITE)
{
    (void)e;
    LLVMValueRef size = intrinsic(f, "llvm.fabs", x, 1);
    return LLVMBuildFCmp(f->b, LLVMRealOLT, size, real(f, x[0], __builtin_inf()), "");
}
EMIT(NOT) { return (void)e, LLVMBuildNot(f->b, x[0], ""); }
EMIT(STOP) { return (void)f, (void)e, x[0]; }
EMIT(COPY) { return (void)f, (void)e, x[0]; }
EMIT(GUARD) { return (void)f, (void)e, x[0]; }

static LLVMValueRef float_to_whole(Fn *f, LLVMValueRef x, Elem to)
{
    LLVMTypeRef  over[2] = {like(f, x, f->u->i64), LLVMTypeOf(x)};
    LLVMValueRef wide = fn_intrinsic(f, "llvm.fptosi.sat", over, 2, &x, 1);
    return to == ELEM_I64 ? wide : LLVMBuildTrunc(f->b, wide, like(f, x, unit_elem(f->u, to)), "");
}

LLVMValueRef op_convert(Fn *f, LLVMValueRef x, Elem from, Elem to)
{
    LLVMTypeRef t = like(f, x, unit_elem(f->u, to));
    if (from == to)
        return x;
    if (elem_is_narrow(to)) {
        LLVMValueRef wide = is_float(from) ? x : op_convert(f, x, from, ELEM_F64);
        return LLVMBuildFPCast(f->b, narrow_round(f, wide, to), t, "");
    }
    if (to == ELEM_BOOL)
        return is_float(from) ? LLVMBuildFCmp(f->b, LLVMRealUNE, x, real(f, x, 0), "")
                              : LLVMBuildICmp(f->b, LLVMIntNE, x, whole(f, x, 0), "");
    if (is_float(from) && is_float(to))
        return LLVMBuildFPCast(f->b, x, t, "");
    if (is_float(from))
        return float_to_whole(f, x, to);
    if (is_float(to))
        return is_signed(from) ? LLVMBuildSIToFP(f->b, x, t, "") : LLVMBuildUIToFP(f->b, x, t, "");
    return LLVMBuildIntCast2(f->b, x, t, is_signed(from), "");
}

// ---- two operands ----

#define BOTH(id, real_op, int_op)                                     \
    EMIT(id)                                                          \
    {                                                                 \
        return is_float(e) ? LLVMBuild##real_op(f->b, x[0], x[1], "") \
                           : LLVMBuild##int_op(f->b, x[0], x[1], ""); \
    }
BOTH(ADD, FAdd, Add)
BOTH(SUB, FSub, Sub)
BOTH(MUL, FMul, Mul)
EMIT(DIV) { return (void)e, LLVMBuildFDiv(f->b, x[0], x[1], ""); }

// The first if it is NaN or beyond the second, else the second.
static LLVMValueRef extremum(Fn *f, Elem e, LLVMValueRef *x, LLVMRealPredicate p,
                             LLVMIntPredicate s, LLVMIntPredicate u)
{
    if (!is_float(e))
        return choose(f, LLVMBuildICmp(f->b, is_signed(e) ? s : u, x[0], x[1], ""), x[0], x[1]);
    LLVMValueRef nan = LLVMBuildFCmp(f->b, LLVMRealUNO, x[0], x[0], "");
    LLVMValueRef beyond = LLVMBuildFCmp(f->b, p, x[0], x[1], "");
    return choose(f, LLVMBuildOr(f->b, nan, beyond, ""), x[0], x[1]);
}
EMIT(MIN2) { return extremum(f, e, x, LLVMRealOLT, LLVMIntSLT, LLVMIntULT); }
EMIT(MAX2) { return extremum(f, e, x, LLVMRealOGT, LLVMIntSGT, LLVMIntUGT); }

// Quotient and remainder by a divisor that traps nowhere; what it stands in for is selected
// afterwards.
static LLVMValueRef divide(Fn *f, Elem e, LLVMValueRef *x, bool remainder)
{
    LLVMValueRef zero = whole(f, x[0], 0), one = whole(f, x[0], 1), minus = whole(f, x[0], -1);
    LLVMValueRef none = LLVMBuildICmp(f->b, LLVMIntEQ, x[1], zero, "");
    if (!is_signed(e)) {
        LLVMValueRef d = choose(f, none, one, x[1]);
        LLVMValueRef q = remainder ? LLVMBuildURem(f->b, x[0], d, "")
                                   : LLVMBuildUDiv(f->b, x[0], d, "");
        return choose(f, none, zero, q);
    }
    LLVMValueRef flip = LLVMBuildICmp(f->b, LLVMIntEQ, x[1], minus, "");
    LLVMValueRef d = choose(f, LLVMBuildOr(f->b, none, flip, ""), one, x[1]);
    LLVMValueRef q = LLVMBuildSDiv(f->b, x[0], d, "");
    LLVMValueRef r = LLVMBuildSub(f->b, x[0], LLVMBuildMul(f->b, q, d, ""), "");
    LLVMValueRef inexact = LLVMBuildICmp(f->b, LLVMIntNE, r, zero, "");
    LLVMValueRef differ = LLVMBuildICmp(f->b, LLVMIntSLT, LLVMBuildXor(f->b, r, d, ""), zero, "");
    LLVMValueRef adjust = LLVMBuildAnd(f->b, inexact, differ, "");
    if (remainder) {
        r = choose(f, adjust, LLVMBuildAdd(f->b, r, d, ""), r);
        return choose(f, LLVMBuildOr(f->b, none, flip, ""), zero, r);
    }
    q = choose(f, adjust, LLVMBuildSub(f->b, q, one, ""), q);
    return choose(f, none, zero, choose(f, flip, LLVMBuildNeg(f->b, x[0], ""), q));
}
EMIT(IDIV) { return divide(f, e, x, false); }
EMIT(IMOD) { return divide(f, e, x, true); }
EMIT(BITAND) { return (void)e, LLVMBuildAnd(f->b, x[0], x[1], ""); }
EMIT(BITOR) { return (void)e, LLVMBuildOr(f->b, x[0], x[1], ""); }
EMIT(BITXOR) { return (void)e, LLVMBuildXor(f->b, x[0], x[1], ""); }

// Of the value as an i64, as the language has it, cut to its width again.
static LLVMValueRef shift(Fn *f, Elem e, LLVMValueRef *x, bool left)
{
    LLVMTypeRef  wide = like(f, x[0], f->u->i64);
    LLVMValueRef v = LLVMBuildIntCast2(f->b, x[0], wide, is_signed(e), "");
    LLVMValueRef by = LLVMBuildIntCast2(f->b, x[1], wide, is_signed(e), "");
    LLVMValueRef far = LLVMBuildICmp(f->b, LLVMIntUGT, by, whole(f, by, 63), "");
    LLVMValueRef safe = choose(f, far, whole(f, by, 0), by);
    LLVMValueRef r = left ? LLVMBuildShl(f->b, v, safe, "") : LLVMBuildLShr(f->b, v, safe, "");
    return LLVMBuildIntCast2(f->b, choose(f, far, whole(f, by, 0), r), LLVMTypeOf(x[0]), true, "");
}
EMIT(SHL) { return shift(f, e, x, true); }
EMIT(SHR) { return shift(f, e, x, false); }

static LLVMValueRef compare(Fn *f, Elem e, LLVMValueRef *x, LLVMRealPredicate r, LLVMIntPredicate s,
                            LLVMIntPredicate u)
{
    return is_float(e) ? LLVMBuildFCmp(f->b, r, x[0], x[1], "")
                       : LLVMBuildICmp(f->b, is_signed(e) ? s : u, x[0], x[1], "");
}
EMIT(EQ) { return compare(f, e, x, LLVMRealOEQ, LLVMIntEQ, LLVMIntEQ); }
EMIT(NE) { return compare(f, e, x, LLVMRealUNE, LLVMIntNE, LLVMIntNE); }
EMIT(LT) { return compare(f, e, x, LLVMRealOLT, LLVMIntSLT, LLVMIntULT); }
EMIT(LE) { return compare(f, e, x, LLVMRealOLE, LLVMIntSLE, LLVMIntULE); }
EMIT(AND) { return (void)e, LLVMBuildAnd(f->b, x[0], x[1], ""); }
EMIT(OR) { return (void)e, LLVMBuildOr(f->b, x[0], x[1], ""); }

// base/mix.h
static LLVMValueRef fold_shift(Fn *f, LLVMValueRef z, int by)
{
    return LLVMBuildXor(f->b, z, LLVMBuildLShr(f->b, z, whole(f, z, by), ""), "");
}
static LLVMValueRef times(Fn *f, LLVMValueRef z, uint64_t k)
{
    return LLVMBuildMul(f->b, z, whole(f, z, (int64_t)k), "");
}
EMIT(MIX)
{
    (void)e;
    LLVMValueRef z = LLVMBuildAdd(f->b, x[0], whole(f, x[0], (int64_t)0xD1B54A32D192ED03u), "");
    z = LLVMBuildAdd(f->b, z, times(f, x[1], 0x9E3779B97F4A7C15u), "");
    z = times(f, fold_shift(f, z, 30), 0xBF58476D1CE4E5B9u);
    z = times(f, fold_shift(f, z, 27), 0x94D049BB133111EBu);
    return fold_shift(f, z, 31);
}

// These look at more than values; eval.c has them.
EMIT(CONVERT) { return (void)f, (void)e, x[0]; }
EMIT(SELECT) { return (void)e, choose(f, x[0], x[1], x[2]); }
EMIT(FILL) { return (void)f, (void)e, x[0]; }

#define EMITTER_LEAF(id)
#define EMITTER_MAP(id) [OP_##id] = emit_##id,
#define EMITTER_SHAPE(id)
#define EMITTER_REDUCE(id)
#define EMITTER_INDEX(id)
#define EMITTER_LIBRARY(id)
#define EMITTER_REGION(id)
static OpEmitter *const table[OP_COUNT] = {
#define OP(id, text, arity, class_, type, jvp, transpose, flops, glyph, lo, hi) EMITTER_##class_(id)
#include "ir/ops.def"
#undef OP
};

OpEmitter *op_emitter(Op op) { return table[op]; }

// An operation of class LIBRARY without a row in library.def does not compile.
enum {
#define LIBRARY(id, routine, signature) ROUTINE_##id = RT_##routine,
#include "ir/library.def"
#undef LIBRARY
};
#define ROUTINE_OF_LEAF(id)
#define ROUTINE_OF_MAP(id)
#define ROUTINE_OF_SHAPE(id)
#define ROUTINE_OF_REDUCE(id)
#define ROUTINE_OF_INDEX(id)
#define ROUTINE_OF_LIBRARY(id) [OP_##id] = (Rt)ROUTINE_##id,
#define ROUTINE_OF_REGION(id)
static const Rt routines[OP_COUNT] = {
#define OP(id, text, arity, class_, type, jvp, transpose, flops, glyph, lo, hi) ROUTINE_OF_##class_(id)
#include "ir/ops.def"
#undef OP
};

Rt op_routine(Op op) { return routines[op]; }

LLVMValueRef op_identity(const Fn *f, Op op, Elem e)
{
    LLVMTypeRef t = unit_elem(f->u, e);
    bool        real = elem_class(e) == ELEM_CLASS_FLOAT,
         most = op == OP_MAX || op == OP_ARGMAX || op == OP_SCATTER_MAX;
    bool least = op == OP_MIN || op == OP_ARGMIN || op == OP_SCATTER_MIN;
    int  bits = elem_bytes(e) * 8;
    if (op == OP_PROD || op == OP_SCATTER_PROD)
        return real ? LLVMConstReal(t, 1) : LLVMConstInt(t, 1, false);
    if (op == OP_ALL)
        return LLVMConstInt(t, 1, false);
    if (!most && !least)
        return LLVMConstNull(t);
    if (real)
        return LLVMConstReal(t, most ? -INFINITY : INFINITY);
    if (e == ELEM_U8)
        return LLVMConstInt(t, most ? 0 : 255, false);
    unsigned long long low = 1ull << (bits - 1);
    return LLVMConstInt(t, most ? low : low - 1, false);
}
