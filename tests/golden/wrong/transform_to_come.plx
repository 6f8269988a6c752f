// RUN: plexus check %s
fn f[t, f](x: [t]) -> [f] { real(fft[t -> f](x)) }
