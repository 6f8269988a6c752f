// RUN: plexus run %s --set deep=yes
experiment shown(deep: bool = true) { print(1) }
