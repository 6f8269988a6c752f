// Where everything goes: a column for each step, then heights from left to right. What passes by keeps its height where
// there is room; a step stands where its first operand came from.
#include "draw/diagram.h"

enum { TOP = 62, BETWEEN = LANE + GAP };

static bool reads(const Step *s, const Bundle *b)
{
    for (int i = 0; i < s->nin; i++)
        if (s->in[i] == b)
            return true;
    return false;
}

// ---- columns ----

static void as_soon_as_possible(Diagram *d)
{
    for (int i = 0; i < d->n; i++) {
        Step *s = &d->step[i];
        s->column = 1;
        for (int k = 0; k < s->nin; k++)
            s->column = s->in[k]->made >= s->column ? s->in[k]->made + 1 : s->column;
        for (int k = 0; k < s->nout; k++)
            s->out[k]->made = s->column;
        d->columns = s->column > d->columns ? s->column : d->columns;
    }
}

// The last column of another step that reads a bundle, or what a view makes of it.
static int last_other(const Diagram *d, const Bundle *b, const Step *self)
{
    int last = 0;
    for (int i = 0; i < d->n; i++) {
        const Step *s = &d->step[i];
        if (s == self || !reads(s, b))
            continue;
        int column = s->mark == MARK_NONE ? last_other(d, s->out[0], self) : s->column;
        last = column > last ? column : last;
    }
    return last;
}

static int first_reader(const Diagram *d, const Step *of)
{
    int first = d->columns + 1;
    for (int j = 0; j < d->n; j++)
        for (int k = 0; k < of->nout; k++)
            if (reads(&d->step[j], of->out[k]) && d->step[j].column < first)
                first = d->step[j].column;
    return first;
}

// Steps that read one tensor stand in one column, where what they make can wait: the three projections of an attention.
static void beside_others(Diagram *d)
{
    for (int i = d->n - 1; i >= 0; i--) {
        Step *s = &d->step[i];
        int   before = first_reader(d, s) - 1, last = 0;
        for (int k = 0; k < s->nin; k++) {
            int other = last_other(d, s->in[k], s);
            last = other > last ? other : last;
        }
        last = last < before ? last : before;
        if (last <= s->column || before >= d->columns)
            continue;
        s->column = last;
        for (int k = 0; k < s->nout; k++)
            s->out[k]->made = s->column;
    }
}

static void find_ends(Diagram *d)
{
    for (int i = 0; i < d->nbundle; i++) {
        Bundle *b = d->bundle[i];
        b->last = b->last ? d->columns + 1 : b->made;
        for (int j = 0; j < d->n; j++)
            if (reads(&d->step[j], b) && d->step[j].column > b->last)
                b->last = d->step[j].column;
        b->y = ARENA_ARRAY(d->arena, int, d->columns + 2);
    }
}

// ---- heights ----

// What stands in a column: a bundle that passes by, or a step.
typedef struct {
    Bundle *passing;
    Step   *step;
    int     wish;
} Item;

static int stack_height(Bundle *const *b, int n)
{
    int h = n ? (n - 1) * BETWEEN : 0;
    for (int i = 0; i < n; i++)
        h += bundle_height(b[i]);
    return h;
}

static int wish_of(const Step *s)
{
    const Bundle *first = NULL;
    for (int i = 0; i < s->nin; i++)
        if (!first || s->in[i]->y[s->column - 1] < first->y[s->column - 1])
            first = s->in[i];
    if (!first)
        return TOP;
    int y = first->y[s->column - 1];
    return first->last == s->column ? y : y + 1;
}

static void put_item(Item *at, int *n, Item item)
{
    int k = (*n)++;
    for (; k > 0 && at[k - 1].wish > item.wish; k--)
        at[k] = at[k - 1];
    at[k] = item;
}

static void stack_results(Step *s)
{
    int y = s->top;
    for (int i = 0; i < s->nout; i++) {
        s->out[i]->y[s->column] = y;
        y += bundle_height(s->out[i]) + BETWEEN;
    }
}

// The wires of an operand come to the mark so that those that it touches are neighbours, of two operands also theirs.
static void order_lanes(Diagram *d, Step *s, int which, int y)
{
    const Bundle *b = s->in[which];
    int          *lane = ARENA_ARRAY(d->arena, int, b->n + 1), next = 0;
    bool          gather = s->mark != MARK_NONE && s->mark != MARK_SYMBOL;
    int           first = 0;  // wires that pass by before the touched ones
    while (gather && first < b->n && !axes_has(s->touched, b->axis[first]))
        first++;
    for (int turn = 0; turn < 3; turn++)
        for (int k = 0; k < b->n; k++) {
            bool touched = gather && axes_has(s->touched, b->axis[k]);
            bool before = !touched && (s->nin == 1 ? k < first : which == 0);
            if (turn == (touched ? 1 : before ? 0 : 2))
                lane[k] = y + LANE * next++;
        }
    s->lane[which] = lane;
}

static void place_step(Diagram *d, Step *s)
{
    int y = s->top;
    s->lane = ARENA_ARRAY(d->arena, int *, s->nin + 1);
    for (int i = 0; i < s->nin; i++) {
        order_lanes(d, s, i, y);
        y += bundle_height(s->in[i]) + BETWEEN;
    }
    stack_results(s);
}

static int place_column(Diagram *d, int c, Item *item)
{
    int n = 0, cursor = TOP;
    for (int i = 0; i < d->nbundle; i++) {
        Bundle *b = d->bundle[i];
        if (b->made < c && b->last > c)
            put_item(item, &n, (Item){b, NULL, b->y[c - 1]});
    }
    for (int i = 0; i < d->n; i++)
        if (d->step[i].column == c)
            put_item(item, &n, (Item){NULL, &d->step[i], wish_of(&d->step[i])});
    for (int i = 0; i < n; i++) {
        int y = item[i].wish > cursor ? item[i].wish : cursor;
        int in = item[i].step ? stack_height(item[i].step->in, item[i].step->nin) : bundle_height(item[i].passing);
        int out = item[i].step ? stack_height(item[i].step->out, item[i].step->nout) : 0;
        if (item[i].passing) {
            item[i].passing->y[c] = y;
        } else {
            item[i].step->top = y;
            item[i].step->high = in > out ? in : out;
            place_step(d, item[i].step);
        }
        cursor = y + (in > out ? in : out) + BETWEEN;
    }
    return cursor;
}

// ---- brackets ----

static void put_bracket(Diagram *d, const RepeatSpan *r)
{
    int64_t size;
    Bracket b = {r->axis->name, d->columns + 1, 0, 1 << 20, 0};
    if (size_is_const(r->axis->size, &size))
        b.text = arena_printf(d->arena, "%s %lld", r->axis->name, (long long)size);
    for (int i = 0; i < d->n; i++) {
        const Step *s = &d->step[i];
        if (s->node->id < r->from || s->node->id >= r->to)
            continue;
        b.from = s->column < b.from ? s->column : b.from;
        b.to = s->column > b.to ? s->column : b.to;
        b.low = s->top < b.low ? s->top : b.low;
        b.high = s->top + s->high > b.high ? s->top + s->high : b.high;
    }
    if (b.to)
        d->bracket[d->nbracket++] = b;
}

void diagram_lay_out(Diagram *d, const Contract *c)
{
    as_soon_as_possible(d);
    beside_others(d);
    find_ends(d);
    Item *item = ARENA_ARRAY(d->arena, Item, d->n + d->nbundle + 1);
    int   y = TOP;
    for (int i = 0; i < d->nbundle; i++) {
        if (d->bundle[i]->made)
            continue;
        d->bundle[i]->y[0] = y;
        y += bundle_height(d->bundle[i]) + BETWEEN;
    }
    d->height = y;
    for (int k = 1; k <= d->columns; k++) {
        y = place_column(d, k, item);
        d->height = y > d->height ? y : d->height;
    }
    d->bracket = ARENA_ARRAY(d->arena, Bracket, c->repeats.n + 1);
    for (int i = 0; i < c->repeats.n; i++)
        put_bracket(d, &c->repeats.at[i]);
}
