#include <string.h>

#include "ir/ir.h"

static const OpInfo table[OP_COUNT] = {
#define OP(id, text, arity, class_, type, jvp, transpose, flops, glyph, lo, hi)                    \
    [OP_##id] = {text, arity, OPC_##class_, GLYPH_##glyph, flops, lo, hi},
#include "ops.def"
#undef OP
};

const OpInfo *op_info(Op op) { return &table[op]; }

bool op_parse(const char *text, Op *out)
{
    for (int i = 0; i < OP_COUNT; i++)
        if (!strcmp(table[i].text, text)) {
            *out = (Op)i;
            return true;
        }
    return false;
}
