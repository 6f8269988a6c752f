// RUN: plexus run %s --set epoch=4
experiment e(epochs: int = 3) { print(epochs) }
