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
    bool        array;       // a variable that is updated in part along `type.along`... see gen_stmt.c
} Local;

typedef struct {
    const char *name;
    int         header[MOST_HEADER], bound[MOST_HEADER], nheader;   // bound: as large as these
    GenType     param[MOST_PARAMS];
    int         nparam;
    GenType     result;
    double      most;
    bool        block, smooth;
    bool        stops;       // its derivative is not that of its values
    bool        instance;    // its bracket is bound: a value of the body at hand
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

// ---- gen_expr.c ----
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

// ---- gen_call.c ----
bool form_call(Gen *g, Set axes, int depth, Ex *out);
bool form_grad(Gen *g, Set axes, int depth, Ex *out);
const char *type_text(Gen *g, GenType t);
const char *lambda_text(Gen *g, Set params, Set result, int depth, Ex *body, Width width);

// ---- gen_stmt.c ----
void gen_statements(Gen *g, int least, int most);
void line(Gen *g, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
const char *fresh(Gen *g, const char *stem);
void local_add(Gen *g, const char *name, GenType t, double most);
Set  some_axes(Gen *g, int most);

#endif
