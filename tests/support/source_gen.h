// What the parts of the generator of random programs share.
#ifndef PLX_TESTS_SOURCE_GEN_H
#define PLX_TESTS_SOURCE_GEN_H

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "support/random_source.h"

typedef enum { FLOAT, INT, BOOL, POS } Kind;
typedef enum { WEAK, OWN, NARROW, WIDE } Width;   // of floats; OWN: the call's own; f32, f64
typedef uint64_t Set;                             // of axes, by number

enum { MOST_AXES = 60, MOST_LOCALS = 200, MOST_FNS = 12, MOST_HEADER = 3, MOST_PARAMS = 3 };
enum { SPAN_AXIS, SPAN_FN, SPAN_STATEMENT, SPAN_EXPR, SPAN_PART = SPAN_EXPR + 8 };

typedef enum { REL_NONE, REL_TWIN, REL_SUM, REL_PRODUCT, REL_WINDOW } Relation;
typedef struct {
    const char *name;
    int64_t     size;        // or the largest that it may be bound to
    bool        known, open; // the checker knows the number; it may be 0
    bool        pack;        // of a header: stands for several, and is written with dots
    Relation    relation;    // TWIN of a; a + b; a * b; windows of b positions in a, `step` apart, `gap` between two
    int         a, b, step, gap;
} GenAxis;

typedef struct {
    Kind  kind;
    Width width;
    Set   axes;
    int   along;             // POS: the axis
} GenType;

typedef struct {
    const char *text;        // may stand before any operator or bracket
    GenType     type;
    double      most;        // no larger in size than this
} Ex;

typedef struct {
    const char *name;
    GenType     type;
    double      most;
    bool        variable;
    bool        traced;      // a `let` of the body itself: a trace has it
} Local;

// Of a parameter or a result: `h`, or the record `(h: …, c: …)`.
typedef struct {
    GenType h, c;
    bool    pair;
} GenParam;

typedef enum { NO_NUMBER, NUMBER, NUMBERS } Number;              // `n: int`, which goes down to 0; `n: int...`, used up
typedef enum { TAKES_NONE, TAKES_BLOCK, TAKES_INTERFACE, TAKES_ARGUMENT } Takes;   // a function of its first axis

typedef struct {
    const char *name;
    int         header[MOST_HEADER], bound[MOST_HEADER], nheader;   // bound: as large as these; a pack is the last
    GenParam    param[MOST_PARAMS], result;
    int         nparam;
    Number      number;
    Takes       takes;
    double      most;
    bool        block, smooth;
    bool        stops;       // its derivative is not that of its values
    bool        instance;    // its bracket is bound: a value of the body at hand
    bool        closure;     // called with its last argument, it gives a function of the others
} Fn;

typedef struct {
    Arena   *a;
    Choices *c;
    Buf      text;
    GenAxis  axis[MOST_AXES];
    int      naxes;
    Set      visible;
    Local    local[MOST_LOCALS];
    int      nlocals;
    Fn       fn[MOST_FNS];
    int      nfn;
    int      names;          // given so far
    int      budget;         // expressions that may still be made
    double   count;          // elements that a tensor may have
    int      indent;
    bool     stops;          // something whose derivative is not that of its values was made
    bool     smooth;         // only what has derivatives of both modes
    bool     draws;          // in a block
    bool     loops;          // statements may hold loops
    int      inside;         // of loops
    int      lambda;         // of functions within expressions
    Width    real;           // what the wide arguments of Main are
} Gen;

#define TEXT(...) arena_printf(g->a, __VA_ARGS__)
#define BIT(i) ((Set)1 << (i))

// ---- gen_axis.c ----
const char *axis_list(Gen *g, Set s, const char *before);    // "a, b", each with `before`
double      count_of(const Gen *g, Set s);
bool        fits(const Gen *g, Set s);
int         set_size(Set s);
int         pick_axis(Gen *g, Set s);                        // -1: none
Set         pick_subset(Gen *g, Set s);
int         twin_of(Gen *g, int axis);                       // makes `a'` known
void        gen_axes(Gen *g, bool large);
int         axis_add(Gen *g, GenAxis ax);
Set         open_axes(const Gen *g, Set s);

// Makes an expression with exactly these axes; false: it cannot.
typedef bool Form(Gen *g, Set axes, int depth, Ex *out);

// ---- gen_expr.c ----
bool found(Ex *out, const char *text, Kind kind, Width w, Set axes, double most);   // true
Set  smaller(Gen *g, Set axes);
int  new_axis(Gen *g, Set axes);                             // one that these have not; -1: none
const char *positions_text(Gen *g, Set axes);                // whole numbers of the positions along these axes
Ex  gen(Gen *g, GenType want, int depth);
Ex  gen_float(Gen *g, Set axes, int depth);
Ex  gen_bool(Gen *g, Set axes, int depth);
Ex  gen_pos(Gen *g, int along, Set axes, int depth);
Ex  gen_int(Gen *g, Set axes, int depth);
Ex  gen_within(Gen *g, Set axes, int depth, double most);    // a float no larger than that
Ex  squashed(Gen *g, Ex x, double most);
Ex  spread(Gen *g, Ex x, Set axes);                          // repeated along what it has not
const char *kept(Gen *g, Ex x);                              // in the width that variables and arguments have
Width wider(Width a, Width b);
const char *real_text(Gen *g);                               // a literal of no special value

// ---- gen_place.c, gen_forms.c ----
Form form_gather, form_along, form_diagonal, form_padded, form_related, form_part, form_segments, form_gather_two;
Form form_library, form_function, form_one_hot, form_checkpoint, form_fix, form_complex, form_half, form_matrix;

// ---- gen_call.c ----
Form form_call, form_grad;
bool        bind_axes(Gen *g, const Fn *f, Set axes, bool instance, Set *to);  // a choice for its header; false: none fits
bool        bound_fn(const Gen *g, Fn *f, const Set *to);      // f with these in the place of its header; false: two coincide
const char *bracket_text(Gen *g, const Fn *f, const Set *to, Set guarded, int depth);   // "[…]", or ""
const char *param_text(Gen *g, const GenParam *p);
const char *type_text(Gen *g, GenType t);
const char *lambda_text(Gen *g, Set params, Set result, int depth, Ex *body, Width width);

// ---- gen_decl.c ----
typedef struct {
    int locals, names;
    Set visible;
} Outer;
Outer declaration(Gen *g, bool smooth, bool block);          // begins one
void  declaration_end(Gen *g, Outer o);
void  add_function(Gen *g, bool block);
void  add_params(Gen *g, Fn *f, int least);
void  put_params(Gen *g, const Fn *f, const char *stem);
int   put_parameters(Gen *g);                                // how many

// ---- gen_state.c ----
typedef bool Statement(Gen *g);
Statement st_filter, st_record_loop, st_update_two, st_local_function, st_nested;

// ---- gen_run.c ----
enum { MOST_INNER = 3 };
typedef struct {
    Fn          f;
    GenParam    result[3];
    int         nresult, nparameters, ninner;
    const char *parameter[3];
    Local       inner[MOST_INNER];
    GenType     buffer;
    bool        moves;       // it has one
} Whole;
void put_experiment(Gen *g, const Whole *w);

// ---- gen_stmt.c ----
typedef struct {
    int locals, fns;
    Set visible;
} Mark;
Mark        loop_begin(Gen *g);                                   // the statements of a loop
void        loop_end(Gen *g, Mark m);
void        inner_statements(Gen *g);
const char *begin_variable(Gen *g, Set axes, int depth);
int         an_axis(Gen *g);                                 // that may be indexed
GenType     kept_type(Gen *g, Set axes);
void gen_statements(Gen *g, int least, int most);
void line(Gen *g, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
const char *fresh(Gen *g, const char *stem);
void local_add(Gen *g, const char *name, GenType t, double most);
Set  some_axes(Gen *g, int most);

#endif
