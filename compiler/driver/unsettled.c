// Fixed points that were not reached: counted by the runtime as a run goes on, told once a place at its end.
#include <string.h>

#include "driver/runhost.h"

void host_note_fixed_points(RunHost *h, const Region *r)
{
    for (int i = 0; i < r->nodes.n; i++) {
        const Node *n = r->nodes.at[i];
        if (n->op == OP_FIX && n->attr.text)
            vec_push(h->session->arena, &h->fixed_points, ((FixedPoint){n->attr.text, n->where}));
        for (int k = 0; k < 2; k++)
            if (n->body[k])
                host_note_fixed_points(h, n->body[k]);
    }
}

static Span place_of(const RunHost *h, const char *place)
{
    for (int i = 0; i < h->fixed_points.n; i++)
        if (!strcmp(h->fixed_points.at[i].place, place))
            return h->fixed_points.at[i].where;
    return SPAN_NONE;
}

void host_tell_unsettled(RunHost *h)
{
    for (int i = 0; i < h->ctx.places; i++) {
        const PlxUnsettled *u = &h->ctx.unsettled[i];
        const char         *what = strstr(u->place, ": ");
        if (!u->failed)
            continue;
        Diag *d = diag_report(h->session->diags, DIAG_E0808, place_of(h, u->place), "fixed point: %lld of %lld positions %s",
                              (long long)u->failed, (long long)u->of, what ? what + 2 : u->place);
        diag_note(d, SPAN_NONE, "such a position is NaN");
        diag_help(d, "another start, more turns, or `else` and the name behind it, which keeps the last value");
    }
}
