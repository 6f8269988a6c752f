// RUN: plexus check %s
axis t = 24, f = 24, half = 12, other = 7
fn a(x: [t]) -> c64[other] { c64(fft[t -> other](x)) }
fn c(x: [t]) -> c64[t] { c64(fft[t](x)) }
fn d(x: [t]) -> c64[t] { c64(fft[t -> t](x)) }
fn e(x: [t]) -> c64[f] { c64(fft[half -> f](x)) }
fn g(x: bool[t]) -> c64[f] { c64(fft[t -> f](x)) }
fn h(x: [t]) -> [f] { fft[t -> f](x) }
fn k[p, q](x: [p]) -> [q] { real(fft[p -> q](x)) }
