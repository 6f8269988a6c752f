// RUN: plexus check %s
use nn
axis batch = 3, held = 3, class = 2
fn sub(a: [], b: []) -> [] { a - b }
experiment main() {
  let x = real(batch)
  let y = real(held)
  let net = Linear[class -> class]
  let label = argmax[class](normal[held, class])
  print(x[+held] - y)
  print(x + y)
  print(sub(x, y))
  print(cross_entropy[class](net(x[+class]), label))
  print(mean((x - y)^2))
  print(mse(x, y))
}
