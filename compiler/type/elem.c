#include "type/elem.h"

#include <string.h>

static const struct {
    const char *text;
    int         bytes;
    ElemClass   class;
    int         rank;
} table[] = {
#define ELEM(id, text, bytes, class_, rank) {text, bytes, ELEM_CLASS_##class_, rank},
#include "elem.def"
#undef ELEM
};

const char *elem_text(Elem e) { return table[e].text; }
int         elem_bytes(Elem e) { return table[e].bytes; }
ElemClass   elem_class(Elem e) { return table[e].class; }

bool elem_parse(const char *text, Elem *out)
{
    for (int e = 0; e < ELEM_COUNT; e++)
        if (!strcmp(table[e].text, text)) {
            *out = (Elem)e;
            return true;
        }
    return false;
}

Elem elem_join(Elem a, Elem b)
{
    if (table[a].class != table[b].class) {
        if (table[a].class == ELEM_CLASS_COMPLEX || table[b].class == ELEM_CLASS_COMPLEX)
            return elem_join(elem_complex(a), elem_complex(b));
        return table[a].class == ELEM_CLASS_FLOAT ? a : table[b].class == ELEM_CLASS_FLOAT ? b : a;
    }
    if (a == b || table[a].rank != table[b].rank)
        return table[a].rank >= table[b].rank ? a : b;
    Elem least = ELEM_COUNT;
    for (Elem e = 0; e < ELEM_COUNT; e++)
        if (table[e].class == table[a].class && table[e].rank > table[a].rank &&
            (least == ELEM_COUNT || table[e].rank < table[least].rank))
            least = e;
    return least;
}

Elem elem_complex(Elem e)
{
    return table[e].class == ELEM_CLASS_COMPLEX ? e : e == ELEM_F64 ? ELEM_C128 : ELEM_C64;
}
Elem elem_part(Elem e) { return e == ELEM_C128 ? ELEM_F64 : e == ELEM_C64 ? ELEM_F32 : e; }
bool elem_widens(Elem from, Elem to)
{
    ElemClass f = table[from].class, t = table[to].class;
    return (t == ELEM_CLASS_FLOAT && f == ELEM_CLASS_INT) || (t == ELEM_CLASS_COMPLEX && (f == ELEM_CLASS_INT || f == ELEM_CLASS_FLOAT));
}
bool elem_is_smooth(Elem e) { return table[e].class == ELEM_CLASS_FLOAT || table[e].class == ELEM_CLASS_COMPLEX; }

bool elem_is_narrow(Elem e) { return table[e].class == ELEM_CLASS_FLOAT && table[e].bytes == 2; }

double elem_resolution(Elem e)
{
    double step = 1;
    while (elem_round(e, 1 + step / 2) != 1)
        step /= 2;
    return step;
}
