// RUN: plexus check %s
axis a = 2, b = 3
experiment e() {
  let x = ones[a, b]
  print(x[a ->])
  print(concat[a, b ->](x, x))
}
