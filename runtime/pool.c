// The thread pool. A run publishes one job; workers that see it enter, take chunks from a counter,
// and leave. The caller closes the job when no chunk is left and waits until all who entered have
// left, so a job's fields are never read after its run has returned.
#include "internal.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>

#define MAX_THREADS 256
#define SPINS       4000 // some tens of microseconds: more than between two kernels

typedef struct {
    PlxPool  *pool;
    int       number; // worker number, 1 up; the caller is 0
    pthread_t thread;
} Worker;

struct PlxPool {
    int     threads;
    Worker *workers; // threads - 1
    void   *scratch;

    PlxKernel *fn; // the job
    void      *arg;
    int64_t    n, grain, chunks;

    _Alignas(64) atomic_bool busy; // a run is on its way
    atomic_bool scratch_taken;
    _Alignas(64) atomic_llong next;     // the first chunk that no one has taken
    _Alignas(64) atomic_uint published; // jobs so far: what idle workers watch
    atomic_bool open;                   // the job may be entered
    atomic_bool stop;
    _Alignas(64) atomic_int inside; // workers that entered
    _Alignas(64) atomic_int sleepers;
    pthread_mutex_t lock;
    pthread_cond_t  wake;
};

static void pause_briefly(void)
{
#if defined(__x86_64__)
    __builtin_ia32_pause();
#endif
}

static void run_chunk(PlxKernel *fn, void *arg, int64_t n, int64_t grain, int64_t chunk, int worker)
{
    int64_t begin = chunk * grain;
    fn(arg, begin, n - begin < grain ? n : begin + grain, worker);
}

static void take_chunks(PlxPool *p, int worker)
{
    for (;;) {
        int64_t chunk = atomic_fetch_add(&p->next, 1);
        if (chunk >= p->chunks)
            return;
        run_chunk(p->fn, p->arg, p->n, p->grain, chunk, worker);
    }
}

// Waits for a job after number `seen`; returns the number of the one there is.
static unsigned wait_for_job(PlxPool *p, unsigned seen)
{
    for (int i = 0; i < SPINS; i++) {
        unsigned now = atomic_load(&p->published);
        if (now != seen)
            return now;
        pause_briefly();
    }
    pthread_mutex_lock(&p->lock);
    atomic_fetch_add(&p->sleepers, 1);
    while (atomic_load(&p->published) == seen)
        pthread_cond_wait(&p->wake, &p->lock);
    atomic_fetch_sub(&p->sleepers, 1);
    pthread_mutex_unlock(&p->lock);
    return atomic_load(&p->published);
}

static void *worker_main(void *arg)
{
    Worker  *w = arg;
    PlxPool *p = w->pool;
    unsigned seen = 0;
    for (;;) {
        seen = wait_for_job(p, seen);
        if (atomic_load(&p->stop))
            return NULL;
        // Entering comes before looking whether the job is open; closing comes before looking who
        // is inside.
        atomic_fetch_add(&p->inside, 1);
        if (atomic_load(&p->open))
            take_chunks(p, w->number);
        atomic_fetch_sub(&p->inside, 1);
    }
}

static void publish(PlxPool *p, int64_t wanted)
{
    atomic_fetch_add(&p->published, 1);
    if (atomic_load(&p->sleepers) == 0)
        return;
    pthread_mutex_lock(&p->lock);
    if (wanted >= p->threads - 1)
        pthread_cond_broadcast(&p->wake);
    else
        for (int64_t i = 0; i < wanted; i++)
            pthread_cond_signal(&p->wake);
    pthread_mutex_unlock(&p->lock);
}

static void wait_until_left(PlxPool *p)
{
    for (int i = 0; atomic_load(&p->inside) != 0; i++) {
        pause_briefly();
        if (i >= SPINS)
            sched_yield();
    }
}

static void run_shared(PlxPool *p, PlxKernel *fn, void *arg, int64_t n, int64_t grain,
                       int64_t chunks)
{
    p->fn = fn;
    p->arg = arg;
    p->n = n;
    p->grain = grain;
    p->chunks = chunks;
    atomic_store(&p->next, 0);
    atomic_store(&p->open, true);
    publish(p, chunks - 1);
    take_chunks(p, 0);
    atomic_store(&p->open, false);
    wait_until_left(p);
}

void plx_pool_run(PlxPool *pool, PlxKernel *fn, void *arg, int64_t n, int64_t grain)
{
    if (n <= 0)
        return;
    if (grain <= 0)
        grain = 1;
    int64_t chunks = n / grain + (n % grain != 0);
    if (pool && pool->threads > 1 && chunks > 1 && !atomic_exchange(&pool->busy, true)) {
        run_shared(pool, fn, arg, n, grain, chunks);
        atomic_store(&pool->busy, false);
        return;
    }
    for (int64_t chunk = 0; chunk < chunks; chunk++)
        run_chunk(fn, arg, n, grain, chunk, 0);
}

int plx_pool_threads(const PlxPool *pool)
{
    return pool ? pool->threads : 1;
}

void *plx_pool_take_scratch(PlxPool *pool)
{
    return pool && !atomic_exchange(&pool->scratch_taken, true) ? pool->scratch : NULL;
}

void plx_pool_give_scratch(PlxPool *pool)
{
    atomic_store(&pool->scratch_taken, false);
}

static int processors(void)
{
    cpu_set_t set;
    int       n = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
    return n < MAX_THREADS ? n : MAX_THREADS;
}

// Signals are the main thread's: workers block all of them.
static bool start_workers(PlxPool *p, PlxError *err)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int started = 1;
    for (int failed = 0; started < p->threads && !failed; started += !failed) {
        Worker *w = &p->workers[started - 1];
        *w = (Worker){.pool = p, .number = started};
        failed = pthread_create(&w->thread, NULL, worker_main, w);
        if (failed)
            break;
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (started == p->threads)
        return true;
    plx_error(err, PLX_ERR_FILE, "cannot start thread %d of %d", started + 1, p->threads);
    p->threads = started;
    return false;
}

static PlxPool *pool_alloc(int threads, PlxError *err)
{
    PlxPool *p = aligned_alloc(64, (sizeof *p + 63) / 64 * 64);
    if (!p) {
        plx_error(err, PLX_ERR_MEMORY, "out of memory for a thread pool");
        return NULL;
    }
    *p = (PlxPool){.threads = threads};
    pthread_mutex_init(&p->lock, NULL);
    pthread_cond_init(&p->wake, NULL);
    p->workers = calloc((size_t)threads, sizeof *p->workers);
    p->scratch = p->workers ? plx_block(PLX_SCRATCH, err) : NULL;
    if (p->scratch)
        return p;
    plx_error(err, PLX_ERR_MEMORY, "out of memory for %d threads", threads);
    p->threads = 1;
    plx_pool_free(p);
    return NULL;
}

PlxPool *plx_pool_new(int threads, PlxError *err)
{
    if (threads < 0 || threads > MAX_THREADS) {
        plx_error(err, PLX_ERR_LIMIT, "%d threads are not in 0..%d", threads, MAX_THREADS);
        return NULL;
    }
    PlxPool *p = plx_blas_begin(err) ? pool_alloc(threads ? threads : processors(), err) : NULL;
    if (p && !start_workers(p, err)) {
        plx_pool_free(p);
        return NULL;
    }
    return p;
}

void plx_pool_free(PlxPool *p)
{
    if (!p)
        return;
    atomic_store(&p->stop, true);
    publish(p, MAX_THREADS);
    for (int i = 1; i < p->threads; i++)
        pthread_join(p->workers[i - 1].thread, NULL);
    pthread_cond_destroy(&p->wake);
    pthread_mutex_destroy(&p->lock);
    free(p->workers);
    free(p->scratch);
    free(p);
}
