// RUN: plexus run %s --set epochs=many
experiment e(epochs: int = 3) { print(epochs) }
