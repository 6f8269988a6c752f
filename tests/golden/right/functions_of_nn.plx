// RUN: plexus run %s
use nn
experiment e() {
  expect all(abs(gelu(1.0) - 0.8413447) < 1e-6), "gelu"
  expect abs(silu(1.0) - 0.7310586) < 1e-6 and swish(1.0) == silu(1.0), "silu"
  expect abs(elu(-1.0) + 0.6321206) < 1e-6 and elu(2.0) == 2, "elu"
  expect all(abs(leaky_relu(-3.0) + 0.03) < 1e-7), "leaky relu"
  expect all(abs(mish(1.0) - 0.8650984) < 1e-6), "mish"
  expect hardtanh(5.0) == 1 and hardtanh(-0.5) == -0.5, "hardtanh"
  axis k = 3
  let x = values[k](1.0, 2.0, 3.0)
  expect all(max(abs(softmax[k](x) - values[k](0.09003057, 0.24472847, 0.66524096))) < 1e-6), "softmax"
  expect all(max(abs(log_softmax[k](x) - log(softmax[k](x)))) < 1e-6), "log_softmax"
  expect all(abs(cosine_similarity[k](x, values[k](3.0, 2.0, 1.0)) - 0.71428571) < 1e-6), "10 / 14"
}
