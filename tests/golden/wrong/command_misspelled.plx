// RUN: plexus chekc %s
