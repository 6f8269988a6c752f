// Names that people bring from elsewhere, and what stands for them here.
#ifndef PLX_SEMA_FOREIGN_H
#define PLX_SEMA_FOREIGN_H

#include <stdbool.h>

#include "base/name.h"

typedef struct {
    const char *words;   // with a blank between
    const char *help;
    const char *put;     // what can be put in the place of the word; NULL: nothing by itself
} Foreign;

// What is known of a name as one of another system, or NULL. `type`: it stands where a type does.
const Foreign *foreign_find(Name name, bool type);

#endif
