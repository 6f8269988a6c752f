// RUN: plexus test %s
// Losses over sequences and pairs, and measures, against NumPy; the loss of connectionist temporal classification against
// all paths, one by one, its gradient against differences of these.
use nn
fn near(a, b) { abs(a - b) < 1e-9 * (1 + abs(b)) }

test "contrastive" {
  axis n = 4, k = 3
  let x = f64(sin(real(7 * n + 3 * k * k + 1) / 5))
  let y = f64(cos(real(2 * n + 5 * k) / 3))
  expect near(contrastive[n, k](x, y, temperature: 0.5), 1.0515432021711406), "each finds its own"
}

fn scores[time, class]() -> f64[time, class] { f64(2 * sin(real(7 * time + 3 * class * class) / 5)) }

test "ctc" {
  axis class = 4, six = 6, five = 5, four = 4, three = 3, label = 3, two = 2
  let x = scores[six, class]()
  let aba = class(values[label](1, 2, 1))
  let aab = class(values[label](2, 2, 3))
  expect near(ctc[six, class, label](x, aba), 3.2255193905335435), "in six steps"
  expect near(ctc[six, class, label](x, aab), 6.219980665086678), "a blank between equal labels"
  expect near(ctc[six, class, label](x, class(values[label](0, 1, 1)), blank: 3), 7.082396171033457), "another blank"
  expect near(ctc[five, class, label](scores[five, class](), aba), 5.055596178763246), "in five steps"
  expect ctc[three, class, label](scores[three, class](), aab) == inf, "three steps do not suffice"
  let ab = class(values[two](1, 2))
  expect near(ctc[four, class, two](scores[four, class](), ab), 2.7581282738882216), "in four steps"
  expect near(ctc[six where six < 4, class, label where label < 2](x, aba), 2.7581282738882216), "what a guard leaves"
  let g = grad((u: f64[six, class]) => ctc[six, class, label](u, aab))(x)
  expect abs(sum(g)) < 1e-9 and abs(sum(g * g * (1 + class)) - 8.414742257363) < 1e-6, "its gradient"
  let h = grad((u: f64[six, class]) => ctc[six where six < 4, class, label where label < 2](u, aba))(x)
  expect all(isfinite(h)) and max[class](abs(h))[six: 5] == 0, "that of what is guarded"
  let far = grad((u: f64[three, class]) => ctc[three, class, label](u, aab))(scores[three, class]())
  print(far)
}

test "measures" {
  axis n = 10, class = 3, guess = 3, m = 12
  let x = f64(sin(real(7 * n + 5 * class * class) / 3))
  let y = class((n * n) mod 3)
  print(confusion[class, guess, n](x, y))
  print(f1[class, n](x, y))
  expect near(perplexity[class, n](x, y), exp(mean[n](cross_entropy[class](x, y)))), "perplexity"
  let score = values[m](0, 3, 2, -2, -3, 1, 3, 1, -2, -2, 1, 3)
  expect near(auc[m](real(score), (5 * m) mod 4 < 2), 0.25), "auc, with ties"
}

test "orthogonal" {
  axis a = 5, b = 3
  let tall = orthogonal[a, b]()
  let flat = orthogonal[b, a]()
  expect max(abs(tall @[a] tall[b -> b'] - eye[b, b'])) < 1e-5, "orthonormal columns"
  expect max(abs(flat @[a] flat[b -> b'] - eye[b, b'])) < 1e-5, "orthonormal rows"
}

test "a U-Net" {
  axis h = 16, w = 8, cin = 3, cout = 2, batch = 2
  let net = UNet[h, w, cin -> cout, 4, depth: 2]
  let x = normal[batch, cin, h, w]
  let y = net(x)
  expect sum(0 * y + 1) == 2 * 2 * 16 * 8, "from image to image"
  // Levels of 4, 8 and 16 channels: two convolutions each, one more channels wide and back on both sides.
  expect count(net) == 112 + 2 * (148 + 584 + 2320) + 296 + 1168 + 292 + 1160 + 292 + 1160 + 10, "its parameters"
  let g = grad((m: UNet[h, w, cin -> cout, 4, depth: 2]) => mean(m(x) ^ 2))(net)
  expect norm(g.level.inner.inner.first.k) > 0, "the deepest level learns"
}
