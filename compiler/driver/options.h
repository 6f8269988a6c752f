// The command line: one table of commands, one of options; help is made from them.
#ifndef PLX_DRIVER_OPTIONS_H
#define PLX_DRIVER_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "sema/sema.h"
#include "type/elem.h"

enum { EXIT_DONE = 0, EXIT_WRONG = 1, EXIT_USAGE = 2, EXIT_FAILED = 3, MOST_WORDS = 256, MOST_SETTINGS = 64 };

typedef struct {
    const char *word[MOST_WORDS];   // what is no option: files, names
    int         nwords;
    Setting     set[MOST_SETTINGS];
    int         nset;
    int64_t     seed;
    int         threads;            // 0: as many as there are processors
    const char *out, *from, *after, *emit, *stdlib, *path;
    Elem        precision;
    bool        types, json, fix, help, interpret, apart, resume;
    double      keep_every;         // seconds; < 0: as it suits
} Options;

typedef struct {
    const char *name;
    int       (*run)(const Options *o);
    const char *words;              // "FILE [EXPERIMENT]"
    int         least, most;        // of words; most < 0: any
    const char *what;               // one line
    const char *options;            // letters of those that it takes, see options.c
} Command;

extern const Command commands[];    // main.c; ends with a NULL name

// Reads the words behind a command. False: said on stderr.
bool options_read(const Command *c, int argc, char **argv, Options *o);
void options_free(Options *o);
void command_help(const Command *c);

int command_check(const Options *o);
int command_run(const Options *o);
int command_test(const Options *o);
int command_build(const Options *o);
int command_draw(const Options *o);
int command_dump(const Options *o);
int command_explain(const Options *o);
int command_doc(const Options *o);

#endif
