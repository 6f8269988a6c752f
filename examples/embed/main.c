// Reads handwritten digits with the perceptron of digits.plx, compiled to a library, from C.
#include <stdio.h>
#include <stdlib.h>

#include "mlp.h"
#include "plexus_rt.h"

static int fail(const char *text)
{
    fprintf(stderr, "%s\n", text);
    return 3;
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return fail("usage: digits CHECKPOINT.safetensors DIGITS.csv.gz");
    PlxError  e = {0};
    PlxWant   want[2] = {{.name = "pixel", .elem = PLX_F32, .rank = 2, .dim = {-1, 64}, .axis = {"sample", "pixel"}},
                         {.name = "class", .elem = PLX_I64, .rank = 1, .dim = {-1}, .axis = {"sample"}, .below = 10}};
    PlxTensor data[2] = {{0}};
    char      message[512];
    mlp      *model = mlp_open(argv[1], 0, message, sizeof message);
    if (!model)
        return fail(message);
    if (!plx_load(argv[2], want, 2, data, &e))
        return fail(e.text);
    int64_t n = data[0].dim[0], right = 0;
    float  *x = data[0].data, *logits = malloc(sizeof *logits * (size_t)(n * 10));
    for (int64_t i = 0; i < n * 64; i++)
        x[i] /= 16;
    const int64_t size[] = {n, 64}, narrow[] = {n, 63};
    if (!logits || mlp_run(model, x, size, logits, n * 10))
        return fail(logits ? mlp_message(model) : "out of memory");
    for (int64_t i = 0; i < n; i++) {
        int best = 0;
        for (int k = 1; k < 10; k++)
            best = logits[i * 10 + k] > logits[i * 10 + best] ? k : best;
        right += best == ((int64_t *)data[1].data)[i];
    }
    printf("%lld of %lld digits read right\n", (long long)right, (long long)n);
    // A wrong size is refused, with the axis and both sizes.
    if (mlp_run(model, x, narrow, logits, n * 10))
        printf("refused: %s\n", mlp_message(model));
    free(logits);
    plx_tensor_free(&data[0]);
    plx_tensor_free(&data[1]);
    mlp_close(model);
    return 0;
}
