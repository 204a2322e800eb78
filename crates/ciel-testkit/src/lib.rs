//! What tests share: Markdown tests of checks ([`mdtest`]), where the conformance suites are ([`suites_dir`]), the
//! programs to compare with ([`tool`], [`ask`]) on random input ([`Dice`]), a real API server ([`Cluster`]), and the ratchet
//! that holds what once passed ([`ratchet`]).

mod cluster;
mod dice;
pub mod mdtest;
mod oracle;
mod patch;
pub mod ratchet;
mod suites;
mod tools;

pub use cluster::Cluster;
pub use dice::Dice;
pub use oracle::ask;
pub use patch::patched;
pub use suites::{FALCO_RULES, REAL_PROJECTS, suites_dir};
pub use tools::tool;
