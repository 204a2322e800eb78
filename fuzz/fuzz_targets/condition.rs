//! Any text through the parser of conditions; what it reads is read again from what it writes.
#![no_main]

#[path = "../../crates/ciel-falco/tests/invariants/mod.rs"]
mod invariants;

libfuzzer_sys::fuzz_target!(|text: &str| invariants::condition(text));
