// RUN: plexus run %s trian
experiment train() { print(1) }
