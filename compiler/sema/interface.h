// Interfaces of blocks and functions: `f: block([pixel]) -> [class]`.
#ifndef PLX_SEMA_INTERFACE_H
#define PLX_SEMA_INTERFACE_H

#include "sema/imports.h"
#include "sema/sema.h"

// Any function of that signature, whose axes are those of the scope.
Value *interface_value(Sema *s, Name name, Syn *signature, Scope *scope, Span where);
// Is v one? Asked while bodies are checked; a signature that is NULL asks for nothing. False: reported.
bool   meets_interface(Sema *s, Value *v, Name name, Syn *signature, Scope *scope);

#endif
