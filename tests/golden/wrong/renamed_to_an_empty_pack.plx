// RUN: plexus check %s
// A pack that is empty takes the one position of an axis; of three there is no such.
use nn
axis a = 3, b = 2
block B(x: [a]) -> [b] {
  x |> sum |> Linear[ -> b] with (w: ones[a, b][a -> ins, b -> outs])
}
fn together[p...](x: [p...], y: [a]) -> [p...] { x + y[a -> p] }
