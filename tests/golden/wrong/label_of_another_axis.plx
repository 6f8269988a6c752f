// RUN: plexus check %s
use nn
axis digit = 10, letter = 10
fn f(logits: [digit], y: letter[]) -> [] { cross_entropy[digit](logits, y) }
