// RUN: plexus draw ../../stdlib/nn.plx Attention -o %t/a.svg && cmp %t/a.svg ../../docs/attention.svg
// The diagram that the README shows is the one that is drawn now.
