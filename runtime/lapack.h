// LAPACK as OpenBLAS ships it. Its two widths differ in their pointers' targets alone, so that both are declared alike;
// the lengths of text arguments come last, as gfortran has them.
#ifndef PLX_RUNTIME_LAPACK_H
#define PLX_RUNTIME_LAPACK_H

#include <stddef.h>

typedef void LapackSyevd(const char *jobz, const char *uplo, const int *n, void *a, const int *lda, void *w, void *work,
                         const int *lwork, int *iwork, const int *liwork, int *info, size_t, size_t);
typedef void LapackGeev(const char *jobvl, const char *jobvr, const int *n, void *a, const int *lda, void *wr, void *wi,
                        void *vl, const int *ldvl, void *vr, const int *ldvr, void *work, const int *lwork, int *info,
                        size_t, size_t);
typedef void LapackGesdd(const char *jobz, const int *m, const int *n, void *a, const int *lda, void *s, void *u,
                         const int *ldu, void *vt, const int *ldvt, void *work, const int *lwork, int *iwork, int *info,
                         size_t);
typedef void LapackGeqrf(const int *m, const int *n, void *a, const int *lda, void *tau, void *work, const int *lwork,
                         int *info);
typedef void LapackOrgqr(const int *m, const int *n, const int *k, void *a, const int *lda, const void *tau, void *work,
                         const int *lwork, int *info);
typedef void LapackPotrf(const char *uplo, const int *n, void *a, const int *lda, int *info, size_t);
typedef void LapackGesv(const int *n, const int *nrhs, void *a, const int *lda, int *ipiv, void *b, const int *ldb,
                        int *info);
typedef void LapackGetrf(const int *m, const int *n, void *a, const int *lda, int *ipiv, int *info);
typedef void LapackGelsd(const int *m, const int *n, const int *nrhs, void *a, const int *lda, void *b, const int *ldb,
                         void *s, const void *rcond, int *rank, void *work, const int *lwork, int *iwork, int *info);
LapackSyevd dsyevd_, ssyevd_;
LapackGeev  dgeev_, sgeev_;
LapackGesdd dgesdd_, sgesdd_;
LapackGeqrf dgeqrf_, sgeqrf_;
LapackOrgqr dorgqr_, sorgqr_;
LapackPotrf dpotrf_, spotrf_;
LapackGesv  dgesv_, sgesv_;
LapackGetrf dgetrf_, sgetrf_;
LapackGelsd dgelsd_, sgelsd_;

#endif
