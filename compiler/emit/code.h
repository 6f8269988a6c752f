// What the parts of the emitter share: the module in the making, functions, values at indices.
#ifndef PLX_EMIT_CODE_H
#define PLX_EMIT_CODE_H

#include <llvm-c/Core.h>

#include "sched/sched.h"

typedef enum {
#define RT(name, result, arguments) RT_##name,
#include "rt.def"
#undef RT
    RT_COUNT
} Rt;

// A kernel's function, shared by tasks whose code is the same.
typedef struct {
    LLVMValueRef fn;
    char        *text; // LLVM's, without the name
} KernelCode;

typedef struct {
    LLVMContextRef context;
    LLVMModuleRef  module;
    const Plan    *plan;
    Arena         *arena;
    const char    *symbol;
    LLVMTypeRef    i1, i8, i16, i32, i64, f32, f64, ptr, nothing;
    VEC(KernelCode) kernels;
} Unit;

LLVMTypeRef  unit_elem(const Unit *u, Elem e);   // in registers: a bool is an i1, a narrow float an f32
LLVMTypeRef  unit_stored(const Unit *u, Elem e); // in memory: a bool is an i8, a narrow float an i16
LLVMValueRef unit_function(Unit *u, Rt rt);
LLVMValueRef unit_call(Unit *u, LLVMBuilderRef b, Rt rt, LLVMValueRef *args, int n);

// A value in a loop nest. Level l holds what is computed once for each turn of the l outer loops.
// Uniform: `v` is a scalar. Else in lanes: `v` is a vector, or, for a whole number with `base`,
// base + coef * lane (v is made when someone asks).
typedef struct {
    LLVMValueRef v, base, coef;
    LLVMValueRef splat; // of a uniform, once made
    bool         lanes;
    int          level;
} Val;

// Which lanes count. Parts may be absent; tail: the lanes behind an axis's end.
typedef struct {
    Val *tail, *all, *some; // all: a uniform condition; some: one in lanes
    Val *joined;            // in lanes, once made
    Val *any;               // uniform: is any lane (the tail left aside) there? once made
} Mask;

typedef struct Memo Memo;

typedef struct {
    Axis *axis;
    Val  *at;
} Bound;

typedef LLVMValueRef Address(void *user, const Buffer *b);

// A function in the making.
typedef struct {
    Unit          *u;
    LLVMValueRef   fn;
    LLVMBuilderRef b;
    int            depth;
    VEC(LLVMBasicBlockRef) block; // by level
    VEC(int)
    turn; // by level: counts the loops opened there, so that what they computed is forgotten
    Memo         *memo;
    int           width; // lanes
    LLVMValueRef  sizes; // the values of the size variables
    LLVMValueRef  args;  // kernels: slots
    LLVMValueRef  dummy; // where masked scalars are read and written
    const Kernel *kernel;
    int           row_level; // of a kernel's rows
    Mask         *mask;
    VEC(const Node *) holds;    // guards that are known to hold at the present positions
    VEC(Bound) bound;           // the axes' positions, newest last
    VEC(Buffer *) slots;        // kernels: the buffers that the caller passes
    VEC(LLVMValueRef) pointers; // kernels: of the slots; driver: by buffer id
    Address *address;           // where buffers lie, of what is emitted in the midst of another; else NULL
    void    *user;
} Fn;

// ---- value.c ----
Fn            *fn_new(Unit *u, LLVMValueRef fn, int width);
// What `host` goes on with at its present place; fn_leave brings host to where that ends.
Fn            *fn_enter(Fn *host, int width, Address *address, void *user);
void           fn_leave(Fn *f, Fn *host);
LLVMValueRef   fn_variable(Fn *f, LLVMTypeRef t); // that mem2reg makes a register of
void           fn_free(Fn *f);
LLVMBuilderRef fn_at(Fn *f, int level); // the builder, at the end of what level computes

// What was computed under a key: the key's first word says of what kind it is.
extern const char memo_number[], memo_size[], memo_mask[], memo_item[], memo_row[];
void             *memo_find(Fn *f, void *const *key, int n);
void              memo_put(Fn *f, void *const *key, int n, void *value, int level);

Val         *val_new(Fn *f, LLVMValueRef v, bool lanes, int level);
Val         *val_int(Fn *f, int64_t v);
Val         *val_size(Fn *f, const Size *s);
Val         *val_lane_axis(Fn *f, Val *base); // base + lane
Val         *val_add(Fn *f, Val *a, Val *b);
Val         *val_sub(Fn *f, Val *a, Val *b);
Val         *val_mul(Fn *f, Val *a, Val *b);
bool         val_is_const(const Val *v, int64_t *out);
LLVMValueRef val_lanes(Fn *f, Val *v);                   // as a vector
LLVMValueRef val_plain(Fn *f, Val *v);                   // a scalar or a vector
Val *val_op(Fn *f, Op op, Elem e, Val *const *x, int n); // element-wise, of operands of type e
Val *val_select(Fn *f, Val *c, Val *x, Val *y);
Val *val_compare(Fn *f, LLVMIntPredicate p, Val *a, Val *b);
LLVMValueRef fn_splat(Fn *f, LLVMValueRef scalar);
LLVMTypeRef  fn_type(const Fn *f, LLVMTypeRef t, bool lanes);
LLVMValueRef fn_intrinsic(Fn *f, const char *name, LLVMTypeRef *over, int nover, LLVMValueRef *args,
                          int nargs);

Mask        *mask_and(Fn *f, Mask *m, Val *c);
LLVMValueRef mask_lanes(Fn *f, Mask *m, int *level);   // NULL: all lanes
LLVMValueRef mask_uniform(Fn *f, Mask *m, int *level); // NULL: always

typedef struct {
    LLVMBasicBlockRef body, exit, before;
    LLVMValueRef      i, end;
} Loop;

Loop loop_open(Fn *f, LLVMValueRef begin, LLVMValueRef end); // its counter is `i`, at the new level
void loop_close(Fn *f, Loop *l);

// ---- access.c ----
LLVMValueRef fn_pointer(Fn *f, Buffer *b);
Val         *fn_load(Fn *f, Buffer *b, AxisSet axes, Val *const *idx, Mask *m, Elem e);
void         fn_store(Fn *f, Buffer *b, AxisSet axes, Val *const *idx, Mask *m, Val *v);
Val         *fn_bound(const Fn *f, const Axis *a);
void         fn_bind(Fn *f, Axis *a, Val *v);
Val        **fn_here(Fn *f, AxisSet axes); // the positions of these axes

// ---- eval.c ----
Val *eval(Fn *f, const Node *n, Val **idx, Mask *m);         // read where stored
Val *eval_compute(Fn *f, const Node *n, Val **idx, Mask *m); // computed, though it will be stored
void eval_know(Fn *f, const Node *n, Val *v);                // the value at the present positions

// ---- bounds.c ----
// Is it a map that makes zeros where a guard does not hold?
bool bounds_fills(const Item *item);
// Positions along `a` from begin on and before end: the others change nothing of the items, by their guards, but that
// maps that fill make zeros there. From full_begin on and before full_end, the guards `holds` do hold.
typedef struct {
    LLVMValueRef begin, end, full_begin, full_end;
    VEC(const Node *) holds;
} Bounds;

// False: no guard says anything.
bool bounds_of(Fn *f, Item *const *items, int n, const Axis *a, Bounds *out);
// From *begin on and before *end all of the guards (NULL: none) may hold.
void bounds_along(Fn *f, const Node *const *guard, int n, const Axis *a, LLVMValueRef *begin, LLVMValueRef *end);

// ---- op.c ----
// Emits op on scalars or vectors of element type e (the operands').
typedef LLVMValueRef OpEmitter(Fn *f, Elem e, LLVMValueRef *x);
OpEmitter           *op_emitter(Op op);
// What a reduction or scatter of nothing is.
LLVMValueRef op_identity(const Fn *f, Op op, Elem e);
LLVMValueRef op_convert(Fn *f, LLVMValueRef x, Elem from, Elem to);
// The routine behind an operation of class LIBRARY.
Rt op_routine(Op op);

// ---- narrow.c: floats of two bytes, of which registers hold the f32 of the same value ----
LLVMValueRef narrow_round(Fn *f, LLVMValueRef x, Elem e);  // x (f32 or f64) to the nearest, ties to even
LLVMValueRef narrow_widen(Fn *f, LLVMValueRef x, Elem e);  // from memory
LLVMValueRef narrow_pack(Fn *f, LLVMValueRef x, Elem e);   // what narrow_round left, for memory

// ---- kernel.c ----
// Is it one element of each of its results?
bool kernel_is_scalar(const Kernel *k);
// Such a kernel's code, where `host` is.
void kernel_inline(Fn *host, const Kernel *k, Address *address, void *user);
// The function that computes the kernel, and the buffers that its arguments name.
LLVMValueRef kernel_emit(Unit *u, const Kernel *k, Buffer ***slots, int *nslots);

// ---- driver.c ----
void driver_emit(Unit *u);

#endif
