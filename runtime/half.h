// Floats of two bytes: IEEE 754 binary16 (half), and the upper half of binary32 (brain).
#ifndef PLX_RUNTIME_HALF_H
#define PLX_RUNTIME_HALF_H

#include <stdint.h>

double   half_value(uint16_t bits);
double   brain_value(uint16_t bits);
// The nearest; halfway, the even one; beyond the largest, infinite.
uint16_t half_of(double v);
uint16_t brain_of(double v);

#endif
