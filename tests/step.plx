// A training step for tests/embed, and the same training as an experiment.
use nn
use optim

axis pixel = 7, class = 3

block Net[hidden = 33](x: [pixel]) -> [class] {
  x |> Linear[pixel -> hidden] as lift |> gelu |> Dropout(rate: 0.2) |> Linear[hidden -> class] as read
}

fn loss[sample](guess: [sample, class], y: class[sample]) -> [] {
  mean[sample](cross_entropy[class](guess, y))
}

experiment fit[sample](x: [sample, pixel], y: class[sample], rate: real) {
  var net = Net[33]
  var opt = adamw(decay: 0.01)
  var turns = 0
  opt.lr = rate
  let now = minimize loss[sample](net(x), y) over net using opt
  turns += 1
  (loss: now, right: accuracy[class, sample](net(x), y))
}

/// Without a rate: an executable takes all from a file.
experiment whole[sample](x: [sample, pixel], y: class[sample]) {
  var net = Net[33]
  minimize loss[sample](net(x), y) over net using adamw(lr: 1e-2)
}

experiment train(n: int = 12) {
  axis sample = 19
  let x: f32[sample, pixel] = f32(normal[sample, pixel])
  let y: class[sample] = argmax[class](normal[sample, class])
  var net = Net[33]
  var opt = adamw(decay: 0.01)
  for i in 0..n {
    opt.lr = 0.01 / (i + 1)
    minimize loss[sample](net(x), y) over net using opt
  }
  save(net, "net.safetensors")
  save((x: x, y: y), "in.npz")
}

/// All sizes open: the file, or C, tells them.
block Wide[ins, hidden, outs](x: [ins]) -> [outs] {
  require #hidden mod 2 == 0, "halves are told apart"
  x |> Linear[ins -> hidden] as lift |> tanh |> Linear[hidden -> outs] as read
}

/// Sizes that follow: `outs` from what is required, `width` from `2 * #width`; `times` no tensor tells.
fn windows[n, width, outs, times](x: [n], w: [width]) -> [outs, times] {
  axis pair = (left, right)
  require #n == 2 * #width + 1
  require #outs == (#n - 3) div 2 + 1
  axis k = 3
  let s = sum[k](x[n: 2 * outs + k]) + sum[width](w)
  s[+times] * real(times + 1)
}

/// Some of its fixed points are not reached: C asks how many.
fn roots(a: f64[]) -> f64[] {
  fix z = if a < 0 then 1 - z else (z + a / z) / 2 from 2.0 at most 40
}
