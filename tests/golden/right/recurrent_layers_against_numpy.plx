// RUN: plexus test %s
// The recurrent layers with weights written down, against NumPy: the sum, and the squares weighted along the last axis.
use nn
fn near(a, b) { abs(a - b) < 1e-9 }

test "against NumPy" {
  axis steps = 5, in = 3, h = 2
  let x = f64(sin(real(7 * steps + 3 * in * in) / 4))
  var lstm = map((v) => f64(v), LSTM[steps, in -> h])
  axis gate = 4, two = 2
  let wl = f64(sin(real(1 + 3 * in + 5 * gate + 7 * h) / 4))
  let ul = f64(sin(real(2 + 3 * h + 5 * gate + 7 * h') / 4))
  let bl = f64(sin(real(3 + 5 * gate + 7 * h) / 4))
  lstm.w = wl[gate -> lstm.gate]
  lstm.u = ul[gate -> lstm.gate]
  lstm.b = bl[gate -> lstm.gate]
  let ya = lstm(x)
  expect near(sum(ya), -1.296424559648) and near(sum(ya * ya * (1 + h)), 0.557122933573), "LSTM"
  var gru = map((v) => f64(v), GRU[steps, in -> h])
  let wg = f64(sin(real(1 + 3 * in + 5 * two + 7 * h) / 4))
  let ug = f64(sin(real(2 + 3 * h + 5 * two + 7 * h') / 4))
  let bg = f64(sin(real(3 + 5 * two + 7 * h) / 4))
  gru.w = wg[two -> gru.gate]
  gru.u = ug[two -> gru.gate]
  gru.b = bg[two -> gru.gate]
  gru.wn = f64(sin(real(4 + 3 * in + 7 * h) / 4))
  gru.un = f64(sin(real(5 + 3 * h + 7 * h') / 4))
  gru.bn = f64(sin(real(6 + 7 * h) / 4))
  let b = gru(x)
  expect near(sum(b), 0.819169937426) and near(sum(b * b * (1 + h)), 1.653655379421), "GRU"
  let rnn = RNN[steps, in -> h] with (w: gru.wn, u: gru.un, b: gru.bn)
  let c = rnn(x)
  expect near(sum(c), 4.584613118922) and near(sum(c * c * (1 + h)), 8.256752698514), "RNN"
}
