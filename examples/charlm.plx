// A character model of the King James Bible: a small causal transformer against the best bigram model of the text.
// plexus run examples/charlm.plx
// plexus run examples/charlm.plx --set steps=2000
use nn
use optim

/// Reads bytes and gives, at each, the logits of the next one.
block CharLM[seq, model = 64, context = 64, depth = 2, head = 4, key = 16](t: byte[seq]) -> [seq, byte] {
  require #seq <= #context, "no more bytes than places to learn"
  param place: [context, model] = normal[context, model] / sqrt(#model)
  var h = (t |> Embedding[byte -> model] as embed) + place[context: seq]
  repeat layer in depth {
    h = h |> TransformerLayer[seq, model, head, key] as unit
  }
  h |> LayerNorm[model] as last |> Linear[model -> byte] as read
}

/// What stands at `start` in a text, and the byte after each.
fn window[text, seq](t: byte[text], start: int) -> (now: byte[seq], next: byte[seq]) {
  (now: t[text: clamp(start + seq)], next: t[text: clamp(start + seq + 1)])
}

/// The logits of the next byte by counts of pairs, each count raised by `more`.
fn bigram[text, next](t: byte[text], more: real) -> [byte, next] {
  require #text > 1, "a pair is two characters"
  axis pair = #text - 1, cell = #byte * #next
  let first = t[text: pair]
  let second = t[text: pair + 1]
  let count = sum[pair -> cell: clamp(int(first) * #next + int(second))](ones[pair])
  log(count[cell -> (byte, next)] + more)
}

experiment charlm(steps: int = 600, lr: real = 6e-3, length: int = 300) {
  axis pos
  let text_of: byte[pos] = load("data/kjv.txt.gz")
  axis seq = 64, batch = 32, probe = 256
  axis fit = #pos - #pos div 10, held = #pos div 10, start = #fit - #seq
  let train = text_of[pos: fit]
  let test = text_of[pos: #fit + held]
  let apart = (#held - #seq - 1) div #probe
  let valid = window[held, seq](test, probe * apart)

  var net = CharLM[seq]
  var opt = adamw(lr: lr, beta2: 0.98, decay: 0.01)
  for step in 0..steps {
    opt.lr = min(warmup(step, 50, lr), cosine(step, steps, lr, 0.1 * lr))
    let b = window[fit, seq](train, int(pick[batch -> start]))
    let loss = minimize mean[batch, seq](cross_entropy[byte](net(b.now), b.next)) over net using opt
    log(step: step, loss: loss)
  }

  let loss = mean[probe, seq](cross_entropy[byte](net(valid.now), valid.next))
  axis next = #byte
  var best = inf
  axis choice = 5
  let raises = values[choice](0.003, 0.01, 0.03, 0.1, 0.3)
  for c in choice {
    let table = bigram[fit, next](train, raises[choice: c])
    best = min(best, mean[probe, seq](cross_entropy[byte](table[byte: valid.now][next -> byte], valid.next)))
  }
  print("nats per character: transformer", loss, "best bigram", best)

  var seen = test[held: seq]
  axis place = length
  var said = full[place](32)
  for p in place {
    let c = categorical[byte](net(seen)[seq: #seq - 1] / 0.8)
    said[place: p] = int(c)
    seen = if seq == #seq - 1 then c else seen[seq: clamp(seq + 1)]
  }
  print(text(test[held: seq]))
  print(text(said))
  expect loss < best - 0.2, "a transformer sees further than one character"
}
