// RUN: plexus test %s --out %t/x
// A tensor that one line of an experiment keeps for another carries its guard: outside it nothing is read.
use nn

axis seq = 4, src = #seq, v = 2

fn weights[seq, src](s: [seq, src]) -> [seq, src] { softmax[src where src <= seq](s) }
fn both[seq, src](s: [seq, src]) -> (p: [seq, src], q: [seq, src]) {
  (p: softmax[src where src <= seq](s), q: 2 * softmax[src where src <= seq](s))
}
fn greatest[seq, src](p: [seq, src]) -> [seq] { max[src](-p) }

experiment passed[n, m](p: [n, m]) {
  let q = 2 * p
  max[m](-q)
}

experiment made(s: f32[seq, src]) {
  softmax[src where src <= seq](s)
}

block Masked[seq, src](s: [seq, src]) -> [seq] {
  let p = softmax[src where src <= seq](s)
  greatest[seq, src](p)
}

test "as names, arguments, results, leaves" {
  let s = f32(normal[seq, src]())
  let want = max[src](-softmax[src where src <= seq](s))
  let p = softmax[src where src <= seq](s)
  let other = p
  expect all(max[src](-p) == want) and all(max[src](-other) == want), "a name"
  expect max[src](-(p + zeros[seq, src]))[seq: 0] == 0, "what adds something unguarded has zeros"
  expect all(greatest[seq, src](p) == want), "an argument of a function"
  expect all(max[src](-weights[seq, src](s)) == want), "a result of a function"
  let r = both[seq, src](s)
  expect all(max[src](-r.p) == want) and all(max[src](-r.q) == 2 * want), "a record's leaves"
  let of_experiment = made(s)
  let of_argument = passed[seq, src](p)
  expect all(of_argument == 2 * want), "an argument of an experiment"
  expect all(max[src](-of_experiment) == want), "a result of an experiment"
  var k = p
  for i in 0..3 {
    k = 2 * k
  }
  expect all(max[src](-k) == 8 * want), "a variable of a loop"
  let t = trace Masked[seq, src](s)
  expect all(max[src](-t.p) == want), "an inner value"
  let mask = src <= seq
  let q = softmax[src where mask](s)
  expect all(max[src](-q) == want), "a guard that is data"
}

test "shown and saved as zeros" {
  let p = softmax[src where src <= seq](real(src)[+seq])
  print(p)
  save((p: p), "p.npz")
  let back: (p: f64[seq, src]) = load("p.npz")
  expect max[src](-back.p)[seq: 0] == 0, "a file has zeros, and no guard"
}

test "rows of data" {
  axis sample = 8, fit, held, batch = 3
  let x = f32(normal[sample, src]())
  let p = softmax[src where src <= sample](x)
  let lowest = min(x)
  let (a, b) = split[sample -> fit, held]((p: p, x: x), at: 6)
  expect all(max[src](-a.p) < 0) and all(max[src](-b.p) < 0), "split"
  for c in batches[fit -> batch](a) {
    expect all(max[src](-c.p) < 0), "batches"
  }
  axis some <= #sample
  let i = filter[sample -> some](sample > 2)
  let q = p[sample: i]
  expect all(max[src](-q) < 0), "positions that a filter keeps"
}

test "guards in a bracket, values put into a model" {
  let s = f32(normal[seq, src]())
  let f = softmax[src where src <= seq]
  expect all(f(s) == softmax[src where src <= seq](s)), "a function with its bracket"
  let (early, positive) = (src <= seq, s > 0)
  let norm_early = LayerNorm[src where src <= seq]
  let norm_kept = LayerNorm[src where early]
  let norm_positive = LayerNorm[src where s > 0]
  let norm_kept_positive = LayerNorm[src where positive]
  expect all(norm_early(s) == norm_kept(s)), "an instance with its bracket"
  for i in 0..2 {
    let t = f32(normal[seq, src]())
    let g = softmax[src where t > 0]
    expect all(g(t) == softmax[src where t > 0](t)), "a guard that the line computed"
    expect all(norm_positive(t) == norm_kept_positive(t)), "an older one"
  }
  var net = Masked[seq, src]
  var half = weights[seq, src](s)
  let want = max[src](-weights[seq, src](s))
  let cut = net with (p: 0.5 * half)
  half = 100 * half
  expect all(cut(s) == 0.5 * want), "a value that `with` put there is that line's"
}

fn times_next(net, k) {
  let j = k + 1
  net with (h: (v) => v * j)
}

block Doubled[seq](x: [seq]) -> [seq] {
  let h = 2 * x
  h + 1
}

fn applied[n, f: block](x: [n]) -> [n] { f(x) + 1 }

fn applied_next(k) {
  let j = k + 1
  applied[seq, f: (x) => x * j]
}

test "functions that `with` or a bracket holds" {
  let net = Doubled[seq]
  let k = real(seq)
  let d = times_next(net, k)
  expect all(d(ones[seq]) == 2 * (k + 1) + 1), "what a function in a model sees"
  let f = applied_next(k)
  expect all(f(ones[seq]) == k + 2), "what a function in a bracket sees"
}
