#include "driver/options.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef bool ReadFn(Options *o, const char *value);

static bool read_int(const char *text, int64_t least, int64_t most, int64_t *out)
{
    char *end;
    errno = 0;
    *out = strtoll(text, &end, 10);
    return *text && !*end && !errno && *out >= least && *out <= most;
}

static bool read_set(Options *o, const char *value)
{
    const char *eq = strchr(value, '=');
    if (!eq || eq == value || o->nset == MOST_SETTINGS)
        return false;
    char *name = strndup(value, (size_t)(eq - value));
    o->set[o->nset++] = (Setting){name, eq + 1};
    return name != NULL;
}

static bool read_seed(Options *o, const char *value) { return read_int(value, INT64_MIN, INT64_MAX, &o->seed); }

static bool read_threads(Options *o, const char *value)
{
    int64_t n;
    if (!read_int(value, 1, 256, &n))
        return false;
    o->threads = (int)n;
    return true;
}

static bool read_out(Options *o, const char *value) { return *(o->out = value) != 0; }
static bool read_from(Options *o, const char *value) { return *(o->from = value) != 0; }
static bool read_after(Options *o, const char *value) { return *(o->after = value) != 0; }
static bool read_emit(Options *o, const char *value) { return *(o->emit = value) != 0; }
static bool read_path(Options *o, const char *value) { return *(o->path = value) != 0; }
static bool read_stdlib(Options *o, const char *value) { return *(o->stdlib = value) != 0; }
static bool read_precision(Options *o, const char *value)
{
    return elem_parse(value, &o->precision) && elem_class(o->precision) == ELEM_CLASS_FLOAT;
}
static bool read_types(Options *o, const char *value)
{
    (void)value;
    return o->types = true;
}
static bool read_fix(Options *o, const char *value)
{
    (void)value;
    return o->fix = true;
}
static bool read_json(Options *o, const char *value)
{
    (void)value;
    return o->json = true;
}
static bool read_interpret(Options *o, const char *value)
{
    (void)value;
    return o->interpret = true;
}
static bool read_fuse(Options *o, const char *value)
{
    o->apart = !strcmp(value, "off");
    return o->apart || !strcmp(value, "on");
}
static bool read_help(Options *o, const char *value)
{
    (void)value;
    return o->help = true;
}

static bool read_resume(Options *o, const char *value)
{
    (void)value;
    return o->resume = true;
}
static bool read_keep(Options *o, const char *value)
{
    char *end;
    o->keep_every = strtod(value, &end);
    return *value && !*end && o->keep_every >= 0;
}

static const struct {
    char        letter;   // in Command.options
    const char *name, *value, *what;
    const char *takes;    // in words, where it has a value
    ReadFn     *read;
} table[] = {
    {'s', "--set", "NAME=VALUE", "gives a parameter of the experiment its value", "a name and a value, as in `--set lr=0.01`", read_set},
    {'S', "--seed", "N", "the seed of all draws (0)", "a whole number", read_seed},
    {'t', "--threads", "N", "threads to compute with (as many as there are processors)", "a whole number from 1 to 256", read_threads},
    {'o', "--out", "PATH", "where to write", "a path", read_out},
    {'o', "-o", "PATH", "the same", "a path", read_out},
    {'f', "--from", "DIR", "read files of an earlier run from there", "a path", read_from},
    {'r', "--resume", NULL, "goes on with the run in its folder where it was stopped", NULL, read_resume},
    {'k', "--keep-every", "SECONDS", "how often a run's state is kept for --resume (10, less often where that takes long)", "a number of seconds, at least 0", read_keep},
    {'a', "--after", "PASS", "the pass whose result is shown: parse, check, elaborate, simplify, schedule, llvm", "a name", read_after},
    {'e', "--emit", "KIND", "exe, obj, so, llvm or asm, whatever the ending of the output", "a name", read_emit},
    {'p', "--precision", "f32|f64|f16|bf16", "the width of `real` (f32)", "f32, f64, f16 or bf16", read_precision},
    {'T', "--types", NULL, "shows every name with its axes", NULL, read_types},
    {'x', "--fix", NULL, "writes into the files what the messages offer, where that is one thing, and checks again", NULL, read_fix},
    {'L', "--path", "DIR:DIR", "further folders of modules, before the library (PLEXUS_PATH)", "a path", read_path},
    {'j', "--json", NULL, "diagnostics as JSON, one a line", NULL, read_json},
    {'L', "--stdlib", "DIR", "the folder of the standard library", "a path", read_stdlib},
    {'i', "--interpret", NULL, "by the interpreter that compiled code is tested against: slow", NULL, read_interpret},
    {'F', "--fuse", "on|off", "off: each operation in a kernel of its own, to find what fusion does (on)", "on or off", read_fuse},
    {0, "--help", NULL, "shows this", NULL, read_help},
};

static bool takes(const Command *c, char letter) { return !letter || strchr(c->options, letter); }

static bool complain(const Command *c, const char *what, const char *word)
{
    fprintf(stderr, "plexus %s: %s `%s`\nplexus %s --help tells more\n", c->name, what, word, c->name);
    return false;
}

static bool refuse(const Command *c, const char *option, const char *what, const char *value)
{
    fprintf(stderr, "plexus %s: %s takes %s; this is `%s`\n", c->name, option, what, value);
    return false;
}

static bool unknown_option(const Command *c, const char *word)
{
    const char *name[sizeof table / sizeof *table], *guess;
    for (size_t k = 0; k < sizeof table / sizeof *table; k++)
        name[k] = takes(c, table[k].letter) ? table[k].name : NULL;
    if (!(guess = name_nearest(word, name, sizeof table / sizeof *table)))
        return complain(c, "does not know the option", word);
    fprintf(stderr, "plexus %s: does not know the option `%s`; did you mean `%s`?\n", c->name, word, guess);
    return false;
}

// One option at argv[*i]; its value may follow behind `=`, or as the next word.
static bool read_option(const Command *c, int argc, char **argv, int *i, Options *o)
{
    const char *word = argv[*i], *eq = strncmp(word, "--", 2) ? NULL : strchr(word, '=');
    size_t      n = eq ? (size_t)(eq - word) : strlen(word);
    for (size_t k = 0; k < sizeof table / sizeof *table; k++) {
        if (strlen(table[k].name) != n || strncmp(table[k].name, word, n) != 0 || !takes(c, table[k].letter))
            continue;
        if (!table[k].value && eq)
            return complain(c, "takes no value:", word);
        if (table[k].value && !eq && *i + 1 >= argc)
            return complain(c, "needs a value:", word);
        const char *value = !table[k].value ? NULL : eq ? eq + 1 : argv[++*i];
        return table[k].read(o, value) || refuse(c, table[k].name, table[k].takes, value);
    }
    return unknown_option(c, word);
}

bool options_read(const Command *c, int argc, char **argv, Options *o)
{
    *o = (Options){.precision = ELEM_F32, .keep_every = -1};
    for (int i = 0; i < argc; i++) {
        if (argv[i][0] == '-' && argv[i][1]) {
            if (!read_option(c, argc, argv, &i, o))
                return false;
        } else if (o->nwords < MOST_WORDS && (c->most < 0 || o->nwords < c->most)) {
            o->word[o->nwords++] = argv[i];
        } else {
            return complain(c, "does not take", argv[i]);
        }
    }
    if (o->nwords >= c->least || o->help)
        return true;
    fprintf(stderr, "usage: plexus %s %s\n", c->name, c->words);
    return false;
}

void options_free(Options *o)
{
    for (int i = 0; i < o->nset; i++)
        free((void *)(uintptr_t)o->set[i].name);
    o->nset = 0;
}

void command_help(const Command *c)
{
    printf("usage: plexus %s %s\n\n%s\n\noptions:\n", c->name, c->words, c->what);
    for (size_t k = 0; k < sizeof table / sizeof *table; k++)
        if (takes(c, table[k].letter)) {
            char left[64];
            snprintf(left, sizeof left, "%s %s", table[k].name, table[k].value ? table[k].value : "");
            printf("  %-34s %s\n", left, table[k].what);
        }
}
