// RUN: plexus check %s
axis i = 3, j = 3
experiment main() {
  let m = real(10 * i + j)
  print(m[i -> j])
}
