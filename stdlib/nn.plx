// Layers, their functions, losses and measures. Each says what axes it touches; every other axis passes by.

// ---- initialisers: blocks, because they draw ----

/// Uniform within ±sqrt(6 / (fan_in + fan_out)): [ins, outs].
/// Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks", AISTATS 2010.
block glorot[ins... -> outs...]() -> [ins..., outs...] {
  (2 * uniform[ins..., outs...] - 1) * sqrt(6 / (#ins... + #outs...))
}

/// Normal with variance 2 / fan_in, for relu and its kin: [ins, outs].
/// He, Zhang, Ren, Sun, "Delving deep into rectifiers", ICCV 2015.
block he[ins... -> outs...]() -> [ins..., outs...] {
  normal[ins..., outs...] * sqrt(2 / #ins...)
}

/// Normal with variance 1 / fan_in: [ins, outs].
/// LeCun, Bottou, Orr, Müller, "Efficient backprop", 1998.
block lecun[ins... -> outs...]() -> [ins..., outs...] {
  normal[ins..., outs...] / sqrt(#ins...)
}

/// Uniform within ±1 / sqrt(fan_in): [ins, outs].
block uniform_init[ins... -> outs...]() -> [ins..., outs...] {
  (2 * uniform[ins..., outs...] - 1) / sqrt(#ins...)
}

/// Orthonormal columns, or where b is longer rows, any of them as likely: [a, b].
/// Saxe, McClelland, Ganguli, "Exact solutions to the nonlinear dynamics of learning", ICLR 2014.
block orthogonal[a, b]() -> [a, b] {
  axis mode = min(#a, #b)
  let (u, s, v) = svd[a, b -> mode](normal[a, b])
  u @[mode] v
}

// ---- functions of one value ----

/// x times the normal distribution's share below x. Hendrycks and Gimpel, arXiv 1606.08415, 2016.
fn gelu(x: []) -> [] {
  0.5 * x * (1 + erf(x / sqrt(2)))
}

/// x times its sigmoid. Elfwing, Uchibe, Doya, arXiv 1702.03118, 2017.
fn silu(x: []) -> [] {
  x * sigmoid(x)
}

/// Another name of silu. Ramachandran, Zoph, Le, arXiv 1710.05941, 2017.
fn swish(x: []) -> [] {
  silu(x)
}

/// x above 0, below it rate * (exp(x) - 1). Clevert, Unterthiner, Hochreiter, ICLR 2016.
fn elu(x: [], rate: real = 1) -> [] {
  if x > 0 then x else rate * expm1(x)
}

/// x above 0, below it slope * x. Maas, Hannun, Ng, ICML 2013.
fn leaky_relu(x: [], slope: real = 0.01) -> [] {
  if x > 0 then x else slope * x
}

/// x tanh(softplus(x)). Misra, BMVC 2020.
fn mish(x: []) -> [] {
  x * tanh(softplus(x))
}

/// x kept between lo and hi.
fn hardtanh(x: [], lo: real = -1, hi: real = 1) -> [] {
  min(max(x, lo), hi)
}

// ---- functions along an axis ----

/// exp(x) over its sum along k: [k] to [k]. Where k comes with a guard, only what is inside takes part.
fn softmax[k](x: [k]) -> [k] {
  let e = exp(x - stop(max[k](x)))
  e / sum[k](e)
}

/// The logarithm of softmax, without forming it: [k] to [k].
fn log_softmax[k](x: [k]) -> [k] {
  x - logsumexp[k](x)
}

/// The cosine of the angle between x and y: [k], [k] to a number; 0 where either is 0.
fn cosine_similarity[k](x: [k], y: [k]) -> [] {
  let long = norm[k](x) * norm[k](y)
  if long == 0 then 0 else sum[k](x * y) / long
}

// ---- what a position is like ----

/// Each pair of neighbours along key turned by an angle that grows with the position along seq, counted from `start`, for
/// pair i as base^(-2 i / #key): [seq, key] to [seq, key]. Products of two such depend on distances alone.
/// Su and others, "RoFormer", arXiv 2104.09864, 2021.
fn rope[seq, key](x: [seq, key], base: real = 10000, start: int = 0) -> [seq, key] {
  require #key mod 2 == 0, "rope turns pairs"
  axis pair = #key / 2, side = 2
  let angle = real(seq + start)[+pair] * base ^ (-2 * real(pair) / #key)
  let y = x[key -> (pair, side)]
  let turned = y[side: 1 - side] * (2 * real(side) - 1)
  (y * cos(angle) + turned * sin(angle))[(pair, side) -> key]
}

/// Sines along the even and cosines along the odd places of model, of waves from 2 pi positions long to base * 2 pi, the
/// first position counted as `start`: [seq, model].
/// Vaswani and others, "Attention is all you need", NeurIPS 2017.
fn sinusoidal[seq, model, base: real = 10000, start: int = 0]() -> [seq, model] {
  let angle = real(seq + start)[+model] * base ^ (-2 * real(model div 2) / #model)
  if model mod 2 == 0 then sin(angle) else cos(angle)
}

// ---- layers ----

/// An affine map of some axes to others: [ins] to [outs]. Parameters w: [ins, outs] and b: [outs].
block Linear[ins... -> outs...](x: [ins...]) -> [outs...] {
  param w: [ins..., outs...] = glorot[ins... -> outs...]
  param b: [outs...] = zeros
  x @[ins...] w + b
}

/// A vector for each word: positions along word to [model]. Parameter e: [word, model].
block Embedding[word -> model](t: word[]) -> [model] {
  param e: [word, model] = normal[word, model] / sqrt(#model)
  e[word: t]
}

/// Convolution along t, zeros outside: [cin, t] to [cout, ot]; ot is t, or with a `step` the axis of every step-th place,
/// which the caller names. Parameters k: [cin, kt, cout], with `groups` (each of its own channels) instead
/// parts: [part, kt, cout]; and b: [cout].
block Conv1d[t, cin -> cout, kt = 3, step: int = 1, dilation: int = 1, groups: int = 1, ot = t,
    part = (#cin + groups - 1) div groups](x: [cin, t]) -> [cout, ot] {
  require #ot == (#t - 1) div step + 1, "a strided convolution names its result's axes: `ot` has a place for every step along `t`"
  require groups >= 1 and #cin mod groups == 0 and #cout mod groups == 0 and #part * groups == #cin,
    "`groups` divides both numbers of channels"
  param b: [cout] = zeros
  let patch = x[t: step * ot + dilation * (kt - #kt div 2) else 0]
  let y = if groups == 1 {
    param k: [cin, kt, cout] = he[cin, kt -> cout]
    patch @[cin, kt] k
  } else {
    axis group = groups, share = #cout / groups
    param parts: [part, kt, cout] = he[part, kt -> cout]
    (patch[cin -> (group, part)] @[part, kt] parts[cout -> (group, share)])[(group, share) -> cout]
  }
  y + b
}

/// Convolution along h and w, zeros outside: [cin, h, w] to [cout, oh, ow]; these are h and w, or with a `step` the axes of
/// every step-th place: `Conv2d[h, w, a -> b, step: 2, oh: h2, ow: w2]`. Parameters k: [cin, kh, kw, cout], with `groups`
/// (each of its own channels) instead parts: [part, kh, kw, cout]; and b: [cout].
/// LeCun, Boser, Denker and others, Neural Computation 1(4), 1989.
block Conv2d[h, w, cin -> cout, kh = 3, kw = 3, step: int = 1, dilation: int = 1, groups: int = 1, oh = h, ow = w,
    part = (#cin + groups - 1) div groups](x: [cin, h, w]) -> [cout, oh, ow] {
  require #oh == (#h - 1) div step + 1, "a strided convolution names its result's axes: `oh` has a place for every step along `h`"
  require #ow == (#w - 1) div step + 1, "a strided convolution names its result's axes: `ow` has a place for every step along `w`"
  require groups >= 1 and #cin mod groups == 0 and #cout mod groups == 0 and #part * groups == #cin,
    "`groups` divides both numbers of channels"
  param b: [cout] = zeros
  let patch = x[h: step * oh + dilation * (kh - #kh div 2) else 0, w: step * ow + dilation * (kw - #kw div 2) else 0]
  let y = if groups == 1 {
    param k: [cin, kh, kw, cout] = he[cin, kh, kw -> cout]
    patch @[cin, kh, kw] k
  } else {
    axis group = groups, share = #cout / groups
    param parts: [part, kh, kw, cout] = he[part, kh, kw -> cout]
    (patch[cin -> (group, part)] @[part, kh, kw] parts[cout -> (group, share)])[(group, share) -> cout]
  }
  y + b
}

/// Convolution along d, h and w, as Conv2d: [cin, d, h, w] to [cout, od, oh, ow].
block Conv3d[d, h, w, cin -> cout, kd = 3, kh = 3, kw = 3, step: int = 1, dilation: int = 1, groups: int = 1,
    od = d, oh = h, ow = w, part = (#cin + groups - 1) div groups](x: [cin, d, h, w]) -> [cout, od, oh, ow] {
  require #od == (#d - 1) div step + 1, "a strided convolution names its result's axes: `od` has a place for every step along `d`"
  require #oh == (#h - 1) div step + 1, "a strided convolution names its result's axes: `oh` has a place for every step along `h`"
  require #ow == (#w - 1) div step + 1, "a strided convolution names its result's axes: `ow` has a place for every step along `w`"
  require groups >= 1 and #cin mod groups == 0 and #cout mod groups == 0 and #part * groups == #cin,
    "`groups` divides both numbers of channels"
  param b: [cout] = zeros
  let deep = x[d: step * od + dilation * (kd - #kd div 2) else 0]
  let patch = deep[h: step * oh + dilation * (kh - #kh div 2) else 0, w: step * ow + dilation * (kw - #kw div 2) else 0]
  let y = if groups == 1 {
    param k: [cin, kd, kh, kw, cout] = he[cin, kd, kh, kw -> cout]
    patch @[cin, kd, kh, kw] k
  } else {
    axis group = groups, share = #cout / groups
    param parts: [part, kd, kh, kw, cout] = he[part, kd, kh, kw -> cout]
    (patch[cin -> (group, part)] @[part, kd, kh, kw] parts[cout -> (group, share)])[(group, share) -> cout]
  }
  y + b
}

/// The transpose of the strided Conv1d from ot to t, which spreads every place over its window: [cin, t] to [cout, ot].
/// Parameters k: [cin, kt, cout] and b: [cout].
block ConvTranspose1d[t, cin -> cout, ot, kt = 3, step: int = 2, dilation: int = 1](x: [cin, t]) -> [cout, ot] {
  require #t == (#ot - 1) div step + 1, "`t` has a place for every step along `ot`"
  param k: [cin, kt, cout] = he[cin, kt -> cout]
  param b: [cout] = zeros
  let start: [cout, ot] = zeros
  let (y, back) = vjp((u: [cout, ot]) => u[ot: step * t + dilation * (kt - #kt div 2) else 0] @[cout, kt] k, start)
  back(x) + b
}

/// The transpose of the strided Conv2d from oh, ow to h, w: [cin, h, w] to [cout, oh, ow]. Parameters k: [cin, kh, kw, cout]
/// and b: [cout]. Zeiler, Krishnan, Taylor, Fergus, "Deconvolutional networks", CVPR 2010.
block ConvTranspose2d[h, w, cin -> cout, oh, ow, kh = 3, kw = 3, step: int = 2, dilation: int = 1](x: [cin, h, w]) -> [cout, oh, ow] {
  require #h == (#oh - 1) div step + 1, "`h` has a place for every step along `oh`"
  require #w == (#ow - 1) div step + 1, "`w` has a place for every step along `ow`"
  param k: [cin, kh, kw, cout] = he[cin, kh, kw -> cout]
  param b: [cout] = zeros
  let start: [cout, oh, ow] = zeros
  let (y, back) = vjp((u: [cout, oh, ow]) => {
    let patch = u[oh: step * h + dilation * (kh - #kh div 2) else 0, ow: step * w + dilation * (kw - #kw div 2) else 0]
    patch @[cout, kh, kw] k
  }, start)
  back(x) + b
}

/// The largest of every k neighbours along h, `step` apart: [h] to [o].
fn max_pool[h, o, k = 2, step: int = 2](x: [h]) -> [o] {
  require #o == (#h - #k) div step + 1
  max[k](x[h: step * o + k])
}

/// The mean of every k neighbours along h, `step` apart: [h] to [o].
fn mean_pool[h, o, k = 2, step: int = 2](x: [h]) -> [o] {
  require #o == (#h - #k) div step + 1
  mean[k](x[h: step * o + k])
}

/// Mean 0 and variance 1 along k, then scaled and shifted: [k] to [k]. Ba, Kiros, Hinton, arXiv 1607.06450, 2016.
block LayerNorm[k...](x: [k...]) -> [k...] {
  param scale: [k...] = ones
  param shift: [k...] = zeros
  let d = x - mean[k...](x)
  d * rsqrt(mean[k...](d * d) + 1e-5) * scale + shift
}

/// Mean square 1 along k, then scaled: [k] to [k]. Zhang and Sennrich, NeurIPS 2019.
block RMSNorm[k...](x: [k...]) -> [k...] {
  param scale: [k...] = ones
  x * rsqrt(mean[k...](x * x) + 1e-6) * scale
}

/// Mean 0 and variance 1 along `over` and the channels of each of `groups` equal groups of c, then scaled and shifted for
/// each channel: [c, over] to the same. Wu and He, ECCV 2018.
block GroupNorm[c, over..., groups: int = 8](x: [c, over...]) -> [c, over...] {
  require groups >= 1 and #c mod groups == 0, "`groups` divides the number of channels"
  axis group = groups, part = #c / groups
  param scale: [c] = ones
  param shift: [c] = zeros
  let y = x[c -> (group, part)]
  let d = y - mean[part, over...](y)
  (d * rsqrt(mean[part, over...](d * d) + 1e-5))[(group, part) -> c] * scale + shift
}

/// Mean 0 and variance 1 along `over` for each channel by itself, then scaled and shifted: [c, over] to the same.
/// Ulyanov, Vedaldi, Lempitsky, arXiv 1607.08022, 2016.
block InstanceNorm[c, over...](x: [c, over...]) -> [c, over...] {
  param scale: [c] = ones
  param shift: [c] = zeros
  let d = x - mean[over...](x)
  d * rsqrt(mean[over...](d * d) + 1e-5) * scale + shift
}

/// Mean 0 and variance 1 for each channel, then scaled and shifted: [c, over] to the same. In training mean and variance
/// are those along `over` (`BatchNorm[c, over: (batch, h, w)]`), elsewhere those of the buffers average and spread: [c],
/// which move towards them by the share `rate` (the variance there divides by one less than the count).
/// Ioffe and Szegedy, ICML 2015.
block BatchNorm[c, over..., rate: real = 0.1](x: [c, over...]) -> [c, over...] {
  param scale: [c] = ones
  param shift: [c] = zeros
  buffer average: [c] = zeros
  buffer spread: [c] = ones
  let m = mean[over...](x)
  let v = var[over...](x)
  let n = sum[over...](ones_like(x))
  if training {
    average = (1 - rate) * average + rate * m
    spread = (1 - rate) * spread + rate * v * n / max(n - 1, 1)
  }
  let centre = if training then m else average
  let width = if training then v else spread
  (x - centre) * rsqrt(width + 1e-5) * scale + shift
}

/// In training, each value is 0 at this rate and scaled up otherwise; elsewhere x. Each position draws on its own.
/// Srivastava, Hinton, Krizhevsky, Sutskever, Salakhutdinov, JMLR 15, 2014.
block Dropout(x: [], rate: real = 0.1) -> [] {
  if training then (if bernoulli(1 - rate) then x / (1 - rate) else 0) else x
}

/// x + f(x), f a block or a function that keeps the axes. He, Zhang, Ren, Sun, CVPR 2016.
block Residual[f: block](x) {
  x + f(x)
}

/// Each position along seq reads from those up to it (from all, if not causal): [seq, model] to [seq, model].
/// Vaswani and others, "Attention is all you need", NeurIPS 2017.
block Attention[seq, model, head = 8, key = 64, causal: bool = true](x: [seq, model]) -> [seq, model] {
  axis src = #seq
  let y = x[seq -> src]
  let q = x |> Linear[model -> head, key]
  let k = y |> Linear[model -> head, key]
  let v = y |> Linear[model -> head, key]
  let score = (q @[key] k) / sqrt(#key)
  (softmax[src where src <= seq or not causal](score) @[src] v) |> Linear[head, key -> model] as out
}

/// Each position along seq reads from all of another sequence: [seq, model], [src, model] to [seq, model].
block CrossAttention[seq, src, model, head = 8, key = 64](x: [seq, model], y: [src, model]) -> [seq, model] {
  let q = x |> Linear[model -> head, key]
  let k = y |> Linear[model -> head, key]
  let v = y |> Linear[model -> head, key]
  let score = (q @[key] k) / sqrt(#key)
  (softmax[src](score) @[src] v) |> Linear[head, key -> model] as out
}

/// Attention in which every `group` of heads shares keys and values: [seq, model] to [seq, model]; with one group,
/// multi-query attention. Ainslie and others, "GQA", EMNLP 2023.
block GroupedAttention[seq, model, head = 8, group = 2, key = 64, causal: bool = true](x: [seq, model]) -> [seq, model] {
  require #head mod #group == 0, "every group has as many heads"
  axis src = #seq, each = #head / #group
  let y = x[seq -> src]
  let q = x |> Linear[model -> group, each, key]
  let k = y |> Linear[model -> group, key]
  let v = y |> Linear[model -> group, key]
  let score = (q @[key] k) / sqrt(#key)
  (softmax[src where src <= seq or not causal](score) @[src] v) |> Linear[group, each, key -> model] as out
}

/// Attention and two dense layers, each behind a norm and beside a bypass: [seq, model] to [seq, model].
/// Xiong and others, "On layer normalization in the transformer architecture", ICML 2020.
block TransformerLayer[seq, model, head = 8, key = 64, hidden = 4 * #model, causal: bool = true](x: [seq, model]) -> [seq, model] {
  let a = x + (x |> LayerNorm[model] as norm_attn |> Attention[seq, model, head, key, causal] as attn)
  a + (a |> LayerNorm[model] as norm_mlp |> Linear[model -> hidden] as lift |> gelu |> Linear[hidden -> model] as drop)
}

// ---- recurrent layers ----

/// h = tanh(x w + h u + b), from zeros: [time, in] to [time, hidden]. Elman, Cognitive Science 14(2), 1990.
block RNN[time, in -> hidden](x: [time, in]) -> [time, hidden] {
  param w: [in, hidden] = glorot[in -> hidden]
  param u: [hidden, hidden'] = glorot[hidden -> hidden']
  param b: [hidden] = zeros
  var h = zeros[hidden]
  for t in time {
    h = tanh(x[time: t] @[in] w + (h @[hidden] u)[hidden' -> hidden] + b)
    yield h
  }
}

/// Long short-term memory, from zeros; the forget gate starts open: [time, in] to [time, hidden].
/// Hochreiter and Schmidhuber, Neural Computation 9(8), 1997; Gers, Schmidhuber, Cummins, 2000.
block LSTM[time, in -> hidden](x: [time, in]) -> [time, hidden] {
  axis gate = (input, forget, cell, output)
  param w: [in, gate, hidden] = glorot[in -> gate, hidden]
  param u: [hidden, gate, hidden'] = glorot[hidden -> gate, hidden']
  param b: [gate, hidden] = real(gate == int(gate.forget))
  var h = zeros[hidden]
  var c = zeros[hidden]
  for t in time {
    let z = x[time: t] @[in] w + (h @[hidden] u)[hidden' -> hidden] + b
    c = sigmoid(z[gate: forget]) * c + sigmoid(z[gate: input]) * tanh(z[gate: cell])
    h = sigmoid(z[gate: output]) * tanh(c)
    yield h
  }
}

/// Gated recurrent unit, from zeros: [time, in] to [time, hidden]. Cho and others, EMNLP 2014.
block GRU[time, in -> hidden](x: [time, in]) -> [time, hidden] {
  axis gate = (reset, update)
  param w: [in, gate, hidden] = glorot[in -> gate, hidden]
  param u: [hidden, gate, hidden'] = glorot[hidden -> gate, hidden']
  param b: [gate, hidden] = zeros
  param wn: [in, hidden] = glorot[in -> hidden]
  param un: [hidden, hidden'] = glorot[hidden -> hidden']
  param bn: [hidden] = zeros
  var h = zeros[hidden]
  for t in time {
    let z = sigmoid(x[time: t] @[in] w + (h @[hidden] u)[hidden' -> hidden] + b)
    let kept = z[gate: reset] * h
    let new = tanh(x[time: t] @[in] wn + (kept @[hidden] un)[hidden' -> hidden] + bn)
    h = z[gate: update] * h + (1 - z[gate: update]) * new
    yield h
  }
}

/// For each of model a linear system of `state` real modes, h' = -rate h + b x and y = sum of c h + d x, held constant
/// between the times, which are exp(pace) apart; from zeros: [time, model] to [time, model].
/// Gu, Goel, Gupta, Ré, "On the parameterization and initialization of diagonal state space models" (S4D-Real), NeurIPS 2022.
block StateSpace[time, model, state = 16](x: [time, model]) -> [time, model] {
  param rate: [model, state] = log(1 + real(state))[+model]
  param pace: [model] = log(0.001) + log(100) * uniform[model]
  param c: [model, state] = normal[model, state]
  param d: [model] = ones
  let a = exp(rate)
  let fall = -exp(pace) * a
  let keep = exp(fall)
  let take = 0 - expm1(fall) / a
  var h = zeros[model, state]
  for t in time {
    let u = x[time: t]
    h = keep * h + take * u
    yield sum[state](c * h) + d * u
  }
}

// ---- graphs, images ----

/// Along each edge, from the node src to the node dst, goes relu of an affine map of both; each node maps what it has and
/// the sum of what comes: [node, in], node[edge], node[edge] to [node, out].
/// Gilmer, Schoenholz, Riley, Vinyals, Dahl, ICML 2017.
block MessagePassing[node, edge, in -> out, hidden = #out](x: [node, in], src: node[edge], dst: node[edge]) -> [node, out] {
  let message = relu((x |> Linear[in -> hidden] as from)[node: src] + (x |> Linear[in -> hidden] as to)[node: dst])
  let heard = sum[edge -> node: dst](message)
  (x |> Linear[in -> out] as own) + (heard |> Linear[hidden -> out] as read)
}

block _Level[h, w, c, depth: int](x: [c, h, w]) -> [c, h, w] {
  let y = x |> Conv2d[h, w, c -> c] as first |> relu |> Conv2d[h, w, c -> c] as second |> relu
  if depth == 0 then y else {
    require #h mod 2 == 0 and #w mod 2 == 0, "height and width must be halved at every level"
    axis low = #h / 2, short = #w / 2, more = 2 * #c, both = 2 * #c
    let under = y |> max_pool[h, low] |> max_pool[w, short] |> Conv2d[low, short, c -> more] as widen |> relu
                  |> _Level[low, short, more, depth - 1] as inner
    let up = under |> ConvTranspose2d[low, short, more -> c, h, w] as rise
    concat[c, c -> both](y, up) |> Conv2d[h, w, both -> c] as merge |> relu
  }
}

/// At each of `depth` levels height and width are halved and channels doubled, from `wide` ones; on the way up each level
/// also gets what it had on the way down: [cin, h, w] to [cout, h, w].
/// Ronneberger, Fischer, Brox, "U-Net", MICCAI 2015.
block UNet[h, w, cin -> cout, wide = 16, depth: int = 3](x: [cin, h, w]) -> [cout, h, w] {
  x |> Conv2d[h, w, cin -> wide] as stem |> relu |> _Level[h, w, wide, depth] as level |> Conv2d[h, w, wide -> cout, 1, 1] as out
}

// ---- losses ----

/// -log of softmax(logits) at y, in nats: [class], a position to a number. `smoothing` spreads that share of the
/// target over all classes (Szegedy and others, CVPR 2016).
fn cross_entropy[class](logits: [class], y: class[], smoothing: real = 0) -> [] {
  let total = logsumexp[class](logits)
  let hit = total - logits[class: y]
  if smoothing == 0 then hit else (1 - smoothing) * hit + smoothing * (total - mean[class](logits))
}

/// The cross-entropy of y, in 0..1, against sigmoid(logits), in nats: its mean over all positions.
fn binary_cross_entropy(logits, y) {
  mean(softplus(logits) - logits * y)
}

/// The mean of the squared differences.
fn mse(x, y) {
  let d = x - y
  mean(d * d)
}

/// The mean of half the square of differences up to `edge`, and straight on from there.
/// Huber, Annals of Mathematical Statistics 35(1), 1964.
fn huber(x, y, edge: real = 1) {
  let d = abs(x - y)
  mean(if d < edge then 0.5 * d * d else edge * (d - 0.5 * edge))
}

/// The Kullback-Leibler divergence of p from q, both of them probabilities along k, in nats: [k], [k] to a number.
fn kl[k](p: [k], q: [k]) -> [] {
  sum[k](if p > 0 then p * (log(p) - log(q)) else 0)
}

/// How well each x finds its own y among all by the cosine of their angle: the mean of -log softmax of cosine / temperature
/// at its own, in nats: [n, k], [n, k] to a number. Van den Oord, Li, Vinyals (InfoNCE), arXiv 1807.03748, 2018.
fn contrastive[n, k](x: [n, k], y: [n, k], temperature: real = 0.1) -> [] {
  let like = (x / norm[k](x)) @[k] (y / norm[k](y))[n -> n'] / temperature
  mean[n](logsumexp[n'](like) - like[n': int(n)])
}

// log(exp(a) + exp(b)), of two -inf too.
fn _log_add(a: [], b: []) -> [] {
  let most = max(a, b)
  if most == -inf then -inf else most + log1p(exp(min(a, b) - most))
}

/// -log of the chance that classes drawn at each time by softmax(logits) spell y, once equal neighbours are made one and
/// blanks left out, in nats: [time, class], class[label] to a number; inf if y does not fit into the time. Both axes may
/// come with a guard: `ctc[time where time < n, class, label where label < m](…)`.
/// Graves, Fernández, Gomez, Schmidhuber, "Connectionist temporal classification", ICML 2006.
fn ctc[time, class, label](logits: [time, class], y: class[label], blank: int = 0) -> [] {
  axis gap = #label + 1
  let p = log_softmax[class](logits)
  let other = label > 0 and int(y) != int(y)[label: clamp(label - 1)]
  var between: [gap] = if gap == 0 then 0 else -inf
  var on: [label] = -inf
  for t in time {
    let here = p[time: t]
    let before = on[label: label - 1 else -inf]
    let enter = _log_add(between[gap: label], if other then before else -inf)
    let rest = _log_add(between, on[label: gap - 1 else -inf])
    on = _log_add(on, enter) + here[class: y]
    between = rest + here[class: clamp(blank)]
  }
  let n = count_true[label](label >= 0)
  -_log_add(between[gap: clamp(n)], on[label: n - 1 else -inf])
}

// ---- measures ----

/// The share of positions whose largest logit is at y: [over, class], class[over] to a number.
fn accuracy[class, over...](logits: [over..., class], y: class[over...]) -> [] {
  mean[over...](real(argmax[class](logits) == y))
}

/// exp of the mean cross-entropy: [over, class], class[over] to a number.
fn perplexity[class, over...](logits: [over..., class], y: class[over...]) -> [] {
  exp(mean[over...](cross_entropy[class](logits, y)))
}

/// How many of each class were taken for each: class[over] and [over, class] to [class, guess].
fn confusion[class, guess, over...](logits: [over..., class], y: class[over...]) -> i64[class, guess] {
  require #guess == #class, "a guess is a class"
  let taken = int(argmax[class](logits))
  sum[over...](int(class == int(y)[+class])[+guess] * int(guess == taken[+guess])[+class])
}

/// 2 hits / (2 hits + misses + false alarms) of each class, 0 where there is none of them: [over, class], class[over] to
/// [class]; their mean is the macro-averaged F1. Van Rijsbergen, Information Retrieval, 1979.
fn f1[class, over...](logits: [over..., class], y: class[over...]) -> [class] {
  let is = class == int(y)[+class]
  let said = class == int(argmax[class](logits))[+class]
  let hits = sum[over...](real(is and said))
  let all_of = sum[over...](real(is) + real(said))
  if all_of == 0 then 0 else 2 * hits / all_of
}

/// The share of pairs of a true and a false one in which the true one has the higher score, ties count half (the area under
/// the ROC curve); NaN without such pairs: [over], bool[over] to a number. Hanley and McNeil, Radiology 143, 1982.
fn auc[over](score: [over], y: bool[over]) -> [] {
  let order = argsort[over](score)
  let sorted = score[over: order]
  let truth = y[over: order]
  var last = -inf
  var below = 0.0
  var tied_true = 0.0
  var tied_false = 0.0
  var won = 0.0
  for i in over {
    let s = sorted[over: i]
    let fresh = s > last
    below = if fresh then below + tied_false else below
    tied_true = if fresh then 0 else tied_true
    tied_false = if fresh then 0 else tied_false
    won = won + (if truth[over: i] then below + 0.5 * tied_false else 0.5 * tied_true)
    tied_true = tied_true + real(truth[over: i])
    tied_false = tied_false + real(not truth[over: i])
    last = s
  }
  won / (sum[over](real(y)) * sum[over](real(not y)))
}
