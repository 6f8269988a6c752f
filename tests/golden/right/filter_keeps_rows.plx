// RUN: plexus run %s
axis node = 5
experiment e() {
  axis kept, none
  let x = values[node](3.0, 1.0, 4.0, 1.0, 5.0)
  let keep = filter[node -> kept](x > 2)
  print(#kept, keep, x[node: keep])
  let empty = filter[node -> none](x > 9)
  print(#none, sum[none](x[node: empty]))
}
