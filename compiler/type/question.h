// A question about sizes, between the files that answer it.
#ifndef PLX_TYPE_QUESTION_H
#define PLX_TYPE_QUESTION_H

#include "type/facts.h"

enum { MOST_VARS = 8 };  // of a question that is refuted, as many as a SizeWitness holds

typedef struct {
    const Size  *a, *b;  // b may be NULL: then 0 stands for it
    const Facts *facts;
    bool       (*breaks)(int64_t a, int64_t b);
    const bool  *about;  // the facts that a and b can depend on,
    SizeVar    **var;    // and the variables of all these
    int          vars;
} Question;

// Is p >= 0 (and, when `equal` is asked, p = 0) for all sizes that satisfy the facts? New sizes are made in `t`.
bool size_proved(Arena *a, Sizes *t, const Size *p, bool equal, const Facts *f, long *work);

// Finds the smallest sizes that satisfy the facts and break the question. `known` tells where to begin.
bool size_refute(Arena *a, const Question *q, const Known *known, long *work, SizeWitness *w);

#endif
