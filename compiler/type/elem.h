// Element types of tensors: one row each in elem.def.
#ifndef PLX_TYPE_ELEM_H
#define PLX_TYPE_ELEM_H

#include <stdbool.h>

typedef enum {
#define ELEM(id, text, bytes, class_, rank) ELEM_##id,
#include "elem.def"
#undef ELEM
    ELEM_COUNT
} Elem;

typedef enum { ELEM_CLASS_FLOAT, ELEM_CLASS_INT, ELEM_CLASS_BOOL } ElemClass;

const char *elem_text(Elem e);
int         elem_bytes(Elem e);
ElemClass   elem_class(Elem e);
// False when no element type is called that.
bool        elem_parse(const char *text, Elem *out);
// What two elements meet as: the wider of one class (i32 for i8 and u8), the float of a float and an int. Not for bools with numbers.
Elem        elem_join(Elem a, Elem b);

#endif
