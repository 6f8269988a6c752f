// Shared by the derivative passes.
#ifndef PLX_AD_LINEAR_H
#define PLX_AD_LINEAR_H

#include "ad/ad.h"

// Forward mode: tangents by node. `failed` once a rule was missing.
typedef struct {
    Builder *b;
    Diags   *diags;
    Map     *tangent;   // Node -> Node
    Map     *loops;     // region operation -> its results' tangents (Node *[])
    bool     failed;
} Jvp;

// Reverse mode: cotangents by node, for the nodes that depend on the inputs.
typedef struct {
    Builder *b;
    Diags   *diags;
    Map     *cotangent;
    Map     *linear;    // the nodes that depend on the inputs: Node -> itself
    Map     *loops;     // region operation -> its results' cotangents (Node *[])
    bool     failed;
} Transpose;

// A node that stands for a tangent of that type and is in no list of nodes: what depends on it is linear in it.
Node *placeholder(Builder *b, const Node *like);
// Takes the nodes that depend on the placeholders out of the region: nothing uses them any more.
void  prune(Builder *b, Region *r, Node *const *held, int n);
// x at the type of `like`: repeated over its axes, under its guard.
Node *at_type_of(Builder *b, Node *x, const Node *like);
bool  is_float(const Node *n);
Map  *dependents(Builder *b, const Region *r, Node *const *from, int n);
// "no rule": E0701 by the operation's name.
void  no_rule(Diags *d, const Node *n, const char *direction);

// loop.c, run.c, fix.c: region operations; the tangents of their results go to j->loops.
void jvp_of_loop(Jvp *j, Node *n);
void transpose_of_loop(Transpose *t, Node *n);
void jvp_of_run(Jvp *j, Node *n);
void transpose_of_run(Transpose *t, Node *n);
void jvp_of_fix(Jvp *j, Node *n);
void transpose_of_fix(Transpose *t, Node *n);
// segment.c: the tangent of n from that of its sources.
Node *jvp_of_segment_extremum(Jvp *j, Node *n, Node *t);
Node *jvp_of_segment_product(Jvp *j, Node *n, Node *t);
// The tangents of a region operation by running it again beside them, in a region of its own.
void jvp_aside(Jvp *j, Node *n);
// A region operation that gives the tangents of some of n's results, in order: those with moved[i].
void tangents_from(Jvp *j, Node *n, Node *linear, Node *const *moved, int count);
void cotangent_add(Transpose *t, Node *n, Node *ct);

#endif
