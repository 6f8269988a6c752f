// RUN: plexus run %s
axis gate = (input, forget, output)
experiment e() {
  let z = real(10 * gate)
  expect z[gate: forget] == 10, "by its own name"
  expect z[gate: gate.output] == 20, "or by the axis's"
}
