// Fixes that tools can apply: with the fix, the program passes. And what `check --json` says of them.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sema/sema.h"

typedef struct {
    const char *what;
    const char *wrong;
    int         choice;  // which of the fixes; -1: the only one
    const char *right;
} Case;

static const Case cases[] = {
    {"a misspelled value, at both of its places", "fn f(scale: []) -> [] { scael * scael }\n", -1,
     "fn f(scale: []) -> [] { scale * scale }\n"},
    {"a misspelled axis", "fn f[time](x: [time]) -> [] { sum[tiem](x) }\n", -1, "fn f[time](x: [time]) -> [] { sum[time](x) }\n"},
    {"a misspelled field", "type S = (hidden: [], cell: [])\nfn f(s: S) -> [] { s.hiden }\n", -1,
     "type S = (hidden: [], cell: [])\nfn f(s: S) -> [] { s.hidden }\n"},
    {"a misspelled named argument", "fn g(x: [], scale: real = 1) -> [] { scale * x }\nfn f(x: []) -> [] { g(x, scal: 2) }\n", -1,
     "fn g(x: [], scale: real = 1) -> [] { scale * x }\nfn f(x: []) -> [] { g(x, scale: 2) }\n"},
    {"a misspelled name in a bracket", "fn g[n, least: int = 1](x: [n]) -> [] { sum[n](x) }\n"
     "fn f[k](x: [k]) -> [] { g[k, laest: 2](x) }\n", -1,
     "fn g[n, least: int = 1](x: [n]) -> [] { sum[n](x) }\nfn f[k](x: [k]) -> [] { g[k, least: 2](x) }\n"},
    {"a misspelled setting of an optimizer", "use optim\nexperiment e() {\n  var o = sgd(momentun: 0.9)\n}\n", -1,
     "use optim\nexperiment e() {\n  var o = sgd(momentum: 0.9)\n}\n"},
    {"a misspelled member of a module", "use nn\nfn f(x: []) -> [] { nn.gleu(x) }\n", -1, "use nn\nfn f(x: []) -> [] { nn.gelu(x) }\n"},
    {"a misspelled module", "use optm\nfn f(x: []) -> [] { x }\n", -1, "use optim\nfn f(x: []) -> [] { x }\n"},
    {"a module that is not used", "// what it does\nfn f(x: []) -> [] { gelu(x) }\n", -1,
     "// what it does\nuse nn\nfn f(x: []) -> [] { gelu(x) }\n"},
    {"the first reading of an operator before a pipe", "fn f(x: [], y: []) -> [] { x + y |> exp |> sin }\n", 0,
     "fn f(x: [], y: []) -> [] { (x + y) |> exp |> sin }\n"},
    {"the second reading of an operator before a pipe", "fn f(x: [], y: []) -> [] { x + y |> exp }\n", 1,
     "fn f(x: [], y: []) -> [] { x + (y |> exp) }\n"},
    {"the second reading of an operator behind a pipe", "fn f(x: [], y: []) -> [] { x |> exp + y }\n", 1,
     "fn f(x: [], y: []) -> [] { (x |> exp) + y }\n"},
    {"a comment that was meant as a division", "axis n = 8\naxis half = #n // 2\n", -1, "axis n = 8\naxis half = #n div 2\n"},
    {"a brace that is missing", "fn f(x: []) -> [] {\n  x\n\nfn g(x: []) -> [] {\n  x\n}\n", -1,
     "fn f(x: []) -> [] {\n  x\n}\n\nfn g(x: []) -> [] {\n  x\n}\n"},
    {"a brace that is one too many", "fn f(x: []) -> [] {\n  let y = x }\n  y\n}\n", -1, "fn f(x: []) -> [] {\n  let y = x \n  y\n}\n"},
    {"a comma that is missing", "fn f(x: [], y: []) -> [] { max(x y) }\n", -1, "fn f(x: [], y: []) -> [] { max(x, y) }\n"},
    {"a colon that is missing", "fn f[n](x [n]) -> [] { sum[n](x) }\n", -1, "fn f[n](x: [n]) -> [] { sum[n](x) }\n"},
    {"a twin that is missing", "fn f[n](m: [n, n]) -> [] { sum[n, n'](m) }\n", -1, "fn f[n](m: [n, n']) -> [] { sum[n, n'](m) }\n"},
    {"a word of another language", "import nn\nfn f(x: []) -> [] { gelu(x) }\n", -1, "use nn\nfn f(x: []) -> [] { gelu(x) }\n"},
    {"a result that is returned", "fn f(x: []) -> [] {\n  return x\n}\n", -1, "fn f(x: []) -> [] {\n  x\n}\n"},
    {"a misspelled word of the language", "blok B(x: []) -> [] { x }\n", -1, "block B(x: []) -> [] { x }\n"},
    {"an operator of another language, at all of its places", "fn f(x: []) -> bool[] { x > 1&&x < 3 && x < 2 }\n", -1,
     "fn f(x: []) -> bool[] { x > 1 and x < 3 and x < 2 }\n"},
    {"a string in single quotes", "experiment e() { print('a') }\n", -1, "experiment e() { print(\"a\") }\n"},
    {"an argument that is passed by `=`", "fn f(x: []) -> [] { clamp(x, 0, hi = 1) }\n", -1,
     "fn f(x: []) -> [] { clamp(x, 0, hi: 1) }\n"},
    {"a type behind `=`", "fn f[n](x = [n]) -> [] { sum[n](x) }\n", -1, "fn f[n](x: [n]) -> [] { sum[n](x) }\n"},
    {"a result's type behind `:`", "fn f(x: []): [] { x }\n", -1, "fn f(x: []) -> [] { x }\n"},
    {"a comparison that was meant as `=`", "fn f(x: []) -> [] {\n  let y == x\n  y\n}\n", -1, "fn f(x: []) -> [] {\n  let y = x\n  y\n}\n"},
    {"an axis that the result lacks", "fn f[n, k](x: [n, k]) -> [n] { 2 * x }\n", -1, "fn f[n, k](x: [n, k]) -> [n, k] { 2 * x }\n"},
};

static void no_memory(void *user)
{
    (void)user;
    abort();
}

typedef struct {
    Arena   *arena;
    Sources *sources;
    Diags   *diags;
    Module  *module;
} World;

static World check(const char *text)
{
    World w = {.arena = arena_new(no_memory, NULL)};
    w.sources = sources_new(w.arena);
    w.diags = diags_new(w.arena);
    SemaOptions o = {.stdlib = PLEXUS_SOURCE "/stdlib", .real = ELEM_F32};
    Sema       *s = sema_new(w.arena, names_new(w.arena), w.sources, w.diags, &o);
    w.module = sema_load_text(s, "case.plx", text, strlen(text));
    sema_check(s, w.module);
    return w;
}

static void show(const World *w)
{
    Buf b = {0};
    diags_render(w->diags, w->sources, false, &b);
    printf("%s", b.at ? b.at : "");
    buf_free(&b);
}

// The keys that docs/json.md names, and as many braces open as closed, outside of strings.
static bool json_is_whole(const World *w)
{
    static const char *const keys[] = {"code", "severity", "message", "file", "line", "column", "end_line", "end_column",
                                       "begin", "end", "labels", "notes", "help", "fixes", "title", "edits", "replacement"};
    Buf  b = {0};
    int  depth = 0;
    bool inside = false, ok = true;
    diags_render_json(w->diags, w->sources, &b);
    for (size_t i = 0; i < b.n; i++) {
        if (inside && b.at[i] == '\\')
            i++;
        else if (b.at[i] == '"')
            inside = !inside;
        else if (!inside)
            depth += (b.at[i] == '{' || b.at[i] == '[') - (b.at[i] == '}' || b.at[i] == ']');
    }
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        char key[32];
        snprintf(key, sizeof key, "\"%s\":", keys[i]);
        ok = ok && strstr(b.at ? b.at : "", key);
    }
    buf_free(&b);
    return ok && !depth && !inside;
}

static bool holds(const Case *c)
{
    World wrong = check(c->wrong);
    int   n = 0;
    char *text = diags_fixed(wrong.diags, wrong.sources, wrong.module->file, c->choice, &n);
    bool  ok = diags_count(wrong.diags) && json_is_whole(&wrong) && text && n == 1 && !strcmp(text, c->right);
    World right = check(text ? text : c->wrong);
    ok = ok && diags_count(right.diags) == 0;
    if (!ok) {
        printf("%s:\n%s", c->what, text ? text : "no fix\n");
        show(&wrong);
        show(&right);
    }
    arena_free(wrong.arena);
    arena_free(right.arena);
    return ok;
}

int main(void)
{
    int n = sizeof cases / sizeof *cases, failed = 0;
    for (int i = 0; i < n; i++)
        failed += !holds(&cases[i]);
    printf("%d passed, %d failed\n", n - failed, failed);
    return failed != 0;
}
