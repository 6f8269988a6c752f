// The forward rules of the operations of class LIBRARY that are linear algebra: the tangent of the result n.
#ifndef PLX_AD_MATRIX_H
#define PLX_AD_MATRIX_H

#include "ad/linear.h"

Node *jvp_of_eigh(Jvp *j, Node *n);
Node *jvp_of_svd(Jvp *j, Node *n);
Node *jvp_of_qr(Jvp *j, Node *n);
Node *jvp_of_cholesky(Jvp *j, Node *n);
Node *jvp_of_solve(Jvp *j, Node *n);
Node *jvp_of_lstsq(Jvp *j, Node *n);
Node *jvp_of_det(Jvp *j, Node *n);

#endif
