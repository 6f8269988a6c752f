// The mixing function of counter-based random numbers. The same function stands in runtime/random.h (plx_mix) and is
// what OP_MIX computes: a test holds the two together.
#ifndef PLX_BASE_MIX_H
#define PLX_BASE_MIX_H

#include <stdint.h>

// `word` mixed into `h`: SplitMix64 (Steele, Lea, Flood, OOPSLA 2014; D. Stafford's variant 13), modulo 2^64.
static inline uint64_t mix64(uint64_t h, uint64_t word)
{
    uint64_t z = h + 0xD1B54A32D192ED03u + word * 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

#endif
