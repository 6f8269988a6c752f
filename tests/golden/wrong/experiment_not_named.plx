// RUN: plexus run %s
experiment one() { print(1) }
experiment two() { print(2) }
