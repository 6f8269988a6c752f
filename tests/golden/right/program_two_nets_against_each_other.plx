// RUN: plexus run %s
// Two nets, each trained by a loss that has the other in it.
use nn
use optim
axis z = 2, x = 1, hidden = 8
block Gen(n: [z]) -> [x] { n |> Linear[z -> hidden] as a |> tanh |> Linear[hidden -> x] as b }
block Disc(v: [x]) -> [] { sum(v |> Linear[x -> hidden] as a |> tanh |> Linear[hidden -> x] as b) }
experiment main() {
  axis batch = 32
  var gen = Gen[]
  var disc = Disc[]
  var go = adam(lr: 5e-3)
  var do = adam(lr: 5e-3)
  for step in 0..20 {
    let real_ = 2 + 0.5 * normal[batch, x] as real_
    let noise = normal[batch, z] as noise
    let fake = gen(noise)
    let dl = minimize mean(softplus(-disc(real_))) + mean(softplus(disc(fake))) over disc using do
    let gl = minimize mean(softplus(-disc(gen(noise)))) over gen using go
    log(dl: dl, gl: gl)
  }
  expect isfinite(mean(gen(normal[batch, z] as test))), "both train"
}
