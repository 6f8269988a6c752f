// RUN: plexus check %s
// A result is not narrowed silently, as an argument is not.
axis node = 3
fn f(x: f64[]) -> f32[] { x }
fn g(x: i8[node], y: i32[node]) -> i8[node] { x + y }
fn right(x: f64[]) -> f32[] { f32(x) + 1.5 }
