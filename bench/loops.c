// The loops of bench/loops.plx in plain C, with plain indices.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ITEM = 40000, NODE = 700, CELL = 400000 };

static void sort(void)
{
    float *a = malloc(ITEM * sizeof *a);
    for (int i = 0; i < ITEM; i++)
        a[i] = (float)((i * 7919LL) % 10007);
    for (int i = 1; i < ITEM; i++) {
        float v = a[i];
        int   j = i;
        for (; j > 0 && a[j - 1] > v; j--)
            a[j] = a[j - 1];
        a[j] = v;
    }
    printf("%g\n", a[0]);
}

static void floyd(void)
{
    float *d = malloc(NODE * NODE * sizeof *d);
    for (int i = 0; i < NODE; i++)
        for (int j = 0; j < NODE; j++)
            d[i * NODE + j] = (float)((i * 31 + j * 17) % 1009);
    for (int k = 0; k < NODE; k++)
        for (int i = 0; i < NODE; i++)
            for (int j = 0; j < NODE; j++) {
                float via = d[i * NODE + k] + d[k * NODE + j];
                if (via < d[i * NODE + j])
                    d[i * NODE + j] = via;
            }
    printf("%g\n", d[1]);
}

static void heat(void)
{
    float *a = malloc(CELL * sizeof *a);
    for (int i = 0; i < CELL; i++)
        a[i] = (float)(i % 10);
    for (int turn = 0; turn < 100; turn++)
        for (int i = 1; i < CELL - 1; i++)
            a[i] = 0.25f * a[i - 1] + 0.5f * a[i] + 0.25f * a[i + 1];
    printf("%g\n", a[5]);
}

int main(int n, char **arg)
{
    if (n == 2 && !strcmp(arg[1], "sort"))
        sort();
    if (n == 2 && !strcmp(arg[1], "floyd"))
        floyd();
    if (n == 2 && !strcmp(arg[1], "heat"))
        heat();
    return 0;
}
