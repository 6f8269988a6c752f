// RUN: plexus run %s
// What a loop makes of something that is there in part is there in that part: where it is lifted over the guard's axis it
// makes no turn for the others (this `while` would not end for them).
axis t = 4, n = 3
fn two[k](x: [k]) -> [k] { 2 * x }
fn adds(x: []) -> [] {
  var a = 0.0
  for i in 0..3 { a = a + x }
  a
}
fn doubles(x: []) -> [] {
  var y = x
  while y < 100 { y = 2 * y }
  y
}
fn settles(x: []) -> [] { fix z = 0.5 * z + x from 0 within 1e-6 }
fn powers[k](x: [k]) -> [k] {
  var y = x
  for i in 0..2 { y = y * x + 1 }
  y
}
fn grows[k](x: [k]) -> [k] {
  var y = x
  while sum[k](y) < 100 { y = 2 * y }
  y
}
fn states[k, t](x: [k, t]) -> [k, t] {
  var h = x[t: 0]
  for i in t {
    h = 2 * h
    yield h
  }
}
fn meets[k](x: [k], z: [k]) -> [k] {
  var y = x
  for i in 0..2 { y = y * x + z }
  y
}
fn there(y: [t]) -> real { sum(exp(0 * y)) }
experiment e() {
  let x = ones[t]
  let y = two[t where t < 2](x)
  print(there(adds(y)), there(doubles(y)), there(settles(y)))
  print(adds(y), doubles(y))
  print(there(powers[t where t < 2](x)), there(grows[t where t < 2](x)), sum(exp(0 * states[t where t < 2, n](ones[t, n]))))
  print(there(meets[t](y, x)))
  print(grad((v: [t]) => sum(doubles(two[t where t < 2](v))))(x), grad((v: [t]) => sum(exp(powers[t where t < 2](v))))(x))
}
