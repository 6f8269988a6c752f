// PNG: the pixels of an image, deflated (RFC 2083, ISO/IEC 15948). Eight bits a channel, no interlacing.
#include "plot.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

static void big(unsigned char *p, uint32_t v)
{
    for (int i = 0; i < 4; i++)
        p[i] = (unsigned char)(v >> (24 - 8 * i));
}

static void put_chunk(Text *t, const char *type, const unsigned char *data, size_t n)
{
    unsigned char word[4];
    big(word, (uint32_t)n);
    text_put(t, (const char *)word, 4);
    text_put(t, type, 4);
    text_put(t, (const char *)data, n);
    uLong crc = crc32(0, (const unsigned char *)type, 4);
    big(word, (uint32_t)(n ? crc32(crc, data, (uInt)n) : crc));
    text_put(t, (const char *)word, 4);
}

// Each row behind the number of its filter: 0, none.
static unsigned char *filtered(const Pixels *p)
{
    size_t         row = (size_t)p->width * 3;
    unsigned char *raw = malloc((row + 1) * (size_t)p->height + 1);
    for (int y = 0; raw && y < p->height; y++) {
        raw[(row + 1) * (size_t)y] = 0;
        memcpy(raw + (row + 1) * (size_t)y + 1, p->rgb + row * (size_t)y, row);
    }
    return raw;
}

void png_put(Text *t, const Pixels *p)
{
    unsigned char  head[13] = {0, 0, 0, 0, 0, 0, 0, 0, 8, 2};  // true colour
    unsigned char *raw = filtered(p), *packed = NULL;
    uLong          n = ((uLong)p->width * 3 + 1) * (uLong)p->height;
    uLongf         size = compressBound(n);
    packed = raw ? malloc(size) : NULL;
    big(head, (uint32_t)p->width);
    big(head + 4, (uint32_t)p->height);
    if (packed && compress2(packed, &size, raw, n, 9) == Z_OK) {
        text_put(t, "\x89PNG\r\n\x1a\n", 8);
        put_chunk(t, "IHDR", head, sizeof head);
        put_chunk(t, "IDAT", packed, size);
        put_chunk(t, "IEND", NULL, 0);
    } else {
        t->failed = true;
    }
    free(raw);
    free(packed);
}
