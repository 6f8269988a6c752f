// RUN: plexus run %s --precision f64
// Segments may be the positions of an axis' twin, by every reduction that is written in the language.
axis edge = 5, node = 3
experiment e() {
  let x: f64[edge] = real(edge) ^ 2
  let to = node'(edge mod #node)
  print(sum[edge -> node': to](x), mean[edge -> node': to else 0](x), var[edge -> node': to](x))
  print(sum[edge -> edge': edge'(#edge - 1 - edge)](x), logsumexp[edge -> node': node'(edge mod 2)](x))
}
