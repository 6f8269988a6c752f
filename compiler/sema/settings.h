// Settings from the command line.
#ifndef PLX_SEMA_SETTINGS_H
#define PLX_SEMA_SETTINGS_H

#include "sema/sema.h"

// The values of the parameters that are set, by their types, with their names. False: one does not fit (reported).
bool read_settings(Sema *s, const Func *f, const Setting *set, int n, Value **args, Name *names);

#endif
