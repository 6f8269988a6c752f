// RUN: plexus run %s --threads 0
experiment shown() { print(1) }
