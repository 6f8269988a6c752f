#include "ir/library.h"

static const char *const signature[OP_COUNT] = {
#define LIBRARY(id, routine, text) [OP_##id] = text,
#include "library.def"
#undef LIBRARY
};

LibraryShape library_shape(Op op)
{
    LibraryShape  s = {.text = signature[op], .nin = 1};
    LibraryArray *now = &s.in[0];
    for (const char *c = s.text; *c; c++) {
        s.letters = *c >= 'i' && *c < 'z' && *c - 'i' >= s.letters ? *c - 'i' + 1 : s.letters;
        s.parts = s.parts || *c == 'z';
    }
    s.letters += s.parts;
    for (const char *c = s.text; *c; c++) {
        if (*c == '>')
            now = &s.out[s.nout++];
        else if (*c == ',')
            now = s.nout ? &s.out[s.nout++] : &s.in[s.nin++];
        else {
            int letter = *c == '*' ? -1 : *c == 'z' ? s.letters - 1 : *c - 'i';
            now->axis[now->n++] = letter;
            now->starred = now->starred || letter < 0;
        }
    }
    return s;
}

bool library_has(const LibraryArray *a, int letter)
{
    for (int i = 0; i < a->n; i++)
        if (a->axis[i] == letter)
            return true;
    return false;
}

void library_axes(Arena *a, const LibraryShape *s, Node *const *in, AxisSet letters, AxisSet *lifted, AxisSet *starred)
{
    *lifted = *starred = (AxisSet){0};
    for (int i = 0; i < s->nin; i++)
        if (!s->in[i].starred)
            *lifted = axes_union(a, *lifted, axes_minus(a, in[i]->type.axes, letters));
    for (int i = 0; i < s->nin; i++)
        if (s->in[i].starred)
            *starred = axes_minus(a, axes_minus(a, in[i]->type.axes, letters), *lifted);
}

Node *library_result(Builder *b, const Node *n, int i)
{
    Attr attr = n->attr;
    attr.i = i;
    return ir_make(b, n->op, n->in, n->nin, &attr);
}

Node *ir_library(Builder *b, Op op, Node *const *in, int nin, Axis *const *ax, int nax)
{
    Attr attr = {.ax = ARENA_ARRAY(b->program->arena, Axis *, nax + 1), .nax = nax};
    for (int i = 0; i < nax; i++)
        attr.ax[i] = ax[i];
    return ir_make(b, op, in, nin, &attr);
}
