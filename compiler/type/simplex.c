// The tableau gives each basic variable as a sum of the others, which stand in columns. Every variable has a value;
// those in columns are always within their bounds.
#include "type/simplex.h"

#include <string.h>

#include "base/vec.h"

enum { MOST_VARS = SIMPLEX_MOST_UNKNOWNS + SIMPLEX_MOST_ROWS };

typedef struct {
    Rational least, most, value;
    bool     has_least, has_most;
    bool     basic;
    int      at;  // its row when basic, else its column
} Var;

typedef struct {
    int var;
    Var was;
} Change;

struct Simplex {
    Arena    *arena;
    Var       var[MOST_VARS];
    Rational *row[SIMPLEX_MOST_ROWS];
    int       basic[SIMPLEX_MOST_ROWS], column[SIMPLEX_MOST_UNKNOWNS];
    int       vars, rows, columns;
    long     *work;
    bool      lost;
    VEC(Change) trail;
};

Simplex *simplex_new(Arena *a, long *work)
{
    Simplex *s = ARENA_NEW(a, Simplex);
    s->arena = a;
    s->work = work;
    return s;
}

static bool gave_up(const Simplex *s) { return s->lost || *s->work < 0; }

// Every number that is kept passes here.
static Rational keep(Simplex *s, Rational r)
{
    s->lost = s->lost || rational_lost(r);
    return r;
}

static Rational plus_product(Simplex *s, Rational sum, Rational a, Rational b)
{
    --*s->work;
    return keep(s, rational_add(sum, rational_mul(a, b)));
}

// ---- unknowns and rows ----

int simplex_unknown(Simplex *s)
{
    if (s->columns == SIMPLEX_MOST_UNKNOWNS)
        return -1;
    for (int i = 0; i < s->rows; i++)
        s->row[i][s->columns] = rational_of(0);
    s->var[s->vars] = (Var){.value = rational_of(0), .at = s->columns};
    s->column[s->columns++] = s->vars;
    return s->vars++;
}

// row += coef * var, with a basic variable's own row put in its place.
static void add_to_row(Simplex *s, Rational *row, int var, Rational coef)
{
    const Var *v = &s->var[var];
    if (!v->basic) {
        row[v->at] = keep(s, rational_add(row[v->at], coef));
        return;
    }
    for (int j = 0; j < s->columns; j++)
        if (s->row[v->at][j].num)
            row[j] = plus_product(s, row[j], coef, s->row[v->at][j]);
}

int simplex_row(Simplex *s, const SimplexTerm *term, int n)
{
    if (s->rows == SIMPLEX_MOST_ROWS)
        return -1;
    Rational *row = s->row[s->rows];
    if (!row)
        row = s->row[s->rows] = ARENA_ARRAY(s->arena, Rational, SIMPLEX_MOST_UNKNOWNS);
    for (int j = 0; j < s->columns; j++)
        row[j] = rational_of(0);
    Rational value = rational_of(0);
    for (int i = 0; i < n; i++) {
        Rational c = keep(s, rational_of(term[i].coef));
        add_to_row(s, row, term[i].var, c);
        value = plus_product(s, value, c, s->var[term[i].var].value);
    }
    s->var[s->vars] = (Var){.value = value, .basic = true, .at = s->rows};
    s->basic[s->rows++] = s->vars;
    return s->vars++;
}

// Takes the newest row back; its variable is basic still, having had no bounds.
static void drop_row(Simplex *s)
{
    s->rows--;
    s->vars--;
}

// ---- bounds ----

// Moves a column's variable by `by`, and every basic variable with it.
static void move(Simplex *s, int column, Rational by)
{
    Var *v = &s->var[s->column[column]];
    v->value = keep(s, rational_add(v->value, by));
    for (int i = 0; i < s->rows; i++)
        if (s->row[i][column].num) {
            Var *b = &s->var[s->basic[i]];
            b->value = plus_product(s, b->value, s->row[i][column], by);
        }
}

static void note(Simplex *s, int var)
{
    Change c = {var, s->var[var]};
    vec_push(s->arena, &s->trail, c);
}

// A column's variable must stay within its bounds; a basic one may wait for the next minimum. Bounds that cross
// leave the value within the older one, so that it is right again once the newer is taken back.
static void settle(Simplex *s, const Var *v, Rational to)
{
    bool crossed = v->has_least && v->has_most && rational_compare(v->least, v->most) > 0;
    if (!v->basic && !crossed)
        move(s, v->at, keep(s, rational_sub(to, v->value)));
}

void simplex_at_least(Simplex *s, int var, Rational least)
{
    Var *v = &s->var[var];
    if (rational_lost(least) || (v->has_least && rational_compare(least, v->least) <= 0))
        return;
    note(s, var);
    v->least = least;
    v->has_least = true;
    if (rational_compare(v->value, least) < 0)
        settle(s, v, least);
}

void simplex_at_most(Simplex *s, int var, Rational most)
{
    Var *v = &s->var[var];
    if (rational_lost(most) || (v->has_most && rational_compare(most, v->most) >= 0))
        return;
    note(s, var);
    v->most = most;
    v->has_most = true;
    if (rational_compare(v->value, most) > 0)
        settle(s, v, most);
}

int simplex_mark(const Simplex *s) { return s->trail.n; }

// Looser bounds never push a column's variable out: values and tableau may stay as they are.
void simplex_back(Simplex *s, int mark)
{
    while (s->trail.n > mark) {
        const Change *c = &s->trail.at[--s->trail.n];
        Var          *v = &s->var[c->var];
        v->least = c->was.least;
        v->most = c->was.most;
        v->has_least = c->was.has_least;
        v->has_most = c->was.has_most;
    }
}

// ---- pivots ----

// Solves row `r` for the variable of column `c`, and puts that into the other rows.
static void pivot(Simplex *s, int r, int c)
{
    Rational *from = s->row[r], one = rational_of(1), k = keep(s, rational_div(one, from[c]));
    for (int j = 0; j < s->columns; j++)
        if (from[j].num)
            from[j] = j == c ? k : keep(s, rational_neg(rational_mul(from[j], k)));
    for (int i = 0; i < s->rows; i++) {
        Rational *row = s->row[i], times = row[c];
        if (i == r || !times.num)
            continue;
        row[c] = rational_of(0);
        for (int j = 0; j < s->columns; j++)
            if (from[j].num)
                row[j] = plus_product(s, row[j], times, from[j]);
    }
    int out = s->basic[r], in = s->column[c];
    s->basic[r] = in;
    s->column[c] = out;
    s->var[in].basic = true;
    s->var[in].at = r;
    s->var[out].basic = false;
    s->var[out].at = c;
    *s->work -= s->columns + s->rows;
}

static bool below(const Var *v) { return v->has_least && rational_compare(v->value, v->least) < 0; }
static bool above(const Var *v) { return v->has_most && rational_compare(v->value, v->most) > 0; }

// Is there room to move up (direction 1) or down (-1)?
static bool movable(const Var *v, int direction)
{
    if (direction > 0)
        return !v->has_most || rational_compare(v->value, v->most) < 0;
    return !v->has_least || rational_compare(v->value, v->least) > 0;
}

// The column, of the smallest variable, whose move in its own direction moves row `r` in `direction`; -1: none.
static int entering(const Simplex *s, int r, int direction)
{
    int best = -1;
    for (int j = 0; j < s->columns; j++) {
        int sign = rational_sign(s->row[r][j]);
        if (sign && (best < 0 || s->column[j] < s->column[best]) && movable(&s->var[s->column[j]], sign * direction))
            best = j;
    }
    return best;
}

// ---- within all bounds ----

static int broken_row(const Simplex *s)
{
    int best = -1;
    for (int i = 0; i < s->rows; i++) {
        const Var *v = &s->var[s->basic[i]];
        if ((best < 0 || s->basic[i] < s->basic[best]) && (below(v) || above(v)))
            best = i;
    }
    return best;
}

// Finds values that keep all bounds; false when there are none (or it gave up).
static bool feasible(Simplex *s)
{
    for (int i = 0; i < s->vars; i++) {
        const Var *v = &s->var[i];
        if (v->has_least && v->has_most && rational_compare(v->least, v->most) > 0)
            return false;
    }
    for (int r; !gave_up(s) && (r = broken_row(s)) >= 0;) {
        const Var *v = &s->var[s->basic[r]];
        bool       up = below(v);
        int        c = entering(s, r, up ? 1 : -1);
        if (c < 0)
            return false;
        Rational gap = rational_sub(up ? v->least : v->most, v->value);
        move(s, c, keep(s, rational_div(gap, s->row[r][c])));
        pivot(s, r, c);
    }
    return !gave_up(s);
}

// ---- the least value ----

typedef struct {
    int      var, row;  // what stops the move; row -1: the moving variable's own other bound; var -1: nothing
    Rational by;
} Stop;

static void consider(Simplex *s, Stop *stop, int var, int row, Rational from, Rational to, Rational rate)
{
    Rational by = keep(s, rational_div(rational_sub(to, from), rate));
    if (gave_up(s))
        return;
    int order = stop->var < 0 ? -1 : rational_compare(by, stop->by);
    if (order < 0 || (order == 0 && var < stop->var))
        *stop = (Stop){var, row, by};
}

// How far the variable of column `c` can move in `direction` before a bound stops it.
static Stop reach(Simplex *s, int c, int direction)
{
    Stop       stop = {-1, -1, rational_of(0)};
    const Var *own = &s->var[s->column[c]];
    if (direction > 0 ? own->has_most : own->has_least)
        consider(s, &stop, s->column[c], -1, own->value, direction > 0 ? own->most : own->least,
                 rational_of(direction));
    for (int i = 0; i < s->rows; i++) {
        const Var *v = &s->var[s->basic[i]];
        Rational   rate = direction > 0 ? s->row[i][c] : rational_neg(s->row[i][c]);
        if (rate.num > 0 ? v->has_most : rate.num < 0 && v->has_least)
            consider(s, &stop, s->basic[i], i, v->value, rate.num > 0 ? v->most : v->least, rate);
    }
    return stop;
}

// Moves downhill along one column after the other; `r` is the row of what is minimised.
static SimplexAnswer descend(Simplex *s, int r)
{
    for (int c; !gave_up(s) && (c = entering(s, r, -1)) >= 0;) {
        int  direction = -rational_sign(s->row[r][c]);
        Stop stop = reach(s, c, direction);
        if (stop.var < 0 && !gave_up(s))
            return SIMPLEX_UNBOUNDED;
        move(s, c, direction > 0 ? stop.by : rational_neg(stop.by));
        if (stop.row >= 0)
            pivot(s, stop.row, c);
        *s->work -= s->rows;
    }
    return gave_up(s) ? SIMPLEX_GAVE_UP : SIMPLEX_LEAST;
}

SimplexAnswer simplex_minimise(Simplex *s, const SimplexTerm *term, int n, Rational *least)
{
    if (gave_up(s) || s->rows == SIMPLEX_MOST_ROWS)
        return SIMPLEX_GAVE_UP;
    int           var = simplex_row(s, term, n);
    SimplexAnswer answer = feasible(s) ? descend(s, s->rows - 1) : gave_up(s) ? SIMPLEX_GAVE_UP : SIMPLEX_EMPTY;
    *least = s->var[var].value;
    drop_row(s);
    return answer;
}

Rational simplex_value(const Simplex *s, int var) { return s->var[var].value; }

bool simplex_fixed(const Simplex *s, int var)
{
    const Var *v = &s->var[var];
    return v->has_least && v->has_most && rational_compare(v->least, v->most) >= 0;
}
