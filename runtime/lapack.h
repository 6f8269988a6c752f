// LAPACK as OpenBLAS ships it. Its two widths differ in their pointers' targets alone, so that both are declared alike;
// the lengths of text arguments come last, as gfortran has them.
#ifndef PLX_RUNTIME_LAPACK_H
#define PLX_RUNTIME_LAPACK_H

#include <stddef.h>

typedef void LapackSyevd(const char *jobz, const char *uplo, const int *n, void *a, const int *lda, void *w, void *work,
                         const int *lwork, int *iwork, const int *liwork, int *info, size_t, size_t);
LapackSyevd dsyevd_, ssyevd_;

#endif
