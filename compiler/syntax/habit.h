// Words that the language does not have where a statement begins: of other languages, or misspelled.
#ifndef PLX_SYNTAX_HABIT_H
#define PLX_SYNTAX_HABIT_H

#include "syntax/token.h"

typedef struct {
    const char *word, *help;
    const char *put;   // what stands for it in this language; "": nothing; NULL: not one word
} Habit;

// What is known of a name as a word of another language, or NULL.
const Habit *habit_find(Name word);
// The word that begins statements which `name` may be a misspelling of, or NULL.
const char  *habit_misspelled(Name name);

#endif
