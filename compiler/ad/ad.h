// Derivatives as program transformations. All functions add nodes to the builder's current region, in which the nodes
// given must stand (nodes from outside count as constants).
//
// Reverse mode is the transpose of the linear part of forward mode: jvp with fresh placeholders for tangents gives a
// program in which what depends on a placeholder is linear in it; transpose walks that part backwards (Frostig,
// Johnson, Maclaurin, Paszke, Radul, "Decomposing reverse-mode automatic differentiation", LAFI 2021).
#ifndef PLX_AD_AD_H
#define PLX_AD_AD_H

#include "ir/ir.h"

// The tangents of `out` when the nodes `wrt` move by `dwrt`; dout[i] is NULL where it is zero. False: an operation on
// the way has no rule (E0701, at its place).
bool ad_jvp(Builder *b, Diags *d, Node *const *out, int nout, Node *const *wrt, Node *const *dwrt, int nwrt,
            Node **dout);

// The transpose of the linear map from lin_in to lin_out, at the cotangents ct (NULL: zero): ct_in[i] has the type of
// lin_in[i], or is NULL where it is zero.
bool ad_transpose(Builder *b, Diags *d, Node *const *lin_out, Node *const *ct, int nout, Node *const *lin_in, int nin,
                  Node **ct_in);

// What the cotangents ct of y (NULL: zero) pull back to wrt: grad[i] has the type of wrt[i], or is NULL where nothing of
// y depends on it.
bool ad_pull(Builder *b, Diags *d, Node *const *y, Node *const *ct, int ny, Node *const *wrt, int nwrt, Node **grad);

// The gradient of y, weighed by ct (NULL: ones), with respect to wrt: grad[i] has the type of wrt[i], or is NULL where
// y does not depend on it.
bool ad_grad(Builder *b, Diags *d, Node *y, Node *ct, Node *const *wrt, int nwrt, Node **grad);

#endif
