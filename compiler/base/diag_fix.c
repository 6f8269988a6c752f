// A source with the fixes of its diagnostics applied.
#include <stdlib.h>
#include <string.h>

#include "base/diag_data.h"

typedef VEC(Edit) Edits;

static bool overlaps(const Edit *a, const Edit *b)
{
    if (a->where.begin == a->where.end && b->where.begin == b->where.end)
        return a->where.begin == b->where.begin && !strcmp(a->text, b->text);  // one thing, said twice
    return a->where.begin < b->where.end && b->where.begin < a->where.end;
}

static bool fits(const Fix *f, int file, const Edits *taken)
{
    for (int i = 0; i < f->edits.n; i++) {
        if (f->edits.at[i].where.file != file)
            return false;
        for (int k = 0; k < taken->n; k++)
            if (overlaps(&f->edits.at[i], &taken->at[k]))
                return false;
    }
    return f->edits.n > 0;
}

static void sort(Edits *e)
{
    for (int i = 1; i < e->n; i++)
        for (int k = i; k > 0 && e->at[k - 1].where.begin > e->at[k].where.begin; k--) {
            Edit t = e->at[k];
            e->at[k] = e->at[k - 1];
            e->at[k - 1] = t;
        }
}

static char *edited(const Diags *d, const Source *s, const Edits *e)
{
    Buf b = {0};
    int at = 0;
    for (int i = 0; i < e->n; i++) {
        buf_put(&b, s->text + at, (size_t)(e->at[i].where.begin - at));
        buf_puts(&b, e->at[i].text);
        at = e->at[i].where.end;
    }
    buf_puts(&b, s->text + at);
    char *text = b.failed ? NULL : arena_strndup(d->arena, b.at ? b.at : "", b.n);
    buf_free(&b);
    return text;
}

char *diags_fixed(const Diags *d, const Sources *s, int file, int choice, int *n)
{
    const Source *src = sources_get(s, file);
    Diag        **list = ARENA_ARRAY(d->arena, Diag *, d->list.n + 1);
    Edits         edits = {0};
    int           count = diags_in_order(d, list);
    *n = 0;
    for (int i = 0; i < count && src; i++) {
        int        k = choice < 0 && list[i]->fixes.n == 1 ? 0 : choice;
        const Fix *f = k >= 0 && k < list[i]->fixes.n ? &list[i]->fixes.at[k] : NULL;
        if (!f || !fits(f, file, &edits))
            continue;
        for (int j = 0; j < f->edits.n; j++)
            vec_push(d->arena, &edits, f->edits.at[j]);
        ++*n;
    }
    sort(&edits);
    return *n ? edited(d, src, &edits) : NULL;
}
