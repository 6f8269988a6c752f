// The plexus command: a thin driver over the libraries. Only here does a process end.
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "driver/options.h"

#ifndef PLEXUS_VERSION
#define PLEXUS_VERSION "0.1"
#endif

const Command commands[] = {
    {"check", command_check, "FILE…", 1, -1, "Parses and type-checks the files, for all sizes.", "TjpL"},
    {"run", command_run, "FILE [EXPERIMENT]", 1, 2, "Compiles and runs an experiment.", "sStofrkpLiF"},
    {"test", command_test, "FILE…", 1, -1, "Runs the tests in the files.", "StopiF"},
    {"build", command_build, "FILE BLOCK -o OUT", 2, 2,
     "Compiles a block for inference: a shared library or object with its C header, an executable, LLVM's text.", "oepLF"},
    {"draw", command_draw, "FILE [BLOCK] -o OUT.svg", 1, 2, "Draws the neural circuit diagram of a block.", "opL"},
    {"dump", command_dump, "FILE [BLOCK] --after PASS", 1, 2, "Shows the program after a pass, as text.", "apLF"},
    {0},
};

static void help(FILE *to)
{
    fprintf(to, "usage: plexus COMMAND …\n\n");
    for (const Command *c = commands; c->name; c++)
        fprintf(to, "  %-6s %-28s %s\n", c->name, c->words, c->what);
    fprintf(to, "\nplexus COMMAND --help tells more; plexus --version tells which this is.\n"
                "exit status: 0 done, 1 the program is wrong or an `expect` failed, 2 the command line is wrong,\n"
                "3 a file or a resource failed.\n");
}

static const Command *find(const char *name)
{
    for (const Command *c = commands; c->name; c++)
        if (!strcmp(c->name, name))
            return c;
    return NULL;
}

int main(int argc, char **argv)
{
    signal(SIGXFSZ, SIG_IGN);  // a file that grows too long is a write that fails
    if (argc < 2) {
        help(stderr);
        return EXIT_USAGE;
    }
    if (!strcmp(argv[1], "--version")) {
        printf("plexus %s\n", PLEXUS_VERSION);
        return EXIT_DONE;
    }
    if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "help")) {
        help(stdout);
        return EXIT_DONE;
    }
    const Command *c = find(argv[1]);
    Options        o;
    if (!c) {
        fprintf(stderr, "plexus: there is no command `%s`; plexus --help lists them\n", argv[1]);
        return EXIT_USAGE;
    }
    if (!options_read(c, argc - 2, argv + 2, &o))
        return EXIT_USAGE;
    if (o.help) {
        command_help(c);
        return EXIT_DONE;
    }
    int status = c->run(&o);
    options_free(&o);
    return status;
}
