// RUN: plexus check %s --types
// What data binds may be empty, and so may an axis of its size.
axis seq
fn scores(x: [seq]) -> [] {
  axis src = #seq
  sum[seq, src](x * x[seq -> src][+seq])
}
