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
    const int64_t size[2] = {n, 7}, narrow[2] = {n, 6}, less[2] = {-1, 7}, none[2] = {0, 7};
    int bad = mlp_run(m, x->data, size, out, n * 3) || memcmp(out, y->data, sizeof *out * (size_t)n * 3);
    bad = bad || mlp_run(m, x->data, narrow, out, n * 3) != PLX_ERR_SHAPE || !strstr(mlp_message(m), "`pixel` has 6");
    bad = bad || mlp_run(m, x->data, size, out, n * 3 - 1) != PLX_ERR_SHAPE || !strstr(mlp_message(m), "class: 3");
    bad = bad || mlp_run(m, x->data, less, out, n * 3) != PLX_ERR_SIZE || mlp_run(m, x->data, none, out, 0);
    if (bad)
        fprintf(stderr, "other bits, or a wrong count taken: %s\n", mlp_message(m));
    free(out);
    plx_tensor_free(x);
    plx_tensor_free(y);
    mlp_close(m);
    return bad;
}
