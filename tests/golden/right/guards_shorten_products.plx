// RUN: plexus run %s --threads 2
// A product of matrices does the work that guards leave: what is outside is neither read nor computed, and what is inside is
// all there, forward and backward, at sizes that fill no block. Against the same products with zeros. Each kind of guard is
// two products: one whose result is looked at under the guard alone, and one that sums over a guarded axis.
fn kept[k](x: [k]) -> [k] { x }

fn guarded[seq, src, key, kind: int](q: [seq, key], k: [src, key], v: [src, key], len: int[], row: int[seq]) -> [seq, key] {
  let s = q @[key] k
  if kind == 0 then kept[src where src <= seq](s) @[src] v
  else if kind == 1 then kept[src where src >= seq](s) @[src] v
  else if kind == 2 then kept[src where src < seq - 70](s) @[src] v
  else if kind == 3 then kept[src where abs(seq - src) <= 5](s) @[src] v
  else if kind == 4 then kept[src where src < len](s) @[src] v
  else if kind == 5 then kept[src where src <= seq and src < len](s) @[src] v
  else if kind == 6 then kept[src where src < row](s) @[src] v
  else if kind == 7 then kept[src where src == seq + 3](s) @[src] v
  else if kind == 8 then kept[src where src <= seq - 64 or src < 9](s) @[src] v
  else if kind == 9 then kept[src where not (src + seq > 150 or src < 64)](s) @[src] v
  else kept[src where 2 * src <= seq](s) @[src] v
}

fn here[seq, src, kind: int](len: int[], row: int[seq]) -> bool[seq, src] {
  if kind == 0 then src <= seq
  else if kind == 1 then src >= seq
  else if kind == 2 then src < seq - 70
  else if kind == 3 then src - seq <= 5 and seq - src <= 5
  else if kind == 4 then src < len[+seq, +src]
  else if kind == 5 then src <= seq and src < len[+seq, +src]
  else if kind == 6 then src < row[+src]
  else if kind == 7 then src == seq + 3
  else if kind == 8 then src <= seq - 64 or src < 9
  else if kind == 9 then src + seq <= 150 and src >= 64
  else 2 * src <= seq
}

fn masked[seq, src, key, kind: int](q: [seq, key], k: [src, key], v: [src, key], len: int[], row: int[seq]) -> [seq, key] {
  let m = real(here[seq, src, kind](len, row))
  ((q @[key] k) * m) @[src] v
}

/// Are the value and the three gradients those of products with zeros?
fn agrees[batch, head, seq, src, key, kind: int](q: [batch, head, seq, key], k: [batch, head, src, key], v: [batch, head, src, key],
    g: [batch, head, seq, key], len: int[batch], row: int[seq]) -> bool[] {
  let (y, back) = vjp((p) => guarded[seq, src, key, kind](p.q, p.k, p.v, len, row), (q: q, k: k, v: v))
  let (z, again) = vjp((p) => masked[seq, src, key, kind](p.q, p.k, p.v, len, row), (q: q, k: k, v: v))
  let d = back(g)
  let want = again(g)
  max(max(norm(y - z), norm(d.q - want.q)), max(norm(d.k - want.k), norm(d.v - want.v))) < 1e-5 * norm(want)
}

/// Keys and values that all heads share: rows of one head come after those of another.
fn shared[head, seq, src, key](q: [head, seq, key], k: [src, key], v: [src, key]) -> [head, seq, key] {
  kept[src where src < seq - 20](q @[key] k) @[src] v
}
fn shared_masked[head, seq, src, key](q: [head, seq, key], k: [src, key], v: [src, key]) -> [head, seq, key] {
  ((q @[key] k) * real(src < seq - 20)[+head]) @[src] v
}

experiment e() {
  axis batch = 2, head = 3, key = 19, seq = 203, src = 211
  let q = normal[batch, head, seq, key]
  let k = normal[batch, head, src, key]
  let v = normal[batch, head, src, key]
  let g = normal[batch, head, seq, key]
  let len = values[batch](0, 77)
  let row = (13 * seq + 5) mod 240 - 15  // some negative, some beyond the end
  expect agrees[batch, head, seq, src, key, 0](q, k, v, g, len, row), "causal"
  expect agrees[batch, head, seq, src, key, 1](q, k, v, g, len, row), "the other way round"
  expect agrees[batch, head, seq, src, key, 2](q, k, v, g, len, row), "behind an offset: the first rows have nothing"
  expect agrees[batch, head, seq, src, key, 3](q, k, v, g, len, row), "a window"
  expect agrees[batch, head, seq, src, key, 4](q, k, v, g, len, row), "lengths by data, 0 among them"
  expect agrees[batch, head, seq, src, key, 5](q, k, v, g, len, row), "causal, and lengths"
  expect agrees[batch, head, seq, src, key, 6](q, k, v, g, len, row), "lengths of rows, negative and too long ones"
  expect agrees[batch, head, seq, src, key, 7](q, k, v, g, len, row), "one place"
  expect agrees[batch, head, seq, src, key, 8](q, k, v, g, len, row), "one of two"
  expect agrees[batch, head, seq, src, key, 9](q, k, v, g, len, row), "neither of two"
  expect agrees[batch, head, seq, src, key, 10](q, k, v, g, len, row), "what tells nothing of a block"
  let none = if src < 100 then v else nan
  let s = q @[key] k
  expect all(abs((kept[src where src <= seq and src < 100](s) @[src] none) - (kept[src where src <= seq and src < 100](s) @[src] v)) < 1e-3), "what is no number outside is not read"
  let one = k[batch: 1, head: 0]
  expect all(abs(shared[head, seq, src, key](q, one, one) - shared_masked[head, seq, src, key](q, one, one)) < 1e-3), "keys that heads share"
}
