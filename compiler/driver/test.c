// plexus test: the tests in the files, each an experiment of its own.
#include <stdio.h>

#include "driver/host.h"
#include "driver/session.h"

typedef struct {
    Session       *s;
    const Options *o;
    const char    *path;
    int            passed, failed;
} Tests;

static void run_test(Tests *t, Module *m, Func *f)
{
    const char *out = t->o->out ? t->o->out : "runs/tests";
    RunHost    *h = host_new(t->s, t->o, t->path, out);
    if (!h) {
        t->failed++;
        return;
    }
    bool done = experiment_run(t->s->sema, m, f, host_table(h), NULL, 0, t->o->seed);
    bool ok = host_end(h, done) && done;
    printf("%s  %s\n", ok ? "passed" : "FAILED", f->decl->text);
    fflush(stdout);
    t->passed += ok;
    t->failed += !ok;
}

static void run_file(Tests *t, const char *path)
{
    Module *m = session_load(t->s, path);
    t->path = path;
    if (!m) {
        t->failed++;
        return;
    }
    Func *f = NULL;
    while ((f = test_next(m, f)))
        run_test(t, m, f);
}

int command_test(const Options *o)
{
    Session s;
    Tests   t = {.s = &s, .o = o};
    session_begin(&s, o);
    for (int i = 0; i < o->nwords; i++)
        run_file(&t, o->word[i]);
    int status = session_end(&s);
    printf("%d passed, %d failed\n", t.passed, t.failed);
    return status == EXIT_DONE && t.failed ? EXIT_WRONG : status;
}
