// Attention (8 heads of 64, 256 channels) over 512 positions (--set size=2048: 2048), causal or not: milliseconds for an
// expectation by softmax, for attention alone, for it and its gradients, for the layer's value, and for a training step; then
// a sum by which two builds are told apart. Half of all pairs are behind the guard.
use nn
use optim

axis model = 256, head = 8, key = 64

fn mixed[seq, src, causal: bool](q: [seq, head, key], k: [src, head, key], v: [src, head, key]) -> [seq, head, key] {
  softmax[src where src <= seq or not causal]((q @[key] k) / sqrt(#key)) @[src] v
}

fn slopes[seq, src, causal: bool](q: [seq, head, key], k: [src, head, key], v: [src, head, key]) -> [] {
  let (y, back) = vjp((p) => mixed[seq, src, causal](p.q, p.k, p.v), (q: q, k: k, v: v))
  norm(back(y))
}

experiment attention(steps: int = 40, size: int = 512) {
  axis seq = size
  axis src = #seq
  let s: f32[head, seq, src] = f32(normal[head, seq, src])
  let x: f32[seq, model] = f32(normal[seq, model])
  let y: f32[seq, model] = f32(normal[seq, model])
  let q = f32(normal[seq, head, key])
  let k = f32(normal[src, head, key])
  let v = f32(normal[src, head, key])
  var mix = q
  var t = f32(0.0)
  var out = x
  var guarded = Attention[seq, model, head, key, true]
  var whole = Attention[seq, model, head, key, false]
  var loss = f32(0.0)
  for round in 0..2 {  // the first compiles
    let t0 = now()
    for i in 0..steps { t = sum(softmax[src where src <= seq](s) * s) }
    let t1 = now()
    for i in 0..steps { t = sum(softmax[src](s) * s) }
    let a0 = now()
    for i in 0..steps { mix = mixed[seq, src, true](q, k, v) }
    let a1 = now()
    for i in 0..steps { mix = mixed[seq, src, false](q, k, v) }
    let a2 = now()
    for i in 0..steps { t = slopes[seq, src, true](q, k, v) }
    let a3 = now()
    for i in 0..steps { t = slopes[seq, src, false](q, k, v) }
    let t2 = now()
    for i in 0..steps { out = guarded(x) }
    let t3 = now()
    for i in 0..steps { out = whole(x) }
    let t4 = now()
    for i in 0..steps { loss = minimize mse(guarded(x), y) over guarded using sgd(lr: 1e-3) }
    let t5 = now()
    for i in 0..steps { loss = minimize mse(whole(x), y) over whole using sgd(lr: 1e-3) }
    let t6 = now()
    let ms = 1e3 / steps
    if round == 1 {
      print("softmax: guarded", (t1 - t0) * ms, "ms, whole", (a0 - t1) * ms, "ms")
      print("attention: guarded", (a1 - a0) * ms, "ms, whole", (a2 - a1) * ms, "ms")
      print("and its gradients: guarded", (a3 - a2) * ms, "ms, whole", (t2 - a3) * ms, "ms")
      print("layer: guarded", (t3 - t2) * ms, "ms, whole", (t4 - t3) * ms, "ms")
      print("training step: guarded", (t5 - t4) * ms, "ms, whole", (t6 - t5) * ms, "ms")
    }
  }
  print(norm(guarded), norm(softmax[src where src <= seq](s)))
}
