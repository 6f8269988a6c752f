fn _scaled(x: []) -> [] { 3 * x }
axis _own = 4
fn shown(x: []) -> [] { _scaled(x) }
