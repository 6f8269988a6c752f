// plexus draw: the diagram of a block as it was checked.
#include <stdio.h>
#include <string.h>

#include "draw/draw.h"
#include "driver/output.h"
#include "driver/session.h"

static bool ends_with(const char *s, const char *end)
{
    size_t n = strlen(s), k = strlen(end);
    return n >= k && !strcmp(s + n - k, end);
}

static bool draw(Session *s, const Options *o)
{
    Buf     b = {0};
    Module *m = session_load(s, o->word[0]);
    Func   *f = m ? session_find(s, m, o->word[1]) : NULL;
    if (!f)
        return false;
    Contract *c = contract_of(s->sema, f);
    if (!c->program) {
        diag_report(s->diags, DIAG_E0901, f->decl->at, "drawing a template (parameters without types) is not built yet");
        return false;
    }
    bool ok = draw_svg(c->program, f->name, &b) && output_write(s, o->out, b.at, b.n);
    buf_free(&b);
    return ok;
}

int command_draw(const Options *o)
{
    Session s;
    if (!o->out || !ends_with(o->out, ".svg")) {
        fprintf(stderr, "plexus draw: say where to draw to: -o NAME.svg\n");
        return EXIT_USAGE;
    }
    session_begin(&s, o);
    draw(&s, o);
    return session_end(&s);
}
