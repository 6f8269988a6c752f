// plexus run: an experiment by JIT.
#include <stdio.h>

#include "driver/host.h"
#include "driver/session.h"

static bool run(Session *s, const Options *o, bool *held)
{
    Module *m = session_load(s, o->word[0]);
    Func   *f = m ? experiment_find(s->sema, m, o->nwords > 1 ? o->word[1] : NULL, o->set, o->nset) : NULL;
    if (!f)
        return false;
    const char *out = o->out ? o->out : arena_printf(s->arena, "runs/%s", f->name);
    RunHost    *h = host_new(s, o, o->word[0], out);
    if (!h)
        return false;
    host_keep(h, o, f->name);
    bool ok = experiment_run(s->sema, m, f, host_table(h), o->set, o->nset, o->seed);
    *held = host_end(h, ok);
    return ok;
}

int command_run(const Options *o)
{
    Session s;
    bool    held = true;
    session_begin(&s, o);
    run(&s, o, &held);
    int status = session_end(&s);
    return status == EXIT_DONE && !held ? EXIT_WRONG : status;
}
