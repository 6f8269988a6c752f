// RUN: plexus doc %s
// What a page is made of: these lines, and the comments of the declarations.

// ---- sizes ----

/// How many there are.
axis few = 3

// ---- functions ----

/// Twice x; `Halves` undoes it.
fn doubled[n](x: [n]) -> [n] { 2 * x }

/// A weight that halves: [n].
///
/// See `doubled`.
block Halves[n, least: int = 1](x: [n]) -> [n] {
  param w: [n] = 0.5
  doubled[n](w * x) / 2
}

fn _private(x: []) -> [] { x }
fn plain(x: [few]) -> [] { _private(sum[few](x)) }
type Pair = (a: [few], b: [])
