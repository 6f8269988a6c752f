/// One module that offers `twice`.
fn twice(x: []) -> [] { 2 * x }
