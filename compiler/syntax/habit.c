#include "syntax/habit.h"

#include <string.h>

// What a person who comes from elsewhere writes first.
static const Habit known[] = {
    {"return", "the last expression of a body is its result", ""},
    {"import", "modules come with `use`", "use"},
    {"fun", "functions are declared with `fn`, layers with `block`", "fn"},
    {"func", "functions are declared with `fn`, layers with `block`", "fn"},
    {"function", "functions are declared with `fn`, layers with `block`", "fn"},
    {"const", "a name is given with `let`, one that changes with `var`", "let"},
    {"val", "a name is given with `let`, one that changes with `var`", "let"},
    {"def", "functions are declared with `fn`, layers with `block`", NULL},
    {"class", "layers are declared with `block`, records with `type`", NULL},
    {"struct", "layers are declared with `block`, records with `type`", NULL},
    {"lambda", "a function is written `(x) => x + 1`", NULL},
    {"elif", "write `else if`", NULL},
    {"from", "modules come with `use`", NULL},
    {"assert", "`require` says what sizes must be, `expect` what an experiment claims", NULL},
    {"checkpoint", "what is computed again stands in braces: `checkpoint { … }`", NULL},
    {"print", "write `print(…)`", NULL},
};

const Habit *habit_find(Name word)
{
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (!strcmp(word, known[i].word))
            return &known[i];
    return NULL;
}

const char *habit_misspelled(Name name)
{
    static const char *const leads[] = {
#define WORD(text, token, role) ROLE_##role(text)
#define ROLE_LEAD(text) text,
#define ROLE_DECLARE(text) text,
#define ROLE_TITLE(text)
#define ROLE_FIXED(text)
#define ROLE_LINK(text)
#define ROLE_BINDER(text)
#define ROLE_OPENER(text)
#define ROLE_INFIX(text)
#include "syntax/words.def"
#undef WORD
    };
    const char *best = NULL;
    int         limit = strlen(name) < 4 ? 1 : 2;
    for (size_t i = 0; i < sizeof leads / sizeof *leads; i++) {
        int d = name_distance(name, leads[i], limit);
        if (d > 0 && d <= limit && d < (int)strlen(name)) {
            best = leads[i];
            limit = d - 1;
        }
    }
    return best;
}
