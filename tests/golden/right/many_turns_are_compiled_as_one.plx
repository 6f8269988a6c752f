// RUN: plexus test %s; for b in Alike Asked; do "$PLEXUS" dump %s $b --after elaborate | grep -c loop; done; true
// A repeat of many turns is a loop, one whose body asks for its turn is not: values, inner values and slopes are the same.
axis k = 6, depth = 7, sample = 5

block Layer[n](x: [n]) -> [n] {
  param w: [n, n'] = sin(1 + n + 2 * n') / 3
  param b: [n] = 0.1
  tanh(x @[n] w + b[n -> n'])[n' -> n]
}
block Alike(x: [k]) -> [k] {
  var h = x
  repeat layer in depth {
    let step = Layer[k](h) as one
    h = h + 0.5 * step
  }
  h
}
block Asked(x: [k]) -> [k] {
  var h = x
  repeat layer in depth {
    let step = Layer[k](h) as one
    h = h + (if layer < 0 then 0 else 0.5) * step
  }
  h
}

test "one for all, and each for itself" {
  let x = f64(sin(real(sample + 2 * k)))
  let a = Alike[]
  let b = Asked[]
  expect norm(a(x) - b(x)) < 1e-12, "values"
  let ta = trace a(x)
  let tb = trace b(x)
  expect norm(ta.layer.step - tb.layer.step) < 1e-12, "inner values, along depth"
  let ga = grad((m: Alike) => sum(sin(m(x))))(a)
  let gb = grad((m: Asked) => sum(sin(m(x))))(b)
  expect norm(ga.layer.one.w - gb.layer.one.w) < 1e-6 and norm(ga) > 0.1, "slopes of the parameters"
  let ha = grad((v: [k]) => sum(grad((u: [k]) => sum(sin(a(u))))(v) ^ 2))(x[sample: 2])
  let hb = grad((v: [k]) => sum(grad((u: [k]) => sum(sin(b(u))))(v) ^ 2))(x[sample: 2])
  expect norm(ha - hb) < 1e-9 and norm(ha) > 0.01, "second slopes"
}
