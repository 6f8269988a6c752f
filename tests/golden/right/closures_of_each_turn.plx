// RUN: plexus test %s --out %t/x
// A function that one line of a loop makes holds that turn's numbers: those that the line computed, and those given to it.
fn line(slope) {
  let double = slope * 2
  (x: []) => double * x + slope
}

test "holds" {
  var steep = 0.0
  var seen = 0.0
  for turn in 0..4 {
    steep = steep + 1
    let f = line(steep)
    seen = seen + f(1.0)
  }
  expect seen == 30, "three times one to four"
}
