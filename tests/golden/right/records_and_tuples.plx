// RUN: plexus run %s
type State = (h: [], c: [])
fn step(s: State, x: []) -> State {
  (h: s.h + x, c: s.c * 2)
}
fn both(x: []) -> ([], []) {
  (x + 1, x - 1)
}
experiment e() {
  let s = step((h: 1.0, c: 2.0), 3.0)
  expect s.h == 4 and s.c == 4, "fields by name"
  let (up, down) = both(5.0)
  expect up == 6 and down == 4, "a tuple is taken apart"
  let t = 0.5 * s + 0.5 * s
  expect t.h == 4, "arithmetic goes leaf by leaf"
}
