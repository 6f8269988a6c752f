// RUN: plexus check %s
use nn
axis a = 3, b = 3, c = 2
experiment main() {
  let x = real(a)
  let i = argmax[b](real(b)[+a])
  print((Linear[a -> b, c] as lin)(x))
  print(x[a -> b])
  print(sum[a -> b: i](x))
  print(x[a -> b, c](x))
  print(x(a))
  print(x[a])
  print(Linear[b: i](x))
  print(sum[a -> b](x))
}
