// Reads a program from its text. The text may come from anywhere: sizes, depths and numbers are
// limited, the first thing that is wrong is reported and ends the reading, and what was read is
// verified.
//
//   program "name"
//   size n >= 1
//   axis seq = 2*n + 1
//   %0: f32[seq] = input "x" data order [seq]
//   %1: bool[seq] = lt %3 %4
//   %2: f32[seq] where %1 = guard %0 %1
//   %5: results = loop %6 over [seq] #1
//     region %7: i64[], %8: f32[] {
//       …
//       give %9
//     }
//   output "y" %2 replaces %0 order [seq]
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "ir/region.h"
#include "ir/text.h"

enum { MOST_TEXT = 1 << 28, MOST_DEPTH = 200, MOST_AXES = 64, MOST_WORD = 4096 };

typedef struct {
    Builder     b;
    const char *text, *at, *end;
    Diags      *diags;
    int         file, depth;
    Map        *axis, *var;   // label -> Axis, SizeVar
    Map        *node;         // number + 1 -> Node
    bool        failed;
} Read;

static Arena *arena(Read *r) { return r->b.program->arena; }

static Span place(const Read *r, const char *from)
{
    int32_t begin = (int32_t)(from - r->text);
    return (Span){r->file, begin, r->at > from ? (int32_t)(r->at - r->text) : begin + 1};
}

static bool fail(Read *r, const char *what)
{
    if (!r->failed)
        diag_report(r->diags, DIAG_E0104, place(r, r->at), "the program's text is wrong here: %s",
                    what);
    r->failed = true;
    return false;
}

// ---- characters and words ----

static void blank(Read *r)
{
    while (r->at < r->end && (*r->at == ' ' || *r->at == '\t' || *r->at == '\r'))
        r->at++;
}

static bool peek(Read *r, char c)
{
    blank(r);
    return r->at < r->end && *r->at == c;
}

static bool accept(Read *r, char c)
{
    if (!peek(r, c))
        return false;
    r->at++;
    return true;
}

static bool need(Read *r, char c)
{
    return accept(r, c) || fail(r, arena_printf(arena(r), "`%c` is missing", c));
}

static bool end_line(Read *r)
{
    blank(r);
    if (r->at < r->end && *r->at != '\n')
        return fail(r, "the line should end");
    while (r->at < r->end && *r->at == '\n') {
        r->at++;
        blank(r);
    }
    return true;
}

static int word_length(const Read *r)
{
    const char *p = r->at;
    if (p == r->end || !text_begins_word(*p))
        return 0;
    while (p < r->end && p - r->at < MOST_WORD && text_in_word(*p))
        p++;
    return (int)(p - r->at);
}

static bool accept_word(Read *r, const char *word)
{
    blank(r);
    int n = word_length(r);
    if ((size_t)n != strlen(word) || memcmp(r->at, word, (size_t)n) != 0)
        return false;
    r->at += n;
    return true;
}

static bool need_word(Read *r, const char *word)
{
    return accept_word(r, word) || fail(r, arena_printf(arena(r), "`%s` is missing", word));
}

static bool word(Read *r, Name *out)
{
    blank(r);
    int n = word_length(r);
    if (!n)
        return fail(r, "a word is missing");
    *out = name_intern(r->b.program->names, r->at, (size_t)n);
    r->at += n;
    return true;
}

static bool quoted(Read *r, Name *out)
{
    Buf s = {0};
    if (!need(r, '"'))
        return false;
    while (r->at < r->end && *r->at != '"' && *r->at != '\n' && s.n < MOST_WORD) {
        bool escaped = *r->at == '\\' && r->at + 1 < r->end;
        char c = escaped ? *++r->at : *r->at;
        c = escaped && c == 'n' ? '\n' : c;
        buf_put(&s, &c, 1);
        r->at++;
    }
    *out = name_intern(r->b.program->names, s.at ? s.at : "", s.n);
    buf_free(&s);
    return need(r, '"');
}

static bool whole(Read *r, int64_t *out)
{
    blank(r);
    char        digits[32];
    size_t      n = 0;
    const char *p = r->at;
    if (p < r->end && *p == '-')
        digits[n++] = *p++;
    while (p < r->end && *p >= '0' && *p <= '9' && n < sizeof digits - 1)
        digits[n++] = *p++;
    digits[n] = 0;
    errno = 0;
    char *stop;
    *out = strtoll(digits, &stop, 10);
    if (!n || stop == digits || *stop || errno)
        return fail(r, "a whole number is missing");
    r->at = p;
    return true;
}

static bool real(Read *r, double *out)
{
    blank(r);
    char   digits[64], *stop;
    size_t n = 0;
    while (r->at + n < r->end && n < sizeof digits - 1 && r->at[n] != ' ' && r->at[n] != ',' &&
           r->at[n] != '\n') {
        digits[n] = r->at[n];
        n++;
    }
    digits[n] = 0;
    *out = strtod(digits, &stop);
    if (stop == digits || *stop)
        return fail(r, "a number is missing");
    r->at += n;
    return true;
}

// A name of the header, `name` or `name#2`: as one word, and its name alone.
static bool label(Read *r, Name *out, Name *name)
{
    int64_t k = 1;
    if (!(peek(r, '"') ? quoted(r, name) : word(r, name)))
        return false;
    if (r->at < r->end && *r->at == '#') {
        r->at++;
        if (!whole(r, &k))
            return false;
    }
    *out = name_format(r->b.program->names, "%lld %s", (long long)k, *name);
    return true;
}

// ---- sizes and axes ----

static const Size *size_sum(Read *r);

static const Size *deeper(Read *r, const Size *(*f)(Read *))
{
    if (++r->depth > MOST_DEPTH) {
        fail(r, "it nests too deeply");
        return NULL;
    }
    const Size *s = f(r);
    r->depth--;
    return s;
}

static const Size *extremum(Read *r, const Size *(*of)(Sizes *, const Size *, const Size *))
{
    const Size *x, *y;
    if (!need(r, '(') || !(x = size_sum(r)) || !need(r, ',') || !(y = size_sum(r)) || !need(r, ')'))
        return NULL;
    return of(r->b.program->sizes, x, y);
}

static const Size *parenthesis(Read *r)
{
    const Size *x = size_sum(r), *y = NULL;
    Sizes      *t = r->b.program->sizes;
    if (!x)
        return NULL;
    bool div = accept_word(r, "div"), mod = !div && accept_word(r, "mod");
    if ((div || mod) && !(y = size_sum(r)))
        return NULL;
    if (!need(r, ')'))
        return NULL;
    return div ? size_div(t, x, y) : mod ? size_mod(t, x, y) : x;
}

static const Size *size_factor_read(Read *r)
{
    Sizes  *t = r->b.program->sizes;
    int64_t v;
    Name    text, name;
    blank(r);
    if (accept(r, '('))
        return parenthesis(r);
    if (r->at < r->end && (*r->at == '-' || (*r->at >= '0' && *r->at <= '9')))
        return whole(r, &v) ? size_const(t, v) : NULL;
    const char *begin = r->at;
    if (accept_word(r, "min") && peek(r, '('))
        return extremum(r, size_min);
    r->at = begin;
    if (accept_word(r, "max") && peek(r, '('))
        return extremum(r, size_max);
    r->at = begin;
    if (!label(r, &text, &name))
        return NULL;
    SizeVar *var = map_get(r->var, text);
    if (!var)
        fail(r, "a size that the header does not name");
    return var ? size_of_var(t, var) : NULL;
}

static const Size *size_term(Read *r)
{
    const Size *x = deeper(r, size_factor_read), *y;
    while (x && accept(r, '*'))
        x = (y = deeper(r, size_factor_read)) ? size_mul(r->b.program->sizes, x, y) : NULL;
    return x;
}

static const Size *size_sum(Read *r)
{
    const Size *x = size_term(r), *y;
    while (x && accept(r, '+'))
        x = (y = size_term(r)) ? size_add(r->b.program->sizes, x, y) : NULL;
    return x;
}

static bool size_line(Read *r)
{
    Name    text, name;
    int64_t least;
    if (!label(r, &text, &name) || !need(r, '>') || !need(r, '=') || !whole(r, &least))
        return false;
    if (map_get(r->var, text))
        return fail(r, "a size that is named twice");
    map_put(r->var, text, size_var_new(r->b.program->sizes, name, least));
    return end_line(r);
}

static bool axis_line(Read *r)
{
    Name        text, name;
    const Size *s;
    if (!label(r, &text, &name) || !need(r, '=') || !(s = size_sum(r)))
        return false;
    if (map_get(r->axis, text))
        return fail(r, "an axis that is named twice");
    map_put(r->axis, text, axis_new(r->b.program->axes, name, s, SPAN_NONE));
    return end_line(r);
}

static bool axes(Read *r, Axis ***out, int *n)
{
    Axis *list[MOST_AXES];
    *n = 0;
    if (!need(r, '['))
        return false;
    while (!accept(r, ']')) {
        Name text, name;
        if ((*n && !need(r, ',')) || !label(r, &text, &name))
            return false;
        Axis *a = map_get(r->axis, text);
        if (!a || *n == MOST_AXES)
            return fail(r, a ? "too many axes" : "an axis that the header does not name");
        list[(*n)++] = a;
    }
    *out = ARENA_ARRAY(arena(r), Axis *, *n + 1);
    for (int i = 0; i < *n; i++)
        (*out)[i] = list[i];
    return true;
}

// ---- nodes ----

static bool number(Read *r, int64_t *id)
{
    if (!need(r, '%') || !whole(r, id))
        return false;
    return (*id >= 0 && *id < INT32_MAX - 1) || fail(r, "a number that no node has");
}

// A node that stands before this place in the region.
static Node *reference(Read *r)
{
    int64_t id;
    if (!number(r, &id))
        return NULL;
    Node *n = map_get(r->node, (void *)(uintptr_t)(id + 1));
    if (!n || n->home != r->b.region) {
        fail(r, "it does not stand before in this region");
        return NULL;
    }
    return n;
}

static bool type(Read *r, Type *out)
{
    Name   elem;
    Axis **ax;
    int    n;
    *out = (Type){0};
    if (!word(r, &elem))
        return false;
    if (!elem_parse(elem, &out->elem) || elem_class(out->elem) == ELEM_CLASS_COMPLEX)
        return fail(r, "no element type is called that");
    if (!axes(r, &ax, &n))
        return false;
    out->axes = axes_of(arena(r), ax, n);
    if (out->axes.n != n)
        return fail(r, "an axis that occurs twice");
    return !accept_word(r, "where") || (out->guard = reference(r)) != NULL;
}

static Node *node_begin(Read *r)
{
    int64_t id;
    if (!number(r, &id) || !need(r, ':'))
        return NULL;
    if (map_get(r->node, (void *)(uintptr_t)(id + 1))) {
        fail(r, "a number that another node has");
        return NULL;
    }
    Node *n = ARENA_NEW(arena(r), Node);
    n->id = (int)id;
    n->home = r->b.region;
    if (n->id >= r->b.program->node_count)
        r->b.program->node_count = n->id + 1;
    return n;
}

static void node_end(Read *r, Node *n)
{
    map_put(r->node, (void *)(uintptr_t)((uint64_t)n->id + 1), n);
}

static bool values(Read *r, Node *n)
{
    VEC(double) v = {0};
    double x;
    do {
        if (!real(r, &x))
            return false;
        vec_push(arena(r), &v, x);
    } while (accept(r, ','));
    n->attr.data = v.at;
    n->attr.ndata = v.n;
    return true;
}

static bool const_value(Read *r, Node *n)
{
    return elem_class(n->type.elem) == ELEM_CLASS_FLOAT ? real(r, &n->attr.r)
                                                        : whole(r, &n->attr.i);
}

static bool order(Read *r, AxisSet of, Axis ***out)
{
    int n;
    if (!accept_word(r, "order"))
        return true;
    if (!axes(r, out, &n))
        return false;
    return (n == of.n && axes_equal(axes_of(arena(r), *out, n), of)) ||
           fail(r, "an order of other axes");
}

static bool input(Read *r, Node *n)
{
    Name  kind;
    Input in = {.node = n};
    if (!quoted(r, &in.name) || !word(r, &kind))
        return false;
    int k = INPUT_DATA;
    while (k <= INPUT_SCALAR && strcmp(text_input_kind[k], kind) != 0)
        k++;
    if (k > INPUT_SCALAR || r->b.region->outer)
        return fail(r, "no input can stand here");
    in.kind = (InputKind)k;
    n->attr.text = in.name;
    n->attr.i = k;
    if (!order(r, n->type.axes, &in.order))
        return false;
    vec_push(arena(r), &r->b.program->inputs, in);
    return true;
}

static bool attributes(Read *r, Node *n)
{
    Attr *a = &n->attr;
    if (peek(r, '"') && !quoted(r, &a->text))
        return false;
    if (accept(r, '{') && (!(a->size = size_sum(r)) || !need(r, '}')))
        return false;
    if (accept_word(r, "over") && !axes(r, &a->ax, &a->nax))
        return false;
    if (accept_word(r, "to") && !axes(r, &a->bx, &a->nbx))
        return false;
    if (accept(r, '#') && !whole(r, &a->i))
        return false;
    a->flag = accept_word(r, "flag");
    if (!accept_word(r, "values"))
        return true;
    blank(r);
    return r->at == r->end || *r->at == '\n' || *r->at == 'a' ||
           values(r, n);  // `at` may follow none
}

static bool operands(Read *r, Node *n)
{
    VEC(Node *) in = {0};
    while (peek(r, '%')) {
        Node *x = reference(r);
        if (!x)
            return false;
        vec_push(arena(r), &in, x);
    }
    n->in = in.at ? in.at : ARENA_ARRAY(arena(r), Node *, 1);
    n->nin = in.n;
    return true;
}

static Region *region(Read *r);

static bool next_is_region(Read *r)
{
    const char *at = r->at;
    bool        is = accept_word(r, "region");
    r->at = at;
    return is;
}

static bool bodies(Read *r, Node *n)
{
    if (n->op == OP_LOOP && n->attr.nax != 1)
        return fail(r, "a loop runs over one axis");
    for (int k = 0; k < 2; k++)
        if ((k == 0 || next_is_region(r)) && !(n->body[k] = region(r)))
            return false;
    region_types(&r->b, n);
    return true;
}

static bool content(Read *r, Node *n)
{
    if (n->op == OP_INPUT)
        return input(r, n);
    n->attr.elem =
        n->op == OP_CONST || n->op == OP_TABLE || n->op == OP_CONVERT ? n->type.elem : (Elem)0;
    return n->op == OP_CONST ? const_value(r, n) : attributes(r, n);
}

static bool node_line(Read *r)
{
    const char *begin = r->at;
    Node       *n = node_begin(r);
    Name        text;
    if (!n || !(accept_word(r, "results") || type(r, &n->type)) || !need(r, '=') || !word(r, &text))
        return false;
    if (!op_parse(text, &n->op) || n->op == OP_PARAM)
        return fail(r, "no operation is called that");
    if (!operands(r, n) || !content(r, n) || (accept_word(r, "at") && !quoted(r, &n->path)))
        return false;
    n->where = place(r, begin);
    if (!end_line(r) || (op_info(n->op)->class == OPC_REGION && n->op != OP_OUT && !bodies(r, n)))
        return false;
    vec_push(arena(r), &r->b.region->nodes, n);
    region_note_maker(arena(r), r->b.region, n);
    node_end(r, n);
    return true;
}

static bool param(Read *r)
{
    Node *n = node_begin(r);
    if (!n || !type(r, &n->type))
        return false;
    n->op = OP_PARAM;
    n->in = ARENA_ARRAY(arena(r), Node *, 1);
    vec_push(arena(r), &r->b.region->params, n);
    node_end(r, n);
    return true;
}

static bool region_text(Read *r, Region *into)
{
    if (!need_word(r, "region"))
        return false;
    while (peek(r, '%') || (into->params.n && accept(r, ',')))
        if (!param(r))
            return false;
    into->nexplicit = into->params.n;
    if (!need(r, '{') || !end_line(r))
        return false;
    while (!accept_word(r, "give"))
        if (!node_line(r))
            return false;
    while (peek(r, '%')) {
        Node *n = reference(r);
        if (!n)
            return false;
        vec_push(arena(r), &into->results, n);
    }
    return end_line(r) && need(r, '}') && end_line(r);
}

static Region *region(Read *r)
{
    if (++r->depth > MOST_DEPTH) {
        fail(r, "it nests too deeply");
        return NULL;
    }
    Region *into = region_begin(&r->b);
    bool    ok = region_text(r, into);
    region_end(&r->b);
    r->depth--;
    return ok ? into : NULL;
}

// ---- programs ----

static bool output(Read *r)
{
    Program *p = r->b.program;
    Output   o = {.alias = -1};
    if (!quoted(r, &o.name) || !(o.node = reference(r)))
        return false;
    if (accept_word(r, "replaces")) {
        Node *n = reference(r);
        for (int i = 0; i < p->inputs.n; i++)
            o.alias = p->inputs.at[i].node == n ? i : o.alias;
        if (o.alias < 0)
            return fail(r, "only an input can be replaced");
    }
    if (!order(r, o.node->type.axes, &o.order))
        return false;
    vec_push(p->arena, &p->outputs, o);
    return end_line(r);
}

static bool line(Read *r)
{
    if (accept_word(r, "size"))
        return size_line(r);
    if (accept_word(r, "axis"))
        return axis_line(r);
    return accept_word(r, "output") ? output(r) : node_line(r);
}

static bool program_text(Read *r)
{
    blank(r);
    while (accept(r, '\n'))
        ;
    if (!need_word(r, "program") || !quoted(r, &r->b.program->name) || !end_line(r))
        return false;
    while (r->at < r->end)
        if (!line(r))
            return false;
    const char *wrong = program_verify(r->b.program);
    r->at = r->text;
    return !wrong || fail(r, wrong);
}

Program *program_read(Arena *a, Names *names, Sizes *sizes, Axes *axis_table, const char *text,
                      Diags *d, int file)
{
    size_t   n = strlen(text);
    Program *p = program_new(a, names, sizes, axis_table, NULL);
    Read     r = {.b = builder_new(p), .text = text, .at = text, .end = text + n};
    r.diags = d;
    r.file = file;
    r.axis = map_new(a);
    r.var = map_new(a);
    r.node = map_new(a);
    if (n > MOST_TEXT) {
        fail(&r, "it is too long");
        return NULL;
    }
    return program_text(&r) ? p : NULL;
}
