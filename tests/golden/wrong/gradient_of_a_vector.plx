// RUN: plexus check %s
axis n = 3
experiment e() {
  print(grad((x) => x * x)(real(n)))
}
