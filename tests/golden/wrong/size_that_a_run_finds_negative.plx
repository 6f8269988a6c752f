// RUN: plexus run %s
experiment shrinking(k: int = 5) {
  axis none = k - 5
  print(sum(ones[none]))
  axis less = k - 6
  print(sum(ones[less]))
}
