// RUN: plexus check %s
use nn as layers

axis k = 4

experiment e() {
  print(softmax[k](ones[k]))
}
