// The tensor program: a typed SSA of few operations over named axes. Programs are immutable once
// built and owned by an arena; the builder folds constants and merges equal nodes of one region.
#ifndef PLX_IR_IR_H
#define PLX_IR_IR_H

#include "base/diag.h"
#include "base/map.h"
#include "base/vec.h"
#include "type/axis.h"
#include "type/elem.h"

typedef enum {
#define OP(id, text, arity, class_, type, jvp, transpose, flops, glyph, lo, hi) OP_##id,
#include "ops.def"
#undef OP
    OP_COUNT
} Op;

typedef enum { OPC_LEAF, OPC_MAP, OPC_SHAPE, OPC_REDUCE, OPC_INDEX, OPC_LIBRARY, OPC_REGION } OpClass;
typedef enum {
    GLYPH_BOX, GLYPH_NONE, GLYPH_CONTRACT, GLYPH_REDUCE, GLYPH_GATHER, GLYPH_LOOP
} Glyph;

typedef struct {
    const char *text;
    int         arity;
    OpClass     class;
    Glyph       glyph;
    int         flops;
    double      lo, hi;
} OpInfo;

const OpInfo *op_info(Op op);
bool          op_parse(const char *text, Op *out);

typedef struct Node Node;
typedef struct Region Region;

// A tensor's type: a set of axes. `guard` (a bool over some of these axes, itself unguarded; NULL:
// none): outside it nothing is defined.
typedef struct {
    Elem    elem;
    AxisSet axes;
    Node   *guard;
} Type;

// What an operation needs beside its operands; which fields an op uses stands in ops.def.
typedef struct {
    Axis       **ax, **bx;
    int          nax, nbx;
    int64_t      i;
    double       r;
    Elem         elem;
    bool         flag;
    Name         text;
    const Size  *size;
    const double *data;  // TABLE: product of the sizes of ax values
    int          ndata;
} Attr;

struct Node {
    Op      op;
    int     id;        // unique in the program, growing in order of making
    Type    type;      // of a region op: unused, see outs
    Node  **in;
    int     nin;
    Attr    attr;
    Region *body[2];   // region operations
    Type   *outs;      // result types of a region operation
    int     nouts;
    Region *home;
    Span    where;     // the source it came from
    Name    path;      // its path inside the model, or NULL
};

struct Region {
    Region *outer;     // NULL for a program's main region
    VEC(Node *) params;
    VEC(Node *) captured;  // while building: outer nodes, in the order of their params
    VEC(Node *) nodes;     // in an order in which operands come first
    VEC(Node *) results;
    VEC(Node *) makers;    // of the nodes, the loops that make the size of their axis
    int     nexplicit;     // params that are not captures come first
    bool    repeats;       // of a loop, or a fixed point: entered many times
    Map    *merge;         // builder's table of equal nodes
};

// An input's kind (attr.i): what a host binds to it.
typedef enum { INPUT_DATA, INPUT_PARAMETER, INPUT_STATE, INPUT_BUFFER, INPUT_SCALAR } InputKind;

typedef struct {
    Name  name;
    Node *node;
    int   alias;       // the input whose storage this output may take over (its new value), or -1
    Axis **order;      // the written order of its axes where data leaves; NULL: by id
} Output;

typedef struct {
    Name  name;
    Node *node;
    InputKind kind;
    Axis **order;      // the written order of its axes where data enters; NULL: by id
} Input;

typedef struct {
    Arena  *arena;
    Names  *names;
    Sizes  *sizes;
    Axes   *axes;
    Name    name;
    Region *main;
    VEC(Input) inputs;
    VEC(Output) outputs;
    int     node_count;
} Program;

Program *program_new(Arena *a, Names *names, Sizes *sizes, Axes *axes, Name name);

// The builder: makes nodes at the end of the current region. Operands from outer regions are
// captured on their way in, through all levels: a guarded one is filled, constants are made again.
typedef struct {
    Program *program;
    Region  *region;
    Span     where;    // given to the nodes made
    Name     path;
    int      pulling;  // derivatives being taken whose tangents are transposed, then gone: ad/
    Map     *lowered;  // copies put loops for fixed points: FIX -> its results, and what is kept for what a product reads
                       // under a guard: node -> the same from there; NULL: they do neither
} Builder;

Builder builder_new(Program *p);

// Makes a node (or returns an equal one of the region, or a simpler value of the same meaning:
// folded constants, x + 0, x * 1, convert to its own type, expand by nothing, neg of neg,
// reductions over no axis, …). Operands of commutative operations are put in the order of their ids.
// Operands must satisfy the op's type rule: callers check what users write; a breach is a bug and
// aborts with the op's name.
Node *ir_make(Builder *b, Op op, Node *const *in, int nin, const Attr *attr);

// Short forms. An element type of class COMPLEX stands for a pair: ir/complex.h.
Node *ir_input(Builder *b, Name name, InputKind kind, Elem elem, AxisSet axes, Axis **order);
Node *ir_const(Builder *b, Elem elem, double v);              // numbers and bools, rounded to elem
Node *ir_int(Builder *b, int64_t v);                          // i64[]
Node *ir_table(Builder *b, Elem elem, Axis *const *ax, int nax, const double *data, int n);
Node *ir_iota(Builder *b, Axis *a);
Node *ir_size(Builder *b, const Size *s);                     // a constant when the size is one
Node *ir_call(Builder *b, Name text, Node *const *in, int nin, Type type);
Node *ir_unary(Builder *b, Op op, Node *x);
Node *ir_binary(Builder *b, Op op, Node *x, Node *y);
Node *ir_select(Builder *b, Node *c, Node *x, Node *y);
Node *ir_convert(Builder *b, Node *x, Elem e);
Node *ir_reduce(Builder *b, Op op, Node *x, Axis *const *ax, int nax);
Node *ir_contract(Builder *b, Node *x, Node *y, Axis *const *ax, int nax);
Node *ir_expand(Builder *b, Node *x, AxisSet more);           // only those that x has not
Node *ir_rename(Builder *b, Node *x, Axis *const *from, Axis *const *to, int n);  // those x has
Node *ir_split(Builder *b, Node *x, Axis *from, Axis *const *to, int n);
Node *ir_merge(Builder *b, Node *x, Axis *const *from, int n, Axis *to);
Node *ir_concat(Builder *b, Node *const *in, Axis *const *ax, int n, Axis *to);
// other: the else value; NULL: all positions are promised to be in range.
Node *ir_index(Builder *b, Node *x, Axis *const *ax, Node *const *pos, int n, Node *other);
// x with v at the positions, which with v have no axes but those that x has beside ax.
Node *ir_update(Builder *b, Node *x, Axis *const *ax, Node *const *pos, int n, Node *v);
Node *ir_scatter(Builder *b, Op op, Node *x, Axis *const *ax, int nax, Axis *const *bx,
                 Node *const *pos, int nbx);
Node *ir_guard(Builder *b, Node *x, Node *g);                 // expands x over g's axes if need be
// The conjunction g without that part of it; NULL: nothing is left.
Node *ir_guard_without(Builder *b, Node *g, const Node *part);
Node *ir_fill(Builder *b, Node *x);                           // x itself when unguarded
// Nodes as one side of a choice computes them, under the choice's condition: `since` is the program's node_count before
// it. One Under for all that a side gives.
typedef struct Under Under;
Under *under_new(Builder *b, Node *guard, int since);
Node  *under_node(Under *u, Node *n);
Node *ir_zeros_like(Builder *b, const Node *x);               // zeros of x's type, its guard too

// Regions. Begin makes a region inside the current one and enters it; region_param adds params.
// What enters and leaves has no guard: it is filled.
Region *region_begin(Builder *b);
Node   *region_param(Builder *b, Elem elem, AxisSet axes);    // before any node is made
void    region_result(Builder *b, Node *n);
void    region_end(Builder *b);                               // back to the outer region
// The region operations; the captures of their bodies become operands. `carry`: the first values.
Node *ir_loop(Builder *b, Axis *axis, Node *const *carry, int ncarry, Region *body);
// Over an axis that it makes: goes on while the condition, which takes what the body takes, gives true.
Node *ir_while(Builder *b, Node *const *carry, int ncarry, Region *condition, Region *body);
// rule: its derivative, or NULL.
Node *ir_run(Builder *b, Node *const *in, int nin, Region *body, Region *rule);
// A fixed point: ops.def says what each is. wanted: NULL for all positions; place: NULL, the last value is kept.
typedef struct {
    Node   *tolerance, *most, *wanted;
    AxisSet own;
    bool    relative;
    Name    place;
} FixRule;
Node *ir_fix(Builder *b, const FixRule *rule, Node *const *carry, int ncarry, Region *body);
Node *ir_branch(Builder *b, Node *condition, Region *yes, Region *no);
Node *ir_out(Builder *b, Node *region_op, int i);

// A guarded node is filled: what leaves a program has no guard.
void program_output(Program *p, Name name, Node *n, int alias, Axis **order);

// Copies into another region or program. A node: same op and attr, new operands, regions copied.
// A graph: with all that n needs and map has not; `map` gives for old nodes the new ones (inputs
// and params first).
Node *ir_copy_node(Builder *b, const Node *n, Node *const *in);
Node *ir_copy_graph(Builder *b, Node *n, Map *map);
// A program without what no output needs.
Program *program_live(const Program *p);
// For those that run it: fixed points as loops, and what is over an axis that a loop makes behind that loop.
const Program *program_lower(const Program *p);

// Every node against its type rule, order, homes, guards, regions against their operations. Returns
// NULL, or what is wrong and where (arena text).
const char *program_verify(const Program *p);

// Text, and back. read(print(p)) prints the same: names, numbers of nodes, sizes, orders and paths
// are kept, places in the source are not. Untrusted text is read with limits and verified; what is
// wrong is reported to `d` (E0104), and the result is NULL. New axes and size variables are made.
void     program_print(const Program *p, Buf *out);
Program *program_read(Arena *a, Names *names, Sizes *sizes, Axes *axes, const char *text, Diags *d,
                      int file);
void     type_print(Type t, Buf *out);

#endif
