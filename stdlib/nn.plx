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

/// Convolution along t, zeros outside: [cin, t] to [cout, t]. Parameters k: [cin, kt, cout] and b: [cout].
block Conv1d[t, cin -> cout, kt = 3, dilation: int = 1](x: [cin, t]) -> [cout, t] {
  param k: [cin, kt, cout] = he[cin, kt -> cout]
  param b: [cout] = zeros
  let patch = x[t: t + dilation * (kt - #kt div 2) else 0]
  patch @[cin, kt] k + b
}

/// Convolution along h and w, zeros outside: [cin, h, w] to [cout, h, w]. Parameters k: [cin, kh, kw, cout] and
/// b: [cout]. LeCun, Boser, Denker and others, Neural Computation 1(4), 1989.
block Conv2d[h, w, cin -> cout, kh = 3, kw = 3, dilation: int = 1](x: [cin, h, w]) -> [cout, h, w] {
  param k: [cin, kh, kw, cout] = he[cin, kh, kw -> cout]
  param b: [cout] = zeros
  let patch = x[h: h + dilation * (kh - #kh div 2) else 0, w: w + dilation * (kw - #kw div 2) else 0]
  patch @[cin, kh, kw] k + b
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

// ---- measures ----

/// The share of positions whose largest logit is at y: [over, class], class[over] to a number.
fn accuracy[class, over...](logits: [over..., class], y: class[over...]) -> [] {
  mean[over...](real(argmax[class](logits) == y))
}

/// exp of the mean cross-entropy: [over, class], class[over] to a number.
fn perplexity[class, over...](logits: [over..., class], y: class[over...]) -> [] {
  exp(mean[over...](cross_entropy[class](logits, y)))
}
