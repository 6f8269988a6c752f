// Floats of two bytes, in whole numbers and f32 alone: the same bits with any instruction set.
#include "emit/code.h"

typedef LLVMValueRef V;

// x's own width: bits of the fraction, whether it is an f64, and whether a vector.
typedef struct {
    Fn         *f;
    bool        lanes, wide;
    int         fraction;
    LLVMTypeRef real, whole;
} Width;

static Width width_of(Fn *f, V x)
{
    LLVMTypeRef t = LLVMTypeOf(x);
    bool        lanes = LLVMGetTypeKind(t) == LLVMVectorTypeKind;
    bool        wide = (lanes ? LLVMGetElementType(t) : t) == f->u->f64;
    return (Width){f, lanes, wide, wide ? 52 : 23, t, fn_type(f, wide ? f->u->i64 : f->u->i32, lanes)};
}

static V spread(const Width *w, V scalar) { return w->lanes ? fn_splat(w->f, scalar) : scalar; }
static V num(const Width *w, double v) { return spread(w, LLVMConstReal(w->wide ? w->f->u->f64 : w->f->u->f32, v)); }
static V bits(const Width *w, int64_t v)
{
    return spread(w, LLVMConstInt(w->wide ? w->f->u->i64 : w->f->u->i32, (unsigned long long)v, true));
}
static V call(const Width *w, const char *name, V *x, int n) { return fn_intrinsic(w->f, name, (LLVMTypeRef[]){w->real}, 1, x, n); }
static V as_bits(const Width *w, V x) { return LLVMBuildBitCast(w->f->b, x, w->whole, ""); }
static V as_real(const Width *w, V x) { return LLVMBuildBitCast(w->f->b, x, w->real, ""); }

static int fraction_of(Elem e) { return e == ELEM_F16 ? 10 : 7; }
static int least_of(Elem e) { return e == ELEM_F16 ? -14 : -126; } // exponent of the least normal number

// To a multiple of the last place: half of it less one is added, and one more where the last bit is odd.
static V round_fraction(const Width *w, V x, Elem e)
{
    LLVMBuilderRef b = w->f->b;
    int            less = w->fraction - fraction_of(e);
    V              raw = as_bits(w, x), odd = LLVMBuildAnd(b, LLVMBuildLShr(b, raw, bits(w, less), ""), bits(w, 1), "");
    V              up = LLVMBuildAdd(b, LLVMBuildAdd(b, raw, bits(w, (INT64_C(1) << (less - 1)) - 1), ""), odd, "");
    return as_real(w, LLVMBuildAnd(b, up, bits(w, -(INT64_C(1) << less)), ""));
}

// Subnormal ones have one last place: a number whose own last place that is, added and taken away again, rounds to it.
V narrow_round(Fn *f, V x, Elem e)
{
    Width          w = width_of(f, x);
    LLVMBuilderRef b = f->b;
    double         least = __builtin_ldexp(1, least_of(e)), most = __builtin_ldexp(1, 2 - least_of(e));
    V size = call(&w, "llvm.fabs", &x, 1), bias = num(&w, __builtin_ldexp(1, least_of(e) - fraction_of(e) + w.fraction));
    V few = LLVMBuildFSub(b, LLVMBuildFAdd(b, size, bias, ""), bias, "");
    few = call(&w, "llvm.copysign", (V[]){few, x}, 2);
    V y = round_fraction(&w, x, e), far = call(&w, "llvm.fabs", &y, 1);
    V infinite = call(&w, "llvm.copysign", (V[]){num(&w, __builtin_inf()), x}, 2);
    y = LLVMBuildSelect(b, LLVMBuildFCmp(b, LLVMRealOGE, far, num(&w, most), ""), infinite, y, "");
    y = LLVMBuildSelect(b, LLVMBuildFCmp(b, LLVMRealOLT, size, num(&w, least), ""), few, y, "");
    return LLVMBuildSelect(b, LLVMBuildFCmp(b, LLVMRealUNO, x, x, ""), x, y, "");
}

// The bits of an f16 in an f32's place are 2^-112 of the value, subnormal or not.
V narrow_widen(Fn *f, V x, Elem e)
{
    LLVMBuilderRef b = f->b;
    bool           lanes = LLVMGetTypeKind(LLVMTypeOf(x)) == LLVMVectorTypeKind;
    Width          w = {f, lanes, false, 23, fn_type(f, f->u->f32, lanes), fn_type(f, f->u->i32, lanes)};
    V              h = LLVMBuildZExt(b, x, w.whole, "");
    if (e == ELEM_BF16)
        return as_real(&w, LLVMBuildShl(b, h, bits(&w, 16), ""));
    V sign = LLVMBuildShl(b, LLVMBuildAnd(b, h, bits(&w, 0x8000), ""), bits(&w, 16), "");
    V rest = LLVMBuildAnd(b, h, bits(&w, 0x7fff), ""), size = LLVMBuildShl(b, rest, bits(&w, 13), "");
    V scaled = as_bits(&w, LLVMBuildFMul(b, as_real(&w, size), num(&w, 0x1p112), ""));
    V special = LLVMBuildOr(b, size, bits(&w, 0x7f800000), "");
    V ordinary = LLVMBuildICmp(b, LLVMIntULT, rest, bits(&w, 0x7c00), "");
    return as_real(&w, LLVMBuildOr(b, sign, LLVMBuildSelect(b, ordinary, scaled, special, ""), ""));
}

V narrow_pack(Fn *f, V x, Elem e)
{
    LLVMBuilderRef b = f->b;
    Width          w = width_of(f, x);
    LLVMTypeRef    to = fn_type(f, f->u->i16, w.lanes);
    V              raw = as_bits(&w, x), sign = LLVMBuildLShr(b, raw, bits(&w, 16), "");
    if (e == ELEM_BF16)
        return LLVMBuildTrunc(b, sign, to, "");
    sign = LLVMBuildAnd(b, sign, bits(&w, 0x8000), "");
    V size = call(&w, "llvm.fabs", &x, 1), high = LLVMBuildLShr(b, as_bits(&w, size), bits(&w, 13), "");
    V normal = LLVMBuildSub(b, high, bits(&w, 112 << 10), "");
    V few = LLVMBuildFPToUI(b, LLVMBuildFMul(b, size, num(&w, 0x1p24), ""), w.whole, "");
    V special = LLVMBuildOr(b, LLVMBuildAnd(b, high, bits(&w, 0x3ff), ""), bits(&w, 0x7c00), "");
    V out = LLVMBuildSelect(b, LLVMBuildFCmp(b, LLVMRealOLT, size, num(&w, 0x1p-14), ""), few, normal, "");
    out = LLVMBuildSelect(b, LLVMBuildFCmp(b, LLVMRealOLT, size, num(&w, 0x1p16), ""), out, special, "");
    return LLVMBuildTrunc(b, LLVMBuildOr(b, sign, out, ""), to, "");
}
