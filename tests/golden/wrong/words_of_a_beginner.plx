// RUN: plexus check %s
axis n = 4
block Again(x: [n]) -> [n] { checkpoint x }
experiment claimed() {
  expect mean(ones[n]) > 0 "claim"
}
experiment unsaid() {
  minimize sum(ones[n]) over n
}
experiment conditional(x: real = 1) {
  if x > 0 then print(1)
}
