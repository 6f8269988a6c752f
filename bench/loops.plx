/// Imperative loops on arrays, for the comparison with the same loops in C (bench/loops.c).
axis item = 40000, node = 700, cell = 400000

/// Insertion sort.
fn sorted[item](x: [item]) -> [item] {
  var a = x
  for i in 1..#item {
    let v = a[item: item(i)]
    var j = i
    while j > 0 and a[item: item(j - 1)] > v {
      a[item: item(j)] = a[item: item(j - 1)]
      j = j - 1
    }
    a[item: item(j)] = v
  }
  a
}

/// Floyd and Warshall: the lengths of all shortest paths.
fn paths[node](w: [node, node']) -> [node, node'] {
  var d = w
  for k in 0..#node {
    let over = node(k)
    for i in node {
      for j in node' {
        let via = d[node: i, node': int(over)] + d[node: over, node': j]
        if via < d[node: i, node': j] { d[node: i, node': j] = via }
      }
    }
  }
  d
}

/// A simulator's steps: heat along a rod, each cell from the cells beside it as they are by then.
fn heated[cell](x: [cell]) -> [cell] {
  var a = x
  for turn in 0..100 {
    for i in 1..#cell - 1 {
      a[cell: cell(i)] = 0.25 * a[cell: cell(i - 1)] + 0.5 * a[cell: cell(i)] + 0.25 * a[cell: cell(i + 1)]
    }
  }
  a
}

experiment sort() { print(sorted[item](real((item * 7919) mod 10007))[item: 0]) }
experiment floyd() { print(paths[node](real((node * 31 + node' * 17) mod 1009))[node: 0, node': 1]) }
experiment heat() { print(heated[cell](real(cell mod 10))[cell: 5]) }
experiment nothing() { print(0) }
