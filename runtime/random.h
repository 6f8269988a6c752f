// Random bits by counting: the bits of a draw are a function of a key and of counters (path, turns,
// positions), mixed in one after the other: plx_mix(plx_mix(seed, path), position). There is no
// state.
#ifndef PLX_RUNTIME_RANDOM_H
#define PLX_RUNTIME_RANDOM_H

#include <stdint.h>

#define PLX_MIX_STEP  0x9E3779B97F4A7C15u // 2^64 / golden ratio, odd
#define PLX_MIX_START 0xD1B54A32D192ED03u // so that mix(0, 0) is not 0
#define PLX_MIX_ONE   0xBF58476D1CE4E5B9u
#define PLX_MIX_TWO   0x94D049BB133111EBu

// `word` mixed into `h`: the sequence of SplitMix64 (Steele, Lea, Flood: Fast Splittable
// Pseudorandom Number Generators, OOPSLA 2014; constants of D. Stafford's variant 13), entered at
// place `word` from state `h`. For one h, different words give different bits, and the other way
// round. All arithmetic is modulo 2^64.
static inline uint64_t plx_mix(uint64_t h, uint64_t word)
{
    uint64_t z = h + PLX_MIX_START + word * PLX_MIX_STEP;
    z = (z ^ (z >> 30)) * PLX_MIX_ONE;
    z = (z ^ (z >> 27)) * PLX_MIX_TWO;
    return z ^ (z >> 31);
}

#endif
