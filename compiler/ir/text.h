// What the printer and the reader of programs share. Private to ir/.
#ifndef PLX_IR_TEXT_H
#define PLX_IR_TEXT_H

#include "ir/ir.h"

extern const char *const text_input_kind[INPUT_SCALAR + 1];

// Words of the text: names that need no quotes.
static inline bool text_begins_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
static inline bool text_in_word(char c)
{
    return text_begins_word(c) || (c >= '0' && c <= '9') || c == '.' || c == '\'';
}

#endif
