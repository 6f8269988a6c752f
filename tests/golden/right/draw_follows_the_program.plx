// RUN: plexus draw %s Head -o %t/a.svg && sed -n 's/.*data-op="\([a-z_]*\)" data-text="\([^"]*\)".*/\1 \2/p; s/.*class="turns"[^>]*>\([^<]*\).*/\1/p' %t/a.svg
// A diagram is of this program: its calls by name, a product with parameters by the parameter's name, the bracket of
// `repeat`.
use nn

block Head[seq, model -> out, depth = 3](x: [seq, model]) -> [seq, out] {
  param mix: [model, model'] = glorot[model -> model']
  var h = x
  repeat layer in depth {
    let y = h @[model] mix
    h = h + gelu(y[model' -> model])
  }
  h |> LayerNorm[model] |> Linear[model -> out] as read
}
