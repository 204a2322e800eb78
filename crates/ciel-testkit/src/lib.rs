//! What tests share: Markdown tests of checks ([`mdtest`]), where the conformance suites are ([`suites_dir`]), the
//! programs to compare with ([`tool`]), and the ratchet that holds what once passed ([`ratchet`]).

pub mod mdtest;
pub mod ratchet;
mod suites;
mod tools;

pub use suites::{REAL_PROJECTS, suites_dir};
pub use tools::tool;
