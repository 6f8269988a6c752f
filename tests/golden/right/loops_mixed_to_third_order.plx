// RUN: plexus run %s
// Loops of every kind, mixed and lifted: derivatives of order 1 to 3 against finite differences of the order below. What is
// run again (`checkpoint`, a body of `fix`) makes the lengths of its loops again.
axis n = 4, k = 3
fn five(a: []) -> [] {                       // checkpoint of a while
  checkpoint {
    var s = a
    var i = 0
    while i < 4 { s = tanh(s) * 1.3 + 0.1 * a * a
      i += 1 }
    s
  } * a
}
fn mixed[k](z: [k], w: [k], a: []) -> [k] {
  var t = z
  var i = 0
  while i < 2 {
    t = 0.5 * sin(t) + w * a
    i += 1
  }
  t
}
fn seven(a: []) -> [] {                      // while in a fix, over a body's own axis
  let w = real(k + 1) / 10
  let z = fix z = mixed[k](z, w, a) from w * a within 1e-15 at most 300
  sum[k](z * z)
}
experiment main() {
  let x = f64(values[n](0.4, 0.9, 1.3, 2.1))
  let h = 1e-5
  let five1 = grad((a: []) => five(a))
  let five2 = grad((a: []) => five1(a))
  let five3 = grad((a: []) => five2(a))
  expect max(abs(five1(x) - (five(x + h) - five(x - h)) / (2 * h)) / (1 + abs(five1(x)))) < 1e-6, "five: order 1"
  expect max(abs(five2(x) - (five1(x + h) - five1(x - h)) / (2 * h)) / (1 + abs(five2(x)))) < 1e-6, "five: order 2"
  expect max(abs(five3(x) - (five2(x + h) - five2(x - h)) / (2 * h)) / (1 + abs(five3(x)))) < 1e-6, "five: order 3"
  let seven1 = grad((a: []) => seven(a))
  let seven2 = grad((a: []) => seven1(a))
  expect max(abs(seven1(x) - (seven(x + h) - seven(x - h)) / (2 * h)) / (1 + abs(seven1(x)))) < 1e-6, "seven: order 1"
  expect max(abs(seven2(x) - (seven1(x + h) - seven1(x - h)) / (2 * h)) / (1 + abs(seven2(x)))) < 1e-6, "seven: order 2"
}
