// RUN: plexus run %s all
// What acts inside an expression is done before it, in the order of the text, in each turn.
axis n = 4

experiment doubled(width: int) {
  print(width)
  width * 2
}

experiment all() {
  let start = now()
  var best = 0
  for i in 0..3 {
    best = max(best, doubled(width: i) + doubled(width: 10 * i))
    print(best)
  }
  let x: f64[n] = ones[n] * doubled(width: 3)
  print(x, 0 <= now() - start)
  let zero: (a: [n], b: f64[]) = (a: zeros, b: 0)
  print(zero)
}
