// RUN: plexus check --tpyes %s
