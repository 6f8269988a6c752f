// RUN: plexus run %s
fn power[n: int](x: []) -> [] {
  if n == 0 then 1 else x * power[n - 1](x)
}
experiment e() {
  expect power[10](2.0) == 1024, "unrolled when compiled"
}
