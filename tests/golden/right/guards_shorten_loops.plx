// RUN: plexus run %s
// A loop along a guarded axis runs where the guard can hold: what is left out changes no bit, and what is filled is zero
// there. Against the same sums with zeros, at sizes that fill no vector.
use nn

experiment e() {
  axis seq = 37
  axis src = #seq
  axis wide = 100
  let x = f32(normal[seq, src])
  let y = f32(uniform[seq, wide])
  let len = (7 * seq + 3) mod (#wide + 30) - 10
  expect all(sum[src where src <= seq](x) == sum[src](if src <= seq then x else 0)), "causal"
  expect all(sum[src where src < seq](x) == sum[src](if src < seq then x else 0)), "causal, without the diagonal"
  expect all(sum[src where not (src <= seq)](x) == sum[src](if src > seq then x else 0)), "the other half"
  expect all(sum[src where seq - 3 <= src and src <= seq + 2](x) == sum[src](if seq - 3 <= src and src <= seq + 2 then x else 0)), "a window"
  expect all(sum[src where src == seq](x) == x[src: seq]), "the diagonal"
  expect all(sum[src where seq == src + 40](x) == 0), "nothing at all"
  expect all(sum[wide where wide < len](y) == sum[wide](if wide < len then y else 0)), "lengths from data, none and too long among them"
  expect all(sum[wide where wide >= len and wide < 2 * len](y) == sum[wide](if wide >= len and wide < 2 * len then y else 0)), "between two of them"
  expect all(max[wide where wide < len else -1](y) == max[wide](if wide < len then y else -1)), "a maximum, and where there is none"
  expect all(argmax[src where seq <= src else 0](x) == argmax[src](if seq <= src then x else -100)), "a position"
  expect sum[seq, src](abs(if src > seq then softmax[src where src <= seq](x) else 0)) == 0, "zeros outside"
  let holed = if src <= seq then x else nan
  expect all(sum[src where src <= seq](holed) == sum[src where src <= seq](x)), "nothing is read outside"
  let p = softmax[src where src <= seq](holed)
  expect all(abs(sum[src](p) - 1) < 1e-5), "rows of a softmax sum to one"
  expect all((p @[src] y[seq -> src]) == (softmax[src where src <= seq](x) @[src] y[seq -> src])), "and are operands of products"
}
