/// Twice x.
fn doubled(x: []) -> [] { 2 * _factor(x) / 2 }
fn _factor(x: []) -> [] { 2 * x / 2 }
