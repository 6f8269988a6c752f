// RUN: plexus run %s
// An axis as long as the turn of a loop says, also where an experiment stacks what the turns yield.
axis p = 3
experiment main(many: int = 2) {
  let k = for i in p { axis z = i + 1; yield sum[z](real(z)) }
  let m = int(sum[p](real(p)))
  let h = for i in p { axis w = m; yield sum[w](real(w)) * i }
  let l = for i in p { axis w = many; let q = for j in p { axis u = j + 2; yield sum[u](real(u) * i) }; yield sum[p](q) + #w }
  print(k, h, l, grad((x: [p]) => sum(for i in p { axis z = i + 1; yield sum[z](real(z)) * x[p: i] }))(ones[p]))
  for i in 1..3 { axis z = i; print(real(z)) }
  for i in p { axis z = i + 1; print(real(z)) }
}
