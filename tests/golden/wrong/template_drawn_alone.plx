// RUN: plexus draw %s twice -o %t/x.svg
// A template has no types of its own to draw.
fn twice(x) { x + x }
