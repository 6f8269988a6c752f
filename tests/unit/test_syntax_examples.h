// The programs of the language's charter and of its hard cases, as they stand there.
#ifndef TEST_SYNTAX_EXAMPLES_H
#define TEST_SYNTAX_EXAMPLES_H

static const char *const examples[] = {
    "use nn\n"
    "use optim\n"
    "\n"
    "axis pixel = 64, class = 10\n"
    "\n"
    "/// Two hidden layers, GELU between them.\n"
    "block MLP[in -> out, hidden = 128](x: [in]) -> [out] {\n"
    "  x |> Linear[in -> hidden] as lift |> gelu\n"
    "    |> Linear[hidden -> hidden] as mix |> gelu\n"
    "    |> Linear[hidden -> out] as read\n"
    "}\n"
    "\n"
    "experiment digits(epochs: int = 20, lr: real = 1e-3) {\n"
    "  axis sample, fit, held                       // sizes come with the data\n"
    "  axis batch = 64\n"
    "  let data: (x: f32[sample, pixel], y: class[sample]) = load(\"data/digits.npz\")\n"
    "  let (train, test) = split[sample -> fit, held](data, at: 0.8, seed: 0)\n"
    "\n"
    "  var net = MLP[pixel -> class]                // an instance: owns its parameters\n"
    "  var opt = adamw(lr: lr, decay: 0.01)\n"
    "\n"
    "  for epoch in 0..epochs {\n"
    "    for b in batches[fit -> batch](train) {\n"
    "      let loss = minimize mean[batch](cross_entropy[class](net(b.x), b.y)) over net using opt\n"
    "      log(train_loss: loss)\n"
    "    }\n"
    "    log(epoch: epoch, test_accuracy: accuracy[class, held](net(test.x), test.y))\n"
    "  }\n"
    "  expect accuracy[class, held](net(test.x), test.y) > 0.95, \"an MLP reads handwritten digits\"\n"
    "  save(net, \"digits.safetensors\")\n"
    "}\n",

    "block Linear[ins... -> outs...](x: [ins...]) -> [outs...] {\n"
    "  param w: [ins..., outs...] = glorot[ins... -> outs...]\n"
    "  param b: [outs...] = zeros\n"
    "  x @[ins...] w + b\n"
    "}\n"
    "\n"
    "fn softmax[k](x: [k]) -> [k] {\n"
    "  let e = exp(x - max[k](x))\n"
    "  e / sum[k](e)\n"
    "}\n"
    "\n"
    "block Residual[f: block](x) { x + f(x) }\n"
    "\n"
    "/// Mean over windows of `k`, every `step`-th place.\n"
    "fn pool[h, o, k = 2, step: int = 2](x: [h]) -> [o] {\n"
    "  require #o == (#h - #k) div step + 1\n"
    "  mean[k](x[h: step * o + k])\n"
    "}\n",

    "block Attention[seq, model, head = 8, key = 64, causal: bool = true](x: [seq, model]) -> [seq, model] {\n"
    "  axis src = #seq\n"
    "  let y = x[seq -> src]\n"
    "  let q = x |> Linear[model -> head, key]\n"
    "  let k = y |> Linear[model -> head, key]\n"
    "  let v = y |> Linear[model -> head, key]\n"
    "  let score = (q @[key] k) / sqrt(#key)\n"
    "  (softmax[src where src <= seq or not causal](score) @[src] v) |> Linear[head, key -> model] as out\n"
    "}\n",

    "block Conv2d[h, w, cin -> cout, kh = 3, kw = 3](x: [cin, h, w]) -> [cout, h, w] {\n"
    "  param k: [cin, kh, kw, cout] = he[cin, kh, kw -> cout]\n"
    "  let patch = x[h: h + kh - #kh div 2 else 0, w: w + kw - #kw div 2 else 0]\n"
    "  patch @[cin, kh, kw] k\n"
    "}\n",

    "var s = zeros[hidden]\n"
    "let hs = for t in time {                 // hs: [time, hidden]\n"
    "  s = tanh(cell(x[time: t]) + rec(s))\n"
    "  yield s\n"
    "}\n",

    "experiment trained[n, batch](net, data, loss, steps: int = 500) {\n"
    "  var m = net\n"
    "  var opt = adamw()\n"
    "  for b in batches[n -> batch](data, steps: steps) {\n"
    "    minimize mean[batch](loss(m, b)) over m using opt\n"
    "  }\n"
    "  m\n"
    "}\n",

    "optimizer sgd(lr: real, momentum: real = 0)[a...](p: [a...], g: [a...]) -> [a...] {\n"
    "  state v: [a...] = zeros\n"
    "  v = momentum * v + g\n"
    "  p - lr * v\n"
    "}\n",

    "block A[n -> m](x: [n]) -> [m] {\n"
    "  axis k = 3\n"
    "  param u: [n, k] = ones\n"
    "  param v: [k, m] = ones\n"
    "  x @[n] u @[k] v\n"
    "}\n"
    "block B[m -> p](x: [m]) -> [p] {\n"
    "  axis k = 5\n"
    "  param u: [m, k] = ones\n"
    "  param v: [k, p] = ones\n"
    "  x @[m] u @[k] v\n"
    "}\n"
    "experiment e() {\n"
    "  axis k = 2, i = 4, j = 6, o = 1\n"
    "  print(ones[k, i] |> A[i -> j] |> B[j -> o])\n"
    "}\n",

    "axis k = 3\n"
    "fn f[t](x: [t]) -> [] {\n"
    "  let w = real(k + 1)\n"
    "  sum[t, k](x[+k] * w)\n"
    "}\n"
    "experiment e() {\n"
    "  axis t = 2\n"
    "  print(f[t](real(t + k)))\n"
    "}\n",
};

#endif
