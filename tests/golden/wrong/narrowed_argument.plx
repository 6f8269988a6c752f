// RUN: plexus check %s
fn half(x: f32[]) -> f32[] { x / 2 }
fn f(x: f64[]) -> f32[] { half(x) }
