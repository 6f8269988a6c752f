// What the parts of the scheduler share.
#ifndef PLX_SCHED_PLAN_H
#define PLX_SCHED_PLAN_H

#include "sched/sched.h"

typedef struct {
    bool        live, forced;
    bool        tiled;  // made in tiles by each product that reads it
    int         cost;   // of computing it where it is used, per element
    int         roots;  // kernels that would compute it
    const Node *root[2];
    const Node *consumer; // a contraction that reads it, for the layout
    bool        wanted;   // something looks at it:
    const Node *demand;   // only where this guard holds; NULL: everywhere
    Buffer     *target;   // where it must be stored
    Buffer     *view;
    Task       *maker; // the task that computes it
    bool        version; // of an array that is updated in place
    int        *from;    // region operations: the operand whose place result k keeps, or -1
    VEC(Node *) after;   // runs behind these, beside its operands
    int         pass;  // in its kernel
    ItemKind    item;
} Info;

typedef struct {
    Plan          *plan;
    Arena         *arena;
    const Program *program;
    Info          *info;
    TaskList      *tasks; // of the region at hand
    Region        *region;
    bool           apart; // nothing is fused
} Sched;

// mark.c: which nodes are stored.
void  sched_mark(Sched *s, Region *r);
bool  sched_is_product(const Node *n); // a CONTRACT that goes to gemm
bool  sched_is_map(const Node *n);     // computed element by element
bool  sched_watches(const Node *n);    // a task of its own, which the value passes by
bool  sched_is_part(const Node *n);    // an INDEX at one position that is known outside of kernels
Node *sched_strip(Node *x, const Node *contract,
                  int side); // without expansions that the other side supplies

// inplace.c
// Finds the arrays that loops update in place, and orders their readers.
void inplace_find(Sched *s);
// The operand whose place result k of a region operation keeps, if it is given one; -1: none.
int  inplace_operand(const Sched *s, const Node *n, int k);
bool inplace_reads(const Sched *s, const Node *n); // what an update may overwrite later

// access.c
void access_collect(Sched *s, Item *item);
// Adds to the item's limits what comparisons in a guard compare along `a`; false: there is no such comparison, or what it
// compares is not there any more when the item is computed.
bool access_limits(Sched *s, Item *item, const Node *guard, const Axis *a);
bool access_identity(const Access *a);
bool access_rows(const Access *a, Axis *const *outer, int n);

// layout.c
Buffer *buffer_new(Sched *s, BufferKind kind, const Node *n, Elem elem, int axes);
void    buffer_settle(Sched *s, Buffer *b, Axis *const *order, int n);
Axis  **order_by_id(Sched *s, AxisSet axes);
Axis  **order_natural(Sched *s, const Item *item);
void    order_for_consumer(Sched *s, const Node *n, Axis **order);
bool    order_consecutive(Axis *const *order, int n, Axis *const *group, int count);
int     order_find(Axis *const *order, int n, const Axis *a);
double  size_guess(const Size *s);
double  axes_guess(AxisSet s);
bool    axis_is_single(const Axis *a);  // known to have one position
Buffer *view_of(Sched *s, Node *n);

// kernel.c
// Computes n into its buffer; with `to`: stores its value there too.
void kernel_add(Sched *s, ItemKind kind, Node *n, Buffer *to);
// An UPDATE, in the place of its first operand.
void kernel_update(Sched *s, Node *n);
// A kernel of its own at the end that copies a node's buffer.
void kernel_copy_last(Sched *s, Node *n, Buffer *from, Buffer *to);
// A kernel that stores n's value in `to`, some positions of its first axis at a time; its reads are
// the task's.
Kernel *kernel_tiled(Sched *s, Task *t, Node *n, Buffer *to);
void    kernel_finish(Sched *s, Kernel *k);
Task   *task_new(Sched *s, TaskKind kind);
void    task_read(Sched *s, Task *t, Buffer *b);
void    task_write(Sched *s, Task *t, Buffer *b);
int     task_index(const TaskList *l, const Task *t);

// extent.c
void extent_demand(Sched *s, const Region *r); // finds Info.demand
// Where the product has work, if some guard tells; its buffers are written by t, and what it is derived from read.
Extent *extent_of(Sched *s, Task *t, const Gemm *g);

// gemm.c
void gemm_add(Sched *s, Node *n);

// region.c
void region_plan(Sched *s, Region *r, Buffer **targets, TaskList *tasks);

// memory.c
void memory_plan(Sched *s);
void memory_outputs(
    Sched *s); // in-place outputs that would be written too early get a place of their own

#endif
