// RUN: plexus run %s
fn twice[f: block](x: []) -> [] { f(f(x)) }
fn add_one(x: []) -> [] { x + 1 }
experiment e() {
  expect twice[add_one](3.0) == 5, "given in the bracket"
  fn square(x: []) -> [] { x * x }
  expect square(3.0) == 9, "a local one"
  let cube = (x: []) => x * x * x
  expect cube(2.0) == 8, "a lambda"
  let long = (x: []) => {
    let y = x + 1
    y * y
  }
  expect long(2.0) == 9, "with a body"
}
