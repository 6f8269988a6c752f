// RUN: plexus check %s
// A state that is a record is not built yet, and says so.
optimizer twice(lr: real)[a...](p: [a...], g: [a...]) -> [a...] {
  state s: (m: [a...], v: [a...]) = (m: zeros, v: zeros)
  p - lr * g
}
