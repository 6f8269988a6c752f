// The Plexus runtime: what compiled models and experiments need at run time. No global state; never
// exits, never prints; errors are values. All sizes are element counts unless they say bytes; all
// tensors are row-major in their written order. Functions that can fail return false and fill
// `*err`, and give back what they had taken; what a failed call was to make is left empty.
#ifndef PLEXUS_RT_H
#define PLEXUS_RT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PLX_MAX_RANK  16
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
    int  code;      // PlxCode
    char text[512]; // one line, NUL-terminated: the file, the place, what was expected and what was
                    // found
} PlxError;

// ---- tensors ----

// Element types, in the order of the compiler's. A bool is one byte, 0 or 1.
typedef enum {
    PLX_F64,
    PLX_F32,
    PLX_F16,  // IEEE 754 binary16
    PLX_BF16, // the upper half of an f32
    PLX_I64,
    PLX_I32,
    PLX_I8,
    PLX_U8,
    PLX_BOOL,
    PLX_C64,  // pairs of f32: real and imaginary part
    PLX_C128, // of f64
    PLX_ELEM_COUNT
} PlxElem;

// A tensor owns its data: one block, aligned to PLX_ALIGNMENT, NULL when it has no elements. Zeroed
// is empty.
typedef struct {
    void   *data;
    PlxElem elem;
    int     rank;
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
// that it obeys. The first pool of a process makes an OpenBLAS that is older than the processor
// choose wider kernels (unless OPENBLAS_CORETYPE names some): no other thread may be inside of
// OpenBLAS then. Errors: PLX_ERR_LIMIT (more than 256), PLX_ERR_MEMORY, PLX_ERR_FILE (the system
// starts no more threads).
PlxPool *plx_pool_new(int threads, PlxError *err);
void     plx_pool_free(PlxPool *pool);
int      plx_pool_threads(const PlxPool *pool);

// Runs `fn` over [0, n) in chunks of `grain` (the last one shorter), whatever the number of threads
// is, and returns when all are done. Which thread takes which chunk is open; the caller takes part.
// Called from inside a running kernel, or while another thread uses the pool, it runs all chunks on
// the calling thread. pool NULL: likewise.
void plx_pool_run(PlxPool *pool, PlxKernel *fn, void *arg, int64_t n, int64_t grain);

// ---- matrix products ----

// Where a product has work: along its rows (m), columns (n) or sum (k), for each position that its rows or columns run
// over, from begin on and before end. What is outside adds nothing and is not read (k), or no one looks at it and c is left
// there as it may be (m, n).
typedef enum { PLX_ROWS, PLX_COLUMNS, PLX_SUM, PLX_NOTHING } PlxSide;
typedef struct {
    PlxSide        along, by;   // by: PLX_ROWS or PLX_COLUMNS; PLX_NOTHING: one pair for all
    int64_t        wide, high;  // rows, columns or terms of one position along `along`, and along `by`
    int64_t        positions;   // along `by`, whose rows or columns come again and again in this order
    int64_t        stride;      // pairs from one product of a batch to the next
    const int64_t *begin, *end;
} PlxExtent;

// c = alpha * op(a) op(b) + beta * c for each of `batch` products; op(a) is m by k, op(b) k by n,
// row-major with leading dimensions lda, ldb, ldc; the products lie stride_a, stride_b, stride_c
// elements apart (0: shared). `elem` is PLX_F32 or PLX_F64; `beta` is 0 (c is not read) or 1. The
// bits are the same for any number of threads: OpenBLAS runs on one thread, over tiles that depend
// on the shape alone.
typedef struct {
    PlxElem     elem;
    bool        transa, transb;
    int64_t     m, n, k;
    double      alpha;
    const void *a;
    int64_t     lda;
    const void *b;
    int64_t     ldb;
    double      beta;
    void       *c;
    int64_t     ldc;
    int64_t     batch;
    int64_t     stride_a, stride_b, stride_c;
    PlxExtent   extent; // begin NULL: everywhere
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
    void   *base;
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

// ---- sorting ----

// The positions 0..n-1 of x, elements `stride` apart, in ascending order of value; equal ones keep
// their order, NaN comes last. `scratch` has n elements, as `order` has.
void plx_argsort(int32_t elem, const void *x, int64_t stride, int64_t n, int64_t *order,
                 int64_t *scratch);

// ---- routines on whole matrices ----

#define PLX_ROUTINE_ARRAYS 4  // operands or results at most
#define PLX_ROUTINE_SIZES  9  // letters and the starred size at most
#define PLX_WORK_SLOTS     16 // blocks of memory that a worker keeps for routines

// Memory of one worker, kept from call to call.
typedef struct {
    PlxArena slot[PLX_WORK_SLOTS];
} PlxWork;

// What a routine sees: dense arrays in the order of its signature (compiler/ir/library.def), aligned, its own to
// overwrite. size[0], size[1], … are those of the letters i, j, …, the last one that of `*`.
typedef struct {
    PlxElem        elem; // of the first operand
    const int64_t *size;
    void          *in[PLX_ROUTINE_ARRAYS], *out[PLX_ROUTINE_ARRAYS];
    int64_t        in_count[PLX_ROUTINE_ARRAYS], out_count[PLX_ROUTINE_ARRAYS]; // elements
    PlxWork       *work;
} PlxRoutineCall;

// False with *err: what no data can excuse (sizes past what LAPACK counts, no memory). What has no answer for this data
// is NaN in the results.
typedef bool PlxRoutine(const PlxRoutineCall *call, PlxError *err);

// Block number `slot` of the worker, of at least `bytes` bytes; what it held is lost when it has to grow. NULL with an
// error.
void *plx_work(PlxWork *work, int slot, int64_t bytes, PlxError *err);

// The routines, by LAPACK (OpenBLAS's). What is not finite in an operand makes all results NaN.
//
// Eigenvalues, ascending, and orthonormal eigenvectors of a symmetric matrix, of which the lower triangle is read; the
// largest entry of each vector (the first of those) is positive. xSYEVD.
bool plx_eigh(const PlxRoutineCall *call, PlxError *err);
// The eigenvalues of any square matrix, complex, by ascending real part, then imaginary part; its right vectors v and left
// ones w, scaled so that the sum of w_k v_k is 1: w a v is diagonal. xGEEV.
bool plx_eig(const PlxRoutineCall *call, PlxError *err);
// Singular values, descending, and orthonormal vectors of any matrix: a = u diag(s) v'. The largest entry of each column
// of u (the first of those) is positive. xGESDD.
bool plx_svd(const PlxRoutineCall *call, PlxError *err);
// a = q r, with as many columns of q as a has rows or columns at least; the diagonal of r is not negative. xGEQRF, xORGQR.
bool plx_qr(const PlxRoutineCall *call, PlxError *err);
// The lower triangle l with a = l l' of a symmetric matrix, of which the lower triangle is read; NaN if it is not
// positive definite. xPOTRF.
bool plx_cholesky(const PlxRoutineCall *call, PlxError *err);
// x with a x = b for each starred b; NaN if a is singular. xGESV.
bool plx_solve(const PlxRoutineCall *call, PlxError *err);
// The least x of those with the least |a x - b|. Singular values below 2^-52 (2^-23) times the larger side times the
// largest one count as zeros. xGELSD.
bool plx_lstsq(const PlxRoutineCall *call, PlxError *err);
// The determinant, and the logarithm of its absolute value. xGETRF.
bool plx_det(const PlxRoutineCall *call, PlxError *err);
// The discrete Fourier transform, sum over t of exp(-2 pi i t k / n) x_t, of n pairs (real, imaginary part), any n; and
// that with exp(2 pi i t k / n), which undoes it but for the factor n. Computed in f64 for either width.
bool plx_fft(const PlxRoutineCall *call, PlxError *err);
bool plx_fft_back(const PlxRoutineCall *call, PlxError *err);

// ---- special functions ----

// The derivative number `order` (rounded down; up to 24, NaN beyond) of ln |gamma(x)|: 0 is ln |gamma|, 1 digamma, 2
// trigamma. NaN at the poles.
double plx_polygamma(double order, double x);
float  plx_polygammaf(float order, float x);
// The x with erfc(x) = p.
double plx_erfcinv(double p);
float  plx_erfcinvf(float p);
// Of P, the chance that a gamma variable of that shape (and scale 1) is less than e^y, and q = dP / dy: the derivative
// number `order` by the shape of q, and of P, divided by q. Order 0: 1, and P / q. NaN for a shape beyond 1e8.
double plx_gamma_density(double order, double shape, double y);
float  plx_gamma_densityf(float order, float shape, float y);
double plx_gamma_series(double order, double shape, double y);
float  plx_gamma_seriesf(float order, float shape, float y);
// The y with P = u, for u in [0, 1]: the logarithm, which a small shape does not make 0.
double plx_log_gamma_quantile(double shape, double u);
float  plx_log_gamma_quantilef(float shape, float u);

// ---- the context of generated code ----

// The fixed points of one place in the source, over all runs so far: of so many positions so many were not reached.
typedef struct {
    char   *place;  // "file.plx:3:7: did not come within 1e-6 in 100 turns"
    int64_t failed, of;
} PlxUnsettled;

// What every generated function gets as its first argument. Its layout is fixed: generated code
// reads `failed` and `cancelled` (0: go on) and `arena` at their offsets.
typedef struct {
    void       *arena;     // offset 0: the block that the plan's offsets count from
    _Atomic int failed;    // offset 8: a PlxCode
    _Atomic int cancelled; // offset 12: set it to 1 to stop (a signal handler may)
    PlxPool    *pool;
    _Atomic int lock;      // over what follows
    int64_t     turn;      // parallel calls so far
    int64_t     failed_at; // the turn of `error`
    PlxError    error;     // why `failed` is set
    PlxArena    own;       // the block that plx_reserve made
    PlxArena   *tape;      // by number: what grows while a run goes on
    int64_t     tapes;
    PlxWork    *work;      // by worker: what routines work in
    int64_t     works;
    PlxUnsettled *unsettled; // by place: fixed points so far
    int           places;
} PlxCtx;

// `arena`: NULL, or a block that is large enough for all that will run.
void plx_ctx_init(PlxCtx *ctx, PlxPool *pool, void *arena);
// Gives back what plx_reserve, plx_tape, plx_library and plx_unsettled made.
void plx_ctx_free(PlxCtx *ctx);
// Ready for another run; `cancelled` and the counts stay.
void plx_ctx_reset(PlxCtx *ctx);

// The functions below are those of rt.def, called by generated code; a failure is left in the
// context.

// The block that a run's buffers lie in: ctx->arena if one was given, else `bytes` that the context
// keeps for the next run. NULL, and the context has failed, when there is no memory.
void *plx_reserve(PlxCtx *ctx, int64_t bytes);
// Tape number `number` (few: they are kept in a table) with room for `bytes` at least; what it holds stays. It is kept
// for the next run. NULL, and the context has failed, when there is no memory.
void *plx_tape(PlxCtx *ctx, int64_t number, int64_t bytes);
// plx_pool_run, not from inside a kernel; does nothing once the context has failed or was
// cancelled, and chunks not begun then are left out.
void plx_parallel(PlxCtx *ctx, PlxKernel *kernel, void *arg, int64_t n, int64_t grain);
// plx_gemm. `extent`: the first six fields of a PlxExtent, unless begin is NULL.
void plx_gemm_ctx(PlxCtx *ctx, int32_t elem, int32_t transa, int32_t transb, int64_t m, int64_t n,
                  int64_t k, double alpha, const void *a, int64_t lda, const void *b, int64_t ldb,
                  double beta, void *c, int64_t ldc, int64_t batch, int64_t stride_a,
                  int64_t stride_b, int64_t stride_c, const int64_t *extent, const int64_t *begin,
                  const int64_t *end);
// Runs a routine for each position of the axes that pass by, several at a time. `shape`: how many letters, starred and
// passing axes there are; their sizes, in this order; then for each array, operands first, its PlxElem and its stride
// along each axis (0: it has not that axis). `data`: where the arrays lie; NULL: a result that no one asks for. The bits
// do not depend on the number of threads.
void plx_library(PlxCtx *ctx, PlxRoutine *routine, const char *signature, const int64_t *shape, void *const *data);
// Fails with `text` ("file.plx:3:7: what is wrong"). Of several failures in one parallel call the
// least one is kept, shorter texts first, so that the message doesn't depend on threads; a later
// call's never replaces an earlier one's.
void plx_fail(PlxCtx *ctx, int32_t code, const char *text);
// Fails with PLX_ERR_VALUE and "TEXT: position VALUE is not in 0..SIZE-1".
void plx_fail_index(PlxCtx *ctx, const char *text, int64_t value, int64_t size);
// The same with "TEXT VALUE".
void plx_fail_number(PlxCtx *ctx, const char *text, int64_t value);
// Adds to ctx->unsettled. Allocates at the first one of a place; fails when there is no memory.
void plx_unsettled(PlxCtx *ctx, const char *place, int64_t failed, int64_t of);

// ---- data files ----

// No tensor that is loaded has more bytes, and no text file more when unpacked.
#define PLX_LOAD_LIMIT (INT64_C(1) << 36)
#define PLX_TEXT_LIMIT (INT64_C(1) << 32)

// What a field of a file must be. Zeroed but for `name`, it stands for an f64 scalar.
typedef struct {
    const char        *name; // in npz and csv: the field's; elsewhere only for messages
    PlxElem            elem; // PLX_ELEM_COUNT: the file's own, or the least that holds it
    int                rank; // -1: any
    int64_t            dim[PLX_MAX_RANK];  // -1: open, the file's
    const char        *axis[PLX_MAX_RANK]; // the axes' names for messages; NULL: none
    int64_t            below;              // more than 0: elements are positions in 0..below-1
    const char *const *columns;            // csv: the columns of a field of rank 2, in order;
    int                column_count;       // 0: name_0, name_1, …
} PlxWant;

// Loads `count` fields of the file at `path` into out[0..count), in the order of `want`, row-major
// in the file's order of axes. The format goes by the ending, before a `.gz` that any of them may
// have:
//   .npy, .idx, -ubyte  one field       .npz  fields by name, stored or deflated
//   .txt  one field of rank 1: bytes    .csv  columns by the names in the first line
//   .safetensors  fields by name (NULL: "value"); the file may hold more; never packed
// Values are converted where nothing is lost, value by value (f2, i2, u2, u4 and u8 of NumPy too);
// numbers in csv are read to the nearest value. Nothing is allocated before its size was checked
// against `want`, the limits and the size of the file.
// Errors: PLX_ERR_FILE, PLX_ERR_FORMAT, PLX_ERR_TYPE, PLX_ERR_SHAPE, PLX_ERR_VALUE (no position),
// PLX_ERR_LIMIT, PLX_ERR_MEMORY; the text names the file, the field, the place, both sides.
bool plx_load(const char *path, const PlxWant *want, int count, PlxTensor *out, PlxError *err);

// A named tensor. In a call that saves, both are borrowed; in a PlxFile both are owned.
typedef struct {
    const char *name;
    PlxTensor   tensor;
} PlxField;

typedef struct {
    const char *key, *value; // UTF-8
} PlxText;

// The contents of a safetensors file, by ascending place in the file. Zeroed is empty.
typedef struct {
    PlxField *field;
    int       count;
    PlxText  *text; // its metadata
    int       text_count;
} PlxFile;

// Loads all tensors of a safetensors file, bit for bit; F16 and BF16 become f32, I16 and U16 i32,
// U32 i64. The header is read strictly: offsets must cover the data without gap or overlap. Errors:
// as plx_load.
bool plx_safetensors_load(const char *path, PlxFile *out, PlxError *err);
// NULL where there is none.
const PlxTensor *plx_file_find(const PlxFile *file, const char *name);
const char      *plx_file_text(const PlxFile *file, const char *key);
void             plx_file_free(PlxFile *file);

// Saving is all or nothing: a temporary file beside `path` is written, synced and renamed; when
// anything fails (a full disk), it is removed and `path` is as it was. Errors: PLX_ERR_FILE,
// PLX_ERR_FORMAT (what the format can't hold: a name twice, columns of different lengths),
// PLX_ERR_MEMORY.
bool plx_safetensors_save(const char *path, const PlxField *field, int count, const PlxText *text,
                          int text_count, PlxError *err);
bool plx_npy_save(const char *path, const PlxTensor *t, PlxError *err);
// An idx file: big-endian; elements f64 f32 i32 i8 u8, one axis at least, sizes below 2^32.
bool plx_idx_save(const char *path, const PlxTensor *t, PlxError *err);
bool plx_npz_save(const char *path, const PlxField *field, int count, PlxError *err);
// A field of rank 1 is a column, one of rank 2 the columns name_0, name_1, …; all have as many
// rows. Floats are written with as few digits as read back the same.
bool plx_csv_save(const char *path, const PlxField *field, int count, PlxError *err);

// ---- compiled models ----

// A size as a formula over the sizes that a model leaves open: operands before operators.
typedef enum {
    PLX_SIZE_END,
    PLX_SIZE_NUMBER, // the word behind it
    PLX_SIZE_OPEN,   // the open size whose number is the word behind it; past those, the sizes that were given
    PLX_SIZE_ADD,
    PLX_SIZE_MUL,
    PLX_SIZE_DIV, // rounded down; by zero: there is no such size
    PLX_SIZE_MOD,
    PLX_SIZE_MIN,
    PLX_SIZE_MAX,
} PlxSizeWord;

#define PLX_LARGEST_SIZE (INT64_C(1) << 40) // of an axis

// A tensor that a compiled model holds, takes or gives: dense and row-major, axes in this order.
typedef struct {
    const char           *name;
    PlxElem               elem;
    int                   rank;
    const char *const    *axis; // names
    const char *const    *text; // sizes as the source has them
    const int64_t *const *size; // the same as formulas
    const int64_t        *below; // its elements are positions below this size; NULL: numbers
} PlxPort;

typedef struct {
    const char *name; // "#batch"
    int64_t     least;
    bool        state; // known once the state is there
    bool        given; // no tensor tells it: C does, at each call
} PlxOpen;

// How an open size follows from what is known: in order.
typedef struct {
    int            open;
    const int64_t *size;
    const char    *from; // the tensor that tells it
} PlxSolve;

// What must hold of the sizes: a = b, a >= 0, or b divides a.
typedef enum { PLX_NEED_EQUAL, PLX_NEED_NONNEG, PLX_NEED_DIVIDES } PlxNeedKind;
typedef struct {
    PlxNeedKind    kind;
    bool           state; // speaks of sizes of the state alone
    const int64_t *a, *b;
    const char    *a_text, *b_text, *why; // why: "file.plx:3:7: heads must divide the model"
} PlxNeed;

// What `plexus build` makes of a block, a function or an experiment.
typedef int PlxStep(PlxCtx *ctx, const int64_t *sizes, void *const *in, void *const *out);
typedef struct {
    const char     *name;
    PlxStep        *first; // the state's first values, from the seed if it draws; NULL: there is no state
    PlxStep        *run;   // takes the state, the arguments, the turn and the seed if it draws; gives results and changes
    bool            first_draws, takes_turn, takes_seed;
    bool            may_fail; // in its midst: changes are written beside the state
    int             state_count, in_count, out_count, change_count;
    const PlxPort  *state, *in, *out;
    const int      *change; // the states that run's outputs behind its results replace
    int             open_count, load_count, solve_count, need_count;
    const PlxOpen  *open;
    const PlxSolve *load;  // from the state's sizes
    const PlxSolve *solve; // from the arguments' sizes
    const PlxNeed  *need;
    int             first_size_count, run_size_count;
    const int      *first_size, *run_size; // the open sizes that they take
} PlxModelInfo;

// A model with its state; for one call at a time.
typedef struct PlxModel PlxModel;

// With the state's first values, drawn by `seed`, for `threads` threads (0: one a processor). `size`: the open sizes of
// the state, in order. Errors: PLX_ERR_SHAPE (sizes that may not be), PLX_ERR_SIZE, PLX_ERR_MEMORY, as plx_pool_new.
PlxModel *plx_model_new(const PlxModelInfo *info, int64_t seed, const int64_t *size, int threads, PlxError *err);
// With the state of a safetensors file, which tells all open sizes of the state, and the seed if it holds one. Errors: as
// plx_safetensors_load; PLX_ERR_FORMAT (a tensor is not there), PLX_ERR_SHAPE.
PlxModel *plx_model_open(const PlxModelInfo *info, const char *path, int threads, PlxError *err);
void      plx_model_close(PlxModel *m);

// One call. `size`: the open sizes that are given, in order; in_size[i]: the sizes of argument i. Draws are those of turn
// `turn` of a loop. Errors: PLX_ERR_SHAPE (sizes that do not fit; the text names the axis and both), PLX_ERR_VALUE (an
// element that is no position), and nothing was written; PLX_ERR_VALUE (a position that the source checks),
// PLX_ERR_MEMORY: the state is as before.
bool plx_model_run(PlxModel *m, int64_t turn, const int64_t *size, const void *const *in, const int64_t *const *in_size,
                   void *const *out, const int64_t *out_count, PlxError *err);

// The sizes that result i of such a call has, in dim[0..rank).
bool plx_model_result(PlxModel *m, int i, const int64_t *size, const int64_t *const *in_size, int64_t *dim, PlxError *err);

// The state's tensors by path: those whose path is `part` or begins with `part` and a dot, which is left out in the file;
// NULL: all, and the seed. Errors: as plx_safetensors_load and _save; PLX_ERR_FORMAT (there is no such part, or a tensor
// is not in the file), PLX_ERR_SHAPE; what failed to load leaves the state as it was.
bool plx_model_save(const PlxModel *m, const char *part, const char *path, PlxError *err);
bool plx_model_load(PlxModel *m, const char *part, const char *path, PlxError *err);

// The path of tensor i of the state; NULL behind the last one.
const char *plx_model_path(const PlxModel *m, int i);
// Its elements; -1: there is none of that path.
int64_t plx_model_count(const PlxModel *m, const char *path);
// Copies it out or in. Errors: PLX_ERR_FORMAT (no such path), PLX_ERR_SHAPE (another count), PLX_ERR_VALUE (no position).
bool plx_model_get(const PlxModel *m, const char *path, void *data, int64_t count, PlxError *err);
bool plx_model_set(PlxModel *m, const char *path, const void *data, int64_t count, PlxError *err);

// The fixed points of place i in the source, over all calls so far; NULL behind the last place that was met. It is there until the
// next call.
const PlxUnsettled *plx_model_unsettled(const PlxModel *m, int i);

// ---- the log of a run ----

typedef struct PlxLog PlxLog;

typedef struct {
    const char *name; // the column
    PlxElem     elem; // what `value` was: fewer digits are needed for an f32
    double      value;
} PlxLogValue;

// A log as a CSV file: a column for each name that was ever logged, a row for each call of
// plx_log_row, cells empty where nothing was logged. Each row is in the file when the call returns;
// when a new name comes, the file is written anew, atomically, with one column more.
// `keep` < 0: a new file; else the first `keep` rows of the file at `path` stay (a run is resumed).
PlxLog *plx_log_open(const char *path, int64_t keep, PlxError *err);
bool    plx_log_row(PlxLog *log, const PlxLogValue *value, int count, PlxError *err);
// Rows in the file.
int64_t plx_log_rows(const PlxLog *log);
// All rows are on the disk when it returns true.
bool plx_log_sync(PlxLog *log, PlxError *err);
// Syncs and closes; false when the disk didn't take it all. `log` is gone in any case.
bool plx_log_close(PlxLog *log, PlxError *err);

// The same for TensorBoard: an event file of scalars. `keep` < 0: a new file; else its first `keep`
// bytes stay. `wall` is the time in seconds since 1970, given so that the runtime reads no clock.
typedef struct PlxEvents PlxEvents;

PlxEvents *plx_events_open(const char *path, int64_t keep, double wall, PlxError *err);
bool       plx_events_row(PlxEvents *events, int64_t step, double wall, const PlxLogValue *value,
                          int count, PlxError *err);
// All events are on the disk when it returns true: *bytes of them.
bool       plx_events_sync(PlxEvents *events, int64_t *bytes, PlxError *err);
bool       plx_events_close(PlxEvents *events, PlxError *err);

// ---- plots ----

typedef enum {
    PLX_PLOT_LINES,
    PLX_PLOT_POINTS,
    PLX_PLOT_HISTOGRAM, // of the first series' y
    PLX_PLOT_HEAT,
    PLX_PLOT_IMAGES
} PlxPlotKind;

typedef struct {
    const char   *name; // NULL: none
    const double *x;    // NULL: 0, 1, …
    const double *y;
    int64_t       n;
} PlxSeries;

typedef struct {
    PlxPlotKind      kind;
    const char      *title, *x_label, *y_label; // NULL: none
    const PlxSeries *series;
    int              count;
    int              bins;  // of a histogram; 0: as it suits
    // heat map (one image) and images: rows by columns each, by 3 if `coloured` (in 0..1)
    const double *value;
    int64_t       images, rows, columns;
    bool          coloured;
} PlxPlot;

// Writes a plot, all or nothing: SVG, or by the path's ending PNG (heat maps and images alone). Numbers that are not
// finite are left out. Errors: PLX_ERR_FORMAT (the ending), PLX_ERR_VALUE (nothing to plot), PLX_ERR_LIMIT,
// PLX_ERR_FILE, PLX_ERR_MEMORY.
bool plx_plot(const char *path, const PlxPlot *plot, PlxError *err);

// A line for a terminal, at most `width` columns and size - 1 bytes, without a newline:
// "[#####-----]  50% 20/40  0:12 left 0:12  train_loss 0.0312". total 0: not known.
void plx_progress(char *line, size_t size, int width, int64_t done, int64_t total, double seconds,
                  const PlxLogValue *value, int count);

#endif
