// Modules as files: where a `use` looks for one, each read once, none in a circle.
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sema/sema.h"

static char *read_file(Sema *s, const char *path, size_t *size)
{
    FILE *f = fopen(path, "rb");
    if (!f)
        return NULL;
    enum { MOST = 9 << 20 };
    char  *text = NULL;
    size_t cap = 0, n = 0, got;
    do {
        size_t want = cap ? cap * 2 : 1 << 16;
        char  *more = arena_alloc(s->arena, want + 1);
        if (n)
            memcpy(more, text, n);
        text = more;
        cap = want;
        got = fread(text + n, 1, cap - n, f);
        n += got;
    } while (got && n == cap && n < MOST);
    bool bad = ferror(f) != 0;
    fclose(f);
    text[n] = 0;
    *size = n;
    return bad ? NULL : text;
}

static Module *module_parse(Sema *s, const char *path, Name name, const char *text, size_t size, Span used)
{
    Module *m = ARENA_NEW(s->arena, Module);
    m->name = name;
    m->path = arena_printf(s->arena, "%s", path);
    m->state = 1;
    m->used = used;
    vec_push(s->arena, &s->modules, m);
    m->file = sources_add(s->sources, m->path, text, size);
    m->tree = syntax_parse(s->arena, s->names, s->sources, m->file, s->diags);
    module_declare(s, m);
    m->state = 2;
    return m;
}

Module *module_of_file(const Sema *s, int file)
{
    for (int i = 0; i < s->modules.n; i++)
        if (s->modules.at[i]->file == file)
            return s->modules.at[i];
    return NULL;
}

static void miss_names(Sema *s, int file)
{
    Module *m = module_of_file(s, file);
    if (m)
        m->names_missing = true;
}

// Those being read, from `first` on, use each other in this order, and the last one uses the first again.
static void report_circle(Sema *s, int first, Span where)
{
    Buf   b = {0};
    Name  name = s->modules.at[first]->name;
    Diag *d = NULL;
    for (int i = first; i < s->modules.n; i++)
        if (s->modules.at[i]->state == 1)
            buf_printf(&b, "`%s` uses ", s->modules.at[i]->name);
    d = sema_diag(s, DIAG_E0205, where, "modules in a circle: %s`%s`", b.at ? b.at : "", name);
    for (int i = first + 1; i < s->modules.n; i++)
        if (s->modules.at[i]->state == 1)
            diag_note(d, s->modules.at[i]->used, "`%s` is used here", s->modules.at[i]->name);
    diag_help(d, "what both need goes into a module of its own, which both use");
    miss_names(s, where.file);
    buf_free(&b);
}

// NULL: it cannot be read (`missing`, and not reported), or is being read already (reported).
static Module *module_at(Sema *s, const char *path, Name name, Span where, bool *missing)
{
    size_t size;
    *missing = false;
    for (int i = 0; i < s->modules.n; i++)
        if (!strcmp(s->modules.at[i]->path, path)) {
            if (s->modules.at[i]->state == 1)
                report_circle(s, i, where);
            return s->modules.at[i]->state == 2 ? s->modules.at[i] : NULL;
        }
    char *text = read_file(s, path, &size);
    *missing = !text;
    return text ? module_parse(s, path, name, text, size, where) : NULL;
}

Module *module_read(Sema *s, const char *path, Name name)
{
    bool    missing;
    Module *m = module_at(s, path, name, SPAN_NONE, &missing);
    if (missing) {
        sema_error(s, DIAG_E0205, SPAN_NONE, "cannot read `%s`", path);
        s->failed_io = true;
    }
    return m;
}

// ---- where a module is looked for ----

typedef VEC(const char *) Folders;

static void split_path(Sema *s, const char *path, Folders *out)
{
    for (const char *end; path; path = *end ? end + 1 : NULL) {
        end = path + strcspn(path, ":");
        if (end > path)
            vec_push(s->arena, out, arena_strndup(s->arena, path, (size_t)(end - path)));
    }
}

// Beside the file, on the module path, in the library.
static Folders folders_of(Sema *s, int file)
{
    const char *path = sources_get(s->sources, file)->path, *slash = strrchr(path, '/');
    Folders     all = {0};
    vec_push(s->arena, &all, slash ? arena_strndup(s->arena, path, (size_t)(slash - path)) : ".");
    split_path(s, s->modules_path, &all);
    vec_push(s->arena, &all, s->stdlib);
    return all;
}

static const char *file_in(Sema *s, const char *folder, const char *name)
{
    return !strcmp(folder, ".") ? arena_printf(s->arena, "%s.plx", name) : arena_printf(s->arena, "%s/%s.plx", folder, name);
}

typedef VEC(const char *) Found;

static bool is_module_file(const char *file)
{
    size_t n = strlen(file);
    return n > 4 && !strcmp(file + n - 4, ".plx");
}

static void list_modules(Sema *s, const char *folder, Found *out)
{
    DIR           *dir = opendir(folder);
    struct dirent *e;
    while (dir && (e = readdir(dir)))
        if (is_module_file(e->d_name))
            vec_push(s->arena, out, arena_strndup(s->arena, e->d_name, strlen(e->d_name) - 4));
    if (dir)
        closedir(dir);
}

static void report_absent(Sema *s, Syn *use, const Folders *in)
{
    Found found = {0};
    Buf   b = {0};
    for (int i = 0; i < in->n; i++) {
        buf_printf(&b, "%s%s", i ? ", " : "", file_in(s, in->at[i], use->name));
        list_modules(s, in->at[i], &found);
    }
    Diag *d = sema_diag(s, DIAG_E0205, use->where, "there is no module `%s`", use->name);
    diag_note(d, SPAN_NONE, "looked for %s", b.at ? b.at : "");
    if (!suggest(d, use->at, name_nearest(use->name, found.at, found.n)))
        diag_help(d, "further folders of modules: `--path`, or PLEXUS_PATH in the environment");
    miss_names(s, use->where.file);
    buf_free(&b);
}

Module *module_find(Sema *s, Syn *use)
{
    Folders in = folders_of(s, use->where.file);
    for (int i = 0; i < in.n; i++) {
        bool    missing;
        Module *m = module_at(s, file_in(s, in.at[i], use->name), use->name, use->where, &missing);
        if (!missing)
            return m;
    }
    report_absent(s, use, &in);
    return NULL;
}

// ---- a name that a module of the library would bring ----

// Whether the text declares a function, block or optimizer of that name, in the first column.
static bool declares(const char *text, const char *name)
{
    static const char *const words[] = {"fn ", "block ", "optimizer "};
    size_t                   n = strlen(name);
    for (const char *line = text; line; line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL)
        for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
            size_t w = strlen(words[i]);
            if (!strncmp(line, words[i], w) && !strncmp(line + w, name, n) && line[w + n] && strchr("[( ", line[w + n]))
                return true;
        }
    return false;
}

const char *module_offering(Sema *s, Name name)
{
    Found found = {0};
    if (name[0] == '_')
        return NULL;
    list_modules(s, s->stdlib, &found);
    for (int i = 0; i < found.n; i++) {
        size_t size;
        char  *text = read_file(s, file_in(s, s->stdlib, found.at[i]), &size);
        if (text && declares(text, name))
            return found.at[i];
    }
    return NULL;
}

// ---- files given by name ----

static Name stem(Sema *s, const char *path)
{
    const char *slash = strrchr(path, '/'), *base = slash ? slash + 1 : path, *dot = strrchr(base, '.');
    return name_intern(s->names, base, dot ? (size_t)(dot - base) : strlen(base));
}

Module *sema_load(Sema *s, const char *path) { return module_read(s, path, stem(s, path)); }

Module *sema_load_text(Sema *s, const char *path, const char *text, size_t size)
{
    return module_parse(s, path, stem(s, path), text, size, SPAN_NONE);
}
