// RUN: plexus check %s
use nn
axis digit = 10
fn f(logits: [digit], y: i64[]) -> [] { cross_entropy[digit](logits, y) }
