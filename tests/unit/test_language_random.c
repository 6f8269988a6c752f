// Random programs in the language: each must pass the check, and all ways to run it must agree. A failure is reduced to
// a small program that fails alike.
//
// Ahead of time means: the object file that `plexus build` would write for each step, linked into a shared library and called
// on the same tensors. An experiment's own walk (loading, `minimize` in a loop, an optimizer's state from step to step) has no
// form ahead of time other than as the caller's loop, and calls the steps here as there; the golden tests of `plexus build` meet
// the C interface around them.
//
// Options: --seed N, --count N, --jobs N, --only K (one program, shown), --tries N.
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/mix.h"
#include "support/agree.h"
#include "support/random_source.h"

enum { CHUNK = 50, MOST_FAILURES = 64, KIND = 24, MOST_SHOWN = 20, PATIENCE = 120 };

typedef struct {
    uint64_t seed;
    int64_t  count, only;
    int      jobs, tries;
    bool     ahead;
} Settings;

// What processes tell each other.
typedef struct {
    int64_t     at;         // the program that runs, or ran when the process ended
    int64_t     done;
    AgreeCounts counts;
    int64_t     failed;     // its number; -1: none
    char        what[4000];
} Report;

static const char *stdlib_folder(void)
{
    const char *env = getenv("PLEXUS_STDLIB");
    return env ? env : PLEXUS_SOURCE "/stdlib";
}

static bool is_large(int64_t k) { return k % 32 == 31; }

static const char *source_of(Arena *a, Choices *c, int64_t k) { return random_source(a, c, is_large(k)); }

static bool is_wide(const char *source) { return strstr(source, "--precision f64") != NULL; }

static void draw(const Settings *s, Choices *c, int64_t k) { choices_draw(c, mix64(s->seed, (uint64_t)k)); }

// ---- one process ----

static const char *one(Agree *g, Arena *a, const char *source)
{
    alarm(PATIENCE);
    const char *wrong = agree_run(g, a, source, is_wide(source));
    alarm(0);
    return wrong;
}

static char *make_folder(void)
{
    static char folder[64];
    snprintf(folder, sizeof folder, "/tmp/plexus-random-%ld", (long)getpid());
    if (mkdtemp(strcat(folder, "-XXXXXX")))
        return folder;
    exit(3);
}

static void remove_folder(const char *folder)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    if (system(command))
        fprintf(stderr, "%s is left behind\n", folder);
}

static void fail(Report *r, int64_t k, const char *what)
{
    r->failed = k;
    snprintf(r->what, sizeof r->what, "%s", what);
}

// Programs [from, to); ends at the first that fails.
static void work(const Settings *s, Report *r, int64_t from, int64_t to)
{
    const char *folder = make_folder();
    Agree      *g = agree_new(stdlib_folder(), folder, -1);
    Choices    *c = malloc(sizeof *c);
    int64_t     which = 0;
    for (int64_t k = from; g && k < to && r->failed < 0; k++) {
        Arena *a = arena_new(NULL, NULL);
        r->at = k;
        draw(s, c, k);
        const char *wrong = one(g, a, source_of(a, c, k));
        if (wrong)
            fail(r, k, wrong);
        r->done = k + 1 - from;
        arena_free(a);
    }
    Arena      *a = arena_new(NULL, NULL);
    const char *wrong = g && s->ahead ? agree_ahead(g, a, &which) : NULL;
    if (wrong && r->failed < 0)
        fail(r, from + which, wrong);
    if (g)
        r->counts = agree_counts(g);
    remove_folder(folder);
    _exit(0);
}

static const char *how_it_ended(int status)
{
    return WIFSIGNALED(status) ? WTERMSIG(status) == SIGALRM ? "hangs: it takes more than two minutes" : strsignal(WTERMSIG(status)) : "it ends";
}

static Report *shared(size_t n)
{
    void *p = mmap(NULL, n * sizeof(Report), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (p == MAP_FAILED)
        exit(3);
    return p;
}

// ---- many processes ----

typedef struct {
    pid_t   pid;
    int64_t from, to;
} Job;

typedef struct {
    const Settings *s;
    Report         *report;    // one a job
    Job             job[16];
    int64_t         next;
    int64_t         failed[MOST_FAILURES];
    char            kind[MOST_FAILURES][KIND];
    int             nfailed;
    int64_t         done;
    AgreeCounts     counts;
} Night;

static void start(Night *n, int j, int64_t from, int64_t to)
{
    n->report[j] = (Report){.at = from, .failed = -1};
    n->job[j] = (Job){.from = from, .to = to};
    fflush(stdout);
    n->job[j].pid = fork();
    if (n->job[j].pid == 0)
        work(n->s, &n->report[j], from, to);
}

static void add_counts(Night *n, const AgreeCounts *c)
{
    n->counts.steps += c->steps;
    n->counts.apart_bits += c->apart_bits;
    n->counts.rough += c->rough;
    n->counts.ahead += c->ahead;
    n->counts.compile += c->compile;
    n->counts.interpret += c->interpret;
    n->counts.link += c->link;
}

static void note(Night *n, int64_t k, const char *what)
{
    if (n->nfailed < MOST_SHOWN)
        printf("program %lld of seed %llu: %.300s\n", (long long)k, (unsigned long long)n->s->seed, what);
    if (n->nfailed < MOST_FAILURES) {
        n->failed[n->nfailed] = k;
        snprintf(n->kind[n->nfailed], KIND, "%.*s", (int)strcspn(what, ":"), what);
    }
    n->nfailed++;
}

static bool is_new_kind(const Night *n, int i)
{
    for (int k = 0; k < i; k++)
        if (!strcmp(n->kind[k], n->kind[i]))
            return false;
    return true;
}

// A process ended: notes what it found, and goes on behind a failure.
static void ended(Night *n, int j, int status)
{
    Report *r = &n->report[j];
    bool    good = WIFEXITED(status) && WEXITSTATUS(status) == 0;
    int64_t at = !good ? r->at : r->failed;
    add_counts(n, &r->counts);
    n->done += r->done + !good;
    if (!good)
        note(n, at, how_it_ended(status));
    else if (at >= 0)
        note(n, at, r->what);
    int64_t rest = !good ? r->at + 1 : n->job[j].from + r->done;
    if (rest < n->job[j].to) {
        start(n, j, rest, n->job[j].to);
    } else if (n->next < n->s->count) {
        int64_t to = n->next + CHUNK < n->s->count ? n->next + CHUNK : n->s->count;
        start(n, j, n->next, to);
        n->next = to;
    } else {
        n->job[j].pid = 0;
    }
}

static void all(Night *n)
{
    for (int j = 0; j < n->s->jobs && n->next < n->s->count; j++) {
        int64_t to = n->next + CHUNK < n->s->count ? n->next + CHUNK : n->s->count;
        start(n, j, n->next, to);
        n->next = to;
    }
    for (;;) {
        int   status = 0;
        pid_t pid = wait(&status);
        if (pid < 0)
            return;
        for (int j = 0; j < n->s->jobs; j++)
            if (n->job[j].pid == pid) {
                ended(n, j, status);
                break;
            }
    }
}

// ---- reduction ----

typedef struct {
    Report  *r;
    int64_t  k;
    char     kind[KIND];
    Choices  c;
} Failure;

static void try_alone(Failure *f)
{
    const char *folder = make_folder();
    Agree      *g = agree_new(stdlib_folder(), folder, -1);
    Arena      *a = arena_new(NULL, NULL);
    int64_t     which;
    const char *wrong = g ? one(g, a, source_of(a, &f->c, f->k)) : NULL;
    if (!wrong && g && !strncmp(f->kind, "ahead", 5))
        wrong = agree_ahead(g, a, &which);
    if (wrong)
        fail(f->r, f->k, wrong);
    remove_folder(folder);
    _exit(0);
}

// What goes wrong with the choices in f->c, by a process of its own; NULL: nothing.
static const char *outcome(Failure *f)
{
    int status = 0;
    f->r->failed = -1;
    pid_t pid = fork();
    if (pid == 0)
        try_alone(f);
    if (waitpid(pid, &status, 0) != pid)
        return NULL;
    if (!WIFEXITED(status) || WEXITSTATUS(status))
        return how_it_ended(status);
    return f->r->failed >= 0 ? f->r->what : NULL;
}

static bool still_fails(void *user, const uint32_t *value, int n)
{
    Failure *f = user;
    choices_replay(&f->c, value, n);
    const char *what = outcome(f);
    return what && !strncmp(what, f->kind, strlen(f->kind));
}

static void make(void *user, Choices *c)
{
    Failure *f = user;
    Arena   *a = arena_new(NULL, NULL);
    source_of(a, c, f->k);
    arena_free(a);
}

static void reduce(const Settings *s, int64_t k, const char *kind)
{
    Failure *f = calloc(1, sizeof *f);
    Choices *c = malloc(sizeof *c);
    f->r = shared(1);
    f->k = k;
    snprintf(f->kind, sizeof f->kind, "%s", kind);
    draw(s, c, k);
    make(f, c);
    choices_reduce(c, make, still_fails, f, s->tries);
    choices_replay(&f->c, c->value, c->n);
    const char *what = outcome(f);
    Arena      *a = arena_new(NULL, NULL);
    choices_replay(c, c->value, c->n);
    printf("\nprogram %lld, reduced:\n%s%s\n", (long long)k, source_of(a, c, k), what ? what : "does not fail any more");
    arena_free(a);
    free(c);
    free(f);
}

// ---- the command line ----

static int64_t number(const char *text)
{
    char *end;
    errno = 0;
    int64_t v = strtoll(text, &end, 10);
    if (!*text || *end || errno) {
        fprintf(stderr, "`%s` is no number\n", text);
        exit(2);
    }
    return v;
}

static bool read_options(int argc, char **argv, Settings *s)
{
    for (int i = 1; i + 1 < argc; i += 2) {
        int64_t v = number(argv[i + 1]);
        if (!strcmp(argv[i], "--seed"))
            s->seed = (uint64_t)v;
        else if (!strcmp(argv[i], "--count"))
            s->count = v;
        else if (!strcmp(argv[i], "--only"))
            s->only = v;
        else if (!strcmp(argv[i], "--jobs") && v >= 1 && v <= 16)
            s->jobs = (int)v;
        else if (!strcmp(argv[i], "--tries"))
            s->tries = (int)v;
        else if (!strcmp(argv[i], "--ahead"))
            s->ahead = v != 0;
        else
            return false;
    }
    return argc % 2 == 1;
}

static int show_one(const Settings *s)
{
    Arena   *a = arena_new(NULL, NULL);
    Failure *f = calloc(1, sizeof *f);
    f->r = shared(1);
    f->k = s->only;
    draw(s, &f->c, s->only);
    const char *source = source_of(a, &f->c, s->only);
    draw(s, &f->c, s->only);
    snprintf(f->kind, sizeof f->kind, "ahead");
    const char *what = outcome(f);
    printf("%s\n%s\n", source, what ? what : "all agree");
    if (what && s->tries) {
        char kind[KIND];
        snprintf(kind, sizeof kind, "%.*s", (int)strcspn(what, ":"), what);
        reduce(s, s->only, kind);
    }
    return what != NULL;
}

int main(int argc, char **argv)
{
    Settings s = {.seed = 1, .count = 2000, .only = -1, .jobs = 2, .tries = 1500, .ahead = true};
    if (!read_options(argc, argv, &s)) {
        fprintf(stderr, "usage: %s [--seed N] [--count N] [--jobs N] [--only K] [--tries N] [--ahead 0|1]\n", argv[0]);
        return 2;
    }
    if (s.only >= 0)
        return show_one(&s);
    Night n = {.s = &s, .report = shared(16)};
    printf("seed %llu\n", (unsigned long long)s.seed);
    all(&n);
    printf("%lld programs, %lld steps, %lld called from libraries; %lld outputs have other bits without fusion, %lld were too sensitive;\n"
           "compiling %.1f s, interpreting %.1f s, linking %.1f s\n",
           (long long)n.done, (long long)n.counts.steps, (long long)n.counts.ahead, (long long)n.counts.apart_bits,
           (long long)n.counts.rough, n.counts.compile, n.counts.interpret, n.counts.link);
    int shown = n.nfailed < MOST_FAILURES ? n.nfailed : MOST_FAILURES;
    for (int i = 0, reduced = 0; i < shown && reduced < 3 && s.tries; i++)
        if (is_new_kind(&n, i)) {
            reduce(&s, n.failed[i], n.kind[i]);
            reduced++;
        }
    printf("%lld passed, %d failed\n", (long long)(n.done - n.nfailed), n.nfailed);
    return n.nfailed != 0;
}
