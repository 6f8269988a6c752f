// Sizes of compiled models.
#include "formula.h"
#include "internal.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { DEEPEST = 64 };

static int64_t floor_div(int64_t a, int64_t b) { return a / b - (a % b != 0 && (a < 0) != (b < 0)); }

static bool operate(int64_t word, int64_t a, int64_t b, int64_t *out)
{
    switch (word) {
    case PLX_SIZE_ADD: return !__builtin_add_overflow(a, b, out);
    case PLX_SIZE_MUL: return !__builtin_mul_overflow(a, b, out);
    case PLX_SIZE_DIV:
    case PLX_SIZE_MOD:
        if (b == 0 || (a == INT64_MIN && b == -1))
            return false;
        *out = word == PLX_SIZE_DIV ? floor_div(a, b) : a - b * floor_div(a, b);
        return true;
    case PLX_SIZE_MIN: *out = a < b ? a : b; return true;
    default: *out = a > b ? a : b; return true;
    }
}

bool plx_formula(const int64_t *size, const int64_t *open, int64_t *out)
{
    int64_t stack[DEEPEST];
    int     n = 0;
    for (; *size != PLX_SIZE_END; size++) {
        bool leaf = *size == PLX_SIZE_NUMBER || *size == PLX_SIZE_OPEN;
        if (leaf ? n == DEEPEST : n < 2)
            return false;
        if (leaf) {
            stack[n++] = size[0] == PLX_SIZE_NUMBER ? size[1] : open[size[1]];
            size++;
            continue;
        }
        n--;
        if (!operate(*size, stack[n - 1], stack[n], &stack[n - 1]))
            return false;
    }
    *out = n == 1 ? stack[0] : 0;
    return n == 1;
}

bool plx_sizes_solve(const PlxModelInfo *info, const PlxSolve *solve, int n, int64_t *open, PlxError *err)
{
    for (int i = 0; i < n; i++)
        if (!plx_formula(solve[i].size, open, &open[solve[i].open]))
            return plx_error(err, PLX_ERR_SHAPE, "`%s` cannot be told from `%s`", info->open[solve[i].open].name, solve[i].from);
    return true;
}

bool plx_sizes_range(const PlxModelInfo *info, bool state, const int64_t *open, PlxError *err)
{
    for (int i = 0; i < info->open_count; i++) {
        const PlxOpen *o = &info->open[i];
        if (o->state != state)
            continue;
        if (open[i] < o->least)
            return plx_error(err, PLX_ERR_SHAPE, "`%s` is %" PRId64 ", and at least %" PRId64, o->name, open[i], o->least);
        if (open[i] > PLX_LARGEST_SIZE)
            return plx_error(err, PLX_ERR_SIZE, "`%s` is %" PRId64 ": no axis is larger than %" PRId64, o->name, open[i],
                             PLX_LARGEST_SIZE);
    }
    return true;
}

bool plx_sizes_meet(const PlxModelInfo *info, bool state, const int64_t *open, PlxError *err)
{
    for (int i = 0; i < info->need_count; i++) {
        const PlxNeed *n = &info->need[i];
        int64_t        a = 0, b = 0;
        if (n->state != state)
            continue;
        bool known = plx_formula(n->a, open, &a) && (!n->b || plx_formula(n->b, open, &b));
        bool holds = known && (n->kind == PLX_NEED_EQUAL    ? a == b
                               : n->kind == PLX_NEED_NONNEG ? a >= 0
                                                            : b > 0 && a % b == 0);
        if (holds)
            continue;
        if (n->kind == PLX_NEED_NONNEG)
            return plx_error(err, PLX_ERR_SHAPE, "%s: `%s` is %" PRId64 ", and must not be negative", n->why, n->a_text, a);
        return plx_error(err, PLX_ERR_SHAPE, "%s: `%s` is %" PRId64 " and `%s` is %" PRId64, n->why, n->a_text, a, n->b_text, b);
    }
    return true;
}

// The tensor that told an open size which is all of a formula; NULL: it is none, or C gave it.
static const char *teller(const int64_t *size, const PlxSolve *solve, int n)
{
    if (size[0] != PLX_SIZE_OPEN || size[2] != PLX_SIZE_END)
        return NULL;
    for (int i = 0; i < n; i++)
        if (solve[i].open == size[1])
            return solve[i].from;
    return NULL;
}

bool plx_port_fits(const PlxPort *p, const int64_t *given, const PlxSolve *solve, int n,
                   const int64_t *open, PlxError *err)
{

    for (int i = 0; i < p->rank; i++) {
        int64_t     want = -1;
        bool        known = plx_formula(p->size[i], open, &want);
        const char *from = teller(p->size[i], solve, n);
        if (known && want == given[i])
            continue;
        if (!known)
            return plx_error(err, PLX_ERR_SHAPE, "`%s`: axis `%s` has the size %s, which these sizes do not give", p->name,
                             p->axis[i], p->text[i]);
        if (from && strcmp(from, p->name) != 0)
            return plx_error(err, PLX_ERR_SHAPE, "axis `%s` has %" PRId64 " positions in `%s`, and %" PRId64 " in `%s`",
                             p->axis[i], given[i], p->name, want, from);
        if (p->size[i][0] == PLX_SIZE_NUMBER && p->size[i][2] == PLX_SIZE_END)
            return plx_error(err, PLX_ERR_SHAPE, "axis `%s` has %" PRId64 " positions in `%s`; it has %" PRId64 " in the program",
                             p->axis[i], given[i], p->name, want);
        return plx_error(err, PLX_ERR_SHAPE, "axis `%s` has %" PRId64 " positions in `%s`; %s are %" PRId64, p->axis[i],
                         given[i], p->name, p->text[i], want);
    }
    return true;
}

void plx_port_text(const PlxPort *p, const int64_t *dim, char *text, size_t size)
{
    size_t n = (size_t)snprintf(text, size, "`%s`: %s[", p->name, plx_elem_name(p->elem));
    for (int i = 0; i < p->rank && n < size; i++)
        n += (size_t)snprintf(text + n, size - n, "%s%s: %" PRId64, i ? ", " : "", p->axis[i], dim[i]);
    if (n < size)
        snprintf(text + n, size - n, "]");
}

bool plx_port_sizes(const PlxPort *p, const int64_t *open, int64_t *dim, int64_t *count, PlxError *err)
{
    for (int i = 0; i < p->rank; i++)
        if (!plx_formula(p->size[i], open, &dim[i]) || dim[i] < 0)
            return plx_error(err, PLX_ERR_SHAPE, "`%s`: axis `%s` has the size %s, which these sizes do not give", p->name,
                             p->axis[i], p->text[i]);
    return plx_count(p->elem, p->rank, dim, count, err);
}

static int64_t whole_at(PlxElem e, const void *data, int64_t i)
{
    switch ((int)e) {
    case PLX_I64: return ((const int64_t *)data)[i];
    case PLX_I32: return ((const int32_t *)data)[i];
    case PLX_I8: return ((const int8_t *)data)[i];
    default: return ((const uint8_t *)data)[i];
    }
}

bool plx_port_holds(const PlxPort *p, const int64_t *open, const void *data, int64_t count, PlxError *err)
{
    int64_t below = 2;
    if (p->elem != PLX_BOOL && !p->below)
        return true;
    if (p->below && !plx_formula(p->below, open, &below))
        return plx_error(err, PLX_ERR_SHAPE, "`%s`: its positions have no bound", p->name);
    for (int64_t i = 0; i < count; i++) {
        int64_t v = whole_at(p->elem, data, i);
        if (v < 0 || v >= below)
            return plx_error(err, PLX_ERR_VALUE, "`%s`: element %" PRId64 " is %" PRId64 ", which is not in 0..%" PRId64,
                             p->name, i, v, below - 1);
    }
    return true;
}
