// RUN: plexus run %s
use nn
axis time = 6, a = 3, hidden = 4, batch = 2
experiment e() {
  let x = normal[batch, time, a]
  let rnn = RNN[time, a -> hidden]
  let lstm = LSTM[time, a -> hidden]
  let gru = GRU[time, a -> hidden]
  expect count(rnn) == 12 + 16 + 4, "RNN"
  expect count(lstm) == 4 * (12 + 16 + 4), "LSTM"
  expect count(gru) == 3 * (12 + 16 + 4), "GRU"
  expect all(abs(rnn(x)) < 1) and all(abs(lstm(x)) < 1) and all(abs(gru(x)) < 1), "each stays inside (-1, 1)"
  let later = if time == 5 then x + 1 else x
  expect max[batch, hidden](abs(lstm(later) - lstm(x))[time: 4]) == 0, "time runs forward"
}
