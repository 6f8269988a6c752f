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

/// ln |gamma(x)|.
fn lgamma(x: []) -> [] {
  lgamma_derivative(0, x)
}

/// The derivative of ln gamma; its own, to any order, are `lgamma_derivative(order, x)`.
fn digamma(x: []) -> [] {
  lgamma_derivative(1, x)
}

// ---- reductions: over the axes named, keeping to their guards ----

/// The arithmetic mean: `mean[k](x)`; of all that is there where no axis is named.
fn mean[k...](x: [k...]) -> [] {
  sum[k...](x) / sum[k...](ones_like(x))
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

// ---- the same for each segment: `mean[edge -> node: dst](x)`; of nothing as above, unless `else` says otherwise ----

fn segment_count[k..., into](at: into[k...]) -> i64[into] {
  sum[k... -> into: at](0 * int(at) + 1)
}

fn segment_mean[k..., into](x: [k...], at: into[k...]) -> [into] {
  sum[k... -> into: at](x) / sum[k... -> into: at](ones_like(x))
}

fn segment_var[k..., into](x: [k...], at: into[k...]) -> [into] {
  let d = x - segment_mean[k..., into: into](x, at)[into: at]
  segment_mean[k..., into: into](d * d, at)
}

fn segment_std[k..., into](x: [k...], at: into[k...]) -> [into] {
  sqrt(segment_var[k..., into: into](x, at))
}

fn segment_logsumexp[k..., into](x: [k...], at: into[k...]) -> [into] {
  let most = stop(max[k... -> into: at else 0](x))
  let shift = if isfinite(most) then most else 0
  shift + log(sum[k... -> into: at](exp(x - shift[into: at])))
}

fn segment_norm[k..., into](x: [k...], at: into[k...]) -> [into] {
  let square = sum[k... -> into: at](x * x)
  if square == 0 then 0 else sqrt(square)
}

fn segment_count_true[k..., into](c: bool[k...], at: into[k...]) -> i64[into] {
  sum[k... -> into: at](int(c))
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
fn reverse[t](x) {
  x[t: #t - 1 - t]
}

/// The product of all values up to each position, this one included.
fn cumprod[t](x) {
  var so_far = prod[t where false](x)
  for i in t {
    so_far = so_far * x[t: i]
    yield so_far
  }
}

/// The largest of all values up to each position, this one included.
fn cummax[t](x) {
  var so_far = sum[t where false](x)
  var begun = false
  for i in t {
    so_far = if begun then max(x[t: i], so_far) else x[t: i]
    begun = true
    yield so_far
  }
}

/// In ascending order.
fn sort[t](x) {
  x[t: argsort[t](x)]
}

/// The largest values, in descending order, and where they stand.
fn topk[t -> best](x) {
  require #best <= #t, "there must be as many values as are asked for"
  let order = argsort_falling[t](x)
  let first = order[t: best]
  (value: x[t: first], position: first)
}

fn _ranked[t](x: [t], rank: i64[]) -> [] {
  sum[t where cumsum[t](0 * t + 1) == rank + 1](x)
}

/// The middle value, or the mean of the two in the middle.
fn median[t](x: [t]) -> [] {
  let y = sort[t](x)
  let n = int(sum[t](ones_like(x)))
  (_ranked[t](y, (n - 1) div 2) + _ranked[t](y, n div 2)) / 2
}

/// The value below which the share q of all lies, interpolated between neighbours.
fn quantile[t](x: [t], q: real) -> [] {
  let y = sort[t](x)
  let last = int(sum[t](ones_like(x))) - 1
  let at = q * last
  let low = int(floor(stop(at)))
  let a = _ranked[t](y, low)
  a + (at - low) * (_ranked[t](y, min(low + 1, last)) - a)
}

/// How many values lie in each of the equal bins between two bounds; those outside are left out.
fn histogram[k, bin](x: [k], lo: real, hi: real) -> i64[bin] {
  let place = int(floor(stop((x - lo) / (hi - lo) * #bin)))
  sum[k](int(place[+bin] == bin))
}

// ---- linear algebra: matrices [n, m], square ones [n, n'] ----

/// The sum of the diagonal.
fn trace_of[n](a: [n, n']) -> [] {
  sum[n](a[n': int(n)])
}

/// The symmetric part of a square matrix.
fn symmetric_part[n](a: [n, n']) -> [n, n'] {
  (a + a[n -> n', n' -> n]) / 2
}

/// The lower triangle l with a = l @ l', of a symmetric positive definite matrix (of its symmetric part if it is not
/// symmetric). NaN if it is not positive definite. LAPACK's xPOTRF.
fn cholesky[n](a: [n, n']) -> [n, n'] {
  lapack_cholesky[n, n'](symmetric_part[n](a))
}

/// x with a @[n'] x = b; NaN if a is singular. LAPACK's xGESV.
fn solve[n](a: [n, n'], b: [n]) -> [n'] {
  lapack_solve[n, n'](a, b)
}

/// The inverse; NaN if a is singular.
fn inv[n](a: [n, n']) -> [n', n] {
  axis column = #n
  lapack_solve[n, n'](a, real(n == column))[column -> n]
}

/// The determinant. Of a singular matrix it is 0, and has no derivative: that is NaN.
fn det[n](a: [n, n']) -> [] {
  let (value, size) = lapack_det[n, n'](a)
  value
}

/// The logarithm of the determinant's absolute value, which does not overflow; -inf for a singular matrix.
fn logdet[n](a: [n, n']) -> [] {
  let (value, size) = lapack_det[n, n'](a)
  size
}

/// Eigenvalues, ascending, and their vectors, orthonormal, of a symmetric matrix (of its symmetric part): a v = v w.
/// The largest entry of each vector (the first of those) is positive. Where eigenvalues are equal the vectors have no
/// derivative: what depends on theirs is not finite. LAPACK's xSYEVD.
fn eigh[n -> mode](a: [n, n']) -> (value: [mode], vector: [n, mode]) {
  require #mode == #n, "there are as many eigenvalues as rows"
  let (value, vector) = lapack_eigh[n, n', mode](symmetric_part[n](a))
  (value: value, vector: vector)
}

/// The eigenvalues of a square matrix of real numbers: complex, by ascending real part, then imaginary part. Where they are
/// equal they have no derivative: that is not finite. LAPACK's xGEEV.
fn eigvals[n -> mode](a) {
  require #mode == #n, "there are as many eigenvalues as rows"
  let (values, right, left) = lapack_eig[n, n', mode](a)
  values
}

/// Singular values, descending, with orthonormal vectors: a = u s v'. The largest entry of each column of u (the first of
/// those) is positive. Where singular values are equal, or zero in a matrix that is no square, the vectors have no
/// derivative: what depends on theirs is not finite. LAPACK's xGESDD.
fn svd[n, m -> mode](a: [n, m]) -> (u: [n, mode], s: [mode], v: [m, mode]) {
  require #mode == min(#n, #m), "there are as many singular values as the shorter side has positions"
  let (u, s, v) = lapack_svd[n, m, mode](a)
  (u: u, s: s, v: v)
}

/// a = q @ r with orthonormal columns of q and an upper triangle r, whose diagonal is not negative. The derivative needs
/// the first columns of a, as many as r has rows, to be independent. LAPACK's xGEQRF.
fn qr[n, m -> r](a: [n, m]) -> (q: [n, r], r: [r, m]) {
  require #r == min(#n, #m), "there are as many orthonormal columns as the shorter side has positions"
  let (q, triangle) = lapack_qr[n, m, r](a)
  (q: q, r: triangle)
}

/// The x with the least norm of a @[m] x - b, and of these the least one; a may have any shape and rank. Singular values
/// below the rounding error of the largest one count as zeros; the derivative takes the rank as constant. LAPACK's xGELSD.
fn lstsq[n, m](a: [n, m], b: [n]) -> [m] {
  lapack_lstsq[n, m](a, b)
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

// ---- transforms: fft[t -> f](x) and ifft[f -> t](z) come with the compiler ----

/// The first half of the spectrum of a real signal, up to the highest frequency: the other half is its conjugate.
fn rfft[t -> f](x) {
  require #f == #t div 2 + 1, "a real signal has #t div 2 + 1 frequencies"
  fft[t -> t'](x)[t': clamp(f)]
}

/// The real signal of which `rfft` gave z. What z holds at frequency 0, and at the highest of an even length, counts by its
/// real part.
fn irfft[f -> t](z) {
  require #f == #t div 2 + 1, "a real signal has #t div 2 + 1 frequencies"
  let half = z[f: clamp(min(t', #t - t'))]
  real(ifft[t' -> t](if t' < #f then half else conj(half)))
}

/// The cosine transform (DCT-II), orthonormal: s_k sum_t x_t cos(pi k (t + 1/2) / n), s_0 = sqrt(1/n), else sqrt(2/n).
/// J. Makhoul, A fast cosine transform in one and two dimensions, IEEE Trans. ASSP 28, 1980.
fn dct[t -> f](x) {
  require #f == #t, "there are as many frequencies as values"
  let folded = x[t: clamp(if 2 * t' < #t then 2 * t' else 2 * (#t - t') - 1)]
  let turn = complex(cos(pi * f / (2 * #t)), 0 - sin(pi * f / (2 * #t)))
  real(fft[t' -> f](folded) * turn) * (if f == 0 then sqrt(1 / #t) else sqrt(2 / #t))
}

/// The values of which `dct` gave y: the cosine transform of type III, orthonormal.
fn idct[f -> t](y) {
  require #f == #t, "there are as many values as frequencies"
  let plain = y / (if f == 0 then sqrt(1 / #t) else sqrt(2 / #t))
  let other = if f == 0 then 0 else plain[f: clamp(#t - f)]
  let turn = complex(cos(pi * f / (2 * #t)), sin(pi * f / (2 * #t)))
  let folded = real(ifft[f -> t'](complex(plain, 0 - other) * turn))
  folded[t': clamp(if t mod 2 == 0 then t div 2 else #t - 1 - t div 2)]
}

/// Hann's window of a period of #w: (1 - cos(2 pi w / #w)) / 2.
fn hann[w]() -> [w] {
  0.5 - 0.5 * cos(2 * pi * real(w) / #w)
}

/// Spectra of what a window shows as it moves on by `step`; the first frame begins with x, none goes beyond its end.
fn stft[t, w -> frame, f](x, window: [w], step: int) {
  require #frame == (#t - #w) div step + 1, "frames as many as fit"
  rfft[w -> f](x[t: clamp(step * frame + w)] * window)
}

/// The signal whose `stft` is nearest to z: the frames' sum, each under the window, over the sum of the window's squares
/// (D. Griffin and J. Lim, IEEE Trans. ASSP 32, 1984); 0 where no window has weight.
fn istft[frame, f, w -> t](z, window: [w], step: int) {
  require #t == step * (#frame - 1) + #w, "as long as the frames reach"
  let weight = sum[frame, w -> t: clamp(step * frame + w)]((window * window)[+frame])
  let signal = sum[frame, w -> t: clamp(step * frame + w)](irfft[f -> w](z) * window)
  if weight > 0 then signal / weight else 0
}

/// `mean` and `norm` of complex numbers: a function `f` with a companion `complex_f` beside it, of one header and without a
/// written type, takes them by that.
fn complex_mean[k...](x) {
  sum[k...](x) / sum[k...](ones_like(x))
}

/// The root of the sum of the squared absolute values.
fn complex_norm[k...](x) {
  let square = sum[k...](real(x) * real(x) + imag(x) * imag(x))
  if square == 0 then 0 else sqrt(square)
}
