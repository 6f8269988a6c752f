// Diagnostics as JSON for tools: docs/json.md says what each key means.
#include <string.h>

#include "base/diag_data.h"

static void put_json_text(Buf *out, const char *text)
{
    buf_put(out, "\"", 1);
    for (const unsigned char *p = (const unsigned char *)text; *p; p++) {
        if (*p == '"' || *p == '\\')
            buf_printf(out, "\\%c", *p);
        else if (*p < 0x20)
            buf_printf(out, "\\u%04x", *p);
        else
            buf_put(out, (const char *)p, 1);
    }
    buf_put(out, "\"", 1);
}

static void put_json_place(Buf *out, const Sources *s, Span where)
{
    const Source *f = sources_get(s, where.file);
    int           line, column;
    if (!f)
        return;
    buf_puts(out, ",\"file\":");
    put_json_text(out, f->path);
    source_position(f, where.begin, &line, &column);
    buf_printf(out, ",\"line\":%d,\"column\":%d", line, column);
    source_position(f, where.end, &line, &column);
    buf_printf(out, ",\"end_line\":%d,\"end_column\":%d,\"begin\":%d,\"end\":%d", line, column, where.begin, where.end);
}

static void put_json_remarks(Buf *out, const Sources *s, const char *key, const Remark *at, int n)
{
    buf_printf(out, ",\"%s\":[", key);
    for (int i = 0; i < n; i++) {
        buf_puts(out, i ? ",{\"text\":" : "{\"text\":");
        put_json_text(out, at[i].text);
        put_json_place(out, s, at[i].where);
        buf_puts(out, "}");
    }
    buf_puts(out, "]");
}

static void put_json_fixes(Buf *out, const Sources *s, const Diag *g)
{
    buf_puts(out, ",\"fixes\":[");
    for (int i = 0; i < g->fixes.n; i++) {
        const Fix *f = &g->fixes.at[i];
        buf_puts(out, i ? ",{\"title\":" : "{\"title\":");
        put_json_text(out, f->title);
        buf_puts(out, ",\"edits\":[");
        for (int k = 0; k < f->edits.n; k++) {
            buf_puts(out, k ? ",{\"replacement\":" : "{\"replacement\":");
            put_json_text(out, f->edits.at[k].text);
            put_json_place(out, s, f->edits.at[k].where);
            buf_puts(out, "}");
        }
        buf_puts(out, "]}");
    }
    buf_puts(out, "]");
}

void diags_render_json(const Diags *d, const Sources *s, Buf *out)
{
    Diag **list = ARENA_ARRAY(d->arena, Diag *, d->list.n + 1);
    int    n = diags_in_order(d, list);
    for (int i = 0; i < n; i++) {
        const Diag *g = list[i];
        buf_printf(out, "{\"code\":\"%s\",\"severity\":\"%s\",\"message\":", diag_code_text(g->code),
                   diag_is_error(g) ? "error" : "warning");
        put_json_text(out, g->message);
        put_json_place(out, s, g->where);
        put_json_remarks(out, s, "labels", g->labels.at, g->labels.n);
        put_json_remarks(out, s, "notes", g->notes.at, g->notes.n);
        buf_puts(out, ",\"help\":[");
        for (int k = 0; k < g->helps.n; k++) {
            buf_puts(out, k ? "," : "");
            put_json_text(out, g->helps.at[k]);
        }
        buf_puts(out, "]");
        put_json_fixes(out, s, g);
        buf_puts(out, "}\n");
    }
}
