// RUN: plexus run %s --set lr=3
experiment trained(lr: real, steps: int = 2) { print(lr * steps) }
experiment other(lr: real, steps: int) { print(lr) }
