// RUN: plexus run %s
// Inner values have the axes that the model was given and was lifted over, from outside; so has what takes their place,
// which may be computed, kept and assigned like any other value.
use nn
use optim
axis i = 4, h = 5, o = 3, sample = 6, depth = 3
block Layer[h](x: [h]) -> [h] {
  let act = x |> Linear[h -> h] as lin |> tanh
  x + act
}
block Net[i, h -> o, depth](x: [i]) -> [o] {
  var z = x |> Linear[i -> h] as read
  repeat layer in depth { z = z |> Layer[h] as part }
  z |> Linear[h -> o] as out
}
fn energy(net: Net[i, h -> o, depth], x: [i]) -> [] { sum(net(x)^2) }
experiment e() {
  let net = Net[i, h -> o, depth]
  let x = normal[sample, i]
  let t = trace net(x)
  expect norm(t.out - net(x)) == 0 and norm(t.read - net.read(x)) == 0, "lifted axes are the caller's"
  expect norm(t.layer.part.act[depth: 0, sample: 2] - (trace net(x[sample: 2])).layer.part.act[depth: 0]) < 1e-6, "turns stacked"

  let patched = net with (read: t.read[sample: 0])
  expect norm(patched(x)[sample: 3] - net(x)[sample: 0]) < 1e-6, "one value for all positions"
  let frozen = net with (read: t.read)
  expect norm(frozen(x) - net(x)) < 1e-6, "one for each"
  let typed = net with (layer.part.act: (v: [h]) => v / 2)
  let whole = net with (layer.part.act: (v) => 0.5 * v)
  expect norm(typed(x) - whole(x)) == 0 and norm(typed(x) - net(x)) > 0, "a function with a type is lifted"
  let by = normal[sample]
  let scaled = net with (layer.part.act: (v) => v * by)
  let third = net with (layer.part.act: (v) => v * by[sample: 2])
  expect norm(scaled(x)[sample: 2] - third(x[sample: 2])) < 1e-6, "it may use what is outside"

  let g = grad((n: Net[i, h -> o, depth]) => mean(energy(n, x)))(frozen)
  expect norm(g.read.w) == 0 and norm(g.out.w) > 0, "what was replaced has no gradient"
  let gv = grad((v: [h]) => sum((net with (layer.part: (u) => v))(x[sample: 1])))(t.read[sample: 1])
  expect norm(gv - sum[o](net.out.w)) < 1e-6, "what takes its place has one"
  var part = frozen
  var opt = sgd(lr: 0.01)
  for s in 0..3 { minimize mean(energy(part, x)) over part using opt }
  expect norm(part.read.w - net.read.w) == 0 and norm(part.out.w - net.out.w) > 0, "trained around it"

  var a = net with (out: 0)
  for s in 0..3 {
    print(a(x[sample: 0]))
    a = net with (read: t.read[sample: sample(s)])
    expect norm(a(x[sample: 0]) - net(x)[sample: sample(s)]) < 1e-6, "an assigned model is the new one"
    a = net with (out: s)
  }
}
