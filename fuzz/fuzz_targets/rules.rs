//! Any text as a rule file, through loading and compiling.
#![no_main]

#[path = "../../crates/ciel-falco/tests/invariants/mod.rs"]
mod invariants;

libfuzzer_sys::fuzz_target!(|text: &str| invariants::rules(text));
