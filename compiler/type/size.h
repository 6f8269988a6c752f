// Sizes: symbolic integers in normal form, and what can be decided about them.
// A size is a polynomial with integer coefficients over atoms: variables, and p div c, p mod c, min, max
// that do not simplify. Equal normal forms are equal; sizes are immutable and live in the table's arena.
// Overflow of a coefficient makes the size `opaque`: it equals itself and nothing else is decided of it.
#ifndef PLX_TYPE_SIZE_H
#define PLX_TYPE_SIZE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/name.h"

typedef struct Sizes Sizes;  // the table of one compilation
typedef struct Size  Size;
typedef struct SizeVar SizeVar;

// A size that is not known yet. Its value is at least `least` (0 for what data binds, 1 for a header's axis,
// INT64_MIN for a plain static int).
struct SizeVar {
    Name    name;
    int64_t least;
    int     id;
    void   *user;  // for whoever made it
};

Sizes   *sizes_new(Arena *a, Names *names);
Arena   *sizes_arena(const Sizes *t);
// Sizes are made in arena `a` until sizes_leave, which forgets them; returns what sizes_leave needs.
Sizes   *sizes_enter(Sizes *t, Arena *a);
void     sizes_leave(Sizes *t, const Sizes *before);
SizeVar *size_var_new(Sizes *t, Name name, int64_t least);

const Size *size_const(Sizes *t, int64_t v);
// An opaque one, for what has been reported: it meets anything.
const Size *size_error(Sizes *t);
const Size *size_of_var(Sizes *t, SizeVar *v);
const Size *size_add(Sizes *t, const Size *a, const Size *b);
const Size *size_sub(Sizes *t, const Size *a, const Size *b);
const Size *size_mul(Sizes *t, const Size *a, const Size *b);
// Floor division and its remainder (c > 0 for a sensible meaning); exact: the obligation that nothing remains
// is the caller's (size_divides).
const Size *size_div(Sizes *t, const Size *a, const Size *b);
const Size *size_mod(Sizes *t, const Size *a, const Size *b);
const Size *size_min(Sizes *t, const Size *a, const Size *b);
const Size *size_max(Sizes *t, const Size *a, const Size *b);

// True, with the value, when no variable occurs.
bool size_is_const(const Size *s, int64_t *value);
// True when `s` is the variable alone.
bool size_is_var(const Size *s, SizeVar **v);
// True when s is `p mod c`, whose normal form is another.
bool size_is_mod(const Size *s, const Size **p, const Size **c);
// s = more - less, neither with a minus sign.
void size_parts(Sizes *t, const Size *s, const Size **more, const Size **less);
// The variables that occur in s, up to `cap`; returns how many there are.
int  size_vars(const Size *s, SizeVar **out, int cap);
// Replaces variables by sizes: `of` gives the new size, or NULL to keep one.
const Size *size_subst(Sizes *t, const Size *s, const Size *(*of)(const SizeVar *, void *), void *user);
// The value under an assignment; false when `of` fails, or on division by zero or overflow.
bool size_eval(const Size *s, bool (*of)(const SizeVar *, void *, int64_t *), void *user, int64_t *out);
// Text as in the source: `2*n + 1`, `(n - 1) div 2`; variables by name.
void size_print(const Size *s, Buf *out);

// Walk of the normal form, for code generators. A size is sum over terms of coef * product of atoms.
typedef enum { SIZE_ATOM_VAR, SIZE_ATOM_DIV, SIZE_ATOM_MOD, SIZE_ATOM_MIN, SIZE_ATOM_MAX } SizeAtomKind;
typedef struct {
    SizeAtomKind kind;
    SizeVar     *var;       // VAR
    const Size  *a, *b;     // the others
} SizeAtom;
int             size_terms(const Size *s);
int64_t         size_coef(const Size *s, int term);
int             size_factors(const Size *s, int term);
const SizeAtom *size_factor(const Size *s, int term, int k);

// Facts: what may be assumed (from `require`, loops, guards): each says that a size is >= 0.
typedef struct {
    const Size **nonneg;
    int          n;
} Facts;

typedef enum { SIZE_ALWAYS, SIZE_NEVER, SIZE_OPEN } SizeAnswer;

// For a refutation: the smallest sizes that break it.
typedef struct {
    SizeVar *var[8];
    int64_t  value[8];
    int      n;
    int64_t  left, right;  // what both sides are there (nonneg: left is the value, right 0)
} SizeWitness;

// Is a = b (a >= 0; c divides a) for all sizes that satisfy the facts? ALWAYS: proved. NEVER: refuted by the
// witness (there are sizes, satisfying the facts, that break it). OPEN: neither; an obligation for later.
SizeAnswer size_equal(Sizes *t, const Size *a, const Size *b, const Facts *f, SizeWitness *w);
SizeAnswer size_nonneg(Sizes *t, const Size *a, const Facts *f, SizeWitness *w);
SizeAnswer size_divides(Sizes *t, const Size *a, const Size *c, const Facts *f, SizeWitness *w);

#endif
