// Axes of random programs: sizes, and relations among them.
#include "support/source_gen.h"

static const int sizes[] = {2, 1, 3, 4, 5, 7, 8, 9, 16, 17, 33};

int set_size(Set s) { return __builtin_popcountll(s); }

double count_of(const Gen *g, Set s)
{
    double n = 1;
    for (int i = 0; i < g->naxes; i++)
        if (s & BIT(i))
            n *= g->axis[i].size > 0 ? (double)g->axis[i].size : 1;
    return n;
}

bool fits(const Gen *g, Set s) { return set_size(s) <= 5 && count_of(g, s) <= g->count; }

Set open_axes(const Gen *g, Set s)
{
    Set out = 0;
    for (int i = 0; i < g->naxes; i++)
        if (s & BIT(i) && g->axis[i].open)
            out |= BIT(i);
    return out;
}

const char *axis_list(Gen *g, Set s, const char *before)
{
    const char *text = "";
    for (int i = 0; i < g->naxes; i++)
        if (s & BIT(i))
            text = TEXT("%s%s%s%s", text, *text ? ", " : "", before, g->axis[i].name);
    return text;
}

int pick_axis(Gen *g, Set s)
{
    int n = set_size(s);
    if (!n)
        return -1;
    int k = choose(g->c, n);
    for (int i = 0; i < g->naxes; i++)
        if (s & BIT(i) && k-- == 0)
            return i;
    return -1;
}

Set pick_subset(Gen *g, Set s)
{
    Set out = 0;
    for (int i = 0; i < g->naxes; i++)
        if (s & BIT(i) && choose(g->c, 2))
            out |= BIT(i);
    return out;
}

int axis_add(Gen *g, GenAxis ax)
{
    if (g->naxes >= MOST_AXES)
        return -1;
    g->axis[g->naxes] = ax;
    g->visible |= BIT(g->naxes);
    return g->naxes++;
}

int twin_of(Gen *g, int axis)
{
    if (g->axis[axis].open)
        return -1;
    if (g->axis[axis].relation == REL_TWIN)
        return g->visible & BIT(g->axis[axis].a) ? g->axis[axis].a : -1;
    const char *name = TEXT("%s'", g->axis[axis].name);
    for (int i = 0; i < g->naxes; i++)
        if (!strcmp(g->axis[i].name, name) && g->axis[i].a == axis) {
            g->visible |= BIT(i);
            return i;
        }
    return axis_add(g, (GenAxis){.name = name, .size = g->axis[axis].size, .known = g->axis[axis].known,
                                 .open = g->axis[axis].open, .relation = REL_TWIN, .a = axis});
}

// ---- those of a whole program ----

static void plain(Gen *g, bool large)
{
    static const int many[] = {211, 190, 1031, 5003, 40009};
    GenAxis          ax = {.name = TEXT("a%d", g->naxes), .known = true};
    ax.size = large && choose(g->c, 2) ? many[choose(g->c, 5)] : sizes[choose_weighted(g->c, (int[]){6, 3, 6, 5, 5, 3, 2, 2, 1, 1, 1}, 11)];
    bool named = ax.size > 1 && ax.size <= 4 && choose_chance(g->c, 20);
    if (axis_add(g, ax) < 0)
        return;
    if (!named) {
        buf_printf(&g->text, "axis %s = %d\n", ax.name, (int)ax.size);
        return;
    }
    buf_printf(&g->text, "axis %s = (", ax.name);
    for (int i = 0; i < ax.size; i++)
        buf_printf(&g->text, "%s%s_%d", i ? ", " : "", ax.name, i);
    buf_puts(&g->text, ")\n");
}

static void related(Gen *g)
{
    int     a = pick_axis(g, g->visible), b = pick_axis(g, g->visible), how = choose(g->c, 4);
    int64_t m = g->axis[a].size, n = g->axis[b].size;
    GenAxis ax = {.name = TEXT("a%d", g->naxes), .known = true, .a = a, .b = b};
    if (how == 0) {
        ax.relation = REL_TWIN;
        ax.size = m;
        buf_printf(&g->text, "axis %s = #%s\n", ax.name, g->axis[a].name);
    } else if (how == 1 && a != b) {
        ax.relation = REL_SUM;
        ax.size = m + n;
        buf_printf(&g->text, "axis %s = #%s + #%s\n", ax.name, g->axis[a].name, g->axis[b].name);
    } else if (how == 2 && a != b && m * n <= 64) {
        ax.relation = REL_PRODUCT;
        ax.size = m * n;
        buf_printf(&g->text, "axis %s = #%s * #%s\n", ax.name, g->axis[a].name, g->axis[b].name);
    } else if (how == 3 && a != b) {
        ax.relation = REL_WINDOW;
        ax.step = 1 + choose(g->c, 3);
        ax.gap = 1 + choose(g->c, 2);
        if (m < ax.gap * (n - 1) + 1)
            return;
        ax.size = (m - ax.gap * (n - 1) - 1) / ax.step + 1;
        buf_printf(&g->text, "axis %s = (#%s - %d * (#%s - 1) - 1) div %d + 1\n", ax.name, g->axis[a].name, ax.gap, g->axis[b].name, ax.step);
    } else {
        return;
    }
    axis_add(g, ax);
}

void gen_axes(Gen *g, bool large)
{
    plain(g, large);
    for (int i = 0; i < 5; i++) {
        int span = choice_begin(g->c, SPAN_AXIS), more = choose_weighted(g->c, (int[]){2, 5, 4}, 3);
        if (more == 1)
            plain(g, large && i < 2);
        else if (more == 2)
            related(g);
        choice_end(g->c, span);
    }
}
