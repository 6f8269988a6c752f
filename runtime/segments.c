// The stable counting sort that makes scatters deterministic.
#include "plexus_rt.h"

#include <string.h>

static bool inside(int64_t position, int64_t targets)
{
    return position >= 0 && position < targets;
}

void plx_sort_segments(const int64_t *position, int64_t n, int64_t targets, int64_t *offset,
                       int64_t *order)
{
    memset(offset, 0, (size_t)(targets + 1) * sizeof *offset);
    for (int64_t i = 0; i < n; i++)
        if (inside(position[i], targets))
            offset[position[i] + 1]++;
    for (int64_t t = 0; t < targets; t++)
        offset[t + 1] += offset[t];
    // Each start is the cursor of its target, and ends as the start of the next: shifted back
    // below.
    for (int64_t i = 0; i < n; i++)
        if (inside(position[i], targets))
            order[offset[position[i]]++] = i;
    memmove(offset + 1, offset, (size_t)targets * sizeof *offset);
    offset[0] = 0;
}
