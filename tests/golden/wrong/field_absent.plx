// RUN: plexus check %s
type State = (h: [], c: [])
fn f(s: State) -> [] { s.h + s.d }
