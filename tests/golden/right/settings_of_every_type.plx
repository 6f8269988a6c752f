// RUN: plexus run %s --set scale=1e-3 --set k=9007199254740993 --set on=false --set w=0.1 --set d=0.1 --set i=-3 --set c=bird --set v=1,2.5,-3 --set l=2,dog,cat
// A parameter of an experiment is set by its type; one that is not set has its default, whatever that computes.
axis class = (cat, dog, bird)
axis n = 3
experiment e(scale: real = 2.0, k: int = 3, on: bool = true, w: f32[] = 0.5, d: f64[] = 1.0, i: i32[] = 4, c: class = class.dog,
             v: f32[n] = ones[n], u: f32[n] = ones[n] / 4, l: class[n] = pick[n -> class]) {
  axis copies = k - 9007199254740990
  print(scale, k, on, w, d, i, c, v, u, l, #copies)
  if c == class.bird { print("a bird") }
}
