// RUN: plexus check %s
axis n = 3
experiment main() {
  print(normal[n])
  print(normal[n])
}
