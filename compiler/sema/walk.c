// Running, stopping and resuming: see walk.h.
#include "sema/walk.h"

#include <string.h>

#include "sema/step.h"

bool walk_hollow(const Sema *s) { return s->walk && s->walk->until > 0; }
bool walk_stopped(const Sema *s) { return s->walk && s->walk->stopped; }

void walk_stop(Sema *s)
{
    if (s->walk)
        s->walk->stopped = true;
}

bool walk_begin(Sema *s, Walk *w)
{
    *w = (Walk){0};
    s->walk = w;
    return !s->host->resume || s->host->resume(s->host->user, w);
}

static bool astray(Sema *s, Span where)
{
    s->walk->stopped = true;
    if (diags_errors(s->diags) == 0)
        sema_error(s, DIAG_E0604, where, "the run took another way than when its state was kept; run it again without --resume");
    return false;
}

// The tensors whose data only the run has, in the order of their birth.
static int tensors_of_run(Sema *s, HostTensor **out)
{
    int n = 0;
    for (int i = 0; i < s->live->n; i++)
        if (!s->live->at[i]->known)
            out[n++] = s->live->at[i];
    return n;
}

static bool take_up(Sema *s, HostTensor *const *t, int n, Span where)
{
    Walk *w = s->walk;
    if (w->next != w->decisions.n || w->taken)
        return astray(s, where);
    w->until = 0;
    if (!s->host->refill(s->host->user, t, n, where))
        return false;
    for (int i = 0; i < n; i++)
        t[i]->hollow = false;
    return true;
}

bool walk_on(Sema *s, Span where)
{
    Walk *w = s->walk;
    if (!w || w->stopped)
        return !w;
    w->at++;
    bool arrives = w->until == w->at, keeps = !w->until && s->host->due && s->host->due(s->host->user);
    if (arrives || keeps) {
        HostTensor **t = ARENA_ARRAY(s->arena, HostTensor *, s->live->n + 1);
        int          n = tensors_of_run(s, t);
        w->stopped = arrives ? !take_up(s, t, n, where) : !s->host->keep(s->host->user, w, t, n, where);
    }
    w->stopped = w->stopped || s->host->stop(s->host->user, where);
    return !w->stopped;
}

static void remember(Sema *s, double x)
{
    Walk     *w = s->walk;
    Decision *last = w->decisions.n ? &w->decisions.at[w->decisions.n - 1] : NULL;
    if (last && !memcmp(&last->value, &x, sizeof x)) {
        last->times++;
        return;
    }
    vec_push(s->keep, &w->decisions, ((Decision){x, 1}));
}

double walk_decision(Sema *s, double x)
{
    Walk *w = s->walk;
    if (!w)
        return x;
    if (!w->until) {
        remember(s, x);
        return x;
    }
    if (w->next == w->decisions.n) {
        astray(s, SPAN_NONE);
        return 0;
    }
    const Decision *d = &w->decisions.at[w->next];
    if (++w->taken == d->times) {
        w->next++;
        w->taken = 0;
    }
    return d->value;
}

bool walk_number(Sema *s, const Value *v, double *out)
{
    bool computed = v && v->kind == V_TENSOR && v->host && v->host->n == 0 && !v->fixed && !v->host->known;
    if (!computed)
        return host_number(v, out);
    *out = walk_decision(s, v->host->hollow ? 0 : tensor_number(v->host, 0));
    return true;
}

bool walk_end(Sema *s, Span where) { return !walk_hollow(s) || walk_stopped(s) || astray(s, where); }
