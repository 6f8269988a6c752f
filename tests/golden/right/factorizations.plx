// RUN: plexus run %s
// Factorizations and equations: what defines them, degenerate matrices, and derivatives, forward and in reverse, against
// differences and each other, for each position of an axis passed by.
axis mid = 40, batch = 2, right = 3, tall = 7, wide = 4, mode = min(#tall, #wide), forty = 40, one = 1

/// A number that depends on all of u, s and v alike, whatever their signs.
fn read_svd[n, m](a: [n, m]) -> [] {
  axis k = min(#n, #m)
  let d = svd[n, m -> k](a)
  sum[k](exp(0.3 * d.s) * cos(k)) + sum[n, k](d.u^2 * cos(n + 2 * k)) + sum[m, k](d.v^2 * sin(m + 3 * k))
}

fn read_qr[n, m](a: [n, m]) -> [] {
  axis k = min(#n, #m)
  let d = qr[n, m -> k](a)
  sum[n, k](d.q * cos(n + 2 * k)) + sum[k, m](d.r^2 * sin(m + 3 * k))
}

fn read_lstsq[n, m](a: [n, m]) -> [] { sum[m](sin(lstsq[n, m](a, cos(n)))) }
fn read_cholesky[n](a: [n, n']) -> [] { sum[n, n'](sin(n + 2 * n') * cholesky[n](a)^2) }
fn read_solve[n](a: [n, n']) -> [] { sum[n'](sin(solve[n](a, cos(n)))) }
fn read_det[n](a: [n, n']) -> [] { sin(0.01 * det[n](a)) + logdet[n](a) }

fn is_close(a: [], b: []) -> bool[] { abs(a - b) < 1e-6 * (1 + abs(b)) }

/// Forward and reverse mode against differences, first and second, along t.
fn slopes_agree(f, a, t) {
  let h = 1e-5
  let (value, forward) = jvp(f, a, t)
  let reverse = sum(grad(f)(a) * t)
  let slope = (f(a + h * t) - f(a - h * t)) / (2 * h)
  let bend = sum((grad(f)(a + h * t) - grad(f)(a - h * t)) * t) / (2 * h)
  let second = sum(hvp(f, a, t) * t)
  is_close(sum(forward), sum(slope)) and is_close(reverse, sum(slope)) and is_close(second, bend)
}

experiment main() {
  let a = f64(normal[batch, tall, wide] as a)
  let t = f64(normal[batch, tall, wide] as t)
  let square = f64(normal[batch, forty, forty'] as square) + 20 * real(forty == int(forty'))
  let turn = f64(normal[batch, forty, forty'] as turn)
  let b = f64(normal[batch, right, forty] as b)

  let d = svd[tall, wide -> mode](a)
  expect max(abs((d.u * d.s) @[mode] d.v - a)) < 1e-9, "svd"
  expect max(abs(d.u[mode -> mode'] @[tall] d.u - real(mode == int(mode')))) < 1e-9, "u"
  expect max(abs(d.v[mode -> mode'] @[wide] d.v - real(mode == int(mode')))) < 1e-9, "v"
  expect all(d.s[mode: clamp(mode + 1)] <= d.s) and all(max[tall](d.u) >= max[tall](-d.u)), "its order and signs"
  expect slopes_agree(read_svd[tall, wide], a, t) and slopes_agree(read_svd[wide, tall], a, t), "its derivatives"

  let f = qr[tall, wide -> mode](a)
  expect max(abs(f.q @[mode] f.r - a)) < 1e-9, "qr"
  expect max(abs(f.q[mode -> mode'] @[tall] f.q - real(mode == int(mode')))) < 1e-9, "q"
  expect all(f.r == 0 or mode <= wide) and all(f.r[wide: mode] >= 0), "r"
  expect slopes_agree(read_qr[tall, wide], a, t) and slopes_agree(read_qr[wide, tall], a, t), "its derivatives"

  let spd = square[forty' -> mid] @[mid] square[forty -> forty', forty' -> mid]
  let l = cholesky[forty](spd)
  expect max(abs(l[forty' -> mid] @[mid] l[forty -> forty', forty' -> mid] - spd)) < 1e-9, "cholesky"
  expect all(l == 0 or forty >= int(forty')), "it is a lower triangle"
  expect slopes_agree(read_cholesky[forty], spd, turn), "its derivatives"
  expect all(isnan(cholesky[wide](real(wide == int(wide')) - 2 * real(wide == 2)))), "not positive definite"

  let x = solve[forty](square, b)
  expect max(abs(square @[forty'] x - b)) < 1e-9, "solve, for each position of right"
  expect max(abs(inv[forty](square) @[forty] b - x)) < 1e-9, "inv"
  expect slopes_agree(read_solve[forty], square, turn), "their derivatives"
  expect all(isnan(solve[wide](ones[wide, wide'], ones[wide]))), "a singular matrix has no solution"
  print(solve[one](full[one, one'](4.0), full[one](2.0)), inv[one](full[one, one'](4.0)))

  let small = square[forty: wide, forty': int(wide')] / 10
  expect slopes_agree(read_det[wide], small, turn[forty: wide, forty': int(wide')]), "derivatives of det and logdet"
  print(det[wide](ones[wide, wide']), logdet[wide](ones[wide, wide']), det[one](full[one, one'](-3.0)))

  let c = f64(normal[batch, tall] as c)
  let z = lstsq[tall, wide](a, c)
  expect max(abs((a @[wide] z - c) @[tall] a)) < 1e-9, "the residual is normal to the columns"
  let y = lstsq[wide, tall](a, z)
  expect max(abs(a @[tall] y - z)) < 1e-9, "a solution, where there are many"
  let far = (d.u * (1 / d.s)) @[mode] (d.v @[wide] z)
  expect max(abs(y - far)) < 1e-9, "and the least of them"
  print(lstsq[wide, mode](ones[wide, mode], real(wide)))
  expect slopes_agree(read_lstsq[tall, wide], a, t) and slopes_agree(read_lstsq[wide, tall], a, t), "its derivatives"
  let low = a[wide: 0][+wide] * (1 + wide)
  let same = t[wide: 0][+wide] * (1 + wide)
  expect slopes_agree(read_lstsq[tall, wide], low, same), "and along a matrix of rank one"
}
