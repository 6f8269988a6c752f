// RUN: plexus check %s
axis op = 3, i = 2, j = 2
experiment main() {
  print(stack[op](1, 2))
  print(stack[i](ones[i], ones[i]))
  print(stack[op](ones[i], ones[j], ones[i]))
  print(stack[i](argmax[i](ones[i]), argmax[j](ones[j])))
  print(same(normal[i]))
}
