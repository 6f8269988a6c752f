// Attention (8 heads of 64, 256 channels) over 512 positions, causal or not: milliseconds for an
// expectation by softmax, for the layer's value, and for a training step; then a sum by which two builds are told apart. Half of all pairs are behind
// the guard.
use nn
use optim

axis model = 256, head = 8, key = 64

experiment attention(steps: int = 40) {
  axis seq = 512
  axis src = #seq
  let s: f32[head, seq, src] = f32(normal[head, seq, src])
  let x: f32[seq, model] = f32(normal[seq, model])
  let y: f32[seq, model] = f32(normal[seq, model])
  var t = f32(0.0)
  var out = x
  var guarded = Attention[seq, model, head, key, true]
  var whole = Attention[seq, model, head, key, false]
  var loss = f32(0.0)
  let t0 = now()
  for i in 0..steps { t = sum(softmax[src where src <= seq](s) * s) }
  let t1 = now()
  for i in 0..steps { t = sum(softmax[src](s) * s) }
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
  print("softmax: guarded", (t1 - t0) * ms, "ms, whole", (t2 - t1) * ms, "ms")
  print("layer: guarded", (t3 - t2) * ms, "ms, whole", (t4 - t3) * ms, "ms")
  print("training step: guarded", (t5 - t4) * ms, "ms, whole", (t6 - t5) * ms, "ms")
  print(norm(guarded), norm(softmax[src where src <= seq](s)))
}
