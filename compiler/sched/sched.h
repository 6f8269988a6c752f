// The schedule: which nodes are computed together, in which loops, in which order, and where their
// values lie. Takes a verified program; leaves a plan that emit/ turns into code as it stands. Free
// of sizes: what depends on them is arithmetic that the code does, so one plan serves any size.
#ifndef PLX_SCHED_SCHED_H
#define PLX_SCHED_SCHED_H

#include "ir/library.h"

typedef enum {
    BUFFER_INPUT,    // the host's, number `index`
    BUFFER_OUTPUT,   // the host's, number `index`
    BUFFER_ARENA,    // in the run's block
    BUFFER_SCALAR,   // a variable of the function that runs the tasks: one element
    BUFFER_TABLE,    // constant data of `node`
    BUFFER_TURN,     // the counter of a loop
    BUFFER_TAPE,     // number `index`: what a loop of open length yields; it grows with the turns
    BUFFER_LATE,     // as ARENA, but over an axis that a loop makes: placed when that is known
    BUFFER_SLOT,     // one of pair[0] and pair[1], which change places at each turn
    BUFFER_SLICE,    // the part of `parent` at the turn `turn`
    BUFFER_VIEW,     // `parent` under other axes; or its part at `position` of its first axis
    BUFFER_ROW,      // one row of a kernel, on its stack: only the axes inside of the row
    BUFFER_REGISTER, // never stored: used only where it is computed
} BufferKind;

// Where a tensor lies: dense, axes in `order`, the last fastest.
typedef struct Buffer Buffer;
struct Buffer {
    BufferKind  kind;
    int         id;
    Elem        elem;
    int         n;
    Axis      **order; // NULL while open: the first writer settles it
    int         index;
    Buffer     *parent;
    Buffer     *pair[2];
    Buffer     *turn;
    const Node *position; // a constant, or a loop's turn
    const Node *node;     // TABLE; else for people
    const Axis
        *tile; // the first axis, of which only some positions are there at one time; NULL: all are
    bool external;    // read or written outside of the kernel that makes it
    bool filled;      // some product reads it where no guard of its maker holds
    int  made;        // LATE: by which of the sizes that loops make
    int  first, last; // ARENA: the tasks between which it lives, both included
};

// What a kernel computes: one node.
typedef enum { ITEM_MAP, ITEM_REDUCE, ITEM_SCAN, ITEM_SCATTER, ITEM_UPDATE } ItemKind;

typedef VEC(Axis *) AxisList;

// A read of a materialised node: `at[i]`, the kernel's axis that runs along its type's axis i;
// NULL: a position.
typedef struct {
    const Node *leaf;
    Axis      **at;
} Access;

typedef struct {
    ItemKind kind;
    bool     copy; // stores the node's value, which is there, once more
    Node    *node;
    Buffer  *from;    // a copy of this very buffer, which lies as `to` does; else NULL
    Buffer  *to;
    VEC(Access) reads;
    VEC(Access) limits; // what its guards compare positions with
    bool     bounded;   // all of these are there: guards may shorten loops
    AxisList special; // axes whose position is used as a number
} Item;

// A loop nest inside a kernel's rows.
typedef struct {
    AxisList axes; // outermost first; empty: once a row
    VEC(Item *) items;
    bool *joined; // joined[i]: axes i and i + 1 run as one
    bool  lanes;  // the last axis runs in lanes
    bool  alone;  // no other item may join: order matters
} Pass;

// Loops over `outer`, the rows, and in each row the passes one after the other. Rows are
// independent.
typedef struct {
    AxisList outer;
    VEC(Pass *) passes;
    bool *joined;
    bool  lanes; // the last of `outer` runs in lanes
    bool  pure;  // elementwise only: all axes are outer
    bool  tiled; // run over some positions of the first of `outer` at a time
    int   width; // lanes
} Kernel;

// Where a product has work, by guards that all hold there: along one of its axes, for each position of another (`by`;
// NULL: one for all) and of the batch axes that the guards know, from `begin` on and before `end`.
typedef struct {
    const Node *guard[2];
    Axis       *along, *by;
    Buffer     *begin, *end;
    bool        exact; // of a sum: nothing outside is read, so that zeros need not be there
} Extent;

// c = a b, over each position of `batch`. Groups are in the order in which they lie.
typedef struct {
    const Node *node;
    Buffer     *a, *b, *c;
    AxisList    batch, m, n, k;
    Kernel *pack; // makes the operand `tiled` (a or b), some positions of its first axis at a time;
                  // or NULL
    Buffer *tiled;
    Extent *extent; // NULL: there is work everywhere
} Gemm;

// A routine on the operands of `node`: its letters, starred and passing axes, and where its results lie (NULL: no one
// asks for it).
typedef struct {
    const Node  *node;
    LibraryShape shape;
    AxisSet      starred, passing;
    Buffer      *out[LIBRARY_ARRAYS];
} Library;

typedef struct Task Task;
typedef VEC(Task *) TaskList;

// A loop or branch with the tasks of its regions. A loop that goes on while a condition holds
// computes that in body[1].
typedef struct {
    const Node *node;
    Buffer     *turn; // LOOP
    int         made; // LOOP: the number of the size that it makes, if that is used; else -1
    VEC(Buffer *) tapes; // LOOP: what grows with its turns
    VEC(Buffer *)
    slots; // carries: at each turn, `slots` are read and `next` written, then change places
    VEC(Buffer *) next;
    Buffer  *condition; // of a loop (NULL: it counts), or a branch
    TaskList body[2];
} Control;

typedef enum { TASK_KERNEL, TASK_GEMM, TASK_SORT, TASK_LIBRARY, TASK_WATCH, TASK_LOOP, TASK_BRANCH } TaskKind;

struct Task {
    TaskKind kind;
    Kernel  *kernel;
    Gemm    *gemm;
    Control *control;
    Item    *sort; // ARGSORT; its scratch
    Library *library;
    const Node *watch; // CHECK, TALLY
    Buffer  *scratch;
    VEC(Buffer *) reads;
    VEC(Buffer *) writes;
};

typedef struct {
    Arena         *arena;
    const Program *program;
    TaskList       tasks;
    VEC(Buffer *) buffers;
    Buffer **of; // by node id: where the node's value lies; NULL: computed where it is used
    VEC(Buffer *)
    placed; // the arena's buffers, each above those before it that live at the same time
    VEC(SizeVar *) sizes; // the size variables, in the order in which their values are given
    VEC(SizeVar *) made;  // those that loops make, as far as they are used, in the order of making
    int ntapes;
} Plan;

// `apart`: nothing is fused, each node has a kernel of its own.
Plan *sched_plan(const Program *p, bool apart);
// Guard number k (0 or 1) outside of which the item needs no work, or NULL. A map that makes zeros where a guard does not
// hold does so everywhere; another one leaves what is outside undefined.
const Node *item_guard(const Item *item, int k);
// Is a limit along `a` that n is part of found in its operands? (Else n is taken as a whole: a number known outside of
// the loop over `a`.)
bool limit_goes_down(const Node *n, const Axis *a);
// The plan as text.
void sched_dump(const Plan *plan, Buf *out);

// Size variable i: those given, then those that loops make.
const SizeVar *plan_size(const Plan *p, int i);
// Lives at one time?
bool buffer_meets(const Buffer *a, const Buffer *b);
// The buffer whose memory it is: through views, and slices of what is stacked.
Buffer *buffer_base(Buffer *b);

#endif
