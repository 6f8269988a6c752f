// RUN: plexus run %s
/// Plain imperative code on arrays: what a loop changes in part changes in place.
axis n = 7, node = 6, edge = 9

/// Insertion sort.
fn sorted[n](x: [n]) -> [n] {
  var a = x
  for i in 1..#n {
    let v = a[n: n(i)]
    var j = i
    while j > 0 and a[n: n(max(j - 1, 0))] > v {
      a[n: n(j)] = a[n: n(j - 1)]
      j = j - 1
    }
    a[n: n(j)] = v
  }
  a
}

/// Bellman and Ford: the lengths of shortest paths from node 0.
fn shortest[node, edge](src: node[edge], dst: node[edge], w: [edge]) -> [node] {
  var d = full[node](1e9)
  d[node: 0] = 0
  var changed = true
  while changed {
    changed = false
    for k in edge {
      let to = dst[edge: k]
      let via = d[node: src[edge: k]] + w[edge: k]
      if via < d[node: to] {
        d[node: to] = via
        changed = true
      }
    }
  }
  d
}

/// A value read before the place is written, and written after it: two places change theirs.
fn reversed[n](x: [n]) -> [n] {
  var a = x
  for i in 0..#n div 2 {
    let left = a[n: n(i)]
    a[n: n(i)] = a[n: n(#n - 1 - i)]
    a[n: n(#n - 1 - i)] = left
  }
  a
}

/// The old array is needed beside the new one: it is copied.
fn smoothed[n](x: [n]) -> [n] {
  var a = x
  for turn in 0..2 {
    let old = a
    for i in 1..#n - 1 {
      a[n: n(i)] = (old[n: n(i - 1)] + old[n: n(i)] + old[n: n(i + 1)]) / 3
    }
  }
  a
}

experiment e() {
  let x = values[n](5, 2, 7, 1, 6, 3, 4)
  print(sorted[n](x))
  print(grad((v: [n]) => sum[n](sorted[n](v) * n))(x))
  print(reversed[n](x))
  print(smoothed[n](x))
  print(grad((v: [n]) => smoothed[n](v)[n: 3])(x))
  let src = node(values[edge](0, 0, 1, 2, 1, 3, 2, 4, 3))
  let dst = node(values[edge](1, 2, 2, 1, 3, 4, 3, 5, 5))
  let w = values[edge](4.0, 1, 1, 2, 5, 3, 8, 1, 9)
  print(shortest[node, edge](src, dst, w))
  print(grad((v: [edge]) => shortest[node, edge](src, dst, v)[node: 5])(w))
}
