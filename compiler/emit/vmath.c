// Arguments are reduced as Cody and Waite (Software Manual for the Elementary Functions, 1980) do, with fused
// multiply-add; what is left goes to polynomials, interpolated at Chebyshev's points in 60 digits and rounded.
#include "emit/vmath.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

// ---- a value of one type, scalar or vector ----

typedef LLVMValueRef V;

// What differs between the two widths.
typedef struct {
    int    mantissa, bias;          // bits of the format
    double magic;                   // added and taken away again, it rounds to a whole number
    double ln2_high, ln2_low;       // ln 2, the first part with trailing zeros
    double least, most;             // exp of less is 0, of more is infinite
    double tiny, scale;             // the least normal number; 2^scale_bits brings subnormal ones up
    int    scale_bits;
} Format;

static const Format formats[2] = {
    {23, 127, 0x1.8p23, 0.693145751953125, 1.428606820309417232e-6, -104, 89, 0x1p-126, 0x1p25, 25},
    {52, 1023, 0x1.8p52, 0.6931471803691238165, 1.908214929270587816e-10, -746, 710, 0x1p-1022, 0x1p54, 54},
};

typedef struct {
    Fn           *f;
    const Format *m;
    LLVMTypeRef   real, whole;      // of the value, and whole numbers as wide
    bool          wide, lanes;      // f64; a vector
} Math;

static V splat(const Math *m, V c) { return m->lanes ? fn_splat(m->f, c) : c; }
static V num(const Math *m, double v)
{
    return splat(m, LLVMConstReal(m->wide ? m->f->u->f64 : m->f->u->f32, v));
}
static V bits(const Math *m, int64_t v)
{
    return splat(m, LLVMConstInt(m->wide ? m->f->u->i64 : m->f->u->i32, (unsigned long long)v, true));
}
static V add(const Math *m, V a, V b) { return LLVMBuildFAdd(m->f->b, a, b, ""); }
static V sub(const Math *m, V a, V b) { return LLVMBuildFSub(m->f->b, a, b, ""); }
static V mul(const Math *m, V a, V b) { return LLVMBuildFMul(m->f->b, a, b, ""); }
static V quot(const Math *m, V a, V b) { return LLVMBuildFDiv(m->f->b, a, b, ""); }
static V neg(const Math *m, V a) { return LLVMBuildFNeg(m->f->b, a, ""); }
static V as_bits(const Math *m, V a) { return LLVMBuildBitCast(m->f->b, a, m->whole, ""); }
static V as_real(const Math *m, V a) { return LLVMBuildBitCast(m->f->b, a, m->real, ""); }
static V pick(const Math *m, V c, V a, V b) { return LLVMBuildSelect(m->f->b, c, a, b, ""); }
static V less(const Math *m, V a, V b) { return LLVMBuildFCmp(m->f->b, LLVMRealOLT, a, b, ""); }
static V same(const Math *m, V a, V b) { return LLVMBuildFCmp(m->f->b, LLVMRealOEQ, a, b, ""); }

static V call(const Math *m, const char *name, V *x, int n) { return fn_intrinsic(m->f, name, (LLVMTypeRef[]){m->real}, 1, x, n); }
static V fma_(const Math *m, V a, V b, V c) { return call(m, "llvm.fma", (V[]){a, b, c}, 3); }
static V size_of(const Math *m, V a) { return call(m, "llvm.fabs", &a, 1); }
static V signed_as(const Math *m, V a, V sign) { return call(m, "llvm.copysign", (V[]){a, sign}, 2); }

// By Horner's rule, the highest power first.
static V poly(const Math *m, V x, const double *c, int n)
{
    V y = num(m, c[0]);
    for (int i = 1; i < n; i++)
        y = fma_(m, y, x, num(m, c[i]));
    return y;
}
#define POLY(m, x, c) poly(m, x, c, (int)(sizeof c / sizeof *c))

// Between two numbers; NaN stays.
static V held(const Math *m, V x, double lo, double hi)
{
    x = pick(m, less(m, x, num(m, lo)), num(m, lo), x);
    return pick(m, less(m, num(m, hi), x), num(m, hi), x);
}

// ---- exp and expm1: x = n ln 2 + r, |r| <= ln 2 / 2 ----

// (exp r - 1 - r) / r^2; relative error of exp 8e-9 and 2e-19.
static const double exp_f32[] = {0.0013926213466332443, 0.0083632029715758549, 0.041666554437685939,
                                 0.16666576845993976, 0.5};
static const double exp_f64[] = {2.0914717341716376e-9, 2.5105259538448493e-8, 2.755727357010214e-7,
                                 2.7557255297969644e-6, 2.4801587305605323e-5, 1.9841269874901259e-4,
                                 1.3888888888883732e-3, 8.3333333333261121e-3, 4.1666666666669767e-2,
                                 0.16666666666666671,   0.5};

typedef struct {
    V n;     // a whole number, as bits
    V part;  // exp r - 1
} Reduced;

static Reduced reduce_exp(const Math *m, V x)
{
    V shifted = fma_(m, x, num(m, 1.4426950408889634074), num(m, m->m->magic)), n = sub(m, shifted, num(m, m->m->magic));
    V high = fma_(m, n, num(m, -m->m->ln2_high), x), r = fma_(m, n, num(m, -m->m->ln2_low), high);
    V q = m->wide ? POLY(m, r, exp_f64) : POLY(m, r, exp_f32);
    V whole = LLVMBuildSub(m->f->b, as_bits(m, shifted), as_bits(m, num(m, m->m->magic)), "");
    V part = mul(m, mul(m, r, r), q);
    if (m->wide)  // what r lost in rounding
        part = add(m, part, fma_(m, n, num(m, -m->m->ln2_low), sub(m, high, r)));
    return (Reduced){whole, add(m, r, part)};
}

// 2^n for |n| within the exponents.
static V power(const Math *m, V n)
{
    V e = LLVMBuildAdd(m->f->b, n, bits(m, m->m->bias), "");
    return as_real(m, LLVMBuildShl(m->f->b, e, bits(m, m->m->mantissa), ""));
}

// Scaled in two steps, so that what is subnormal is rounded once, and what is too large is infinite.
static V exp_of(const Math *m, V x)
{
    Reduced r = reduce_exp(m, held(m, x, m->m->least, m->m->most));
    V half = LLVMBuildAShr(m->f->b, r.n, bits(m, 1), ""), rest = LLVMBuildSub(m->f->b, r.n, half, "");
    return mul(m, mul(m, add(m, r.part, num(m, 1)), power(m, half)), power(m, rest));
}

// 2^n (exp r - 1) + (2^n - 1), of half of 2^n first, which is finite where the result may be.
static V expm1_of(const Math *m, V x)
{
    Reduced r = reduce_exp(m, held(m, x, -45, m->m->most));
    V half = power(m, LLVMBuildSub(m->f->b, r.n, bits(m, 1), ""));
    V y = fma_(m, half, r.part, sub(m, half, num(m, 0.5)));
    return signed_as(m, add(m, y, y), x);
}

// ---- log and log1p: x = 2^k (1 + f), 1 + f between the roots of 1/2 and 2 ----

// (log(1 + f) - f + f^2 / 2) / f^3, absolute error 3e-8.
static const double log_f32[] = {0.069716114714511778, -0.11479733846637636, 0.1168541992348674,
                                 -0.12425687331451106, 0.1424905764569748,   -0.16667802319501254,
                                 0.20000715748892102,  -0.24999996957950882, 0.33333331180030048};
// (log((1 + s) / (1 - s)) / s - 2) / s^2 over s^2, absolute error 3e-16.
static const double log_f64[] = {0.14616449685043406, 0.15331721600556041, 0.1818288912526172, 0.2222221113479508,
                                 0.28571428625975485, 0.39999999999899505, 0.66666666666666697};

typedef struct {
    V k, f;
} Split;

static Split split_log(const Math *m, V x)
{
    int64_t root = m->wide ? 0x3FE6A09E667F3BCD : 0x3F3504F3, one = m->wide ? 0x3FF0000000000000 : 0x3F800000;
    LLVMBuilderRef b = m->f->b;
    V low = less(m, x, num(m, m->m->tiny)), up = pick(m, low, mul(m, x, num(m, m->m->scale)), x);
    V i = LLVMBuildAdd(b, as_bits(m, up), bits(m, one - root), "");
    V k = LLVMBuildSub(b, LLVMBuildAShr(b, i, bits(m, m->m->mantissa), ""), bits(m, m->m->bias), "");
    k = LLVMBuildSub(b, k, pick(m, low, bits(m, m->m->scale_bits), bits(m, 0)), "");
    V part = LLVMBuildAnd(b, i, bits(m, ((int64_t)1 << m->m->mantissa) - 1), "");
    V f = sub(m, as_real(m, LLVMBuildAdd(b, part, bits(m, root), "")), num(m, 1));
    return (Split){LLVMBuildSIToFP(b, k, m->real, ""), f};
}

// log of 2^k (1 + f), and `more`, which is small.
static V log_sum(const Math *m, Split x, V more)
{
    V low = fma_(m, x.k, num(m, m->m->ln2_low), more), half = mul(m, mul(m, x.f, x.f), num(m, 0.5)), y;
    if (m->wide) {
        V s = quot(m, x.f, add(m, x.f, num(m, 2))), z = mul(m, s, s);
        V r = mul(m, z, POLY(m, z, log_f64));
        y = sub(m, half, fma_(m, s, add(m, half, r), low));
        y = sub(m, x.f, y);
    } else {
        V cube = mul(m, mul(m, x.f, x.f), x.f);
        y = fma_(m, cube, POLY(m, x.f, log_f32), low);
        y = add(m, x.f, sub(m, y, half));
    }
    return fma_(m, x.k, num(m, m->m->ln2_high), y);
}

// At the ends of its domain: below `pole` there is none, at it the result is -infinity, at infinity infinity.
static V log_ends(const Math *m, V x, V y, double pole)
{
    y = pick(m, same(m, x, num(m, INFINITY)), x, y);
    y = pick(m, same(m, x, num(m, pole)), num(m, -INFINITY), y);
    V there = LLVMBuildFCmp(m->f->b, LLVMRealOGE, x, num(m, pole), "");
    return pick(m, there, y, num(m, NAN));
}

static V log_of(const Math *m, V x) { return log_ends(m, x, log_sum(m, split_log(m, x), num(m, 0)), 0); }

// log(1 + x), with what 1 + x loses of x.
static V log1p_of(const Math *m, V x)
{
    V one = num(m, 1), u = add(m, one, x);
    V big = less(m, one, x), lost = pick(m, big, sub(m, one, sub(m, u, x)), sub(m, x, sub(m, u, one)));
    V y = log_ends(m, x, log_sum(m, split_log(m, u), quot(m, lost, u)), -1);
    return pick(m, less(m, size_of(m, x), num(m, m->wide ? 0x1p-54 : 0x1p-25)), x, y);
}

// ---- tanh and erf ----

// (tanh(x) / x - 1) / x^2 over x^2 up to 0.625^2; relative error 2e-8.
static const double tanh_f32[] = {-0.0060967141659081976, 0.020997178999074751, -0.053850909578513581,
                                  0.13332769736976328,    -0.33333328944134255};

static V tanh_of(const Math *m, V x)
{
    V a = size_of(m, x), y;
    if (m->wide) {
        V t = expm1_of(m, held(m, add(m, a, a), 0, 80));
        y = quot(m, t, add(m, t, num(m, 2)));
    } else {
        V z = mul(m, a, a), small = fma_(m, mul(m, z, a), POLY(m, z, tanh_f32), a);
        V large = sub(m, num(m, 1), quot(m, num(m, 2), add(m, exp_of(m, add(m, a, a)), num(m, 1))));
        y = pick(m, less(m, a, num(m, 0.625)), small, large);
    }
    return signed_as(m, y, x);
}

// erf(x) / x - 1 over x^2 up to 0.9^2, and -log(erfc(x)) over x from 0.9 to 4; absolute errors 2e-8.
static const double erf_small[] = {-6.1026870367640493e-4, 0.0050144841511504461, -0.026780719128523382,
                                   0.11282194093299177,    -0.37612528804753685,  0.12837915472723107};
static const double erf_large[] = {-1.6430636556906173e-6, 4.6163858625244571e-5, -5.9758577023023309e-4,
                                   0.0047626258325129923,  -0.026427637153529878, 0.11008716649550040,
                                   0.63182391810575947,    1.1302310552231873,    -3.1853966241225595e-4};

static V erf_of(const Math *m, V x)
{
    V a = size_of(m, x), z = mul(m, a, a), small = fma_(m, a, POLY(m, z, erf_small), a);
    V far = held(m, a, 0, 4), large = sub(m, num(m, 1), exp_of(m, neg(m, POLY(m, far, erf_large))));
    return signed_as(m, pick(m, less(m, a, num(m, 0.9)), small, large), x);
}

// ---- sin and cos: x = n pi/2 + r, in f64; far arguments go to the C library, one by one ----

// (sin(r) / r - 1) / r^2 and (cos(r) - 1 + r^2 / 2) / r^4 over r^2 up to (pi/4)^2; errors below 1e-19.
static const double sin_f64[] = {-7.5866850700912671e-13, 1.6058531414589011e-10, -2.5052106231157905e-8,
                                 2.7557319219335453e-6,   -1.984126984126506e-4,  8.3333333333333315e-3,
                                 -0.16666666666666667};
static const double cos_f64[] = {4.7458652037874551e-14, -1.1470460773969325e-11, 2.0876755790363396e-9,
                                 -2.755731922140076e-7,  2.4801587301584644e-5,   -1.3888888888888888e-3,
                                 4.1666666666666667e-2};

#define FAR 0x1p20 // beyond it pi/2 in three parts is not enough

static V near_trig(const Math *m, V x, bool cosine)
{
    LLVMBuilderRef b = m->f->b;
    V shifted = fma_(m, x, num(m, 0.63661977236758134308), num(m, m->m->magic)), n = sub(m, shifted, num(m, m->m->magic));
    V r = fma_(m, n, num(m, -1.57079632673412561417), x);
    r = fma_(m, n, num(m, -6.077100506303965976595e-11), r);
    r = fma_(m, n, num(m, -2.022266248795950732400e-21), r);
    V z = mul(m, r, r), s = fma_(m, mul(m, z, r), POLY(m, z, sin_f64), r);
    V c = fma_(m, mul(m, z, z), POLY(m, z, cos_f64), sub(m, num(m, 1), mul(m, z, num(m, 0.5))));
    V quarter = as_bits(m, shifted);
    if (cosine)
        quarter = LLVMBuildAdd(b, quarter, bits(m, 1), "");
    V odd = LLVMBuildTrunc(b, quarter, fn_type(m->f, m->f->u->i1, m->lanes), "");
    V sign = LLVMBuildShl(b, LLVMBuildAnd(b, quarter, bits(m, 2), ""), bits(m, 62), "");
    return as_real(m, LLVMBuildXor(b, as_bits(m, pick(m, odd, c, s)), sign, ""));
}

static V library_lanes(const Math *m, V x, const char *name)
{
    const Unit  *u = m->f->u;
    LLVMTypeRef  t = u->f64, type = LLVMFunctionType(t, &t, 1, false);
    LLVMValueRef fn = LLVMGetNamedFunction(u->module, name);
    if (!fn)
        fn = LLVMAddFunction(u->module, name, type);
    if (!m->lanes)
        return LLVMBuildCall2(m->f->b, type, fn, &x, 1, "");
    V out = LLVMGetPoison(m->real);
    for (int i = 0; i < m->f->width; i++) {
        V k = LLVMConstInt(u->i32, (unsigned long long)i, false), one = LLVMBuildExtractElement(m->f->b, x, k, "");
        out = LLVMBuildInsertElement(m->f->b, out, LLVMBuildCall2(m->f->b, type, fn, &one, 1, ""), k, "");
    }
    return out;
}

static Math math_of(Fn *f, bool wide, bool lanes)
{
    const Unit *u = f->u;
    return (Math){f, &formats[wide], fn_type(f, wide ? u->f64 : u->f32, lanes), fn_type(f, wide ? u->i64 : u->i32, lanes),
                  wide, lanes};
}

// The function of the module for f64 values of that shape.
static LLVMValueRef trig_function(const Math *outer, bool cosine)
{
    Unit        *u = outer->f->u;
    char         name[40];
    snprintf(name, sizeof name, "plx.%s.%d", cosine ? "cos" : "sin", outer->lanes ? outer->f->width : 0);
    LLVMValueRef fn = LLVMGetNamedFunction(u->module, name);
    if (fn)
        return fn;
    fn = LLVMAddFunction(u->module, name, LLVMFunctionType(outer->real, (LLVMTypeRef[]){outer->real}, 1, false));
    LLVMSetLinkage(fn, LLVMInternalLinkage);
    Fn  *f = fn_new(u, fn, outer->f->width);
    Math m = math_of(f, true, outer->lanes);
    V    x = LLVMGetParam(fn, 0);
    LLVMPositionBuilderAtEnd(f->b, LLVMGetEntryBasicBlock(fn));
    LLVMBasicBlockRef near = LLVMAppendBasicBlockInContext(u->context, fn, ""),
                      far = LLVMAppendBasicBlockInContext(u->context, fn, "");
    V is_far = LLVMBuildFCmp(f->b, LLVMRealUGE, size_of(&m, x), num(&m, FAR), "");
    if (m.lanes) {
        LLVMTypeRef t = LLVMTypeOf(is_far);
        is_far = fn_intrinsic(f, "llvm.vector.reduce.or", &t, 1, &is_far, 1);
    }
    LLVMBuildCondBr(f->b, is_far, far, near);
    LLVMPositionBuilderAtEnd(f->b, near);
    LLVMBuildRet(f->b, near_trig(&m, x, cosine));
    LLVMPositionBuilderAtEnd(f->b, far);
    // A lane gives what it gives by itself: the near ones are computed as they are without far ones beside them.
    V each = LLVMBuildFCmp(f->b, LLVMRealUGE, size_of(&m, x), num(&m, FAR), "");
    LLVMBuildRet(f->b, pick(&m, each, library_lanes(&m, x, cosine ? "cos" : "sin"), near_trig(&m, x, cosine)));
    fn_free(f);
    return fn;
}

static V trig_of(const Math *m, V x, bool cosine)
{
    Math         d = math_of(m->f, true, m->lanes);
    LLVMValueRef fn = trig_function(&d, cosine);
    LLVMTypeRef  type = LLVMFunctionType(d.real, &d.real, 1, false);
    V            wide = m->wide ? x : LLVMBuildFPExt(m->f->b, x, d.real, "");
    V            y = LLVMBuildCall2(m->f->b, type, fn, &wide, 1, "");
    return m->wide ? y : LLVMBuildFPTrunc(m->f->b, y, m->real, "");
}

static V sin_of(const Math *m, V x) { return pick(m, same(m, x, num(m, 0)), x, trig_of(m, x, false)); }
static V cos_of(const Math *m, V x) { return trig_of(m, x, true); }

// ---- the table ----

typedef V Emit(const Math *m, V x);

LLVMValueRef vmath_emit(Fn *f, Op op, LLVMValueRef x)
{
    static const struct {
        Op    op;
        Emit *emit[2]; // of f32 and f64
    } table[] = {
        {OP_EXP, {exp_of, exp_of}},       {OP_EXPM1, {expm1_of, expm1_of}}, {OP_LOG, {log_of, log_of}},
        {OP_LOG1P, {log1p_of, log1p_of}}, {OP_TANH, {tanh_of, tanh_of}},    {OP_ERF, {erf_of, NULL}},
        {OP_SIN, {sin_of, sin_of}},       {OP_COS, {cos_of, cos_of}},
    };
    LLVMTypeRef t = LLVMTypeOf(x);
    bool        lanes = LLVMGetTypeKind(t) == LLVMVectorTypeKind;
    bool        wide = (lanes ? LLVMGetElementType(t) : t) == f->u->f64;
    Math        m = math_of(f, wide, lanes);
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (table[i].op == op && table[i].emit[wide])
            return table[i].emit[wide](&m, x);
    return NULL;
}
