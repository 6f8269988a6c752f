// Map: pointers to pointers, in an arena. No removal; a NULL value means absent.
#ifndef PLX_BASE_MAP_H
#define PLX_BASE_MAP_H

#include "arena.h"

typedef struct Map Map;

Map  *map_new(Arena *a);
void *map_get(const Map *m, const void *key);
void  map_put(Map *m, const void *key, void *value);
int   map_count(const Map *m);

#endif
