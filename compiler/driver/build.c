// plexus build: a block for inference, as native code that needs the runtime alone.
//
// LLVM makes the object; a short C source beside it describes parameters, arguments and results to the runtime, and
// the C compiler joins the two.
#include <ctype.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "driver/output.h"
#include "driver/session.h"
#include "emit/emit.h"
#include "opt/opt.h"
#include "sema/elaborate.h"

#ifndef PLEXUS_LIBDIR
#define PLEXUS_LIBDIR "/usr/local/lib"
#endif

extern char **environ;

typedef enum { KIND_EXE, KIND_OBJECT, KIND_SHARED, KIND_LLVM, KIND_ASM } Kind;
static const struct {
    const char *name, *ending;
    Kind        kind;
} kinds[] = {{"obj", ".o", KIND_OBJECT}, {"so", ".so", KIND_SHARED}, {"llvm", ".ll", KIND_LLVM}, {"asm", ".s", KIND_ASM},
             {"exe", "", KIND_EXE}};

static bool ends_with(const char *s, const char *end)
{
    size_t n = strlen(s), k = strlen(end);
    return n >= k && !strcmp(s + n - k, end);
}

static bool find_kind(const Options *o, Kind *out)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (o->emit ? !strcmp(o->emit, kinds[i].name) : ends_with(o->out, kinds[i].ending)) {
            *out = kinds[i].kind;
            return true;
        }
    return false;
}

// ---- the description in C ----

static const char *c_type(Elem e)
{
    static const char *const of[] = {[ELEM_F64] = "double", [ELEM_F32] = "float",
                                     [ELEM_F16] = "uint16_t", [ELEM_BF16] = "uint16_t", [ELEM_I64] = "int64_t",
                                     [ELEM_I32] = "int32_t", [ELEM_I8] = "int8_t", [ELEM_U8] = "uint8_t",
                                     [ELEM_BOOL] = "uint8_t"};
    return of[e];
}

// A C name: letters, digits, underscores.
static const char *c_name(Arena *a, const char *text)
{
    char *s = arena_strndup(a, text, strlen(text));
    for (char *p = s; *p; p++)
        *p = isalnum((unsigned char)*p) ? *p : '_';
    return s;
}

typedef struct {
    const char *name;
    Type        type;
    Axis      **order;
} Port;

typedef struct {
    const char *name;      // of the functions
    Port       *param, *in, *out;
    int         nparam, nin, nout;
} Interface;

static void put_port_data(Buf *b, const char *list, int k, const Port *p)
{
    int64_t size;
    buf_printf(b, "static const char *const %s_axis_%d[] = {", list, k);
    for (int i = 0; i < p->type.axes.n; i++)
        buf_printf(b, "\"%s\", ", p->order[i]->name);
    buf_printf(b, "0};\nstatic const int64_t %s_dim_%d[] = {", list, k);
    for (int i = 0; i < p->type.axes.n; i++)
        buf_printf(b, "%lld, ", size_is_const(p->order[i]->size, &size) ? (long long)size : -1LL);
    buf_puts(b, "0};\n");
}

static void put_ports(Buf *b, const char *list, const Port *p, int n)
{
    for (int i = 0; i < n; i++)
        put_port_data(b, list, i, &p[i]);
    buf_printf(b, "static const PlxPort %s_ports[] = {\n", list);
    for (int i = 0; i < n; i++)
        buf_printf(b, "    {\"%s\", (PlxElem)%d, %d, %s_axis_%d, %s_dim_%d},\n", p[i].name, (int)p[i].type.elem,
                   p[i].type.axes.n, list, i, list, i);
    buf_puts(b, "    {0}};\n");
}

static void put_arguments(Buf *b, Arena *a, const Interface *f)
{
    for (int i = 0; i < f->nin; i++)
        buf_printf(b, ", const %s *%s, int64_t %s_count", c_type(f->in[i].type.elem), c_name(a, f->in[i].name),
                   c_name(a, f->in[i].name));
    for (int i = 0; i < f->nout; i++)
        buf_printf(b, ", %s *%s, int64_t %s_count", c_type(f->out[i].type.elem), c_name(a, f->out[i].name),
                   c_name(a, f->out[i].name));
}

static void put_shape(Buf *b, const Port *p)
{
    int64_t size;
    buf_printf(b, "//   %s: %s[", p->name, elem_text(p->type.elem));
    for (int i = 0; i < p->type.axes.n; i++) {
        buf_printf(b, "%s%s", i ? ", " : "", p->order[i]->name);
        if (size_is_const(p->order[i]->size, &size))
            buf_printf(b, ": %lld", (long long)size);
    }
    buf_puts(b, "]\n");
}

static void put_header(Buf *b, Arena *a, const Interface *f)
{
    const char *n = f->name;
    buf_printf(b, "// %s, compiled by plexus. Link with libplexus_rt, OpenBLAS, zlib and the mathematics library.\n"
                  "#ifndef PLEXUS_MODEL_%s_H\n#define PLEXUS_MODEL_%s_H\n\n#include <stddef.h>\n#include <stdint.h>\n\n"
                  "typedef struct %s %s;\n\n"
                  "// The model with the parameters of a safetensors file, for so many threads (0: one a processor).\n"
                  "// NULL: it could not be read; why stands in message[0..size).\n"
                  "%s *%s_open(const char *checkpoint, int threads, char *message, size_t size);\n\n"
                  "// Runs it for `batch` positions at once. Tensors are dense, row-major, axes in this order:\n",
               n, n, n, n, n, n, n);
    for (int i = 0; i < f->nin; i++)
        put_shape(b, &f->in[i]);
    for (int i = 0; i < f->nout; i++)
        put_shape(b, &f->out[i]);
    buf_printf(b, "// Counts are of elements. Returns 0, or an error's code: then %s_message says why, and nothing was\n"
                  "// written if a count was wrong. One call at a time for a model.\nint %s_run(%s *model, int64_t batch",
               n, n, n);
    put_arguments(b, a, f);
    buf_printf(b, ");\n\nconst char *%s_message(const %s *model);\nvoid %s_close(%s *model);\n\n#endif\n", n, n, n, n);
}

static void put_functions(Buf *b, Arena *a, const Interface *f)
{
    const char *n = f->name;
    buf_printf(b, "int %s_step(PlxCtx *, const int64_t *, void *const *, void *const *);\n"
                  "static const PlxModelInfo info = {\"%s\", %s_step, %d, %d, %d, param_ports, in_ports, out_ports};\n"
                  "struct %s { PlxModel *model; PlxError error; };\n"
                  "%s *%s_open(const char *checkpoint, int threads, char *message, size_t size) {\n"
                  "    PlxError e = {0};\n    %s *m = calloc(1, sizeof *m);\n"
                  "    if (m && (m->model = plx_model_open(&info, checkpoint, threads, &e)) != 0) return m;\n"
                  "    if (size) snprintf(message, size, \"%%s\", m ? e.text : \"out of memory\");\n"
                  "    free(m);\n    return 0;\n}\n"
                  "const char *%s_message(const %s *m) { return m->error.text; }\n"
                  "void %s_close(%s *m) { if (m) plx_model_close(m->model); free(m); }\n"
                  "int %s_run(%s *m, int64_t batch", n, n, n, f->nparam, f->nin, f->nout, n, n, n, n, n, n, n, n, n, n);
    put_arguments(b, a, f);
    buf_puts(b, ") {\n    const void *in[] = {");
    for (int i = 0; i < f->nin; i++)
        buf_printf(b, "%s, ", c_name(a, f->in[i].name));
    buf_puts(b, "0};\n    const int64_t in_count[] = {");
    for (int i = 0; i < f->nin; i++)
        buf_printf(b, "%s_count, ", c_name(a, f->in[i].name));
    buf_puts(b, "0};\n    void *out[] = {");
    for (int i = 0; i < f->nout; i++)
        buf_printf(b, "%s, ", c_name(a, f->out[i].name));
    buf_puts(b, "0};\n    const int64_t out_count[] = {");
    for (int i = 0; i < f->nout; i++)
        buf_printf(b, "%s_count, ", c_name(a, f->out[i].name));
    buf_puts(b, "0};\n    memset(&m->error, 0, sizeof m->error);\n"
                "    return plx_model_run(m->model, batch, in, in_count, out, out_count, &m->error) ? 0 : m->error.code;\n}\n");
}

// An executable reads its arguments from an npz file by name, and writes its results to another.
static const char main_text[] =
    "static int fail(const char *text) { fprintf(stderr, \"%s\\n\", text); return 3; }\n"
    "int main(int argc, char **argv) {\n"
    "    enum { IN = sizeof in_ports / sizeof *in_ports, OUT = sizeof out_ports / sizeof *out_ports };\n"
    "    PlxWant want[IN] = {{0}}; PlxTensor in[IN] = {{0}}, out[OUT] = {{0}}; PlxField field[OUT] = {{0}};\n"
    "    const void *from[IN]; void *to[OUT]; int64_t from_count[IN], to_count[OUT], batch = 1; PlxError e = {0};\n"
    "    if (argc != 4) { fprintf(stderr, \"usage: %s CHECKPOINT.safetensors ARGUMENTS.npz RESULTS.npz\\n\", argv[0]); return 2; }\n"
    "    for (int i = 0; i < info.in_count; i++) {\n"
    "        want[i] = (PlxWant){.name = info.in[i].name, .elem = info.in[i].elem, .rank = info.in[i].rank};\n"
    "        for (int k = 0; k < info.in[i].rank; k++) { want[i].dim[k] = info.in[i].dim[k]; want[i].axis[k] = info.in[i].axis[k]; }\n"
    "    }\n"
    "    PlxModel *m = plx_model_open(&info, argv[1], 0, &e);\n"
    "    if (!m || !plx_load(argv[2], want, info.in_count, in, &e)) return fail(e.text);\n"
    "    for (int i = 0; i < info.in_count; i++) {\n"
    "        for (int k = 0; k < info.in[i].rank; k++) if (info.in[i].dim[k] < 0) batch = in[i].dim[k];\n"
    "        from[i] = in[i].data; from_count[i] = plx_tensor_count(&in[i]);\n"
    "    }\n"
    "    for (int i = 0; i < info.out_count; i++) {\n"
    "        int64_t dim[PLX_MAX_RANK];\n"
    "        for (int k = 0; k < info.out[i].rank; k++) dim[k] = info.out[i].dim[k] < 0 ? batch : info.out[i].dim[k];\n"
    "        if (!plx_tensor_new(&out[i], info.out[i].elem, info.out[i].rank, dim, &e)) return fail(e.text);\n"
    "        to[i] = out[i].data; to_count[i] = plx_tensor_count(&out[i]); field[i] = (PlxField){info.out[i].name, out[i]};\n"
    "    }\n"
    "    bool ok = plx_model_run(m, batch, from, from_count, to, to_count, &e) && plx_npz_save(argv[3], field, info.out_count, &e);\n"
    "    for (int i = 0; i < info.in_count; i++) plx_tensor_free(&in[i]);\n"
    "    for (int i = 0; i < info.out_count; i++) plx_tensor_free(&out[i]);\n"
    "    plx_model_close(m);\n"
    "    return ok ? 0 : fail(e.text);\n}\n";

// ---- the interface of a program ----

static Axis **order_of(Axis **order, Type t) { return order ? order : t.axes.at; }

static bool sizes_known(Session *s, const Program *p, const Port *port, const char *text)
{
    (void)p;
    int64_t size;
    for (int i = 0; i < port->type.axes.n; i++) {
        const Axis *a = port->order[i];
        if (size_is_const(a->size, &size) || !strcmp(a->name, "batch"))
            continue;
        Diag *d = diag_report(s->diags, DIAG_E0406, SPAN_NONE, "the size of axis `%s` of `%s` is not known", a->name, text);
        diag_help(d, "give the bracket its sizes, for instance `MLP[64 -> 10]`");
        return false;
    }
    return true;
}

static bool interface_of(Session *s, const Program *p, const Func *f, const char *text, Interface *out)
{
    Arena *a = s->arena;
    char  *name = arena_strndup(a, f->name, strlen(f->name));
    for (char *c = name; *c; c++)
        *c = (char)tolower((unsigned char)*c);
    *out = (Interface){.name = name, .param = ARENA_ARRAY(a, Port, p->inputs.n + 1), .in = ARENA_ARRAY(a, Port, p->inputs.n + 1),
                       .out = ARENA_ARRAY(a, Port, p->outputs.n + 1)};
    bool ok = true;
    for (int i = 0; i < p->inputs.n; i++) {
        const Input *in = &p->inputs.at[i];
        Port port = {in->name, in->node->type, order_of(in->order, in->node->type)};
        ok = ok && sizes_known(s, p, &port, text);
        if (in->kind == INPUT_PARAMETER)
            out->param[out->nparam++] = port;
        else
            out->in[out->nin++] = port;
    }
    for (int i = 0; i < p->outputs.n; i++) {
        const Output *o = &p->outputs.at[i];
        out->out[out->nout++] = (Port){o->name, o->node->type, order_of(o->order, o->node->type)};
    }
    return ok;
}

// ---- files and the C compiler ----

static bool run_compiler(Session *s, char *const *argv)
{
    pid_t pid;
    int   status = 0;
    bool  ok = !posix_spawnp(&pid, argv[0], NULL, NULL, argv, environ) && waitpid(pid, &status, 0) == pid &&
              WIFEXITED(status) && WEXITSTATUS(status) == 0;
    if (ok)
        return true;
    diag_report(s->diags, DIAG_E0804, SPAN_NONE, "the C compiler `%s` could not join the parts", argv[0]);
    diag_help(diags_last(s->diags), "it is taken from CC, else `cc`: on Debian, apt-get install gcc");
    s->failed = true;
    return false;
}

// The runtime: beside the program in its build folder, else where it was installed; its header likewise.
static void find_runtime(Arena *a, const char **library, const char **include)
{
    char    self[4096];
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    *library = PLEXUS_LIBDIR "/libplexus_rt.a";
    *include = PLEXUS_LIBDIR "/../include";
    if (n <= 0)
        return;
    self[n] = 0;
    *strrchr(self, '/') = 0;
    const char *near = arena_printf(a, "%s/libplexus_rt.a", self);
    const char *installed = arena_printf(a, "%s/../lib/libplexus_rt.a", self);
    if (!access(near, R_OK)) {
        *library = near;
#ifdef PLEXUS_SOURCE
        *include = PLEXUS_SOURCE "/runtime";
#endif
    } else if (!access(installed, R_OK)) {
        *library = installed;
        *include = arena_printf(a, "%s/../include", self);
    }
}

static bool join(Session *s, Kind kind, const char *glue, const char *object, const char *to)
{
    const char *library, *include, *cc = getenv("CC");
    find_runtime(s->arena, &library, &include);
    const char *flag = arena_printf(s->arena, "-I%s", include);
    const char *argv[24] = {cc && *cc ? cc : "cc", "-std=gnu17", "-O1", "-fPIC", flag, "-o", to};
    int         n = 7;
    if (kind == KIND_SHARED)
        argv[n++] = "-shared";
    if (kind == KIND_OBJECT)
        argv[n++] = "-r";
    argv[n++] = glue;
    argv[n++] = object;
    if (kind != KIND_OBJECT) {
        const char *const libraries[] = {library, "-lopenblas", "-lz", "-lm", "-lpthread"};
        for (size_t i = 0; i < sizeof libraries / sizeof *libraries; i++)
            argv[n++] = libraries[i];
    }
    return run_compiler(s, (char *const *)(uintptr_t)argv);
}

static bool write_plain(Session *s, const char *path, const Buf *b)
{
    FILE *f = fopen(path, "wb");
    bool  ok = f && fwrite(b->at, 1, b->n, f) == b->n;
    ok = f && !fclose(f) && ok;
    if (!ok) {
        diag_report(s->diags, DIAG_E0803, SPAN_NONE, "cannot write `%s`", path);
        s->failed = true;
    }
    return ok;
}

static void put_glue(Buf *b, Arena *a, Kind kind, const Interface *f)
{
    buf_puts(b, "#include <stdint.h>\n#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n#include \"plexus_rt.h\"\n");
    buf_printf(b, "typedef struct %s %s;\n", f->name, f->name);
    put_ports(b, "param", f->param, f->nparam);
    put_ports(b, "in", f->in, f->nin);
    put_ports(b, "out", f->out, f->nout);
    put_functions(b, a, f);
    if (kind == KIND_EXE)
        buf_puts(b, main_text);
}

static const char *header_path(Arena *a, const char *out, const char *name)
{
    const char *slash = strrchr(out, '/');
    return arena_printf(a, "%.*s%s.h", slash ? (int)(slash - out) + 1 : 0, out, name);
}

static bool link_all(Session *s, const Options *o, Kind kind, const Interface *f, const Buf *object)
{
    char        folder[] = "/tmp/plexus-XXXXXX";
    Buf         glue = {0}, header = {0};
    const char *to = arena_printf(s->arena, "%s.%ld.part", o->out, (long)getpid());
    if (!mkdtemp(folder)) {
        diag_report(s->diags, DIAG_E0803, SPAN_NONE, "cannot make a temporary folder in /tmp");
        s->failed = true;
        return false;
    }
    const char *c = arena_printf(s->arena, "%s/glue.c", folder), *obj = arena_printf(s->arena, "%s/step.o", folder);
    put_glue(&glue, s->arena, kind, f);
    put_header(&header, s->arena, f);
    bool ok = write_plain(s, c, &glue) && write_plain(s, obj, object) && join(s, kind, c, obj, to);
    if (ok && rename(to, o->out)) {
        diag_report(s->diags, DIAG_E0803, SPAN_NONE, "cannot write `%s`", o->out);
        s->failed = true;
        ok = false;
    }
    ok = ok && (kind == KIND_EXE || output_write(s, header_path(s->arena, o->out, f->name), header.at, header.n));
    remove(c);
    remove(obj);
    remove(to);
    rmdir(folder);
    buf_free(&glue);
    buf_free(&header);
    return ok;
}

static Func *block_of(Session *s, Module *m, const char *text)
{
    size_t n = strcspn(text, "[ ");
    return session_find(s, m, arena_strndup(s->arena, text, n));
}

static void build(Session *s, const Options *o, Kind kind)
{
    Buf       b = {0};
    Interface f;
    Module   *m = session_load(s, o->word[0]);
    Func     *block = m ? block_of(s, m, o->word[1]) : NULL;
    Program  *p = block ? elaborate(s->sema, m, o->word[1], true) : NULL;
    if (!p || !interface_of(s, p, block, o->word[1], &f))
        return;
    const Program *q = opt_simplify(p);
    const char    *symbol = arena_printf(s->arena, "%s_step", f.name);
    StepOptions    how = {.apart = s->apart};
    bool ok = kind == KIND_LLVM ? emit_ir_text(q, symbol, &how, s->diags, &b)
              : kind == KIND_ASM ? emit_asm(q, symbol, &how, s->diags, &b)
                                 : emit_object(q, symbol, &how, s->diags, &b);
    if (ok && (kind == KIND_LLVM || kind == KIND_ASM))
        output_write(s, o->out, b.at, b.n);
    else if (ok)
        link_all(s, o, kind, &f, &b);
    buf_free(&b);
}

int command_build(const Options *o)
{
    Session s;
    Kind    kind;
    if (!o->out || !find_kind(o, &kind)) {
        fprintf(stderr, o->out ? "plexus build: --emit takes exe, obj, so, llvm or asm\n"
                               : "plexus build: say where to: -o NAME.so, NAME.o, NAME.ll, NAME.s or NAME\n");
        return EXIT_USAGE;
    }
    session_begin(&s, o);
    build(&s, o, kind);
    return session_end(&s);
}
