// RUN: plexus run %s
experiment one(x: real) { print(x) }
