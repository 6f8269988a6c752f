// RUN: plexus check %s
experiment e() {
  print(grad((x: []) => floor(x) * x)(1.5))
}
