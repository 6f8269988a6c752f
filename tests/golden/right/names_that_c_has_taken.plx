// RUN: plexus build %s index -o %t/index.so && grep 'run(' %t/index*.h && "$PLEXUS" build %s e -o %t/e.o && grep 'e_run(' %t/e.h && "$PLEXUS" build %s solve -o %t/solve.o && grep 'solve_run(' %t/solve.h
// A block may be called as a function of C is, and it and its arguments as what the library calls its own.
axis k = 3

fn index(x: [k]) -> [k] { x * 2 }
fn e(in: [k], out: [k], sizes: [k], plx_in: [k]) -> (m: [k], out_count: [k]) { (m: in + out, out_count: sizes * plx_in) }
experiment solve[n](load: [n], info: [n]) {
  var begun = 1.0
  begun = begun + sum(load * info)
  (begun: begun, e: load - info)
}
