//! Captures, as Falco reads them.

#![expect(
    clippy::expect_used,
    clippy::print_stderr,
    reason = "a test fails loudly"
)]

mod blocks;
mod captures;
mod damage;
mod lists;
mod numbers;
mod write;
