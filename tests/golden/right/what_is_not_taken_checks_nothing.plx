// RUN: plexus run %s
// `and` and `or` on scalars stop early, a side of a choice that is not taken is not looked at, nor is a lifted position
// whose loop has ended: no position is checked there, and no loop makes a turn.
axis n = 4, q = 3, text = 3
fn side(x: [n], k: i64[]) -> [] {
  var r = -1.0
  if k < #n { r = x[n: n(k)] }
  r
}
fn both(x: [n], k: i64[]) -> bool[] { k < #n and x[n: n(k)] > 2 }
fn either(x: [n], k: i64[]) -> bool[] { k >= #n or x[n: n(k)] > 2 }
fn run(x: [n], k: i64[]) -> i64[] {
  var c = k
  while c < #n and x[n: n(c)] < 3 { c += 1 }
  c
}
fn inner(x: [n], k: i64[]) -> [] {
  var r = 0.0
  var c = k
  if k < #n {
    while x[n: n(c)] < 3 {
      r += x[n: n(c)]
      c += 1
    }
  }
  r
}
// each position stops on its own; those that are done write no more
fn fill(k: i64[]) -> i64[text] {
  var out = int(zeros[text])
  var at = 0
  while at < k {
    out[text: text(at)] = at + 1
    at += 1
  }
  out
}
experiment e() {
  let x = values[n](1.0, 2.0, 3.0, 4.0)
  let far = int(9.0 * uniform[q] * 0) + values[q](1, 3, 9)
  print(side(x, far), both(x, far), either(x, far))
  print(run(x, far), inner(x, far), fill(values[q](1, 3, 2)))
  print(both(x, 9), either(x, 9), side(x, 9), run(x, 9), inner(x, 9))
  print(grad((x: [n]) => sum(side(x, far)^2))(x))
  print(any(if far < #n then x[n: n(far)] > 3 else false))
}
