// RUN: plexus check %s
axis hidden = 3
type State = (h: [hidden], c: [hidden])
fn step(s: State, x: [hidden]) -> State { (h: tanh(s.h + x)) }
