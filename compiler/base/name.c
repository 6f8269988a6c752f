#include "base/name.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

typedef struct {
    const char *text;
    size_t      n;
} Slot;

struct Names {
    Arena *arena;
    Slot  *slot;
    size_t cap, n;
};

static uint64_t hash(const char *s, size_t n)
{
    uint64_t h = 1469598103934665603u;
    for (size_t i = 0; i < n; i++)
        h = (h ^ (unsigned char)s[i]) * 1099511628211u;
    return h ^ h >> 29;
}

Names *names_new(Arena *a)
{
    Names *t = ARENA_NEW(a, Names);
    *t = (Names){a, ARENA_ARRAY(a, Slot, 256), 256, 0};
    return t;
}

static Slot *find(Slot *slot, size_t cap, const char *s, size_t n)
{
    size_t i = hash(s, n) & (cap - 1);
    while (slot[i].text && (slot[i].n != n || memcmp(slot[i].text, s, n) != 0))
        i = (i + 1) & (cap - 1);
    return &slot[i];
}

static void grow(Names *t)
{
    Slot *bigger = ARENA_ARRAY(t->arena, Slot, t->cap * 2);
    for (size_t i = 0; i < t->cap; i++)
        if (t->slot[i].text)
            *find(bigger, t->cap * 2, t->slot[i].text, t->slot[i].n) = t->slot[i];
    t->slot = bigger;
    t->cap *= 2;
}

Name name_intern(Names *t, const char *s, size_t n)
{
    Slot *slot = find(t->slot, t->cap, s, n);
    if (slot->text)
        return slot->text;
    if (t->n * 2 >= t->cap) {
        grow(t);
        slot = find(t->slot, t->cap, s, n);
    }
    *slot = (Slot){arena_strndup(t->arena, s, n), n};
    t->n++;
    return slot->text;
}

Name name_of(Names *t, const char *s) { return name_intern(t, s, strlen(s)); }

Name name_format(Names *t, const char *fmt, ...)
{
    char    small[256];
    va_list ap, again;
    va_start(ap, fmt);
    va_copy(again, ap);
    int n = vsnprintf(small, sizeof small, fmt, ap);
    va_end(ap);
    Name name;
    if (n < (int)sizeof small) {
        name = name_intern(t, small, n < 0 ? 0 : (size_t)n);
    } else {
        char *text = arena_alloc(t->arena, (size_t)n + 1);
        vsnprintf(text, (size_t)n + 1, fmt, again);
        name = name_intern(t, text, (size_t)n);
    }
    va_end(again);
    return name;
}

// Damerau and Levenshtein, restricted: insert, delete, replace, swap neighbours.
int name_distance(const char *a, const char *b, int limit)
{
    enum { MOST = 64 };
    int na = (int)strlen(a), nb = (int)strlen(b), row[3][MOST + 1];
    if (na > MOST || nb > MOST || na - nb > limit || nb - na > limit)
        return limit + 1;
    for (int j = 0; j <= nb; j++)
        row[0][j] = j;
    for (int i = 1; i <= na; i++) {
        int *now = row[i % 3], *last = row[(i + 2) % 3], *before = row[(i + 1) % 3];
        now[0] = i;
        for (int j = 1; j <= nb; j++) {
            int best = last[j - 1] + (a[i - 1] != b[j - 1]);
            best = last[j] + 1 < best ? last[j] + 1 : best;
            best = now[j - 1] + 1 < best ? now[j - 1] + 1 : best;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && before[j - 2] + 1 < best)
                best = before[j - 2] + 1;
            now[j] = best;
        }
    }
    return row[na % 3][nb] > limit ? limit + 1 : row[na % 3][nb];
}

const char *name_nearest(const char *word, const char *const *list, int n)
{
    const char *best = NULL;
    int         limit = strlen(word) < 5 ? 1 : 2;
    for (int i = 0; i < n; i++) {
        int d = list[i] ? name_distance(word, list[i], limit) : limit + 1;
        if (d > 0 && d <= limit && d < (int)strlen(word)) {
            best = list[i];
            limit = d - 1;
        }
    }
    return best;
}
