// Names that are always there and can be written in the language itself. The rest comes with the compiler.

/// The bytes of a text: `load` of a `.txt` gives `byte[pos]`, and `text` makes a string of them.
axis byte = 256

// ---- element by element ----

/// The larger of x and 0; its derivative at 0 is 0.
fn relu(x: []) -> [] {
  max(x, 0)
}

/// x kept between lo and hi.
fn clamp(x: [], lo: real, hi: real) -> [] {
  min(max(x, lo), hi)
}

// ---- reductions: over the axes named, keeping to their guards ----

/// The arithmetic mean: `mean[k](x)`; of all that is there where no axis is named.
fn mean[k...](x: [k...]) -> [] {
  sum[k...](x) / sum[k...](ones[k...])
}

/// The variance about the mean, divided by the count (not by one less).
fn var[k...](x: [k...]) -> [] {
  let d = x - mean[k...](x)
  mean[k...](d * d)
}

/// The square root of the variance.
fn std[k...](x: [k...]) -> [] {
  sqrt(var[k...](x))
}

/// log(sum(exp(x))), which does not overflow; of nothing it is -inf.
fn logsumexp[k...](x: [k...]) -> [] {
  let most = stop(max[k...](x))
  let shift = if isfinite(most) then most else 0
  shift + log(sum[k...](exp(x - shift)))
}

/// The Euclidean norm; its derivative at 0 is 0.
fn norm[k...](x: [k...]) -> [] {
  let square = sum[k...](x * x)
  if square == 0 then 0 else sqrt(square)
}

/// How many are true.
fn count_true[k...](c: bool[k...]) -> i64[] {
  sum[k...](int(c))
}

// ---- making ----

/// 1 at position y along k, 0 elsewhere.
fn one_hot[k](y: k[]) -> [k] {
  real(k == int(y))
}

/// 1 on the diagonal, 0 elsewhere; i and j need not be equally long.
fn eye[i, j]() -> [i, j] {
  real(i == j)
}

/// Equal steps along a, from the first number to the last, both included.
fn linspace[a](from: real, to: real) -> [a] {
  from + (to - from) * real(a) / max(#a - 1, 1)
}

// ---- arranging ----

/// The same values, the last one first.
fn reverse[t](x: [t]) -> [t] {
  x[t: #t - 1 - t]
}

/// The product of all values up to each position, this one included.
fn cumprod[t](x: [t]) -> [t] {
  var so_far = 1.0
  for i in t {
    so_far = so_far * x[t: i]
    yield so_far
  }
}

/// The largest of all values up to each position, this one included.
fn cummax[t](x: [t]) -> [t] {
  var so_far = -inf
  for i in t {
    so_far = max(so_far, x[t: i])
    yield so_far
  }
}

/// In ascending order.
fn sort[t](x: [t]) -> [t] {
  x[t: argsort[t](x)]
}

/// The largest values, in descending order, and where they stand.
fn topk[t -> best](x: [t]) -> (value: [best], position: t[best]) {
  require #best <= #t, "there must be as many values as are asked for"
  let order = argsort[t](-x)
  let first = order[t: best]
  (value: x[t: first], position: first)
}

/// The middle value, or the mean of the two in the middle.
fn median[t](x: [t]) -> [] {
  let y = sort[t](x)
  let n = count_true[t](t >= 0)
  (y[t: clamp((n - 1) div 2)] + y[t: clamp(n div 2)]) / 2
}

/// The value below which the share q of all lies, interpolated between neighbours.
fn quantile[t](x: [t], q: real) -> [] {
  let y = sort[t](x)
  let last = count_true[t](t >= 0) - 1
  let at = q * last
  let low = int(floor(stop(at)))
  let a = y[t: clamp(low)]
  a + (at - low) * (y[t: clamp(min(low + 1, last))] - a)
}

/// How many values lie in each of the equal bins between two bounds; those outside are left out.
fn histogram[k, bin](x: [k], lo: real, hi: real) -> i64[bin] {
  let place = int(floor(stop((x - lo) / (hi - lo) * #bin)))
  sum[k](int(place[+bin] == bin))
}

// ---- linear algebra: matrices [n, n'], by elimination ----

/// The sum of the diagonal.
fn trace_of[n](a: [n, n']) -> [] {
  sum[n](a[n': int(n)])
}

/// The lower triangle l with a = l @ l', of a symmetric positive definite matrix. Golub and Van Loan, 4.2.
fn cholesky[n](a: [n, n']) -> [n, n'] {
  var l = zeros[n, n']
  for j in n {
    let k = int(j)
    let left = a[n': k] - l @[n'] l[n: j]
    let column = if n < j then 0 else left / sqrt(left[n: j])
    l = if (n' == k)[+n] then column[+n'] else l
  }
  l
}

/// x with a @[n'] x = b, by elimination with the largest pivot of each column. Golub and Van Loan, 3.4.
fn solve[n](a: [n, n'], b: [n]) -> [n'] {
  var m = a
  var y = b
  for j in n {
    let k = int(j)
    let p = argmax[n](if n < j then -1 else abs(m[n': k]))
    let top = m[n: p]
    let top_y = y[n: p]
    let rest = if (n == j)[+n'] then top[+n] else if (n == p)[+n'] then m[n: j][+n] else m
    let rest_y = if n == j then top_y else if n == p then y[n: j] else y
    let factor = if n == j then 0 else rest[n': k] / top[n': k]
    m = rest - factor[+n'] * top[+n]
    y = rest_y - factor * top_y
  }
  (y / m[n': int(n)])[n -> n']
}

/// The inverse.
fn inv[n](a: [n, n']) -> [n', n] {
  axis column = #n
  solve[n](a, real(n == column))[column -> n]
}

/// The logarithm of the determinant of a symmetric positive definite matrix.
fn logdet[n](a: [n, n']) -> [] {
  2 * sum[n](log(trace_entries[n](cholesky[n](a))))
}

fn trace_entries[n](a: [n, n']) -> [n] { a[n': int(n)] }

/// The determinant, by elimination.
fn det[n](a: [n, n']) -> [] {
  var m = a
  var d = 1.0
  for j in n {
    let k = int(j)
    let p = argmax[n](if n < j then -1 else abs(m[n': k]))
    let top = m[n: p]
    let rest = if (n == j)[+n'] then top[+n] else if (n == p)[+n'] then m[n: j][+n] else m
    d = d * top[n': k] * (if p == j then 1 else -1)
    let factor = if n <= j then 0 else rest[n': k] / top[n': k]
    m = rest - factor[+n'] * top[+n]
  }
  d
}

/// e to the power of a matrix: a Taylor series of the matrix halved until it is small, squared as often again.
/// Moler and Van Loan, SIAM Review 45, 2003.
fn expm[n](a: [n, n']) -> [n, n'] {
  axis mid = #n
  let halvings = 12
  let small = a / 2^halvings
  var term = 0 * a + real(n == int(n'))
  var total = term
  for i in 1..12 {
    term = (term[n' -> mid] @[mid] small[n -> mid]) / i
    total = total + term
  }
  for i in 0..halvings {
    total = total[n' -> mid] @[mid] total[n -> mid]
  }
  total
}

/// Eigenvalues, ascending, and their vectors, orthonormal, of a symmetric matrix (of (a + a') / 2 if it is not): a v = v w.
/// The largest entry of each vector (the first of those) is positive. Where eigenvalues are equal the vectors have no
/// derivative: what depends on theirs is not finite.
fn eigh[n -> mode](a: [n, n']) -> (value: [mode], vector: [n, mode]) {
  require #mode == #n, "there are as many eigenvalues as rows"
  let (value, vector) = lapack_eigh[n, n', mode]((a + a[n -> n', n' -> n]) / 2)
  (value: value, vector: vector)
}

/// The matrix of derivatives of `f`, a function of `[n]`: along `dual` what moves, along the result's axes what follows.
fn jacobian[n -> dual](f) {
  require #dual == #n, "a Jacobian has a column for each entry of its argument"
  (x: [n]) => {
    let (value, columns) = jvp(f, x[+dual], real(n == dual) + 0 * x[+dual])
    columns
  }
}

/// The matrix of second derivatives of `f`, a function of `[n]` that gives one number.
fn hessian[n -> dual](f) { jacobian[n -> dual](grad(f)) }

/// The Hessian of `f` at `x` times `v`, without the matrix (Pearlmutter, Neural Computation 6, 1994).
fn hvp(f, x, v) {
  let (slope, product) = jvp(grad(f), x, v)
  product
}
