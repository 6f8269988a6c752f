// Trains the perceptron of digits_step.plx from C: the loop, the data and the learning rate are this program's, the step
// and its state the library's. The parameters are those that `plexus run` gets, bit for bit.
#include <stdio.h>
#include <string.h>

#include "fit.h"
#include "plexus_rt.h"

enum { EPOCHS = 5, BATCH = 32, PIXELS = 64 };

static int fail(const char *text)
{
    fprintf(stderr, "%s\n", text);
    return 3;
}

static int train(fit *f, const PlxTensor *image, const PlxTensor *digit)
{
    const int64_t image_size[] = {BATCH, PIXELS}, digit_size[] = {BATCH};
    int64_t       batches = image->dim[0] / BATCH;
    float         loss = 0;
    for (int64_t epoch = 0; epoch < EPOCHS; epoch++) {
        for (int64_t b = 0; b < batches; b++)
            if (fit_run(f, b, (float *)image->data + b * BATCH * PIXELS, image_size, (int64_t *)digit->data + b * BATCH, digit_size,
                        2e-3 / (double)(epoch + 1), &loss))
                return 1;
        printf("epoch %lld: loss %.4f\n", (long long)epoch, (double)loss);
    }
    return 0;
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return fail("usage: train DIGITS.csv.gz MODEL.safetensors");
    PlxError  e = {0};
    PlxWant   want[2] = {{.name = "pixel", .elem = PLX_F32, .rank = 2, .dim = {-1, PIXELS}, .axis = {"sample", "pixel"}},
                         {.name = "class", .elem = PLX_I64, .rank = 1, .dim = {-1}, .axis = {"sample"}, .below = 10}};
    PlxTensor data[2] = {{0}};
    char      message[512];
    fit      *f = fit_new(0, 0, message, sizeof message);
    if (!f)
        return fail(message);
    if (!plx_load(argv[1], want, 2, data, &e))
        return fail(e.text);
    int status = train(f, &data[0], &data[1]) || fit_save(f, "net", argv[2]) ? fail(fit_message(f)) : 0;
    plx_tensor_free(&data[0]);
    plx_tensor_free(&data[1]);
    fit_close(f);
    return status;
}
