// RUN: plexus check %s
axis n = 3
fn f(x: []) -> [] { x * 2 }
fn g(x: []) -> [] { x + 1 }
experiment main() {
  let x = real(n)
  let y = real(n)
  print(x + y |> f |> g)
  let h = 5
  let p = h // 2
  print(p)
}
