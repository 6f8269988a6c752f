// Rewrites of programs: the same values by less work. Takes a verified program, leaves a verified one without what no
// output needs.
#ifndef PLX_OPT_OPT_H
#define PLX_OPT_OPT_H

#include "ir/ir.h"

const Program *opt_simplify(const Program *p);

#endif
