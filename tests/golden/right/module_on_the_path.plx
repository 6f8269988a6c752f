// RUN: plexus run --path right/elsewhere %s
use far as f
experiment e() { print(f.doubled(3.0)) }
