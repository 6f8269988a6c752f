// RUN: plexus check %s
use nn
axis class = 10
fn f(x: [class], y: class[]) -> [] { cross_entropy[class](x, y, smooth: 0.1) }
