// RUN: plexus run %s --set lr
experiment shown(lr: real = 1, deep: bool = true) { print(lr) }
