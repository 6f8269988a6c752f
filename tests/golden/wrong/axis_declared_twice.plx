// RUN: plexus check %s
axis n = 3
axis n = 4
