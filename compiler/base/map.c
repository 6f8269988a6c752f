#include "base/map.h"

#include <stdint.h>

typedef struct {
    const void *key;
    void       *value;
} Slot;

struct Map {
    Arena *arena;
    Slot  *slot;
    size_t cap;
    int    n;
};

Map *map_new(Arena *a)
{
    Map *m = ARENA_NEW(a, Map);
    *m = (Map){a, ARENA_ARRAY(a, Slot, 16), 16, 0};
    return m;
}

static Slot *find(Slot *slot, size_t cap, const void *key)
{
    uint64_t h = (uint64_t)(uintptr_t)key * 0x9e3779b97f4a7c15u;
    size_t   i = (size_t)(h >> 32) & (cap - 1);
    while (slot[i].key && slot[i].key != key)
        i = (i + 1) & (cap - 1);
    return &slot[i];
}

void *map_get(const Map *m, const void *key) { return find(m->slot, m->cap, key)->value; }

void map_put(Map *m, const void *key, void *value)
{
    Slot *s = find(m->slot, m->cap, key);
    if (!s->key) {
        if ((size_t)m->n * 2 >= m->cap) {
            Slot *bigger = ARENA_ARRAY(m->arena, Slot, m->cap * 2);
            for (size_t i = 0; i < m->cap; i++)
                if (m->slot[i].key)
                    *find(bigger, m->cap * 2, m->slot[i].key) = m->slot[i];
            m->slot = bigger;
            m->cap *= 2;
            s = find(m->slot, m->cap, key);
        }
        m->n++;
    }
    *s = (Slot){key, value};
}

int map_count(const Map *m) { return m->n; }
