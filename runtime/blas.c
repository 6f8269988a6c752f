// OpenBLAS as the runtime uses it: on one thread of its own, and with kernels for this processor. An OpenBLAS that is
// older than the processor takes it for the oldest of its family, and is then ten times slower than it could be; where
// it has kernels for wider vectors, it is made to choose again.
#include "internal.h"

#include <cblas.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#if defined __x86_64__

extern char *openblas_get_corename(void);
// Of a library with kernels for many processors alone.
extern void gotoblas_dynamic_init(void) __attribute__((weak));
extern void gotoblas_dynamic_quit(void) __attribute__((weak));

static const char *const wide[] = {"Haswell", "Zen", "SkylakeX", "Cooperlake", "SapphireRapids", "Excavator"};

static bool has_wide_kernels(void)
{
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
        if (!strcasecmp(openblas_get_corename(), wide[i]))
            return true;
    return false;
}

static const char *best_core(void)
{
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512vl"))
        return "SkylakeX";
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? "Haswell" : NULL;
}

// What the user has asked for stands.
static void choose_core(void)
{
    const char *core = best_core();
    if (!core || !gotoblas_dynamic_init || !gotoblas_dynamic_quit || getenv("OPENBLAS_CORETYPE") || has_wide_kernels())
        return;
    setenv("OPENBLAS_CORETYPE", core, 1);
    gotoblas_dynamic_quit();
    gotoblas_dynamic_init();
    unsetenv("OPENBLAS_CORETYPE");
}

#else

static void choose_core(void) {}

#endif

bool plx_blas_begin(PlxError *err)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, choose_core);
    openblas_set_num_threads(1);
    int n = openblas_get_num_threads();
    return n == 1 || plx_error(err, PLX_ERR_LIMIT, "OpenBLAS uses %d threads; 1 was asked for", n);
}
