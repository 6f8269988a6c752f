// RUN: plexus run %s --set v=1,2
axis n = 3
experiment e(v: f32[n] = ones[n], i: i8[] = 1) { print(v) }
