// Loops, branches, and what stands behind a loop that makes a size.
#include "emit/driver.h"

// ---- control ----

LLVMBasicBlockRef driver_block_new(Driver *d)
{
    return LLVMAppendBasicBlockInContext(d->f->u->context, d->f->fn, "");
}

void driver_go_on_in(Driver *d, LLVMBasicBlockRef b) { d->f->block.at[d->f->depth] = b; }

static LLVMValueRef stopped(Driver *d)
{
    Unit          *u = d->f->u;
    LLVMBuilderRef b = now(d);
    LLVMValueRef   k = i64(d, 1), p = LLVMBuildGEP2(b, u->i64, d->ctx, &k, 1, "");
    LLVMValueRef   both = LLVMBuildLoad2(b, u->i64, p, "");
    LLVMSetVolatile(both, true);
    return LLVMBuildICmp(b, LLVMIntNE, both, i64(d, 0), "");
}

static void point_slots(Driver *d, const Control *c)
{
    for (int i = 0; i < c->slots.n; i++)
        for (int k = 0; k < 2 && c->slots.at[i]->kind == BUFFER_SLOT; k++) {
            LLVMValueRef place = driver_address_of(d, c->slots.at[i]->pair[k]);
            LLVMBuildStore(now(d), place, d->address[(k ? c->next.at[i] : c->slots.at[i])->id]);
        }
}

static void turn_slots(Driver *d, const Control *c)
{
    for (int i = 0; i < c->slots.n; i++) {
        LLVMValueRef a = driver_address_of(d, c->slots.at[i]), b = driver_address_of(d, c->next.at[i]);
        if (c->slots.at[i]->kind != BUFFER_SLOT) {
            LLVMTypeRef t = unit_stored(d->f->u, c->slots.at[i]->elem);
            LLVMBuildStore(now(d), LLVMBuildLoad2(now(d), t, b, ""), a);
            continue;
        }
        LLVMBuildStore(now(d), b, d->address[c->slots.at[i]->id]);
        LLVMBuildStore(now(d), a, d->address[c->next.at[i]->id]);
    }
}

static LLVMValueRef condition(Driver *d, const Control *c)
{
    LLVMValueRef v = LLVMBuildLoad2(now(d), d->f->u->i8, driver_address_of(d, c->condition), "");
    return LLVMBuildICmp(now(d), LLVMIntNE, v, LLVMConstInt(d->f->u->i8, 0, false), "");
}

// The tapes have room for this turn's part.
static void grow_tapes(Driver *d, const Control *c, LLVMValueRef turn)
{
    Unit *u = d->f->u;
    for (int i = 0; i < c->tapes.n; i++) {
        const Buffer *b = c->tapes.at[i];
        Val          *part = val_mul(d->f, driver_axes_size(d, b->order + 1, b->n - 1),
                                     val_int(d->f, elem_bytes(b->elem)));
        LLVMValueRef  turns = LLVMBuildAdd(now(d), turn, i64(d, 1), "");
        LLVMValueRef  args[3] = {d->ctx, i64(d, b->index), LLVMBuildMul(now(d), turns, part->v, "")};
        LLVMBuildStore(now(d), unit_call(u, now(d), RT_plx_tape, args, 3), d->address[b->id]);
    }
}

// A loop that yields nothing in the end has a tape all the same.
static void begin_tapes(Driver *d, const Control *c)
{
    for (int i = 0; i < c->tapes.n; i++) {
        LLVMValueRef args[3] = {d->ctx, i64(d, c->tapes.at[i]->index), i64(d, 0)};
        LLVMBuildStore(now(d), unit_call(d->f->u, now(d), RT_plx_tape, args, 3),
                       d->address[c->tapes.at[i]->id]);
    }
}

static LLVMValueRef goes_on(Driver *d, const Control *c, LLVMValueRef count)
{
    Unit *u = d->f->u;
    if (c->condition) {
        driver_run_tasks(d, &c->body[1]);
        return condition(d, c);
    }
    LLVMValueRef end = val_size(d->f, c->node->attr.ax[0]->size)->v;
    return LLVMBuildICmp(now(d), LLVMIntSLT, LLVMBuildLoad2(now(d), u->i64, count, ""), end, "");
}

// The position of this turn: the count, or from the last one down.
static void store_turn(Driver *d, const Control *c, LLVMValueRef count)
{
    LLVMValueRef n = LLVMBuildLoad2(now(d), d->f->u->i64, count, "");
    if (c->node->attr.flag) {
        LLVMValueRef end = val_size(d->f, c->node->attr.ax[0]->size)->v;
        n = LLVMBuildSub(now(d), LLVMBuildSub(now(d), end, i64(d, 1), ""), n, "");
    }
    LLVMBuildStore(now(d), n, d->address[c->turn->id]);
}

static LLVMValueRef size_place(Driver *d, int i)
{
    LLVMValueRef k = i64(d, i);
    return LLVMBuildGEP2(now(d), d->f->u->i64, d->f->sizes, &k, 1, "");
}

static void run_loop(Driver *d, const Control *c)
{
    Unit             *u = d->f->u;
    LLVMBasicBlockRef head = driver_block_new(d), body = driver_block_new(d), after = driver_block_new(d);
    LLVMValueRef      count = LLVMBuildAlloca(fn_at(d->f, 0), u->i64, "");
    point_slots(d, c);
    begin_tapes(d, c);
    LLVMBuildStore(now(d), i64(d, 0), count);
    LLVMBuildBr(now(d), head);
    driver_go_on_in(d, head);
    store_turn(d, c, count);
    LLVMValueRef more = goes_on(d, c, count), stop = stopped(d);
    LLVMBuildCondBr(now(d), LLVMBuildAnd(now(d), more, LLVMBuildNot(now(d), stop, ""), ""), body,
                    after);
    driver_go_on_in(d, body);
    if (c->tapes.n) {
        LLVMBasicBlockRef there = driver_block_new(d);
        grow_tapes(d, c, LLVMBuildLoad2(now(d), u->i64, count, ""));
        LLVMBuildCondBr(now(d), stopped(d), after, there);
        driver_go_on_in(d, there);
    }
    driver_run_tasks(d, &c->body[0]);
    turn_slots(d, c);
    LLVMValueRef next =
        LLVMBuildAdd(now(d), LLVMBuildLoad2(now(d), u->i64, count, ""), i64(d, 1), "");
    LLVMBuildStore(now(d), next, count);
    LLVMBuildBr(now(d), head);
    driver_go_on_in(d, after);
    if (c->made >= 0)
        LLVMBuildStore(now(d), LLVMBuildLoad2(now(d), u->i64, count, ""),
                       size_place(d, u->plan->sizes.n + c->made));
}

static void run_branch(Driver *d, const Control *c)
{
    LLVMBasicBlockRef side[2] = {driver_block_new(d), driver_block_new(d)}, after = driver_block_new(d);
    LLVMBuildCondBr(now(d), condition(d, c), side[0], side[1]);
    for (int k = 0; k < 2; k++) {
        driver_go_on_in(d, side[k]);
        driver_run_tasks(d, &c->body[k]);
        LLVMBuildBr(now(d), after);
    }
    driver_go_on_in(d, after);
}

void driver_run_tasks(Driver *d, const TaskList *l)
{
    for (int i = 0; i < l->n; i++) {
        const Task *t = l->at[i];
        switch (t->kind) {
        case TASK_KERNEL: driver_run_kernel(d, t->kernel); break;
        case TASK_GEMM: (t->gemm->pack ? driver_run_tiles : driver_run_product)(d, t->gemm); break;
        case TASK_SORT: driver_run_sort(d, t); break;
        case TASK_LIBRARY: driver_run_library(d, t->library); break;
        case TASK_WATCH: (t->watch->op == OP_TALLY ? driver_run_tally : driver_run_check)(d, t->watch); break;
        case TASK_LOOP: run_loop(d, t->control); break;
        case TASK_BRANCH: run_branch(d, t->control); break;
        }
        // what is run again makes the sizes that it made before
        if (t->kind == TASK_LOOP && t->control->made >= 0 && !d->known[t->control->made]) {
            driver_run_rest(d, l, i + 1, t->control->made);
            return;
        }
    }
}

// ---- behind a loop that makes a size ----

static bool makes_tape(const Control *c, int buffer)
{
    for (int i = 0; i < c->tapes.n; i++)
        if (c->tapes.at[i]->id == buffer)
            return true;
    return false;
}

// Sizes are read, and what depends on them computed, where a function begins: what comes behind
// such a loop is a function of its own, which finds addresses where its caller left them.
void driver_run_rest(Driver *d, const TaskList *l, int from, int made)
{
    Unit        *u = d->f->u;
    int          n = u->plan->buffers.n;
    LLVMTypeRef  types[3] = {u->ptr, u->ptr, u->ptr};
    LLVMTypeRef  type = LLVMFunctionType(u->nothing, types, 3, false);
    LLVMValueRef fn = LLVMAddFunction(u->module, "rest", type), count = i64(d, n + 1);
    LLVMValueRef table = LLVMBuildArrayAlloca(fn_at(d->f, 0), u->ptr, count, "");
    LLVMSetLinkage(fn, LLVMInternalLinkage);
    Driver rest = {.f = fn_new(u, fn, 16),
                   .ctx = LLVMGetParam(fn, 0),
                   .is_rest = true,
                   .address = ARENA_ARRAY(u->arena, LLVMValueRef, n + 1),
                   .growing = ARENA_ARRAY(u->arena, bool, n + 1),
                   .known = ARENA_ARRAY(u->arena, bool, u->plan->made.n + 1)};
    for (int i = 0; i < u->plan->made.n; i++)
        rest.known[i] = d->known[i] || i == made;
    rest.f->sizes = LLVMGetParam(fn, 1);
    for (int i = 0; i < n; i++) {
        LLVMValueRef at = d->address[i], k = i64(d, i);
        if (!at)
            continue;
        rest.address[i] = at;
        if (LLVMIsConstant(at))
            continue;
        // A tape that is done stays where it is.
        bool done = d->growing[i];
        if (done)
            done = makes_tape(l->at[from - 1]->control, i);
        rest.growing[i] = d->growing[i] && !done;
        LLVMBuildStore(now(d), done ? LLVMBuildLoad2(now(d), u->ptr, at, "") : at,
                       LLVMBuildGEP2(now(d), u->ptr, table, &k, 1, ""));
        rest.address[i] = driver_slot_of(&rest, LLVMGetParam(fn, 2), i);
    }
    LLVMValueRef args[3] = {d->ctx, d->f->sizes, table};
    LLVMBuildCall2(now(d), type, fn, args, 3, "");
    driver_emit_rest(&rest, l, from, made);
    fn_free(rest.f);
}

// Places what is over the axis that was made, then runs the tasks.
void driver_emit_rest(Driver *d, const TaskList *l, int from, int made)
{
    Unit       *u = d->f->u;
    const Plan *p = u->plan;
    Val        *total = val_int(d->f, 0);
    Val       **offset = ARENA_ARRAY(u->arena, Val *, p->buffers.n + 1);
    for (int i = 0; i < p->buffers.n; i++) {
        const Buffer *b = p->buffers.at[i];
        if (b->kind != BUFFER_LATE || b->made != made)
            continue;
        offset[i] = total;
        total = val_add(d->f, total, driver_rounded_up(d, driver_buffer_bytes(d, b)));
    }
    LLVMValueRef args[3] = {d->ctx, i64(d, p->ntapes + made), total->v};
    LLVMValueRef base = unit_call(u, fn_at(d->f, 0), RT_plx_tape, args, 3);
    for (int i = 0; i < p->buffers.n; i++)
        if (offset[i])
            d->address[p->buffers.at[i]->id] =
                LLVMBuildGEP2(fn_at(d->f, 0), u->i8, base, &offset[i]->v, 1, "");
    LLVMBasicBlockRef start = driver_block_new(d), out = driver_block_new(d);
    LLVMBuildCondBr(fn_at(d->f, 0), stopped(d), out, start);
    d->f->depth = 1;
    vec_push(u->arena, &d->f->block, out);
    vec_push(u->arena, &d->f->turn, 0);
    LLVMBuildRetVoid(now(d));
    driver_go_on_in(d, start);
    TaskList rest = {l->at + from, l->n - from, l->n - from};
    driver_run_tasks(d, &rest);
    LLVMBuildRetVoid(now(d));
}
