// RUN: plexus check %s
use nn
axis class = 10, batch = 32, held = 32
fn f(logits: [batch, class], y: class[held]) -> [] {
  accuracy[class, batch](logits, y)
}
