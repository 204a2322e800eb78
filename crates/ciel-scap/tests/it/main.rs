//! Captures, as Falco reads them.

#![expect(clippy::expect_used, reason = "a test fails loudly")]

mod captures;
mod numbers;
