#include "sema/foreign.h"

#include <string.h>

static const Foreign types[] = {
    {"float Float", "`[n]` alone is the call's own float type; `real` and `f32` are fixed ones", "real"},
    {"float32 Float32 single", "its name is `f32`", "f32"},
    {"float64 Float64 double Double", "its name is `f64`", "f64"},
    {"float16 Float16 half", "its name is `f16`", "f16"},
    {"bfloat16 BFloat16", "its name is `bf16`", "bf16"},
    {"long int64 Int64 integer Integer Int", "its name is `int`, or `i64`", "int"},
    {"int32 Int32", "its name is `i32`", "i32"},
    {"int8 Int8", "its name is `i8`", "i8"},
    {"uint8 UInt8", "its name is `u8`", "u8"},
    {"boolean Boolean Bool", "its name is `bool`", "bool"},
    {"complex64 cfloat", "its name is `c64`, a pair of f32", "c64"},
    {"complex128 cdouble", "its name is `c128`, a pair of f64", "c128"},
    {"tensor Tensor array Array ndarray Matrix matrix Vector vector",
     "a tensor's type is its axes, `[n]`, or with its elements' type `f32[n, m]`; a parameter without a type takes any", NULL},
    {"list List dict Dict tuple Tuple", "records and tuples are `(a: [n], b: [m])` and `([n], [m])`; many of one kind stand along an axis", NULL},
    {"function Function Callable callable", "a function is taken by `f: block`, or with its interface, `f: block([n]) -> [n]`", "block"},
    {"Module module", "a block is taken by `f: block`, or with its interface, `f: block([n]) -> [n]`", "block"},
};

static const Foreign values[] = {
    {"axis axes dim dims keepdim keepdims", "axes stand in brackets, by name: `sum[k](x)`; those that are reduced are gone", NULL},
    {"len shape size ndim", "`#k` is the size of the axis `k`", NULL},
    {"range enumerate", "`for i in 0..n` runs over numbers, `for t in time` over the positions of an axis", NULL},
    {"np numpy torch tf jax jnp scipy F", "functions stand by themselves, `exp(x)`; modules that come with the language are brought by `use nn`", NULL},
    {"reshape view ravel", "`x[a -> (b, c)]` splits an axis, `x[(a, b) -> c]` merges two", NULL},
    {"transpose permute swapaxes moveaxis rearrange",
     "axes have names and no order, so nothing is turned round: `x[a -> b, b -> a]` exchanges two names", NULL},
    {"unsqueeze expand expand_dims broadcast_to broadcast tile repeat_interleave",
     "`x[+k]` repeats along an axis `k`; axes that a function does not name pass by, without a word", NULL},
    {"squeeze", "`x[k: 0]` takes the one position of an axis", NULL},
    {"einsum matmul mm bmm dot tensordot", "a product names what it sums over: `a @[k] b`, `a @[i, j] b`", NULL},
    {"cat concatenate hstack vstack", "`concat[a, b -> both](x, y)` puts two axes behind each other", NULL},
    {"arange", "an axis' name is the position along it: `real(k)`; `linspace[k](0, 1)` goes from one number to another", NULL},
    {"randn rand randint", "draws name their axes: `normal[n]`, `uniform[n]`, `pick[n -> k]`", NULL},
    {"zeros_like ones_like full_like empty_like", "`0 * x` is the zero like x, also of a record or model", NULL},
    {"gather take index_select take_along_axis", "`x[k: i]` takes positions along `k`", NULL},
    {"scatter scatter_add segment_sum index_add", "`sum[edge -> node: dst](m)` adds what goes to each position", NULL},
    {"vmap pmap", "what a function does not name passes by: give it a tensor with more axes", NULL},
    {"detach stop_gradient no_grad", "`stop(x)` takes a value as a constant", NULL},
    {"backward autograd", "`grad(f)` is the derivative of a function; `minimize … over net using opt` trains", NULL},
    {"astype to cast", "an element type converts: `f64(x)`, `int(x)`", NULL},
    {"pow", "a power is `x ^ y`", NULL},
    {"None null nil", "there is no empty value: a default stands in the header, `k: int = 0`", NULL},
    {"self this", "a block's parameters and parts are plain names of its body", NULL},
    {"Sequential", "layers follow each other by a pipe: `x |> Linear[a -> b] |> gelu`", NULL},
};

// Is `word` one of the words of a list?
static bool listed(const char *list, const char *word)
{
    size_t n = strlen(word);
    for (const char *at = list; (at = strstr(at, word)); at += n)
        if ((at == list || at[-1] == ' ') && (at[n] == ' ' || !at[n]))
            return true;
    return false;
}

const Foreign *foreign_find(Name name, bool type)
{
    const Foreign *table = type ? types : values;
    size_t         n = type ? sizeof types / sizeof *types : sizeof values / sizeof *values;
    for (size_t i = 0; i < n; i++)
        if (listed(table[i].words, name))
            return &table[i];
    return NULL;
}
