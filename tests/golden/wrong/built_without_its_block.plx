// RUN: plexus build %s Twice -o %t/twice.so
block Twice[k, f: block](x: [k]) -> [k] { f(f(x)) }
