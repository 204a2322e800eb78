//! Ciel beside Falco 0.44 on the same captures: every field of every event.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test fails by panicking, and says what it counted"
)]

mod fields;
