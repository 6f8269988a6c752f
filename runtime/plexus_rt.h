// The Plexus runtime: what compiled models and experiments need at run time. No global state; never
// exits, never prints; errors are values. All sizes are element counts unless they say bytes; all
// tensors are row-major in their written order. Functions that can fail return false and fill
// `*err`, and give back what they had taken; what a failed call was to make is left empty.
#ifndef PLEXUS_RT_H
#define PLEXUS_RT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PLX_MAX_RANK 16
#define PLX_ALIGNMENT 64 // bytes; of every block that the runtime hands out

// ---- errors ----

typedef enum {
    PLX_OK,
    PLX_ERR_MEMORY, // memory ran out
    PLX_ERR_SIZE,   // a size is negative or too large to count
    PLX_ERR_FILE,   // the system refused to open, read or write
    PLX_ERR_FORMAT, // a file is not what its format says
    PLX_ERR_TYPE,   // an element type that doesn't fit, or a conversion that would lose something
    PLX_ERR_SHAPE,  // a rank or size other than expected
    PLX_ERR_VALUE,  // a value at run time that the source forbids: a position out of range
    PLX_ERR_LIMIT,  // a stated limit was passed
    PLX_ERR_CANCELLED, // stopped from outside
} PlxCode;

typedef struct {
    int code;       // PlxCode
    char text[512]; // one line, NUL-terminated: the file, the place, what was expected and what was
                    // found
} PlxError;

// ---- tensors ----

// Element types, in the order of the compiler's. A bool is one byte, 0 or 1.
typedef enum {
    PLX_F64,
    PLX_F32,
    PLX_I64,
    PLX_I32,
    PLX_I8,
    PLX_U8,
    PLX_BOOL,
    PLX_ELEM_COUNT
} PlxElem;

// A tensor owns its data: one block, aligned to PLX_ALIGNMENT, NULL when it has no elements. Zeroed
// is empty.
typedef struct {
    void *data;
    PlxElem elem;
    int rank;
    int64_t dim[PLX_MAX_RANK];
} PlxTensor;

// Bytes of one element.
int64_t plx_elem_size(PlxElem e);
// "f32", as the language spells it.
const char *plx_elem_name(PlxElem e);

// The product of `dim`, checked: false on a negative size, or when product * plx_elem_size(e)
// passes 2^62.
bool plx_count(PlxElem e, int rank, const int64_t *dim, int64_t *count, PlxError *err);
// A tensor of zeros. Errors: PLX_ERR_SIZE, PLX_ERR_MEMORY.
bool plx_tensor_new(PlxTensor *t, PlxElem e, int rank, const int64_t *dim, PlxError *err);
// Gives the data back and leaves `t` empty.
void plx_tensor_free(PlxTensor *t);
// Elements and bytes of a tensor that was made by plx_tensor_new.
int64_t plx_tensor_count(const PlxTensor *t);
int64_t plx_tensor_bytes(const PlxTensor *t);

// ---- threads ----

typedef struct PlxPool PlxPool;

// Work on [begin, end). `worker` is below the number of threads, and differs between those that run
// at one time within one call of plx_pool_run.
typedef void PlxKernel(void *arg, int64_t begin, int64_t end, int worker);

// A pool of `threads` threads, the caller counted; 0: as many as there are processors for this
// process. Also sets OpenBLAS, whose threads are the process's own state, to one thread and checks
// that it obeys. Errors: PLX_ERR_LIMIT (more than 256), PLX_ERR_MEMORY, PLX_ERR_FILE (the system
// starts no more threads).
PlxPool *plx_pool_new(int threads, PlxError *err);
void plx_pool_free(PlxPool *pool);
int plx_pool_threads(const PlxPool *pool);

// Runs `fn` over [0, n) in chunks of `grain` (the last one shorter), whatever the number of threads
// is, and returns when all are done. Which thread takes which chunk is open; the caller takes part.
// Called from inside a running kernel, or while another thread uses the pool, it runs all chunks on
// the calling thread. pool NULL: likewise.
void plx_pool_run(PlxPool *pool, PlxKernel *fn, void *arg, int64_t n, int64_t grain);

// ---- matrix products ----

// c = alpha * op(a) op(b) + beta * c for each of `batch` products; op(a) is m by k, op(b) k by n,
// row-major with leading dimensions lda, ldb, ldc; the products lie stride_a, stride_b, stride_c
// elements apart (0: shared). `elem` is PLX_F32 or PLX_F64; `beta` is 0 (c is not read) or 1. The
// bits are the same for any number of threads: OpenBLAS runs on one thread, over tiles that depend
// on the shape alone.
typedef struct {
    PlxElem elem;
    bool transa, transb;
    int64_t m, n, k;
    double alpha;
    const void *a;
    int64_t lda;
    const void *b;
    int64_t ldb;
    double beta;
    void *c;
    int64_t ldc;
    int64_t batch;
    int64_t stride_a, stride_b, stride_c;
} PlxGemm;

// Errors: PLX_ERR_TYPE, PLX_ERR_SIZE (a dimension past 2^31 - 1, which BLAS can't count),
// PLX_ERR_MEMORY.
bool plx_gemm(PlxPool *pool, const PlxGemm *g, PlxError *err);

// ---- memory plans ----

// A buffer that lives in the steps first..last, both included.
typedef struct {
    int64_t bytes;
    int32_t first, last;
} PlxBuffer;

// Offsets (multiples of PLX_ALIGNMENT) so that no two buffers that live at one time overlap, and
// the bytes needed in all. First fit by decreasing size; depends on nothing but its input. Errors:
// PLX_ERR_SIZE, PLX_ERR_MEMORY.
bool plx_plan(const PlxBuffer *buffer, int n, int64_t *offset, int64_t *total, PlxError *err);

// One block that steps place their buffers in. Zeroed is empty.
typedef struct {
    void *base;
    int64_t bytes;
} PlxArena;

// Makes sure of `bytes`; what the block held is lost when it has to grow. Errors: PLX_ERR_SIZE,
// PLX_ERR_MEMORY.
bool plx_arena_reserve(PlxArena *arena, int64_t bytes, PlxError *err);
void plx_arena_free(PlxArena *arena);

// ---- scatter ----

// Sorts positions by target, stable: order[offset[t] .. offset[t + 1]) are the i with position[i]
// == t, ascending. Positions out of [0, targets) are dropped. `offset` has targets + 1 elements,
// `order` n.
void plx_sort_segments(const int64_t *position, int64_t n, int64_t targets, int64_t *offset,
                       int64_t *order);

// ---- the context of generated code ----

// What every generated function gets as its first argument. Its layout is fixed: generated code
// reads `failed` and `cancelled` (0: go on) and `arena` at their offsets.
typedef struct {
    void *arena;           // offset 0: the block that the plan's offsets count from
    _Atomic int failed;    // offset 8: a PlxCode
    _Atomic int cancelled; // offset 12: set it to 1 to stop (a signal handler may)
    PlxPool *pool;
    _Atomic int lock;  // over what follows
    int64_t turn;      // parallel calls so far
    int64_t failed_at; // the turn of `error`
    PlxError error;    // why `failed` is set
} PlxCtx;

void plx_ctx_init(PlxCtx *ctx, PlxPool *pool, void *arena);
// Ready for another run; `cancelled` stays.
void plx_ctx_reset(PlxCtx *ctx);

// The functions below are those of rt.def, called by generated code; a failure is left in the
// context.

// plx_pool_run; does nothing once the context has failed or was cancelled, and chunks not begun
// then are left out.
void plx_parallel(PlxCtx *ctx, PlxKernel *kernel, void *arg, int64_t n, int64_t grain);
// plx_gemm.
void plx_gemm_ctx(PlxCtx *ctx, int32_t elem, int32_t transa, int32_t transb, int64_t m, int64_t n,
                  int64_t k, double alpha, const void *a, int64_t lda, const void *b, int64_t ldb,
                  double beta, void *c, int64_t ldc, int64_t batch, int64_t stride_a,
                  int64_t stride_b, int64_t stride_c);
// Fails with `text` ("file.plx:3:7: what is wrong"). Of several failures in one parallel call the
// least one is kept, shorter texts first, so that the message doesn't depend on threads; a later
// call's never replaces an earlier one's.
void plx_fail(PlxCtx *ctx, int32_t code, const char *text);
// Fails with PLX_ERR_VALUE and "TEXT: position VALUE is not in 0..SIZE-1".
void plx_fail_index(PlxCtx *ctx, const char *text, int64_t value, int64_t size);

#endif
