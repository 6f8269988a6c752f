// RUN: plexus check %s
axis n = 3
experiment main() {
  print(grad((x) => x * x * x)(real(n)))
}
