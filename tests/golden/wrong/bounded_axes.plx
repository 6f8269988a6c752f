// RUN: plexus check %s
axis top <= 4

fn before[n](x: [n]) -> [] {
  axis kept <= #n
  sum[kept](ones[kept])
}
fn without_bound[n](x: [n]) -> [] {
  axis kept = #n
  sum[kept](x[n: filter[n -> kept](x > 0)])
}
fn twice[n](x: [n]) -> [] {
  axis kept <= #n
  let i = filter[n -> kept](x > 0)
  let j = filter[n -> kept](x < 0)
  sum[kept](x[n: i] + x[n: j])
}
fn in_a_loop[n](x: [n]) -> [] {
  axis kept <= #n
  var s = 0.0
  for t in 0..3 {
    s += sum[kept](x[n: filter[n -> kept](x > t)])
  }
  s
}
fn of_two[n, m](x: [n, m]) -> [m] {
  axis kept <= #n
  sum[kept](x[n: filter[n -> kept](x > 0)])
}
fn joined[n, both](x: [n]) -> [both] {
  axis kept <= #n
  let y = x[n: filter[n -> kept](x > 0)]
  concat[kept, n -> both](y, x)
}
fn leaves[n](x: [n]) -> [n] {
  axis kept <= #n
  x[n: filter[n -> kept](x > 0)]
}
experiment e() {
  axis n = 3, kept <= #n
  let x = real(n)
  print(sum(x[n: filter[n -> kept](x > 1)]))
}
