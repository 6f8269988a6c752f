// RUN: plexus draw %s -o %t/a.svg
// With several blocks in a file, the one to draw must be named.
block A(x: []) -> [] { x }
block B(x: []) -> [] { x }
