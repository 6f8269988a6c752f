// Element types of tensors: one row each in elem.def.
#ifndef PLX_TYPE_ELEM_H
#define PLX_TYPE_ELEM_H

#include <stdbool.h>
#include <stdint.h>

typedef enum {
#define ELEM(id, text, bytes, class_, rank) ELEM_##id,
#include "elem.def"
#undef ELEM
    ELEM_COUNT
} Elem;

typedef enum { ELEM_CLASS_FLOAT, ELEM_CLASS_INT, ELEM_CLASS_BOOL, ELEM_CLASS_COMPLEX } ElemClass;

const char *elem_text(Elem e);
int         elem_bytes(Elem e);
ElemClass   elem_class(Elem e);
// False when no element type is called that.
bool        elem_parse(const char *text, Elem *out);
// What two elements meet as: the wider of one class the float of a float and an int, the
// complex of a complex and a real (of its width at least). Not for bools with numbers.
Elem        elem_join(Elem a, Elem b);
// The complex type that holds a real one, and the type of a complex one's parts; others: themselves.
Elem        elem_complex(Elem e);
Elem        elem_part(Elem e);
// May a number of class `from` stand where `to` is asked for: an int as a float, a real one as a complex one?
bool        elem_widens(Elem from, Elem to);
// Has it derivatives: a float or complex?
bool        elem_is_smooth(Elem e);
// A float of two bytes: kept in f32 where it is computed with.
bool        elem_is_narrow(Elem e);

// The nearest number that a float element type has (halfway: the even one; beyond: infinite).
double      elem_round(Elem e, double v);
// The distance of 1 from the next number that a float element type has.
double      elem_resolution(Elem e);
// Elements in memory: element i as a number (a float; the real part), as a whole one (else); put takes the one that e is.
double      elem_real(Elem e, const void *data, int64_t i);
int64_t     elem_whole(Elem e, const void *data, int64_t i);
void        elem_put(Elem e, void *data, int64_t i, double real, int64_t whole);
// The bits of a narrow float.
uint16_t    elem_narrow_bits(Elem e, double v);

#endif
