// A loop with a condition makes the size of its axis: whatever is over that axis comes behind it,
// though no operand says so (zeros along it, say).
#include "ir/region.h"

typedef struct {
    Arena *arena;
    Map   *open;    // size variables whose loop has not come yet
    Map   *waiting; // nodes put off
} Order;

static bool size_is_open(const Order *o, const Size *s)
{
    SizeVar *var[16];
    int      n = size_vars(s, var, 16);
    for (int i = 0; i < n && i < 16; i++)
        if (map_get(o->open, var[i]))
            return true;
    return false;
}

static bool axes_are_open(const Order *o, Axis *const *ax, int n)
{
    for (int i = 0; i < n; i++)
        if (size_is_open(o, ax[i]->size))
            return true;
    return false;
}

static bool must_wait(const Order *o, const Node *n)
{
    for (int i = 0; i < n->nin; i++)
        if (map_get(o->waiting, n->in[i]))
            return true;
    if (n->type.guard && map_get(o->waiting, n->type.guard))
        return true;
    if (region_made(n))
        return false;
    return axes_are_open(o, n->type.axes.at, n->type.axes.n) ||
           axes_are_open(o, n->attr.ax, n->attr.nax) || axes_are_open(o, n->attr.bx, n->attr.nbx) ||
           (n->attr.size && size_is_open(o, n->attr.size));
}

static void put(Order *o, Region *r, Node **late, int *nlate, Node *n)
{
    vec_push(o->arena, &r->nodes, n);
    SizeVar *made = region_made(n);
    if (!made)
        return;
    map_put(o->open, made, NULL);
    int waiting = *nlate;
    *nlate = 0;
    for (int i = 0; i < waiting; i++)
        map_put(o->waiting, late[i], NULL);
    for (int i = 0; i < waiting; i++) {
        if (must_wait(o, late[i])) {
            map_put(o->waiting, late[i], late[i]);
            late[(*nlate)++] = late[i];
        } else {
            put(o, r, late, nlate, late[i]);
        }
    }
}

static void order_region(Arena *a, Region *r)
{
    Order o = {a, map_new(a), map_new(a)};
    int   makers = 0, n = r->nodes.n, nlate = 0;
    for (int i = 0; i < n; i++) {
        Node    *x = r->nodes.at[i];
        SizeVar *made = region_made(x);
        if (made)
            map_put(o.open, made, made);
        makers += made != NULL;
        for (int k = 0; k < 2; k++)
            if (x->body[k])
                order_region(a, x->body[k]);
    }
    if (!makers)
        return;
    Node **old = ARENA_ARRAY(a, Node *, n + 1), **late = ARENA_ARRAY(a, Node *, n + 1);
    for (int i = 0; i < n; i++)
        old[i] = r->nodes.at[i];
    r->nodes.n = 0;
    for (int i = 0; i < n; i++) {
        if (must_wait(&o, old[i])) {
            map_put(o.waiting, old[i], old[i]);
            late[nlate++] = old[i];
        } else {
            put(&o, r, late, &nlate, old[i]);
        }
    }
    for (int i = 0; i < nlate; i++) // over an axis that no loop of this region makes
        vec_push(a, &r->nodes, late[i]);
}

void program_order(Program *p) { order_region(p->arena, p->main); }
