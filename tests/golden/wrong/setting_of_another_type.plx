// RUN: plexus run %s --set c=fish
axis class = (cat, dog, bird)
experiment e(c: class = class.dog) { print(c) }
