// One-token mistakes in correct programs: is the right line named, how many errors follow, does anything crash or hang?
//
//     test_mutations [--count N] [--seed N] [--show WHAT] [FILE…]
//
// Without files: the examples, the golden tests that check, and the standard library. A mutation deletes, doubles,
// misspells or replaces a token, or swaps it with the next. Each mutant is checked in a process of its own. WHAT is
// `lost` (mutants whose line is not named), `many` (more than three errors), `away` (named, but not by the first
// error's own place) or `all`: those are printed.
#include <errno.h>
#include <glob.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mix.h"
#include "grammar/parser.h"
#include "sema/sema.h"
#include "support/random_program.h"
#include "syntax/token.h"

enum { SECONDS_MOST = 10, WAIT_MOST = 300, ERRORS_FEW = 3, PLACES_MOST = 64 };

typedef enum { MUTANT_DELETE, MUTANT_DOUBLE, MUTANT_SWAP, MUTANT_REPLACE, MUTANT_MISSPELL, MUTANT_KINDS } MutantKind;

static const char *const kind_text[] = {"deleted", "doubled", "swapped", "replaced", "misspelled"};

typedef struct {
    Arena   *arena;
    Names   *names;
    Sources *sources;
    Diags   *diags;
    Sema    *sema;
} World;

typedef struct {
    const char *path, *text;
    size_t      size;
    VEC(Token) tokens;
} Subject;

typedef struct {
    MutantKind  kind;
    const char *text;
    size_t      size;
    int         line, other;  // of the mistake; of the swapped token too
    char        what[160];
} Mutant;

// What checking a mutant said.
typedef struct {
    int  errors;
    bool named;   // some error names the line: by its place, a label or a note
    bool first;   // the first error stands at the line
} Verdict;

typedef struct {
    int wrong, named, first, few, crashed, hung, all;
} Figures;

static void no_memory(void *user)
{
    (void)user;
    abort();
}

static World world_new(void)
{
    World w = {.arena = arena_new(no_memory, NULL)};
    w.names = names_new(w.arena);
    w.sources = sources_new(w.arena);
    w.diags = diags_new(w.arena);
    SemaOptions o = {.stdlib = PLEXUS_SOURCE "/stdlib", .real = ELEM_F32};
    w.sema = sema_new(w.arena, w.names, w.sources, w.diags, &o);
    return w;
}

// ---- programs ----

static char *read_all(Arena *a, const char *path, size_t *size)
{
    FILE *f = fopen(path, "rb");
    Buf   b = {0};
    char  part[4096];
    for (size_t n; f && (n = fread(part, 1, sizeof part, f)) > 0;)
        buf_put(&b, part, n);
    if (f)
        fclose(f);
    *size = b.n;
    char *text = b.at ? arena_strndup(a, b.at, b.n) : NULL;
    buf_free(&b);
    return text;
}

static void read_tokens(World *w, Subject *p)
{
    int   file = sources_add(w->sources, p->path, p->text, p->size);
    Lexer l = {.arena = w->arena, .names = w->names, .diags = w->diags, .text = p->text, .at = p->text, .file = file};
    Token t;
    for (lexer_next(&l, &t); t.kind != TOK_END; lexer_next(&l, &t))
        vec_push(w->arena, &p->tokens, t);
    buf_free(&l.doc);
}

// A program with what it says taken away again. False: it is not correct, or too short to mutate.
static bool program_read_file(World *w, const char *path, Subject *p)
{
    *p = (Subject){.path = path};
    p->text = read_all(w->arena, path, &p->size);
    if (!p->text)
        return false;
    int     before = diags_errors(w->diags);
    Module *m = sema_load_text(w->sema, path, p->text, p->size);
    if (m)
        sema_check(w->sema, m);
    bool ok = m && diags_errors(w->diags) == before;
    read_tokens(w, p);
    diags_truncate(w->diags, 0);
    return ok && p->tokens.n > 8;
}

// ---- mutants ----

static size_t length_of(const Token *t) { return (size_t)(t->where.end - t->where.begin); }

static int line_of(const Subject *p, int32_t offset)
{
    int line = 1;
    for (int32_t i = 0; i < offset; i++)
        line += p->text[i] == '\n';
    return line;
}

// The text with bytes [begin, end) replaced.
static char *spliced(World *w, const Subject *p, int32_t begin, int32_t end, const char *with, size_t n, size_t *size)
{
    *size = p->size - (size_t)(end - begin) + n;
    char *out = arena_alloc(w->arena, *size + 1);
    memcpy(out, p->text, (size_t)begin);
    memcpy(out + begin, with, n);
    memcpy(out + begin + n, p->text + end, p->size - (size_t)end);
    out[*size] = 0;
    return out;
}

// A name with two letters exchanged, one left out, one doubled or one changed.
static char *misspelled(World *w, const char *name, size_t n, uint64_t *seed)
{
    char  *out = arena_strndup(w->arena, name, n + 1);
    size_t i = (size_t)random_below(seed, (int)n), how = (size_t)random_below(seed, 4);
    if (how == 0 && i + 1 < n) {
        out[i] = name[i + 1];
        out[i + 1] = name[i];
    } else if (how == 1 && n > 2 && i > 0) {
        memmove(out + i, name + i + 1, n - i);
        out[n - 1] = 0;
    } else if (how == 2) {
        memcpy(out + i + 1, name + i, n - i);
        out[n + 1] = 0;
        return out;
    } else {
        out[i] = (char)('a' + random_below(seed, 26));
    }
    out[n] = 0;
    return out;
}

static Mutant mutate(World *w, const Subject *p, uint64_t *seed)
{
    int          i = random_below(seed, p->tokens.n - 1), j = random_below(seed, p->tokens.n);
    const Token *t = &p->tokens.at[i], *next = t + 1, *other = &p->tokens.at[j];
    Mutant       m = {.kind = (MutantKind)random_below(seed, MUTANT_KINDS)};
    char        *with = "";
    int32_t      begin = t->where.begin, end = t->where.end;
    if (m.kind == MUTANT_MISSPELL && t->kind != TOK_NAME)
        m.kind = MUTANT_REPLACE;
    int          n = (int)length_of(t);
    if (m.kind == MUTANT_DOUBLE)
        with = arena_printf(w->arena, "%.*s %.*s", n, p->text + begin, n, p->text + begin);
    else if (m.kind == MUTANT_REPLACE)
        with = arena_printf(w->arena, "%.*s", (int)length_of(other), p->text + other->where.begin);
    else if (m.kind == MUTANT_MISSPELL)
        with = misspelled(w, arena_strndup(w->arena, p->text + begin, length_of(t) + 1), length_of(t), seed);
    else if (m.kind == MUTANT_SWAP) {
        end = next->where.end;
        with = arena_printf(w->arena, "%.*s%.*s%.*s", (int)length_of(next), p->text + next->where.begin,
                            (int)(next->where.begin - t->where.end), p->text + t->where.end, n, p->text + begin);
    }
    m.line = line_of(p, begin);
    m.other = m.kind == MUTANT_SWAP ? line_of(p, next->where.begin) : m.line;
    m.text = spliced(w, p, begin, end, with, strlen(with), &m.size);
    snprintf(m.what, sizeof m.what, "%s:%d: %s `%.*s` -> `%.60s`", p->path, m.line, kind_text[m.kind], (int)(end - begin),
             p->text + begin, with);
    return m;
}

// ---- checking one ----

static bool at_line(const World *w, Span where, int file, const Mutant *m)
{
    int line, column;
    if (where.file != file)
        return false;
    source_position(sources_get(w->sources, file), where.begin, &line, &column);
    return line == m->line || line == m->other;
}

static Verdict judge(World *w, int file, const Mutant *m)
{
    Verdict v = {0};
    Span    place[PLACES_MOST];
    Diag  **list = ARENA_ARRAY(w->arena, Diag *, diags_count(w->diags) + 1);
    int     n = diags_in_order(w->diags, list);
    for (int i = 0; i < n; i++) {
        if (!diag_is_error(list[i]))
            continue;
        bool own = at_line(w, diag_where(list[i]), file, m), named = own;
        for (int k = diag_places(list[i], place, PLACES_MOST) - 1; k >= 0; k--)
            named = named || at_line(w, place[k], file, m);
        v.first = v.first || (own && !v.errors);
        v.named = v.named || named;
        v.errors++;
    }
    return v;
}

static bool shown(const char *show, const Verdict *v)
{
    return show && v->errors &&
           (!strcmp(show, "all") || (!strcmp(show, "lost") && !v->named) || (!strcmp(show, "many") && v->errors > ERRORS_FEW) ||
            (!strcmp(show, "away") && !v->first));
}

static Verdict check_here(World *w, const Subject *p, const Mutant *m, const char *show)
{
    int     file = sources_count(w->sources);
    Module *module = sema_load_text(w->sema, p->path, m->text, m->size);
    if (module)
        sema_check(w->sema, module);
    Verdict v = judge(w, file, m);
    Buf     b = {0};
    diags_render(w->diags, w->sources, false, &b);
    if (shown(show, &v)) {
        printf("---- %s\n%s", m->what, b.at);
        fflush(stdout);
    }
    buf_free(&b);
    b = (Buf){0};
    diags_render_json(w->diags, w->sources, &b);
    buf_free(&b);
    return v;
}

// In a process of its own; what a crash or a hang was goes to stdout.
static void check_apart(World *w, const Subject *p, const Mutant *m, const char *show, Figures *f)
{
    int     channel[2], status;
    Verdict v = {0};
    fflush(stdout);
    if (pipe(channel))
        abort();
    pid_t child = fork();
    if (child == 0) {
        close(channel[0]);
        setrlimit(RLIMIT_CPU, &(struct rlimit){SECONDS_MOST, SECONDS_MOST});
        alarm(WAIT_MOST);
        v = check_here(w, p, m, show);
        _exit(write(channel[1], &v, sizeof v) != sizeof v);
    }
    close(channel[1]);
    bool heard = child > 0 && read(channel[0], &v, sizeof v) == sizeof v;
    close(channel[0]);
    while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR)
        continue;
    f->all++;
    if (!heard) {
        bool hung = WIFSIGNALED(status) && (WTERMSIG(status) == SIGALRM || WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL);
        printf("%s: %s\n", hung ? "HANGS" : "CRASHES", m->what);
        *(hung ? &f->hung : &f->crashed) += 1;
    } else if (v.errors) {
        f->wrong++;
        f->named += v.named;
        f->first += v.first;
        f->few += v.errors <= ERRORS_FEW;
    }
}

// ---- all ----

static const char *const places[] = {"/examples/*.plx", "/examples/*/*.plx", "/tests/golden/right/*.plx", "/stdlib/*.plx"};

typedef VEC(Subject) Programs;

static void take(World *w, Programs *all, const char *path)
{
    Subject p;
    if (program_read_file(w, path, &p))
        vec_push(w->arena, all, p);
}

static Programs programs_find(World *w, char **file, int n)
{
    Programs all = {0};
    for (int i = 0; i < n; i++)
        take(w, &all, file[i]);
    for (size_t i = 0; !n && i < sizeof places / sizeof *places; i++) {
        glob_t g;
        if (!glob(arena_printf(w->arena, "%s%s", PLEXUS_SOURCE, places[i]), 0, NULL, &g))
            for (size_t k = 0; k < g.gl_pathc; k++)
                take(w, &all, arena_printf(w->arena, "%s", g.gl_pathv[k]));
        globfree(&g);
    }
    return all;
}

static int percent(int part, int of) { return of ? (int)(100.0 * part / of + 1e-9) : 0; }

static int count_failures(const Figures *f)
{
    struct {
        const char *what;
        bool        holds;
    } claim[] = {
        {"no mutant crashes the checker", !f->crashed},
        {"no mutant hangs it", !f->hung},
        {"the right line is named in at least 95 % of the wrong mutants", percent(f->named, f->wrong) >= 95},
        {"at most three errors in at least 90 % of them", percent(f->few, f->wrong) >= 90},
    };
    int failed = 0, n = sizeof claim / sizeof *claim;
    for (int i = 0; i < n; i++) {
        if (!claim[i].holds)
            printf("does not hold: %s\n", claim[i].what);
        failed += !claim[i].holds;
    }
    printf("%d passed, %d failed\n", n - failed, failed);
    return failed;
}

int main(int argc, char **argv)
{
    uint64_t    seed = 1;
    int         count = 800, at = 1;
    const char *show = NULL;
    for (; at + 1 < argc && !strncmp(argv[at], "--", 2); at += 2) {
        if (!strcmp(argv[at], "--seed"))
            seed = strtoull(argv[at + 1], NULL, 10);
        else if (!strcmp(argv[at], "--count"))
            count = atoi(argv[at + 1]);
        else if (!strcmp(argv[at], "--show"))
            show = argv[at + 1];
    }
    printf("seed %llu, ", (unsigned long long)seed);
    seed = mix64(seed, 0);
    World    w = world_new();
    Programs all = programs_find(&w, argv + at, argc - at);
    Figures  f = {0};
    if (!all.n) {
        printf("no program to mutate\n0 passed, 1 failed\n");
        arena_free(w.arena);
        return 1;
    }
    printf("%d programs, %d mutants\n", all.n, count);
    for (int i = 0; i < count; i++) {
        const Subject *p = &all.at[random_below(&seed, all.n)];
        Mutant          m = mutate(&w, p, &seed);
        check_apart(&w, p, &m, show, &f);
    }
    printf("%d of %d are wrong; right line named: %d (%d %%), by the first error's place: %d (%d %%); at most %d errors: %d (%d %%); "
           "crashed: %d, hung: %d\n",
           f.wrong, f.all, f.named, percent(f.named, f.wrong), f.first, percent(f.first, f.wrong), ERRORS_FEW, f.few,
           percent(f.few, f.wrong), f.crashed, f.hung);
    arena_free(w.arena);
    return count_failures(&f) != 0;
}
