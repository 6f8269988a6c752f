// RUN: plexus dump %s powers --after simplify
// What stands alone takes the default of its number, so that the recursion ends; its axes stay open.
fn powers[k, n: int = 2](x: [k]) -> [k] {
  if n > 0 then x * powers[k, n: n - 1](x) else x
}
