// Forward rules that stand in files of their own: the tangent of n.
#ifndef PLX_AD_RULES_H
#define PLX_AD_RULES_H

#include "ad/linear.h"

// matrix.c: linear algebra.
Node *jvp_of_eigh(Jvp *j, Node *n);
Node *jvp_of_eig(Jvp *j, Node *n);
Node *jvp_of_svd(Jvp *j, Node *n);
Node *jvp_of_qr(Jvp *j, Node *n);
Node *jvp_of_cholesky(Jvp *j, Node *n);
Node *jvp_of_solve(Jvp *j, Node *n);
Node *jvp_of_lstsq(Jvp *j, Node *n);
Node *jvp_of_det(Jvp *j, Node *n);

// special.c: the gamma function and distribution.
Node *jvp_of_polygamma(Jvp *j, Node *n);
Node *jvp_of_gamma_density(Jvp *j, Node *n);
Node *jvp_of_gamma_series(Jvp *j, Node *n);
Node *jvp_of_log_gamma_quantile(Jvp *j, Node *n);

#endif
