// RUN: plexus run %s --from nowhere/at/all
experiment shown() { print(1) }
