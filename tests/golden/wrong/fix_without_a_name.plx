// RUN: plexus check %s
axis a = 2
fn settled(x: [a]) -> [a] {
  fix z = z / 2 + x from x
  z + 1
}
experiment main() {
  let x = ones[a]
  let z = fix z = z / 2 + x from x
  print(z)
}
