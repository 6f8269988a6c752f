// RUN: plexus check %s
axis seven = 7
fn halved[k, j = #k / 2](x: [k]) -> [k] { x + sum(zeros[j]) }
fn shorter[k, j = #k - 9](x: [k]) -> [k] { x + sum(zeros[j]) }
fn used(x: [seven]) -> [seven] { halved[seven](x) + shorter[seven](x) }
