// RUN: plexus check %s
axis a = 3, b = 4
experiment e() {
  let mask = normal[a] > 0
  print(mask and b < 2)
  print(if a == 0 then zeros[b] else ones[b])
}
