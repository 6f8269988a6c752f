// Routines on whole matrices: each position of the axes that pass by is packed, handed to the routine, and unpacked, by
// itself, so that layouts, threads and the other positions make no difference to it.
#include "internal.h"

#include <stdlib.h>
#include <string.h>

#define MOST_AXES    64
#define CHUNK        4096 // elements that are worth a thread
#define FIRST_PACKED (PLX_WORK_SLOTS - 2 * PLX_ROUTINE_ARRAYS) // the slots before are the routine's

typedef struct {
    PlxElem        elem;
    char          *data;
    const int64_t *stride;  // along each axis of the call
    int            n;       // its own axes, in the order of the signature
    int64_t        dim[MOST_AXES], step[MOST_AXES];
    int64_t        count;
} Array;

typedef struct {
    PlxCtx        *ctx;
    PlxRoutine    *routine;
    int64_t        letters, starred, passing;
    const int64_t *size;
    int64_t        routine_size[PLX_ROUTINE_SIZES];
    Array          in[PLX_ROUTINE_ARRAYS], out[PLX_ROUTINE_ARRAYS];
    int            nin, nout;
} Call;

void *plx_work(PlxWork *work, int slot, int64_t bytes, PlxError *err)
{
    return plx_arena_reserve(&work->slot[slot], bytes > 0 ? bytes : 1, err) ? work->slot[slot].base : NULL;
}

// ---- the call's shape ----

static void add_axis(Array *a, int64_t size, int64_t step)
{
    a->dim[a->n] = size;
    a->step[a->n++] = step;
    a->count *= size;
}

// `z`: the last of the letters.
static void add_letter(const Call *c, Array *a, char letter)
{
    int64_t k = letter == 'z' ? c->letters - 1 : letter - 'i';
    if (letter != '*')
        add_axis(a, c->size[k], a->stride[k]);
    else
        for (int64_t i = c->letters; i < c->letters + c->starred; i++)
            add_axis(a, c->size[i], a->stride[i]);
}

static Array array_at(const int64_t **shape, void *data)
{
    Array a = {.elem = (PlxElem) * (*shape)++, .data = data, .count = 1};
    a.stride = *shape;
    return a;
}

static void read_shape(Call *c, const char *signature, const int64_t *shape, void *const *data)
{
    c->letters = shape[0];
    c->starred = shape[1];
    c->passing = shape[2];
    c->size = shape + 3;
    int64_t axes = c->letters + c->starred + c->passing, starred = 1;
    shape = c->size + axes;
    Array *a = &c->in[c->nin++];
    *a = array_at(&shape, *data++);
    for (const char *s = signature; *s; s++) {
        if (*s != ',' && *s != '>') {
            add_letter(c, a, *s);
            continue;
        }
        a = *s == '>' || c->nout ? &c->out[c->nout++] : &c->in[c->nin++];
        shape += axes;
        *a = array_at(&shape, *data++);
    }
    for (int64_t i = 0; i < c->starred; i++)
        starred *= c->size[c->letters + i];
    memcpy(c->routine_size, c->size, sizeof *c->size * (size_t)c->letters);
    c->routine_size[c->letters] = starred;
}

// ---- packing ----

static void copy_run(char *to, int64_t to_step, const char *from, int64_t from_step, int64_t n, int64_t bytes)
{
    if (to_step == bytes && from_step == bytes)
        memcpy(to, from, (size_t)(n * bytes));
    else if (bytes == 8)
        for (int64_t i = 0; i < n; i++)
            memcpy(to + i * to_step, from + i * from_step, 8);
    else if (bytes == 4)
        for (int64_t i = 0; i < n; i++)
            memcpy(to + i * to_step, from + i * from_step, 4);
    else
        for (int64_t i = 0; i < n; i++)
            memcpy(to + i * to_step, from + i * from_step, (size_t)bytes);
}

// Between the place of an array, at `data`, and its packed form.
static void move(const Array *a, char *data, char *packed, bool pack)
{
    int64_t at[MOST_AXES] = {0}, bytes = plx_elem_size(a->elem), last = a->n ? a->dim[a->n - 1] : 1;
    int64_t step = a->n ? a->step[a->n - 1] * bytes : bytes;
    if (!a->count || !data)
        return;
    for (;;) {
        if (pack)
            copy_run(packed, bytes, data, step, last, bytes);
        else
            copy_run(data, step, packed, bytes, last, bytes);
        packed += last * bytes;
        int i = a->n - 2;
        for (; i >= 0; i--) {
            data += a->step[i] * bytes;
            if (++at[i] < a->dim[i])
                break;
            data -= a->step[i] * a->dim[i] * bytes;
            at[i] = 0;
        }
        if (i < 0)
            return;
    }
}

// ---- one position ----

static char *place(const Call *c, const Array *a, int64_t position)
{
    int64_t offset = 0;
    for (int64_t i = c->letters + c->starred + c->passing - 1; i >= c->letters + c->starred; i--) {
        offset += position % c->size[i] * a->stride[i];
        position /= c->size[i];
    }
    return a->data ? a->data + offset * plx_elem_size(a->elem) : NULL;
}

static bool run_position(const Call *c, PlxWork *work, int64_t position, PlxError *err)
{
    PlxRoutineCall call = {.elem = c->in[0].elem, .size = c->routine_size, .work = work};
    int            slot = FIRST_PACKED;
    for (int i = 0; i < c->nin; i++) {
        call.in[i] = plx_work(work, slot++, c->in[i].count * plx_elem_size(c->in[i].elem), err);
        call.in_count[i] = c->in[i].count;
        if (!call.in[i])
            return false;
        move(&c->in[i], place(c, &c->in[i], position), call.in[i], true);
    }
    for (int i = 0; i < c->nout; i++) {
        call.out[i] = plx_work(work, slot++, c->out[i].count * plx_elem_size(c->out[i].elem), err);
        call.out_count[i] = c->out[i].count;
        if (!call.out[i])
            return false;
    }
    if (!c->routine(&call, err))
        return false;
    for (int i = 0; i < c->nout; i++)
        move(&c->out[i], place(c, &c->out[i], position), call.out[i], false);
    return true;
}

static void run_positions(void *arg, int64_t begin, int64_t end, int worker)
{
    const Call *c = arg;
    PlxError    err;
    for (int64_t i = begin; i < end; i++)
        if (!run_position(c, &c->ctx->work[worker], i, &err)) {
            plx_fail(c->ctx, err.code, err.text);
            return;
        }
}

static bool make_work(PlxCtx *ctx)
{
    int64_t n = plx_pool_threads(ctx->pool);
    if (ctx->works >= n)
        return true;
    PlxWork *work = calloc((size_t)n, sizeof *work);
    if (!work) {
        plx_fail(ctx, PLX_ERR_MEMORY, "there is no memory for a routine");
        return false;
    }
    ctx->work = work;
    ctx->works = n;
    return true;
}

void plx_library(PlxCtx *ctx, PlxRoutine *routine, const char *signature, const int64_t *shape, void *const *data)
{
    Call    c = {.ctx = ctx, .routine = routine};
    int64_t positions = 1, elements = 1;
    read_shape(&c, signature, shape, data);
    for (int64_t i = c.letters + c.starred; i < c.letters + c.starred + c.passing; i++)
        positions *= c.size[i];
    for (int i = 0; i < c.nin; i++)
        elements += c.in[i].count;
    if (make_work(ctx))
        plx_parallel(ctx, run_positions, &c, positions, elements < CHUNK ? CHUNK / elements : 1);
}
