// RUN: plexus run %s --set h=1,2,3
// A default that is one number, or one truth, is for all entries: as of a `let` and of a `param`.
axis v = 3, o = 2
fn f(x: [v], w: [v] = ones) -> [v] { x * w }
fn k[n, m](x: [n], w: [n, m] = 2, r: (a: [m], b: []) = (a: ones, b: 1)) -> [m] { x @[n] w + r.a * r.b }
block g(x: [v], w: [v] = 2, i: i64[v] = 3) -> [v] { param q: [v] = ones; x * w * q + i }
experiment other[n](x: [n], w: f16[n] = 2) { x * w }
experiment main(h: f16[v] = ones, i: i64[v] = 4, b: bool[v] = true, c: v[o] = v(1), z: (a: [v], b: i64[]) = (a: zeros, b: 1)) {
  let all: bool[o] = false
  print(f(ones[v]), f(ones[v], ones[v] * 3), g(ones[v]), h, i, b, c, z, all)
  print(k[v, o](ones[v]), k[v, v'](real(v)[+o]), other[v](real(v)))
}
