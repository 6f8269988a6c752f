// RUN: plexus check %s
fn apply[in, out](w: [in, out], x: [in]) -> [out] { w @[in] x }
axis feature = 3, hidden = 5
fn f(w: [feature, hidden], x: [feature]) -> [hidden] {
  apply[hidden, feature](w, x)
}
