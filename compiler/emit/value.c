// Values at indices: uniform, linear in the lane, or any vector; where they are computed; masks;
// loops.
#include <string.h>

#include "emit/code.h"

// ---- types ----

LLVMTypeRef unit_elem(const Unit *u, Elem e)
{
    switch (e) {
    case ELEM_F64: return u->f64;
    case ELEM_F32:
    case ELEM_F16:
    case ELEM_BF16: return u->f32;
    case ELEM_I64: return u->i64;
    case ELEM_I32: return u->i32;
    case ELEM_I8:
    case ELEM_U8: return u->i8;
    case ELEM_BOOL:
    case ELEM_C64:
    case ELEM_C128:
    case ELEM_COUNT: break;
    }
    return u->i1;
}

LLVMTypeRef unit_stored(const Unit *u, Elem e)
{
    return e == ELEM_BOOL ? u->i8 : elem_is_narrow(e) ? u->i16 : unit_elem(u, e);
}

LLVMTypeRef fn_type(const Fn *f, LLVMTypeRef t, bool lanes)
{
    return lanes ? LLVMVectorType(t, (unsigned)f->width) : t;
}

// ---- functions ----

Fn *fn_new(Unit *u, LLVMValueRef fn, int width)
{
    Fn *f = ARENA_NEW(u->arena, Fn);
    f->u = u;
    f->fn = fn;
    f->width = width;
    f->b = LLVMCreateBuilderInContext(u->context);
    vec_push(u->arena, &f->block, LLVMAppendBasicBlockInContext(u->context, fn, ""));
    vec_push(u->arena, &f->turn, 0);
    return f;
}

Fn *fn_enter(Fn *host, int width, Address *address, void *user)
{
    Unit *u = host->u;
    Fn   *f = ARENA_NEW(u->arena, Fn);
    *f = (Fn){.u = u, .fn = host->fn, .width = width, .sizes = host->sizes, .address = address, .user = user};
    f->b = LLVMCreateBuilderInContext(u->context);
    vec_push(u->arena, &f->block, host->block.at[host->depth]);
    vec_push(u->arena, &f->turn, 0);
    return f;
}

void fn_leave(Fn *f, Fn *host)
{
    host->block.at[host->depth] = f->block.at[0];
    fn_free(f);
}

LLVMValueRef fn_variable(Fn *f, LLVMTypeRef t)
{
    LLVMBasicBlockRef entry = LLVMGetEntryBasicBlock(f->fn);
    LLVMValueRef      first = LLVMGetFirstInstruction(entry);
    if (first)
        LLVMPositionBuilderBefore(f->b, first);
    else
        LLVMPositionBuilderAtEnd(f->b, entry);
    return LLVMBuildAlloca(f->b, t, "");
}

void fn_free(Fn *f) { LLVMDisposeBuilder(f->b); }

LLVMBuilderRef fn_at(Fn *f, int level)
{
    LLVMBasicBlockRef block = f->block.at[level];
    LLVMValueRef      end = LLVMGetBasicBlockTerminator(block);
    if (end)
        LLVMPositionBuilderBefore(f->b, end);
    else
        LLVMPositionBuilderAtEnd(f->b, block);
    return f->b;
}

Loop loop_open(Fn *f, LLVMValueRef begin, LLVMValueRef end)
{
    Unit          *u = f->u;
    LLVMBuilderRef b = fn_at(f, f->depth);
    Loop           l = {.before = f->block.at[f->depth], .end = end};
    l.body = LLVMAppendBasicBlockInContext(u->context, f->fn, "");
    l.exit = LLVMAppendBasicBlockInContext(u->context, f->fn, "");
    LLVMBuildCondBr(b, LLVMBuildICmp(b, LLVMIntSLT, begin, end, ""), l.body, l.exit);
    f->depth++;
    if (f->depth == f->block.n) {
        vec_push(u->arena, &f->block, l.body);
        vec_push(u->arena, &f->turn, 0);
    }
    f->block.at[f->depth] = l.body;
    b = fn_at(f, f->depth);
    l.i = LLVMBuildPhi(b, u->i64, "");
    LLVMAddIncoming(l.i, &begin, &l.before, 1);
    return l;
}

void loop_close(Fn *f, Loop *l)
{
    LLVMBuilderRef    b = fn_at(f, f->depth);
    LLVMBasicBlockRef from = f->block.at[f->depth];
    LLVMValueRef      next = LLVMBuildAdd(b, l->i, LLVMConstInt(f->u->i64, 1, false), "");
    LLVMBuildCondBr(b, LLVMBuildICmp(b, LLVMIntSLT, next, l->end, ""), l->body, l->exit);
    LLVMAddIncoming(l->i, &next, &from, 1);
    f->turn.at[f->depth]++;
    f->depth--;
    f->block.at[f->depth] = l->exit;
}

// ---- what was computed ----

typedef struct Entry {
    uint64_t      hash;
    void         *value;
    int           n, level, turn;
    struct Entry *next;
    void         *key[];
} Entry;

const char memo_number[] = "number", memo_size[] = "size", memo_mask[] = "mask",
           memo_item[] = "item", memo_row[] = "row";

#define MEMO_SLOTS 512

struct Memo {
    Entry *slot[MEMO_SLOTS];
};

static uint64_t hash_key(void *const *key, int n)
{
    uint64_t h = 1469598103934665603u;
    for (int i = 0; i < n; i++) {
        h = (h ^ (uint64_t)(uintptr_t)key[i]) * 0x9E3779B97F4A7C15u;
        h ^= h >> 29;
    }
    return h;
}

void *memo_find(Fn *f, void *const *key, int n)
{
    uint64_t h = hash_key(key, n);
    for (Entry *e = f->memo ? f->memo->slot[h % MEMO_SLOTS] : NULL; e; e = e->next)
        if (e->hash == h && e->n == n && e->level <= f->depth && e->turn == f->turn.at[e->level] &&
            !memcmp(e->key, key, sizeof *key * (size_t)n))
            return e->value;
    return NULL;
}

void memo_put(Fn *f, void *const *key, int n, void *value, int level)
{
    if (!f->memo)
        f->memo = ARENA_NEW(f->u->arena, Memo);
    Entry *e = arena_alloc(f->u->arena, sizeof *e + sizeof *key * (size_t)n);
    e->hash = hash_key(key, n);
    e->value = value;
    e->n = n;
    e->level = level;
    e->turn = f->turn.at[level];
    memcpy(e->key, key, sizeof *key * (size_t)n);
    Entry **slot = &f->memo->slot[e->hash % MEMO_SLOTS];
    e->next = *slot;
    *slot = e;
}

// ---- values ----

Val *val_new(Fn *f, LLVMValueRef v, bool lanes, int level)
{
    Val *x = ARENA_NEW(f->u->arena, Val);
    *x = (Val){.v = v, .lanes = lanes, .level = LLVMIsConstant(v) ? 0 : level};
    return x;
}

Val *val_int(Fn *f, int64_t v)
{
    void *key[2] = {(void *)(uintptr_t)memo_number, (void *)(intptr_t)v};
    Val  *x = memo_find(f, key, 2);
    if (!x) {
        x = val_new(f, LLVMConstInt(f->u->i64, (unsigned long long)v, true), false, 0);
        memo_put(f, key, 2, x, 0);
    }
    return x;
}

bool val_is_const(const Val *v, int64_t *out)
{
    if (v->lanes || !v->v || !LLVMIsAConstantInt(v->v))
        return false;
    *out = LLVMConstIntGetSExtValue(v->v);
    return true;
}

LLVMValueRef fn_splat(Fn *f, LLVMValueRef scalar)
{
    LLVMTypeRef  t = LLVMTypeOf(scalar);
    LLVMValueRef part[64];
    if (LLVMIsConstant(scalar)) {
        for (int i = 0; i < f->width; i++)
            part[i] = scalar;
        return LLVMConstVector(part, (unsigned)f->width);
    }
    LLVMValueRef none = LLVMGetPoison(fn_type(f, t, true)),
                 zero = LLVMConstInt(f->u->i32, 0, false);
    LLVMValueRef one = LLVMBuildInsertElement(f->b, none, scalar, zero, "");
    return LLVMBuildShuffleVector(f->b, one, none,
                                  LLVMConstNull(LLVMVectorType(f->u->i32, (unsigned)f->width)), "");
}

static LLVMValueRef lane_numbers(const Fn *f)
{
    LLVMValueRef part[64];
    for (int i = 0; i < f->width; i++)
        part[i] = LLVMConstInt(f->u->i64, (unsigned long long)i, false);
    return LLVMConstVector(part, (unsigned)f->width);
}

LLVMValueRef val_lanes(Fn *f, Val *v)
{
    if (v->lanes && !v->v) {
        LLVMBuilderRef b = fn_at(f, v->level);
        LLVMValueRef   step = LLVMBuildMul(b, lane_numbers(f), fn_splat(f, v->coef), "");
        v->v = LLVMBuildAdd(b, fn_splat(f, v->base), step, "");
    }
    if (v->lanes)
        return v->v;
    if (!v->splat) {
        fn_at(f, v->level);
        v->splat = fn_splat(f, v->v);
    }
    return v->splat;
}

LLVMValueRef val_plain(Fn *f, Val *v) { return v->lanes ? val_lanes(f, v) : v->v; }

static int level_of(const Val *a, const Val *b)
{
    return a->level > b->level ? a->level : b->level;
}

static LLVMValueRef base_of(const Val *v) { return v->lanes ? v->base : v->v; }

static bool linear(const Val *v) { return !v->lanes || v->base; }

static Val *linear_new(Fn *f, LLVMValueRef base, LLVMValueRef coef, int level)
{
    Val *x = ARENA_NEW(f->u->arena, Val);
    *x = (Val){.base = base, .coef = coef, .lanes = true, .level = level};
    return x;
}

Val *val_lane_axis(Fn *f, Val *base)
{
    return linear_new(f, base->v, LLVMConstInt(f->u->i64, 1, false), base->level);
}

static Val *sum(Fn *f, Val *a, Val *b, LLVMOpcode op)
{
    int            level = level_of(a, b);
    LLVMBuilderRef at = fn_at(f, level);
    if (!linear(a) || !linear(b)) {
        LLVMValueRef x = val_lanes(f, a), y = val_lanes(f, b);
        return val_new(f, LLVMBuildBinOp(fn_at(f, level), op, x, y, ""), true, level);
    }
    LLVMValueRef base = LLVMBuildBinOp(at, op, base_of(a), base_of(b), "");
    if (!a->lanes && !b->lanes)
        return val_new(f, base, false, level);
    LLVMValueRef zero = LLVMConstInt(f->u->i64, 0, false), ca = a->lanes ? a->coef : zero,
                 cb = b->lanes ? b->coef : zero;
    return linear_new(f, base, LLVMBuildBinOp(at, op, ca, cb, ""), level);
}

Val *val_add(Fn *f, Val *a, Val *b)
{
    int64_t k;
    if (val_is_const(a, &k) && k == 0)
        return b;
    if (val_is_const(b, &k) && k == 0)
        return a;
    return sum(f, a, b, LLVMAdd);
}

Val *val_sub(Fn *f, Val *a, Val *b)
{
    int64_t k;
    return val_is_const(b, &k) && k == 0 ? a : sum(f, a, b, LLVMSub);
}

Val *val_mul(Fn *f, Val *a, Val *b)
{
    int64_t k;
    int     level = level_of(a, b);
    if ((val_is_const(a, &k) && k == 1) || (val_is_const(b, &k) && k == 0))
        return b;
    if ((val_is_const(b, &k) && k == 1) || (val_is_const(a, &k) && k == 0))
        return a;
    if (!linear(a) || !linear(b) || (a->lanes && b->lanes)) {
        LLVMValueRef x = val_lanes(f, a), y = val_lanes(f, b);
        return val_new(f, LLVMBuildMul(fn_at(f, level), x, y, ""), true, level);
    }
    LLVMBuilderRef at = fn_at(f, level);
    LLVMValueRef   base = LLVMBuildMul(at, base_of(a), base_of(b), "");
    if (!a->lanes && !b->lanes)
        return val_new(f, base, false, level);
    LLVMValueRef coef = a->lanes ? LLVMBuildMul(at, a->coef, b->v, "")
                                 : LLVMBuildMul(at, b->coef, a->v, "");
    return linear_new(f, base, coef, level);
}

Val *val_op(Fn *f, Op op, Elem e, Val *const *x, int n)
{
    LLVMValueRef v[4];
    int          level = 0;
    bool         lanes = false;
    for (int i = 0; i < n; i++) {
        lanes = lanes || x[i]->lanes;
        level = x[i]->level > level ? x[i]->level : level;
    }
    for (int i = 0; i < n; i++)
        v[i] = lanes ? val_lanes(f, x[i]) : x[i]->v;
    fn_at(f, level);
    LLVMValueRef r = op_emitter(op)(f, e, v);
    if (elem_is_narrow(e) && op_info(op)->flops && LLVMTypeOf(r) == fn_type(f, f->u->f32, lanes))
        r = narrow_round(f, r, e);
    return val_new(f, r, lanes, level);
}

Val *val_select(Fn *f, Val *c, Val *x, Val *y)
{
    int  level = level_of(c, x) > y->level ? level_of(c, x) : y->level;
    bool lanes = c->lanes || x->lanes || y->lanes;
    if (x == y)
        return x;
    LLVMValueRef k = lanes && c->lanes ? val_lanes(f, c) : c->v;
    LLVMValueRef a = lanes ? val_lanes(f, x) : x->v, b = lanes ? val_lanes(f, y) : y->v;
    return val_new(f, LLVMBuildSelect(fn_at(f, level), k, a, b, ""), lanes, level);
}

Val *val_compare(Fn *f, LLVMIntPredicate p, Val *a, Val *b)
{
    int          level = level_of(a, b);
    bool         lanes = a->lanes || b->lanes;
    LLVMValueRef x = lanes ? val_lanes(f, a) : a->v, y = lanes ? val_lanes(f, b) : b->v;
    return val_new(f, LLVMBuildICmp(fn_at(f, level), p, x, y, ""), lanes, level);
}

LLVMValueRef fn_intrinsic(Fn *f, const char *name, LLVMTypeRef *over, int nover, LLVMValueRef *args,
                          int nargs)
{
    unsigned     id = LLVMLookupIntrinsicID(name, strlen(name));
    LLVMValueRef fn = LLVMGetIntrinsicDeclaration(f->u->module, id, over, (size_t)nover);
    LLVMTypeRef  type = LLVMIntrinsicGetType(f->u->context, id, over, (size_t)nover);
    return LLVMBuildCall2(f->b, type, fn, args, (unsigned)nargs, "");
}

// ---- sizes ----

static Val *floor_quotient(Fn *f, const SizeAtom *a, bool remainder)
{
    Val           *x[2] = {val_size(f, a->a), val_size(f, a->b)};
    LLVMBuilderRef b = fn_at(f, 0);
    LLVMValueRef   v[2] = {x[0]->v, x[1]->v};
    (void)b;
    return val_new(f, op_emitter(remainder ? OP_IMOD : OP_IDIV)(f, ELEM_I64, v), false, 0);
}

static Val *atom(Fn *f, const SizeAtom *a)
{
    switch (a->kind) {
    case SIZE_ATOM_VAR:
        for (int i = 0; i < f->u->plan->sizes.n + f->u->plan->made.n; i++)
            if (plan_size(f->u->plan, i) == a->var) {
                LLVMBuilderRef b = fn_at(f, 0);
                LLVMValueRef   k = LLVMConstInt(f->u->i64, (unsigned long long)i, false);
                LLVMValueRef   p = LLVMBuildGEP2(b, f->u->i64, f->sizes, &k, 1, "");
                return val_new(f, LLVMBuildLoad2(b, f->u->i64, p, ""), false, 0);
            }
        return val_int(f, 0);
    case SIZE_ATOM_DIV: return floor_quotient(f, a, false);
    case SIZE_ATOM_MOD: return floor_quotient(f, a, true);
    case SIZE_ATOM_MIN:
    case SIZE_ATOM_MAX: {
        Val *x = val_size(f, a->a), *y = val_size(f, a->b);
        Val *less = val_compare(f, a->kind == SIZE_ATOM_MIN ? LLVMIntSLT : LLVMIntSGT, x, y);
        return val_select(f, less, x, y);
    }
    }
    return val_int(f, 0);
}

Val *val_size(Fn *f, const Size *s)
{
    int64_t value;
    if (size_is_const(s, &value))
        return val_int(f, value);
    void *key[2] = {(void *)(uintptr_t)memo_size, (void *)(uintptr_t)s};
    Val  *total = memo_find(f, key, 2);
    if (total)
        return total;
    total = val_int(f, 0);
    for (int t = 0; t < size_terms(s); t++) {
        Val *product = val_int(f, size_coef(s, t));
        for (int k = 0; k < size_factors(s, t); k++)
            product = val_mul(f, product, atom(f, size_factor(s, t, k)));
        total = val_add(f, total, product);
    }
    memo_put(f, key, 2, total, 0);
    return total;
}

// ---- masks ----

static Val *both(Fn *f, Val *a, Val *b)
{
    if (!a || !b)
        return a ? a : b;
    Val *x[2] = {a, b};
    return val_op(f, OP_AND, ELEM_BOOL, x, 2);
}

Mask *mask_and(Fn *f, Mask *m, Val *c)
{
    void *key[3] = {(void *)(uintptr_t)memo_mask, m, c};
    Mask *out = memo_find(f, key, 3);
    if (out)
        return out;
    out = ARENA_NEW(f->u->arena, Mask);
    if (m)
        *out = (Mask){.tail = m->tail, .all = m->all, .some = m->some};
    Val **part = c->lanes ? &out->some : &out->all;
    *part = both(f, *part, c);
    int level = (*part)->level;
    if (out->tail && out->tail->level > level)
        level = out->tail->level;
    memo_put(f, key, 3, out, f->depth > level ? f->depth : level);
    return out;
}

LLVMValueRef mask_lanes(Fn *f, Mask *m, int *level)
{
    if (!m)
        return NULL;
    if (!m->joined)
        m->joined = both(f, both(f, m->some, m->all), m->tail);
    *level = m->joined->level > *level ? m->joined->level : *level;
    return val_lanes(f, m->joined);
}

LLVMValueRef mask_uniform(Fn *f, Mask *m, int *level)
{
    if (!m || (!m->all && !m->some))
        return NULL;
    if (!m->any && m->some) {
        LLVMValueRef v = mask_lanes(f, m, level);
        int          at = m->joined->level;
        LLVMTypeRef  t = LLVMTypeOf(v);
        fn_at(f, at);
        m->any = val_new(f, fn_intrinsic(f, "llvm.vector.reduce.or", &t, 1, &v, 1), false, at);
    }
    if (!m->any)
        m->any = m->all;
    *level = m->any->level > *level ? m->any->level : *level;
    return m->any->v;
}
