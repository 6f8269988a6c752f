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
