//! Any text through the YAML reader (and the JSON reader, where it begins like JSON).
#![no_main]

#[path = "../../crates/ciel-yaml/tests/invariants/mod.rs"]
mod invariants;

libfuzzer_sys::fuzz_target!(|text: &str| invariants::check(text));
