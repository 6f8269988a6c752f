// RUN: plexus test %s
// Each name that is always there, with the signature that names.md gives it.
axis k = 4, i = 2, j = 3, op = 3

test "element by element" {
  let x = f64(values[k](-1.5, -0.5, 0.5, 1.5))
  let p = f64(values[k](0.25, 0.5, 1.0, 4.0))
  let s = f64(values[k](-0.5, -0.25, 0.25, 0.5))
  print(exp(x), log(p), log1p(p), expm1(x), sqrt(p), rsqrt(p), abs(x), sign(x), floor(x), ceil(x), round(x))
  print(sin(x), cos(x), tan(x), asin(s), acos(s), atan(x), atan2(x, p), sinh(x), cosh(x), tanh(x))
  print(erf(x), erfc(x), lgamma(p), sigmoid(x), softplus(x), relu(x), min(x, p), max(x, p), clamp(x, -1, 1))
  print(isnan(x), isfinite(x / 0), x + p, x - p, x * p, x / p, p ^ x, x == p, x != p, x < p, x <= p, x > p, x >= p)
  print(x < 0 and p < 1, x < 0 or p < 1, not (x < 0))
  let n = values[k](-7, -1, 5, 12)
  print(n div 3, n mod 3, bit_and(n, 6), bit_or(n, 6), bit_xor(n, 6), shift_left(n, 2), shift_right(i64(12), 1))
  print(abs(n), sign(n), min(n, 2), max(n, 2), -n, n + 1, n * n, n / 2, n ^ 2)
  print(pi, e, inf, nan)
}

test "conversions" {
  let x = values[k](-1.5, 0, 1, 2.5)
  print(real(x > 0), int(x), bool(x > 0), f64(x), f32(x), i64(x), i32(x), i8(x), u8(x + 2), int(2.9))
  let at = values[j](-1, 1, 7)
  print(real(k)[k: wrap(at)], real(k)[k: clamp(at)], real(k)[k: at else -1])
  let y = k(values[j](3, 0, 2))
  print(real(k)[k: y], one_hot[k](y))
}

test "making" {
  print(zeros[i], ones[i, j], full[j](2.5), values[i, j](1, 2, 3, 4, 5, 6), eye[i, j], linspace[k](0, 1), one_hot[k](argmax[k](real(k))))
}

test "reducing" {
  let x = values[i, j](3, 1, 2, 6, 5, 4)
  let y = real(x)
  let odd = x mod 2 == 1
  print(sum[j](x), prod[j](x), mean[j](y), var[j](y), std[j](y), min[j](x), max[j](x), any[j](odd), all[j](odd))
  print(argmax[j](x), argmin[j](x), logsumexp[j](y), norm[j](y), count_true[j](odd), median[j](y), quantile[j](y, 0.25))
  print(sum(x), prod(x), mean(y), min(x), max(x), any(odd), all(odd), norm(y), count_true(odd))
  print(sum[j where j < i](x), prod[j where j < i](x), min[j where j < i else 9](x), max[j where j < i else -9](x))
  print(mean[j where j < i else -1](y), var[j where j < i else -1](y), std[j where j < i else -1](y), median[j where j < i else -1](y), quantile[j where j < i else -1](y, 0.5))
  print(any[j where j < i](odd), all[j where j < i](odd), argmax[j where j < i else 0](x), argmin[j where j < i else 0](x))
  print(logsumexp[j where j < i](y), norm[j where j < i](y), count_true[j where j < i](odd))
  print(y @[j] y, cumsum[j](x), cumprod[j](y), cummax[j](y))
}

test "segments" {
  axis edge = 5, node = 3
  let m = values[edge](1.0, 5, 2, 4, 3)
  let dst = node(values[edge](0, 0, 2, 2, 2))
  print(sum[edge -> node: dst](m), prod[edge -> node: dst](m), max[edge -> node: dst else 0](m), min[edge -> node: dst else 0](m), mean[edge -> node: dst else -1](m))
}

test "arranging" {
  axis both = 7, best = 2, bin = 3
  let x = values[k](3.0, 1, 4, 1.5)
  print(concat[k, j -> both](x, ones[j]), stack[op](x, 2 * x, 0), reverse[k](x), sort[k](x), argsort[k](x), x[k: argsort[k](x)])
  let t = topk[k -> best](x)
  print(t.value, t.position, x[k: t.position], histogram[k, bin](x, 0, 6))
  axis kinds
  let u = unique[k -> kinds](values[k](2, 1, 2, 7))
  print(#kinds, u)
}

test "drawing" {
  axis many = 1000
  let p = full[k](0.5)
  print(abs(mean[many](normal[many])) < 0.2, abs(mean[many](uniform[many]) - 0.5) < 0.1, abs(mean[many](gumbel[many]) - 0.577) < 0.2)
  print(sum[many, k](real(bernoulli[many](p))) > 1000, max[many](gamma[many](2.0)) > 2, max[many](beta[many](2.0, 3.0)) < 1)
  print(max(abs(truncated_normal[many](-1, 1))) <= 1)
  let c = categorical[k](p[+many] + 0 * many)
  let w = pick[many -> k]
  let o = permutation[k]
  print(sum[many](real(k)[k: c]) > 0, sum[many](real(k)[k: w]) > 0, sort[k](real(k)[k: o]))
  let one = same[many](normal[many] as tied)
  print(one[many: 3] == one[many: 4])
}

test "derivatives" {
  axis n = 3, dual = 3
  let f = (x: [n]) => sum[n](x ^ 3)
  let x = f64(values[n](1, 2, 3))
  print(grad(f)(x), value_and_grad(f)(x))
  let pulled = (c: [n]) => { let (value, back) = vjp((a: [n]) => a * a, x)
    value + back(c) }
  print(pulled(ones[n]))
  print(jvp((a: [n]) => a * a, x, ones[n]))
  let moved = (d: [n]) => { let (at, line) = linearize((a: [n]) => a * a, x)
    at + line(d) }
  print(moved(2 * ones[n]))
  print(hvp(f, x, ones[n]), jacobian[n -> dual]((a: [n]) => a * a)(x), hessian[n -> dual](f)(x))
  print(grad((a: [n]) => sum[n](stop(a) * a))(x), grad((a: [n]) => sum[n](straight_through(round(a), a * a)))(x))
}

test "linear algebra" {
  axis n = 2, m = 3, mode = 2, r = 2
  let a = f64(values[n, n'](4, 1, 1, 3))
  let b = f64(values[n](1, 2))
  let w = f64(values[n, m](1, 2, 3, 4, 5, 6.5))
  print(solve[n](a, b), inv[n](a), det[n](a), logdet[n](a), trace_of[n](a), expm[n](0 * a), cholesky[n](a))
  print(eigh[n -> mode](a), svd[n, m -> mode](w).s, qr[n, m -> r](w).r, lstsq[n, m](w, b))
}

block Net[in -> out](x: [in]) -> [out] {
  param w: [in, out] = ones
  param b: [out] = zeros
  x @[in] w + b
}

test "models" {
  axis in = 2, out = 3, p = 9
  let net = Net[in -> out]
  let t = trace net(ones[in])
  print(t.result, count(net), norm(net), flatten[p](net))
  let twice = map((v) => 2 * v, net)
  print(norm(zip((u, v) => u - v, twice, net)), norm(unflatten[p](ones[p], like: net)))
  print((net with (b: 1))(ones[in]), norm(net except net.b))
}
