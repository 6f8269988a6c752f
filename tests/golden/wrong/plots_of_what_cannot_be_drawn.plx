// RUN: plexus check %s
axis t = 4, u = 3
experiment e() {
  let y = real(t)
  plot("a.svg", y)
  plot("b.svg", heat: y)
  plot("c.svg", lines: y, points: y)
  plot("d.svg", lines: y, x: real(u))
  plot("e.svg", lines: y, colour: "red")
  plot("f.svg", points: y, by: y)
  plot("g.svg", lines: y, title: 3)
  plot(lines: y)
}
fn f(x: [t]) -> [] {
  plot("h.svg", lines: x)
  sum[t](x)
}
