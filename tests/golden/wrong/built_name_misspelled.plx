// RUN: plexus build %s Nett -o %t/x.o
axis n = 4
block Net(x: [n]) -> [n] { x }
