// The names in text that could not be read: one of them may have been declared there, so that whoever does not find
// it elsewhere has nothing new to report.
#include <ctype.h>

#include "base/map.h"
#include "syntax/syntax.h"

typedef struct {
    Arena        *arena;
    Names        *names;
    const Source *source;
    Map          *seen;
    VEC(Name) lost;
} Lost;

static bool is_word(char c) { return isalnum((unsigned char)c) || c == '_'; }

static void scan(Lost *l, int32_t begin, int32_t end)
{
    const char *s = l->source->text + begin, *stop = l->source->text + (end < l->source->size ? end : l->source->size);
    while (s < stop) {
        const char *word = s;
        while (s < stop && is_word(*s))
            s++;
        if (s == word) {
            s++;
            continue;
        }
        Name name = name_intern(l->names, word, (size_t)(s - word));
        if (map_get(l->seen, name))
            continue;
        map_put(l->seen, name, l->seen);
        vec_push(l->arena, &l->lost, name);
    }
}

// `end`: where what follows n's statement begins.
static void walk(Lost *l, const Syn *n, int32_t end)
{
    bool list = n->kind == SYN_FILE || n->kind == SYN_BODY;
    if (n->kind == SYN_ERROR)
        scan(l, n->where.begin, end);
    if (list && n->kind == SYN_BODY && n->where.end < end)
        end = n->where.end;
    for (int i = 0; i < n->nkid; i++)
        if (n->kid[i])
            walk(l, n->kid[i], list && i + 1 < n->nkid ? n->kid[i + 1]->where.begin : end);
}

bool syntax_broken(const Syn *n)
{
    bool broken = n && n->kind == SYN_ERROR;
    for (int i = 0; n && i < n->nkid && !broken; i++)
        broken = syntax_broken(n->kid[i]);
    return broken;
}

int syntax_lost(Arena *a, Names *names, const Source *source, const Syn *root, Name **out)
{
    Lost l = {.arena = a, .names = names, .source = source, .seen = map_new(a)};
    walk(&l, root, source->size);
    *out = l.lost.at;
    return l.lost.n;
}
