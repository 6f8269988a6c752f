// plexus doc: a page of Markdown from the declarations of each file and the `///` comments before them. A name that is
// documented in one of the files links to it. Names that begin with `_` are the file's own and are left out.
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "driver/output.h"
#include "driver/session.h"

enum { USES_MOST = 64 };

typedef struct {
    Session *s;
    Module  *m;        // whose page is being written
    Module  *all[MOST_WORDS];
    int      n;
    bool     folder;   // a page a file, so that links name the file
    Buf      out;
} Doc;

// ---- what is documented ----

static bool is_public(Name name) { return name && name[0] != '_'; }

static bool documents(const Syn *n)
{
    switch ((int)n->kind) {
    case SYN_FN:
    case SYN_BLOCK:
    case SYN_EXPERIMENT:
    case SYN_OPTIMIZER:
    case SYN_TYPE: return is_public(n->name);
    case SYN_AXIS: return n->text != NULL;
    default: return false;
    }
}

// The name that an axis item, or a declaration, gives.
static Name name_given(const Syn *n)
{
    if (n->kind == SYN_DEFAULT || n->kind == SYN_BINARY)
        n = n->kid[0];
    return n->name;
}

static bool declares(const Syn *n, Name name)
{
    if (!documents(n))
        return false;
    if (n->kind != SYN_AXIS)
        return n->name == name;
    for (int i = 0; i < n->nkid; i++)
        if (name_given(n->kid[i]) == name)
            return true;
    return false;
}

static const Module *home_of(const Doc *d, Name name)
{
    for (int i = -1; i < d->n; i++) {  // this page first
        const Module *m = i < 0 ? d->m : d->all[i];
        for (int k = 0; k < m->tree->nkid; k++)
            if (declares(m->tree->kid[k], name))
                return m;
    }
    return NULL;
}

// ---- links ----

static void put_link(Doc *d, const Module *home, Name name)
{
    if (home == d->m || !d->folder)
        buf_printf(&d->out, "[`%s`](#%s)", name, name);
    else
        buf_printf(&d->out, "[`%s`](%s.md#%s)", name, home->name, name);
}

// Text with the names between backticks made links.
static void put_text(Doc *d, const char *text)
{
    while (*text) {
        const char   *end = *text == '`' ? strchr(text + 1, '`') : NULL;
        Name          name = end ? name_intern(d->s->names, text + 1, (size_t)(end - text - 1)) : NULL;
        const Module *home = name ? home_of(d, name) : NULL;
        if (home)
            put_link(d, home, name);
        else
            buf_put(&d->out, text, end ? (size_t)(end - text + 1) : 1);
        text = end ? end + 1 : text + 1;
    }
}

typedef struct {
    Name name[USES_MOST];
    int  n;
} Uses;

static void collect(const Doc *d, const Syn *decl, const Syn *n, Uses *u)
{
    bool known = n->kind == SYN_NAME && !declares(decl, n->name) && u->n < USES_MOST && home_of(d, n->name);
    for (int i = 0; i < u->n; i++)
        known = known && u->name[i] != n->name;
    if (known)
        u->name[u->n++] = n->name;
    for (int i = 0; i < n->nkid; i++)
        if (n->kid[i])
            collect(d, decl, n->kid[i], u);
}

static void put_uses(Doc *d, const Syn *decl)
{
    Uses u = {0};
    for (int i = 0; i < decl->nkid; i++)
        if (decl->kid[i])
            collect(d, decl, decl->kid[i], &u);
    if (!u.n)
        return;
    buf_puts(&d->out, "Uses ");
    for (int i = 0; i < u.n; i++) {
        buf_puts(&d->out, i ? ", " : "");
        put_link(d, home_of(d, u.name[i]), u.name[i]);
    }
    buf_puts(&d->out, ".\n\n");
}

// ---- a declaration ----

static void put_part(Doc *d, const char *before, const Syn *n)
{
    if (!n)
        return;
    buf_puts(&d->out, before);
    syntax_print(n, &d->out);
}

// All but the body, which is the last kid of what has one.
static void put_signature(Doc *d, const Syn *n)
{
    buf_puts(&d->out, "```plexus\n");
    if (n->kind == SYN_TYPE || n->kind == SYN_AXIS) {
        syntax_print(n, &d->out);
    } else {
        int result = n->nkid - 2;
        buf_printf(&d->out, "%s %s", syn_kind_text(n->kind), n->name);
        for (int i = 0; i < result; i++)
            put_part(d, "", n->kid[i]);
        put_part(d, " -> ", n->kid[result]);
    }
    buf_puts(&d->out, "\n```\n\n");
}

static void put_heading(Doc *d, const Syn *n)
{
    if (n->kind != SYN_AXIS) {
        buf_printf(&d->out, "<a id=\"%s\"></a>\n### %s\n\n", n->name, n->name);
        return;
    }
    for (int i = 0; i < n->nkid; i++)
        buf_printf(&d->out, "<a id=\"%s\"></a>\n", name_given(n->kid[i]));
    buf_puts(&d->out, "### axis");
    for (int i = 0; i < n->nkid; i++)
        buf_printf(&d->out, "%s %s", i ? "," : "", name_given(n->kid[i]));
    buf_puts(&d->out, "\n\n");
}

static void put_declaration(Doc *d, const Syn *n)
{
    put_heading(d, n);
    put_signature(d, n);
    if (n->text) {
        put_text(d, n->text);
        buf_puts(&d->out, "\n\n");
    }
    put_uses(d, n);
}

// ---- a page ----

// The `//` lines at the top of the file, but those for tests.
static void put_introduction(Doc *d, const char *text)
{
    bool any = false;
    while (!strncmp(text, "//", 2) && text[2] != '/') {
        const char *end = text + strcspn(text, "\n");
        if (strncmp(text, "// RUN:", 7) != 0) {
            buf_printf(&d->out, "%.*s\n", (int)(end - text - 2 - (text[2] == ' ')), text + 2 + (text[2] == ' '));
            any = true;
        }
        text = *end ? end + 1 : end;
    }
    buf_puts(&d->out, any ? "\n" : "");
}

// `// ---- title ----` between two declarations begins a section.
static void put_section(Doc *d, const char *from, const char *to)
{
    static const char rule[] = "// ---- ";
    for (const char *s = from; (s = strstr(s, rule)) && s < to; s++) {
        const char *title = s + strlen(rule), *end = strstr(title, " ----");
        if (end && end < to && !memchr(title, '\n', (size_t)(end - title)))
            buf_printf(&d->out, "## %.*s\n\n", (int)(end - title), title);
    }
}

static void put_page(Doc *d, Module *m)
{
    const Source *src = sources_get(d->s->sources, m->file);
    const char   *at = src->text;
    d->m = m;
    buf_printf(&d->out, "# %s\n\n", m->name);
    put_introduction(d, at);
    for (int i = 0; i < m->tree->nkid; i++) {
        const Syn *n = m->tree->kid[i];
        put_section(d, at, src->text + n->where.begin);
        at = src->text + n->where.end;
        if (documents(n))
            put_declaration(d, n);
    }
}

static bool write_page(Doc *d, Module *m, const char *folder)
{
    put_page(d, m);
    bool ok = output_write(d->s, arena_printf(d->s->arena, "%s/%s.md", folder, m->name), d->out.at, d->out.n);
    buf_free(&d->out);
    d->out = (Buf){0};
    return ok;
}

static void write_all(Doc *d, const char *folder)
{
    if (folder)
        mkdir(folder, 0777);  // whether it is there shows when a page is written
    d->folder = folder != NULL;
    for (int i = 0; i < d->n; i++)
        if (!folder)
            put_page(d, d->all[i]);
        else if (!write_page(d, d->all[i], folder))
            return;
    if (!folder && d->out.n)
        fputs(d->out.at, stdout);
    buf_free(&d->out);
}

int command_doc(const Options *o)
{
    Session s;
    Doc     d = {.s = &s};
    session_begin(&s, o);
    for (int i = 0; i < o->nwords; i++) {
        Module *m = sema_load(s.sema, o->word[i]);
        if (m)
            d.all[d.n++] = m;
    }
    if (diags_errors(s.diags) == 0)
        write_all(&d, o->out);
    return session_end(&s);
}
