// The library's results against the experiment's, bit for bit; wrong counts and files are refused.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mlp.h"
#include "plexus_rt.h"

int main(int argc, char **argv)
{
    PlxError  e = {0};
    PlxTensor x[1] = {{0}}, y[1] = {{0}};
    PlxWant   want = {.elem = PLX_F32, .rank = 2, .dim = {-1, -1}};
    char      message[256] = "";
    if (argc != 4 || mlp_open("/absent.safetensors", 1, message, sizeof message) || !*message)
        return 1;
    mlp *m = mlp_open(argv[1], 2, message, sizeof message);
    if (!m || !plx_load(argv[2], &want, 1, x, &e) || !plx_load(argv[3], &want, 1, y, &e)) {
        fprintf(stderr, "%s %s\n", message, e.text);
        return 1;
    }
    int64_t n = x->dim[0];
    float  *out = calloc((size_t)n * 3, sizeof *out);
    int bad = mlp_run(m, n, x->data, n * 7, out, n * 3) || memcmp(out, y->data, sizeof *out * (size_t)n * 3);
    bad = bad || mlp_run(m, n, x->data, n * 7 - 1, out, n * 3) != PLX_ERR_SHAPE || !strstr(mlp_message(m), "pixel: 7");
    bad = bad || mlp_run(m, -1, x->data, n * 7, out, n * 3) != PLX_ERR_SHAPE || mlp_run(m, 0, x->data, 0, out, 0);
    if (bad)
        fprintf(stderr, "other bits, or a wrong count taken: %s\n", mlp_message(m));
    free(out);
    plx_tensor_free(x);
    plx_tensor_free(y);
    mlp_close(m);
    return bad;
}
