// RUN: plexus check %s
axis i = 3, j = 4
experiment main() {
  axis kinds, more
  print(unique[i -> kinds](ones[i, j]))
  let u = unique[i](ones[i])
  let v = unique[i -> more](ones[i] > 0)
}
