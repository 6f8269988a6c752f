// The parser: what each form becomes, where statements end, which words are names, what wrong
// programs are told, and that no text makes it crash or say nothing.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "syntax/syntax.h"
#include "test_syntax_examples.h"
#include "support/run_tests.h"

typedef struct {
    Arena   *arena;
    Names   *names;
    Sources *sources;
    Diags   *diags;
    Syn     *root;
    Buf      shown; // the diagnostics
} Parsed;

static Parsed parse_bytes(const char *text, size_t n)
{
    Parsed p = {.arena = arena_new(NULL, NULL)};
    p.names = names_new(p.arena);
    p.sources = sources_new(p.arena);
    p.diags = diags_new(p.arena);
    int file = sources_add(p.sources, "t.plx", text, n);
    p.root = syntax_parse(p.arena, p.names, p.sources, file, p.diags);
    diags_render(p.diags, p.sources, false, &p.shown);
    return p;
}

static Parsed parse(const char *text) { return parse_bytes(text, strlen(text)); }

static void done(Parsed *p)
{
    buf_free(&p->shown);
    arena_free(p->arena);
}

// Says what differs, so that a failure can be read.
static bool same(const char *got, const char *want, const char *source)
{
    got = got ? got : "";
    if (!strcmp(got, want))
        return true;
    printf("\n  source: %s\n  want:   %s\n  got:    %s\n", source, want, got);
    return false;
}

// ---- trees ----

static const char *shape_word(const Syn *n)
{
    if (n->kind == SYN_BINARY || n->kind == SYN_UNARY || n->kind == SYN_ASSIGN)
        return operator_text(n->op);
    return syn_kind_text(n->kind);
}

// The tree as (kind name kid …); names, numbers and strings stand for themselves, `_` for a kid
// that is missing.
static void shape(const Syn *n, Buf *out)
{
    if (!n || n->kind == SYN_NAME || n->kind == SYN_INT || n->kind == SYN_REAL ||
        n->kind == SYN_STRING) {
        if (n)
            syntax_print(n, out);
        else
            buf_puts(out, "_");
        return;
    }
    buf_printf(out, "(%s", shape_word(n));
    if (n->name || n->key)
        buf_printf(out, " %s", n->name ? n->name : n->key);
    for (int i = 0; i < n->nkid; i++) {
        buf_puts(out, " ");
        shape(n->kid[i], out);
    }
    buf_puts(out, ")");
}

static bool has_shape(const char *source, const char *want)
{
    Parsed p = parse(source);
    Buf    b = {0};
    for (int i = 0; i < p.root->nkid; i++) {
        buf_puts(&b, i ? " " : "");
        shape(p.root->kid[i], &b);
    }
    bool ok = same(b.at, want, source) && same(p.shown.at, "", source);
    buf_free(&b);
    done(&p);
    return ok;
}

static void examples_do_not_parse_or_print_back_differently(void)
{
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        Parsed p = parse(examples[i]);
        CU_ASSERT(same(p.shown.at, "", examples[i]));
        Buf once = {0}, twice = {0};
        syntax_print(p.root, &once);
        Parsed q = parse(once.at);
        syntax_print(q.root, &twice);
        CU_ASSERT(same(twice.at, once.at, examples[i]));
        buf_free(&once);
        buf_free(&twice);
        done(&p);
        done(&q);
    }
}

static void operators_bind_wrongly(void)
{
    CU_ASSERT(has_shape("-a ^ b", "(- (^ a b))"));
    CU_ASSERT(has_shape("a ^ -b ^ c", "(^ a (- (^ b c)))"));
    CU_ASSERT(has_shape("a + b * c - d", "(- (+ a (* b c)) d)"));
    CU_ASSERT(has_shape("a @[k] b * c", "(* (contract a b k) c)"));
    CU_ASSERT(has_shape("a @[k, l...] b @[m] c", "(contract (contract a b k (pack l)) c m)"));
    CU_ASSERT(has_shape("not a == b and c or d", "(or (and (not  (== a b)) c) d)"));
    CU_ASSERT(has_shape("a + b as c", "(as c (+ a b))"));
    CU_ASSERT(has_shape("x |> f as g |> h(1)", "(pipe (pipe x (as g f)) (call h 1))"));
    CU_ASSERT(has_shape("0..n - 1", "(range 0 (- n 1))"));
    CU_ASSERT(has_shape("#a.b ^ 2 div 3", "(div (^ (size (field b a)) 2) 3)"));
    CU_ASSERT(has_shape("a div b mod c", "(mod (div a b) c)"));
}

static void brackets_have_another_shape(void)
{
    CU_ASSERT(has_shape("sum[edge -> node: dst else 0](m)",
                        "(call (bracket sum (arrow edge (named node (else dst 0)))) m)"));
    CU_ASSERT(has_shape("x[h: h + k else 0, w: i]",
                        "(bracket x (named h (else (+ h k) 0)) (named w i))"));
    CU_ASSERT(has_shape("f[t where t < n else 0]", "(bracket f (else (where t (< t n)) 0))"));
    CU_ASSERT(has_shape("x[h -> i, g -> o]", "(bracket x (arrow h i) (arrow g o))"));
    CU_ASSERT(has_shape("x[(a, b) -> c]", "(bracket x (arrow (tuple a b) c))"));
    CU_ASSERT(has_shape("x[+j, seq': 3, ..]",
                        "(bracket x (plus-axis j) (named seq' 3 (twin seq)) (rest))"));
    CU_ASSERT(
        has_shape("Linear[ins... -> outs...]", "(bracket Linear (arrow (pack ins) (pack outs)))"));
    CU_ASSERT(has_shape("values[row, bit](0, 1)", "(call (bracket values row bit) 0 1)"));
    CU_ASSERT(has_shape("conv[..](w)", "(call (bracket conv (rest)) w)"));
}

static void declarations_have_another_shape(void)
{
    CU_ASSERT(has_shape("axis g = (a, b), k <= #n, s",
                        "(axis (default g (tuple a b)) (<= k (size n)) s)"));
    CU_ASSERT(has_shape("fn f[a, b -> c, d = 4, e: int = 2](x: [a]) -> [c] { x }",
                        "(fn f (axes a (arrow b c) (default d 4) (default (named e int) 2)) "
                        "(tuple (named x (axes a))) (axes c) (body x))"));
    CU_ASSERT(has_shape("block B(x) { x }", "(block B _ (tuple x) _ (body x))"));
    CU_ASSERT(has_shape(
        "optimizer o(lr: real)[a...](p: [a...]) -> [a...] { state v: [a...] = zeros; p }",
        "(optimizer o (tuple (named lr real)) (axes (pack a)) (tuple (named p (axes (pack a)))) "
        "(axes (pack a)) (body (state v (axes (pack a)) zeros) p))"));
    CU_ASSERT(has_shape("use nn as n", "(use nn)"));
    CU_ASSERT(has_shape("let (a, b) = c", "(let (tuple a b) _ c)"));
    CU_ASSERT(has_shape("var x: f32[a] = 1", "(var x (bracket f32 a) 1)"));
    CU_ASSERT(has_shape("let n: block([p]) -> [c] = m",
                        "(let n (block-type (arrow (tuple (axes p)) (axes c))) m)"));
    CU_ASSERT(
        has_shape("test \"x\" { expect a > 0, \"b\" }", "(test (body (expect (> a 0) \"b\")))"));
    CU_ASSERT(has_shape("type S = (h: [k])", "(type S (tuple (named h (axes k))))"));
    CU_ASSERT(has_shape("given n = norm(g)", "(given n (call norm g))"));
    CU_ASSERT(has_shape("param w: [a]\nbuffer b: [a] = zeros",
                        "(param w (axes a) _) (buffer b (axes a) zeros)"));
}

static void loops_and_models_have_another_shape(void)
{
    CU_ASSERT(has_shape("for x in a..b {}", "(for x (range a b) (body))"));
    CU_ASSERT(
        has_shape("let h = for t in time { yield s }", "(let h _ (for t time (body (yield s))))"));
    CU_ASSERT(
        has_shape("repeat l in depth { x = f(x) }", "(repeat l depth (body (= x (call f x))))"));
    CU_ASSERT(has_shape("while c { break }", "(while c (body (break)))"));
    CU_ASSERT(has_shape("fix z = f(z) from y within 1e-6 at most 9 else z",
                        "(fix z (call f z) y 1e-06 9 z)"));
    CU_ASSERT(has_shape("fix z = f(z) from y", "(fix z (call f z) y _ _ _)"));
    CU_ASSERT(has_shape("minimize { a } over (m, n) using o", "(minimize (body a) (tuple m n) o)"));
    CU_ASSERT(has_shape("minimize l over m using (m.b: f(lr: 1))",
                        "(minimize l m (tuple (named m.b (call f (named lr 1)) (field b m))))"));
    CU_ASSERT(has_shape("trace net(x)", "(trace (call net x))"));
    CU_ASSERT(has_shape("net with (a.b: 0)", "(with net (tuple (named a.b 0 (field b a))))"));
    CU_ASSERT(has_shape("net except net.e", "(except net (field e net))"));
    CU_ASSERT(has_shape("checkpoint { f(x) }", "(checkpoint (body (call f x)))"));
    CU_ASSERT(has_shape("layer.0.1", "(field 1 (field 0 layer))"));
    CU_ASSERT(has_shape("x[n: i] += v", "(+= (bracket x (named n i)) v)"));
    CU_ASSERT(has_shape("(x: [], y) => x", "(lambda (tuple (named x (axes)) y) x)"));
    CU_ASSERT(has_shape("f((x) => { x })", "(call f (lambda (paren x) (body x)))"));
    CU_ASSERT(has_shape("let a = if c then x else y", "(let a _ (if c x y))"));
    CU_ASSERT(has_shape("if a { b } else if c { d }", "(if a (body b) (if c (body d) _))"));
    CU_ASSERT(has_shape("if a { b } else if c { d } else { e }",
                        "(if a (body b) (if c (body d) (body e)))"));
    CU_ASSERT(has_shape("if a then fix z = f from y else z else w", "(if a (fix z f y _ _ z) w)"));
}

static void newlines_end_statements_wrongly(void)
{
    CU_ASSERT(has_shape("a\n- b", "a (- b)"));
    CU_ASSERT(has_shape("a -\n b", "(- a b)"));
    CU_ASSERT(has_shape("a\n+ b", "(+ a b)"));
    CU_ASSERT(has_shape("a\n\n  // why\n  |> f\n  .b", "(pipe a (field b f))"));
    CU_ASSERT(has_shape("a\n(b)", "a (paren b)"));
    CU_ASSERT(has_shape("a\n[b]", "a (axes b)"));
    CU_ASSERT(has_shape("f(\n a,\n b\n)", "(call f a b)"));
    CU_ASSERT(has_shape("f((x) => {\n let y = x\n y\n})",
                        "(call f (lambda (paren x) (body (let y _ x) y)))"));
    CU_ASSERT(has_shape("a; b;; c;", "a b c"));
    CU_ASSERT(has_shape("let x =\n  3", "(let x _ 3)"));
    CU_ASSERT(has_shape("if a\n  then b\n  else c", "(if a b c)"));
    CU_ASSERT(has_shape("if a { b }\nelse { c }", "(if a (body b) (body c))"));
    CU_ASSERT(has_shape("minimize l\n over m\n using o", "(minimize l m o)"));
    CU_ASSERT(has_shape("a and\nb\nor c", "(or (and a b) c)"));
    CU_ASSERT(has_shape("fn f(x)\n  -> [a] {\n}", "(fn f _ (tuple x) (axes a) (body))"));
    CU_ASSERT(has_shape("", ""));
    CU_ASSERT(has_shape("\n;\n", ""));
}

static void words_are_no_names_any_more(void)
{
    CU_ASSERT(has_shape("state = axis + test", "(= state (+ axis test))"));
    CU_ASSERT(
        has_shape("f(in: 3, if: 4, let: 5)", "(call f (named in 3) (named if 4) (named let 5))"));
    CU_ASSERT(has_shape("x.let.state", "(field state (field let x))"));
    CU_ASSERT(has_shape("B[in -> out](from, over)", "(call (bracket B (arrow in out)) from over)"));
    CU_ASSERT(has_shape("let in = where", "(let in _ where)"));
    CU_ASSERT(has_shape("for in in in {}", "(for in in (body))"));
    CU_ASSERT(has_shape("axis axis = 3, in", "(axis (default axis 3) in)"));
    CU_ASSERT(has_shape("axis\nb", "axis b"));
    CU_ASSERT(has_shape("let state: [a] = fix", "(let state (axes a) fix)"));
    CU_ASSERT(has_shape("param state: [a]", "(param state (axes a) _)"));
    CU_ASSERT(has_shape("test(x)\ntype.a\nuse = at", "(call test x) (field a type) (= use at)"));
    CU_ASSERT(has_shape("over = 3\nusing = 4", "(= over 3) (= using 4)"));
}

static void numbers_and_strings_read_wrongly(void)
{
    CU_ASSERT(has_shape("f(1_000, 3e-4, 0.5, 1e30)", "(call f 1000 0.0003 0.5 1e+30)"));
    Parsed p = parse("\"a\\n\\t\\\"\\\\\\u{3b1}\"");
    CU_ASSERT(same(p.root->kid[0]->text, "a\n\t\"\\\u03b1", "escapes"));
    done(&p);
}

static void documentation_is_lost(void)
{
    Parsed p = parse(
        "/// One.\n///  Two.\nblock B(x) {\n  /// The weight.\n  param w: [a]\n}\nfn f(x) { x }\n");
    CU_ASSERT(same(p.root->kid[0]->text, "One.\n Two.", "block"));
    CU_ASSERT(same(p.root->kid[0]->kid[3]->kid[0]->text, "The weight.", "param"));
    CU_ASSERT_PTR_NULL(p.root->kid[1]->text);
    done(&p);
}

// ---- places ----

static bool at_place(const char *source, const Syn *n, const char *whole, const char *telling)
{
    Buf b = {0};
    buf_printf(&b, "%.*s|%.*s", n->where.end - n->where.begin, source + n->where.begin,
               n->at.end - n->at.begin, source + n->at.begin);
    Buf want = {0};
    buf_printf(&want, "%s|%s", whole, telling);
    bool ok = same(b.at, want.at, source);
    buf_free(&b);
    buf_free(&want);
    return ok;
}

static void places_are_inexact(void)
{
    const char *source = "let a = x  @[k] f(y)  // why this\nfn g(x) { x.b + 1 }\n";
    Parsed      p = parse(source);
    Syn        *let = p.root->kid[0], *fn = p.root->kid[1];
    CU_ASSERT(at_place(source, let, "let a = x  @[k] f(y)", "a"));
    CU_ASSERT(at_place(source, let->kid[2], "x  @[k] f(y)", "@[k]"));
    CU_ASSERT(at_place(source, let->kid[2]->kid[1], "f(y)", "f"));
    CU_ASSERT(at_place(source, fn, "fn g(x) { x.b + 1 }", "g"));
    CU_ASSERT(at_place(source, fn->kid[1], "(x)", "("));
    CU_ASSERT(at_place(source, fn->kid[3]->kid[0], "x.b + 1", "+"));
    CU_ASSERT(at_place(source, fn->kid[3]->kid[0]->kid[0], "x.b", "b"));
    done(&p);
}

// ---- wrong programs ----

// `want` holds one `CODE line:column` for each diagnostic, in order of place.
static bool says(const char *source, const char *want)
{
    Parsed p = parse(source);
    Buf    got = {0};
    for (const char *s = p.shown.at; s && (s = strchr(s, '[')) != NULL; s++) {
        char        code[6], at[16];
        const char *place = strstr(s, "t.plx:");
        if (place && sscanf(s, "[%5[EW0-9]]:", code) == 1 && s[6] == ']' &&
            sscanf(place + 6, "%15[0-9:]", at) == 1)
            buf_printf(&got, "%s%s %s", got.n ? ", " : "", code, at);
    }
    bool ok = same(got.at, want, source);
    if (!ok)
        printf("%s\n", p.shown.at ? p.shown.at : "");
    buf_free(&got);
    done(&p);
    return ok;
}

static bool mentions(const char *source, const char *text)
{
    Parsed p = parse(source);
    bool   ok = p.shown.at && strstr(p.shown.at, text);
    if (!ok)
        printf("\n  source: %s\n  lacks:  %s\n%s\n", source, text, p.shown.at ? p.shown.at : "");
    done(&p);
    return ok;
}

static void operators_beside_a_pipe_pass(void)
{
    CU_ASSERT(says("x + y |> f |> g", "E0105 1:3"));
    CU_ASSERT(mentions("x + y |> f |> g", "write `(x + y) |> f` or `x + (y |> f)`"));
    CU_ASSERT(mentions("a @[k] b |> f", "write `(a @[k] b) |> f` or `a @[k] (b |> f)`"));
    CU_ASSERT(mentions("-x |> f", "write `(-x) |> f` or `-(x |> f)`"));
    CU_ASSERT(mentions("x |> f + y", "write `x |> (f + y)` or `(x |> f) + y`"));
    CU_ASSERT(says("x + y as z |> f", "E0105 1:3"));
    CU_ASSERT(says("(x + y) |> f", ""));
}

static void errors_cascade_or_hide_others(void)
{
    CU_ASSERT(says("let a = f(x, y\nlet b = 3 3\nlet c = 1\n", "E0104 1:15, E0104 2:11"));
    CU_ASSERT(says("let a = f(x\nb = 3\nc d\n", "E0104 1:12, E0104 3:3"));
    CU_ASSERT(says("let a = \nlet b = \n3", "E0104 1:8"));
    CU_ASSERT(says("fn f(x { a b c\n d e }\nlet y = 1 2", "E0104 1:8, E0104 3:11"));
    CU_ASSERT(says("fn f(x) { a b\n c d }\nfn g(x) { ) }", "E0104 1:13, E0104 2:4, E0104 3:11"));
    CU_ASSERT(says("block A(x) { x\nblock B(x) { x }\n", "E0104 1:15"));
    CU_ASSERT(says("fn f() { for x in y { z }\n", "E0104 1:26"));
    CU_ASSERT(says("}\n)\nx", "E0104 1:1, E0104 2:1"));
    CU_ASSERT(says("let r = {a: 1, b: 2}\nlet if = 3\nx", "E0104 1:9, E0104 2:5"));
    CU_ASSERT(says("for x n y { let a = 3\n b }\nc", "E0104 1:7"));
    CU_ASSERT(says("f((x) => { let y = })\nz", "E0104 1:20"));
    CU_ASSERT(
        says("f(a = 3)\n3 = x\n#(a + b)\n1 => 2", "E0104 1:5, E0104 2:1, E0104 3:2, E0104 4:1"));
    CU_ASSERT(says("a && b || !c", "E0101 1:3, E0101 1:8, E0101 1:11"));
    CU_ASSERT(says("let s = \"abc\nlet t = \"\\q\"", "E0102 1:9, E0109 2:10"));
    CU_ASSERT(says("12abc + 99999999999999999999 + 1e999", "E0103 1:1, E0103 1:9, E0103 1:32"));
    CU_ASSERT(says("let k = h // 2\nlet j = 3 // pixels per side", "E0107 1:11"));
    CU_ASSERT(mentions("let a = f(x, y\nlet b = 3", "this `(` is not closed"));
    CU_ASSERT(says("let a = 1.\nlet b = 1. + 2", "E0103 1:9, E0103 2:9"));
    CU_ASSERT(mentions("fn f(x) {\n  return x\n}", "the last expression of a body is its result"));
    CU_ASSERT(mentions("let a = if c then d", "expected an operator or `else` here"));
    CU_ASSERT(mentions("a @ b", "say over which axes: `a @[k] b`"));
}

static bool declares(const char *source, SynKind kind, const char *name)
{
    Parsed     p = parse(source);
    Syn       *n = p.root->nkid ? p.root->kid[0] : NULL;
    bool       ok = n && n->kind == kind && diags_errors(p.diags) == 1;
    const Syn *named = n && n->kind == SYN_LET ? n->kid[0] : n;
    ok = ok && named->name && !strcmp(named->name, name);
    done(&p);
    return ok;
}

static void broken_declarations_lose_their_names(void)
{
    CU_ASSERT(declares("let a = ) 3", SYN_LET, "a"));
    CU_ASSERT(declares("fn f(x -> [a] {\n x }", SYN_ERROR, "f"));
    CU_ASSERT(declares("block B[a { x }", SYN_ERROR, "B"));
    CU_ASSERT(declares("param w [a]", SYN_ERROR, "w"));
}

// ---- texts that are none ----

static char *repeated(const char *unit, int n, const char *tail)
{
    size_t k = strlen(unit);
    char  *s = malloc(k * (size_t)n + strlen(tail) + 1);
    for (int i = 0; s && i < n; i++)
        memcpy(s + k * (size_t)i, unit, k);
    if (s)
        strcpy(s + k * (size_t)n, tail);
    return s;
}

static bool deep_is_refused(const char *unit, int n, const char *tail)
{
    char  *s = repeated(unit, n, tail);
    Parsed p = parse(s);
    Buf    out = {0};
    syntax_dump(p.root, &out);
    syntax_print(p.root, &out);
    bool ok = p.shown.at && strstr(p.shown.at, "E0108") && diags_errors(p.diags) == 1;
    if (!ok)
        printf("\n  %s…: %s\n", unit, p.shown.at ? p.shown.at : "");
    buf_free(&out);
    done(&p);
    free(s);
    return ok;
}

static void deep_nesting_overflows_the_stack(void)
{
    CU_ASSERT(deep_is_refused("(", 100000, ""));
    CU_ASSERT(deep_is_refused("fn f() {", 100000, ""));
    CU_ASSERT(deep_is_refused("-", 100000, "1"));
    CU_ASSERT(deep_is_refused("x => ", 100000, "1"));
    CU_ASSERT(deep_is_refused("1 + ", 100000, "1"));
    CU_ASSERT(deep_is_refused("x.", 5000, "y"));
    CU_ASSERT(deep_is_refused("if a { b } else ", 100000, "{ c }"));
    char *flat = repeated("1, ", 100000, "1)");
    Buf   b = {0};
    buf_printf(&b, "f(%s", flat);
    Parsed p = parse(b.at);
    CU_ASSERT_EQUAL(diags_errors(p.diags), 0);
    done(&p);
    buf_free(&b);
    free(flat);
}

static void binary_files_pass(void)
{
    CU_ASSERT(says("let x = \"\xff\"", "E0106 1:1"));
    CU_ASSERT(says("\xc0\x80", "E0106 1:1"));
    CU_ASSERT(says("// \u03b1\u2192 fine\nx", ""));
    Parsed p = parse_bytes("a\0b", 3);
    CU_ASSERT_EQUAL(diags_errors(p.diags), 1);
    done(&p);
    char *large = repeated("// a line\n", 900000, "");
    CU_ASSERT(mentions(large, "E0106"));
    free(large);
}

static unsigned next_random(uint64_t *state, unsigned n)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(*state >> 33) % n;
}

// A program with a few pieces cut out, doubled, or put in.
static size_t mutate(uint64_t *state, char *text, size_t n)
{
    static const char *const piece[] = {
        "(",    ")",   "[",      "]",     "{",    "}",    "|>", "->", "=>", "@",   "\n",   "\"",
        "let ", "if ", " else ", " fix ", "for ", " in ", ",",  ":",  "=",  "///", "\x80", ".."};
    for (unsigned k = 1 + next_random(state, 4); k; k--) {
        size_t      at = next_random(state, (unsigned)n + 1), cut = next_random(state, 12);
        const char *put = piece[next_random(state, sizeof piece / sizeof *piece)];
        size_t      len = next_random(state, 2) ? strlen(put) : 0;
        cut = len ? 0 : at + cut > n ? n - at : cut;
        memmove(text + at + len, text + at + cut, n - at - cut);
        memcpy(text + at, put, len);
        n = n + len - cut;
    }
    return n;
}

static void mutated_programs_crash_or_fail_silently(void)
{
    uint64_t state = 20240601;
    int      bad = 0;
    for (int i = 0; i < 1500; i++) {
        const char *e = examples[(size_t)i % (sizeof examples / sizeof *examples)];
        char       *text = malloc(strlen(e) + 64);
        memcpy(text, e, strlen(e));
        Parsed p = parse_bytes(text, mutate(&state, text, strlen(e)));
        Buf    dump = {0};
        syntax_dump(p.root, &dump);
        bool broken = dump.at && strstr(dump.at, " error");
        bad += broken && !diags_errors(p.diags);
        buf_free(&dump);
        done(&p);
        free(text);
    }
    CU_ASSERT_EQUAL(bad, 0);
}

static const CU_TestInfo tests[] = {
    {"examples do not parse, or print back differently",
     examples_do_not_parse_or_print_back_differently},
    {"operators bind wrongly", operators_bind_wrongly},
    {"brackets have another shape", brackets_have_another_shape},
    {"declarations have another shape", declarations_have_another_shape},
    {"loops and models have another shape", loops_and_models_have_another_shape},
    {"newlines end statements wrongly", newlines_end_statements_wrongly},
    {"words are no names any more", words_are_no_names_any_more},
    {"numbers and strings are read wrongly", numbers_and_strings_read_wrongly},
    {"documentation is lost", documentation_is_lost},
    {"places are inexact", places_are_inexact},
    {"operators beside a pipe pass", operators_beside_a_pipe_pass},
    {"errors cascade, or hide others", errors_cascade_or_hide_others},
    {"broken declarations lose their names", broken_declarations_lose_their_names},
    {"deep nesting overflows the stack", deep_nesting_overflows_the_stack},
    {"binary files pass", binary_files_pass},
    {"mutated programs crash, or fail silently", mutated_programs_crash_or_fail_silently},
    CU_TEST_INFO_NULL,
};

int main(void) { return run_tests("syntax", tests); }
