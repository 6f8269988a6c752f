// plexus check: parse and type-check; --types shows every name with its axes.
#include <stdio.h>
#include <string.h>

#include "driver/output.h"
#include "driver/session.h"

// The names of one file, not of what it uses.
static void show_types(const Session *s, int file)
{
    for (int i = 0; i < s->types.rows.n; i++) {
        const TypeRow *r = &s->types.rows.at[i];
        if (r->where.file != file)
            continue;
        const Source  *f = sources_get(s->sources, r->where.file);
        int            line, column;
        source_position(f, r->where.begin, &line, &column);
        printf("%s:%d:%d: %s: %s\n", f->path, line, column, r->name, r->text);
    }
}

// Writes into the file what its messages offer.
static void fix_file(Session *s, const char *path)
{
    int     n = 0;
    Module *m = sema_load(s->sema, path);
    if (m)
        sema_check(s->sema, m);
    char *text = m ? diags_fixed(s->diags, s->sources, m->file, -1, &n) : NULL;
    if (text && output_write(s, path, text, strlen(text)))
        printf("%s: %d %s applied\n", path, n, n == 1 ? "fix" : "fixes");
}

static void fix_files(const Options *o)
{
    for (int i = 0; i < o->nwords; i++) {
        Session s;
        session_begin(&s, o);
        fix_file(&s, o->word[i]);
        session_drop(&s);
    }
}

int command_check(const Options *o)
{
    Session s;
    if (o->fix)
        fix_files(o);
    session_begin(&s, o);
    for (int i = 0; i < o->nwords; i++) {
        Module *m = sema_load(s.sema, o->word[i]);
        if (m)
            sema_check(s.sema, m);
        if (m && o->types)
            show_types(&s, m->file);
    }
    return session_end(&s);
}
