#include "driver/cfile.h"

#include <string.h>

#include "base/source.h"
#include "plexus_rt.h"

// ---- names and text ----

static const char *c_type(Elem e)
{
    static const char *const of[] = {[ELEM_F64] = "double", [ELEM_F32] = "float", [ELEM_F16] = "uint16_t",
                                     [ELEM_BF16] = "uint16_t", [ELEM_I64] = "int64_t",
                                     [ELEM_I32] = "int32_t", [ELEM_I8] = "int8_t", [ELEM_U8] = "uint8_t",
                                     [ELEM_BOOL] = "uint8_t"};
    return of[e];
}

const char *cfile_name(Session *s, const Interface *f) { return c_name(s->arena, f->name); }

static void put_string(Buf *b, const char *s)
{
    buf_puts(b, "\"");
    for (; *s; s++) {
        unsigned char c = (unsigned char)*s;
        if (c < ' ' || c >= 127 || c == '"' || c == '\\' || c == '?')
            buf_printf(b, "\\%03o", c);
        else
            buf_put(b, s, 1);
    }
    buf_puts(b, "\"");
}

static const char *size_text(Session *s, const Size *z)
{
    Buf b = {0};
    size_print(z, &b);
    const char *text = arena_strndup(s->arena, b.at ? b.at : "", b.n);
    buf_free(&b);
    return text;
}

static const char *place_of(Session *s, Span where, const char *message)
{
    int line, column;
    if (where.file < 0)
        return message;
    const Source *f = sources_get(s->sources, where.file);
    source_position(f, where.begin, &line, &column);
    return arena_printf(s->arena, "%s:%d:%d: %s", f->path, line, column, message);
}

// An axis that a number made, `hidden=32`, is told by its name.
static const char *axis_text(Session *s, const Axis *a)
{
    return arena_strndup(s->arena, a->name, strcspn(a->name, "="));
}

// ---- formulas ----

static void put_size_words(const Interface *f, const Size *z, Buf *b);

static void put_var(const Interface *f, const SizeVar *v, Buf *b)
{
    int at = interface_open(f, v);
    for (int i = 0; at < 0 && i < f->given.n; i++)
        if (f->given.at[i] == v)
            at = f->open.n + i;
    buf_printf(b, "PLX_SIZE_OPEN, %d, ", at);
}

static void put_atom(const Interface *f, const SizeAtom *a, Buf *b)
{
    static const char *const word[] = {[SIZE_ATOM_DIV] = "DIV", [SIZE_ATOM_MOD] = "MOD", [SIZE_ATOM_MIN] = "MIN", [SIZE_ATOM_MAX] = "MAX"};
    if (a->kind == SIZE_ATOM_VAR) {
        put_var(f, a->var, b);
        return;
    }
    put_size_words(f, a->a, b);
    put_size_words(f, a->b, b);
    buf_printf(b, "PLX_SIZE_%s, ", word[a->kind]);
}

static void put_size_words(const Interface *f, const Size *z, Buf *b)
{
    if (size_terms(z) == 0)
        buf_puts(b, "PLX_SIZE_NUMBER, 0, ");
    for (int i = 0; i < size_terms(z); i++) {
        int64_t c = size_coef(z, i);
        int     n = size_factors(z, i);
        bool    coefficient = c != 1 || n == 0;
        if (coefficient)
            buf_printf(b, "PLX_SIZE_NUMBER, %lld, ", (long long)c);
        for (int k = 0; k < n; k++) {
            put_atom(f, size_factor(z, i, k), b);
            if (k || coefficient)
                buf_puts(b, "PLX_SIZE_MUL, ");
        }
        if (i)
            buf_puts(b, "PLX_SIZE_ADD, ");
    }
}

// As an anonymous array.
static void put_formula(const Interface *f, const Size *z, Buf *b)
{
    buf_puts(b, "(const int64_t[]){");
    put_size_words(f, z, b);
    buf_puts(b, "PLX_SIZE_END}");
}

// ---- tables ----

static void put_ports(Session *s, const Interface *f, const char *list, const Ports *p, Buf *b)
{
    buf_printf(b, "static const PlxPort plx_%s_ports[] = {\n", list);
    for (int i = 0; i < p->n; i++) {
        const Port *q = &p->at[i];
        buf_puts(b, "    {");
        put_string(b, q->name);
        buf_printf(b, ", (PlxElem)%d, %d,\n     (const char *const[]){", (int)q->elem, q->rank);
        for (int k = 0; k < q->rank; k++) {
            put_string(b, axis_text(s, q->order[k]));
            buf_puts(b, ", ");
        }
        buf_puts(b, "0}, (const char *const[]){");
        for (int k = 0; k < q->rank; k++) {
            put_string(b, arena_printf(s->arena, "`%s`", size_text(s, q->order[k]->size)));
            buf_puts(b, ", ");
        }
        buf_puts(b, "0},\n     (const int64_t *const[]){");
        for (int k = 0; k < q->rank; k++) {
            put_formula(f, q->order[k]->size, b);
            buf_puts(b, ", ");
        }
        buf_puts(b, "0}, ");
        if (q->below)
            put_formula(f, q->below->size, b);
        else
            buf_puts(b, "0");
        buf_puts(b, "},\n");
    }
    buf_puts(b, "    {0}};\n");
}

static void put_open(const Interface *f, Buf *b)
{
    buf_puts(b, "static const PlxOpen plx_open_sizes[] = {\n");
    for (int i = 0; i < f->open.n; i++) {
        const OpenSize *o = &f->open.at[i];
        buf_puts(b, "    {");
        put_string(b, o->var->name);
        buf_printf(b, ", %lld, %d, %d},\n", (long long)(o->var->least < 0 ? 0 : o->var->least), o->state, o->given);
    }
    buf_puts(b, "    {0}};\n");
}

static void put_solutions(const Interface *f, const char *name, const Solutions *list, Buf *b)
{
    buf_printf(b, "static const PlxSolve plx_%s[] = {\n", name);
    for (int i = 0; i < list->n; i++) {
        buf_printf(b, "    {%d, ", interface_open(f, list->at[i].var));
        put_formula(f, list->at[i].size, b);
        buf_puts(b, ", ");
        put_string(b, list->at[i].from);
        buf_puts(b, "},\n");
    }
    buf_puts(b, "    {0}};\n");
}

static bool of_state(const Interface *f, const Size *z)
{
    SizeVar *var[32];
    int      n = z ? size_vars(z, var, 32) : 0;
    for (int i = 0; i < n && i < 32; i++)
        if (!f->open.at[interface_open(f, var[i])].state)
            return false;
    return true;
}

static void put_needs(Session *s, const Interface *f, Buf *b)
{
    static const char *const kind[] = {[PRE_EQUAL] = "EQUAL", [PRE_NONNEG] = "NONNEG", [PRE_DIVIDES] = "DIVIDES"};
    buf_puts(b, "static const PlxNeed plx_needs[] = {\n");
    for (int i = 0; i < f->need.n; i++) {
        const Precondition *p = &f->need.at[i];
        buf_printf(b, "    {PLX_NEED_%s, %d, ", kind[p->kind], of_state(f, p->a) && of_state(f, p->b));
        put_formula(f, p->a, b);
        buf_puts(b, ", ");
        if (p->b)
            put_formula(f, p->b, b);
        else
            buf_puts(b, "0");
        buf_puts(b, ", ");
        put_string(b, size_text(s, p->a));
        buf_puts(b, ", ");
        put_string(b, p->b ? size_text(s, p->b) : "0");
        buf_puts(b, ", ");
        put_string(b, place_of(s, p->where, p->message));
        buf_puts(b, "},\n");
    }
    buf_puts(b, "    {0}};\n");
}

static void put_numbers(const char *name, const int *at, int n, Buf *b)
{
    buf_printf(b, "static const int plx_%s[] = {", name);
    for (int i = 0; i < n; i++)
        buf_printf(b, "%d, ", at[i]);
    buf_puts(b, "-1};\n");
}

static void put_info(Session *s, const Interface *f, Buf *b)
{
    const char *n = cfile_name(s, f);
    put_ports(s, f, "state", &f->state, b);
    put_ports(s, f, "in", &f->in, b);
    put_ports(s, f, "out", &f->out, b);
    put_open(f, b);
    put_solutions(f, "loads", &f->load, b);
    put_solutions(f, "solves", &f->solve, b);
    put_needs(s, f, b);
    put_numbers("changes", f->change.at, f->change.n, b);
    put_numbers("first_sizes", f->first_size.at, f->first_size.n, b);
    put_numbers("run_sizes", f->run_size.at, f->run_size.n, b);
    if (f->first)
        buf_printf(b, "int plexus_%s_first(PlxCtx *, const int64_t *, void *const *, void *const *);\n", n);
    buf_printf(b, "int plexus_%s_run(PlxCtx *, const int64_t *, void *const *, void *const *);\n"
                  "static const PlxModelInfo plx_info = {\n    .name = \"%s\", .run = plexus_%s_run,", n, n, n);
    if (f->first)
        buf_printf(b, " .first = plexus_%s_first,", n);
    buf_printf(b, "\n    .first_draws = %d, .takes_turn = %d, .takes_seed = %d, .may_fail = %d,\n", f->first && interface_takes(f->first, "#seed"),
               interface_takes(f->run, "#turn"), interface_takes(f->run, "#seed"), f->change.n && interface_may_fail(f->run));
    buf_printf(b, "    .state_count = %d, .in_count = %d, .out_count = %d, .change_count = %d,\n", f->state.n, f->in.n, f->out.n, f->change.n);
    buf_printf(b, "    .open_count = %d, .load_count = %d, .solve_count = %d, .need_count = %d,\n", f->open.n, f->load.n, f->solve.n, f->need.n);
    buf_printf(b, "    .first_size_count = %d, .run_size_count = %d,\n", f->first_size.n, f->run_size.n);
    buf_puts(b, "    .state = plx_state_ports, .in = plx_in_ports, .out = plx_out_ports, .change = plx_changes, .open = plx_open_sizes,\n"
                "    .load = plx_loads, .solve = plx_solves, .need = plx_needs, .first_size = plx_first_sizes, .run_size = plx_run_sizes};\n");
}

// ---- functions ----

// `separator` stands before each: ", int64_t hidden".
static void put_size_arguments(Session *s, const Interface *f, bool state, bool names_only, Buf *b)
{
    for (int i = 0; i < f->open.n; i++)
        if (state ? f->open.at[i].state : f->open.at[i].given)
            buf_printf(b, names_only ? "%s, " : ", int64_t %s", c_name(s->arena, f->open.at[i].var->name));
}

static void put_run_arguments(Session *s, const Interface *f, Buf *b)
{
    if (f->takes_turn)
        buf_puts(b, ", int64_t turn");
    put_size_arguments(s, f, false, false, b);
    for (int i = 0; i < f->in.n; i++) {
        const char *n = f->in.at[i].c, *t = c_type(f->in.at[i].elem);
        if (f->in.at[i].rank)
            buf_printf(b, ", const %s *%s, const int64_t *%s_size", t, n, n);
        else
            buf_printf(b, ", %s %s", t, n);
    }
    for (int i = 0; i < f->out.n; i++) {
        const char *n = f->out.at[i].c;
        buf_printf(b, ", %s *%s", c_type(f->out.at[i].elem), n);
        if (f->out.at[i].rank)
            buf_printf(b, ", int64_t %s_count", n);
    }
}

static void put_run(Session *s, const Interface *f, Buf *b)
{
    const char *n = cfile_name(s, f);
    buf_printf(b, "int %s_run(%s *model", n, n);
    put_run_arguments(s, f, b);
    buf_puts(b, ") {\n    const int64_t plx_sizes[] = {");
    put_size_arguments(s, f, false, true, b);
    buf_puts(b, "0};\n    const void *const plx_in[] = {");
    for (int i = 0; i < f->in.n; i++)
        buf_printf(b, "%s%s, ", f->in.at[i].rank ? "" : "&", f->in.at[i].c);
    buf_puts(b, "0};\n    const int64_t *const plx_in_size[] = {");
    for (int i = 0; i < f->in.n; i++)
        buf_printf(b, f->in.at[i].rank ? "%s_size, " : "0, ", f->in.at[i].c);
    buf_puts(b, "0};\n    void *const plx_out[] = {");
    for (int i = 0; i < f->out.n; i++)
        buf_printf(b, "%s, ", f->out.at[i].c);
    buf_puts(b, "0};\n    const int64_t plx_out_count[] = {");
    for (int i = 0; i < f->out.n; i++)
        buf_printf(b, f->out.at[i].rank ? "%s_count, " : "1, ", f->out.at[i].c);
    buf_printf(b, "0};\n    memset(&model->error, 0, sizeof model->error);\n"
                  "    return plx_model_run(model->model, %s, plx_sizes, plx_in, plx_in_size, plx_out, plx_out_count, &model->error) ? 0 : model->error.code;\n}\n",
               f->takes_turn ? "turn" : "0");
}

// Templates of the other functions: `@` is the name of the type, `%` the arguments that tell the state's sizes.
static const char opening[] =
    "struct @ { PlxModel *model; PlxError error; };\n"
    "static @ *plx_begun(PlxModel *model, const PlxError *plx_e, char *message, size_t size) {\n"
    "    @ *plx_m = model ? calloc(1, sizeof *plx_m) : 0;\n"
    "    if (plx_m) plx_m->model = model; else plx_model_close(model);\n"
    "    if (!plx_m && size) snprintf(message, size, \"%s\", model ? \"out of memory\" : plx_e->text);\n"
    "    return plx_m;\n}\n"
    "const char *@_message(const @ *model) { return model->error.text; }\n"
    "void @_close(@ *model) { if (model) plx_model_close(model->model); free(model); }\n";

static const char state_functions[] =
    "@ *@_open(const char *path, int threads, char *message, size_t size) {\n"
    "    PlxError plx_e = {0};\n"
    "    return plx_begun(plx_model_open(&plx_info, path, threads, &plx_e), &plx_e, message, size);\n}\n"
    "int @_save(@ *model, const char *part, const char *path) {\n"
    "    return plx_model_save(model->model, part, path, &model->error) ? 0 : model->error.code;\n}\n"
    "int @_load(@ *model, const char *part, const char *path) {\n"
    "    return plx_model_load(model->model, part, path, &model->error) ? 0 : model->error.code;\n}\n"
    "const char *@_path(const @ *model, int i) { return plx_model_path(model->model, i); }\n"
    "int64_t @_count(const @ *model, const char *path) { return plx_model_count(model->model, path); }\n"
    "int @_get(@ *model, const char *path, void *data, int64_t count) {\n"
    "    return plx_model_get(model->model, path, data, count, &model->error) ? 0 : model->error.code;\n}\n"
    "int @_set(@ *model, const char *path, const void *data, int64_t count) {\n"
    "    return plx_model_set(model->model, path, data, count, &model->error) ? 0 : model->error.code;\n}\n";

static const char count_function[] =
    "int @_unsettled(const @ *model, int i, const char **place, int64_t *failed, int64_t *of) {\n"
    "    const PlxUnsettled *u = plx_model_unsettled(model->model, i);\n"
    "    if (u) *place = u->place, *failed = u->failed, *of = u->of;\n    return u != 0;\n}\n";

static void put_template(const char *text, const char *name, Buf *b)
{
    for (; *text; text++)
        if (*text == '@')
            buf_puts(b, name);
        else
            buf_put(b, text, 1);
}

static bool takes_seed(const Interface *f) { return f->state.n || interface_takes(f->run, "#seed"); }

static void put_new(Session *s, const Interface *f, Buf *b)
{
    const char *n = cfile_name(s, f);
    buf_printf(b, "%s *%s_new(%s", n, n, takes_seed(f) ? "int64_t seed, int threads" : "int threads");
    put_size_arguments(s, f, true, false, b);
    buf_puts(b, ", char *message, size_t size) {\n    const int64_t plx_sizes[] = {");
    put_size_arguments(s, f, true, true, b);
    buf_printf(b, "0};\n    PlxError plx_e = {0};\n    return plx_begun(plx_model_new(&plx_info, %s, plx_sizes, threads, &plx_e), &plx_e, message, size);\n}\n",
               takes_seed(f) ? "seed" : "0");
}

void cfile_source(Session *s, const Interface *f, bool program, Buf *b)
{
    const char *n = cfile_name(s, f);
    buf_printf(b, "#include <stdint.h>\n#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n#include \"plexus_rt.h\"\n%s",
               program ? "#include \"plexus_main.h\"\n" : "");
    put_info(s, f, b);
    if (program) {
        buf_puts(b, "int main(int argc, char **argv) { return plx_main(&plx_info, argc, argv); }\n");
        return;
    }
    buf_printf(b, "typedef struct %s %s;\n", n, n);
    put_template(opening, n, b);
    put_new(s, f, b);
    put_run(s, f, b);
    if (f->state.n)
        put_template(state_functions, n, b);
    if (interface_counts(f))
        put_template(count_function, n, b);
}

// ---- the header ----

static void put_shape(Session *s, const Port *p, Buf *b)
{
    int64_t known;
    buf_printf(b, "//   %s: %s", p->name, p->below ? p->below->name : elem_text(p->elem));
    buf_puts(b, p->rank ? "[" : "");
    for (int i = 0; i < p->rank; i++) {
        const Size *z = p->order[i]->size;
        SizeVar    *v;
        buf_printf(b, "%s%s", i ? ", " : "", axis_text(s, p->order[i]));
        if (size_is_const(z, &known))
            buf_printf(b, ": %lld", (long long)known);
        else if (!size_is_var(z, &v) || strcmp(v->name + 1, p->order[i]->name) != 0)
            buf_printf(b, ": %s", size_text(s, z));
    }
    buf_puts(b, p->rank ? "]" : "");
    if (p->below)
        buf_printf(b, ", %s: positions from 0 to %s - 1", elem_text(p->elem), size_text(s, p->below->size));
    buf_puts(b, "\n");
}

static void put_shapes(Session *s, const Ports *p, Buf *b)
{
    for (int i = 0; i < p->n; i++)
        put_shape(s, &p->at[i], b);
}

static void put_needs_text(Session *s, const Interface *f, Buf *b)
{
    static const char *const form[] = {[PRE_EQUAL] = "//   %s = %s\n", [PRE_NONNEG] = "//   %s >= 0\n", [PRE_DIVIDES] = "//   %s is a multiple of %s\n"};
    if (f->need.n)
        buf_puts(b, "// Of the sizes must hold:\n");
    for (int i = 0; i < f->need.n; i++) {
        const Precondition *p = &f->need.at[i];
        buf_printf(b, form[p->kind], size_text(s, p->a), p->b ? size_text(s, p->b) : "");
    }
}

static const char header_top[] =
    "// @, compiled by plexus. Link with libplexus_rt, OpenBLAS, zlib and the mathematics library.\n"
    "#ifndef PLEXUS_@_H\n#define PLEXUS_@_H\n\n#include <stddef.h>\n#include <stdint.h>\n\n"
    "#ifdef __cplusplus\nextern \"C\" {\n#endif\n\n"
    "// Functions that give an int give 0, or the code of an error (PlxCode in plexus_rt.h): then @_message says why.\n"
    "// Sizes that do not fit are PLX_ERR_SHAPE, elements that are no position PLX_ERR_VALUE; nothing was written then.\n"
    "// Tensors are dense and row-major, their axes in the order written here, aligned to their elements. The caller owns\n"
    "// what it passes; nothing is kept. One call at a time for a handle; handles are independent.\n"
    "typedef struct @ @;\n\n";

static const char header_state[] =
    "// The same with the state of a safetensors file, which tells its sizes (and the seed, if @_save wrote one).\n"
    "@ *@_open(const char *path, int threads, char *message, size_t size);\n\n"
    "// Writes and reads the state. `part` NULL: all of it, with the seed; else the tensors whose path begins with `part`\n"
    "// and a dot, which is left out in the file: a model so written is one that `plexus run` and other libraries load.\n"
    "// A file is written whole or not at all; one that does not fit changes nothing.\n"
    "int @_save(@ *model, const char *part, const char *path);\n"
    "int @_load(@ *model, const char *part, const char *path);\n\n"
    "// One tensor of the state by its path, of `count` elements; @_path(model, i) is NULL behind the last one, and\n"
    "// @_count(model, path) -1 for a path that is not there.\n"
    "const char *@_path(const @ *model, int i);\nint64_t @_count(const @ *model, const char *path);\n"
    "int @_get(@ *model, const char *path, void *data, int64_t count);\n"
    "int @_set(@ *model, const char *path, const void *data, int64_t count);\n\n";

static const char header_count[] =
    "// The fixed points (`fix`) of place i in the source, over all calls of this handle: `failed` of `of` positions did not\n"
    "// settle and are NaN; `place`, which lives as long as the handle, says where and within what. 0: there are no more\n"
    "// places, and nothing is written. A place is there once a call has come by it.\n"
    "int @_unsettled(const @ *model, int i, const char **place, int64_t *failed, int64_t *of);\n\n";

static const char header_end[] =
    "const char *@_message(const @ *model);\nvoid @_close(@ *model);\n\n"
    "#ifdef __cplusplus\n}\n#endif\n\n#endif\n";

void cfile_header(Session *s, const Interface *f, Buf *b)
{
    const char *n = cfile_name(s, f);
    put_template(header_top, n, b);
    if (f->state.n) {
        buf_puts(b, "// The handle owns the state:\n");
        put_shapes(s, &f->state, b);
        buf_puts(b, "// This one has its first values, drawn by `seed`.\n");
    } else if (takes_seed(f)) {
        buf_puts(b, "// Its draws are those of `seed`.\n");
    }
    buf_puts(b, "// `threads`: 0 for one a processor; results do not depend on it.\n// NULL: it cannot be made; why stands in message[0..size).\n");
    buf_printf(b, "%s *%s_new(%s", n, n, takes_seed(f) ? "int64_t seed, int threads" : "int threads");
    put_size_arguments(s, f, true, false, b);
    buf_puts(b, ", char *message, size_t size);\n\n");
    if (f->state.n)
        put_template(header_state, n, b);
    buf_puts(b, f->change.n ? "// One step: it changes the state" : "// One call");
    buf_puts(b, ", and allocates nothing for sizes seen before. Takes\n");
    put_shapes(s, &f->in, b);
    if (f->in.n)
        buf_puts(b, "// each with its sizes, one for each axis. Gives\n");
    else
        buf_puts(b, "// nothing. Gives\n");
    put_shapes(s, &f->out, b);
    buf_puts(b, "// in room for so many elements.");
    if (f->takes_turn)
        buf_puts(b, " `turn`: draws are those of this turn of a loop, counted from 0.");
    buf_puts(b, "\n");
    put_needs_text(s, f, b);
    buf_printf(b, "int %s_run(%s *model", n, n);
    put_run_arguments(s, f, b);
    buf_puts(b, ");\n\n");
    if (interface_counts(f))
        put_template(header_count, n, b);
    put_template(header_end, n, b);
}
