// Equivariant polynomials for graph networks. Puny, Lim, Kiani, Maron, Lipman, ICML 2023 (arXiv 2302.11556).
//
// A polynomial of a graph's matrix that commutes with renaming its nodes is a sum over some nodes of a product of
// entries: a picture of edges between contracted and free nodes. Each is written here as that contraction, with an axis
// for each node of the picture. Networks of matrix products (PPGN) cannot compute the picture with four nodes all joined,
// K4; given it as a channel they can.
//
// Shown: Rook's graph and Shrikhande's have the same walks and diamonds and differ in K4; a PPGN with random weights
// gives both one value, with the channel two; polynomials go along with permutations; K4 of a weighted matrix is the
// sum over all quadruples; targets made of K4 are fit only with it.
//
// Measured, seeds 0, 1, 2: the PPGN differs by 4e-16 and less, with K4 by 130, 8.4 and 70; 0.952, 0.950, 0.941 of the
// variance of the number of K4 are explained without it.
//
// plexus run examples/papers/equivariant_polynomials.plx --seed 1
use nn

axis node = 16, side = 4

fn product[n](x: [n, n'], y: [n, n']) -> [n, n'] {
  axis mid = #n
  x[n' -> mid] @[mid] y[n -> mid]
}

/// Two pairs that share two neighbours and are not joined themselves: ab, ac, bc, bd, cd.
fn diamonds[n](x: [n, n']) -> [] {
  axis a = #n, b = #n, c = #n, d = #n
  let ab = x[n -> a, n' -> b]
  let ac = x[n -> a, n' -> c]
  let bc = x[n -> b, n' -> c]
  let bd = x[n -> b, n' -> d]
  let cd = x[n -> c, n' -> d]
  sum[b, c](bc * (ab @[a] ac) * (bd @[d] cd))
}

/// Four nodes all joined, of which two stay free: ab, ac, ad, bc, bd, cd -> ab.
fn k4_edges[n](x: [n, n']) -> [n, n'] {
  axis a = #n, b = #n, c = #n, d = #n
  let ab = x[n -> a, n' -> b]
  let ac = x[n -> a, n' -> c]
  let ad = x[n -> a, n' -> d]
  let bc = x[n -> b, n' -> c]
  let bd = x[n -> b, n' -> d]
  let cd = x[n -> c, n' -> d]
  let to_c = ac[+b] * bc[+a]
  let to_d = ad[+b] * bd[+a]
  (ab * sum[c](to_c * sum[d](to_d[+c] * cd[+a, +b])))[a -> n, b -> n']
}

fn k4[n](x: [n, n']) -> [] { sum[n, n'](k4_edges[n](x)) }

/// The same, node by node.
fn k4_by_turns[n](x: [n, n']) -> [] {
  var all = 0 * x[n: 0, n': 0]
  for a in n {
    for b in n {
      for c in n {
        for d in n {
          let first = x[n: a, n': int(b)] * x[n: a, n': int(c)] * x[n: a, n': int(d)]
          all += first * x[n: b, n': int(c)] * x[n: b, n': int(d)] * x[n: c, n': int(d)]
        }
      }
    }
  }
  all
}

/// Nodes renamed.
fn renamed[n](x: [n, n'], p: n[n]) -> [n, n'] { x[n: p, n': clamp(int(p)[n -> n'])] }

// ---- two strongly regular graphs ----

fn row() -> [node] { real(node div 4) }
fn column() -> [node] { real(node mod 4) }

fn joined(step_row: [], step_column: []) -> bool[] {
  let r = abs(step_row)
  let c = abs(step_column)
  (r == 0 or c == 0) and not (r == 0 and c == 0)
}

fn rook() -> [node, node'] {
  let r = row()[+node'] - row()[node -> node'][+node]
  let c = column()[+node'] - column()[node -> node'][+node]
  real(joined(r, c))
}

/// Joined where the difference on the torus is one of (0, 1), (1, 0), (1, 1) or their opposites.
fn shrikhande() -> [node, node'] {
  let r = int(row()[+node'] - row()[node -> node'][+node]) mod 4
  let c = int(column()[+node'] - column()[node -> node'][+node]) mod 4
  let straight = (r == 0 and (c == 1 or c == 3)) or (c == 0 and (r == 1 or r == 3))
  real(straight or (r == 1 and c == 1) or (r == 3 and c == 3))
}

experiment two_graphs(count: int) {
  let a = f64(rook())
  let b = f64(shrikhande())
  let a3 = product[node](a, product[node](a, a))
  let b3 = product[node](b, product[node](b, b))
  expect trace_of[node](a3) == 192 and trace_of[node](b3) == 192, "as many triangles"
  expect trace_of[node](product[node](a3, a)) == 1536 and trace_of[node](product[node](b3, b)) == 1536, "closed walks of four"
  expect trace_of[node](product[node](a3, a3)) == 47616 and trace_of[node](product[node](b3, b3)) == 47616, "and of six"
  expect diamonds[node](a) == 384 and diamonds[node](b) == 384, "as many diamonds"
  expect k4[node](a) == 192, "eight cliques of four in Rook's graph"
  expect k4[node](b) == 0, "and none in Shrikhande's"
}

// ---- networks of matrix products ----

axis channel = 16

block Mixed[ins -> outs](x: [ins]) -> [outs] {
  x |> Linear[ins -> outs] as first |> relu |> Linear[outs -> outs] as second
}

/// One block: the input beside the matrix product, channel by channel, of two readings of it.
block Products[ins, n, outs](x: [ins, n, n']) -> [outs, n, n'] {
  axis both = 2 * #ins, mid = #n, joint = #ins + #outs
  let turned = x[n -> n', n' -> n]
  let left = concat[ins, ins -> both](x, turned) |> Mixed[both -> outs] as left_reading
  let right = x |> Mixed[ins -> outs] as right_reading
  let m = sum[mid](left[n' -> mid][+n'] * right[n -> mid][+n])
  concat[ins, outs -> joint](x, m) |> Linear[joint -> outs] as skip
}

block Ppgn[ins, n](x: [ins, n, n']) -> [] {
  axis one = 1, wide = #ins + 1, both = 32, next = 17
  let same = real(n == int(n'))
  let start = concat[ins, one -> wide](x, same[+one])
  let h1 = start |> Products[wide, n, channel] as first
  let h2 = concat[channel, one -> next](h1, same[+one]) |> Products[next, n, channel] as second
  let h3 = concat[channel, one -> next](h2, same[+one]) |> Products[next, n, channel] as third
  let on = sum[n](h3[n': int(n)]) / #n
  let off = (sum[n, n'](h3) - on * #n) / (#n * #n)
  let all = concat[channel, channel -> both](on, off)
  (all |> Linear[both -> one] as read)[one: 0]
}

experiment networks(count: int) {
  axis plain = 1, more = 2
  let a = f64(rook())
  let b = f64(shrikhande())
  let net = Ppgn[plain, node]
  let p = permutation[node]
  let one = net(a[+plain])
  expect abs(one - net(b[+plain])) <= 1e-9 * (1 + abs(one)), "matrix products do not tell the graphs apart"
  expect abs(one - net(renamed[node](a, p)[+plain])) <= 1e-9 * (1 + abs(one)), "nor one graph from another naming of it"
  let rich = Ppgn[more, node]
  let with_a = concat[plain, plain -> more](a[+plain], k4_edges[node](a)[+plain])
  let with_b = concat[plain, plain -> more](b[+plain], k4_edges[node](b)[+plain])
  print(abs(rich(with_a) - rich(with_b)))
  expect abs(rich(with_a) - rich(with_b)) >= 1e-3, "with K4 as a channel they do"
}

// ---- polynomials and permutations ----

axis point = 5

experiment polynomials(count: int) {
  let g = f64(normal[point, point'])
  let x = g + g[point -> point', point' -> point]
  expect abs(k4[point](x) - k4_by_turns[point](x)) <= 1e-9 * (1 + abs(k4[point](x))), "K4 of a weighted matrix is the sum over quadruples"
  let p = permutation[point]
  let y = renamed[point](x, p)
  expect max(abs(k4_edges[point](y) - renamed[point](k4_edges[point](x), p))) <= 1e-9, "K4 goes along with a permutation"
  let square = product[point](x, x) * x
  expect max(abs(product[point](y, y) * y - renamed[point](square, p))) <= 1e-9, "so do triangles on an edge"
  expect abs(diamonds[point](y) - diamonds[point](x)) <= 1e-9 * (1 + abs(diamonds[point](x))), "and diamonds stay"
}

// ---- regression ----

axis graph = 200, vertex = 12, feature = 6

/// What message passing and matrix products can compute, up to degree six, and K4 beside it.
fn features(x: [vertex, vertex'], with_k4: []) -> [feature] {
  let x2 = product[vertex](x, x)
  let edges = sum[vertex, vertex'](x)
  let wedges = sum[vertex, vertex'](x2)
  let triangles = sum[vertex, vertex'](x2 * x)
  let squares = sum[vertex, vertex'](x2 * x2)
  let last = with_k4 * k4[vertex](x)
  let first = if feature == 0 then 1 else if feature == 1 then edges[+feature] else wedges[+feature]
  let second = if feature == 3 then triangles[+feature] else if feature == 4 then squares[+feature] else last[+feature]
  if feature < 3 then first else second
}

/// The share of variance that a linear readout explains.
fn explained(x: [graph, vertex, vertex'], with_k4: []) -> [] {
  let f = features(x, with_k4[+graph])
  let scale = sqrt(mean[graph](f * f)) + 1e-12
  let z = f / scale
  let y = k4[vertex](x)
  let w = solve[feature]((z @[graph] z[feature -> feature']) + 1e-9 * real(feature == int(feature')), z @[graph] y)
  let rest = y - z @[feature] w[feature' -> feature]
  1 - mean[graph](rest^2) / mean[graph]((y - mean[graph](y))^2)
}

experiment regression(count: int) {
  let draw = f64(uniform[graph, vertex, vertex'])
  let upper = f64(real(draw < 0.5 and (vertex < int(vertex'))[+graph]))
  let x = upper + upper[vertex -> vertex', vertex' -> vertex]
  let less = explained(x, f64(0.0))
  let all = explained(x, f64(1.0))
  print(less, all)
  expect less <= 0.97, "without K4 its number is not explained"
  expect all >= 0.9999, "with it, it is"
}

experiment equivariant_polynomials() {
  two_graphs(1)
  networks(1)
  polynomials(1)
  regression(1)
}
