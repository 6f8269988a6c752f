#include "base/source.h"

#include <string.h>

#include "base/vec.h"

struct Sources {
    Arena *arena;
    VEC(Source) files;
};

Sources *sources_new(Arena *a)
{
    Sources *s = ARENA_NEW(a, Sources);
    s->arena = a;
    return s;
}

int sources_add(Sources *s, const char *path, const char *text, size_t size)
{
    Source f = {arena_strndup(s->arena, path, strlen(path)), arena_strndup(s->arena, text, size), (int32_t)size};
    vec_push(s->arena, &s->files, f);
    return s->files.n - 1;
}

const Source *sources_get(const Sources *s, int file)
{
    return file >= 0 && file < s->files.n ? &s->files.at[file] : NULL;
}

int sources_count(const Sources *s) { return s->files.n; }

void source_position(const Source *s, int offset, int *line, int *column)
{
    *line = *column = 1;
    for (int i = 0; i < offset && i < s->size; i++) {
        if (s->text[i] == '\n') {
            ++*line;
            *column = 1;
        } else {
            ++*column;
        }
    }
}

const char *source_line(const Source *s, int line, int *length)
{
    int at = 0;
    for (; line > 1 && at < s->size; at++)
        line -= s->text[at] == '\n';
    int end = at;
    while (end < s->size && s->text[end] != '\n' && s->text[end] != '\r')
        end++;
    *length = end - at;
    return s->text + at;
}

Span span_join(Span a, Span b)
{
    if (a.file < 0)
        return b;
    if (b.file != a.file)
        return a;
    return (Span){a.file, a.begin < b.begin ? a.begin : b.begin, a.end > b.end ? a.end : b.end};
}

int span_compare(Span a, Span b)
{
    if (a.file != b.file)
        return a.file < b.file ? -1 : 1;
    return a.begin != b.begin ? (a.begin < b.begin ? -1 : 1) : 0;
}
