// RUN: plexus build %s more -o %t/x.ll
// What comes from C has a written type.
fn more(x) { x + 1 }
