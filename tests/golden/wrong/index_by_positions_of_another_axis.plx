// RUN: plexus check %s
axis word = 100, byte_of = 256
fn f[n](table: [word], t: byte_of[n]) -> [n] { table[word: t] }
