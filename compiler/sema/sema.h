// The meaning of programs: names, axes, sizes and types, and elaboration to the tensor program.
//
// One evaluator does both. Checking a body evaluates it with its header's axes abstract (symbolic sizes) and
// calls opaque (the signature is trusted, the body was checked on its own); elaborating evaluates it with the
// caller's axes and calls entered. Values of tensors are nodes of the program being built.
#ifndef PLX_SEMA_SEMA_H
#define PLX_SEMA_SEMA_H

#include "ad/ad.h"
#include "base/diag.h"
#include "ir/ir.h"
#include "syntax/syntax.h"

#define VEC_NAMED(tag, T)                                                                          \
    struct tag {                                                                                   \
        T  *at;                                                                                    \
        int n, cap;                                                                                \
    }

typedef struct Sema Sema;
typedef struct Value Value;
typedef struct Func Func;
typedef struct Scope Scope;
typedef struct Entry Entry;
typedef struct Binding Binding;
typedef struct HostTensor HostTensor;  // a tensor with data, owned by the host of an experiment
typedef struct Host Host;              // what an experiment needs from outside: host.h
typedef struct Builtin Builtin;
typedef struct Module Module;

// ---- values ----

typedef enum {
    V_ERROR,   // already reported; meets anything
    V_NONE,    // of a statement
    V_TENSOR,
    V_RECORD,  // also tuples (fields without names)
    V_MODEL,   // an instance: a record of parameters and inner instances, with its block
    V_FUNC,    // fn, block, lambda, builtin, derivative: known when compiled
    V_NUMBERS, // a pack of whole numbers: numbers.c
    V_STRING,
    V_OPTIMIZER,
    V_BATCHES  // what a loop of an experiment runs over
} ValueKind;

typedef struct {
    Name   name;  // NULL: a tuple's
    Value *value;
} Field;

// What a static bool is.
typedef enum { TRUTH_DYNAMIC, TRUTH_FALSE, TRUTH_TRUE, TRUTH_OPEN } Truth;

struct Value {
    ValueKind kind;
    Span      where;
    // V_TENSOR: a node of the program being built, or data of the host
    Node       *node;
    HostTensor *host;
    Elem        elem;
    AxisSet     axes;    // all, hidden ones too (a host tensor has no hidden ones)
    Axis       *pos;     // positions along this axis, or NULL
    bool        weak;    // takes the width that it meets
    bool        loose;   // a bare axis name, or int arithmetic on such: its axes need not be contained
    const Size *fixed;   // a static int's value
    Truth       truth;   // a static bool's
    Axis      **order;   // the written order of its axes, or NULL
    bool        leaf;    // a parameter of a model; `buffer`: one that is not trained
    bool        buffer;
    bool        given;   // of a model: supplied from outside by `with`, not its own
    const HostTensor *from;  // the tensor that this one replaces: it may take over its storage
    // V_RECORD, V_MODEL
    Field *fields;
    int    nfields;
    // V_MODEL, V_FUNC; V_OPTIMIZER: its declaration
    Func *func;
    struct Patch *patch; // V_MODEL: what `with` puts in the place of inner values
    int         npatch;
    const struct Fit *fit; // V_MODEL: it took the place of a part: place.c
    // V_STRING; V_MODEL: its name where it stands
    const char *text;
    void       *extra;   // V_OPTIMIZER, V_BATCHES: the host's or the checker's own
};

// An inner value of a model replaced: by a value, or by a function of what it was.
typedef struct Patch {
    Name   name;
    Value *value;
    Span   where;
    const struct Crossing *crossed;  // the calls between where it was written and here
} Patch;

typedef enum { FUNC_DECL, FUNC_LAMBDA, FUNC_BUILTIN } FuncKind;

struct Func {
    FuncKind       kind;
    Syn           *decl;    // FN, BLOCK, EXPERIMENT, OPTIMIZER, LAMBDA
    Scope         *scope;   // where it was written
    Name           name;
    Binding       *bind;    // its bracket, once given
    const Builtin *builtin;
    Value        **held;    // arguments already given (grad's function)
    int            nheld;
    Syn           *bracket; // a builtin's bracket, not yet evaluated, and where
    Scope         *bracket_scope;
    const void    *kept;    // it outlives the program that made it: derive.c, closure.c
    const struct Through *through; // its text names axes otherwise than here: through.c
    bool           interface; // stands for any of its signature: there is no body
    struct Contract *contract;  // shared by all uses of a declaration: what checking it found
};

// ---- scopes ----

typedef enum { ENTRY_VALUE, ENTRY_AXIS, ENTRY_PACK, ENTRY_TYPE, ENTRY_MODULE } EntryKind;

struct Entry {
    EntryKind kind;
    Name      name;
    Span      where;
    Value    *value;
    bool      variable;   // `var`
    bool      used;
    int       depth;      // number of region levels at its declaration: a loop carries what is assigned deeper
    Axis     *axis;       // inside
    Axis     *outside;    // a header's axis: the caller's (differs from `axis` where two would coincide)
    Axis    **pack, **pack_outside;
    int       npack;
    Value    *given;      // a header's axis given with `where`: the guard, as the caller names its axes
    Value    *guard;      // the same inside: reductions along the axis keep to it
    Value    *guard_else;
    Syn      *type;       // ENTRY_TYPE
    Scope    *type_scope;
    Module   *module;
    bool      bound;      // an open axis of an experiment that has met its data
    bool      own;        // a header's axis made of a number: the instance's own
    Name      follows;     // of a header item that was left out: the item whose axis it takes, `oh = h`; or NULL
    const Size *open;     // of a file's open axis: its size while nothing binds it
};

struct Scope {
    Scope *outer;
    VEC(Entry *) entries;
    bool   frame;         // a body's outermost scope: what is outside is another's
    Module *module;       // a module's top scope
    bool   module_top;    // of a file
    bool   language;      // names that come with the language: may be redeclared
    int    mark;          // of the walk that met it last: step.c
};

// A header's items with what a call gave them.
struct Binding {
    Scope *scope;         // the frame's first scope: header entries
    Span   where;         // the call's bracket
};

// What checking a declaration found, once for all sizes.
typedef enum { PRE_EQUAL, PRE_NONNEG, PRE_DIVIDES } PreKind;
typedef struct {
    PreKind     kind;
    const Size *a, *b;
    Span        where;
    const char *message;
    bool        stated;   // by a `require` of the source; else found of sizes
} Precondition;

// The nodes that the turns of a `repeat` are made of; one turn stands for all.
typedef struct {
    Axis *axis;
    int   from, to;       // ids, from the first to behind the last
} RepeatSpan;

typedef struct Contract {
    Syn  *decl;
    int   state;          // 0 not yet, 1 in progress, 2 done
    bool  failed;
    bool  open;           // what it asks for depends on static numbers: calls with known ones are looked into
    VEC(SizeVar *) vars;  // of the header's axes and static ints, in order of the header
    VEC(Name) var_names;
    VEC(Precondition) pre;
    Program *program;     // the checked body, calls opaque: diagrams
    VEC(RepeatSpan) repeats;
} Contract;

struct Module {
    Name   name;
    const char *path;
    int    file;
    Syn   *tree;
    Scope *scope;
    int    state;          // 1: being read, 2: read
    Span   used;           // the `use` that it was first read for
    bool   names_missing;  // a module that it uses could not be read: what is not known may be that one's
};

// ---- the evaluator ----

struct Sema {
    Arena   *arena;
    Arena   *keep;         // what outlives the turns of an experiment's loops; elsewhere the same
    Names   *names;
    Sources *sources;
    Diags   *diags;
    Sizes   *sizes;
    Axes    *axes;
    const char *stdlib;    // folder of the standard library
    const char *modules_path;  // folders where modules are looked for, with `:` between them, or NULL
    Elem     real;         // --precision
    bool     failed_io;    // a source could not be read: exit status 3
    bool    *names_missing;  // the prelude could not be read: no name is reported as not known
    VEC(Module *) modules;
    Module  *prelude;      // the file of names that are always there
    Scope   *language;     // builtins, then the prelude's names
    Map     *contracts;    // Syn -> Contract
    const Host *host;      // NULL while checking

    // where we are
    Builder *b;
    Scope   *scope;
    AxisSet  hidden;       // lifted axes: they do not exist for the text being evaluated
    AxisSet  same;         // axes along which draws are made once
    bool     opaque;       // calls of what has a signature are not entered
    bool     training;
    bool     experiment;   // effects are allowed
    bool     in_fn;        // no parameters, no draws
    Value   *self;         // the model whose body is evaluated, or NULL
    struct Trace *trace;   // collects inner values by path, or NULL
    struct Moved *moved;        // new values of buffers, or NULL: they are dropped
    struct HeldList *buffers;   // of the body being evaluated
    struct Claims *claims;      // names of draws and instances in the body being evaluated
    Name     naming;       // of the `let` whose expression is being evaluated, or NULL
    Name     named;        // the name under which the value made last was seen
    struct Supplied *supplied;  // parameters that come from outside, of the model being made
    const struct Making *making;  // the instances being made, one inside the other
    const struct Making *calling; // the calls that are entered
    struct Growing *growing;  // the model being made (its fields are collected), or NULL
    Contract *contract;    // of the declaration being checked, or NULL
    Value  *taken;         // does what is being evaluated take place? NULL: it does
    VEC(const Size *) facts;
    Name     path;         // of the model's part being evaluated
    VEC(Value *) turns;    // turns of the loops around, for draws
    Value   *seed;
    int      depth;        // of calls
    int      regions;      // depth of region nesting
    bool     stating;      // what a `require` says is being made a precondition
    const char *advice;    // what a caller does so that two sizes become equal, or NULL
    int      undecided;    // sides of static choices around, not chosen yet while checking
    Axis    *repeat_axis;  // of the `repeat` whose parameters are being made, or NULL
    struct Walk *walk;     // of the experiment being run, or NULL
    bool     in_turn;      // inside a loop of an experiment
    bool     leaving;      // an experiment leaves its loop by `break`
    Value *(*run_statement)(Sema *, Syn *);  // how an experiment's statement is run; NULL while checking
    bool     in_for;       // inside a loop that makes no parameters
    bool     loose_instances;  // an instance may stand without an owner (a declaration is being checked for diagrams)
    struct LoopFrame *loop;
    struct Types *types;   // --types: what was seen, or NULL
    bool     in_step;      // a program is being built: no effects
    bool     any_size;     // it is built for C: what sizes decide stays open
    bool    *number_read;  // set where the program that is being built depends on a number of a value; or NULL
    struct TypeSpec *wanted;     // the written type of what is being loaded, or NULL
    Value   *wanted_like;  // what is loaded takes the place of this, or NULL
    bool     loading;      // the type being read is of what is loaded: it may merge axes
    struct Consulted *consulted;  // entries looked up, while a step is built
    struct Tensors   *live;       // the host's tensors
    Map     *steps;        // Syn -> Step
    Map     *turn_axes;    // Syn -> Axis: axes with a bound that an experiment's loops declare
    int64_t  frame_birth;         // births when the experiment being run began
    struct Frame *optimizing;     // the optimizer's body being run, or NULL
    Map     *ranges;       // of nodes: range.c
    Map     *reads;        // models that calls read, while checking: early.c
    Map     *unknown;      // Name -> Diag: names reported as not known
    struct Imports *imports;  // host tensors taken into the program being built
    struct Stage *stage;   // an experiment is being built as a step, or NULL: stage.h
};

// A loop that is being evaluated: what its turns yield.
typedef struct LoopFrame {
    Value *yielded;
    bool   may_yield;
    Entry *left;           // set by `break`; NULL: the loop is counted
    Span   where;
} LoopFrame;

typedef VEC_NAMED(Consulted, Entry *) Consulted;
// The host's tensors that live, and the counts by which they are told apart; shared by all that runs.
typedef struct Tensors {
    HostTensor **at;
    int          n, cap;
    int64_t      births;
    int          mark;
} Tensors;

// Lists names with types for `check --types`.
typedef struct {
    Span        where;
    Name        name;
    const char *text;
} TypeRow;

typedef struct Types {
    VEC(TypeRow) rows;
} Types;

typedef struct {
    const char *stdlib;
    const char *path;      // further folders of modules, with `:` between them, or NULL
    Elem        real;
    Types      *types;
} SemaOptions;

Sema   *sema_new(Arena *a, Names *names, Sources *sources, Diags *d, const SemaOptions *o);
// Reads, parses and checks a file with all that it uses. NULL when it could not be read (reported).
Module *sema_load(Sema *s, const char *path);
// The same for a text that stands at `path`, or will.
Module *sema_load_text(Sema *s, const char *path, const char *text, size_t size);
void    sema_check(Sema *s, Module *m);

// ---- run.c: running an experiment ----
typedef struct {
    const char *name, *value;   // --set name=value
} Setting;
// The experiment of that name (NULL: the only one that needs nothing but these settings), or NULL with E0604 reported.
Func *experiment_find(Sema *s, Module *m, const char *name, const Setting *set, int nset);
// The test behind f in the file (NULL: the first), or NULL.
Func *test_next(const Module *m, const Func *f);
// Runs it with the host. False: it ended early, which is reported.
bool  experiment_run(Sema *s, Module *m, Func *f, const Host *host, const Setting *set, int nset, int64_t seed);

// ---- errors.c: a diagnostic at a node; gives the poison value ----
Value *sema_error(Sema *s, DiagCode code, Span where, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
Diag  *sema_diag(Sema *s, DiagCode code, Span where, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
// What was reported since was brought about by this use of f.
void used_here(Sema *s, int before, const Func *f, Span where);
// How one bool is made of v.
void   help_bool(Sema *s, Diag *d, const Value *v);
// What the first part is in which two records or models differ.
const char *text_difference(Sema *s, const Value *a, const Value *b, const char *path);
const char *text_count(Sema *s, int n);        // how many arguments: "2 are given"
// Says of bare axis names among the arguments of a call that they stand in brackets. False: there are none.
bool   help_axes_in_brackets(Sema *s, Diag *d, const char *name, Value *const *args, int n);
// Where v is a block and an instance is needed, says so. False: it is something else.
bool help_instance(Diag *d, const Value *v);
// Adds a help to the diagnostic just reported; gives `v`, its poison value.
Value *helped(Sema *s, Value *v, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
// "a form that is not built yet", by name.
Value *sema_absent(Sema *s, Span where, const char *form);
// Text of axes, of a value's type, of a size, of syntax (arena).
const char *text_axes(Sema *s, AxisSet axes);
const char *text_value(Sema *s, const Value *v);
const char *text_size(Sema *s, const Size *z);
// z >= 0, without a minus sign: `#n >= #k + 1`.
const char *text_nonneg(Sema *s, const Size *z);
const char *text_syn(Sema *s, const Syn *n);

// ---- complex.c: complex numbers as names of the language ----
// v, or an error where it is complex: `what` is of real numbers.
Value *need_real(Sema *s, Value *v, Span where, const char *what);
Value *real_part(Sema *s, Value *v, Span where);
// A complex tensor as a real one with an axis more, and back; of a real one: itself.
Value *as_pairs(Sema *s, Value *v);
Value *from_pairs(Sema *s, Value *v);

// ---- value.c ----
Value *value_new(Sema *s, ValueKind kind, Span where);
Value *value_tensor(Sema *s, Node *n, Span where);
Value *value_like(Sema *s, Node *n, const Value *like);   // weak, pos from `like`
Value *value_int(Sema *s, const Size *z, Span where);     // a static, weak int
Value *value_bool(Sema *s, Truth t, Span where);
Value *value_real(Sema *s, double r, Span where);         // a weak real
Value *value_string(Sema *s, const char *text, Span where);
Value *value_func(Sema *s, Func *f, Span where);
bool   is_error(const Value *v);
bool   is_tensor(const Value *v);
bool   is_scalar(Sema *s, const Value *v);                // no visible axes
int    value_place(const Value *v, Name name);            // of a field, of a tuple by its number; -1: it has none of that name
Value *value_field(const Value *v, Name name);
// Is it made of sizes and positions alone, so that any program can make it anew?
bool   node_stands_alone(Sema *s, Node *n);
// The node of a tensor, in the current region (a host's tensor becomes an input).
Node  *value_node(Sema *s, const Value *v);
bool    value_reaches(Sema *s, const Value *v);  // can it be computed in the program at hand? Else its node only stands for it
AxisSet value_visible(Sema *s, const Value *v);
bool   same_shape(Sema *s, const Value *a, const Value *b);  // of records: fields, axes
// Applies `f` to each tensor of a record, model or tensor, side by side with those of `b` (or NULL).
typedef Value *LeafFn(Sema *s, Value *a, Value *b, void *user);
Value *value_map(Sema *s, Value *a, Value *b, LeafFn *f, void *user);
int    value_leaves(Sema *s, Value *v, Value **out, int cap);  // tensors, in order; the number there is
// v with its tensors replaced by those at *next, in order.
Value *value_rebuild(Sema *s, const Value *v, Value ***next);

// ---- held.c ----
// v with what it and its parts hold beside their fields mapped: what `with` put there; guards and functions of brackets.
typedef Value *HeldFn(Sema *s, Value *v, void *user);
Value *value_map_held(Sema *s, Value *v, HeldFn *f, void *user);
// The same, tensor by tensor.
Value *value_map_held_leaves(Sema *s, Value *v, LeafFn *f, void *user);

// ---- align.c ----
// v with the axes that its models made for themselves renamed to those of `like`, instances of the same blocks.
Value *value_aligned(Sema *s, Value *v, Value *like);
// What first differs between two that have not the same parts, as text; NULL: nothing. `path`: NULL.
const char *text_first_difference(Sema *s, const Value *a, const Value *b, Name path);

// ---- scope.c ----
Scope *scope_new(Sema *s, Scope *outer);
Entry *scope_put(Sema *s, Scope *sc, EntryKind kind, Name name, Span where);   // reports E0202, E0203
Entry *scope_put_quiet(Sema *s, Scope *sc, EntryKind kind, Name name, Span where);
Entry *scope_find(Sema *s, Scope *sc, Name name, Span where);    // reports an ambiguous one
Entry *scope_lookup(Sema *s, Name name, Span where);             // in s->scope; reports E0201 with did-you-mean
Entry *let_value(Sema *s, Name name, Span where, Value *v);

// ---- guess.c: did you mean …? ----
// A name that is not known: E0201, once for all its places in a file, with the nearest name or another help.
void  report_unknown(Sema *s, Name name, Span where, EntryKind kind);
// A name of the command line that its file does not declare: E0201, with the nearest one.
void  report_undeclared(Sema *s, const Module *m, const char *name);
// The place of the `key` before the `:` of a named argument whose value stands at `value`; else that of the value.
Span  key_place(Sema *s, Name key, Span value);
// Adds "did you mean `guess`?" and the fix that replaces `where` by it. False: there is no guess.
bool  suggest(Diag *d, Span where, const char *guess);

// ---- size.c: sizes of the language and what is known of them ----
const Size *eval_size(Sema *s, Syn *n);                // a static int; NULL when it is none (reported)
Axis   *eval_axis(Sema *s, Syn *n);                    // NAME, TWIN, FIELD, `a.b`; NULL reported
// `net.ins`: what the header calls so, or what was made inside; NULL: neither.
Axis   *axis_of_model(Sema *s, Value *m, Name name);
Axis   *eval_key_axis(Sema *s, Syn *named);            // of a NAMED item
// Whether no axis occurs twice; else E0303: "WHAT axis `k` twice".
bool    axes_distinct(Sema *s, Axis *const *ax, int n, const Syn *item, const char *what);
// An axis item of a bracket: a pack gives several. Returns how many (0: reported, or an empty pack).
int     eval_axes(Sema *s, Syn *n, Axis **out, int cap);
// Where an axis stands: what is no axis is told so.
typedef enum { AXIS_NAMED, AXIS_OF_TYPE, AXIS_OF_ELEMENTS, AXIS_OF_REPEAT, AXIS_OF_FOR, AXIS_INDEXED } AxisUse;
int     eval_axes_as(Sema *s, Syn *n, Axis **out, int cap, AxisUse use);
Axis   *eval_axis_as(Sema *s, Syn *n, AxisUse use);
bool    need_equal(Sema *s, DiagCode code, const Size *a, const Size *b, Span where, const char *what);
bool    need_nonneg(Sema *s, DiagCode code, const Size *a, Span where, const char *what);
// An axis of size z must have `least` positions: 0 where data may leave it empty.
bool    need_positions(Sema *s, const Size *z, int64_t least, Name axis, Span where);
// That `a` has a position, of which what has the axes `along` needs one (none where one of these is as long as `a`).
bool    need_some(Sema *s, const Axis *a, AxisSet along, Span where, const char *what);
bool    need_divides(Sema *s, const Size *a, const Size *c, Span where, const char *what);
void    require(Sema *s, Syn *condition, const char *message, Span where);
// Takes for given that a comparison of sizes holds, or that it does not.
void    learn_comparison(Sema *s, Operator op, const Size *a, const Size *b, bool holds);
void    declare_axes(Sema *s, Syn *statement);
void    unbind_axes(Sema *s);                      // open axes of files are open again: an experiment begins
Axis   *axis_open(Sema *s, Name name, int64_t least, Span where);
bool    known_equal(Sema *s, const Size *a, const Size *b);  // proved
bool    same_size(Sema *s, const Axis *a, const Axis *b);

// ---- type.c: types of the language ----
typedef struct TypeSpec TypeSpec;
typedef enum { TS_ANY, TS_TENSOR, TS_RECORD, TS_FUNC, TS_MODEL, TS_STRING, TS_BAD } TypeSpecKind;
struct TypeSpec {
    TypeSpecKind kind;
    bool   own;        // the call's own float type
    Elem   elem;
    bool   weak;       // `real`, `int` scalars of a header
    Axis  *pos;
    Axis **order;      // in written order
    int    norder;
    Axis **file;       // of what is loaded: the file's axes; part[i] of them, in order, become order[i]
    int   *part;
    int    nfile;
    AxisSet axes;
    Name  *names;      // records: field names (NULL in a tuple)
    TypeSpec **fields;
    int    nfields;
    Value *model;      // TS_MODEL: the block with its bracket
    Syn   *signature;  // TS_FUNC: its interface, or NULL, and the scope that it was written in
    Scope *scope;
    Span   where;
};
TypeSpec *eval_type(Sema *s, Syn *n);
const char *text_type(Sema *s, const TypeSpec *t);
// A value of this type for checking: parameters of the program, named from `name`.
Value    *type_abstract(Sema *s, const TypeSpec *t, Name name, Elem own);

// ---- tensor.c: operators ----
Value *apply_binary(Sema *s, Operator op, Value *a, Value *b, Span at, Span where);
Value *apply_unary(Sema *s, Operator op, Value *a, Span where);
Value *apply_map(Sema *s, Op op, Value **in, int n, Span where);      // float functions, min, max, …
Value *apply_select(Sema *s, Value *c, Value *a, Value *b, Span where);
Value *apply_contract(Sema *s, Value *a, Value *b, Syn *n);
Value *apply_convert(Sema *s, Value *v, Elem e, Span where);
// Positions along two different axes? Reported; `what` meets them.
bool   position_clash(Sema *s, const Value *a, const Value *b, Span at, const char *what);
// Brings values to one element type (weak ones yield); false: reported.
// One side's axes must contain the other's; reported if not.
bool   meet_contained(Sema *s, const Value *a, const Value *b, Span at, const char *what);
bool   join_elems(Sema *s, Value **v, int n, Span where, const char *what);
Value *guarded(Sema *s, Value *v, Value *g);
// v, computed for one side of a choice, under the choice's condition (ir.h).
Value *under_condition(Sema *s, Value *v, Under *side);

// ---- choice.c ----
bool   is_callable(const Value *v);
// The function that is `yes` where the scalar bool c holds, else `no`.
Value *choose_function(Sema *s, Value *c, Value *yes, Value *no, Span where);
// One of the two, of such a function; NULL: it is none.
Value *choice_side(Sema *s, const Func *f);
// ---- taken.c: whether what is being evaluated takes place ----
void  take_only(Sema *s, Value *c);             // from here on only where c holds, too; the caller restores s->taken
Node *taken_along(Sema *s, AxisSet keep);       // for each position of `keep`, somewhere along the other axes

// ---- range.c: where whole numbers lie ----
// Bounds of an int, both inclusive, as sizes; false when none are known.
bool   range_of(Sema *s, const Node *n, const Size **lo, const Size **hi);
void   range_set(Sema *s, const Node *n, const Size *lo, const Size *hi);   // of a turn of a loop
bool   in_axis(Sema *s, const Node *n, const Axis *a);   // proved: a position along it
void   know_position(Sema *s, const Value *v);           // positions lie in their axis
// A position along `a` from an item's value: proved in range, or by `else`, `clamp(…)`, `wrap(…)`. NULL: reported.
Node  *eval_position(Sema *s, Axis *a, Syn *n, Value **other);
// segment.c: the function f under a bracket `[edge -> node: dst]`, or NULL where it is no such.
Value *segment_form(Sema *s, const Value *f, Syn *bracket);
// What stands for f where an argument is complex: `complex_f` beside it, under the same header, at the same axes. NULL: nothing.
Func  *complex_form(Sema *s, Func *f, Value *const *args, int n);

// ---- bracket.c: x[…] of tensors ----
Value *apply_bracket(Sema *s, Value *x, Syn *n);
// Sets x[…] = v: the new tensor. op: OPR_SET or OPR_ADD_SET.
Value *update_bracket(Sema *s, Value *x, Syn *n, Operator op, Value *v);

// ---- reduce.c ----
// A reduction by its bracket: axes, guards, or `edge -> node: positions`; with no bracket, over all visible axes.
// Sums, running ones too, and products of whole numbers are kept in i64: a sum of bytes is no byte.
Value  *wide_enough(Sema *s, Op op, Value *x);
Value *apply_reduce(Sema *s, Op op, Syn *bracket, Value *x, Span where);
// The guard that a header's axis was given with, or NULL.
Value *header_guard(Sema *s, const Axis *a);
// The guard to which reductions along an axis keep: that one, or the count of an axis with a bound. NULL: there is none.
Value *axis_guard(Sema *s, const Axis *a);
// The axes of a bracket, at most 64, and the guard that is written with them (NULL: none). False: reported.
bool   guarded_axes(Sema *s, Syn *bracket, Axis **ax, int *n, Value **guard);
// x under the guards of these axes.
Value *under_guards_of(Sema *s, Value *x, Axis *const *ax, int n);
Value *under_bounds_of(Sema *s, Value *x, Axis *const *ax, int n);  // those of axes with a bound alone
// What stands for the result where a guard leaves nothing: select(any(guard), v, other).
Value *or_else(Sema *s, Value *v, Value *guard, Axis *const *ax, int n, Value *other, Span where);

// ---- header.c: brackets of functions and blocks ----
// Binds the items of a bracket (NULL: none given) to a header. NULL: reported.
Binding *bind_header(Sema *s, Func *f, Syn *bracket);
// Likewise where f is called without a bracket, on these arguments.
Binding *bind_without(Sema *s, Func *f, Value *const *args, int n, Span where);
// Header entries with abstract axes, for checking a body.
Binding *bind_abstract(Sema *s, Func *f, Contract *c);
// Likewise, but a number, flag or function that has a default takes it: for what stands alone. `sizes`: so do axes, for
// what is built, which has no other. NULL: reported.
Binding *bind_open(Sema *s, Func *f, Contract *c, bool sizes);
bool     header_complete(const Func *f);

// ---- call.c ----
Value *eval_call(Sema *s, Syn *n, Name hint);
Value *call_value(Sema *s, Value *f, Value **args, Name *names, int n, Span where, Name hint);
bool   call_lifted(Sema *s, Value *f, Value **args, Name *names, int n, AxisSet *out);
Value *check_conforms(Sema *s, Value *v, const TypeSpec *t, Span where, const char *what, Span second);
// v, of type t: outside, its tensors lie in the order in which t names their axes, behind what they are lifted over.
Value *in_written_order(Sema *s, Value *v, const TypeSpec *t);

// ---- model.c ----
Value *make_instance(Sema *s, Func *f, Name name, Span where);
Value *instance_for(Sema *s, Func *f, Name hint, Span where);   // of a call on the spot
Value *eval_param(Sema *s, Syn *n);

// Puts back where we were (scope, hidden axes, model, …) from a copy of *s; what has grown since stays.
void   sema_restore(Sema *s, const Sema *saved);

// ---- expr.c, stmt.c ----
Value *evaluate(Sema *s, Syn *n);
Value *eval_hint(Sema *s, Syn *n, Name hint);
Value *eval_head(Sema *s, Syn *n, Name hint);  // of a call or bracket: `zeros` stays a function
Value *eval_body(Sema *s, Syn *body);          // in a new scope: the value of its last expression
Value *eval_statements(Sema *s, Syn *body);    // in the current scope
Value *eval_for(Sema *s, Syn *n);
// The loop of the body n->kid[1] over an axis, whose turns `turn` evaluates; `stacks`: what they leave in s->loop->yielded is
// the value, stacked.
typedef Value *TurnFn(Sema *s, void *user, Node *turn);
Value *eval_turns(Sema *s, Syn *n, Axis *a, bool stacks, TurnFn *turn, void *user);
Value *eval_while(Sema *s, Syn *n);
Value *no_condition(Sema *s, const Syn *n, const Value *v);        // reports that the `while` n has no bool
void   not_whole(Sema *s, const Syn *range, Value *a, Value *b);   // reports that the ends of a range are no whole numbers
Value *eval_break(Sema *s, Syn *n);
Value *eval_fix(Sema *s, Syn *n);
Value *eval_checkpoint(Sema *s, Syn *n);
Name   left_name(Sema *s);                     // of the variable that says whether a loop was left
Value *eval_repeat(Sema *s, Syn *n);
Value *eval_if(Sema *s, Syn *n);
// An experiment's line that is a `concat` along an axis with a bound says how many there are. False: reported.
bool   concat_binds(Sema *s, Syn *call);
void   note_type(Sema *s, Name name, Span where, const Value *v);

// ---- builtin.c ----
// What a call gives: the values, in order.
typedef struct {
    Value **at;
    Name   *names;          // of those given by name, else NULL
    int     n;
    Span    where;          // of the call
    Name    hint;           // the name that its value is to have, or NULL
} Args;
typedef Value *BuiltinFn(Sema *s, const Func *f, const Args *args);
struct Builtin {
    const char *name;
    BuiltinFn  *call;
    int         least, most;    // arguments; most < 0: any
    bool        bracket;        // takes a bracket
    bool        value;          // stands without a call: zeros, pi
    bool        trains;         // `training` is true in its arguments
    bool        effect;         // experiments alone
    bool        binds;          // an axis: in an experiment it is a statement of its own
    bool        effect_named;   // likewise, when its arguments are named: log(loss: x)
    bool        around;         // its bracket holds while its argument is evaluated: `same`
    Op          op;             // for those that are one operation
    const char *params;         // names of its arguments, for NAMED ones: "rate at seed"
};
void builtins_declare(Sema *s);

// ---- derive.c ----
BuiltinFn call_grad, call_value_and_grad, call_vjp, call_jvp, call_linearize;
// Of what has been reported since `before`: a derivative was asked for there. Gives a poison value.
Value      *asked_here(Sema *s, int before, Span where);
// A derivative at a point, which holds nodes of the program at hand; one that can be called from another program, and
// the same in the program at hand.
bool        derivative_at_point(const Func *f);
Value      *derivative_kept(Sema *s, const Value *f);
const Func *derivative_here(Sema *s, const Value *f);

// ---- closure.c ----
// v with functions that can be called when the program at hand is done: what they hold of it are their fields, tensors of
// the host. An error when that cannot be (reported).
Value      *functions_kept(Sema *s, Value *v, Span where);
// Such a function in the program at hand; any other as it is.
const Func *function_here(Sema *s, const Value *f);

// ---- custom.c: derivatives of one's own ----
BuiltinFn call_custom_grad, call_straight_through;

// ---- optimizer.c ----
void   check_settings(Sema *s, Syn *decl);     // the settings of an optimizer, abstract, into the scope
BuiltinFn call_optimizer;

// ---- flatten.c: records and models leaf by leaf ----
const Size *value_count(Sema *s, Value *v);                       // entries of all leaves but buffers
Value      *value_flat(Sema *s, Value *v, Axis *to, Span where);  // all entries along one axis
Value      *value_flat_fresh(Sema *s, Value *v, Span where);      // along a new one
// The axes that the bracket of f names. False: reported.
bool        bracket_axes(Sema *s, const Func *f, Axis **ax, int *n, Span where);
// The number that v is when compiled. False: it is none.
bool        constant_number(const Value *v, double *x);
BuiltinFn   call_constant, call_full, call_ones_like, call_values;                // make.c
BuiltinFn   call_concat, call_stack, call_cumsum, call_argsort, call_argsort_falling;  // arrange.c
BuiltinFn   call_fft, call_routine;
BuiltinFn   call_complex, call_imag, call_conj, call_arg;
BuiltinFn   call_flatten, call_unflatten, call_over_leaves;

// ---- surgery.c: look and replace ----
Value *eval_with(Sema *s, Syn *n, Name hint);
Value *eval_except(Sema *s, Syn *n);
// The value that `with` supplies for a parameter of the model being made, or NULL.
Value *supplied_value(Sema *s, Name name);

// ---- inner.c, trace.c: inner values, replaced and seen ----
// A value that gets a name inside a block: what `with` put in its place; `trace` sees it.
Value *inner_value(Sema *s, Name name, Value *v);
Value *eval_trace(Sema *s, Syn *n);
void   trace_see(Sema *s, Name name, Value *v);
// What collects inner values inside the body of a model (NULL: of a function), and inside a turn of a `repeat`.
struct Trace *trace_enter(Sema *s, const Value *self);
struct Trace *trace_turn(Sema *s, Name name, Axis *along);
// Does a text use this name?
bool mentioned(const Syn *n, Name name);
// The inner values collected so far, and where one is held: a region that makes some puts there what stands outside.
int     trace_count(const Sema *s);
Value **trace_place(Sema *s, int i);
// Does a trace look at what is made here? The same inside a turn of a loop; what it has seen there, by path, without what has
// the axis already; and that, once it has left the loop.
bool          trace_looks(const Sema *s);
struct Trace *trace_loop(Sema *s, Name name);
Value        *trace_taken(Sema *s, const struct Trace *t, const Axis *along, Span where);
void          trace_put(Sema *s, const Value *taken);

// ---- draw of random numbers: random.c ----
typedef struct {
    Name name;
    Span where;
} Claim;
typedef VEC_NAMED(Claims, Claim) Claims;
// Takes a name for what draws in this body. False: another has it (reported).
bool claim_name(Sema *s, Name name, Span where, const char *what);
BuiltinFn call_draw, call_same;
// The arguments of `same[a](…)` are evaluated with the axes of its bracket. False: reported.
bool same_begin(Sema *s, const Func *f, Span where);

// ---- minimize.c, experiment.c ----
Value *eval_minimize(Sema *s, Syn *n);
bool   is_step_by_hand(Sema *s, const Syn *call);      // `opt(net, g)`
Value *eval_step_by_hand(Sema *s, Syn *call);
BuiltinFn call_host;

// ---- modules.c ----
Module     *module_find(Sema *s, Syn *use);      // of a `use`; reported when absent
Module     *module_read(Sema *s, const char *path, Name name);
Module     *module_of_file(const Sema *s, int file);
const char *module_offering(Sema *s, Name name); // the module of the library that declares it, or NULL

// ---- check.c ----
void      module_declare(Sema *s, Module *m);  // what the tree of a module declares, into its scope
Contract *contract_of(Sema *s, Func *f);       // checks the declaration first, if it was not yet
// The value of what a declaration makes whose contract failed: its mistakes are reported where they are.
Value    *reported_there(Sema *s, Span where);

#endif
