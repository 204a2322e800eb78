//! Falco's rule language: conditions, rule files, and what they mean, checked and compiled.
//!
//! Architecture invariant: rules are judged here as Falco 0.44 (engine 0.63) judges them; nothing is read from the
//! disk or looked up in the network, and nothing is printed.

#![forbid(unsafe_code)]

pub mod condition;
