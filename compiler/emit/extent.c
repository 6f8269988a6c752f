// Where a product has work: the positions that its guards leave along one axis, found for each position of another and of
// the batch axes that they know, before the product runs.
#include "emit/driver.h"

#include "plexus_rt.h"

#define LEAST_WORK (INT64_C(1) << 18) // multiply-adds of a product worth looking

static LLVMValueRef address_in(void *user, const Buffer *b) { return driver_address_of(user, b); }

static LLVMValueRef worth(Driver *d, const Gemm *g)
{
    if (g->extent->exact) // nothing may be there outside
        return LLVMConstInt(d->f->u->i1, 1, false);
    const AxisList *part[] = {&g->m, &g->n, &g->k};
    LLVMValueRef    work = LLVMConstReal(d->f->u->f64, 1); // whole numbers may pass 2^63
    for (int i = 0; i < 3; i++) {
        LLVMValueRef size = driver_axes_size(d, part[i]->at, part[i]->n)->v;
        work = LLVMBuildFMul(now(d), work, LLVMBuildSIToFP(now(d), size, d->f->u->f64, ""), "");
    }
    return LLVMBuildFCmp(now(d), LLVMRealOGE, work, LLVMConstReal(d->f->u->f64, (double)LEAST_WORK), "");
}

// The limits at one position of the axes that are bound in loops.
static void find_limits(Driver *d, const Extent *e, const Loop *loop)
{
    Fn          *f = fn_enter(d->f, 1, address_in, d);
    AxisSet      over = axes_of(f->u->arena, e->begin->order, e->begin->n);
    LLVMValueRef begin, end;
    f->kernel = ARENA_NEW(f->u->arena, Kernel); // of nothing else
    f->dummy = fn_variable(f, f->u->i64);
    for (int i = 0; i < e->begin->n; i++)
        fn_bind(f, e->begin->order[i], val_new(f, loop[i].i, false, 0));
    bounds_along(f, e->guard, 2, e->along, &begin, &end);
    fn_store(f, e->begin, over, fn_here(f, over), NULL, val_new(f, begin, false, 0));
    fn_store(f, e->end, over, fn_here(f, over), NULL, val_new(f, end, false, 0));
    fn_leave(f, d->f);
}

LLVMValueRef extent_find(Driver *d, const Gemm *g)
{
    const Extent *e = g->extent;
    LLVMValueRef  is = worth(d, g);
    int           n = e->begin->n;
    Loop         *loop = ARENA_ARRAY(d->f->u->arena, Loop, n + 1);
    for (int i = 0; i < n; i++) {
        LLVMValueRef size = val_size(d->f, e->begin->order[i]->size)->v;
        loop[i] = loop_open(d->f, i64(d, 0), i ? size : LLVMBuildSelect(now(d), is, size, i64(d, 0), ""));
    }
    find_limits(d, e, loop);
    for (int i = n - 1; i >= 0; i--)
        loop_close(d->f, &loop[i]);
    return is;
}

static int place_in(const AxisList *l, const Axis *a)
{
    int i = l->n - 1;
    while (i >= 0 && l->at[i] != a)
        i--;
    return i;
}

// What one position of a group's axis is in rows, columns or terms.
static LLVMValueRef behind(Driver *d, const AxisList *l, int at)
{
    return driver_axes_size(d, l->at + at + 1, l->n - at - 1)->v;
}

static LLVMValueRef pointer_at(Driver *d, const Buffer *b, const AxisList *batch, LLVMValueRef *at, int n, LLVMValueRef is)
{
    LLVMTypeRef  t = d->f->u->i64;
    LLVMValueRef p = driver_address_of(d, b);
    for (int i = 0; i < n; i++)
        for (int k = 0; k < b->n; k++)
            if (b->order[k] == batch->at[i]) {
                LLVMValueRef offset = LLVMBuildMul(now(d), at[i], driver_stride_of(d, b, batch->at[i])->v, "");
                p = LLVMBuildGEP2(now(d), t, p, &offset, 1, "");
            }
    return LLVMBuildSelect(now(d), is, p, LLVMConstNull(d->f->u->ptr), "");
}

void extent_arguments(Driver *d, const Gemm *g, bool turned, LLVMValueRef is, LLVMValueRef *at, int nat, LLVMValueRef *args)
{
    const Extent   *e = g->extent;
    const AxisList *part[] = {turned ? &g->n : &g->m, turned ? &g->m : &g->n, &g->k}; // as PlxSide
    LLVMValueRef    v[6] = {NULL, i64(d, PLX_NOTHING), NULL, i64(d, 1), i64(d, 1), i64(d, 0)}; // as PlxExtent
    for (int i = 0; i < 3; i++) {
        int along = place_in(part[i], e->along), by = place_in(part[i], e->by);
        if (along >= 0) {
            v[0] = i64(d, i);
            v[2] = behind(d, part[i], along);
        }
        if (by >= 0) {
            v[1] = i64(d, i);
            v[3] = behind(d, part[i], by);
            v[4] = val_size(d->f, e->by->size)->v;
        }
    }
    for (int i = 0; g->batch.n && i < e->begin->n; i++)
        if (e->begin->order[i] == g->batch.at[g->batch.n - 1])
            v[5] = driver_stride_of(d, e->begin, e->begin->order[i])->v;
    args[0] = driver_table(d, v, 6);
    args[1] = pointer_at(d, e->begin, &g->batch, at, nat, is);
    args[2] = pointer_at(d, e->end, &g->batch, at, nat, is);
}
