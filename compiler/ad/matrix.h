// The forward rules of the operations of class LIBRARY that are linear algebra: the tangent of the result n.
#ifndef PLX_AD_MATRIX_H
#define PLX_AD_MATRIX_H

#include "ad/linear.h"

Node *jvp_of_eigh(Jvp *j, Node *n);

#endif
