#include "driver/session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifndef PLEXUS_STDLIB
#define PLEXUS_STDLIB "/usr/local/share/plexus/stdlib"
#endif

static void no_memory(void *user)
{
    (void)user;
    fputs("plexus: out of memory\n", stderr);
    exit(EXIT_FAILED);
}

Arena *session_arena(void)
{
    Arena *a = arena_new(no_memory, NULL);
    if (!a)
        no_memory(NULL);
    return a;
}

// By option, by environment, beside the program in its build folder, where it was installed.
const char *session_stdlib(Arena *a, const Options *o)
{
    char        self[4096];
    const char *env = getenv("PLEXUS_STDLIB");
    if (o->stdlib || env)
        return o->stdlib ? o->stdlib : env;
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    if (n > 0) {
        self[n] = 0;
        *strrchr(self, '/') = 0;
        static const char *const near[] = {"stdlib", "../stdlib", "../share/plexus/stdlib"};
        for (size_t i = 0; i < sizeof near / sizeof *near; i++) {
            const char *path = arena_printf(a, "%s/%s", self, near[i]);
            if (!access(arena_printf(a, "%s/prelude.plx", path), R_OK))
                return path;
        }
    }
    return PLEXUS_STDLIB;
}

void session_begin(Session *s, const Options *o)
{
    *s = (Session){.json = o->json, .apart = o->apart};
    s->arena = session_arena();
    s->names = names_new(s->arena);
    s->sources = sources_new(s->arena);
    s->diags = diags_new(s->arena);
    const char *path = o->path ? o->path : getenv("PLEXUS_PATH");
    SemaOptions so = {session_stdlib(s->arena, o), path, o->precision, o->types ? &s->types : NULL};
    s->sema = sema_new(s->arena, s->names, s->sources, s->diags, &so);
}

Module *session_load(Session *s, const char *path)
{
    Module *m = sema_load(s->sema, path);
    if (m)
        sema_check(s->sema, m);
    return m && diags_errors(s->diags) == 0 ? m : NULL;
}

Func *session_find(Session *s, Module *m, const char *name)
{
    for (int i = 0; i < m->scope->entries.n; i++) {
        Entry *e = m->scope->entries.at[i];
        if (!strcmp(e->name, name) && e->kind == ENTRY_VALUE && e->value->kind == V_FUNC && e->value->func->kind == FUNC_DECL)
            return e->value->func;
    }
    report_undeclared(s->sema, m, name);
    return NULL;
}

static bool is_resource(const Session *s) { return s->failed || s->sema->failed_io; }

void session_drop(Session *s)
{
    if (s->failed)
        session_end(s);
    else
        arena_free(s->arena);
}

int session_end(Session *s)
{
    Buf  b = {0};
    bool wrong = diags_errors(s->diags) > 0;
    if (s->json)
        diags_render_json(s->diags, s->sources, &b);
    else
        diags_render(s->diags, s->sources, isatty(STDERR_FILENO), &b);
    if (b.n)
        fputs(b.at, s->json ? stdout : stderr);
    int status = is_resource(s)                      ? EXIT_FAILED
                 : diags_have(s->diags, DIAG_E0604) ? EXIT_USAGE  // it is the command that asks for what cannot be run
                 : wrong                            ? EXIT_WRONG
                                                    : EXIT_DONE;
    buf_free(&b);
    arena_free(s->arena);
    return status;
}
