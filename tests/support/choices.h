// Random choices that are kept: a generator asks for numbers, and gets the same ones again when what it made is to be
// made smaller. Whatever the numbers are, it makes something well-formed of them; 0 stands for the simplest. So the
// reducer changes numbers, never texts: it works for every generator, and what it tries is always well-formed.
#ifndef PLX_TESTS_CHOICES_H
#define PLX_TESTS_CHOICES_H

#include <stdbool.h>
#include <stdint.h>

enum { MOST_CHOICES = 1 << 14, MOST_SPANS = 1 << 13 };

// The choices in [begin, end) made one thing of this kind.
typedef struct {
    int kind, begin, end;
} ChoiceSpan;

typedef struct {
    uint64_t   seed;
    bool       replay;             // takes what is in `value`, then zeros; else draws
    int        n, given;           // made so far; given for replay
    uint32_t   value[MOST_CHOICES];
    int        nspan;
    ChoiceSpan span[MOST_SPANS];
} Choices;

void choices_draw(Choices *c, uint64_t seed);
void choices_replay(Choices *c, const uint32_t *value, int n);

// 0 … n - 1, each as likely.
int choose(Choices *c, int n);
// Number i with likelihood weight[i] (of which one is positive); 0 is what reduction leads to.
int choose_weighted(Choices *c, const int *weight, int n);
// True in `percent` of 100.
bool choose_chance(Choices *c, int percent);
// Around what makes one thing. Kinds are the generator's.
int  choice_begin(Choices *c, int kind);
void choice_end(Choices *c, int span);

// Does what these choices make still fail as before?
typedef bool FailsFn(void *user, const uint32_t *value, int n);
// Shrinks choices that fail: takes spans out, sets them to zeros, puts an inner span in the place of an outer one of its
// kind, makes single numbers smaller; as long as anything works, within `tries` tries. `c` was filled by the failing
// run; at the end it holds the choices of the smallest one found. `make` runs the generator on `c` for its spans.
void choices_reduce(Choices *c, void (*make)(void *user, Choices *c), FailsFn *fails, void *user, int tries);

#endif
