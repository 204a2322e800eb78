//! Any text behind a `{`, through the JSON reader and its way back to YAML.
#![no_main]

#[path = "../../crates/ciel-yaml/tests/invariants/mod.rs"]
mod invariants;

libfuzzer_sys::fuzz_target!(|text: &str| invariants::check(&format!("{{{text}")));
