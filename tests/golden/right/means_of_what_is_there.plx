// RUN: plexus run %s
// What comes with a guard is reduced over what is there, whether the axis is named with `where` or not.
axis src = 4, n = 2
fn two[k](x: [k]) -> [k] { 2 * x }
experiment e() {
  let x = values[src](1.0, 2, 3, 10)
  let p = two[src where src < 3](x)
  print(mean[src](p), mean(p), var[src](p), std[src](p), max[src](p), min[src](p), sum[src](p), prod[src](p))
  print(median[src](p), quantile[src](p, 1.0), argmax[src](p), count_true[src](p > 0), sum[src](ones_like(p)))
  print(mean[src](x), mean[src where src < 3](x), median[src where src < 3](x), quantile[src where src < 3](x, 0.5))
  let d = values[src](0, 1, 0, 1)
  print(mean[src -> n: n(d)](p), std[src -> n: n(d)](p))
  let q = p[+n] * ones[n]
  print(mean[src](q), mean[n](q), mean(q), mean[src](complex(p, p)))
  print(grad((v: [src]) => mean[src](two[src where src < 3](v)))(x))
}
