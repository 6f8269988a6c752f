// RUN: plexus run %s
use nn
axis n = 2, k = 4, word = 3
experiment e() {
  let x = real(k + 10 * n)
  let y = x |> LayerNorm[k] as norm
  expect max(abs(mean[k](y))) < 1e-5 and max(abs(var[k](y) - 1)) < 1e-4, "mean 0, variance 1, for each n"
  let z = x |> RMSNorm[k] as rms
  expect all(max(abs(mean[k](z * z) - 1)) < 1e-4), "mean square 1"
  let embed = Embedding[word -> k]
  let t = argmax[word](real(word + 0 * n))
  expect all(embed(t) == embed.e[word: 2][+n]), "a row for each word"
}
