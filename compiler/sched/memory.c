// How long buffers live, and which lies above which.
#include <stdlib.h>
#include <string.h>

#include "sched/plan.h"

Buffer *buffer_base(Buffer *b)
{
    while (b->kind == BUFFER_VIEW || b->kind == BUFFER_SLICE)
        b = b->parent;
    return b;
}

bool buffer_meets(const Buffer *a, const Buffer *b)
{
    return a->first <= b->last && b->first <= a->last;
}

// ---- lives ----

static void touch(Buffer *b, int at)
{
    b = buffer_base(b);
    if (b->kind == BUFFER_SLOT) {
        touch(b->pair[0], at);
        touch(b->pair[1], at);
        return;
    }
    b->first = b->first < 0 || at < b->first ? at : b->first;
    b->last = at > b->last ? at : b->last;
}

static void touch_task(const Task *t, int at)
{
    for (int i = 0; i < t->reads.n; i++)
        touch(t->reads.at[i], at);
    for (int i = 0; i < t->writes.n; i++)
        touch(t->writes.at[i], at);
}

static void touch_control(const Control *c, int at)
{
    for (int i = 0; i < c->slots.n; i++)
        touch(c->slots.at[i], at);
    if (c->condition)
        touch(c->condition, at);
}

// What comes into a loop from before it is needed until the last turn ends.
static void keep_through(Plan *p, int begin, int end)
{
    for (int i = 0; i < p->buffers.n; i++) {
        Buffer *b = p->buffers.at[i];
        if (b->first >= 0 && b->first <= begin && b->last >= begin && b->last < end)
            b->last = end;
    }
}

static void number(Plan *p, const TaskList *l, int *at)
{
    for (int i = 0; i < l->n; i++) {
        Task *t = l->at[i];
        int   begin = (*at)++;
        touch_task(t, begin);
        if (!t->control)
            continue;
        touch_control(t->control, begin);
        number(p, &t->control->body[0], at);
        number(p, &t->control->body[1], at);
        int end = (*at)++;
        touch_task(t, end);
        touch_control(t->control, end);
        keep_through(p, begin, end);
    }
}

// ---- places ----

#define TILE_BYTES (1 << 21) // what a tile takes, if one position doesn't take more

typedef struct {
    Buffer *buffer;
    double  bytes, offset;
} Place;

static double bytes_guess(const Buffer *b)
{
    double n = elem_bytes(b->elem);
    for (int i = b->tile != NULL; i < b->n; i++)
        n *= size_guess(b->order[i]->size);
    return b->tile && n < TILE_BYTES ? TILE_BYTES : n;
}

static int by_size(const void *pa, const void *pb)
{
    const Place *a = pa, *b = pb;
    return a->bytes != b->bytes ? (a->bytes < b->bytes ? 1 : -1) : a->buffer->id - b->buffer->id;
}

static int by_offset(const void *pa, const void *pb)
{
    const Place *a = pa, *b = pb;
    return a->offset != b->offset ? (a->offset > b->offset ? 1 : -1)
                                  : a->buffer->id - b->buffer->id;
}

// First fit: `at` holds n places by offset.
static double first_fit(const Place *at, int n, const Place *p)
{
    double free_from = 0;
    for (int i = 0; i < n; i++) {
        if (!buffer_meets(at[i].buffer, p->buffer))
            continue;
        if (at[i].offset - free_from >= p->bytes)
            return free_from;
        double end = at[i].offset + at[i].bytes;
        free_from = end > free_from ? end : free_from;
    }
    return free_from;
}

// Over which of the axes that loops make: the last one made; -1: none.
static int made_by(const Plan *p, const Buffer *b)
{
    for (int k = p->made.n - 1; k >= 0; k--)
        for (int i = 0; i < b->n; i++) {
            SizeVar *var[16];
            int      n = size_vars(b->order[i]->size, var, 16);
            for (int v = 0; v < n && v < 16; v++)
                if (var[v] == p->made.at[k])
                    return k;
        }
    return -1;
}

static void find_late(Plan *p)
{
    for (int i = 0; i < p->buffers.n && p->made.n; i++) {
        Buffer *b = p->buffers.at[i];
        if (b->kind == BUFFER_ARENA && b->first >= 0 && made_by(p, b) >= 0) {
            b->made = made_by(p, b);
            b->kind = BUFFER_LATE;
        }
    }
}

static void find_scalars(Plan *p)
{
    for (int i = 0; i < p->buffers.n; i++)
        if (p->buffers.at[i]->kind == BUFFER_ARENA && !p->buffers.at[i]->n)
            p->buffers.at[i]->kind = BUFFER_SCALAR;
}

void memory_plan(Sched *s)
{
    Plan  *p = s->plan;
    int    at = 0, n = 0;
    Place *all = ARENA_ARRAY(s->arena, Place, p->buffers.n + 1),
          *placed = ARENA_ARRAY(s->arena, Place, p->buffers.n + 1);
    find_scalars(p);
    number(p, &p->tasks, &at);
    find_late(p);
    for (int i = 0; i < p->buffers.n; i++) {
        Buffer *b = p->buffers.at[i];
        if (b->kind == BUFFER_ARENA && b->first >= 0)
            all[n++] = (Place){b, bytes_guess(b), 0};
    }
    qsort(all, (size_t)n, sizeof *all, by_size);
    for (int i = 0; i < n; i++) {
        all[i].offset = first_fit(placed, i, &all[i]);
        int k = i;
        for (; k > 0 && by_offset(&placed[k - 1], &all[i]) > 0; k--)
            placed[k] = placed[k - 1];
        placed[k] = all[i];
    }
    for (int i = 0; i < n; i++)
        vec_push(s->arena, &p->placed, placed[i].buffer);
}

// ---- outputs in place ----

static bool touches(Buffer *const *list, int n, const Buffer *b)
{
    for (int i = 0; i < n; i++)
        if (buffer_base(list[i]) == b)
            return true;
    return false;
}

static bool writes(const Pass *p, const Buffer *b)
{
    for (int i = 0; i < p->items.n; i++)
        if (p->items.at[i]->to == b)
            return true;
    return false;
}

// A kernel that reads each element of the input where it writes it, or in an earlier pass over the
// same row.
static bool element_by_element(const Sched *s, const Task *t, const Buffer *in, const Buffer *out)
{
    bool written = false;
    if (t->kind != TASK_KERNEL ||
        (in->n && memcmp(in->order, out->order, sizeof *in->order * (size_t)in->n)))
        return false;
    for (int p = 0; p < t->kernel->passes.n; p++) {
        const Pass *pass = t->kernel->passes.at[p];
        for (int i = 0; i < pass->items.n; i++)
            for (int r = 0; r < pass->items.at[i]->reads.n; r++) {
                const Access *a = &pass->items.at[i]->reads.at[r];
                Buffer       *b = s->plan->of[a->leaf->id];
                if (buffer_base(b) == in &&
                    (written || pass->alone || !access_identity(a) || b != in))
                    return false;
            }
        written = written || writes(pass, out);
    }
    return true;
}

static bool written_too_early(const Sched *s, const Buffer *in, const Buffer *out)
{
    const TaskList *l = &s->plan->tasks;
    bool            written = false;
    for (int i = 0; i < l->n; i++) {
        const Task *t = l->at[i];
        bool        reads = touches(t->reads.at, t->reads.n, in),
             sets = touches(t->writes.at, t->writes.n, out);
        if (reads && (written || (sets && !element_by_element(s, t, in, out))))
            return true;
        written = written || sets;
    }
    return false;
}

static Buffer *find_buffer(const Plan *p, BufferKind kind, int index)
{
    for (int i = 0; i < p->buffers.n; i++)
        if (p->buffers.at[i]->kind == kind && p->buffers.at[i]->index == index)
            return p->buffers.at[i];
    return NULL;
}

void memory_outputs(Sched *s)
{
    for (int o = 0; o < s->program->outputs.n; o++) {
        const Output *output = &s->program->outputs.at[o];
        Buffer       *out = find_buffer(s->plan, BUFFER_OUTPUT, o);
        Buffer *in = output->alias < 0 ? NULL : find_buffer(s->plan, BUFFER_INPUT, output->alias);
        if (!in || !written_too_early(s, in, out))
            continue;
        Buffer *final = buffer_new(s, BUFFER_OUTPUT, output->node, out->elem, out->n);
        final->index = o;
        buffer_settle(s, final, out->order, out->n);
        out->kind = BUFFER_ARENA;
        kernel_copy_last(s, output->node, out, final);
    }
}
