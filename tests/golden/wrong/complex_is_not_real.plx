// RUN: plexus check %s
axis n = 3
fn plain(x: [n]) -> [n] { x }
fn f(z: c64[n]) -> f32[n] { z }
fn g(z: c64[n]) -> c64[n] { tan(z) }
fn h(z: c64[n]) -> c64[n] { plain(z) }
fn p(z: c64[n]) -> c64[] { max[n](z) }
fn i(z: c64[n]) -> i64[n] { int(z) }
fn d(z: c128[n]) -> c64[n] { h(z) }
fn q(z: c64[n]) -> c64[n] { complex(z, 0) }
fn grad_of_complex(z: c64[n]) -> c64[n] { grad((u: c64[n]) => sum[n](u))(z) }
