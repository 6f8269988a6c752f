#include "type/axis.h"

#include <string.h>

Axis *axis_new(Axes *t, Name name, const Size *size, Span where)
{
    Axis *a = ARENA_NEW(t->arena, Axis);
    a->id = t->count++;
    a->name = name;
    a->size = size;
    a->where = where;
    return a;
}

Axis *axis_copy(Axes *t, const Axis *a)
{
    Axis *copy = axis_new(t, a->name, a->size, a->where);
    copy->positions = a->positions;
    copy->npositions = a->npositions;
    copy->user = a->twin_of ? a->twin_of->user : a->user;
    return copy;
}

Axis *axis_part(Axes *t)
{
    if (!t->part) {
        t->part = axis_new(t, name_of(t->names, "part"), size_const(t->sizes, 2), SPAN_NONE);
        t->part->part = true;
    }
    return t->part;
}

Axis *axis_twin(Axes *t, Axis *a)
{
    if (!a->twin) {
        a->twin = axis_copy(t, a);
        a->twin->name = name_format(t->names, "%s'", a->name);
        a->twin->twin_of = a;
    }
    return a->twin;
}

bool axes_has(AxisSet s, const Axis *a)
{
    for (int i = 0; i < s.n; i++)
        if (s.at[i] == a)
            return true;
    return false;
}

bool axes_contains(AxisSet big, AxisSet small)
{
    for (int i = 0; i < small.n; i++)
        if (!axes_has(big, small.at[i]))
            return false;
    return true;
}

bool axes_equal(AxisSet a, AxisSet b) { return a.n == b.n && axes_contains(a, b); }

AxisSet axes_of(Arena *ar, Axis *const *at, int n)
{
    AxisSet s = {ARENA_ARRAY(ar, Axis *, n + 1), 0};
    for (int i = 0; i < n; i++) {
        if (axes_has(s, at[i]))
            continue;
        int k = s.n++;
        for (; k > 0 && s.at[k - 1]->id > at[i]->id; k--)
            s.at[k] = s.at[k - 1];
        s.at[k] = at[i];
    }
    return s;
}

AxisSet axes_union(Arena *ar, AxisSet a, AxisSet b)
{
    if (axes_contains(a, b))
        return a;
    if (axes_contains(b, a))
        return b;
    AxisSet s = {ARENA_ARRAY(ar, Axis *, a.n + b.n), 0};
    int     i = 0, k = 0;
    while (i < a.n || k < b.n) {
        bool left = k == b.n || (i < a.n && a.at[i]->id <= b.at[k]->id);
        if (i < a.n && k < b.n && a.at[i] == b.at[k])
            k++;
        s.at[s.n++] = left ? a.at[i++] : b.at[k++];
    }
    return s;
}

AxisSet axes_minus(Arena *ar, AxisSet a, AxisSet b)
{
    AxisSet s = {ARENA_ARRAY(ar, Axis *, a.n + 1), 0};
    for (int i = 0; i < a.n; i++)
        if (!axes_has(b, a.at[i]))
            s.at[s.n++] = a.at[i];
    return s.n == a.n ? a : s;
}

AxisSet axes_intersect(Arena *ar, AxisSet a, AxisSet b)
{
    AxisSet s = {ARENA_ARRAY(ar, Axis *, a.n + 1), 0};
    for (int i = 0; i < a.n; i++)
        if (axes_has(b, a.at[i]))
            s.at[s.n++] = a.at[i];
    return s;
}

void axes_print(AxisSet s, Buf *out)
{
    buf_puts(out, "[");
    for (int i = 0; i < s.n; i++)
        buf_printf(out, "%s%s", i ? ", " : "", s.at[i]->name);
    buf_puts(out, "]");
}
