// RUN: plexus run %s
use nn
use optim
axis a = 4, b = 2, member = 3
experiment main() {
  var many = Linear[a -> b] with (w: normal[member, ins, outs], b: zeros[member, outs])
  let x = real(a)
  print(many(x))
  var opt = adamw(lr: 0.1)
  for i in 0..3 {
    let l = minimize sum(many(x)^2) over many using opt
    print(l)
  }
  save(many, "m.safetensors")
}
