// Did you mean …? The nearest name that is known, with the edit that a tool can apply.
#include <string.h>

#include "sema/foreign.h"
#include "sema/sema.h"

static bool is_poison(const Entry *e) { return e->kind == ENTRY_VALUE && is_error(e->value) && e->where.file < 0; }

// How far a misspelling may be from what was meant.
static int reach(const char *word) { return strlen(word) < 5 ? 1 : 2; }

// Does a name stand for a type: its own, that of the positions along an axis, of elements, of instances of a block?
static bool is_type(const Entry *e)
{
    Elem        elem;
    const Func *f = e->kind == ENTRY_VALUE && e->value && e->value->kind == V_FUNC ? e->value->func : NULL;
    return e->kind == ENTRY_TYPE || e->kind == ENTRY_AXIS || (f && f->builtin && elem_parse(e->name, &elem)) ||
           (f && f->kind == FUNC_DECL && f->decl->kind == SYN_BLOCK);
}

static bool fits(const Entry *e, EntryKind kind)
{
    bool axis = e->kind == ENTRY_AXIS || e->kind == ENTRY_PACK;
    bool good = kind == ENTRY_TYPE ? is_type(e) : (kind == ENTRY_AXIS) == axis;
    return good && !is_poison(e) && e->name[0] != '#';
}

static const Entry *guess_entry(const Sema *s, Name name, EntryKind kind)
{
    const Entry *best = NULL;
    int          limit = reach(name);
    for (Scope *sc = s->scope; sc; sc = sc->outer)
        for (int i = 0; i < sc->entries.n; i++) {
            const Entry *e = sc->entries.at[i];
            int          d = fits(e, kind) ? name_distance(name, e->name, limit) : limit + 1;
            if (d > 0 && d <= limit && d < (int)strlen(name)) {
                best = e;
                limit = d - 1;
            }
        }
    return best;
}

Span key_place(Sema *s, Name key, Span value)
{
    const Source *src = sources_get(s->sources, value.file);
    int32_t       n = (int32_t)strlen(key), at = src ? value.begin : 0;
    while (at > 0 && strchr(" \t\n(", src->text[at - 1]))
        at--;
    if (at < 1 || src->text[at - 1] != ':')
        return value;
    do
        at--;
    while (at > 0 && strchr(" \t\n", src->text[at - 1]));
    return at >= n && !memcmp(src->text + at - n, key, (size_t)n) ? (Span){value.file, at - n, at} : value;
}

bool suggest(Diag *d, Span where, const char *guess)
{
    if (!guess)
        return false;
    diag_help(d, "did you mean `%s`?", guess);
    diag_fix(d, "write `%s`", guess);
    diag_edit(d, where, "%s", guess);
    return true;
}

static bool is_word(char c) { return c == '_' || c == '\'' || (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z'); }

// Whether the name stands anywhere behind its declaration, up to the end of what it is declared in.
static bool occurs_again(const Sema *s, const Entry *e)
{
    const Source *src = sources_get(s->sources, e->where.file);
    const char   *end = strstr(src->text + e->where.end, "\n}");
    size_t        n = strlen(e->name);
    for (const char *at = src->text + e->where.end; (at = strstr(at, e->name)) && (!end || at < end); at++)
        if (!is_word(at[-1]) && !is_word(at[n]))
            return true;
    return false;
}

// A local name of this file that is not used: where one name alone is unknown, and one alone unused, they are mostly the
// same.
static const Entry *unused_entry(const Sema *s, EntryKind kind, Span where)
{
    const Entry *only = NULL;
    for (Scope *sc = s->scope; sc && !sc->module_top && !sc->language; sc = sc->outer)
        for (int i = 0; i < sc->entries.n; i++) {
            const Entry *e = sc->entries.at[i];
            if (!fits(e, kind) || e->where.file != where.file || e->where.begin > where.begin ||
                occurs_again(s, e))
                continue;
            if (only)
                return NULL;
            only = e;
        }
    return only;
}

// The diagnostic that has reported this name in this file, or NULL.
static Diag *reported(const Sema *s, Name name, Span where)
{
    Diag *d = map_get(s->unknown, name);
    return d && diags_has(s->diags, d) && diag_where(d).file == where.file ? d : NULL;
}

// `use nn` before the first statement of the file.
static void suggest_use(Sema *s, Diag *d, const char *module, Name name)
{
    int32_t at = 0;
    const Module *m = module_of_file(s, diag_where(d).file);
    if (m && m->tree && m->tree->nkid)
        at = m->tree->kid[0]->where.begin;
    diag_help(d, "`%s` comes with `use %s`", name, module);
    diag_fix(d, "use the module `%s`", module);
    diag_edit(d, (Span){diag_where(d).file, at, at}, "use %s\n", module);
}

// The name under which a module is used whose own names come with it alone (`use geometry as geo`) and that declares it.
static Name qualified_home(const Sema *s, Name name)
{
    for (Scope *sc = s->scope; sc; sc = sc->outer)
        for (int i = 0; i < sc->entries.n; i++) {
            const Entry *e = sc->entries.at[i];
            for (int k = 0; e->kind == ENTRY_MODULE && e->module && k < e->module->scope->entries.n; k++)
                if (e->module->scope->entries.at[k]->name == name && name[0] != '_')
                    return e->name;
        }
    return NULL;
}

static bool declares(const Syn *n, Name name)
{
    if (n->kind == SYN_LET || n->kind == SYN_VAR) {
        const Syn *p = n->kid[0];
        bool       found = p->kind == SYN_NAME && p->name == name;
        for (int i = 0; p->kind != SYN_NAME && i < p->nkid && !found; i++)
            found = p->kid[i]->name == name;
        return found;
    }
    return (n->kind == SYN_FN || n->kind == SYN_TYPE || n->kind == SYN_PARAM || n->kind == SYN_BUFFER || n->kind == SYN_STATE) && n->name == name;
}

static bool holds(Span outer, Span inner) { return outer.begin <= inner.begin && inner.end <= outer.end; }

// Where a body around `where` declares the name further down; SPAN_NONE: nowhere.
static Span declared_below(const Syn *n, Name name, Span where)
{
    for (int i = 0; n && i < n->nkid; i++) {
        if (!n->kid[i])
            continue;
        if (n->kind == SYN_BODY && n->kid[i]->where.begin > where.end && declares(n->kid[i], name))
            return n->kid[i]->at;
        Span inner = holds(n->kid[i]->where, where) ? declared_below(n->kid[i], name, where) : SPAN_NONE;
        if (inner.file >= 0)
            return inner;
    }
    return SPAN_NONE;
}

// What may have been meant by a name that is not known, the likeliest first.
typedef struct {
    Name         qualified;  // the module in use whose own it is
    const char  *module;     // one of the library, not in use, that offers it
    const Foreign *foreign;  // what stands for it, as a name of another system
    const Entry *like;       // spelled alike
    Span         below;      // declared further down in the body
} Meant;

static Meant what_was_meant(Sema *s, Name name, Span where, EntryKind kind, bool known_unknown)
{
    const Module *home = module_of_file(s, where.file);
    Meant m = {.below = home && kind != ENTRY_AXIS ? declared_below(home->tree, name, where) : SPAN_NONE};
    if (m.below.file >= 0)
        return m;
    m.qualified = kind == ENTRY_VALUE ? qualified_home(s, name) : NULL;
    if (!m.qualified && kind == ENTRY_VALUE && !known_unknown)
        m.module = module_offering(s, name);
    if (!m.qualified && !m.module && kind != ENTRY_AXIS)
        m.foreign = foreign_find(name, kind == ENTRY_TYPE);
    if (!m.qualified && !m.module && !m.foreign)
        m.like = guess_entry(s, name, kind);
    if (!m.qualified && !m.module && !m.foreign && !m.like && kind == ENTRY_VALUE)
        m.like = guess_entry(s, name, ENTRY_AXIS);
    return m;
}

static void advise(Sema *s, Diag *d, Name name, Span where, EntryKind kind, const Meant *m)
{
    if (m->below.file >= 0) {
        diag_note(d, m->below, "`%s` is declared here, further down", name);
        diag_help(d, "a body is read from its top: declare `%s` before its use", name);
        return;
    }
    const Entry *unused = m->like || m->module || m->qualified || m->foreign ? NULL : unused_entry(s, kind, where);
    if (m->qualified) {
        diag_help(d, "the module `%s` declares it: write `%s.%s`", m->qualified, m->qualified, name);
        diag_fix(d, "name the module");
        diag_edit(d, where, "%s.%s", m->qualified, name);
    } else if (m->foreign) {
        diag_help(d, "%s", m->foreign->help);
        if (m->foreign->put) {
            diag_fix(d, "write `%s`", m->foreign->put);
            diag_edit(d, where, "%s", m->foreign->put);
        }
    } else if (suggest(d, where, m->like ? m->like->name : NULL)) {
        if (m->like->where.file == where.file)
            diag_note(d, m->like->where, "`%s` is declared here", m->like->name);
    } else if (unused) {
        diag_note(d, unused->where, "`%s`, which is declared here, is not used", unused->name);
        diag_help(d, "if that one is meant, give both one name; else declare `%s` before its use", name);
    } else if (m->module) {
        suggest_use(s, d, m->module, name);
    } else if (kind == ENTRY_TYPE) {
        diag_help(d, "a type is of elements, `f32[n]`, of positions along a declared axis, `class[n]`, or declared by `type %s = (…)`", name);
    } else if (kind == ENTRY_AXIS) {
        diag_help(d, "declare it: `axis %s = 8`, or name it in the header's bracket", name);
    } else {
        diag_help(d, "declare it before its use, or bring it by `use`");
    }
}

void report_unknown(Sema *s, Name name, Span where, EntryKind kind)
{
    enum { LABELS_SHOWN = 4 };
    Span  place[LABELS_SHOWN];
    Diag *d = reported(s, name, where);
    const Module *home = module_of_file(s, where.file);
    if (*s->names_missing || (home && home->names_missing))
        return;
    Meant m = what_was_meant(s, name, where, kind, d != NULL);
    if (!d) {
        d = sema_diag(s, DIAG_E0201, where, "%s`%s` is not known here", kind == ENTRY_AXIS ? "axis " : kind == ENTRY_TYPE ? "type " : "", name);
        map_put(s->unknown, name, d);
        advise(s, d, name, where, kind, &m);
        return;
    }
    if (diag_places(d, place, LABELS_SHOWN) < LABELS_SHOWN)  // once for all of its places
        diag_label(d, where, "here too");
    if (m.qualified)
        diag_edit(d, where, "%s.%s", m.qualified, name);
    else if (m.foreign ? m.foreign->put : m.like ? m.like->name : NULL)
        diag_edit(d, where, "%s", m.foreign ? m.foreign->put : m.like->name);
}

void report_undeclared(Sema *s, const Module *m, const char *name)
{
    int          n = 0;
    const char **known = ARENA_ARRAY(s->arena, const char *, m->scope->entries.n + 1);
    Buf          list = {0};
    for (int i = 0; i < m->scope->entries.n; i++) {
        const Entry *e = m->scope->entries.at[i];
        if (e->kind != ENTRY_VALUE || !e->value || e->value->kind != V_FUNC || e->value->func->kind != FUNC_DECL || e->name[0] == '#')
            continue;
        known[n++] = e->name;
        buf_printf(&list, "%s`%s`", list.n ? ", " : "", e->name);
    }
    Diag       *d = sema_diag(s, DIAG_E0201, SPAN_NONE, "%s declares no block or function `%s`", m->path, name);
    const char *guess = name_nearest(name, known, n);
    if (guess)
        diag_help(d, "did you mean `%s`?", guess);
    else if (n)
        diag_help(d, "it declares %s", list.at);
    buf_free(&list);
}
