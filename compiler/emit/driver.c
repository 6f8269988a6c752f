// The exported function: the plan's tasks in order. It computes where buffers lie and calls kernels.
#include "emit/driver.h"

#include "plexus_rt.h"

#define TILE          (1 << 19) // elements of an operand that is made in tiles
#define PARALLEL_WORK 32768     // elements worth handing to the pool, and of one chunk

// ---- sizes ----

Val *driver_axes_size(Driver *d, Axis *const *at, int n)
{
    Val *size = val_int(d->f, 1);
    for (int i = 0; i < n; i++)
        size = val_mul(d->f, size, val_size(d->f, at[i]->size));
    return size;
}

Val *driver_stride_of(Driver *d, const Buffer *b, const Axis *a)
{
    Val *stride = val_int(d->f, 1);
    for (int i = b->n - 1; i >= 0 && b->order[i] != a; i--)
        stride = val_mul(d->f, stride, val_size(d->f, b->order[i]->size));
    return stride;
}

Val *driver_greater(Driver *d, Val *a, Val *b)
{
    int64_t x, y;
    if (val_is_const(a, &x) && val_is_const(b, &y))
        return x > y ? a : b;
    LLVMBuilderRef at = fn_at(d->f, 0);
    return val_new(
        d->f, LLVMBuildSelect(at, LLVMBuildICmp(at, LLVMIntSGT, a->v, b->v, ""), a->v, b->v, ""),
        false, 0);
}

// Positions of a tile's first axis that are there at one time: as many as fit TILE elements, at
// least one.
Val *driver_tile_rows(Driver *d, const Buffer *b)
{
    int64_t known;
    Val    *rest = driver_stride_of(d, b, b->order[0]), *size = val_size(d->f, b->order[0]->size),
        *one = val_int(d->f, 1), *rows;
    LLVMBuilderRef at;
    if (val_is_const(rest, &known)) {
        rows = val_int(d->f, known > 0 && TILE / known > 1 ? TILE / known : 1);
    } else {
        rest = driver_greater(d, rest, one);
        at = fn_at(d->f, 0);
        rows =
            driver_greater(d, val_new(d->f, LLVMBuildUDiv(at, i64(d, TILE), rest->v, ""), false, 0), one);
    }
    at = fn_at(d->f, 0);
    Val *less = val_compare(d->f, LLVMIntSLT, size, rows);
    return driver_greater(d, val_select(d->f, less, size, rows), one);
}

Val *driver_buffer_bytes(Driver *d, const Buffer *b)
{
    if (b->tile)
        return val_mul(d->f, val_mul(d->f, driver_tile_rows(d, b), driver_stride_of(d, b, b->order[0])),
                       val_int(d->f, elem_bytes(b->elem)));
    return val_mul(d->f, driver_axes_size(d, b->order, b->n), val_int(d->f, elem_bytes(b->elem)));
}

// ---- where buffers lie ----

LLVMValueRef driver_slot_of(Driver *d, LLVMValueRef array, int i)
{
    LLVMBuilderRef b = fn_at(d->f, 0);
    LLVMValueRef   k = i64(d, i);
    return LLVMBuildLoad2(b, d->f->u->ptr, LLVMBuildGEP2(b, d->f->u->ptr, array, &k, 1, ""), "");
}

static LLVMValueRef table_constant(Unit *u, const Node *n)
{
    LLVMTypeRef   t = unit_stored(u, n->type.elem);
    LLVMValueRef *v = ARENA_ARRAY(u->arena, LLVMValueRef, n->attr.ndata + 1);
    for (int i = 0; i < n->attr.ndata; i++)
        v[i] = elem_is_narrow(n->type.elem) ? LLVMConstInt(t, elem_narrow_bits(n->type.elem, n->attr.data[i]), false)
               : elem_class(n->type.elem) == ELEM_CLASS_FLOAT
                   ? LLVMConstReal(t, n->attr.data[i])
                   : LLVMConstInt(t, (unsigned long long)(int64_t)n->attr.data[i], true);
    LLVMValueRef data = LLVMConstArray2(t, v, (uint64_t)n->attr.ndata);
    LLVMValueRef g = LLVMAddGlobal(u->module, LLVMTypeOf(data), "table");
    LLVMSetInitializer(g, data);
    LLVMSetGlobalConstant(g, true);
    LLVMSetLinkage(g, LLVMInternalLinkage);
    LLVMSetAlignment(g, PLX_ALIGNMENT);
    return g;
}

Val *driver_rounded_up(Driver *d, Val *bytes)
{
    Val *more = val_add(d->f, bytes, val_int(d->f, PLX_ALIGNMENT - 1));
    return val_new(d->f, LLVMBuildAnd(fn_at(d->f, 0), more->v, i64(d, -PLX_ALIGNMENT), ""), false,
                   0);
}

// Is there one that lies above buffer k and below buffer i in any case?
static bool lies_between(const Plan *p, int k, int i)
{
    for (int j = k + 1; j < i; j++)
        if (buffer_meets(p->placed.at[k], p->placed.at[j]) &&
            buffer_meets(p->placed.at[j], p->placed.at[i]))
            return true;
    return false;
}

// Each buffer lies above those before it in the plan's list that live at the same time. Returns the
// bytes in all.
static Val *place_buffers(Driver *d, Val **offset)
{
    const Plan *p = d->f->u->plan;
    Val **end = ARENA_ARRAY(d->f->u->arena, Val *, p->placed.n + 1), *total = val_int(d->f, 0);
    for (int i = 0; i < p->placed.n; i++) {
        Val *at = val_int(d->f, 0);
        for (int k = 0; k < i; k++)
            if (buffer_meets(p->placed.at[k], p->placed.at[i]) && !lies_between(p, k, i))
                at = driver_greater(d, at, end[k]);
        offset[i] = at;
        end[i] = val_add(d->f, at, driver_rounded_up(d, driver_buffer_bytes(d, p->placed.at[i])));
        total = driver_greater(d, total, end[i]);
    }
    return total;
}

static void place_fixed(Driver *d)
{
    Unit       *u = d->f->u;
    const Plan *p = u->plan;
    for (int i = 0; i < p->buffers.n; i++) {
        const Buffer *b = p->buffers.at[i];
        if (b->kind == BUFFER_INPUT)
            d->address[b->id] = driver_slot_of(d, d->in, b->index);
        if (b->kind == BUFFER_OUTPUT)
            d->address[b->id] = driver_slot_of(d, d->out, b->index);
        if (b->kind == BUFFER_TABLE)
            d->address[b->id] = table_constant(u, b->node);
        if (b->kind == BUFFER_SCALAR)
            d->address[b->id] = fn_variable(d->f, unit_stored(u, b->elem));
        if (b->kind == BUFFER_SLOT || b->kind == BUFFER_TURN || b->kind == BUFFER_TAPE)
            d->address[b->id] =
                LLVMBuildAlloca(fn_at(d->f, 0), b->kind == BUFFER_TURN ? u->i64 : u->ptr, "");
        d->growing[b->id] = b->kind == BUFFER_TAPE;
    }
}

LLVMValueRef driver_address_of(Driver *d, const Buffer *b);

static LLVMValueRef part_of(Driver *d, const Buffer *b)
{
    Unit        *u = d->f->u;
    LLVMValueRef whole = driver_address_of(d, b->parent), bytes = driver_buffer_bytes(d, b)->v;
    LLVMValueRef at =
        b->position->op == OP_CONST
            ? i64(d, b->position->attr.i)
            : LLVMBuildLoad2(now(d), u->i64, driver_address_of(d, u->plan->of[b->position->id]), "");
    LLVMValueRef offset = LLVMBuildMul(now(d), at, bytes, "");
    return LLVMBuildGEP2(now(d), u->i8, whole, &offset, 1, "");
}

LLVMValueRef driver_address_of(Driver *d, const Buffer *b)
{
    Unit *u = d->f->u;
    switch (b->kind) {
    case BUFFER_INPUT:
    case BUFFER_OUTPUT:
    case BUFFER_ARENA:
    case BUFFER_SCALAR:
    case BUFFER_LATE:
    case BUFFER_TABLE:
    case BUFFER_TURN: return d->address[b->id];
    case BUFFER_TAPE:
        if (!d->growing[b->id])
            return d->address[b->id];
        return LLVMBuildLoad2(now(d), u->ptr, d->address[b->id], "");
    case BUFFER_SLOT: return LLVMBuildLoad2(now(d), u->ptr, d->address[b->id], "");
    case BUFFER_VIEW: return b->position ? part_of(d, b) : driver_address_of(d, b->parent);
    case BUFFER_SLICE: {
        LLVMValueRef   whole = driver_address_of(d, b->parent), bytes = driver_buffer_bytes(d, b)->v;
        LLVMBuilderRef at = now(d);
        LLVMValueRef   turn = LLVMBuildLoad2(at, u->i64, d->address[b->turn->id], "");
        LLVMValueRef   offset = LLVMBuildMul(at, turn, bytes, "");
        return LLVMBuildGEP2(at, u->i8, whole, &offset, 1, "");
    }
    case BUFFER_ROW:
    case BUFFER_REGISTER: break;
    }
    return LLVMConstNull(u->ptr);
}

// ---- kernels ----

// first_row: of a tile, for the slot without a buffer.
LLVMValueRef driver_pass_arguments(Driver *d, Buffer *const *slots, int n, LLVMValueRef first_row)
{
    Unit        *u = d->f->u;
    LLVMValueRef count = i64(d, n + 1);
    LLVMValueRef args = LLVMBuildArrayAlloca(fn_at(d->f, 0), u->ptr, count, "");
    LLVMBuildStore(now(d), d->f->sizes, args);
    for (int i = 0; i < n; i++) {
        LLVMValueRef   value = slots[i] ? driver_address_of(d, slots[i]) : first_row, k = i64(d, i + 1);
        LLVMBuilderRef b = now(d);
        LLVMBuildStore(b, value, LLVMBuildGEP2(b, u->ptr, args, &k, 1, ""));
    }
    return args;
}

static int item_cost(const Item *item)
{
    const Node *n = item->node;
    int         cost = 1 + op_info(n->op)->flops;
    return cost;
}

// Elements that one row works on, weighted by what they cost.
static Val *row_work(Driver *d, const Kernel *k)
{
    Val *work = val_int(d->f, 0);
    for (int p = 0; p < k->passes.n; p++) {
        int cost = 0;
        for (int i = 0; i < k->passes.at[p]->items.n; i++)
            cost += item_cost(k->passes.at[p]->items.at[i]);
        Val *n = driver_axes_size(d, k->passes.at[p]->axes.at, k->passes.at[p]->axes.n);
        work = val_add(d->f, work, val_mul(d->f, n, val_int(d->f, cost)));
    }
    return work;
}

static bool all_joined(const Kernel *k)
{
    for (int i = 0; i + 1 < k->outer.n; i++)
        if (!k->joined[i])
            return false;
    return true;
}

// How many driver_pieces the kernel's function counts, and what one piece costs.
void driver_pieces(Driver *d, const Kernel *k, Val **count, Val **work)
{
    *work = row_work(d, k);
    int lanes_from = k->outer.n;
    if (k->lanes) {
        lanes_from = k->outer.n - 1;
        while (lanes_from > 0 && k->joined[lanes_from - 1])
            lanes_from--;
    }
    Val *lanes = driver_axes_size(d, k->outer.at + lanes_from, k->outer.n - lanes_from);
    if (k->lanes && all_joined(k)) {
        Val *up = val_add(d->f, lanes, val_int(d->f, k->width - 1));
        *count =
            val_new(d->f, LLVMBuildUDiv(fn_at(d->f, 0), up->v, i64(d, k->width), ""), false, 0);
        *work = val_mul(d->f, *work, val_int(d->f, k->width));
    } else {
        *count = driver_axes_size(d, k->outer.at, lanes_from);
        *work = val_mul(d->f, *work, lanes);
    }
}

// Pieces for each position of the first axis of a kernel in tiles.
Val *driver_pieces_of_one(Driver *d, const Kernel *k)
{
    int n = k->outer.n;
    if (k->lanes)
        for (n--; n > 1 && k->joined[n - 1]; n--)
            ;
    return driver_axes_size(d, k->outer.at + 1, n - 1);
}

Val *driver_grain_of(Driver *d, Val *work)
{
    Val         *safe = driver_greater(d, work, val_int(d->f, 1));
    LLVMValueRef grain = LLVMBuildUDiv(fn_at(d->f, 0), i64(d, PARALLEL_WORK), safe->v, "");
    return driver_greater(d, val_new(d->f, grain, false, 0), val_int(d->f, 1));
}

static LLVMValueRef address_in(void *user, const Buffer *b) { return driver_address_of(user, b); }

void driver_run_kernel(Driver *d, const Kernel *k)
{
    if (kernel_is_scalar(k)) {
        kernel_inline(d->f, k, address_in, d);
        return;
    }
    Unit        *u = d->f->u;
    Buffer     **slots;
    int          n;
    Val         *count, *work;
    int64_t      known_count, known_work;
    LLVMValueRef fn = kernel_emit(u, k, &slots, &n);
    driver_pieces(d, k, &count, &work);
    bool known = val_is_const(count, &known_count) && val_is_const(work, &known_work);
    if (known && known_count <= 0)
        return;
    LLVMValueRef args = driver_pass_arguments(d, slots, n, NULL);
    if (known && (known_count == 1 || (double)known_count * (double)known_work < PARALLEL_WORK)) {
        LLVMValueRef a[4] = {args, i64(d, 0), count->v, LLVMConstInt(u->i32, 0, false)};
        LLVMBuildCall2(now(d), LLVMGlobalGetValueType(fn), fn, a, 4, "");
        return;
    }
    Val         *grain = driver_grain_of(d, work);
    LLVMValueRef a[5] = {d->ctx, fn, args, count->v, grain->v};
    unit_call(u, now(d), RT_plx_parallel, a, 5);
}

// ---- the function ----

// A run that was cancelled between tasks has failed too.
static void note_cancelled(Driver *d)
{
    Unit             *u = d->f->u;
    LLVMBasicBlockRef note = driver_block_new(d), after = driver_block_new(d);
    LLVMBuilderRef    b = now(d);
    LLVMValueRef      k = LLVMConstInt(u->i64, 3, false),
                 p = LLVMBuildGEP2(b, u->i32, d->ctx, &k, 1, "");
    LLVMValueRef v = LLVMBuildLoad2(b, u->i32, p, "");
    LLVMSetVolatile(v, true);
    LLVMBuildCondBr(b, LLVMBuildIsNull(b, v, ""), after, note);
    driver_go_on_in(d, note);
    LLVMValueRef text = LLVMBuildGlobalStringPtr(now(d), "cancelled", "cancelled");
    LLVMValueRef args[3] = {d->ctx, LLVMConstInt(u->i32, PLX_ERR_CANCELLED, false), text};
    unit_call(u, now(d), RT_plx_fail, args, 3);
    LLVMBuildBr(now(d), after);
    driver_go_on_in(d, after);
}

// The entry computes all addresses; then the tasks, or out if there is no memory.
static void prologue(Driver *d)
{
    Unit       *u = d->f->u;
    const Plan *p = u->plan;
    Val       **offset = ARENA_ARRAY(u->arena, Val *, p->placed.n + 1);
    place_fixed(d);
    Val         *total = place_buffers(d, offset);
    LLVMValueRef args[2] = {d->ctx, total->v};
    d->base = unit_call(u, fn_at(d->f, 0), RT_plx_reserve, args, 2);
    for (int i = 0; i < p->placed.n; i++)
        d->address[p->placed.at[i]->id] =
            LLVMBuildGEP2(fn_at(d->f, 0), u->i8, d->base, &offset[i]->v, 1, "");
    LLVMBasicBlockRef start = driver_block_new(d), fail = driver_block_new(d);
    LLVMBuilderRef    b = fn_at(d->f, 0);
    LLVMBuildCondBr(b, LLVMBuildIsNull(b, d->base, ""), fail, start);
    d->f->depth = 1;
    vec_push(u->arena, &d->f->block, fail);
    vec_push(u->arena, &d->f->turn, 0);
    LLVMBuildRet(now(d), driver_failure(d));
    driver_go_on_in(d, start);
}

// Room for the sizes that loops will make, behind those given.
static void own_sizes(Driver *d)
{
    Unit          *u = d->f->u;
    int            given = u->plan->sizes.n, made = u->plan->made.n;
    LLVMBuilderRef b = fn_at(d->f, 0);
    LLVMValueRef   from = d->f->sizes;
    if (!made)
        return;
    d->f->sizes = LLVMBuildArrayAlloca(b, u->i64, i64(d, given + made), "");
    for (int i = 0; i < given + made; i++) {
        LLVMValueRef k = i64(d, i), v = i64(d, 0);
        if (i < given)
            v = LLVMBuildLoad2(b, u->i64, LLVMBuildGEP2(b, u->i64, from, &k, 1, ""), "");
        LLVMBuildStore(b, v, LLVMBuildGEP2(b, u->i64, d->f->sizes, &k, 1, ""));
    }
}

void driver_emit(Unit *u)
{
    LLVMTypeRef  args[4] = {u->ptr, u->ptr, u->ptr, u->ptr};
    LLVMValueRef fn =
        LLVMAddFunction(u->module, u->symbol, LLVMFunctionType(u->i32, args, 4, false));
    Driver d = {.f = fn_new(u, fn, 16)};
    d.ctx = LLVMGetParam(fn, 0);
    d.f->sizes = LLVMGetParam(fn, 1);
    d.in = LLVMGetParam(fn, 2);
    d.out = LLVMGetParam(fn, 3);
    d.address = ARENA_ARRAY(u->arena, LLVMValueRef, u->plan->buffers.n + 1);
    d.growing = ARENA_ARRAY(u->arena, bool, u->plan->buffers.n + 1);
    d.known = ARENA_ARRAY(u->arena, bool, u->plan->made.n + 1);
    own_sizes(&d);
    prologue(&d);
    driver_run_tasks(&d, &u->plan->tasks);
    note_cancelled(&d);
    LLVMBuildRet(now(&d), driver_failure(&d));
    fn_free(d.f);
}
