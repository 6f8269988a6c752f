// Names in C of what a built program takes and gives.
#include "driver/cfile.h"

#include <ctype.h>
#include <string.h>

// Words of C and C++; what the functions' own arguments are called; what the headers that a program with <math.h> includes
// declare already. What the runtime and the glue name for themselves begins with `plx_`.
static const char *const taken_words[] = {
    "auto", "bool", "break", "case", "catch", "char", "class", "const", "continue", "default", "delete", "do", "double",
    "else", "enum", "extern", "false", "float", "for", "friend", "goto", "if", "inline", "int", "long", "main", "namespace",
    "new", "operator", "private", "protected", "public", "register", "restrict", "return", "short", "signed", "sizeof",
    "static", "struct", "switch", "template", "this", "throw", "true", "try", "typedef", "typename", "union", "unsigned",
    "using", "virtual", "void", "volatile", "while", "model", "turn", "seed", "size", "message", "threads", "path",
    "abort", "abs", "acos", "asin", "atan", "calloc", "cbrt", "ceil", "cos", "cosh", "div", "drem", "erf", "erfc", "exit",
    "exp", "exp2", "expm1", "fabs", "fdim", "floor", "fma", "fmax", "fmin", "fmod", "free", "frexp", "gamma", "hypot",
    "index", "int16_t", "int32_t", "int64_t", "int8_t", "j0", "j1", "jn", "ldexp", "lgamma", "log", "log10", "log1p", "log2",
    "logb", "malloc", "memcpy", "memmove", "memset", "modf", "perror", "pow", "printf", "puts", "qsort", "rand", "random",
    "realloc", "remainder", "remove", "rename", "rewind", "rindex", "rint", "round", "scanf", "select", "sin", "sinh",
    "size_t", "snprintf", "sqrt", "stdin", "stdout", "stderr", "system", "tan", "tanh", "tgamma", "trunc", "uint8_t", "y0",
    "y1", "yn", "NAN", "NULL"};

static bool is_taken(const char *s)
{
    for (size_t i = 0; i < sizeof taken_words / sizeof *taken_words; i++)
        if (!strcmp(s, taken_words[i]))
            return true;
    return !strncmp(s, "plx_", 4) || !strncmp(s, "Plx", 3);
}

const char *c_name(Arena *a, const char *text)
{
    char *s = arena_printf(a, "%s%s%s", isdigit((unsigned char)*text) ? "_" : "", text[0] == '#' ? text + 1 : text,
                           is_taken(text[0] == '#' ? text + 1 : text) ? "_" : "");
    for (char *p = s; *p; p++)
        *p = isalnum((unsigned char)*p) ? *p : '_';
    return s;
}

// ---- names of arguments ----

typedef VEC(const char *) Taken;

static bool is_among(const Taken *t, const char *name)
{
    for (int i = 0; i < t->n; i++)
        if (!strcmp(t->at[i], name))
            return true;
    return false;
}

// A leaf `p.a` of a record is `p_a`; where another argument is called so, underscores tell them apart.
static void name_ports(Session *s, Ports *p, const char *size, Taken *taken)
{
    for (int i = 0; i < p->n; i++) {
        const char *n = c_name(s->arena, p->at[i].name), *with = arena_printf(s->arena, "%s%s", n, size);
        for (; is_among(taken, n) || is_among(taken, with); with = arena_printf(s->arena, "%s%s", n, size))
            n = arena_printf(s->arena, "%s_", n);
        vec_push(s->arena, taken, n);
        vec_push(s->arena, taken, with);
        p->at[i].c = n;
    }
}

void cfile_names(Session *s, Interface *f)
{
    Taken taken = {0};
    for (int i = 0; i < f->open.n; i++)
        vec_push(s->arena, &taken, c_name(s->arena, f->open.at[i].var->name));
    name_ports(s, &f->in, "_size", &taken);
    name_ports(s, &f->out, "_count", &taken);
}
