// RUN: plexus run %s
// Hard case 14: inside a block lifted over an ensemble of parameters, each member draws for itself; the draws of a
// batch are those of each sample alone; another draw elsewhere changes nothing.
use nn
axis unit = 64, member = 3, sample = 2
block Noisy[a](x: [a]) -> [a] {
  param w: [a] = ones
  x * w + normal[a] as noise
}
block Two[a](x: [a]) -> [a] {
  x |> Noisy[a] as first |> Noisy[a] as second
}
experiment main() {
  let many = Noisy[unit] with (w: ones[member, a])
  let y = many(zeros[unit])
  expect max(abs(y[member: 0] - y[member: 1])) > 0.1, "members differ"
  let net = Noisy[unit]
  let batch = net(zeros[sample, unit])
  expect max(abs(batch[sample: 0] - batch[sample: 1])) > 0.1, "samples differ"
  let t = trace (Two[unit] as two)(zeros[unit])
  expect max(abs(t.first.noise - t.second.noise)) > 0.1, "two layers of one block draw for themselves"
}
