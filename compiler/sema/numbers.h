// Packs of numbers: `widths: int...`, used up by `widths.first` and `widths.rest`.
#ifndef PLX_SEMA_NUMBERS_H
#define PLX_SEMA_NUMBERS_H

#include "sema/header.h"

// What a header is given: numbers, packs of them, and, in an experiment, tensors of them along one axis. NULL: reported.
Value *numbers_given(Sema *s, const HeaderItem *h, Syn **item, int n);
// A header's, while a body is checked for all of them.
Value *numbers_abstract(Sema *s, Name name, Span where, Contract *c);
// .first and .rest. NULL: there is no such field.
Value *numbers_field(Sema *s, Value *v, Name field, Span where);
// What a contract knows as `#widths` (the path is empty), `widths.first`, `widths.rest.first`, as it is here. False: there
// is none so far along.
bool   numbers_size(Sema *s, Value *v, const char *path, const Size **out);

#endif
