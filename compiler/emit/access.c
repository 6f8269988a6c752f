// Reading and writing buffers at indices: one element for all lanes, neighbours as a vector, or one
// by one.
#include "emit/code.h"

Val *fn_bound(const Fn *f, const Axis *a)
{
    for (int i = f->bound.n - 1; i >= 0; i--)
        if (f->bound.at[i].axis == a)
            return f->bound.at[i].at;
    return NULL;
}

void fn_bind(Fn *f, Axis *a, Val *v)
{
    Bound b = {a, v};
    vec_push(f->u->arena, &f->bound, b);
}

Val **fn_here(Fn *f, AxisSet axes)
{
    Val **idx = ARENA_ARRAY(f->u->arena, Val *, axes.n + 1);
    for (int i = 0; i < axes.n; i++)
        idx[i] = fn_bound(f, axes.at[i]);
    return idx;
}

// A row on the stack; remembered apart from the slots, which the caller fills.
static LLVMValueRef fn_row(Fn *f, Buffer *b)
{
    void        *key[2] = {(void *)(uintptr_t)memo_row, b};
    LLVMValueRef p = memo_find(f, key, 2);
    if (p)
        return p;
    int64_t n = 1, size = 0;
    for (int i = 0; i < b->n; i++)
        n *= size_is_const(b->order[i]->size, &size) ? size : 1;
    p = LLVMBuildAlloca(fn_at(f, 0), LLVMArrayType2(unit_stored(f->u, b->elem), (uint64_t)n), "");
    LLVMSetAlignment(p, 64);
    memo_put(f, key, 2, p, 0);
    return p;
}

LLVMValueRef fn_pointer(Fn *f, Buffer *b)
{
    for (int i = 0; i < f->slots.n; i++)
        if (f->slots.at[i] == b)
            return f->pointers.at[i];
    if (b->kind == BUFFER_ROW)
        return fn_row(f, b);
    if (f->address)
        return f->address(f->user, b);
    LLVMBuilderRef at = fn_at(f, 0);
    LLVMValueRef   k = LLVMConstInt(f->u->i64, (unsigned long long)f->slots.n + 1, false);
    LLVMValueRef   p =
        LLVMBuildLoad2(at, f->u->ptr, LLVMBuildGEP2(at, f->u->ptr, f->args, &k, 1, ""), "");
    vec_push(f->u->arena, &f->slots, b);
    vec_push(f->u->arena, &f->pointers, p);
    return p;
}

static Val *offset_of(Fn *f, const Buffer *b, AxisSet axes, Val *const *idx)
{
    Val *offset = val_int(f, 0), *stride = val_int(f, 1);
    for (int i = b->n - 1; i >= 0; i--) {
        for (int k = 0; k < axes.n; k++)
            if (axes.at[k] == b->order[i])
                offset = val_add(f, offset, val_mul(f, idx[k], stride));
        if (i > 0)
            stride = val_mul(f, stride, val_size(f, b->order[i]->size));
    }
    return offset;
}

static bool neighbours(const Val *offset)
{
    return offset->base && LLVMIsAConstantInt(offset->coef) &&
           LLVMConstIntGetSExtValue(offset->coef) == 1;
}

static bool written_here(const Fn *f, const Buffer *b)
{
    for (int p = 0; p < f->kernel->passes.n; p++)
        for (int i = 0; i < f->kernel->passes.at[p]->items.n; i++)
            if (f->kernel->passes.at[p]->items.at[i]->to == b)
                return true;
    return false;
}

static unsigned align_of(Elem e) { return (unsigned)elem_bytes(e); }

// A scalar's only element is its variable, which so can become a register.
static LLVMValueRef element(Fn *f, LLVMValueRef base, Elem e, LLVMValueRef offset)
{
    if (LLVMIsNull(offset))
        return base;
    return LLVMBuildGEP2(f->b, unit_stored(f->u, e), base, &offset, 1, "");
}

// ---- one element ----

static LLVMValueRef guarded_address(Fn *f, LLVMValueRef address, LLVMValueRef condition)
{
    if (!condition)
        return address;
    return LLVMBuildSelect(f->b, condition, address, f->dummy, "");
}

static LLVMValueRef load_one(Fn *f, LLVMValueRef base, Elem e, const Val *offset, Mask *m,
                             int *level)
{
    *level = offset->level > *level ? offset->level : *level;
    LLVMValueRef condition = mask_uniform(f, m, level);
    fn_at(f, *level);
    LLVMValueRef p = guarded_address(f, element(f, base, e, offset->v), condition);
    LLVMValueRef v = LLVMBuildLoad2(f->b, unit_stored(f->u, e), p, "");
    LLVMSetAlignment(v, align_of(e));
    return v;
}

static void store_one(Fn *f, LLVMValueRef base, Elem e, const Val *offset, Mask *m, LLVMValueRef v)
{
    int          level = f->depth;
    LLVMValueRef condition = mask_uniform(f, m, &level);
    fn_at(f, f->depth);
    LLVMValueRef s =
        LLVMBuildStore(f->b, v, guarded_address(f, element(f, base, e, offset->v), condition));
    LLVMSetAlignment(s, align_of(e));
}

// ---- lanes ----

static LLVMValueRef load_neighbours(Fn *f, LLVMValueRef base, Elem e, const Val *offset, Mask *m,
                                    int *level)
{
    LLVMTypeRef t = fn_type(f, unit_stored(f->u, e), true);
    *level = offset->level > *level ? offset->level : *level;
    LLVMValueRef lanes = mask_lanes(f, m, level);
    fn_at(f, *level);
    LLVMValueRef p = element(f, base, e, offset->base);
    if (!lanes) {
        LLVMValueRef v = LLVMBuildLoad2(f->b, t, p, "");
        LLVMSetAlignment(v, align_of(e));
        return v;
    }
    LLVMTypeRef  over[2] = {t, f->u->ptr};
    LLVMValueRef args[4] = {p, LLVMConstInt(f->u->i32, align_of(e), false), lanes,
                            LLVMConstNull(t)};
    return fn_intrinsic(f, "llvm.masked.load", over, 2, args, 4);
}

static LLVMValueRef every_lane(const Fn *f)
{
    LLVMValueRef part[64];
    for (int i = 0; i < f->width; i++)
        part[i] = LLVMConstInt(f->u->i1, 1, false);
    return LLVMConstVector(part, (unsigned)f->width);
}

static LLVMValueRef gather(Fn *f, LLVMValueRef base, Elem e, Val *offset, Mask *m, int *level)
{
    LLVMTypeRef t = fn_type(f, unit_stored(f->u, e), true);
    *level = offset->level > *level ? offset->level : *level;
    LLVMValueRef at = val_lanes(f, offset), lanes = mask_lanes(f, m, level);
    fn_at(f, *level);
    LLVMValueRef p = element(f, base, e, at);
    LLVMTypeRef  over[2] = {t, LLVMTypeOf(p)};
    LLVMValueRef args[4] = {p, LLVMConstInt(f->u->i32, align_of(e), false),
                            lanes ? lanes : every_lane(f), LLVMConstNull(t)};
    return fn_intrinsic(f, "llvm.masked.gather", over, 2, args, 4);
}

static void store_neighbours(Fn *f, LLVMValueRef base, Elem e, const Val *offset, Mask *m,
                             LLVMValueRef v)
{
    int          level = f->depth;
    LLVMValueRef lanes = mask_lanes(f, m, &level);
    fn_at(f, f->depth);
    LLVMValueRef p = element(f, base, e, offset->base);
    if (!lanes) {
        LLVMSetAlignment(LLVMBuildStore(f->b, v, p), align_of(e));
        return;
    }
    LLVMTypeRef  over[2] = {LLVMTypeOf(v), f->u->ptr};
    LLVMValueRef args[4] = {v, p, LLVMConstInt(f->u->i32, align_of(e), false), lanes};
    fn_intrinsic(f, "llvm.masked.store", over, 2, args, 4);
}

static void scatter(Fn *f, LLVMValueRef base, Elem e, Val *offset, Mask *m, LLVMValueRef v)
{
    int          level = f->depth;
    LLVMValueRef at = val_lanes(f, offset), lanes = mask_lanes(f, m, &level);
    fn_at(f, f->depth);
    LLVMValueRef p = element(f, base, e, at);
    LLVMTypeRef  over[2] = {LLVMTypeOf(v), LLVMTypeOf(p)};
    LLVMValueRef args[4] = {v, p, LLVMConstInt(f->u->i32, align_of(e), false),
                            lanes ? lanes : every_lane(f)};
    fn_intrinsic(f, "llvm.masked.scatter", over, 2, args, 4);
}

// ---- both ----

Val *fn_load(Fn *f, Buffer *b, AxisSet axes, Val *const *idx, Mask *m, Elem e)
{
    LLVMValueRef base = fn_pointer(f, b), v;
    Val         *offset = offset_of(f, b, axes, idx);
    int          level = written_here(f, b) ? f->row_level : 0;
    if (!offset->lanes) // what has no axes is there under any mask
        v = load_one(f, base, e, offset, b->n ? m : NULL, &level);
    else if (neighbours(offset))
        v = load_neighbours(f, base, e, offset, m, &level);
    else
        v = gather(f, base, e, offset, m, &level);
    if (e == ELEM_BOOL)
        v = LLVMBuildICmp(f->b, LLVMIntNE, v, LLVMConstNull(LLVMTypeOf(v)), "");
    else if (elem_is_narrow(e))
        v = narrow_widen(f, v, e);
    return val_new(f, v, offset->lanes, level);
}

void fn_store(Fn *f, Buffer *b, AxisSet axes, Val *const *idx, Mask *m, Val *v)
{
    LLVMValueRef base = fn_pointer(f, b);
    Val         *offset = offset_of(f, b, axes, idx);
    bool lanes = offset->lanes || v->lanes; // a buffer without elements has one place for all lanes
    LLVMValueRef x = lanes ? val_lanes(f, v) : v->v;
    fn_at(f, f->depth);
    if (b->elem == ELEM_BOOL)
        x = LLVMBuildZExt(f->b, x, fn_type(f, f->u->i8, lanes), "");
    else if (elem_is_narrow(b->elem))
        x = narrow_pack(f, x, b->elem);
    if (!lanes)
        store_one(f, base, b->elem, offset, m, x);
    else if (neighbours(offset))
        store_neighbours(f, base, b->elem, offset, m, x);
    else
        scatter(f, base, b->elem, offset, m, x);
}
