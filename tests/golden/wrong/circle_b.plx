use circle_c
fn g(x: []) -> [] { h(x) }
