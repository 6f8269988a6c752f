// RUN: plexus check %s
use holds_private
fn f(x: []) -> [] { holds_private._scaled(x) + _scaled(x) }
