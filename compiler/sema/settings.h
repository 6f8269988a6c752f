// Settings from the command line.
#ifndef PLX_SEMA_SETTINGS_H
#define PLX_SEMA_SETTINGS_H

#include "sema/sema.h"

// The value of one parameter that is set, by its type; an error value: it does not fit (reported).
Value *setting_read(Sema *s, const Func *f, const Setting *set);
// The values of the parameters that are set, by their types, with their names. False: one does not fit (reported).
bool read_settings(Sema *s, const Func *f, const Setting *set, int n, Value **args, Name *names);

#endif
