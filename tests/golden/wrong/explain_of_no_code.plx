// RUN: plexus explain E9307
