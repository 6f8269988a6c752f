// RUN: plexus check %s
use nn
axis class = 10, batch = 32, held = 360
fn f(logits: [batch, class], y: class[held]) -> [batch] {
  cross_entropy[class](logits, y)
}
