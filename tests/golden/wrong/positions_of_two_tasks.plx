// RUN: plexus check %s
axis digit = 10, letter = 26
fn f[n](guess: digit[n], truth: letter[n]) -> bool[n] { guess == truth }
