#include "base/diag.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag_data.h"

static const struct {
    const char *text, *title;
    Severity    severity;
} table[] = {
#define DIAG(code, severity, title) {#code, title, SEVERITY_##severity},
#include "base/diag.def"
#undef DIAG
};

Diags *diags_new(Arena *a)
{
    Diags *d = ARENA_NEW(a, Diags);
    d->arena = a;
    return d;
}

static const char *format(Arena *a, const char *fmt, va_list ap)
{
    Buf b = {0};
    buf_vprintf(&b, fmt, ap);
    const char *text = arena_strndup(a, b.at ? b.at : "", b.n);
    buf_free(&b);
    return text;
}

#define FORMATTED(arena, text)                                                                     \
    va_list ap;                                                                                    \
    va_start(ap, fmt);                                                                             \
    const char *text = format(arena, fmt, ap);                                                     \
    va_end(ap)

Diag *diag_report(Diags *d, DiagCode code, Span where, const char *fmt, ...)
{
    FORMATTED(d->arena, message);
    Diag *g = ARENA_NEW(d->arena, Diag);
    g->owner = d;
    g->code = code;
    g->where = where;
    g->use = SPAN_NONE;
    g->message = message;
    vec_push(d->arena, &d->list, g);
    return g;
}

void diag_label(Diag *d, Span where, const char *fmt, ...)
{
    FORMATTED(d->owner->arena, text);
    Remark r = {where, text};
    if (where.file >= 0)
        vec_push(d->owner->arena, &d->labels, r);
}

void diag_note(Diag *d, Span where, const char *fmt, ...)
{
    FORMATTED(d->owner->arena, text);
    Remark r = {where, text};
    vec_push(d->owner->arena, &d->notes, r);
}

void diag_asks(Diag *d) { d->asks = true; }

void diag_help(Diag *d, const char *fmt, ...)
{
    FORMATTED(d->owner->arena, text);
    vec_push(d->owner->arena, &d->helps, text);
}

// The same one behind itself says nothing more: a recursion.
static void note_once(Diag *g, Span where, const char *text)
{
    const Remark *last = g->notes.n ? &g->notes.at[g->notes.n - 1] : NULL;
    if (!last && !span_compare(g->where, where))
        return;
    if (!last || last->where.file != where.file || last->where.begin != where.begin || strcmp(last->text, text) != 0)
        diag_note(g, where, "%s", text);
}

// What goes wrong in another file, in what it was given there, is the mistake of who gives it; a name that is not known is
// not. What asks something of its callers does so wherever it stands.
static bool is_of_the_use(const Diag *g, Span use)
{
    return g->code != DIAG_E0201 && (g->where.file != use.file || (g->asks && g->use.file < 0));
}

static bool has_label(const Diag *g, Span where)
{
    for (int i = 0; i < g->labels.n; i++)
        if (!span_compare(g->labels.at[i].where, where))
            return true;
    return false;
}

void diags_use_since(Diags *d, int from, Span where, const char *fmt, ...)
{
    FORMATTED(d->arena, text);
    for (int i = from; i < d->list.n; i++) {
        Diag *g = d->list.at[i];
        if (is_of_the_use(g, where)) {
            if (!has_label(g, g->where))
                diag_label(g, g->where, "%s", "");
            diag_label(g, where, "%s", text);
            g->where = where;
        } else {
            note_once(g, where, text);
        }
        g->use = where;
    }
}

void diag_fix(Diag *d, const char *fmt, ...)
{
    FORMATTED(d->owner->arena, text);
    Fix f = {.title = text};
    vec_push(d->owner->arena, &d->fixes, f);
}

void diag_edit(Diag *d, Span where, const char *fmt, ...)
{
    FORMATTED(d->owner->arena, text);
    if (!d->fixes.n || where.file < 0)
        return;
    Edit e = {where, text};
    vec_push(d->owner->arena, &d->fixes.at[d->fixes.n - 1].edits, e);
}

bool diags_has(const Diags *d, const Diag *g)
{
    for (int i = 0; i < d->list.n; i++)
        if (d->list.at[i] == g)
            return true;
    return false;
}

int   diags_count(const Diags *d) { return d->list.n; }
Diag *diags_last(const Diags *d) { return d->list.n ? d->list.at[d->list.n - 1] : NULL; }
void  diags_truncate(Diags *d, int from)
{
    if (from < d->list.n)
        d->list.n = from;
}

int diags_errors(const Diags *d)
{
    int n = 0;
    for (int i = 0; i < d->list.n; i++)
        n += table[d->list.at[i]->code].severity == SEVERITY_ERROR;
    return n;
}

DiagCode diag_code(const Diag *d) { return d->code; }
Span     diag_where(const Diag *d) { return d->where; }
bool     diag_has_help(const Diag *d) { return d->helps.n > 0; }
bool     diag_is_error(const Diag *d) { return table[d->code].severity == SEVERITY_ERROR; }

int diag_places(const Diag *d, Span *out, int cap)
{
    int n = 0;
    for (int i = 0; i < d->labels.n + d->notes.n && n < cap; i++) {
        const Remark *r = i < d->labels.n ? &d->labels.at[i] : &d->notes.at[i - d->labels.n];
        if (r->where.file >= 0)
            out[n++] = r->where;
    }
    return n;
}

bool diags_have(const Diags *d, DiagCode code)
{
    bool have = false;
    for (int i = 0; i < d->list.n; i++)
        have = have || d->list.at[i]->code == code;
    return have;
}

const char *diag_code_text(DiagCode c) { return table[c].text; }
const char *diag_code_title(DiagCode c) { return table[c].title; }

bool diag_code_parse(const char *text, DiagCode *out)
{
    for (int c = 0; c < DIAG_COUNT; c++) {
        size_t i = 0;
        while (table[c].text[i] && toupper((unsigned char)text[i]) == table[c].text[i])
            i++;
        if (!table[c].text[i] && !text[i]) {
            *out = (DiagCode)c;
            return true;
        }
    }
    return false;
}

// ---- order ----

static int by_place(const void *x, const void *y)
{
    const Diag *const *a = x, *const *b = y;
    return span_compare((*a)->where, (*b)->where);
}

static bool same_use(const Diag *a, const Diag *b)
{
    return a->use.file < 0 || b->use.file < 0 || !span_compare(a->use, b->use);
}

// In order of place, each message at a place once.
int diags_in_order(const Diags *d, Diag **out)
{
    int n = 0;
    for (int i = 0; i < d->list.n; i++) {
        Diag *g = d->list.at[i];
        bool  again = false;
        for (int k = 0; k < n && !again; k++)
            again = out[k]->code == g->code && !span_compare(out[k]->where, g->where) && !strcmp(out[k]->message, g->message) &&
                    same_use(out[k], g);
        if (!again)
            out[n++] = g;
    }
    // Stable: qsort is not, so ties keep their order by insertion.
    for (int i = 1; i < n; i++)
        for (int k = i; k > 0 && by_place(&out[k - 1], &out[k]) > 0; k--) {
            Diag *t = out[k];
            out[k] = out[k - 1];
            out[k - 1] = t;
        }
    return n;
}
