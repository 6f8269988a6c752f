// What the files that make the exported function share: driver.c (where buffers lie, kernels, the function itself),
// calls.c (tasks that call the runtime) and control.c (loops and branches).
#ifndef PLX_EMIT_DRIVER_H
#define PLX_EMIT_DRIVER_H

#include "emit/code.h"

typedef struct {
    Fn           *f;
    LLVMValueRef  ctx, in, out, base;
    LLVMValueRef *address;  // by buffer id: its pointer, or for slots and turns the variable that holds it
    bool         *growing;  // by buffer id: a tape in the making, whose address is in a variable
    bool         *known;    // of the sizes that loops make: is it there already?
    bool          is_rest;  // what comes behind a loop that makes a size
} Driver;

static inline LLVMValueRef i64(const Driver *d, int64_t v)
{
    return LLVMConstInt(d->f->u->i64, (unsigned long long)v, true);
}

static inline LLVMBuilderRef now(Driver *d) { return fn_at(d->f, d->f->depth); }

// ---- driver.c ----
Val *driver_axes_size(Driver *d, Axis *const *at, int n);
Val *driver_stride_of(Driver *d, const Buffer *b, const Axis *a);
Val *driver_greater(Driver *d, Val *a, Val *b);
Val *driver_buffer_bytes(Driver *d, const Buffer *b);
Val *driver_rounded_up(Driver *d, Val *bytes);
LLVMValueRef driver_slot_of(Driver *d, LLVMValueRef array, int i);
LLVMValueRef driver_address_of(Driver *d, const Buffer *b);
// Positions of a tile's first axis that are there at one time.
Val *driver_tile_rows(Driver *d, const Buffer *b);
// A kernel in pieces for the pool: how many, the work of one, and how many are handed over together.
void driver_pieces(Driver *d, const Kernel *k, Val **count, Val **work);
Val *driver_pieces_of_one(Driver *d, const Kernel *k);
Val *driver_grain_of(Driver *d, Val *work);
LLVMValueRef driver_pass_arguments(Driver *d, Buffer *const *slots, int n, LLVMValueRef first_row);
void driver_run_kernel(Driver *d, const Kernel *k);

// ---- extent.c ----
// Finds the limits of a product with an extent; whether it is worth to keep to them.
LLVMValueRef extent_find(Driver *d, const Gemm *g);
// What plx_gemm_ctx takes of them: three arguments. at: the positions of the first nat batch axes; turned: the product is
// the other way round.
void extent_arguments(Driver *d, const Gemm *g, bool turned, LLVMValueRef is, LLVMValueRef *at, int nat, LLVMValueRef *args);

// ---- calls.c ----
LLVMValueRef driver_table(Driver *d, LLVMValueRef *v, int n); // an array of the function that holds these i64s
void driver_run_product(Driver *d, const Gemm *g);
void driver_run_tiles(Driver *d, const Gemm *g);
void driver_run_sort(Driver *d, const Task *t);
void driver_run_library(Driver *d, const Library *l);
void driver_run_check(Driver *d, const Node *n);
void driver_run_tally(Driver *d, const Node *n);
// The context's error.
LLVMValueRef driver_failure(Driver *d);

// ---- control.c ----
LLVMBasicBlockRef driver_block_new(Driver *d);
// What is built next stands in the block.
void driver_go_on_in(Driver *d, LLVMBasicBlockRef b);
void driver_run_tasks(Driver *d, const TaskList *l);
// What stands behind a task that makes a size: a function of its own.
void driver_run_rest(Driver *d, const TaskList *l, int from, int made);
void driver_emit_rest(Driver *d, const TaskList *l, int from, int made);

#endif
