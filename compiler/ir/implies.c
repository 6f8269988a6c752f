// What conditions say of each other, by their shape alone.
#include "ir/region.h"

bool node_implies_not(const Node *guard, const Node *c)
{
    if (!guard)
        return false;
    if (guard->op == OP_AND)
        return node_implies_not(guard->in[0], c) || node_implies_not(guard->in[1], c);
    return (guard->op == OP_NOT && guard->in[0] == c) || (c->op == OP_NOT && c->in[0] == guard);
}

bool node_implies(const Node *guard, const Node *c)
{
    if (!guard || guard == c)
        return guard != NULL;
    return guard->op == OP_AND && (node_implies(guard->in[0], c) || node_implies(guard->in[1], c));
}

// What a loop's condition says of what the loop takes in and does not change.
static bool says(const Node *loop, const Node *part, const Node *c, bool yes)
{
    const Region *condition = loop->body[1];
    if (part->op == OP_AND)
        return says(loop, part->in[0], c, yes) || says(loop, part->in[1], c, yes);
    if (part->op == OP_ANY)
        return says(loop, part->in[0], c, yes);
    for (int i = region_turn(OP_LOOP) + (int)loop->attr.i; i < condition->params.n; i++)
        if (condition->params.at[i] == part)
            return (yes ? node_implies : node_implies_not)(loop->in[i - region_turn(OP_LOOP)], c);
    return false;
}

bool loop_turns_only_if(const Node *loop, const Node *c, bool yes)
{
    return loop->body[1] && says(loop, loop->body[1]->results.at[0], c, yes);
}
