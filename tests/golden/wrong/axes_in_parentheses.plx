// RUN: plexus check %s
use nn
axis n = 4, h = 8, w = 8, c = 3
fn summed(x: [n]) -> [] { sum(n, x) }
fn normed(x: [n]) -> [n] { softmax(x, n) }
fn convolved(x: [c, h, w]) -> [c, h, w] { Conv2d(h, w, c, c)(x) }
fn projected(x: [n]) -> [c] { Linear(n, c)(x) }
fn not_told(y: [n, c]) -> [n, c] { softmax(y) }
