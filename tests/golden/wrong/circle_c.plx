use modules_in_a_circle
fn h(x: []) -> [] { f(x) }
