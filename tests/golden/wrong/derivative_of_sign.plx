// RUN: plexus check %s
experiment e() {
  print(grad((x: []) => sign(x) * x)(1.5))
}
