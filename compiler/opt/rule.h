// What a rewrite rule gets and gives. Private to opt/.
#ifndef PLX_OPT_RULE_H
#define PLX_OPT_RULE_H

#include "ir/ir.h"

typedef struct {
    Builder b;
    Map    *map;   // old node -> new node
} Rewrite;

// The simpler value of a node of the old program, `in` its operands in the new one; NULL: the rule does not fit.
typedef Node *RuleFn(Rewrite *r, const Node *n, Node *const *in);

RuleFn opt_convolve;

#endif
