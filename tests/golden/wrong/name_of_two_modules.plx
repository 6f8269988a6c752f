// RUN: plexus check %s
use offer_one
use offer_two
fn f(x: []) -> [] { twice(x) }
