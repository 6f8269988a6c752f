// RUN: plexus check --json %s
fn f[time](x: [time]) -> [] { sum[tiem](x) }
