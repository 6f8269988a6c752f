// plexus explain: the page of a diagnostic, from docs/errors; without a code, the list of all.
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "driver/session.h"

static int list_codes(void)
{
    for (int c = 0; c < DIAG_COUNT; c++)
        printf("%s  %s\n", diag_code_text((DiagCode)c), diag_code_title((DiagCode)c));
    return EXIT_DONE;
}

static int unknown(const char *word)
{
    const char *codes[DIAG_COUNT];
    char        upper[16] = "";
    for (size_t i = 0; word[i] && i + 1 < sizeof upper; i++)
        upper[i] = (char)toupper((unsigned char)word[i]);
    for (int c = 0; c < DIAG_COUNT; c++)
        codes[c] = diag_code_text((DiagCode)c);
    const char *guess = name_nearest(upper, codes, DIAG_COUNT);
    fprintf(stderr, "plexus explain: there is no diagnostic `%s`", word);
    if (guess)
        fprintf(stderr, "; did you mean `%s`?", guess);
    fprintf(stderr, "\nplexus explain lists them all\n");
    return EXIT_USAGE;
}

// Beside the standard library where it was installed, in docs/ where it was built.
static FILE *open_page(Arena *a, const char *stdlib, const char *code)
{
    FILE *f = fopen(arena_printf(a, "%s/../errors/%s.md", stdlib, code), "r");
    return f ? f : fopen(arena_printf(a, "%s/../docs/errors/%s.md", stdlib, code), "r");
}

static int show_page(const Options *o, const char *code)
{
    char    part[4096];
    size_t  n;
    Arena  *a = session_arena();
    FILE   *f = open_page(a, session_stdlib(a, o), code);
    if (!f)
        fprintf(stderr, "plexus explain: the page of %s is not there: looked beside %s\n", code, session_stdlib(a, o));
    while (f && (n = fread(part, 1, sizeof part, f)) > 0)
        fwrite(part, 1, n, stdout);
    bool ok = f && !ferror(f);
    if (f)
        fclose(f);
    arena_free(a);
    return ok ? EXIT_DONE : EXIT_FAILED;
}

int command_explain(const Options *o)
{
    DiagCode code;
    if (!o->nwords)
        return list_codes();
    return diag_code_parse(o->word[0], &code) ? show_page(o, diag_code_text(code)) : unknown(o->word[0]);
}
