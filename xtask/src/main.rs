//! Work on Ciel itself: tidy, new-check, docs, bench.

fn main() {}
