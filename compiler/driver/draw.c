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

// The only block of a file, or NULL with a message that lists them.
static Func *only_block(Session *s, const Module *m)
{
    Func *only = NULL;
    Buf   names = {0};
    int   n = 0;
    for (int i = 0; i < m->scope->entries.n; i++) {
        Entry *e = m->scope->entries.at[i];
        bool   is = e->kind == ENTRY_VALUE && e->value->kind == V_FUNC && e->value->func->kind == FUNC_DECL &&
                  e->value->func->decl->kind == SYN_BLOCK;
        if (!is)
            continue;
        only = e->value->func;
        buf_printf(&names, "%s`%s`", n++ ? ", " : "", e->name);
    }
    if (n != 1)
        diag_report(s->diags, DIAG_E0604, SPAN_NONE, n ? "%s has several blocks: say which of %s" : "%s has no block to draw",
                    m->path, names.at ? names.at : "");
    buf_free(&names);
    return n == 1 ? only : NULL;
}

static bool draw(Session *s, const Options *o)
{
    Buf     b = {0};
    Module *m = session_load(s, o->word[0]);
    Func   *f = !m ? NULL : o->word[1] ? session_find(s, m, o->word[1]) : only_block(s, m);
    if (!f)
        return false;
    Contract *c = contract_of(s->sema, f);
    if (!c->program) {
        diag_report(s->diags, DIAG_E0901, f->decl->at, "drawing a template (parameters without types) is not built yet");
        return false;
    }
    bool ok = draw_svg(c, f->name, &b) && output_write(s, o->out, b.at, b.n);
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
