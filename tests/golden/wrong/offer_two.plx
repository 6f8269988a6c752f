/// Another that does.
fn twice(x: []) -> [] { x + x }
