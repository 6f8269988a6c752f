// RUN: plexus run %s
axis seq = 3, head = 2
axis src = #seq
experiment main() {
  let s0 = real(seq)[+src] * 0.1 + real(src)[+seq]
  let s = if src <= seq then s0 else nan
  let v0 = real(src)[+head] + real(head)[+src]
  let v = if src == 2 then nan else v0
  let lens = values[seq](0, 2, 3)
  print(softmax2[src where src < lens[+src]](s0) @[src] v0)
  print(softmax2[src where src < 2](s0) @[src] v)
  print(grad((w: [src, head]) => sum(softmax2[src where src < 2](s0) @[src] w))(v))
  print(grad((z: [seq, src]) => sum((softmax2[src where src <= seq](z) @[src] v0)^2))(s))
  print(grad((z: [seq, src]) => sum((softmax2[src where src < 2](z) @[src] v)^2))(s0))
}
fn softmax2[k](x: [k]) -> [k] {
  let e = exp(x - max[k](x))
  e / sum[k](e)
}
