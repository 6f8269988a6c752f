// plexus build: a block, a function or a training step as native code that needs the runtime alone.
//
// LLVM makes the objects; a short C source beside them describes state, arguments and results to the runtime, and the
// C compiler joins them.
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "driver/cfile.h"
#include "driver/output.h"
#include "emit/emit.h"

#ifndef PLEXUS_LIBDIR
#define PLEXUS_LIBDIR "/usr/local/lib"
#endif

extern char **environ;

typedef enum { KIND_EXE, KIND_OBJECT, KIND_SHARED, KIND_LLVM, KIND_ASM } Kind;
static const struct {
    const char *name, *ending;
    Kind        kind;
} kinds[] = {{"obj", ".o", KIND_OBJECT}, {"so", ".so", KIND_SHARED}, {"llvm", ".ll", KIND_LLVM}, {"asm", ".s", KIND_ASM},
             {"exe", "", KIND_EXE}};

static bool ends_with(const char *s, const char *end)
{
    size_t n = strlen(s), k = strlen(end);
    return n >= k && !strcmp(s + n - k, end);
}

static bool find_kind(const Options *o, Kind *out)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (o->emit ? !strcmp(o->emit, kinds[i].name) : ends_with(o->out, kinds[i].ending)) {
            *out = kinds[i].kind;
            return true;
        }
    return false;
}

// ---- files and the C compiler ----

static bool run_compiler(Session *s, char *const *argv)
{
    pid_t pid;
    int   status = 0;
    bool  ok = !posix_spawnp(&pid, argv[0], NULL, NULL, argv, environ) && waitpid(pid, &status, 0) == pid &&
              WIFEXITED(status) && WEXITSTATUS(status) == 0;
    if (ok)
        return true;
    diag_report(s->diags, DIAG_E0804, SPAN_NONE, "the C compiler `%s` could not join the parts", argv[0]);
    diag_help(diags_last(s->diags), "it is taken from CC, else `cc`: on Debian, apt-get install gcc");
    s->failed = true;
    return false;
}

// The runtime: beside the program in its build folder, else where it was installed; its header likewise.
static void find_runtime(Arena *a, const char **library, const char **include)
{
    char    self[4096];
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    *library = PLEXUS_LIBDIR "/libplexus_rt.a";
    *include = PLEXUS_LIBDIR "/../include";
    if (n <= 0)
        return;
    self[n] = 0;
    *strrchr(self, '/') = 0;
    const char *near = arena_printf(a, "%s/libplexus_rt.a", self);
    const char *installed = arena_printf(a, "%s/../lib/libplexus_rt.a", self);
    if (!access(near, R_OK)) {
        *library = near;
#ifdef PLEXUS_SOURCE
        *include = PLEXUS_SOURCE "/runtime";
#endif
    } else if (!access(installed, R_OK)) {
        *library = installed;
        *include = arena_printf(a, "%s/../include", self);
    }
}

static bool join(Session *s, Kind kind, const char *glue, const char *const *object, const char *to)
{
    const char *library, *include, *cc = getenv("CC");
    find_runtime(s->arena, &library, &include);
    const char *flag = arena_printf(s->arena, "-I%s", include);
    const char *argv[24] = {cc && *cc ? cc : "cc", "-std=gnu17", "-O1", "-fPIC", flag, "-o", to};
    int         n = 7;
    if (kind == KIND_SHARED)
        argv[n++] = "-shared";
    if (kind == KIND_OBJECT)
        argv[n++] = "-r";
    argv[n++] = glue;
    for (int i = 0; i < 2 && object[i]; i++)
        argv[n++] = object[i];
    if (kind != KIND_OBJECT) {
        const char *const libraries[] = {library, "-lopenblas", "-lz", "-lm", "-lpthread"};
        for (size_t i = 0; i < sizeof libraries / sizeof *libraries; i++)
            argv[n++] = libraries[i];
    }
    return run_compiler(s, (char *const *)(uintptr_t)argv);
}

static bool write_plain(Session *s, const char *path, const Buf *b)
{
    FILE *f = fopen(path, "wb");
    bool  ok = f && fwrite(b->at, 1, b->n, f) == b->n;
    ok = f && !fclose(f) && ok;
    if (!ok) {
        diag_report(s->diags, DIAG_E0803, SPAN_NONE, "cannot write `%s`", path);
        s->failed = true;
    }
    return ok;
}

static const char *header_path(Arena *a, const char *out, const char *name)
{
    const char *slash = strrchr(out, '/');
    return arena_printf(a, "%.*s%s.h", slash ? (int)(slash - out) + 1 : 0, out, name);
}

// One of the two programs as an object, in a file of the folder. NULL: reported.
static const char *object_file(Session *s, const Interface *f, const Program *p, const char *which, const char *folder)
{
    Buf         b = {0};
    StepOptions how = {.apart = s->apart};
    const char *path = arena_printf(s->arena, "%s/%s.o", folder, which);
    bool ok = emit_object(p, arena_printf(s->arena, "plexus_%s_%s", cfile_name(s, f), which), &how, s->diags, &b) && write_plain(s, path, &b);
    buf_free(&b);
    return ok ? path : NULL;
}

static bool place(Session *s, const char *from, const char *to)
{
    if (!rename(from, to))
        return true;
    diag_report(s->diags, DIAG_E0803, SPAN_NONE, "cannot write `%s`", to);
    s->failed = true;
    return false;
}

static bool link_parts(Session *s, const Options *o, Kind kind, const Interface *f, const char *folder)
{
    Buf         glue = {0}, header = {0};
    const char *to = arena_printf(s->arena, "%s.%ld.part", o->out, (long)getpid());
    const char *c = arena_printf(s->arena, "%s/glue.c", folder);
    const char *object[2] = {object_file(s, f, f->run, "run", folder), NULL};
    if (object[0] && f->first)
        object[1] = object_file(s, f, f->first, "first", folder);
    cfile_source(s, f, kind == KIND_EXE, &glue);
    cfile_header(s, f, &header);
    bool ok = object[0] && (!f->first || object[1]) && write_plain(s, c, &glue) && join(s, kind, c, object, to) && place(s, to, o->out) &&
              (kind == KIND_EXE || output_write(s, header_path(s->arena, o->out, cfile_name(s, f)), header.at, header.n));
    remove(c);
    for (int i = 0; i < 2 && object[i]; i++)
        remove(object[i]);
    remove(to);
    buf_free(&glue);
    buf_free(&header);
    return ok;
}

static void link_all(Session *s, const Options *o, Kind kind, const Interface *f)
{
    char folder[] = "/tmp/plexus-XXXXXX";
    if (!mkdtemp(folder)) {
        diag_report(s->diags, DIAG_E0803, SPAN_NONE, "cannot make a temporary folder in /tmp");
        s->failed = true;
        return;
    }
    link_parts(s, o, kind, f, folder);
    rmdir(folder);
}

// The code of a call, as text.
static void write_text(Session *s, const Options *o, Kind kind, const Interface *f)
{
    Buf         b = {0};
    StepOptions how = {.apart = s->apart};
    const char *symbol = arena_printf(s->arena, "plexus_%s_run", cfile_name(s, f));
    if ((kind == KIND_LLVM ? emit_ir_text : emit_asm)(f->run, symbol, &how, s->diags, &b))
        output_write(s, o->out, b.at, b.n);
    buf_free(&b);
}

static void build(Session *s, const Options *o, Kind kind)
{
    Built     built;
    Interface f;
    Module   *m = session_load(s, o->word[0]);
    if (!m || !elaborate_built(s->sema, m, o->word[1], o->set, o->nset, &built) || !interface_of(s, &built, &f))
        return;
    cfile_names(s, &f);
    if (kind == KIND_LLVM || kind == KIND_ASM)
        write_text(s, o, kind, &f);
    else
        link_all(s, o, kind, &f);
}

int command_build(const Options *o)
{
    Session s;
    Kind    kind;
    if (!o->out || !find_kind(o, &kind)) {
        fprintf(stderr, o->out ? "plexus build: --emit takes exe, obj, so, llvm or asm\n"
                               : "plexus build: say where to: -o NAME.so, NAME.o, NAME.ll, NAME.s or NAME\n");
        return EXIT_USAGE;
    }
    session_begin(&s, o);
    build(&s, o, kind);
    return session_end(&s);
}
