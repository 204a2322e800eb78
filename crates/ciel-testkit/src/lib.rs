//! What tests share: Markdown tests of checks ([`mdtest`]), where the conformance suites are ([`suites_dir`]), and
//! the ratchet that holds what once passed ([`ratchet`]).

pub mod mdtest;
pub mod ratchet;
mod suites;

pub use suites::suites_dir;
