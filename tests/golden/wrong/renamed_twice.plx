// RUN: plexus check %s
fn outer[n, b, d](x: [n, n']) -> [b, d] { x[n -> b, n -> d] }
