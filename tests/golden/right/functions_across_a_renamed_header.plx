// RUN: plexus run %s --precision f64
// Where a header's axis is bound to one that the body names beside it, the two are kept apart inside. A function that passes
// that border, as an argument, in the bracket, or as the result, still names the caller's axes.
axis a0 = 3, a1 = 2
fn given[k](f: block([k]) -> [k], x: [k]) -> [k] { 
  let y = f(x[+a0])
  let (z, back) = vjp(f, x)
  mean[a0](y) + back(z) + grad((v: [k]) => sum(f(v)^2))(x)
}
fn bracket[k, f: block](x: [k]) -> [k] { mean[a0](f(x[+a0] * a0)) }
fn makes[k](a) { (v: [k]) => mean[a0](v[+a0] + a * a0) }
block Scale[k](x: [k]) -> [k] { 
  param w: [k] = normal[k]
  w * x 
}
block Both[k, f: block](x: [k]) -> [k] { mean[a0](f(x[+a0] * a0)) }
block Main(x: [a0]) -> [a0] { Both[a0, Scale[a0] as part](x) }
experiment e() {
  let x: f64[a0] = real(a0)
  let double = (v: [a0]) => 2 * v
  print(given[a0](double, x), given[a1]((v: [a1]) => 2 * v, x[a0: a1]))
  print(bracket[a0, double](x), bracket[a1, (v: [a1]) => 2 * v](x[a0: a1]))
  print(makes[a0](1)(x), grad((v: [a0]) => sum(makes[a0](1)(v)^2))(x))
  print(jacobian[a0 -> a0'](makes[a0](1))(x))
  let net = Main[]
  print(net(x), net.part.w * x)
}
