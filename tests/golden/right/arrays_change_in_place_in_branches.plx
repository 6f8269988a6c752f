// RUN: plexus run %s
// Loops in a branch of a loop: a sort on a stack of its own, and the sieve; each turn costs what it changes, so both end
// at once (a copy of the array in each turn would take minutes).
axis n = 50000, big = 1000000, st = 64
fn quicksort[n, st](x: f64[n]) -> f64[n] {
  var a = x
  var from = int(zeros[st])
  var to = int(zeros[st])
  var top = 1
  to[st: st(0)] = #n - 1
  while top > 0 {
    top -= 1
    let lo = from[st: st(top)]
    let hi = to[st: st(top)]
    if lo < hi {
      let pivot = a[n: n((lo + hi) div 2)]
      var i = lo
      var j = hi
      while i <= j {
        while a[n: n(i)] < pivot { i += 1 }
        while pivot < a[n: n(j)] { j -= 1 }
        if i <= j {
          let t = a[n: n(i)]
          a[n: n(i)] = a[n: n(j)]
          a[n: n(j)] = t
          i += 1
          j -= 1
        }
      }
      to[st: st(top)] = j
      from[st: st(top + 1)] = i
      to[st: st(top + 1)] = hi
      top += 2
    }
  }
  a
}
fn primes[big]() -> i64[] {
  var p = zeros[big] == 0
  var count = 0
  for i in 2..#big {
    if p[big: i] {
      count += 1
      var j = i * i
      while j < #big {
        p[big: big(j)] = false
        j += i
      }
    }
  }
  count
}
fn halved[n](x: f64[n]) -> f64[n] {
  var a = x
  for i in 0..#n {
    if a[n: i] > 0.5 {
      for k in 0..9 { a[n: n((i + 17 * k) mod #n)] = 0.5 * a[n: i] }
    }
  }
  a
}
experiment e() {
  let x = f64(uniform[n])
  expect all(quicksort[n, st](x) == sort[n](x)), "sorted"
  expect primes[big]() == 78498, "primes below a million"
  expect max(halved[n](x)) <= 0.5, "none is left above a half"
}
