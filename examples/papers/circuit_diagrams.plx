// Neural circuit diagrams. Abbott, "Neural Circuit Diagrams: Robust Diagrams for the Communication, Implementation, and
// Analysis of Deep Learning Architectures", TMLR 2024 (arXiv 2402.05424).
//
// The paper's diagrams as programs: what a box does not mention passes by, an inner product is a wire that ends, and
// `plexus draw examples/papers/circuit_diagrams.plx MultiHead -o heads.svg` gives the picture back.
//
// Shown: attention against its triple loop, many heads against one; a function over one more axis, then indexed, is the
// function of the indexed; a convolution as a window and a contraction, strided, dilated and padded, against its loop,
// and its transpose by the pullback; gradients of the networks against differences; three of them read digits.
//
// plexus run examples/papers/circuit_diagrams.plx --seed 1
use nn
use optim

axis row = 8, col = 8, class = 10

// ---- attention ----

/// One query at a time: a softmax over what is seen, weighing what is there.
fn attend[x, k](q: [k], keys: [x, k], v: [x]) -> [] {
  sum[x](softmax[x]((keys @[k] q) / sqrt(#k)) * v)
}

/// The same by turns, for all queries and values.
fn attend_by_turns[y, x, k](q: [y, k], keys: [x, k], v: [x, k]) -> [y, k] {
  for i in y {
    var top = 0 * v[x: 0]
    var bottom = 0 * v[x: 0, k: 0]
    for j in x {
      var dot = 0 * bottom
      for l in k { dot += q[y: i, k: l] * keys[x: j, k: l] }
      let weight = exp(dot / sqrt(#k))
      top += weight * v[x: j]
      bottom += weight
    }
    yield top / bottom
  }
}

/// Learned maps in and out, the heads passing by.
block MultiHead[y, x, m, head = 2, k = 4](a: [y, m], b: [x, m]) -> [y, m] {
  let q = a |> Linear[m -> head, k]
  let keys = b |> Linear[m -> head, k]
  let v = b |> Linear[m -> head, k]
  let score = (q @[k] keys) / sqrt(#k)
  (softmax[x](score) @[x] v) |> Linear[head, k -> m] as out
}

block Transformer[seq, m](x: [seq, m]) -> [seq, m] {
  axis src = #seq, wide = 2 * #m
  let a = x |> LayerNorm[m] as first
  let h = x + MultiHead[seq, src, m](a, a[seq -> src])
  h + (h |> LayerNorm[m] as second |> Linear[m -> wide] as up |> gelu |> Linear[wide -> m] as down)
}

/// An image as a sequence of patches.
block Vit[m = 24](x: [row, col]) -> [class] {
  axis row4 = 4, col4 = 4, row2 = 2, col2 = 2, seq = 16, patch = 4
  let patches = x[row -> (row4, row2), col -> (col4, col2)][(row4, col4) -> seq, (row2, col2) -> patch]
  param place: [seq, m] = 0.1 * normal[seq, m]
  let h = (patches |> Linear[patch -> m] as embed) + place
  mean[seq](h |> Transformer[seq, m] as one |> Transformer[seq, m] as two) |> Linear[m -> class] as read
}

block Mlp(x: [row, col]) -> [class] {
  axis one = 48, two = 48
  x |> Linear[row, col -> one] as first |> relu |> Linear[one -> two] as second |> relu |> Linear[two -> class] as third
}

// ---- convolution ----

/// A window along h, every `step`-th place, its elements `apart` from one another, padded by zeros.
fn windows[h, o, w](x: [h], step: int, apart: int, pad: int) -> [o, w] { x[h: step * o + apart * w - pad else 0] }

fn conv[h, o, w](x: [h], kernel: [w]) -> [o] {
  require #o == (#h + 1) div 2, "every second place"
  windows[h, o, w](x, 2, 2, 2) @[w] kernel
}

fn conv_by_turns[h, o, w](x: [h], kernel: [w]) -> [o] {
  for i in o {
    var s = 0 * kernel[w: 0]
    for j in w {
      let at = 2 * int(i) + 2 * int(j) - 2
      s += kernel[w: j] * x[h: at else 0]
    }
    yield s
  }
}

/// Two convolutions beside a wire that passes by.
block Unit[h, w, c](x: [c, h, w]) -> [c, h, w] {
  x + (x |> relu |> Conv2d[h, w, c -> c] as first |> relu |> Conv2d[h, w, c -> c] as second)
}

block ResNet[c = 12](x: [row, col]) -> [class] {
  axis one = 1, row4 = 4, col4 = 4, row2 = 2, col2 = 2
  let h = x[+one] |> Conv2d[row, col, one -> c] as stem |> Unit[row, col, c] as wide
  let half = max[row2, col2](h[row -> (row4, row2), col -> (col4, col2)])
  mean[row4, col4](half |> Unit[row4, col4, c] as narrow) |> Linear[c -> class] as read
}

// ---- what the paper claims ----

experiment laws(tolerance: real) {
  axis y = 5, x = 7, k = 4, value = 4, c = 3, h = 9, o = 5, w = 3, m = 6, one = 1, all = 8
  let q = f64(normal[y, k])
  let keys = f64(normal[x, k])
  let v = f64(normal[x, k])
  let weights = softmax[x]((q @[k] keys) / sqrt(#k))
  expect max(abs(weights @[x] v - attend_by_turns[y, x, k](q, keys, v))) <= tolerance, "attention is its triple loop"
  let each = attend[x, k](q[+value], keys, v[k -> value][+y])
  expect max(abs(each[value -> k] - weights @[x] v)) <= tolerance, "and one query's, passing by all others"

  let a = f64(normal[y, m])
  let b = f64(normal[x, m])
  let net = MultiHead[y, x, m, head: one, k: all]
  let t = trace net(a, b)
  let single = softmax[x]((t.q @[all] t.keys) / sqrt(#all)) @[x] t.v
  expect max(abs(t.result - net.out(single))) <= tolerance, "with one head it is attention"

  let many = f64(normal[c, y, m])
  let some = f64(normal[c, x, m])
  let heads = MultiHead[y, x, m]
  let apart = heads(many, some)[c: 1] - heads(many[c: 1], some[c: 1])
  expect max(abs(apart)) <= tolerance, "indexed after is indexed before"

  let u = f64(normal[h])
  let kernel = f64(normal[w])
  let z = conv[h, o, w](u, kernel)
  expect max(abs(z - conv_by_turns[h, o, w](u, kernel))) <= tolerance, "a strided, dilated, padded convolution is its loop"
  let back = f64(normal[o])
  let transposed = grad((e: [h]) => sum[o](conv[h, o, w](e, kernel) * back))(u)
  expect abs(sum(z * back) - sum(u * transposed)) <= tolerance * (1 + abs(sum(z * back))), "and its transpose is the pullback"
}

/// Trains a network to read digits; how many of the held out images it reads.
experiment read[fit, held](net, train, test, epochs: int) -> f32[] {
  axis batch = 32
  var model = net
  var opt = adamw(lr: 3e-3)
  for epoch in 0..epochs {
    opt.lr = cosine(epoch, epochs, 3e-3, 1e-4)
    for b in batches[fit -> batch](train) {
      let loss = minimize mean[batch](cross_entropy[class](model(b.pixel / 16), b.class)) over model using opt
      log(loss: loss)
    }
  }
  accuracy[class, held](model(test.pixel / 16), test.class)
}

/// A gradient against differences along a direction.
experiment slope(net, x: f32[row, col], along) {
  let f = (n) => sum[class](log_softmax[class](n(x))^2)
  let by_gradient = sum(zip((a, b) => a * b, grad(f)(net), along))
  let by_difference = (f(net + 1e-3 * along) - f(net - 1e-3 * along)) / 2e-3
  expect abs(by_gradient - by_difference) <= 1e-2 * (1 + abs(by_difference)), "a gradient is what differences say"
}

experiment circuit_diagrams(epochs: int = 12) {
  axis sample, pixel = 64, fit, held
  laws(1e-5)
  let data: (pixel: f32[sample, pixel], class: class[sample]) = load("digits.csv.gz")
  let images = (pixel: data.pixel[pixel -> (row, col)], class: data.class)
  let (train, test) = split[sample -> fit, held](images, at: 1437, seed: 0)
  let mlp = Mlp[]
  let vit = Vit[]
  let resnet = ResNet[]
  let x = test.pixel[held: 0] / 16
  slope(mlp, x, map((w) => 0 * w + 0.1, mlp))
  slope(vit, x, map((w) => 0 * w + 0.1, vit))
  slope(resnet, x, map((w) => 0 * w + 0.1, resnet))
  let dense = read[fit, held](mlp, train, test, epochs)
  let seen = read[fit, held](vit, train, test, epochs)
  let residual = read[fit, held](resnet, train, test, epochs)
  expect dense >= 0.93, "an MLP reads digits"
  expect seen >= 0.93, "so does a vision transformer"
  expect residual >= 0.93, "and a residual network"
}
