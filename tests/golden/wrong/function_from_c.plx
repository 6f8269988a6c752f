// RUN: plexus build %s applied -o %t/x.ll
// C gives tensors, records of them and the parameters of models; no functions.
axis n = 4
fn applied(f: block([n]) -> [n], x: [n]) -> [n] { f(x) }
