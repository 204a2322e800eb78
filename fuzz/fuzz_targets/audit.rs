//! Any bytes as an audit log, through reading and rules.
#![no_main]

#[path = "../../crates/ciel-falco/tests/invariants/mod.rs"]
mod invariants;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| invariants::audit(bytes));
