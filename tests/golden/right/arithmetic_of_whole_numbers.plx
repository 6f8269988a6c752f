// RUN: plexus run %s
axis n = 3
experiment e() {
  expect 7 div 2 == 3 and -7 div 2 == -4 and 7 mod 3 == 1 and -7 mod 3 == 2, "rounds down"
  expect 7 / 2 == 3.5, "a quotient is real"
  expect 2 ^ 10 == 1024 and -2 ^ 2 == -4, "powers bind closer than minus"
  expect bit_and(12, 10) == 8 and bit_or(12, 10) == 14 and bit_xor(12, 10) == 6, "bits"
  expect shift_left(3, 4) == 48 and shift_right(48, 4) == 3, "shifts"
  expect sum[n](n) == 3, "positions are whole numbers"
}
